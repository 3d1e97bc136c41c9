package key

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// Secret is the random value in a cookie from which everything of a draft, an
// unlocked matter or a session is derived. The server keeps only what ID
// gives, so neither a dump nor a process can read the draft without the
// visitor. Each purpose is a constant of the caller and gives unrelated values.
type Secret struct {
	hidden
	value secret
}

// NewSecret draws a secret.
func NewSecret(random io.Reader) (Secret, error) {
	var value [32]byte
	if _, err := io.ReadFull(random, value[:]); err != nil {
		return Secret{}, fmt.Errorf("key: secret: %w", err)
	}
	return Secret{value: keep(value)}, nil
}

// ParseSecret reads the value of a cookie; false when it is none of ours.
func ParseSecret(cookie string) (Secret, bool) {
	var value [32]byte
	if len(cookie) != base64.RawURLEncoding.EncodedLen(len(value)) {
		return Secret{}, false
	}
	if n, err := base64.RawURLEncoding.Strict().Decode(value[:], []byte(cookie)); err != nil || n != len(value) {
		return Secret{}, false
	}
	return Secret{value: keep(value)}, true
}

// Cookie is the secret as base64url. It is not named String, so that printing
// a secret can never show it.
func (s Secret) Cookie() string { return base64.RawURLEncoding.EncodeToString(s.value()[:]) }

// ID is what the database may keep: the row's id of a draft, the hash of an
// unlock token. 32 bytes.
func (s Secret) ID(purpose string) []byte { return mac(s.value, "id:", []byte(purpose)) }

// Token is a form token against cross-site requests.
func (s Secret) Token(purpose string) string {
	return base64.RawURLEncoding.EncodeToString(mac(s.value, "token:", []byte(purpose)))
}

// TokenOK compares without telling by its time how much was right.
func (s Secret) TokenOK(purpose, token string) bool {
	return subtle.ConstantTimeCompare([]byte(s.Token(purpose)), []byte(token)) == 1
}

// Box encrypts with a key that only this secret gives.
func (s Secret) Box(purpose string) Box { return Box{secret: s.value, purpose: purpose} }

// Box seals what only the bearer of a cookie may read, such as a draft.
type Box struct {
	hidden
	secret  secret
	purpose string
}

var errBox = errors.New("key: the box does not open")

// Seal encrypts; ad says what it is (such as the draft's step) and must be
// the same at Open.
func (b Box) Seal(ad, plain []byte) ([]byte, error) {
	aead, err := b.aead()
	if err != nil {
		return nil, err
	}
	return aead.Seal([]byte{sealVersion}, nil, plain, ad), nil
}

// Open decrypts what Seal made with the same secret, purpose and ad.
func (b Box) Open(ad, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != sealVersion {
		return nil, errBox
	}
	aead, err := b.aead()
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, sealed[1:], ad)
	if err != nil {
		return nil, errBox
	}
	return plain, nil
}

func (b Box) aead() (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, b.secret()[:], nil, "zhengxin box v1:"+b.purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	return gcm(derived)
}
