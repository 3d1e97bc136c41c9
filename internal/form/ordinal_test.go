package form_test

import (
	"strconv"
	"testing"

	"zhengxin/internal/form"
)

func TestAnOrdinalIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{
		"16": 16, "十六": 16, "第十六届": 16, "第 16 届": 16, "１６": 16, "第3次会议": 3, "三次": 3, "012号": 12, "第十二号": 12, "二十": 20,
		"": 0, "零": 0, "0": 0, "十六.5": 0, "届": 0, "第届": 0, "三四": 0, "十几": 0, "99999": 0,
	} {
		if got, ok := form.ReadOrdinal(typed); got != want && ok || ok != (want > 0) {
			t.Errorf("%q is %d, %v, want %d", typed, got, ok, want)
		}
	}
}

func TestAHanNumberIsReadBack(t *testing.T) {
	t.Parallel()
	for n := 1; n < 100; n++ {
		if got, ok := form.ReadOrdinal(form.Han(n)); !ok || got != n {
			t.Errorf("%d is %s, read back as %s", n, form.Han(n), strconv.Itoa(got))
		}
	}
	for n, want := range map[int]string{10: "十", 11: "十一", 20: "二十", 16: "十六", 7: "七", 105: "一百零五", 110: "一百一十", 683: "六百八十三", 1001: "一千零一"} {
		if got := form.Han(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestALineLosesTheNumberThatSomebodyGaveIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"1. 合同首页": "合同首页", "一、验收单": "验收单", "（二）付款记录": "付款记录", "3）照片": "照片", "④ 欠条": "欠条", "2：发票": "发票", "12、2023年的账": "2023年的账",
		"3 张照片": "3 张照片", "3.5 万元的发票": "3.5 万元的发票", "10:30 的通话": "10:30 的通话", "  合同 ": "合同", "1.": "", "十里铺的地契": "十里铺的地契",
	} {
		if got := form.Unnumbered(typed); got != want {
			t.Errorf("%q is %q, not %q", typed, got, want)
		}
	}
}
