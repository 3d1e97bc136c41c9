package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"golang.org/x/sync/errgroup"

	"zhengxin/internal/complaint"
	"zhengxin/internal/form"
	"zhengxin/internal/search"
	"zhengxin/internal/workflow"
)

// seeder fills the office's database with complaints in every state, as the
// superuser and without triggers: what the engine would take an hour for.
type seeder struct {
	url        string // the superuser's
	units      []string
	categories []string
	rules      map[string]int // clock rule and its newest version
	clerk      int64
	now        time.Time
	taken      map[string]bool // numbers
	last       int64           // id
}

// course is how far a complaint has come: its state, how many of the steps it
// took, and whether it still runs.
type course struct {
	state string
	steps int
	open  bool
	share int // of a hundred
}

var courses = []course{
	{"submitted", 1, true, 4}, {"registered", 2, true, 4}, {"supplement_required", 3, true, 2}, {"accepted", 3, true, 3},
	{"dispatched", 4, true, 5}, {"handling", 5, true, 12}, {"result_submitted", 6, true, 3}, {"under_review", 7, true, 2},
	{"replied", 8, false, 6}, {"rated", 9, false, 4}, {"closed", 10, false, 43}, {"redirected", 3, false, 5},
	{"transferred", 3, false, 4}, {"rejected", 3, false, 2}, {"withdrawn", 3, false, 1},
}

// steps are the events of a complaint that goes all the way.
var steps = []struct{ actor, role, action, to, words string }{
	{"complainant", "complainant", "file", "submitted", "投诉已经收到，编号和查询码在回执上。"},
	{"staff", "registrar", "register", "registered", "登记员已经登记，正在看属不属于受理范围。"},
	{"staff", "registrar", "accept", "accepted", "已经受理，受理之日起三十日内书面答复您。"},
	{"staff", "registrar", "dispatch", "dispatched", "已经交给承办单位办理，不会交给被投诉的单位。"},
	{"staff", "handler", "sign", "handling", "承办单位已经签收，正在调查核实。"},
	{"staff", "handler", "draft_answer", "result_submitted", ""},
	{"staff", "unit_head", "approve_answer", "under_review", ""},
	{"staff", "supervisor", "reply", "replied", "书面答复已经作出，请看答复意见。不满意可以在三十日内申请复查。"},
	{"complainant", "complainant", "rate", "rated", "您评价了这次办理。"},
	{"staff", "supervisor", "close", "closed", "您确认问题已经解决，投诉办结。"},
}

// answered is the step by which a complaint is answered.
const answered = 8

func newSeeder(ctx context.Context, url string) (*seeder, error) {
	s := &seeder{url: url, now: time.Now().UTC().Truncate(time.Microsecond), taken: map[string]bool{}, rules: map[string]int{}}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `
		SELECT (SELECT array_agg(code ORDER BY code) FROM unit WHERE complainable),
			(SELECT array_agg(code ORDER BY code) FROM category),
			(SELECT json_object_agg(code, version) FROM (SELECT code, max(version) AS version FROM clock_rule GROUP BY code) AS newest),
			(SELECT min(id) FROM staff WHERE role = 'registrar')`).Scan(&s.units, &s.categories, &s.rules, &s.clerk)
	if err == nil {
		_, err = conn.Exec(ctx, `DROP INDEX search_text_body`) // made anew by finish: row by row it takes four times as long
	}
	return s, err
}

// batch is how many complaints one COPY carries.
const batch = 2500

// grow brings n more complaints in and leaves the statistics fresh.
func (s *seeder) grow(ctx context.Context, n int) error {
	if err := s.follow(ctx); err != nil {
		return err
	}
	group, copying := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for done := 0; done < n; done += batch {
		numbers := s.numbers(min(batch, n-done))
		from := s.last + 1
		s.last += int64(len(numbers))
		group.Go(func() error { return s.copy(copying, from, numbers) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	return s.asSuperuser(ctx, fmt.Sprintf(`SELECT setval('matter_id', %d)`, s.last), `VACUUM ANALYZE`, `CHECKPOINT`)
}

// follow takes note of what was filed meanwhile.
func (s *seeder) follow(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return conn.QueryRow(ctx, `SELECT last_value FROM matter_id`).Scan(&s.last)
}

// finish builds the search index.
func (s *seeder) finish(ctx context.Context) error {
	return s.asSuperuser(ctx, `SET maintenance_work_mem = '512MB'`,
		`CREATE INDEX search_text_body ON search_text USING gin (body) WITH (fastupdate = off)`, `ANALYZE search_text`, `CHECKPOINT`)
}

func (s *seeder) asSuperuser(ctx context.Context, statements ...string) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// numbers draws numbers that are not yet taken.
func (s *seeder) numbers(n int) []string {
	var drawn []string
	for len(drawn) < n {
		number := form.NewNumber(s.now.Year(), rand.Reader)
		if !s.taken[number] {
			s.taken[number] = true
			drawn = append(drawn, number)
		}
	}
	return drawn
}

// tables in the order of their columns below.
var tables = []struct {
	name    string
	columns string
}{
	{"matter", "id number kind state phase unit category title flags facets opened_at closed_at due_at seq head"},
	{"complaint", "matter_id channel complainant_kind track anonymous confidential edelivery request facts reasons contract_no contract_amount unpaid_amount"},
	{"event", "matter_id seq at actor staff_id role action from_state to_state public_text salt commitment prev hash key_id"},
	{"clock", "matter_id rule version started_seq started_at due_on due_at derivation stopped_seq stopped_at"},
	{"assignment", "matter_id unit part started_at signed_at phase due_at"},
	{"identity", "matter_id person mailbox"},
	{"access_code", "matter_id mac"},
	{"likeness", "matter_id part marks"},
}

// copy writes one batch.
func (s *seeder) copy(ctx context.Context, from int64, numbers []string) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SET session_replication_role = replica; SET synchronous_commit = off`); err != nil {
		return err
	}
	rows := map[string][][]any{}
	var texts strings.Builder
	w := newTeller(uint64(from))
	for i, number := range numbers {
		s.complaint(w, from+int64(i), number, rows, &texts)
	}
	for _, t := range tables {
		_, err := conn.CopyFrom(ctx, pgx.Identifier{t.name}, strings.Fields(t.columns), pgx.CopyFromRows(rows[t.name]))
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	_, err = conn.PgConn().CopyFrom(ctx, strings.NewReader(texts.String()), `COPY search_text (matter_id, body) FROM STDIN`)
	return err
}

// complaint adds the rows of one complaint.
func (s *seeder) complaint(w teller, id int64, number string, rows map[string][][]any, texts *strings.Builder) {
	add := func(table string, values ...any) { rows[table] = append(rows[table], values) }
	c, told := pickCourse(w), w.story()
	age := time.Duration(1+w.IntN(25*24)) * time.Hour
	if !c.open {
		age += time.Duration(60+w.IntN(700)) * 24 * time.Hour
	}
	opened := s.now.Add(-age)
	at := func(step int) time.Time { return opened.Add(age * time.Duration(step) / 12) }
	due, closed := any(pgtype.Timestamptz{InfinityModifier: pgtype.Infinity, Valid: true}), any(nil)
	if c.open {
		end := s.now.Add(time.Duration(w.IntN(90*24)-30*24) * time.Hour)
		due = end
		add("clock", id, "PF-DO", s.rules["PF-DO"], int64(1), opened, end, end, derivation, nil, nil)
	} else {
		closed = at(11)
	}
	for _, rule := range []string{"PF-REG", "PF-ACC"} {
		add("clock", id, rule, s.rules[rule], int64(1), opened, at(3), at(3), derivation, int64(1), at(1))
	}
	if c.steps >= answered {
		end := at(9)
		if w.IntN(10) == 0 { // some are late
			end = at(6)
		}
		add("clock", id, "PF-DO", s.rules["PF-DO"], int64(3), at(3), end, end, derivation, int64(answered), at(answered-1))
	}
	state := ""
	hash := hash32(uint64(id), 0)
	for i := range c.steps {
		st, prev := steps[i], hash
		if i == c.steps-1 {
			st.to = c.state
		}
		hash = hash32(uint64(id), uint64(i+1))
		add("event", id, int64(i+1), at(i), st.actor, s.by(st.actor), st.role, st.action, state, st.to, st.words, hash[:16], hash, prev, hash, "bench")
		state = st.to
	}
	phase := int16(complaint.Law.State(workflow.State(c.state)).Phase)
	if c.steps > 3 && c.steps < 11 && c.state != "supplement_required" {
		add("assignment", id, pick(w, s.units), "lead", at(4), at(5), phase, due)
	}
	channel, who, track := w.channel(c), w.of(people), w.track(c)
	add("matter", id, number, "complaint", c.state, phase, pick(w, s.units), pick(w, s.categories), told.title, w.flags(c), facets(phase, "channel", channel, "complainant_kind", who, "track", track), opened, closed, due, int64(c.steps), hash)
	add("complaint", id, channel, who, track, false, true, true, told.request, told.facts, told.reasons, fmt.Sprintf("HT-%d", w.IntN(9999)), w.sum(), w.sum())
	add("identity", id, make([]byte, 580), make([]byte, 190))
	add("access_code", id, hash)
	add("likeness", id, string(search.Story), search.Marks(search.Story, told.request+"\n"+told.facts))
	fmt.Fprintf(texts, "%d\t%s\n", id, search.Vector(told.title, told.request, told.facts, told.reasons))
}

// facets are what the triggers of a matter make of its details.
func facets(phase int16, pairs ...any) (all []string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == nil {
			continue
		}
		word := fmt.Sprintf("%v=%v", pairs[i], pairs[i+1])
		all = append(all, word, fmt.Sprintf("%d:%s", phase, word))
	}
	return all
}

const derivation = "从收到之日的第二天算起，中间的周末和法定节假日不算，补班的日子算。"

func pickCourse(w teller) course {
	at := w.IntN(100)
	for _, c := range courses {
		if at -= c.share; at < 0 {
			return c
		}
	}
	return courses[0]
}

func (s *seeder) by(actor string) any {
	if actor == "staff" {
		return s.clerk
	}
	return nil
}

// hash32 stands where a chain's hash would: as long and as hard to compress.
func hash32(id, seq uint64) []byte {
	var b [32]byte
	for i := range 4 {
		x := (id*31+seq)*4 + uint64(i) + 0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		binary.LittleEndian.PutUint64(b[i*8:], x^x>>31)
	}
	return b[:]
}
