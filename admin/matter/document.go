package matter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/register"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// Draft is the newest draft of a document, also once that is signed.
type Draft struct {
	Name      string // of the document: 书面警示函
	Version   int
	By        string
	At        time.Time
	Paper     document.Paper // as it would be signed today, without number and date
	Publicity string         // how long it is to be public: 3 个月，期满自动撤下
	Doubts    []string       // the machine's, while it may still become public
}

// documentView is the page of a paper alone, made to be printed.
type documentView struct {
	Frame  desk.Frame
	Head   view.MatterHead
	Paper  view.Paper
	Void   bool
	Draft  int // number of the draft, 0 when it is signed
	Doubts []string
	Moves  desk.Moves
	Digest string
	File   string
	Side   []desk.Panel
}

// issues says that matters of the register have documents.
func (p Pages[M]) issues() bool { return len(p.Kind().Papers) > 0 }

// draft is the newest draft of a matter's document, nil without one.
func (p Pages[M]) draft(m M) *Draft {
	if p.Face.Draft == nil {
		return nil
	}
	return p.Face.Draft(m)
}

// showDocument shows the document that is asked for by its id, else the newest that
// holds, else the draft.
func (p Pages[M]) showDocument(c *fiber.Ctx) error {
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	base, draft := m.Base(), p.draft(m)
	doc, err := documentOf(c, base)
	if err != nil {
		return err
	}
	if c.Query("id") == "" && draft.since(doc) {
		doc = nil
	}
	number := base.Matter.Number
	if doc == nil && draft == nil {
		return web.SeeOther(c, desk.MatterURL(p.Kind(), number))
	}
	v := documentView{Head: p.Head(m), Side: []desk.Panel{p.signPanel(doc, draft), p.publicityPanel(base, draft)}}
	v.Head.Back = view.Ref{Label: number, Href: p.Onwards(c, desk.MatterURL(p.Kind(), number))}
	if doc != nil {
		v.Frame = p.Frame(c, doc.Paper.Heading(), p.Kind().Path)
		v.Head.Number = doc.Number
		v.Paper, v.Void, v.Digest, v.File = paperView(doc.Paper, ""), doc.Void, doc.Digest, documentURL(p.Kind(), number, doc.ID, ".html")
	} else {
		v.Frame = p.Frame(c, draft.Name, p.Kind().Path)
		v.Head.Number = draft.Name + "，第 " + view.N(draft.Version, "稿")
		v.Paper, v.Draft, v.Doubts = paperView(draft.Paper, base.Issuer.Prefix), draft.Version, draft.Doubts
		if v.Moves, err = p.Deciding(c, m); err != nil {
			return err
		}
	}
	v.Frame.PrintFoot = number + "，" + view.MomentFull(p.Now()) + "打印"
	return view.Show(c, documentPage(v))
}

// Deciding are the moves that decide on a draft, for the page on which it is read.
func (p Pages[M]) Deciding(c *fiber.Ctx, m M) (desk.Moves, error) {
	w, err := p.Written(c, m.Base().Matter.Number, nil)
	if err != nil {
		return desk.Moves{}, err
	}
	moves, err := p.Moves(c, m, w, func(a workflow.Action) bool { return p.Kind().Law.Rows(a)[0].Decides })
	if err != nil {
		return moves, err
	}
	moves.FormToken, err = p.NewToken()
	return moves, err
}

// documentOf is the document that an address asks for: by its id, or the newest that
// holds. nil when none is asked for and none is signed.
func documentOf(c *fiber.Ctx, of *register.Dossier) (*document.Document, error) {
	id, asked := c.Query("id"), c.Query("id") != ""
	for i := range of.Documents {
		if d := &of.Documents[i]; asked && strconv.FormatInt(d.ID, 10) == id || !asked && !d.Void {
			return d, nil
		}
	}
	if asked {
		return nil, fault.New(fault.NotFound, "")
	}
	return nil, nil
}

// sendDocument sends a frozen document as a file, to the byte. It is never shown as a
// page of this site.
func (p Pages[M]) sendDocument(c *fiber.Ctx) error {
	m, err := p.Read(c)
	if err != nil {
		return err
	}
	doc, err := documentOf(c, m.Base())
	if err != nil {
		return err
	}
	if doc == nil {
		return fault.New(fault.NotFound, "")
	}
	c.Set(fiber.HeaderContentType, "application/octet-stream")
	void := "" // the file itself is what was signed, and bears no mark
	if doc.Void {
		void = "-void"
	}
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="document-%d%s.html"`, doc.ID, void))
	return c.SendString(doc.HTML)
}

// documentURL is the address of a document, or with an ending of its file; without an
// id of the newest.
func documentURL(k *register.Kind, number string, id int64, ending string) string {
	url := desk.MatterURL(k, number) + "/document" + ending
	if id != 0 {
		url += "?id=" + strconv.FormatInt(id, 10)
	}
	return url
}

// DraftRef leads to what there is of a matter's document: itself, else its draft.
func (p Pages[M]) DraftRef(c *fiber.Ctx, m M) view.Ref {
	base, draft := m.Base(), p.draft(m)
	for _, d := range base.Documents {
		if !d.Void {
			return view.Ref{Label: "看文书 " + d.Number, Href: p.Onwards(c, documentURL(p.Kind(), base.Matter.Number, 0, ""))}
		}
	}
	if draft == nil {
		return view.Ref{}
	}
	return view.Ref{Label: "看文书草稿（第 " + view.N(draft.Version, "稿") + "）", Href: p.Onwards(c, documentURL(p.Kind(), base.Matter.Number, 0, ""))}
}

// papers are the panels of a matter's documents.
func (p Pages[M]) papers(m M) []desk.Panel {
	base, draft := m.Base(), p.draft(m)
	list := desk.Panel{Title: "文书"}
	for _, d := range base.Documents {
		word := "正本"
		if d.Void {
			word = "作废"
		}
		list.Rows = append(list.Rows, desk.PanelRow{Label: word, Text: d.Number, Href: documentURL(p.Kind(), base.Matter.Number, d.ID, ""), Aside: "指纹 " + shortDigest(d.Digest)})
	}
	if draft != nil && newestHeld(base, draft) == nil {
		list.Rows = append(list.Rows, desk.PanelRow{Label: "草稿", Text: draft.Name + "，第 " + view.N(draft.Version, "稿"), Href: documentURL(p.Kind(), base.Matter.Number, 0, "")})
	}
	return []desk.Panel{p.signPanel(newestHeld(base, draft), draft), p.publicityPanel(base, draft), list}
}

// newestHeld is the newest document, unless that is void or has a draft after it: then
// another is to come.
func newestHeld(of *register.Dossier, draft *Draft) *document.Document {
	if len(of.Documents) == 0 || of.Documents[0].Void || draft.since(&of.Documents[0]) {
		return nil
	}
	return &of.Documents[0]
}

// since says that there is a draft, and that it was written after a document was signed.
func (d *Draft) since(signed *document.Document) bool {
	return d != nil && (signed == nil || d.At.After(signed.SignedAt))
}

// signPanel is who drafted, signed and served a document; without one, what is drafted.
// Who drafted a void one is not known any more: the draft is another since.
func (p Pages[M]) signPanel(d *document.Document, draft *Draft) desk.Panel {
	drafted, signed, served := "还没有起草", p.signer()+"，不能是起草人", "未到这一步"
	if draft != nil {
		drafted = draft.By + "，" + view.Day(draft.At)
	}
	if d != nil {
		signed = d.SignedBy + "，" + view.Day(d.SignedAt)
		if !d.ServedOn.IsZero() {
			served = d.ServedOn.Short() + "，" + register.ServiceWord(d.ServedHow)
		}
	}
	panel := desk.Panel{Title: "签署", Rows: []desk.PanelRow{{Label: "起草", Text: drafted}, {Label: "签发", Text: signed}, {Label: "送达", Text: served}}}
	if d != nil && d.Void {
		panel.Rows = []desk.PanelRow{{Label: "签发", Text: signed}, {Label: "送达", Text: "没有送达，已经作废"}}
	}
	return panel
}

// signer is who signs the register's documents.
func (p Pages[M]) signer() string {
	for _, m := range p.Kind().Law.Moves {
		if m.Issues != "" {
			return m.By[0].Title()
		}
	}
	return ""
}

// publicityPanel is how the matter stands in public; without rows where its register
// publishes nothing.
func (p Pages[M]) publicityPanel(of *register.Dossier, draft *Draft) desk.Panel {
	panel := desk.Panel{Title: "公示"}
	switch n := of.Notice; {
	case p.Kind().Publicity.Kind == "":
	case n == nil && p.Kind().Publicity.Endless:
		panel = desk.Panel{Title: "公开", Rows: []desk.PanelRow{{Label: "状态", Text: "还没有公开"}}}
	case n == nil && draft == nil:
		panel.Rows = []desk.PanelRow{{Label: "公示期", Text: "起草时定"}}
	case n == nil:
		panel.Rows = []desk.PanelRow{{Label: "公示期", Text: draft.Publicity}}
	default:
		word := "已经撤下"
		if n.Shown(p.Now()) {
			word = "公示中"
		}
		panel.Rows = []desk.PanelRow{{Label: "状态", Text: word}, {Label: "公布", Text: view.DayFull(n.PublishedAt)}}
		switch {
		case n.TakenDownAt != nil && n.Until.IsZero():
			panel.Rows = append(panel.Rows, desk.PanelRow{Label: "撤下", Text: view.DayFull(*n.TakenDownAt)})
		case n.TakenDownAt != nil:
			panel.Rows = append(panel.Rows, desk.PanelRow{Label: "撤下", Text: view.DayFull(*n.TakenDownAt), Aside: "原定公示至 " + n.Until.Long()})
		case !n.Until.IsZero():
			panel.Rows = append(panel.Rows, desk.PanelRow{Label: "公示至", Text: n.Until.Long(), Aside: "期满自动撤下，只留日期"})
		}
	}
	return panel
}

// shortDigest is enough of a fingerprint to tell two papers apart.
func shortDigest(digest string) string {
	if len(digest) < 12 {
		return digest
	}
	return digest[:4] + " " + digest[4:8] + " " + digest[8:12] + " …… " + digest[len(digest)-4:]
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
