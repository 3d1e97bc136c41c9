package unit_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/unit"
)

// keeping is a small county whose directory is kept.
type keeping struct {
	*unit.Keeper
	t  *testing.T
	db *pgtest.DB
}

func newKeeping(t *testing.T) *keeping {
	t.Helper()
	db := pgtest.New(t)
	now := time.Date(2026, 11, 30, 15, 59, 0, 0, time.UTC) // 23:59 here
	k := &keeping{&unit.Keeper{Pool: db.Admin, Now: func() time.Time { return now }}, t, db}
	rows, refused, err := unit.ParseTable(strings.NewReader("代码,名称,别名,类别,上级,可投诉\nGOV,郏县人民政府,县政府,县政府,,\nFIN,财政局,,政府部门,GOV,\nFIN-B,预算股,,内设机构,FIN,\nBUD,预算中心,,事业单位和国有企业,FIN-B,\nHOU,房产局,房管局,政府部门,GOV,\nCON,住房和城乡建设局,住建局,政府部门,GOV,\nDESK,政务诚信监督办公室,,内设机构,,否\n"))
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	if out, err := (unit.Intake{Now: now, Confirmed: true}).Take(t.Context(), db.Admin, rows); err != nil || len(out.Refused) > 0 {
		t.Fatal(out, err)
	}
	return k
}

func today() clock.Date { return clock.NewDate(2026, time.November, 30) }

func (k *keeping) do(c unit.Change) unit.Plan {
	k.t.Helper()
	if c.Since.IsZero() {
		c.Since = today()
	}
	c.Reason = "郏编〔2026〕7号"
	seen, err := k.Try(k.t.Context(), c)
	if err != nil {
		k.t.Fatalf("%s of %s: %v %v", c.Kind, c.Code, err, fault.FieldsOf(err))
	}
	plan, err := k.Do(k.t.Context(), 0, c, func(p unit.Plan) bool { return p.Says() == seen.Says() })
	if err != nil {
		k.t.Fatal(err)
	}
	return plan
}

func (k *keeping) unit(code string) unit.Unit {
	k.t.Helper()
	all, err := unit.Read(k.t.Context(), k.db.Admin, k.Now())
	if err != nil {
		k.t.Fatal(err)
	}
	u, _ := all.ByCode(code)
	return u
}

func (k *keeping) bars(code string) []string {
	k.t.Helper()
	bars, err := pg.One[[]string](k.t.Context(), k.db.Owner, `SELECT ARRAY(SELECT unnest(unit_bars(@code)) ORDER BY 1)`, pg.Args{"code": code})
	if err != nil {
		k.t.Fatal(err)
	}
	return bars
}

func TestAUnitThatIsRenamedGoesOnUnderANewCodeAndTheOldNameStays(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	plan := k.do(unit.Change{Kind: unit.ActRename, Code: "FIN", Parts: []unit.Part{{Code: "FIN-2", Name: "财政和国资局"}}})
	old, next, below := k.unit("FIN"), k.unit("FIN-2"), k.unit("FIN-B")
	switch {
	case old.Name != "财政局" || old.Current || old.Successor != "FIN-2" || old.Until != today().AddDays(-1):
		t.Errorf("the old one is %+v", old)
	case next.Name != "财政和国资局" || !next.Current || next.From != today() || !slices.Contains(next.Alias, "财政局") || next.Parent != "GOV":
		t.Errorf("the new one is %+v", next)
	case below.Parent != "FIN-2":
		t.Errorf("what was below is below %s", below.Parent)
	case plan.Heir.Code != "FIN-2" || len(plan.Steps) != 3:
		t.Errorf("the plan is %+v", plan)
	case !slices.Contains(k.bars("BUD"), "FIN"):
		t.Error("what is below answers for what the old one did")
	}
	acts, err := k.Acts(t.Context(), k.db.Admin, "FIN", 10)
	if err != nil || len(acts) != 1 || acts[0].Kind != unit.ActRename || !strings.Contains(acts[0].Change, "由“财政和国资局”接替") || acts[0].Reason != "郏编〔2026〕7号" {
		t.Errorf("%+v %v", acts, err)
	}
}

func TestAUnitThatIsMergedOrSplitIsAnsweredForByNoneOfTheOthers(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	k.do(unit.Change{Kind: unit.ActMerge, Code: "HOU", Other: "CON"})
	if got := k.unit("CON"); !slices.Contains(got.Alias, "房产局") || !slices.Contains(got.Alias, "房管局") || !slices.Contains(k.bars("CON"), "HOU") {
		t.Errorf("%+v", got)
	}
	k.do(unit.Change{Kind: unit.ActSplit, Code: "CON", Parts: []unit.Part{{Code: "CON-A", Name: "住房局"}, {}, {Code: "CON-B", Name: "城乡建设局"}}})
	if a, b := k.bars("CON-A"), k.bars("CON-B"); !slices.Contains(a, "CON-B") || !slices.Contains(b, "CON") || !slices.Contains(b, "HOU") {
		t.Errorf("%v %v", a, b)
	}
	if got := k.unit("CON-B"); len(got.Alias) != 0 || got.Parent != "GOV" {
		t.Errorf("%+v", got)
	}
	// Into one that is below it: what stood above is above that one now.
	k.do(unit.Change{Kind: unit.ActMerge, Code: "FIN", Other: "BUD"})
	if got := k.unit("FIN-B").Parent; got != "GOV" {
		t.Errorf("the office between is below %s", got)
	}
}

func TestAChangeThatCannotBeIsToldBesideItsField(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	k.do(unit.Change{Kind: unit.ActMerge, Code: "HOU", Other: "CON"})
	yes, none, name := true, "", func(n string) unit.Row { return unit.Row{Name: n, Kind: "department", Parent: "GOV"} }
	for what, c := range map[string]struct {
		change      unit.Change
		field, says string
	}{
		"a code that exists":        {unit.Change{Kind: unit.ActAdd, Code: "FIN", Row: name("审计局")}, "code", "已经有了"},
		"a name that exists":        {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: name("郏县财政局")}, "name", "同一个名称"},
		"an alias of another":       {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: name("住建局")}, "name", "同一个名称"},
		"a parent that ended":       {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: unit.Row{Name: "物业科", Kind: "department", Parent: "HOU"}}, "parent", "现在没有"},
		"an inner office on top":    {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: unit.Row{Name: "某科", Kind: "office"}}, "parent", "上级单位"},
		"no mailbox":                {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: unit.Row{Name: "审计局", Kind: "department", Mailbox: new("没有")}}, "mailbox", "@"},
		"a year ahead":              {unit.Change{Kind: unit.ActAdd, Code: "X1", Row: name("审计局"), Since: today().AddDays(400)}, "since", "太远"},
		"a circle":                  {unit.Change{Kind: unit.ActMove, Code: "FIN", Parent: "BUD"}, "parent", "绕成一圈"},
		"below itself":              {unit.Change{Kind: unit.ActMove, Code: "FIN", Parent: "FIN"}, "parent", "它自己"},
		"the same parent":           {unit.Change{Kind: unit.ActMove, Code: "FIN", Parent: "GOV"}, "parent", "现在就在"},
		"tomorrow":                  {unit.Change{Kind: unit.ActMove, Code: "BUD", Parent: "GOV", Since: today().AddDays(1)}, "since", "还没有到"},
		"a confirmed name":          {unit.Change{Kind: unit.ActCorrect, Code: "FIN", Row: unit.Row{Name: "财政厅", Kind: "department", Complainable: &yes, Prefix: &none, Mailbox: &none}}, "name", "改名"},
		"nothing corrected":         {unit.Change{Kind: unit.ActCorrect, Code: "FIN", Row: unit.Row{Name: "财政局", Kind: "department"}}, "name", "没有要改的"},
		"a merge into itself":       {unit.Change{Kind: unit.ActMerge, Code: "FIN", Other: "FIN"}, "other", "它自己"},
		"into an ended unit":        {unit.Change{Kind: unit.ActMerge, Code: "FIN", Other: "HOU"}, "other", "不能并入"},
		"into nobody":               {unit.Change{Kind: unit.ActMerge, Code: "FIN"}, "other", "请选"},
		"the office itself":         {unit.Change{Kind: unit.ActMerge, Code: "DESK", Other: "FIN"}, "other", "收投诉的办公室"},
		"empty parts":               {unit.Change{Kind: unit.ActSplit, Code: "FIN", Parts: []unit.Part{{}, {Code: "F1", Name: "税政局"}, {}}}, "parts", "至少"},
		"half a part":               {unit.Change{Kind: unit.ActSplit, Code: "FIN", Parts: []unit.Part{{Code: "F1", Name: "税政局"}, {Code: "F2"}}}, "parts", "第 二个：没有名称"},
		"parts alike":               {unit.Change{Kind: unit.ActSplit, Code: "FIN", Parts: []unit.Part{{Code: "F1", Name: "税政局"}, {Code: "F2", Name: "税政局"}}}, "parts", "同一个名称"},
		"an end before its start":   {unit.Change{Kind: unit.ActEnd, Code: "BUD", Since: clock.NewDate(1999, time.January, 1)}, "since", "超过一年"},
		"an end with units below":   {unit.Change{Kind: unit.ActEnd, Code: "FIN"}, "since", "下面还有"},
		"the same name":             {unit.Change{Kind: unit.ActRename, Code: "FIN", Parts: []unit.Part{{Code: "FIN-2", Name: "财政局"}}}, "name", "没有变"},
		"no new name":               {unit.Change{Kind: unit.ActRename, Code: "FIN"}, "name", "新的名称"},
		"a conflict with itself":    {unit.Change{Kind: unit.ActConflict, Code: "FIN", Other: "FIN"}, "other", "它自己"},
		"a conflict with an absent": {unit.Change{Kind: unit.ActConflict, Code: "FIN", Other: "NONE"}, "other", "没有代码"},
	} {
		if c.change.Since.IsZero() {
			c.change.Since = today()
		}
		c.change.Reason = "试"
		_, err := k.Try(t.Context(), c.change)
		told := slices.ContainsFunc(fault.FieldsOf(err), func(f fault.Field) bool { return f.Name == c.field && strings.Contains(f.Sentence, c.says) })
		if !told {
			t.Errorf("%s: %v %v", what, err, fault.FieldsOf(err))
		}
	}
	if _, err := k.Try(t.Context(), unit.Change{Kind: unit.ActMove, Code: "FIN"}); len(fault.FieldsOf(err)) != 2 {
		t.Errorf("without a day and a reason: %v", fault.FieldsOf(err))
	}
	// One that began today ends tomorrow at the earliest.
	k.do(unit.Change{Kind: unit.ActAdd, Code: "NEW", Row: unit.Row{Name: "数据局", Kind: "department", Parent: "GOV"}})
	_, err := k.Try(t.Context(), unit.Change{Kind: unit.ActEnd, Code: "NEW", Since: today(), Reason: "试"})
	if f := fault.FieldsOf(err); len(f) != 1 || !strings.Contains(f[0].Sentence, "晚于它开始") {
		t.Error(err, f)
	}
	if _, err := k.Try(t.Context(), unit.Change{Kind: unit.ActCorrect, Code: "HOU", Since: today(), Reason: "试"}); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "已经撤销") {
		t.Errorf("an ended unit is changed: %v", err)
	}
}

func TestAConflictIsDeclaredOnceAndTakenOffAgain(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	k.do(unit.Change{Kind: unit.ActConflict, Code: "FIN", Other: "CON"})
	if _, err := k.Try(t.Context(), unit.Change{Kind: unit.ActConflict, Code: "CON", Other: "FIN", Since: today(), Reason: "试"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("declared a second time: %v", err)
	}
	if !slices.Contains(k.bars("CON"), "FIN") {
		t.Error("a conflict bars nobody")
	}
	k.do(unit.Change{Kind: unit.ActRelease, Code: "CON", Other: "FIN"})
	if slices.Contains(k.bars("CON"), "FIN") {
		t.Error("a conflict that was taken off still bars")
	}
}

func TestWhatWasSeenOtherwiseIsNotDone(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	_, err := k.Do(t.Context(), 0, unit.Change{Kind: unit.ActMerge, Code: "HOU", Other: "CON", Since: today(), Reason: "试"}, func(unit.Plan) bool { return false })
	if !errors.Is(err, unit.ErrOtherwise) || !k.unit("HOU").Current {
		t.Errorf("%v", err)
	}
}

func TestAUnitThatHasEndedIsGivenNothing(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	k.do(unit.Change{Kind: unit.ActEnd, Code: "BUD"})
	give := func(to string) error {
		_, err := k.db.Owner.Exec(t.Context(), `INSERT INTO assignment (matter_id, unit, part, started_at) VALUES (1, $1, 'lead', $2)`, to, k.Now())
		return err
	}
	if err := give("BUD"); pg.Code(err) != "ZX008" {
		t.Errorf("given to one that has ended: %v", err)
	}
}

func TestFiveThousandLinesComeInAndOneBadOneIsToldWithItsLine(t *testing.T) {
	t.Parallel()
	k := newKeeping(t)
	var rows []unit.Row
	for i := range 5000 {
		rows = append(rows, unit.Row{Line: i + 2, Code: fmt.Sprintf("V-%04d", i), Name: fmt.Sprintf("第%d村民委员会", i), Kind: "事业单位和国有企业", Parent: "GOV"})
	}
	rows[4321].Parent = "NOWHERE"
	start := time.Now()
	out, err := unit.Intake{Now: k.Now(), Confirmed: true, Reason: "试"}.Take(t.Context(), k.db.Admin, rows)
	if err != nil || out.Added != 4999 || len(out.Refused) != 1 || out.Refused[0].Line != 4323 {
		t.Errorf("%d added, %v, %v", out.Added, out.Refused, err)
	}
	t.Logf("in %s", time.Since(start))
}
