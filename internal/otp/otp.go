// Package otp is the second factor that a telephone shows: a secret that it shares with us,
// and the codes of each half minute (TOTP, RFC 6238). Which step was used already is kept by
// whoever asks: a code is taken once.
package otp

import (
	"encoding/base32"
	"fmt"
	"io"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	period = 30 // seconds
	digits = 6

	// Size is how many bytes a secret has, as RFC 4226 §4 recommends.
	Size = 20

	// ahead is beyond what clocks differ by: a used step further ahead tells of one that
	// was set back.
	ahead = 10
)

// Secret is what a telephone and we share.
type Secret []byte

// New draws a secret.
func New(random io.Reader) (Secret, error) {
	s := make(Secret, Size)
	if _, err := io.ReadFull(random, s); err != nil {
		return nil, fmt.Errorf("second factor: %w", err)
	}
	return s, nil
}

// Text is the secret as an authenticator wants it typed.
func (s Secret) Text() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)
}

// Enrolment is what a person takes over to their telephone.
type Enrolment struct {
	Secret  string // base32
	Address string // otpauth://, for the picture
}

// Enrolment is the secret as it is shown, under the names that the telephone lists it by.
func (s Secret) Enrolment(issuer, account string) (Enrolment, error) {
	made, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Secret: s})
	if err != nil {
		return Enrolment{}, fmt.Errorf("second factor: %w", err)
	}
	return Enrolment{Secret: s.Text(), Address: made.String()}, nil
}

// Step is the time step to which a code belongs, one before and one after the
// present allowed; 0 when it is no code of ours (RFC 6238 §5.2).
func (s Secret) Step(code string, now time.Time) (int64, error) {
	present := now.Unix() / period
	found := int64(0)
	for at := present - 1; at <= present+1; at++ {
		ok, err := hotp.ValidateCustom(code, uint64(at), s.Text(), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, fmt.Errorf("second factor: %w", err)
		}
		if ok {
			found = at
		}
	}
	return found, nil
}

// Ahead is the last step that a right clock can have used: later ones are void.
func Ahead(now time.Time) int64 { return now.Unix()/period + ahead }

// IsCode says that a text is as a code is written.
func IsCode(s string) bool {
	if len(s) != digits {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
