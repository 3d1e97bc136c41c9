// Package outside is the directory of the bodies outside the office: courts, other
// authorities, arbitrators. What is for one of them is handed on to it, or its complainant
// is told to go there, and how to find it. Rows are only added; the newest of a code holds.
package outside

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Body is one of them in its newest version.
type Body struct {
	Code       string
	Version    int
	Name       string
	Alias      []string
	Purpose    string   // what it is for, in plain words
	Categories []string // of complaints that are usually for it
	Contact    string   // address and telephone
	ValidFrom  clock.Date
	ValidTo    clock.Date
	Confirmed  bool
	By, Reason string
	At         *time.Time
}

// In says that it is there on a day.
func (b *Body) In(on clock.Date) bool {
	return (b.ValidFrom.IsZero() || !on.Before(b.ValidFrom)) && (b.ValidTo.IsZero() || !on.After(b.ValidTo))
}

// Found says how it is found, after a sentence about it; empty where nobody has noted it.
func (b *Body) Found() string {
	if b.Contact == "" {
		return ""
	}
	return "怎么找" + b.Name + "：" + b.Contact
}

// List are all bodies, by name.
type List []*Body

// Read are all of them.
func Read(ctx context.Context, q pg.Queryer) (List, error) {
	all, err := pg.All[Body](ctx, q, `
		SELECT code, version, name, alias, purpose, categories, contact, valid_from, valid_to, confirmed, by, reason, at FROM (
			SELECT DISTINCT ON (b.code) b.code, b.version, b.name, b.alias, b.purpose, b.categories, b.contact, b.valid_from, b.valid_to, b.confirmed,
				coalesce(s.name, '') AS by, b.reason, b.made_at AS at
			FROM outside_body b LEFT JOIN staff s ON s.id = b.by_id ORDER BY b.code, b.version DESC) newest
		ORDER BY name, code`, nil)
	if err != nil {
		return nil, fmt.Errorf("bodies outside: %w", err)
	}
	list := make(List, len(all))
	for i := range all {
		list[i] = &all[i]
	}
	return list, nil
}

// On are those that are there on a day.
func (l List) On(day clock.Date) List {
	return slices.DeleteFunc(slices.Clone(l), func(b *Body) bool { return !b.In(day) })
}

// ByCode is the body of a code; nil when there is none.
func (l List) ByCode(code string) *Body {
	if i := slices.IndexFunc(l, func(b *Body) bool { return b.Code == code }); i >= 0 {
		return l[i]
	}
	return nil
}

// Called is the body of a name, or of another name that it goes by; nil when there is none.
func (l List) Called(name string) *Body {
	if i := slices.IndexFunc(l, func(b *Body) bool { return b.Name == name }); i >= 0 {
		return l[i]
	}
	if i := slices.IndexFunc(l, func(b *Body) bool { return slices.Contains(b.Alias, name) }); i >= 0 {
		return l[i]
	}
	return nil
}

// For are those that complaints of a category are usually for.
func (l List) For(category string) List {
	return slices.DeleteFunc(slices.Clone(l), func(b *Body) bool { return !slices.Contains(b.Categories, category) })
}

// Change is a new version of a body, or a new one where Code is empty: what somebody wrote,
// and why.
type Change struct {
	Code       string
	Name       string
	Alias      string // one a line
	Purpose    string
	Categories []string
	Contact    string
	ValidFrom  clock.Date
	ValidTo    clock.Date
	Confirmed  bool
	Reason     string
	By         int64
}

// names are the other names that were written.
func (c Change) names() []string {
	names := []string{}
	for line := range strings.Lines(c.Alias) {
		if name := form.Line(line); name != "" && name != c.Name && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Faults are what is wrong with a change.
func (l List) Faults(c Change) (wrong []fault.Field) {
	for _, f := range []struct {
		name, text string
		most       int
		must       string
	}{
		{"name", c.Name, 60, "请写全名"}, {"alias", c.Alias, 500, ""}, {"purpose", c.Purpose, 200, "请用平常话写它管什么"}, {"contact", c.Contact, 200, ""}, {"reason", c.Reason, 500, "请写为什么加、为什么改"},
	} {
		switch {
		case f.must != "" && form.Wordless(f.text):
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: f.must})
		case form.Length(f.text) > f.most:
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: form.TooLong(f.text, f.most)})
		case form.TextFault(f.text) != "":
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: form.TextFault(f.text)})
		}
	}
	for field, names := range map[string][]string{"name": {c.Name}, "alias": c.names()} {
		for _, name := range names {
			if other := l.Called(name); name != "" && other != nil && other.Code != c.Code {
				wrong = append(wrong, fault.Field{Name: field, Sentence: "名录里“" + name + "”已经是" + other.Name})
			}
		}
	}
	if !c.ValidFrom.IsZero() && !c.ValidTo.IsZero() && c.ValidTo.Before(c.ValidFrom) {
		wrong = append(wrong, fault.Field{Name: "to", Sentence: "这一天在开始的那天以前，请核对"})
	}
	return wrong
}

// Keep adds a body, or a version of one, over the version that was shown.
func (l List) Keep(ctx context.Context, q pg.Queryer, c Change, at time.Time) error {
	if err := fault.Fields(l.Faults(c)); err != nil {
		return err
	}
	version := 1
	if was := l.ByCode(c.Code); was != nil {
		version = was.Version + 1
	} else {
		c.Code = "B" + strconv.Itoa(len(l)+1)
	}
	day := func(d clock.Date) any {
		if d.IsZero() {
			return nil
		}
		return d.String()
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO outside_body (code, version, name, alias, purpose, categories, contact, valid_from, valid_to, confirmed, by_id, made_at, reason)
		VALUES (@code, @version, @name, @alias, @purpose, @categories, @contact, @from::date, @to::date, @confirmed, @by, @at, @reason)`,
		pg.Args{"code": c.Code, "version": version, "name": c.Name, "alias": c.names(), "purpose": c.Purpose, "categories": append([]string{}, c.Categories...), "contact": c.Contact,
			"from": day(c.ValidFrom), "to": day(c.ValidTo), "confirmed": c.Confirmed, "by": c.By, "at": at, "reason": c.Reason})
	switch {
	case pg.IsUnique(err, "outside_body_pkey"):
		return fault.New(fault.Conflict, "没有记下：别人刚刚改过，请看过现在的再改。")
	case err != nil:
		return fmt.Errorf("keep a body outside: %w", err)
	}
	return nil
}
