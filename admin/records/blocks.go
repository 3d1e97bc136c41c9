package records

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/textblock"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// blocksView is the page of the blocks of text.
type blocksView struct {
	Frame  desk.Frame
	Done   view.Banner
	Title  string
	Blocks []blockView
	Change bool
	Of     string // the code of the one whose versions are shown; empty: all, as they stand
}

// blockView is a block, or a version of one, in words.
type blockView struct {
	textblock.Block
	For  string // for what it is meant
	Made string
}

// blockChoices are for what a block may be meant.
type blockChoices struct{ Places, Categories, Outcomes, Articles []view.Option }

// blockChoices are read from the laws, the categories and the table of laws.
func (d *Pages) blockChoices(c *fiber.Ctx) (out blockChoices, err error) {
	for _, table := range d.Laws() {
		for _, m := range table.Moves {
			for _, n := range m.Spoken() {
				o := view.Option{Value: textblock.PlaceOf(table.Kind, m.Action, n.Name), Label: m.Label + "：" + pointless(n.Label), Group: table.Noun}
				if !slices.ContainsFunc(out.Places, func(one view.Option) bool { return one.Value == o.Value }) {
					out.Places = append(out.Places, o)
				}
			}
		}
	}
	for _, group := range []struct {
		title string
		list  []workflow.Option
	}{{"事实认定", complaint.Findings}, {"对请求的处理", complaint.Decisions}, {"不予受理的理由", complaint.RejectGrounds}} {
		for _, o := range group.list {
			out.Outcomes = append(out.Outcomes, view.Option{Value: o.Value, Label: o.Label, Group: group.title})
		}
	}
	all, err := d.Office.Categories.All(c.UserContext())
	if err != nil {
		return out, err
	}
	for _, one := range all {
		out.Categories = append(out.Categories, view.Option{Value: one.Code, Label: one.Title + " " + one.Code, Group: one.Group})
	}
	table, err := law.Read(c.UserContext(), d.Office.Pool)
	for _, a := range table.Articles {
		out.Articles = append(out.Articles, view.Option{Value: a.Code, Label: a.Law.Short + a.Number + "：" + a.Subject, Group: a.Law.Title()})
	}
	return out, err
}

// pointless is the label of a text without the point that it answers: all points are one place.
func pointless(label string) string {
	if _, rest, ok := strings.Cut(label, "点："); ok {
		return "每一点的" + rest
	}
	return label
}

// meant says for what a block is meant.
func (c blockChoices) meant(b textblock.Block) string {
	var parts []string
	for _, one := range []struct {
		codes   []string
		options []view.Option
	}{{b.Places, c.Places}, {b.Categories, c.Categories}, {b.Outcomes, c.Outcomes}, {b.Articles, c.Articles}} {
		var words []string
		for _, o := range one.options {
			if slices.Contains(one.codes, o.Value) {
				words = append(words, o.Label)
			}
		}
		if len(words) > 0 {
			parts = append(parts, strings.Join(words, "、"))
		}
	}
	if len(parts) == 0 {
		return "哪里都能用"
	}
	return strings.Join(parts, "；")
}

func (c blockChoices) views(list textblock.List) (out []blockView) {
	for _, b := range list {
		out = append(out, blockView{Block: b, For: c.meant(b), Made: "第 " + view.N(b.Version, "版") + "，" + b.By + " " + clock.On(b.At).Long() + "：" + b.Reason})
	}
	return out
}

func (d *Pages) showBlocks(c *fiber.Ctx) error {
	choices, err := d.blockChoices(c)
	if err != nil {
		return err
	}
	list, err := textblock.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(x, y textblock.Block) int { // the retired ones last
		switch {
		case x.Retired == y.Retired:
			return 0
		case x.Retired:
			return 1
		}
		return -1
	})
	v := blocksView{Frame: d.Frame(c, "常用语", "blocks"), Title: "常用语", Blocks: choices.views(list), Change: d.Reaches(desk.Person(c).Role, "blocks/block")}
	if c.Query("done") != "" {
		v.Done = view.Banner{Kind: view.Done, Title: "已经记下", Text: "一分钟以内，写的人看到的就是新的。已经写进去的不变。"}
	}
	return view.Show(c, blocksPage(v))
}

// showBlockHistory is every version of a block, with who made it, when and why.
func (d *Pages) showBlockHistory(c *fiber.Ctx) error {
	choices, err := d.blockChoices(c)
	if err != nil {
		return err
	}
	list, err := textblock.History(c.UserContext(), d.Office.Pool, c.Query("code"))
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fault.New(fault.NotFound, "")
	}
	title := "“" + list[0].Title + "”的各版"
	return view.Show(c, blocksPage(blocksView{Frame: d.Frame(c, title, "blocks"), Title: title, Blocks: choices.views(list), Of: list[0].Code}))
}

// blockForm is the form of a block.
type blockForm struct {
	Frame            desk.Frame
	Title            string
	Shown            string
	Block            textblock.Block
	Choices          blockChoices
	Errors           view.Errors
	Notice           view.Banner
	ByItself, ByHand string // the blanks that a block may have
}

// typedBlock is what the form says.
func typedBlock(c *fiber.Ctx) textblock.Block {
	typed := web.Form(c)
	a := workflow.Answers(typed.Map())
	return textblock.Block{Code: typed.Get("code"), Title: form.Line(typed.Get("title")), Body: form.Text(typed.Get("body")), Places: a.Chosen("places"),
		Categories: a.Chosen("categories"), Outcomes: a.Chosen("outcomes"), Articles: a.Chosen("articles"), Retired: typed.Get("retired") == "yes", Reason: form.Text(typed.Get("reason"))}
}

func (d *Pages) showBlock(c *fiber.Ctx) error { return d.blockPage(c, c.Query("code"), nil) }

// blockPage shows the form as the block stands, or as refill leaves it.
func (d *Pages) blockPage(c *fiber.Ctx, code string, refill func(*blockForm)) error {
	list, err := textblock.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	f, err := formOf(list, code)
	if err != nil {
		return err
	}
	if f.Choices, err = d.blockChoices(c); err != nil {
		return err
	}
	byItself, byHand := textblock.Blanks()
	f.ByItself, f.ByHand = strings.Join(byItself, "、"), strings.Join(byHand, "、")
	if refill != nil {
		refill(&f)
	}
	f.Frame = d.Frame(c, f.Title, "blocks")
	if f.Frame.HasErrors = f.Errors.Wrong(); len(f.Errors) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return view.Show(c, blockFormPage(f))
}

// formOf is the form of a block as it stands, or of a new one.
func formOf(list textblock.List, code string) (blockForm, error) {
	f := blockForm{Title: "加一段常用语"}
	if i := slices.IndexFunc(list, func(b textblock.Block) bool { return b.Code == code }); i >= 0 {
		f.Block = list[i]
		f.Title, f.Block.Reason = "改“"+f.Block.Title+"”", ""
	} else if code != "" {
		return f, fault.New(fault.NotFound, "")
	}
	shown := web.NewShown("")
	shown.Add("版本", strconv.Itoa(f.Block.Version))
	f.Shown = shown.String()
	return f, nil
}

// submitBlock adds a version. A page that showed another one is shown what stands now.
func (d *Pages) submitBlock(c *fiber.Ctx) error {
	typed := typedBlock(c)
	list, err := textblock.Read(c.UserContext(), d.Office.Pool)
	if err != nil {
		return err
	}
	now, err := formOf(list, typed.Code)
	if err != nil {
		return err
	}
	if now.Shown != web.Form(c).Get(web.ShownField) {
		return d.blockChanged(c, typed)
	}
	choices, err := d.blockChoices(c)
	if err != nil {
		return err
	}
	if wrong := choices.unknown(typed); len(wrong) > 0 {
		return d.blockAgain(c, typed, append(list.Faults(typed), wrong...), view.Banner{})
	}
	by := desk.Person(c).ID
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "keep_block", By: by}, func(tx pgx.Tx) error {
		return list.Keep(c.UserContext(), tx, typed, by, d.Now())
	})
	switch found := fault.FieldsOf(err); {
	case len(found) > 0:
		return d.blockAgain(c, typed, found, view.Banner{})
	case fault.Is(err, fault.Conflict):
		return d.blockChanged(c, typed)
	case err != nil:
		return err
	}
	d.Office.Blocks.Forget()
	d.Log.InfoContext(c.UserContext(), "text blocks changed", "staff", by)
	return web.SeeOther(c, "/blocks?done=1")
}

// unknown are choices that nobody was offered.
func (c blockChoices) unknown(b textblock.Block) (wrong []fault.Field) {
	for _, one := range []struct {
		name    string
		codes   []string
		options []view.Option
	}{{"places", b.Places, c.Places}, {"categories", b.Categories, c.Categories}, {"outcomes", b.Outcomes, c.Outcomes}, {"articles", b.Articles, c.Articles}} {
		for _, code := range one.codes {
			if !slices.ContainsFunc(one.options, func(o view.Option) bool { return o.Value == code }) {
				wrong = append(wrong, fault.Field{Name: one.name, Sentence: "请从列出的里面选"})
				break
			}
		}
	}
	return wrong
}

func (d *Pages) blockChanged(c *fiber.Ctx, typed textblock.Block) error {
	c.Status(fiber.StatusConflict)
	return d.blockAgain(c, typed, nil, view.Banner{Kind: view.Warn, Title: "没有记下：您打开这一页以后，有人改过这一段", Text: "您填的在下面。请先到“常用语”看现在写的，要照您填的改，再按一次。"})
}

func (d *Pages) blockAgain(c *fiber.Ctx, typed textblock.Block, wrong view.Errors, notice view.Banner) error {
	return d.blockPage(c, typed.Code, func(f *blockForm) {
		typed.Version = f.Block.Version
		f.Block, f.Errors, f.Notice = typed, wrong, notice
	})
}

func (d *Pages) undoneBlock(c *fiber.Ctx) error {
	return d.blockAgain(c, typedBlock(c), nil, view.Banner{})
}

func retiredWord(retired bool) string {
	if retired {
		return "已停用"
	}
	return ""
}
