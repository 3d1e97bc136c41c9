package key

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Place is where a sealed value lives. It is bound into the ciphertext, so a
// value copied to another row or column does not open.
type Place struct{ Table, ID, Column string }

// bytes is table:id:column. A colon inside a part would make two places look
// alike, and an empty id means the row was sealed before it had one.
func (p Place) bytes() ([]byte, error) {
	for _, part := range []string{p.Table, p.ID, p.Column} {
		if part == "" || strings.Contains(part, ":") {
			return nil, fmt.Errorf("key: %q:%q:%q is not a place", p.Table, p.ID, p.Column)
		}
	}
	return []byte(p.Table + ":" + p.ID + ":" + p.Column), nil
}

// A sealed value is: version, key id, then for identities the encapsulated key
// and for secrets the nonce, then the ciphertext. Version and key id are
// authenticated with the place.
const (
	sealVersion  = 1
	headerSize   = 1 + 4
	identityInfo = "zhengxin identity v1"
	// encSize is the encapsulated key of X25519.
	encSize = 32
)

var errSealed = errors.New("key: not a sealed value of this version")

// KeyID is the id of the key that a value is sealed with: what a rotation has
// still to reseal is found by it, without opening anything.
func KeyID(sealed []byte) (string, error) {
	id, _, err := header(sealed)
	return id, err
}

func header(sealed []byte) (id string, rest []byte, err error) {
	if len(sealed) < headerSize || sealed[0] != sealVersion {
		return "", nil, errSealed
	}
	return hex.EncodeToString(sealed[1:headerSize]), sealed[headerSize:], nil
}

func newHeader(id string) ([]byte, error) {
	raw, err := hex.DecodeString(id)
	if err != nil || len(raw) != 4 {
		return nil, fmt.Errorf("key: %q is not a key id", id)
	}
	return append([]byte{sealVersion}, raw...), nil
}

// associated is what the ciphertext is bound to besides the key.
func associated(head []byte, place Place) ([]byte, error) {
	at, err := place.bytes()
	if err != nil {
		return nil, err
	}
	return append(head[:headerSize:headerSize], at...), nil
}

func identityKEM() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

func (s sealer) seal(place Place, plain []byte) ([]byte, error) {
	head, err := newHeader(s.id)
	if err != nil {
		return nil, err
	}
	ad, err := associated(head, place)
	if err != nil {
		return nil, err
	}
	enc, sender, err := hpke.NewSender(s.public, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(identityInfo))
	if err != nil {
		return nil, fmt.Errorf("key: seal: %w", err)
	}
	box, err := sender.Seal(ad, plain)
	if err != nil {
		return nil, fmt.Errorf("key: seal: %w", err)
	}
	return append(append(head, enc...), box...), nil
}

func (o opener) open(place Place, sealed []byte) ([]byte, error) {
	ad, err := associated(sealed, place)
	if err != nil {
		return nil, err
	}
	body := sealed[headerSize:]
	if len(body) < encSize {
		return nil, errSealed
	}
	recipient, err := hpke.NewRecipient(body[:encSize], o.private, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(identityInfo))
	if err != nil {
		return nil, fmt.Errorf("key: open %s.%s: %w", place.Table, place.Column, err)
	}
	plain, err := recipient.Open(ad, body[encSize:])
	if err != nil {
		return nil, fmt.Errorf("key: open %s.%s: %w", place.Table, place.Column, err)
	}
	return plain, nil
}

func (k symmetric) seal(place Place, plain []byte) ([]byte, error) {
	head, err := newHeader(k.id)
	if err != nil {
		return nil, err
	}
	ad, err := associated(head, place)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(k.secret()[:])
	if err != nil {
		return nil, err
	}
	return aead.Seal(head, nil, plain, ad), nil
}

func (k symmetric) open(place Place, sealed []byte) ([]byte, error) {
	ad, err := associated(sealed, place)
	if err != nil {
		return nil, err
	}
	aead, err := gcm(k.secret()[:])
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, sealed[headerSize:], ad)
	if err != nil {
		return nil, fmt.Errorf("key: open %s.%s: %w", place.Table, place.Column, err)
	}
	return plain, nil
}

// gcm is AES-256-GCM that draws its own nonce and puts it in front.
func gcm(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	return aead, nil
}
