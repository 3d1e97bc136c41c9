package own_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	numbers "zhengxin/internal/form"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal/portaltest"
)

func TestNeighboursWhoMistypeDoNotMakeEachOtherWait(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	for _, typed := range []string{"JX2026", "2026000000011", "不记得了", "JX2026000000019", receipt.Number[:14], "JX-XXXX"} {
		track(t, s.From(portaltest.Village), typed, receipt.Code).Want(t, 404)
	}
	for range 3 {
		track(t, s.From(portaltest.Village), receipt.Number, "AAAA").Want(t, 404)
	}
	track(t, s.From(portaltest.Village), receipt.Number, receipt.Code).Want(t, 200)
}

func TestTheSameMistypedNumberIsOneHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i, typed := range []string{"jx2026999", "JX 2026 999", "ＪＸ２０２６９９９", "JX-2026-999", " jx2026999 "} {
		if left := track(t, s.From(portaltest.Village), typed, portaltest.WrongCode).Want(t, 404).Text("[role=alert]"); i < 4 && !strings.Contains(left, fmt.Sprintf("再错 %d 次", 4-i)) {
			t.Errorf("%q: %s", typed, left)
		}
	}
	track(t, s.From(portaltest.Village), "JX2026999", portaltest.WrongCode).Want(t, 429)
	track(t, s.From("198.51.100.1"), "JX2026999", portaltest.WrongCode).Want(t, 404)
}

// A number that exists with a wrong code, one that does not, one that cannot,
// and a code that cannot: nobody learns which it was.
func TestWrongAbsentAndImpossibleAreTheSameBytes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	absent := numbers.NewNumber(2026, strings.NewReader("12345678"))
	pairs := map[string][2]string{
		"wrong": {receipt.Number, portaltest.WrongCode}, "absent": {absent, portaltest.WrongCode}, "absent, another's code": {numbers.NewNumber(2026, strings.NewReader("87654321")), receipt.Code},
		"impossible number": {"JX2026999999990", portaltest.WrongCode}, "impossible code": {numbers.NewNumber(2026, strings.NewReader("abcdefgh")), "0O1I"},
	}
	v := s.Visitor()
	page := v.Get(t, "/track")
	for try := range 7 {
		s.Wait(100 * time.Second)
		var first string
		for name, pair := range pairs {
			got := page.Submit(t, portaltest.TrackForm, values("number", pair[0], "query_code", pair[1]))
			answer := fmt.Sprint(got.Status, got.Header.Get("Retry-After"), got.Header.Values("Set-Cookie"), strings.ReplaceAll(got.Body, pair[0], "…"))
			if got.Status != map[bool]int{true: 404, false: 429}[try < 5] {
				t.Errorf("try %d, %s: status %d", try+1, name, got.Status)
			}
			if first == "" {
				first = answer
			}
			if answer != first {
				t.Errorf("try %d: %s is answered otherwise:\n%s\n%s", try+1, name, answer, first)
			}
		}
	}
}

func TestAGuesserIsToldHowLongTheWaitReallyIs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	v := s.From(portaltest.Village)
	for range 4 {
		track(t, v, receipt.Number, portaltest.WrongCode).Want(t, 404)
	}
	s.Wait(4*time.Minute + 30*time.Second)
	if last := track(t, v, receipt.Number, portaltest.WrongCode).Want(t, 404).Text("[role=alert]"); !strings.Contains(last, "再试要等 11 分钟") {
		t.Errorf("the fifth is told %q", last)
	}
	s.Wait(5 * time.Minute)
	page := track(t, v, receipt.Number, receipt.Code).Want(t, 429)
	if page.Header.Get("Retry-After") != "330" || !strings.Contains(page.Text("[role=alert]"), "请等 6 分钟再试") || !strings.Contains(page.Body, "您的投诉不受影响") {
		t.Errorf("after %q seconds: %s", page.Header.Get("Retry-After"), page.Text("[role=alert]"))
	}
	s.Wait(5*time.Minute + 30*time.Second)
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
}

func TestARightPairOpensBehindAnAddressThatGuessesAtEveryNumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	guesser := s.From(portaltest.Village)
	form := guesser.Get(t, "/track")
	guess := func(i int) *webtest.Page {
		return form.Submit(t, portaltest.TrackForm, values("number", fmt.Sprintf("JX2026%09d", i), "query_code", portaltest.WrongCode))
	}
	for i := range 60 {
		guess(i).Want(t, 404)
	}
	page := guess(60).Want(t, 429)
	if page.Header.Get("Retry-After") != "10" || !strings.Contains(page.Text("[role=alert]"), "等 1 分钟再试") {
		t.Errorf("after %q seconds: %s", page.Header.Get("Retry-After"), page.Text("[role=alert]"))
	}
	track(t, s.From(portaltest.Village), receipt.Number, receipt.Code).Want(t, 200)
	track(t, s.From("198.51.100.1"), "JX2026", portaltest.WrongCode).Want(t, 404)
	s.Wait(10 * time.Second)
	guess(61).Want(t, 404)
	guess(62).Want(t, 429)
}

func TestASubscriberOfIPv6IsOneGuesser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for n := range 5 {
		track(t, s.From(fmt.Sprintf("2001:db8::%x", n+1)), "JX2026999", portaltest.WrongCode).Want(t, 404)
	}
	track(t, s.From("2001:db8::ffff"), "JX2026999", portaltest.WrongCode).Want(t, 429)
}
