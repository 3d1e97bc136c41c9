package complaint

import (
	"regexp"
	"slices"
	"strings"

	"zhengxin/internal/form"
)

// ReleaseFinding is a piece of a text that may tell who somebody is.
type ReleaseFinding struct {
	Kind, Text string
	Sure       bool // it has to go; else somebody looks at it
}

// Words are what was found, and as what.
func (f ReleaseFinding) Words() string { return "“" + f.Text + "”（" + f.Kind + "）" }

const firmSign = "单位名称"

// What by itself tells nobody, and does together with what people of a county know: the sum
// to the cent, the day, the village, the firm, whom to call.
var releaseSigns = []struct {
	kind string
	sure bool
	in   *regexp.Regexp
}{
	{"文书或者合同的编号", true, regexp.MustCompile(`[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】]\s*第?\s*\d+\s*号|[A-Za-z]{1,8}[-－][0-9A-Za-z][0-9A-Za-z\-－]{4,}`)},
	{"准确的日子", true, regexp.MustCompile(`(?:\d{4}|[〇零一二三四五六七八九○]{4})\s*[年.\-/]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[月.\-/]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]`)},
	{"准确的金额", true, regexp.MustCompile(`\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?\s*(?:万|亿)?\s*元?|\d+\.\d+\s*(?:万|亿)\s*元?|\d{5,}(?:\.\d+)?\s*元|\d+\.\d{1,2}\s*元`)},
	{"金额", false, regexp.MustCompile(`\d+\s*(?:万|亿|千|百)?\s*元|[一二三四五六七八九十百千两〇零]+\s*(?:万|亿)\s*元?`)},
	{"人", false, regexp.MustCompile(`(?:联系人|经办人|承办人|负责人|办事员|法定代表人)[是为：:\s]{0,2}\p{Han}{2,3}|\p{Han}(?:某某?|先生|女士|师傅|局长|副?[乡镇县]长|主任|科长|股长|书记|经理|老板|老师|医生|会计)`)},
	{firmSign, false, regexp.MustCompile(`\p{Han}{2,20}?(?:公司|合作社|工程队|施工队|经营部|事务所|门市部|饭店|超市|幼儿园|卫生室|厂)`)},
	{"地方", false, regexp.MustCompile(`\p{Han}{1,4}?(?:小区|社区|花园|家园|大街|大道|胡同|自然村|行政村)|\p{Han}[^\s农本全该各这那每我们个贫山乡]村|\p{Han}{1,3}[东西南北中]路|\p{Han}{1,3}(?:路|巷)\s*\d+\s*号|[一二三四五六七八九十\d]+\s*组`)},
}

// copied is from how many signs on words are the same as in the original: nothing of that is
// published, and few sentences are the same by chance.
const (
	copiedMay  = 12
	copiedSure = 20
)

// find are the pieces of a text that may tell who somebody is, in its order.
func (o original) find(text string) []ReleaseFinding {
	var own []form.Own
	for _, name := range o.People {
		own = append(own, form.Own{Kind: form.PersonName, Value: name})
	}
	if o.ContractNo != "" {
		own = append(own, form.Own{Kind: form.OwnNumber, Value: o.ContractNo})
	}
	type placed struct {
		ReleaseFinding
		from, to int
	}
	var all []placed
	add := func(f ReleaseFinding, from, to int) {
		if !slices.ContainsFunc(all, func(p placed) bool { return from < p.to && p.from < to }) {
			all = append(all, placed{f, from, to})
		}
	}
	for _, known := range o.known() {
		for at := 0; ; {
			i := strings.Index(text[at:], known)
			if i < 0 {
				break
			}
			add(ReleaseFinding{"原文里的", known, true}, at+i, at+i+len(known))
			at += i + len(known)
		}
	}
	for _, f := range form.FindPersonal(text, own...) {
		may := f.Kind == form.PersonName && !slices.Contains(o.People, f.Text) || f.Kind == form.FirmName || f.Kind == form.OwnAddress
		add(ReleaseFinding{string(f.Kind), f.Text, !may}, f.Start, f.End)
	}
	for _, sign := range releaseSigns {
		for _, at := range sign.in.FindAllStringIndex(text, -1) {
			found := ReleaseFinding{sign.kind, text[at[0]:at[1]], sign.sure}
			if sign.kind == firmSign && o.names(found.Text) {
				found.Kind, found.Sure = "原文里的", true
			}
			add(found, at[0], at[1])
		}
	}
	for _, c := range copied(text, copiedMay, append([]string{o.Title, o.Request, o.Facts, o.Reasons, o.Elsewhere}, o.Added...)...) {
		at := strings.Index(text, c)
		add(ReleaseFinding{"和原文一样", c, len([]rune(c)) >= copiedSure}, at, at+len(c))
	}
	for _, c := range copied(text, copiedSure, o.Answer...) { // an answer is the office's own, and may name what nobody else does
		at := strings.Index(text, c)
		add(ReleaseFinding{"和答复一样", c, false}, at, at+len(c))
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.from - b.from })
	out := make([]ReleaseFinding, len(all))
	for i, p := range all {
		out[i] = p.ReleaseFinding
	}
	return out
}

// names tells whether the original names a firm. What stands before a name runs into it, so
// that a few signs at its beginning may differ; 建筑公司 names none.
func (o original) names(firm string) bool {
	said := form.Folded(strings.Join(o.texts(), "\n"))
	signs := []rune(firm)
	for i := 0; i <= 3 && len(signs)-i >= 5; i++ {
		if strings.Contains(said, form.Folded(string(signs[i:]))) {
			return true
		}
	}
	return false
}

// texts are what the complainant wrote and what was answered.
func (o original) texts() []string {
	return append(append([]string{o.Title, o.Request, o.Facts, o.Reasons, o.Elsewhere}, o.Added...), o.Answer...)
}

// known are the people, firms and places that the original names: they tell who somebody is
// to whoever knows the affair, and have no place in what is published.
func (o original) known() (words []string) {
	for _, text := range o.texts() {
		for _, f := range form.FindPersonal(text) {
			if form.Length(f.Text) > 1 && !slices.Contains(words, f.Text) {
				words = append(words, f.Text)
			}
		}
	}
	return words
}

// copied are the longest pieces of a text, of so many signs at least, that stand in others.
func copied(text string, least int, others ...string) (found []string) {
	said := form.Folded(strings.Join(others, "\n"))
	signs := []rune(text)
	for i := 0; i+least <= len(signs); i++ {
		n := 0
		for i+n < len(signs) && strings.Contains(said, form.Folded(string(signs[i:i+n+1]))) {
			n++
		}
		if piece := strings.TrimSpace(string(signs[i : i+n])); len([]rune(piece)) >= least {
			found = append(found, piece)
			i += n
		}
	}
	return found
}

// Doubts are what somebody has to look at in a text, those that have to go left out.
func (o original) Doubts(t ReleaseText) (all []ReleaseFinding) {
	for _, text := range []string{t.Title, t.Question, t.Answer} {
		for _, f := range o.find(text) {
			if !f.Sure {
				all = append(all, f)
			}
		}
	}
	return all
}

// doubtWords name findings in a row.
func doubtWords(all []ReleaseFinding) string {
	words := make([]string, len(all))
	for i, f := range all {
		words[i] = f.Words()
	}
	return strings.Join(words, "、")
}
