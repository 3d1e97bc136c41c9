package view_test

import (
	"bytes"
	"strings"
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

func TestMovesCarryTheirAction(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "desk-matter")
	move := doc.Find(`form.move button[data-action="return"]`).Closest("form")
	if move.AttrOr("action", "") != "/complaints/1/return" || move.AttrOr("method", "") != "post" {
		t.Error("the move does not post to its address")
	}
	for _, name := range []string{"_csrf", "form_token", "draft", "note"} {
		if move.Find(`[name="`+name+`"]`).Length() != 1 {
			t.Errorf("the move does not send %s", name)
		}
	}
	if n := doc.Find(`button[data-action="sign"][disabled]`).Length(); n != 1 {
		t.Error("the nearly possible move can be pressed")
	}
	if n := doc.Find(".button-go[data-action]").Length(); n != 1 {
		t.Errorf("%d filled moves, want 1", n)
	}
}

func TestTheButtonOfAMoveFollowsItsFields(t *testing.T) {
	t.Parallel()
	doc := rendered(t, "desk-matter")
	var order []string
	doc.Find(`form.move[action$="/return"]`).Children().Not("input").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "p details button" {
		t.Errorf("with fields: %s", got)
	}
	order = nil
	doc.Find(`form.move[action$="/approve"]`).Children().Not("input").Each(func(_ int, s *goquery.Selection) { order = append(order, goquery.NodeName(s)) })
	if got := strings.Join(order, " "); got != "button p" {
		t.Errorf("without: %s", got)
	}
}
