package complaint

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/ladder"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about a closure that may be false (虚假办结): it is doubted by what is on
// record, by the desk or by the complainant, and verified by others than who answered.
const (
	DoubtClosing  workflow.Action = "doubt_closing"
	DenyClosing   workflow.Action = "deny_closing"
	VerifyClosing workflow.Action = "verify_closing"
	FindFalse     workflow.Action = "find_false_closing"
	RemindVerify  workflow.Action = "remind_verify"
)

// FalselyClosed is set where a closure was found false. It stays: it is the unit's record,
// and may be the ground of a case.
const FalselyClosed = "falsely_closed"

// Facts of a closure.
const (
	inDoubt      = "closing_in_doubt"  // its verification runs
	denied       = "closing_denied"    // the complainant said after it was closed that it was not done
	overridden   = "not_confirmed"     // the complainant does not say that it was solved to their satisfaction
	confirmed    = "confirmed"         // nor anything against it
	ofAnswerer   = "of_answering_unit" // the reader belongs, or belonged then, to a unit that answered it
	doubtUnheard = "doubt_unsolved"
	doubtEve     = "doubt_eve"
	doubtCopied  = "doubt_copied"
	doubtAgain   = "doubt_again"
	doubtLonger  = "doubt_longer"
)

// doubts are the reasons that are worked out at the closing, in their order: each the flag that
// keeps it, the condition on a matter m, and what is said. None is asked of what the
// complainant confirmed.
var doubts = []struct{ flag, sql, says string }{
	{doubtUnheard, unconfirmedSQL, "投诉人不满意，或者说没有解决"},
	{doubtEve, `EXISTS (SELECT FROM clock k JOIN event e ON e.matter_id = k.matter_id AND e.seq = k.stopped_seq AND e.action = 'reply'
		WHERE k.matter_id = m.id AND k.rule = 'PF-DO' AND (e.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN k.due_on - 1 AND k.due_on
			AND e.seq = (SELECT max(n.seq) FROM event n WHERE n.matter_id = m.id AND n.action = 'reply'))`, "答复在期限的最后两天才送出"},
	{doubtCopied, `EXISTS (SELECT FROM likeness l JOIN likeness o ON o.part = l.part AND o.matter_id <> l.matter_id AND o.marks && l.marks
			JOIN answer oa ON oa.matter_id = o.matter_id AND oa.sent_at IS NOT NULL AND oa.unit = ` + answererSQL + `
		WHERE l.matter_id = m.id AND l.part = 'answer' AND cardinality(ARRAY(SELECT unnest(l.marks) INTERSECT SELECT unnest(o.marks))) >= 4
			AND NOT EXISTS (SELECT FROM joint j WHERE j.matter_id IN (m.id, o.matter_id)))`, "答复和这个单位别的答复几乎一样"},
	{doubtAgain, `EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action IN ('reopen', 'reopen_elsewhere', 'recheck_change', 'record_recheck_change', 'find_false_closing'))`,
		"退回重新办理过"},
	{doubtLonger, `EXISTS (SELECT FROM clock_span s WHERE s.matter_id = m.id AND s.kind = 'extend') AND (SELECT count(*) >= 3 AND bool_and(x.longer) FROM (
		SELECT EXISTS (SELECT FROM clock_span s WHERE s.matter_id = a.matter_id AND s.kind = 'extend') AS longer
		FROM answer a WHERE a.unit = ` + answererSQL + ` AND a.sent_at IS NOT NULL AND a.matter_id <> m.id ORDER BY a.sent_at DESC LIMIT 3) x)`, "这个单位连着几件都延长了期限"},
}

// answererSQL is the unit that made the newest answer that was sent.
const answererSQL = `(SELECT na.unit FROM answer na WHERE na.matter_id = m.id AND na.sent_at IS NOT NULL ORDER BY na.version DESC LIMIT 1)`

const (
	unconfirmedSQL = `EXISTS (SELECT FROM complaint r WHERE r.matter_id = m.id AND (r.rating = 'dissatisfied' OR r.solved = 'unsolved'))`
	confirmedSQL   = `EXISTS (SELECT FROM complaint r WHERE r.matter_id = m.id AND r.rating <> 'dissatisfied' AND r.solved = 'solved')`
)

// closingFlags say why these bar a move.
var closingFlags = map[string]string{
	inDoubt: "已经列入回访核查。", "!" + inDoubt: "没有列入回访核查。怀疑没有办到的，先列入核查。",
	"!" + overridden: "投诉人没有说不满意、没有解决。", "!" + confirmed: "投诉人不满意，或者说没有解决。",
	ofAnswerer:   "您是答复的单位的人，核查要由和它没有关系的人办。",
	recheckAsked: "投诉人请求了复核，等复核意见。", FalselyClosed: "这件投诉虚假办结过，要重新答复，不能再转到别处。",
}

var closingFacts = map[string]string{
	inDoubt: `EXISTS (SELECT FROM clock k WHERE k.matter_id = m.id AND k.rule = 'PF-VERIFY' AND k.stopped_at IS NULL)`,
	denied: `EXISTS (SELECT FROM event e WHERE e.matter_id = m.id AND e.action = 'deny_closing'
		AND NOT EXISTS (SELECT FROM event v WHERE v.matter_id = m.id AND v.action IN ('verify_closing', 'find_false_closing') AND v.seq > e.seq))`,
	overridden: unconfirmedSQL,
	confirmed:  `NOT ` + unconfirmedSQL,
	ofAnswerer: `EXISTS (SELECT FROM answer fa JOIN staff_post fp ON fp.unit = fa.unit WHERE fp.staff_id = @scope_me AND fa.matter_id = m.id AND fa.sent_at IS NOT NULL
		AND coalesce(fp.left_at > fa.sent_at, true))`,
}

// Doubts are why a closure is in doubt, in plain words; none where it is not.
func (d *Dossier) Doubts() (why []string) {
	if !d.Matter.Has(inDoubt) {
		return nil
	}
	for _, one := range doubts {
		if d.Matter.Has(one.flag) {
			why = append(why, one.says)
		}
	}
	if d.Matter.Has(denied) {
		why = append(why, "投诉人说办结了，可是没有办到")
	}
	if len(why) == 0 {
		why = []string{"监督办公室列入核查，理由见经过"}
	}
	return why
}

func doubtFlags() (all []string) {
	for _, one := range doubts {
		all = append(all, one.flag)
	}
	return all
}

// ViewDoubted are the closures in doubt.
var closingViews = []register.View{
	{Name: "closing_doubted", Label: "办结待核查", For: FindFalse, Task: "回访核查", Phase: workflow.Over,
		Where: `m.id IN (SELECT dk.matter_id FROM clock dk WHERE dk.rule = 'PF-VERIFY' AND dk.stopped_at IS NULL)`}, // by the index clock_verify
	{Name: "falsely_closed", Label: "虚假办结", For: OpenCase, Where: `'` + FalselyClosed + `' = ANY (m.flags)`}, // by the index matter_falsely_closed
}

// officeViews are what the office itself is late with; its leader is asked about what is long.
var officeViews = []register.View{
	{Name: "office_late", Label: "本办逾期", For: ladder.Chase, Phase: workflow.UnderWay, Where: `m.due_at <= ` + workflow.Now + ` AND ` + ours.Late()},
	{Name: "office_long", Label: "本办逾期多日", For: ladder.PressOffice, Task: "过问监督办公室", Phase: workflow.UnderWay, Where: ours.Told() + ` AND ` + ours.Long()},
}

// closingDoubted starts the verification of what is closed in doubt.
func closingDoubted(ctx context.Context, s *workflow.Step) error {
	cases := make([]string, len(doubts))
	for i, one := range doubts {
		cases[i] = `CASE WHEN ` + one.sql + ` THEN '` + one.flag + `' END`
	}
	found, err := pg.One[[]string](ctx, s.Conn, `
		SELECT CASE WHEN `+confirmedSQL+` THEN '{}' ELSE array_remove(ARRAY[`+strings.Join(cases, `, `)+`], NULL) END FROM matter m WHERE m.id = @id`,
		pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("what makes the closing doubtful: %w", err)
	}
	for _, flag := range found {
		s.Flag(flag)
	}
	if len(found) > 0 {
		s.Start(clock.ClosingVerified, s.At)
	}
	return nil
}

func closeDoubted(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return closingDoubted(ctx, s)
}

// foundFalse gives the matter back to the unit that has it, supervised; what no unit had is
// given to one.
func foundFalse(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	by := a.Date(s.Move.Need("by"), s.At)
	s.Word("by", by.Long())
	if !s.Matter.Has(unled) {
		s.StartOn(clock.Supervised, by)
		s.Tell(workflow.Tell{Template: "closing_false", To: letter.ToUnit})
		s.Word("where", "退回承办单位重新办理，督办到"+by.Long()+"以前答复")
		return nil
	}
	s.Word("where", "重新派单位办理，监督办公室盯到"+by.Long())
	s.Lead(Accepted)
	return nil
}

// verifyMoves are about what is closed. Nobody verifies what they wrote, approved, sent, upheld
// or closed, nor what their unit answered. What is found false is set aside, and the rights
// against it with it: they begin anew with the new answer, which no handing on replaces.
func verifyMoves() []workflow.Move {
	closed := []workflow.State{Closed}
	made := append(slices.Clone(reviewed), Close)
	verification := []clock.Code{clock.ClosingVerified}
	found := workflow.Need{Name: "public", Label: "怎样核查的、查到什么", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写怎样核查的、查到什么"}
	return []workflow.Move{
		{
			Action: DenyClosing, Quiet: true, Writes: true, News: "投诉人说没有办到", Label: "办结了，可是没有办到", Done: "收到了，由没有写过、批过答复的人回访核查。", Heading: "您说没有办到", Sign: workflow.Asking,
			From: closed, By: citizen, Only: []string{OnceAnswered}, Never: []string{ClosedBefore},
			Effect:   "说哪里没有办到。由和答复没有关系的人回访核查；查实没有办到的，退回重新办理。不影响您申请复查的期限。",
			Often:    workflow.Often{Most: 1, Said: "今天已经说过了，正在核查。"},
			Needs:    []workflow.Need{openWords("哪里没有办到", "请写哪里没有办到", 5000, openly), personal("note"), told("承办单位只知道您说没有办到，看不到您写的话")},
			MayStart: verification, Tells: []workflow.Tell{{Template: "closing_denied", To: letter.ToDesk}}, Public: "您说没有办到，由没有参加答复的人回访核查。",
		},
		{
			Action: DoubtClosing, Aside: true, Withheld: workflow.WithheldWhole, Sign: workflow.Asking, Label: "列入回访核查", Done: "已经列入回访核查", Heading: "列入回访核查", From: closed, By: review, Only: []string{OnceAnswered}, Never: []string{inDoubt, ClosedBefore, staff.ReaderMeant},
			Effect: "怀疑办结了没有办到的，列进来，由没有写、批、送过答复的人去核查。承办单位看不到，投诉人看得到要核查。",
			Needs:  []workflow.Need{words("为什么怀疑没有办到", "请写为什么怀疑没有办到", 1000)}, Starts: verification, Public: "这件投诉办结了，还要回访核查一次，看是不是真的办到了。",
		},
		{
			Action: VerifyClosing, Label: "核查属实", Done: "核查属实，已经记下", Heading: "回访核查", Sign: workflow.Met, From: closed, By: review, NotBy: made, Only: []string{inDoubt}, Never: []string{ofAnswerer, staff.ReaderMeant},
			Effect: "问过投诉人、看过凭证，确实办到了：核查结束，还是办结。投诉人看得到您写的。",
			Needs:  []workflow.Need{found}, Stops: verification, Clears: doubtFlags(), Public: "回访核查属实：{public}",
		},
		{
			Action: FindFalse, News: "核查为虚假办结，退回重新办理", Label: "虚假办结，退回重新办理", Done: "已经认定虚假办结", Heading: "回访核查", Sign: workflow.Asking, From: closed, To: Handling, MayLead: []workflow.State{Accepted}, By: review, NotBy: made,
			Only: []string{inDoubt}, Never: []string{ofAnswerer, recheckAsked, staff.ReaderMeant}, Afresh: true,
			Effect: "没有办到的：退回承办单位督办，由没有写、批、送过答复的人重办，答复期限重新起算；新的答复可以重新评价、申请复查。记在承办单位名下，惩戒专员看得到。投诉人会收到通知。",
			Needs: []workflow.Need{
				{Name: "by", Label: "哪一天以前答复", Kind: workflow.AskDate, Day: workflow.ToCome, Ask: "请写哪一天以前答复"},
				{Name: "note", Label: "存在的问题和要求", Hint: "承办单位会原样看到，投诉人看不到。", Kind: workflow.AskText, Max: 2000, Ask: "请写存在的问题和要求"},
				found,
			},
			Stops: []clock.Code{clock.ClosingVerified, clock.PetitionReview, clock.PetitionRecheck}, Starts: []clock.Code{clock.PlatformAnswer}, MayStart: []clock.Code{clock.Supervised},
			Sets: []string{FalselyClosed, ladder.Supervised}, Clears: append(doubtFlags(), Substantiated, FollowedUp, CaseDeclined, Upheld),
			Tells: append(toComplainant("closing_false"), workflow.Tell{Template: "closing_false", To: letter.ToAbove}), Public: "回访核查，没有办到，{where}。原来的答复不算数，新的答复送到以后，您可以重新评价、申请复查。核查的情况：{public}", Hard: true,
		},
		{
			Action: RemindVerify, News: "回访核查到期了", Label: "提醒回访核查", Title: "回访核查到期，还没有结果", Sign: workflow.Asking, From: closed, By: []workflow.Role{staff.System}, Hidden: true, Withheld: workflow.WithheldWhole,
			Timed: workflow.Timed{Clock: clock.ClosingVerified}, Tells: []workflow.Tell{{Template: "verify_late", To: letter.ToDesk}}, Public: "回访核查到{day}还没有结果，已经催了。",
		},
	}
}

// denyClosing starts the verification where it does not run yet.
func denyClosing(s *workflow.Step) {
	if !s.Matter.Terms[clock.ClosingVerified].Running {
		s.Start(clock.ClosingVerified, s.At)
	}
}
