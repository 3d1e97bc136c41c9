package unit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/unit"
)

func TestTheUnitsThatATextNamesAreFoundInTheirOrder(t *testing.T) {
	t.Parallel()
	list := unit.List{
		{Code: "FIN", Name: "郏县财政局", Alias: []string{"财政局"}}, {Code: "FIN-PAY", Name: "郏县财政局国库支付中心"},
		{Code: "HOU", Name: "郏县住房和城乡建设局", Alias: []string{"住建局"}, Former: []string{"建设局"}}, {Code: "POL", Name: "郏县公安局", Alias: []string{"公安"}},
	}
	for text, want := range map[string][]string{
		"我找过住建局，住建局让我找郏县 财政局。": {"HOU 住建局", "FIN 郏县财政局"},
		"郏县财政局国库支付中心不付":        {"FIN-PAY 郏县财政局国库支付中心"},
		"以前的建设局答应过":            {"HOU 建设局"},
		"公安出具了证明":              nil, // two characters are in many a story
		"谁也不管":                 nil,
	} {
		var got []string
		for _, n := range list.In(text) {
			got = append(got, n.Code+" "+n.Called)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
