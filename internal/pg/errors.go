package pg

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"zhengxin/internal/fault"
)

// safeError is a database error whose text may be logged; the cause stays
// reachable for errors.As, so what somebody takes out of it is theirs to guard.
type safeError struct {
	text string
	err  error
}

func (e *safeError) Error() string { return e.text }
func (e *safeError) Unwrap() error { return e.err }

// Is lets two things be found in it. context.DeadlineExceeded: the server's
// patience ended, as ours does, with a lock that is not given or a statement that
// takes too long. fault.ErrUnreachable: no connection came about, the server is
// stopping or starting, or it has no room. A connection that broke is neither:
// what was sent may have been saved.
func (e *safeError) Is(target error) bool {
	code := Code(e.err)
	switch target {
	case context.DeadlineExceeded:
		return code == "55P03" || code == "57014"
	case fault.ErrUnreachable:
		var away *pgconn.ConnectError
		return errors.As(e.err, &away) || strings.HasPrefix(code, "53") || code == "57P01" || code == "57P02" || code == "57P03"
	}
	return false
}

// Safe gives a database error a text that quotes no row and no argument:
// SQLSTATE, the message without values, the constraint. PostgreSQL puts whole
// rows into Detail, statements into Where, and pgx quotes arguments that it
// cannot encode. Other errors, and nil, come back as they are. One, All, Exec
// and Tx have done it already; call it after a bare Query, Scan or batch.
func Safe(err error) error {
	if err == nil {
		return nil
	}
	var done *safeError
	if errors.As(err, &done) {
		return err
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return &safeError{strings.ReplaceAll(err.Error(), server.Error(), reduced(server)), err}
	}
	var away *pgconn.ConnectError
	if errors.As(err, &away) {
		return &safeError{err.Error(), err}
	}
	if at := encodeFault.FindStringIndex(err.Error()); at != nil {
		return &safeError{err.Error()[:at[1]] + targetType(err.Error()[at[1]:]), err}
	}
	var scan pgx.ScanArgError
	if errors.As(err, &scan) {
		cause := scan.Err.Error()
		return &safeError{strings.Replace(err.Error(), cause, beforeQuote(cause), 1), err}
	}
	return err
}

var (
	encodeFault  = regexp.MustCompile(`failed to encode (args|\$)?\[?\d*\]?`)
	encodeTarget = regexp.MustCompile(` for ([a-z0-9_]+ )?\(?OID \d+\)?`)
)

// targetType keeps of an encoding fault what it was meant to become.
func targetType(text string) string {
	all := encodeTarget.FindAllString(text, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

func beforeQuote(text string) string {
	if i := strings.IndexAny(text, `"'`); i >= 0 {
		return strings.TrimRight(text[:i], " :") + " …"
	}
	return text
}

// reduced is the loggable text of a server error. Quotes hold names of tables
// and constraints, except where the complaint is about the data (class 22) or
// about a search text that does not parse: there they hold what was typed.
func reduced(e *pgconn.PgError) string {
	message := e.Message
	if strings.HasPrefix(e.Code, "22") || strings.Contains(message, "tsquery") {
		message = beforeQuote(message)
	}
	text := fmt.Sprintf("SQLSTATE %s: %s", e.Code, message)
	if e.ConstraintName != "" && !strings.Contains(message, e.ConstraintName) {
		text += fmt.Sprintf(" (constraint %s)", e.ConstraintName)
	}
	return text
}

// IsNoRows reports whether One found nothing.
func IsNoRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }

// OrNone takes an absent row for none.
func OrNone(err error) error {
	if IsNoRows(err) {
		return nil
	}
	return err
}

// IsUnique reports whether err is a second row where that constraint or unique
// index allows one; an empty name means any.
func IsUnique(err error, constraint string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505" && (constraint == "" || e.ConstraintName == constraint)
}

// Code is the SQLSTATE of a server error, empty for any other.
func Code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
