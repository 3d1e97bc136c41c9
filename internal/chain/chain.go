// Package chain is the append-only record of what happened to a matter: every
// event carries a keyed hash over itself and the one before, so a changed,
// removed, reordered or inserted event is found, while the words of an event
// can still be erased by law without breaking it. It is pure: no database.
//
// Store the fields exactly as sealed. Data in particular goes into bytea, text
// or json, never jsonb: PostgreSQL writes jsonb back with other spaces and
// order, and the commitment would no longer fit. At is timestamptz, which
// keeps the microseconds that Seal cuts it to.
//
// Beside each event stands its binding: what the move changed of the rows that say
// something about the matter, from which salted digest to which. See Bind.
//
// A whole tail that is cut off together with the head kept in the matter's
// row, or a matter that is gone altogether, no chain can show: that is what
// the heads kept outside the database are for.
package chain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"zhengxin/internal/key"
)

// Kinds of actors. The portal's key may sign for the first two alone, and only
// with the role of that name or none, so that a stolen portal key forges no
// move of the staff.
const (
	Complainant = "complainant" // who filed, by the query code
	Member      = "member"      // a verified deputy, committee member or journalist
	Staff       = "staff"
	System      = "system" // a job of the worker
)

// Entry is one event as stored.
type Entry struct {
	Number     string    // of the matter, the public one
	Seq        int64     // 1, 2, 3 … within the matter
	At         time.Time // UTC, microseconds
	ActorKind  string
	ActorID    string
	ActorName  string // as it was then; events from before binding do not cover it
	Role       string
	Action     string
	From       string
	To         string
	PublicText string // the three that may be erased: PublicText, Note, Data
	Note       string
	Data       []byte // JSON, the very bytes
	Salt       []byte // empty after an erasure
	Commitment []byte
	Prev       []byte
	Hash       []byte
	KeyID      string
}

// Head is the last event as the matter's own row remembers it.
type Head struct {
	Seq  int64
	Hash []byte
}

// saltSize hides even a text of one word from guessing.
const saltSize = 16

// Genesis is the previous hash of a matter's first event.
func Genesis(number string) []byte {
	sum := sha256.Sum256([]byte("zhengxin chain v1:" + number))
	return sum[:]
}

// Commit binds the erasable fields. With the salt gone nobody can test a guess
// of what they were.
func Commit(salt []byte, publicText, note string, data []byte) []byte {
	b := make([]byte, 0, 64+len(salt)+len(publicText)+len(note)+len(data))
	b = field(b, "zhengxin commitment v1")
	b = field(b, salt)
	b = field(b, publicText)
	b = field(b, note)
	b = field(b, data)
	sum := sha256.Sum256(b)
	return sum[:]
}

// Seal completes an event whose other fields are set: it cuts At to UTC
// microseconds, draws the salt and fills Commitment, Prev, Hash and KeyID.
// prev is the hash of the event before, or Genesis for the first.
func Seal(e *Entry, k key.EventKey, prev []byte, random io.Reader) error {
	switch {
	case e.Number == "" || e.Seq < 1 || e.Action == "" || e.ActorKind == "" || e.At.IsZero():
		return fmt.Errorf("chain: event %d of %q lacks a number, seq, time, actor or action", e.Seq, e.Number)
	case len(prev) != sha256.Size:
		return errors.New("chain: the previous hash is not one")
	case e.Seq == 1 && !bytes.Equal(prev, Genesis(e.Number)):
		return errors.New("chain: a first event follows the genesis of its matter")
	case !maySign(k, e):
		return fmt.Errorf("chain: the portal's key may not sign for %q as %q", e.ActorKind, e.Role)
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(random, salt); err != nil {
		return fmt.Errorf("chain: salt: %w", err)
	}
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Salt, e.Prev, e.KeyID = salt, bytes.Clone(prev), k.ID()
	e.Commitment = Commit(salt, e.PublicText, e.Note, e.Data)
	e.Hash = k.MAC(encode(e, withBinding))
	return nil
}

// maySign keeps the portal's key to what happens on the public site.
func maySign(k key.EventKey, e *Entry) bool {
	if k.Holder() == key.HeldByOffice {
		return true
	}
	return (e.ActorKind == Complainant || e.ActorKind == Member) && (e.Role == "" || e.Role == e.ActorKind)
}

// version is how an event is encoded. The hash itself tells which: it fits one.
type version string

const (
	beforeBinding version = "zhengxin event v1" // without the actor's name; nothing binds its rows
	withBinding   version = "zhengxin event v2" // has a Binding, and is broken without
)

// encode is what the hash covers: everything but the erasable fields and their
// salt, which the commitment stands for. Every part has its length in front,
// so no two events encode alike.
func encode(e *Entry, v version) []byte {
	b := make([]byte, 0, 384)
	b = field(b, string(v))
	b = field(b, e.Number)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	for _, s := range [...]string{e.ActorKind, e.ActorID, e.Role, e.Action, e.From, e.To} {
		b = field(b, s)
	}
	if v != beforeBinding {
		b = field(b, e.ActorName)
	}
	b = field(b, e.Commitment)
	b = field(b, e.Prev)
	return field(b, e.KeyID)
}

func field[T string | []byte](b []byte, value T) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(value)))
	return append(b, value...)
}
