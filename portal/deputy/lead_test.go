package deputy_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/press"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// newsroom is a chamber with two journalists, the first of whom is logged in.
type newsroom struct {
	*chamber
	leads   *press.Register
	visitor *webtest.Client
	code    string
}

const journalist = "qinchuan@example.invalid"

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	n := &newsroom{chamber: newChamber(t)}
	n.owner(t, `INSERT INTO member (kind, name, credential_number, outlet) VALUES ('media', '秦川', 'B410000000003', '演示日报'), ('media', '贺兰', 'B410000000004', '演示周刊')`)
	n.leads = press.New(n.Desk.Office)
	n.code = n.Does(t, "秦川", member.Admit, journalist)
	n.visitor = n.entersAs(t, journalist, n.code)
	return n
}

// entersAs logs a journalist in.
func (n *newsroom) entersAs(t *testing.T, mailbox, code string) *webtest.Client {
	t.Helper()
	v := n.Visitor()
	page := v.Get(t, n.linked(t, mailbox)).Want(t, 200).Submit(t, enter, values("login_code", code)).Want(t, 200)
	if page.Path != "/member/mine" {
		t.Fatalf("at %s: %s", page.Path, page.Text("main"))
	}
	return v
}

// does does a move at the desk or in the unit.
func (n *newsroom) does(t *testing.T, number string, by staff.Role, action workflow.Action, pairs ...string) {
	t.Helper()
	a := workflow.Answers{}
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i]] = []string{pairs[i+1]}
	}
	if _, err := n.leads.Move(t.Context(), workflow.Order{Number: number, Action: action, By: n.People[by], Token: complainttest.Token(), Answers: a}); err != nil {
		t.Fatalf("%s: %v %v", action, err, fault.FieldsOf(err))
	}
}

// states has the unit state something.
func (n *newsroom) states(t *testing.T, number string) {
	t.Helper()
	l, err := n.leads.Read(t.Context(), n.People[staff.Supervisor], number)
	if err != nil {
		t.Fatal(err)
	}
	n.does(t, number, staff.Handler, press.DraftStatement, "draft", l.Matter.Seen["draft"], "statement", "1. 欠 128 万元。2. 六月底付清。", "contact", "办公室")
	n.does(t, number, staff.UnitHead, press.SignStatement, "version", strconv.Itoa(l.Statement.Version+1))
}

var leadTyped = values("title", "村道工程款拖欠", "unit", complainttest.Finance, "known", "施工队长说验收两年没有拿到钱，账在会计手里。", "questions", "1. 欠了多少\n2. 哪一天付清",
	"until_year", "2026", "until_month", "3", "until_day", "20")

const newLead = `form[action="/member/leads/new"]`

// lodges fills in the form of a lead and gives its number.
func (n *newsroom) lodges(t *testing.T) string {
	t.Helper()
	page := n.visitor.Get(t, "/member/leads").Want(t, 200).Follow(t, `main a[href="/member/leads/new"]`).Want(t, 200).Submit(t, newLead, leadTyped).Want(t, 200)
	if !strings.Contains(page.Text(".banner"), "线索已经提交") {
		t.Fatalf("at %s: %s", page.Path, page.Text("main"))
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(page.Path, "/member/leads/"), "?")
	return number
}

// moves presses a move on the page of a lead.
func (n *newsroom) moves(t *testing.T, number string, action workflow.Action, pairs ...string) *webtest.Page {
	t.Helper()
	at := "/member/leads/" + number
	form := n.visitor.Get(t, at).Want(t, 200).Follow(t, `a[href^="`+at+`/`+string(action)+`"]`).Want(t, 200)
	page := form.Submit(t, `form[action="`+at+`/`+string(action)+`"]`, values(pairs...)).Want(t, 200)
	if !page.Has(".banner-done") {
		t.Fatalf("%s: %s", action, page.Text("main"))
	}
	return page
}

// A journalist lodges a lead, reads the statement, asks once more, keeps the embargo and
// notes what was published, all on the portal.
func TestAJournalistHasALaneOfTheirOwn(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	form := n.visitor.Get(t, "/member/leads/new").Want(t, 200)
	if form.Has("[name=who]") || !strings.Contains(form.Text(newLead), "单位看得到记者的姓名、媒体和这些问题") {
		t.Errorf("the form says %q", form.Text(newLead))
	}
	wrong := form.Submit(t, newLead, values("title", "找 13812345678", "known", "账在会计手里。", "until_year", "2026", "until_month", "3", "until_day", "1")).Want(t, 422)
	if got := wrong.Text("main"); !strings.Contains(got, "不在今天以后") || !strings.Contains(got, "像有手机号码") || !strings.Contains(got, "账在会计手里。") {
		t.Errorf("says %q", got)
	}
	// What a form says may be written is not too long for the door.
	long := strings.Repeat("账", 10000)
	if page := n.visitor.Get(t, "/member/leads/new").Submit(t, newLead, values("title", "", "known", long)).Want(t, 422); !strings.Contains(page.Body, long) {
		t.Error("ten thousand characters are lost")
	}
	number := n.lodges(t)
	if again := form.Submit(t, newLead, leadTyped).Want(t, 200); n.Count(t, "press_lead") != 2 {
		t.Errorf("a form of its own opened %d: %s", n.Count(t, "press_lead"), again.Path)
	}
	form.Submit(t, newLead, leadTyped).Want(t, 200)
	if n.Count(t, "press_lead") != 2 {
		t.Error("one form sent twice was two")
	}
	at := "/member/leads/" + number
	page := n.visitor.Get(t, at).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "保密期到2026年3月20日（含当日）") || !strings.Contains(got, "账在会计手里") {
		t.Errorf("lodged it says %q", got)
	}
	n.does(t, number, staff.Registrar, press.HandOver, "lead", complainttest.Finance, "note", "内部要求")
	n.does(t, number, staff.Handler, press.Sign)
	n.does(t, number, staff.Supervisor, press.Note, "note", "内部的话")
	page = n.visitor.Get(t, at).Want(t, 200)
	if got := page.Text("main"); !strings.Contains(got, "最迟") || !strings.Contains(got, "给您说明") || !page.Has(".ruler") || strings.Contains(page.Body, "内部") || strings.Contains(page.Body, n.People[staff.Handler].Name) {
		t.Errorf("with the unit it says %q", got)
	}
	n.states(t, number)
	if got := n.visitor.Get(t, at).Text("main"); !strings.Contains(got, "演财函") || !strings.Contains(got, "六月底付清") {
		t.Errorf("stated it says %q", got)
	}
	n.moves(t, number, press.Extend, "until_year", "2026", "until_month", "3", "until_day", "25")
	n.moves(t, number, press.Lift)
	n.moves(t, number, press.AskAgain, "questions", "为什么拖到六月")
	n.states(t, number)
	n.moves(t, number, press.NotePublication, "headline", "路修好了", "outlet", "演示日报", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/a.html")
	n.moves(t, number, press.CorrectPublication, "no", "1", "headline", "路修好了，钱没有付", "outlet", "演示日报", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/b.html")
	if wrong := n.visitor.Get(t, "/member/leads/"+number+"/correct_publication").Want(t, 200); wrong.Attr("[name=headline]", "value") != "路修好了，钱没有付" || wrong.Attr("[name=appeared_day]", "value") != "2" || !wrong.Has("[name=no][value='1'][checked]") {
		t.Errorf("a correction begins with %q", wrong.Text("main form"))
	}
	page = n.moves(t, number, press.NotePublication, "headline", "又一条", "outlet", "演示日报", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2")
	if page.Text(`a[rel="noopener nofollow ugc"][href="https://www.example.cn/b.html"]`) != "打开 www.example.cn" {
		t.Errorf("publications: %q", page.Text("main"))
	}
	if second := page.Follow(t, `a[href$="/correct_publication?no=2"]`).Want(t, 200); second.Attr("[name=headline]", "value") != "又一条" || second.Find("[name=no]").Length() != 2 {
		t.Errorf("a correction of the second begins with %q", second.Text("main form"))
	}
	n.moves(t, number, press.DropPublication, "no", "2", "public", "登错了")
	if got := n.visitor.Get(t, "/member/leads/"+number+"/ask_again").Want(t, 409).Text(".banner"); !strings.Contains(got, "已经追问过一次") {
		t.Errorf("a second question is refused with %q", got)
	}
	who, err := pg.One[string](t.Context(), n.DB.Owner, `SELECT string_agg(DISTINCT actor || ' ' || actor_name, ', ') FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @number AND e.role = 'member'`, pg.Args{"number": number})
	if err != nil || who != "member 秦川" {
		t.Errorf("%q did it, %v", who, err)
	}
	second := n.lodges(t)
	n.moves(t, second, press.Withdraw)
	n.visitor.Get(t, "/member/leads/"+second+"/withdraw_lead").Want(t, 409)
	if got := n.visitor.Get(t, "/member/leads/"+second+"/extend_embargo").Want(t, 409).Text(".banner"); !strings.Contains(got, "10:00，已经撤回。") {
		t.Errorf("of a lead that was withdrawn it says %q", got)
	}
	if list := n.visitor.Get(t, "/member/leads").Want(t, 200).Text("main"); !strings.Contains(list, "秦川，演示日报记者") || !strings.Contains(list, "已撤回") || !strings.Contains(list, "县财政局") {
		t.Errorf("the list is %q", list)
	}
	n.chainsHold(t)
}

// A late statement may be cited as late.
func TestALateStatementMayBeCited(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	number := n.lodges(t)
	n.does(t, number, staff.Registrar, press.HandOver, "lead", complainttest.Finance)
	n.owner(t, `ALTER TABLE event DISABLE TRIGGER USER`)
	n.owner(t, `INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, public_text, commitment, prev, hash, key_id)
		SELECT id, seq + 1, now(), 'system', '系统', 'system', 'tell_overdue', state, state, '到2026年3月9日没有说明。', '', '', '', '' FROM matter WHERE number = '`+number+`'`)
	home := func() string { return n.visitor.Get(t, "/member/mine").Want(t, 200).Text("main") }
	if got := home(); !strings.Contains(got, "眼下没有等您办的事") {
		t.Errorf("in time the home says %q", got)
	}
	n.Wait(13 * 24 * time.Hour)
	if got := home(); !strings.Contains(got, "保密期到2026年3月20日为止") || !strings.Contains(got, "给您说明，已经晚了") {
		t.Errorf("late the home says %q", got)
	}
	if got := n.visitor.Get(t, "/member/leads/"+number).Want(t, 200).Text(".cite"); got != "政务诚信投诉监督平台：“村道工程款拖欠”，县财政局到2026年3月9日没有说明。编号 "+number+"。" {
		t.Errorf("to cite: %q", got)
	}
}

// A journalist sees no proposal, a deputy no lead, and nobody another's.
func TestJournalistsAndDeputiesSeeEachTheirOwn(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	number := n.lodges(t)
	proposed := n.Proposed(t, "12", "陈河、李山", "关于限期付清村道工程款的建议")
	deputy := n.enters(t, mailbox, n.Does(t, "陈河", member.Admit, mailbox))
	other := n.entersAs(t, "helan@example.invalid", n.Does(t, "贺兰", member.Admit, "helan@example.invalid"))
	for _, path := range []string{"/member/leads", "/member/leads/new", "/member/leads/" + number, "/member/leads/" + number + "/lift_embargo"} {
		deputy.Get(t, path).Want(t, 404)
		n.Visitor().Get(t, path).Want(t, 401)
	}
	absent := other.Get(t, "/member/leads/MT2026000000000").Want(t, 404).Text("main")
	if page := other.Get(t, "/member/leads/"+number).Want(t, 404); strings.ReplaceAll(page.Text("main"), number, "") != absent {
		t.Errorf("of another: %q", page.Text("main"))
	}
	if list := other.Get(t, "/member/leads").Want(t, 200).Text("main"); strings.Contains(list, "村道") {
		t.Errorf("another's list: %q", list)
	}
	n.visitor.Get(t, "/member/proposals/"+proposed).Want(t, 404)
	for who, v := range map[string]*webtest.Client{"leads": n.visitor, "proposals": deputy} {
		home := v.Get(t, "/member/mine").Want(t, 200)
		if !home.Has(`main a[href="/member/`+who+`"]`) || home.Has(`a[href="/member/leads"]`) == home.Has(`a[href="/member/proposals"]`) {
			t.Errorf("the home of who has %s leads elsewhere: %q", who, home.All("main a"))
		}
	}
	token := deputy.Get(t, "/member/proposals").Attr("[name=_csrf]", "value")
	deputy.Post(t, "/member/leads/new", values("_csrf", token, "form_token", strings.Repeat("a", 32), "title", "x", "known", "y")).Want(t, 404)
	n.owner(t, `UPDATE member SET valid_to = '2026-01-01' WHERE name = '秦川'`)
	n.visitor.Get(t, "/member/leads").Want(t, 401)
	// What the portal's role may do by itself.
	for what, sql := range map[string]string{
		"a lead":        `INSERT INTO press_lead (matter_id, member_id, name, outlet, known) SELECT 1, 1, 'x', 'x', 'x'`,
		"a question":    `INSERT INTO press_question (matter_id, seq, no, said) SELECT 1, 1, 9, 'x'`,
		"a publication": `INSERT INTO press_publication (matter_id, seq, no, title, outlet, appeared_on, link) SELECT 1, 1, 1, 'x', 'x', '2026-03-02', ''`,
		"what is known": `SELECT known FROM press_lead`,
	} {
		if _, err := n.DB.Portal.Exec(t.Context(), sql); err == nil {
			t.Errorf("%s: done", what)
		}
	}
	if read, err := pg.All[string](t.Context(), n.DB.Portal, `SELECT said FROM press_question`, nil); err != nil || len(read) > 0 {
		t.Errorf("without anything open the portal reads %v, %v", read, err)
	}
}

// A journalist's pages at both widths.
func TestLeadsStandAtEveryWidth(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	number := n.lodges(t)
	n.does(t, number, staff.Registrar, press.HandOver, "lead", complainttest.Finance)
	n.does(t, number, staff.Handler, press.Sign)
	at, people := n.Serve(t), browser.New(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
		tab := people.Person(t, width)
		seen := func(name string) {
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Screenshot("journalist-" + name)
		}
		tab.Open(at + "/member/login")
		tab.Fill("email", journalist)
		tab.Press("把登录链接发给我")
		tab.Open(at + n.Link(t))
		tab.Fill("login_code", n.code)
		tab.Press("登录")
		seen("home")
		tab.Open(at + "/member/leads")
		seen("list")
		tab.Open(at + "/member/leads/new")
		tab.Press("提交线索")
		seen("new-wrong")
		tab.Open(at + "/member/leads/" + number)
		seen("with-unit")
		if width == browser.Desktop {
			n.states(t, number)
			n.moves(t, number, press.NotePublication, "headline", "路修好了，钱没有付", "outlet", "演示日报", "appeared_year", "2026", "appeared_month", "3", "appeared_day", "2", "link", "https://www.example.cn/2026/03/02/a-long-name-of-a-page.html")
		}
		tab.Open(at + "/member/leads/" + number)
		seen("stated")
		tab.Open(at + "/member/leads/" + number + "/note_publication")
		seen("note")
	}
}
