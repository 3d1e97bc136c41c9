package spreadsheet_test

import (
	"strings"
	"testing"

	"zhengxin/internal/spreadsheet"
)

func TestNoCellBeginsAFormula(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
		" =1": "' =1", "\u00a0@x": "'\u00a0@x", "\u200b=1": "'\u200b=1", "\ufeff=1": "'\ufeff=1", "\u3000=1": "'\u3000=1", " \t1": "' \t1",
		"2026-03": "2026-03", "收到": "收到", "": "", "0": "0", " ": " ", "a=1": "a=1", "'=1": "'=1",
	} {
		if got := spreadsheet.Inert(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
}

func TestWordsAreNoNumbersAndNoDays(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"1-2": "'1-2", "3/4": "'3/4", "1E5": "'1E5", "12345678901234567890": "'12345678901234567890", "5%": "'5%", "10:30": "'10:30",
		"欠款 3 万": "欠款 3 万", "JX2026123": "JX2026123", "": "",
	} {
		if got := spreadsheet.Text(words); got != want {
			t.Errorf("%q became %q, want %q", words, got, want)
		}
	}
	// Both at once are one apostrophe.
	if got := spreadsheet.Inert(spreadsheet.Text("-1")); got != "'-1" {
		t.Errorf("-1 became %q", got)
	}
}

func TestATableOpensAsItIs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	w := spreadsheet.NewWriter(&b)
	for _, row := range [][]string{{"编号", "标题"}, {"1", "说“=”，\"a\",b"}, {"2", "=1+1"}, {"3", "路灯;=1"}, {"4", "a\t=1|=2"}} {
		if err := w.Write(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if want := "\uFEFF编号,标题\r\n1,\"说“=”，\"\"a\"\",b\"\r\n2,\"'=1+1\"\r\n3,\"路灯;=1\"\r\n4,\"a\t=1|=2\"\r\n"; b.String() != want {
		t.Errorf("%q", b.String())
	}
}
