package complaints

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// registrars may enter by hand what did not come over the web.
var registrars = desk.Only(staff.Registrar, staff.Supervisor)

// registerView is the form of a complaint that somebody brings, calls in or
// writes. It asks for what the portal asks for, by the same rules: somebody who
// does not give a name is anonymous, whichever way they came.
type registerView struct {
	Frame             desk.Frame
	Errors            view.ErrorSummary
	Found             bool
	Hidden            bool // something was taken out of a text, and nothing filed
	CSRF              string
	Token             string
	Hand              complaint.HandForm
	F                 complaint.Form
	Units, Categories complaint.Offer
	Contact           []view.TextField
	Aside             []view.TextField // filled in for another kind: kept, and not filed
	Came, Signed, Due string           // how the days are understood
	Draft             desk.Draft
	Kept              *view.Banner // 存草稿 was pressed
	Alike             alikeView
	Waits             bool   // similar ones were found, and nothing filed
	Into              string // the similar one to which it is joined at once
	MayBe             map[string]view.Suggestions
}

// registration is where the draft of a registration is kept: it belongs to no
// matter yet.
var registration = staff.Sheet{Form: string(complaint.File)}

const dropRegistration = "drop-registration"

// showRegister begins a registration, with what was kept of one put back. Who complains
// is asked first, by links: each kind has fields of its own.
func (d *Pages) showRegister(c *fiber.Ctx) error {
	drafts, err := d.Written(c, registration.Matter, nil)
	if err != nil {
		return err
	}
	v := registerView{Kept: drafts.KeptBanner(c)}
	v.Draft.ID = dropRegistration
	drafts.PutBack(&v.Draft, complaint.Law.Rows(complaint.File)[0])
	kept, _ := drafts.Draft(complaint.File)
	typed := url.Values(maps.Clone(kept.Typed))
	if kind := c.Query("kind"); workflow.Word(complaint.Kinds, kind) != "" {
		if typed == nil {
			typed = url.Values{}
		}
		typed.Set("complainant_kind", kind)
	}
	if len(typed) == 0 {
		return view.Show(c, registerKindPage(d.Frame(c, "手工登记", "register")))
	}
	return d.registerPage(c, v, typed, nil)
}

// registerPage shows what is typed.
func (d *Pages) registerPage(c *fiber.Ctx, v registerView, typed url.Values, errs view.Errors) error {
	v.Frame, v.Errors = d.Frame(c, "手工登记", "register"), view.ErrorSummary{Errors: errs, Resend: "登记"}
	v.Into = typed.Get("into")
	v.Hand, v.F, v.Token = complaint.ReadHand(typed, d.Now()), complaint.ReadForm(typed), typed.Get("form_token")
	signed, due := v.F.Contract.Dates(d.Now())
	v.Came, v.Signed, v.Due = v.Hand.Received.Said(v.Hand.Came(d.Now())), v.F.Contract.ContractDate.Said(signed), v.F.Contract.DueOn.Said(due)
	v.CSRF, v.Frame.HasErrors = v.Frame.CSRF, errs.Wrong()
	v.Contact, v.Aside = contactFields(v.F, errs)
	v.Draft.ID, v.Draft.URL, v.Draft.CSRF, v.Draft.Label = dropRegistration, "/register", v.CSRF, "登记"
	v.Draft.Of = cmp.Or(v.Draft.Of, typed.Get(workflow.DraftOf))
	var err error
	if v.Token == "" {
		if v.Token, err = d.NewToken(); err != nil {
			return err
		}
	}
	if v.Units, err = d.complaints.OfferUnits(c.UserContext(), v.F.Story); err != nil {
		return err
	}
	if v.Categories, err = d.complaints.OfferCategories(c.UserContext(), v.F.Story); err != nil {
		return err
	}
	if err := v.compare(c, d, typed); err != nil {
		return err
	}
	return view.Show(c, registerPage(v))
}

// compare says what is like it, and what unit and category may be, once there is something
// to compare.
func (v *registerView) compare(c *fiber.Ctx, d *Pages, typed url.Values) (err error) {
	if v.Alike, err = d.alikeTo(c, typed); err != nil {
		return err
	}
	if v.F.Story.Title+v.F.Story.Facts+v.F.Story.Request == "" {
		return nil
	}
	suggested, err := d.complaints.Suggest(c.UserContext(), desk.Person(c), v.F.Story.Telling())
	if err != nil {
		return err
	}
	v.MayBe = suggestions(suggested)
	v.MayBe["unit"] = v.MayBe["unit"].Beside(v.F.Story.Unit)
	v.MayBe["category"] = v.MayBe["category"].Beside(v.F.Story.Category)
	return nil
}

// submitRegister files what was typed and shows the receipt, for the caller to
// write down: the code stands in this one answer and nowhere else. Return
// presses a button of its own, which looks up before it files.
func (d *Pages) submitRegister(c *fiber.Ctx) error {
	typed := web.Form(c)
	if done, err := d.Draft(c, registration, typedNames(typed.Map()), "/register"); done || err != nil {
		return err
	}
	token, err := desk.ReadToken(typed)
	if err != nil {
		return err
	}
	if desk.Take(typed.Map()) {
		return d.registerPage(c, registerView{Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	do, asked := typed.Get("do"), complaint.ShownStory(typed.Map())
	if do == "kind" || do == "compare" {
		return d.registerPage(c, registerView{Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	story := complaint.ReadForm(typed.Map()).Story
	looksUp := do == "find" || do == "enter" && story.Searches(asked)
	if err := d.complaints.Latest(c.UserContext(), &story, asked, looksUp); err != nil {
		return err
	}
	typed.Map().Set("unit", story.Unit)
	if looksUp {
		return d.registerPage(c, registerView{Found: do == "enter", Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	channel, came, faults := complaint.ReadHand(typed.Map(), d.Now()).Value(d.Now())
	f := complaint.ReadForm(typed.Map())
	hidden := f.TakePersonal(complaint.Sent{Values: typed.Map()})
	f.PutHidden(typed.Map(), hidden)
	intake, wrong, err := d.complaints.Intake(c.UserContext(), f, channel)
	if err != nil {
		return err
	}
	if faults = append(faults, wrong...); len(faults) > 0 {
		return d.registerAgain(c, faults)
	}
	if len(hidden) > 0 { // what is filed was seen
		c.Status(fiber.StatusUnprocessableEntity)
		return d.registerPage(c, registerView{Hidden: true, Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	switch alike, err := d.alikeTo(c, typed.Map()); {
	case err != nil:
		return err
	case !alike.seen(typed.Get(alikeSeen)):
		c.Status(fiber.StatusUnprocessableEntity)
		return d.registerPage(c, registerView{Waits: true, Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	p := desk.Person(c)
	intake.Received = came
	entered, err := d.complaints.EnterInto(c.UserContext(), intake, p, token, typed.Get("into"))
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		return d.registerAgain(c, errs)
	}
	if err != nil {
		return err
	}
	if err := d.Staff.DropDraft(c.UserContext(), p, registration, token, typed.Get(workflow.DraftOf)); err != nil {
		// It is registered, and that is what the answer has to say.
		d.Log.WarnContext(c.UserContext(), "draft of a registration not dropped", "error", err)
	}
	return d.receiptPage(c, entered)
}

// answered is the answer to the question about a text: none while it is asked anew.
func (v registerView) answered(field string) string {
	if v.Errors.Errors.For(complaint.PersonalField(field)) != "" {
		return ""
	}
	return v.F.Personal[field]
}

// category is one list here: a call is written down on one screen.
func (v registerView) category() view.PickField {
	pick := ask.Category(v.Categories, v.F.Story, v.Errors.Errors, "/register", "")
	pick.List = true
	return pick
}

// undoneRegister shows what was typed into a registration that was not done.
func (d *Pages) undoneRegister(c *fiber.Ctx) error {
	return d.registerPage(c, registerView{Draft: desk.Draft{Unsaved: true}}, web.Form(c).Map(), nil)
}

// typedNames are the fields that a person fills in: all but those by which the
// page itself is known.
func typedNames(sent url.Values) []string {
	var names []string
	for name := range sent {
		if !web.IsPageField(name) {
			names = append(names, name)
		}
	}
	return names
}

// registerAgain shows what is wrong, in the order of the page.
func (d *Pages) registerAgain(c *fiber.Ctx, faults []fault.Field) error {
	place := func(f fault.Field) int { return slices.Index(registerOrder, f.Name) }
	slices.SortStableFunc(faults, func(a, b fault.Field) int { return place(a) - place(b) })
	c.Status(fiber.StatusUnprocessableEntity)
	return d.registerPage(c, registerView{Draft: desk.Draft{Unsaved: true}}, web.Form(c).Map(), faults)
}

// receiptView is the slip for somebody who did not come over the web.
type receiptView struct {
	Frame     desk.Frame
	Slip      view.Receipt
	Repeated  string
	Number    string
	Elsewhere bool // it is about somebody's own office: they may not open it

	Unregistered bool // filed, and still to be registered

	Into  string // the one to which it was joined
	Apart string // why it was not
}

func (d *Pages) receiptPage(c *fiber.Ctx, r complaint.Entered) error {
	v := receiptView{Number: r.Number, Elsewhere: fault.Is(r.Left, fault.NotFound), Unregistered: r.Left != nil, Into: r.Into}
	if r.Apart != nil {
		v.Apart = "请打开这一件，自己决定怎么办。"
		if found := fault.FieldsOf(r.Apart); len(found) > 0 {
			v.Apart = found[0].Sentence + "。" + v.Apart
		} else if said := fault.SentenceOf(r.Apart); said != "" {
			v.Apart = said + v.Apart
		}
		d.Log.WarnContext(c.UserContext(), "what was just taken down is not joined", "error", r.Apart)
	}
	v.Frame = d.Frame(c, v.title(), "register")
	v.Slip = view.Receipt{Number: r.Number, Code: form.GroupCode(r.Code), Unit: r.UnitName, At: r.At}
	if d.Public != "" {
		v.Slip.Track, v.Slip.Scan = d.Public+complaint.TrackPath, d.Public+r.TrackFilled()
	}
	if v.Slip.Unit == "" {
		v.Slip.Unit = "待定"
	}
	if r.Left != nil && !v.Elsewhere { // it is filed: whatever happens now, the answer is the receipt
		d.Log.WarnContext(c.UserContext(), "what was just taken down is not registered", "error", r.Left)
	}
	if r.Repeated {
		v.Repeated = "这份投诉 " + view.Clock(r.At) + " 已经登记，没有重复登记。"
	}
	return view.Show(c, receiptPage(v))
}

// title says what was done.
func (v receiptView) title() string {
	if v.Unregistered {
		return "投诉已经收下"
	}
	return "已经登记"
}

// contactShape is how a contact field looks.
var contactShape = []view.TextField{
	{Name: "organisation", Label: "单位全称"},
	{Name: "uscc", Label: "统一社会信用代码", Hint: "18 位；证照上是别的编号的，照证照写", Width: view.Width28},
	{Name: "press_card", Label: "记者证号", Width: view.Width20},
	{Name: "name", Label: "姓名", Width: view.Width20},
	{Name: "congress_session", Label: "届次", Hint: "例如 第十六届", Width: view.Width20},
	{Name: "credential_number", Label: "证件编号", Hint: "代表证、委员证", Width: view.Width20},
	{Name: "phone", Label: "电话", Hint: "没有电话的，写了电子邮箱就行", Width: view.Width20, InputMode: "tel"},
	{Name: "email", Label: "电子邮箱", Width: view.Width28},
	{Name: "address", Label: "住址", Hint: "书面答复用"},
}

// secrecies say what each answer changes, to a clerk who asks for it.
var secrecies = func() []view.Option {
	var list []view.Option
	for _, s := range complaint.Secrecies {
		list = append(list, view.Option{Value: s.Value, Label: s.Label, Hint: form.Addressee("投诉人").Says(s.Means)})
	}
	return list
}()

// contactFields are the contact fields of the kind that complains, and aside those of
// another kind that hold something: whoever took the wrong kind first has typed it once.
func contactFields(f complaint.Form, errs view.Errors) (asked, aside []view.TextField) {
	who := f.Who.Value()
	names := complaint.Asked(who)
	for _, field := range contactShape {
		field.Value, field.Error, field.Autocomplete = f.Contact.Typed(field.Name), errs.For(field.Name), "off"
		field.Doubt = errs.Doubt(field.Name, f.Contact.Sure[field.Name])
		switch {
		case slices.Contains(names, field.Name):
			field.Optional = !complaint.Required(who, field.Name)
			if field.Name == "name" && slices.Contains(names, "organisation") {
				field.Label = "联系人姓名"
			}
			asked = append(asked, field)
		case form.Line(field.Value) != "":
			aside = append(aside, field)
		}
	}
	return asked, aside
}

// asideSaid says what was filled in for another kind.
func (v registerView) asideSaid() string {
	words := make([]string, len(v.Aside))
	for i, f := range v.Aside {
		words[i] = f.Label + "“" + form.Line(f.Value) + "”"
	}
	return "先前填的" + strings.Join(words, "、") + "这里不用：没有丢，换回去还在；登记时不会写进去。"
}

// more says that something stands in the folded part, or is wrong there.
func (v registerView) more() bool {
	k, e := v.F.Contract, v.Errors.Errors
	return k.ContractNo+k.ContractAmount+k.Elsewhere+v.F.Story.Reasons != "" || !k.ContractDate.Empty() || !k.DueOn.Empty() ||
		k.InLitigation != "no" || len(v.F.Evidence.Held) > 0 ||
		slices.ContainsFunc(e, func(f fault.Field) bool { return slices.Contains(moreFields, f.Name) })
}

// registerOrder is the order of the page, moreFields what it has folded.
var (
	registerOrder = append([]string{"complainant_kind", "anonymous", "channel", "received_on", "unit_name", "unit", "category_query", "category", "title", "facts", "request",
		"unpaid_amount", "organisation", "uscc", "press_card", "name", "congress_session", "credential_number", "phone", "email", "address", "edelivery_consent", "confidential"}, moreFields...)
	moreFields = []string{"reasons", "contract_no", "contract_date", "contract_amount", "due_on", "in_litigation", "elsewhere", "evidence_held"}
)
