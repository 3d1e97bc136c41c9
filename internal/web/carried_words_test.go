package web

import (
	"slices"
	"testing"
)

func TestWhatIsShownAgainIsWhatAPersonTyped(t *testing.T) {
	t.Parallel()
	sent := Carried{Fields: [][2]string{
		{"facts", "拖了两年"}, {"contract_no", "HT-2024-0016"}, {"unit_name", "教育体育局"}, {"unpaid_amount", "1286500"}, {"category", "C03"},
		{"unit", "JX-CZJ"}, {"unit_sought", "财政局"}, {"unit_chosen", "JX-CZJ"}, {"unit_sure", "JX-CZJ 财政局"}, {"unpaid_amount_sure", "1,286,000.00"},
		{"facts_personal", "keep"}, {"facts_personal_asked", "a1b2.c3d4"}, {"saves", "3"}, {"kind", "citizen"}, {"form_token", "x1"},
	}}
	if got, want := sent.Words(), []string{"拖了两年", "HT-2024-0016", "教育体育局", "1286500"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, name := range []string{"password", "query_code", "resume_code", "login_code", "link", "otp"} {
		if !IsSecret(name) {
			t.Errorf("%s is carried", name)
		}
	}
}
