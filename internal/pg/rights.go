package pg

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// superuserRights takes away what PostgreSQL gives to everybody in a database.
//
//go:embed rights.sql
var superuserRights string

// settleRights gives every database the rights that no dump carries, or that it
// carries only for the server it was taken from. It is the last step of every
// Migrate, also of the one that follows a restore, and may run any number of
// times: what a database has by history alone, a restored one has not. All of it
// is one transaction: it runs at every start, and each would wait for the disk.
//
// What is here may not stand in a numbered file, which a restored database
// believes to have had.
func settleRights(ctx context.Context, pool *pgxpool.Pool, database string) error {
	all := append([]string{
		// A process alone can see which schema it meets.
		`GRANT SELECT ON goose_db_version, river_migration TO ` + RolePortal + `, ` + RoleAdmin + `, ` + RoleWorker,
		// A function is for whom it is granted to.
		`ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`,
		// The queue's own tables and functions are the worker's, also those that
		// come with a newer River. Whoever enqueues does it as the owner.
		`DO $$
		DECLARE
			it text;
		BEGIN
			FOR it IN SELECT c.oid::regclass FROM pg_class c
				WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'river\_%' AND c.relkind IN ('r', 'p') LOOP
				EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ` + RoleWorker + `', it);
			END LOOP;
			FOR it IN SELECT c.oid::regclass FROM pg_class c
				WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE 'river\_%' AND c.relkind = 'S' LOOP
				EXECUTE format('GRANT USAGE ON SEQUENCE %s TO ` + RoleWorker + `', it);
			END LOOP;
			FOR it IN SELECT p.oid::regprocedure FROM pg_proc p
				WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'river\_%' LOOP
				EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', it);
				EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ` + RoleWorker + `', it);
			END LOOP;
		END $$`,
	}, closing(database)...)
	if _, err := pool.Exec(ctx, strings.Join(all, "; ")); err != nil {
		return fmt.Errorf("settle the rights: %w", Safe(err))
	}
	return nil
}

// CloseDatabase leaves a database to its owner and to the three processes, who
// may connect to it and make no temporary table in it. This is the owner's to
// say, from any database of the server, and no copy and no dump of a database
// brings it along.
func CloseDatabase(ctx context.Context, q Queryer, name string) error {
	if _, err := q.Exec(ctx, strings.Join(closing(name), "; ")); err != nil {
		return fmt.Errorf("close the database: %w", Safe(err))
	}
	return nil
}

func closing(name string) []string {
	name = pgx.Identifier{name}.Sanitize()
	return []string{
		`REVOKE ALL ON DATABASE ` + name + ` FROM PUBLIC`,
		`GRANT CONNECT ON DATABASE ` + name + ` TO ` + strings.Join(roles, ", "),
	}
}

// Rights takes from the three roles what only a superuser may take, in a
// database of the private server that has been migrated.
func (s *Server) Rights(ctx context.Context, database string) error {
	conn, err := pgx.Connect(ctx, s.URL(superuser, database))
	if err != nil {
		return Safe(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, superuserRights); err != nil {
		return fmt.Errorf("rights of the roles: %w", Safe(err))
	}
	return nil
}
