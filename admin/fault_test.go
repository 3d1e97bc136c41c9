package admin

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhengxin/internal/ask"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

func TestTwoPeopleAtOnceOneWinsAndTheOtherKeepsTheirWords(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	zhouning, hemin := team[staff.Registrar], team[staff.Supervisor]
	zhouning.does(number, complaint.EnterRegister)
	pages := []*webtest.Page{zhouning.open(number), hemin.open(number)}
	var answers [2]*webtest.Page
	var both sync.WaitGroup
	for i, page := range pages {
		both.Go(func() {
			answers[i] = pressOn(t, page, complaint.AskSupplement, "public", "请补交合同的复印件")
		})
	}
	both.Wait()
	won, lost := answers[0], answers[1]
	if won.Status != 200 {
		won, lost = lost, won
	}
	if won.Want(t, 200); lost.Want(t, 409).Text(".banner h2") == "" {
		t.Fatal("the loser reads nothing")
	}
	banner := lost.Text(".banner")
	if !strings.Contains(banner, "先办了") || !strings.Contains(banner, "现在是“待补正”") || !strings.Contains(banner, "没有丢") {
		t.Errorf("the loser reads %q", banner)
	}
	if got := lost.Text("#note-note"); got != "请补交合同的复印件" {
		t.Errorf("the loser's words are now %q", got)
	}
	pressOn(t, lost, complaint.Note).Want(t, 200)
	if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM event WHERE action = 'ask_supplement'`, nil); err != nil || n != 1 {
		t.Errorf("asked %d times, %v", n, err)
	}
}

func TestALoserWhoMayNoLongerNoteStillSeesTheirWords(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	page := team[staff.Supervisor].open(number)
	asked := team[staff.Registrar].press(number, complaint.Transfer, "body", "省交通运输厅", "document", "转送函", "public", "归它管。")
	pressOn(t, asked, complaint.Transfer, "new_body", "yes").Want(t, 200) // a body that was never written before is asked about
	lost := pressOn(t, page, complaint.Redirect, "public", "请向县人民法院起诉。").Want(t, 409)
	if !strings.Contains(lost.Text("main"), "请向县人民法院起诉。") {
		t.Error("the words are lost")
	}
}

func TestTheSameFormSentTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	page := team[staff.Registrar].open(number)
	pressOn(t, page, complaint.EnterRegister).Want(t, 200)
	w.later()
	again := pressOn(t, page, complaint.EnterRegister).Want(t, 200)
	if got := again.Text(".banner-done"); got != "这一步 10:00 已经办过了没有重复办理。下面是当时的结果。" {
		t.Errorf("the page says %q", got)
	}
	// Another button of the same old page was not carried out, and must not look so.
	other := pressOn(t, page, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03").Want(t, 409)
	if got := other.Text(".banner"); !strings.Contains(got, "这一步没有办") {
		t.Errorf("the page says %q", got)
	}
	pressOn(t, other, complaint.SettleUnit).Want(t, 200)
	if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM event WHERE action IN ('register', 'settle_unit')`, nil); err != nil || n != 2 {
		t.Errorf("%d events, %v", n, err)
	}
}

// send posts a move's form with exactly these answers, past what a browser allows.
func (m member) send(number string, action workflow.Action, answers url.Values) *webtest.Page {
	m.t.Helper()
	page := m.open(number)
	answers.Set("_csrf", page.Attr("main [name=_csrf]", "value"))
	answers.Set("form_token", page.Attr("main [name=form_token]", "value"))
	path := "/complaints/" + number + "/" + string(action)
	if over := complaint.Law.Rows(action)[0].Over; over != "" {
		if field := "main [name=" + over + "]"; page.Has(field) {
			answers.Set(over, page.Attr(field, "value"))
		} else { // its form has a page of its own
			answers.Set(over, m.Get(m.t, path).Attr(field, "value"))
		}
	}
	return m.Post(m.t, path, answers)
}

func TestEveryNeedRefusesWhatItCannotTake(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "luyuan", "陆远", staff.Handler, complainttest.Finance)
	people := map[staff.Role]member{
		staff.Handler: handler, staff.Supervisor: w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit),
		staff.UnitHead:          w.signIn(t, "shenhong", "沈红", staff.UnitHead, complainttest.Finance),
		staff.Publisher:         w.signIn(t, "zhengtong", "郑同", staff.Publisher, complainttest.DeskUnit),
		staff.DisciplineOfficer: w.signIn(t, "qinyun", "秦云", staff.DisciplineOfficer, complainttest.DeskUnit),
	}
	co := w.signIn(t, "xuli", "许立", staff.Handler, complainttest.Justice)
	number := w.File(t, complainttest.Intake()).Number
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET unit = 'TOWN-ROADS'; UPDATE matter SET unit = 'TOWN'`); err != nil { // named once
		t.Fatal(err)
	}
	for _, m := range complaint.Law.Moves {
		var who member // whom the table names first
		for _, by := range slices.Backward(m.By) {
			if one, here := people[by]; here {
				who = one
			}
		}
		if m.Unit == workflow.CoUnit {
			who = co
		}
		if who.Client == nil || len(m.From) == 0 {
			continue
		}
		w.put(t, number, m.From[0], handler.ID)
		if slices.Contains(m.Only, promise.Owed) || slices.Contains(m.Only, "sealed_part") {
			continue // what leads there is walked with the promises and with what is sealed
		}
		flags := []string{}
		if slices.Contains(m.Only, "to_open") || slices.Contains(m.Only, "opened") {
			flags = append(flags, staff.Sealed)
		}
		for _, flag := range m.Only {
			if _, worked := complaint.Law.Facts[flag]; !worked {
				flags = append(flags, flag)
			}
		}
		if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE matter SET flags = $1`, flags); err != nil {
			t.Fatal(err)
		}
		chosen := map[workflow.Action][]string{complaint.SplitMore: {"part_waits"}, complaint.OpenInquiry: {request.ProposedToUnit}} // what may be chosen has to be there
		w.facts(t, number, append(slices.Clone(m.Only), chosen[m.Action]...)...)
		for _, need := range m.Needs {
			for _, bad := range wrong(need) {
				answers := right(m)
				answers.Set(need.Name, bad)
				if need.Kind == workflow.AskDate {
					answers.Del(need.Name + "_year")
					answers.Del(need.Name + "_month")
					answers.Del(need.Name + "_day")
				}
				page := who.send(number, m.Action, answers)
				id := "#" + ask.FieldID(m.Action, need.Name)
				if hidden := `main input[type=hidden][name="` + need.Name + `"]`; page.Status == 422 && page.Has(hidden) && page.Has(".error-summary") {
					continue // the one that there is to choose was chosen by the page
				}
				if page.Status != 422 || !page.Has(".field-wrong "+id+"-error") || !page.Has(`.error-summary a[href="`+id+`"]`) || !page.Has(id) {
					t.Errorf("%s of %s: %.20q gives status %d and %q", need.Name, m.Action, bad, page.Status, page.Text(".field-error"))
				}
				if kept := strings.TrimSpace(bad); need.Kind == workflow.AskText && kept != "" && page.Status == 422 && !strings.Contains(page.Body, kept[:9]) {
					t.Errorf("%s of %s: what was typed is lost", need.Name, m.Action)
				}
			}
		}
	}
	if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT seq FROM matter WHERE number = @n`, pg.Args{"n": number}); err != nil || n != 1 {
		t.Errorf("%d events, %v", n, err)
	}
}

// right answers every need of a move.
func right(m workflow.Move) url.Values {
	out := url.Values{}
	for _, need := range m.Needs {
		switch {
		case len(need.Options) > 0:
			out.Set(need.Name, need.Options[0].Value)
		case need.Name == "unit":
			out.Set(need.Name, complainttest.Town)
		case need.Name == "category":
			out.Set(need.Name, "C03")
		case need.Name == "bar":
			out.Set(need.Name, "unit:"+complainttest.TownRoads)
		case need.From == workflow.FromArticles:
			out.Set(need.Name, "KX-9")
		case need.Kind == workflow.AskUnit:
			out.Set(need.Name, complainttest.Finance)
		case need.Kind == workflow.AskDate:
			month := "4"
			if need.Day == workflow.HasCome {
				month = "2"
			}
			out.Set(need.Name+"_year", "2026")
			out.Set(need.Name+"_month", month)
			out.Set(need.Name+"_day", "9")
		case need.Kind != workflow.AskUnits:
			out.Set(need.Name, "写清楚了")
		}
	}
	return out
}

// wrong are answers that a need must refuse.
func wrong(need workflow.Need) []string {
	var out []string
	if !need.Optional && need.Or == "" {
		out = append(out, "", " \n ")
	}
	switch need.Kind {
	case workflow.AskText, workflow.AskLine:
		out = append(out, strings.Repeat("长", need.Max+1), "看这里\u202e反过来")
	case workflow.AskChoice:
		out = append(out, "nothing-of-the-kind")
	case workflow.AskUnit, workflow.AskUnits:
		out = append(out, "NOWHERE", "'; DROP TABLE matter; --")
	}
	return out
}

func TestAStrangersMatterAndNoneAreTheSameBytes(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	number, absent := w.File(t, complainttest.Intake()).Number, absentNumber
	for name, m := range map[string]member{
		"another unit's": w.signIn(t, "xuli", "许立", staff.Handler, complainttest.Justice), "the accused's": w.signIn(t, "inside", "冯内", staff.Supervisor, complainttest.TownRoads),
		"an officer's before it is true": w.signIn(t, "qinyun", "秦云", staff.DisciplineOfficer, complainttest.DeskUnit),
	} {
		for _, path := range []string{"", "/answer", "/note"} {
			mine, none := m.Get(t, "/complaints/"+number+path).Want(t, 404), m.Get(t, "/complaints/"+absent+path).Want(t, 404)
			if mine.Body != none.Body {
				t.Errorf("%s: GET %s tells that the matter is there", name, path)
			}
		}
		token := m.Get(t, "/account").Attr("main [name=_csrf]", "value")
		post := func(number string, action workflow.Action) *webtest.Page {
			return m.Post(t, "/complaints/"+number+"/"+string(action), url.Values{
				"_csrf": {token}, "form_token": {"AAAAAAAAAAAAAAAAAAAAAA"}, "note": {"写了"}, "public": {"写了"}, "nature": {"RED"},
			})
		}
		for _, action := range []workflow.Action{complaint.Note, complaint.EnterRegister, complaint.Accept, complaint.OpenIdentity, complaint.Dispatch} {
			mine, none := post(number, action), post(absent, action)
			if mine.Status != none.Status || mine.Body != none.Body || mine.Status != 404 {
				t.Errorf("%s: POST %s gives %d and %d", name, action, mine.Status, none.Status)
			}
		}
	}
}

func TestAnIdentityIsShownOnceOnItsOwnPageOnly(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	hemin := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	number := w.File(t, complainttest.Intake()).Number
	page := hemin.open(number)
	if said := page.Text(".sealed"); !strings.Contains(said, "实名，要求保密") || !strings.Contains(said, "打开过 0 次") {
		t.Errorf("the panel says %q", said)
	}
	empty := pressOn(t, page, complaint.OpenIdentity, "public", " ").Want(t, 422)
	if leak := leaked(empty.Body, secrets...); leak != "" {
		t.Errorf("without a reason %q is shown", leak)
	}
	opened := pressOn(t, page, complaint.OpenIdentity, "public", "要电话核实验收日期").Want(t, 200)
	for _, s := range secrets {
		if !strings.Contains(opened.Body, s) {
			t.Errorf("the page does not show %q", s)
		}
	}
	if opened.Header.Get("Cache-Control") != "no-store" || strings.Contains(opened.Path, "%") {
		t.Errorf("kept as %q at %s", opened.Header.Get("Cache-Control"), opened.Path)
	}
	again := pressOn(t, page, complaint.OpenIdentity, "public", "要电话核实验收日期").Want(t, 409)
	after := hemin.open(number)
	for _, body := range []string{again.Body, after.Body, w.log.String()} {
		if leak := leaked(body, secrets...); leak != "" {
			t.Errorf("%q is still to be read", leak)
		}
	}
	if !strings.Contains(after.Text(".sealed"), "打开过 1 次") || !strings.Contains(after.Text(".timeline"), "要电话核实验收日期") {
		t.Errorf("the opening left no trace: %s", after.Text(".sealed"))
	}
}

// TestADoubtThatWasSettledIsSeenWithTheValue: what the rule cannot vouch for is told to
// whoever relies on it.
func TestADoubtThatWasSettledIsSeenWithTheValue(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	hemin := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	in := complainttest.Intake()
	in.Who = complaint.Who{Kind: "enterprise", Anonymous: "no"}
	in.Contact.Organisation, in.Contact.USCC, in.Contact.Email = "青禾路桥工程有限公司", "91350203M0001QKT19", "wang@gmail.com"
	in.Contact.Sure = form.Sure{"uscc": "91350203M0001QKT19", "phone": "of another number"}
	in.Contract.AsWritten = complaint.AsWritten{ContractDate: "2024年5月", UnpaidAmount: "约128万6"}
	page := hemin.open(w.File(t, in).Number)
	for _, want := range []string{"2024年5月（投诉人没有写到日）", "（投诉人写的是“约128万6”）"} {
		if said := page.Text("main"); !strings.Contains(said, want) {
			t.Errorf("the page says nothing of %q: %s", want, said)
		}
	}
	opened := pressOn(t, page, complaint.OpenIdentity, "public", "要核对证照").Want(t, 200)
	if said := opened.Text("main"); !strings.Contains(said, "91350203M0001QKT19（与规则对不上，填写时确认过就是这样的）") || strings.Count(said, "与规则对不上") != 1 {
		t.Errorf("the page says %q", said)
	}
}

// absentNumber is well formed and nobody's.
var absentNumber = form.NewNumber(2025, strings.NewReader("12345678901234567890"))
