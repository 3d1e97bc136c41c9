package demo_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/demo"
	"zhengxin/internal/form"
	"zhengxin/internal/identity"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/ladder"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/press"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/workflow"
)

var laws = kinds.Laws()

// withYear is an office that loads matters; every step has to be lawful.
func withYear(t *testing.T) (*pgtest.DB, demo.Office) {
	t.Helper()
	db, o := office(t)
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	keys := &demo.Keys{}
	var err error
	if keys.Office, keys.Portal, err = key.LoadBoth(dir); err != nil {
		t.Fatal(err)
	}
	o.Keys, o.Refused = keys, func(err error) { t.Errorf("refused: %v", err) }
	return db, o
}

// count asks for one number.
func count(t *testing.T, db *pgtest.DB, sql string, args pg.Args) int {
	t.Helper()
	for name := range args { // a row of a list may do without
		if !strings.Contains(sql, "@"+name) {
			args = nil
		}
	}
	n, err := pg.One[int](t.Context(), db.Owner, sql, args)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// A living office: what a newcomer would look for is there, and all of it is true.
func TestAYearIsInEveryState(t *testing.T) {
	t.Parallel()
	db, o := withYear(t)
	noteWords(t, db)
	load(t, o)
	if n := count(t, db, `SELECT count(*) FROM matter`, nil); n < 200 || n > 349 {
		t.Errorf("%d matters", n)
	}
	for name, check := range map[string]func(*testing.T, *pgtest.DB, demo.Office){
		"states": everyStateAndMove, "sorts": everySort, "chains": chainsHold, "letters": lettersGoNowhere,
		"figures": figuresAreTrue, "notices": warningsStandAndFall, "codes": codesOpen, "deputy": deputyComesIn, "journalist": journalistComesIn, "words": wordsAreIndexed, "lists": listsHaveWhatTheScopeHas, "report": theYearIsReported, "counts": reportsCountWhatListsHave,
	} {
		t.Run(name, func(t *testing.T) { check(t, db, o) })
	}
	if _, err := os.Stat(o.File()); err != nil {
		t.Error(err)
	}
	if wanted, err := demo.Wanted(t.Context(), db.Owner); err != nil || wanted {
		t.Errorf("a whole demonstration is wanted again: %v", err)
	}
}

// everyStateAndMove asks the tables themselves: a state or a move that comes later
// has to be demonstrated, too.
func everyStateAndMove(t *testing.T, db *pgtest.DB, _ demo.Office) {
	needless := map[workflow.Action]string{workflow.Recount: "comes with an import of a calendar",
		complaint.ImportClosed: "comes with an import of another system's records",
		ladder.Idle:            "needs a unit whose people have all gone", ladder.Manned: "comes after one",
		complaint.Seal:      "of what was referred before referring sealed it",
		complaint.SendAgain: "the year's letters are noted at its end, after its moves"}
	for _, law := range laws {
		for _, state := range law.States {
			n := count(t, db, `SELECT count(*) FROM matter WHERE kind = @kind AND state = @state`, pg.Args{"kind": string(law.Kind), "state": string(state.State)})
			if least := map[bool]int{true: 2, false: 1}[law == complaint.Law && state.Phase != workflow.Over]; n < least {
				t.Errorf("%s %s: %d matters, want %d", law.Noun, state.Word, n, least)
			}
		}
		for _, move := range law.Moves {
			n := count(t, db, `SELECT count(*) FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.kind = @kind AND e.action = @action`,
				pg.Args{"kind": string(law.Kind), "action": string(move.Action)})
			if n == 0 && needless[move.Action] == "" {
				t.Errorf("%s: nobody did %s (%s)", law.Noun, move.Label, move.Action)
			}
		}
	}
}

// noteWords notes with each event what its matter says by then to searches.
func noteWords(t *testing.T, db *pgtest.DB) {
	t.Helper()
	for _, sql := range []string{
		`CREATE TABLE words_then (matter_id bigint, seq bigint, words text)`,
		`CREATE FUNCTION note_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO words_then SELECT w.id, NEW.seq, md5((w.number, w.title, w.said)::text) FROM (` + kinds.Texts().WordsSQL() + ` WHERE m.id = NEW.matter_id) w;
			RETURN NULL;
		END $$`,
		// At the end of the move: its effect writes after its event.
		`CREATE CONSTRAINT TRIGGER note_words AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_words()`,
	} {
		if _, err := db.Owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// wordsAreIndexed holds every move to what its row says of it: one that changes the words
// of its matter and does not say so leaves them unfound.
func wordsAreIndexed(t *testing.T, db *pgtest.DB, _ demo.Office) {
	for _, law := range laws {
		for _, move := range law.Moves {
			args := pg.Args{"kind": string(law.Kind), "action": string(move.Action)}
			changed := count(t, db, `
				SELECT count(*) FROM event e JOIN matter m ON m.id = e.matter_id JOIN words_then w ON w.matter_id = e.matter_id AND w.seq = e.seq
					LEFT JOIN words_then b ON b.matter_id = e.matter_id AND b.seq = e.seq - 1
				WHERE m.kind = @kind AND e.action = @action AND w.words IS DISTINCT FROM b.words`, args)
			if done := count(t, db, `SELECT count(*) FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.kind = @kind AND e.action = @action`, args); done > 0 && changed > 0 != move.Writes {
				t.Errorf("%s: %s (%s) changed the words of a matter %d times; its row says that it writes some: %v", law.Noun, move.Label, move.Action, changed, move.Writes)
			}
		}
	}
	var writes []string
	for _, law := range laws {
		for _, move := range law.Moves {
			if move.Writes {
				writes = append(writes, string(law.Kind)+" "+string(move.Action))
			}
		}
	}
	if n := count(t, db, `
		SELECT count(*) FROM matter m WHERE (SELECT count(*) FROM event e WHERE e.matter_id = m.id AND m.kind || ' ' || e.action = ANY (@writes::text[]))
			<> (SELECT count(*) FROM river_job j WHERE j.kind = 'index_text' AND j.args = jsonb_build_object('matter', m.id))`, pg.Args{"writes": writes}); n > 0 {
		t.Errorf("%d matters have not a job for each move that wrote", n)
	}
}

// listsHaveWhatTheScopeHas counts every list of everybody by the scope alone: what leads
// PostgreSQL to a few rows (phase of an assignment, flags of a reader, a unit's texts) may
// leave out nothing that the person reads.
func listsHaveWhatTheScopeHas(t *testing.T, db *pgtest.DB, _ demo.Office) {
	ids, err := pg.All[int64](t.Context(), db.Owner, `SELECT id FROM matter`, nil)
	if err == nil {
		err = search.Index(t.Context(), db.Worker, kinds.Texts(), ids)
	}
	if err != nil {
		t.Fatal(err)
	}
	engine := &workflow.Engine{Pool: db.Admin, Now: now}
	seen := map[string]int{}
	for _, k := range kinds.All() {
		r := &register.Register{Office: register.NewOffice(engine), Kind: k}
		for _, p := range people(t, db) {
			scope := p.Scope()
			has := func(condition string) int {
				t.Helper()
				n, err := pg.One[int](t.Context(), db.Admin, `SELECT count(*) FROM matter m WHERE m.kind = @kind AND `+condition+` AND (`+scope.SQL+`)`,
					scope.With(pg.Args{"kind": string(k.Law.Kind)}))
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			filters, want := []register.Filter{{View: register.ViewAll}, {View: register.ViewOpen}, {View: register.ViewClosed}}, []int{has(`true`), has(`m.phase = 1`), has(`m.phase = 3`)}
			for _, s := range k.Law.States {
				filters, want = append(filters, register.Filter{States: []workflow.State{s.State}}), append(want, has(`m.state = '`+string(s.State)+`'`))
			}
			// A sign that every text of a register has somewhere, by the index alone.
			for _, text := range []string{"的", "单位", "付"} {
				asked, _ := search.Ask(text)
				asked.Shared = scope.Shared
				args := scope.With(pg.Args{"kind": string(k.Law.Kind)})
				found, err := search.All[int](t.Context(), db.Admin, `SELECT count(*) FROM matter m WHERE m.kind = @kind AND `+asked.Where("m.id", args)+` AND (`+scope.SQL+`)`, args)
				if err != nil {
					t.Fatal(err)
				}
				filters, want = append(filters, register.Filter{View: register.ViewAll, Text: text}), append(want, min(found[0], 100))
			}
			got, err := r.Count(t.Context(), scope, filters)
			if err != nil {
				t.Fatal(err)
			}
			for i, n := range got {
				if n != want[i] {
					t.Errorf("%s counts %d of %+v in %s, and may read %d", p.Login, n, filters[i], k.Path, want[i])
				}
				seen[string(p.Role)+" "+k.Path] += n
			}
		}
	}
	for _, some := range []string{"handler complaints", "unit_head complaints", "discipline_officer complaints", "discipline_officer cases", "publisher cases"} {
		if seen[some] == 0 {
			t.Errorf("%s: nothing was counted", some)
		}
	}
}

func everySort(t *testing.T, db *pgtest.DB, _ demo.Office) {
	for column, values := range map[string][]string{
		"channel":          {"web", "hotline", "letter_box", "email", "visit", "other_body", "import"},
		"complainant_kind": {"citizen", "enterprise", "npc_deputy", "cppcc_member", "media", "other_org"},
		"anonymous":        {"true", "false"}, "rating": {"satisfied", "basic", "dissatisfied"}, "solved": {"solved", "waiting", "unsolved"},
		"track":   {"petition", "sme_payment", "biz_env", "hotline"},
		"finding": {"substantiated", "mostly", "partially", "unsubstantiated", "unverifiable"}, "roster_match": {"true"},
	} {
		for _, value := range values {
			if n := count(t, db, `SELECT count(*) FROM complaint c WHERE to_jsonb(c) ->> @column = @value`, pg.Args{"column": column, "value": value}); n == 0 {
				t.Errorf("no complaint with %s %s", column, value)
			}
		}
	}
	for what, sql := range map[string]string{
		"late, of several units":  `SELECT CASE WHEN count(*) >= 8 AND count(DISTINCT m.unit) > 4 THEN 1 ELSE 0 END FROM matter m WHERE m.phase = 1 AND m.due_at < @now`,
		"answered late":           `SELECT count(*) FROM clock WHERE rule = 'PF-DO' AND stopped_at > due_at`,
		"lapsed without a rating": `SELECT count(*) FROM event WHERE action = 'lapse_rating'`,
		"a bar that was released": `SELECT count(*) FROM matter_bar WHERE released_seq IS NOT NULL`,
		"a person who is barred":  `SELECT count(*) FROM matter_bar b JOIN matter m ON m.id = b.matter_id WHERE b.staff_id IS NOT NULL AND b.released_seq IS NULL AND m.kind = 'complaint'`,
		"not settled":             `SELECT count(*) FROM matter WHERE kind = 'complaint' AND unit IS NULL`,
		"an opened identity":      `SELECT count(*) FROM identity_opening`,
		"a unit that helps":       `SELECT count(*) FROM assignment WHERE part = 'co' AND opinion_at IS NOT NULL`,
		"before the year":         `SELECT CASE WHEN min(at) BETWEEN @now::timestamptz - interval '386 days' AND @now::timestamptz - interval '330 days' THEN 1 ELSE 0 END FROM event`,
	} {
		if n := count(t, db, sql, pg.Args{"now": now()}); n == 0 {
			t.Errorf("nothing is %s", what)
		}
	}
	for what, sql := range map[string]string{
		"assignments behind their matter":  `SELECT count(*) FROM assignment a JOIN matter m ON m.id = a.matter_id WHERE a.phase <> m.phase`,
		"events of tomorrow":               `SELECT count(*) FROM event WHERE at > @now`,
		"events before the one before":     `SELECT count(*) FROM event e JOIN event b ON b.matter_id = e.matter_id AND b.seq = e.seq - 1 WHERE e.at < b.at`,
		"people named by chance":           `SELECT count(*) FROM matter_bar b JOIN staff s ON s.id = b.staff_id WHERE b.how = 'named' AND s.login NOT IN ('handler', 'handler-ztz')`,
		"staff at work outside the office": `SELECT count(*) FROM event WHERE actor = 'staff' AND (at AT TIME ZONE 'Asia/Shanghai')::time NOT BETWEEN '08:30' AND '18:00'`,
		"words not filled in": `SELECT count(*) FROM (
			SELECT title AS words FROM matter UNION ALL SELECT facts || request || reasons FROM complaint UNION ALL SELECT public_text || note FROM event
			UNION ALL SELECT facts || opinion || basis || demand FROM answer UNION ALL SELECT facts || basis || demand FROM warning_draft
			UNION ALL SELECT body FROM supplement UNION ALL SELECT title || body FROM notice) w
			WHERE words ~ '[{}]'`,
	} {
		if n := count(t, db, sql, pg.Args{"now": now()}); n > 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func chainsHold(t *testing.T, db *pgtest.DB, o demo.Office) {
	_, err := audit.Walk(t.Context(), db.Owner, key.NewEventKeys(o.Keys.Office, o.Keys.Portal), lawful, func(f chain.Finding) {
		t.Errorf("chain: %s", f.Sentence)
	})
	if err != nil {
		t.Error(err)
	}
}

func lawful(kind, role, action string) bool {
	for _, law := range laws {
		if string(law.Kind) == kind {
			return law.Allows(staff.Role(role), workflow.Action(action))
		}
	}
	return false
}

// lettersGoNowhere: none of the year's letters waits, no job would send one, and
// every address is under a domain that cannot exist.
func lettersGoNowhere(t *testing.T, db *pgtest.DB, o demo.Office) {
	if n := count(t, db, `SELECT (SELECT count(*) FROM letter WHERE state = 'waiting') + (SELECT count(*) FROM river_job WHERE kind = 'send_letter')`, nil); n != 0 {
		t.Errorf("%d letters or their jobs wait", n)
	}
	for state, least := range map[string]int{"sent": 100, "kept": 3, "failed": 1} {
		if n := count(t, db, `SELECT count(*) FROM letter WHERE state = @state AND done_at > created_at`, pg.Args{"state": state}); n < least {
			t.Errorf("%d letters are %s", n, state)
		}
	}
	type row struct {
		Number  string
		Mailbox []byte
	}
	boxes, err := pg.All[row](t.Context(), db.Owner, `SELECT m.number, i.mailbox FROM identity i JOIN matter m ON m.id = i.matter_id WHERE i.mailbox IS NOT NULL`, nil)
	if err != nil || len(boxes) < 50 {
		t.Fatalf("%d mailboxes: %v", len(boxes), err)
	}
	for _, b := range boxes {
		if address, err := identity.OpenMailbox(o.Keys.Office, b.Number, b.Mailbox); err != nil || !strings.HasSuffix(address, "@example.invalid") {
			t.Errorf("%s would be written to at %s: %v", b.Number, address, err)
		}
	}
}

// theYearIsReported says that the report on how proposals were handled shows what it is for.
func theYearIsReported(t *testing.T, db *pgtest.DB, _ demo.Office) {
	person, err := pg.One[staff.Person](t.Context(), db.Owner, `
		SELECT id, login, name, role, unit, true AS office, true AS near, ARRAY[]::text[] AS bars FROM staff WHERE role = 'supervisor' LIMIT 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := proposal.New(register.NewOffice(&workflow.Engine{Pool: db.Admin, Now: now}))
	counted := map[string]int{}
	for year := clock.On(now()).Year - 1; year <= clock.On(now()).Year; year++ {
		cases, err := r.Report(t.Context(), person, year)
		if err != nil {
			t.Fatal(err)
		}
		whole, _, _ := proposal.Groups(cases)
		for _, m := range proposal.Measures {
			counted[m.Name] += whole.Count(m)
		}
	}
	for _, name := range []string{"given", "answered", "in_time", "open", "class_a", "class_b", "heard", "refused", "consulted"} {
		if counted[name] == 0 {
			t.Errorf("the demonstration has none that is counted as %s", name)
		}
	}
}

// figuresAreTrue holds what the public reads against the matters themselves.
func figuresAreTrue(t *testing.T, db *pgtest.DB, o demo.Office) {
	year, err := stats.NewBook(db.Portal, kinds.Figures(), now).Year(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := clock.On(now()).AddDays(-1); year.Until != want {
		t.Errorf("figures until %s, want %s", year.Until, want)
	}
	type sums struct{ Received, Answered, OnTime, Days int }
	published, err := pg.One[sums](t.Context(), db.Owner, `SELECT sum(received)::int AS received, sum(answered)::int AS answered, sum(on_time)::int AS on_time, count(*)::int AS days FROM county_day`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := pg.One[sums](t.Context(), db.Owner, `
		SELECT (SELECT count(*) FROM matter m WHERE kind = 'complaint' AND opened_at < b.until AND NOT (m.follows IS NOT NULL AND m.id = (SELECT min(p.id) FROM matter p WHERE p.follows = m.follows AND p.kind = m.kind)))::int AS received,
			(SELECT count(DISTINCT matter_id) FROM answer WHERE sent_at < b.until)::int AS answered,
			(SELECT count(*) FROM (SELECT matter_id, min(sent_at) AS at FROM answer WHERE sent_at < b.until GROUP BY 1) a
				WHERE a.at <= (SELECT due_at FROM clock k WHERE k.matter_id = a.matter_id AND k.rule = 'PF-DO' ORDER BY started_seq LIMIT 1))::int AS on_time,
			@days::int AS days
		FROM (SELECT (@until::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS until) b`,
		pg.Args{"until": year.Until, "days": year.Until.Since(clock.NewDate(2025, 1, 1)) + 1})
	if err != nil || published != want {
		t.Errorf("published %+v, true is %+v: %v", published, want, err)
	}
	if want.OnTime == want.Answered || year.Overdue == 0 {
		t.Error("nobody is ever late")
	}
	for _, measure := range []string{"accused", "accused_answered", "accused_upheld", "handled", "received", "answered", "upheld"} {
		if n := count(t, db, `SELECT count(*) FROM figure WHERE measure = @measure`, pg.Args{"measure": measure}); n == 0 {
			t.Errorf("no unit and no category has a figure %s", measure)
		}
	}
	if n := count(t, db, `SELECT count(*) FROM figure_quarter WHERE 'handled_late' = ANY (withheld)`, nil); n == 0 {
		t.Error("nothing shows what it is that a measure is withheld")
	}
	if n := count(t, db, `SELECT count(*) FROM figure a WHERE a.measure = 'accused_answered'
		AND NOT EXISTS (SELECT FROM figure u WHERE u.key = a.key AND u.until = a.until AND u.measure = 'accused_upheld')`, nil); n == 0 {
		t.Error("every unit that is complained about is to blame")
	}
}

func warningsStandAndFall(t *testing.T, db *pgtest.DB, _ demo.Office) {
	for what, sql := range map[string]string{
		"2 standing":   `kind = 'warning' AND taken_down_at IS NULL AND until >= @today`,
		"2 withdrawn":  `kind = 'warning' AND taken_down_at IS NOT NULL`,
		"1 ended":      `kind = 'warning' AND taken_down_at IS NULL AND until < @today`,
		"1 correction": `kind = 'notice' AND matter_id IS NOT NULL AND until >= @today`,
	} {
		if n := count(t, db, `SELECT count(*) FROM notice WHERE `+sql, pg.Args{"today": clock.On(now())}); !strings.HasPrefix(what, fmt.Sprint(n, " ")) {
			t.Errorf("%d notices, want %s", n, what)
		}
	}
	if n := count(t, db, `SELECT count(*) FROM document a JOIN document b ON a.signed_at < b.signed_at AND a.prefix = b.prefix AND a.year = b.year AND a.serial > b.serial`, nil); n != 0 {
		t.Errorf("%d documents are numbered out of their order", n)
	}
}

var code = regexp.MustCompile(`(?m)^  (JX\d{13})  (\S{19})  `)

func codesOpen(t *testing.T, db *pgtest.DB, o demo.Office) {
	text, err := os.ReadFile(o.File())
	if err != nil {
		t.Fatal(err)
	}
	told := code.FindAllStringSubmatch(string(text), -1)
	if len(told) < 4 {
		t.Fatalf("%d codes are told in %s", len(told), text)
	}
	portal := complaint.New(register.Office{Pool: db.Portal, Engine: &workflow.Engine{Now: time.Now}}, o.Keys.Portal.Codes(), o.Keys.Portal)
	for _, m := range told {
		visitor, err := key.NewSecret(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		typed, ok := form.ParseCode(m[2])
		if err := portal.Unlock(t.Context(), m[1], typed, visitor, []byte(m[1])); !ok || err != nil {
			t.Errorf("%s does not open %s: %v", m[2], m[1], err)
		}
	}
}

// comesIn lets somebody of whom the demonstration tells in.
func comesIn(t *testing.T, db *pgtest.DB, o demo.Office, name string) (*member.Door, key.Secret) {
	t.Helper()
	text, err := os.ReadFile(o.File())
	if err != nil {
		t.Fatal(err)
	}
	told := regexp.MustCompile(`(?m)^  (\S+@example\.invalid)  (\S{19})  ` + name).FindStringSubmatch(string(text))
	if told == nil {
		t.Fatalf("%s is not told of in %s", name, text)
	}
	door := &member.Door{Pool: db.Portal, Codes: o.Keys.Portal.Codes(), Random: rand.Reader}
	if err := door.Ask(t.Context(), told[1]); err != nil {
		t.Fatal(err)
	}
	link, err := key.NewSecret(rand.Reader) // as the worker draws it
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, `WITH sent AS (UPDATE member_login SET token_hash = @token, expires_at = now() + interval '1 minute' WHERE member_id IS NOT NULL AND token_hash IS NULL RETURNING 1) SELECT count(*) FROM sent`,
		pg.Args{"token": member.LinkID(link)}); n != 1 {
		t.Fatalf("%d letters for %s", n, told[1])
	}
	code, _ := form.ParseCode(told[2])
	session, err := door.Enter(t.Context(), link, code)
	if err != nil {
		t.Fatal(err)
	}
	return door, session
}

// The journalist who is told of comes in, and has leads in every state.
func journalistComesIn(t *testing.T, db *pgtest.DB, o demo.Office) {
	door, session := comesIn(t, db, o, "赵演示")
	desk, err := press.OwnList(t.Context(), door, session)
	if err != nil {
		t.Fatal(err)
	}
	states := map[workflow.State]bool{}
	for _, l := range desk.Leads {
		states[l.State] = true
		if _, err := press.ReadOwn(t.Context(), door, session, l.Number); err != nil {
			t.Errorf("%s: %v", l.Number, err)
		}
	}
	if len(states) != len(press.Law.States) {
		t.Errorf("%s has leads in %d states", desk.Name, len(states))
	}
}

// The deputy who is told of comes in, and has proposals in several states.
func deputyComesIn(t *testing.T, db *pgtest.DB, o demo.Office) {
	door, session := comesIn(t, db, o, "陈演示")
	bench, err := proposal.OwnList(t.Context(), door, session)
	if err != nil {
		t.Fatal(err)
	}
	states := map[workflow.State]bool{}
	for _, p := range bench.Proposals {
		states[p.State] = true
		if _, err := proposal.ReadOwn(t.Context(), door, session, p.Number); err != nil {
			t.Errorf("%s: %v", p.Number, err)
		}
	}
	if len(states) < 3 {
		t.Errorf("%s has proposals in %d states", bench.Name, len(states))
	}
}

// cutting is randomness that ends the load after so many events.
type cutting struct {
	io.Reader
	left int
	cut  context.CancelFunc
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.left--; c.left == 0 {
		c.cut()
	}
	return c.Reader.Read(p)
}

// What was there is neither lost nor done twice, and what a visitor filed between
// the two is left alone.
func TestAYearThatWasCutShortIsGoneOnWith(t *testing.T) {
	t.Parallel()
	db, o := withYear(t)
	o = o.Shorter(4)
	fewIsEnough(t, db)
	ctx, cancel := context.WithCancel(t.Context())
	broken := o
	broken.Random = &cutting{rand.Reader, 400, cancel}
	if _, err := broken.Load(ctx); err == nil {
		t.Fatal("the load went through")
	}
	before := count(t, db, `SELECT count(*) FROM event`, nil)
	if wanted, err := demo.Wanted(t.Context(), db.Owner); err != nil || !wanted || before == 0 {
		t.Fatalf("after %d events, wanted %v: %v", before, wanted, err)
	}
	text, err := os.ReadFile(o.File())
	if err != nil {
		t.Fatal(err)
	}
	later := o
	later.Now = func() time.Time { return now().Add(50 * time.Hour) }
	if logins, err := later.Load(t.Context()); err != nil || len(logins) != 0 {
		t.Fatalf("gone on with %d new logins: %v", len(logins), err)
	}
	if whole, err := os.ReadFile(o.File()); err != nil || !strings.HasPrefix(string(whole), string(text)) || !code.Match(whole) {
		t.Errorf("the logins are %s: %v", whole, err)
	}
	if n := count(t, db, `SELECT count(*) - count(DISTINCT origin) FROM complaint WHERE origin <> ''`, nil); n != 0 {
		t.Errorf("%d complaints came twice", n)
	}
	everyPathIsWalked(t, db, o)
	chainsHold(t, db, o)
	if _, err := later.Load(t.Context()); err == nil {
		t.Error("loaded a second time")
	}
}

// fewIsEnough lets a complaint be published though a shorter year has few about its unit.
func fewIsEnough(t *testing.T, db *pgtest.DB) {
	t.Helper()
	if _, err := db.Owner.Exec(t.Context(), `UPDATE setting SET value = '1' WHERE key = 'release_least'`); err != nil {
		t.Fatal(err)
	}
}

// everyPathIsWalked compares with the plan: as many steps as it has.
func everyPathIsWalked(t *testing.T, db *pgtest.DB, o demo.Office) {
	t.Helper()
	want := o.Steps()
	got := count(t, db, `SELECT count(*) FROM event WHERE (actor <> 'system' OR action IN ('file', 'ask_follow')) AND NOT (action IN ('open_case', 'enter_part', 'accept_part', 'open_inquiry') AND seq = 1)`, nil)
	if got != want {
		t.Errorf("%d steps were taken, the plan has %d", got, want)
	}
}

// No calendar is known for those years, and it is a Saturday night.
func TestAYearIsLoadedInAnyYear(t *testing.T) {
	t.Parallel()
	db, o := withYear(t)
	o = o.Shorter(3)
	fewIsEnough(t, db)
	o.Now = func() time.Time { return time.Date(2029, 2, 17, 15, 30, 0, 0, time.UTC) }
	load(t, o)
	if n := count(t, db, `SELECT count(*) FROM matter WHERE state = 'drafted'`, nil); n < 2 {
		t.Errorf("%d warnings wait for a calendar", n)
	}
}
