package admin

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// registrars may enter by hand what did not come over the web.
var registrars = only(staff.Registrar, staff.Supervisor)

// registerView is the form of a complaint that somebody brings, calls in or
// writes. It asks for what the portal asks for, by the same rules: somebody who
// does not give a name is anonymous, whichever way they came.
type registerView struct {
	Frame      view.DeskFrame
	Errors     view.ErrorSummary
	Said       *view.Banner
	CSRF       string
	Token      string
	F          web.Values
	Units      []view.Option
	Categories []view.Option
	Contact    []view.TextField
}

func (d *Desk) showRegister(c *fiber.Ctx) error { return d.registerPage(c, nil) }

func (d *Desk) registerPage(c *fiber.Ctx, errs view.Errors) error {
	v := registerView{Frame: d.frame(c, "手工登记", "register"), F: web.Form(c), Contact: contactFields(web.Form(c), errs)}
	v.CSRF, v.Frame.HasErrors = v.Frame.CSRF, len(errs) > 0
	v.Errors = view.ErrorSummary{Errors: errs, Resend: "登记"}
	if v.Token = v.F.Get("form_token"); v.Token == "" {
		var err error
		if v.Token, err = d.newToken(); err != nil {
			return err
		}
	}
	var err error
	if v.Units, err = d.accusable(c.UserContext()); err != nil {
		return err
	}
	if v.Categories, err = d.categories(c.UserContext()); err != nil {
		return err
	}
	return view.Show(c, registerPage(v))
}

func (d *Desk) accusable(ctx context.Context) ([]view.Option, error) {
	list, err := d.Complaints.Units.Complainable(ctx)
	if err != nil {
		return nil, err
	}
	return append(unitOptions(list), view.Option{Value: complaint.UnknownUnit, Label: "不在名单里，以后确定", Group: "其他"}), nil
}

// unitOptions are units by their kinds, to choose one of.
func unitOptions(list unit.List) (out []view.Option) {
	for _, g := range groupUnits(list, func(u unit.Unit) unitChoice { return unitChoice{Code: u.Code, Name: u.Name} }) {
		for _, u := range g.Units {
			out = append(out, view.Option{Value: u.Code, Label: u.Name, Group: g.Kind})
		}
	}
	return out
}

// submitRegister files what was typed and shows the receipt, for the caller to
// write down: the code stands in this one answer and nowhere else.
func (d *Desk) submitRegister(c *fiber.Ctx) error {
	typed := web.Form(c)
	token, err := readToken(typed)
	if err != nil {
		return err
	}
	intake, faults := readIntake(typed, d.Now())
	if faults, err = d.unknown(c.UserContext(), intake, faults); err != nil {
		return err
	}
	if len(faults) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.registerPage(c, faults)
	}
	p := person(c)
	by := workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}
	receipt, err := d.Complaints.File(c.UserContext(), complaint.Filing{Intake: intake, By: by, Token: token})
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.registerPage(c, errs)
	}
	if err != nil {
		return err
	}
	return d.receiptPage(c, receipt)
}

// unknown adds what the directory and the categories do not have, and puts all
// faults into the order of the page.
func (d *Desk) unknown(ctx context.Context, in complaint.Intake, faults []fault.Field) ([]fault.Field, error) {
	if code := in.Story.Unit; code != "" && code != complaint.UnknownUnit {
		u, ok, err := d.Complaints.Units.ByCode(ctx, code)
		if err != nil {
			return nil, err
		}
		if !ok || !u.Complainable || !u.Current {
			faults = append(faults, fault.Field{Name: "unit", Sentence: "没有这个单位，请从列出的里面选"})
		}
	}
	if code := in.Story.Category; code != "" {
		_, ok, err := d.Complaints.Categories.ByCode(ctx, code)
		if err != nil {
			return nil, err
		}
		if !ok {
			faults = append(faults, fault.Field{Name: "category", Sentence: "没有这一类，请从列出的里面选"})
		}
	}
	for _, f := range in.Faults() {
		if !slices.ContainsFunc(faults, func(g fault.Field) bool { return g.Name == f.Name }) {
			faults = append(faults, f)
		}
	}
	slices.SortStableFunc(faults, func(a, b fault.Field) int { return slices.Index(pageOrder, a.Name) - slices.Index(pageOrder, b.Name) })
	return faults, nil
}

// pageOrder is the order of the fields on the page.
var pageOrder = []string{
	"channel", "complainant_kind", "anonymous", "unit", "unit_name", "category", "title", "request", "facts", "reasons",
	"contract_no", "contract_date", "contract_amount", "due_on", "unpaid_amount", "in_litigation", "elsewhere",
	"organisation", "uscc", "press_card", "name", "congress_session", "credential_number", "phone", "email", "address",
	"confidential", "edelivery_consent",
}

// receiptView is the slip for somebody who did not come over the web.
type receiptView struct {
	Frame    view.DeskFrame
	Slip     view.Receipt
	Repeated string
	Number   string
}

func (d *Desk) receiptPage(c *fiber.Ctx, r complaint.Receipt) error {
	v := receiptView{Frame: d.frame(c, "已经登记", "register"), Number: r.Number}
	v.Slip = view.Receipt{Number: r.Number, Code: form.GroupCode(r.Code), Unit: r.UnitName, At: r.At}
	if v.Slip.Unit == "" {
		v.Slip.Unit = "待定"
	}
	if r.Repeated {
		v.Repeated = "这份投诉 " + view.Clock(r.At) + " 已经登记，没有重复登记。"
	}
	return view.Show(c, receiptPage(v))
}

// readIntake reads the whole form. Amounts and dates that cannot be read are
// faults already.
func readIntake(t web.Values, now time.Time) (complaint.Intake, []fault.Field) {
	var faults []fault.Field
	say := func(name, sentence string) {
		if sentence != "" {
			faults = append(faults, fault.Field{Name: name, Sentence: sentence})
		}
	}
	channel := t.Get("channel")
	if wordOf(complaint.ByHand, channel) == channel { // no such word
		say("channel", "请选是怎么来的")
	}
	in := complaint.Intake{
		Channel: complaint.Channel(channel), Who: complaint.Who{Kind: t.Get("complainant_kind"), Anonymous: t.Get("anonymous")},
		Story: complaint.Story{
			Unit: t.Get("unit"), Category: t.Get("category"), Title: form.Line(t.Get("title")), Request: form.Text(t.Get("request")),
			Facts: form.Text(t.Get("facts")), Reasons: form.Text(t.Get("reasons")),
		},
		Contract: complaint.Contract{ContractNo: form.Line(t.Get("contract_no")), InLitigation: t.Get("in_litigation"), Elsewhere: form.Text(t.Get("elsewhere"))},
	}
	if in.Story.Unit == complaint.UnknownUnit {
		if in.Story.UnitSaid = form.Line(t.Get("unit_name")); in.Story.UnitSaid == "" {
			say("unit_name", "请写投诉人怎么叫这个单位，以后好核对")
		}
	}
	var sentence string
	in.Contract.ContractDate, sentence = dateBoxes(t, "contract_date").Read(form.DateRule{Now: clock.Local(now), Arrived: true, Repair: "请写合同上签订的日子；没有合同就留空"})
	say("contract_date", sentence)
	in.Contract.DueOn, sentence = dateBoxes(t, "due_on").Read(form.DateRule{Now: clock.Local(now), Arrived: true, Repair: "请写合同约定的付款日；没有约定就留空"})
	say("due_on", sentence)
	in.Contract.ContractAmount, sentence = readAmount(t.Get("contract_amount"))
	say("contract_amount", sentence)
	in.Contract.UnpaidAmount, sentence = readAmount(t.Get("unpaid_amount"))
	say("unpaid_amount", sentence)
	in.Contact = readContact(t, in.Who)
	return in, faults
}

func dateBoxes(t web.Values, name string) form.DateBoxes {
	return form.DateBoxes{Year: t.Get(name + "_year"), Month: t.Get(name + "_month"), Day: t.Get(name + "_day")}
}

func readAmount(typed string) (*form.Amount, string) {
	if form.Line(typed) == "" {
		return nil, ""
	}
	value, sentence := form.ParseAmount(typed)
	if sentence != "" {
		return nil, sentence
	}
	return &value, ""
}
