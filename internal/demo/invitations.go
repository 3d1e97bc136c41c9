package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/invitation"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// call is an invitation of the demonstration and the path that it takes.
type call struct {
	sort, title, asked, units, area, invitees, organisations, path string
	ago                                                            int // hours since the last step
}

// Paths that others go on from. Who came is named by place in the list.
const (
	called   = `invite; 2h send; 1d accept who=1 how=phone; 1d decline who=2 how=paper`
	both     = `invite; 2h send; 1d accept who=1 how=phone; 1d accept who=2 how=paper`
	heldOnce = called + `; 20d hold came=1`
)

// calls are the invitations of the year: each state has one.
var calls = []call{
	{sort: "inspection", title: "视察欠薪投诉窗口", asked: "看来访的人等多久，登记了几件，答复了几件。", units: Justice, invitees: "陈演示、方演示", path: `invite; 1h redate`, ago: 3},
	{sort: "inspection", title: "视察工程款结算窗口", asked: "看结算申请交上来以后多少天有答复，要不要重复交材料；问办事的人跑了几趟。", units: Housing, invitees: "陈演示、李演示", path: `invite; 2h send; 1d accept by=李演示`, ago: 10},
	{sort: "hearing", title: "惠企政策兑现听证会", asked: "企业说奖补没有按文件兑现。请听一听双方怎么说，再谈您的看法。", area: "产业集聚区", invitees: "林演示、陈演示、方演示", path: called + `; 10d accept who=3 how=visit`, ago: 12},
	{sort: "inspection", title: "视察农村公路欠款清偿", asked: "看三条村道的付款凭证，走访施工队。", units: Finance + "," + Housing, invitees: "陈演示、李演示", path: both + `; 20d hold came=1,2; 1d report by=陈演示`, ago: 20},
	{sort: "inspection", title: "视察保证金退还", asked: "抽十份到期的合同，看保证金退了没有、哪一天退的。", units: Finance, invitees: "李演示、林演示", path: heldOnce + `; 3d report who=1 how=paper`, ago: 4 * day},
	{sort: "third_party", title: "评估涉企承诺清单", asked: "逐条核对承诺清单：办到没有、凭什么说办到。", units: Justice, invitees: "方演示", organisations: "演示大学法学院", path: both + `; 20d hold came=1; 1d attend came=2; 2d report who=2 how=paper`, ago: 50 * day},
	{sort: "inspection", title: "视察物业费补助发放", asked: "看补助发放表，电话回访二十户。", units: Housing, invitees: "陈演示、林演示", ago: 20 * day,
		path: called + `; 1d add_invitee invitees=方演示; 1d accept who=3 how=phone; 1d withdraw who=1 how=phone; 20d hold came=3; 2d report who=3 how=paper; 4d answer_report reporter=3 outcome=partly; 1d note; 2d close`},
	{sort: "hearing", title: "征地过渡费发放听证会", asked: "过渡费第二年起没有按时发，请听一听为什么。", area: "城关镇", invitees: "李演示、方演示", ago: 35 * day,
		path: called + `; 4d postpone; 2d accept who=1 how=phone; 1d accept who=2 how=paper; 20d hold came=1,2; 2d report who=1 how=paper; 1d report who=2 how=visit; 5d answer_report reporter=1 outcome=adopted; 1h answer_report reporter=2 outcome=refused; 2d close`},
	{sort: "inspection", title: "视察校园工程尾款", asked: "看两所学校的结算和付款。", units: Finance, invitees: "陈演示、李演示", path: called + `; 2d cancel`, ago: 40 * day},
	{sort: "inspection", title: "视察镇区路灯维修", asked: "看报修单和修好的日子。", area: "镇区", invitees: "林演示", path: `invite; 1h add_invitee invitees=方演示; 3h drop`, ago: 90 * day},
}

// summons is a call on its way.
type summons struct {
	*walk
	call
	nth    int
	path   []step
	times  []time.Time
	number string
}

// invitations are the tracks of the year's invitations.
func invitations(ctx context.Context, w *walk) ([]*track, error) {
	type row struct {
		Title, Number string
		Done          int
	}
	there, err := pg.All[row](ctx, w.desk.Pool, `
		SELECT m.title, m.number, (SELECT count(*) FROM event e WHERE e.actor <> 'system' AND e.matter_id = m.id) AS done FROM matter m WHERE m.kind = 'invitation'`, nil)
	if err != nil {
		return nil, fmt.Errorf("invitations of the year: %w", err)
	}
	all := w.office.calls
	if all == nil {
		all = calls
	}
	var tracks []*track
	for i, one := range all {
		m := &summons{walk: w, call: one, nth: i}
		if m.path, err = parsePath(one.path); err != nil {
			return nil, err
		}
		m.times = schedule(m.path, func(step) hours { return officeHours }, w.today.Add(-time.Duration(one.ago)*time.Hour), w.dates, 7000+i)
		t := &track{times: m.times, do: m.do}
		for _, r := range there {
			if r.Title == one.title {
				m.number, t.done = r.Number, r.Done
			}
		}
		tracks = append(tracks, t)
	}
	return tracks, nil
}

// do takes the path's step i.
func (m *summons) do(ctx context.Context, i int) error {
	row := invitation.Law.Rows(m.path[i].action)[0]
	if name := m.path[i].by; name != "" {
		return m.says(ctx, i, name)
	}
	o := workflow.Order{Number: m.number, Action: row.Action, By: m.firstWith(staff.Registrar, ""), Answers: m.answers(i, row)}
	var err error
	if row.Action == invitation.Invite {
		var done workflow.Done
		done, err = m.guests.Begin(ctx, o)
		m.number = done.Number
	} else {
		_, err = m.guests.Move(ctx, o)
	}
	if err != nil {
		return fmt.Errorf("%s, %s: %w %v", m.title, row.Action, err, fault.FieldsOf(err))
	}
	return nil
}

// says takes a step that an invitee takes by themselves, under the portal's key.
func (m *summons) says(ctx context.Context, i int, name string) error {
	row, _ := invitation.Law.RowOf(staff.Member, m.path[i].action)
	type guest struct {
		MemberID int64
		Part     string
	}
	who, err := pg.One[guest](ctx, m.desk.Pool, `
		SELECT p.member_id, p.part FROM member_part p JOIN matter m ON m.id = p.matter_id JOIN member b ON b.id = p.member_id WHERE m.number = @number AND b.name = @name`,
		pg.Args{"number": m.number, "name": name})
	if err != nil {
		return fmt.Errorf("%s, %s is not invited: %w", m.title, name, err)
	}
	a := m.answers(i, row)
	act := workflow.Act{Number: m.number, Action: row.Action, Unlock: m.visitor.ID("unlock"), Answers: a, Words: map[string]string{"public": a.Get("public")},
		By: workflow.Actor{MemberID: who.MemberID, Name: name, Role: staff.Member, Part: who.Part}}
	_, err = m.portal.Engine.Do(ctx, invitation.Law, act, func(ctx context.Context, s *workflow.Step) error {
		return invitation.Kind.Effects[row.Action](ctx, &m.guests.Register, s, a)
	})
	return err
}

// days are those that a step says: it is held when the path holds it, so that nobody says
// afterwards that they will not come.
func (m *summons) days(i int) map[string]clock.Date {
	said := clock.On(m.times[i])
	held := said.AddDays(14)
	for at := i; at < len(m.path) && m.path[at].action != invitation.Postpone || at == i; at++ {
		if m.path[at].action == invitation.Hold {
			held = clock.On(m.times[at])
		}
	}
	return map[string]clock.Date{"reply_by": said.AddDays(8), "held_on": held, "report_by": held.AddDays(31)}
}

// answers fill in what the move of a step asks; days are counted from the step.
func (m *summons) answers(i int, row workflow.Move) workflow.Answers {
	a := workflow.Answers{"sort": {m.sort}, "title": {m.title}, "asked": {m.call.asked}, "units": strings.Split(m.call.units, ","), "area": {m.area},
		"invitees": {m.invitees}, "organisations": {m.organisations}, "hour": {"上午 9 点"}, "place": {"政务服务大厅门口"}}
	if row.Action == invitation.AddInvitee {
		a["organisations"] = nil
	}
	for name, on := range m.days(i) {
		a[name+"_year"], a[name+"_month"], a[name+"_day"] = []string{strconv.Itoa(on.Year)}, []string{strconv.Itoa(int(on.Month))}, []string{strconv.Itoa(on.Day)}
	}
	for name, value := range m.path[i].say {
		a[name] = strings.Split(value, ",")
	}
	for _, need := range row.Needs {
		if some := phrases["invitation."+string(row.Action)+"."+need.Name]; len(some) > 0 {
			a[need.Name] = []string{some[vary(len(some), m.nth, i, need.Name)]}
		}
	}
	return a
}
