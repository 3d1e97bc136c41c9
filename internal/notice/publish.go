package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Publication is a notice that is to be published.
type Publication struct {
	Kind      Kind
	Title     string
	Issuer    string // who signs it
	Number    string // of the document, with its prefix: 演示〔2026〕3 号
	Addressee string
	Body      string // one paragraph to a line; it is shown as text, never as HTML
	// Paper is the frozen document itself, kept to the byte; Digest is taken
	// of it here. Empty when there is none.
	Paper    string
	Document int64  // id of the numbered document, 0 for none
	Also     string // what stands beside the paper, one paragraph to a line
	Matter   int64  // id of the case, 0 for none
	Unit     string
	At       time.Time
	Until    clock.Date // the last day it is shown; a warning must have one
}

// PublishTx publishes inside a transaction of the office and gives the
// notice's id. A warning without a unit or a term is refused.
func PublishTx(ctx context.Context, tx pg.Queryer, p Publication) (int64, error) {
	args, err := p.args()
	if err != nil {
		return 0, err
	}
	id, err := pg.One[int64](ctx, tx, insert+` RETURNING id`, args)
	if err != nil {
		return 0, fmt.Errorf("notice: %w", err)
	}
	return id, nil
}

// Publish puts the insert into a batch, for a move that goes out as one.
func Publish(b *pgx.Batch, p Publication) error {
	args, err := p.args()
	if err != nil {
		return err
	}
	b.Queue(insert, args)
	return nil
}

const insert = `
	INSERT INTO notice (kind, title, issuer, number, addressee, body, paper, digest, document_id, matter_id, unit, published_at, until, also)
	VALUES (@kind, @title, @issuer, @number, @addressee, @body, @paper, @digest, nullif(@document, 0), nullif(@matter, 0),
		nullif(@unit, ''), @at, @until, @also)`

func (p Publication) args() (pg.Args, error) {
	switch {
	case words[p.Kind] == "" || p.Title == "" || strings.TrimSpace(p.Body) == "":
		return nil, fault.New(fault.Invalid, "公示要有标题和内容。")
	case p.Kind == Warning && (p.Unit == "" || p.Until.IsZero()):
		return nil, fault.New(fault.Invalid, "失信公示要写明是哪个单位、公示到哪一天。")
	case !p.Until.IsZero() && p.Until.Before(clock.On(p.At)):
		return nil, fault.New(fault.Invalid, "公示到期的日子在公布的日子之前。")
	}
	digest := ""
	if p.Paper != "" {
		sum := sha256.Sum256([]byte(p.Paper))
		digest = hex.EncodeToString(sum[:])
	}
	return pg.Args{
		"kind": string(p.Kind), "title": p.Title, "issuer": p.Issuer, "number": p.Number, "addressee": p.Addressee,
		"body": p.Body, "paper": p.Paper, "digest": digest, "document": p.Document, "matter": p.Matter, "unit": p.Unit,
		"at": p.At, "until": p.Until, "also": p.Also,
	}, nil
}

// TakeDown ends a publication before its term; the reason is for the record
// and never public. One that is down already is a Conflict.
func TakeDown(ctx context.Context, tx pg.Queryer, id int64, at time.Time, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.Invalid, "请写为什么提前撤下。")
	}
	n, err := pg.Exec(ctx, tx, `
		UPDATE notice SET taken_down_at = @at, taken_down_reason = @reason
		WHERE id = @id AND taken_down_at IS NULL`,
		pg.Args{"id": id, "at": at, "reason": reason})
	if err != nil {
		return fmt.Errorf("notice %d: %w", id, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "这份公示已经撤下了，或者没有这份公示。")
	}
	return nil
}
