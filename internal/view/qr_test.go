package view_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/view"
)

func TestAQRCodeIsDrawnWithoutStylesAndHasItsWhiteBorder(t *testing.T) {
	t.Parallel()
	drawn := map[string]bool{}
	for _, text := range []string{"a", "https://xf.example/track?number=JX2026000004175", "中文也行", strings.Repeat("x", 1000)} {
		var b bytes.Buffer
		if err := (view.QR{Text: text, Label: "二维码", Side: 132}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		svg := doc.Find("svg[role=img]")
		path := svg.Find("path").AttrOr("d", "")
		// The finder pattern's first row, seven modules, four from the edge.
		if !strings.HasPrefix(path, "M4 4h7v1h-7z") || drawn[path] || strings.Contains(b.String(), "style") {
			t.Errorf("%.20s: drawn as %.40q", text, path)
		}
		drawn[path] = true
		if svg.AttrOr("width", "") != "132" || svg.AttrOr("height", "") != "132" || svg.AttrOr("aria-label", "") != "二维码" {
			t.Errorf("%.20s: %s wide, named %q", text, svg.AttrOr("width", ""), svg.AttrOr("aria-label", ""))
		}
	}
}

func TestATextThatFitsIntoNoQRCodeIsAFault(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := (view.QR{Text: strings.Repeat("字", 2000)}).Render(t.Context(), &b); err == nil {
		t.Errorf("%d bytes were drawn", b.Len())
	}
}
