package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Draft is a notice that the office writes itself, of no matter: what belongs to one is
// published and ended by its own register, for its own reasons.
type Draft struct {
	Kind      Kind
	Title     string
	Number    string
	Addressee string
	Body      string
	Unit      string     // whom it concerns; empty for nobody
	Until     clock.Date // zero: until it is taken down
	// Corrects is the notice that this one stands for from now on, and Why what was wrong
	// with it: both are said in the text itself, for everybody.
	Corrects *Record
	Why      string
}

// Written are the kinds that the office writes.
func Written() []Kind { return []Kind{Announcement, Circular, Policy} }

const (
	titleMost = 100
	bodyMost  = 20_000
	whyMost   = 500
)

// Cleaned is the draft as it would be published, and what is wrong with it.
func (d Draft) Cleaned(today clock.Date) (Draft, []fault.Field) {
	var all []fault.Field
	wrong := func(name, sentence string) {
		if sentence != "" {
			all = append(all, fault.Field{Name: name, Sentence: sentence})
		}
	}
	d.Title, d.Number, d.Addressee, d.Body, d.Why = form.Line(d.Title), form.Line(d.Number), form.Line(d.Addressee), form.Text(d.Body), form.Text(d.Why)
	if !slices.Contains(Written(), d.Kind) {
		wrong("kind", "请选是公告、通报还是政策")
	}
	line := func(name, typed, empty string, most int) {
		switch {
		case typed == "":
			wrong(name, empty)
		case form.Length(typed) > most:
			wrong(name, form.TooLong(typed, most))
		default:
			wrong(name, form.LineFault(typed))
		}
	}
	line("title", d.Title, "请写标题", titleMost)
	line("number", d.Number, "", 60)
	line("addressee", d.Addressee, "", 60)
	text := func(name, typed, empty string, most int) {
		switch long := form.TooLong(typed, most); {
		case typed == "" || form.Wordless(typed):
			wrong(name, empty)
		case long != "":
			wrong(name, long)
		default:
			wrong(name, form.TextFault(typed))
		}
	}
	text("body", d.Body, "请写内容", bodyMost)
	if !d.Until.IsZero() && d.Until.Before(today) {
		wrong("until", "到期的日子已经过了")
	}
	if d.Corrects != nil {
		text("why", d.Why, "请写更正了什么，为什么，公众看得到", whyMost)
	}
	return d, all
}

// Text is the body as it will stand, with what is corrected.
func (d Draft) Text() string {
	if d.Corrects == nil {
		return d.Body
	}
	return d.Body + "\n更正说明：" + strings.ReplaceAll(d.Why, "\n", " ") + "\n本" + d.Kind.Word() + "代替" + clock.On(d.Corrects.PublishedAt).Long() + "公开的《" + d.Corrects.Title + "》，原来的已经撤下。"
}

// As is the draft as a notice of that moment.
func (d Draft) As(issuer string, now time.Time) Notice {
	return Notice{Entry: Entry{Kind: d.Kind, Title: d.Title, Unit: d.Unit, PublishedAt: now, Until: d.Until}, Issuer: issuer, Number: d.Number, Addressee: d.Addressee, Body: d.Text()}
}

// Issue publishes a draft in the office's transaction and gives its id. What it corrects is
// taken down with it: two that contradict each other never stand side by side.
func (d Draft) Issue(ctx context.Context, tx pgx.Tx, issuer string, now time.Time) (int64, error) {
	if d.Corrects != nil {
		if err := TakeDown(ctx, tx, d.Corrects.ID, now, "更正："+d.Why); err != nil {
			return 0, err
		}
	}
	return PublishTx(ctx, tx, Publication{Kind: d.Kind, Title: d.Title, Issuer: issuer, Number: d.Number, Addressee: d.Addressee, Body: d.Text(), Unit: d.Unit, At: now, Until: d.Until})
}

// Whole is a notice as the office keeps it, also after its term.
type Whole struct {
	Record
	Issuer, Addressee, Body string
	Reason                  string // why it was taken down before its term
	Own                     bool   // of no matter, and written by the office: it is corrected and taken down here
}

// Of is a notice of the office's own list; NotFound where there is none.
func Of(ctx context.Context, q pg.Queryer, id int64) (Whole, error) {
	w, err := pg.One[Whole](ctx, q, `
		SELECT n.id, n.kind, n.title, coalesce(n.unit, '') AS unit, n.published_at, n.until, coalesce(u.name, '') AS unit_name, n.number, n.taken_down_at,
			n.issuer, n.addressee, n.body, n.taken_down_reason AS reason, n.matter_id IS NULL AND n.kind IN ('notice', 'circular', 'policy') AS own
		FROM notice n LEFT JOIN unit u ON u.code = n.unit WHERE n.id = @id`, pg.Args{"id": id})
	if pg.IsNoRows(err) {
		return Whole{}, absent()
	}
	if err != nil {
		return Whole{}, fmt.Errorf("notice %d: %w", id, err)
	}
	return w, nil
}

// Notice is it as the public reads it.
func (w Whole) Notice() Notice {
	return Notice{Entry: w.Entry, Issuer: w.Issuer, Number: w.Number, Addressee: w.Addressee, Body: w.Body}
}

// WhyFault is what is wrong with the reason for taking one down, empty when nothing is.
func WhyFault(why string) string {
	switch long := form.TooLong(why, whyMost); {
	case why == "" || form.Wordless(why):
		return "请写为什么撤下"
	case long != "":
		return long
	default:
		return form.TextFault(why)
	}
}
