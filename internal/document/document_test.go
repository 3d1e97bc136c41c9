package document_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

var paper = document.Paper{
	Issuer: "县政务诚信监督办公室", Title: []string{"关于对东岭镇人民政府", "予以书面警示的函"}, Addressee: "东岭镇人民政府",
	Parts: []document.Part{{Text: "一、查明的事实", Head: true}, {Text: "尚欠 <b>52.30</b> 万元 & 利息。"}},
}

// matters files complaints whose first events the documents hang on.
func matters(t *testing.T, o *complainttest.Office, n int) []int64 {
	t.Helper()
	for range n {
		o.File(t, complainttest.Intake())
	}
	ids, err := pg.All[int64](t.Context(), o.DB.Owner, `SELECT id FROM matter ORDER BY id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

var errChanged = errors.New("the signer thought better of it")

// sign signs in one transaction; fail undoes it after the number was taken.
func sign(ctx context.Context, o *complainttest.Office, matter int64, at time.Time, fail bool) (document.Signed, error) {
	var signed document.Signed
	err := pg.Tx(ctx, o.DB.Admin, func(tx pgx.Tx) error {
		var rest pgx.Batch
		var err error
		signed, err = document.SignTx(ctx, tx, document.Signing{
			Matter: matter, Seq: 1, Kind: document.Warning, Prefix: "演示", Paper: paper, By: o.People[staff.Leader].ID, At: at,
		}, func(sql string, args pg.Args) { rest.Queue(sql, args) })
		if err != nil {
			return err
		}
		if fail {
			return errChanged
		}
		return tx.SendBatch(ctx, &rest).Close()
	})
	return signed, err
}

func TestNumbersHaveNoGapsWhenTwentySignAndSomeFail(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	ids := matters(t, o, 20)
	var wg sync.WaitGroup
	for i, id := range ids {
		wg.Go(func() {
			_, err := sign(t.Context(), o, id, o.Now(), i%3 == 0)
			if want := i%3 == 0; want != errors.Is(err, errChanged) || !want && err != nil {
				t.Errorf("signing %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	got, err := pg.All[int](t.Context(), o.DB.Owner, `SELECT serial FROM document ORDER BY serial`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []int
	for serial := range 13 {
		want = append(want, serial+1)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNumbersBeginAnewWithTheYear(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	ids := matters(t, o, 3)
	eve := time.Date(2026, 12, 31, 15, 59, 59, 0, time.UTC) // 23:59:59 in Shanghai
	var got []string
	for i, at := range []time.Time{eve, eve, eve.Add(time.Second)} {
		signed, err := sign(t.Context(), o, ids[i], at, false)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, signed.Number)
	}
	if diff := cmp.Diff([]string{"演示〔2026〕1号", "演示〔2026〕2号", "演示〔2027〕1号"}, got); diff != "" {
		t.Error(diff)
	}
}

// documentsOf reads the documents of a matter.
func documentsOf(t *testing.T, o *complainttest.Office, matter int64) ([]document.Document, error) {
	t.Helper()
	rows, err := o.DB.Admin.Query(t.Context(), document.OfSQL+`@id`+document.OfOrder, pgx.NamedArgs{"id": matter, "void": document.Void})
	if err != nil {
		t.Fatal(err)
	}
	return document.Collect(rows)
}

func TestASignedDocumentIsReadAsItWasSigned(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	id := matters(t, o, 1)[0]
	signed, err := sign(t.Context(), o, id, o.Now(), false)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := documentsOf(t, o, id)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	doc := docs[0]
	if !doc.Intact() || doc.Digest != signed.Digest || doc.Number != signed.Number || doc.Paper.Number != signed.Number || doc.Paper.Date != "2026年3月2日" {
		t.Errorf("%+v", doc)
	}
	for _, part := range []string{signed.Number, "2026年3月2日", "关于对东岭镇人民政府<br>予以书面警示的函", "尚欠 &lt;b&gt;52.30&lt;/b&gt; 万元 &amp; 利息。"} {
		if !strings.Contains(doc.HTML, part) {
			t.Errorf("the file does not say %q", part)
		}
	}
}

func TestNobodyChangesASignedDocument(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	id := matters(t, o, 1)[0]
	if _, err := sign(t.Context(), o, id, o.Now(), false); err != nil {
		t.Fatal(err)
	}
	forged := `UPDATE document SET html = 'x', digest = encode(sha256('x'), 'hex')`
	served := `UPDATE document SET served_seq = 1, served_on = '2026-03-02', served_how = 'direct'`
	for _, try := range []struct {
		who  string
		pool *pgxpool.Pool
		sql  []string
	}{
		{"portal", o.DB.Portal, []string{`SELECT * FROM document`, forged, `DELETE FROM document`, served, `SELECT * FROM document_counter`}},
		{"worker", o.DB.Worker, []string{forged, `DELETE FROM document`, served, `UPDATE document_counter SET last = last + 1`}},
		{"admin", o.DB.Admin, []string{forged, `UPDATE document SET serial = 2`, `UPDATE document SET title = 'x'`, `DELETE FROM document`, `TRUNCATE document`,
			`UPDATE document_counter SET last = last + 1`, `UPDATE document_counter SET last = 0`, `DELETE FROM document_counter`,
			`INSERT INTO document_counter VALUES ('另一', 2026, 1)`, `INSERT INTO document_counter VALUES ('另一', 2026, 7)`,
			`UPDATE document SET served_seq = 1, served_on = '2026-03-01', served_how = 'direct'`}}, // before it was signed
		{"owner", o.DB.Owner, []string{forged, `UPDATE document SET serial = 2`, `DELETE FROM document`, `TRUNCATE document CASCADE`,
			`INSERT INTO document (matter_id, seq, kind, prefix, year, serial, title, paper, html, digest, signed_by, signed_at)
				SELECT matter_id, seq, kind, prefix, year, 9, title, paper, html, digest, signed_by, signed_at FROM document`}},
	} {
		for _, sql := range try.sql {
			if _, err := try.pool.Exec(t.Context(), sql); err == nil {
				t.Errorf("%s may %s", try.who, sql)
			}
		}
	}
	if _, err := o.DB.Admin.Exec(t.Context(), served); err != nil {
		t.Errorf("the one note of service: %v", err)
	}
	if _, err := o.DB.Admin.Exec(t.Context(), `UPDATE document SET served_how = 'post'`); err == nil {
		t.Error("the service was noted twice")
	}
}

func TestWithoutAPrefixNothingIsNumbered(t *testing.T) {
	t.Parallel()
	for prefix, says := range map[string]string{"": "还没有配置", "ABC": "汉字", "演示〔": "汉字", strings.Repeat("演", 12): "汉字"} {
		if err := document.Ready(prefix); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), says) {
			t.Errorf("%q: %v", prefix, err)
		}
	}
	if err := document.Ready("演示"); err != nil {
		t.Error(err)
	}
}
