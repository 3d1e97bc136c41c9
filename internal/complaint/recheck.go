package complaint

import (
	"context"
	"fmt"
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/form"
	"zhengxin/internal/law"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a complaint stands that is rechecked.
const (
	RecheckRequested workflow.State = "recheck_requested"
	Rechecked        workflow.State = "rechecked"
)

// What is done about a recheck (信访工作条例 36): asked for by the complainant, answered by the
// body above whoever reviewed. Where that is another body, its opinion is recorded.
const (
	AskRecheck    workflow.Action = "ask_recheck"
	HoldHearing   workflow.Action = "hold_hearing"
	RecheckUphold workflow.Action = "recheck_uphold"
	RecheckChange workflow.Action = "recheck_change"
	RecordRecheck workflow.Action = "record_recheck"
	RecordChange  workflow.Action = "record_recheck_change"
)

// Upheld is set where a review upheld the answer: the right to a recheck hangs on it.
const Upheld = "upheld"

// recheckAsked is that a complainant asked for a recheck after the newest review.
const recheckAsked = "recheck_asked"

var recheckFlags = map[string]string{
	"!" + Upheld:       "还没有复查意见。对答复不服的，先申请复查（《信访工作条例》第三十五条）。",
	"!" + recheckAsked: "投诉人没有请求过复核。",
}

var recheckFacts = map[string]string{
	recheckAsked: `EXISTS (SELECT FROM event r WHERE r.matter_id = m.id AND r.action = 'ask_recheck'
		AND NOT EXISTS (SELECT FROM event u WHERE u.matter_id = m.id AND u.action IN ('uphold', 'recheck_change', 'record_recheck_change') AND u.seq > r.seq))`,
}

// RechecksHere says that this office is itself the body that rechecks: its settings name it
// as both.
func RechecksHere(body, host string) bool { return body != "" && body == host }

// viewRecheck are those whose complainants asked for a recheck that is not answered yet, here
// or by the other body.
var viewRecheck = register.View{Name: "recheck", Label: "等复核意见", For: RecordRecheck, Where: `'` + Upheld + `' = ANY (m.flags) AND m.state IN ('closed', 'reopened', 'recheck_requested') AND ` + recheckFacts[recheckAsked]} // by the index matter_upheld

// reviewed are whoever answered or reviewed: none of them rechecks.
var reviewed = append(slices.Clone(drafters), Uphold)

// hearing is the ground on which the term of a recheck stands still, and no other.
const hearing = "HEARING"

func recheckMoves() []workflow.Move {
	asked, standing := []workflow.State{RecheckRequested}, []workflow.State{Closed, Reopened} // a promise that is broken takes no right
	outcome := workflow.Need{Name: "public", Label: "复核意见", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写复核意见和理由"}
	decide := workflow.Move{
		Action: RecheckUphold, Never: []string{staff.ReaderMeant}, Label: "维持，复核终结", Done: "复核意见已经送出，本件终结", Heading: "复核意见", From: asked, To: Rechecked, By: review, NotBy: reviewed, Anew: reviewed,
		Effect: "复核认为答复和复查意见没有错：到此终结，同一事实和理由不再受理。写过、批过、送过答复，或者复查过的人不能办这一步。",
		Basis:  []string{"XF-36"},
		Needs:  append([]workflow.Need{outcome}, law.Further("《信访工作条例》第三十六条")...), Stops: []clock.Code{clock.RecheckAnswer, clock.Pausing}, Clears: []string{extension.Paused},
		Tells: toComplainant("rechecked"), Public: "依据{basis}，复核后维持复查意见，到此终结：{public}", Hard: true,
	}
	change := decide
	change.Action, change.To, change.Recalls, change.Afresh = RecheckChange, Accepted, true, true
	change.Label, change.Done, change.News = "改变，重新办理", "复核意见已经送出，等另派单位", "复核要求重新办理"
	change.Effect = "复核认为要改：收回来另派，由没有答复过的人重办。答复期限重新起算。"
	change.Starts, change.Clears = []clock.Code{clock.PlatformAnswer}, []string{Substantiated, FollowedUp, CaseDeclined, Upheld, extension.Paused}
	change.Public = "依据{basis}，复核后决定重新办理：{public}"

	record := decide
	record.Action, record.From, record.By, record.NotBy, record.Anew, record.Only, record.Quiet = RecordRecheck, standing, desk, nil, nil, []string{recheckAsked}, true
	record.Stops, record.Clears = nil, nil
	record.Never = []string{staff.ReaderMeant}
	record.Label, record.Done = "记下复核意见：维持", "复核意见已经记下，本件终结"
	record.Effect = "别的机关复核后维持的：写明是哪个机关、文号和日期。到此终结，同一事实和理由不再受理。投诉人看得到。"
	record.Needs = []workflow.Need{
		{Name: "body", Label: "复核机关", Kind: workflow.AskLine, Max: 60, Ask: "请写复核机关"},
		{Name: "document", Label: "文号", Hint: "照抄复核意见书上的。", Kind: workflow.AskLine, Max: 60, Ask: "请写复核意见书的文号"},
		{Name: "dated", Label: "复核意见的日期", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "照抄复核意见书上的日期", Ask: "请写复核意见的日期"},
		outcome,
	}
	record.Public = "{body}{dated}作出复核意见（{document}），维持复查意见，依据{basis}到此终结：{public}"
	changed := record
	changed.Action, changed.To, changed.Recalls, changed.Afresh, changed.News = RecordChange, Accepted, true, true, "复核要求重新办理"
	changed.Label, changed.Done = "记下复核意见：要重新办理", "复核意见已经记下，等另派单位"
	changed.Effect = "别的机关复核后要求重新办理的：收回来另派，由没有答复过的人重办。答复期限重新起算。"
	changed.Starts, changed.Clears, changed.Stops = change.Starts, change.Clears, []clock.Code{clock.ClosingVerified}
	changed.Public = "{body}{dated}作出复核意见（{document}），要求重新办理，依据{basis}照办：{public}"
	rows := []workflow.Move{
		{
			Action: AskRecheck, Quiet: true, Writes: true, News: "投诉人请求复核", Label: "请求复核", Done: "请求复核已经记下。", Heading: "您请求复核", From: standing, MayLead: asked, By: citizen, Only: []string{Upheld}, Never: []string{ClosedBefore},
			Effect: "对复查意见不服的，请求上一级机关复核。复核意见是最后的意见。",
			Within: workflow.Term{Clock: clock.PetitionRecheck,
				Over: "请求复核的期限到{day}，已经过了（《信访工作条例》第三十六条）。有新的事实，可以另外投诉。",
				Used: "已经请求过复核。复核意见是最后的意见（《信访工作条例》第三十六条）。"},
			Needs: []workflow.Need{openWords("不服哪里", "请写不服哪里、为什么", 5000, openly), personal("note"), told("承办单位只知道您请求了复核，看不到您写的话")},
			Stops: []clock.Code{clock.PetitionRecheck}, MayStart: []clock.Code{clock.RecheckAnswer}, Tells: []workflow.Tell{{Template: "recheck_asked", To: letter.ToDesk}},
			Public: "您请求复核。{where}",
		},
		{
			Action: HoldHearing, Aside: true, Label: "听证，暂停计时", Done: "已经暂停计时", Heading: "听证", From: asked, By: []workflow.Role{staff.Leader}, NotBy: reviewed, Anew: reviewed, Never: []string{extension.Paused}, Sets: []string{extension.Paused},
			Pauses: []clock.Code{clock.RecheckAnswer}, MayStart: []clock.Code{clock.Pausing},
			Effect: "听证的这些天不算在复核的" + clock.RecheckAnswer.Length() + "里（《信访工作条例》第三十六条），别的期限不暂停。到那一天自动恢复，提前结束的提前恢复。投诉人看得到。",
			Needs: []workflow.Need{
				{Name: "document", Label: "凭哪份文书", Hint: "写名称和文号，例如：听证通知书〔2026〕3号", Kind: workflow.AskLine, Max: 200, Ask: "请写凭哪份文书"},
				{Name: "until", Label: "最迟到哪一天", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写最迟到哪一天"},
				{Name: "public", Label: "什么时候、在哪里听证", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写什么时候、在哪里听证"},
			},
			Tells: toComplainant("paused"), Public: "复核要听证，最迟到{until}，凭{document}：{changes}。{public}", Hard: true, Does: extension.Standing(hearing),
		},
		decide, change, record, changed,
	}
	return rows
}

// askRecheck leads to the recheck where it is this office's, and else tells where to go.
func askRecheck(ctx context.Context, s *workflow.Step) error {
	type place struct{ Host, Body string }
	p, err := pg.One[place](ctx, s.Conn, `
		SELECT coalesce((SELECT value FROM setting WHERE key = 'host'), '') AS host, coalesce((SELECT value FROM setting WHERE key = 'recheck_body'), '') AS body`, nil)
	switch {
	case err != nil:
		return fmt.Errorf("who rechecks: %w", err)
	case RechecksHere(p.Body, p.Host):
		s.Word("where", s.Said("由没有答复、复查过的人办理，"+clock.RecheckAnswer.Length()+"内告诉您结果。"))
		s.Start(clock.RecheckAnswer, s.At)
		s.Stop(clock.ClosingVerified)
		s.Lead(RecheckRequested)
	default:
		s.Word("where", "复核由"+RecheckBody(p.Body)+"办理：请把复核申请书交到那里，有了结果这里会记下来。")
	}
	return nil
}

// RecheckBody is who rechecks, as the office has set it.
func RecheckBody(set string) string {
	if set == "" {
		return "作出复查意见的机关的上一级机关"
	}
	return set
}

// recordRecheck says whose opinion it is and of when.
func recordRecheck(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Word("body", form.Line(a.Get("body")))
	s.Word("document", form.Line(a.Get("document")))
	s.Word("dated", a.Date(s.Move.Need("dated"), s.At).Long())
	return nil
}
