package backup

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"zhengxin/internal/fault"
)

// seal writes a file that only the backup key opens and gives the SHA-256 of
// what stands on the disk. What fails leaves no file.
func seal(to []age.Recipient, path string, write func(io.Writer) error) (sum string, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	digest := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(file, digest), 1<<16)
	sealing, err := age.Encrypt(out, to...)
	if err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	if err := write(sealing); err != nil {
		return "", err
	}
	if err := errors.Join(sealing.Close(), out.Flush(), file.Sync()); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// unsealed is a file being read in clear.
type unsealed struct {
	io.Reader
	file *os.File
	path string
}

// open reads a sealed file. Where bytes were changed or cut, Read says so before
// it gives any of that piece.
func open(with []age.Identity, path string) (io.ReadCloser, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "%s 里没有 %s，不是一份完整的备份。", filepath.Dir(path), filepath.Base(path))
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Sentence: fmt.Sprintf("读不了 %s。", path), Err: err}
	}
	clear, err := age.Decrypt(bufio.NewReaderSize(file, 1<<16), with...)
	if err != nil {
		_ = file.Close() // read only
		var other *age.NoIdentityMatchError
		if errors.As(err, &other) {
			return nil, fault.New(fault.Forbidden, "这把备份私钥打不开 %s，没有恢复任何东西：请换成做这份备份时的那一把。"+
				"The backup key does not open %[1]s; nothing was restored.", path)
		}
		return nil, damaged(path, err)
	}
	return &unsealed{clear, file, path}, nil
}

// Read turns a forged or cut piece into a sentence.
func (u *unsealed) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(u.path, err)
	}
	return n, err
}

// Close closes the file.
func (u *unsealed) Close() error { return u.file.Close() }

func damaged(path string, err error) error {
	return &fault.Error{Kind: fault.Conflict, Sentence: fmt.Sprintf("备份文件 %s 损坏、不完整或被改过，请换一份备份。", path), Err: err}
}

// sumOf is the SHA-256 of a file as it stands on the disk.
func sumOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}
