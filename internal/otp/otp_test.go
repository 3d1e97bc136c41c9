package otp_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/otp"
)

// The codes of RFC 6238, appendix B, of which a telephone shows the last six digits.
func TestACodeIsOfItsStep(t *testing.T) {
	t.Parallel()
	s := otp.Secret("12345678901234567890")
	for at, code := range map[int64]string{1111111111: "050471", 1111111109: "081804", 20000000000: "353130"} {
		for shift, fits := range map[int64]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
			step, err := s.Step(code, time.Unix(at+shift, 0))
			if err != nil || fits && step != at/30 || !fits && step != 0 {
				t.Errorf("%s at %d%+d: step %d %v", code, at, shift, step, err)
			}
		}
	}
	for text, is := range map[string]bool{"000000": true, "12345": false, "1234567": false, "12345a": false, "": false} {
		if otp.IsCode(text) != is {
			t.Errorf("%q", text)
		}
	}
	if otp.Ahead(time.Unix(300, 0)) <= 10 {
		t.Error("the present is void")
	}
}

func TestASecretIsShownAsAnAuthenticatorTakesIt(t *testing.T) {
	t.Parallel()
	s, err := otp.New(rand.Reader)
	if err != nil || len(s) != otp.Size {
		t.Fatal(len(s), err)
	}
	e, err := s.Enrolment("某县", "陈河")
	if err != nil || len(e.Secret) != 32 || !strings.HasPrefix(e.Address, "otpauth://totp/") || !strings.Contains(e.Address, e.Secret) {
		t.Errorf("%+v %v", e, err)
	}
	if _, err := otp.New(strings.NewReader("")); err == nil {
		t.Error("without randomness there is a secret")
	}
}
