package law

import (
	"context"
	"slices"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// The names of the needs by which a draft says on what it stands.
const (
	Articles = "articles"
	Other    = "basis" // in words, for what the table has not
	Anyway   = "basis_anyway"
	Basis    = Other // the word of a public sentence that says all of it
)

// Needs ask on what a draft or a decision stands. It is chosen from the table; what the
// table lacks may be written beside it, which is asked about once and marked for whoever
// reviews.
func Needs() []workflow.Need {
	return []workflow.Need{
		{Name: Articles, Label: "法律依据", Hint: "可以选几条。单子里没有的，写在下面“其他依据”里。", Kind: workflow.AskUnits, From: workflow.FromArticles, Or: Other, Ask: "请选法律依据；单子里没有的，写在“其他依据”里"},
		{Name: Other, Label: "其他依据", Hint: "单子里没有的才写，写全名和条款。", Kind: workflow.AskText, Max: 2000, Optional: true},
		{Name: Anyway, Label: "依据照这样写吗", Kind: workflow.AskChoice, Optional: true, Doubt: true,
			Options: []workflow.Option{{Value: "yes", Label: "核对过，就这样写"}}},
	}
}

// Hinted are the same needs, of a decision whose ground may name an article, or of an answer
// that says only of some of its parts on what they stand: hint says when.
func Hinted(hint string) []workflow.Need {
	needs := Needs()
	needs[0].Hint = hint
	return needs
}

// Further are the same needs, of a decision whose row names its article: nobody has to
// choose another.
func Further(article string) []workflow.Need {
	needs := Hinted("这一步已经依据" + article + "。另外还有依据的，可以加选。")
	needs[0].Label, needs[0].Optional = "还有别的法律依据", true
	return needs
}

// Cite keeps on what a move stands and is that as people read it. What the table has not,
// or has not in force today, is asked about where somebody chose it: it may be the law of
// the day on which it happened.
func Cite(ctx context.Context, s *workflow.Step, a workflow.Answers) (string, error) {
	table, err := Read(ctx, s.Conn)
	if err != nil {
		return "", err
	}
	fixed, chosen, other := s.Move.StandsOn(a), table.of(a.Chosen(Articles)), form.Text(a.Get(Other))
	cited := table.of(slices.Concat(fixed, a.Chosen(Articles)))
	if doubts := doubts(chosen, other, len(fixed) > 0, clock.On(s.At)); len(doubts) > 0 && a.Get(Anyway) != "yes" {
		return "", fault.Fields([]fault.Field{{Name: Anyway, Sentence: strings.Join(doubts, "；") + "。核对过的，请选下面一项"}})
	}
	no := 0
	keep := func(article, version any, words string) {
		no++
		s.Queue(`INSERT INTO cited (matter_id, seq, no, article, version, words) VALUES (@id, @seq, @no, @article, @version, @words)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": no, "article": article, "version": version, "words": words})
	}
	for _, one := range cited {
		keep(one.Code, one.Version, one.Words())
	}
	if other != "" {
		keep(nil, nil, other)
	}
	return said(cited, other), nil
}

// doubts are what is asked about what somebody chose or wrote, beside what is fixed.
func doubts(cited List, other string, fixed bool, today clock.Date) (said []string) {
	if len(cited) == 0 && !fixed && other != "" {
		said = append(said, "依据不是从单子里选的")
	}
	for _, one := range cited {
		if why := one.Doubt(today); why != "" {
			said = append(said, one.Words()+why)
		}
	}
	return said
}

// Said is the basis as a form says it that is not sent yet.
func (t Table) Said(a workflow.Answers) string {
	return said(t.of(a.Chosen(Articles)), form.Text(a.Get(Other)))
}

func said(cited List, other string) string {
	return strings.Join(slices.DeleteFunc([]string{cited.Basis(), other}, func(part string) bool { return part == "" }), "；")
}

// of are the articles of some codes, in the table's order.
func (t Table) of(codes []string) (of List) {
	for _, one := range t.Articles {
		if slices.Contains(codes, one.Code) {
			of = append(of, one)
		}
	}
	return of
}

// CitedSQL reads of a draft, by the alias of its table, which articles it cites and what
// it stands on beside them: of a draft from before there was a table, all of its basis.
func CitedSQL(draft string) string {
	return strings.ReplaceAll(`ARRAY(SELECT c.article FROM cited c WHERE c.matter_id = {}.matter_id AND c.seq = {}.seq AND c.article IS NOT NULL ORDER BY c.no) AS articles,
		CASE WHEN EXISTS (SELECT FROM cited c WHERE c.matter_id = {}.matter_id AND c.seq = {}.seq)
			THEN coalesce((SELECT c.words FROM cited c WHERE c.matter_id = {}.matter_id AND c.seq = {}.seq AND c.article IS NULL), '') ELSE {}.basis END AS other`, "{}", draft)
}

// Known are the answers with which a form begins that has what a draft cites.
func Known(into workflow.Answers, articles []string, other string) workflow.Answers {
	into[Articles], into[Other] = articles, []string{other}
	return into
}
