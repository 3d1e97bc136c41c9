package chain

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"zhengxin/internal/key"
)

// Row is one row of what is said about a matter: its columns as texts, nil for NULL.
type Row []*string

// Said are the rows that stand at some time, by the part that they belong to.
type Said map[string][]Row

// Change is what a move did to one part: the digest of its rows before and after,
// empty for none. Both are the same where a move says how a part stands that it left.
type Change [2][]byte

// Was and Now are the digests.
func (c Change) Was() []byte { return c[0] }

// Now is the digest after the move.
func (c Change) Now() []byte { return c[1] }

// Binding stands beside an event and says what the move changed of the rows, and from
// what: so neither a change beside the moves nor a move after it hides anything. It is
// no part of the event: the rows hang on the event, so they are written after it.
type Binding struct {
	Said string // JSON, part → Change
	MAC  []byte
}

// SaltSize is that of the salt of a matter's digests. There is one for each matter, so
// that a digest can be held against the next; with it gone, nobody can test a guess of
// what they were of.
const SaltSize = 16

// digestSize is enough: whoever looks for two contents with one digest would have to
// have both written within the matter.
const digestSize = 16

// Bind seals what a move has changed by the time its event is done, under the key of
// the event itself.
func Bind(e *Entry, changes map[string]Change, k key.EventKey) (Binding, error) {
	if len(e.Hash) != sha256.Size || e.KeyID != k.ID() {
		return Binding{}, fmt.Errorf("chain: event %d of %q is not sealed with this key", e.Seq, e.Number)
	}
	raw, err := json.Marshal(changes)
	if err != nil {
		return Binding{}, fmt.Errorf("chain: %w", err)
	}
	b := Binding{Said: string(raw)}
	b.MAC = k.MAC(encodeBinding(e, b.Said))
	return b, nil
}

// Fits says whether the binding is the one that was made for this event.
func (b Binding) Fits(e *Entry, k key.EventKey) bool {
	return hmac.Equal(b.MAC, k.MAC(encodeBinding(e, b.Said)))
}

// Changes are what the binding says, by part.
func (b Binding) Changes() (map[string]Change, error) {
	var changes map[string]Change
	if err := json.Unmarshal([]byte(b.Said), &changes); err != nil {
		return nil, fmt.Errorf("chain: %w", err)
	}
	return changes, nil
}

// encodeBinding has the event's hash, so a binding fits no other event, and the
// number of the matter with it.
func encodeBinding(e *Entry, said string) []byte {
	b := make([]byte, 0, 128+len(said))
	b = field(b, "zhengxin binding v1")
	b = field(b, e.Number)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = field(b, e.Hash)
	return field(b, said)
}

// Digest is of a part's rows, whatever order they come in, of one matter: those of
// another have another digest. That of no rows is empty.
func Digest(salt []byte, number, part string, rows []Row) []byte {
	if len(rows) == 0 {
		return nil
	}
	size := 128
	for _, row := range rows {
		size += rowSize(row)
	}
	b := field(make([]byte, 0, size), "zhengxin rows v1")
	b = field(field(field(b, salt), number), part)
	b = binary.BigEndian.AppendUint32(b, uint32(len(rows)))
	if len(rows) == 1 {
		b = appendRow(b, rows[0])
	} else {
		encoded := make([][]byte, len(rows))
		for i, row := range rows {
			encoded[i] = appendRow(make([]byte, 0, rowSize(row)), row)
		}
		slices.SortFunc(encoded, bytes.Compare)
		for _, row := range encoded {
			b = append(b, row...)
		}
	}
	sum := sha256.Sum256(b)
	return sum[:digestSize]
}

func rowSize(row Row) int {
	size := 4
	for _, column := range row {
		size += 4
		if column != nil {
			size += len(*column)
		}
	}
	return size
}

// appendRow has each column's length in front; no text is as long as that of NULL.
func appendRow(b []byte, row Row) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(row)))
	for _, column := range row {
		if column == nil {
			b = binary.BigEndian.AppendUint32(b, 1<<32-1)
			continue
		}
		b = field(b, *column)
	}
	return b
}
