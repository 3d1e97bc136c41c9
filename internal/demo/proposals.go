package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// The demonstration's congress and committee.
const (
	congress  = 16
	committee = 10
	session   = 3
)

// bid is a proposal of the demonstration and the path that it takes; a step on 1 or 2 is
// one of the parts into which it was divided.
type bid struct {
	source  proposal.Source
	title   string
	content string
	points  []string
	signers string
	path    string
	ago     int // hours since the last step
}

// Paths that others go on from.
const (
	entered   = `enter_proposal`
	given     = entered + `; 2d hand_over`
	taken     = given + `; 1d sign`
	consulted = taken + `; 22d consult how=visit`
	written   = consulted + `; 12d draft_answer`
	signed    = written + `; 2d reply`
	delivered = signed + `; 3d serve how=direct`
	content   = delivered + `; 9d agree attitude=satisfied result=satisfied consent=full`
	halfway   = delivered + `; 12d agree attitude=satisfied result=basic consent=outcome`
	disagreed = delivered + `; 8d disagree attitude=basic result=dissatisfied consent=full`
	redone    = disagreed + `; 2d take_up_again; 6d consult how=meeting; 5d draft_answer; 2d reply; 2d serve how=official`
)

// Paths of what is promised: how many days after the answer was written it is due.
const (
	promisedSoon = consulted + `; 8d draft_answer class=B in=12; 2d reply; 3d serve how=direct`
	promised     = consulted + `; 8d draft_answer class=B in=40; 2d reply; 3d serve how=direct; 9d agree attitude=satisfied result=satisfied consent=full; 3d archive`
)

// bids are the proposals of the year: each state has one, most are over.
var bids = []bid{
	{source: proposal.OfDeputies, title: "关于限期付清村级道路工程款的建议", content: "近三年修的村道，验收以后工程款一拖再拖，施工队垫资过年，工人工资也受影响。",
		points: []string{"列出拖欠清单，逐笔写明欠多少、为什么欠、哪一天付", "新开的工程，没有落实资金的不开工"}, signers: "陈演示、李演示", path: entered, ago: 20},
	{source: proposal.OfMembers, title: "关于公开政府承诺兑现情况的提案", content: "招商时答应的事项，企业进来以后不知道向谁问、什么时候办。",
		points: []string{"把承诺事项列成清单公开", "到期没有办到的说明原因"}, signers: "林演示", path: given, ago: 26},
	{source: proposal.OfDeputies, title: "关于解决镇区供水改造欠款的建议", content: "供水改造已经投用两年，材料款还欠着三家小企业。",
		points: []string{"核实欠款，分期付清", "今后采购在合同里写明付款日"}, signers: "陈演示", path: given + `; 1d object`, ago: 30},
	{source: proposal.OfDeputies, title: "关于规范政府购买服务付款的建议", content: "保洁、养护这些服务按月做，却按年付，小公司周转不开。",
		points: []string{"服务类合同按月或者按季付款", "拖延付款的要有说法", "把付款情况纳入单位考核"}, signers: "李演示、陈演示", ago: 40,
		path: entered + `; 2d hand_over lead=JX-CZJ co=JX-SFJ; 1d sign; 2h assign by=head person=handler-2; 2h co_sign; 9d co_opinion; 5d consult how=site; 6d answer_interim; 1d note; 2h mark_key; 2h change_co co_out=JX-SFJ co=JX-ZJJ`},
	{source: proposal.OfDeputies, title: "关于付清文化站修缮尾款的建议", content: "文化站修好一年半，尾款没有付，施工队来要过几次。",
		points: []string{"核实尾款，写明哪一天付"}, signers: "陈演示", ago: 6 * day,
		path: taken + `; 96d chase by=supervisor; 9d supervise; 25d supervise by=leader; 25d talk by=leader; 25d circulate by=leader`},
	{source: proposal.OfMembers, title: "关于建立拖欠账款投诉绿色通道的提案", content: "小企业投诉欠款，材料交了几遍，没有人说办到哪一步。",
		points: []string{"一次告知要交什么", "办到哪一步随时能查"}, signers: "林演示、方演示", path: written, ago: 25},
	{source: proposal.OfDeputies, title: "关于兑现安置补偿承诺的建议", content: "征地时答应的过渡费，第二年起没有按时发。",
		points: []string{"补发欠发的过渡费", "以后每季度公示发放情况"}, signers: "陈演示", path: signed, ago: 30},
	{source: proposal.OfDeputies, title: "关于严格控制新增政府债务的建议", content: "有的乡镇一边欠账，一边上新项目。",
		points: []string{"新上项目先查欠账", "违规举债的公开处理结果"}, signers: "李演示", path: delivered, ago: 5 * day},
	{source: proposal.OfMembers, title: "关于落实法院判决、仲裁裁决的提案", content: "有的单位官司输了，判决生效半年还没有履行。",
		points: []string{"列出没有履行的生效判决", "逐件定履行日期"}, signers: "方演示", path: disagreed, ago: 2 * day},
	{source: proposal.OfDeputies, title: "关于清理涉企保证金的建议", content: "工程完了两年，质保金还没有退。",
		points: []string{"到期的保证金一个月内退还"}, signers: "李演示", path: disagreed + `; 1d take_up_again`, ago: 4 * day},
	{source: proposal.OfDeputies, title: "关于按期支付环卫工人工资的建议", content: "外包公司说政府没有付款，工人三个月没有拿到钱。",
		points: []string{"查清哪一环欠款", "先行垫付工资"}, signers: "陈演示、李演示", path: content, ago: 3 * day},
	{source: proposal.OfMembers, title: "关于换届以后旧账有人认的提案", content: "前任答应的事，换了领导就说不清楚。",
		points: []string{"交接清单写明承诺和欠款", "新任在三个月内答复怎么办"}, signers: "林演示", path: content + `; 3d publish`, ago: 8 * day},
	{source: proposal.OfDeputies, title: "关于公开乡镇债务的建议", content: "村民想知道镇里欠多少、欠谁的。",
		points: []string{"每年公开一次"}, signers: "陈演示", path: content + `; 3d publish; 2d take_down; 1d publish; 2d archive`, ago: 40 * day},
	{source: proposal.OfDeputies, title: "关于学校工程尾款的建议", content: "教学楼用了三年，尾款没有付。",
		points: []string{"付清尾款", "以后按进度付款"}, signers: "李演示", path: redone + `; 7d agree attitude=basic result=basic consent=outcome; 2d publish; 3d archive`, ago: 25 * day},
	{source: proposal.OfDeputies, title: "关于农田水利欠款的建议", content: "水渠修好两年，合作社垫的钱没有还。",
		points: []string{"还清垫款"}, signers: "陈演示", path: redone + `; 6d disagree attitude=dissatisfied result=dissatisfied consent=none; 3d end_disagreed; 2d archive`, ago: 50 * day},
	{source: proposal.OfMembers, title: "关于规范招商承诺的提案", content: "招商时口头答应的，事后没有人认。",
		points: []string{"承诺一律写成书面", "承诺以前先作合法性审查", "承诺兑现情况每年报告"}, signers: "方演示、林演示", ago: 12 * day,
		path: entered + `; 3d hand_over lead=JX-CZJ; 1d object; 1d agree_return; 1d hand_over lead=JX-SFJ; 1d sign; 20d lengthen`},
	{source: proposal.OfDeputies, title: "关于乡村公益岗位补贴的建议", content: "补贴发得不准时。",
		points: []string{"每月按时发放"}, signers: "李演示", path: entered + `; 2d hand_over lead=JX-ZJJ; 1d object; 1d refuse_return; 4d recall; 1d hand_over lead=JX-CZJ`, ago: 9 * day},
	{source: proposal.OfDeputies, title: "关于物业费、供热费补助的建议", content: "补助文件下了，一年没有兑现。",
		points: []string{"兑现上年补助", "今年的按季度发"}, signers: "陈演示、李演示", path: written + `; 1d return_answer`, ago: 2 * day},
	{source: proposal.OfMembers, title: "关于信用承诺公示的提案", content: "单位作出的信用承诺看不到。",
		points: []string{"在门户网站公示"}, signers: "林演示", path: signed + `; 1d void_paper`, ago: 2 * day},
	{source: proposal.OfDeputies, title: "关于统筹解决历史欠账的建议", content: "历史欠账牵涉财政、住建几家，互相推。",
		points: []string{"财政列出资金缺口", "住建核实工程量", "资金按工程量分期拨付"}, signers: "陈演示、李演示", ago: 6 * day,
		path: entered + `; 2d divide unit_1=JX-CZJ unit_2=JX-ZJJ unit_3=JX-CZJ; 1d 1.hand_over lead=JX-CZJ; 1d 1.sign; 3h 2.hand_over lead=JX-ZJJ`},
	{source: proposal.OfDeputies, title: "关于路灯电费的建议", content: "村里路灯电费拖欠，晚上停电。",
		points: []string{"付清电费"}, signers: "李演示、陈演示", path: given + `; 5d leave who=陈演示; 4d withdraw`, ago: 60 * day},
	{source: proposal.BetweenTwo, title: "关于秋收以前付清烟站运费的建议", content: "运费拖了一季。",
		points: []string{"秋收以前付清"}, signers: "陈演示", path: signed + `; 3d serve_online`, ago: 70 * day}, // nobody answers: it lapses
	{source: proposal.OfMembers, title: "关于付清老年食堂补助的提案", content: "补助文件发了，食堂垫了半年菜钱。",
		points: []string{"付清上半年补助"}, signers: "方演示", path: delivered + `; 45d agree attitude=basic result=basic consent=outcome; 2d publish`, ago: 10 * day}, // it had lapsed
	{source: proposal.OfDeputies, title: "关于退还农民工工资保证金的建议", content: "工程完工半年，保证金还压着。",
		points: []string{"一个月内退还到期的保证金"}, signers: "李演示", path: promised + `; 12d keep_promise`, ago: 60 * day},
	{source: proposal.OfMembers, title: "关于兑现人才补贴的提案", content: "引进时答应的补贴，第二年没有发。",
		points: []string{"补发上年的补贴"}, signers: "林演示", path: promised + `; 45d keep_promise`, ago: 15 * day}, // broken meanwhile
	{source: proposal.OfDeputies, title: "关于付清校车运费的建议", content: "校车公司等了一年运费。",
		points: []string{"付清上年运费"}, signers: "陈演示", path: promised, ago: 45 * day}, // broken, and owed
	{source: proposal.OfDeputies, title: "关于付清乡镇卫生院设备款的建议", content: "设备用了两年，尾款没有付。",
		points: []string{"付清设备尾款"}, signers: "李演示、陈演示", path: promised + `; 45d promise_anew`, ago: 20 * day},
	{source: proposal.OfMembers, title: "关于兑现旅游项目奖补的提案", content: "奖补文件发了，钱没有到。",
		points: []string{"按文件兑现"}, signers: "方演示", ago: 60 * day,
		path: promisedSoon + `; 20d agree attitude=satisfied result=basic consent=outcome; 5d end_promise; 2d archive`}, // broken before anybody said what they think
	{source: proposal.OfMembers, title: "关于减少重复检查的提案", content: "同一件事几家单位来查。",
		points: []string{"合并检查"}, signers: "方演示", path: halfway + `; 4d publish; 3d archive`, ago: 120 * day},
}

// motion is a bid on its way.
type motion struct {
	*walk
	bid
	nth    int
	path   []step
	times  []time.Time
	number string
	parts  []string // numbers of what it was divided into
}

// proposals are the tracks of the year's proposals.
func proposals(ctx context.Context, w *walk) ([]*track, error) {
	type row struct {
		Source proposal.Source
		Serial int
		Number string
		Parts  []string
		Done   int
	}
	there, err := pg.All[row](ctx, w.desk.Pool, `
		SELECT o.source, o.serial, m.number, ARRAY(SELECT x.number FROM proposal c JOIN matter x ON x.id = c.matter_id WHERE c.part_of = m.id ORDER BY x.id) AS parts,
			(SELECT count(*) FROM event e WHERE e.actor <> 'system' AND e.action <> 'enter_part'
				AND (e.matter_id = m.id OR e.matter_id IN (SELECT c.matter_id FROM proposal c WHERE c.part_of = m.id))) AS done
		FROM proposal o JOIN matter m ON m.id = o.matter_id WHERE o.part_of IS NULL`, nil)
	if err != nil {
		return nil, fmt.Errorf("proposals of the year: %w", err)
	}
	all := w.office.bids
	if all == nil {
		all = bids
	}
	var tracks []*track
	for i, b := range all {
		m := &motion{walk: w, bid: b, nth: i + 1}
		if m.path, err = parsePath(b.path); err != nil {
			return nil, err
		}
		m.times = schedule(m.path, func(step) hours { return officeHours }, w.today.Add(-time.Duration(b.ago)*time.Hour), w.dates, 5000+i)
		t := &track{times: m.times, do: m.do}
		if at := slices.IndexFunc(there, func(r row) bool { return r.Source == b.source && r.Serial == m.nth }); at >= 0 {
			m.number, m.parts, t.done = there[at].Number, there[at].Parts, there[at].Done
		}
		tracks = append(tracks, t)
	}
	return tracks, nil
}

// do takes the path's step i.
func (m *motion) do(ctx context.Context, i int) error {
	s := m.path[i]
	o := workflow.Order{Number: m.number, Action: s.action, By: m.actor(i), Answers: m.answers(i)}
	if s.on != "" {
		nth, err := strconv.Atoi(s.on)
		if err != nil || nth < 1 || nth > len(m.parts) {
			return fmt.Errorf("%s has no part %s", m.title, s.on)
		}
		o.Number = m.parts[nth-1]
	}
	if s.action == proposal.Enter {
		done, err := m.bidden.Begin(ctx, o)
		m.number = done.Number
		return m.said(s, err)
	}
	read, err := m.bidden.Read(ctx, m.firstWith(staff.Supervisor, ""), o.Number)
	if err != nil {
		return err
	}
	if open := read.Promises.Open().Options(); len(open) > 0 {
		o.Answers["point"] = []string{open[0].Value}
	}
	for name, value := range read.Matter.Seen { // what was read is named
		o.Answers[name] = []string{value}
	}
	_, err = m.bidden.Move(ctx, o)
	if err == nil && s.action == proposal.Divide {
		if read, err = m.bidden.Read(ctx, o.By, o.Number); err == nil {
			for _, part := range read.Parts {
				m.parts = append(m.parts, part.Number)
			}
		}
	}
	return m.said(s, err)
}

func (m *motion) said(s step, err error) error {
	if err != nil {
		return fmt.Errorf("%s, %s by the path %s: %w %v", m.title, s.action, m.bid.path, err, fault.FieldsOf(err))
	}
	return nil
}

// row is the move of a step as its table has it.
func (m *motion) row(i int) workflow.Move { return proposal.Law.Rows(m.path[i].action)[0] }

// actor is who takes a step: whom the path names, or the first role of the move's row.
func (m *motion) actor(i int) staff.Person {
	row := m.row(i)
	return m.firstWith(row.By[0], m.inHand(i, row.Unit == workflow.CoUnit))
}

// inHand is the unit that leads or helps at a step: that of the last handing over.
func (m *motion) inHand(i int, helps bool) string {
	for on := m.path[i].on; i >= 0; i-- {
		if s := m.path[i]; s.action == proposal.HandOver && s.on == on {
			if helps {
				return s.say["co"]
			}
			return m.leads(s)
		}
	}
	return ""
}

// leads is to whom a step hands over.
func (m *motion) leads(s step) string {
	return cmp.Or(s.say["lead"], []string{Finance, Housing, Justice}[m.nth%3])
}

// answers fill in what the move of a step asks.
func (m *motion) answers(i int) workflow.Answers {
	s := m.path[i]
	a := filled("proposal", m.row(i), s, m.times[i], m.nth, i)
	on := func(name string, day clock.Date) { onDay(a, name, day) }
	if login := a.Get("person"); s.action == workflow.Assign {
		a["person"] = []string{strconv.FormatInt(m.people[login].ID, 10)}
	}
	switch s.action {
	case proposal.HandOver:
		a["lead"] = []string{m.leads(s)}
		if a["hard"] == nil {
			a["hard"] = []string{"no"}
		}
	case promise.Anew:
		on("by", m.dates.NextWorking(clock.On(m.times[i]).AddDays(45)))
	}
	switch s.action {
	case proposal.Enter:
		a["source"], a["term"], a["serial"] = []string{string(m.source)}, []string{strconv.Itoa(congress)}, []string{strconv.Itoa(m.nth)}
		if m.source == proposal.OfMembers {
			a["term"] = []string{strconv.Itoa(committee)}
		}
		if m.source != proposal.BetweenTwo {
			a["meeting"] = []string{strconv.Itoa(session)}
		}
		a["title"], a["content"], a["points"], a["signers"] = []string{m.title}, []string{m.content}, []string{strings.Join(m.points, "\n")}, []string{m.signers}
	case proposal.DraftAnswer:
		for no := 1; no <= len(m.points); no++ {
			nth, class := strconv.Itoa(no), cmp.Or(s.say["class"], []string{"B", "A", "A", "B", "C"}[vary(5, m.nth, no, "class")])
			replies := phrases["proposal.draft_answer."+class]
			a["class_"+nth], a["reply_"+nth] = []string{class}, []string{replies[vary(len(replies), m.nth, no, i)]}
			if class == "C" {
				a[law.Other], a[law.Anyway] = []string{"《中华人民共和国预算法》第十三条"}, []string{"yes"}
			}
			if class == "B" {
				in, err := strconv.Atoi(s.say["in"])
				if err != nil {
					in = 60 + vary(90, m.nth, no, "by")
				}
				on("by_"+nth, m.dates.NextWorking(clock.On(m.times[i]).AddDays(in)))
			}
		}
	}
	return a
}

// publishReport publishes how the proposals of last year were handled. A year in which none
// was handed over has no report.
func (w *walk) publishReport(ctx context.Context) error {
	year := clock.On(w.today).Year - 1
	shown, err := w.bidden.Reports(ctx, year)
	if err != nil || len(shown) > 0 {
		return err
	}
	err = w.bidden.PublishReport(ctx, w.office.Daybook, proposal.Asker{By: w.firstWith(staff.Publisher, "")}, year, func(string) bool { return true })
	if fault.Is(err, fault.Forbidden) {
		return nil
	}
	return err
}
