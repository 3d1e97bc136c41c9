package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/watch"
)

// The desk's lists are measured in two databases on one server, in one run and in turns: the
// same complaints, and as many times as many.
const (
	fewDatabase  = "zhengxin_few"
	manyDatabase = "zhengxin_many"
	listRounds   = 3 // so that one in which a list pays for the counts beside the views is not the middle
	listPairs    = 40
)

// listed is one list that somebody asks for.
type listed struct {
	login string
	name  string
	query url.Values
	pages int // how many pages further on, by the links under the list
}

func (l listed) address() string { return "/complaints?" + l.query.Encode() }

// timedList is a list with what it took, in milliseconds, in either database.
type timedList struct {
	listed
	few, many []float64
}

func (t timedList) ratio() float64 { return median(t.many) / median(t.few) }

func median(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	of = slices.Sorted(slices.Values(of))
	return of[len(of)/2]
}

// asker is the desk of one of the two databases.
type asker struct {
	*conn
	at      string
	cookies map[string]string // by login
	further map[string]string // by login and address of the first page: the page that was turned to
}

// lists fills both databases, measures and takes them away again.
func (r *rig) lists(ctx context.Context, s settings, out *report) (err error) {
	if err := r.fillLists(ctx, s); err != nil {
		return err
	}
	if s.hold {
		fmt.Printf("%s\n%s\n", r.server.URL(superuser, fewDatabase), r.server.URL(superuser, manyDatabase))
		for _, name := range []string{fewDatabase, manyDatabase} {
			a, _, err := r.listDesk(ctx, name)
			if err != nil {
				return err
			}
			for login, cookie := range a.cookies {
				fmt.Println("DESK", name, a.at, login, cookie)
			}
		}
		all, err := r.askedLists(ctx)
		if err != nil {
			return err
		}
		for _, l := range all {
			fmt.Println("ASK", l.login, l.pages, l.address(), l.name)
		}
		<-ctx.Done()
		return nil
	}
	defer func() {
		if err == nil {
			err = r.halt()
		}
		for _, name := range []string{manyDatabase, fewDatabase} {
			if err == nil {
				err = r.alone(ctx, `DROP DATABASE `+name)
			}
		}
	}()
	if err := r.exports(ctx, s, out); err != nil {
		return err
	}
	few, _, err := r.listDesk(ctx, fewDatabase)
	if err != nil {
		return err
	}
	defer few.close()
	many, _, err := r.listDesk(ctx, manyDatabase)
	if err != nil {
		return err
	}
	defer many.close()
	all, err := r.askedLists(ctx)
	if err != nil {
		return err
	}
	timed := make([]timedList, len(all))
	for i, one := range all {
		timed[i] = timedList{listed: one}
		if one.pages == 0 {
			continue
		}
		if err := errors.Join(few.turn(ctx, one), many.turn(ctx, one)); err != nil {
			return err
		}
	}
	for round := range listRounds + 1 {
		time.Sleep(register.TallyLife) // who asks first pays for the counts beside the views
		for i := range timed {
			t := &timed[i]
			for _, side := range []struct {
				*asker
				took *[]float64
			}{{few, &t.few}, {many, &t.many}} {
				took, err := side.ask(t.listed)
				if err != nil {
					return err
				}
				if round > 0 { // the first is for caches and plans
					*side.took = append(*side.took, took)
				}
			}
		}
	}
	out.lists(timed, s.small, s.lists)
	return nil
}

// nextLink is that under a list.
var nextLink = regexp.MustCompile(`href="([^"]+)" rel="next"`)

// turn finds the address of a later page of a list: its token is of this database.
func (a *asker) turn(ctx context.Context, l listed) error {
	at := l.address()
	for range l.pages {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+a.at+at, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Cookie", a.cookies[l.login])
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(answer.Body)
		if err = errors.Join(err, answer.Body.Close()); err != nil {
			return err
		}
		link := nextLink.FindSubmatch(body)
		if link == nil {
			return fmt.Errorf("%s, %s has no next page: status %d", l.login, at, answer.StatusCode)
		}
		at = html.UnescapeString(string(link[1]))
	}
	a.further[l.login+l.name] = at
	return nil
}

// ask is what one list takes, in milliseconds.
func (a *asker) ask(l listed) (float64, error) {
	at := l.address()
	if l.pages > 0 {
		at = a.further[l.login+l.name]
	}
	began := time.Now()
	status, _, err := a.do(get(a.at, at, a.cookies[l.login]))
	took := ms(time.Since(began))
	if err == nil && status != 200 && status != 503 { // that took longer than a page may
		err = fmt.Errorf("status %d", status)
	}
	if err != nil {
		return 0, fmt.Errorf("%s, %s: %w", l.login, l.address(), err)
	}
	return took, nil
}

// listLogins are whose lists are measured: who decides, who takes in, who works on what
// their unit has in hand, who leads.
var listLogins = []string{"supervisor", "registrar", "handler", "leader"}

// listDesk starts a desk over one of the databases, with everybody signed in.
func (r *rig) listDesk(ctx context.Context, name string) (*asker, *running.Process, error) {
	owner, err := pg.Open(ctx, r.server.URL(superuser, name), pg.Options{AppName: "bench", MaxConns: 1})
	if err != nil {
		return nil, nil, err
	}
	defer owner.Close()
	a := &asker{cookies: map[string]string{}, further: map[string]string{}}
	for _, login := range listLogins {
		if a.cookies[login], err = signIn(ctx, owner, login); err != nil {
			return nil, nil, err
		}
	}
	if a.at, err = running.FreePort(); err != nil {
		return nil, nil, err
	}
	office := *r.Office
	office.Admin, office.Extra = a.at, append(slices.Clone(office.Extra), "ZHENGXIN_DATABASE_URL="+r.server.URL(pg.RoleAdmin, name))
	p, err := office.Start("admin")
	if err != nil {
		return nil, nil, err
	}
	r.running = append(r.running, p)
	if err := p.Ready(ctx, a.at); err != nil {
		return nil, nil, err
	}
	a.conn, err = dial(a.at)
	return a, p, err
}

// alone runs a statement that wants nobody else in the database.
func (r *rig) alone(ctx context.Context, sql string) error {
	r.owner.Reset()
	var err error
	for range 50 {
		if _, err = r.owner.Exec(ctx, sql); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond) // the others are leaving
	}
	return fmt.Errorf("%s: %w", sql, err)
}

// fillLists makes the two databases of the one that is there: its texts cut to their titles,
// so that a million have room, and then each complaint as many times as needed.
func (r *rig) fillLists(ctx context.Context, s settings) error {
	maker, err := pgx.Connect(ctx, r.server.URL(superuser, "postgres"))
	if err != nil {
		return err
	}
	defer maker.Close(ctx)
	copied := func(from, to string) (err error) {
		for range 50 {
			r.owner.Reset()
			if _, err = maker.Exec(ctx, `CREATE DATABASE `+to+` TEMPLATE `+from); err == nil {
				return nil
			}
			time.Sleep(100 * time.Millisecond) // who was in it is leaving
		}
		return err
	}
	if err := copied("zhengxin", fewDatabase); err != nil {
		return err
	}
	if err := r.in(ctx, fewDatabase, cutTexts); err != nil {
		return err
	}
	if err := copied(fewDatabase, manyDatabase); err != nil {
		return err
	}
	times := s.lists/s.small - 1
	return r.in(ctx, manyDatabase, func(ctx context.Context, conn *pgx.Conn) error { return multiply(ctx, conn, times) })
}

func (r *rig) in(ctx context.Context, name string, do func(context.Context, *pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, r.server.URL(superuser, name))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`); err != nil {
		return err
	}
	return do(ctx, conn)
}

// cutTexts leaves of each text the title.
func cutTexts(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `SELECT id, title FROM matter WHERE id IN (SELECT matter_id FROM search_text)`)
	if err != nil {
		return err
	}
	var texts strings.Builder
	var id int64
	var title string
	if _, err := pgx.ForEachRow(rows, []any{&id, &title}, func() error {
		_, err := fmt.Fprintf(&texts, "%d\t%s\n", id, search.Vector(title))
		return err
	}); err != nil {
		return err
	}
	for _, step := range []string{`TRUNCATE search_text, likeness, identity, access_code`, `UPDATE complaint SET request = '', facts = '', reasons = ''`} {
		if _, err := conn.Exec(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	if _, err = conn.PgConn().CopyFrom(ctx, strings.NewReader(texts.String()), `COPY search_text (matter_id, body) FROM STDIN`); err != nil {
		return err
	}
	for _, step := range []string{`CREATE INDEX IF NOT EXISTS search_text_body ON search_text USING gin (body) WITH (fastupdate = off)`, `VACUUM (FULL, ANALYZE)`, `CHECKPOINT`} {
		if _, err := conn.Exec(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

// multiplied are the tables that the lists read, with what each copy has instead of what the
// row has: g is the number of the copy.
var multiplied = []struct {
	table   string
	instead map[string]string
	where   string
}{
	{"matter", map[string]string{"id": `id + g * step`, "number": `number || '-' || g`, "due_at": `due_at + moved(id, g)`, "opened_at": `opened_at + moved(id, g)`}, ``},
	{"complaint", map[string]string{"matter_id": `matter_id + g * step`}, ``},
	{"event", map[string]string{"matter_id": `matter_id + g * step`}, `seq > 3`},
	{"clock", map[string]string{"matter_id": `matter_id + g * step`, "due_at": `due_at + moved(matter_id, g)`}, `stopped_at IS NULL OR rule = 'PF-DO'`},
	{"assignment", map[string]string{"matter_id": `matter_id + g * step`, "due_at": `due_at + moved(matter_id, g)`}, ``},
	{"search_text", map[string]string{"matter_id": `matter_id + g * step`}, ``},
}

// multiply makes of each complaint as many more, half a day this way or that. Indexes are
// made anew: row by row they take four times as long.
func multiply(ctx context.Context, conn *pgx.Conn, times int) error {
	var names []string
	for _, m := range multiplied {
		names = append(names, m.table)
	}
	indexes, err := pg.All[string](ctx, conn, `
		SELECT pg_get_indexdef(i.indexrelid) || ';' || i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		WHERE c.relname = ANY (@names) AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)`, pg.Args{"names": names})
	if err != nil {
		return err
	}
	steps := []string{`CREATE FUNCTION pg_temp.moved(id bigint, g int) RETURNS interval LANGUAGE sql IMMUTABLE AS 'SELECT (hashint8(id * 1000 + g) % 43200) * interval ''1 second'''`}
	for _, index := range indexes {
		_, name, _ := strings.Cut(index, ";")
		steps = append(steps, `DROP INDEX `+name)
	}
	for _, m := range multiplied {
		columns, err := pg.All[string](ctx, conn, `
			SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = @table::text::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = '' ORDER BY attnum`, pg.Args{"table": m.table})
		if err != nil {
			return err
		}
		values := make([]string, len(columns))
		for i, c := range columns {
			if values[i] = c; m.instead[c] != "" {
				values[i] = strings.NewReplacer("moved(", "pg_temp.moved(", "step", `(SELECT last_value FROM matter_id)`).Replace(m.instead[c])
			}
		}
		where := ` WHERE true`
		if m.where != "" {
			where = ` WHERE ` + m.where
		}
		steps = append(steps, `INSERT INTO `+m.table+` (`+strings.Join(columns, ", ")+`) SELECT `+strings.Join(values, ", ")+` FROM generate_series(1, `+strconv.Itoa(times)+`) g, `+m.table+where)
	}
	for _, index := range indexes {
		definition, _, _ := strings.Cut(index, ";")
		steps = append(steps, definition)
	}
	steps = append(steps, `SELECT setval('matter_id', (SELECT max(id) FROM matter))`, `VACUUM ANALYZE`, `CHECKPOINT`)
	for _, step := range steps {
		if _, err := conn.Exec(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

// askedLists are the lists that are measured: each view; each filter with what many have,
// what few have and what nobody has; pairs of them; further pages.
func (r *rig) askedLists(ctx context.Context) ([]listed, error) {
	units, err := pg.All[string](ctx, r.owner, `SELECT code FROM unit WHERE complainable ORDER BY code LIMIT 3`, nil)
	if err != nil {
		return nil, err
	}
	titles, err := pg.All[string](ctx, r.owner, `SELECT title FROM matter ORDER BY id DESC LIMIT 1`, nil)
	if err != nil {
		return nil, err
	}
	title := []rune(titles[0])
	today := clock.On(time.Now())
	day := func(ago int) string { return today.AddDays(-ago).String() }
	filters := map[string][]string{
		"state": {"handling", "supplement_required", "objected"}, "unit": {units[0], units[1], "-none"},
		"category": {"A", "A01", "C03", register.NoCategory}, "due": {}, "since": {day(3), day(600)}, "until": {day(20), day(1000)},
		"lead": {units[2], register.NoUnit}, "provisional": {"1"}, "figure": {}, "watched": {},
		"track": {}, "channel": {}, "complainant": {},
		"unpaid_from": {"1000", "9500000"}, "unpaid_to": {"150", "50"}, "contract_from": {"100000", "9990000"},
		"text": {string(title[:2]), string(title[:6]), string(title), "没有的话"},
	}
	for _, term := range register.Terms() {
		filters["due"] = append(filters["due"], string(term))
	}
	for _, f := range complaint.Kind.ReportFigures() {
		filters["figure"] = append(filters["figure"], f.Name)
	}
	for _, w := range watch.Whats() {
		filters["watched"] = append(filters["watched"], string(w))
	}
	for _, d := range complaint.Kind.Details {
		for _, o := range d.Options {
			filters[d.Name] = append(filters[d.Name], o.Value)
		}
	}
	var first, all []listed
	for _, login := range listLogins {
		by, err := pg.One[staff.Role](ctx, r.owner, `SELECT role FROM staff WHERE login = @login`, pg.Args{"login": login})
		if err != nil {
			return nil, err
		}
		add := func(view string, pairs ...string) {
			q := url.Values{"view": {view}}
			for i := 0; i < len(pairs); i += 2 {
				q.Set(pairs[i], pairs[i+1])
			}
			all = append(all, listed{login: login, name: strings.Join(append([]string{view}, pairs...), " "), query: q})
		}
		first = append(first, listed{login: login, name: "with the counts beside the views", query: url.Values{}})
		for _, v := range complaint.Kind.AllViews() {
			if v.Shows(complaint.Kind, by) {
				add(v.Name)
			}
		}
		for _, view := range []string{register.ViewOpen, register.ViewAll} {
			for _, pages := range []int{1, 2} {
				if by == staff.Handler && view == register.ViewOpen {
					continue // of few complaints a unit has no second page of those
				}
				all = append(all, listed{login: login, name: fmt.Sprintf("%s, page %d", view, pages+1), query: url.Values{"view": {view}}, pages: pages})
			}
		}
		apart := func(name string) bool {
			i := slices.IndexFunc(complaint.Kind.Details, func(d register.Detail) bool { return d.Name == name })
			return i >= 0 && complaint.Kind.Details[i].Apart && by == staff.Handler
		}
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(filters)), apart)
		for _, view := range []string{register.ViewOpen, register.ViewAll} {
			for _, name := range names {
				for _, value := range filters[name] {
					add(view, name, value)
				}
			}
		}
		w := newTeller(3)
		for range listPairs {
			a, b := pick(w, names), pick(w, names)
			if a != b {
				add(register.ViewOpen, a, pick(w, filters[a]), b, pick(w, filters[b]))
			}
		}
	}
	return append(first, all...), nil
}

// mostLists is how much longer a page of a list may take with a hundred times the rows.
const mostLists = 1.3

func (o *report) lists(all []timedList, few, many int) {
	fmt.Fprintf(o.out, "\nlists          median of %d rounds, the two in turns: ms with %d and with %d complaints, ratio, bar ≤ %.1f\n", listRounds, few, many, mostLists)
	missed := 0
	for _, t := range all {
		kept := t.ratio() <= mostLists
		if !kept {
			missed++
		}
		o.listed(t, kept)
	}
	fmt.Fprintf(o.out, "lists          %d of %d keep the bar\n", len(all)-missed, len(all))
}

func (o *report) listed(t timedList, kept bool) {
	fmt.Fprintf(o.out, "%-11s %-58s %8.1f %8.1f %7.2f%s\n", t.login, t.name, median(t.few), median(t.many), t.ratio(), mark(kept))
}
