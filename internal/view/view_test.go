package view_test

import (
	"bytes"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/view"
)

func TestWhatWasTypedComesBackUnchanged(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "\n第一行空", "<b>&\"'</b>", "𠮷\u202e倒"} {
		var b bytes.Buffer
		if err := (view.TextArea{Name: "facts", Label: "经过", Value: typed}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("textarea").Text(); got != typed {
			t.Errorf("typed %q, came back %q", typed, got)
		}
	}
}
