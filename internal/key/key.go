// Package key holds the two key files and what may be done with each. The wall
// is the type: whoever holds only a *Portal can seal an identity and never open
// one, and signs events with another key than the desk.
package key

import (
	"crypto/hpke"
	"fmt"
	"log/slog"
)

// Portal is what the public site may do: seal identities, derive query codes,
// sign its own events. It has no way to open anything.
type Portal struct {
	hidden
	identity []sealer
	event    ring
	code     ring
}

// Office is what desk and worker may do: open identities and second-factor
// secrets, and sign the staff's events. It cannot sign as the portal.
type Office struct {
	hidden
	identity     []opener
	event        ring
	secondFactor ring
	code         ring
}

// Seal encrypts one identity field to the office; only an Office opens it.
func (p *Portal) Seal(place Place, plain []byte) ([]byte, error) {
	return p.identity[0].seal(place, plain)
}

// Seal does the same as Portal.Seal, for what the desk registers by hand.
func (o *Office) Seal(place Place, plain []byte) ([]byte, error) {
	return o.identity[0].sealer().seal(place, plain)
}

// Open decrypts an identity field. It fails when the row was moved to another
// place, when a bit was changed and when the key is not in the file. Who may
// call it, and the event that must go with it, is the matter of the noun.
func (o *Office) Open(place Place, sealed []byte) ([]byte, error) {
	id, _, err := header(sealed)
	if err != nil {
		return nil, err
	}
	for _, k := range o.identity {
		if k.id == id {
			return k.open(place, sealed)
		}
	}
	return nil, fmt.Errorf("key: identity key %s is not in %s", id, officeFile)
}

// SealSecret encrypts what the desk alone reads again, under the office's own
// key: second-factor secrets, and what staff have typed and not sent.
func (o *Office) SealSecret(place Place, plain []byte) ([]byte, error) {
	return o.secondFactor[0].seal(place, plain)
}

// OpenSecret decrypts what SealSecret made, at the same place only.
func (o *Office) OpenSecret(place Place, sealed []byte) ([]byte, error) {
	id, _, err := header(sealed)
	if err != nil {
		return nil, err
	}
	k, ok := o.secondFactor.find(id)
	if !ok {
		return nil, fmt.Errorf("key: second-factor key %s is not in %s", id, officeFile)
	}
	return k.open(place, sealed)
}

// Codes derives query codes with the shared code key.
func (p *Portal) Codes() Codes { return Codes{keys: p.code} }

// Codes is the same as the portal's: the desk prints codes for what it
// registers by hand.
func (o *Office) Codes() Codes { return Codes{keys: o.code} }

// EventKey signs what complainants and members do on the public site.
func (p *Portal) EventKey() EventKey { return EventKey{holder: HeldByPortal, key: p.event[0]} }

// EventKey signs what staff and the worker do.
func (o *Office) EventKey() EventKey { return EventKey{holder: HeldByOffice, key: o.event[0]} }

// secret is 32 bytes that fmt cannot reach. Format of hidden is not asked when a
// value stands in an unexported field of somebody else's struct, and fmt follows
// a pointer there under some verbs; a function it prints as an address.
type secret func() *[32]byte

func keep(b [32]byte) secret { return func() *[32]byte { return &b } }

// symmetric is one key of 32 bytes.
type symmetric struct {
	id     string
	secret secret
}

// ring is the keys of one purpose, the current one first.
type ring []symmetric

func (r ring) find(id string) (symmetric, bool) {
	for _, k := range r {
		if k.id == id {
			return k, true
		}
	}
	return symmetric{}, false
}

// sealer is the public half of an identity key.
type sealer struct {
	id     string
	public hpke.PublicKey
}

// opener is the private half of an identity key.
type opener struct {
	id      string
	private hpke.PrivateKey
}

func (o opener) sealer() sealer { return sealer{o.id, o.private.PublicKey()} }

const masked = "[secret]"

// hidden is embedded in every type that holds a secret, so that no log line,
// error or page shows it by accident.
type hidden struct{}

// Format prints the mask whatever the verb.
func (hidden) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// LogValue is the mask.
func (hidden) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalText is the mask, for JSON and the like.
func (hidden) MarshalText() ([]byte, error) { return []byte(masked), nil }
