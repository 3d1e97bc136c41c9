package law

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Change is a new version of a law or an article, or a new one where Code is empty: what
// somebody wrote, and why.
type Change struct {
	Code       string // of the law, or of the article
	Of         string // of an article: the code of its law
	Name       string // of a law
	Short      string
	Issued     string
	Number     string // of an article
	Subject    string
	Categories []string
	Outcomes   []string
	ValidFrom  clock.Date
	ValidTo    clock.Date
	Confirmed  bool
	Reason     string
	By         int64
}

func (c Change) faults(fields ...textField) (wrong []fault.Field) {
	for _, f := range fields {
		switch {
		case f.must != "" && form.Wordless(f.text):
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: f.must})
		case form.Length(f.text) > f.most:
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: form.TooLong(f.text, f.most)})
		case form.TextFault(f.text) != "":
			wrong = append(wrong, fault.Field{Name: f.name, Sentence: form.TextFault(f.text)})
		}
	}
	if !c.ValidFrom.IsZero() && !c.ValidTo.IsZero() && c.ValidTo.Before(c.ValidFrom) {
		wrong = append(wrong, fault.Field{Name: "to", Sentence: "失效的日子在施行以前，请核对"})
	}
	return wrong
}

type textField struct {
	name, text string
	most       int
	must       string
}

func (c Change) why() textField {
	return textField{"reason", c.Reason, 500, "请写为什么加、为什么改"}
}

// Faults are what is wrong with a change of a law, or of an article.
func (t Table) Faults(c Change, article bool) (wrong []fault.Field) {
	if !article {
		wrong = c.faults(textField{"name", c.Name, 100, "请写法律的全名"}, textField{"short", c.Short, 30, "请写简称，单子里用它"}, textField{"issued", c.Issued, 60, ""}, c.why())
		for _, l := range t.Laws {
			if l.Code != c.Code && l.Name == c.Name {
				wrong = append(wrong, fault.Field{Name: "name", Sentence: "单子里已经有《" + c.Name + "》"})
			}
		}
		return wrong
	}
	wrong = c.faults(textField{"number", c.Number, 40, ""}, textField{"subject", c.Subject, 200, "请用平常话写这一条管什么"}, c.why())
	for _, a := range t.Articles {
		if a.Law.Code == c.Of && a.Code != c.Code && a.Number == c.Number {
			wrong = append(wrong, fault.Field{Name: "number", Sentence: "单子里已经有" + a.Words()})
		}
	}
	return wrong
}

// KeepLaw adds a law, or a version of one, over the version that was shown, and says its code.
func (t Table) KeepLaw(ctx context.Context, q pg.Queryer, c Change, at time.Time) (string, error) {
	if err := fault.Fields(t.Faults(c, false)); err != nil {
		return "", err
	}
	version, was := 1, t.Law(c.Code)
	if was != nil {
		version = was.Version + 1
	} else {
		c.Code = "L" + strconv.Itoa(len(t.Laws)+1)
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO law (code, version, name, short, issued, valid_from, valid_to, confirmed, by_id, made_at, reason)
		VALUES (@code, @version, @name, @short, @issued, @from, @to, @confirmed, @by, @at, @reason)`,
		pg.Args{"code": c.Code, "version": version, "name": c.Name, "short": c.Short, "issued": c.Issued, "from": dayOrNone(c.ValidFrom), "to": dayOrNone(c.ValidTo),
			"confirmed": c.Confirmed, "by": c.By, "at": at, "reason": c.Reason})
	return c.Code, newest(err, "law_pkey")
}

// KeepArticle adds an article of a law, or a version of one: its law and its number stay.
func (t Table) KeepArticle(ctx context.Context, q pg.Queryer, c Change, at time.Time) (string, error) {
	if err := fault.Fields(t.Faults(c, true)); err != nil {
		return "", err
	}
	version, was, n := 1, t.Articles.ByCode(c.Code), 1
	for _, a := range t.Articles {
		if a.Law.Code == c.Of {
			n++
		}
	}
	if was != nil {
		version, c.Of, c.Number = was.Version+1, was.Law.Code, was.Number
	} else {
		c.Code = c.Of + "-N" + strconv.Itoa(n)
	}
	_, err := pg.Exec(ctx, q, `
		INSERT INTO law_article (code, version, law, number, subject, categories, outcomes, valid_from, valid_to, confirmed, sort, by_id, made_at, reason)
		SELECT @code, @version, @law, @number, @subject, @categories, @outcomes, @from, @to, @confirmed,
			coalesce((SELECT max(sort) FROM law_article WHERE code = @code), (SELECT 1 + max(sort) FROM law_article)), @by, @at, @reason`,
		pg.Args{"code": c.Code, "version": version, "law": c.Of, "number": c.Number, "subject": c.Subject, "categories": append([]string{}, c.Categories...),
			"outcomes": append([]string{}, c.Outcomes...), "from": dayOrNone(c.ValidFrom), "to": dayOrNone(c.ValidTo), "confirmed": c.Confirmed, "by": c.By, "at": at, "reason": c.Reason})
	return c.Code, newest(err, "law_article_pkey")
}

func newest(err error, key string) error {
	if pg.IsUnique(err, key) || pg.IsUnique(err, "law_article_once") {
		return fault.New(fault.Conflict, "没有记下：别人刚刚改过这一条，请看过现在的再改。")
	}
	if err != nil {
		return fmt.Errorf("keep the table of laws: %w", err)
	}
	return nil
}

func dayOrNone(d clock.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}
