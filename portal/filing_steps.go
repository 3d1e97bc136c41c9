package portal

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

func (s *Site) stepWho() stepForm {
	return stepForm{
		at: "who",
		read: func(f *filing, a answers) {
			f.Who.read(a)
			if code := a.Get("unit"); code != "" {
				f.Story.Unit = code // held against the directory by the next step
			}
		},
		faults: func(_ context.Context, f filing) ([]fault.Field, error) { return form.Check(f.Who.value()), nil },
		show: func(c *fiber.Ctx, v *visit, errs view.Errors) error {
			if code := c.Query("unit"); code != "" { // the button of that unit's page
				v.Story.Unit = code
			}
			return view.Show(c, whoPage(s.stepView(c, v, "who", errs)))
		},
	}
}

func (s *Site) stepStory() stepForm {
	return stepForm{
		at:     "story",
		read:   func(f *filing, a answers) { f.Story.read(a) },
		faults: func(ctx context.Context, f filing) ([]fault.Field, error) { return s.storyFaults(ctx, f.Story) },
		show:   s.story,
	}
}

// storyView adds what there is to choose from, found ones first.
type storyView struct {
	stepView
	Units         []view.Option
	Categories    []view.Option
	Found         string // what the search for units said
	FoundCategory string // the same for categories
}

func (s *Site) story(c *fiber.Ctx, v *visit, errs view.Errors) error {
	out := storyView{stepView: s.stepView(c, v, "story", errs)}
	var err error
	if out.Units, out.Found, err = s.unitOptions(c, v.Story.UnitName); err != nil {
		return err
	}
	if out.Categories, out.FoundCategory, err = s.categoryOptions(c, v.Story.CategoryQuery); err != nil {
		return err
	}
	return view.Show(c, storyPage(out))
}

// unitOptions are the units one may complain about; those that fit what was
// typed come first, under a heading of their own.
func (s *Site) unitOptions(c *fiber.Ctx, typed string) (options []view.Option, said string, err error) {
	all, err := s.Units.Complainable(c.UserContext())
	if err != nil {
		return nil, "", err
	}
	if name := form.Line(typed); name != "" {
		found, err := s.Units.Search(c.UserContext(), name)
		if err != nil {
			return nil, "", err
		}
		for _, u := range found {
			if u.Complainable {
				options = append(options, view.Option{Value: u.Code, Label: u.Name, Group: "和“" + name + "”相近的"})
			}
		}
		said = "找到 " + view.N(len(options), "个") + "相近的单位，排在名单最前面。"
		if len(options) == 0 {
			said = "没有找到相近的单位。换个叫法再找，或者在名单最后选“不在名单里”。"
		}
	}
	for _, u := range all {
		options = append(options, view.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
	}
	return append(options, view.Option{Value: complaint.UnknownUnit, Label: "不在名单里，由登记员确定", Group: "其他"}), said, nil
}

func (s *Site) categoryOptions(c *fiber.Ctx, typed string) (options []view.Option, said string, err error) {
	all, err := s.Categories.All(c.UserContext())
	if err != nil {
		return nil, "", err
	}
	var found, rest []view.Option
	query := form.Line(typed)
	for _, one := range all {
		o := view.Option{Value: one.Code, Label: one.Title + "：" + one.Description, Group: one.Group}
		rest = append(rest, o)
		if query != "" && one.Mentions(query) {
			o.Group = "和“" + query + "”有关的"
			found = append(found, o)
		}
	}
	if len(found) == 0 {
		found = near(all, query)
	}
	if query != "" {
		said = "找到 " + view.N(len(found), "类") + "，排在最前面。"
		if len(found) == 0 {
			said = "没有找到。换个词再找，或者直接从下面选最像的。"
		}
	}
	return append(found, rest...), said, nil
}

// near are the categories that mention two neighbouring characters of what was
// typed: people write 工程款 where the law says 货物工程服务款.
func near(all []complaint.Category, query string) []view.Option {
	var found []view.Option
	typed := []rune(query)
	for _, one := range all {
		for i := 0; i+1 < len(typed); i++ {
			if one.Mentions(string(typed[i : i+2])) {
				found = append(found, view.Option{Value: one.Code, Label: one.Title + "：" + one.Description, Group: "和“" + query + "”相近的"})
				break
			}
		}
	}
	return found
}

func (s *Site) stepContract() stepForm {
	return stepForm{
		at:   "contract",
		read: func(f *filing, a answers) { f.Contract.read(a) },
		faults: func(_ context.Context, f filing) ([]fault.Field, error) {
			_, faults := f.Contract.value(s.Now())
			return faults, nil
		},
		show: func(c *fiber.Ctx, v *visit, errs view.Errors) error {
			return view.Show(c, contractPage(s.stepView(c, v, "contract", errs)))
		},
	}
}

func (s *Site) stepEvidence() stepForm {
	return stepForm{
		at:     "evidence",
		read:   func(f *filing, a answers) { f.Evidence.read(a) },
		faults: func(context.Context, filing) ([]fault.Field, error) { return []fault.Field{}, nil },
		show:   s.evidence,
	}
}

func (s *Site) stepContact() stepForm {
	return stepForm{
		at:   "contact",
		read: func(f *filing, a answers) { f.Contact.read(a) },
		faults: func(_ context.Context, f filing) ([]fault.Field, error) {
			who := f.Who.value()
			return f.Contact.value(who).Faults(who), nil
		},
		show: s.contact,
	}
}

// evidenceView says what usually proves the chosen category.
type evidenceView struct {
	stepView
	Usual string
}

func (s *Site) evidence(c *fiber.Ctx, v *visit, errs view.Errors) error {
	category, _, err := s.Categories.ByCode(c.UserContext(), v.Story.Category)
	if err != nil {
		return err
	}
	return view.Show(c, evidencePage(evidenceView{s.stepView(c, v, "evidence", errs), category.Evidence}))
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

func (s *Site) contact(c *fiber.Ctx, v *visit, errs view.Errors) error {
	out := contactView{stepView: s.stepView(c, v, "contact", errs)}
	who := v.Who.value()
	out.Errors = inOrder(errs, complaint.Asked(who))
	out.Capacity = wordOf(complaint.Kinds, who.Kind)
	out.Verified = who.Kind == "npc_deputy" || who.Kind == "cppcc_member" || who.Kind == "media"
	for _, name := range complaint.Asked(who) {
		f := contactFields[name]
		f.Name, f.Value, f.Error = name, v.Contact.typed(name), errs.For(name)
		f.Optional = !complaint.Required(who, name)
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

var contactFields = map[string]view.TextField{
	"name":              {Label: "姓名", Width: view.Width20, Autocomplete: "name"},
	"phone":             {Label: "电话", Hint: "手机，或者带区号的座机", Width: view.Width20, InputMode: "tel", Autocomplete: "tel"},
	"email":             {Label: "电子邮箱", Hint: "勾上下面的“同意”，有进展就发一封不带内容的通知", Width: view.Width28, Type: "email", Autocomplete: "email"},
	"address":           {Label: "住址", Hint: "书面答复要用，写到门牌号", Autocomplete: "street-address"},
	"organisation":      {Label: "单位全称", Hint: "和营业执照、登记证书上的一样", Autocomplete: "organization"},
	"uscc":              {Label: "统一社会信用代码", Hint: "在营业执照或者登记证书上，18 位", Width: view.Width28},
	"press_card":        {Label: "记者证号", Width: view.Width20},
	"congress_session":  {Label: "届次", Hint: "例如 第十六届", Width: view.Width20},
	"credential_number": {Label: "证件编号", Hint: "代表证或者委员证上的编号", Width: view.Width20},
}

// typed is what stands in a field of that name.
func (f contactForm) typed(name string) string {
	return map[string]string{
		"name": f.Name, "phone": f.Phone, "email": f.Email, "address": f.Address, "organisation": f.Organisation, "uscc": f.USCC,
		"press_card": f.PressCard, "congress_session": f.CongressSession, "credential_number": f.CredentialNumber,
	}[name]
}

// options turns a noun's choices into a page's.
func options(list []workflow.Option) []view.Option {
	out := make([]view.Option, len(list))
	for i, o := range list {
		out[i] = view.Option{Value: o.Value, Label: o.Label}
	}
	return out
}
