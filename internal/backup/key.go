// Package backup copies an office to where a thief finds nothing in it: every
// file is encrypted to a backup key whose private half lies somewhere else, no
// clear text ever touches a disk on the way, and a manifest says what is inside.
// It brings such a copy back, and says when it is not what was written.
package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"zhengxin/internal/fault"
)

// The two halves of the backup key. Both are files of the tool age, so that a
// backup can be opened with that tool, too.
const (
	PrivateFile = "backup.key"
	PublicFile  = "backup.pub"
)

// Recipients reads whom backups are encrypted to, making the pair for an office
// that has none. Several lines are several keys, each of which opens them.
func Recipients(keyDir string) ([]age.Recipient, error) {
	path := filepath.Join(keyDir, PublicFile)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makePair(keyDir); err != nil {
			return nil, err
		}
		file, err = os.Open(path)
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("读不了备份公钥 %s。", path), Err: err}
	}
	defer file.Close()
	to, err := age.ParseRecipients(file)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("备份公钥 %s 损坏，没有备份。请放回原来的文件。", path), Err: err}
	}
	return to, nil
}

// makePair writes the private half before the public one: a crash between the
// two leaves a pair that can still be completed.
func makePair(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("建不了密钥目录 %s。", dir), Err: err}
	}
	drawn, err := age.GenerateX25519Identity()
	if err != nil {
		return fmt.Errorf("backup key: %w", err)
	}
	text := "# 政务诚信投诉监督平台的备份私钥：和备份放在一起，等于没有加密。\n# public key: " + drawn.Recipient().String() + "\n" + drawn.String() + "\n"
	if err := place(dir, PrivateFile, text); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	there, err := Identities(filepath.Join(dir, PrivateFile)) // ours, or that of another start
	if err != nil {
		return err
	}
	var lines []string
	for _, id := range there {
		if own, ok := id.(*age.X25519Identity); ok {
			lines = append(lines, own.Recipient().String()+"\n")
		}
	}
	if err := place(dir, PublicFile, strings.Join(lines, "")); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// place puts a whole file in its place, or none where there is one.
func place(dir, name, text string) (err error) {
	temp, err := os.CreateTemp(dir, "."+name+"-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("backup key: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(temp.Name())) }()
	_, err = temp.WriteString(text)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("backup key: %w", err)
	}
	return os.Link(temp.Name(), filepath.Join(dir, name))
}

// Identities reads a private half.
func Identities(path string) ([]age.Identity, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "找不到备份私钥 %s。请把保管在别处的 %s 拿来，用 --key 指明在哪里。", path, PrivateFile)
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("读不了备份私钥 %s。", path), Err: err}
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil {
		return nil, err
	} else if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fault.New(fault.Invalid, "备份私钥 %s 的权限是 %04o，本机别的用户也能读到。请先执行：chmod 600 %s", path, mode, path)
	}
	all, err := age.ParseIdentities(file)
	if err != nil { // age's errors name the line and never the key
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("%s 不是备份私钥，或者损坏了。", path), Err: err}
	}
	return all, nil
}

// KeyLeftBehind is where the private half still lies beside what it opens, which
// the operator is told at every start.
func KeyLeftBehind(keyDir string) (string, bool) {
	path := filepath.Join(keyDir, PrivateFile)
	_, err := os.Lstat(path)
	return path, err == nil
}
