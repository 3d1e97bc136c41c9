package unit

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// shortest is how much of a name must be left to tell one body from another.
const shortest = 2

// Called is the one unit that goes by exactly what was typed, as its name or an
// alias: blanks, punctuation and full-width forms aside, and with or without
// the county before it (“郏县财政局”, “县财政局”, “财政局”). False when none or
// more than one does: who is complained about is never guessed.
func (l List) Called(text string) (Unit, bool) {
	typed := bare(text)
	if utf8.RuneCountInString(typed) < shortest || tooLong(typed) {
		return Unit{}, false
	}
	if exact := l.named(func(name string) bool { return name == typed }); len(exact) > 0 {
		return exact[0], len(exact) == 1
	}
	counties := l.counties()
	core := within(typed, counties)
	if utf8.RuneCountInString(core) < shortest {
		return Unit{}, false
	}
	found := l.named(func(name string) bool { return within(name, counties) == core })
	if len(found) != 1 {
		return Unit{}, false
	}
	// “人民政府” alone may be the county's or any town's.
	if core == typed && len(l.named(func(name string) bool { return strings.HasSuffix(name, core) })) > 1 {
		return Unit{}, false
	}
	return found[0], true
}

// Called is the unit that a complaint may name and that goes by exactly these
// words; see List.Called.
func (d *Directory) Called(ctx context.Context, text string) (Unit, bool, error) {
	complainable, err := d.Complainable(ctx)
	if err != nil {
		return Unit{}, false, err
	}
	u, ok := complainable.Called(text)
	return u, ok, nil
}

// Supervising are the offices that stand under nobody: complaints reach them
// first.
func (l List) Supervising() List {
	return l.only(func(u Unit) bool { return u.Kind == Office && u.Parent == "" && u.Current })
}

// Meant are the units that these words may mean: they have a name of it in them,
// a search for them would find it, they sound like it, or they share two characters
// with its name that hardly any other has (“司法所” and 司法局).
func (l List) Meant(text string) List {
	typed := bare(text)
	if tooLong(typed) {
		return nil
	}
	wanted, meant := l.wanted(typed), l.written(text).Codes()
	return l.only(func(u Unit) bool {
		rank, near := u.near(wanted)
		return near && rank <= nearSound || slices.Contains(meant, u.Code)
	})
}

// written are those whom the words mean by their characters.
func (l List) written(text string) List {
	typed, counties := bare(text), l.counties()
	if tooLong(typed) {
		return nil
	}
	searched, near := within(typed, counties), l.shared(typed)
	return l.only(func(u Unit) bool {
		if _, found := u.rank(searched); found && searched != "" {
			return true
		}
		return slices.Contains(near, u.Code) || slices.ContainsFunc(u.names(), func(name string) bool {
			core := within(name, counties)
			return utf8.RuneCountInString(core) >= shortest && strings.Contains(typed, core)
		})
	})
}

// kindMarks are the characters that say what sort of body it is, not which.
const kindMarks = "县市省局委办镇乡村所院站会室科股处队部厅馆校厂企的"

// fewUnits have a pair of characters that tells them apart.
const fewUnits = 2

// shared are the codes of units that have a pair of characters in common with
// what was typed which few others have.
func (l List) shared(typed string) []string {
	counties := l.counties()
	having := map[string][]string{}
	for _, u := range l {
		for _, name := range u.names() {
			for _, pair := range pairs(within(name, counties)) {
				if !slices.Contains(having[pair], u.Code) {
					having[pair] = append(having[pair], u.Code)
				}
			}
		}
	}
	var codes []string
	for _, pair := range pairs(typed) {
		if units := having[pair]; len(units) <= fewUnits {
			codes = append(codes, units...)
		}
	}
	return codes
}

// pairs are the neighbouring characters of a text, without those that say a kind.
func pairs(text string) []string {
	var out []string
	before := rune(0)
	for _, r := range text {
		if before != 0 && !strings.ContainsRune(kindMarks, before) && !strings.ContainsRune(kindMarks, r) {
			out = append(out, string(before)+string(r))
		}
		before = r
	}
	return out
}

// ours are what people call the office that takes complaints, and those who work
// in it, without knowing its name.
var ours = []string{
	"登记", "受理", "投诉", "举报", "诚信", "督办", "监督", "惩戒", "保管", "公开员", "审计员", "管理员", "平台", "热线", "接电话", "接线", "接待",
	"你们", "您们", "你单位", "您单位", "你办", "您办", "你科", "贵", "本办", "本单位", "这个办", "这里的",
}

// MayMeanOffice says that these words may mean the office that takes complaints,
// or somebody in it: they mean it, or nobody whom the directory knows. Erring
// towards yes only has somebody else settle it.
func (l List) MayMeanOffice(text string) bool {
	return bare(text) != "" && (len(l.written(text)) == 0 || l.MeansOffice(text))
}

// MeansOffice says that these words mean that office by name, or beside the names
// of others speak of what it does.
func (l List) MeansOffice(text string) bool {
	rest, meant := bare(text), l.Meant(text)
	if len(meant.Supervising()) > 0 {
		return true
	}
	for _, u := range meant {
		for _, name := range u.names() {
			rest = strings.ReplaceAll(rest, within(name, l.counties()), "")
		}
	}
	return slices.ContainsFunc(ours, func(word string) bool { return strings.Contains(rest, word) })
}

// named are the units one of whose names fits, each once.
func (l List) named(fits func(name string) bool) List {
	return l.only(func(u Unit) bool { return slices.ContainsFunc(u.names(), fits) })
}

// counties are the counties whose governments are in the list.
func (l List) counties() []string {
	var out []string
	for _, u := range l {
		if county, ok := strings.CutSuffix(bare(u.Name), "人民政府"); ok && u.Kind == CountyGovernment && county != "" {
			out = append(out, county)
		}
	}
	return out
}

// within is a name as it is said inside the county, without the county's own.
func within(name string, counties []string) string {
	for _, county := range slices.Concat(counties, []string{"县"}) {
		if rest, ok := strings.CutPrefix(name, county); ok {
			return rest
		}
	}
	return name
}

// Named is a unit that a text names, and by which of its names.
type Named struct {
	Unit
	Called string
}

// shortestInText is how much of a name must stand in a text that is about many things: of
// what somebody typed for a name two characters tell a body from another, but 公安 stands
// in many a story that is about no police.
const shortestInText = 3

// In are the units of which a name stands in a text of whatever length, in the order in
// which they are named. One whose name is a part of another's that stands there is not
// meant by it: 财政局 in 县财政局预算股.
func (l List) In(text string) []Named {
	typed := bare(text)
	var found []Named
	at := map[string]int{}
	for _, u := range l {
		for _, name := range u.known() {
			if i := strings.Index(typed, name); i >= 0 && utf8.RuneCountInString(name) >= shortestInText {
				if first, ok := at[u.Code]; ok && first <= i {
					continue
				}
				found = slices.DeleteFunc(found, func(n Named) bool { return n.Code == u.Code })
				found = append(found, Named{u, name})
				at[u.Code] = i
			}
		}
	}
	whole := slices.Clone(found)
	found = slices.DeleteFunc(found, func(n Named) bool {
		return slices.ContainsFunc(whole, func(o Named) bool { return o.Called != n.Called && strings.Contains(o.Called, n.Called) })
	})
	slices.SortStableFunc(found, func(a, b Named) int { return at[a.Code] - at[b.Code] })
	return found
}
