package pg

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNamesBecomeNumbersWhateverTheOrderTheyAreGivenIn(t *testing.T) {
	t.Parallel()
	const sql = `SELECT '@quoted', @b, @a, @b -- @comment`
	for range 2 { // read, then remembered
		text, values, err := Args{"a": 1, "b": "two"}.RewriteQuery(t.Context(), nil, sql, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(`SELECT '@quoted', $1, $2, $1 -- @comment`, text); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]any{"two", 1}, values); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAMisspeltNameIsRefusedBeforeAndAfterAStatementIsKnown(t *testing.T) {
	t.Parallel()
	const sql = `SELECT @one, @two`
	wrong := []Args{{"one": 1}, {"one": 1, "tow": 2}, {"one": 1, "two": 2, "three": 3}, nil}
	for range 2 {
		for _, a := range wrong {
			if _, _, err := a.RewriteQuery(t.Context(), nil, sql, nil); err == nil {
				t.Errorf("%v was taken", a)
			}
		}
		if _, _, err := (Args{"one": 1, "two": 2}).RewriteQuery(t.Context(), nil, sql, nil); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkALongStatement(b *testing.B) {
	sql := `SELECT @one, @two ` + strings.Repeat(", a.column_of_some_length", 100)
	for b.Loop() {
		if _, _, err := (Args{"one": 1, "two": 2}).RewriteQuery(b.Context(), nil, sql, nil); err != nil {
			b.Fatal(err)
		}
	}
}
