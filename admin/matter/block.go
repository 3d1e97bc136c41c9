package matter

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/register"
	"zhengxin/internal/textblock"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// What the buttons of text blocks are called: one puts a block into a text, as NEED=CODE;
// the other shows all blocks for it.
const (
	putBlock  = "block"
	allBlocks = "blocks"
)

// mostBlocks are how many stand beside a text before anybody asks for more.
const mostBlocks = 6

// blockList are the blocks beside one text of a form.
type blockList struct {
	Need   string
	Field  string // the id of its field
	Label  string
	Blocks []blockLine
	More   bool // there are others
	All    bool // those are shown, too
}

type blockLine struct {
	Code, Title, Body string
	Other             bool // it is not meant for this text
}

// blocks are what may be put into the texts of a move, by the names of its needs; nothing
// where the office has none.
func (p Pages[M]) blocks(c *fiber.Ctx, base *register.Dossier, m workflow.Move, typed workflow.Answers) (map[string]templ.Component, error) {
	spoken := m.Spoken()
	if len(spoken) == 0 {
		return nil, nil
	}
	list, err := p.Office.Blocks.List(c.UserContext())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	words, out := p.blanks(c, base), map[string]templ.Component{}
	for _, n := range spoken {
		place := textblock.PlaceOf(p.Kind().Law.Kind, m.Action, n.Name)
		first, others := list.For(func(b textblock.Block) bool { return b.Fits(place, base.Matter.Category, m, typed) })
		v := blockList{Need: n.Name, Field: ask.FieldID(m.Action, n.Name), Label: n.Label, All: typed.Get(allBlocks) == n.Name}
		if !v.All && len(first) > mostBlocks {
			first, others = first[:mostBlocks], append(slices.Clone(first[mostBlocks:]), others...)
		}
		for _, b := range first {
			v.Blocks = append(v.Blocks, blockLine{Code: b.Code, Title: b.Title, Body: textblock.Fill(b.Body, words)})
		}
		for _, b := range others {
			if v.All {
				v.Blocks = append(v.Blocks, blockLine{Code: b.Code, Title: b.Title, Body: textblock.Fill(b.Body, words), Other: true})
			}
		}
		v.More = !v.All && len(others) > 0
		if len(v.Blocks) > 0 || v.More {
			out[n.Name] = beside(v)
		}
	}
	return out, nil
}

// blanks are the words of a matter that are filled in by themselves. Where the unit is the
// one that it is about, it is no answering unit, and the other way round.
func (p Pages[M]) blanks(c *fiber.Ctx, base *register.Dossier) map[string]string {
	words := map[string]string{textblock.Category: base.CategoryTitle, textblock.Today: clock.On(p.Now()).Long()}
	if p.Kind().Law.Unit == workflow.Accused {
		words[textblock.Accused] = base.UnitName
	}
	if all, err := p.Office.Units.All(c.UserContext()); err == nil { // kept a while; without it the blank stays
		if u, ok := all.ByCode(desk.Person(c).Unit); ok {
			words[textblock.Own] = u.Name
		}
	}
	return words
}

// blockInto answers the buttons of text blocks: a block is put after what stands in the
// text, which nobody loses, and the form is shown again; nothing is done yet. False where
// another button was pressed.
func (p Pages[M]) blockInto(c *fiber.Ctx, a *desk.Attempt) (bool, error) {
	need, code, chosen := strings.Cut(a.Typed.Get(putBlock), "=")
	if !chosen && a.Typed.Get(allBlocks) == "" {
		return false, nil
	}
	m, err := p.Read(c)
	if err != nil {
		return true, err
	}
	rows := p.Kind().Law.Rows(a.Action)
	if len(rows) == 0 {
		return true, fault.New(fault.NotFound, "")
	}
	if chosen && slices.ContainsFunc(rows[0].Spoken(), func(n workflow.Need) bool { return n.Name == need }) {
		list, err := p.Office.Blocks.List(c.UserContext())
		if err != nil {
			return true, err
		}
		if b, ok := list.ByCode(code); ok {
			text := textblock.Fill(b.Body, p.blanks(c, m.Base()))
			a.Typed[need] = []string{strings.TrimLeft(strings.TrimRight(form.Text(a.Typed.Get(need)), "\n")+"\n"+text, "\n")}
		} else {
			a.Err = fault.New(fault.Conflict, "没有放进去：这一段常用语已经停用。您写的内容还在下面，没有丢。")
			c.Status(fiber.StatusConflict)
		}
	}
	a.Token = ""
	return true, p.again(c, m, a)
}

func (v blockList) summary() string {
	if len(v.Blocks) == 0 {
		return "常用语"
	}
	return "常用语（" + view.N(len(v.Blocks), "段") + "）"
}
