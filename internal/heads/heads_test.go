package heads_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/heads"
	"zhengxin/internal/key"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// office has three complaints, and the lists of two days outside its database: on
// the second the first complaint had moved.
type office struct {
	*complainttest.Office
	dir    string
	keys   key.EventKeys
	number [3]string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{Office: complainttest.New(t), dir: filepath.Join(t.TempDir(), "heads")}
	o.keys = key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	for i := range o.number {
		o.number[i] = o.File(t, complainttest.Intake()).Number
	}
	o.keep(t)
	o.move(t)
	o.Wait(24 * time.Hour)
	o.keep(t)
	o.keep(t) // the second time on a day does nothing
	return o
}

func (o *office) keep(t *testing.T) {
	t.Helper()
	if err := heads.Keep(t.Context(), o.DB.Worker, o.dir, o.Keys.Office.EventKey(), o.Now()); err != nil {
		t.Fatal(err)
	}
}

func (o *office) move(t *testing.T) {
	t.Helper()
	if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: o.number[0], Action: complaint.EnterRegister, By: o.People[staff.Registrar],
		Token: complainttest.Token()}); err != nil {
		t.Fatal(err)
	}
}

// compared gives the sentences after a change of the database, which is undone.
func (o *office) compared(t *testing.T, sql string) (said []string, done heads.Compared) {
	t.Helper()
	tx, err := o.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	for i, number := range o.number {
		sql = strings.ReplaceAll(sql, string(rune('a'+i))+".id", "(SELECT id FROM matter WHERE number = '"+number+"')")
	}
	if _, err := tx.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	done, err = heads.Compare(t.Context(), tx, o.dir, o.keys, func(s string) { said = append(said, s) })
	if err != nil || done.Broken != len(said) {
		t.Fatal(done, err)
	}
	return said, done
}

const gone = `
	DELETE FROM form_token WHERE matter_id = ID; DELETE FROM letter WHERE matter_id = ID; DELETE FROM clock WHERE matter_id = ID;
	DELETE FROM identity WHERE matter_id = ID; DELETE FROM access_code WHERE matter_id = ID; DELETE FROM complaint WHERE matter_id = ID;
	DELETE FROM matter_bar WHERE matter_id = ID; DELETE FROM binding WHERE matter_id = ID; DELETE FROM event WHERE matter_id = ID;
	DELETE FROM matter WHERE id = ID`

// The first complaint as it was on the first day.
const back = `
	DELETE FROM form_token WHERE matter_id = a.id AND seq = 2; DELETE FROM letter WHERE matter_id = a.id AND seq = 2;
	DELETE FROM clock WHERE matter_id = a.id AND started_seq = 2; UPDATE clock SET stopped_at = NULL, stopped_seq = NULL WHERE matter_id = a.id;
	DELETE FROM binding WHERE matter_id = a.id AND seq = 2; DELETE FROM event WHERE matter_id = a.id AND seq = 2;
	UPDATE matter SET seq = 1, state = 'submitted', head = (SELECT hash FROM event WHERE matter_id = a.id) WHERE id = a.id`

func TestWhatIsGoneFromTheDatabaseShowsBesideWhatWasKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for name, c := range map[string]struct {
		sql  string
		want []string // {0} {1} {2} are the numbers
	}{
		"nothing":        {`SELECT`, nil},
		"a matter":       {strings.ReplaceAll(gone, "ID", "b.id"), []string{"2026-03-03 有 3 件、4 条记录，现在只有 2 件、3 条。", "{1} 不在了：2026-03-03 还有，到第 1 条。"}},
		"the last event": {back, []string{"2026-03-03 有 3 件、4 条记录，现在只有 3 件、3 条。", "{0} 的末尾少了 1 条：2026-03-03 已到第 2 条。"}},
		"a head":         {`UPDATE matter SET head = sha256('x') WHERE id = b.id`, []string{"{1} 第 1 条被换过，和 2026-03-03 记下的不一样。"}},
	} {
		said, done := o.compared(t, c.sql)
		for i, want := range c.want {
			c.want[i] = strings.NewReplacer("{0}", o.number[0], "{1}", o.number[1], "{2}", o.number[2]).Replace(want)
		}
		if !slices.Equal(said, c.want) || done.Days != 2 || done.Newest != "2026-03-03" {
			t.Errorf("%s: %q %+v, want %q", name, said, done, c.want)
		}
	}
	// One that has moved since is held against its event of that day.
	o.move2(t)
	if said, _ := o.compared(t, `SELECT`); len(said) != 0 {
		t.Errorf("a move since: %q", said)
	}
	if said, _ := o.compared(t, `UPDATE event SET hash = sha256('x') WHERE matter_id = a.id AND seq = 2`); !slices.Equal(said, []string{o.number[0] + " 第 2 条被换过，和 2026-03-03 记下的不一样。"}) {
		t.Errorf("an event under it: %q", said)
	}
}

func (o *office) move2(t *testing.T) {
	t.Helper()
	if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: o.number[0], Action: complaint.Accept, By: o.People[staff.Registrar],
		Token: complainttest.Token(), Answers: workflow.Answers{"nature": {"RED"}}}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasKeptIsNotBelievedUnsigned(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	days := filepath.Join(o.dir, "days")
	text, err := os.ReadFile(days)
	if err != nil {
		t.Fatal(err)
	}
	first, second, _ := strings.Cut(string(text), "\n")
	for name, c := range map[string]struct{ days, want string }{
		"more matters": {strings.Replace(string(text), "2026-03-02 3 3", "2026-03-02 9 3", 1), "每日清单里 2026-03-02 这一行和签写时不一致"},
		"a day less":   {second, "每日清单里 2026-03-03 这一行和签写时不一致"},
		"no line":      {first + "\nx\n" + second, "每日清单里 x 这一行和签写时不一致"},
	} {
		if err := os.WriteFile(days, []byte(c.days), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, _ := o.compared(t, `SELECT`); len(said) == 0 || !strings.HasPrefix(said[0], c.want) {
			t.Errorf("%s: %q", name, said)
		}
	}
	if err := os.WriteFile(days, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(o.dir, "2026-03-02.gz"), filepath.Join(o.dir, "2026-03-03.gz")); err != nil {
		t.Fatal(err)
	}
	if said, _ := o.compared(t, `SELECT`); !slices.Equal(said, []string{"2026-03-02 的每日清单不在了。", "2026-03-03 的每日清单和签写时不一致，被改过。"}) {
		t.Errorf("lists exchanged: %q", said)
	}
}

func TestListsAreSweptAndTheirLinesStay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for range 40 {
		o.Wait(24 * time.Hour)
		o.keep(t)
	}
	lists, err := filepath.Glob(filepath.Join(o.dir, "*.gz"))
	if err != nil || len(lists) != 36 {
		t.Errorf("%d lists, %v", len(lists), err)
	}
	if said, done := o.compared(t, `SELECT`); len(said) != 0 || done.Days != 42 {
		t.Errorf("%q %+v", said, done)
	}
	if info, err := os.Stat(o.dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
	if said, done := o.compared(t, strings.ReplaceAll(gone, "ID", "c.id")); len(said) != 2 || done.Broken != 2 {
		t.Errorf("%q", said)
	}
}

func TestAFolderWithoutListsSaysNothing(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	tx, err := o.DB.Admin.BeginTx(t.Context(), pgx.TxOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	done, err := heads.Compare(t.Context(), tx, t.TempDir(), key.NewEventKeys(o.Keys.Office, nil), func(s string) { t.Error(s) })
	if err != nil || done != (heads.Compared{}) {
		t.Errorf("%+v %v", done, err)
	}
}
