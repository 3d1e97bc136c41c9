package pgtest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
)

// filesOf are migrations of this test alone, so that its template is too.
func filesOf(t *testing.T) fstest.MapFS {
	sql := fmt.Sprintf("-- +goose Up\nCREATE TABLE paper (number text);\nCOMMENT ON TABLE paper IS '%s %d';\n", t.Name(), time.Now().UnixNano())
	return fstest.MapFS{"0001_paper.sql": {Data: []byte(sql)}}
}

// another process with these migrations, as far as the server can tell.
func another(t *testing.T, files fstest.MapFS) *base {
	t.Helper()
	b, err := newBase(t.Context(), files)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.keeper.Close(context.Background()) })
	return b
}

func databases(t *testing.T, b *base, name string) int {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	n, err := pg.One[int](t.Context(), b.keeper, `SELECT count(*) FROM pg_database WHERE datname = @name`, pg.Args{"name": name})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestManyProcessesMakeOneTemplate(t *testing.T) {
	t.Parallel()
	files := filesOf(t)
	var group sync.WaitGroup
	made := make([]*base, 4)
	for i := range made {
		group.Go(func() {
			b, err := newBase(t.Context(), files)
			if err != nil {
				t.Error(err)
				return
			}
			made[i] = b
		})
	}
	group.Wait()
	if t.Failed() {
		return
	}
	for _, b := range made {
		defer b.keeper.Close(context.Background())
		if b.template != made[0].template {
			t.Errorf("%s and %s", b.template, made[0].template)
		}
	}
	if n := databases(t, made[0], made[0].template); n != 1 {
		t.Errorf("%d templates", n)
	}
	group = sync.WaitGroup{}
	for range 8 {
		group.Go(func() {
			b := made[0]
			name := b.cloneName()
			if err := b.clone(t.Context(), name); err != nil {
				t.Error(err)
			}
			b.drop(t, name)
		})
	}
	group.Wait()
}

func TestTheTemplatesNameFollowsTheFiles(t *testing.T) {
	t.Parallel()
	one := fstest.MapFS{"0001_a.sql": {Data: []byte("a")}, "0002_b.sql": {Data: []byte("b")}}
	seen := map[string]string{}
	for what, files := range map[string]fstest.MapFS{
		"these":       one,
		"edited":      {"0001_a.sql": {Data: []byte("a ")}, "0002_b.sql": {Data: []byte("b")}},
		"one less":    {"0001_a.sql": {Data: []byte("a")}},
		"renamed":     {"0001_a.sql": {Data: []byte("a")}, "0003_b.sql": {Data: []byte("b")}},
		"moved bytes": {"0001_a.sql": {Data: []byte("ab")}, "0002_b.sql": {}},
	} {
		name, err := templateName(files)
		if err != nil {
			t.Fatal(err)
		}
		if other, taken := seen[name]; taken {
			t.Errorf("%s and %s share %s", what, other, name)
		}
		seen[name] = what
	}
	a, _ := templateName(one)
	if b, err := templateName(one); err != nil || a != b {
		t.Errorf("%s, then %s: %v", a, b, err)
	}
}

func TestATemplateInUseStaysAndAnOldOneGoes(t *testing.T) {
	t.Parallel()
	old := another(t, filesOf(t))
	files := filesOf(t)
	now := another(t, files)
	if n := databases(t, now, old.template); n != 1 {
		t.Fatalf("the template of a living process is gone")
	}
	clone := old.cloneName()
	if err := old.clone(t.Context(), clone); err != nil {
		t.Fatal(err)
	}
	another(t, files)
	if n := databases(t, now, clone); n != 1 {
		t.Fatal("the clone of a living process is gone")
	}
	old.keeper.Close(t.Context()) // that process is killed
	for range 100 {               // its backend ends a moment later
		alive, err := pg.One[bool](t.Context(), now.keeper, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = @pid)`, pg.Args{"pid": old.keeperPID})
		if err != nil {
			t.Fatal(err)
		}
		if !alive {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	another(t, files)
	if n := databases(t, now, old.template) + databases(t, now, clone); n != 0 {
		t.Errorf("%d databases of a killed process are left", n)
	}
}

// failing is a test that notes how it would have ended.
type failing struct {
	testing.TB
	fatal string
}

func (f *failing) Helper()        {}
func (f *failing) Cleanup(func()) {}
func (f *failing) Fatalf(format string, args ...any) {
	f.fatal = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestWithoutADatabaseATestFails(t *testing.T) {
	t.Parallel()
	bad := fstest.MapFS{"0001_bad.sql": {Data: []byte("-- +goose Up\nSELECT 1 / 0;\n")}}
	f := &failing{TB: t}
	done := make(chan struct{})
	go func() { defer close(done); newFrom(f, &templates{files: bad}) }()
	<-done
	if !strings.Contains(f.fatal, "0001_bad.sql") {
		t.Errorf("it ended with %q", f.fatal)
	}
}

func TestAnotherServersURLKeepsItsSettings(t *testing.T) {
	t.Setenv("ZHENGXIN_TEST_DATABASE_URL", source.url(t))
	b, err := newBase(t.Context(), filesOf(t))
	if err != nil {
		t.Fatal(err)
	}
	defer b.keeper.Close(context.Background())
	name := b.cloneName()
	if err := b.clone(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	defer b.drop(t, name)
	conn, err := pgx.Connect(t.Context(), b.url(pg.RoleWorker, name))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	who, err := pg.One[string](t.Context(), conn, `SELECT current_user || ' in ' || current_database()`, nil)
	if err != nil || who != pg.RoleWorker+" in "+name {
		t.Errorf("%s, %v", who, err)
	}
}

func (s *templates) url(t *testing.T) string {
	t.Helper()
	b, err := s.base()
	if err != nil {
		t.Fatal(err)
	}
	return b.url("", "postgres")
}
