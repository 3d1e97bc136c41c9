package chain

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	crand "crypto/rand"

	"zhengxin/internal/key"
)

// damage is what somebody with full rights on the database, but without the
// key files, may do to one matter. It reports false where it changed nothing.
type damage struct {
	name string
	do   func(r *rand.Rand, m *matter) bool
}

type matter struct {
	entries []Entry
	head    Head
	other   []Entry // a genuine story of another matter, to copy from
}

// pick is one of the entries whose words are still there; at most one's are not.
func (m *matter) pick(r *rand.Rand) *Entry {
	for {
		if e := &m.entries[r.IntN(len(m.entries))]; len(e.Salt) > 0 {
			return e
		}
	}
}

// bent changes one bit.
func bent(r *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	return b
}

var damages = []damage{
	{"actor kind", func(r *rand.Rand, m *matter) bool { m.pick(r).ActorKind += "x"; return true }},
	{"actor", func(r *rand.Rand, m *matter) bool { m.pick(r).ActorID += "1"; return true }},
	{"role", func(r *rand.Rand, m *matter) bool { m.pick(r).Role += "x"; return true }},
	{"action", func(r *rand.Rand, m *matter) bool { m.pick(r).Action = "close"; return true }},
	{"from", func(r *rand.Rand, m *matter) bool { m.pick(r).From += "x"; return true }},
	{"to", func(r *rand.Rand, m *matter) bool { m.pick(r).To = ""; return true }},
	{"from into to", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		e.From, e.To = e.From[:len(e.From)-1], e.From[len(e.From)-1:]+e.To
		return true
	}},
	{"time", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		e.At = e.At.Add(time.Duration(1+r.IntN(1e6)) * time.Microsecond)
		return true
	}},
	{"public text", func(r *rand.Rand, m *matter) bool { m.pick(r).PublicText += "。"; return true }},
	{"note emptied", func(r *rand.Rand, m *matter) bool { m.pick(r).Note = ""; return true }},
	{"text into note", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		e.PublicText, e.Note = "", e.PublicText+e.Note
		return true
	}},
	{"data", func(r *rand.Rand, m *matter) bool { e := m.pick(r); e.Data = bent(r, e.Data); return true }},
	{"data written anew", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		e.Data = bytes.ReplaceAll(e.Data, []byte(": "), []byte(":"))
		return true
	}},
	{"salt", func(r *rand.Rand, m *matter) bool { e := m.pick(r); e.Salt = bent(r, e.Salt); return true }},
	{"salt gone, text stays", func(r *rand.Rand, m *matter) bool { m.pick(r).Salt = nil; return true }},
	{"new text, salt and commitment", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		e.Note = "另一种说法"
		e.Commitment = Commit(e.Salt, e.PublicText, e.Note, e.Data)
		return true
	}},
	{"commitment", func(r *rand.Rand, m *matter) bool { e := m.pick(r); e.Commitment = bent(r, e.Commitment); return true }},
	{"previous", func(r *rand.Rand, m *matter) bool { e := m.pick(r); e.Prev = bent(r, e.Prev); return true }},
	{"hash", func(r *rand.Rand, m *matter) bool { e := m.pick(r); e.Hash = bent(r, e.Hash); return true }},
	{"key id", func(r *rand.Rand, m *matter) bool { m.pick(r).KeyID = "deadbeef"; return true }},
	{"other side's key id", func(r *rand.Rand, m *matter) bool {
		e := m.pick(r)
		for i := range m.entries {
			if m.entries[i].KeyID != e.KeyID {
				e.KeyID = m.entries[i].KeyID
				return true
			}
		}
		return false
	}},
	{"removed", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries))
		m.entries = slices.Delete(m.entries, i, i+1)
		return true
	}},
	{"removed and closed up", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries))
		m.entries = slices.Delete(m.entries, i, i+1)
		for ; i < len(m.entries); i++ {
			m.entries[i].Seq--
		}
		m.head.Seq--
		return true
	}},
	{"swapped", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries) - 1)
		m.entries[i], m.entries[i+1] = m.entries[i+1], m.entries[i]
		return true
	}},
	{"swapped and renumbered", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries) - 1)
		a, b := &m.entries[i], &m.entries[i+1]
		*a, *b = *b, *a
		a.Seq, b.Seq = b.Seq, a.Seq
		return true
	}},
	{"inserted", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries))
		e := m.entries[i]
		e.Action = "close"
		m.entries = slices.Insert(m.entries, i+1, e)
		for j := i + 1; j < len(m.entries); j++ {
			m.entries[j].Seq++
		}
		m.head.Seq++
		return true
	}},
	{"appended, head moved", func(r *rand.Rand, m *matter) bool {
		last := m.entries[len(m.entries)-1]
		e := *m.pick(r)
		e.Seq, e.Prev = last.Seq+1, last.Hash
		m.entries = append(m.entries, e)
		m.head = Head{e.Seq, e.Hash}
		return true
	}},
	{"taken from another matter", func(r *rand.Rand, m *matter) bool {
		i := r.IntN(len(m.entries))
		e := m.other[i]
		e.Number = m.entries[i].Number
		m.entries[i] = e
		if i == len(m.entries)-1 {
			m.head.Hash = e.Hash
		}
		return true
	}},
	{"whole story of another matter", func(_ *rand.Rand, m *matter) bool {
		n := m.entries[0].Number
		m.entries = m.other[:len(m.entries)]
		for i := range m.entries {
			m.entries[i].Number = n
		}
		m.head.Hash = m.entries[len(m.entries)-1].Hash
		return true
	}},
	{"tail cut", func(r *rand.Rand, m *matter) bool {
		m.entries = m.entries[:r.IntN(len(m.entries))]
		return true
	}},
	{"beginning cut", func(r *rand.Rand, m *matter) bool {
		m.entries = m.entries[1+r.IntN(len(m.entries)-1):]
		return true
	}},
	{"whole table rewritten without the key", func(_ *rand.Rand, m *matter) bool {
		prev := Genesis(m.entries[0].Number)
		for i := range m.entries {
			e := &m.entries[i]
			e.Note = "改写"
			e.Commitment, e.Prev = Commit(e.Salt, e.PublicText, e.Note, e.Data), prev
			e.Hash = Genesis(string(encode(e, withBinding))) // a hash, but none with the key
			prev = e.Hash
		}
		m.head.Hash = prev
		return true
	}},
}

func TestTwoHundredTamperingsAreFoundAndNoneImagined(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	keys := key.NewEventKeys(o, p)
	const seed = 20260302
	r := rand.New(rand.NewPCG(seed, seed))
	found, imagined := 0, 0
	for i := range 200 {
		d := damages[i%len(damages)]
		n := 3 + r.IntN(20)
		m := &matter{}
		m.entries, m.head = story(t, o, p, fmt.Sprintf("JX2026%09d", i), n)
		m.other, _ = story(t, o, p, fmt.Sprintf("JX2025%09d", i), n)
		// Some of what was there before was erased by law: no fault.
		if i%3 == 0 {
			erase(m.pick(r))
			erase(&m.other[r.IntN(n)])
		}
		number := m.entries[0].Number
		if broken(Verify(number, m.entries, m.head, keys)) {
			imagined++
			t.Errorf("round %d: an untouched story of %d is called broken", i, n)
		}
		before := slices.Clone(m.entries)
		head := m.head
		if !d.do(r, m) || same(before, m.entries, head, m.head) {
			t.Fatalf("round %d: %s did nothing", i, d.name)
		}
		if !broken(Verify(number, m.entries, m.head, keys)) {
			t.Errorf("round %d of seed %d: %s was not found", i, seed, d.name)
			continue
		}
		found++
	}
	if found != 200 || imagined != 0 {
		t.Errorf("%d of 200 found, %d imagined", found, imagined)
	}
}

func broken(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Kind.Broken() })
}

func same(a, b []Entry, ha, hb Head) bool {
	return fmt.Sprintf("%+v%v", a, ha) == fmt.Sprintf("%+v%v", b, hb)
}

func BenchmarkSeal(b *testing.B) {
	o, p := keyring(b)
	entries, _ := story(b, o, p, number, 2)
	e, prev := entries[1], entries[0].Hash
	for b.Loop() {
		if err := Seal(&e, o.EventKey(), prev, crand.Reader); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify is per entry: a million in a minute would be 60 µs.
func BenchmarkVerify(b *testing.B) {
	o, p := keyring(b)
	keys := key.NewEventKeys(o, p)
	const n = 10
	entries, head := story(b, o, p, number, n)
	for i := 0; b.Loop(); i++ {
		if i%n != 0 {
			continue
		}
		if found := Verify(number, entries, head, keys); found != nil {
			b.Fatal(found)
		}
	}
}
