// Package textblock keeps blocks of text that the office writes again and again: for which
// moves, categories, outcomes and articles each is meant, and what is left blank in it. Rows
// are only added; the newest version of a code holds, and a retired one is offered no more.
package textblock

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
	"zhengxin/internal/workflow"
)

// Block is a block of text, in one version.
type Block struct {
	Code       string
	Version    int
	Title      string
	Body       string
	Places     []string // of PlaceOf: the texts that it is meant for; none: all
	Categories []string // none: all
	Outcomes   []string // findings, decisions and grounds by their values; none: all
	Articles   []string // none: whatever is cited
	Retired    bool
	Reason     string
	By         string // who made the version
	At         time.Time
}

// PlaceOf is the text of a move that a block may be meant for; those that are asked once a
// point are one.
func PlaceOf(kind workflow.Kind, action workflow.Action, need string) string {
	return string(kind) + "_" + string(action) + "_" + numbered.ReplaceAllString(need, "")
}

var numbered = regexp.MustCompile(`_[0-9]+$`)

// Filled are the blanks that are filled in when a block is put into a text, from the matter
// that it is about. The others are for whoever writes.
const (
	Accused  = "被投诉单位"
	Own      = "本单位"
	Category = "类别"
	Today    = "今天"
)

var (
	filled = []string{Accused, Own, Category, Today}
	asked  = []string{"金额", "日期", "期限", "合同", "文书", "事项", "机关", "材料", "理由", "条款"}
	blank  = regexp.MustCompile(`【([^【】]*)】`)
)

// Blanks are all that a block may have, those filled by themselves first.
func Blanks() (byItself, byHand []string) { return inBrackets(filled), inBrackets(asked) }

func inBrackets(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = "【" + name + "】"
	}
	return out
}

// Fill puts a matter's own words into the blanks that are filled by themselves; one whose
// word nobody has stays.
func Fill(body string, words map[string]string) string {
	return blank.ReplaceAllStringFunc(body, func(found string) string {
		if word := words[strings.Trim(found, "【】")]; word != "" {
			return word
		}
		return found
	})
}

// Unfilled are the blanks that stand in a text that is to be sent.
func Unfilled(text string) (left []string) {
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		if (slices.Contains(filled, m[1]) || slices.Contains(asked, m[1])) && !slices.Contains(left, m[0]) {
			left = append(left, m[0])
		}
	}
	return left
}

// LeftBlank says of a text that it cannot go out yet; empty when nothing is blank.
func LeftBlank(text string) string {
	if left := Unfilled(text); len(left) > 0 {
		return "还有没填的空：" + strings.Join(left, "、") + "。请填好，用不上的删去"
	}
	return ""
}

// Fits says that a block is meant for a text of a move of a matter of that category, with
// these answers to it so far.
func (b Block) Fits(place, category string, m workflow.Move, a workflow.Answers) bool {
	among := func(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }
	if !among(b.Places, place) || !among(b.Categories, category) {
		return false
	}
	for _, n := range m.Needs {
		means := slices.ContainsFunc(n.Options, func(o workflow.Option) bool { return slices.Contains(b.Outcomes, o.Value) })
		if chosen := a.Get(n.Name); means && chosen != "" && !slices.Contains(b.Outcomes, chosen) {
			return false
		}
		if cited := a.Chosen(n.Name); n.From == workflow.FromArticles && len(cited) > 0 && len(b.Articles) > 0 && !slices.ContainsFunc(cited, func(code string) bool { return slices.Contains(b.Articles, code) }) {
			return false
		}
	}
	return true
}

// meant is for how much a block is meant: who looks for one reads the most particular first.
func (b Block) meant() (n int) {
	for _, list := range [][]string{b.Places, b.Categories, b.Outcomes, b.Articles} {
		if len(list) > 0 {
			n++
		}
	}
	return n
}

// List are blocks in their newest versions.
type List []Block

// ByCode is the block of a code that is not retired; false when there is none.
func (l List) ByCode(code string) (Block, bool) {
	i := slices.IndexFunc(l, func(b Block) bool { return b.Code == code && !b.Retired })
	if i < 0 {
		return Block{}, false
	}
	return l[i], true
}

// For are those that fit, the most particular first, and the others that may be used.
func (l List) For(fits func(Block) bool) (first, others List) {
	for _, b := range l {
		switch {
		case b.Retired:
		case fits(b):
			first = append(first, b)
		default:
			others = append(others, b)
		}
	}
	slices.SortStableFunc(first, func(x, y Block) int { return y.meant() - x.meant() })
	return first, others
}

const columns = `b.code, b.version, b.title, b.body, b.places, b.categories, b.outcomes, b.articles, b.retired, b.reason, s.name AS by, b.made_at AS at`

// Read are the blocks as they stand, the retired ones with them.
func Read(ctx context.Context, q pg.Queryer) (List, error) {
	list, err := pg.All[Block](ctx, q, `SELECT DISTINCT ON (b.code) `+columns+` FROM text_block b JOIN staff s ON s.id = b.by_id ORDER BY b.code, b.version DESC`, nil)
	if err != nil {
		return nil, fmt.Errorf("text blocks: %w", err)
	}
	slices.SortStableFunc(list, func(x, y Block) int { return strings.Compare(x.Title, y.Title) })
	return list, nil
}

// History are the versions of a block, the newest first.
func History(ctx context.Context, q pg.Queryer, code string) (List, error) {
	list, err := pg.All[Block](ctx, q, `SELECT `+columns+` FROM text_block b JOIN staff s ON s.id = b.by_id WHERE b.code = @code ORDER BY b.version DESC`, pg.Args{"code": code})
	if err != nil {
		return nil, fmt.Errorf("versions of a text block: %w", err)
	}
	return list, nil
}

// Faults are what is wrong with a block that somebody wrote: blanks that nobody knows would
// go out as they stand, and a block is read by everybody, so it names nobody.
func (l List) Faults(b Block) (wrong []fault.Field) {
	say := func(name, sentence string) {
		if sentence != "" {
			wrong = append(wrong, fault.Field{Name: name, Sentence: sentence})
		}
	}
	text := func(name, value, must string, most int) {
		switch {
		case form.Wordless(value):
			say(name, must)
		case form.Length(value) > most:
			say(name, form.TooLong(value, most))
		default:
			say(name, form.TextFault(value))
		}
	}
	text("title", b.Title, "请写名称，找的时候看它", 40)
	text("body", b.Body, "请写这段话", 2000)
	text("reason", b.Reason, "请写为什么加、为什么改", 500)
	for _, other := range l {
		if other.Title == b.Title && other.Code != b.Code && !other.Retired {
			say("title", "已经有一段叫“"+b.Title+"”")
		}
	}
	var unknown []string
	for _, m := range blank.FindAllStringSubmatch(b.Body, -1) {
		if !slices.Contains(filled, m[1]) && !slices.Contains(asked, m[1]) {
			unknown = append(unknown, m[0])
		}
	}
	if len(unknown) > 0 {
		say("body", "不认得这样的空："+strings.Join(unknown, "、")+"。可以用的见上面的说明")
	}
	if kinds := form.PersonalKinds(form.Finding.Bars, b.Title, b.Body, b.Reason); kinds != "" {
		say("body", "出现了"+kinds+"。常用语谁都能用，不能写到任何人，请删去")
	}
	return wrong
}

// Keep adds a block, or a version of one, over the versions that were read.
func (l List) Keep(ctx context.Context, q pg.Queryer, b Block, by int64, at time.Time) error {
	if err := fault.Fields(l.Faults(b)); err != nil {
		return err
	}
	version := 1
	if i := slices.IndexFunc(l, func(one Block) bool { return one.Code == b.Code }); i >= 0 {
		version = l[i].Version + 1
	} else {
		b.Code = "B" + strconv.Itoa(len(l)+1)
	}
	list := func(values []string) []string { return append([]string{}, values...) }
	_, err := pg.Exec(ctx, q, `
		INSERT INTO text_block (code, version, title, body, places, categories, outcomes, articles, retired, by_id, made_at, reason)
		VALUES (@code, @version, @title, @body, @places, @categories, @outcomes, @articles, @retired, @by, @at, @reason)`,
		pg.Args{"code": b.Code, "version": version, "title": b.Title, "body": b.Body, "places": list(b.Places), "categories": list(b.Categories),
			"outcomes": list(b.Outcomes), "articles": list(b.Articles), "retired": b.Retired, "by": by, "at": at, "reason": b.Reason})
	switch {
	case pg.IsUnique(err, "text_block_pkey"):
		return fault.New(fault.Conflict, "没有记下：别人刚刚改过常用语，请看过现在的再改。")
	case err != nil:
		return fmt.Errorf("keep a text block: %w", err)
	}
	return nil
}

// Book is the list, kept for a short time.
type Book struct {
	Pool *pgxpool.Pool
	Now  func() time.Time

	once sync.Once
	kept kept.Value[List]
}

// List are the blocks, as they were a short time ago.
func (b *Book) List(ctx context.Context) (List, error) {
	b.once.Do(func() {
		b.kept.Life, b.kept.Now = time.Minute, b.Now
		b.kept.Read = func(ctx context.Context) (List, error) { return Read(ctx, b.Pool) }
	})
	return b.kept.Get(ctx)
}

// Forget makes the next one who asks read anew, after a change by this process.
func (b *Book) Forget() { b.kept.Forget() }
