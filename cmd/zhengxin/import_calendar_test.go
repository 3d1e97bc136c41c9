package main

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

const year2028 = `日期,安排,说明
2028-01-01至2028-01-03,放假,元旦
2028-01-25至2028-01-31,放假,春节
2028-02-05,上班,补春节
2028-04-04,放假,清明节
2028-05-01至2028-05-03,放假,劳动节
2028-05-28,放假,端午节
2028-10-01至2028-10-07,放假,国庆节
`

func TestAYearsHolidaysComeInAsAWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	office := on(t, db, pg.RoleAdmin).withKeys(t, "office.key")
	wrong := strings.Replace(year2028, "2028-02-05", "2028-02-07", 1)
	out, faults, code := office.command(t, wrong, "import", "calendar", "-")
	if code != 1 || !strings.Contains(out, "第 4 行 2028-02-07,上班,补春节：2月7日是星期一，本来就上班。") || !strings.Contains(faults, "一天也没有导入") {
		t.Errorf("a wrong line: code %d, says %s%s", code, out, faults)
	}
	years, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM calendar_version WHERE year = 2028`, nil)
	if err != nil || years != 0 {
		t.Errorf("%d versions came in, %v", years, err)
	}
	excel, err := simplifiedchinese.GB18030.NewEncoder().String(strings.ReplaceAll(year2028, "\n", "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	out, faults, code = office.command(t, excel, "import", "calendar", "-")
	if code != 0 || !strings.Contains(out, "2028 年第 1 版，已公布：放假 22 天，调休上班 1 天。") || !strings.Contains(out, "已经重算：0 件") {
		t.Errorf("code %d, says %s%s", code, out, faults)
	}
	if out, _, code := office.command(t, year2028, "import", "calendar", "-"); code != 0 || out != "2028 年没有变化，不用导入。\n" {
		t.Errorf("again: code %d, says %s", code, out)
	}
	out, faults, code = office.command(t, "2029-01-01,放假\n", "import", "calendar", "-")
	if code != 0 || !strings.Contains(out, "2029 年第 1 版，暂定") || !strings.Contains(faults, "看上去不全") {
		t.Errorf("half a year: code %d, says %s%s", code, out, faults)
	}
	if _, faults, code := office.command(t, "PK\x03\x04xlsx", "import", "calendar", "-"); code != 1 || !strings.Contains(faults, "另存为 CSV") {
		t.Errorf("a workbook: code %d, says %s", code, faults)
	}
	if _, faults, code := office.command(t, "", "import", "calendar", "no such file"); code != 1 || !strings.Contains(faults, "打不开文件") {
		t.Errorf("no file: code %d, says %s", code, faults)
	}
}
