package backup

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/migrations"
)

// office is a database and what keeps its backups.
type office struct {
	*Keeper
	keys string
	log  *bytes.Buffer
	now  time.Time
}

func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "zx-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // the server may run as another user
		t.Fatal(err)
	}
	return dir
}

func server(t *testing.T, dir string) *pg.Server {
	t.Helper()
	s, err := pg.StartServer(t.Context(), filepath.Join(dir, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop() })
	return s
}

// newOffice has a private server.
func newOffice(t *testing.T) *office {
	t.Helper()
	s := server(t, folder(t))
	if err := pg.EnsureDatabase(t.Context(), s.URL(pg.Owner, "postgres"), "office"); err != nil {
		t.Fatal(err)
	}
	url := s.URL(pg.Owner, "office")
	if err := pg.Migrate(t.Context(), url, migrations.Files); err != nil {
		t.Fatal(err)
	}
	return keep(t, s, url)
}

func keep(t *testing.T, s *pg.Server, url string) *office {
	t.Helper()
	o := &office{keys: t.TempDir(), log: &bytes.Buffer{}, now: time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)}
	to, err := Recipients(o.keys)
	if err != nil {
		t.Fatal(err)
	}
	o.Keeper = &Keeper{
		Source: Source{URL: url, To: to, Now: func() time.Time { return o.now }},
		Dir:    t.TempDir(), Server: s, Log: slog.New(slog.NewTextHandler(o.log, nil)),
	}
	return o
}

// as runs a statement as one of the server's logins.
func as(t *testing.T, s *pg.Server, login, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL(login, "office"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	said, err := pg.One[string](t.Context(), conn, sql, nil)
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func (o *office) add(t *testing.T, code string) {
	t.Helper()
	as(t, o.Server, pg.Owner, `INSERT INTO unit (code, name, kind) VALUES ('`+code+`', '金丝雀`+code+`', 'office') RETURNING code`)
}

// handOver ends the piece of the log, as four minutes do, and waits until
// PostgreSQL has put it where we take it.
func (o *office) handOver(t *testing.T) {
	t.Helper()
	piece := as(t, o.Server, "postgres", `SELECT pg_walfile_name(pg_switch_wal())`)
	waiting, err := o.Server.Archive()
	if err != nil {
		t.Fatal(err)
	}
	for range 600 {
		if _, err := os.Stat(filepath.Join(waiting, piece)); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s is never handed over", piece)
}

// kept is the only archive of the folder.
func (o *office) kept(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(o.Dir, "wal-*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("archives %v: %v", found, err)
	}
	return found[0]
}

func (o *office) identities(t *testing.T) []age.Identity {
	t.Helper()
	with, err := Identities(filepath.Join(o.keys, PrivateFile))
	if err != nil {
		t.Fatal(err)
	}
	return with
}

// R9: RPO ≤ 5 min. What was written after the last base is in the archive as
// soon as PostgreSQL hands the piece over, and comes back elsewhere.
func TestWhatWasWrittenAfterTheLastBaseComesBackFromTheLog(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, "BEFORE")
	o.daily(t.Context())
	o.add(t, "AFTER")
	o.handOver(t)
	if err := o.carry(t.Context()); err != nil {
		t.Fatal(err)
	}
	archive, own := o.kept(t), as(t, o.Server, pg.Owner, `SELECT string_agg(code, ' ' ORDER BY code) FROM unit`)
	if strings.Contains(o.log.String(), "ERROR") {
		t.Error(o.log.String())
	}
	o.nothingInClear(t)
	if err := o.Server.Stop(); err != nil {
		t.Fatal(err)
	}

	elsewhere := folder(t)
	if _, err := RestoreArchive(t.Context(), archive, filepath.Join(elsewhere, "postgres"), stranger(t)); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a stranger's key: %v", err)
	}
	pieces, err := RestoreArchive(t.Context(), archive, filepath.Join(elsewhere, "postgres"), o.identities(t))
	if err != nil || pieces == 0 {
		t.Fatalf("%d pieces: %v", pieces, err)
	}
	back := server(t, elsewhere)
	if got := as(t, back, pg.Owner, `SELECT string_agg(code, ' ' ORDER BY code) FROM unit`); got != own || !strings.Contains(got, "AFTER") {
		t.Errorf("came back %q, was %q", got, own)
	}
	if _, err := RestoreArchive(t.Context(), archive, filepath.Join(elsewhere, "postgres"), o.identities(t)); !fault.Is(err, fault.Conflict) {
		t.Errorf("over an office: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(back.Dir(), "restored")); len(left) > 0 {
		t.Error("the log lies there in clear")
	}
	// The restored server goes on in the same archive.
	o.Server, o.URL = back, back.URL(pg.Owner, "office")
	o.add(t, "LATER")
	o.handOver(t)
	if err := o.carry(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := back.Stop(); err != nil {
		t.Fatal(err)
	}
	third := folder(t)
	if _, err := RestoreArchive(t.Context(), archive, filepath.Join(third, "postgres"), o.identities(t)); err != nil {
		t.Fatal(err)
	}
	if got := as(t, server(t, third), pg.Owner, `SELECT string_agg(code, ' ' ORDER BY code) FROM unit`); !strings.Contains(got, "LATER") {
		t.Errorf("came back %q", got)
	}
}

func stranger(t *testing.T) []age.Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return []age.Identity{id}
}

// nothingInClear reads every file of the folder.
func (o *office) nothingInClear(t *testing.T) {
	t.Helper()
	read := 0
	err := filepath.WalkDir(o.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if read++; !bytes.HasPrefix(raw, []byte("age-encryption.org/v1\n")) || bytes.Contains(raw, []byte("金丝雀")) {
			t.Errorf("%s is not encrypted", path)
		}
		return err
	})
	if err != nil || read < 4 {
		t.Errorf("%d files: %v", read, err)
	}
}

// PostgreSQL stops at a gap and takes what it has for the whole.
func TestAMissingPieceOfTheLogIsRefusedAndReplacedByANewBase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.daily(t.Context())
	for _, code := range []string{"ONE", "TWO", "THREE"} {
		o.add(t, code)
		o.handOver(t)
	}
	if err := o.carry(t.Context()); err != nil {
		t.Fatal(err)
	}
	archive := o.kept(t)
	h, err := look(archive)
	if err != nil {
		t.Fatal(err)
	}
	since, complete := h.since(h.bases[0])
	if !complete || len(since) < 3 {
		t.Fatalf("pieces %v, complete %v", since, complete)
	}
	if err := os.Remove(filepath.Join(archive, since[len(since)-2]+".gz.age")); err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(folder(t), "postgres")
	if _, err := RestoreArchive(t.Context(), archive, into, o.identities(t)); !fault.Is(err, fault.Conflict) || !strings.Contains(fault.SentenceOf(err), "缺了一段") {
		t.Errorf("with a gap: %v", err)
	}
	if err := o.carry(t.Context()); err != nil {
		t.Fatal(err)
	}
	if h, err = look(archive); err != nil || len(h.bases) != 2 {
		t.Fatalf("bases %v: %v", h.bases, err)
	}
	if _, err := RestoreArchive(t.Context(), archive, into, o.identities(t)); err != nil {
		t.Errorf("after the new base: %v", err)
	}
}

// A backup that cannot be written stops no complaint: PostgreSQL hands its log
// over or lets it go, and never waits.
func TestAnArchiveThatNobodyEmptiesNeverHoldsTheLogBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.daily(t.Context())
	waiting, err := o.Server.Archive()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 64 {
		if err := os.WriteFile(filepath.Join(waiting, "full"+string(rune('A'+i))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o.add(t, "LOST")
	as(t, o.Server, "postgres", `SELECT pg_walfile_name(pg_switch_wal())`)
	for range 600 {
		if as(t, o.Server, "postgres", `SELECT (archived_count > 0 AND failed_count = 0)::text FROM pg_stat_archiver`) == "true" &&
			as(t, o.Server, "postgres", `SELECT count(*)::text FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'`) == "0" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("PostgreSQL keeps its log for an archive that does not take it")
}

func TestABackupIsMadeEachNightAndTheOldestGo(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t) // on an existing server: dumps alone
	o := keep(t, nil, db.URL(""))
	o.now = time.Date(2026, 3, 1, 19, 0, 0, 0, time.UTC) // three in the morning in Shanghai
	for day := range keepDumps {
		if err := os.Mkdir(filepath.Join(o.Dir, o.now.AddDate(0, 0, -1-day).Format(nameOf)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		o.daily(t.Context())
		o.daily(t.Context()) // nothing is due
		o.now = o.now.AddDate(0, 0, 1)
	}
	all, err := o.dumps()
	if err != nil || len(all) != keepDumps || all[keepDumps-1] != "2026-03-02T190000Z" || all[keepDumps-2] != "2026-03-01T190000Z" {
		t.Fatalf("backups %v: %v\n%s", all, err, o.log.String())
	}
	if _, err := Open(filepath.Join(o.Dir, all[keepDumps-1]), o.identities(t)); err != nil {
		t.Error(err)
	}
	if strings.Contains(o.log.String(), "ERROR") {
		t.Error(o.log.String())
	}
	if s := told(t, db); s.FailingSince != nil || s.Overdue(o.now) || !s.Overdue(o.now.Add(overdue)) {
		t.Errorf("the desk is told %+v", s)
	}
}

// told is what the desk is.
func told(t *testing.T, db *pgtest.DB) State {
	t.Helper()
	s, err := ReadState(t.Context(), db.Admin)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestABackupThatFailsIsToldAndLeavesNothingThatLooksLikeOne(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	o := keep(t, nil, db.URL(""))
	to := o.To
	o.To = nil // a public half that is gone
	o.daily(t.Context())
	o.now = o.now.Add(time.Minute)
	o.daily(t.Context()) // too soon to try again
	if all, err := o.dumps(); err != nil || len(all) != 0 {
		t.Errorf("backups %v: %v", all, err)
	}
	said := o.log.String()
	if strings.Count(said, "备份没有做成") != 1 || strings.Count(said, "很久没有做成备份") != 1 {
		t.Error(said)
	}
	if s := told(t, db); s.FailingSince == nil || !s.FailingSince.Equal(o.now.Add(-time.Minute)) {
		t.Errorf("the desk is told %+v", s)
	}
	o.To, o.now = to, o.now.Add(retry)
	o.daily(t.Context())
	if s := told(t, db); s.FailingSince != nil || s.Overdue(o.now) {
		t.Errorf("when it works again the desk is told %+v", s)
	}
}

func TestTheSmallHoursArePreferredAndADayIsNeverMissed(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour-8, 0, 0, 0, time.UTC) } // in Shanghai
	for _, c := range []struct {
		last, now time.Time
		want      bool
	}{
		{at(2), at(14), false}, {at(2), at(24 + 1), true}, {at(9), at(24 + 4), false}, {at(8), at(24 + 4), true},
		{at(9), at(24 + 10), false}, {at(9), at(24 + 11), true}, {time.Time{}, at(12), true},
	} {
		if got := due(c.last, c.now); got != c.want {
			t.Errorf("last %s, now %s: %v", c.last, c.now, got)
		}
	}
}
