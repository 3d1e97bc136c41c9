package key

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNothingThatHoldsASecretPrintsIt(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	secret, err := NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := o.identity[0].private.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var needles []string
	for _, s := range [][]byte{
		private, o.event[0].secret()[:], o.secondFactor[0].secret()[:], o.code[0].secret()[:], p.event[0].secret()[:], secret.value()[:],
	} {
		decimal := strings.Trim(fmt.Sprint(s[:8]), "[]")
		needles = append(needles, hex.EncodeToString(s[:8]), base64.StdEncoding.EncodeToString(s)[:10],
			base64.RawURLEncoding.EncodeToString(s)[:10], decimal, strings.ReplaceAll(decimal, " ", ", "), string(s[:8]))
	}
	box := secret.Box("draft")
	for _, v := range []any{
		o, *o, p, *p, o.Codes(), o.EventKey(), NewEventKeys(o, p), secret, &secret, box,
	} {
		name := fmt.Sprintf("%T", v)
		for _, printed := range prints(t, v) {
			if printed != masked && printed != `"`+masked+`"` {
				t.Errorf("%s prints %q", name, printed)
			}
		}
		// Inside somebody else's unexported field fmt asks no method of ours.
		for _, printed := range prints(t, struct{ inner any }{v}) {
			for _, needle := range needles {
				if strings.Contains(printed, needle) {
					t.Errorf("%s inside a struct prints a secret: %s", name, printed)
				}
			}
		}
	}
}

// prints shows v in every way a log line or a page might.
func prints(t *testing.T, v any) []string {
	t.Helper()
	var out []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		out = append(out, fmt.Sprintf(verb, v))
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, string(raw))
	var text, lines bytes.Buffer
	bare := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key != "value" {
			return slog.Attr{}
		}
		return a
	}
	slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{ReplaceAttr: bare})).Info("", "value", v)
	slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{ReplaceAttr: bare})).Info("", "value", v)
	out = append(out, strings.TrimPrefix(strings.TrimSpace(text.String()), "value="))
	line := strings.TrimSpace(lines.String())
	return append(out, strings.TrimSuffix(strings.TrimPrefix(line, `{"value":`), "}"))
}

func TestACodeIsDerivedAgainFromTheSameToken(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	seen := map[string]bool{}
	for i := range 500 {
		token := fmt.Appendf(nil, "token %d", i)
		code := p.Codes().Code(token)
		if code != p.Codes().Code(token) || code != o.Codes().Code(token) {
			t.Fatal("portal, office and a retry derive different codes")
		}
		if strings.Trim(code, alphabet) != "" || len(code) != CodeLength || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
	}
	stranger, _ := both(t)
	if stranger.Codes().Code([]byte("token 0")) == p.Codes().Code([]byte("token 0")) {
		t.Error("another office derives the same code")
	}
}

func TestWhatTheDatabaseKeepsIsNotTheCode(t *testing.T) {
	t.Parallel()
	o, p := both(t)
	code := p.Codes().Code([]byte("token"))
	kept := p.Codes().MAC(code)
	if len(kept) != 32 || bytes.Contains(kept, []byte(code)) || bytes.Equal(kept, Hash([]byte(code))) {
		t.Error("the code can be told from what is kept")
	}
	if diff := cmp.Diff([][]byte{kept}, o.Codes().MACs(code)); diff != "" {
		t.Error(diff)
	}
	if bytes.Equal(kept, p.Codes().MAC(code[:15]+"A")) && code[15] != 'A' {
		t.Error("another code has the same hash")
	}
}

func TestASecretComesBackFromItsCookie(t *testing.T) {
	t.Parallel()
	s, err := NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	back, ok := ParseSecret(s.Cookie())
	if !ok || *back.value() != *s.value() {
		t.Fatal("another secret came back")
	}
	good := s.Cookie()
	for _, cookie := range []string{"", good[1:], good + "A", good + "=", "!" + good[1:], good[:42] + "\n", strings.Repeat("A", 42) + "B", strings.Repeat("\r", 43)} {
		if _, ok := ParseSecret(cookie); ok {
			t.Errorf("%q was taken for a secret", cookie)
		}
	}
	if _, err := NewSecret(bytes.NewReader(nil)); err == nil {
		t.Error("a secret of no randomness")
	}
}

func TestEachPurposeOfASecretIsItsOwn(t *testing.T) {
	t.Parallel()
	s, _ := NewSecret(rand.Reader)
	other, _ := NewSecret(rand.Reader)
	values := []string{
		string(s.ID("draft")), string(s.ID("unlock")), string(other.ID("draft")),
		s.Token("draft"), s.Token("unlock"), other.Token("draft"), s.Cookie(), string(s.value()[:]),
		string(mac(s.value, "", []byte("draft"))), s.Token("id:draft"), base64.RawURLEncoding.EncodeToString(s.ID("draft")),
	}
	sorted := slices.Sorted(slices.Values(values))
	if len(slices.Compact(sorted)) != len(values) {
		t.Error("two purposes give one value")
	}
	if !bytes.Equal(s.ID("draft"), s.ID("draft")) || len(s.ID("draft")) != 32 {
		t.Error("the id is not steady")
	}
}

func TestAFormTokenIsGoodForItsVisitorAndPurpose(t *testing.T) {
	t.Parallel()
	s, _ := NewSecret(rand.Reader)
	other, _ := NewSecret(rand.Reader)
	token := s.Token("complaint")
	if !s.TokenOK("complaint", token) {
		t.Error("the right token is refused")
	}
	if s.TokenOK("draft", token) || other.TokenOK("complaint", token) || s.TokenOK("complaint", "") || s.TokenOK("complaint", token+"A") {
		t.Error("a wrong token is taken")
	}
}

func TestADraftOpensForItsVisitorOnly(t *testing.T) {
	t.Parallel()
	s, _ := NewSecret(rand.Reader)
	other, _ := NewSecret(rand.Reader)
	ad := []byte("who")
	sealed, err := s.Box("draft").Seal(ad, []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("张三")) {
		t.Error("the draft is readable")
	}
	back, _ := ParseSecret(s.Cookie())
	if got, err := back.Box("draft").Open(ad, sealed); err != nil || string(got) != plain {
		t.Errorf("opened %q, %v", got, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another visitor": func() ([]byte, error) { return other.Box("draft").Open(ad, sealed) },
		"another purpose": func() ([]byte, error) { return s.Box("unlock").Open(ad, sealed) },
		"another step":    func() ([]byte, error) { return s.Box("draft").Open([]byte("what"), sealed) },
		"cut":             func() ([]byte, error) { return s.Box("draft").Open(ad, sealed[:20]) },
		"nothing":         func() ([]byte, error) { return s.Box("draft").Open(ad, nil) },
	} {
		if got, err := open(); err == nil {
			t.Errorf("%s: opened %q", name, got)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 0x80
		if _, err := s.Box("draft").Open(ad, changed); err == nil {
			t.Errorf("opened with byte %d changed", i)
		}
	}
}

// steady gives the same bytes for ever.
type steady byte

func (s *steady) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(*s)
		*s++
	}
	return len(b), nil
}

func TestWhatIsStoredTodayIsUnderstoodForEver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := Create(dir, new(steady)); err != nil {
		t.Fatal(err)
	}
	o, p, err := LoadBoth(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSecret(new(steady))
	if err != nil {
		t.Fatal(err)
	}
	code := p.Codes().Code([]byte("token"))
	got := map[string]string{
		"identity key": o.identity[0].id + " " + hex.EncodeToString(p.identity[0].public.Bytes()),
		"event keys":   o.EventKey().ID() + " " + p.EventKey().ID(),
		"code":         code,
		"lookup":       hex.EncodeToString(p.Codes().MAC(code)),
		"draft id":     hex.EncodeToString(s.ID("draft")),
		"token":        s.Token("draft"),
	}
	want := map[string]string{
		"identity key": "ae256410 b1f1b840de7a3241b02748cf9b05b74dc8c5e8451298738817bd76aa8ebe8c2b",
		"event keys":   "15d04d7c 5f44d836",
		"code":         "5AXLUN95K2VZD8WR",
		"lookup":       "696153ab2ffc3007f64303360e50d743d5cdefea6d83e8f76cf00661d86822b7",
		"draft id":     "7878512cfb3877fd8ed98202f01f827824a7afe83f305ab01d75b3d64f7ae648",
		"token":        "ClWaYARwo9t4uppCQfYk36O4XR_Gns3k-hl4fOYYQLE",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a derivation changed; codes and keys of older offices would be lost (-want +got):\n%s", diff)
	}
}
