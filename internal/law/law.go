// Package law is on what findings and decisions stand: a dated table of laws and their
// articles, and what of it a draft cites. Rows are only added; the newest version of a
// code holds, and what was cited keeps the words that it had.
package law

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Law is a law, or another official document, in its newest version.
type Law struct {
	Code      string
	Version   int
	Name      string
	Short     string
	Issued    string // by whom, or under which number
	ValidFrom clock.Date
	ValidTo   clock.Date
	Confirmed bool
	Made      Made
}

// Article is one article of a law, in its newest version.
type Article struct {
	Code       string
	Version    int
	Law        *Law
	Number     string // as the law writes it: 第九条第一款; empty: the whole document
	Subject    string // in plain words
	Categories []string
	Outcomes   []string
	ValidFrom  clock.Date // where it came later than its law
	ValidTo    clock.Date
	Confirmed  bool
	Made       Made
}

// Made is who made a version at the desk, when and why; zero of what came with the program.
type Made struct {
	By     string
	At     *time.Time
	Reason string
}

// Words are what it is called where it is cited.
func (a *Article) Words() string {
	if a.Number == "" && a.Law.Issued != "" {
		return a.Law.Title() + "（" + a.Law.Issued + "）"
	}
	return a.Law.Title() + a.Number
}

// Title is the name of a law between its marks.
func (l *Law) Title() string { return "《" + l.Name + "》" }

// Doubt says why it may be no basis on a day; empty where it is in force.
func (a *Article) Doubt(on clock.Date) string {
	for _, span := range [][2]clock.Date{{a.Law.ValidFrom, a.Law.ValidTo}, {a.ValidFrom, a.ValidTo}} {
		switch from, to := span[0], span[1]; {
		case !from.IsZero() && on.Before(from):
			return from.Long() + "起才施行"
		case !to.IsZero() && on.After(to):
			return to.Long() + "以后不再有效"
		}
	}
	return ""
}

// Unconfirmed says that nobody held it against the official text.
func (a *Article) Unconfirmed() bool { return !a.Confirmed }

// List are all articles, by law and in their order.
type List []*Article

// ByCode is the article of a code; nil when there is none.
func (l List) ByCode(code string) *Article {
	i := slices.IndexFunc(l, func(a *Article) bool { return a.Code == code })
	if i < 0 {
		return nil
	}
	return l[i]
}

// Usual are those that are a usual basis in a category, which come first, and the others.
func (l List) Usual(category string) (usual, others List) {
	for _, a := range l {
		if category != "" && slices.Contains(a.Categories, category) {
			usual = append(usual, a)
		} else {
			others = append(others, a)
		}
	}
	return usual, others
}

// Basis is how articles are cited together: those of one law after its name.
func (l List) Basis() string {
	var b strings.Builder
	var last *Law
	for _, a := range l {
		switch {
		case a.Law == last && a.Number != "":
			b.WriteString("、" + a.Number)
			continue
		case last != nil:
			b.WriteString("；")
		}
		b.WriteString(a.Words())
		last = a.Law
	}
	return b.String()
}

// Table is what is known of laws.
type Table struct {
	Laws     []*Law
	Articles List
}

// Law is the law of a code; nil when there is none.
func (t Table) Law(code string) *Law {
	i := slices.IndexFunc(t.Laws, func(l *Law) bool { return l.Code == code })
	if i < 0 {
		return nil
	}
	return t.Laws[i]
}

// Book is the table, kept for a short time.
type Book struct {
	Pool *pgxpool.Pool
	Now  func() time.Time

	once sync.Once
	kept kept.Value[Table]
}

// Table is the table of laws, as it was a short time ago.
func (b *Book) Table(ctx context.Context) (Table, error) {
	b.once.Do(func() {
		b.kept.Life, b.kept.Now = time.Minute, b.Now
		b.kept.Read = func(ctx context.Context) (Table, error) { return Read(ctx, b.Pool) }
	})
	return b.kept.Get(ctx)
}

// Forget makes the next one who asks read anew, after a change by this process.
func (b *Book) Forget() { b.kept.Forget() }

// row is an article with its law, as they are read.
type row struct {
	Code, Law, Number, Subject string
	Version                    int
	Categories, Outcomes       []string
	ValidFrom, ValidTo         clock.Date
	Confirmed                  bool
	By, Reason                 string
	At                         *time.Time
}

// Read is the table as it stands.
func Read(ctx context.Context, q pg.Queryer) (Table, error) {
	type lawRow struct {
		Code, Name, Short, Issued string
		Version                   int
		ValidFrom, ValidTo        clock.Date
		Confirmed                 bool
		By, Reason                string
		At                        *time.Time
	}
	laws, err := pg.All[lawRow](ctx, q, `
		SELECT DISTINCT ON (l.code) l.code, l.version, l.name, l.short, l.issued, l.valid_from, l.valid_to, l.confirmed,
			coalesce(s.name, '') AS by, l.made_at AS at, l.reason
		FROM law l LEFT JOIN staff s ON s.id = l.by_id ORDER BY l.code, l.version DESC`, nil)
	if err != nil {
		return Table{}, fmt.Errorf("laws: %w", err)
	}
	rows, err := pg.All[row](ctx, q, `
		SELECT code, law, number, subject, version, categories, outcomes, valid_from, valid_to, confirmed, by, reason, at FROM (
			SELECT DISTINCT ON (a.code) a.code, a.law, a.number, a.subject, a.version, a.categories, a.outcomes, a.valid_from, a.valid_to, a.confirmed,
				coalesce(s.name, '') AS by, a.reason, a.made_at AS at, a.sort
			FROM law_article a LEFT JOIN staff s ON s.id = a.by_id ORDER BY a.code, a.version DESC) newest
		ORDER BY law, sort, code`, nil)
	if err != nil {
		return Table{}, fmt.Errorf("articles: %w", err)
	}
	var t Table
	for _, l := range laws {
		t.Laws = append(t.Laws, &Law{Code: l.Code, Version: l.Version, Name: l.Name, Short: l.Short, Issued: l.Issued, ValidFrom: l.ValidFrom, ValidTo: l.ValidTo,
			Confirmed: l.Confirmed, Made: Made{By: l.By, At: l.At, Reason: l.Reason}})
	}
	for _, a := range rows {
		if of := t.Law(a.Law); of != nil {
			t.Articles = append(t.Articles, &Article{Code: a.Code, Version: a.Version, Law: of, Number: a.Number, Subject: a.Subject, Categories: a.Categories,
				Outcomes: a.Outcomes, ValidFrom: a.ValidFrom, ValidTo: a.ValidTo, Confirmed: a.Confirmed, Made: Made{By: a.By, At: a.At, Reason: a.Reason}})
		}
	}
	slices.SortStableFunc(t.Laws, func(x, y *Law) int { return cmp.Compare(t.order(x), t.order(y)) })
	slices.SortStableFunc(t.Articles, func(x, y *Article) int { return cmp.Compare(t.order(x.Law), t.order(y.Law)) })
	return t, nil
}

// order is by how much a law is cited here: those of complaints and money first.
func (t Table) order(l *Law) int {
	first := []string{"KX", "XF", "YS", "HYS"}
	if i := slices.Index(first, l.Code); i >= 0 {
		return i
	}
	return len(first)
}

// Search are the laws and articles that have all of some words: of their name, number, what
// they are about and the codes of their categories. A law of that name is whole.
func (t Table) Search(typed string) Table {
	words := strings.Fields(arabic.ReplaceAllStringFunc(form.Folded(typed), inHan))
	has := func(text string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(form.Folded(text), w) })
	}
	var found Table
	for _, l := range t.Laws {
		named := l.Name + " " + l.Short + " " + l.Issued
		n := len(found.Articles)
		for _, a := range t.Articles {
			if a.Law == l && (has(named) || has(named+" "+a.Number+" "+a.Subject+" "+strings.Join(a.Categories, " "))) {
				found.Articles = append(found.Articles, a)
			}
		}
		if len(found.Articles) > n || has(named) {
			found.Laws = append(found.Laws, l)
		}
	}
	return found
}

// arabic is the number of an article as people type it; laws write theirs in Chinese.
var arabic = regexp.MustCompile(`第?[0-9]+(条|款|项)`)

func inHan(typed string) string {
	digits := strings.Trim(typed, "第条款项")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 9999 {
		return typed
	}
	return strings.Replace(typed, digits, form.Han(n), 1)
}
