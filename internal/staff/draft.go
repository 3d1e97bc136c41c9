package staff

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// DraftLife is how long something typed at the desk may lie unsent.
const DraftLife = 7 * 24 * time.Hour

// mostOfDraft leaves room for the seal within what the table takes (256 KiB).
const mostOfDraft = 250 << 10

// Sheet is a form of the desk: the action that it carries out, and the number
// of its matter, which is empty for one that begins a matter.
type Sheet struct{ Matter, Form string }

// place binds a sealed draft to its writer and its sheet.
func (s Sheet) place(staffID int64) key.Place {
	return key.Place{Table: "desk_draft", ID: strconv.FormatInt(staffID, 10) + "/" + s.Matter + "/" + s.Form, Column: "sealed"}
}

// Draft is what somebody typed into a form of the desk and has not sent.
type Draft struct {
	Sheet
	Typed map[string][]string
	At    time.Time
	Of    string // names it as it stands: another save has another name
	page  []byte
}

// SavedBy tells that the page of a form with this token saved it last.
func (d Draft) SavedBy(token []byte) bool { return bytes.Equal(d.page, key.Hash(token)) }

// draftOf is the name of a row d.
const draftOf = `(encode(d.page, 'hex') || '.' || d.saves)`

// DraftOfPage tells of a row d that it holds what a form holds: its @page saved it, or was
// filled with it, which @of names.
const DraftOfPage = `(d.page = @page OR ` + draftOf + ` = @of)`

// mostDrafts bounds how many drafts of one form somebody has.
const mostDrafts = 5

// Saving is a form that is kept: of names the draft that its fields were filled with.
type Saving struct {
	Token []byte // of the form
	Of    string
	Typed map[string][]string
}

// Saved is what became of it.
type Saved struct {
	At     time.Time
	Others int       // other drafts of the same form
	Newest time.Time // when the newest of them was saved
}

// SaveDraft keeps what was typed in place of what this page kept before, or of the draft
// that it was filled with; nothing but blanks keeps nothing. What another window saved
// meanwhile stays beside it. It is not found where the person may not know of the
// matter. What arrives after its own form was sent (the token says which) is let
// go: a save that was still on its way must not bring the text back.
func (r *Register) SaveDraft(ctx context.Context, p Person, at Sheet, in Saving) (Saved, error) {
	saved, err := r.saveDraft(ctx, p, at, in)
	if !fault.Is(err, fault.Conflict) {
		return saved, err
	}
	if room, dropErr := r.dropUnreadable(ctx, p, at); dropErr != nil || !room {
		return Saved{}, errors.Join(err, dropErr)
	}
	return r.saveDraft(ctx, p, at, in)
}

func (r *Register) saveDraft(ctx context.Context, p Person, at Sheet, in Saving) (Saved, error) {
	now, page := r.Now(), key.Hash(in.Token)
	if blank(in.Typed) {
		return Saved{At: now}, r.drop(ctx, p, at, dropped{of: in.Of, page: page})
	}
	plain, err := json.Marshal(in.Typed)
	if err != nil {
		return Saved{}, fmt.Errorf("save draft: %w", err)
	}
	if len(plain) > mostOfDraft {
		return Saved{}, fault.New(fault.TooLarge, "没有保存：写的内容太多，草稿放不下，请删去一部分。")
	}
	sealed, err := r.Key.SealSecret(at.place(p.ID), plain)
	if err != nil {
		return Saved{}, fmt.Errorf("save draft: %w", err)
	}
	scope := p.Scope()
	type row struct {
		Known, Kept bool
		Others      int
		Newest      *time.Time
	}
	did, err := pg.One[row](ctx, r.Pool, `
		WITH place AS (
			SELECT m.id FROM (SELECT 1) AS one LEFT JOIN matter m ON m.number = @number AND (`+scope.SQL+`)
			WHERE m.id IS NOT NULL OR @number = ''
		), there AS (
			SELECT d.saved_at, d.page = @page AS own, `+draftOf+` = @of AS filled FROM desk_draft d JOIN place ON d.matter_id IS NOT DISTINCT FROM place.id
			WHERE d.staff_id = @staff AND d.unit = @unit AND d.form = @form AND d.expires_at > @now
		), others AS (
			SELECT saved_at FROM there WHERE NOT own AND NOT (filled AND NOT EXISTS (SELECT FROM there WHERE own))
		), took AS (
			UPDATE desk_draft d SET page = @page, saves = d.saves + 1, unit = @unit::text, sealed = @sealed::bytea, saved_at = @now::timestamptz, expires_at = @until::timestamptz
			FROM place
			WHERE d.staff_id = @staff AND d.form = @form AND d.matter_id IS NOT DISTINCT FROM place.id
				AND (d.page = @page OR `+draftOf+` = @of AND NOT EXISTS (SELECT FROM there WHERE own))
				AND NOT EXISTS (SELECT FROM form_token WHERE token_hash = @page AND action = @form)
			RETURNING 1
		), saved AS (
			INSERT INTO desk_draft (staff_id, matter_id, form, page, unit, sealed, saved_at, expires_at)
			SELECT @staff::bigint, place.id, @form::text, @page::bytea, @unit::text, @sealed::bytea, @now::timestamptz, @until::timestamptz FROM place
			WHERE NOT EXISTS (SELECT FROM form_token WHERE token_hash = @page AND action = @form) AND NOT EXISTS (SELECT FROM took)
				AND (SELECT count(*) FROM there) < @most
			ON CONFLICT (staff_id, matter_id, form, page) DO UPDATE
			SET saves = desk_draft.saves + 1, unit = excluded.unit, sealed = excluded.sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at
			RETURNING 1
		)
		SELECT EXISTS (SELECT FROM place) AS known,
			EXISTS (SELECT FROM took) OR EXISTS (SELECT FROM saved) OR EXISTS (SELECT FROM form_token WHERE token_hash = @page AND action = @form) AS kept,
			(SELECT count(*) FROM others)::int AS others, (SELECT max(saved_at) FROM others) AS newest`,
		scope.With(pg.Args{"number": at.Matter, "form": at.Form, "staff": p.ID, "unit": p.Unit, "sealed": sealed,
			"page": page, "of": in.Of, "most": mostDrafts, "now": now, "until": now.Add(DraftLife)}))
	switch {
	case err != nil:
		return Saved{}, fmt.Errorf("save draft: %w", err)
	case !did.Known:
		return Saved{}, fault.New(fault.NotFound, "没有保存：没有这一件，或者不归您看了。")
	case !did.Kept:
		return Saved{}, fault.New(fault.Conflict, "没有保存：这张表已经存了 %d 份别的草稿，请先在这张表上去掉不要的。", did.Others)
	}
	saved := Saved{At: now, Others: did.Others}
	if did.Newest != nil {
		saved.Newest = *did.Newest
	}
	// A move that was deleting this row while the statement waited for it is seen
	// by a statement of its own: what was sent is not brought back.
	return saved, r.drop(ctx, p, at, dropped{page: page, sent: true})
}

// Drafts are what this person has typed into the forms of a matter, or into
// those that begin one where the number is empty, the newest first: while they may know of the
// matter, and are still of the unit for which they wrote.
func (r *Register) Drafts(ctx context.Context, p Person, matter string) ([]Draft, error) {
	type row struct {
		Form    string
		Sealed  []byte
		SavedAt time.Time
		Page    []byte
		Of      string
	}
	scope := p.Scope()
	kept, err := pg.All[row](ctx, r.Pool, `
		SELECT d.form, d.sealed, d.saved_at, d.page, `+draftOf+` AS of FROM desk_draft d LEFT JOIN matter m ON m.id = d.matter_id
		WHERE d.staff_id = @staff AND d.unit = @unit AND d.expires_at > @now
			AND CASE WHEN @number = '' THEN d.matter_id IS NULL ELSE m.number = @number AND (`+scope.SQL+`) END
		ORDER BY d.saved_at DESC`,
		scope.With(pg.Args{"staff": p.ID, "unit": p.Unit, "number": matter, "now": r.Now()}))
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", err)
	}
	var out []Draft
	for _, k := range kept {
		d := Draft{Sheet: Sheet{matter, k.Form}, At: k.SavedAt, Of: k.Of, page: k.Page}
		if d.Typed, err = r.openDraft(d.place(p.ID), k.Sealed); err != nil {
			// The key is no longer there: the page must open all the same.
			r.logDraft(ctx, p, err)
			continue
		}
		out = append(out, d)
	}
	return out, nil
}

func (r *Register) openDraft(place key.Place, sealed []byte) (typed map[string][]string, err error) {
	plain, err := r.Key.OpenSecret(place, sealed)
	if err != nil {
		return nil, err
	}
	return typed, json.Unmarshal(plain, &typed)
}

func (r *Register) logDraft(ctx context.Context, p Person, err error) {
	if r.Log != nil {
		r.Log.LogAttrs(ctx, slog.LevelWarn, "draft not opened", slog.Int64("staff", p.ID), slog.String("error", err.Error()))
	}
}

// dropUnreadable makes room at the bound: of the drafts of a form that no key opens any
// more, and which nobody could throw away since no page shows them, the oldest goes. False
// when there is none.
func (r *Register) dropUnreadable(ctx context.Context, p Person, at Sheet) (bool, error) {
	type row struct {
		Of     string
		Sealed []byte
	}
	kept, err := pg.All[row](ctx, r.Pool, `
		SELECT `+draftOf+` AS of, d.sealed FROM desk_draft d LEFT JOIN matter m ON m.id = d.matter_id
		WHERE d.staff_id = @staff AND d.unit = @unit AND d.form = @form AND coalesce(m.number, '') = @number
		ORDER BY d.saved_at`, pg.Args{"staff": p.ID, "unit": p.Unit, "form": at.Form, "number": at.Matter})
	if err != nil {
		return false, fmt.Errorf("unreadable drafts: %w", err)
	}
	for _, k := range kept {
		if _, err := r.openDraft(at.place(p.ID), k.Sealed); err != nil {
			return true, r.drop(ctx, p, at, dropped{of: k.Of})
		}
	}
	return false, nil
}

// DropDraft throws away what was kept of a form that was sent or that nobody wants any
// more: what its page saved, and what it was filled with; without a token, the draft of that
// name alone. A move of a matter does so itself.
func (r *Register) DropDraft(ctx context.Context, p Person, at Sheet, token []byte, of string) error {
	which := dropped{of: of}
	if len(token) > 0 {
		which.page = key.Hash(token)
	}
	return r.drop(ctx, p, at, which)
}

// dropped says which drafts of a form go: that of a name, those of a page; sent: only if
// the page's form was sent.
type dropped struct {
	of   string
	page []byte
	sent bool
}

func (r *Register) drop(ctx context.Context, p Person, at Sheet, which dropped) error {
	_, err := pg.Exec(ctx, r.Pool, `
		DELETE FROM desk_draft d
		WHERE d.staff_id = @staff AND d.form = @form AND d.matter_id IS NOT DISTINCT FROM (SELECT id FROM matter WHERE number = @number)
			AND `+DraftOfPage+`
			AND (NOT @sent OR EXISTS (SELECT 1 FROM form_token WHERE token_hash = @page AND action = @form))`,
		pg.Args{"staff": p.ID, "form": at.Form, "number": at.Matter, "page": which.page, "of": which.of, "sent": which.sent})
	if err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}

// blank says that nothing was typed.
func blank(typed map[string][]string) bool {
	for _, values := range typed {
		if strings.TrimSpace(strings.Join(values, "")) != "" {
			return false
		}
	}
	return true
}
