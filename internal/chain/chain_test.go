package chain

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/key"
)

const number = "JX2026123456786"

// keyring makes both sides' keys.
func keyring(t testing.TB) (*key.Office, *key.Portal) {
	t.Helper()
	dir := t.TempDir()
	if err := key.Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	o, p, err := key.LoadBoth(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o, p
}

// story seals n events of one matter: the first and every fourth by the
// complainant, the others by staff.
func story(t testing.TB, o *key.Office, p *key.Portal, number string, n int) ([]Entry, Head) {
	t.Helper()
	start := time.Date(2026, 3, 2, 9, 0, 0, 123456789, time.FixedZone("CST", 8*3600))
	prev := Genesis(number)
	entries := make([]Entry, n)
	for i := range entries {
		e := Entry{
			Number: number, Seq: int64(i + 1), At: start.Add(time.Duration(i) * time.Hour),
			ActorKind: Staff, ActorID: fmt.Sprint(17 + i), Role: "registrar",
			Action: "step", From: fmt.Sprintf("state%d", i), To: fmt.Sprintf("state%d", i+1),
			PublicText: fmt.Sprintf("第 %d 步已办理", i+1), Note: fmt.Sprintf("内部意见 %d", i),
			Data: fmt.Appendf(nil, `{"unit":%d,"b": 1,"a":2}`, i),
		}
		signer := o.EventKey()
		if i%4 == 0 {
			signer = p.EventKey()
			e.ActorKind, e.ActorID, e.Role = Complainant, "", ""
		}
		if err := Seal(&e, signer, prev, rand.Reader); err != nil {
			t.Fatal(err)
		}
		entries[i], prev = e, e.Hash
	}
	return entries, Head{Seq: int64(n), Hash: prev}
}

func TestAnUntouchedStoryHasNoFindings(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	for n := 1; n <= 30; n++ {
		entries, head := story(t, o, p, number, n)
		if found := Verify(number, entries, head, key.NewEventKeys(o, p)); found != nil {
			t.Fatalf("%d events: %v", n, found)
		}
	}
}

func TestTheDatabaseMayGiveTimesInAnotherZone(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	entries, head := story(t, o, p, number, 3)
	for i := range entries {
		if entries[i].At.Nanosecond()%1000 != 0 || entries[i].At.Location() != time.UTC {
			t.Errorf("sealed at %v", entries[i].At)
		}
		entries[i].At = entries[i].At.In(time.FixedZone("CST", 8*3600))
	}
	if found := Verify(number, entries, head, key.NewEventKeys(o, p)); found != nil {
		t.Error(found)
	}
}

func TestAnEmptyDataIsTheSameAsNone(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(Commit([]byte("salt"), "a", "b", nil), Commit([]byte("salt"), "a", "b", []byte{})) {
		t.Error("nil and empty data commit differently")
	}
}

func TestFieldsCannotFlowIntoEachOther(t *testing.T) {
	t.Parallel()
	salt := []byte("0123456789abcdef")
	if bytes.Equal(Commit(salt, "ab", "c", nil), Commit(salt, "a", "bc", nil)) {
		t.Error("text and note flow into each other")
	}
	a := Entry{Role: "ab", Action: "c"}
	b := Entry{Role: "a", Action: "bc"}
	if bytes.Equal(encode(&a, withBinding), encode(&b, withBinding)) {
		t.Error("role and action flow into each other")
	}
}

func TestThePortalKeySignsNoStaffMove(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	for _, c := range []struct {
		kind, role string
		portal     bool
	}{
		{Complainant, "", true}, {Complainant, Complainant, true}, {Member, Member, true}, {Member, "", true},
		{Complainant, "leader", false}, {Member, "registrar", false},
		{Staff, "", false}, {Staff, "leader", false}, {System, "", false}, {"anything", "anything", false},
	} {
		e := Entry{Number: number, Seq: 1, At: time.Now(), ActorKind: c.kind, Role: c.role, Action: "file"}
		if err := Seal(&e, p.EventKey(), Genesis(number), rand.Reader); (err == nil) != c.portal {
			t.Errorf("portal for %s as %s: %v", c.kind, c.role, err)
		}
		if err := Seal(&e, o.EventKey(), Genesis(number), rand.Reader); err != nil {
			t.Errorf("office for %s as %s: %v", c.kind, c.role, err)
		}
	}

	// A thief of portal.key does not ask Seal.
	entries, _ := story(t, o, p, number, 2)
	forged := entries[1]
	forged.Action, forged.KeyID = "close", p.EventKey().ID()
	forged.Hash = p.EventKey().MAC(encode(&forged, withBinding))
	entries[1] = forged
	found := Verify(number, entries, Head{2, forged.Hash}, key.NewEventKeys(o, p))
	if len(found) != 1 || found[0].Kind != Forged || found[0].Seq != 2 {
		t.Errorf("found %v", found)
	}
}

func TestSealRefusesAnUnfinishedEvent(t *testing.T) {
	t.Parallel()
	o, _ := keyring(t)
	whole := Entry{Number: number, Seq: 1, At: time.Now(), ActorKind: Staff, Action: "file"}
	spoil := map[string]func(e *Entry, prev *[]byte){
		"number":      func(e *Entry, _ *[]byte) { e.Number = "" },
		"seq":         func(e *Entry, _ *[]byte) { e.Seq = 0 },
		"time":        func(e *Entry, _ *[]byte) { e.At = time.Time{} },
		"actor":       func(e *Entry, _ *[]byte) { e.ActorKind = "" },
		"action":      func(e *Entry, _ *[]byte) { e.Action = "" },
		"previous":    func(_ *Entry, prev *[]byte) { *prev = nil },
		"wrong start": func(_ *Entry, prev *[]byte) { *prev = Genesis("JX2026000000000") },
	}
	for name, f := range spoil {
		e, prev := whole, Genesis(number)
		f(&e, &prev)
		if err := Seal(&e, o.EventKey(), prev, rand.Reader); err == nil {
			t.Errorf("sealed with a bad %s", name)
		}
	}
	e := whole
	if err := Seal(&e, o.EventKey(), Genesis(number), bytes.NewReader(nil)); err == nil {
		t.Error("sealed without a salt")
	}
}

func TestEveryTamperingHasItsFinding(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	type found struct {
		Seq  int64
		Kind Kind
	}
	for name, c := range map[string]struct {
		tamper func(e []Entry, head *Head) []Entry
		want   []found
	}{
		"a field changed": {func(e []Entry, _ *Head) []Entry { e[2].To = "closed"; return e }, []found{{3, Changed}}},
		"a text changed":  {func(e []Entry, _ *Head) []Entry { e[2].Note = "x"; return e }, []found{{3, Text}}},
		"removed":         {func(e []Entry, _ *Head) []Entry { return append(e[:2], e[3:]...) }, []found{{4, Removed}}},
		"removed, renumbered": {func(e []Entry, _ *Head) []Entry {
			e = append(e[:2], e[3:]...)
			e[2].Seq, e[3].Seq = 3, 4
			return e
		}, []found{{3, Link}, {3, Changed}, {4, Changed}, {4, Truncated}}},
		"tail cut":           {func(e []Entry, _ *Head) []Entry { return e[:3] }, []found{{3, Truncated}}},
		"all gone":           {func([]Entry, *Head) []Entry { return nil }, []found{{0, Truncated}}},
		"all gone, head too": {func(_ []Entry, h *Head) []Entry { *h = Head{}; return nil }, []found{{0, Truncated}}},
		"head set back":      {func(e []Entry, h *Head) []Entry { *h = Head{4, e[3].Hash}; return e }, []found{{5, HeadWrong}}},
		"head bent":          {func(e []Entry, h *Head) []Entry { h.Hash = e[3].Hash; return e }, []found{{5, HeadWrong}}},
		"twice":              {func(e []Entry, _ *Head) []Entry { return append(e[:3], e[2:]...) }, []found{{3, Disorder}}},
		"erased":             {func(e []Entry, _ *Head) []Entry { erase(&e[2]); return e }, []found{{3, Erased}}},
		"a rewrite passed off as an erasure": {func(e []Entry, _ *Head) []Entry {
			erase(&e[2])
			e[2].PublicText = "已办结"
			return e
		}, []found{{3, Text}}},
		"strange key": {func(e []Entry, _ *Head) []Entry { e[2].KeyID = "00000000"; return e }, []found{{3, KeyUnknown}}},
	} {
		entries, head := story(t, o, p, number, 5)
		// The two slices share no array, since a case may append in place.
		entries = c.tamper(append([]Entry(nil), entries...), &head)
		var got []found
		for _, f := range Verify(number, entries, head, key.NewEventKeys(o, p)) {
			got = append(got, found{f.Seq, f.Kind})
			if f.Number != number || f.Sentence == "" {
				t.Errorf("%s: bare finding %+v", name, f)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEventsOfAnotherMatterDoNotPass(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	entries, head := story(t, o, p, "JX2026000000000", 3)
	kinds := map[Kind]int{}
	for _, f := range Verify(number, entries, head, key.NewEventKeys(o, p)) {
		kinds[f.Kind]++
	}
	if diff := cmp.Diff(map[Kind]int{Link: 1, Changed: 3}, kinds); diff != "" {
		t.Error(diff)
	}
}

// erase is what the law allows: the words and their salt go, the rest stays.
func erase(e *Entry) { e.Salt, e.PublicText, e.Note, e.Data = nil, "", "", nil }

func TestOneKeyFileChecksItsOwnEvents(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	entries, head := story(t, o, p, number, 4) // 1 by the portal, 2 to 4 by staff
	count := func(keys key.EventKeys) (absent int) {
		for _, f := range Verify(number, entries, head, keys) {
			if f.Kind != KeyAbsent || f.Kind.Broken() {
				t.Errorf("found %+v", f)
			}
			absent++
		}
		return absent
	}
	if got := count(key.NewEventKeys(nil, p)); got != 3 {
		t.Errorf("the portal's file left %d unchecked, want 3", got)
	}
	if got := count(key.NewEventKeys(o, nil)); got != 1 {
		t.Errorf("the office's file left %d unchecked, want 1", got)
	}
}

// steady gives the same bytes for ever, for the tests of stored formats.
type steady byte

func (s *steady) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(*s)
		*s++
	}
	return len(b), nil
}

func TestWhatIsStoredTodayVerifiesForEver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := key.Create(dir, new(steady)); err != nil {
		t.Fatal(err)
	}
	o, err := key.LoadOffice(dir)
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{
		Number: number, Seq: 1, At: time.Date(2026, 3, 2, 1, 2, 3, 456789000, time.UTC),
		ActorKind: Staff, ActorID: "17", ActorName: "登记员甲", Role: "registrar", Action: "file", From: "", To: "received",
		PublicText: "已收到", Note: "来信", Data: []byte(`{"channel": "letter"}`),
	}
	if err := Seal(&e, o.EventKey(), Genesis(number), new(steady)); err != nil {
		t.Fatal(err)
	}
	words := "全部属实"
	answer := Digest([]byte("0123456789abcdef"), number, "answer", []Row{{&words, nil}})
	bound, err := Bind(&e, map[string]Change{"answer": {nil, answer}}, o.EventKey())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"genesis":    fmt.Sprintf("%x", e.Prev),
		"commitment": fmt.Sprintf("%x", e.Commitment),
		"key":        e.KeyID,
		"hash":       fmt.Sprintf("%x", e.Hash),
		"before":     fmt.Sprintf("%x", o.EventKey().MAC(encode(&e, beforeBinding))),
		"binding":    fmt.Sprintf("%x", bound.MAC),
		"said":       bound.Said,
	}
	want := map[string]string{
		"genesis":    "73aa7bc8dfac07fc81b9385c669bc3a738d86f22ff569ee5e244f39014654a0c",
		"commitment": "d97bcee95cb1c4c98f183b5401fe1b1af29c376879265186823d263028d345b7",
		"key":        "15d04d7c",
		"before":     "29a4423890d460e2b6d67ed6649e0c9e8d9b07a2194ae0a51cca63bcf7acd596",
		"hash":       "446f7f3a1dc720ecada48dda3918454de057410808db57511926c251ee07a811",
		"binding":    "6b7a2d9994f0112c21b486b225999e56d28c335c73c8c88058a5f1f57f876cdd",
		"said":       `{"answer":[null,"dRmYVyqx573nXUYlQvMdBw=="]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the format changed; events of older offices would no longer verify (-want +got):\n%s", diff)
	}
}
