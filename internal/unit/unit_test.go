package unit_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/unit"
)

var list = unit.List{
	{Code: "410425101", Name: "冢头镇", Alias: []string{"冢头镇人民政府"}, Kind: unit.Town, Complainable: true, Handles: true, Current: true},
	{Code: "JX-CXB", Name: "县政务诚信监督办公室", Kind: unit.Office, Complainable: true, Current: true},
	{Code: "JX-CZJ", Name: "财政局", Kind: unit.Department, Parent: "JX-XZF", Complainable: true, Handles: true, Current: true},
	{Code: "JX-OLD", Name: "房产局", Kind: unit.Department, Parent: "JX-XZF", Complainable: true, Handles: true, Successor: "JX-ZJJ"},
	{Code: "JX-XZF", Name: "郏县人民政府", Alias: []string{"县政府"}, Kind: unit.CountyGovernment, Complainable: true, Current: true, Confirmed: true},
	{Code: "JX-YSG", Name: "预算股", Kind: unit.Office, Parent: "JX-CZJ", Complainable: true, Current: true},
	{Code: "JX-ZJJ", Name: "住房和城乡建设局", Alias: []string{"住建局"}, Kind: unit.Department, Parent: "JX-XZF", Complainable: true, Handles: true, Current: true},
}

func codes(units []unit.Unit) []string {
	var out []string
	for _, u := range units {
		out = append(out, u.Code)
	}
	return out
}

func TestASearchFindsAUnitByWhatPeopleCallIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"财政局":      {"JX-CZJ"},
		" 财政 局 ":   {"JX-CZJ"},
		"jx-czj":   {"JX-CZJ"},
		"郏县财政局":    {"JX-CZJ"},
		"住建":       {"JX-ZJJ"},
		"住建局":      {"JX-ZJJ"},
		"建设局":      {"JX-ZJJ"},
		"住城建局":     {"JX-ZJJ"},
		"县政府":      {"JX-XZF"},
		"冢头镇人民政府":  {"410425101"},
		"冢头":       {"410425101"},
		"410425":   {"410425101"},
		"政":        {"JX-CZJ", "JX-XZF", "JX-CXB", "410425101"},
		"火星管理委员会":  nil,
		"":         nil,
		"　，。":      nil,
		"%' OR 1=": nil,
	} {
		if diff := cmp.Diff(want, codes(list.Complainable().Search(typed))); diff != "" {
			t.Errorf("%q: -want +got\n%s", typed, diff)
		}
	}
}

func TestASearchGivesADozenAtMost(t *testing.T) {
	t.Parallel()
	var many unit.List
	for range 40 {
		many = append(many, unit.Unit{Code: "X", Name: "某某局"})
	}
	if n := len(many.Search("某")); n != 12 {
		t.Errorf("found %d", n)
	}
}

func TestOnlyUnitsInForceAreOffered(t *testing.T) {
	t.Parallel()
	if got := codes(list.Complainable()); slices.Contains(got, "JX-OLD") || !slices.Contains(got, "JX-CZJ") {
		t.Errorf("complainable: %v", got)
	}
	if got := codes(list.Handling()); slices.Contains(got, "JX-OLD") || slices.Contains(got, "JX-CXB") {
		t.Errorf("handling: %v", got)
	}
	if u, ok := list.ByCode("JX-OLD"); !ok || u.Current || u.Successor != "JX-ZJJ" {
		t.Error("an abolished unit is not found by its code any more")
	}
}

func TestALineGoesUpToTheTopAndEnds(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"JX-YSG", "JX-CZJ", "JX-XZF"}, list.Line("JX-YSG")); diff != "" {
		t.Error(diff)
	}
	if line := list.Line("NONE"); line != nil {
		t.Errorf("line of nobody: %v", line)
	}
	circle := unit.List{{Code: "A1", Parent: "B1"}, {Code: "B1", Parent: "A1"}}
	if diff := cmp.Diff([]string{"A1", "B1"}, circle.Line("A1")); diff != "" {
		t.Error(diff)
	}
}

func TestATreeLosesNobody(t *testing.T) {
	t.Parallel()
	var walk func(nodes []unit.Node) int
	walk = func(nodes []unit.Node) int {
		n := len(nodes)
		for _, node := range nodes {
			n += walk(node.Children)
		}
		return n
	}
	if n := walk(list.Tree()); n != len(list) {
		t.Errorf("%d of %d units in the tree", n, len(list))
	}
	if n := walk(list.Handling().Tree()); n != len(list.Handling()) {
		t.Errorf("a tree without its top has %d", n)
	}
}

func TestEveryKindHasAWordAndTheTableKnowsIt(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	for i, kind := range unit.Kinds() {
		if kind.Word() == "" {
			t.Errorf("%s has no word", kind)
		}
		if back, ok := unit.ParseKind(kind.Word()); !ok || back != kind {
			t.Errorf("%s reads back as %s", kind.Word(), back)
		}
		_, err := pg.Exec(t.Context(), db.Admin, `INSERT INTO unit (code, name, kind) VALUES (@code, '某', @kind)`,
			pg.Args{"code": "K" + string(rune('A'+i)), "kind": string(kind)})
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	allowed, err := pg.One[int](t.Context(), db.Owner, `
		SELECT regexp_count(pg_get_constraintdef(oid), '''[a-z_]+''::text') FROM pg_constraint WHERE conname = 'unit_kind_check'`, nil)
	if err != nil || allowed != len(unit.Kinds()) {
		t.Errorf("the table allows %d kinds, we know %d: %v", allowed, len(unit.Kinds()), err)
	}
}

func TestADirectoryIsReadOnceAndSeesAChangeSoon(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	now := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	add := func(code, from string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), db.Admin, `INSERT INTO unit (code, name, kind, valid_from) VALUES (@code, '某局', 'department', @from::date)`,
			pg.Args{"code": code, "from": from}); err != nil {
			t.Fatal(err)
		}
	}
	add("JX-A1", "2000-01-01")
	add("JX-B1", "2026-03-03")
	d := &unit.Directory{Pool: db.Portal, Now: func() time.Time { return now }}
	see := func(want ...string) {
		t.Helper()
		found, err := d.Search(t.Context(), "某局")
		if diff := cmp.Diff(want, codes(found)); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	see("JX-A1")
	add("JX-C1", "2000-01-01")
	see("JX-A1")
	now = now.Add(time.Minute)
	see("JX-A1", "JX-C1")
	now = now.Add(24 * time.Hour)
	see("JX-A1", "JX-B1", "JX-C1")
	if u, ok, err := d.ByCode(t.Context(), "JX-B1"); !ok || u.Mark() != "名称待确认" || err != nil {
		t.Errorf("%+v %v %v", u, ok, err)
	}
	if line, err := d.Line(t.Context(), "JX-A1"); len(line) != 1 || err != nil {
		t.Errorf("%v %v", line, err)
	}
	if h, err := d.Handling(t.Context()); len(h) != 3 || err != nil {
		t.Errorf("%v %v", h, err)
	}
	if tree, err := d.Tree(t.Context()); len(tree) != 3 || err != nil {
		t.Errorf("%v %v", tree, err)
	}
	add("JX-D1", "2000-01-01")
	d.Forget()
	see("JX-A1", "JX-B1", "JX-C1", "JX-D1")
}
