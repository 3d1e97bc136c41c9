package admin

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// dateTyped is a date as it stands in its three boxes.
type dateTyped = form.DateBoxes

// submitOpenCase opens a case from a complaint that was found true.
func (d *Desk) submitOpenCase(c *fiber.Ctx) error {
	if done, err := d.draftOfMove(c, complaint.Law, complaint.OpenCase, moveURL); done || err != nil {
		return err
	}
	o, a, err := order(c)
	if err != nil {
		return err
	}
	o.Action, a.action = complaint.OpenCase, complaint.OpenCase
	opened, err := d.cases().OpenFrom(c.UserContext(), o)
	if err != nil {
		a.err = err
		return d.retry(c, o.Number, a)
	}
	said := "?done=1"
	if opened.Repeated {
		said = "?again=1"
	}
	return seeOther(c, caseURL(opened.Number)+said)
}

// What the buttons of a draft may say beside the move itself: preview shows the
// paper and keeps nothing, write leads from the case to the page of the draft.
const (
	preview = "preview"
	write   = "write"
)

// submitCaseMove carries any move of the table out.
func (d *Desk) submitCaseMove(c *fiber.Ctx) error {
	if done, err := d.draftOfMove(c, discipline.Law, workflow.Action(c.Params("action")), caseMoveURL); done || err != nil {
		return err
	}
	o, a, err := order(c)
	if err != nil {
		return err
	}
	if o.Action == discipline.DraftWarning {
		switch web.Form(c).Get("do") {
		case preview:
			return d.previewDraft(c, a)
		case write:
			return seeOther(c, caseMoveURL(o.Number, o.Action))
		}
	}
	done, err := d.cases().Move(c.UserContext(), o)
	switch {
	case err != nil:
		a.err = err
		return d.retryCase(c, a)
	case done.Repeated && done.Action != o.Action:
		a.err, a.token = fault.New(fault.Conflict, "这一步没有办，您写的内容还在。这个页面刚才已经用来“%s”过一次，现在换了新的，请再按一次。", caseStep(done.Action)), ""
		return d.retryCase(c, a)
	case done.Repeated:
		return seeOther(c, caseURL(o.Number)+"?again="+strconv.FormatInt(done.Seq, 10))
	}
	return seeOther(c, caseURL(o.Number)+"?done="+strconv.FormatInt(done.Seq, 10))
}

// retryCase shows the case again with what went wrong and what was typed.
func (d *Desk) retryCase(c *fiber.Ctx, a *attempt) error {
	switch fault.KindOf(a.err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
	case fault.NotFound:
		return fault.New(fault.NotFound, "")
	default:
		return a.err
	}
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	c.Status(web.StatusOf(a.err))
	if a.action == discipline.DraftWarning && caseOffers(found, person(c), a.action) {
		return d.warningPage(c, found, a, nil)
	}
	return d.casePage(c, found, a)
}

// showCaseMove is the page with one move standing open; the warning has a page
// of its own.
func (d *Desk) showCaseMove(c *fiber.Ctx) error {
	found, err := d.readCase(c)
	if err != nil {
		return err
	}
	action := workflow.Action(c.Params("action"))
	switch {
	case !discipline.Law.Has(action):
		return fault.New(fault.NotFound, "")
	case !caseOffers(found, person(c), action):
		return seeOther(c, caseURL(found.Matter.Number))
	case action == discipline.DraftWarning:
		return d.warningPage(c, found, &attempt{action: action}, nil)
	}
	return d.casePage(c, found, &attempt{action: action})
}

func caseOffers(found *discipline.Case, p staff.Person, action workflow.Action) bool {
	return slices.ContainsFunc(found.Choices(p), func(c workflow.Choice) bool { return c.Action == action && c.Why == "" })
}

// draftAnswers begin a new draft with the last one.
func draftAnswers(found *discipline.Case) complaint.Answers {
	if found.Version == 0 {
		return complaint.Answers{}
	}
	d := found.Draft
	return complaint.Answers{
		"facts": {d.Facts}, "basis": {d.Basis}, "demand": {d.Demand}, "consequences": {d.Consequences}, "tier": {string(d.Tier)},
		"months": {strconv.Itoa(d.Months)}, "deadline_year": {strconv.Itoa(d.Deadline.Year)},
		"deadline_month": {strconv.Itoa(int(d.Deadline.Month))}, "deadline_day": {strconv.Itoa(d.Deadline.Day)},
	}
}

// caseFieldsOf are the fields of a move with what was typed, and its dates.
func caseFieldsOf(m workflow.Move, w written, known complaint.Answers, bars []workflow.Bar) ([]askedFor, map[string]dateTyped) {
	typed, errs := w.into(m.Action, known)
	var fields []askedFor
	boxes := map[string]dateTyped{}
	for _, need := range m.Needs {
		f := askedFor{Need: need, ID: fieldID(m.Action, need.Name), Values: typed[need.Name], Error: errs.For(need.Name), Pick: options(need.Options), Rows: 4}
		if need.Max >= 5000 {
			f.Rows = 8
		}
		switch {
		case need.Kind == workflow.AskChoice && need.Name == "bar":
			f.Pick = barOptions(bars)
		case need.Kind == workflow.AskDate:
			boxes[need.Name] = discipline.DateBoxes(typed, need.Name)
		}
		fields = append(fields, f)
	}
	return fields, boxes
}

// caseMoves are 现在您可以: the expected one first, hard ones as the table has
// them; keep chooses those of one page, nil keeps all.
func caseMoves(c *fiber.Ctx, found *discipline.Case, w written, keep func(workflow.Action) bool) view.Moves {
	p, out := person(c), view.Moves{CSRF: web.CSRF(c)}
	for _, choice := range found.Choices(p) {
		if keep != nil && !keep(choice.Action) {
			continue
		}
		if choice.Action == discipline.Publish {
			choice.Needs = publishNeeds(found, choice.Needs)
		}
		item := view.Move{
			Action: string(choice.Action), URL: caseMoveURL(found.Matter.Number, choice.Action), Label: choice.Label, Consequence: choice.Effect,
			WhyNot: choice.Why, Inputs: seenInputs(found, choice.Action),
		}
		switch {
		case len(out.Items) == 0 && choice.Why == "" && choice.Action != discipline.Drop:
			item.Kind, item.Strong, item.Open = view.Go, firstSentence(choice.Effect), true
		case choice.Hard:
			item.Kind = view.Hard
		}
		if len(choice.Needs) > 0 && choice.Why == "" && choice.Action != discipline.DraftWarning { // which has its own page
			fields, boxes := caseFieldsOf(choice.Move, w, nil, found.Releasable())
			item.Fields, item.Draft = caseFields(fields, boxes), w.keeping(choice.Move, item.URL, out.CSRF)
			item.Open = item.Open || w.tried(choice.Action) || item.Draft.Back != ""
		}
		out.Items = append(out.Items, item)
	}
	if s := found.Matter.State; s == discipline.Opened || s == discipline.Drafted {
		out.AbsentTitle = "为什么没有“听取申辩”"
		out.Absent = "事前告知和陈述申辩（5 个工作日）还没有做进平台。眼下请线下办理，用内部说明记下，再请领导签发。"
	}
	return out
}

// publishNeeds asks for a reason where there must be one and not elsewhere.
func publishNeeds(found *discipline.Case, needs []workflow.Need) []workflow.Need {
	if !found.Matter.Has(discipline.MinorTier) {
		return nil
	}
	needs = slices.Clone(needs)
	for i := range needs {
		needs[i].Optional = false
	}
	return needs
}

// seenInputs name the text that was before the person's eyes, and send the
// drafting on to its page.
func seenInputs(found *discipline.Case, action workflow.Action) []view.HiddenInput {
	switch {
	case action == discipline.DraftWarning:
		return []view.HiddenInput{{Name: "do", Value: write}}
	case action == discipline.Sign:
		return []view.HiddenInput{{Name: "version", Value: strconv.Itoa(found.Version)}}
	case action == discipline.Serve && found.Signed() != nil:
		return []view.HiddenInput{{Name: "digest", Value: found.Signed().Digest}}
	}
	return nil
}

// caseNote is the form for an internal note.
func caseNote(found *discipline.Case, w written, csrf, token string) ownForm {
	row, url := discipline.Law.Rows(discipline.Note)[0], caseMoveURL(found.Matter.Number, discipline.Note)
	fields, _ := caseFieldsOf(row, w, nil, nil)
	return ownForm{CSRF: csrf, Token: token, URL: url, Choice: workflow.Choice{Move: row}, Fields: fields, Draft: w.keeping(row, url, csrf)}
}
