package admin

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/key"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// listed are the addresses of a list's rows.
func listed(page *webtest.Page) (all []string) {
	for _, a := range page.Find("[data-row] .matter-title").Nodes {
		for _, attr := range a.Attr {
			if attr.Key == "href" {
				all = append(all, attr.Val)
			}
		}
	}
	return all
}

// path is an address without its query.
func path(address string) string {
	before, _, _ := strings.Cut(address, "?")
	return before
}

// TestAfterAMoveTheListIsGoneOnWith: in every list that a matter may be opened from, with
// filters and without, from its beginning and from its middle.
func TestAfterAMoveTheListIsGoneOnWith(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	registrar := team[staff.Registrar]
	for range 12 {
		w.File(t, complainttest.Intake())
		w.Wait(time.Minute)
	}
	for _, from := range []string{"/complaints", "/complaints?state=submitted", "/complaints?view=mine&state=submitted", "/complaints?view=all&unit=TOWN&category=C", "/complaints?view=open&due=week", "/"} {
		rows := listed(registrar.Get(t, from).Want(t, 200))
		at := len(rows) / 2
		if len(rows) < 4 {
			t.Fatalf("%s has %d rows", from, len(rows))
		}
		page := registrar.Get(t, rows[at]).Want(t, 200)
		if got := path(page.Attr("[data-key=']']", "href")); got != path(rows[at+1]) {
			t.Errorf("%s: after %s comes %s, want %s", from, rows[at], got, rows[at+1])
		}
		// What goes wrong on the way loses nothing of it.
		page = pressOn(t, page, complaint.SettleUnit, "unit", "").Want(t, 422)
		page = pressOn(t, page, complaint.EnterRegister).Want(t, 200)
		next, bracket := page.Attr(".banner-done a", "href"), page.Attr("[data-key=']']", "href")
		if path(next) != path(rows[at+1]) || path(bracket) != path(rows[at+1]) {
			t.Errorf("%s: after the move 下一件 is %s and ] is %s, want %s", from, next, bracket, rows[at+1])
		}
		if got := path(page.Attr("[data-key='[']", "href")); got != path(rows[at-1]) {
			t.Errorf("%s: after the move [ is %s, want %s", from, got, rows[at-1])
		}
		if from != "/" && from != "/complaints" {
			back := registrar.Get(t, page.Attr("[data-key=U]", "href"))
			if got := listed(back.Want(t, 200)); len(got) == 0 || path(got[0]) != path(rows[0]) {
				t.Errorf("%s: U leads to %s", from, back.Path)
			}
		}
		// A second move of the same matter, and a note, go on from the same place.
		page = pressOn(t, page, workflow.Note, "note", "核对过").Want(t, 200)
		if got := path(page.Attr(".banner-done a", "href")); got != path(rows[at+1]) {
			t.Errorf("%s: after a note 下一件 is %s, want %s", from, got, rows[at+1])
		}
	}
	// At its end a list is over, and is left for no other.
	rows := listed(registrar.Get(t, "/complaints?state=submitted").Want(t, 200))
	page := pressOn(t, registrar.Get(t, rows[len(rows)-1]), complaint.EnterRegister).Want(t, 200)
	if page.Text(".banner-done p:last-child") != "列表里没有下一件了。回到列表" || page.Attr(".banner-done a", "href") != "/complaints?state=submitted" {
		t.Errorf("at the end: %q", page.Text(".banner-done"))
	}
}

func TestTheAnswerAndItsDecisionGoOnInTheList(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	for range 3 {
		w.put(t, w.File(t, complainttest.Intake()).Number, complaint.UnderReview, team[staff.Handler].ID)
	}
	supervisor := team[staff.Supervisor]
	rows := listed(supervisor.Get(t, "/complaints?state=under_review"))
	answer := supervisor.Get(t, rows[0]).Follow(t, "a[href*='/answer']").Want(t, 200)
	seen := answer.Follow(t, ".views a[href*='as=seen']").Want(t, 200)
	page := pressOn(t, seen, complaint.SendBack, "note", "利息").Want(t, 200)
	if got := path(page.Attr(".banner-done a", "href")); got != path(rows[1]) {
		t.Errorf("after the decision 下一件 is %s, want %s", got, rows[1])
	}
}

// TestAForgedPlaceLeadsNowhereElse: what an address says of a list is read or left out,
// and whoever writes their own learns of nothing they may not know.
func TestAForgedPlaceLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	mine, other := w.File(t, complainttest.Intake()).Number, w.File(t, complainttest.Intake()).Number
	w.put(t, mine, complaint.Handling, team[staff.Handler].ID)
	for _, place := range []string{"", "n.1.-.1.1", "p.1.-.zzzz.1", "n.9.-.1.1", "n.1.x.1.1", "<b>", "n.1.-.-5.1", strings.Repeat("9", 4000), "n.3.-.1.99999999999", "n.1.zzzzzzzzzzzzz.1.1"} {
		for _, viewed := range []string{"", "open", "all", "mine", "closed", "late", "nonsense"} {
			query := "?view=" + viewed + "&place=" + place
			page := team[staff.Handler].Get(t, "/complaints/"+mine+strings.ReplaceAll(query, "<b>", "%3Cb%3E")).Want(t, 200)
			if strings.Contains(page.Body, other) {
				t.Fatalf("%s tells the unit of %s", query, other)
			}
			team[staff.Handler].Get(t, "/complaints/"+other+strings.ReplaceAll(query, "<b>", "%3Cb%3E")).Want(t, 404)
		}
	}
}

func TestTwoRegistrarsAreNotLedToOneMatter(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	first, second := team[staff.Registrar], w.signIn(t, "suxiaohe", "苏晓禾", staff.Registrar, complainttest.DeskUnit)
	for range 6 {
		w.File(t, complainttest.Intake())
		w.Wait(time.Second)
	}
	rows := listed(first.Get(t, "/complaints?view=mine"))
	second.Get(t, rows[1]).Want(t, 200)
	team[staff.Supervisor].Get(t, rows[2]).Want(t, 200) // looks on, and does nobody's work
	after := func(at int) string {
		t.Helper()
		return path(pressOn(t, first.Get(t, rows[at]), complaint.EnterRegister).Want(t, 200).Attr(".banner-done a", "href"))
	}
	if got := after(0); got != path(rows[2]) {
		t.Errorf("the first is led to %s while the second is at %s", got, rows[1])
	}
	says := "苏晓禾 10:00 打开了这一件，可能正在办。"
	page := first.Get(t, rows[1]).Want(t, 200)
	if !strings.Contains(page.Text("main"), says) || !page.Has("[data-action=register]") {
		t.Error("the page does not say who is at it, or keeps somebody from the work")
	}
	if strings.Contains(second.Get(t, rows[1]).Text("main"), "苏晓禾") {
		t.Error("somebody is told of themselves")
	}
	if !strings.Contains(team[staff.Supervisor].Get(t, rows[1]).Text("main"), "苏晓禾") {
		t.Error("the supervisor, who works beside them, is not told who reads")
	}
	w.Wait(time.Second)
	second.Get(t, rows[4]).Want(t, 200) // has gone on
	if strings.Contains(first.Get(t, rows[1]).Text("main"), says) {
		t.Error("who has gone on to another is still said to be there")
	}
	if got := after(3); got != path(rows[5]) {
		t.Errorf("the first is led to %s while the second is at %s", got, rows[4])
	}
	// Whoever walked away blocks nobody.
	w.Wait(register.LookLife)
	if got := after(2); got != path(rows[4]) {
		t.Errorf("after %v the first is led to %s, want %s", register.LookLife, got, rows[4])
	}
	// Whoever types on is still there.
	w.Wait(time.Minute)
	typing := second.Get(t, rows[4]).Want(t, 200)
	w.Wait(register.LookLife - time.Second)
	typing.Submit(t, "form:has(#note-note) button[value=save]", map[string][]string{"note": {"打过电话"}}).Want(t, 200)
	w.Wait(time.Minute)
	if !strings.Contains(first.Get(t, rows[4]).Text("main"), "苏晓禾") {
		t.Error("whoever keeps a draft is not at it")
	}
}

// owns lets the complainant do something on the portal.
func (w *workplace) owns(t *testing.T, receipt complaint.Receipt, action workflow.Action, pairs ...string) {
	t.Helper()
	visitor, err := key.NewSecret(w.desk.Complaints.Random)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Portal.Unlock(t.Context(), receipt.Number, receipt.Code, visitor, []byte("attempt")); err != nil {
		t.Fatal(err)
	}
	typed := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		typed[pairs[i]] = []string{pairs[i+1]}
	}
	if _, err := w.Portal.MoveOwn(t.Context(), visitor, receipt.Number, action, complainttest.Token(), typed); err != nil {
		t.Fatal(err)
	}
}

// TestWhatCameSinceMarksTheRowUntilItIsRead: for whoever reads the matter and has not seen
// it, by their own last look.
func TestWhatCameSinceMarksTheRowUntilItIsRead(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	late := w.File(t, complainttest.Intake())
	w.owns(t, late, complaint.Urge)
	w.Wait(time.Minute)
	justice := w.signIn(t, "qinlan", "秦岚", staff.Handler, complainttest.Justice)
	receipt := w.File(t, complainttest.Intake())
	number := receipt.Number
	w.put(t, number, complaint.Handling, team[staff.Handler].ID)
	marks := func(m member, from string) string {
		t.Helper()
		page := m.Get(t, from).Want(t, 200)
		return strings.TrimPrefix(page.Text("[data-row]:has([href*='"+number+"']) .matter-news"), "未读：")
	}
	wants := func(when string, want map[staff.Role]string) {
		t.Helper()
		for role, words := range want {
			if got := marks(team[role], "/complaints"); got != words {
				t.Errorf("%s: the %s's row is marked %q, want %q", when, role, got, words)
			}
		}
	}
	handler, head, supervisor := team[staff.Handler], team[staff.UnitHead], team[staff.Supervisor]
	nothing := map[staff.Role]string{staff.Registrar: "", staff.Handler: "", staff.UnitHead: "", staff.Supervisor: ""}
	wants("before anything", nothing)
	w.owns(t, receipt, complaint.Urge)
	w.Wait(time.Minute)
	w.owns(t, receipt, complaint.Supplement, "note", "还有一张验收单")
	both := "投诉人补充了、投诉人催办了"
	wants("after the complainant", map[staff.Role]string{staff.Registrar: both, staff.Handler: both, staff.UnitHead: both, staff.Supervisor: both})
	if got := marks(handler, "/"); got != both {
		t.Errorf("my work marks %q", got)
	}
	page := handler.open(number)
	if n := page.Find(".timeline .new").Length(); n != 0 {
		t.Errorf("%d events are new to who sees all for the first time", n)
	}
	wants("once one has read it", map[staff.Role]string{staff.Registrar: both, staff.Handler: "", staff.UnitHead: both, staff.Supervisor: both})
	supervisor.open(number)
	head.open(number)
	team[staff.Registrar].open(number)
	wants("once all have", nothing)

	w.Wait(time.Minute)
	handler.does(number, complaint.DraftAnswer, draftOf("合同属实。")...)
	wants("what goes its way comes back to nobody", nothing)
	head.does(number, complaint.ReturnAnswer, "note", "利息没有算")
	wants("sent back by the head", map[staff.Role]string{staff.Registrar: "", staff.Handler: "负责人退回重写", staff.UnitHead: "", staff.Supervisor: ""})
	page = handler.open(number)
	if got := page.All(".timeline li:has(.new) .timeline-title"); len(got) != 1 || got[0] != "退回重写" {
		t.Errorf("new to the handler is %v", got)
	}
	wants("read again", nothing)
	if got := marks(justice, "/complaints"); got != both {
		t.Errorf("a unit that helps is marked %q, want what the complainant did and nothing of the draft of another", got)
	}

	// Whoever comes later hears of nothing that was before them.
	w.Wait(time.Minute)
	fresh := w.signIn(t, "xinlai", "新来", staff.Registrar, complainttest.DeskUnit)
	if page := fresh.Get(t, "/complaints").Want(t, 200); page.Has(".matter-news") {
		t.Errorf("a newcomer reads %q", page.Text(".matter-news"))
	}
	if row := team[staff.Registrar].Get(t, "/complaints").Text("[data-row]:has([href*='" + late.Number + "']) .matter-news"); !strings.Contains(row, "投诉人催办了") {
		t.Errorf("what the registrar never opened is marked %q", row)
	}
}

// TestAUnitIsNotMarkedWhatItMayNotKnow: what is withheld from it, and what was before it
// had the matter.
func TestAUnitIsNotMarkedWhatItMayNotKnow(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	receipt := w.File(t, complainttest.Intake())
	w.owns(t, receipt, complaint.Supplement, "note", "合同在附件里")
	w.Wait(time.Minute)
	w.put(t, receipt.Number, complaint.Handling, team[staff.Handler].ID)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE assignment SET started_at = $1`, w.Now()); err != nil {
		t.Fatal(err)
	}
	if page := team[staff.Handler].Get(t, "/complaints").Want(t, 200); !page.Has("[data-row]") || page.Has(".matter-news") {
		t.Errorf("marked with what was before: %q", page.Text(".matter-news"))
	}
	w.Wait(time.Minute)
	w.owns(t, receipt, complaint.Supplement, "note", "有人上门威胁我")
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE supplement SET guarded = true`); err != nil {
		t.Fatal(err)
	}
	if page := team[staff.Handler].Get(t, "/complaints").Want(t, 200); page.Has(".matter-news") {
		t.Errorf("marked with what is guarded: %q", page.Text(".matter-news"))
	}
	if page := team[staff.Supervisor].Get(t, "/complaints").Want(t, 200); page.Text(".matter-news") == "" {
		t.Error("the desk is not told that the complainant was threatened")
	}
	w.Wait(time.Minute)
	w.owns(t, receipt, complaint.Urge)
	if page := team[staff.UnitHead].Get(t, "/complaints").Want(t, 200); !strings.HasSuffix(page.Text(".matter-news"), "投诉人催办了") || strings.Contains(page.Text(".matter-news"), "补充") {
		t.Errorf("what the unit may know is marked %q", page.Text(".matter-news"))
	}
}

// TestWhoHasActedSinceHasRead, and what has been dealt with by an end is no news.
func TestWhoHasActedSinceHasRead(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	receipt := w.File(t, complainttest.Intake())
	w.owns(t, receipt, complaint.Urge)
	registrar, supervisor := team[staff.Registrar], team[staff.Supervisor]
	if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: receipt.Number, Action: complaint.EnterRegister, By: registrar.Person, Token: complainttest.Token()}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		m    member
		want string
	}{{registrar, ""}, {supervisor, "未读：投诉人催办了"}} {
		m, want := c.m, c.want
		if got := m.Get(t, "/complaints").Text(".matter-news"); got != want {
			t.Errorf("the %s's row is marked %q, want %q", m.Role, got, want)
		}
	}
	w.Wait(time.Minute)
	if _, err := w.Desk.Move(t.Context(), workflow.Order{Number: receipt.Number, Action: complaint.Redirect, By: registrar.Person, Token: complainttest.Token(),
		Answers: workflow.Answers{"public": {"请向法院起诉。"}, "nature": {"LIT"}, "ground": {"court"}, "where": {"法院"}, "note": {"已经说明"}}}); err != nil {
		t.Fatal(err)
	}
	if page := supervisor.Get(t, "/complaints?view=closed").Want(t, 200); !page.Has("[data-row]") || page.Has(".matter-news") {
		t.Errorf("what an end has dealt with is marked: %q", page.Text(".matter-news"))
	}
	other := w.File(t, complainttest.Intake())
	w.Wait(time.Minute)
	w.owns(t, other, complaint.Withdraw)
	if got := supervisor.Get(t, "/complaints?view=closed").All(".matter-news"); len(got) != 1 || !strings.Contains(got[0], "投诉人撤回了") {
		t.Errorf("what the complainant ended is marked %q", got)
	}
}

func TestACaseThatCameBackIsMarked(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.configure(t)
	c.openCase(t)
	doesOn(t, c.officer.Get(t, "/cases/"+c.number+"/draft_warning").Want(t, 200), discipline.DraftWarning, warningTyped...)
	if page := c.officer.Get(t, "/cases"); page.Has(".matter-news") {
		t.Errorf("marked with one's own draft: %q", page.Text(".matter-news"))
	}
	doesOn(t, c.shown(t, c.leader), discipline.SendBack, "note", "依据写全")
	if got := c.officer.Get(t, "/cases").Text(".matter-news"); got != "未读：退回修改" {
		t.Errorf("the officer's row says %q", got)
	}
	if page := c.leader.Get(t, "/cases"); page.Has(".matter-news") {
		t.Errorf("the leader is told what they did: %q", page.Text(".matter-news"))
	}
	c.shown(t, c.officer)
	if page := c.officer.Get(t, "/cases"); page.Has(".matter-news") {
		t.Errorf("read, it is marked %q", page.Text(".matter-news"))
	}
}

// TestEveryLinkAndKeyLeadsWhereItsReaderMay walks from my work along all links that each
// role is shown, and to where its keys lead: nothing ends at a page that is not theirs.
func TestEveryLinkAndKeyLeadsWhereItsReaderMay(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	c.configure(t)
	c.openCase(t)
	doesOn(t, c.officer.Get(t, "/cases/"+c.number+"/draft_warning").Want(t, 200), discipline.DraftWarning, warningTyped...)
	doesOn(t, c.shown(t, c.leader), discipline.Sign)
	doesOn(t, c.shown(t, c.officer), discipline.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
	handling := c.File(t, complainttest.Intake()).Number
	c.put(t, handling, complaint.UnderReview, c.officer.ID)
	for range 3 {
		c.File(t, complainttest.Intake())
	}
	for _, role := range staff.Roles() {
		unit := complainttest.DeskUnit
		if role == staff.Handler || role == staff.UnitHead {
			unit = complainttest.Finance
		}
		m := c.signIn(t, "walks-"+strings.ReplaceAll(string(role), "_", "-"), "走动", role, unit)
		home := m.Get(t, "/").Want(t, 200)
		for _, label := range home.All(".keys li") {
			if strings.HasPrefix(label, "/") && !home.Has(".desk-search") || strings.HasPrefix(label, "GL") && !home.Has("[data-go~=L]") || label == "GL全部投诉" && m.Get(t, "/complaints").Status != 200 {
				t.Errorf("%s: the page offers the key %q, which leads nowhere", role, label)
			}
		}
		if role == staff.Publisher && !strings.Contains(home.Text("[data-row]"), "公示") {
			t.Errorf("the paper that waits for the publisher is not on their page: %s", home.Text("main"))
		}
		seen, open := map[string]bool{}, []string{"/", "/keys", "/account"}
		for _, s := range home.Find("[data-go]").Nodes {
			for _, attr := range s.Attr {
				if attr.Key == "href" {
					open = append(open, attr.Val)
				}
			}
		}
		for len(open) > 0 && len(seen) < 150 {
			to := open[0]
			open = open[1:]
			address, query, _ := strings.Cut(to, "?")
			values, err := url.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			kind := address + "?" + strings.Join(slices.Sorted(maps.Keys(values)), "&") + values.Get("as") + values.Get("view")
			if seen[kind] {
				continue
			}
			seen[kind] = true
			page := m.Get(t, to)
			if page.Status != 200 {
				t.Errorf("%s is led to %s: %d", role, to, page.Status)
				continue
			}
			if action := page.Attr(".desk-search", "action"); action != "" && !seen["search"] {
				seen["search"] = true
				for _, q := range []string{"工程款", "不存在的字"} {
					m.Get(t, action+"?q="+url.QueryEscape(q)).Want(t, 200)
				}
			}
			page.Find("a[href^='/']").Each(func(_ int, s *goquery.Selection) { open = append(open, s.AttrOr("href", "")) })
		}
		if len(seen) < 6 {
			t.Errorf("%s walked to %v only", role, seen)
		}
	}
}
