// Package setting is what an office calls itself and how it is reached. What
// is not set is empty and shown as 待配置: nothing is ever invented.
package setting

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Settings of the office.
type Settings struct {
	Host           string // 主办
	Hotline        string
	Address        string // where visitors come
	Mailbox        string
	DocumentPrefix string // 发文字号的机关代字; documents cannot be signed without it
	Issuer         string // who signs documents
	Demo           bool   // a demonstration: every page says so
}

// Keys of the table `setting`.
const (
	Host           = "host"
	Hotline        = "hotline"
	Address        = "visit_address"
	Mailbox        = "mailbox"
	DocumentPrefix = "document_prefix"
	Issuer         = "issuer"
	Demo           = "demo"
)

// Book keeps the settings for a short time.
type Book struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
	Log  *slog.Logger

	once sync.Once
	kept kept.Value[Settings]
	last atomic.Pointer[Settings]
}

const life = 10 * time.Second

// Read gives the settings. When the database does not answer the last known
// ones serve: a page must be able to say that something is wrong.
func (b *Book) Read(ctx context.Context) Settings {
	b.once.Do(func() { b.kept.Life, b.kept.Now, b.kept.Read = life, b.Now, b.read })
	now, err := b.kept.Get(ctx)
	if err == nil {
		b.last.Store(&now)
		return now
	}
	b.Log.WarnContext(ctx, "settings not read", "error", err)
	if last := b.last.Load(); last != nil {
		return *last
	}
	return Settings{}
}

func (b *Book) read(ctx context.Context) (Settings, error) {
	type row struct{ Key, Value string }
	rows, err := pg.All[row](ctx, b.Pool, `SELECT key, value FROM setting`, nil)
	if err != nil {
		return Settings{}, err
	}
	values := map[string]string{}
	for _, r := range rows {
		values[r.Key] = r.Value
	}
	return Settings{
		Host: values[Host], Hotline: values[Hotline], Address: values[Address], Mailbox: values[Mailbox],
		DocumentPrefix: values[DocumentPrefix], Issuer: values[Issuer], Demo: values[Demo] == "true",
	}, nil
}
