package complaint

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/captcha"
	"zhengxin/internal/category"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/identity"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Filing is one act of filing: the complaint, who files it, and the token of
// the form, which makes the act happen once.
type Filing struct {
	Intake Intake
	By     workflow.Actor
	Token  []byte // 128 random bits of the form; the query code is derived from it
	Draft  []byte // the draft to clear with it; nil in the office
	Code   []byte // the row of the draft's resume code; nil when it has none

	// Captcha is used up by the filing itself, nil where none is asked for or it
	// was solved before. A filing that fails leaves it to be answered again.
	Captcha *captcha.Answer
}

// ErrCaptcha is the answer to a filing whose captcha was not solved: nothing is
// filed, and the captcha is used up.
var ErrCaptcha = errors.New("the captcha was not solved")

// Receipt is what the complainant takes away.
type Receipt struct {
	Number   string
	Code     string // shown once, kept nowhere
	UnitName string
	At       time.Time
	Dues     []clock.Due
	Repeated bool // the same form was filed before; nothing was done again
}

// TrackPath is the page of the public site on which a complaint is followed.
const TrackPath = "/track"

// TrackFilled is that page with the number filled in. The query code stands in no
// address: it would stay in histories and in the logs of whatever is between.
func (r Receipt) TrackFilled() string { return TrackPath + "?number=" + r.Number }

// File registers a complaint with its sealed identity, first event, clocks,
// query code and jobs: one statement, one round trip, one WAL flush. The same
// token files nothing twice and gives the same receipt again.
func (r *Register) File(ctx context.Context, f Filing) (Receipt, error) {
	var err error
	if f.Intake.Story, err = r.settled(ctx, f.Intake.Story); err != nil {
		return Receipt{}, err
	}
	if err := fault.Fields(f.Intake.Faults()); err != nil {
		return Receipt{}, err
	}
	var receipt Receipt
	err = r.Numbered(func(number string) (err error) {
		receipt, err = r.file(ctx, f, number)
		return err
	})
	if pg.IsUnique(err, "form_token_pkey") {
		return r.Filed(ctx, f.Token)
	}
	return receipt, err
}

// Filed is the receipt of a form that was filed before: NotFound when it was not,
// Expired after a day, since whoever finds the form later on somebody's computer
// would be given the query code.
func (r *Register) Filed(ctx context.Context, token []byte) (Receipt, error) {
	type row struct {
		Number   string
		UnitName string
		At       time.Time
	}
	was, err := pg.One[row](ctx, r.Pool, `
		SELECT number, unit_name, at FROM form_receipt(@token) WHERE action = 'file'`, pg.Args{"token": key.Hash(token)})
	if pg.IsNoRows(err) {
		return Receipt{}, fault.New(fault.NotFound, "这张表还没有交过。")
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	if r.Engine.Now().Sub(was.At) > DraftLife {
		return Receipt{}, fault.New(fault.Expired, "这份投诉一天以前已经收到，没有重复登记。回执只在一天之内再给，请用当时的编号和查询码查询。")
	}
	receipt := Receipt{Number: was.Number, Code: r.Codes.Code(token), UnitName: was.UnitName, At: was.At, Repeated: true}
	clocks, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return Receipt{}, err
	}
	for _, code := range Law.Rows(File)[0].Starts {
		if due, ok := clocks.Due(code, was.At); ok {
			receipt.Dues = append(receipt.Dues, due)
		}
	}
	return receipt, nil
}

func (r *Register) file(ctx context.Context, f Filing, number string) (Receipt, error) {
	in := f.Intake
	meant, office, err := r.meant(ctx, in.Story)
	if err != nil {
		return Receipt{}, err
	}
	action := File
	if in.Old.closed() {
		action = ImportClosed
	}
	opening, err := r.Engine.Open(ctx, Law, workflow.New{
		Number: number, Unit: in.Story.unit(), Category: in.Story.category(), Title: form.Line(in.Story.Title),
		Flags: in.flags(office), Meant: meant.Codes(), Class: clock.Class{Track: in.track()},
		Since: in.since(), Closed: in.Old.closedAt(), Act: workflow.Act{Action: action, By: f.By, Token: f.Token, Data: in.Old.digest()},
	})
	if err != nil {
		return Receipt{}, err
	}
	sealed, err := identity.Seal(r.Sealer, number, in.Contact.Only(in.Who).person())
	if err != nil {
		return Receipt{}, err
	}
	accused, _, err := r.Units.ByCode(ctx, in.Story.unit())
	if err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{Number: number, Code: r.Codes.Code(f.Token), UnitName: accused.Name, At: opening.At, Dues: opening.Dues}
	own := in.args(clock.On(opening.At))
	own["person"], own["mailbox"] = sealed.Person, sealed.Mailbox
	if in.Channel == Import {
		return receipt, r.fileOld(ctx, in.Old, opening, own)
	}
	own["mac"] = r.Codes.MAC(receipt.Code)
	said, err := saidOf(own, "filing", "identity", "code")
	if err != nil {
		return Receipt{}, err
	}
	if written := in.Contract.AsWritten; written != (AsWritten{}) {
		row, err := binding.Row("written", written.args())
		if err != nil {
			return Receipt{}, err
		}
		said["written"] = []chain.Row{row}
	}
	args, err := opening.Args(Law.Kind, said)
	if err != nil {
		return Receipt{}, err
	}
	maps.Copy(args, own)
	sql := fileSQL
	if f.Draft != nil {
		sql, args["draft"], args["draft_code"] = fileDraftSQL, f.Draft, f.Code
	}
	if f.Captcha != nil {
		sql = fileCaptchaSQL
		f.Captcha.Args(args, opening.At)
	}
	type outcome struct {
		Filed bool
		Jobs  int64
	}
	switch out, err := pg.All[outcome](ctx, r.Pool, sql, args); {
	case err != nil:
		return Receipt{}, fmt.Errorf("file complaint: %w", err)
	case len(out) == 0:
		return Receipt{}, captcha.ErrGone
	case !out[0].Filed:
		return Receipt{}, ErrCaptcha
	}
	return receipt, nil
}

// unit is the accused unit, empty when the registrar must settle it.
func (s Story) unit() string {
	if s.Unit == UnknownUnit {
		return ""
	}
	return s.Unit
}

// category is what it is about, empty when the registrar must say so.
func (s Story) category() string {
	if s.Category == category.Unknown {
		return ""
	}
	return s.Category
}

// track is the one that is proposed; what was closed elsewhere goes by none.
func (in Intake) track() string {
	if in.Old.closed() {
		return ""
	}
	track, _ := ProposeTrack(in.Channel, in.Who.Kind, in.Story.category())
	return track
}

// since is when the law's terms begin to run: the day it came, whenever it was
// entered. What is imported came to another system then, and here today.
func (in Intake) since() time.Time {
	if in.Received.IsZero() || in.Channel == Import {
		return time.Time{}
	}
	return begins(in.Received)
}

func begins(d form.Date) time.Time { return clock.NewDate(d.Year, time.Month(d.Month), d.Day).Begins() }

// saidOf are the rows of a filing that its first event binds.
func saidOf(own pg.Args, parts ...string) (chain.Said, error) {
	said := chain.Said{}
	for _, part := range parts {
		if part == "identity" && own["person"].([]byte) == nil {
			continue
		}
		row, err := binding.Row(part, own)
		if err != nil {
			return nil, err
		}
		said[part] = []chain.Row{row}
	}
	return said, nil
}

// args are how the contract's fields are said, by the columns of as_written.
func (w AsWritten) args() pg.Args {
	return pg.Args{"contract_date": w.ContractDate, "due_on": w.DueOn, "contract_amount": w.ContractAmount, "unpaid_amount": w.UnpaidAmount}
}

func (in Intake) args(today clock.Date) pg.Args {
	s, c, who := in.Story, in.Contract, in.Contact.Only(in.Who)
	return pg.Args{
		"channel": string(in.Channel), "track": in.track(), "complainant_kind": in.Who.Kind, "anonymous": in.Who.Anonymous == "yes",
		"confidential": in.Contact.Confidential == "yes", "edelivery": in.Contact.EDelivery,
		"unit_said": form.Line(s.UnitSaid), "request": form.Text(s.Request), "facts": form.Text(s.Facts), "reasons": form.Text(s.Reasons),
		"contract_no": form.Line(c.ContractNo), "contract_date": dayOrNull(c.ContractDate), "contract_amount": c.ContractAmount,
		"unpaid_amount": c.UnpaidAmount, "due_on": dayOrNull(c.DueOn), "in_litigation": c.InLitigation, "elsewhere": form.Text(c.Elsewhere),
		"evidence_held": in.held(),
		"written_date":  c.AsWritten.ContractDate, "written_due": c.AsWritten.DueOn, "written_amount": c.AsWritten.ContractAmount, "written_unpaid": c.AsWritten.UnpaidAmount,
		"origin": in.Origin, "happened": nullable(in.Happened), "received_on": dayOrNull(in.Received), "today": today.String(),
		"who_name": who.Name, "who_session": who.CongressSession, "who_credential": firstOf(who.CredentialNumber, who.PressCard), "who_outlet": who.Organisation,
	}
}

// held keeps the known kinds of papers, each once.
func (in Intake) held() []string {
	held := []string{}
	for _, o := range Held {
		if slices.Contains(in.Held, o.Value) {
			held = append(held, o.Value)
		}
	}
	return held
}

func dayOrNull(d form.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// fileRows are the rows of a filing beside those of every new matter, fileEnd its
// jobs. The names for the roster go into a yes-or-no function and nowhere else.
const fileRows = `,
	new_complaint AS (
		INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, roster_match, unit_said,
			track, request, facts, reasons, contract_no, contract_date, contract_amount, unpaid_amount, due_on, in_litigation, elsewhere,
			evidence_held, origin, happened_at, received_on)
		SELECT n.id, @channel, @complainant_kind, @anonymous, @confidential, @edelivery,
			CASE WHEN @complainant_kind IN ('npc_deputy', 'cppcc_member', 'media')
				THEN roster_match(@complainant_kind, @who_name, @who_session, @who_credential, @who_outlet, @today::date) END, @unit_said,
			nullif(@track, ''), @request, @facts, @reasons, @contract_no, @contract_date::date, @contract_amount::bigint, @unpaid_amount::bigint, @due_on::date,
			@in_litigation, @elsewhere, @evidence_held::text[], @origin, @happened::timestamptz, @received_on::date FROM n),
	new_identity AS (
		INSERT INTO identity (matter_id, person, mailbox)
		SELECT n.id, @person::bytea, @mailbox::bytea FROM n WHERE @person::bytea IS NOT NULL),
	new_written AS (
		INSERT INTO as_written (matter_id, contract_date, due_on, contract_amount, unpaid_amount)
		SELECT n.id, @written_date, @written_due, @written_amount, @written_unpaid FROM n
		WHERE @written_date || @written_due || @written_amount || @written_unpaid <> '')`

// codeRow is the query code of whoever gets a receipt.
const codeRow = `,
	new_code AS (
		INSERT INTO access_code (matter_id, mac) SELECT n.id, @mac FROM n)`

const fileEnd = `
	SELECT true AS filed, ` + workflow.EnqueueSQL + ` AS jobs FROM n`

// fileUnsolved is the row of a captcha that was there and not solved.
const fileUnsolved = `
	UNION ALL SELECT false, 0 FROM used WHERE NOT EXISTS (SELECT FROM solved)`

// What files in the office, on the portal, and on the portal with a captcha.
const (
	fileSQL        = `WITH` + workflow.OpenSQL + fileRows + codeRow + fileEnd
	fileDraftSQL   = `WITH` + workflow.OpenSQL + fileRows + codeRow + fileCleared + fileEnd
	fileCaptchaSQL = `WITH` + captcha.UseSQL + `, may AS (SELECT FROM solved),` + workflow.OpenIfSQL + fileRows + codeRow + fileCleared + fileEnd + fileUnsolved
)

const fileCleared = `,
	cleared AS (DELETE FROM draft WHERE id IN (@draft, @draft_code) AND EXISTS (SELECT FROM n))`
