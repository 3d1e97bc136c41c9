package complaint

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
)

// DraftLife is how long a filing may lie unsent, and DraftCookieLife how long a browser
// keeps what opens it: a day or two longer than there is anything to open, so that a
// step sent too late is known to be our own, and told what has become of the rest.
const (
	DraftLife       = 24 * time.Hour
	DraftCookieLife = 3 * DraftLife
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

const draftPurpose = "draft"

// mostOfDraft leaves room for the seal within what the table takes (256 KiB).
const mostOfDraft = 250 << 10

// DraftID is the row of a visitor's draft.
func DraftID(visitor key.Secret) []byte { return visitor.ID(draftPurpose) }

// Load reads a visitor's draft; a draft that is not there or has lapsed is
// empty, not an error.
func (d *Drafts) Load(ctx context.Context, visitor key.Secret) (Saved, error) {
	type row struct {
		Sealed    []byte
		SavedAt   time.Time
		ExpiresAt time.Time
	}
	id := DraftID(visitor)
	kept, err := pg.One[row](ctx, d.Pool, `
		SELECT sealed, saved_at, expires_at FROM draft WHERE id = @id AND expires_at > @now`,
		pg.Args{"id": id, "now": d.Now()})
	if pg.IsNoRows(err) {
		return Saved{}, nil
	}
	if err != nil {
		return Saved{}, fmt.Errorf("load draft: %w", err)
	}
	return openDraft(visitor, kept.Sealed, kept.SavedAt, kept.ExpiresAt)
}

func openDraft(visitor key.Secret, sealed []byte, at, until time.Time) (Saved, error) {
	plain, err := visitor.Box(draftPurpose).Open(DraftID(visitor), sealed)
	if err != nil {
		return Saved{}, fmt.Errorf("open draft: %w", err)
	}
	return Saved{Content: plain, At: at, Until: until, sealed: sealed}, nil
}

// Update saves a draft that is still there and says whether it was. A draft that
// a filing took with it is never brought back: its token is used up, and the next
// complaint from the same browser would be answered with the old receipt.
func (d *Drafts) Update(ctx context.Context, visitor key.Secret, content []byte) (Saved, bool, error) {
	n, saved, err := d.write(ctx, visitor, content, `
		UPDATE draft SET sealed = @sealed, saved_at = @now, expires_at = @until WHERE id = @id`, nil)
	return saved, n > 0, err
}

// Replace saves a draft in the place of the one that was read, and says whether that one
// was still there: a save by the script that is overtaken by the step itself must not
// undo it.
func (d *Drafts) Replace(ctx context.Context, visitor key.Secret, was Saved, content []byte) (Saved, bool, error) {
	n, saved, err := d.write(ctx, visitor, content, `
		UPDATE draft SET sealed = @sealed, saved_at = @now, expires_at = @until WHERE id = @id AND sealed = @was`, was.sealed)
	return saved, n > 0, err
}

// Save keeps a draft for another 24 hours, also one that was not there before.
func (d *Drafts) Save(ctx context.Context, visitor key.Secret, content []byte) (Saved, error) {
	_, saved, err := d.write(ctx, visitor, content, `
		INSERT INTO draft (id, sealed, saved_at, expires_at) VALUES (@id, @sealed, @now, @until)
		ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at, expires_at = excluded.expires_at`, nil)
	return saved, err
}

func (d *Drafts) write(ctx context.Context, visitor key.Secret, content []byte, sql string, was []byte) (int64, Saved, error) {
	if len(content) > mostOfDraft {
		return 0, Saved{}, fault.New(fault.TooLarge, "写的内容太多，草稿放不下，这一页没有保存。请删去一部分，再交一次。")
	}
	id, now := DraftID(visitor), d.Now()
	sealed, err := visitor.Box(draftPurpose).Seal(id, content)
	if err != nil {
		return 0, Saved{}, fmt.Errorf("save draft: %w", err)
	}
	args := pg.Args{"id": id, "sealed": sealed, "now": now, "until": now.Add(DraftLife)}
	if was != nil {
		args["was"] = was
	}
	n, err := pg.Exec(ctx, d.Pool, sql, args)
	if err != nil {
		return 0, Saved{}, fmt.Errorf("save draft: %w", err)
	}
	return n, Saved{Content: content, At: now, Until: now.Add(DraftLife), sealed: sealed}, nil
}
