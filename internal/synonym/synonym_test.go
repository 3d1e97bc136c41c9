package synonym_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/category"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/synonym"
	"zhengxin/internal/unit"
)

var now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

func take(t *testing.T, db *pgtest.DB, file string) (int, []synonym.Refusal) {
	t.Helper()
	rows, refused, err := synonym.Parse(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	taken, more, err := synonym.Take(t.Context(), db.Admin, rows)
	if err != nil {
		t.Fatal(err)
	}
	return taken, append(refused, more...)
}

func TestWordsThatAnOfficeAddsFindAUnitAndACategory(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	if _, err := pg.Exec(t.Context(), db.Admin, `
		INSERT INTO unit (code, name, kind) VALUES ('JX-SLJ', '水利局', 'department'), ('JX-FIN', '财政局', 'department')`, nil); err != nil {
		t.Fatal(err)
	}
	find := func(typed string) string {
		t.Helper()
		all, err := unit.Read(t.Context(), db.Portal, now)
		if err != nil {
			t.Fatal(err)
		}
		if u, exact := all.Complainable().Called(typed); exact && typed != u.Name {
			t.Errorf("%s is taken for %s", typed, u.Name)
		}
		if found := all.Complainable().Search(typed); len(found) > 0 {
			return found[0].Code
		}
		return ""
	}
	if got := find("水务局"); got != "JX-SLJ" { // comes with the program
		t.Errorf("水务局 finds %q", got)
	}
	if got := find("管钱的"); got != "" {
		t.Errorf("管钱的 finds %q", got)
	}
	n, refused := take(t, db, "用处,说法,指的是\n单位,管钱的,财政局\n单位,水务,\n类别,打白条子,C03\n类别,打白条子,C02\n类别,火星,X99\n单位,月球局,月球\n人员,张三,C03\n单位,,财政局\n单位,财政局,财政局\n")
	want := []synonym.Refusal{
		{8, "用处只能写“单位”或“类别”"}, {9, "没有写说法"}, {10, "说法和指的是一样"}, {6, "没有类别 X99"}, {7, "没有一个单位的名称里有“月球”"},
	}
	if diff := cmp.Diff(want, refused); diff != "" || n != 4 {
		t.Errorf("%d taken %s", n, diff)
	}
	if got := find("管钱的"); got != "JX-FIN" {
		t.Errorf("管钱的 finds %q", got)
	}
	all, err := (&category.Directory{Pool: db.Portal, Now: func() time.Time { return now }}).All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, c := range category.Fitting(all, "打白条子") {
		codes = append(codes, c.Code)
	}
	if diff := cmp.Diff([]string{"C03", "C02"}, codes[:2]); diff != "" && len(codes) < 2 {
		t.Error(diff)
	}
	if _, _, err := synonym.Parse(strings.NewReader("")); err == nil {
		t.Error("an empty file is taken")
	}
}

// What people type, and the class that stands first.
func TestACategoryIsFoundByTheWordsOfPeople(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	all, err := (&category.Directory{Pool: db.Portal, Now: func() time.Time { return now }}).All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"欠钱": "C03", "欠款": "C03", "欠账": "C03", "货款": "C03", "工程款": "C03", "材料费": "C03", "不给钱": "C03", "欠我的工程款": "C03", "尾款没给": "C03", "镇政府打的白条": "C03", "饭钱": "C03",
		"工资": "C11", "农民工": "C11", "农民工工资": "C11", "欠薪": "C11", "工钱不给": "C11", "讨薪": "C11", "拖欠工资": "C03",
		"补贴": "C01", "补助款": "C01", "拆迁": "C01", "拆迁款": "C01", "征地补偿": "C01", "答应的事": "C01", "奖励": "C01", "说话不算数": "C01",
		"换领导": "C05", "领导换了": "C05", "换了领导不认账": "C02", "新官不理旧账": "C05", "前任书记": "C05", "换届": "C05",
		"保证金": "C04", "押金": "C04", "质保金不退": "C04", "判决": "D01", "法院判了不给": "D01", "打赢官司": "D01", "仲裁": "D02", "垫资": "A10",
		"招商": "C08", "乱收费": "C10", "罚款": "C10", "报复": "F01", "没人管": "E03", "踢皮球": "E03", "验收": "C06", "商票": "C06", "借钱": "A01", "担保": "A02", "合同": "C02", "中标": "C09", "泄露": "F02",
		"没付钱": "C03", "招待费": "C03", "打印费": "C03", "报销": "C03", "欠运费": "C03", "加班费": "C11", "保修金": "C04", "青苗费": "C01", "回迁": "C01", "拆房": "C01", "借条": "C07",
		"退税": "C08", "烂尾": "C02", "受贿": "E05", "要好处费": "E05", "贪污腐败": "E05",
	} {
		var codes []string
		for _, c := range category.Fitting(all, typed) {
			codes = append(codes, c.Code)
		}
		if len(codes) == 0 || codes[0] != want {
			t.Errorf("%q finds %v, want %s first", typed, codes, want)
		}
	}
	if found := category.Fitting(all, "火星"); found != nil {
		t.Errorf("火星 finds %v", found)
	}
	for _, c := range all {
		if way := map[string]string{"C11": "劳动保障监察", "E05": "纪检监察"}[c.Code]; !strings.Contains(c.WayOut, way) {
			t.Errorf("beside %s stands %q", c.Title, c.WayOut)
		}
	}
}
