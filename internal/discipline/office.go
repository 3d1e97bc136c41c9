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
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
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
	ground := form.Text(a.Get("note"))
	said, err := binding.Row("case", pg.Args{"ground": ground, "rectify_by": nil})
	if err != nil {
		return register.Opening{}, err
	}
	return register.Opening{
		New: workflow.New{Unit: s.Matter.Unit, Category: s.Matter.Category, Title: title,
			Act: workflow.Act{Action: OpenCase, By: s.Act.By, Note: ground}},
		SQL: newCase, Args: pg.Args{"ground": ground}, Said: chain.Said{"case": {said}},
	}, nil
}

// draft keeps a new version. The number of the complaint is refused outright:
// no warning has a use for it.
func draft(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	d, faults := DraftOf(a, s.At) // said before, unless midnight came between
	if len(faults) > 0 {
		return fault.Fields(faults)
	}
	d.Basis = s.Act.Words[law.Basis]
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

// warning is the newest draft as the paper that a signature makes of it. Signing is the
// one move that needs a date to be fixed; what is signed settles how it may be public.
func warning(ctx context.Context, s *workflow.Step, by register.Issuer) (document.Paper, error) {
	d, err := drafted(ctx, s)
	if err != nil {
		return document.Paper{}, err
	}
	if err := d.signable(s.Dates, clock.On(s.At)); err != nil {
		return document.Paper{}, err
	}
	if d.Tier == Minor {
		s.Flag(MinorTier)
	}
	if d.Months == 0 {
		s.Flag(NotPublic)
	}
	return d.Paper(by.Issuer, by.UnitName), nil
}

// drafted is the newest draft under the lock of a move.
func drafted(ctx context.Context, s *workflow.Step) (Draft, error) {
	d, err := pg.One[Newest](ctx, s.Conn, newestSQL+`@id`+newestOrder, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return Draft{}, fmt.Errorf("newest draft: %w", err)
	}
	return d.Draft, nil
}

// signable says whether the term of a draft can be signed: it is printed on a paper that
// nobody can change, and of a year without any calendar nobody knows on which days the
// unit works. What else is counted moves with the calendar; months of publicity need
// none.
func (d Draft) signable(dates clock.Calendar, today clock.Date) error {
	if !d.Deadline.After(today) {
		return fault.New(fault.Forbidden, "文书里的期限是 %s，已经到了，现在签发，单位来不及改。请退回，改了期限再签。", d.Deadline.Long())
	}
	if _, known := dates.Status(d.Deadline.Year); !known {
		return fault.New(fault.Forbidden, "还没有 %d 年的工作日历，文书里的期限 %s 是不是工作日说不准，签了又不能改，所以不能签发。"+
			"请系统管理员在“日历”里导入那一年的放假安排，或者退回，把期限改到有日历的年份。", d.Deadline.Year, d.Deadline.Long())
	}
	return nil
}

// serve notes the service and stores the day by which the unit must act.
func serve(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	d, err := drafted(ctx, s)
	if err != nil {
		return err
	}
	on, err := register.Serve(ctx, s, document.Warning, a)
	if err != nil {
		return err
	}
	if !d.Deadline.After(on) {
		return fault.New(fault.Forbidden, "没有记下。文书里的期限是 %s，%s 才送达，单位收到就已经过期。请领导作废这份文书，改了期限重新签发。", d.Deadline.Long(), on.Long())
	}
	s.Queue(`UPDATE discipline_case SET rectify_by = @by WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID, "by": d.Deadline})
	return nil
}

func publish(ctx context.Context, r *register.Register, s *workflow.Step, _ workflow.Answers) error {
	d, err := drafted(ctx, s)
	if err != nil {
		return err
	}
	return r.Publish(ctx, s, document.Warning, d.Months, func(unit string) string { return "关于对" + unit + "予以书面警示的公示" })
}

// takeDown takes the publication down; what corrects it may not tell who complained.
func takeDown(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	correction := form.Text(a.Get("public"))
	type row struct{ Number, ContractNo string }
	of, err := pg.One[row](ctx, s.Conn, `
		SELECT o.number, c.contract_no FROM matter m JOIN matter o ON o.id = m.follows JOIN complaint c ON c.matter_id = o.id
		WHERE m.id = @id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("complaint of a case: %w", err)
	}
	if err := fault.Fields(telling(correction, of.Number, of.ContractNo)); err != nil {
		return err
	}
	return r.TakeDown(ctx, s, correction, func(unit string) string { return "关于撤销对" + unit + "书面警示的更正" })
}
