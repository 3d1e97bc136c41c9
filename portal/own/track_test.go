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

// What cannot be a number or a code of ours is looked up by nobody: it is said, both
// typed texts are kept but the code, and no wrong pair is counted.
func TestWhatCannotBeANumberOrACodeIsNoGuess(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	v := s.From(portaltest.Village)
	numbersTyped := []string{"JX2026", "2026000000011", "不记得了", "JX2026000000018", receipt.Number[:14], "JX-XXXX", "\u202e", "JX20269999999900"}
	for _, typed := range numbersTyped {
		page := track(t, v, typed, receipt.Code).Want(t, 422)
		if said := page.All(".field-error"); len(said) != 1 || !strings.Contains(said[0], "JX 加 13 位数字") || !strings.Contains(said[0], "不算试错") {
			t.Errorf("%q: %q", typed, said)
		}
		if strings.Contains(page.Body, receipt.Code) {
			t.Errorf("%q: the code stands on the page", typed)
		}
	}
	for _, typed := range []string{"AAAA", "0O1I", "ABCD-EFGH-2345-678", "ABCD-EFGH-2345-6789-A", "ABCD-EFGH-2345-6780", "我忘了", strings.Repeat("A", 300)} {
		if said := track(t, v, receipt.Number, typed).Want(t, 422).All(".field-error"); len(said) != 1 || !strings.Contains(said[0], "查询码是 16 位字母和数字") || !strings.Contains(said[0], "不算试错") {
			t.Errorf("%q: %q", typed, said)
		}
	}
	track(t, v, "", "").Want(t, 422)
	if n := s.Count(t, "unlock_attempt"); n != 0 {
		t.Errorf("%d guesses were counted", n)
	}
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
}

// A receipt that was pasted into the box of the number is not shown again with its code when
// the number in it is wrong, nor when there is none.
func TestAPastedCodeIsNotShownAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	code := numbers.GroupCode(receipt.Code)
	for _, typed := range []string{"投诉编号 JX2026000000018\n查询码 " + code, "查询码 " + code, code, receipt.Code, strings.ToLower(code), "JX2026000000018 " + receipt.Code, receipt.Code + "A", strings.ReplaceAll(code, "-", " ")} {
		page := track(t, s.From(portaltest.Village), typed, "").Want(t, 422)
		shown := strings.ToUpper(page.Attr("[name=number]", "value"))
		if strings.Contains(shown, code[:4]) || strings.Contains(shown, code[15:]) || strings.Contains(strings.ToUpper(page.Body), receipt.Code) {
			t.Errorf("%q is shown as %q", typed, shown)
		}
	}
}

func TestAReceiptIsUnderstoodHoweverItIsPasted(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	number, code := receipt.Number, numbers.GroupCode(receipt.Code)
	whole := "投诉编号 " + number + "\n查询码 " + code // as the button of the receipt copies it
	for _, pair := range [][2]string{
		{number, code}, {whole, ""}, {"", whole}, {whole, whole}, {strings.ReplaceAll(whole, "\n", ""), ""}, {number, whole}, {whole, code},
		{"\u202a" + number + "\u202c", "\u2068" + code + "\u2069"}, {"编号：" + number + "。", "查询码：" + code + "，"},
		{number[:6] + "\u00ad" + number[6:], code[:3] + "\ufe0f" + code[3:]}, {strings.ToLower(number), strings.ReplaceAll(code, "-", "\u2003")},
		{"JX—" + number[2:], receipt.Code[:5] + " " + receipt.Code[5:]}, {code + " " + number, ""},
	} {
		v := s.From(portaltest.Village)
		if page := track(t, v, pair[0], pair[1]); page.Status != 200 || !strings.Contains(page.Body, number) {
			t.Errorf("%+q: %d %q", pair, page.Status, page.All("[role=alert]"))
		}
	}
}

func TestTheSameNumberIsOneGuessHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	number := numbers.NewNumber(2026, strings.NewReader("12345678"))
	for i, typed := range []string{strings.ToLower(number), "JX " + number[2:6] + " " + number[6:], "ＪＸ" + number[2:], "JX-" + number[2:], " " + number + "\u200b"} {
		if left := track(t, s.From(portaltest.Village), typed, portaltest.WrongCode).Want(t, 404).Text("[role=alert]"); i < 4 && !strings.Contains(left, fmt.Sprintf("再错 %d 次", 4-i)) {
			t.Errorf("%q: %s", typed, left)
		}
	}
	track(t, s.From(portaltest.Village), number, portaltest.WrongCode).Want(t, 429)
	track(t, s.From("198.51.100.1"), number, portaltest.WrongCode).Want(t, 404)
}

// A number that exists with a wrong code and one that does not: nobody learns which it was.
func TestWrongAndAbsentAreTheSameBytes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt := s.File(t, complainttest.Intake())
	absent := numbers.NewNumber(2026, strings.NewReader("12345678"))
	pairs := map[string][2]string{
		"wrong": {receipt.Number, portaltest.WrongCode}, "absent": {absent, portaltest.WrongCode}, "absent, another's code": {numbers.NewNumber(2026, strings.NewReader("87654321")), receipt.Code},
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
		return form.Submit(t, portaltest.TrackForm, values("number", numbers.NewNumber(2026, strings.NewReader(fmt.Sprintf("%08d", i))), "query_code", portaltest.WrongCode))
	}
	for i := range 60 {
		guess(i).Want(t, 404)
	}
	page := guess(60).Want(t, 429)
	if page.Header.Get("Retry-After") != "10" || !strings.Contains(page.Text("[role=alert]"), "等 1 分钟再试") {
		t.Errorf("after %q seconds: %s", page.Header.Get("Retry-After"), page.Text("[role=alert]"))
	}
	track(t, s.From(portaltest.Village), receipt.Number, receipt.Code).Want(t, 200)
	track(t, s.From("198.51.100.1"), numbers.NewNumber(2026, strings.NewReader("12345678")), portaltest.WrongCode).Want(t, 404)
	s.Wait(10 * time.Second)
	guess(61).Want(t, 404)
	guess(62).Want(t, 429)
}

func TestASubscriberOfIPv6IsOneGuesser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	number := numbers.NewNumber(2026, strings.NewReader("12345678"))
	for n := range 5 {
		track(t, s.From(fmt.Sprintf("2001:db8::%x", n+1)), number, portaltest.WrongCode).Want(t, 404)
	}
	track(t, s.From("2001:db8::ffff"), number, portaltest.WrongCode).Want(t, 429)
}
