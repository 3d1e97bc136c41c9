package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/search"
)

func TestAQueryIsTheFewestPiecesOfItsRuns(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"路":        `'路'`,
		"路灯":       `'路灯'`,
		"路灯坏了":     `'路灯' & '灯坏' & '坏了'`,
		"路灯 坏了":    `'路灯' & '坏了'`,
		"“路灯”，坏了！": `'路灯' & '坏了'`,
		"Ａ市":       `'a市'`,
		"2024年":    `'2024' & '4年'`,
		"３号楼":      `'3号' & '号楼'`,
		"DL-2024":  `'dl' & '2024'`,
		"138001":   `'1380' & '3800' & '8001'`,
		"第12号":     `'第1' & '12' & '2号'`,
		"第123号":    `'第1' & '123' & '3号'`,
		"𠮷野家":      `'𠮷野' & '野家'`,
		"a'b\\c":   `'a' & 'b' & 'c'`,
		"路路路":      `'路路'`,
	} {
		got, ok := search.Query(typed)
		if !ok || got != want {
			t.Errorf("%s: %s, %v; want %s", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "  ", "？！", "——", "\u200b", "😀"} {
		if got, ok := search.Query(typed); ok {
			t.Errorf("%q gives %q", typed, got)
		}
	}
}

func TestATextHasCharactersPairsAndWordParts(t *testing.T) {
	t.Parallel()
	want := strings.Fields(`'3' '3号' '号' '号楼' '楼' 'a' 'ab' 'abc' 'b' 'bc' 'c'`)
	if diff := cmp.Diff(want, strings.Fields(search.Vector("３号楼", "ABC，楼"))); diff != "" {
		t.Error(diff)
	}
	if search.Vector("", "……") != "" {
		t.Error("nothing is something")
	}
}

// The alphabet is small so that parts repeat, and has all that could go wrong:
// rare Han, full width, case, marks that take no room, quotes, line ends.
var alphabet = []rune("工程款拖欠东岭镇政府一二三A市aBc0123９Ｋ，。、 \n\t'\"\\:*&|!()<->㐀𠮷\u200b\ufe0f〇·é😀")

func TestNoPartOfATextIsMissed(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	rapid.Check(t, func(r *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 2, 200).Draw(r, "text"))
		runes := []rune(text)
		n := min(rapid.IntRange(1, 8).Draw(r, "length"), len(runes))
		at := rapid.IntRange(0, len(runes)-n).Draw(r, "at")
		query, ok := search.Query(string(runes[at : at+n]))
		if !ok {
			return
		}
		found, err := pg.One[bool](t.Context(), db.Owner, `SELECT @body::text::tsvector @@ @query::text::tsquery`,
			pg.Args{"body": search.Vector(text), "query": query})
		if err != nil || !found {
			r.Fatalf("%q is not found in %q: %v", query, text, err)
		}
	})
}

func TestALongTextIsFoundByItsEnd(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	random := rand.New(rand.NewPCG(1, 2))
	han := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(rune(0x4e00 + random.IntN(0x5000)))
		}
		return b.String()
	}
	// More than the 16,383 places and the 255 repetitions that a phrase could know.
	for name, text := range map[string]string{
		"all different":     han(20_000),
		"always the same":   strings.Repeat("拖欠", 10_000),
		"one word of ASCII": strings.Repeat("abcdefghijklmnopqrstuvwxyz0123456789", 500),
	} {
		end := "最后一句话在这里"
		query, _ := search.Query(end)
		found, err := pg.One[bool](t.Context(), db.Owner, `SELECT @body::text::tsvector @@ @query::text::tsquery`,
			pg.Args{"body": search.Vector(text, "标题"+end), "query": query})
		if err != nil || !found {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	// Beyond any complaint: cut, never refused.
	if _, err := pg.One[int](t.Context(), db.Owner, `SELECT length(@body::text::tsvector)`, pg.Args{"body": search.Vector(han(400_000))}); err != nil {
		t.Error(err)
	}
}

func TestWhatIsTypedNeverBreaksTheQuery(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	rapid.Check(t, func(r *rapid.T) {
		typed := rapid.String().Draw(r, "typed")
		query, ok := search.Query(typed)
		if !ok {
			return
		}
		if !utf8.ValidString(query) {
			r.Fatalf("%q gives %q", typed, query)
		}
		if _, err := pg.One[string](t.Context(), db.Owner, `SELECT @query::text::tsquery::text`, pg.Args{"query": query}); err != nil {
			r.Fatal(err)
		}
	})
}

func ExampleQuery() {
	fmt.Println(search.Query("拖欠 工程款"))
	// Output: '拖欠' & '工程' & '程款' true
}
