package admin

import (
	"cmp"
	"encoding/base64"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// tokenBytes is the length of a form token: 128 random bits.
const tokenBytes = 16

// movers are the roles that any move of a complaint names; readers may also
// only look.
var (
	movers  = only(staffOf(complaint.Law)...)
	readers = only(append(staffOf(complaint.Law), staff.Auditor)...)
)

// staffOf are the staff roles of a move table, in the order of all roles.
func staffOf(t *workflow.Table) []staff.Role {
	var roles []staff.Role
	for _, role := range staff.Roles() {
		if slices.ContainsFunc(t.Moves, func(m workflow.Move) bool { return slices.Contains(m.By, role) }) {
			roles = append(roles, role)
		}
	}
	return roles
}

// long lets a form carry 10,000 characters several times over: a Han character
// is nine bytes on the wire.
func long(r route) route {
	r.Limit = 384 << 10
	return r
}

// upload lets a form carry a file.
func upload(r route) route {
	r.Body = web.MultipartBody
	return r
}

// newToken draws the token that makes one sending of a form happen once.
func (d *Desk) newToken() (string, error) {
	token := make([]byte, tokenBytes)
	if _, err := io.ReadFull(d.Complaints.Random, token); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(token), nil
}

func readToken(typed web.Values) ([]byte, error) {
	token, err := base64.RawURLEncoding.DecodeString(typed.Get("form_token"))
	if err != nil || len(token) != tokenBytes {
		return nil, fault.New(fault.Invalid, "这张表不完整，没有办。请返回上一页，刷新后再办一次。")
	}
	return token, nil
}

// attempt is one sending of a move: what was asked for and what was typed.
type attempt struct {
	action workflow.Action
	typed  complaint.Answers
	token  string // shown again when the same form is to be corrected
	err    error  // why it did not happen
}

// order is what a form asks the register to do.
func order(c *fiber.Ctx) (complaint.Order, *attempt, error) {
	number, ok := form.ParseNumber(c.Params("number"))
	if !ok {
		return complaint.Order{}, nil, fault.New(fault.NotFound, "")
	}
	typed := web.Form(c)
	token, err := readToken(typed)
	if err != nil {
		return complaint.Order{}, nil, err
	}
	a := &attempt{action: workflow.Action(c.Params("action")), typed: complaint.Answers(typed.Map()), token: typed.Get("form_token")}
	return complaint.Order{Number: number, Action: a.action, By: person(c), Token: token, Answers: a.typed}, a, nil
}

// submitMove carries any move of the table out.
func (d *Desk) submitMove(c *fiber.Ctx) error {
	if done, err := d.draftOfMove(c, complaint.Law, workflow.Action(c.Params("action")), moveURL); done || err != nil {
		return err
	}
	o, a, err := order(c)
	if err != nil {
		return err
	}
	if o.Action == complaint.OpenIdentity {
		return d.openIdentity(c, o, a)
	}
	done, err := d.Complaints.Move(c.UserContext(), o)
	switch {
	case err != nil:
		a.err = err
		return d.retry(c, o.Number, a)
	case done.Repeated && done.Action != o.Action:
		a.err, a.token = fault.New(fault.Conflict, "这一步没有办，您写的内容还在。这个页面刚才已经用来“%s”过一次，现在换了新的，请再按一次。", labelOf(done.Action)), ""
		return d.retry(c, o.Number, a)
	case done.Repeated:
		return seeOther(c, matterURL(o.Number)+"?again="+strconv.FormatInt(done.Seq, 10))
	}
	return seeOther(c, matterURL(o.Number)+"?done="+strconv.FormatInt(done.Seq, 10))
}

// retry shows the matter again with what went wrong and what was typed.
func (d *Desk) retry(c *fiber.Ctx, number string, a *attempt) error {
	switch fault.KindOf(a.err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
	case fault.NotFound:
		return fault.New(fault.NotFound, "")
	default:
		return a.err
	}
	dossier, err := d.Complaints.Read(c.UserContext(), person(c), number)
	if err != nil {
		return err
	}
	a.err = routed(dossier, a)
	c.Status(web.StatusOf(a.err))
	if a.action == complaint.DraftAnswer && offered(dossier, person(c), a.action) {
		return d.draftPage(c, dossier, a)
	}
	return d.matterPage(c, dossier, a)
}

// routed says of which unit a refused dispatch speaks.
func routed(dossier *complaint.Dossier, a *attempt) error {
	if !fault.Is(a.err, fault.Forbidden) || a.action != complaint.Dispatch {
		return a.err
	}
	for _, code := range append([]string{a.typed.Get("lead")}, a.typed["co"]...) {
		for _, b := range dossier.Barred {
			if b.Code == code {
				return fault.New(fault.Forbidden, "不能派给%s：%s。%s", b.Name, barredWords[b.Why], belowWords(dossier))
			}
		}
	}
	return a.err
}

var barredWords = map[string]string{
	complaint.BarredAccused: "它是被投诉单位", complaint.BarredNamed: "这件投诉写过它，要先解除回避", complaint.BarredKin: "它和被投诉单位前后是同一个单位",
	complaint.BarredBelow: "它是被投诉单位的下属", complaint.BarredConflict: "它和被投诉单位有利害关系",
}

func belowWords(dossier *complaint.Dossier) string {
	n := barredCount(dossier, complaint.BarredBelow)
	if n == 0 {
		return ""
	}
	return "被投诉单位的 " + view.N(n, "个") + "下属单位也不能派。"
}

func barredCount(dossier *complaint.Dossier, why string) (n int) {
	for _, b := range dossier.Barred {
		if b.Why == why {
			n++
		}
	}
	return n
}

func offered(dossier *complaint.Dossier, p staff.Person, action workflow.Action) bool {
	return slices.ContainsFunc(dossier.Choices(p), func(c workflow.Choice) bool { return c.Action == action && c.Why == "" })
}

func labelOf(action workflow.Action) string {
	if rows := complaint.Law.Rows(action); len(rows) > 0 {
		return rows[0].Label
	}
	return string(action)
}

// stateTag shows a state of a table.
func stateTag(t *workflow.Table, s workflow.State) view.StatusTag {
	info := t.State(s)
	return view.StatusTag{Word: info.Word, Sign: string(info.Sign)}
}

func matterURL(number string) string { return "/complaints/" + number }

func moveURL(number string, action workflow.Action) string {
	return matterURL(number) + "/" + string(action)
}

// leading are the moves that lead on, of which the first that is open is
// filled; nothing follows from a state in which none is.
var leading = []workflow.Action{
	complaint.EnterRegister, complaint.Accept, complaint.Dispatch, complaint.Sign, complaint.CoSign, complaint.CoOpinion, complaint.AgreeReturn,
	complaint.DraftAnswer, complaint.ApproveAnswer, complaint.Reply, complaint.Close, complaint.SettleUnit,
}

// moves are 现在您可以: what the table gives this person now, the expected one
// first, hard ones last. keep chooses those of one page; nil keeps all.
func (d *Desk) moves(c *fiber.Ctx, dossier *complaint.Dossier, w written, keep func(workflow.Action) bool) (view.Moves, error) {
	p, out := person(c), view.Moves{CSRF: web.CSRF(c)}
	first := firstOf(dossier, p)
	var choices []workflow.Choice
	for _, choice := range dossier.Choices(p) {
		if !choice.Hidden && (keep == nil || keep(choice.Action)) {
			choices = append(choices, choice)
		}
	}
	slices.SortStableFunc(choices, func(x, y workflow.Choice) int {
		return cmp.Compare(weight(x, first), weight(y, first))
	})
	for _, choice := range choices {
		item := view.Move{
			Action: string(choice.Action), URL: moveURL(dossier.Matter.Number, choice.Action), Label: choice.Label, Consequence: choice.Effect, WhyNot: choice.Why,
		}
		switch {
		case choice.Action == first:
			item.Kind, item.Strong, item.Open = view.Go, firstSentence(choice.Effect), choice.Action != complaint.DraftAnswer
		case choice.Hard:
			item.Kind = view.Hard
		}
		if len(choice.Needs) > 0 && choice.Why == "" {
			fields, err := d.needs(c.UserContext(), dossier, choice.Move, w)
			if err != nil {
				return out, err
			}
			item.Fields, item.Draft = needFields(fields), w.keeping(choice.Move, item.URL, out.CSRF)
			item.Open = item.Open || w.tried(choice.Action) || item.Draft.Back != ""
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// firstOf is the move that leads on for this person, empty when none does. A
// co-handling unit that has signed is not asked to sign again.
func firstOf(dossier *complaint.Dossier, p staff.Person) workflow.Action {
	own, _ := dossier.Holds(p.Unit)
	for _, action := range leading {
		if action == complaint.CoSign && own.Signed != nil || action == complaint.CoOpinion && own.OpinionAt != nil {
			continue
		}
		if offered(dossier, p, action) {
			return action
		}
	}
	return ""
}

// weight sorts moves: the expected one, ordinary ones, barred ones, hard ones.
func weight(c workflow.Choice, first workflow.Action) int {
	switch {
	case c.Action == first:
		return 0
	case c.Hard:
		return 3
	case c.Why != "":
		return 2
	}
	return 1
}

func firstSentence(s string) string {
	head, _, found := strings.Cut(s, "。")
	if !found {
		return ""
	}
	return head + "。"
}
