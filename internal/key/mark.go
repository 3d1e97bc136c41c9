package key

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Purpose is what a key is for.
type Purpose string

// The purposes of keys.
const (
	ForIdentity     Purpose = "identity"
	ForOfficeEvent  Purpose = "office event"
	ForPortalEvent  Purpose = "portal event"
	ForSecondFactor Purpose = "second factor"
	ForCode         Purpose = "code"
)

// Mark tells a key from every other and says nothing about it: its id, and a
// hash of the public key or an HMAC under the secret one, since an id of eight
// digits could be met by trying.
type Mark struct {
	Purpose Purpose
	ID      string
	Value   []byte
}

// Marks are those of all keys in portal.key.
func (p *Portal) Marks() []Mark {
	var all []Mark
	for _, k := range p.identity {
		all = append(all, k.mark())
	}
	return append(append(all, p.event.marks(ForPortalEvent)...), p.code.marks(ForCode)...)
}

// Marks are those of all keys in office.key.
func (o *Office) Marks() []Mark {
	var all []Mark
	for _, k := range o.identity {
		all = append(all, k.sealer().mark())
	}
	all = append(all, o.event.marks(ForOfficeEvent)...)
	all = append(all, o.secondFactor.marks(ForSecondFactor)...)
	return append(all, o.code.marks(ForCode)...)
}

func (s sealer) mark() Mark {
	sum := sha256.Sum256(append([]byte("zhengxin key mark v1:"), s.public.Bytes()...))
	return Mark{ForIdentity, s.id, sum[:]}
}

func (r ring) marks(of Purpose) []Mark {
	all := make([]Mark, len(r))
	for i, k := range r {
		all[i] = Mark{of, k.id, mac(k.secret, "mark", []byte(of))}
	}
	return all
}

// Attest signs a message that is not an event: what a backup says of itself.
func (o *Office) Attest(message []byte) (id string, signature []byte) {
	k := o.event[0]
	return k.id, mac(k.secret, "attest", message)
}

// Attested tells whether this office signed the message.
func (o *Office) Attested(id string, message, signature []byte) bool {
	k, ok := o.event.find(id)
	return ok && hmac.Equal(mac(k.secret, "attest", message), signature)
}
