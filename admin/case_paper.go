package admin

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/discipline"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// warningView is the page on which a warning is drafted, the paper beneath.
type warningView struct {
	Frame    view.DeskFrame
	Head     view.MatterHead
	Errors   view.ErrorSummary
	Said     *view.Banner
	Fields   []askedFor
	Dates    map[string]dateTyped
	CSRF     string
	Token    string
	URL      string
	Draft    view.Draft
	Warnings []string
	Paper    *view.Paper
	Side     []view.Panel
}

// warningPage shows the form; draft, when given, is shown as a paper.
func (d *Desk) warningPage(c *fiber.Ctx, found *discipline.Case, a *attempt, draft *discipline.Draft) error {
	v := warningView{
		Frame: d.frame(c, "起草书面警示", "cases"), Head: caseHead(found), URL: caseMoveURL(found.Matter.Number, discipline.DraftWarning),
		Side: []view.Panel{termsPanel(), signPanel(found)},
	}
	v.Head.Back = view.Ref{Label: "回到案件", Href: caseURL(found.Matter.Number)}
	v.CSRF = v.Frame.CSRF
	var err error
	if v.Token, err = d.tokenFor(a); err != nil {
		return err
	}
	w, err := d.written(c.UserContext(), person(c), found.Matter.Number, a)
	if err != nil {
		return err
	}
	row := discipline.Law.Rows(discipline.DraftWarning)[0]
	v.Fields, v.Dates = caseFieldsOf(row, w, draftAnswers(found), nil)
	v.Draft, v.Said = w.keeping(row, v.URL, v.CSRF), w.keptBanner(c)
	if len(view.ErrorsOf(a.err)) > 0 {
		v.Frame.HasErrors = true
		v.Errors = view.ErrorSummary{Resend: "送领导签发", Errors: caseErrors(a)}
	} else if sentence := fault.SentenceOf(a.err); sentence != "" {
		title, text, _ := strings.Cut(sentence, "。")
		v.Said = &view.Banner{Kind: view.Warn, Title: title, Text: text}
	}
	if draft != nil {
		paper := paperView(found.Preview(*draft), found.Prefix)
		v.Paper, v.Warnings = &paper, warningsOf(found, *draft)
	}
	return view.Show(c, warningPage(v))
}

// previewDraft shows what the paper would look like and keeps nothing.
func (d *Desk) previewDraft(c *fiber.Ctx, a *attempt) error {
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	if !caseOffers(found, person(c), discipline.DraftWarning) {
		return seeOther(c, caseURL(found.Matter.Number))
	}
	draft, faults := d.cases().DraftOf(a.typed)
	if a.err = fault.Fields(faults); a.err != nil {
		return d.retryCase(c, a)
	}
	return d.warningPage(c, found, a, &draft)
}

func termsPanel() view.Panel {
	p := view.Panel{Title: "公示期的上下限"}
	for _, tier := range discipline.Tiers {
		label, text, _ := strings.Cut(tier.Label, "：")
		p.Rows = append(p.Rows, view.PanelRow{Label: label, Text: text})
	}
	return p
}

// paperView lays a paper out; one that is not signed bears no number yet.
func paperView(p document.Paper, prefix string) view.Paper {
	out := view.Paper{Issuer: p.Issuer, Prefix: prefix, Number: "（签发时编号）", Date: "（签发时填）", Title: p.Title, Addressee: p.Addressee, Signer: p.Issuer, SignedOn: "（签发日期）", Level: 2}
	if out.Issuer == "" {
		out.Issuer, out.Signer = "发文机关待配置", "发文机关待配置"
	}
	if at := strings.Index(p.Number, "〔"); at >= 0 {
		out.Prefix, out.Number, out.Date, out.SignedOn = p.Number[:at], p.Number[at:], p.Date, p.Date
	}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, view.PaperPart{Text: part.Text, Head: part.Head})
	}
	return out
}

// documentView is the page of the paper alone, made to be printed.
type documentView struct {
	Frame    view.DeskFrame
	Head     view.MatterHead
	Paper    view.Paper
	Draft    int // number of the draft, 0 when it is signed
	Warnings []string
	Moves    view.Moves
	Digest   string
	File     string
	Side     []view.Panel
}

func (d *Desk) showCaseDocument(c *fiber.Ctx) error {
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	if found.Version == 0 {
		return seeOther(c, caseURL(found.Matter.Number))
	}
	v := documentView{Frame: d.frame(c, "书面警示函", "cases"), Head: caseHead(found), Side: []view.Panel{signPanel(found), publicityPanel(found, d.Now())}}
	v.Head.Back = view.Ref{Label: "回到案件", Href: caseURL(found.Matter.Number)}
	v.Frame.PrintFoot = found.Matter.Number + "，" + view.MomentFull(d.Now()) + "打印"
	if doc := found.Signed(); doc != nil {
		v.Paper, v.Digest, v.File = paperView(doc.Paper, ""), doc.Digest, caseURL(found.Matter.Number)+"/document.html"
		return view.Show(c, documentPage(v))
	}
	v.Paper, v.Draft, v.Warnings = paperView(found.Preview(found.Draft), found.Prefix), found.Version, warningsOf(found, found.Draft)
	w, err := d.written(c.UserContext(), person(c), found.Matter.Number, nil)
	if err != nil {
		return err
	}
	v.Moves = caseMoves(c, found, w, func(action workflow.Action) bool { return action == discipline.Sign || action == discipline.SendBack })
	v.Moves.Absent = ""
	if v.Moves.FormToken, err = d.newToken(); err != nil {
		return err
	}
	return view.Show(c, documentPage(v))
}

// showCaseFile sends the frozen document as a file, to the byte. It is never
// shown as a page of this site.
func (d *Desk) showCaseFile(c *fiber.Ctx) error {
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	doc := found.Signed()
	if doc == nil {
		return fault.New(fault.NotFound, "")
	}
	c.Set(fiber.HeaderContentType, "application/octet-stream")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="warning-%d.html"`, doc.ID))
	return c.SendString(doc.HTML)
}
