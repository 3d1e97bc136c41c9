package search_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/search"
)

// found are the titles that a query finds, as the desk asks.
func found(t *testing.T, o *complainttest.Office, typed string) []string {
	t.Helper()
	query, ok := search.Ask(typed)
	if !ok {
		t.Fatalf("%q cannot be searched for", typed)
	}
	args := pg.Args{"kind": "complaint"}
	titles, err := search.All[string](t.Context(), o.DB.Admin,
		`SELECT m.title FROM matter m WHERE m.kind = @kind AND `+query.Where("m.id", args)+` ORDER BY m.id`, args)
	if err != nil {
		t.Fatal(err)
	}
	return titles
}

func matters(t *testing.T, o *complainttest.Office) []int64 {
	t.Helper()
	ids, err := pg.All[int64](t.Context(), o.DB.Owner, `SELECT id FROM matter ORDER BY id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestEveryPartOfAComplaintIsFound(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	in.Story.Title, in.Story.Request, in.Story.Facts, in.Story.Reasons = "路灯坏了", "请修好", "从三月起一直不亮", "照明条例"
	o.File(t, in)
	in.Story.Title, in.Story.Facts = "井盖没有了", "晚上看不见"
	o.File(t, in)
	_, err := o.DB.Owner.Exec(t.Context(), `INSERT INTO supplement (matter_id, seq, body) SELECT min(id), 1, '又坏了两盏' FROM matter`)
	if err != nil {
		t.Fatal(err)
	}
	if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), append(matters(t, o), 999_999)); err != nil {
		t.Fatal(err)
	}
	both := []string{"路灯坏了", "井盖没有了"}
	for typed, want := range map[string][]string{
		"路灯": both[:1], "三月起": both[:1], "两盏": both[:1], "照明条例": both, "修好": both, "看不见": both[1:],
		"灯 月": both[:1], "没有这句话": {}, "王建国": {}, "13800138000": {},
	} {
		if diff := cmp.Diff(want, found(t, o, typed)); diff != "" {
			t.Errorf("%s: %s", typed, diff)
		}
	}
}

func TestIndexingAgainTakesTheNewText(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	for _, title := range []string{"路灯坏了", "井盖没有了", "井盖没有了"} {
		if _, err := o.DB.Owner.Exec(t.Context(), `UPDATE matter SET title = $1`, title); err != nil {
			t.Fatal(err)
		}
		if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), matters(t, o)); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(t, o, "路灯"); len(got) != 0 {
		t.Errorf("the old text is still found: %v", got)
	}
	if got := found(t, o, "井盖"); len(got) != 1 {
		t.Errorf("the new text is found %d times", len(got))
	}
}

func TestManyJobsAtOnceLoseNoText(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	for i := range 30 {
		in.Story.Title = fmt.Sprintf("第%d盏路灯坏了", i)
		o.File(t, in)
	}
	indexers := []*search.Indexer{{Pool: o.DB.Worker, Kinds: kinds.Texts()}, {Pool: o.DB.Worker, Kinds: kinds.Texts()}} // as two processes
	var all sync.WaitGroup
	for _, id := range matters(t, o) {
		for _, x := range indexers {
			all.Go(func() {
				if err := x.Index(t.Context(), id); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	if got := found(t, o, "路灯坏了"); len(got) != 30 {
		t.Errorf("%d of 30 are found", len(got))
	}
}

func TestAnIndexerWhoseCallerLeftServesTheOthers(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	x := &search.Indexer{Pool: o.DB.Worker, Kinds: kinds.Texts()}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_ = x.Index(gone, matters(t, o)[0]) // either way is right: the caller does not look any more
	if err := x.Index(t.Context(), matters(t, o)[0]); err != nil {
		t.Fatal(err)
	}
	if got := found(t, o, "村道硬化"); len(got) != 1 {
		t.Errorf("found %d", len(got))
	}
}

func TestTheIndexIsAskedHoweverOften(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	in := complainttest.Intake()
	o.File(t, in)
	if err := search.Index(t.Context(), o.DB.Worker, kinds.Texts(), matters(t, o)); err != nil {
		t.Fatal(err)
	}
	// Enough rows that walking them all is the dearer plan.
	if _, err := o.DB.Owner.Exec(t.Context(), `
		WITH more AS (
			INSERT INTO matter (kind, number, state, title, opened_at, seq, head)
			SELECT 'complaint', 'X' || i, 'submitted', 't', now(), 1, '' FROM generate_series(1, 20000) AS i RETURNING id)
		INSERT INTO search_text SELECT id, ('''路' || id % 500 || '''')::tsvector FROM more`); err != nil {
		t.Fatal(err)
	}
	if _, err := o.DB.Owner.Exec(t.Context(), `ANALYZE matter, search_text`); err != nil {
		t.Fatal(err)
	}
	for typed, piece := range map[string]string{"村道硬化": "村道", "128.65万": "¥128650000", "1286500": "¥128650000", "2026 0169": "0169", "DL-2024-016": "4016"} {
		query, _ := search.Ask(typed)
		args := pg.Args{}
		for range 8 { // PostgreSQL would choose a general plan at the sixth
			lines, err := search.All[string](t.Context(), o.DB.Admin, `
				EXPLAIN SELECT m.id FROM matter m WHERE m.kind = 'complaint' AND `+query.Where("m.id", args)+`
				ORDER BY m.due_at, m.id LIMIT 50`, args)
			if err != nil {
				t.Fatal(err)
			}
			if plan := strings.Join(lines, "\n"); !strings.Contains(plan, "search_text_body") || !strings.Contains(plan, piece) {
				t.Fatalf("%s: the index was not asked:\n%s", typed, plan)
			}
		}
	}
}

// TestTheDatabaseFoldsAsTheSearchDoes: whoever is named by look-alikes is named.
func TestTheDatabaseFoldsAsTheSearchDoes(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	var signs, want []string
	for _, block := range [][2]rune{{0x2E80, 0x2EF3}, {0x2F00, 0x2FD5}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}, {0xFF01, 0xFF5E}} {
		for r := block[0]; r <= block[1]; r++ {
			if unicode.IsGraphic(r) {
				signs, want = append(signs, string(r)), append(want, string(form.Same(r)))
			}
		}
	}
	got, err := pg.All[string](t.Context(), db.Owner, `SELECT folded(s) FROM unnest(@signs::text[]) WITH ORDINALITY AS u (s, n) ORDER BY n`, pg.Args{"signs": signs})
	if err != nil || len(got) < 1300 {
		t.Fatalf("%d signs: %v", len(got), err)
	}
	for i, folded := range got {
		if folded != want[i] {
			t.Errorf("%q (%U) is %q in the database and %q in a search", signs[i], []rune(signs[i]), folded, want[i])
		}
	}
}
