package key

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"zhengxin/internal/fault"
)

const (
	officeFile  = "office.key"
	portalFile  = "portal.key"
	fileVersion = 1
)

// stored is a key file. Each purpose has a list, the current key first; older
// ones stay for what was sealed or signed with them.
type stored struct {
	File         string      `json:"file"`
	Version      int         `json:"version"`
	Identity     []storedKey `json:"identity"`
	Event        []storedKey `json:"event"`
	SecondFactor []storedKey `json:"second_factor,omitempty"`
	Code         []storedKey `json:"code"`
}

type storedKey struct {
	ID  string `json:"id"`
	Key []byte `json:"key"`
}

// LoadOffice reads office.key. Its errors are sentences for the operator.
func LoadOffice(dir string) (*Office, error) {
	path, file, err := read(dir, officeFile)
	if err != nil {
		return nil, err
	}
	o := &Office{}
	for _, k := range file.Identity {
		private, err := identityKEM().NewPrivateKey(k.Key)
		if err != nil || fingerprint("identity", private.PublicKey().Bytes()) != k.ID {
			return nil, damaged(path, err)
		}
		o.identity = append(o.identity, opener{k.ID, private})
	}
	if o.event, err = newRing(path, "office event", file.Event); err != nil {
		return nil, err
	}
	if o.secondFactor, err = newRing(path, "second factor", file.SecondFactor); err != nil {
		return nil, err
	}
	if o.code, err = newRing(path, "code", file.Code); err != nil {
		return nil, err
	}
	if len(o.identity) == 0 {
		return nil, damaged(path, nil)
	}
	return o, nil
}

// LoadPortal reads portal.key. Its errors are sentences for the operator.
func LoadPortal(dir string) (*Portal, error) {
	path, file, err := read(dir, portalFile)
	if err != nil {
		return nil, err
	}
	p := &Portal{}
	for _, k := range file.Identity {
		public, err := identityKEM().NewPublicKey(k.Key)
		if err != nil || fingerprint("identity", k.Key) != k.ID {
			return nil, damaged(path, err)
		}
		p.identity = append(p.identity, sealer{k.ID, public})
	}
	if p.event, err = newRing(path, "portal event", file.Event); err != nil {
		return nil, err
	}
	if p.code, err = newRing(path, "code", file.Code); err != nil {
		return nil, err
	}
	if len(p.identity) == 0 || len(file.SecondFactor) > 0 {
		return nil, damaged(path, nil)
	}
	return p, nil
}

// LoadBoth reads both files and refuses two that do not belong together: what
// such a portal seals the office could not open, and codes would not match.
func LoadBoth(dir string) (*Office, *Portal, error) {
	o, err := LoadOffice(dir)
	if err != nil {
		return nil, nil, err
	}
	p, err := LoadPortal(dir)
	if err != nil {
		return nil, nil, err
	}
	if !o.opensFor(p) || *o.code[0].secret() != *p.code[0].secret() {
		return nil, nil, fault.New(fault.Invalid,
			"%s 和 %s 不是同一套密钥：请从同一份备份里把两个文件都放回 %s。", officeFile, portalFile, dir)
	}
	return o, p, nil
}

// opensFor tells whether the office opens what this portal seals now.
func (o *Office) opensFor(p *Portal) bool {
	for _, k := range o.identity {
		if bytes.Equal(k.private.PublicKey().Bytes(), p.identity[0].public.Bytes()) {
			return true
		}
	}
	return false
}

// read gives the file's path and content once mode, name and version are right.
func read(dir, name string) (string, stored, error) {
	path := filepath.Join(dir, name)
	raw, err := readPrivate(path)
	if err != nil {
		return path, stored{}, err
	}
	var head struct {
		File    string
		Version int
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return path, stored{}, damaged(path, err)
	}
	if head.File != name {
		return path, stored{}, fault.New(fault.Invalid, "%s 里放的不是 %s 的密钥，可能拿错了文件。", path, name)
	}
	if head.Version != fileVersion {
		return path, stored{}, fault.New(fault.Invalid,
			"密钥文件 %s 的版本是 %d，本程序只认识版本 %d，请换用与密钥文件相配的程序。", path, head.Version, fileVersion)
	}
	var file stored
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&file); err != nil {
		return path, stored{}, damaged(path, err)
	}
	return path, file, nil
}

// readPrivate reads a file that nobody but its owner may read.
func readPrivate(path string) ([]byte, error) {
	unreadable := func(err error) error {
		return &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("读不了密钥文件 %s。", path), Err: err}
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound,
			"找不到密钥文件 %s。第一次启动时由 zhengxin all 生成；如果原来有，请从备份放回，重新生成的密钥打不开原来的身份信息。", path)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fault.New(fault.Invalid,
			"密钥文件 %s 的权限是 %04o，本机别的用户也能读到。请先执行：chmod 600 %s", path, mode, path)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, unreadable(err)
	}
	return raw, nil
}

func newRing(path, purpose string, keys []storedKey) (ring, error) {
	var r ring
	for _, k := range keys {
		if len(k.Key) != 32 || fingerprint(purpose, k.Key) != k.ID {
			return nil, damaged(path, nil)
		}
		r = append(r, symmetric{k.ID, keep([32]byte(k.Key))})
	}
	if len(r) == 0 {
		return nil, damaged(path, nil)
	}
	return r, nil
}

// fingerprint is a key's id: eight hex digits of a hash, so that a damaged
// file is noticed before anything is sealed with it.
func fingerprint(purpose string, key []byte) string {
	h := sha256.New()
	h.Write([]byte("zhengxin key id v1:" + purpose + ":"))
	h.Write(key)
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// damaged keeps the decoder's error as the cause: json and hpke name fields and
// offsets, never a value.
func damaged(path string, err error) error {
	return &fault.Error{
		Kind:     fault.Invalid,
		Sentence: fmt.Sprintf("密钥文件 %s 损坏或不完整，请从备份放回原来的文件。", path),
		Err:      err,
	}
}
