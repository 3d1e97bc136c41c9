package admin

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// tries sends a move that cannot be done now, past what the page offers.
func (m member) tries(number string, action workflow.Action) *webtest.Page {
	m.t.Helper()
	token := m.Get(m.t, "/account").Attr("main [name=_csrf]", "value")
	return m.Post(m.t, "/complaints/"+number+"/"+string(action), url.Values{"_csrf": {token}, "form_token": {"AAAAAAAAAAAAAAAAAAAAAA"}, "note": {"写了"}})
}

// TestWhatIsWithheldIsToldByNoRefusal: whoever handles a complaint reads nothing of who
// opened the identity, released a bar, or decided on a case; a move that is refused
// because something has been done since must not say it either.
func TestWhatIsWithheldIsToldByNoRefusal(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	handler := c.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	supervisor := c.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	reads := func() string {
		t.Helper()
		page := handler.tries(c.complaint, complaint.Sign).Want(t, 409)
		return page.Text(".banner") + page.Text(".timeline") + page.Text(".page-head") + page.Text(".desk-side")
	}
	reads() // what is new to them is marked once
	before := reads()
	if !strings.Contains(before, "先办了") {
		t.Fatalf("a refused move says %q", before)
	}
	for _, step := range []struct {
		by     member
		action workflow.Action
		pairs  []string
	}{
		{supervisor, complaint.OpenIdentity, []string{"public", "要核实验收日期"}},
		{supervisor, complaint.Note, []string{"note", "和县里通过气"}},
		{c.officer, complaint.DeclineCase, []string{"note", "情节轻微"}},
		{c.officer, complaint.OpenCase, []string{"note", "又有三家反映，要立案"}},
	} {
		c.later()
		step.by.press(c.complaint, step.action, step.pairs...).Want(t, 200)
		after := reads()
		if step.action == complaint.Note { // made since they have it, so it is theirs to read
			before = reads()
			continue
		}
		if after != before {
			t.Errorf("after %s the handler reads\n%s\nand before\n%s", step.action, after, before)
		}
	}
}

// TestAViewThatIsForARoleAnswersNoOther: that a case was declined, or may be opened, would
// be told by the list itself.
func TestAViewThatIsForARoleAnswersNoOther(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.officer.does(c.complaint, complaint.DeclineCase, "note", "情节轻微")
	readers := map[staff.Role]member{staff.DisciplineOfficer: c.officer, staff.Leader: c.leader,
		staff.Handler: c.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance), staff.UnitHead: c.signIn(t, "shenhong", "沈红", staff.UnitHead, complainttest.Finance),
		staff.Auditor: c.signIn(t, "sunjing", "孙静", staff.Auditor, complainttest.DeskUnit)}
	tried := 0
	for _, v := range complaint.Kind.Views {
		if v.For == "" {
			continue
		}
		for role, by := range readers {
			if v.Shows(complaint.Kind, role) {
				continue
			}
			tried++
			if list := by.Get(t, "/complaints?view="+v.Name).Want(t, 404); !strings.Contains(list.Text("main"), "这个列表不归您看") || list.Has("[data-row]") {
				t.Errorf("%s asks for %s and reads %s", role, v.Name, list.Text("main"))
			}
			path := "/complaints/" + c.complaint + "?view="
			asked, none := by.Get(t, path+v.Name).Want(t, 200), by.Get(t, path+"nothing").Want(t, 200)
			if got, want := asked.Text("main"), none.Text("main"); got != want {
				t.Errorf("%s asks %s%s and reads\n%s\ninstead of\n%s", role, path, v.Name, got, want)
			}
		}
	}
	if tried < 8 {
		t.Errorf("%d views were asked for", tried)
	}
}

// TestAStalePageOpensNoCase: one page has one token for all its buttons, and what was
// typed for another button than the one that used it is kept.
func TestAStalePageOpensNoCase(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	page := c.officer.open(c.complaint)
	pressOn(t, page, complaint.DeclineCase, "note", "情节轻微").Want(t, 200)
	c.later()
	back := pressOn(t, page, complaint.OpenCase, "note", "想了想，还是要立案").Want(t, 409)
	if !strings.Contains(back.Text(".banner"), "您写的内容还在") || !strings.Contains(back.Text("#open_case-note"), "想了想") {
		t.Errorf("says %q and keeps %q", back.Text(".banner"), back.Text("#open_case-note"))
	}
	found, err := c.Desk.Read(t.Context(), c.officer.Person, c.complaint)
	if err != nil || found.Matter.Has(complaint.CaseOpened) {
		t.Errorf("a case was opened: %v", err)
	}
	if opened := pressOn(t, back, complaint.OpenCase).Want(t, 200); !strings.HasPrefix(opened.Path, "/cases/AJ") {
		t.Errorf("sent once more it leads to %s", opened.Path)
	}
}

// TestTheGroundOfACaseStandsInTheCaseAlone: whom it names is kept from the case, and reads
// the complaint.
func TestTheGroundOfACaseStandsInTheCaseAlone(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	named := c.signIn(t, "gehong", "葛洪", staff.Auditor, complainttest.DeskUnit)
	c.officer.press(c.complaint, complaint.OpenCase, "note", "葛洪也知道这件事").Want(t, 200)
	for _, by := range []member{named, c.officer, c.leader} {
		if page := by.open(c.complaint); strings.Contains(page.Body, "也知道这件事") {
			t.Errorf("%s reads the ground of the case in the complaint", by.Name)
		}
	}
	found, err := c.Desk.Read(t.Context(), c.officer.Person, c.complaint)
	if err != nil || found.Events[0].Action != complaint.OpenCase || found.Events[0].Note != "" {
		t.Errorf("the complaint's event is %+v, %v", found.Events[0], err)
	}
	handler := c.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	read, err := c.Desk.Read(t.Context(), handler.Person, c.complaint)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range read.Events {
		if e.Action == complaint.OpenCase {
			t.Error("the unit that handled it reads that a case was opened")
		}
	}
}

// TestWhatIsConfidedIsReadByTheSupervisingDeskAlone: somebody who is pressed tells the
// supervising desk, and the unit that handles the complaint reads neither the words nor
// that there are any, on no page.
func TestWhatIsConfidedIsReadByTheSupervisingDeskAlone(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler, head := team[staff.Handler], team[staff.UnitHead]
	receipt := w.File(t, complainttest.Intake())
	w.put(t, receipt.Number, complaint.Handling, handler.ID)
	w.later()
	paths := []string{"/", "/complaints", "/complaints?view=all", "/complaints/" + receipt.Number, "/complaints/" + receipt.Number + "/note", "/complaints/" + receipt.Number + "/draft_answer",
		"/complaints?q=" + url.QueryEscape("堵在门口"), "/complaints?text=" + url.QueryEscape("堵在门口"), "/search?q=" + url.QueryEscape("堵在门口"), "/complaints?q=" + receipt.Number}
	reads := func(m member) (all []string) {
		for _, path := range paths {
			page := m.Get(t, path)
			all = append(all, path+": "+page.Text("body"))
		}
		return all
	}
	before := map[*member][]string{&handler: nil, &head: nil}
	for m := range before { // what they looked at, and who is at it, is itself on the pages
		reads(*m)
	}
	for m := range before {
		before[m] = reads(*m)
	}
	w.supplements(t, receipt, "昨晚三个人堵在门口威胁我，说再告就要我好看。")
	w.index(t)
	for m, was := range before {
		for i, now := range reads(*m) {
			if now != was[i] {
				t.Errorf("a %s now reads\n%s\nand before\n%s", m.Role, now, was[i])
			}
		}
	}
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader} {
		page := team[role].open(receipt.Number)
		if got := page.Text(".timeline"); !strings.Contains(got, "堵在门口") || !strings.Contains(got, "说给监督人员") {
			t.Errorf("a %s reads %s", role, got)
		}
	}
	if own := w.reads(t, receipt.Number, receipt.Code); own.Events[0].Action != complaint.Confide || !strings.Contains(own.Events[0].Text, "只有监督人员看得到") {
		t.Errorf("the complainant reads %+v", own.Events[0])
	}
	n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM letter WHERE created_at >= (SELECT max(at) FROM event)`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d letters tell of it, %v", n, err)
	}
}

// What a move leads to tells a handling unit nothing of what it does not know of: the address
// and the page are the same, whatever the complainant told the supervising desk before.
func TestWhereAMoveLeadsTellsNothingOfHiddenEvents(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	handler := team[staff.Handler]
	var at []string
	for hidden := range 3 {
		receipt := w.File(t, complainttest.Intake())
		w.put(t, receipt.Number, complaint.Handling, handler.ID)
		for range hidden {
			w.later()
			w.supplements(t, receipt, "昨晚三个人堵在门口威胁我，说再告就要我好看。")
		}
		w.later()
		done := handler.does(receipt.Number, workflow.Note, "note", "打过电话")
		if done.Has(".banner-done") != true || strings.Contains(done.Text("main"), "堵在门口") {
			t.Errorf("after the note it says %s", done.Text(".banner"))
		}
		at = append(at, strings.ReplaceAll(done.Path, receipt.Number, "N"))
	}
	if at[0] != at[1] || at[0] != at[2] || strings.ContainsAny(at[0], "0123456789") {
		t.Errorf("a note leads to %q", at)
	}
}

// TestWhatIsToldToTheDeskAloneStandsOnNoPageOfAUnit: the words of a rating and what is
// said against an answer, told to supervisors alone, on the page of the matter, in its
// lists, searches and files; the desk reads them, sees that no unit does, and prints none.
func TestWhatIsToldToTheDeskAloneStandsOnNoPageOfAUnit(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	receipt := w.File(t, complainttest.Intake())
	number := receipt.Number
	w.replies(t, number)
	const rated, contested = "老会计可以作证发票换过", "镇里李副科长私下许过三万"
	w.owns(t, receipt, complaint.Rate, "rating", "dissatisfied", "solved", "unsolved", "rating_words", rated, "told", "desk")
	w.owns(t, receipt, complaint.Contest, "note", contested, "told", "desk")
	w.index(t)
	for _, role := range []staff.Role{staff.Registrar, staff.Supervisor, staff.Leader, staff.Handler, staff.UnitHead} {
		m, desk := team[role], role != staff.Handler && role != staff.UnitHead
		page := m.open(number)
		all := m.Get(t, "/").Body + m.Get(t, "/complaints?view=all").Body + searched(m, "李副科长").Text(".matter-line") + page.Body
		if desk != (strings.Contains(all, rated) && strings.Contains(all, contested) && strings.Contains(page.Text(".timeline"), "承办单位看不到")) {
			t.Errorf("a %s reads %q", role, page.Text("main"))
		}
		if !desk && (strings.Contains(all, rated) || strings.Contains(all, contested) || strings.Contains(all, "承办单位看不到") || searched(m, "李副科长").Has("[data-row]")) {
			t.Errorf("a %s learns that there is something told to the desk alone", role)
		}
		printed := page.Find("main").Clone()
		printed.Find(".no-print").Remove()
		for _, words := range []string{rated, contested} {
			if desk && (strings.Contains(printed.Text(), words) || !strings.Contains(printed.Find(".print-only").Text(), "（承办单位看不到的话，不打印）")) {
				t.Errorf("what the desk alone was told is printed: %q", printed.Find(".timeline, .holding").Text())
			}
		}
	}
	if _, rows := team[staff.Supervisor].exported(t, "/complaints?view=all"); strings.Contains(fmt.Sprint(rows), rated) || strings.Contains(fmt.Sprint(rows), contested) {
		t.Errorf("the file has %q", rows)
	}
}
