package proposal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/member"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// AnswerOf reads an answer from its form, for the points that the matter has.
func AnswerOf(m *workflow.Matter, a workflow.Answers, now time.Time) Answer {
	row := Law.Rows(DraftAnswer)[0]
	out := Answer{Summary: form.Text(a.Get("summary")), Contact: form.Line(a.Get("contact"))}
	for _, no := range points(m) {
		nth := strconv.Itoa(no)
		r := PointReply{No: no, Class: a.Get("class_" + nth), Reply: form.Text(a.Get("reply_" + nth))}
		if r.Class == "B" {
			r.PromisedOn = a.Date(row.Need("by_"+nth), now)
		}
		out.Replies = append(out.Replies, r)
	}
	return out
}

// checkAnswer holds each point's day against its class: what is promised has a day by
// which, and what is not promised has none. What is refused stands on something.
func checkAnswer(a workflow.Answers, _ time.Time) (faults []fault.Field) {
	refused := false
	for no := 1; no <= MostPoints; no++ {
		nth := strconv.Itoa(no)
		class, dated := a.Get("class_"+nth), !a.DateBoxes("by_"+nth).Empty()
		switch {
		case class == "B" && !dated:
			faults = append(faults, fault.Field{Name: "by_" + nth, Sentence: "B 类是答应了要办的，请写哪一天以前办到"})
		case (class == "A" || class == "C") && dated:
			faults = append(faults, fault.Field{Name: "by_" + nth, Sentence: class + " 类不写期限：还要办的请选 B 类，不是的请把日子删去"})
		}
		refused = refused || class == "C"
	}
	if refused && len(a.Chosen(law.Articles)) == 0 && form.Wordless(form.Text(a.Get(law.Other))) {
		faults = append(faults, fault.Field{Name: law.Articles, Sentence: "有一点是 C 类，请选依据哪一条办不了；单子里没有的，写在“其他依据”里"})
	}
	return faults
}

// draftAnswer keeps a new version.
func draftAnswer(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	answer := AnswerOf(s.Matter, a, s.At)
	s.Queue(`
		INSERT INTO proposal_answer (matter_id, seq, version, drafted_by, unit, summary, contact)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @unit, @summary, @contact FROM proposal_answer WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit, "summary": answer.Summary, "contact": answer.Contact})
	for _, r := range answer.Replies {
		s.Queue(`
			INSERT INTO proposal_answer_point (matter_id, seq, no, class, reply, promised_on) VALUES (@id, @seq, @no, @class, @reply, @on)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": r.No, "class": r.Class, "reply": r.Reply, "on": dayOrNone(r.PromisedOn)})
	}
	return nil
}

func dayOrNone(d clock.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// answerPaper is the newest draft as the letter that a signature makes of it.
func answerPaper(ctx context.Context, s *workflow.Step, by register.Issuer) (document.Paper, error) {
	p, err := underLock(ctx, s)
	if err != nil {
		return document.Paper{}, err
	}
	return p.Paper(by.UnitName), nil
}

// late says of a promise whose day has come that it can be signed no more.
func (a Answer) late(today clock.Date) error {
	for _, r := range a.Replies {
		if r.Class == "B" && !r.PromisedOn.After(today) {
			return fault.New(fault.Forbidden, "%s答应%s以前办到，已经到了。请退回，改了日子再签。", Nth(r.No), r.PromisedOn.Long())
		}
	}
	return nil
}

// promised makes a promise of each day that the answer names: it is signed.
func promised(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	p, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	var given []promise.Given
	for _, r := range p.Answer.Replies {
		if !r.PromisedOn.IsZero() {
			given = append(given, promise.Given{No: r.No, On: r.PromisedOn})
		}
	}
	if err := p.Answer.late(clock.On(s.At)); err != nil {
		return err
	}
	return promise.Make(ctx, s, given)
}

// void takes back with the answer what it promised.
func void(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return promise.TakeBack(ctx, s)
}

// withdraw ends what was promised of it.
func withdraw(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	return promise.EndAll(ctx, s, 0, form.Text(a.Get("public")))
}

// underLock is what a proposal says, under the lock of a move.
func underLock(ctx context.Context, s *workflow.Step) (*Content, error) {
	c, err := pg.One[Content](ctx, s.Conn, contentSQL+`@id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return nil, fmt.Errorf("proposal: %w", err)
	}
	return &c, nil
}

// Paper is the answer as a letter of the unit to whoever signed the proposal.
func (p *Content) Paper(unit string) document.Paper {
	paper := document.Paper{Issuer: unit, Title: []string{"关于" + p.Designation, "的答复"}, Addressee: p.addressee()}
	add := func(text string, head bool) {
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				paper.Parts = append(paper.Parts, document.Part{Text: line, Head: head})
			}
		}
	}
	add("答复类别："+p.Answer.Class()+" 类", false)
	add("您提出的《"+p.Title+"》收悉。现答复如下。", false)
	add(p.Answer.Summary, false)
	for _, r := range p.Answer.Replies {
		add(Nth(r.No)+"（"+r.Class+" 类）"+p.point(r.No), true)
		add(r.Reply, false)
		if !r.PromisedOn.IsZero() {
			add("本单位承诺："+r.PromisedOn.Long()+"以前（含当日）办到。", false)
		}
	}
	if p.Answer.Basis != "" {
		add("依据："+p.Answer.Basis+"。", false)
	}
	add("感谢您对政务诚信工作的关心和支持。", false)
	add("联系人和电话："+p.Answer.Contact, false)
	return paper
}

// addressee are the signers who have not left, as a letter begins.
func (p *Content) addressee() string {
	var names []string
	for _, s := range p.Signers {
		if !s.Left {
			names = append(names, s.Name)
		}
	}
	return strings.Join(names, "、") + p.Source.People()
}

func (p *Content) point(no int) string {
	for _, one := range p.Points {
		if one.No == no {
			return one.Said
		}
	}
	return ""
}

// handOver gives it to its unit and starts the terms. What was handed over before keeps
// the term that it has had since, and what is answered again the term of that.
func handOver(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	hard := a.Get("hard") == "yes"
	source := sourceOf(s.Matter)
	runs := func(code clock.Code) bool { return s.Matter.Terms[code].Running }
	short, long := source.answersIn(false), source.answersIn(true)
	s.Word("term", "3 个月内答复")
	switch {
	case runs(clock.AnswerAgain) && hard:
		return fault.Fields([]fault.Field{{Name: "hard", Sentence: "这一件是重新办理，期限已经在走，不能改为 6 个月"}})
	case runs(clock.AnswerAgain):
		s.Flag(Redone)
		s.Word("term", "重新答复的期限照走")
	case runs(long):
		s.Word("term", "6 个月内答复")
	case runs(short) && hard:
		return fault.Fields([]fault.Field{{Name: "hard", Sentence: "交办过，3 个月的期限已经在走；要 6 个月的，交办以后用“改为 6 个月答复”写明理由"}})
	case runs(short):
	case hard:
		s.Start(long, s.At)
		s.Word("term", "6 个月内答复")
	default:
		s.Start(short, s.At)
	}
	lead := a.Get("lead")
	s.SetUnit(lead)
	if slices.ContainsFunc(a.Chosen("co"), func(co string) bool { return co != lead }) {
		s.Start(clock.CoAnswer, s.At)
	}
	return nil
}

// takenBack makes it nobody's again.
func takenBack(_ context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	s.SetUnit("")
	return nil
}

// lengthen gives the long term from the day on which the short one began.
func lengthen(_ context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	if err := lengthens(s.Matter, s.At); err != nil {
		return err
	}
	source := sourceOf(s.Matter)
	s.Start(source.answersIn(true), s.Matter.Terms[source.answersIn(false)].Started)
	return nil
}

// lengthens says why the term of a proposal cannot be lengthened: only one that runs can
// be, before its day is over, or what is late would become what is in time.
func lengthens(m *workflow.Matter, now time.Time) error {
	short := m.Terms[sourceOf(m).answersIn(false)]
	switch {
	case !short.Running:
		return fault.New(fault.Forbidden, "现在的期限不是 3 个月，不用改。")
	case !short.Due.After(now):
		return fault.New(fault.Forbidden, "3 个月的期限到%s，已经过了，不能再改。", short.On.Long())
	}
	return nil
}

// coOpinion ends the term once every helping unit has said something.
func coOpinion(_ context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	for _, a := range s.Matter.Assignments {
		if a.Part == "co" && !a.Opined && a.Unit != s.Act.By.Unit {
			return nil
		}
	}
	s.Stop(clock.CoAnswer)
	return nil
}

// consult says on which day.
// Before it was handed over, or handed back, nobody could consult about it.
func consult(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	on, since := a.Date(s.Move.Need("held_on"), s.At), clock.Date{}
	for _, code := range answering {
		if term := s.Matter.Terms[code]; term.Running && clock.On(term.Started).After(since) {
			since = clock.On(term.Started)
		}
	}
	if on.Before(since) {
		return fault.Fields([]fault.Field{{Name: "held_on", Sentence: since.Long() + "才交办、才交回重办，面商不能在那以前；以前谈过的，请再谈一次"}})
	}
	s.Word("held_on", on.Long())
	return nil
}

// serve notes that the answer reached whoever signed the proposal.
func serve(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	_, err := register.Serve(ctx, s, replyKind(s.Matter), a)
	return err
}

// serveOnline serves it on the pages of those who agreed to that.
func serveOnline(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return register.ServeOnline(ctx, s, replyKind(s.Matter))
}

// replyKind is the kind of document that its answer is.
func replyKind(m *workflow.Matter) document.Kind {
	if m.Has(Committee) {
		return document.CommitteeReply
	}
	return document.DeputyReply
}

// checkDisagreement wants that somebody is dissatisfied.
func checkDisagreement(a workflow.Answers, _ time.Time) []fault.Field {
	attitude, result := a.Get("attitude"), a.Get("result")
	if attitude == "" || result == "" || attitude == "dissatisfied" || result == "dissatisfied" {
		return nil
	}
	return []fault.Field{{Name: "result", Sentence: "态度和结果都没有选不满意；满意、基本满意的，请用“满意、基本满意”那个按钮"}}
}

// feedback keeps what its signers say of the answer.
func feedback(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Queue(`
		INSERT INTO proposal_feedback (matter_id, seq, attitude, result, consent, words) VALUES (@id, @seq, @attitude, @result, @consent, @words)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "attitude": a.Get("attitude"), "result": a.Get("result"), "consent": a.Get("consent"), "words": form.Text(a.Get("public"))})
	if a.Get("consent") != "none" {
		s.Flag(Public)
	}
	return nil
}

// publish publishes as much as its signers let, and nothing where they said nothing of
// the answer that holds.
func publish(ctx context.Context, r *register.Register, s *workflow.Step, _ workflow.Answers) error {
	p, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	title := func(string) string { return p.Designation + "办理情况" }
	switch p.consent() {
	case "full":
		return r.Publish(ctx, s, replyKind(s.Matter), 0, title)
	case "outcome":
	default:
		return fault.New(fault.Forbidden, "%s", Law.Flags["!"+Public])
	}
	unit, _, err := r.Units.ByCode(ctx, s.Matter.Unit)
	if err != nil {
		return err
	}
	_, err = notice.PublishTx(ctx, s.Conn, notice.Publication{
		Kind: notice.Proposal, Title: title(""), Issuer: unit.Name, Matter: s.Matter.ID, Unit: s.Matter.Unit, At: s.At,
		Body: strings.Join([]string{"题目：" + p.Title, "承办单位：" + unit.Name, "答复类别：" + p.Answer.Class() + " 类"}, "\n"),
	})
	return err
}

func takeDown(ctx context.Context, r *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return r.TakeDown(ctx, s, "", nil)
}

// leave lets a signer withdraw; the last one cannot: that is the end of the proposal.
func leave(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	p, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	who := form.Line(a.Get("who"))
	there := slices.DeleteFunc(slices.Clone(p.Signers), func(one Signer) bool { return one.Left })
	leaving := named(there, who)
	var names, nth []string
	for _, one := range there {
		names = append(names, one.Name)
	}
	for _, one := range leaving {
		nth = append(nth, "第 "+strconv.Itoa(one.No)+" 位")
	}
	refuse := func(sentence string) error { return fault.Fields([]fault.Field{{Name: "who", Sentence: sentence}}) }
	switch {
	case len(leaving) == 0:
		return refuse("联名的里面没有“" + who + "”，现在是：" + strings.Join(names, "、"))
	case len(leaving) > 1:
		return refuse("名单里有同名的，请写是第几位：" + strings.Join(nth, "、"))
	case len(there) == 1:
		return refuse("只剩" + leaving[0].Name + "一位，全部退出的请用“撤案”")
	}
	s.Word("who", leaving[0].Name)
	s.Queue(`INSERT INTO proposal_leaving (matter_id, seq, no) VALUES (@id, @seq, @no)`, pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": leaving[0].No})
	return nil
}

// named are the signers of a name, or the one in that place of the list where no name is
// written.
func named(signers []Signer, who string) (found []Signer) {
	place, _ := form.ReadOrdinal(who)
	for _, one := range signers {
		if one.Name == who {
			found = append(found, one)
		}
	}
	for _, one := range signers {
		if len(found) == 0 && one.No == place {
			return []Signer{one}
		}
	}
	return found
}

// divisible says why a proposal cannot be divided: its parts would begin their terms anew,
// when its signers have been waiting since it was handed over.
func divisible(m *workflow.Matter) error {
	for _, code := range answering {
		if m.Terms[code].Running {
			return fault.New(fault.Forbidden, "交办过，答复期限已经在走，不能再分办。请交给主办单位，别的单位会办。")
		}
	}
	return nil
}

// divide opens a proposal for each unit with the points that are its own.
func divide(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	if err := divisible(s.Matter); err != nil {
		return err
	}
	p, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	units, err := r.Units.Handling(ctx)
	if err != nil {
		return err
	}
	of := map[string][]Point{}
	var order, names []string
	for _, point := range p.Points {
		code := a.Get("unit_" + strconv.Itoa(point.No))
		if len(of[code]) == 0 {
			u, _ := units.ByCode(code)
			order, names = append(order, code), append(names, u.Name)
		}
		of[code] = append(of[code], point)
	}
	if len(order) < 2 {
		return fault.Fields([]fault.Field{{Name: "unit_" + strconv.Itoa(p.Points[0].No), Sentence: "都归一个单位的不用分办，请直接交办"}})
	}
	s.Word("units", strings.Join(names, "、"))
	if err := promise.EndAll(ctx, s, 0, "分给各单位分别办理、分别答复"); err != nil {
		return err
	}
	for i, code := range order {
		part := p.part(s.Matter.ID, of[code])
		part.Key = s.Matter.Has(Key)
		o, err := part.opening(workflow.Act{Action: EnterPart, By: s.Act.By, Note: "分给" + names[i]})
		if err != nil {
			return err
		}
		if err := r.OpenIn(ctx, s, o); err != nil {
			return err
		}
	}
	return nil
}

// part is what one unit answers of it by itself.
func (p *Content) part(of int64, points []Point) whole {
	w := whole{Entry: Entry{Source: p.Source, Term: p.Term, Meeting: p.Meeting, Serial: p.Serial, Designation: p.Designation, Title: p.Title, Content: p.Body}, PartOf: of}
	for _, point := range points {
		w.PointNos, w.Points = append(w.PointNos, point.No), append(w.Points, point.Said)
	}
	for _, s := range p.Signers {
		if !s.Left {
			w.SignerNos, w.Signers, w.Members = append(w.SignerNos, s.No), append(w.Signers, member.Called{Name: s.Name}), append(w.Members, s.Member)
		}
	}
	return w
}
