package cases

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/admin/matter"
	"zhengxin/internal/discipline"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// warningView is the page on which a warning is drafted, the paper beneath.
type warningView struct {
	Frame    desk.Frame
	Head     view.MatterHead
	Errors   view.ErrorSummary
	Said     *view.Banner
	Form     matter.OwnForm
	Warnings []string
	Paper    *view.Paper
	Side     []desk.Panel
}

// preview is what a button of the draft says that shows the paper and keeps nothing.
const preview = "preview"

// showWarning shows the form; draft, when given, is shown as a paper.
func (p *Pages) showWarning(c *fiber.Ctx, found *discipline.Case, a *desk.Attempt, draft *discipline.Draft) error {
	v := warningView{Frame: p.Frame(c, "起草书面警示", p.Kind().Path), Head: p.Head(found), Side: []desk.Panel{termsPanel(), signPanel(found)}}
	v.Head.Back = view.Ref{Label: "回到案件", Href: desk.MatterURL(p.Kind(), found.Matter.Number)}
	w, err := p.Written(c.UserContext(), desk.Person(c), found.Matter.Number, a)
	if err != nil {
		return err
	}
	if v.Form, err = p.OwnForm(c, found, discipline.DraftWarning, w); err != nil {
		return err
	}
	v.Said = w.KeptBanner(c)
	if errors := p.Errors(a); len(errors.Errors) > 0 {
		v.Frame.HasErrors, v.Errors = true, errors
		v.Errors.Resend = "送领导签发"
	} else if sentence := fault.SentenceOf(a.Err); sentence != "" {
		title, text, _ := strings.Cut(sentence, "。")
		v.Said = &view.Banner{Kind: view.Warn, Title: title, Text: text}
	}
	if draft != nil {
		paper := paperView(found.Preview(*draft), found.Prefix)
		v.Paper, v.Warnings = &paper, warningsOf(found, *draft)
	}
	return view.Show(c, warningPage(v))
}

// previewWarning shows what the paper would look like and keeps nothing; false when
// that is not asked for.
func (p *Pages) previewWarning(c *fiber.Ctx, _ workflow.Order, a *desk.Attempt) (bool, error) {
	if web.Form(c).Get("do") != preview {
		return false, nil
	}
	found, err := p.Read(c)
	if err != nil {
		return true, err
	}
	if !found.Offers(desk.Person(c), discipline.DraftWarning) {
		return true, desk.SeeOther(c, desk.MatterURL(p.Kind(), found.Matter.Number))
	}
	draft, faults := discipline.DraftOf(a.Typed, p.Now())
	if a.Err = fault.Fields(faults); a.Err != nil {
		return true, p.Retry(c, a)
	}
	return true, p.showWarning(c, found, a, &draft)
}

func termsPanel() desk.Panel {
	p := desk.Panel{Title: "公示期的上下限"}
	for _, tier := range discipline.Tiers {
		label, text, _ := strings.Cut(tier.Label, "：")
		p.Rows = append(p.Rows, desk.PanelRow{Label: label, Text: text})
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
	Frame    desk.Frame
	Head     view.MatterHead
	Paper    view.Paper
	Draft    int // number of the draft, 0 when it is signed
	Warnings []string
	Moves    desk.Moves
	Digest   string
	File     string
	Side     []desk.Panel
}

func (d *Pages) showDocument(c *fiber.Ctx) error {
	found, err := d.Read(c)
	if err != nil {
		return err
	}
	if found.Version == 0 {
		return desk.SeeOther(c, desk.MatterURL(discipline.Kind, found.Matter.Number))
	}
	v := documentView{Frame: d.Frame(c, "书面警示函", "cases"), Head: d.Head(found), Side: []desk.Panel{signPanel(found), publicityPanel(found, d.Now())}}
	v.Head.Back = view.Ref{Label: "回到案件", Href: desk.MatterURL(discipline.Kind, found.Matter.Number)}
	v.Frame.PrintFoot = found.Matter.Number + "，" + view.MomentFull(d.Now()) + "打印"
	if doc := found.Signed(); doc != nil {
		v.Paper, v.Digest, v.File = paperView(doc.Paper, ""), doc.Digest, desk.MatterURL(discipline.Kind, found.Matter.Number)+"/document.html"
		return view.Show(c, documentPage(v))
	}
	v.Paper, v.Draft, v.Warnings = paperView(found.Preview(found.Draft), found.Prefix), found.Version, warningsOf(found, found.Draft)
	w, err := d.Written(c.UserContext(), desk.Person(c), found.Matter.Number, nil)
	if err != nil {
		return err
	}
	if v.Moves, err = d.Moves(c, found, w, func(action workflow.Action) bool { return action == discipline.Sign || action == discipline.SendBack }); err != nil {
		return err
	}
	if v.Moves.FormToken, err = d.NewToken(); err != nil {
		return err
	}
	return view.Show(c, documentPage(v))
}

// sendCaseFile sends the frozen document as a file, to the byte. It is never
// shown as a page of this site.
func (d *Pages) sendFile(c *fiber.Ctx) error {
	found, err := d.Read(c)
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
