package document

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// prefixes are what may stand before the year; the counter's CHECK is the same.
var prefixes = regexp.MustCompile(`^[一-龥]{1,11}$`)

// Ready says whether documents can be numbered under a prefix; if not, with a
// sentence for the person who wants to sign.
func Ready(prefix string) error {
	switch {
	case prefix == "":
		return fault.New(fault.Forbidden, "还没有配置发文字号的机关代字，不能签发。请系统管理员在设置里填写，填好就能签。")
	case !prefixes.MatchString(prefix):
		return fault.New(fault.Forbidden, "发文字号的机关代字只能用 1 到 11 个汉字，不能签发。请系统管理员改正。")
	}
	return nil
}

// Signing is a paper about to be signed.
type Signing struct {
	Matter int64
	Seq    int64 // of the event that signs it
	Kind   Kind
	Prefix string
	Paper  Paper // without number and date
	By     int64
	At     time.Time
}

// Signed is what the signing made; its rows are written by queue.
type Signed struct {
	Number string
	Digest string
}

// SignTx takes the next number, freezes the paper and hands its insert to
// queue, inside the caller's transaction. Whoever signs next under the same
// prefix waits until this transaction ends: that is what keeps the numbers
// without gaps. The insert goes after the event of the same move.
func SignTx(ctx context.Context, tx pg.Queryer, s Signing, queue func(sql string, args pg.Args)) (Signed, error) {
	if err := Ready(s.Prefix); err != nil {
		return Signed{}, err
	}
	day := clock.On(s.At)
	serial, err := pg.One[int](ctx, tx, `
		INSERT INTO document_counter AS c (prefix, year, last) VALUES (@prefix, @year, 1)
		ON CONFLICT (prefix, year) DO UPDATE SET last = c.last + 1
		RETURNING last`,
		pg.Args{"prefix": s.Prefix, "year": day.Year})
	if err != nil {
		return Signed{}, fmt.Errorf("document number: %w", err)
	}
	s.Paper.Number, s.Paper.Date = Number(s.Prefix, day.Year, serial), day.Long()
	f, err := freeze(s.Paper)
	if err != nil {
		return Signed{}, err
	}
	queue(`
		INSERT INTO document (matter_id, seq, kind, prefix, year, serial, title, paper, html, digest, signed_by, signed_at)
		VALUES (@matter, @seq, @kind, @prefix, @year, @serial, @title, @paper, @html, @digest, @by, @at)`,
		pg.Args{"matter": s.Matter, "seq": s.Seq, "kind": string(s.Kind), "prefix": s.Prefix, "year": day.Year, "serial": serial,
			"title": s.Paper.Heading(), "paper": f.paper, "html": f.html, "digest": f.digest, "by": s.By, "at": s.At})
	return Signed{s.Paper.Number, f.digest}, nil
}

// Service is the note that a document reached its addressee.
type Service struct {
	Document int64
	Seq      int64 // of the event that records it
	How      string
	On       clock.Date
}

// Serve queues the note of service; the database takes it once.
func Serve(s Service, queue func(sql string, args pg.Args)) {
	queue(`UPDATE document SET served_seq = @seq, served_on = @on, served_how = @how WHERE id = @id`,
		pg.Args{"id": s.Document, "seq": s.Seq, "on": s.On, "how": s.How})
}

// row is a document as its statement gives it.
type row struct {
	ID        int64
	Kind      Kind
	Number    string
	Title     string
	Paper     string
	HTML      string
	Digest    string
	SignedBy  string
	SignedAt  time.Time
	ServedOn  clock.Date
	ServedHow string
	Void      bool
}

// Parse reads the kept content of a document.
func Parse(paper string) (Paper, error) {
	var p Paper
	if err := json.Unmarshal([]byte(paper), &p); err != nil {
		return p, fmt.Errorf("document: %w", err)
	}
	return p, nil
}

// OfSQL reads the documents of a matter, whose id follows it, for Collect; then comes
// OfOrder, the newest first. @void is Void. Who may see the matter is for the caller to
// have asked.
const (
	OfSQL = `
		SELECT d.id, d.kind, d.number, d.title, d.paper, d.html, d.digest, s.name AS signed_by, d.signed_at, d.served_on, d.served_how,
			d.served_on IS NULL AND EXISTS (SELECT FROM event e WHERE e.matter_id = d.matter_id AND e.seq > d.seq AND e.action = @void) AS void
		FROM document d JOIN staff s ON s.id = d.signed_by
		WHERE d.matter_id = `
	OfOrder = ` ORDER BY d.seq DESC`
)

// Collect reads the rows of OfSQL.
func Collect(found pgx.Rows) ([]Document, error) {
	rows, err := pgx.CollectRows(found, pgx.RowToStructByName[row])
	if err != nil {
		return nil, err
	}
	out := make([]Document, len(rows))
	for i, r := range rows {
		out[i] = Document{
			ID: r.ID, Kind: r.Kind, Number: r.Number, Title: r.Title, HTML: r.HTML, Digest: r.Digest,
			SignedBy: r.SignedBy, SignedAt: r.SignedAt, ServedOn: r.ServedOn, ServedHow: r.ServedHow, Void: r.Void,
		}
		if out[i].Paper, err = Parse(r.Paper); err != nil {
			return nil, err
		}
	}
	return out, nil
}
