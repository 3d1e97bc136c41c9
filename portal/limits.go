package portal

import (
	"context"
	"fmt"

	"zhengxin/internal/clock"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// limits are the terms of a complaint as the pages say them. They are read
// from the clock rules in force today, so that no page promises another term
// than the one that is counted.
type limits struct {
	Register, Accept, Answer, Review clock.Rule // our promises, and the complainant's own term
	Notice, Conclude, Object         clock.Rule // what the law allows at most
}

func (p pages) limits(ctx context.Context) (limits, error) {
	table, err := p.Clocks.Table(ctx)
	if err != nil {
		return limits{}, err
	}
	var l limits
	today := clock.On(p.Now())
	for code, into := range map[clock.Code]*clock.Rule{
		clock.PlatformRegister: &l.Register, clock.PlatformAccept: &l.Accept, clock.PlatformAnswer: &l.Answer,
		clock.PetitionReview: &l.Review, clock.PetitionNotice: &l.Notice, clock.PetitionConclude: &l.Conclude,
		clock.PetitionObject: &l.Object,
	} {
		rule, ok := table.Rule(code, today)
		if !ok { // the pages that lead to filing open without it
			rule.Basis = "依据待公布"
		}
		*into = rule
	}
	return l, nil
}

// termOf is the length of a term: 5 个工作日, 30 天. Where no rule is in force
// nothing is promised that is not counted.
func termOf(r clock.Rule) string {
	if r.Limit == 0 {
		return "规定时间"
	}
	unit := map[clock.Unit]string{clock.WorkingDays: "个工作日", clock.NaturalDays: "天", clock.Months: "个月", clock.Hours: "小时"}[r.Unit]
	return view.N(r.Limit, unit)
}

// ticksOf is how many ticks a step has on the ruler: a tick a day where there
// is room, and never so few that it does not look like a ruler.
func ticksOf(r clock.Rule) int { return min(max(r.Limit, 4), 12) }

func (l limits) way() site.Way {
	return site.Way{Steps: []site.WayStep{
		{Title: "登记", Limit: termOf(l.Register), Note: "我们收下投诉，给您编号和查询码。", Ticks: ticksOf(l.Register)},
		{Title: "决定是否受理", Limit: termOf(l.Accept), Note: fmt.Sprintf("法定上限 %s。不受理会写明理由和该去哪里。", termOf(l.Notice)), Ticks: 8},
		{Title: "交承办单位", Limit: "受理以后", Note: "不会交给被投诉的单位，也不会交给它的下属。", Ticks: 4},
		{Title: "书面答复", Limit: termOf(l.Answer), Note: fmt.Sprintf("从受理算起，法定上限 %s，最多延一次。逾期会公开。", termOf(l.Conclude)), Ticks: ticksOf(l.Answer)},
		{Title: "您来评价", Limit: termOf(l.Review) + "内", Note: "不满意，可以申请复查。没有解决的，不会写成“已解决”。", Ticks: 6},
	}}
}
