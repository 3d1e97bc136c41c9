// Package heads keeps outside the database, day by day, how many matters there are
// and how far the chain of each has come: what no chain can show by itself, a matter
// that is gone altogether or the last events cut off with everything they left, shows
// beside what was kept. The folder says numbers of matters and how often they moved,
// no word of what they are about; it is worth as much as it is copied elsewhere.
package heads

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// keptDays is how long the list of a day is kept; its line stays for good.
const keptDays = 35

// lines is the file with a line a day; the list of a day is called after it.
const lines = "days"

func list(day string) string { return day + ".gz" }

// line is what is signed of a day.
type line struct {
	day     string // 2026-11-29, in Shanghai
	matters int
	events  int64
	digest  string // of its list
	keyID   string
	mac     string
}

func (l line) signed() string {
	return fmt.Sprintf("%s %d %d %s %s", l.day, l.matters, l.events, l.digest, l.keyID)
}

func (l line) String() string { return l.signed() + " " + l.mac }

// sign hangs the line on the one before, so that none is taken out between two.
func (l *line) sign(k key.EventKey, before string) {
	l.keyID = k.ID()
	l.mac = hex.EncodeToString(k.MAC(encode(l.signed(), before)))
}

func encode(parts ...string) []byte {
	b := []byte("zhengxin heads v1")
	for _, p := range parts {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
	}
	return b
}

// Keep writes the list and the line of a day into the folder, once a day: doing it
// again does no harm.
func Keep(ctx context.Context, q pg.Queryer, dir string, k key.EventKey, now time.Time) error {
	all, err := readLines(dir)
	if err != nil {
		return fmt.Errorf("heads: %w", err)
	}
	today := clock.On(now).String()
	before := ""
	if len(all) > 0 {
		last := all[len(all)-1]
		if last.day == today {
			return nil
		}
		before = last.mac
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("heads: %w", err)
	}
	l := line{day: today}
	if err := replace(dir, list(today), func(w io.Writer) error { return l.write(ctx, q, w) }); err != nil {
		return fmt.Errorf("heads of a day: %w", err)
	}
	l.sign(k, before)
	if err := replace(dir, lines, func(w io.Writer) error {
		for _, l := range append(all, l) {
			if _, err := fmt.Fprintln(w, l); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return fmt.Errorf("heads: %w", err)
	}
	return sweep(dir, clock.On(now).AddDays(-keptDays).String())
}

// headsSQL are the chains that there are: one a matter, and the daybook.
const headsSQL = `
	SELECT number AS name, seq, head AS hash FROM matter
	UNION ALL SELECT 'office', seq, head FROM daybook_head WHERE seq > 0`

// office is what the daybook is called beside the numbers of matters.
const office = "office"

// called is a chain as a sentence calls it.
func called(name string) string {
	if name == office {
		return "机构日志"
	}
	return name
}

// write writes the list as the database has it in one statement, and counts.
func (l *line) write(ctx context.Context, q pg.Queryer, w io.Writer) error {
	packed := gzip.NewWriter(w)
	sum := sha256.New()
	rows, err := q.Query(ctx, headsSQL)
	if err != nil {
		return pg.Safe(err)
	}
	var name string
	var seq int64
	var head []byte
	out := bufio.NewWriter(io.MultiWriter(packed, sum))
	if _, err = pgx.ForEachRow(rows, []any{&name, &seq, &head}, func() error {
		if name != office {
			l.matters++
			l.events += seq
		}
		_, err := fmt.Fprintf(out, "%s %d %s\n", name, seq, short(head))
		return err
	}); err != nil {
		return pg.Safe(err)
	}
	err = errors.Join(out.Flush(), packed.Close())
	l.digest = digestOf(sum)
	return err
}

func digestOf(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// short is as much of a hash as tells it: nobody without the key makes another that
// begins alike.
func short(hash []byte) string { return hex.EncodeToString(hash[:min(8, len(hash))]) }

// replace writes a file beside and puts it into its place, whole or not at all.
func replace(dir, name string, write func(io.Writer) error) (err error) {
	part, err := os.CreateTemp(dir, ".part-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(part.Name()))
		}
	}()
	err = errors.Join(write(part), part.Sync(), part.Close())
	if err != nil {
		return err
	}
	return os.Rename(part.Name(), filepath.Join(dir, name))
}

// sweep removes the lists of days before one.
func sweep(dir, before string) error {
	files, err := filepath.Glob(filepath.Join(dir, list("????-??-??")))
	if err != nil {
		return err
	}
	var faults []error
	for _, f := range files {
		if strings.TrimSuffix(filepath.Base(f), list("")) < before {
			faults = append(faults, os.Remove(f))
		}
	}
	return errors.Join(faults...)
}

// readLines are the days that were kept, the oldest first; what is no line is kept
// as one that nobody has signed.
func readLines(dir string) ([]line, error) {
	text, err := os.ReadFile(filepath.Join(dir, lines))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []line
	for one := range strings.Lines(string(text)) {
		var l line
		_, _ = fmt.Sscanf(one, "%s %d %d %s %s %s", &l.day, &l.matters, &l.events, &l.digest, &l.keyID, &l.mac)
		all = append(all, l)
	}
	return all, nil
}

// readList gives the heads of a day, and says whether they are what was signed.
func readList(dir string, l line, each func(name string, seq int64, hash string)) (intact bool, err error) {
	file, err := os.Open(filepath.Join(dir, list(l.day)))
	if err != nil {
		return false, err
	}
	defer file.Close()
	sum := sha256.New()
	var names []string
	var seqs []int64
	var hashes []string
	packed, err := gzip.NewReader(file)
	if err != nil {
		return false, nil // what cannot be unpacked is not what was signed
	}
	scan := bufio.NewScanner(io.TeeReader(packed, sum))
	for scan.Scan() {
		var name, hash string
		var seq int64
		if _, err := fmt.Sscan(scan.Text(), &name, &seq, &hash); err != nil {
			return false, nil // as above
		}
		names, seqs, hashes = append(names, name), append(seqs, seq), append(hashes, hash)
	}
	if scan.Err() != nil || digestOf(sum) != l.digest {
		return false, nil
	}
	for i := range names {
		each(names[i], seqs[i], hashes[i])
	}
	return true, nil
}
