package complaint

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// DraftLife is how long a filing may lie unsent, and DraftCookieLife how long a browser
// keeps what opens it: a day or two longer than there is anything to open, so that a
// step sent too late is known to be our own, and told what has become of the rest.
//
// CodeLife is how long a resume code opens a draft, which lies unsent as long.
const (
	DraftLife       = 24 * time.Hour
	DraftCookieLife = 3 * DraftLife
	CodeLife        = 7 * 24 * time.Hour
)

// Drafts keep filings under way, sealed under a key that only the visitor's
// cookie holds: neither a process nor a dump can read them.
type Drafts struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
}

// Saved is a draft as it was last saved; Content is nil when there is none.
type Saved struct {
	Content []byte
	At      time.Time
	Until   time.Time
	sealed  []byte // as it lies in the table, by which it is known again
}

const (
	draftPurpose = "draft"
	codePurpose  = "draft code"
)

// mostOfDraft leaves room for the seal within what the table takes (256 KiB).
const mostOfDraft = 250 << 10

// DraftID is the row of a visitor's draft.
func DraftID(visitor key.Secret) []byte { return visitor.ID(draftPurpose) }

// CodeID is the row of a resume code.
func CodeID(code key.Secret) []byte { return code.ID(codePurpose) }

// Load reads a visitor's draft; a draft that is not there or has lapsed is
// empty, not an error.
func (d *Drafts) Load(ctx context.Context, visitor key.Secret) (Saved, error) {
	return d.load(ctx, visitor, draftPurpose)
}

// LoadEach reads the drafts of several visitors in their order, by one query, and gives
// each to take until that wants no more: only what it takes is opened.
func (d *Drafts) LoadEach(ctx context.Context, visitors []key.Secret, take func(i int, saved Saved) (more bool, err error)) error {
	return d.each(ctx, visitors, draftPurpose, take)
}

func (d *Drafts) load(ctx context.Context, secret key.Secret, purpose string) (saved Saved, err error) {
	err = d.each(ctx, []key.Secret{secret}, purpose, func(_ int, found Saved) (bool, error) {
		saved = found
		return false, nil
	})
	return saved, err
}

func (d *Drafts) each(ctx context.Context, secrets []key.Secret, purpose string, take func(i int, saved Saved) (more bool, err error)) error {
	type row struct {
		ID        []byte
		Sealed    []byte
		SavedAt   time.Time
		ExpiresAt time.Time
	}
	ids := make([][]byte, len(secrets))
	for i, secret := range secrets {
		ids[i] = secret.ID(purpose)
	}
	rows, err := pg.All[row](ctx, d.Pool, `
		SELECT id, sealed, saved_at, expires_at FROM draft WHERE id = ANY(@ids::bytea[]) AND expires_at > @now`,
		pg.Args{"ids": ids, "now": d.Now()})
	if err != nil {
		return fmt.Errorf("load draft: %w", err)
	}
	for i, secret := range secrets {
		var saved Saved
		if n := slices.IndexFunc(rows, func(r row) bool { return bytes.Equal(r.ID, ids[i]) }); n >= 0 {
			kept := rows[n]
			plain, err := secret.Box(purpose).Open(ids[i], kept.Sealed)
			if err != nil {
				return fmt.Errorf("open draft: %w", err)
			}
			saved = Saved{Content: plain, At: kept.SavedAt, Until: kept.ExpiresAt, sealed: kept.Sealed}
		}
		if more, err := take(i, saved); err != nil || !more {
			return err
		}
	}
	return nil
}

// Update saves a draft that is still there and says whether it was. A draft that
// a filing took with it is never brought back: its token is used up, and the next
// complaint from the same browser would be answered with the old receipt. Nor is one
// that was cleared away. It is kept for another 24 hours, and until least.
func (d *Drafts) Update(ctx context.Context, visitor key.Secret, content []byte, least time.Time) (Saved, bool, error) {
	n, saved, err := d.write(ctx, visitor, draftPurpose, content, d.until(least), `
		UPDATE draft SET sealed = @sealed, saved_at = @now, expires_at = @until WHERE id = @id`, nil)
	return saved, n > 0, err
}

// Replace saves a draft in the place of the one that was read, and says whether that one
// was still there: a save by the script that is overtaken by the step itself must not
// undo it.
func (d *Drafts) Replace(ctx context.Context, visitor key.Secret, was Saved, content []byte, least time.Time) (Saved, bool, error) {
	n, saved, err := d.write(ctx, visitor, draftPurpose, content, d.until(least), `
		UPDATE draft SET sealed = @sealed, saved_at = @now, expires_at = @until WHERE id = @id AND sealed = @was`, was.sealed)
	return saved, n > 0, err
}

// Save keeps a draft for another 24 hours, also one that was not there before.
func (d *Drafts) Save(ctx context.Context, visitor key.Secret, content []byte) (Saved, error) {
	_, saved, err := d.write(ctx, visitor, draftPurpose, content, d.until(time.Time{}), insertDraft, nil)
	return saved, err
}

const insertDraft = `
		INSERT INTO draft (id, sealed, saved_at, expires_at) VALUES (@id, @sealed, @now, @until)
		ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at`

// Lent is what a resume code gives: what opens a draft, and the token of the filing that
// it was lent for, since the same browser may begin another draft in the same place.
type Lent struct {
	Visitor key.Secret
	Token   []byte
}

// Lend lets a resume code open a visitor's draft. Its row holds what opens the draft,
// sealed under what only the code gives, and ends at its own time.
func (d *Drafts) Lend(ctx context.Context, code key.Secret, lent Lent, until time.Time) error {
	content := lent.Visitor.Cookie() + string(lent.Token)
	_, _, err := d.write(ctx, code, codePurpose, []byte(content), until, insertDraft, nil)
	return err
}

// Resume is what the first of these codes lends that lends anything; false when none does.
func (d *Drafts) Resume(ctx context.Context, codes []key.Secret) (Lent, bool, error) {
	for _, code := range codes {
		saved, err := d.load(ctx, code, codePurpose)
		if err != nil {
			return Lent{}, false, err
		}
		cut := min(len(saved.Content), len(code.Cookie()))
		if visitor, ok := key.ParseSecret(string(saved.Content[:cut])); ok {
			return Lent{Visitor: visitor, Token: saved.Content[cut:]}, true, nil
		}
	}
	return Lent{}, false, nil
}

// Clear deletes drafts and codes by their rows.
func (d *Drafts) Clear(ctx context.Context, ids ...[]byte) error {
	if _, err := pg.Exec(ctx, d.Pool, `DELETE FROM draft WHERE id = ANY(@ids::bytea[])`, pg.Args{"ids": ids}); err != nil {
		return fmt.Errorf("clear draft: %w", err)
	}
	return nil
}

func (d *Drafts) until(least time.Time) time.Time {
	if until := d.Now().Add(DraftLife); until.After(least) {
		return until
	}
	return least
}

func (d *Drafts) write(ctx context.Context, secret key.Secret, purpose string, content []byte, until time.Time, sql string, was []byte) (int64, Saved, error) {
	if len(content) > mostOfDraft {
		return 0, Saved{}, fault.New(fault.TooLarge, "写的内容太多，草稿放不下，这一页没有保存。请删去一部分，再交一次。")
	}
	id, now := secret.ID(purpose), d.Now()
	sealed, err := secret.Box(purpose).Seal(id, content)
	if err != nil {
		return 0, Saved{}, fmt.Errorf("save draft: %w", err)
	}
	args := pg.Args{"id": id, "sealed": sealed, "now": now, "until": until}
	if was != nil {
		args["was"] = was
	}
	n, err := pg.Exec(ctx, d.Pool, sql, args)
	if err != nil {
		return 0, Saved{}, fmt.Errorf("save draft: %w", err)
	}
	return n, Saved{Content: content, At: now, Until: until, sealed: sealed}, nil
}
