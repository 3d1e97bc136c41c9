package complaint_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// handled is a desk whose complaint a unit works on: accepted on Monday, 2 March 2026, with
// 30 days of our promise, to 1 April, and 60 of the law, to 6 May (1 May is the 60th).
func handled(t *testing.T) *desk {
	d := newDesk(t)
	d.toHandling()
	return d
}

func (d *desk) ask(n string) error {
	_, err := d.try(staff.Handler, extension.Ask, "rule", "PF-DO", "count", n, "note", "工程量要重新核")
	return err
}

func (d *desk) letters(template string) int {
	return int(must(pg.One[int64](d.t.Context(), d.DB.Owner, `SELECT count(*) FROM letter l JOIN matter m ON m.id = l.matter_id WHERE m.number = @n AND template = @t`,
		pg.Args{"n": d.number, "t": template})))
}

func (d *desk) told(action workflow.Action) string {
	d.t.Helper()
	return must(pg.One[string](d.t.Context(), d.DB.Owner, `SELECT public_text FROM event e JOIN matter m ON m.id = e.matter_id
		WHERE m.number = @n AND e.action = @a ORDER BY e.seq DESC LIMIT 1`, pg.Args{"n": d.number, "a": string(action)}))
}

func wrongField(t *testing.T, err error, field, words string) {
	t.Helper()
	for _, f := range fault.FieldsOf(err) {
		if f.Name == field && strings.Contains(f.Sentence, words) {
			return
		}
	}
	t.Errorf("want %q at %s, got %v", words, field, err)
}

func TestMoreTimeIsAskedForAndGrantedBeforeItIsOver(t *testing.T) {
	d := handled(t)
	for typed, words := range map[string]string{"": "请写延长多少天", "很久": "请只写数字", "0": "请只写数字", "-3": "请只写数字", "31": "最多 30 天", "1.5": "请只写数字"} {
		wrongField(t, d.ask(typed), "count", words)
	}
	_, err := d.try(staff.Handler, extension.Ask, "rule", "XF-RV", "count", "5", "note", "要核")
	wrongField(t, err, "rule", "不能延长")
	_, err = d.try(staff.UnitHead, extension.Grant, "count", "5", "public", "要核")
	refused(t, err, "没有等着决定的延期申请")
	if err := d.ask("十五天"); err != nil {
		t.Fatal(err)
	}
	refused(t, d.ask("5"), "已经申请了延期")
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-01" || !k.WasOn.IsZero() {
		t.Errorf("asking alone moved it: %+v", k)
	}
	_, err = d.try(staff.UnitHead, extension.Grant, "count", "16", "public", "工程量要重新核")
	wrongField(t, err, "count", "最多 15 天")
	d.do(staff.UnitHead, extension.Grant, "count", "10", "public", "工程量要重新核")
	k := d.kept(clock.PlatformAnswer)
	if k.DueOn.String() != "2026-04-13" || k.WasOn.String() != "2026-04-01" || !k.NearestAsItShould || !strings.Contains(k.Derivation, "加上延长的") {
		t.Errorf("%+v", k)
	}
	if said := strings.ReplaceAll(d.told(extension.Grant), "\u00a0", " "); said != "期限延长 10 天：“答复”的最后一天由 2026年4月1日 改为 2026年4月13日。“办结”最迟 2026年5月6日，不延长，照走。理由：工程量要重新核" {
		t.Errorf("told %q", said)
	}
	if d.letters("extended") != 1 {
		t.Errorf("%d letters", d.letters("extended"))
	}
	if law := d.kept(clock.PetitionConclude); !law.WasOn.IsZero() {
		t.Errorf("the law's term moved too: %+v", law)
	}
	wrongField(t, d.ask("5"), "rule", "不能延长") // once, of the promise; the law's is another
	if _, err := d.try(staff.Handler, extension.Ask, "rule", "XF-DO", "count", "30", "note", "还要鉴定"); err != nil {
		t.Error(err)
	}
	_, err = d.try(staff.Supervisor, extension.Grant, "count", "30", "public", "要核")
	refused(t, err, "不由您来办")
	d.do(staff.Registrar, complaint.Recall, "note", "换个单位")
	d.Wait(time.Minute)
	d.do(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance)
	d.do(staff.Handler, complaint.Sign)
	_, err = d.try(staff.UnitHead, extension.Grant, "count", "30", "public", "要核")
	refused(t, err, "没有等着决定的延期申请") // what it asked before it was taken away
	if _, err := d.try(staff.Handler, extension.Ask, "rule", "XF-DO", "count", "30", "note", "还要鉴定"); err != nil {
		t.Error(err)
	}
	d.do(staff.UnitHead, extension.Refuse, "note", "六十天够了")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.verifyChain()
}

// 23:59 of the last day is in time, and a minute later is not: neither to ask nor to grant.
func TestATermThatIsOverIsNotExtended(t *testing.T) {
	d := handled(t)
	end := d.kept(clock.PlatformAnswer).DueAt
	d.Wait(end.Add(-time.Minute).Sub(d.Now()))
	if err := d.ask("5"); err != nil {
		t.Errorf("at 23:59 of the last day: %v", err)
	}
	d.Wait(time.Minute)
	_, err := d.try(staff.UnitHead, extension.Grant, "count", "5", "public", "要核")
	refused(t, err, "已经过了，不能再同意")
	d.do(staff.UnitHead, extension.Refuse, "note", "来不及了")
	wrongField(t, d.ask("5"), "rule", "不能延长") // the law's term still runs and may be
	d.Wait(d.kept(clock.PetitionConclude).DueAt.Sub(d.Now()))
	refused(t, d.ask("5"), "已经过了，不能再延长")
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-01" {
		t.Errorf("%+v", k)
	}
	d.verifyChain()
}

func TestATermStandsStillOnAGroundWithAPaper(t *testing.T) {
	d := handled(t)
	pause := func(ground, document, day string) error {
		_, err := d.try(staff.Handler, extension.AskPause, "ground", ground, "document", document, "until_year", "2026", "until_month", "3", "until_day", day, "note", "要鉴定")
		return err
	}
	wrongField(t, pause("", "鉴定委托书", "20"), "ground", "请选哪种情形")
	wrongField(t, pause("HEARING", "听证通知", "20"), "ground", "不能因此暂停") // the regulation's, of its recheck alone
	wrongField(t, pause("BUSY", "没有", "20"), "ground", "没有这种情形")
	wrongField(t, pause("APPRAISAL", "", "20"), "document", "请写凭哪份文书")
	wrongField(t, pause("APPRAISAL", "鉴定委托书", "2"), "until", "不在今天以后")
	_, err := d.try(staff.Handler, extension.AskPause, "ground", "FORCE", "document", "通告", "until_year", "2026", "until_month", "4", "until_day", "2", "note", "洪水")
	wrongField(t, err, "until", "最长暂停 30 天")
	if err := pause("APPRAISAL", "司法鉴定委托书（2026）豫0425鉴12号", "22"); err != nil {
		t.Fatal(err)
	}
	_, err = d.try(staff.UnitHead, extension.GrantPause, "until_year", "2026", "until_month", "3", "until_day", "22", "public", "要鉴定")
	refused(t, err, "不由您来办") // who would be late does not stop the clock
	d.do(staff.Supervisor, extension.GrantPause, "until_year", "2026", "until_month", "3", "until_day", "22", "public", "质量有争议，要鉴定")
	k := d.kept(clock.PlatformAnswer)
	if k.DueOn.String() != "2026-04-21" || k.WasOn.String() != "2026-04-01" || !k.NearestAsItShould {
		t.Errorf("%+v", k)
	}
	if law := d.kept(clock.PetitionConclude); !law.WasOn.IsZero() {
		t.Errorf("the law's term stands still: %+v", law)
	}
	if said := d.told(extension.GrantPause); !strings.Contains(said, "豫0425鉴12号") || !strings.Contains(said, "由 2026年4月1日 改为 2026年4月21日") || !strings.Contains(said, "“办结”最迟 2026年5月6日，不暂停，照走") {
		t.Errorf("told %q", said)
	}
	refused(t, pause("APPRAISAL", "鉴定委托书", "30"), "正暂停计时")

	// Ten days later it is known: it runs on from tomorrow.
	d.Wait(10 * aDay)
	d.do(staff.UnitHead, extension.RunOn, "public", "鉴定意见已经出来")
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-13" || k.WasOn.String() != "2026-04-01" { // 11 April is a Saturday
		t.Errorf("%+v", k)
	}
	_, err = d.try(staff.UnitHead, extension.RunOn, "public", "再一次")
	refused(t, err, "现在没有暂停计时")
	if d.letters("paused") != 1 || d.letters("run_on") != 1 {
		t.Errorf("%d and %d letters", d.letters("paused"), d.letters("run_on"))
	}
	d.verifyChain()
}

func TestAPauseEndsByItselfAndWithTheAnswer(t *testing.T) {
	d := handled(t)
	pause := func() {
		d.do(staff.Handler, extension.AskPause, "ground", "LITIGATION", "document", "受理案件通知书", "until_year", "2026", "until_month", "3", "until_day", "12", "note", "起诉了")
		d.do(staff.Leader, extension.GrantPause, "until_year", "2026", "until_month", "3", "until_day", "12", "public", "同一件事在法院")
	}
	pause()
	run := func() int { return must(d.worker().RunTimed(t.Context(), complaint.Law)) }
	if run() != 0 {
		t.Error("it is over before its day")
	}
	d.Wait(11 * aDay)
	if run() != 1 || run() != 0 || !strings.Contains(d.told(extension.PauseOver), "2026年3月12日暂停期满") {
		t.Errorf("its end: %q", d.told(extension.PauseOver))
	}
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-13" { // ten days later, a Saturday
		t.Errorf("%+v", k)
	}
	d.number = d.File(t, complainttest.Intake()).Number
	d.toHandling()
	d.do(staff.Handler, extension.AskPause, "ground", "LITIGATION", "document", "受理案件通知书", "until_year", "2026", "until_month", "4", "until_day", "12", "note", "起诉了")
	d.do(staff.Leader, extension.GrantPause, "until_year", "2026", "until_month", "4", "until_day", "12", "public", "同一件事在法院")
	d.do(staff.Handler, complaint.DraftAnswer, draft...)
	d.do(staff.UnitHead, complaint.ApproveAnswer)
	d.do(staff.Supervisor, complaint.Reply)
	if k := d.kept(clock.Pausing); !k.Stopped {
		t.Error("answered, it stands still")
	}
	d.verifyChain()
}

// Nobody grants what they asked for: where the head who asked is the only one, or none is
// there, the leader of the supervising office decides.
func TestTheOnlyHeadDoesNotGrantWhatTheyAsked(t *testing.T) {
	d := handled(t)
	d.do(staff.UnitHead, extension.Ask, "rule", "PF-DO", "count", "10", "note", "工程量要重新核")
	_, err := d.try(staff.UnitHead, extension.Grant, "count", "10", "public", "自己批")
	refused(t, err, "是您做的")
	leader := d.People[staff.Leader]
	mine := func() int {
		return len(must(d.Desk.List(t.Context(), leader.Scope(), register.Filter{View: register.ViewMine, Person: leader}, register.Cursor{})).Rows)
	}
	if mine() != 1 {
		t.Error("it does not wait for the leader")
	}
	second := d.Hire(t, "second-head", staff.UnitHead, complainttest.Finance)
	_, err = d.try(staff.Leader, extension.Grant, "count", "10", "public", "同意")
	refused(t, err, "由承办单位负责人决定")
	if mine() != 0 {
		t.Error("it waits for the leader while another head is there")
	}
	if _, err := pg.Exec(t.Context(), d.DB.Owner, `INSERT INTO absence (staff_id, from_on, to_on, stand_in, by_id, at) VALUES (@away, '2026-03-01', '2026-03-31', @asked, @away, now())`,
		pg.Args{"away": second.ID, "asked": d.People[staff.UnitHead].ID}); err != nil { // for whom who asked would stand in
		t.Fatal(err)
	}
	_, err = d.try(staff.Supervisor, extension.Refuse, "note", "不")
	refused(t, err, "不由您来办")
	d.do(staff.Leader, extension.Grant, "count", "7", "public", "工程量要重新核")
	if k := d.kept(clock.PlatformAnswer); k.DueOn.String() != "2026-04-08" {
		t.Errorf("granted until %s", k.DueOn)
	}
	d.verifyChain()
}
