package complaint

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/ladder"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Settled is where a complaint is that ended with an agreement (信访工作条例 33).
const Settled workflow.State = "settled"

// What is done about an agreement.
const (
	SettleAgreement   workflow.Action = "settle_agreement"
	PutSettlement     workflow.Action = "put_settlement"
	RefuseSettlement  workflow.Action = "refuse_settlement"
	AgreeSettlement   workflow.Action = "agree_settlement"
	DeclineSettlement workflow.Action = "decline_settlement"
	LapseSettlement   workflow.Action = "lapse_settlement"
	Unsettle          workflow.Action = "unsettle"
	LeaveSettlement   workflow.Action = "leave_settlement"
	ResumeUnsettled   workflow.Action = "resume_unsettled"
)

// Facts of an agreement, which its rows say.
const (
	Agreement    = "agreement"     // reported, and not put to the complainant yet
	AgreementPut = "agreement_put" // put, and not answered
	Agreed       = "agreed"        // the complainant agreed, and it holds
	AgreedBroken = "agreed_broken" // and a day of it was broken, which was not kept since
	leftIt       = "left"          // the complainant waits for it no more, and nobody answered since
)

var settleFlags = map[string]string{
	Agreement: "已经报了一份和解协议，等监督办公室核对。", "!" + Agreement: "没有等着核对的和解协议。",
	AgreementPut: "有一份和解协议正等投诉人确认。", "!" + AgreementPut: "没有等您确认的协议。",
	Agreed: "这件投诉是和解的：协议里的事到期没有办到，可以不再等，恢复办理。", "!" + Agreed: "没有同意过的和解协议。",
	"!" + AgreedBroken: "协议里没有到期还没办到的事。",
}

var settleFacts = map[string]string{
	Agreement:    `EXISTS (SELECT FROM settlement g WHERE g.matter_id = m.id AND NOT EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.seq))`,
	AgreementPut: `EXISTS (SELECT FROM settlement_step g WHERE g.matter_id = m.id AND g.how = 'put' AND NOT EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.settled AND p.how <> 'put'))`,
	Agreed:       `EXISTS (SELECT FROM settlement_step g WHERE g.matter_id = m.id AND g.how = 'agreed' AND NOT EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.settled AND p.how = 'undone'))`,
	AgreedBroken: brokenSQL(`m.id`),
	leftIt: `EXISTS (SELECT FROM settlement_step g JOIN event e ON e.matter_id = g.matter_id AND e.seq = g.seq AND e.action = 'leave_settlement'
		WHERE g.matter_id = m.id AND NOT EXISTS (SELECT FROM event l WHERE l.matter_id = m.id AND l.action = 'resume_unsettled' AND l.seq > g.seq))`,
}

// brokenSQL is that of what is agreed on in a matter, whose id is given, a day was broken and
// not kept since, whatever was promised anew or is followed no more.
func brokenSQL(id string) string {
	return `EXISTS (SELECT FROM settlement_step ag JOIN promise p ON p.matter_id = ag.matter_id AND p.seq >= ag.seq
		WHERE ag.matter_id = ` + id + ` AND ag.how = 'agreed' AND NOT EXISTS (SELECT FROM settlement_step u WHERE u.matter_id = ag.matter_id AND u.settled = ag.settled AND u.how = 'undone')
			AND ` + promise.ToldSQL + ` AND NOT EXISTS (SELECT FROM promise_result o WHERE o.matter_id = p.matter_id AND o.no = p.no AND o.promised >= p.seq AND o.outcome = 'kept'))`
}

// SeenAgreement is the name of the agreement that a step about it is filled in over.
const SeenAgreement = "settlement"

// seenAgreement is which agreement somebody has before them; the portal sees those alone that
// were put.
var seenAgreement = workflow.Seen{SQL: `(SELECT coalesce(max(g.seq), 0)::text FROM settlement g WHERE g.matter_id = m.id)`,
	Changed: "还没有办。协议换过了，和您看的不是同一份，请看过现在的再说。"}

// settleMoves are how a complaint ends with an agreement (信访工作条例 33): the head of the
// unit reports it, or the desk that mediated writes it down; the desk looks at it and puts it
// to the complainant, and it binds nobody before they agree. Until then every term runs on,
// and silence is no yes. What is agreed on is followed as promised. The complaint is taken up
// again where the office finds that it was not of free will, and where a day of it was broken
// and its complainant waits no more.
func settleMoves() []workflow.Move {
	working := []workflow.State{Handling, ResultSubmitted, UnderReview}
	pending := append([]workflow.State{Objected}, working...)
	settling, promised := []clock.Code{clock.Settling}, []clock.Code{clock.Promise}
	resumed := []clock.Code{clock.PlatformAnswer}
	report := workflow.Move{
		Action: SettleAgreement, News: "报来和解协议", Aside: true, Label: "登记和解协议", Done: "协议已经登记，等监督办公室核对", Title: "登记和解协议", From: working,
		By: []workflow.Role{staff.UnitHead}, Unit: workflow.LeadUnit, Never: []string{Agreement, AgreementPut},
		Effect: "双方达成和解、调解协议的（《信访工作条例》第三十三条），登记后由监督办公室核对，再由投诉人在自己的页面上确认。确认以前不算数，期限照走。",
		Needs: []workflow.Need{
			{Name: "agreed_on", Label: "哪一天达成的", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正达成协议的那一天", Ask: "请写哪一天达成的"},
			{Name: "document", Label: "协议书的编号", Hint: "没有编号的，写协议书的名称。", Kind: workflow.AskLine, Max: 100, Ask: "请写协议书的编号或者名称"},
			{Name: "lines", Label: "哪一天以前办到什么", Hint: "一行一项，先写日子，再写做什么、多少钱，例如：2026年12月31日 付第一笔 300000 元。到期没有办到的，投诉重新办理。", Kind: workflow.AskText, Max: 2000, Ask: "请写哪一天以前办到什么，一行一项"},
			{Name: "words", Label: "协议的内容", Hint: "投诉人会原样看到。不要写投诉人的姓名、电话。", Kind: workflow.AskText, Max: 5000, Ask: "请写协议的内容"},
		},
		Tells: []workflow.Tell{{Template: "settlement_reported", To: letter.ToDesk}},
	}
	mediated := report
	mediated.By, mediated.Unit, mediated.Tells = desk, workflow.AnyUnit, nil
	mediated.Never = append([]string{staff.ReaderMeant}, report.Never...)
	mediated.Effect = "双方达成和解、调解协议的（《信访工作条例》第三十三条），登记后转给投诉人，由投诉人在自己的页面上确认。确认以前不算数，期限照走。承办单位看得到，日子到了由它办到。"
	words := []workflow.Need{openWords("想说的话", "", 3000, openly), personal("note"), told("承办单位看不到您写的话")}
	words[0].Optional = true
	return []workflow.Move{
		report, mediated,
		{
			Action: PutSettlement, Over: SeenAgreement, Quiet: true, Sign: workflow.Asking, Label: "转给投诉人确认", Done: "已经转给投诉人确认", Title: "转和解协议给投诉人", Heading: "有一份协议等您确认", From: pending, By: desk, Only: []string{Agreement}, Never: []string{staff.ReaderMeant},
			Effect: "看过协议再转。投诉人收到通知，在自己的页面上说同意不同意；到期没有说的，照常办理。期限照走。",
			Starts: settling, Tells: toComplainant("settlement_put"), Public: "有一份和解协议，请您看一看同意不同意。{until}您没有说的，照常办理，期限不受影响。",
		},
		{
			Action: RefuseSettlement, Over: SeenAgreement, News: "和解协议没有转", Quiet: true, Label: "不转", Done: "没有转，承办单位看得到理由", Title: "和解协议没有转", From: pending, By: desk, Only: []string{Agreement}, Never: []string{staff.ReaderMeant},
			Effect: "协议有问题的，写明理由，改过可以再登记。投诉人不知道有这回事。",
			Needs:  []workflow.Need{openWords("为什么不转", "请写为什么不转", 1000, "")},
		},
		{
			Action: AgreeSettlement, Over: SeenAgreement, Quiet: true, Sign: workflow.Finished, News: "投诉人同意和解", Label: "我同意这份协议", Done: "已经和解办结。协议里的日子到期没有办到的，会重新办理。", Heading: "您同意了协议", From: pending, To: Settled, By: citizen, Only: []string{AgreementPut},
			Effect: "同意以后，这件投诉按协议办结；协议里每一个日子平台都跟踪，到期没有办到的，重新办理。不是您自愿的，不要同意。",
			Stops:  settling, MayStart: promised, Tells: toComplainant("settled"), Public: "您同意了和解协议，本件和解办结。", Hard: true,
		},
		{
			Action: DeclineSettlement, Over: SeenAgreement, Quiet: true, Writes: true, News: "投诉人没有同意和解", Label: "我不同意这份协议", Done: "记下了，投诉照常办理。", Heading: "您没有同意协议", From: pending, By: citizen, Only: []string{AgreementPut},
			Effect: "投诉照常办理，期限不受影响。有人逼您签的，请写下来，选“只说给监督人员”。", Needs: words,
			Stops: settling, Tells: []workflow.Tell{{Template: "settlement_declined", To: letter.ToDesk}}, Public: "您没有同意和解协议，照常办理。",
		},
		{
			Action: LapseSettlement, Label: "协议到期没有确认", Heading: "协议没有确认", From: pending, By: []workflow.Role{staff.System}, Hidden: true, Sign: workflow.Asking, News: "和解协议到期没有确认",
			Timed: workflow.Timed{Clock: clock.Settling, Effect: lapseAgreement}, Stops: settling, Tells: []workflow.Tell{{Template: "settlement_declined", To: letter.ToDesk}}, Public: "和解协议到期没有确认，不算和解，照常办理。",
		},
		{
			Action: Unsettle, Quiet: true, Aside: true, Sign: workflow.Asking, News: "和解不成立，恢复办理", Label: "和解不成立，恢复办理", Done: "已经恢复办理", Heading: "恢复办理", From: []workflow.State{Settled, Reopened}, To: Handling, By: review, Only: []string{Agreed}, Never: []string{staff.ReaderMeant},
			Effect: "查明协议不是自愿的，或者是假的：写明理由，恢复办理，答复期限重新起算，协议里还没有办到的不再跟踪。投诉人看得到。",
			Needs:  []workflow.Need{{Name: "public", Label: "为什么和解不成立", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写为什么和解不成立"}},
			Starts: resumed, MayStart: promised, Clears: append([]string{extension.Paused}, ladder.Waiting...), Tells: toComplainant("unsettled"), Public: "和解不成立，恢复办理：{public}", Hard: true,
		},
		{
			Action: LeaveSettlement, Quiet: true, Writes: true, Sign: workflow.Asking, News: "投诉人不再等协议", Label: "不再等了，恢复办理", Done: "记下了，投诉马上恢复办理，答复期限重新起算。", Heading: "您不再等协议", From: []workflow.State{Settled, Reopened}, By: citizen, Only: []string{AgreedBroken},
			Effect: "协议里的日子过了还没有办到的，可以不再等，承办单位另外定了日子也可以：投诉恢复办理，答复期限重新起算。协议里还没有办到的，平台不再跟踪，由答复来说。", Needs: words,
			MayStart: promised, Public: "协议到期没有办到，您不再等，投诉恢复办理。", Hard: true,
		},
		{ // the portal itself gives no matter back to a unit
			Action: ResumeUnsettled, Label: "恢复办理", Heading: "恢复办理", From: []workflow.State{Settled, Reopened}, To: Handling, By: []workflow.Role{staff.System}, Hidden: true, Sign: workflow.Asking, News: "协议没有办到，恢复办理",
			Timed: workflow.Timed{Fact: leftIt}, Starts: resumed, Clears: append([]string{extension.Paused}, ladder.Waiting...), Public: "投诉恢复办理，答复期限重新起算。",
		},
	}
}

// lineOf is a line of an agreement: its day, and what is to be done by it.
var lineOf = regexp.MustCompile(`^\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*(?:以前|之前|前)?\s*[：:，,、]?\s*(.+)$`)

// mostLines bounds what one agreement has.
const mostLines = 24

// agreedLines reads the lines of an agreement, each with a day to come.
func agreedLines(text string, today clock.Date) (given []promise.Given, sentence string) {
	for line := range strings.SplitSeq(form.Text(text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		nth := "第 " + strconv.Itoa(len(given)+1) + " 项"
		parts := lineOf.FindStringSubmatch(form.Folded(line))
		if parts == nil {
			return nil, nth + "请先写哪年哪月哪日，再写做什么，例如 2026年12月31日 付第一笔 300000 元"
		}
		year, _ := strconv.Atoi(parts[1])
		month, _ := strconv.Atoi(parts[2])
		day, _ := strconv.Atoi(parts[3])
		on := clock.NewDate(year, time.Month(month), day)
		switch what := form.Line(parts[4]); {
		case on.Year != year || int(on.Month) != month || on.Day != day:
			return nil, nth + "没有" + parts[1] + "年" + parts[2] + "月" + parts[3] + "日这一天，请核对"
		case !on.After(today):
			return nil, nth + "的" + on.Long() + "不在今天以后；已经办到的写在协议的内容里，这里只写还要办的"
		case form.Wordless(what) || form.Length(what) > 200:
			return nil, nth + "请写清楚做什么，最多 200 个字"
		default:
			given = append(given, promise.Given{No: len(given) + 1, On: on, What: what})
		}
	}
	if len(given) > mostLines {
		return nil, "最多写 " + strconv.Itoa(mostLines) + " 项"
	}
	return given, ""
}

func checkAgreement(a workflow.Answers, now time.Time) []fault.Field {
	var faults []fault.Field
	if _, sentence := agreedLines(a.Get("lines"), clock.On(now)); sentence != "" {
		faults = append(faults, fault.Field{Name: "lines", Sentence: sentence})
	}
	for _, name := range []string{"document", "lines", "words"} { // a unit reads it, and is not to read who complains
		if kinds := form.PersonalKinds(form.Finding.Bars, a.Get(name)); kinds != "" {
			faults = append(faults, fault.Field{Name: name, Sentence: "出现了" + kinds + "，请删去"})
		}
	}
	return faults
}

func reportAgreement(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	lines, sentence := agreedLines(a.Get("lines"), clock.On(s.At))
	if sentence != "" { // said before, unless midnight came between
		return fault.Fields([]fault.Field{{Name: "lines", Sentence: sentence}})
	}
	lead := slices.IndexFunc(s.Matter.Assignments, func(a workflow.Assignment) bool { return a.Part == "lead" })
	if lead < 0 {
		return fmt.Errorf("matter %d is worked on by no unit", s.Matter.ID)
	}
	s.Queue(`INSERT INTO settlement (matter_id, seq, unit, agreed_on, document, words) VALUES (@id, @seq, @unit, @on, @document, @words)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "unit": s.Matter.Assignments[lead].Unit, "on": a.Date(s.Move.Need("agreed_on"), s.At), "document": form.Line(a.Get("document")), "words": form.Text(a.Get("words"))})
	for i, one := range lines {
		keepLine(s, i+1, one)
	}
	return nil
}

// step notes what becomes of the newest agreement that still waits for it; zero where none
// does.
func step(ctx context.Context, s *workflow.Step, how string) (int64, error) {
	waits, args := `NOT EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.seq AND (p.how <> 'put' OR @how = 'put'))`, pg.Args{"id": s.Matter.ID, "how": how}
	if how == "undone" {
		waits, args = `EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.seq AND p.how = 'agreed')`, pg.Args{"id": s.Matter.ID}
	}
	of, err := pg.One[int64](ctx, s.Conn, `SELECT coalesce(max(g.seq), 0) FROM settlement g WHERE g.matter_id = @id AND `+waits, args)
	switch {
	case err != nil:
		return 0, fmt.Errorf("the agreement that waits: %w", err)
	case of == 0:
		return 0, nil
	}
	s.Queue(`INSERT INTO settlement_step (matter_id, settled, how, seq) VALUES (@id, @of, @how, @seq)`, pg.Args{"id": s.Matter.ID, "of": of, "how": how, "seq": s.Seq})
	return of, nil
}

func refuseAgreement(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	_, err := step(ctx, s, "refused")
	return err
}

// overAgreement is that the complaint goes on without the one that waits: its unit lost it, or
// it ended otherwise.
func overAgreement(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	of, err := step(ctx, s, "over")
	if of != 0 {
		s.Stop(clock.Settling)
	}
	return err
}

// putAgreement puts it to the complainant, and says until when it waits.
func putAgreement(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	s.Word("until", "到期")
	if due, ok := s.Due(clock.Settling); ok {
		s.Word("until", "到"+due.On.Long())
	}
	_, err := step(ctx, s, "put")
	return err
}

func lapseAgreement(ctx context.Context, s *workflow.Step) error {
	_, err := step(ctx, s, "lapsed")
	return err
}

// unsettle takes back what was agreed on: nothing of it is owed any more.
func unsettle(ctx context.Context, s *workflow.Step) error {
	of, err := step(ctx, s, "undone")
	if err != nil {
		return err
	}
	by, err := pg.One[int64](ctx, s.Conn, `SELECT seq FROM settlement_step WHERE matter_id = @id AND settled = @of AND how = 'agreed'`, pg.Args{"id": s.Matter.ID, "of": of})
	if err != nil {
		return fmt.Errorf("when it was agreed: %w", err)
	}
	return promise.EndAll(ctx, s, by, "和解不再算数，投诉恢复办理")
}

func unsettleAgreement(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	return unsettle(ctx, s)
}

// ownSettlement is what a complainant's move does about an agreement. A yes makes promises of
// what it says; what they withdraw is agreed on and promised no more.
func ownSettlement(ctx context.Context, s *workflow.Step) error {
	switch s.Act.Action {
	case Withdraw:
		if err := overAgreement(ctx, nil, s, nil); err != nil {
			return err
		}
		return promise.EndAll(ctx, s, 0, "投诉撤回了")
	case LeaveSettlement:
		return unsettle(ctx, s)
	case DeclineSettlement:
		_, err := step(ctx, s, "declined")
		return err
	case AgreeSettlement:
		of, err := step(ctx, s, "agreed")
		if err != nil {
			return err
		}
		lines, err := pg.All[promise.Given](ctx, s.Conn, `
			SELECT 0 AS no, l.due_on AS on, l.what, g.unit FROM promise_line l JOIN settlement g ON g.matter_id = l.matter_id AND g.seq = l.seq
			WHERE l.matter_id = @id AND l.seq = @of ORDER BY l.no`, pg.Args{"id": s.Matter.ID, "of": of})
		if err != nil {
			return fmt.Errorf("what is agreed on: %w", err)
		}
		for _, one := range lines {
			if !one.On.After(clock.On(s.At)) {
				return fault.New(fault.Forbidden, "协议里写的%s已经到了，不能再照它同意。投诉照常办理；改了日子的，会重新转给您。", one.On.Long())
			}
		}
		return promise.Make(ctx, s, lines)
	}
	return nil
}

// AgreementOf is an agreement as its page shows it.
type AgreementOf struct {
	Seq      int64
	Unit     string // that reported it
	AgreedOn clock.Date
	Document string
	Words    string
	Lines    string // one a line, each with its day
	Put      bool
	Broken   bool // a day of what was agreed on was, and was not kept since
	Ended    string
}

// agreementSQL reads the newest agreement of a matter, whose id follows it.
var agreementSQL = `
	SELECT g.seq, g.unit, g.agreed_on, g.document, g.words,
		coalesce((SELECT string_agg(to_char(l.due_on, 'YYYY"年"FMMM"月"FMDD"日"') || '以前：' || l.what, E'\n' ORDER BY l.no) FROM promise_line l WHERE l.matter_id = g.matter_id AND l.seq = g.seq), '') AS lines,
		EXISTS (SELECT FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.seq AND p.how = 'put') AS put,
		` + brokenSQL(`g.matter_id`) + ` AS broken,
		coalesce((SELECT p.how FROM settlement_step p WHERE p.matter_id = g.matter_id AND p.settled = g.seq AND p.how <> 'put' ORDER BY p.seq DESC LIMIT 1), '') AS ended
	FROM settlement g WHERE g.matter_id = `

const agreementNewest = ` ORDER BY g.seq DESC LIMIT 1`

// Waits says that it waits for the complainant.
func (a *AgreementOf) Waits() bool { return a != nil && a.Put && a.Ended == "" }

// Holds says that the complainant agreed and it was not undone.
func (a *AgreementOf) Holds() bool { return a != nil && a.Ended == "agreed" }

// Word is how it stands.
func (a *AgreementOf) Word() string {
	switch {
	case a.Ended == "" && a.Put:
		return "等投诉人确认"
	case a.Ended == "":
		return "等监督办公室核对"
	}
	return map[string]string{"refused": "没有转", "agreed": "投诉人同意了", "declined": "投诉人没有同意", "lapsed": "到期没有确认", "over": "没有确认，已经另行办理", "undone": "不再算数，恢复办理"}[a.Ended]
}

// All is the agreement in words, as whoever says yes or no to it reads it.
func (a *AgreementOf) All() string {
	return fmt.Sprintf("%s达成，%s。\n%s\n%s", a.AgreedOn.Long(), a.Document, a.Words, a.Lines)
}
