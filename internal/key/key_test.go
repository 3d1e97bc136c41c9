package key

import (
	"bytes"
	"crypto/rand"
	"testing"
)

// both makes a fresh pair of key files and loads them.
func both(t testing.TB) (*Office, *Portal) {
	t.Helper()
	dir := t.TempDir()
	if err := Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	o, p, err := LoadBoth(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o, p
}

var home = Place{Table: "identity", ID: "4711", Column: "sealed"}

const plain = `{"name":"张三","phone":"13800138000"}`

func TestOnlyTheOfficeOpensWhatThePortalSealed(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	sealed, err := p.Seal(home, []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("张三")) || bytes.Contains(sealed, []byte("13800138000")) {
		t.Fatal("the sealed value shows the identity")
	}
	got, err := o.Open(home, sealed)
	if err != nil || string(got) != plain {
		t.Fatalf("opened %q, %v", got, err)
	}
	var portal any = p
	if _, ok := portal.(interface {
		Open(Place, []byte) ([]byte, error)
	}); ok {
		t.Error("the portal can open identities")
	}
	stranger, _ := both(t)
	if _, err := stranger.Open(home, sealed); err == nil {
		t.Error("another office opened it")
	}
}

func TestASealedValueOpensAtItsOwnPlaceOnly(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	seals := []struct {
		name string
		seal func(Place, []byte) ([]byte, error)
		open func(Place, []byte) ([]byte, error)
	}{
		{"portal to office", p.Seal, o.Open},
		{"office to itself", o.Seal, o.Open},
		{"second factor", o.SealSecret, o.OpenSecret},
	}
	for _, s := range seals {
		sealed, err := s.seal(home, []byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.open(home, sealed); err != nil || string(got) != plain {
			t.Errorf("%s: opened %q, %v", s.name, got, err)
		}
		for _, other := range []Place{
			{"identity", "4712", "sealed"}, {"identity", "4711", "phone"}, {"staff", "4711", "sealed"},
			{"identity:4711", "x", "sealed"}, {"identity", "", "sealed"}, {},
		} {
			if _, err := s.open(other, sealed); err == nil {
				t.Errorf("%s: opened at %v", s.name, other)
			}
		}
		for i := range sealed {
			bent := bytes.Clone(sealed)
			bent[i] ^= 1
			if _, err := s.open(home, bent); err == nil {
				t.Errorf("%s: opened with byte %d changed", s.name, i)
			}
			if _, err := s.open(home, sealed[:i]); err == nil {
				t.Errorf("%s: opened when cut to %d bytes", s.name, i)
			}
		}
	}
}

func TestAPlaceThatCouldMeanTwoIsNotSealedTo(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	for _, place := range []Place{{}, {"identity", "", "sealed"}, {"a:b", "c", "d"}, {"a", "b:c", "d"}, {"a", "b", "c:d"}} {
		if _, err := p.Seal(place, []byte(plain)); err == nil {
			t.Errorf("sealed to %v", place)
		}
		if _, err := o.SealSecret(place, []byte(plain)); err == nil {
			t.Errorf("sealed a secret to %v", place)
		}
	}
}

func TestTwoSealsOfOneTextDiffer(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	for _, seal := range []func(Place, []byte) ([]byte, error){p.Seal, o.SealSecret} {
		a, errA := seal(home, []byte(plain))
		b, errB := seal(home, []byte(plain))
		if errA != nil || errB != nil || bytes.Equal(a, b) {
			t.Errorf("equal or failed: %v %v", errA, errB)
		}
	}
}

func TestEachKindOfKeyKeepsToItsPurpose(t *testing.T) {
	t.Parallel()
	o, _ := both(t)
	identity, _ := o.Seal(home, []byte(plain))
	secret, _ := o.SealSecret(home, []byte(plain))
	if _, err := o.OpenSecret(home, identity); err == nil {
		t.Error("an identity opened as a second-factor secret")
	}
	if _, err := o.Open(home, secret); err == nil {
		t.Error("a second-factor secret opened as an identity")
	}
}

func TestEachSideSignsEventsWithItsOwnKey(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	a, b := o.EventKey(), p.EventKey()
	if a.Holder() != HeldByOffice || b.Holder() != HeldByPortal || a.ID() == b.ID() {
		t.Errorf("holders %s %s, ids %s %s", a.Holder(), b.Holder(), a.ID(), b.ID())
	}
	message := []byte("event")
	if bytes.Equal(a.MAC(message), b.MAC(message)) {
		t.Error("both sides sign alike")
	}
	for _, side := range []struct {
		keys           EventKeys
		office, portal bool
		complete       bool
	}{
		{NewEventKeys(o, p), true, true, true},
		{NewEventKeys(o, nil), true, false, false},
		{NewEventKeys(nil, p), false, true, false},
		{NewEventKeys(nil, nil), false, false, false},
	} {
		k, office := side.keys.Find(a.ID())
		_, portal := side.keys.Find(b.ID())
		if office != side.office || portal != side.portal || side.keys.Complete() != side.complete {
			t.Errorf("found office %v, portal %v, complete %v", office, portal, side.keys.Complete())
		}
		if office && !bytes.Equal(k.MAC(message), a.MAC(message)) {
			t.Error("the verifier's key signs differently")
		}
	}
}

func BenchmarkSealIdentity(b *testing.B) {
	_, p := both(b)
	for b.Loop() {
		if _, err := p.Seal(home, []byte(plain)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenIdentity(b *testing.B) {
	o, p := both(b)
	sealed, err := p.Seal(home, []byte(plain))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := o.Open(home, sealed); err != nil {
			b.Fatal(err)
		}
	}
}
