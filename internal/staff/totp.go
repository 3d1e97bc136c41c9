package staff

import (
	"encoding/base32"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"zhengxin/internal/key"
)

const (
	totpPeriod  = 30 // seconds
	totpSize    = 20 // bytes, as RFC 4226 §4 recommends
	totpDigits  = 6
	totpIssuer  = "诚信监督工作台"
	otpTryLimit = 5  // wrong codes that one half session has
	stepsAhead  = 10 // a used step further ahead than this tells of a clock that was set back
)

// totpSecret is the secret that a telephone and the desk share.
type totpSecret []byte

func newTOTPSecret(random io.Reader) (totpSecret, error) {
	s := make(totpSecret, totpSize)
	if _, err := io.ReadFull(random, s); err != nil {
		return nil, fmt.Errorf("staff: second factor: %w", err)
	}
	return s, nil
}

// Text is the secret as an authenticator wants it typed.
func (s totpSecret) Text() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

// Address is what the picture says to a telephone.
func (s totpSecret) Address(login string) (string, error) {
	made, err := totp.Generate(totp.GenerateOpts{Issuer: totpIssuer, AccountName: login, Secret: s})
	if err != nil {
		return "", fmt.Errorf("staff: second factor: %w", err)
	}
	return made.String(), nil
}

// step is the time step to which a code belongs, one before and one after the
// present allowed; 0 when it is no code of ours (RFC 6238 §5.2).
func (s totpSecret) step(code string, now time.Time) (int64, error) {
	present := now.Unix() / totpPeriod
	found := int64(0)
	for at := present - 1; at <= present+1; at++ {
		ok, err := hotp.ValidateCustom(code, uint64(at), s.Text(), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, fmt.Errorf("staff: second factor: %w", err)
		}
		if ok {
			found = at
		}
	}
	return found, nil
}

// totpPlace binds a sealed secret to its person.
func totpPlace(staffID int64) key.Place {
	return key.Place{Table: "staff", ID: strconv.FormatInt(staffID, 10), Column: "totp"}
}

func isCode(s string) bool {
	if len(s) != totpDigits {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
