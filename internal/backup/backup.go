package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// The files of one backup.
const (
	dumpFile     = "database.dump.age"
	manifestFile = "manifest.age"
	version      = 1
)

// Manifest says what a backup holds. It is encrypted, too: how many complaints
// an office has is nobody's to know.
type Manifest struct {
	Version int
	MadeAt  time.Time
	Schema  int64            // the number of the last migration
	Rows    map[string]int64 // of each table, of the dump's own moment
	Files   map[string]string
}

// signed is the manifest as it is written. The backup key's public half is no
// secret, so whoever has it could make a backup of their own; the signature is
// office.key's.
type signed struct {
	Manifest json.RawMessage
	KeyID    string
	MAC      []byte
}

// Source is what a backup is made of.
type Source struct {
	URL    string // the owner's
	To     []age.Recipient
	Office *key.Office // signs; nil leaves it unsigned
	Now    func() time.Time
}

// Make writes a backup of one moment into a new folder, while the office goes on
// working. What fails leaves no folder that looks like a backup.
func (s Source) Make(ctx context.Context, dir string) (err error) {
	if err := os.Mkdir(dir, 0o700); errors.Is(err, fs.ErrExist) {
		return fault.New(fault.Conflict, "%s 已经存在，不会覆盖旧的备份，请换一个名字。", dir)
	} else if err != nil {
		return fault.New(fault.Invalid, "建不了文件夹 %s。", dir)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	m := Manifest{Version: version, MadeAt: s.Now().UTC(), Files: map[string]string{}}
	if err := s.dump(ctx, dir, &m); err != nil {
		return err
	}
	if err := s.sign(dir, m); err != nil {
		return err
	}
	return syncFolders(dir, filepath.Dir(dir))
}

// dump writes the database and counts its rows in the same snapshot.
func (s Source) dump(ctx context.Context, dir string, m *Manifest) error {
	pool, err := pg.Open(ctx, s.URL, pg.Options{AppName: "zhengxin backup", MaxConns: 1})
	if err != nil {
		return err
	}
	defer pool.Close()
	tx, err := pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return pg.Safe(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // nothing to keep
	// It waits for pg_dump while the dump runs.
	if _, err := pg.Exec(ctx, tx, `SET LOCAL idle_in_transaction_session_timeout = 0`, nil); err != nil {
		return err
	}
	snapshot, err := pg.One[string](ctx, tx, `SELECT pg_export_snapshot()`, nil)
	if err != nil {
		return err
	}
	if m.Schema, err = pg.SchemaVersion(ctx, tx); err != nil {
		return err
	}
	if m.Rows, err = count(ctx, tx); err != nil {
		return err
	}
	m.Files[dumpFile], err = seal(s.To, filepath.Join(dir, dumpFile), func(w io.Writer) error { return pg.Dump(ctx, s.URL, snapshot, w) })
	return err
}

func (s Source) sign(dir string, m Manifest) error {
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	out := signed{Manifest: raw}
	if s.Office != nil {
		out.KeyID, out.MAC = s.Office.Attest(raw)
	}
	_, err = seal(s.To, filepath.Join(dir, manifestFile), func(w io.Writer) error { return json.NewEncoder(w).Encode(out) })
	return err
}

// count is the number of rows of every table.
func count(ctx context.Context, q pg.Queryer) (map[string]int64, error) {
	type row struct {
		Name string
		Rows int64
	}
	all, err := pg.All[row](ctx, q, `
		SELECT c.relname::text AS name,
		       (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', c.relname), false, true, '')))[1]::text::bigint AS rows
		FROM pg_class c
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`, nil)
	if err != nil {
		return nil, err
	}
	rows := map[string]int64{}
	for _, r := range all {
		rows[r.Name] = r.Rows
	}
	return rows, nil
}

// Copy is a backup that was opened with its key and found whole.
type Copy struct {
	Manifest
	dir    string
	with   []age.Identity
	signed signed
}

// Open reads the manifest and holds every file against it, before anything is
// restored.
func Open(dir string, with []age.Identity) (*Copy, error) {
	path := filepath.Join(dir, manifestFile)
	file, err := open(with, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c := &Copy{dir: dir, with: with}
	if err := json.NewDecoder(file).Decode(&c.signed); err != nil {
		return nil, damaged(path, err)
	}
	if err := json.Unmarshal(c.signed.Manifest, &c.Manifest); err != nil {
		return nil, damaged(path, err)
	}
	if c.Version != version {
		return nil, fault.New(fault.Invalid, "备份 %s 的格式是第 %d 版，本程序只认识第 %d 版，请换用与备份相配的程序。", dir, c.Version, version)
	}
	if c.Files[dumpFile] == "" {
		return nil, damaged(path, errors.New("no dump is listed"))
	}
	for name, want := range c.Files {
		got, err := sumOf(filepath.Join(dir, filepath.Base(name)))
		if err != nil || got != want {
			return nil, damaged(filepath.Join(dir, name), err)
		}
	}
	return c, nil
}

// Signature is what office.key says of a manifest.
type Signature string

// The answers.
const (
	Ours      Signature = "ours"
	Unsigned  Signature = "unsigned"  // made by hand without office.key
	Unchecked Signature = "unchecked" // office.key is not here
	Foreign   Signature = "foreign"   // it is not what this office signed
)

// Signature holds the manifest against the key that signed it.
func (c *Copy) Signature(office *key.Office) Signature {
	switch {
	case c.signed.KeyID == "":
		return Unsigned
	case office == nil:
		return Unchecked
	case office.Attested(c.signed.KeyID, c.signed.Manifest, c.signed.MAC):
		return Ours
	}
	return Foreign
}

// Restore puts the database back and counts what came. Migrate has to follow.
func (c *Copy) Restore(ctx context.Context, ownerURL string) error {
	err := pg.Restore(ctx, ownerURL, func() (io.ReadCloser, error) { return open(c.with, filepath.Join(c.dir, dumpFile)) })
	if err != nil {
		return err
	}
	pool, err := pg.Open(ctx, ownerURL, pg.Options{AppName: "zhengxin restore", MaxConns: 1})
	if err != nil {
		return err
	}
	defer pool.Close()
	return c.compare(ctx, pool)
}

func (c *Copy) compare(ctx context.Context, pool *pgxpool.Pool) error {
	came, err := count(ctx, pool)
	if err != nil {
		return err
	}
	for name, want := range c.Rows {
		if got, there := came[name]; !there || got != want {
			return fault.New(fault.Conflict, "恢复出来的表 %s 有 %d 行，备份时有 %d 行：备份不完整，请换一份，恢复到另一个空的数据库。", name, got, want)
		}
	}
	return nil
}

// All is how many rows the backup holds.
func (m Manifest) All() (rows int64) {
	for _, n := range m.Rows {
		rows += n
	}
	return rows
}

func syncFolders(dirs ...string) error {
	for _, dir := range dirs {
		d, err := os.Open(dir)
		if err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		if err := errors.Join(d.Sync(), d.Close()); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return nil
}
