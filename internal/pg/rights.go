package pg

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// superuserRights takes away what PostgreSQL gives to everybody in a database.
//
//go:embed rights.sql
var superuserRights string

// CloseDatabase leaves a database to its owner and to the three processes, who
// may connect to it and make no temporary table in it. This is the owner's to
// say, from any database of the server, and no copy and no dump of a database
// brings it along.
func CloseDatabase(ctx context.Context, q Queryer, name string) error {
	name = pgx.Identifier{name}.Sanitize()
	for _, sql := range []string{
		`REVOKE ALL ON DATABASE ` + name + ` FROM PUBLIC`,
		`GRANT CONNECT ON DATABASE ` + name + ` TO ` + strings.Join(roles, ", "),
	} {
		if _, err := Exec(ctx, q, sql, nil); err != nil {
			return fmt.Errorf("close the database: %w", err)
		}
	}
	return nil
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
