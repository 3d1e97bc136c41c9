package unit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhengxin/internal/fault"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/unit"
)

var day = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func parse(t *testing.T, text string) ([]unit.Row, []unit.Refusal) {
	t.Helper()
	rows, refused, err := unit.ParseTable(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return rows, refused
}

func reasons(refused []unit.Refusal) map[int]string {
	out := map[int]string{}
	for _, r := range refused {
		out[r.Line] = r.Reason
	}
	return out
}

func TestATableComesInHoweverItWasSaved(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	want := []unit.Row{
		{Line: 2, Code: "JX-A1", Name: "某某局", Alias: []string{"某局", "老某局"}, Kind: "department", Parent: "JX-B1", Complainable: &yes},
		{Line: 3, Code: "JX-B1", Name: "镕喆堃县政府", Kind: "县政府", Handles: &no},
	}
	english := "code,name,alias,kind,parent,uscc,complainable,handles\nJX-A1,某某局,某局|老某局,department,JX-B1,,是,\nJX-B1,镕喆堃县政府,,县政府,,,,否\n"
	chinese := "代码,名称,别名,类别,上级,统一社会信用代码,可投诉,可承办\r\nJX-A1, 某某局,某局、老某局,department,JX-B1,,yes,\r\nJX-B1,镕喆堃县政府,,县政府,,,,0\r\n"
	saved, err := simplifiedchinese.GB18030.NewEncoder().String(chinese)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"UTF-8": english, "with a mark": "\uFEFF" + english, "Chinese headings": chinese, "GB18030": saved} {
		rows, refused := parse(t, text)
		if diff := cmp.Diff(want, rows, cmpopts.EquateEmpty()); diff != "" || len(refused) > 0 {
			t.Errorf("%s: %v\n%s", name, refused, diff)
		}
	}
	rows, refused := parse(t, "\n{\"code\":\"JX-A1\",\"name\":\"某某局\",\"kind\":\"department\",\"alias\":[\"某局\"]}\n\n{\"code\":\n")
	if len(rows) != 1 || rows[0].Line != 2 || rows[0].Alias[0] != "某局" || reasons(refused)[4] != "不是一个完整的 JSON 对象" {
		t.Errorf("JSON lines: %v, %v", rows, refused)
	}
}

func TestAFileThatIsNoTableIsRefusedWhole(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"empty": "", "no headings": "JX-A1,某某局,department\n", "bytes": "\xff\xff\xff"} {
		if _, _, err := unit.ParseTable(strings.NewReader(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEachBadRowIsRefusedWithItsReasonAndTheOthersComeIn(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	rows, refused := parse(t, strings.Join([]string{
		"code,name,alias,kind,parent,uscc,complainable,handles",
		"JX-C1,子局,,department,JX-P1,,,",
		"JX-P1,母局,,department,,11410425000000019K,,",
		"jx-p1,小写,,department,,,,",
		"JX-P1,又一个,,department,,,,",
		"JX-D1,,,department,,,,",
		"JX-E1,甲局,,ministry,,,,",
		"JX-F1,乙局,,department,JX-NONE,,,",
		"JX-G1,丙局,,department,JX-G1,,,",
		"JX-H1,丁局,,department,,11410425000000019A,,",
		"JX-I1,戊局,,department,,,也许,",
		"JX-J1,己局,,department,,,,,,",
		"JX-K1,\u202e庚局,,department,,,,",
		"JX-L1," + strings.Repeat("长", 61) + ",,department,,,,",
	}, "\n"))
	out, err := unit.Intake{Now: day, Confirmed: true}.Take(t.Context(), db.Admin, rows)
	if err != nil {
		t.Fatal(err)
	}
	if out.Added != 3 || len(out.Doubts) != 1 || out.Doubts[0].Line != 10 || !strings.Contains(out.Doubts[0].Reason, "校验码") { // a code that breaks the rule is a question
		t.Errorf("%d came in: %+v", out.Added, out)
	}
	got := reasons(append(refused, out.Refused...))
	for line, part := range map[int]string{
		4: "大写字母", 5: "与第 3 行相同", 6: "没有名称", 7: "ministry", 8: "JX-NONE", 9: "自己", 11: "“是”或“否”", 12: "比列名多", 13: "名称", 14: "最多 60 个",
	} {
		if !strings.Contains(got[line], part) {
			t.Errorf("line %d: %q says nothing of %q", line, got[line], part)
		}
	}
	if len(got) != 10 {
		t.Errorf("%d refusals: %v", len(got), got)
	}
}

// TestANameThatNobodyTellsFromAnotherIsRefused: a complaint would be about the wrong body.
func TestANameThatNobodyTellsFromAnotherIsRefused(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	names := []string{"人民财政局", "⼈⺠财政局", "人民 财政局", "人民财政局。", "人民\u200b财政局", "人民财政所", "人民财政局（二）"}
	var lines []string
	for i, name := range names {
		lines = append(lines, fmt.Sprintf("JX-T%d,%s,department", i, name))
	}
	rows, _ := parse(t, "code,name,kind\n"+strings.Join(lines, "\n"))
	out, err := unit.Intake{Now: day}.Take(t.Context(), db.Admin, rows)
	if err != nil {
		t.Fatal(err)
	}
	if out.Added != 3 || len(out.Refused) != 4 {
		t.Errorf("%+v", out)
	}
	for _, r := range out.Refused {
		if r.Line < 3 || r.Line > 6 || !strings.Contains(r.Reason, "和 JX-T0“人民财政局”是同一个名称") {
			t.Errorf("line %d: %s", r.Line, r.Reason)
		}
	}
	all, err := unit.Read(t.Context(), db.Admin, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"人民财政局", "⼈⺠财政局", "⼈⺠ 财政局", "⼈\u200b民财政局"} {
		if u, ok := all.Called(typed); !ok || u.Code != "JX-T0" {
			t.Errorf("%q calls %+v", typed, u)
		}
		if found := all.Search(typed); len(found) == 0 || found[0].Code != "JX-T0" {
			t.Errorf("%q finds %v", typed, found)
		}
	}
}

func TestTakingAFileAgainChangesNothingAndAConfirmedNameStays(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	take := func(confirmed bool, text string) unit.Outcome {
		t.Helper()
		rows, _ := parse(t, "code,name,alias,kind,parent\n"+text)
		out, err := unit.Intake{Now: day, Confirmed: confirmed}.Take(t.Context(), db.Admin, rows)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := take(false, "JX-A1,甲局,,department,\nJX-B1,乙局,,department,JX-A1\n"); out.Added != 2 {
		t.Errorf("first: %+v", out)
	}
	if out := take(false, "JX-A1,甲局,,department,\nJX-B1,乙局,,department,JX-A1\n"); out.Same != 2 {
		t.Errorf("again: %+v", out)
	}
	if out := take(true, "JX-A1,甲管理局,甲局,department,\n"); out.Changed != 1 {
		t.Errorf("confirmed: %+v", out)
	}
	if out := take(true, "JX-A1,甲委员会,,department,\n"); out.Changed != 0 || !strings.Contains(reasons(out.Refused)[2], "已经确认") {
		t.Errorf("renamed: %+v", out)
	}
	if out := take(true, "JX-A1,甲管理局,甲局,department,JX-B1\n"); !strings.Contains(reasons(out.Refused)[2], "在它自己下面") {
		t.Errorf("a circle: %+v", out)
	}
	if out := take(false, "JX-A1,甲管理局,甲局|老甲局,department,\n"); out.Changed != 1 {
		t.Errorf("a new alias: %+v", out)
	}
	all, err := unit.Read(t.Context(), db.Admin, day)
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := all.ByCode("JX-A1"); !u.Confirmed || u.Name != "甲管理局" || len(u.Alias) != 2 {
		t.Errorf("%+v", u)
	}
}

// Whoever is complained about is told by name: two of one name cannot be told apart.
func TestAUnitOfANameThatIsThereIsRefused(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	take := func(text string) unit.Outcome {
		t.Helper()
		rows, bad := parse(t, "code,name,alias,kind\n"+text)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		out, err := unit.Intake{Now: day, Confirmed: true}.Take(t.Context(), db.Owner, rows)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := take("GOV,镕县人民政府,,county_government\nFIN,县财政局,财政局|老财政局,department\nEDU,教育体育局（教体局）,教体局,department\n"); out.Added != 3 {
		t.Fatalf("%+v", out)
	}
	for row, other := range map[string]string{
		"F2,县财政局,,department": "FIN", "F2,县 财政局,,department": "FIN", "F2,财政局,,department": "FIN", "F2,镕县财政局,,department": "FIN", "F2,县财政局。,,department": "FIN",
		"F2,老财政局,,department": "FIN", "F2,国资中心,县财政局,department": "FIN", "F2,国资中心,财政局,department": "FIN",
		"E2,教育体育局(教体局),,department": "EDU", "E2,教育体育局教体局,,department": "EDU", "E2,教体局,,department": "EDU", "E2,教育 体育局 （教体局）,,department": "EDU",
	} {
		out := take(row + "\n")
		if out.Added != 0 || len(out.Refused) != 1 || !strings.Contains(out.Refused[0].Reason, other) || !strings.Contains(out.Refused[0].Reason, "同一个名称") {
			t.Errorf("%s: %+v", row, out)
		}
	}
	for _, row := range []string{"A1,财政局国库科,,department", "A2,财政所,,department", "A3,国资委,老财政局,department", "A4,财局,,department"} {
		if out := take(row + "\n"); out.Added != 1 {
			t.Errorf("%s: %+v", row, out)
		}
	}
	if out := take("B1,水利局,,department\nB2,水利局,,department\nB3,县水利局,,department\n"); out.Added != 1 || len(out.Refused) != 2 {
		t.Errorf("twice in one file: %+v", out)
	}
	// What is taken anew, and a unit whose name an abolished one had, are no doubles.
	if out := take("FIN,县财政局,财政局|老财政局|财局子,department\n"); out.Changed != 1 {
		t.Errorf("taken again: %+v", out)
	}
	if _, err := db.Owner.Exec(t.Context(), `UPDATE unit SET valid_to = '2026-01-31' WHERE code = 'B1'`); err != nil {
		t.Fatal(err)
	}
	if out := take("B4,水利局,,department\n"); out.Added != 1 {
		t.Errorf("after the old one was abolished: %+v", out)
	}
}

// The number of a unit's own letters begins as the file says; a file that does not speak of
// it changes nothing.
func TestAUnitsLettersBearItsOwnPrefix(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	take := func(text string) unit.Outcome {
		t.Helper()
		rows, refused := parse(t, text)
		out, err := unit.Intake{Now: day}.Take(t.Context(), db.Admin, rows)
		if err != nil || len(refused) > 0 {
			t.Fatal(err, refused)
		}
		return out
	}
	prefix := func() string {
		t.Helper()
		all, err := unit.Read(t.Context(), db.Portal, day)
		if err != nil {
			t.Fatal(err)
		}
		u, _ := all.ByCode("JX-A1")
		return u.Prefix
	}
	take("代码,名称,类别,机关代字\nJX-A1,某某局,department,郏某函\n")
	if got := prefix(); got != "郏某函" {
		t.Errorf("the prefix is %q", got)
	}
	if out := take("代码,名称,类别\nJX-A1,某某局,department\n"); out.Same != 1 || prefix() != "郏某函" {
		t.Errorf("%+v, the prefix is %q", out, prefix())
	}
	if out := take("代码,名称,类别,机关代字\nJX-A1,某某局,department,郏某〔2026〕\n"); len(out.Refused) != 1 || prefix() != "郏某函" {
		t.Errorf("%+v, the prefix is %q", out, prefix())
	}
	if take("代码,名称,类别,机关代字\nJX-A1,某某局,department,\n"); prefix() != "" {
		t.Errorf("the prefix is %q", prefix())
	}
}
