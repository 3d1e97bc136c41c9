package press

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// MostQuestions is how many a lead may ask, and as many more once it asks again.
const MostQuestions = 8

// numbered begins a question as people count them.
var numbered = regexp.MustCompile(`^[(（]?[0-9一二三四五六七八]{1,2}[)）.．、:：]\s*`)

// questions are those in a text, one a line, however they are numbered.
func questions(a workflow.Answers) (all []string) {
	for line := range strings.SplitSeq(form.Text(a.Get("questions")), "\n") {
		if line = strings.TrimSpace(numbered.ReplaceAllString(strings.TrimSpace(line), "")); !form.Wordless(line) {
			all = append(all, line)
		}
	}
	return all
}

func checkQuestions(a workflow.Answers, _ time.Time) (faults []fault.Field) {
	if n := len(questions(a)); n > MostQuestions {
		faults = append(faults, fault.Field{Name: "questions", Sentence: fmt.Sprintf("现在是 %d 个，最多 %d 个；同一件事的请合成一个", n, MostQuestions)})
	}
	return append(faults, personal(a, "questions", "title")...)
}

// checkStatement asks about personal details before a journalist, or everybody, reads them.
func checkStatement(a workflow.Answers, _ time.Time) []fault.Field {
	return personal(a, "statement", "public")
}

// personal is the question whether somebody else may read the personal details that
// stand in these texts.
func personal(a workflow.Answers, names ...string) []fault.Field {
	var found []string
	for _, name := range names {
		for _, f := range form.FindPersonal(a.Get(name)) {
			found = append(found, string(f.Kind)+"“"+f.Text+"”")
		}
	}
	if len(found) == 0 || a.Get("personal") == "yes" {
		return nil
	}
	return []fault.Field{{Name: "personal", Sentence: "里面像有" + strings.Join(found, "、") + "。能不写就不写；确实要给对方看的，勾选", Asked: true}}
}

// checkEntry holds what a lead asks, and its embargo, to what can be.
func checkEntry(a workflow.Answers, now time.Time) []fault.Field {
	faults := checkQuestions(a, now)
	row := Law.Rows(Enter)[0]
	from, until := a.Date(row.Need("from"), now), a.Date(row.Need("until"), now)
	switch {
	case from.IsZero():
	case a.DateBoxes("until").Empty():
		faults = append(faults, fault.Field{Name: "until", Sentence: "写了从哪一天起，也请写保密到哪一天；不要保密期的，两样都空着"})
	case !until.IsZero() && until.Before(from):
		faults = append(faults, fault.Field{Name: "until", Sentence: "保密期在" + from.Long() + "才开始，不能到" + until.Long() + "就结束"})
	}
	return faults
}

// tooLong says of the last day of an embargo that it is further away than any may be: an
// embargo without an end would be a lead that is buried.
func tooLong(table clock.Table, now time.Time, until clock.Date) []fault.Field {
	most, ok := table.Due(clock.EmbargoLongest, now)
	if !ok || !until.After(most.On) {
		return nil
	}
	return []fault.Field{{Name: "until", Sentence: fmt.Sprintf("保密期最长 %d 天，从今天算最晚到%s；到期以前可以再延长", most.Limit, most.On.Long())}}
}

// newLead is what a lead adds to its opening.
const newLead = `,
	new_lead AS (
		INSERT INTO press_lead (matter_id, member_id, name, outlet, unit, known, wanted_by, embargo_from)
		SELECT n.id, @journalist, @who, @outlet, nullif(@concerns, ''), @known, @wanted::date, @embargo_from::date FROM n),
	new_questions AS (
		INSERT INTO press_question (matter_id, seq, no, said) SELECT n.id, 1, q.no, q.said FROM n, unnest(@nos::int[], @questions::text[]) AS q (no, said))`

// lodge opens a lead as it was written down.
func lodge(ctx context.Context, r *register.Register, act workflow.Act) (register.Opening, error) {
	var o register.Opening
	a, row, now := act.Answers, Law.Rows(Enter)[0], r.Engine.Now()
	until := a.Date(row.Need("until"), now)
	who, err := journalistOf(ctx, r, act)
	if err != nil {
		return o, err
	}
	if o.Dues, err = embargoed(ctx, r, until); err != nil {
		return o, err
	}
	asked, nos := questions(a), []int{}
	from := any(nil)
	if !until.IsZero() {
		from = dayOrNone(a.Date(row.Need("from"), now))
		if from == nil {
			from = clock.On(now)
		}
	}
	lead := pg.Args{"member_id": who.ID, "name": who.Name, "outlet": who.Outlet, "unit": orNull(a.Get("unit")), "known": form.Text(a.Get("known")), "wanted_by": dayOrNone(a.Date(row.Need("wanted"), now)), "embargo_from": from}
	said := binding.Saying{}
	said.Row("lead", lead)
	for i, q := range asked {
		nos = append(nos, i+1)
		said.Row("question", pg.Args{"seq": 1, "no": i + 1, "said": q})
	}
	o.Title, o.Act, o.SQL, o.Said = form.Line(a.Get("title")), act, newLead, said.Said
	o.Args = pg.Args{"journalist": who.ID, "who": who.Name, "outlet": who.Outlet, "concerns": a.Get("unit"), "known": lead["known"], "wanted": lead["wanted_by"], "embargo_from": from, "nos": nos, "questions": append([]string{}, asked...)}
	return o, said.Fault
}

// embargoed is the clock of an embargo that a lead begins with; none without one.
func embargoed(ctx context.Context, r *register.Register, until clock.Date) ([]clock.Due, error) {
	if until.IsZero() {
		return nil, nil
	}
	table, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return nil, err
	}
	if faults := tooLong(table, r.Engine.Now(), until); len(faults) > 0 {
		return nil, fault.Fields(faults)
	}
	due, ok := table.DueOn(clock.Embargo, r.Engine.Now(), until)
	if !ok {
		return nil, fault.New(fault.Forbidden, "没有配置保密期的规则，现在不能登记保密期。")
	}
	return []clock.Due{due}, nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func dayOrNone(d clock.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// journalist is one of the roster.
type journalist struct {
	ID                       int64
	Name, Outlet, Credential string
}

// journalistOf is who lodges it: the journalist who is logged in, or whom of the roster a
// name or a press card means.
func journalistOf(ctx context.Context, r *register.Register, act workflow.Act) (journalist, error) {
	if act.By.Role == staff.Member {
		return visiting(ctx, r, act)
	}
	name := form.Line(act.Answers.Get("who"))
	found, err := pg.All[journalist](ctx, r.Pool, `
		SELECT id, name, outlet, credential_number AS credential FROM member
		WHERE kind = @kind AND (name = @name OR credential_number = upper(@plain)) AND @today BETWEEN valid_from AND coalesce(valid_to, 'infinity') ORDER BY id`,
		pg.Args{"kind": string(member.Journalist), "name": name, "plain": form.Plain(name), "today": clock.On(r.Engine.Now())})
	if err != nil {
		return journalist{}, fmt.Errorf("journalist of the roster: %w", err)
	}
	var cards []string
	for _, m := range found {
		cards = append(cards, m.Outlet+" "+m.Credential)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return journalist{}, fault.Fields([]fault.Field{{Name: "who", Sentence: "在任的记者名册里没有“" + name + "”，请核对；新来的先添加到名册"}})
	}
	return journalist{}, fault.Fields([]fault.Field{{Name: "who", Sentence: "名册里有同名的：" + strings.Join(cards, "；") + "。请写记者证号"}})
}

// visiting is the journalist who is logged in on the portal.
func visiting(ctx context.Context, r *register.Register, act workflow.Act) (journalist, error) {
	outlet, err := pg.One[string](ctx, r.Pool, `SELECT press_outlet(@unlock)`, pg.Args{"unlock": act.Unlock})
	if err != nil {
		return journalist{}, fmt.Errorf("outlet of a journalist: %w", err)
	}
	return journalist{ID: act.By.MemberID, Name: act.By.Name, Outlet: outlet}, nil
}

// handOver starts the term, unless one runs since it was given to a unit before.
func handOver(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.SetUnit(a.Get("lead"))
	if !s.Matter.Terms[clock.PressStatement].Running && !s.Matter.Terms[clock.PressMore].Running {
		s.Start(clock.PressStatement, s.At)
	}
	return nil
}

// takenBack makes it nobody's again.
func takenBack(_ context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	s.SetUnit("")
	return nil
}

// askAgain adds questions, to the unit that has it, else for the desk to give to one.
func askAgain(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	for _, q := range questions(a) {
		s.Queue(`INSERT INTO press_question (matter_id, seq, no, said) SELECT @id, @seq, coalesce(max(no), 0) + 1, @said FROM press_question WHERE matter_id = @id`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "said": q})
	}
	if s.Matter.Unit == "" {
		s.Lead(Lodged)
		return nil
	}
	s.Lead(Explaining)
	s.Start(clock.PressMore, s.At)
	return nil
}

// draftStatement keeps a new version.
func draftStatement(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Queue(`
		INSERT INTO press_statement (matter_id, seq, version, drafted_by, unit, body, contact)
		SELECT @id, @seq, coalesce(max(version), 0) + 1, @by, @unit, @body, @contact FROM press_statement WHERE matter_id = @id`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "by": s.Act.By.StaffID, "unit": s.Act.By.Unit, "body": form.Text(a.Get("statement")), "contact": form.Line(a.Get("contact"))})
	return nil
}

// statementPaper is the newest draft as the paper that a signature makes of it.
func statementPaper(ctx context.Context, s *workflow.Step, by register.Issuer) (document.Paper, error) {
	c, err := underLock(ctx, s)
	if err != nil {
		return document.Paper{}, err
	}
	return c.Paper(by.UnitName), nil
}

// underLock is what a lead says, under the lock of a move.
func underLock(ctx context.Context, s *workflow.Step) (*Content, error) {
	c, err := pg.One[Content](ctx, s.Conn, contentSQL+`@id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return nil, fmt.Errorf("lead: %w", err)
	}
	return &c, nil
}

// extend has the embargo run to a later day, as far away as any may be.
func extend(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	until, now := a.Date(s.Move.Need("until"), s.At), s.Matter.Terms[clock.Embargo].On
	if !until.After(now) {
		return fault.Fields([]fault.Field{{Name: "until", Sentence: "现在保密到" + now.Long() + "，延长要写那以后的日子；要提前结束的，用“马上解除保密期”"}})
	}
	table, err := r.Engine.Clocks.Table(ctx)
	if err != nil {
		return err
	}
	if faults := tooLong(table, s.At, until); len(faults) > 0 {
		return fault.Fields(faults)
	}
	s.Word("until", until.Long())
	s.Stop(clock.Embargo)
	s.StartOn(clock.Embargo, until)
	return nil
}

// publicationOf is what was typed of a publication.
func publicationOf(move workflow.Move, a workflow.Answers, now time.Time) Publication {
	return Publication{Title: form.Line(a.Get("headline")), Outlet: form.Line(a.Get("outlet")), On: a.Date(move.Need("appeared"), now), Link: strings.TrimSpace(form.Line(a.Get("link")))}
}

// checkPublication wants an address that a reader can be sent to.
func checkPublication(a workflow.Answers, _ time.Time) []fault.Field {
	typed := strings.TrimSpace(form.Line(a.Get("link")))
	if typed == "" || form.WebHost(typed) != "" {
		return nil
	}
	return []fault.Field{{Name: "link", Sentence: "网址请整个复制，从 https:// 写起，例如 https://www.example.cn/a.html；没有的空着"}}
}

// writePublication keeps a row of a publication: the newest of its number holds.
func writePublication(s *workflow.Step, p Publication) {
	s.Word("no", strconv.Itoa(p.No))
	s.Word("headline", p.Title)
	s.Word("outlet", p.Outlet)
	s.Word("appeared", p.On.Long())
	s.Queue(`INSERT INTO press_publication (matter_id, seq, no, title, outlet, appeared_on, link, dropped) VALUES (@id, @seq, @no, @title, @outlet, @on, @link, @dropped)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": p.No, "title": p.Title, "outlet": p.Outlet, "on": p.On, "link": p.Link, "dropped": p.Dropped})
}

func publications(ctx context.Context, s *workflow.Step) ([]Publication, error) {
	list, err := pg.All[Publication](ctx, s.Conn, publicationsSQL+`@id ORDER BY no, seq DESC`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return nil, fmt.Errorf("publications: %w", err)
	}
	return list, nil
}

func notePublication(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	list, err := publications(ctx, s)
	if err != nil {
		return err
	}
	p := publicationOf(s.Move, a, s.At)
	p.No = len(list) + 1
	writePublication(s, p)
	return nil
}

// chosen is the publication that a move is about.
func chosen(ctx context.Context, s *workflow.Step, a workflow.Answers) (Publication, error) {
	list, err := publications(ctx, s)
	if err != nil {
		return Publication{}, err
	}
	no, _ := form.ReadOrdinal(strings.TrimSuffix(form.Line(a.Get("no")), "条"))
	var there []string
	for _, p := range list {
		if p.Dropped {
			continue
		}
		if p.No == no {
			return p, nil
		}
		there = append(there, strconv.Itoa(p.No)+" 是"+p.Line())
	}
	return Publication{}, fault.Fields([]fault.Field{{Name: "no", Sentence: "没有这一条，现在：" + strings.Join(there, "；")}})
}

func correctPublication(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	was, err := chosen(ctx, s, a)
	if err != nil {
		return err
	}
	p := publicationOf(s.Move, a, s.At)
	p.No = was.No
	writePublication(s, p)
	return nil
}

func dropPublication(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	p, err := chosen(ctx, s, a)
	if err != nil {
		return err
	}
	p.Dropped = true
	writePublication(s, p)
	return nil
}

// publish publishes the statement that was signed last, and where it was reported of.
func publish(ctx context.Context, r *register.Register, s *workflow.Step, _ workflow.Answers) error {
	list, err := publications(ctx, s)
	if err != nil {
		return err
	}
	var also []string
	for _, p := range list {
		if p.Dropped {
			continue
		}
		also = append(also, p.Line())
		if p.Link != "" {
			also = append(also, p.Link)
		}
	}
	return r.Publish(ctx, s, document.Statement, 0, func(unit string) string { return unit + "关于“" + s.Matter.Title + "”的情况说明" }, also...)
}

func takeDown(ctx context.Context, r *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return r.TakeDown(ctx, s, "", nil)
}
