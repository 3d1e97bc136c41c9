package filing_test

import (
	"strings"
	"testing"
)

// TestWhatIsNotExactIsAskedShownAndKept: a sum with two readings and a day remembered by
// its month come to the desk as what they are.
func TestWhatIsNotExactIsAskedShownAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page, fields := reached(t, s, "contract")
	for name, value := range map[string]string{
		"contract_date_year": "2023年5月底", "contract_date_month": "", "contract_date_day": "", "unpaid_amount": "约128万6", "contract_amount": "0",
	} {
		fields.Set(name, value)
	}
	asked := page.Submit(t, form, fields).Want(t, 422)
	if said := asked.Text(".error-summary"); !strings.Contains(said, "有 1 处请再看一遍") || !strings.Contains(said, "“约128万6”可以读成两个数，请选一个") {
		t.Errorf("the summary says %q", said)
	}
	for name, want := range map[string]string{"contract_date_year": "2023", "contract_date_month": "5", "contract_date_day": "底", "unpaid_amount": "约128万6"} {
		if got := asked.Shown(name); got == nil || *got != want {
			t.Errorf("%s shows %v, want %s", name, got, want)
		}
	}
	if n := asked.Find("[name=unpaid_amount_sure][type=radio]").Length(); n != 2 || !strings.Contains(asked.Text("form"), "1,286,000.00 元（壹佰贰拾捌万陆仟元整）") {
		t.Errorf("%d readings: %q", n, asked.Text("form"))
	}
	again := asked.Submit(t, form, values("do", "next")).Want(t, 422) // none chosen
	page = again.Submit(t, form, values("unpaid_amount_sure", "1,286,000.00", "do", "next")).Want(t, 200)
	page = page.Submit(t, form, values("do", "next")).Submit(t, form, values(contactFields...)).Want(t, 200)
	for _, want := range []string{"1,286,000.00", "壹佰贰拾捌万陆仟元整；您写的是“约128万6”，承办人看得到", "2023年5月底", "没有写到日", "您写的是“0”"} {
		if said := page.Text("main"); !strings.Contains(said, want) {
			t.Errorf("the check says nothing of %q: %s", want, said)
		}
	}
	receipt := page.Submit(t, form, values("captcha_solution", s.Digits(t, page), "pledge", "yes")).Want(t, 200)
	own := receipt.Submit(t, `form[action="/track"]`, nil).Want(t, 200)
	for _, want := range []string{"2023年5月底（您没有写到日）", "（您写的是“约128万6”）"} {
		if said := own.Text("main"); !strings.Contains(said, want) {
			t.Errorf("whoever filed it reads nothing of %q: %s", want, said)
		}
	}
	if n := s.Count(t, `complaint c JOIN as_written w USING (matter_id) WHERE c.contract_date = '2023-05-01' AND c.unpaid_amount = 128600000 AND c.contract_amount IS NULL
		AND (w.contract_date, w.unpaid_amount, w.contract_amount, w.due_on) = ('2023年5月底', '约128万6', '', '')`); n != 1 {
		t.Errorf("%d complaints have it so", n)
	}
}

func TestADateWithTwoReadingsIsAskedAndFillsItsBoxes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page, fields := reached(t, s, "contract")
	for name, value := range map[string]string{"contract_date_year": "1/5/2023", "contract_date_month": "", "contract_date_day": "", "due_on_year": "13/5/2023", "due_on_month": "", "due_on_day": ""} {
		fields.Set(name, value)
	}
	asked := page.Submit(t, form, fields).Want(t, 422)
	if said := asked.Text(".error-summary"); !strings.Contains(said, "有 1 处请再看一遍") || !strings.Contains(said, "合同签订日期里，“1/5/2023”可以读成两个日期，请选一个") {
		t.Errorf("the summary says %q", said)
	}
	readings := asked.Find("[name=contract_date_sure][type=radio]")
	if readings.Length() != 2 || readings.Filter("[checked]").Length() != 0 || !strings.Contains(asked.Text("form"), "2023年5月1日") || !strings.Contains(asked.Text("form"), "2023年1月5日") {
		t.Errorf("%d readings: %q", readings.Length(), asked.Text("form"))
	}
	if got := asked.Shown("contract_date_year"); got == nil || *got != "1/5/2023" {
		t.Errorf("what was typed shows as %v", got)
	}
	if again := asked.Submit(t, form, values("do", "next")).Want(t, 422); !again.Has("[name=contract_date_sure]") {
		t.Error("what was not answered is not asked again")
	}
	page = asked.Submit(t, form, values("contract_date_sure", "2023-01-05", "do", "next")).Want(t, 200)
	page = page.Submit(t, form, values("do", "next")).Submit(t, form, values(contactFields...)).Want(t, 200)
	if said := page.Text("main"); !strings.Contains(said, "2023年1月5日") || !strings.Contains(said, "2023年5月13日") || strings.Contains(said, "2023年5月1日") {
		t.Errorf("the check says %s", said)
	}
}
