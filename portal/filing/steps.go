package filing

import (
	"cmp"
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

func (p *Pages) stepWho() stepForm {
	return stepForm{
		at: "who",
		read: func(f *complaint.Form, sent complaint.Sent) {
			f.Who.Read(sent)
			// What the page before chose is held against the tables by the next step.
			f.Story.Unit = cmp.Or(sent.Get("unit"), f.Story.Unit)
			f.Story.Category = cmp.Or(sent.Get("category"), f.Story.Category)
		},
		faults: func(_ context.Context, f filing) ([]fault.Field, error) { return form.Check(f.Who.Value()), nil },
		show: func(c *fiber.Ctx, v *visit, errs view.Errors) error {
			v.Story.Unit = cmp.Or(v.ledTo(c, "unit"), v.Story.Unit)             // the button of that unit's page
			v.Story.Category = cmp.Or(v.ledTo(c, "category"), v.Story.Category) // a sentence of the home page
			out := p.stepView(c, v, "who", errs)
			if out.Back == "" && len(errs) == 0 && len(v.full) == 0 {
				begun, err := Unfinished(p.Site, c)
				if err != nil {
					return err
				}
				out.Holds = len(begun)
				out.Begun = slices.DeleteFunc(begun, func(d Draft) bool { return d.Name == v.Name && !v.Done["who"] })
			}
			return view.Show(c, whoPage(out))
		},
	}
}

func (p *Pages) stepStory() stepForm {
	return stepForm{
		at:   "story",
		read: func(f *complaint.Form, sent complaint.Sent) { f.Story.Read(sent) },
		faults: func(ctx context.Context, f filing) ([]fault.Field, error) {
			_, faults, err := p.Complaints.Story(ctx, f.Story, complaint.Web)
			return append(faults, f.Questions("story", complaint.Web)...), err
		},
		show: p.story,
	}
}

// storyView adds what there is to choose from.
type storyView struct {
	stepView
	Units, Categories complaint.Offer
}

func (p *Pages) story(c *fiber.Ctx, v *visit, errs view.Errors) error {
	out := storyView{stepView: p.stepView(c, v, "story", errs)}
	var err error
	if out.Units, err = p.Complaints.OfferUnits(c.UserContext(), v.Story); err != nil {
		return err
	}
	if out.Categories, err = p.Complaints.OfferCategories(c.UserContext(), v.Story); err != nil {
		return err
	}
	return view.Show(c, storyPage(out))
}

func (p *Pages) stepContract() stepForm {
	return stepForm{
		at:   "contract",
		read: func(f *complaint.Form, sent complaint.Sent) { f.Contract.Read(sent) },
		faults: func(_ context.Context, f filing) ([]fault.Field, error) {
			_, faults := f.Contract.Value(p.Now())
			return append(faults, f.Questions("contract", complaint.Web)...), nil
		},
		show: func(c *fiber.Ctx, v *visit, errs view.Errors) error {
			signed, due := v.Contract.Dates(p.Now())
			return view.Show(c, contractPage(contractView{p.stepView(c, v, "contract", errs), v.Contract.ContractDate.Said(signed), v.Contract.DueOn.Said(due)}))
		},
	}
}

// contractView says how the two days are understood.
type contractView struct {
	stepView
	Signed, Due string
}

func (p *Pages) stepEvidence() stepForm {
	return stepForm{
		at:     "evidence",
		read:   func(f *complaint.Form, sent complaint.Sent) { f.Evidence.Read(sent) },
		faults: func(context.Context, filing) ([]fault.Field, error) { return []fault.Field{}, nil },
		show:   p.evidence,
	}
}

func (p *Pages) stepContact() stepForm {
	return stepForm{
		at:   "contact",
		read: func(f *complaint.Form, sent complaint.Sent) { f.Contact.Read(sent) },
		faults: func(_ context.Context, f filing) ([]fault.Field, error) {
			who := f.Who.Value()
			return f.Contact.Value(who).Faults(who), nil
		},
		show: p.contact,
	}
}

// evidenceView says what usually proves the chosen category.
type evidenceView struct {
	stepView
	Usual string
	Asked []complaint.Published // what others asked of the same
}

// askedMost is how many of them a page names.
const askedMost = 3

// askedBefore are published complaints of the same unit and category, else of the category.
func (p *Pages) askedBefore(ctx context.Context, unit, category string) ([]complaint.Published, error) {
	if category == "" {
		return nil, nil
	}
	found, _, err := p.Complaints.Published(ctx, complaint.PublishedFilter{Unit: unit, Category: category, Most: askedMost})
	if err == nil && len(found) == 0 {
		found, _, err = p.Complaints.Published(ctx, complaint.PublishedFilter{Category: category, Most: askedMost})
	}
	return found, err
}

func (p *Pages) evidence(c *fiber.Ctx, v *visit, errs view.Errors) error {
	category, _, err := p.Categories.ByCode(c.UserContext(), v.Story.Category)
	if err != nil {
		return err
	}
	asked, err := p.askedBefore(c.UserContext(), v.Story.Unit, v.Story.Category)
	if err != nil {
		return err
	}
	return view.Show(c, evidencePage(evidenceView{p.stepView(c, v, "evidence", errs), category.Evidence, asked}))
}

// contactField is one field of the contact step as its kind is asked for it.
type contactField struct {
	view.TextField
}

type contactView struct {
	stepView
	Fields   []contactField
	Capacity string // what the person says to be
	Verified bool   // a capacity that is checked when a name is given
}

func (p *Pages) contact(c *fiber.Ctx, v *visit, errs view.Errors) error {
	out := contactView{stepView: p.stepView(c, v, "contact", errs)}
	who := v.Who.Value()
	out.Errors = inOrder(errs, complaint.Asked(who))
	out.Capacity = workflow.Word(complaint.Kinds, who.Kind)
	out.Verified = who.Kind == "npc_deputy" || who.Kind == "cppcc_member" || who.Kind == "media"
	for _, name := range complaint.Asked(who) {
		f := contactFields[name]
		f.Name, f.Value, f.Error = name, v.Contact.Typed(name), errs.For(name)
		f.Optional, f.Doubt = !complaint.Required(who, name), errs.Doubt(name, v.Contact.Sure[name])
		if name == "name" && slices.Contains(complaint.Asked(who), "organisation") {
			f.Label, f.Hint = "联系人姓名", ""
		}
		out.Fields = append(out.Fields, contactField{f})
	}
	return view.Show(c, contactPage(out))
}

// inOrder sorts faults as their fields stand on the page; others follow.
func inOrder(errs view.Errors, names []string) view.Errors {
	place := func(f fault.Field) int {
		if i := slices.Index(names, f.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	return slices.SortedStableFunc(slices.Values(errs), func(a, b fault.Field) int { return place(a) - place(b) })
}

// secrecies say what each answer changes.
var secrecies = func() []view.Option {
	var list []view.Option
	for _, s := range complaint.Secrecies {
		list = append(list, view.Option{Value: s.Value, Label: s.Label, Hint: form.You.Says(s.Means)})
	}
	return list
}()

var contactFields = map[string]view.TextField{
	"name":              {Label: "姓名", Width: view.Width20, Autocomplete: "name"},
	"phone":             {Label: "电话", Hint: "手机，或者带区号的座机；没有电话的，下面写了电子邮箱就行", Width: view.Width20, InputMode: "tel", Autocomplete: "tel"},
	"email":             {Label: "电子邮箱", Hint: "勾上下面的“同意”，有进展就发一封不带内容的通知", Width: view.Width28, Type: "email", Autocomplete: "email"},
	"address":           {Label: "住址", Hint: "书面答复要用，写到门牌号", Autocomplete: "street-address"},
	"organisation":      {Label: "单位全称", Hint: "和营业执照、登记证书上的一样", Autocomplete: "organization"},
	"uscc":              {Label: "统一社会信用代码", Hint: "在营业执照或者登记证书上，18 位；证照上是别的编号的，照证照写", Width: view.Width28},
	"press_card":        {Label: "记者证号", Width: view.Width20},
	"congress_session":  {Label: "届次", Hint: "例如 第十六届", Width: view.Width20},
	"credential_number": {Label: "证件编号", Hint: "代表证或者委员证上的编号", Width: view.Width20},
}
