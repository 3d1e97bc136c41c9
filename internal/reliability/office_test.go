// Package reliability holds the real program to its first promise: whoever saw
// a receipt finds the complaint again, once, under the same number and code,
// whatever was killed or cut meanwhile.
package reliability

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/bench/running"
	"zhengxin/internal/pg"
)

// binary is the real program, built once for all tests of this package.
var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "zx-reliability-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "zhengxin")
	if err := running.Build(context.Background(), binary); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// patience bounds every test; a slow machine needs it, nothing measures it.
const patience = 3 * time.Minute

// office is a running office and the owner's view of its database.
type office struct {
	*running.Office
	owner   *pgxpool.Pool
	process *running.Process
}

func newOffice(t *testing.T) (*office, context.Context) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	made, err := running.New(binary)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Office: made}
	t.Cleanup(func() {
		if err := o.process.Stop(); err != nil {
			t.Error(err)
		}
		if err := o.Remove(); err != nil {
			t.Error(err)
		}
	})
	o.start(t, ctx)
	if o.owner, err = o.Pool(ctx, pg.Owner, 4); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.owner.Close)
	return o, ctx
}

// start runs the office and returns when both sites can work.
func (o *office) start(t *testing.T, ctx context.Context) {
	t.Helper()
	began := time.Now()
	var err error
	if o.process, err = o.Start("all"); err != nil {
		t.Fatal(err)
	}
	if err := o.process.Ready(ctx, o.Portal, o.Admin); err != nil {
		t.Fatal(err)
	}
	t.Logf("ready after %v", time.Since(began).Round(time.Millisecond))
}

// prepare makes filings that lack only their last step.
func (o *office) prepare(t *testing.T, ctx context.Context, n int) []running.Prepared {
	t.Helper()
	forms, err := o.Prepare(ctx, o.owner, n, func(i int) (string, string) { return titleOf(i), titleOf(i) + "，至今没有结果。" })
	if err != nil {
		t.Fatal(err)
	}
	return forms
}

func titleOf(i int) string { return fmt.Sprintf("第%d号工程款没有付清", i) }

// insist sends a last page until it has a receipt, as a patient person does:
// again after every broken connection and every page that says try again, with
// new digits where the page asks for them. tries counts the sendings.
func (o *office) insist(ctx context.Context, form running.Prepared) (receipt running.Receipt, tries int, err error) {
	v := running.NewVisitor(o.Portal)
	v.SetCookie(running.DraftCookie, form.Cookie)
	fields := form.Fields
	for tries = 1; ; tries++ {
		page, err := v.Post(ctx, "/complaints/new/check", fields)
		switch {
		case ctx.Err() != nil:
			return receipt, tries, ctx.Err()
		case err != nil: // nobody there, or cut off
		case page.Status == http.StatusOK:
			if receipt, err = page.Receipt(); err != nil {
				return receipt, tries, fmt.Errorf("%w: %s shows %q", err, page.Path, page.Text("h1"))
			}
			return receipt, tries, nil
		case page.Status == http.StatusUnprocessableEntity: // a crash of the database forgets its captchas
			again := page.Hidden()
			digits, err := running.Digits(ctx, o.owner, again.Get("captcha_id"))
			if err != nil {
				break // the database is away: the same page again
			}
			again.Set("captcha_solution", digits)
			again.Set("pledge", "yes")
			fields = again
		case page.Status < http.StatusInternalServerError:
			return receipt, tries, fmt.Errorf("%d: %s", page.Status, page.Text("main"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// accepted compares what people were told with what the database holds, and
// then sends every form once more.
func (o *office) accepted(t *testing.T, ctx context.Context, forms []running.Prepared, receipts []running.Receipt) {
	t.Helper()
	stored, err := pg.All[string](ctx, o.owner, `SELECT m.number FROM matter m JOIN complaint c ON c.matter_id = m.id ORDER BY 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	told, have := map[string]int{}, map[string]int{}
	for _, r := range receipts {
		told[r.Number]++
	}
	for _, number := range stored {
		have[number]++
	}
	if diff := cmp.Diff(told, have); diff != "" {
		t.Errorf("%d receipts, %d complaints; receipts - complaints +:\n%s", len(receipts), len(stored), diff)
	}
	for table, each := range map[string]int64{"event": 1, "clock": 3, "form_token": 1, "access_code": 1, "identity": 1, "letter": 1} {
		n, err := pg.One[int64](ctx, o.owner, `SELECT count(*) FROM `+table, nil)
		if err != nil || n != each*int64(len(receipts)) {
			t.Errorf("%s has %d rows for %d complaints, %v", table, n, len(receipts), err)
		}
	}
	for i, form := range forms {
		again, _, err := o.insist(ctx, form)
		if err != nil || again != receipts[i] {
			t.Errorf("form %d was %v and is %v when it is sent again, %v", i, receipts[i], again, err)
		}
	}
	if out, err := o.Run(ctx, "verify"); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}
