package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/press"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// tip is a lead of the demonstration and the path that it takes. Days of an embargo are
// counted from the step that says them.
type tip struct {
	title, known, questions string
	path                    string
	ago                     int // hours since the last step
}

// Paths that others go on from.
const (
	lodged    = `enter_lead`
	askedUnit = lodged + `; 1d hand_over_lead`
	atWork    = askedUnit + `; 5h sign`
	phrased   = atWork + `; 2d draft_statement`
	told      = phrased + `; 1d sign_statement`
)

// tips are the leads of the year, of one journalist: each state has one.
var tips = []tip{
	{title: "镇区停车场工程款", known: "两家分包说，验收一年没有拿到钱，镇里说等上级。", questions: "欠多少、为什么欠\n哪一天付", path: lodged + ` until=12`, ago: 6},
	{title: "招商承诺的租金补贴", known: "入驻企业出示了当时的承诺书复印件，说补贴只发过一次。", path: lodged, ago: 20},
	{title: "村道工程款", known: "施工队长口述，账在村里。", questions: "欠多少\n哪一天付清", path: askedUnit, ago: 10},
	{title: "供热补助", known: "三个小区的业主都收到过通知，钱没有到。", questions: "补助发到哪一步\n为什么晚", path: atWork, ago: 8 * day}, // late, and told
	{title: "学校食堂欠款", known: "供货商提供了送货单。", questions: "欠多少\n怎样还", path: phrased, ago: 20},
	{title: "环卫外包付款", known: "工人说三个月没有发工资。", questions: "政府付款付到哪个月\n怎样保证工资", path: told + `; 1d note_publication`, ago: 2 * day},
	{title: "保证金退还", known: "中标企业说保证金压了一年。", questions: "为什么没有退\n哪一天退", path: atWork + `; 2d decline`, ago: 3 * day},
	{title: "路灯电费", known: "村干部说电费拖欠，晚上停电。", questions: "欠了多少\n怎样付", ago: 12 * day,
		path: told + `; 1d note_publication; 1d correct_publication no=1; 1d note_publication; 1d drop_publication no=2; 2d publish`},
	{title: "安置过渡费", known: "安置户说第二年起没有按时发。", questions: "发到哪一季\n为什么停", ago: 40 * day,
		path: lodged + ` until=35; 1d hand_over_lead; 4h sign; 1d draft_statement; 3h return_statement; 1d draft_statement; 1d sign_statement; 12d extend_embargo in=30; 42d publish; 2d take_down; 1h mend_statement; 1d draft_statement; 1d sign_statement; 1d publish; 3d close_lead`},
	{title: "老年食堂补助", known: "食堂负责人说垫了半年菜钱。", questions: "补助到了没有\n以后怎么发", ago: 25 * day,
		path: lodged + ` until=30; 1d hand_over_lead; 5h sign; 2d draft_statement; 1d sign_statement; 3d lift_embargo; 1d ask_again; 2d draft_statement; 1d sign_statement; 2d close_lead`},
	{title: "前任承诺的项目", known: "企业说换届以后没有人认账，给了会议纪要的编号。", path: lodged + `; 1d note; 1d take_up`, ago: 30 * day},
	{title: "集贸市场改造", known: "摊主说改造停了半年。", questions: "什么时候复工\n钱从哪里来", path: askedUnit + `; 1d recall; 4h hand_over_lead lead=JX-ZJJ; 1d recall; 3h answer_self; 4d close_lead`, ago: 60 * day},
	{title: "校车运费", known: "校车公司说等了一年。", questions: "付了没有", path: askedUnit + `; 1d withdraw_lead`, ago: 80 * day},
}

// scoop is a tip on its way.
type scoop struct {
	*walk
	tip
	nth    int
	path   []step
	times  []time.Time
	number string
}

// leads are the tracks of the year's leads.
func leads(ctx context.Context, w *walk) ([]*track, error) {
	type row struct {
		Title, Number string
		Done          int
	}
	there, err := pg.All[row](ctx, w.desk.Pool, `
		SELECT m.title, m.number, (SELECT count(*) FROM event e WHERE e.actor <> 'system' AND e.matter_id = m.id) AS done FROM matter m WHERE m.kind = 'press'`, nil)
	if err != nil {
		return nil, fmt.Errorf("leads of the year: %w", err)
	}
	all := w.office.tips
	if all == nil {
		all = tips
	}
	var tracks []*track
	for i, one := range all {
		l := &scoop{walk: w, tip: one, nth: i + 1}
		if l.path, err = parsePath(one.path); err != nil {
			return nil, err
		}
		l.times = schedule(l.path, func(step) hours { return officeHours }, w.today.Add(-time.Duration(one.ago)*time.Hour), w.dates, 7000+i)
		t := &track{times: l.times, do: l.do}
		if at := slices.IndexFunc(there, func(r row) bool { return r.Title == one.title }); at >= 0 {
			l.number, t.done = there[at].Number, there[at].Done
		}
		tracks = append(tracks, t)
	}
	return tracks, nil
}

// do takes the path's step i.
func (l *scoop) do(ctx context.Context, i int) error {
	s := l.path[i]
	row := press.Law.Rows(s.action)[0]
	o := workflow.Order{Number: l.number, Action: s.action, By: l.firstWith(ofOffice(row.By), l.inHand(i)), Answers: filled("press", row, s, l.times[i], l.nth, i)}
	later := func(name, in string) {
		if days, err := strconv.Atoi(in); err == nil {
			delete(o.Answers, name)
			onDay(o.Answers, "until", clock.On(l.times[i]).AddDays(days))
		}
	}
	switch s.action {
	case press.Enter:
		later("until", s.say["until"])
		o.Answers["who"], o.Answers["title"], o.Answers["known"], o.Answers["questions"] = []string{"赵演示"}, []string{l.title}, []string{l.known}, []string{l.questions}
		done, err := l.leads.Begin(ctx, o)
		l.number = done.Number
		return l.said(s, err)
	case press.HandOver:
		o.Answers["lead"] = []string{l.unit(s)}
	case press.Extend:
		later("in", s.say["in"])
	}
	read, err := l.leads.Read(ctx, l.firstWith(staff.Supervisor, ""), o.Number)
	if err != nil {
		return err
	}
	for name, value := range read.Matter.Seen { // what was read is named
		o.Answers[name] = []string{value}
	}
	_, err = l.leads.Move(ctx, o)
	return l.said(s, err)
}

func (l *scoop) said(s step, err error) error {
	if err != nil {
		return fmt.Errorf("%s, %s by the path %s: %w %v", l.title, s.action, l.tip.path, err, fault.FieldsOf(err))
	}
	return nil
}

// unit is whom a step asks.
func (l *scoop) unit(s step) string {
	return cmp.Or(s.say["lead"], []string{Finance, Housing, Justice}[l.nth%3])
}

// inHand is the unit that has it at a step: that of the last handing over.
func (l *scoop) inHand(i int) string {
	for ; i >= 0; i-- {
		if l.path[i].action == press.HandOver {
			return l.unit(l.path[i])
		}
	}
	return ""
}
