package invitation

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// checkWords holds what those who are invited read against what would tell who complained.
var checkWords = register.Unnamed("受邀的人都看得到", "title", "asked", "area", "place", "organisations", "public")

// checkDays holds the days against each other.
func checkDays(a workflow.Answers, now time.Time) (faults []fault.Field) {
	day := func(name string) clock.Date { return a.Date(Law.Rows(Invite)[0].Need(name), now) }
	held, reply, report := day("held_on"), day("reply_by"), day("report_by")
	if !held.IsZero() && reply.After(held) {
		faults = append(faults, fault.Field{Name: "reply_by", Sentence: "答复要在" + held.Long() + "开展以前，或者当天"})
	}
	if !held.IsZero() && !report.IsZero() && !report.After(held) {
		faults = append(faults, fault.Field{Name: "report_by", Sentence: "报告写在" + held.Long() + "开展以后，请写那以后的日子"})
	}
	return faults
}

// checkNames wants somebody to be invited, and nobody twice.
func checkNames(a workflow.Answers, _ time.Time) []fault.Field {
	names := member.ReadCalled(a.Get("invitees"))
	twice := member.Twice(names)
	switch {
	case twice != "":
		return []fault.Field{{Name: "invitees", Sentence: twice}}
	case len(names) == 0 && len(organisations(a)) == 0:
		return []fault.Field{{Name: "invitees", Sentence: "请写邀请谁"}}
	}
	return nil
}

func checkPostponed(a workflow.Answers, now time.Time) []fault.Field {
	return append(checkDays(a, now), checkWords(a, now)...)
}

func checkInvitation(a workflow.Answers, now time.Time) []fault.Field {
	faults := append(checkPostponed(a, now), checkNames(a, now)...)
	if len(a.Chosen("units")) == 0 && form.Wordless(a.Get("area")) {
		faults = append(faults, fault.Field{Name: "area", Sentence: "没有选单位的，请写涉及哪个地方、哪个项目"})
	}
	return faults
}

// organisations are those in a form, one a line.
func organisations(a workflow.Answers) (all []string) {
	for typed := range strings.SplitSeq(form.Text(a.Get("organisations")), "\n") {
		if name := form.Line(typed); name != "" {
			all = append(all, name)
		}
	}
	return all
}

// whom are the invitees of a form: those of the roster whose term has not ended, and to a
// check by a third party organisations. Who was invited before is refused.
func whom(ctx context.Context, q pg.Queryer, a workflow.Answers, sort string, now time.Time, there []Invitee) ([]Invitee, error) {
	refuse := func(name, sentence string, args ...any) error {
		return fault.Fields([]fault.Field{{Name: name, Sentence: fmt.Sprintf(sentence, args...)}})
	}
	names := member.ReadCalled(a.Get("invitees"))
	roster, err := member.Find(ctx, q, names, member.Deputy, member.Committee)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(there)
	invited := func(one Invitee) bool {
		return slices.ContainsFunc(all, func(i Invitee) bool { return i.Name == one.Name && i.Member == one.Member })
	}
	add := func(one Invitee) { one.No = len(all) + 1; all = append(all, one) }
	var several []string
	for i, called := range names {
		holding := slices.DeleteFunc(slices.Clone(roster[i]), func(m member.Member) bool { return m.Ended(clock.On(now)) })
		switch {
		case len(holding) > 1:
			several = append(several, member.Namesakes(holding))
		case len(roster[i]) == 0:
			return nil, refuse("invitees", "名册里没有“%s”这位代表、委员，请核对姓名和证号", called.Name)
		case len(holding) == 0:
			return nil, refuse("invitees", "%s的资格到%s已经终止，不能邀请", called.Name, roster[i][0].Until.Long())
		case invited(Invitee{Name: called.Name, Member: holding[0].ID}):
			return nil, refuse("invitees", "%s已经在受邀的人里，请去掉", called.Name)
		default:
			add(Invitee{Name: called.Name, Member: holding[0].ID})
		}
	}
	if len(several) > 0 {
		return nil, refuse("invitees", "%s", member.WriteNumbers(several))
	}
	for _, name := range organisations(a) {
		switch {
		case sort != thirdParty:
			return nil, refuse("organisations", "只有第三方评估邀请机构；%s只请名册上的代表、委员", workflow.Word(Sorts, sort))
		case invited(Invitee{Name: name}):
			return nil, refuse("organisations", "“%s”写了两遍，或者已经邀请过，请去掉", name)
		}
		add(Invitee{Name: name})
	}
	return all[len(there):], nil
}

// newInvitation is what an invitation adds to its opening.
const newInvitation = `,
	new_invitation AS (INSERT INTO invitation (matter_id, sort, asked, area) SELECT n.id, @sort, @asked, @area FROM n),
	new_units AS (INSERT INTO invitation_unit (matter_id, unit) SELECT n.id, u FROM n, unnest(@units::text[]) AS u),
	new_date AS (INSERT INTO invitation_date (matter_id, seq, held_on, hour, place, reply_by, report_by)
		SELECT n.id, 1, @held_on::date, @hour, @place, @reply_by::date, @report_by::date FROM n),
	new_invitees AS (INSERT INTO invitee (matter_id, no, seq, name, member_id)
		SELECT n.id, i.no, 1, i.name, nullif(i.member, 0) FROM n, unnest(@nos::int[], @names::text[], @members::bigint[]) AS i (no, name, member))`

// when are the days and the place of a form, as the database keeps them.
func when(a workflow.Answers, now time.Time) pg.Args {
	args := pg.Args{}
	for _, n := range whenNeeds {
		if n.Kind == workflow.AskDate {
			args[n.Name] = a.Date(n, now)
		} else {
			args[n.Name] = form.Line(a.Get(n.Name))
		}
	}
	return args
}

// invite opens an invitation. Units beside the first are kept from it as ones that its
// words may mean.
func invite(ctx context.Context, r *register.Register, act workflow.Act) (register.Opening, error) {
	a, now := act.Answers, r.Engine.Now()
	people, err := whom(ctx, r.Pool, a, a.Get("sort"), now, nil)
	if err != nil {
		return register.Opening{}, err
	}
	args := when(a, now)
	args["sort"], args["asked"], args["area"], args["units"] = a.Get("sort"), form.Text(a.Get("asked")), form.Line(a.Get("area")), a.Chosen("units")
	said := binding.Saying{}
	said.Row("invitation", args)
	for _, unit := range a.Chosen("units") {
		said.Row("invitation_unit", pg.Args{"unit": unit})
	}
	args["seq"] = 1
	said.Row("invitation_date", args)
	delete(args, "seq")
	nos, names, members := []int{}, []string{}, []int64{}
	for _, one := range people {
		nos, names, members = append(nos, one.No), append(names, one.Name), append(members, one.Member)
		said.Row("invitee", pg.Args{"no": one.No, "seq": 1, "name": one.Name, "member_id": one.onRoster()})
	}
	args["nos"], args["names"], args["members"] = nos, names, members
	units := append([]string{""}, a.Chosen("units")...)
	return register.Opening{
		New: workflow.New{Title: form.Line(a.Get("title")), Act: act, Unit: units[min(1, len(units)-1)], Meant: units[min(2, len(units)):]},
		SQL: newInvitation, Args: args, Said: said.Said,
	}, said.Fault
}

// onRoster is the number on the roster, none for an organisation.
func (i Invitee) onRoster() any {
	if i.Member == 0 {
		return nil
	}
	return i.Member
}

// underLock is what an invitation says, under the lock of a move.
func underLock(ctx context.Context, s *workflow.Step) (*Content, error) {
	c, err := pg.One[Content](ctx, s.Conn, contentSQL+`@id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return nil, fmt.Errorf("invitation: %w", err)
	}
	return &c, nil
}

func addInvitee(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	c, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	people, err := whom(ctx, s.Conn, a, c.Sort, s.At, c.Invitees)
	if err != nil {
		return err
	}
	for _, one := range people {
		s.Queue(`INSERT INTO invitee (matter_id, no, seq, name, member_id) VALUES (@id, @no, @seq, @name, @member)`,
			pg.Args{"id": s.Matter.ID, "no": one.No, "seq": s.Seq, "name": one.Name, "member": one.onRoster()})
	}
	s.Word("count", strconv.Itoa(len(people)))
	return nil
}

// postpone says another day and place; what has gone out is answered anew.
func postpone(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	args := when(a, s.At)
	c := Content{Hour: form.Line(a.Get("hour")), Place: form.Line(a.Get("place")), HeldOn: a.Date(whenNeeds[0], s.At), ReplyBy: a.Date(whenNeeds[3], s.At)}
	args["id"], args["seq"] = s.Matter.ID, s.Seq
	s.Queue(`INSERT INTO invitation_date (matter_id, seq, held_on, hour, place, reply_by, report_by) VALUES (@id, @seq, @held_on, @hour, @place, @reply_by, @report_by)`, args)
	if s.Matter.State != Drafted {
		c.asks(s)
	}
	return nil
}

// send lets it out, while its days are still to come.
func send(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	c, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	s.Word("sort", workflow.Word(Sorts, c.Sort))
	c.asks(s)
	return c.past(clock.On(s.At))
}

// past says that the day by which to answer has passed before anybody was asked.
func (c *Content) past(today clock.Date) error {
	if c.ReplyBy.Before(today) {
		return fault.New(fault.Forbidden, "答复的日子%s已经过了，请先改日子。", c.ReplyBy.Long())
	}
	return nil
}

// asks has its days begin, and says them.
func (c *Content) asks(s *workflow.Step) {
	s.StartOn(clock.InviteReply, c.ReplyBy)
	s.StartOn(clock.InviteDay, c.HeldOn)
	for name, word := range map[string]string{"held_on": c.HeldOn.Long(), "hour": c.Hour, "place": c.Place, "reply_by": c.ReplyBy.Long()} {
		s.Word(name, word)
	}
}

// say writes down what somebody said, or what is said of them.
func say(s *workflow.Step, i Invitee, what What, words, suggests string) {
	s.Queue(`INSERT INTO invitee_said (matter_id, seq, no, said, words, suggests)
		SELECT v.matter_id, @seq, v.no, @said, @words, @suggests FROM invitee v WHERE v.matter_id = @id AND (v.no = @no OR v.member_id = @member)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "no": i.No, "member": i.Member, "said": string(what), "words": form.Text(words), "suggests": form.Text(suggests)})
}

// chosen are those whom a need names, all of whom must have one of these parts.
func chosen(ctx context.Context, s *workflow.Step, a workflow.Answers, need string, parts []string) (found []Invitee, err error) {
	c, err := underLock(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, no := range a.Chosen(need) {
		at := slices.IndexFunc(c.Invitees, func(i Invitee) bool { return strconv.Itoa(i.No) == no })
		why := "受邀的人里没有这一位，请从列出的里面选"
		if at >= 0 {
			one := c.Invitees[at]
			if why = ""; !slices.Contains(parts, string(one.Part)) {
				why = one.Name + "现在是“" + one.Part.Word() + "”，这一步办不了"
			}
			found = append(found, one)
			s.Word(need, one.Name)
		}
		if why != "" {
			return nil, fault.Fields([]fault.Field{{Name: need, Sentence: why}})
		}
	}
	return found, nil
}

// said is what an invitee says, or the desk in their place where they might.
func said(what What) register.Effect {
	return func(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
		who := []Invitee{{Member: s.Act.By.MemberID}}
		s.Word("who", s.Act.By.Name)
		if s.Act.By.Role != staff.Member {
			row, _ := Law.RowOf(staff.Member, s.Act.Action)
			var err error
			if who, err = chosen(ctx, s, a, "who", row.Parts); err != nil {
				return err
			}
		}
		say(s, who[0], what, a.Get("public")+a.Get("seen"), a.Get("suggests"))
		return nil
	}
}

// early says that the day has not come.
func (c *Content) early(today clock.Date) error {
	if today.Before(c.HeldOn) {
		return fault.New(fault.Forbidden, "定的是%s，到那一天才能办；提前开展的，请先改期。", c.HeldOn.Long())
	}
	return nil
}

func hold(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	c, err := underLock(ctx, s)
	if err != nil {
		return err
	}
	if err := c.early(clock.On(s.At)); err != nil {
		return err
	}
	s.StartOn(clock.InviteReport, c.ReportBy)
	return attend(ctx, r, s, a)
}

func attend(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	who, err := chosen(ctx, s, a, "came", parts(Asked, Accepted, Declined, Withdrawn))
	for _, one := range who {
		say(s, one, Came, "", "")
	}
	return err
}

func answerReport(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	who, err := chosen(ctx, s, a, "reporter", parts(Reported))
	if err != nil {
		return err
	}
	say(s, who[0], What(a.Get("outcome")), a.Get("public"), "")
	return nil
}

// options are the invitees to choose from, for each need that names some.
func (p *Invitation) options() map[string][]workflow.Option {
	all := map[string][]workflow.Option{}
	for _, i := range p.Invitees {
		one := workflow.Option{Value: strconv.Itoa(i.No), Label: i.Name + "（" + p.Standing(i, p.Matter.State) + "）"}
		for need, fits := range map[string]bool{"who": true, "came": !i.Came(), "reporter": i.Part == Reported} {
			if fits {
				all[need] = append(all[need], one)
			}
		}
	}
	return all
}
