package desk

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// What the buttons of a form may say beside its own move: keep what is typed,
// which the script does by itself as well, or throw away what was kept.
const (
	Save     = "save"
	Autosave = "autosave"
	Drop     = "drop"
)

// Written is what a person has written into the forms of one matter: in the
// attempt that just failed, and in the drafts that they kept.
type Written struct {
	*Attempt
	drafts []staff.Draft // the newest first
	page   url.URL       // its address, which may choose one of several
}

// choose is in an address which draft is to be put back, of several.
const choose = "draft"

// Written reads the drafts that go with an attempt, which may be none.
func (d *Desk) Written(c *fiber.Ctx, number string, a *Attempt) (Written, error) {
	drafts, err := d.Staff.Drafts(c.UserContext(), Person(c), number)
	w := Written{Attempt: a, drafts: drafts}
	if u, err := url.Parse(c.OriginalURL()); err == nil {
		w.page = *u
	}
	return w, err
}

// Tried says that the attempt was at this move.
func (w Written) Tried(action workflow.Action) bool {
	return w.Attempt != nil && w.Attempt.Action == action
}

// Draft is what was kept of a form: of several the one that the address
// chooses, else the newest. What was typed since wins.
func (w Written) Draft(action workflow.Action) (staff.Draft, bool) {
	if w.Tried(action) && w.Attempt.Typed != nil {
		return staff.Draft{}, false
	}
	chosen := w.page.Query().Get(choose)
	i := slices.IndexFunc(w.drafts, func(d staff.Draft) bool { return d.Form == string(action) && d.Of == chosen })
	if i < 0 {
		i = slices.IndexFunc(w.drafts, func(d staff.Draft) bool { return d.Form == string(action) })
	}
	if i < 0 {
		return staff.Draft{}, false
	}
	return w.drafts[i], true
}

// Into is what a form is filled with: what was just typed and what is wrong
// with it, else its draft, else what is known already.
func (w Written) Into(action workflow.Action, known workflow.Answers) (workflow.Answers, view.Errors) {
	if w.Tried(action) && w.Attempt.Typed != nil {
		return w.Attempt.Typed, view.ErrorsOf(w.Attempt.Err)
	}
	if kept, ok := w.Draft(action); ok {
		return kept.Typed, nil
	}
	return known, nil
}

// Keeping is what the form of a move needs so that nothing typed into it is
// lost; the zero value where there is nothing to write.
func (w Written) Keeping(m workflow.Move, url, csrf string) Draft {
	if !slices.ContainsFunc(m.Needs, func(n workflow.Need) bool { return n.Kind == workflow.AskText }) {
		return Draft{}
	}
	keeping := Draft{ID: "drop-" + string(m.Action), URL: url, CSRF: csrf, Label: m.Label, Unsaved: w.Tried(m.Action) && w.Attempt.Typed != nil}
	w.PutBack(&keeping, m)
	return keeping
}

// typedWords are the words in the fields of a form that asks by no table.
func typedWords(typed map[string][]string) string {
	var sent web.Carried
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		for _, value := range typed[name] {
			sent.Fields = append(sent.Fields, [2]string{name, value})
		}
	}
	return strings.Join(sent.Words(), "\n")
}

// ownDraft names the draft of the form that was sent: what its page saved, under whatever
// name, else what it was filled with.
func (w Written) ownDraft() string {
	if token, ok := web.ParseFormToken(w.Attempt.Typed.Get("form_token")); ok {
		if i := slices.IndexFunc(w.drafts, func(d staff.Draft) bool { return d.Form == string(w.Attempt.Action) && d.SavedBy(token) }); i >= 0 {
			return w.drafts[i].Of
		}
	}
	return w.Attempt.Typed.Get(workflow.DraftOf)
}

// PutBack says which draft the fields of a form hold, and what others there are of it.
func (w Written) PutBack(keeping *Draft, m workflow.Move) {
	kept, ok := w.Draft(m.Action)
	switch {
	case ok:
		keeping.Back, keeping.Of = view.MomentText(kept.At), kept.Of
	case w.Tried(m.Action):
		keeping.Of = w.ownDraft()
	}
	for i, other := range w.drafts {
		if other.Form != string(m.Action) || other.Of == keeping.Of {
			continue
		}
		to := w.page
		query := to.Query()
		query.Set(choose, other.Of)
		to.RawQuery = query.Encode()
		keeping.Others = append(keeping.Others, OtherDraft{ID: keeping.ID + "-" + strconv.Itoa(i), Of: other.Of, At: view.MomentText(other.At), Words: cmp.Or(WordsFor(m, other.Typed), typedWords(other.Typed)), Take: to.RequestURI()})
	}
}

// Leftover is a draft whose move cannot be done any more: its words stay to be
// read and copied.
type Leftover struct {
	Title, At, Words string
	Drop             Draft
}

// Leftovers are the drafts of moves that are not offered now.
func (w Written) Leftovers(t *workflow.Table, offered func(workflow.Action) bool, matter, csrf string) []Leftover {
	var out []Leftover
	for _, kept := range w.drafts {
		rows := t.Rows(workflow.Action(kept.Form))
		if len(rows) == 0 || offered(rows[0].Action) {
			continue
		}
		out = append(out, Leftover{rows[0].Label, view.MomentText(kept.At), WordsFor(rows[0], kept.Typed), Draft{URL: matter + "/" + kept.Form, CSRF: csrf, Of: kept.Of}})
	}
	return out
}

// WordsFor is the free text among answers to a move.
func WordsFor(m workflow.Move, typed workflow.Answers) string {
	var parts []string
	for _, need := range m.Needs {
		if text := form.Text(typed.Get(need.Name)); text != "" && (need.Kind == workflow.AskText || need.Kind == workflow.AskLine) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

// KeptBanner says that the button 存草稿 did what it says.
func (w Written) KeptBanner(c *fiber.Ctx) *view.Banner {
	i := slices.IndexFunc(w.drafts, func(d staff.Draft) bool { return d.Form == c.Query("kept") })
	if i < 0 {
		return nil
	}
	var others []staff.Draft
	for _, d := range w.drafts[i+1:] {
		if d.Form == c.Query("kept") {
			others = append(others, d)
		}
	}
	if len(others) > 0 {
		return &view.Banner{Kind: view.Warn, Title: "草稿已存。" + otherDrafts(len(others), others[0].At), Text: "都留着，在那张表上选：现在填着的是刚存的一份。"}
	}
	return &view.Banner{Kind: view.Done, Title: "草稿已存", Text: view.Clock(w.drafts[i].At) + " 存的，离开也不会丢。7 天内再来，会放回原处；只有您看得到。"}
}

// otherDrafts tells that there are more of a form, and when the newest of them was saved.
func otherDrafts(n int, newest time.Time) string {
	last := ""
	if n > 1 {
		last = "最近的是 "
	}
	return "还有 " + view.N(n, "份") + "别的草稿（" + last + view.MomentText(newest) + " 存的）"
}

// mark is what more in the query of an address begins with.
func mark(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
}

// Draft answers the buttons of a draft on any form; names are the fields that
// may be kept.
func (d *Desk) Draft(c *fiber.Ctx, at staff.Sheet, names []string, back string) (bool, error) {
	sent := web.Form(c)
	switch sent.Get("do") {
	case Save, Autosave:
	case Drop:
		token, _ := sent.FormToken() // none where it is not the page's own draft
		if err := d.Staff.DropDraft(c.UserContext(), Person(c), at, token, sent.Get(workflow.DraftOf)); err != nil {
			return true, err
		}
		return true, web.SeeOther(c, back)
	default:
		return false, nil
	}
	token, err := ReadToken(sent)
	if err != nil {
		return true, err
	}
	typed := map[string][]string{}
	for _, name := range names {
		if sent.Has(name) {
			typed[name] = sent.All(name)
		}
	}
	kept, err := d.Staff.SaveDraft(c.UserContext(), Person(c), at, staff.Saving{Token: token, Of: sent.Get(workflow.DraftOf), Typed: typed})
	switch {
	case sent.Get("do") == Save && err == nil:
		return true, web.SeeOther(c, back+mark(back)+"kept="+at.Form)
	case sent.Get("do") == Save || err != nil && fault.SentenceOf(err) == "":
		return true, err
	case err != nil: // the script shows it beside the form
		return true, c.Status(web.StatusOf(err)).SendString(fault.SentenceOf(err))
	}
	said := view.Clock(kept.At) + " 已自动保存，离开也不会丢"
	if kept.Others > 0 {
		said += "。" + otherDrafts(kept.Others, kept.Newest) + "，都留着，重新打开本页可以选"
	}
	return true, c.SendString(said)
}
