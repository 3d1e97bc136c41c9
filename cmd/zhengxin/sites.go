package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/admin"
	"zhengxin/admin/desk"
	"zhengxin/internal/backup"
	"zhengxin/internal/captcha"
	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/daybook"
	"zhengxin/internal/identity"
	"zhengxin/internal/kept"
	"zhengxin/internal/key"
	"zhengxin/internal/kinds"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/verify"
	"zhengxin/internal/watch"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal"
	"zhengxin/portal/site"
)

// portalApp is the public site over the portal's own connections and key file.
func (p *program) portalApp(pool *pgxpool.Pool, keys *key.Portal) *web.App {
	clocks := clock.NewBook(pool, p.now)
	complaints := p.complaints(pool, clocks, keys.EventKey(), keys.Codes(), keys)
	s := &site.Site{
		Pool: pool, Complaints: complaints, Categories: complaints.Categories, Units: complaints.Units, Clocks: clocks,
		Drafts:   &complaint.Drafts{Pool: pool, Now: p.now},
		Captchas: &captcha.Desk{Pool: pool, Now: p.now, Random: p.random},
		Settings: &setting.Book{Pool: pool, Now: p.now, Log: p.log},
		Notices:  notice.NewBoard(pool, p.now),
		Stats:    stats.NewBook(pool, kinds.Figures(), p.now),
		Key:      keys, Now: p.now, Random: p.random, Log: p.log,
	}
	return portal.App(s, p.site(p.config.PortalURL, pool))
}

// complaints is the register of one process, with that process's own keys.
func (p *program) complaints(pool *pgxpool.Pool, clocks *clock.Book, events key.EventKey, codes key.Codes, sealer identity.Sealer) *complaint.Register {
	engine := &workflow.Engine{Pool: pool, Key: events, Clocks: clocks, Now: p.now, Random: p.random}
	return complaint.New(register.NewOffice(engine), codes, sealer)
}

// adminApp is the staff desk over the desk's own connections and key file.
func (p *program) adminApp(pool *pgxpool.Pool, keys *key.Office) (*web.App, error) {
	accounts, err := p.accounts(pool, keys)
	if err != nil {
		return nil, err
	}
	complaints := p.complaints(pool, clock.NewBook(pool, p.now), keys.EventKey(), keys.Codes(), keys)
	site := &admin.Desk{Desk: desk.Desk{
		Office:   complaints.Office,
		Staff:    accounts,
		Settings: &setting.Book{Pool: pool, Now: p.now, Log: p.log, Record: record(accounts.Daybook)},
		Daybook:  accounts.Daybook,
		Public:   strings.TrimRight(p.config.PortalURL, "/"),
		Now:      p.now,
		Log:      p.log,
	}, Complaints: complaints, Identities: keys}
	site.Verify = func(ctx context.Context) (verify.Sum, error) {
		portal, err := key.LoadPortal(p.config.KeyDir)
		if err != nil { // another process's, which this one may not read: what it signed is said to be unchecked
			portal = nil
		}
		return verify.All(ctx, pool, key.NewEventKeys(keys, portal), kinds.Lawful, p.config.HeadsDir(), func(string) {})
	}
	at := p.site(p.config.AdminURL, pool)
	at.Beat = p.keptBeat(pool, at.Beat)
	return site.App(at), nil
}

// keptBeat adds how the backups go, for whoever watches the desk's machine: the public site
// says nothing of them.
func (p *program) keptBeat(pool *pgxpool.Pool, beat func(context.Context) string) func(context.Context) string {
	states := &kept.Value[backup.State]{Life: beatKept, Now: p.now, Read: func(ctx context.Context) (backup.State, error) { return backup.ReadState(ctx, pool) }}
	return func(ctx context.Context) string {
		said := beat(ctx)
		ctx, done := context.WithTimeout(ctx, beatPatience)
		defer done()
		state, err := states.Get(ctx)
		switch {
		case err != nil:
			return said + "\n备份：现在看不到"
		case state.Alarm(p.now()) != "":
			return said + "\n备份：" + state.Alarm(p.now())
		}
		return said + "\n备份：" + clock.Local(*state.MadeAt).Format("01-02 15:04") + " 做过"
	}
}

// accounts is the register of the staff; without the key it can add and list
// and let nobody in.
func (p *program) accounts(pool *pgxpool.Pool, keys *key.Office) (*staff.Register, error) {
	hashing, err := staff.NewHashing()
	if err != nil {
		return nil, err
	}
	return &staff.Register{Pool: pool, Key: keys, Now: p.now, Random: p.random, Hashing: hashing, Log: p.log, Daybook: p.daybook(keys)}, nil
}

// daybook is the book in which changes of the office are written down; nil without
// office.key.
func (p *program) daybook(keys *key.Office) *daybook.Book {
	if keys == nil {
		return nil
	}
	return &daybook.Book{Key: keys.EventKey(), Now: p.now, Random: p.random}
}

// record is how settings write down who changed them.
func record(book *daybook.Book) func(context.Context, pgx.Tx, int64, func() error) error {
	return func(ctx context.Context, tx pgx.Tx, by int64, do func() error) error {
		return book.Record(ctx, tx, daybook.Act{Action: "set", By: by}, do)
	}
}

// site is what both have in common.
func (p *program) site(url string, pool *pgxpool.Pool) web.Config {
	return web.Config{
		URL: url, Proxies: p.config.Proxies(), Log: p.log, Now: p.now,
		Ready: func(ctx context.Context) error {
			return errors.Join(pg.Ping(ctx, pool), pg.Room(p.config.DataDir))
		},
		Beat:  p.beat(pool),
		Drain: drain(url),
	}
}

// beatKept bounds what whoever asks for the health every moment costs.
const beatKept = 10 * time.Second

// beatPatience is how long the health waits for the database: whoever asks wants to know
// that the process answers.
const beatPatience = time.Second

// beat says how the background work goes.
func (p *program) beat(pool *pgxpool.Pool) func(context.Context) string {
	beats := &kept.Value[[]watch.Beat]{Life: beatKept, Now: p.now, Read: func(ctx context.Context) ([]watch.Beat, error) { return watch.Beats(ctx, pool) }}
	return func(ctx context.Context) string {
		ctx, done := context.WithTimeout(ctx, beatPatience)
		defer done()
		found, err := beats.Get(ctx)
		if err != nil {
			return "后台工作：现在看不到"
		}
		return watch.Words(found, p.now())
	}
}

// drain leaves a balancer time to look away; a small office without one, whose
// site is plain http, stops at once.
func drain(url string) time.Duration {
	if strings.HasPrefix(url, "https:") {
		return 3 * time.Second
	}
	return 0
}
