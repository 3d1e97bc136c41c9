package chain

import (
	"bytes"
	"crypto/hmac"
	"fmt"

	"zhengxin/internal/key"
)

// Kind is what a finding says.
type Kind string

// The kinds of findings.
const (
	Changed    Kind = "changed"     // not what was signed: altered or put in from outside
	Text       Kind = "text"        // public text, note or data are not what was signed
	Removed    Kind = "removed"     // events are missing before this one
	Disorder   Kind = "disorder"    // a seq that was there already
	Link       Kind = "link"        // does not follow the event before
	Forged     Kind = "forged"      // a staff event with the portal's key
	KeyUnknown Kind = "key_unknown" // no key of this office has that id
	Truncated  Kind = "truncated"   // the matter remembers later events
	HeadWrong  Kind = "head"        // the matter remembers another last event
	Strayed    Kind = "strayed"     // the matter stands where no event took it
	Unlawful   Kind = "unlawful"    // signed by the portal, though nobody outside may do it
	Erased     Kind = "erased"      // words erased, chain whole
	KeyAbsent  Kind = "key_absent"  // cannot be checked without the other key file
	Unbound    Kind = "unbound"     // nothing signed says how the move left the rows
	Differs    Kind = "differs"     // rows are not what the newest binding of them says

	Unregistered Kind = "unregistered" // words erased, and no register says by what right
)

// Broken tells a fault from a remark.
func (k Kind) Broken() bool { return k != Erased && k != KeyAbsent }

// Finding is one thing that the verifier has to say.
type Finding struct {
	Number   string
	Seq      int64
	Kind     Kind
	Sentence string // for the command line
}

// Verify checks one matter's events in their order against its head.
func Verify(number string, entries []Entry, head Head, keys key.EventKeys) []Finding {
	c := NewChecker(number, keys)
	var all []Finding
	for i := range entries {
		all = append(all, c.Add(&entries[i])...)
	}
	return append(all, c.Done(head)...)
}

// Checker checks one matter's events as they stream by in the order of seq, in
// constant memory. Stream from the matters outwards (a left join), so that a
// matter whose events are all gone is seen too.
type Checker struct {
	number string
	keys   key.EventKeys
	seq    int64  // of the last event
	last   []byte // hash of the last event

	written Written // the last event
	binds   bool    // some event was Bound: those after it are, too
}

// NewChecker begins a matter.
func NewChecker(number string, keys key.EventKeys) *Checker {
	return &Checker{number: number, keys: keys, last: Genesis(number)}
}

// Add looks at the next event and gives what is wrong with it, mostly nothing.
// It keeps nothing of e but its hash.
func (c *Checker) Add(e *Entry) []Finding {
	var found []Finding
	say := func(kind Kind, format string, args ...any) {
		found = append(found, Finding{c.number, e.Seq, kind, c.sentence(e.Seq, format, args...)})
	}
	switch {
	case e.Seq <= c.seq:
		say(Disorder, "次序不对，它前面已经有第 %d 条。", c.seq)
	case e.Seq > c.seq+1:
		say(Removed, "之前少了 %d 条。", e.Seq-c.seq-1)
	case !bytes.Equal(e.Prev, c.last):
		say(Link, "接不上前一条，其中一条被换过。")
	}
	c.checkHash(e, say)
	c.checkText(e, say)
	c.seq = max(c.seq, e.Seq)
	c.last = append(c.last[:0], e.Hash...)
	return found
}

// Written is the way in which an event was written.
type Written int

// The ways: where the key is not here, nobody can tell.
const (
	Unknown Written = iota
	Before          // nothing binds the rows that it left
	Bound           // it has a Binding, and is broken without
)

// Last is how the event that was added last was written.
func (c *Checker) Last() Written { return c.written }

func (c *Checker) checkHash(e *Entry, say func(Kind, string, ...any)) {
	k, ok := c.keys.Find(e.KeyID)
	c.written = Unknown
	switch {
	case !ok && c.keys.Complete():
		say(KeyUnknown, "所写的密钥编号 %q 不属于本平台，可能是伪造的。", e.KeyID)
		return
	case !ok:
		say(KeyAbsent, "由密钥 %q 签写，这把密钥不在本机，没有核对。", e.KeyID)
		return
	case e.Number != c.number:
	case hmac.Equal(e.Hash, k.MAC(encode(e, withBinding))):
		c.written = Bound
	case hmac.Equal(e.Hash, k.MAC(encode(e, beforeBinding))):
		c.written = Before
	}
	switch {
	case c.written == Unknown:
		say(Changed, "与写下时不一致，被改过或是后来放进去的。")
	case !maySign(k, e):
		say(Forged, "是工作人员的动作，却用公众门户的密钥签写，可能是伪造的。")
	case c.written == Before && c.binds:
		say(Changed, "是从前的写法，前面的却已经是现在的，可能是后来放进去的。")
	}
	c.binds = c.binds || c.written == Bound
}

// checkText takes an empty salt for an erasure only where the words are gone
// too: otherwise whoever rewrites a text could pass it off as one.
func (c *Checker) checkText(e *Entry, say func(Kind, string, ...any)) {
	if len(e.Salt) == 0 {
		if e.PublicText == "" && e.Note == "" && len(e.Data) == 0 {
			say(Erased, "的文字已经清除，请与清除登记核对。")
			return
		}
		say(Text, "的文字没有凭据可以核对：清除要连文字一起清除。")
		return
	}
	if !bytes.Equal(e.Commitment, Commit(e.Salt, e.PublicText, e.Note, e.Data)) {
		say(Text, "的文字与写下时不一致。")
	}
}

// Done ends the matter: the events must reach exactly the head that the
// matter's row remembers, and every matter has at least the event it began with.
func (c *Checker) Done(head Head) []Finding {
	kind, sentence := Kind(""), ""
	switch {
	case c.seq == 0:
		kind, sentence = Truncated, fmt.Sprintf("%s：一条记录也没有。", c.number)
	case head.Seq > c.seq:
		kind, sentence = Truncated, fmt.Sprintf("%s：末尾少了 %d 条，应到第 %d 条。", c.number, head.Seq-c.seq, head.Seq)
	case head.Seq < c.seq:
		kind, sentence = HeadWrong, fmt.Sprintf("%s：记录到第 %d 条，事项只记到第 %d 条。", c.number, c.seq, head.Seq)
	case !bytes.Equal(head.Hash, c.last):
		kind, sentence = HeadWrong, fmt.Sprintf("%s：最后一条与事项所记的不一致。", c.number)
	default:
		return nil
	}
	return []Finding{{c.number, c.seq, kind, sentence}}
}

func (c *Checker) sentence(seq int64, format string, args ...any) string {
	return fmt.Sprintf("%s 第 %d 条", c.number, seq) + fmt.Sprintf(format, args...)
}
