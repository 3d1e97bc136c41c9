package key

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"zhengxin/internal/fault"
)

func created(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	if err := Create(dir, rand.Reader); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestKeyFilesAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	dir := created(t)
	for path, want := range map[string]os.FileMode{
		dir: 0o700, filepath.Join(dir, officeFile): 0o600, filepath.Join(dir, portalFile): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
}

func TestKeysAreNeverOverwritten(t *testing.T) {
	t.Parallel()
	dir := created(t)
	before := content(t, dir, officeFile) + content(t, dir, portalFile)
	if err := Create(dir, rand.Reader); !fault.Is(err, fault.Conflict) {
		t.Errorf("second create: %v", err)
	}
	if content(t, dir, officeFile)+content(t, dir, portalFile) != before {
		t.Error("the keys changed")
	}
}

func TestHalfAPairIsRefused(t *testing.T) {
	t.Parallel()
	for _, lost := range []string{officeFile, portalFile} {
		dir := created(t)
		if err := os.Remove(filepath.Join(dir, lost)); err != nil {
			t.Fatal(err)
		}
		if _, err := Exist(dir); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.SentenceOf(err), lost) {
			t.Errorf("without %s: %v", lost, err)
		}
		if err := Create(dir, rand.Reader); !fault.Is(err, fault.Invalid) {
			t.Errorf("create without %s: %v", lost, err)
		}
		if _, err := os.Stat(filepath.Join(dir, lost)); !os.IsNotExist(err) {
			t.Errorf("a new %s stands beside the old other half", lost)
		}
	}
}

func TestManyFirstStartsAtOnceMakeOnePair(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = Create(dir, rand.Reader) })
	}
	all.Wait()
	made := 0
	for _, err := range errs {
		if err == nil {
			made++
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	}
	if made != 1 {
		t.Errorf("%d pairs made", made)
	}
	if _, _, err := LoadBoth(dir); err != nil {
		t.Error(err)
	}
}

func TestWithoutRandomnessNoKeyIsMade(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	if err := Create(dir, strings.NewReader("short")); err == nil {
		t.Fatal("made keys of nothing")
	}
	if there, err := Exist(dir); there || err != nil {
		t.Errorf("exist: %v, %v", there, err)
	}
}

func TestEachProcessNeedsItsOwnFileOnly(t *testing.T) {
	t.Parallel()
	for name, load := range map[string]func(string) error{
		portalFile: func(dir string) error { _, err := LoadPortal(dir); return err },
		officeFile: func(dir string) error { _, err := LoadOffice(dir); return err },
	} {
		dir := created(t)
		for _, other := range []string{officeFile, portalFile} {
			if other != name {
				if err := os.Remove(filepath.Join(dir, other)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := load(dir); err != nil {
			t.Errorf("%s alone: %v", name, err)
		}
		if _, _, err := LoadBoth(dir); !fault.Is(err, fault.NotFound) {
			t.Errorf("both with %s alone: %v", name, err)
		}
	}
}

func TestABadFileIsRefusedWithASentenceThatNamesIt(t *testing.T) {
	t.Parallel()
	rewrite := func(edit func(string) string) func(string) error {
		return func(path string) error {
			old, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			edited := edit(string(old))
			if edited == string(old) {
				return errors.New("the edit changed nothing")
			}
			return os.WriteFile(path, []byte(edited), 0o600)
		}
	}
	for name, spoil := range map[string]func(path string) error{
		"missing":         os.Remove,
		"group may read":  func(path string) error { return os.Chmod(path, 0o640) },
		"others may read": func(path string) error { return os.Chmod(path, 0o604) },
		"empty":           rewrite(func(string) string { return "" }),
		"cut":             rewrite(func(s string) string { return s[:len(s)/2] }),
		"version 2":       rewrite(func(s string) string { return strings.Replace(s, `"version": 1`, `"version": 2`, 1) }),
		"no version":      rewrite(func(s string) string { return strings.Replace(s, `"version": 1,`, ``, 1) }),
		"unknown field":   rewrite(func(s string) string { return strings.Replace(s, `"event"`, `"spare": [], "event"`, 1) }),
		"wrong id":        rewrite(func(s string) string { return flip(s, `"id": "`) }),
		"wrong key":       rewrite(func(s string) string { return flip(s, `"key": "`) }),
		"no keys":         rewrite(func(s string) string { return s[:strings.Index(s, ",\n  \"identity\"")] + "}" }),
		"no identity key": rewrite(func(s string) string { return strings.Replace(s, `"identity"`, `"code"`, 1) }),
	} {
		for file, load := range map[string]func(string) error{
			officeFile: func(dir string) error { _, err := LoadOffice(dir); return err },
			portalFile: func(dir string) error { _, err := LoadPortal(dir); return err },
		} {
			dir := created(t)
			path := filepath.Join(dir, file)
			if err := spoil(path); err != nil {
				t.Fatal(name, err)
			}
			err := load(dir)
			if err == nil || !strings.Contains(fault.SentenceOf(err), path) {
				t.Errorf("%s, %s: %v", file, name, err)
			}
		}
	}
}

// flip changes the fifth character after the first occurrence of mark: of an X25519 key the
// lowest bits of the first byte say nothing (RFC 7748, 5).
func flip(s, mark string) string {
	i := strings.Index(s, mark) + len(mark) + 4
	next := byte('0')
	if s[i] == next {
		next = '1'
	}
	return s[:i] + string(next) + s[i+1:]
}

func TestOneFileInTheOthersPlaceIsRefused(t *testing.T) {
	t.Parallel()
	dir := created(t)
	put(t, dir, portalFile, content(t, dir, officeFile))
	if _, err := LoadPortal(dir); !strings.Contains(fault.SentenceOf(err), "拿错") {
		t.Errorf("the office's keys as the portal's: %v", err)
	}
}

func TestTwoFilesOfDifferentPairsAreRefused(t *testing.T) {
	t.Parallel()
	for name, mix := range map[string]func(mine *stored, strange stored){
		"all":      func(mine *stored, strange stored) { *mine = strange },
		"identity": func(mine *stored, strange stored) { mine.Identity = strange.Identity },
		"code":     func(mine *stored, strange stored) { mine.Code = strange.Code },
	} {
		dir := created(t)
		mine, strange := decoded(t, dir, portalFile), decoded(t, created(t), portalFile)
		mix(&mine, strange)
		encode(t, dir, portalFile, mine)
		if _, _, err := LoadBoth(dir); !strings.Contains(fault.SentenceOf(err), "不是同一套") {
			t.Errorf("loaded with a strange %s: %v", name, err)
		}
	}
}

func TestPortalFileHoldsNothingThatOpens(t *testing.T) {
	t.Parallel()
	dir := created(t)
	office := decoded(t, dir, officeFile)
	portal := content(t, dir, portalFile)
	for _, keys := range [][]storedKey{office.Identity, office.Event, office.SecondFactor} {
		for _, k := range keys {
			if strings.Contains(portal, base64.StdEncoding.EncodeToString(k.Key)) {
				t.Errorf("portal.key has the office's key %s", k.ID)
			}
		}
	}
}

func TestAfterARotationOldThingsStillOpen(t *testing.T) {
	t.Parallel()
	oldDir, newDir := created(t), created(t)
	oldOffice, oldPortal, err := LoadBoth(oldDir)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := oldPortal.Seal(home, []byte(plain))
	secret, _ := oldOffice.SealSecret(home, []byte(plain))
	code := oldPortal.Codes().Code([]byte("token"))

	// The rotated pair: the new keys in front of the old ones.
	for _, name := range []string{officeFile, portalFile} {
		fresh, old := decoded(t, newDir, name), decoded(t, oldDir, name)
		fresh.Identity = append(fresh.Identity, old.Identity...)
		fresh.Event = append(fresh.Event, old.Event...)
		fresh.SecondFactor = append(fresh.SecondFactor, old.SecondFactor...)
		fresh.Code = append(fresh.Code, old.Code...)
		encode(t, newDir, name, fresh)
	}
	o, p, err := LoadBoth(newDir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := o.Open(home, sealed); err != nil || string(got) != plain {
		t.Errorf("identity: %q, %v", got, err)
	}
	if got, err := o.OpenSecret(home, secret); err != nil || string(got) != plain {
		t.Errorf("secret: %q, %v", got, err)
	}
	again, _ := p.Seal(home, []byte(plain))
	before, _ := KeyID(sealed)
	after, err := KeyID(again)
	if err != nil || before == after {
		t.Errorf("sealed with key %s before and %s after, %v", before, after, err)
	}
	stored := oldPortal.Codes().MAC(code)
	if macs := p.Codes().MACs(code); len(macs) != 2 || !bytes.Equal(macs[1], stored) || bytes.Equal(macs[0], stored) {
		t.Error("a code of before the rotation is not found")
	}
	if keys := NewEventKeys(o, p); keys.byID[oldOffice.EventKey().ID()].holder != HeldByOffice ||
		keys.byID[oldPortal.EventKey().ID()].holder != HeldByPortal || len(keys.byID) != 4 {
		t.Error("an event key of before the rotation is not found")
	}
}

func content(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func decoded(t *testing.T, dir, name string) (file stored) {
	t.Helper()
	if err := json.Unmarshal([]byte(content(t, dir, name)), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func encode(t *testing.T, dir, name string, file stored) {
	t.Helper()
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, name, string(text))
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
