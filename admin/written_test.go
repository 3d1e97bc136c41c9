package admin

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/view/viewtest"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// inHand is a complaint that the handler's unit works on.
func (w *workplace) inHand(t *testing.T, handler member) string {
	t.Helper()
	number := w.File(t, complainttest.Intake()).Number
	w.put(t, number, complaint.Handling, handler.ID)
	return number
}

func (w *workplace) drafts(t *testing.T) int {
	t.Helper()
	n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM desk_draft`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// keeps presses 存草稿 beside a move.
func keeps(t *testing.T, page *webtest.Page, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return page.Submit(t, `form:has([data-action=`+string(action)+`]) [value=save]`, values).Want(t, 200)
}

// autosaves sends what the script sends.
func (m member) autosaves(path string, pairs ...string) *webtest.Page {
	m.t.Helper()
	page := m.Get(m.t, "/")
	values := url.Values{"_csrf": {page.Attr("[name=_csrf]", "value")}, "form_token": {"AAAAAAAAAAAAAAAAAAAAAA"}, "do": {"autosave"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return m.Post(m.t, path, values)
}

func TestADraftIsPutBackForItsWriterAndGoesWithTheMove(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, other := team[staff.Handler], w.signIn(t, "qinlan", "秦岚", staff.Handler, complainttest.Finance)
	number := w.inHand(t, handler)
	address := "/complaints/" + number + "/draft_answer"

	page := keeps(t, handler.Get(t, address), complaint.DraftAnswer, "finding", "mostly", "facts", "查到一半：尚欠\n一百二十八万元。<b>")
	if got := page.Text(".banner-done"); !strings.Contains(got, "草稿已存") || !strings.Contains(got, "10:00 存的，离开也不会丢") {
		t.Errorf("after keeping, the page says %q", got)
	}
	w.later()
	page = handler.Get(t, address).Want(t, 200)
	if got := page.Text(".draft-back"); !strings.HasPrefix(got, "3月2日 10:00 存的草稿，已放回来。") {
		t.Errorf("on coming back, the page says %q", got)
	}
	if got := page.Find("[name=facts]").Text(); got != "查到一半：尚欠\n一百二十八万元。<b>" || page.Attr("[name=finding]:checked", "value") != "mostly" {
		t.Errorf("put back is %q and %q", got, page.Attr("[name=finding]:checked", "value"))
	}
	if open := handler.open(number); !strings.Contains(open.Text("#draft_answer-facts"), "查到一半") || !open.Has(`form[action$="draft_answer"] details[open]`) {
		t.Error("the matter's own page does not put it back, or keeps it folded")
	}
	if page := other.Get(t, address); page.Has(".draft-back") || strings.Contains(page.Body, "查到一半") {
		t.Error("a colleague reads the draft")
	}
	if raw, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT encode(sealed, 'escape') FROM desk_draft`, nil); err != nil || strings.Contains(raw, "facts") {
		t.Errorf("the draft lies open: %v", err)
	}
	page = pressOn(t, page, complaint.DraftAnswer, draftOf("尚欠\x02一百二十八\u0085万元。")...).Want(t, 200)
	if got := strings.Join(page.All("main .banner"), " "); !strings.Contains(got, "1 个看不见的控制符（编码 0002），已经去掉") {
		t.Errorf("of what was dropped, the page says %q", got)
	}
	if n := w.drafts(t); n != 0 || w.state(t, number) != complaint.ResultSubmitted {
		t.Errorf("%d drafts after the move, state %s", n, w.state(t, number))
	}
}

func TestADraftIsThrownAwayOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	number := w.inHand(t, handler)
	page := keeps(t, handler.open(number), complaint.Note, "note", "镇里来电。")
	first := page.Find(`form:has([data-action=note]) button:not([form])`).First()
	if first.AttrOr("data-action", "") != "note" {
		t.Errorf("Return in a field would press %q", first.Text())
	}
	page = page.Submit(t, ".draft-back button", nil).Want(t, 200)
	if w.drafts(t) != 0 || page.Has(".draft-back") || page.Text("[name=note]#note-note") != "" {
		t.Errorf("%d drafts are left, the box holds %q", w.drafts(t), page.Text("#note-note"))
	}
	keeps(t, page, complaint.Note, "note", "　\n ")
	if w.drafts(t) != 0 {
		t.Error("blanks are kept")
	}
	keeps(t, page, complaint.Note, "note", "写错一处")
	handler.press(number, complaint.Note, "note", strings.Repeat("长", 20000)).Want(t, 422)
	if w.drafts(t) != 1 {
		t.Error("a move that was refused took the draft with it")
	}
}

// TestWhatThePageSavedSinceGoesWithTheDraft: 不要了 throws away what stands in the fields,
// though the page has saved it under a name of its own; other drafts stay.
func TestWhatThePageSavedSinceGoesWithTheDraft(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, registrar := team[staff.Handler], team[staff.Registrar]
	number := "/complaints/" + w.inHand(t, handler)
	for name, form := range map[string]struct {
		who           member
		page, at, box string
	}{
		"a note":         {handler, number, number + "/note", "note"},
		"a folded move":  {handler, number, number + "/draft_answer", "facts"},
		"a sheet":        {handler, number + "/draft_answer", number + "/draft_answer", "facts"},
		"a registration": {registrar, "/register?kind=citizen", "/register", "facts"},
	} {
		form.who.autosaves(form.at, form.box, "另一份").Want(t, 200)
		w.later()
		form.who.autosaves(form.at, form.box, "写到一半", "form_token", "BAAAAAAAAAAAAAAAAAAAAA").Want(t, 200)
		page := form.who.Get(t, form.page).Want(t, 200)
		fields := `form[action="` + form.at + `"]:has([name=` + form.box + `])`
		form.who.autosaves(form.at, form.box, "又写了一句", "form_token", page.Attr(fields+" [name=form_token]", "value"), "draft_of", page.Attr(fields+" [name=draft_of]", "value")).Want(t, 200)
		if w.drafts(t) != 2 {
			t.Fatalf("%s: %d drafts", name, w.drafts(t))
		}
		page = page.Submit(t, fields+" .draft-back button", nil).Want(t, 200)
		if w.drafts(t) != 1 || strings.Contains(page.Body, "又写了一句") || !strings.Contains(page.Body, "另一份") {
			t.Errorf("%s: %d drafts are left: %s", name, w.drafts(t), page.Text(fields))
		}
		form.who.Get(t, form.page).Submit(t, fields+" .draft-back button", nil).Want(t, 200)
	}
}

func TestTheScriptIsToldWhatWasKeptAndWhatWasNot(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler := team[staff.Handler]
	number := w.inHand(t, handler)
	note := "/complaints/" + number + "/note"
	if page := handler.autosaves(note, "note", "镇里来电"); page.Status != 200 || page.Body != "10:00 已自动保存，离开也不会丢" || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %q %s", page.Status, page.Body, page.Header.Get("Content-Type"))
	}
	if page := handler.autosaves(note, "note", strings.Repeat("a", 300_000)); page.Status != 413 || page.Body != "没有保存：写的内容太多，草稿放不下，请删去一部分。" {
		t.Errorf("too much: %d %.80q", page.Status, page.Body)
	}
	for name, page := range map[string]*webtest.Page{
		"no token of the session": handler.autosaves(note, "note", "x", "_csrf", "x"),
		"no text at all":          handler.autosaves(note, "note", "\xff"),
		"no form token":           handler.autosaves(note, "note", "x", "form_token", "short"),
		"no such move":            handler.autosaves("/complaints/"+number+"/nonsense", "note", "x"),
		"a move of others":        handler.autosaves("/complaints/"+number+"/send_back", "note", "x"),
		"no such matter":          handler.autosaves("/complaints/JX2026000000011/note", "note", "x"),
		"the auditor":             w.signIn(t, "sunjing", "孙敬", staff.Auditor, complainttest.DeskUnit).autosaves(note, "note", "x"),
	} {
		if page.Status < 400 || page.Status >= 500 {
			t.Errorf("%s: %d %.60q", name, page.Status, page.Body)
		}
	}
	if got := handler.open(number).Text("#note-note"); got != "镇里来电" || w.drafts(t) != 1 {
		t.Errorf("the box holds %q, %d drafts", got, w.drafts(t))
	}
	handler.autosaves(note, "note", "镇里来电", "title", "不是这张表的", "form_token", "AAAAAAAAAAAAAAAAAAAAAB")
	if page := handler.Get(t, note); strings.Contains(page.Body, "不是这张表的") {
		t.Error("a field that is not on the form was kept")
	}
}

// TestASaveOnItsWayDoesNotBringBackWhatWasSent: the script may be slower than
// the button.
func TestASaveOnItsWayDoesNotBringBackWhatWasSent(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	number := w.inHand(t, handler)
	page := handler.open(number)
	token := page.Attr(`form:has([data-action=note]) [name=form_token]`, "value")
	pressOn(t, page, complaint.Note, "note", "镇里来电。").Want(t, 200)
	if page := handler.autosaves("/complaints/"+number+"/note", "note", "镇里来电。", "form_token", token); page.Status != 200 || w.drafts(t) != 0 {
		t.Errorf("status %d, %d drafts", page.Status, w.drafts(t))
	}
	// Another form of the same page is another thing.
	if handler.autosaves("/complaints/"+number+"/object", "note", "不该我们办", "form_token", token); w.drafts(t) != 1 {
		t.Errorf("%d drafts", w.drafts(t))
	}
}

// TestASaveThatWaitsForTheMoveDoesNotOutliveIt: its statement began before the
// move committed, and waits for the very row that the move deletes.
func TestASaveThatWaitsForTheMoveDoesNotOutliveIt(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	note := "/complaints/" + w.inHand(t, handler) + "/note"
	handler.autosaves(note, "note", "镇里来电")

	move, err := w.DB.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = move.Rollback(context.WithoutCancel(t.Context())) }()
	token := make([]byte, 16) // that of autosaves
	for sql, args := range map[string][]any{
		`DELETE FROM desk_draft`: nil,
		`INSERT INTO form_token (token_hash, matter_id, seq, action, at) SELECT $1, id, seq, 'note', now() FROM matter`: {key.Hash(token)},
	} {
		if _, err := move.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	saved := make(chan int)
	go func() { saved <- handler.autosaves(note, "note", "镇里来电。").Status }()
	for waits := 0; waits == 0; {
		if err := w.DB.Owner.QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	if err := move.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status := <-saved; status != 200 || w.drafts(t) != 0 {
		t.Errorf("status %d, %d drafts", status, w.drafts(t))
	}
}

func TestWhoMayNoLongerKnowOfAMatterGetsNoDraftBack(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"the matter went to another unit":  `UPDATE assignment SET ended_at = started_at WHERE unit = 'FIN'`,
		"the writer moved to another unit": `UPDATE staff SET unit = 'JUS' WHERE login = 'luyuan'`,
		"their unit is the accused now":    `UPDATE assignment SET ended_at = started_at; UPDATE matter SET unit = 'FIN'`,
		"they do no case work any more":    `UPDATE staff SET role = 'custodian' WHERE login = 'luyuan'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkplace(t)
			handler := w.team(t)[staff.Handler]
			number := w.inHand(t, handler)
			keeps(t, handler.open(number), complaint.Note, "note", "只有我知道的话")
			if _, err := w.DB.Owner.Exec(t.Context(), change); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{"", "/note", "/note?kept=note", "/answer"} {
				if page := handler.Get(t, "/complaints/"+number+path); strings.Contains(page.Body, "只有我知道的话") || page.Has(".draft-back") {
					t.Errorf("%s gives it back", path)
				}
			}
			if strings.HasPrefix(name, "the writer") {
				return // whose new unit helps with the matter: they may write anew
			}
			if page := handler.autosaves("/complaints/"+number+"/note", "note", "再存"); page.Status != 404 {
				t.Errorf("saving answers %d", page.Status)
			}
		})
	}
}

func TestADraftOfAMoveThatIsGoneCanBeReadAndThrownAway(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, other := team[staff.Handler], w.signIn(t, "qinlan", "秦岚", staff.Handler, complainttest.Finance)
	number := w.inHand(t, handler)
	keeps(t, handler.open(number), complaint.DraftAnswer, "facts", "我查到的在这里", "opinion", "应当付清")
	other.does(number, complaint.DraftAnswer, draftOf("尚欠一百二十八万元。")...)
	page := handler.open(number)
	if got := page.Text("main"); !strings.Contains(got, "您存的草稿：写答复稿") || !strings.Contains(got, "我查到的在这里") {
		t.Errorf("what was kept is not to be read: %s", got)
	}
	page = page.Submit(t, `.section:has(.timeline-quote) form:has([value=drop])`, nil).Want(t, 200)
	if strings.Contains(page.Body, "我查到的在这里") || w.drafts(t) != 0 {
		t.Error("it is still there")
	}
}

func TestADraftLapsesAfterAWeek(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	number := w.inHand(t, handler)
	at, p := staff.Sheet{Matter: number, Form: string(complaint.Note)}, handler.Person
	if _, err := w.desk.Staff.SaveDraft(t.Context(), p, at, staff.Saving{Token: []byte("t"), Typed: map[string][]string{"note": {"镇里来电"}}}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait time.Duration
		want int
	}{{staff.DraftLife - time.Minute, 1}, {time.Minute, 0}} {
		w.Wait(step.wait)
		if kept, err := w.desk.Staff.Drafts(t.Context(), p, number); err != nil || len(kept) != step.want {
			t.Errorf("after %v: %d, %v", step.wait, len(kept), err)
		}
	}
}

func TestADraftOfAFormWithoutAMatterIsItsWritersAlone(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	registrar, other := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit), w.signIn(t, "hemin", "何敏", staff.Registrar, complainttest.DeskUnit)
	at, typed := staff.Sheet{Form: "file"}, map[string][]string{"facts": {"来人说"}, "name": {"王建国"}}
	for range 2 { // the second replaces the first
		if _, err := w.desk.Staff.SaveDraft(t.Context(), registrar.Person, at, staff.Saving{Token: []byte("t"), Typed: typed}); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := w.desk.Staff.Drafts(t.Context(), registrar.Person, "")
	if err != nil || len(kept) != 1 || kept[0].Typed["name"][0] != "王建国" || w.drafts(t) != 1 {
		t.Errorf("%v %v", kept, err)
	}
	if kept, err := w.desk.Staff.Drafts(t.Context(), other.Person, ""); err != nil || len(kept) != 0 {
		t.Errorf("a colleague gets %v, %v", kept, err)
	}
	if err := w.desk.Staff.DropDraft(t.Context(), registrar.Person, at, nil, kept[0].Of); err != nil || w.drafts(t) != 0 {
		t.Errorf("%d left, %v", w.drafts(t), err)
	}
}

func TestADraftOfAWarningKeepsItsDate(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.openCase(t)
	address := "/cases/" + c.number + "/draft_warning"
	page := keeps(t, c.officer.Get(t, address).Want(t, 200), discipline.DraftWarning, "facts", "尚欠52.30万元", "deadline_year", "2026", "deadline_month", "4", "tier", "general")
	if page.Attr("[name=deadline_month]", "value") != "4" || page.Text("[name=facts]") != "尚欠52.30万元" || page.Attr("[name=tier]:checked", "value") != "general" || !page.Has(".draft-back") {
		t.Errorf("put back: %s", page.Text("main form"))
	}
	if shown := page.Submit(t, "button[value=preview]", nil); !shown.Has(`form[data-draft=unsaved]`) || shown.Has(".draft-back") {
		t.Error("after a look at the paper the script takes the fields for kept")
	}
	doesOn(t, c.officer.Get(t, address), discipline.DraftWarning, warningTyped...)
	if c.drafts(t) != 0 {
		t.Error("the draft outlives the move")
	}
}

// TestTwoWindowsKeepBothTexts: neither overwrites what the other kept; both are told, and
// one is chosen. Sending one leaves the other.
func TestTwoWindowsKeepBothTexts(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	number := w.inHand(t, handler)
	const form = `form:has([data-action=note])`
	note := "/complaints/" + number + "/note"
	first, second := handler.open(number), handler.open(number)
	saves := func(page *webtest.Page, words string) string {
		t.Helper()
		return handler.autosaves(note, "note", words, "form_token", page.Attr(form+" [name=form_token]", "value"), "draft_of", page.Attr(form+" [name=draft_of]", "value")).Want(t, 200).Body
	}
	if got := saves(first, "第一个窗口写的"); strings.Contains(got, "别的草稿") {
		t.Errorf("the first is told %q", got)
	}
	w.later()
	for _, words := range []string{"第二个窗口写的", "第二个窗口写的，又加了一句"} {
		if got := saves(second, words); !strings.Contains(got, "已自动保存") || !strings.Contains(got, "还有 1\u00a0份别的草稿（3月2日 10:00 存的）") || w.drafts(t) != 2 {
			t.Errorf("the second is told %q, %d drafts", got, w.drafts(t))
		}
	}
	if got := saves(first, "第一个窗口写的，改过"); !strings.Contains(got, "还有 1\u00a0份别的草稿（3月2日 10:01 存的）") || w.drafts(t) != 2 {
		t.Errorf("the first is told %q, %d drafts", got, w.drafts(t))
	}
	w.later()
	third := keeps(t, handler.open(number), complaint.Note, "note", "第三次写的") // filled with the newest, which it takes over
	if got := third.Text(".banner"); !strings.Contains(got, "还有 1 份别的草稿（3月2日 10:01 存的）") || w.drafts(t) != 2 {
		t.Errorf("after 存草稿 the page says %q, %d drafts", got, w.drafts(t))
	}
	here, other := third.Text("#note-note"), third.Text(".draft-other .timeline-quote")
	if here != "第三次写的" || other != "第二个窗口写的，又加了一句" && other != "第一个窗口写的，改过" {
		t.Fatalf("the form holds %q, beside it stands %q", here, other)
	}
	viewtest.Sound(t, third.Document)
	taken := third.Follow(t, ".draft-other a").Want(t, 200)
	if taken.Text("#note-note") != other || taken.Text(".draft-other .timeline-quote") != here {
		t.Errorf("chosen was %q: the form holds %q, beside it stands %q", other, taken.Text("#note-note"), taken.Text(".draft-other .timeline-quote"))
	}
	sent := pressOn(t, taken, complaint.Note).Want(t, 200)
	if sent.Text("#note-note") != here || w.drafts(t) != 1 || sent.Has(".draft-other") {
		t.Errorf("after sending the one, %d drafts are left and the form holds %q", w.drafts(t), sent.Text("#note-note"))
	}
	w.later()
	saves(second, "第二个窗口还开着")
	page := handler.open(number)
	page = page.Submit(t, ".draft-other button", nil).Want(t, 200)
	if w.drafts(t) != 1 || page.Has(".draft-other") {
		t.Errorf("%d drafts after one was thrown away: %q", w.drafts(t), page.Text(".draft-other"))
	}
}

// TestTheWindowThatAFaultCameBackToIsTheSame: it goes on with its own draft, and a window
// that saved an older one does not take it away.
func TestTheWindowThatAFaultCameBackToIsTheSame(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	number := w.inHand(t, handler)
	page := keeps(t, handler.open(number), complaint.Note, "note", "写到一半")
	page = pressOn(t, page, complaint.Note, "note", strings.Repeat("长", 20000)).Want(t, 422)
	page = keeps(t, page, complaint.Note, "note", "改短了")
	if w.drafts(t) != 1 || page.Has(".draft-other") || page.Text("#note-note") != "改短了" {
		t.Errorf("%d drafts, the form holds %q", w.drafts(t), page.Text("#note-note"))
	}
	// The script has kept it meanwhile, under a name that was not on the page.
	typed, long := page.Find(`form:has([data-action=note])`), strings.Repeat("长", 20000)
	token, _ := typed.Find("[name=form_token]").Attr("value")
	of, _ := typed.Find("[name=draft_of]").Attr("value")
	handler.autosaves("/complaints/"+number+"/note", "note", long, "form_token", token, "draft_of", of).Want(t, 200)
	page = pressOn(t, page, complaint.Note, "note", long).Want(t, 422)
	if w.drafts(t) != 1 || page.Has(".draft-other") || len(page.Find("#note-note").Text()) != len(long) {
		t.Errorf("%d drafts, the writer's own words are called %q", w.drafts(t), page.Text(".draft-other p"))
	}
}

// TestWindowsWithoutEndLeaveNotDraftsWithoutEnd: and the one too many is told so.
func TestWindowsWithoutEndLeaveNotDraftsWithoutEnd(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	registrar := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	for i := range 6 {
		page := registrar.Get(t, "/register?kind=enterprise").Want(t, 200)
		answer := registrar.autosaves("/register", "facts", "经过"+strings.Repeat("。", i+1), "form_token", page.Attr("main [name=form_token]", "value"))
		if want := map[bool]int{true: 200, false: 409}[i < 5]; answer.Status != want {
			t.Errorf("window %d: %d", i+1, answer.Status)
		}
		if i == 5 && answer.Body != "没有保存：这张表已经存了 5 份别的草稿，请先在这张表上去掉不要的。" {
			t.Errorf("the one too many is told %q", answer.Body)
		}
	}
	page := registrar.Get(t, "/register").Want(t, 200)
	if w.drafts(t) != 5 || len(page.All(".draft-other")) != 4 || !strings.Contains(page.Text(".draft-other"), "经过。") {
		t.Errorf("%d drafts, %q", w.drafts(t), page.All(".draft-other"))
	}
	viewtest.Sound(t, page.Document)
}

// TestNothingThatNobodySeesKeepsADraftFromBeingKept: neither what was written for another
// unit nor what no key opens any more counts, nor more than there should be in a race.
func TestNothingThatNobodySeesKeepsADraftFromBeingKept(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.team(t)[staff.Handler]
	note := "/complaints/" + w.inHand(t, handler) + "/note"
	copied := func(copies int, change string) {
		t.Helper()
		handler.autosaves(note, "note", "镇里来电").Want(t, 200)
		for _, sql := range []string{
			`INSERT INTO desk_draft (staff_id, matter_id, form, page, unit, sealed, saved_at, expires_at)
			SELECT staff_id, matter_id, form, decode(n::text, 'escape'), unit, sealed, saved_at, expires_at FROM desk_draft, generate_series(1, ` + strconv.Itoa(copies) + `) n`, change} {
			if _, err := w.DB.Owner.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	copied(5, `SELECT`)
	if got := handler.autosaves(note, "note", "自己的一份").Want(t, 200).Body; !strings.Contains(got, "还有 5\u00a0份别的草稿（最近的是 3月2日 10:00 存的）") {
		t.Errorf("a page that has a draft among six is told %q", got)
	}
	for name, change := range map[string]string{
		"for another unit": `UPDATE desk_draft SET unit = 'JUS'`,
		"under a lost key": `UPDATE desk_draft SET sealed = decode('00', 'hex') WHERE page <> decode('1', 'escape')`,
	} {
		if _, err := w.DB.Owner.Exec(t.Context(), `DELETE FROM desk_draft`); err != nil {
			t.Fatal(err)
		}
		copied(4, change)
		w.later()
		if page := handler.autosaves(note, "note", "新的一份", "form_token", "BAAAAAAAAAAAAAAAAAAAAA"); page.Status != 200 || !strings.Contains(page.Body, "已自动保存") {
			t.Errorf("%s: %d %s", name, page.Status, page.Body)
		}
		if page := handler.Get(t, strings.TrimSuffix(note, "/note")); page.Text("#note-note") != "新的一份" || name == "under a lost key" && page.Text(".draft-other .timeline-quote") != "镇里来电" {
			t.Errorf("%s: the form holds %q, beside %q", name, page.Text("#note-note"), page.All(".draft-other"))
		}
	}
}
