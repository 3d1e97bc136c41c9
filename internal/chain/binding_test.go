package chain

import (
	"bytes"
	"testing"

	"zhengxin/internal/key"
)

func row(columns ...string) Row {
	r := make(Row, len(columns))
	for i := range columns {
		if columns[i] != "NULL" {
			r[i] = &columns[i]
		}
	}
	return r
}

func TestABindingIsOfItsEvent(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	entries, _ := story(t, o, p, number, 3)
	e := &entries[1]
	changes := map[string]Change{"answer": {nil, []byte("now")}, "rating": {[]byte("was"), nil}}
	b, err := Bind(e, changes, o.EventKey())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Bind(&entries[0], changes, o.EventKey()); err == nil {
		t.Error("the office binds what the portal signed")
	}
	if _, err := Bind(&Entry{Number: number, Seq: 1, KeyID: o.EventKey().ID()}, changes, o.EventKey()); err == nil {
		t.Error("an event is bound that is not sealed")
	}
	if !b.Fits(e, o.EventKey()) || b.Fits(&entries[2], o.EventKey()) || b.Fits(e, p.EventKey()) {
		t.Error("it fits another event or key, or not its own")
	}
	other := b
	other.Said = "{}"
	if other.Fits(e, o.EventKey()) {
		t.Error("it fits with other words")
	}
	read, err := b.Changes()
	if err != nil || len(read) != 2 || string(read["answer"].Now()) != "now" || len(read["answer"].Was()) != 0 || string(read["rating"].Was()) != "was" {
		t.Error(read, err)
	}
}

func TestADigestIsOfItsMatterItsPartAndItsRows(t *testing.T) {
	t.Parallel()
	salt, rows := []byte("0123456789abcdef"), []Row{row("1", "属实", "NULL"), row("2", "属实", "")}
	want := Digest(salt, number, "answer", rows)
	for name, c := range map[string]struct {
		salt, number, part string
		rows               []Row
		same               bool
	}{
		"the rows":           {string(salt), number, "answer", rows, true},
		"in another order":   {string(salt), number, "answer", []Row{rows[1], rows[0]}, true},
		"of another matter":  {string(salt), "JX2026000000000", "answer", rows, false},
		"of another part":    {string(salt), number, "draft", rows, false},
		"without the salt":   {"", number, "answer", rows, false},
		"one is gone":        {string(salt), number, "answer", rows[:1], false},
		"all are gone":       {string(salt), number, "answer", nil, false},
		"one is there twice": {string(salt), number, "answer", []Row{rows[0], rows[0]}, false},
		"NULL for empty":     {string(salt), number, "answer", []Row{rows[0], row("2", "属实", "NULL")}, false},
		"words that flow":    {string(salt), number, "answer", []Row{row("1", "属", "实NULL"), rows[1]}, false},
	} {
		if bytes.Equal(Digest([]byte(c.salt), c.number, c.part, c.rows), want) != c.same {
			t.Errorf("%s: the same is %v", name, !c.same)
		}
	}
	if len(Digest(salt, number, "answer", nil)) != 0 {
		t.Error("no rows have a digest")
	}
}

func TestTheOldWayOfWritingEndsWithTheFirstBinding(t *testing.T) {
	t.Parallel()
	o, p := keyring(t)
	keys := key.NewEventKeys(o, p)
	written := func(v ...version) []Finding {
		entries, _ := story(t, o, p, number, len(v))
		c := NewChecker(number, keys)
		var found []Finding
		prev := Genesis(number)
		for i := range entries {
			e := &entries[i]
			k, _ := keys.Find(e.KeyID)
			e.Prev = prev
			e.Hash = k.MAC(encode(e, v[i]))
			prev = e.Hash
			found = append(found, c.Add(e)...)
			if want := map[version]Written{beforeBinding: Before, withBinding: Bound}[v[i]]; c.Last() != want {
				t.Errorf("%s is taken for %d", v[i], c.Last())
			}
		}
		return found
	}
	if found := written(beforeBinding, beforeBinding, withBinding, withBinding); len(found) != 0 {
		t.Error(found)
	}
	if found := written(beforeBinding, withBinding, beforeBinding, withBinding); len(found) != 1 || found[0].Seq != 3 || found[0].Kind != Changed {
		t.Error(found)
	}
}
