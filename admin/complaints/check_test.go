package complaints

import (
	"strings"
	"testing"
	"zhengxin/internal/complaint"
)

func TestAMachineSeesWhatAPersonMayMiss(t *testing.T) {
	t.Parallel()
	good := complaint.Draft{Finding: "unsubstantiated", Decision: "explain", Facts: "经查没有欠款。", Opinion: "作解释。",
		Basis: "《保障中小企业款项支付条例》第九条", Demand: "12月31日前书面说明。"}
	if got := faults(machineChecks(good, nil)); len(got) != 0 {
		t.Errorf("a good draft is blamed: %v", got)
	}
	for _, demand := range []string{"一个月内付清。", "30 日内付清。", "十五个工作日内付清。", "两周内付清。"} {
		draft := good
		draft.Demand = demand
		if got := faults(machineChecks(draft, nil)); len(got) != 0 {
			t.Errorf("%q is blamed: %v", demand, got)
		}
	}
	for want, change := range map[string]func(*complaint.Draft){
		"第几条":    func(a *complaint.Draft) { a.Basis = "有关规定" },
		"手机号码":   func(a *complaint.Draft) { a.Facts += "打 13800138000 问过。" },
		"身份证号":   func(a *complaint.Draft) { a.Opinion += "身份证 11010519491231002X。" },
		"什么时候做完": func(a *complaint.Draft) { a.Demand = "尽快研究。" },
		"却支持了请求": func(a *complaint.Draft) { a.Decision = "support" },
		"立案":     func(a *complaint.Draft) { a.Finding = "partially" },
		"还有没写的":  func(a *complaint.Draft) { a.Opinion = "" },
	} {
		draft := good
		change(&draft)
		if got := strings.Join(faults(machineChecks(draft, nil)), " "); !strings.Contains(got, want) {
			t.Errorf("want a word of %s, got %q", want, got)
		}
	}
	if got := strings.Join(faults(machineChecks(good, &good)), " "); !strings.Contains(got, "一字不差") {
		t.Errorf("an unchanged draft passes: %q", got)
	}
}

func faults(list []check) []string {
	var out []string
	for _, c := range list {
		if c.State != passed {
			out = append(out, c.Text)
		}
	}
	return out
}
