package complaints

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
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
	CSRF              string
	Token             string
	Hand              complaint.HandForm
	F                 complaint.Form
	Units, Categories complaint.Offer
	Contact           []view.TextField
	Draft             desk.Draft
	Kept              *view.Banner // 存草稿 was pressed
}

// registration is where the draft of a registration is kept: it belongs to no
// matter yet.
var registration = staff.Sheet{Form: string(complaint.File)}

// showRegister begins a registration, with what was kept of one put back.
func (d *Pages) showRegister(c *fiber.Ctx) error {
	drafts, err := d.Written(c.UserContext(), desk.Person(c), registration.Matter, nil)
	if err != nil {
		return err
	}
	v := registerView{Kept: drafts.KeptBanner(c)}
	kept, ok := drafts.Draft(complaint.File)
	if ok {
		v.Draft.Back = view.MomentText(kept.At)
	}
	return d.registerPage(c, v, kept.Typed, nil)
}

// registerPage shows what is typed.
func (d *Pages) registerPage(c *fiber.Ctx, v registerView, typed url.Values, errs view.Errors) error {
	v.Frame, v.Errors = d.Frame(c, "手工登记", "register"), view.ErrorSummary{Errors: errs, Resend: "登记"}
	v.Hand, v.F, v.Token = complaint.ReadHand(typed, d.Now()), complaint.ReadForm(typed), typed.Get("form_token")
	v.CSRF, v.Frame.HasErrors, v.Contact = v.Frame.CSRF, len(errs) > 0, contactFields(v.F.Contact, errs)
	v.Draft.ID, v.Draft.URL, v.Draft.CSRF, v.Draft.Label = "drop-registration", "/register", v.CSRF, "登记"
	var err error
	if v.Token == "" {
		if v.Token, err = d.NewToken(); err != nil {
			return err
		}
	}
	if v.Units, err = d.complaints.OfferUnits(c.UserContext(), v.F.Story.UnitName); err != nil {
		return err
	}
	if v.Categories, err = d.complaints.OfferCategories(c.UserContext(), v.F.Story.CategoryQuery); err != nil {
		return err
	}
	return view.Show(c, registerPage(v))
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
	do, asked := typed.Get("do"), complaint.StoryForm{UnitName: typed.Get("unit_sought"), CategoryQuery: typed.Get("category_sought")}
	if do == "find" || do == "enter" && complaint.ReadForm(typed.Map()).Story.Searches(asked) {
		return d.registerPage(c, registerView{Found: do == "enter", Draft: desk.Draft{Unsaved: true}}, typed.Map(), nil)
	}
	channel, came, faults := complaint.ReadHand(typed.Map(), d.Now()).Value(d.Now())
	intake, wrong, err := d.complaints.Intake(c.UserContext(), complaint.ReadForm(typed.Map()), channel)
	if err != nil {
		return err
	}
	if faults = append(faults, wrong...); len(faults) > 0 {
		return d.registerAgain(c, faults)
	}
	p := desk.Person(c)
	by := workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}
	intake.Received = came
	receipt, err := d.complaints.File(c.UserContext(), complaint.Filing{Intake: intake, By: by, Token: token})
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		return d.registerAgain(c, errs)
	}
	if err != nil {
		return err
	}
	if err := d.Staff.DropDraft(c.UserContext(), p, registration); err != nil {
		// It is registered, and that is what the answer has to say.
		d.Log.WarnContext(c.UserContext(), "draft of a registration not dropped", "error", err)
	}
	return d.receiptPage(c, receipt)
}

// typedNames are the fields that a person fills in: all but those by which the
// page itself is known.
func typedNames(sent url.Values) []string {
	var names []string
	for name := range sent {
		if !slices.Contains([]string{"_csrf", "form_token", "do", "unit_sought", "category_sought"}, name) {
			names = append(names, name)
		}
	}
	return names
}

// registerAgain shows what is wrong, in the order of the page.
func (d *Pages) registerAgain(c *fiber.Ctx, faults []fault.Field) error {
	place := func(f fault.Field) int {
		return slices.IndexFunc(contactShape, func(s view.TextField) bool { return s.Name == f.Name })
	}
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
}

func (d *Pages) receiptPage(c *fiber.Ctx, r complaint.Receipt) error {
	v := receiptView{Frame: d.Frame(c, "已经登记", "register"), Number: r.Number}
	v.Slip = view.Receipt{Number: r.Number, Code: form.GroupCode(r.Code), Unit: r.UnitName, At: r.At}
	if v.Slip.Unit == "" {
		v.Slip.Unit = "待定"
	}
	// It is registered: whatever happens now, the answer is the receipt.
	_, err := d.complaints.Read(c.UserContext(), desk.Person(c), r.Number)
	if v.Elsewhere = fault.Is(err, fault.NotFound); err != nil && !v.Elsewhere {
		d.Log.WarnContext(c.UserContext(), "what was just registered cannot be read", "error", err)
	}
	if r.Repeated {
		v.Repeated = "这份投诉 " + view.Clock(r.At) + " 已经登记，没有重复登记。"
	}
	return view.Show(c, receiptPage(v))
}

// contactShape is how a contact field looks; which kinds must fill it is the
// noun's rule, and is said in the hint.
var contactShape = []view.TextField{
	{Name: "organisation", Label: "单位全称", Hint: "企业、媒体、其他单位"},
	{Name: "uscc", Label: "统一社会信用代码", Hint: "企业，18 位", Width: view.Width28},
	{Name: "press_card", Label: "记者证号", Hint: "媒体", Width: view.Width20},
	{Name: "name", Label: "姓名，或者联系人姓名", Width: view.Width20},
	{Name: "congress_session", Label: "届次", Hint: "代表、委员，例如 第十六届", Width: view.Width20},
	{Name: "credential_number", Label: "证件编号", Hint: "代表证、委员证", Width: view.Width20},
	{Name: "phone", Label: "电话", Width: view.Width20, InputMode: "tel"},
	{Name: "email", Label: "电子邮箱", Hint: "没有留姓名的，也可以只留邮箱", Width: view.Width28},
	{Name: "address", Label: "住址", Hint: "公民个人要写，书面答复用"},
}

// contactFields are all contact fields at once: without scripts the page does
// not know yet who it is that calls.
func contactFields(typed complaint.ContactForm, errs view.Errors) []view.TextField {
	out := make([]view.TextField, len(contactShape))
	for i, f := range contactShape {
		f.Value, f.Error, f.Autocomplete = typed.Typed(f.Name), errs.For(f.Name), "off"
		out[i] = f
	}
	return out
}
