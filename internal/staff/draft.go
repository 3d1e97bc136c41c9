package staff

import (
	"context"
	"encoding/json"
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
}

// SaveDraft keeps what was typed in place of what was kept before; nothing but
// blanks keeps nothing. It is not found where the person may not know of the
// matter. What arrives after its own form was sent (token says which) is let
// go: a save that was still on its way must not bring the text back.
func (r *Register) SaveDraft(ctx context.Context, p Person, at Sheet, token []byte, typed map[string][]string) (time.Time, error) {
	now := r.Now()
	if blank(typed) {
		return now, r.DropDraft(ctx, p, at)
	}
	plain, err := json.Marshal(typed)
	if err != nil {
		return now, fmt.Errorf("save draft: %w", err)
	}
	if len(plain) > mostOfDraft {
		return now, fault.New(fault.TooLarge, "没有保存：写的内容太多，草稿放不下，请删去一部分。")
	}
	sealed, err := r.Key.SealSecret(at.place(p.ID), plain)
	if err != nil {
		return now, fmt.Errorf("save draft: %w", err)
	}
	scope := p.Scope()
	known, err := pg.One[bool](ctx, r.Pool, `
		WITH place AS (
			SELECT m.id FROM (SELECT 1) AS one LEFT JOIN matter m ON m.number = @number AND (`+scope.SQL+`)
			WHERE m.id IS NOT NULL OR @number = ''
		), saved AS (
			INSERT INTO desk_draft (staff_id, matter_id, form, unit, sealed, saved_at, expires_at)
			SELECT @staff::bigint, place.id, @form::text, @unit::text, @sealed::bytea, @now::timestamptz, @until::timestamptz FROM place
			WHERE NOT EXISTS (SELECT 1 FROM form_token WHERE token_hash = @token AND action = @form)
			ON CONFLICT (staff_id, matter_id, form) DO UPDATE
			SET unit = excluded.unit, sealed = excluded.sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at
		)
		SELECT EXISTS (SELECT 1 FROM place)`,
		scope.With(pg.Args{"number": at.Matter, "form": at.Form, "staff": p.ID, "unit": p.Unit, "sealed": sealed,
			"token": key.Hash(token), "now": now, "until": now.Add(DraftLife)}))
	switch {
	case err != nil:
		return now, fmt.Errorf("save draft: %w", err)
	case !known:
		return now, fault.New(fault.NotFound, "没有保存：没有这一件，或者不归您看了。")
	}
	// A move that was deleting this row while the statement waited for it is seen
	// by a statement of its own: what was sent is not brought back.
	return now, r.drop(ctx, p, at, key.Hash(token))
}

// Drafts are what this person has typed into the forms of a matter, or into
// those that begin one where the number is empty: while they may know of the
// matter, and are still of the unit for which they wrote.
func (r *Register) Drafts(ctx context.Context, p Person, matter string) ([]Draft, error) {
	type row struct {
		Form    string
		Sealed  []byte
		SavedAt time.Time
	}
	scope := p.Scope()
	kept, err := pg.All[row](ctx, r.Pool, `
		SELECT d.form, d.sealed, d.saved_at FROM desk_draft d LEFT JOIN matter m ON m.id = d.matter_id
		WHERE d.staff_id = @staff AND d.unit = @unit AND d.expires_at > @now
			AND CASE WHEN @number = '' THEN d.matter_id IS NULL ELSE m.number = @number AND (`+scope.SQL+`) END
		ORDER BY d.saved_at`,
		scope.With(pg.Args{"staff": p.ID, "unit": p.Unit, "number": matter, "now": r.Now()}))
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", err)
	}
	var out []Draft
	for _, k := range kept {
		d := Draft{Sheet: Sheet{matter, k.Form}, At: k.SavedAt}
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

// DropDraft throws a draft away; where there is none it does nothing.
func (r *Register) DropDraft(ctx context.Context, p Person, at Sheet) error {
	return r.drop(ctx, p, at, nil)
}

// drop throws a draft away; with the hash of a form's token only if that form
// was sent.
func (r *Register) drop(ctx context.Context, p Person, at Sheet, token []byte) error {
	_, err := pg.Exec(ctx, r.Pool, `
		DELETE FROM desk_draft
		WHERE staff_id = @staff AND form = @form AND matter_id IS NOT DISTINCT FROM (SELECT id FROM matter WHERE number = @number)
			AND (@token::bytea IS NULL OR EXISTS (SELECT 1 FROM form_token WHERE token_hash = @token AND action = @form))`,
		pg.Args{"staff": p.ID, "form": at.Form, "number": at.Matter, "token": token})
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
