package pg

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Client prepares one of PostgreSQL's own client programs (pg_dump,
// pg_restore, psql) for a database. The password goes by the environment: a
// command line is seen by everybody on the machine. A dump holds no rights on
// PostgreSQL's own functions, which only a superuser could give back: Rights
// gives them anew.
func Client(ctx context.Context, url, program string, args ...string) (*exec.Cmd, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database url: %w", err)
	}
	all := installed()
	chosen, err := choose(all, "")
	if err != nil {
		return nil, err
	}
	if program == "pg_dump" {
		args = append([]string{"--exclude-schema=pg_catalog"}, args...)
	}
	cmd := exec.CommandContext(ctx, chosen.path(program), args...)
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "PGTZ=UTC", "PGHOST=" + config.Host,
		"PGPORT=" + strconv.Itoa(int(config.Port)), "PGUSER=" + config.User, "PGDATABASE=" + config.Database,
	}
	if config.Password != "" {
		cmd.Env = append(cmd.Env, "PGPASSWORD="+config.Password)
	}
	if config.TLSConfig != nil {
		cmd.Env = append(cmd.Env, "PGSSLMODE=require")
	}
	return cmd, nil
}

// Schema is the database's present schema as SQL, the same text for the same
// schema: our tables with their comments, rights and policies, without those
// of the job queue and of the migrations.
func Schema(ctx context.Context, url string) (string, error) {
	cmd, err := Client(ctx, url, "pg_dump", "--schema-only", "--no-owner")
	if err != nil {
		return "", err
	}
	var fault bytes.Buffer
	cmd.Stderr = &fault
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("pg_dump: %w: %s", err, strings.TrimSpace(fault.String()))
	}
	return readable(string(out)), nil
}

var (
	blockHead  = regexp.MustCompile(`(?m)^--\n-- Name: (.*); Type: (.*); Schema: .*\n--\n`)
	notOurs    = regexp.MustCompile(`(^| )(river_|goose_db_version|migrate_lock)`)
	sessionSet = regexp.MustCompile(`(?m)^(SET default_[a-z_]+ = .*|--\n-- PostgreSQL database dump complete\n--|\\unrestrict .*)$`)
)

// readable takes the blocks out of a dump. What goes: the head with its
// versions, the headings, which say less than the statement below them, and
// the blocks of other people's tables.
func readable(dump string) string {
	heads := blockHead.FindAllStringSubmatchIndex(dump, -1)
	var out strings.Builder
	last := ""
	for i, h := range heads {
		end := len(dump)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		name, kind := dump[h[2]:h[3]], dump[h[4]:h[5]]
		body := strings.TrimSpace(sessionSet.ReplaceAllString(dump[h[1]:end], ""))
		if body == "" || notOurs.MatchString(name) || kind == "INDEX" && strings.Contains(body, " ON public.river_") {
			continue
		}
		if out.Len() > 0 && !(kind == last && !strings.Contains(body, "\n")) {
			out.WriteString("\n")
		}
		out.WriteString(body + "\n")
		last = kind
	}
	return out.String()
}
