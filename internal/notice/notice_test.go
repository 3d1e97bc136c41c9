package notice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

// The views end a term by the database's own clock, so these tests live in the
// real present and move the days of the notices instead.
var now = time.Now().Truncate(time.Microsecond)

func office(t *testing.T) *pgtest.DB {
	t.Helper()
	db := pgtest.New(t)
	if _, err := pg.Exec(t.Context(), db.Owner, `INSERT INTO unit (code, name, kind) VALUES ('TOWN', '东岭镇人民政府', 'town')`, nil); err != nil {
		t.Fatal(err)
	}
	return db
}

func board(db *pgtest.DB) *notice.Board {
	return notice.NewBoard(db.Portal, func() time.Time { return now })
}

func warning(until clock.Date) notice.Publication {
	return notice.Publication{
		Kind: notice.Warning, Title: "对东岭镇人民政府予以书面警示", Issuer: "县政务诚信监督办公室", Number: "演示〔2026〕3 号",
		Addressee: "东岭镇人民政府", Body: "经查，你单位拖欠工程款。\n现决定予以书面警示。", Paper: "<p>经查</p>", Unit: "TOWN",
		At: now.AddDate(0, 0, -30), Until: until,
	}
}

func publish(t *testing.T, db *pgtest.DB, p notice.Publication) int64 {
	t.Helper()
	id, err := notice.PublishTx(t.Context(), db.Admin, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestANoticeIsReadForItsTerm(t *testing.T) {
	t.Parallel()
	db := office(t)
	id := publish(t, db, warning(clock.On(now))) // today is its last day
	b := board(db)
	got, err := b.ByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"经查，你单位拖欠工程款。", "现决定予以书面警示。"}
	if diff := cmp.Diff(want, got.Paragraphs()); diff != "" || got.Number != "演示〔2026〕3 号" || !got.EndedOn.IsZero() {
		t.Errorf("%s %+v", diff, got)
	}
	if paper, err := b.Paper(t.Context(), id); err != nil || paper != "<p>经查</p>" {
		t.Errorf("paper %q, %v", paper, err)
	}
	if len(got.Digest) != 64 {
		t.Errorf("digest %q", got.Digest)
	}
	about, err := b.About(t.Context(), "TOWN")
	if err != nil || len(about) != 1 || about[0].ID != id {
		t.Errorf("about the unit: %+v, %v", about, err)
	}
}

func TestAfterItsTermNothingIsLeftButTheDay(t *testing.T) {
	t.Parallel()
	db := office(t)
	yesterday := clock.On(now).AddDays(-1)
	ended := publish(t, db, warning(yesterday))
	down := publish(t, db, warning(clock.On(now).AddDays(30)))
	if err := notice.TakeDown(t.Context(), db.Admin, down, now, "已经付清"); err != nil {
		t.Fatal(err)
	}
	b := board(db)
	for _, id := range []int64{ended, down} {
		got, err := b.ByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want := notice.Page{Notice: notice.Notice{Entry: notice.Entry{ID: id}}, EndedOn: clock.On(now)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("notice %d: %s", id, diff)
		}
		if _, err := b.Paper(t.Context(), id); !fault.Is(err, fault.NotFound) {
			t.Errorf("paper of %d: %v", id, err)
		}
	}
	recent, err := b.Recent(t.Context(), 10)
	about, err2 := b.About(t.Context(), "TOWN")
	if len(recent)+len(about) != 0 || err != nil || err2 != nil {
		t.Errorf("listed: %v %v %v %v", recent, about, err, err2)
	}
	kept, err := pg.One[int64](t.Context(), db.Admin, `SELECT count(*) FROM notice WHERE body <> ''`, nil)
	if err != nil || kept != 2 {
		t.Errorf("the record: %d, %v", kept, err)
	}
}

func TestMidnightEndsAlsoWhatIsKept(t *testing.T) {
	t.Parallel()
	db := office(t)
	today := clock.On(now)
	id := publish(t, db, warning(today.AddDays(1)))
	at := today.AddDays(1).Ends().Add(-time.Second)
	b := notice.NewBoard(db.Portal, func() time.Time { return at })
	if p, err := b.ByID(t.Context(), id); err != nil || p.Body == "" {
		t.Fatalf("in its last second: %+v, %v", p, err)
	}
	if list, err := b.Page(t.Context(), notice.Filter{}, notice.Cursor{}); err != nil || len(list.Items) != 1 {
		t.Fatalf("in its last second: %+v, %v", list, err)
	}
	at = at.Add(time.Second)
	if p, err := b.ByID(t.Context(), id); err != nil || p.Body != "" || p.EndedOn != today.AddDays(2) {
		t.Errorf("a second later: %+v, %v", p, err)
	}
	if list, err := b.Page(t.Context(), notice.Filter{}, notice.Cursor{}); err != nil || len(list.Items) != 0 {
		t.Errorf("a second later: %+v, %v", list, err)
	}
}

func TestThePortalReadsNoEndedContentByAnyStatement(t *testing.T) {
	t.Parallel()
	db := office(t)
	publish(t, db, warning(clock.On(now).AddDays(-1)))
	future := warning(clock.On(now).AddDays(90))
	future.At = now.Add(time.Hour)
	publish(t, db, future)
	for _, refused := range []string{
		`SELECT title FROM notice`, `SELECT count(*) FROM notice`, `DELETE FROM notice`, `UPDATE notice SET until = NULL`,
		`INSERT INTO notice (kind, title, body, published_at) VALUES ('notice', 'x', 'x', now())`,
		`UPDATE notice_public SET until = NULL`, `DELETE FROM notice_tombstone`,
	} {
		if _, err := pg.Exec(t.Context(), db.Portal, refused, nil); pg.Code(err) != "42501" {
			t.Errorf("%s: %v", refused, err)
		}
	}
	seen, err := pg.One[string](t.Context(), db.Portal, `
		SELECT coalesce(string_agg(p::text, ''), '') || (SELECT string_agg(t::text, '') FROM notice_tombstone t) FROM notice_public p`, nil)
	if err != nil || strings.Contains(seen, "东岭") || strings.Contains(seen, "警示") {
		t.Errorf("seen %q, %v", seen, err)
	}
	if _, err := pg.Exec(t.Context(), db.Admin, `UPDATE notice SET body = 'x'`, nil); pg.Code(err) != "42501" {
		t.Errorf("the office rewrote what was published: %v", err)
	}
}

func TestWhatHasNotBegunIsNotThere(t *testing.T) {
	t.Parallel()
	db := office(t)
	p := warning(clock.On(now).AddDays(90))
	p.At = now.Add(time.Hour)
	if got, err := board(db).ByID(t.Context(), publish(t, db, p)); !fault.Is(err, fault.NotFound) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPublicationThatCannotEndIsRefused(t *testing.T) {
	t.Parallel()
	db := office(t)
	for name, change := range map[string]func(*notice.Publication){
		"no unit":        func(p *notice.Publication) { p.Unit = "" },
		"no term":        func(p *notice.Publication) { p.Until = clock.Date{} },
		"ends too early": func(p *notice.Publication) { p.Until = clock.On(p.At).AddDays(-1) },
		"no text":        func(p *notice.Publication) { p.Body = " \n" },
		"no title":       func(p *notice.Publication) { p.Title = "" },
		"no kind":        func(p *notice.Publication) { p.Kind = "rumour" },
	} {
		p := warning(clock.On(now))
		change(&p)
		if _, err := notice.PublishTx(t.Context(), db.Admin, p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		if err := notice.Publish(&pgx.Batch{}, p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s, in a batch: %v", name, err)
		}
	}
}

func TestANoticeIsTakenDownOnceAndWithAReason(t *testing.T) {
	t.Parallel()
	db := office(t)
	id := publish(t, db, warning(clock.On(now)))
	if err := notice.TakeDown(t.Context(), db.Admin, id, now, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if err := notice.TakeDown(t.Context(), db.Admin, id, now, "付清了"); err != nil {
		t.Error(err)
	}
	if err := notice.TakeDown(t.Context(), db.Admin, id, now, "付清了"); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice: %v", err)
	}
}

func TestAListIsWalkedBothWays(t *testing.T) {
	t.Parallel()
	db := office(t)
	batch := &pgx.Batch{}
	for i := range 45 {
		p := notice.Publication{Kind: notice.Circular, Title: fmt.Sprint(i), Body: "x", At: now.Add(-time.Duration(i/2) * time.Hour)}
		if err := notice.Publish(batch, p); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Admin.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Fatal(err)
	}
	b := board(db)
	walk := func(from notice.Cursor, on func(notice.List) notice.Cursor) (titles []string, last notice.List) {
		for {
			list, err := b.Page(t.Context(), notice.Filter{}, from)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list.Items {
				titles = append(titles, e.Title)
			}
			if from = on(list); from == (notice.Cursor{}) {
				return titles, list
			}
			from = notice.ParseCursor(from.String(), from.Back)
		}
	}
	down, last := walk(notice.Cursor{}, func(l notice.List) notice.Cursor { return l.Older })
	if len(down) != 45 || last.Newer == (notice.Cursor{}) || len(last.Items) != 5 {
		t.Fatalf("down: %d, last page %d", len(down), len(last.Items))
	}
	up, first := walk(last.Newer, func(l notice.List) notice.Cursor { return l.Newer })
	if len(up) != 40 || first.Items[0].Title != down[0] {
		t.Errorf("up: %d, first %q, want %q", len(up), first.Items[0].Title, down[0])
	}
	if none, err := b.Page(t.Context(), notice.Filter{Kind: notice.Policy}, notice.Cursor{}); err != nil || len(none.Items) != 0 {
		t.Errorf("policies: %+v, %v", none, err)
	}
	for _, bad := range []string{"", "x", "1", "-1-1", "1--1", "99999999999999999999-1", "9223372036854775807-1", "1-99999999999999999999"} {
		if c := notice.ParseCursor(bad, true); c != (notice.Cursor{}) {
			t.Errorf("%q gave %+v", bad, c)
		}
	}
}

func TestTheDemonstrationHasPoliciesAndNotices(t *testing.T) {
	t.Parallel()
	db := office(t)
	if err := notice.Seed(t.Context(), db.Owner, now); err != nil {
		t.Fatal(err)
	}
	count := map[notice.Kind]int{}
	recent, err := board(db).Recent(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range recent {
		count[e.Kind]++
	}
	want := map[notice.Kind]int{notice.Policy: 3, notice.Announcement: 1, notice.Circular: 1}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Error(diff)
	}
}

func TestEveryKindOfTheTableHasItsWord(t *testing.T) {
	t.Parallel()
	db := office(t)
	check, err := pg.One[string](t.Context(), db.Owner, `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'notice_kind_check'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(check, "::text"); n < len(notice.Kinds()) {
		t.Errorf("CHECK: %s", check)
	}
	for _, k := range notice.Kinds() {
		if k.Word() == "" || !strings.Contains(check, "'"+string(k)+"'") {
			t.Errorf("%s: word %q, CHECK %s", k, k.Word(), check)
		}
	}
}
