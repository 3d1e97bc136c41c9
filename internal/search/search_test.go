package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/search"
)

func TestAQueryIsPiecesInTheirOrder(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"路":       `'路':*`,
		"路灯":      `'路灯'`,
		"路灯坏了":    `('路灯' <1> '灯坏' <1> '坏了') | ('!' & '路灯' & '灯坏' & '坏了')`,
		"路灯 坏了":   `'路灯' & '坏了'`,
		"“路灯”":    `'路灯'`,
		"路灯，坏了！":  `('路灯' <3> '坏了') | ('!' & '路灯' & '坏了')`,
		"了。请":     `('了' <2> '请':*) | ('!' & '了' & '请':*)`,
		"Ａ市":      `'a市'`,
		"2024":    `('2024' | '¥202400')`,
		"202":     `('202':* | '¥20200')`,
		"99":      `'99':*`,
		"2024年":   `('2024' <3> '4年') | ('!' & '2024' & '4年')`,
		"３号楼":     `('3号' <1> '号楼') | ('!' & '3号' & '号楼')`,
		"DL-2024": `(('dl' <3> '2024' | 'dl20' <1> 'l202' <1> '2024')) | ('!' & ('dl' & '2024' | 'dl20' & 'l202' & '2024'))`, // a number with or without its hyphen
		"138001":  `(('1380' <1> '3800' <1> '8001' | '¥13800100')) | ('!' & ('1380' & '3800' & '8001' | '¥13800100'))`,
		"第12号":    `('第1' <1> '12' <1> '2号') | ('!' & '第1' & '12' & '2号')`,
		"第1":      `'第1'`,
		"第12":     `('第1' <1> '12':*) | ('!' & '第1' & '12':*)`,
		"𠮷野家 a":   `('𠮷野' <1> '野家' & 'a':*) | ('!' & '𠮷野' & '野家' & 'a':*)`,
		"a'b\\c":  `('a' <2> 'b' <2> 'c':*) | ('!' & 'a' & 'b' & 'c':*)`,
	} {
		got, ok := search.Ask(typed)
		if !ok || got.Exact != want {
			t.Errorf("%s:\n%s, %v; want\n%s", typed, got.Exact, ok, want)
		}
		if _, may, _ := strings.Cut(strings.TrimSuffix(want, ")"), "('!' & "); got.Ordered() && got.Loose != may || !got.Ordered() && may != "" {
			t.Errorf("%s may be in %s, want %s", typed, got.Loose, may)
		}
	}
	for _, typed := range []string{"", "  ", "？！", "——", "\u200b", "😀"} {
		if got, ok := search.Ask(typed); ok {
			t.Errorf("%q gives %+v", typed, got)
		}
	}
}

func TestATextHasAPieceAtEveryPlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"路灯坏了":      `'路灯':1 '灯坏':2 '坏了':3 '了':4`,
		"路，路":       `'路':1,3`,
		"３号楼":       `'3号':1 '号楼':2 '楼':3`,
		"ABCDE，12号": `'abcd':1 'bcde':2 'cde':3 'de':4 'e':5 '12':7 '2号':8 '号':9`,
		"":          ``,
	} {
		if got := search.Vector(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got, want := search.Vector("甲", "", "甲"), `'甲':1,5`; got != want {
		t.Errorf("two fields: %s, want %s", got, want)
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
		query, ok := search.Ask(string(runes[at : at+n]))
		if !ok {
			return
		}
		found, err := pg.One[bool](t.Context(), db.Owner, `SELECT @body::text::tsvector @@ @has::text::tsquery AND @body::text::tsvector @@ @may::text::tsquery`,
			pg.Args{"body": search.Vector(text), "has": query.Exact, "may": query.Loose})
		if err != nil || !found {
			r.Fatalf("%+v is not found in %q: %v", query, text, err)
		}
	})
}

// TestALookAlikeIsTheSignItLooksLike: radicals and compatibility ideographs, as texts
// come out of a PDF.
func TestALookAlikeIsTheSignItLooksLike(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"⼈⺠政府": "人民政府", "⻓葛市⾦融局": "长葛市金融局", "⻔⽇": "门日", "金額": "金額", "⻋⻢⽜⽺": "车马牛羊", "\U0002F804": "你", "⽅": "方", "Ａ１": "a1", "⻰": "龙",
	} {
		if got := search.Vector(typed); got != search.Vector(want) {
			t.Errorf("%q is kept as %s, want that of %q", typed, got, want)
		}
		got, ok := search.Ask(typed)
		if asked, _ := search.Ask(want); !ok || got != asked {
			t.Errorf("%q asks for %v, want that of %q", typed, got, want)
		}
	}
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
	// More than the 16,383 places and the 255 repetitions that a tsvector knows.
	for name, text := range map[string]string{
		"all different":     han(20_000),
		"always the same":   strings.Repeat("拖欠", 10_000),
		"one word of ASCII": strings.Repeat("abcdefghijklmnopqrstuvwxyz0123456789", 500),
	} {
		end := "最后一句话在这里"
		query, _ := search.Ask(end)
		found, err := pg.One[bool](t.Context(), db.Owner, `SELECT @body::text::tsvector @@ @query::text::tsquery`,
			pg.Args{"body": search.Vector(text, "标题"+end), "query": query.Exact})
		if err != nil || !found {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	// What a text of usual length does not say is not found for its pieces.
	for text, typed := range map[string]string{"工程拖了很久，程款没有": "工程款", "12号，3号": "123", "坏了请": "坏了，请"} {
		query, _ := search.Ask(typed)
		found, err := pg.One[bool](t.Context(), db.Owner, `SELECT @body::text::tsvector @@ @query::text::tsquery`,
			pg.Args{"body": search.Vector(text), "query": query.Exact})
		if err != nil || found {
			t.Errorf("%s finds %s: %v", typed, text, err)
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
		query, ok := search.Ask(typed)
		if !ok {
			return
		}
		for _, literal := range []string{query.Exact, query.Loose} {
			if !utf8.ValidString(literal) {
				r.Fatalf("%q gives %q", typed, literal)
			}
			if _, err := pg.One[string](t.Context(), db.Owner, `SELECT @query::text::tsquery::text`, pg.Args{"query": literal}); err != nil {
				r.Fatal(err)
			}
		}
	})
}

func ExampleAsk() {
	query, ok := search.Ask("拖欠 工程")
	fmt.Println(query.Exact, ok)
	// Output: '拖欠' & '工程' true
}
