package key

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"zhengxin/internal/fault"
)

// Exist tells whether dir has its two key files. One without the other is an
// error: they belong together, and a new one would not fit the old.
func Exist(dir string) (bool, error) {
	office, err := present(filepath.Join(dir, officeFile))
	if err != nil {
		return false, err
	}
	portal, err := present(filepath.Join(dir, portalFile))
	if err != nil {
		return false, err
	}
	if office != portal {
		here, lost := officeFile, portalFile
		if portal {
			here, lost = portalFile, officeFile
		}
		return false, fault.New(fault.Invalid,
			"%s 里有 %s，却没有 %s。两个文件是一套，请从备份放回 %s；还没有收过投诉的新系统，可以删掉 %s 后重新启动。",
			dir, here, lost, lost, here)
	}
	return office, nil
}

// Create makes both key files in dir, and dir itself when it is missing. It
// never overwrites: fault.Conflict when both are there.
func Create(dir string, random io.Reader) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("建不了密钥目录 %s。", dir), Err: err}
	}
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	there, err := Exist(dir)
	if err != nil {
		return err
	}
	if there {
		return fault.New(fault.Conflict, "%s 里已经有密钥，不会覆盖。", dir)
	}
	office, portal, err := generate(random)
	if err != nil {
		return err
	}
	if err := write(dir, officeFile, office); err != nil {
		return err
	}
	if err := write(dir, portalFile, portal); err != nil {
		// Nothing was sealed with it yet, and alone it would stop every start.
		return errors.Join(err, os.Remove(filepath.Join(dir, officeFile)))
	}
	return nil
}

func generate(random io.Reader) (office, portal stored, err error) {
	var seeds [5][]byte
	for i := range seeds {
		seeds[i] = make([]byte, 32)
		if _, err := io.ReadFull(random, seeds[i]); err != nil {
			return office, portal, fmt.Errorf("key: create: %w", err)
		}
	}
	pair, err := identityKEM().DeriveKeyPair(seeds[0])
	if err != nil {
		return office, portal, fmt.Errorf("key: create: %w", err)
	}
	private, err := pair.Bytes()
	if err != nil {
		return office, portal, fmt.Errorf("key: create: %w", err)
	}
	public := pair.PublicKey().Bytes()
	identity := fingerprint("identity", public)
	code := storedKey{fingerprint("code", seeds[1]), seeds[1]}
	office = stored{
		File: officeFile, Version: fileVersion,
		Identity:     []storedKey{{identity, private}},
		Event:        []storedKey{{fingerprint("office event", seeds[2]), seeds[2]}},
		SecondFactor: []storedKey{{fingerprint("second factor", seeds[3]), seeds[3]}},
		Code:         []storedKey{code},
	}
	portal = stored{
		File: portalFile, Version: fileVersion,
		Identity: []storedKey{{identity, public}},
		Event:    []storedKey{{fingerprint("portal event", seeds[4]), seeds[4]}},
		Code:     []storedKey{code},
	}
	if office.Event[0].ID == portal.Event[0].ID {
		return office, portal, errors.New("key: create: two event keys with one id, try again")
	}
	return office, portal, nil
}

// write puts a whole file in place or none: it is linked under its name, which
// fails where that name is taken, only after its bytes are on the disk.
func write(dir, name string, file stored) (err error) {
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	temp, err := os.CreateTemp(dir, "."+name+"-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(temp.Name())) }()
	_, err = temp.Write(append(text, '\n'))
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	if err := os.Link(temp.Name(), filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	return nil
}

// lock keeps two first starts at once from making one file each.
func lock(dir string) (unlock func(), err error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	if err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("key: lock %s: %w", dir, err), d.Close())
	}
	return func() { _ = d.Close() }, nil
}

func present(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("看不到密钥文件 %s。", path), Err: err}
	}
	return true, nil
}
