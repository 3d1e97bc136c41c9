package pg

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"zhengxin/internal/fault"
)

func TestAnErrorSaysNothingOfTheRow(t *testing.T) {
	t.Parallel()
	secret := "张秘密"
	unique := &pgconn.PgError{Severity: "ERROR", Code: "23505", Message: `duplicate key value violates unique constraint "paper_pkey"`,
		Detail: "Key (number)=(" + secret + ") already exists.", Where: secret, Hint: secret, ConstraintName: "paper_pkey"}
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"a second row", unique, `SQLSTATE 23505: duplicate key value violates unique constraint "paper_pkey"`},
		{"with the caller's words", fmt.Errorf("paper 7: %w", unique),
			`paper 7: SQLSTATE 23505: duplicate key value violates unique constraint "paper_pkey"`},
		{"a trigger's refusal", &pgconn.PgError{Code: "P0001", Message: "barred", ConstraintName: "assignment_barred"},
			"SQLSTATE P0001: barred (constraint assignment_barred)"},
		{"a wrong value", &pgconn.PgError{Code: "22P02", Message: `invalid input syntax for type integer: "` + secret + `"`},
			"SQLSTATE 22P02: invalid input syntax for type integer …"},
		{"a search text", &pgconn.PgError{Code: "42601", Message: `syntax error in tsquery: "` + secret + `"`},
			"SQLSTATE 42601: syntax error in tsquery …"},
		{"a wrong column", &pgconn.PgError{Code: "42703", Message: `column "titel" does not exist`},
			`SQLSTATE 42703: column "titel" does not exist`},
		{"an argument", fmt.Errorf(`failed to encode args[2]: unable to encode "%s" into binary format for int8 (OID 20): no plan`, secret),
			"failed to encode args[2] for int8 (OID 20)"},
		{"a scan", pgx.ScanArgError{ColumnIndex: 1, FieldName: "name", Err: fmt.Errorf("parsing %q: invalid", secret)},
			"can't scan into dest[1] (col: name): parsing …"},
		{"a scan of NULL", pgx.ScanArgError{FieldName: "name", Err: errors.New("cannot scan NULL into *string")},
			"can't scan into dest[0] (col: name): cannot scan NULL into *string"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := Safe(tc.err)
			if got.Error() != tc.want {
				t.Errorf("%s", got)
			}
			if !errors.Is(got, tc.err) {
				t.Error("the cause is lost")
			}
			if again := Safe(got); again.Error() != got.Error() {
				t.Errorf("the second time: %s", again)
			}
			if wrapped := Safe(fmt.Errorf("round: %w", got)); strings.Contains(wrapped.Error(), secret) {
				t.Errorf("%s", wrapped)
			}
		})
	}
}

func TestOtherErrorsComeBackAsTheyAre(t *testing.T) {
	t.Parallel()
	if Safe(nil) != nil {
		t.Error("nil became an error")
	}
	refusal := fault.New(fault.Conflict, "别人已经办理")
	if got := Safe(refusal); got != error(refusal) {
		t.Errorf("%#v", got)
	}
	if !IsNoRows(Safe(pgx.ErrNoRows)) || IsNoRows(errors.New("no rows")) {
		t.Error("IsNoRows")
	}
}
