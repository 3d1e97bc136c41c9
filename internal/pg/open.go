package pg

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Options say how a pool is opened.
type Options struct {
	// Role is taken on with SET ROLE at every new connection: for an existing
	// server where only the owner's URL is known. It stops mistakes, not an
	// injection, and it needs a direct connection or a session pooler. Empty
	// where the URL's own login is the role.
	Role     string
	AppName  string // shown in pg_stat_activity
	MaxConns int32  // 0: what the URL says, else pgx's default
	Lazy     bool   // connect when first used, and say only then what is wrong
	// Generic says that all its statements are planned well without their values:
	// PostgreSQL plans each once a connection, and not five times and again whenever
	// it takes a plan with values for cheaper. Filing has thirty parts to plan.
	Generic bool
	// Tracer hears every statement that is sent; only tests have one.
	Tracer pgx.QueryTracer
}

// Open makes a pool and asks the server once, so that a wrong URL is told at
// the start. Every connection speaks UTC. Statements are prepared and cached
// per connection, which a transaction pooler (pgbouncer) breaks: there the URL
// carries default_query_exec_mode=exec, and workers need a direct connection.
func Open(ctx context.Context, url string, o Options) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database url: %w", err)
	}
	if o.MaxConns > 0 {
		config.MaxConns = o.MaxConns
	}
	config.MaxConnIdleTime = 5 * time.Minute
	config.MaxConnLifetimeJitter = 5 * time.Minute
	config.HealthCheckPeriod = 30 * time.Second
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	config.ConnConfig.Tracer = o.Tracer
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	if o.AppName != "" {
		config.ConnConfig.RuntimeParams["application_name"] = o.AppName
	}
	var set []string
	if o.Generic {
		set = append(set, "SET plan_cache_mode = force_generic_plan")
	}
	if o.Role != "" {
		set = append(set, "SET ROLE "+pgx.Identifier{o.Role}.Sanitize())
	}
	if len(set) > 0 {
		config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
			_, err := c.Exec(ctx, strings.Join(set, "; "))
			return Safe(err)
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", Safe(err))
	}
	if o.Lazy {
		return pool, nil
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open database: %w", Safe(err))
	}
	return pool, nil
}

// Ping is the readiness probe: one statement through the pool, with a short
// patience of its own, since a full pool is not ready either.
func Ping(ctx context.Context, pool *pgxpool.Pool) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return Safe(pool.Ping(ctx))
}
