package discipline

import (
	"context"
	"fmt"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/workflow"
)

// newCase is what a case adds to its opening.
const newCase = `,
	new_case AS (
		INSERT INTO discipline_case (matter_id, ground) SELECT n.id, @ground FROM n)`

// OpenFrom opens a case from a complaint that was found true. Both matters move
// in one transaction: the complaint notes that a case was opened, and the case
// begins its own chain.
func (r *Register) OpenFrom(ctx context.Context, o workflow.Order) (workflow.Done, error) {
	o.Action = complaint.OpenCase
	complaints := &register.Register{Office: r.Office, Kind: complaint.Kind}
	return r.Register.OpenFrom(ctx, complaints, o, func(ctx context.Context, s *workflow.Step) (register.Opening, error) {
		return r.opening(ctx, s, o.Answers)
	})
}

func (r *Register) opening(ctx context.Context, s *workflow.Step, a workflow.Answers) (register.Opening, error) {
	title := form.Line(a.Get("title"))
	if title == "" {
		about, _, err := r.Units.ByCode(ctx, s.Matter.Unit)
		if err != nil {
			return register.Opening{}, err
		}
		category, _, err := r.Categories.ByCode(ctx, s.Matter.Category)
		if err != nil {
			return register.Opening{}, err
		}
		title = about.Name + "：" + category.Title
	}
	said, err := binding.Row("case", pg.Args{"ground": s.Act.Note, "rectify_by": nil})
	if err != nil {
		return register.Opening{}, err
	}
	return register.Opening{
		New: workflow.New{Unit: s.Matter.Unit, Category: s.Matter.Category, Title: title,
			Act: workflow.Act{Action: OpenCase, By: s.Act.By, Note: s.Act.Note}},
		SQL: newCase, Args: pg.Args{"ground": s.Act.Note}, Said: chain.Said{"case": {said}},
	}, nil
}

// draft keeps a new version. The number of the complaint is refused outright:
// no warning has a use for it.
func draft(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	d, faults := DraftOf(a, s.At) // said before, unless midnight came between
	if len(faults) > 0 {
		return fault.Fields(faults)
	}
	number, err := pg.One[string](ctx, s.Conn, `
		SELECT o.number FROM matter m JOIN matter o ON o.id = m.follows WHERE m.id = @id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("complaint of a case: %w", err)
	}
	if err := fault.Fields(d.naming(number)); err != nil {
		return err
	}
	s.Queue(`
		INSERT INTO warning_draft (matter_id, seq, version, drafted_by, facts, basis, demand, deadline, consequences, tier, months)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @facts, @basis, @demand, @deadline, @consequences, @tier, @months
		FROM warning_draft WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "facts": d.Facts, "basis": d.Basis, "demand": d.Demand,
			"deadline": d.Deadline, "consequences": d.Consequences, "tier": string(d.Tier), "months": d.Months})
	s.Record(map[string]string{"text": d.Digest()})
	return nil
}

// sign takes the number and freezes the newest draft. Settings are read here,
// not from a cache: what is printed must be what holds at this moment.
func sign(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	type row struct {
		Facts        string
		Basis        string
		Demand       string
		Deadline     clock.Date
		Consequences string
		Tier         Tier
		Months       int
		UnitName     string
		Prefix       string
		Issuer       string
	}
	now, err := pg.One[row](ctx, s.Conn, `
		SELECT d.facts, d.basis, d.demand, d.deadline, d.consequences, d.tier, d.months, u.name AS unit_name,
			coalesce((SELECT value FROM setting WHERE key = @prefix), '') AS prefix,
			coalesce((SELECT value FROM setting WHERE key = @issuer), '') AS issuer
		FROM warning_draft d JOIN matter m ON m.id = d.matter_id JOIN unit u ON u.code = m.unit
		WHERE d.matter_id = @id ORDER BY d.version DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "prefix": setting.DocumentPrefix, "issuer": setting.Issuer})
	if err != nil {
		return fmt.Errorf("draft to sign: %w", err)
	}
	if err := ready(now.Prefix, now.Issuer, now.Deadline, s.Dates, clock.On(s.At)); err != nil {
		return err
	}
	d := Draft{now.Facts, now.Basis, now.Demand, now.Deadline, now.Consequences, now.Tier, now.Months}
	if d.Tier == Minor {
		s.Flag(MinorTier)
	}
	if d.Months == 0 {
		s.Flag(NotPublic)
	}
	signed, err := document.SignTx(ctx, s.Conn, document.Signing{
		Matter: s.Matter.ID, Seq: s.Seq, Kind: document.Warning, Prefix: now.Prefix, Paper: d.Paper(now.Issuer, now.UnitName),
		By: s.Act.By.StaffID, At: s.At,
	}, s.Queue)
	if err != nil {
		return err
	}
	s.Record(map[string]string{"draft": a.Get("version"), "document": signed.Digest})
	return nil
}

// ready says whether the office can sign at all. Signing is the one move that
// needs a date to be fixed: the deadline is printed on a paper that nobody can
// change, and of a year without any calendar nobody knows on which days the
// unit works. What else is counted moves with the calendar; months of publicity
// need none.
func ready(prefix, issuer string, deadline clock.Date, dates clock.Calendar, today clock.Date) error {
	if err := document.Ready(prefix); err != nil {
		return err
	}
	if issuer == "" {
		return fault.New(fault.Forbidden, "还没有配置发文机关的名称，不能签发。请系统管理员在设置里填写，填好就能签。")
	}
	if !deadline.After(today) {
		return fault.New(fault.Forbidden, "文书里的期限是 %s，已经到了，现在签发，单位来不及改。请退回，改了期限再签。", deadline.Long())
	}
	if _, known := dates.Status(deadline.Year); !known && !deadline.IsZero() {
		return fault.New(fault.Forbidden, "还没有 %d 年的工作日历，文书里的期限 %s 是不是工作日说不准，签了又不能改，所以不能签发。"+
			"请系统管理员在“日历”里导入那一年的放假安排，或者退回，把期限改到有日历的年份。", deadline.Year, deadline.Long())
	}
	return nil
}

// paper is the newest signed document of a case with its terms.
type paper struct {
	ID       int64
	Paper    string
	HTML     string
	Digest   string
	SignedOn clock.Date
	Deadline clock.Date
	Months   int
	UnitName string
}

func signedPaper(ctx context.Context, s *workflow.Step) (paper, error) {
	p, err := pg.One[paper](ctx, s.Conn, `
		SELECT d.id, d.paper, d.html, d.digest, (d.signed_at AT TIME ZONE 'Asia/Shanghai')::date AS signed_on,
			w.deadline, w.months, u.name AS unit_name
		FROM document d JOIN matter m ON m.id = d.matter_id JOIN unit u ON u.code = m.unit
		JOIN LATERAL (SELECT deadline, months FROM warning_draft WHERE matter_id = d.matter_id ORDER BY version DESC LIMIT 1) w ON true
		WHERE d.matter_id = @id AND d.kind = @kind ORDER BY d.seq DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "kind": string(document.Warning)})
	if err != nil {
		return p, fmt.Errorf("signed document: %w", err)
	}
	return p, nil
}

// serve notes the service and stores the day by which the unit must act.
func serve(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	p, err := signedPaper(ctx, s)
	if err != nil {
		return err
	}
	on := a.Date(s.Move.Need("served_on"), s.At)
	if on.Before(p.SignedOn) {
		return fault.Fields([]fault.Field{{Name: "served_on", Sentence: "文书" + p.SignedOn.Long() + "才签发，不能在那以前送达"}})
	}
	if !p.Deadline.After(on) {
		return fault.New(fault.Forbidden, "没有记下。文书里的期限是 %s，%s 才送达，单位收到就已经过期。请领导作废这份文书，改了期限重新签发。", p.Deadline.Long(), on.Long())
	}
	how := a.Get("how")
	document.Serve(document.Service{Document: p.ID, Seq: s.Seq, How: how, On: on}, s.Queue)
	s.Record(map[string]string{"document": p.Digest})
	s.Queue(`UPDATE discipline_case SET rectify_by = @by WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID, "by": p.Deadline})
	return nil
}

// publish puts the frozen paper up for its term: calendar months from the day
// of publication, the last day included.
func publish(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	p, err := signedPaper(ctx, s)
	if err != nil {
		return err
	}
	said, err := document.Parse(p.Paper)
	if err != nil {
		return err
	}
	until, err := publicUntil(ctx, s, p.Months)
	if err != nil {
		return err
	}
	_, err = notice.PublishTx(ctx, s.Conn, notice.Publication{
		Kind: notice.Warning, Title: "关于对" + p.UnitName + "予以书面警示的公示", Issuer: said.Issuer, Number: said.Number,
		Addressee: said.Addressee, Body: said.Body(), Paper: p.HTML, Document: p.ID, Matter: s.Matter.ID, Unit: s.Matter.Unit,
		At: s.At, Until: until,
	})
	return err
}

// publicUntil is the last day of a publication: its whole term, or, when it was
// taken down meanwhile, what was left of it. The paper says how long, not how often.
func publicUntil(ctx context.Context, s *workflow.Step, months int) (clock.Date, error) {
	today := clock.On(s.At)
	left, err := pg.One[int](ctx, s.Conn, `
		SELECT until - (taken_down_at AT TIME ZONE 'Asia/Shanghai')::date FROM notice
		WHERE matter_id = @id AND kind = @kind AND taken_down_at IS NOT NULL ORDER BY id DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "kind": string(notice.Warning)})
	switch {
	case pg.IsNoRows(err):
		return today.AddMonths(months), nil
	case err != nil:
		return clock.Date{}, fmt.Errorf("publication before: %w", err)
	}
	return today.AddDays(max(0, left)), nil
}

// takeDown ends the publication now, and publishes what corrects it until the day
// on which it would have ended. It is read whether or not it still stands: the
// worker may have come to its last day.
func takeDown(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	correction := form.Text(a.Get("public"))
	type row struct {
		ID         int64
		Until      clock.Date
		Issuer     string
		UnitName   string
		Down       bool
		Complaint  string
		ContractNo string
	}
	was, err := pg.One[row](ctx, s.Conn, `
		SELECT n.id, n.until, n.issuer, u.name AS unit_name, n.taken_down_at IS NOT NULL AS down, o.number AS complaint, c.contract_no
		FROM notice n JOIN unit u ON u.code = n.unit JOIN matter m ON m.id = n.matter_id JOIN matter o ON o.id = m.follows JOIN complaint c ON c.matter_id = o.id
		WHERE n.matter_id = @id AND n.kind = @kind ORDER BY n.id DESC LIMIT 1`, pg.Args{"id": s.Matter.ID, "kind": string(notice.Warning)})
	if err != nil {
		return fmt.Errorf("publication of a case: %w", err)
	}
	if err := fault.Fields(telling(correction, was.Complaint, was.ContractNo)); err != nil {
		return err
	}
	if !was.Down {
		if err := notice.TakeDown(ctx, s.Conn, was.ID, s.At, s.Act.Note); err != nil {
			return err
		}
	}
	if correction == "" {
		return nil
	}
	until := was.Until
	if today := clock.On(s.At); until.Before(today) {
		until = today.AddMonths(1)
	}
	_, err = notice.PublishTx(ctx, s.Conn, notice.Publication{
		Kind: notice.Announcement, Title: "关于撤销对" + was.UnitName + "书面警示的更正", Issuer: was.Issuer, Body: correction,
		Matter: s.Matter.ID, Unit: s.Matter.Unit, At: s.At, Until: until,
	})
	return err
}
