package admin

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// call is what a registrar writes down of a telephone call.
func call() url.Values {
	return url.Values{
		"channel": {"hotline"}, "complainant_kind": {"citizen"}, "anonymous": {"no"}, "unit": {complainttest.Town}, "category": {"C03"},
		"title": {"修水渠的工钱三年没有结"}, "request": {"结清工钱"}, "facts": {"前年修的水渠，工钱一直没有结。"},
		"unpaid_amount": {"12,800.50"}, "name": {"李春花"}, "phone": {"139 0013 9000"}, "email": {"li@example.com"}, "address": {"东岭镇河口村 8 号"},
		"edelivery_consent": {"yes"},
	}
}

// reads opens a complaint on the portal with number and code.
func (w *workplace) reads(t *testing.T, number, code string) *complaint.Own {
	t.Helper()
	visitor, err := key.NewSecret(w.desk.Complaints.Random)
	if err != nil {
		t.Fatal(err)
	}
	bare, ok := form.ParseCode(code)
	if !ok {
		t.Fatalf("%q is no code", code)
	}
	if err := w.Portal.Unlock(t.Context(), number, bare, visitor, []byte("attempt")); err != nil {
		t.Fatal(err)
	}
	own, err := w.Portal.Own(t.Context(), visitor, number)
	if err != nil {
		t.Fatal(err)
	}
	return own
}

func TestACallIsRegisteredByHandAndTrackedByItsCode(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	form := zhouning.Get(t, "/register?kind=citizen").Want(t, 200)
	receipt := form.Submit(t, "main form", call()).Want(t, 200)
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if !strings.HasPrefix(number, "JX2026") || len(code) < 16 {
		t.Fatalf("number %q, code %q", number, code)
	}
	if state := w.state(t, number); state != complaint.Registered {
		t.Errorf("what is taken down is %s", state)
	}
	if receipt.Text(".receipt-track") != "https://xf.example/track" || !receipt.Has(".receipt svg.qr") {
		t.Errorf("the slip leads to %q", receipt.Text(".receipt-track"))
	}
	if own := w.reads(t, number, code); own.UnitName != "东岭镇人民政府" {
		t.Errorf("the caller reads of %q", own.UnitName)
	}
	page := zhouning.open(number)
	if facts := page.Text(".page-head-facts"); !strings.Contains(facts, "热线电话") || !strings.Contains(facts, "欠 12,800.50 元") {
		t.Errorf("the desk reads %q", facts)
	}
	if !strings.Contains(page.Text(".timeline"), "周宁") {
		t.Error("nobody registered it")
	}
	again := form.Submit(t, "main form", call()).Want(t, 200)
	if again.Text("[data-receipt-number]") != number || again.Text("[data-receipt-code]") != code || !strings.Contains(again.Text(".banner-done"), "没有重复登记") {
		t.Errorf("sent twice: %q %q", again.Text("[data-receipt-number]"), again.Text(".banner"))
	}
	if page.Has("[data-receipt-code]") || strings.Contains(page.Body, code) {
		t.Error("the code is shown a second time")
	}
	for _, place := range []string{zhouning.Get(t, "/").Body, zhouning.Get(t, "/complaints").Body, w.log.String()} {
		if leak := leaked(place, "李春花", "13900139000", "li@example.com", "河口村 8 号", code); leak != "" {
			t.Errorf("%q stands where it must not", leak)
		}
	}
}

func leaked(text string, secrets ...string) string {
	for _, s := range secrets {
		if strings.Contains(text, s) {
			return s
		}
	}
	return ""
}

func TestAnAnonymousLetterNeedsNoName(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	hemin := w.signIn(t, "hemin", "何敏", staff.Supervisor, complainttest.DeskUnit)
	letter := call()
	letter.Set("channel", "letter_box")
	letter.Set("anonymous", "yes")
	for _, name := range []string{"name", "phone", "email", "address", "edelivery_consent"} {
		letter.Set(name, "")
	}
	receipt := hemin.Get(t, "/register?kind=citizen").Submit(t, "main form", letter).Want(t, 200)
	rows, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM identity`, nil)
	if err != nil || rows != 0 || receipt.Text("[data-receipt-number]") == "" {
		t.Errorf("%d identities, %v", rows, err)
	}
}

func TestAUnitAndACategoryAreFoundWhileTheFormIsFilledIn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	page := zhouning.Get(t, "/register?kind=citizen").Want(t, 200)
	if first := page.Attr("main form button", "value"); first != "enter" {
		t.Errorf("Return presses the button %q", first)
	}
	typed := call()
	typed.Set("unit_name", "财政")
	typed.Set("category_query", "工程款")
	for _, do := range []string{"find", "enter"} {
		typed.Set("do", do)
		found := page.Submit(t, "main form", typed).Want(t, 200)
		if found.Has(".error-summary") || !found.Has(`[name=unit][value=FIN]`) || found.Attr(`[name=category] option:not([value=""])`, "value") != "C03" {
			t.Errorf("%s: found %q", do, found.All("[role=status]"))
		}
		for _, name := range []string{"title", "request", "facts", "unpaid_amount", "name", "phone", "address", "unit_name", "category_query"} {
			if got := found.Shown(name); got == nil || *got != typed.Get(name) {
				t.Errorf("%s: %s is lost", do, name)
			}
		}
		if !found.Has(`[name=channel][value=hotline][checked]`) || !found.Has(`[name=edelivery_consent][checked]`) || !found.Has(`option[value=C03][selected]`) {
			t.Errorf("%s: what was ticked is lost", do)
		}
		if said := found.Text(".banner"); (do == "enter") != strings.Contains(said, "还没有登记") {
			t.Errorf("%s: on top stands %q", do, said)
		}
		if token := found.Attr("main [name=form_token]", "value"); token != page.Attr("main [name=form_token]", "value") {
			t.Errorf("%s: the form has another token", do)
		}
		if do == "enter" { // the words were looked up: now Return files, but asks whom it is about
			asked := found.Submit(t, "main form", nil).Want(t, 422)
			if said := asked.Text(".error-summary"); !strings.Contains(said, "写的是“财政”，选的是“东岭镇人民政府”") {
				t.Errorf("what was typed beside another choice is passed over: %q", said)
			}
			asked.Submit(t, "main form", url.Values{"unit": {"FIN"}}).Want(t, 200)
		}
	}
	if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM matter`, nil); err != nil || n != 1 {
		t.Errorf("%d complaints, %v", n, err)
	}
}

func TestAUnitThatTheCallerNamesInFullNeedsNoChoosing(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	typed := call()
	typed.Set("unit", "")
	typed.Set("unit_name", "财政局")
	page := zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 200)
	if !strings.Contains(page.Text("main"), "就是名单里的“县财政局”。") || !page.Has("[name=unit][value=FIN][checked]") {
		t.Errorf("the search says %q", page.All("[role=status]"))
	}
	receipt := page.Submit(t, "main form", nil).Want(t, 200)
	matter := zhouning.open(receipt.Text("[data-receipt-number]"))
	if facts := matter.Text(".page-head-facts"); !strings.Contains(facts, "被投诉：县财政局（投诉人写的是“财政局”）") {
		t.Errorf("the desk reads %q", facts)
	}
}

// The law's terms run from the day a letter came, however late it is entered.
func TestTheClocksOfALetterBeginTheDayItCame(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	page := zhouning.Get(t, "/register?kind=citizen").Want(t, 200)
	if day := *page.Shown("received_on_year") + "-" + *page.Shown("received_on_month") + "-" + *page.Shown("received_on_day"); day != "2026-3-2" {
		t.Errorf("the form says it came on %s", day)
	}
	letter := call()
	letter.Set("channel", "letter_box")
	for i, name := range []string{"received_on_year", "received_on_month", "received_on_day"} {
		letter.Set(name, []string{"2026", "2", "12"}[i])
	}
	receipt := page.Submit(t, "main form", letter).Want(t, 200)
	type row struct {
		Rule, Due, Derivation string
		Opened                bool
	}
	clocks, err := pg.All[row](t.Context(), w.DB.Owner, `
		SELECT c.rule, c.due_on::text AS due, c.derivation, m.opened_at = @now AS opened
		FROM clock c JOIN matter m ON m.id = c.matter_id JOIN complaint p ON p.matter_id = m.id AND p.received_on = '2026-02-12' ORDER BY c.rule`,
		pg.Args{"now": w.Now()})
	if err != nil || len(clocks) != 3 {
		t.Fatalf("%d clocks, %v", len(clocks), err)
	}
	// Fifteen days from 12 February; one and five working days, the Spring
	// Festival's (15 to 23 February) not among them.
	for i, want := range []row{{Rule: "PF-ACC", Due: "2026-02-26"}, {Rule: "PF-REG", Due: "2026-02-13"}, {Rule: "XF-NOTICE", Due: "2026-02-27"}} {
		if got := clocks[i]; got.Rule != want.Rule || got.Due != want.Due || !got.Opened || !strings.Contains(got.Derivation, "2月12日") {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	matter := zhouning.open(receipt.Text("[data-receipt-number]"))
	if facts := matter.Text(".page-head-facts"); !strings.Contains(facts, "举报箱、来信，2026年2月12日收到，3月2日 10:00登记") {
		t.Errorf("the desk reads %q", facts)
	}
}

func TestACallAboutTheOfficeItselfIsTakenAndCannotBeOpenedThere(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	if _, err := w.DB.Owner.Exec(t.Context(), `UPDATE unit SET complainable = true WHERE code = 'DESK'`); err != nil {
		t.Fatal(err)
	}
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	typed := call()
	typed.Set("unit", complainttest.DeskUnit)
	receipt := zhouning.Get(t, "/register?kind=citizen").Submit(t, "main form", typed).Want(t, 200)
	number := receipt.Text("[data-receipt-number]")
	if receipt.Has(`a[href*="`+number+`"]`) || !strings.Contains(receipt.Text("main"), "按规定回避") {
		t.Errorf("the receipt says %q", receipt.Text("main"))
	}
	if state := w.state(t, number); state != complaint.Submitted {
		t.Errorf("whoever may not open it has made it %s", state)
	}
	zhouning.Get(t, "/complaints/"+number).Want(t, 404)
	const warning = "投诉“县政务诚信监督办公室”的，现在谁也看不到。"
	if said := zhouning.Get(t, "/units").Text(".banner"); !strings.Contains(said, warning) {
		t.Errorf("the page of units says %q", said)
	}
	outside := w.signIn(t, "heting", "贺听雨", staff.Registrar, complainttest.Justice)
	outside.open(number)
	if said := outside.Get(t, "/units").Text(".banner"); strings.Contains(said, warning) {
		t.Errorf("the page of units still says %q", said)
	}
}

// contactBoxes are the contact fields that a page shows, and the values it carries unseen.
func contactBoxes(page *webtest.Page) (shown []string, unseen url.Values) {
	unseen = url.Values{}
	for _, name := range []string{"organisation", "uscc", "press_card", "name", "congress_session", "credential_number", "phone", "email", "address"} {
		switch {
		case page.Has("input[type=text][name=" + name + "]"):
			shown = append(shown, name)
		case page.Has("input[type=hidden][name=" + name + "]"):
			unseen.Set(name, page.Attr("input[type=hidden][name="+name+"]", "value"))
		}
	}
	return shown, unseen
}

func TestOnlyTheFieldsOfWhoComplainsAreAsked(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	first := zhouning.Get(t, "/register").Want(t, 200)
	if first.Has("main input") || len(first.All("main .register-kinds a")) != len(complaint.Kinds) {
		t.Fatalf("the first page asks %q", first.All("main .register-kinds a"))
	}
	typed := map[string]string{"organisation": "青禾路桥", "uscc": "91410425MA00000077", "press_card": "记证 77", "name": "王建国",
		"congress_session": "第十六届", "credential_number": "7788", "phone": "13900139000", "email": "li@example.com", "address": "河口村"}
	for _, from := range complaint.Kinds {
		for _, anonymous := range []string{"no", "yes"} {
			for _, to := range complaint.Kinds {
				page := zhouning.Get(t, "/register?kind="+from.Value).Want(t, 200)
				was, values := complaint.Asked(complaint.Who{Kind: from.Value, Anonymous: "no"}), url.Values{}
				if shown, unseen := contactBoxes(page); !sameNames(shown, was) || len(unseen) > 0 {
					t.Fatalf("%s is asked %q, want %q", from.Value, shown, was)
				}
				for _, name := range was {
					values.Set(name, typed[name])
				}
				values.Set("do", "kind")
				values.Set("complainant_kind", to.Value)
				values.Set("anonymous", anonymous)
				other := page.Submit(t, "main form", values).Want(t, 200)
				now := complaint.Asked(complaint.Who{Kind: to.Value, Anonymous: anonymous})
				shown, unseen := contactBoxes(other)
				if !sameNames(shown, now) {
					t.Errorf("%s, then %s (%s): asked %q, want %q", from.Value, to.Value, anonymous, shown, now)
				}
				for _, name := range was {
					if slices.Contains(now, name) {
						if got := other.Shown(name); got == nil || *got != typed[name] {
							t.Errorf("%s, then %s: %s is lost", from.Value, to.Value, name)
						}
					} else if unseen.Get(name) != typed[name] || !strings.Contains(other.Text("#register-contact .note"), "“"+typed[name]+"”") {
						t.Errorf("%s, then %s: %s is lost or not said: %q", from.Value, to.Value, name, other.Text("#register-contact"))
					}
				}
				back := other.Submit(t, "main form", url.Values{"do": {"kind"}, "complainant_kind": {from.Value}, "anonymous": {"no"}}).Want(t, 200)
				for _, name := range was {
					if got := back.Attr("input[type=text][name="+name+"]", "value"); got != typed[name] {
						t.Errorf("%s, then %s and back: %s is %q", from.Value, to.Value, name, got)
					}
				}
			}
		}
	}
}

func sameNames(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

func TestWhatWasTypedForAnotherKindIsNotFiled(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	page := zhouning.Get(t, "/register?kind=enterprise").Submit(t, "main form", url.Values{"do": {"kind"}, "complainant_kind": {"citizen"},
		"organisation": {"青禾路桥工程有限公司"}, "uscc": {"91410425MA00000077"}}).Want(t, 200)
	receipt := page.Submit(t, "main form", call()).Want(t, 200)
	matter := zhouning.open(receipt.Text("[data-receipt-number]"))
	opened := pressOn(t, matter, complaint.OpenIdentity, "public", "要电话核实").Want(t, 200)
	if !strings.Contains(opened.Text("main"), "李春花") || strings.Contains(opened.Body, "青禾路桥") || strings.Contains(opened.Body, "91410425MA00000077") {
		t.Errorf("sealed is %q", opened.Text("main"))
	}
}

// Whatever keeps the second step from being done, the complaint is there and its code is told.
func TestWhatCannotBeRegisteredAtOnceIsTakenAllTheSame(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	if _, err := w.DB.Owner.Exec(t.Context(), `
		CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$;
		CREATE TRIGGER refused BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.action = 'register') EXECUTE FUNCTION refuse()`); err != nil {
		t.Fatal(err)
	}
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	form := zhouning.Get(t, "/register?kind=citizen").Want(t, 200)
	receipt := form.Submit(t, "main form", call()).Want(t, 200)
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if receipt.Text("h1") != "投诉已经收下" || !strings.Contains(receipt.Text("main"), "再按一次“登记”") || len(code) < 16 || w.state(t, number) != complaint.Submitted {
		t.Fatalf("%s: %s", w.state(t, number), receipt.Text("main"))
	}
	if _, err := w.DB.Owner.Exec(t.Context(), `DROP TRIGGER refused ON event`); err != nil {
		t.Fatal(err)
	}
	again := form.Submit(t, "main form", call()).Want(t, 200)
	if again.Text("[data-receipt-code]") != code || again.Text("h1") != "已经登记" || w.state(t, number) != complaint.Registered {
		t.Errorf("sent again: %s, %q", w.state(t, number), again.Text("h1"))
	}
}

// TestAClerkIsAskedAboutWhatTellsWhoComplains: the title and every other text of a
// registration by hand, by the list that the portal goes by.
func TestAClerkIsAskedAboutWhatTellsWhoComplains(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	fields := firm()
	fields.Set("title", "13800138000 来电：修路款没有付")
	fields.Set("elsewhere", "对方加过微信 wang_88888")
	asked := postRegister(t, zhouning, fields).Want(t, 422)
	if got := asked.Text(".error-summary"); !strings.Contains(got, "“标题”里好像写了手机号码：“13800138000”。承办单位看得到，可能猜得出是投诉人") || !strings.Contains(got, "“还向哪里反映过”里好像写了微信号") {
		t.Errorf("asks %q", got)
	}
	if got := asked.Text(".error-summary"); !strings.Contains(got, "有 2 处请确认") || strings.Contains(got, "要改") || !strings.Contains(got, "确认这 2 处") {
		t.Errorf("questions are called faults: %q", got)
	}
	if !asked.Has("[name=title_personal]") || !asked.Has("[name=elsewhere_personal]") || asked.Has("[name=facts_personal]") {
		t.Error("the questions do not stand beside their texts")
	}
	asked = asked.Submit(t, "main form", url.Values{"title_personal": {"mask"}, "elsewhere_personal": {"keep"}, "elsewhere": {"对方加过微信 wang_88888，打过13900139000"}}).Want(t, 422)
	if got := asked.Text(".error-summary"); !strings.Contains(got, "13900139000") || asked.Has("[name=elsewhere_personal][checked]") || strings.Contains(got, "标题") {
		t.Errorf("what was added with the answer is not asked about: %q", got)
	}
	seen := asked.Submit(t, "main form", url.Values{"elsewhere_personal": {"mask"}}).Want(t, 422)
	if got := *seen.Shown("elsewhere"); got != "对方加过微信 （微信号或者 QQ 号，已隐去），打过（手机号码，已隐去）" || seen.Has("[name=elsewhere_personal]") || !strings.Contains(seen.Text(".banner"), "还没有登记") {
		t.Errorf("what was hidden is not seen before it is filed: %q", got)
	}
	asked = seen.Submit(t, "main form", url.Values{"elsewhere": {"对方加过微信 wang_88888"}}).Want(t, 422)
	asked.Submit(t, "main form", url.Values{"elsewhere_personal": {"keep"}}).Want(t, 200)
	kept, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT m.title || '|' || c.elsewhere FROM complaint c JOIN matter m ON m.id = c.matter_id`, nil)
	if want := "（手机号码，已隐去） 来电：修路款没有付|对方加过微信 wang_88888"; err != nil || kept != want {
		t.Errorf("kept %q, %v", kept, err)
	}
	number, err := pg.One[string](t.Context(), w.DB.Owner, `SELECT number FROM matter`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := zhouning.open(number).Text("main"); !strings.Contains(got, "正文里好像写了微信号或者 QQ 号") {
		t.Errorf("what stays is not said before a unit reads it: %q", got)
	}
}
