package key

// Holder says which of the two files a key came from.
type Holder string

// The holders of event keys.
const (
	HeldByPortal Holder = "portal"
	HeldByOffice Holder = "office"
)

// EventKey signs the events of one side.
type EventKey struct {
	hidden
	holder Holder
	key    symmetric
}

// ID is eight hex digits and stands in every event signed with the key.
func (k EventKey) ID() string { return k.key.id }

// Holder tells whose key it is, so that a verifier can refuse a staff event
// signed with the portal's.
func (k EventKey) Holder() Holder { return k.holder }

// MAC is HMAC-SHA256 over an encoded event; the encoding belongs to chain.
func (k EventKey) MAC(message []byte) []byte { return mac(k.key.secret, "event", message) }

// EventKeys are the keys a verifier has at hand.
type EventKeys struct {
	hidden
	byID     map[string]EventKey
	complete bool
}

// NewEventKeys gathers the event keys of both sides, old ones too. Either may
// be nil: a process started alone checks what its own file lets it check.
func NewEventKeys(o *Office, p *Portal) EventKeys {
	keys := EventKeys{byID: map[string]EventKey{}, complete: o != nil && p != nil}
	if o != nil {
		for _, k := range o.event {
			keys.byID[k.id] = EventKey{holder: HeldByOffice, key: k}
		}
	}
	if p != nil {
		for _, k := range p.event {
			keys.byID[k.id] = EventKey{holder: HeldByPortal, key: k}
		}
	}
	return keys
}

// Find is the key of that id.
func (k EventKeys) Find(id string) (EventKey, bool) {
	found, ok := k.byID[id]
	return found, ok
}

// Complete says that both files are here, so that an id which is not found
// belongs to no key of this office at all.
func (k EventKeys) Complete() bool { return k.complete }
