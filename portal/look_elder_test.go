package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/pg"
)

// lookElder holds a page of the elder mode against what look.md asks of all.
func lookElder(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	tab.Axe(t)
	showElder(t, tab, name)
}

// showElder leaves out axe-core, where only the words differ from another page.
func showElder(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	tab.NoSidewaysScroll(t)
	tab.Targets(t, elderTarget)
	tab.Screenshot(name)
}

// read is what a person reads off the captcha's picture.
func (s *fixture) read(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	raw, err := pg.One[[]byte](t.Context(), s.DB.Owner, `SELECT digits FROM captcha WHERE id = @id`, pg.Args{"id": tab.Value("captcha_id")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw)
}

// answer is one field of a question: typed, or chosen.
type answer struct{ field, value string }

func fill(tab *browser.Tab, answers []answer) {
	for _, a := range answers {
		if tab.Has(`input[type=text][name="` + a.field + `"], input[type=email][name="` + a.field + `"], textarea[name="` + a.field + `"]`) {
			tab.Fill(a.field, a.value)
		} else {
			tab.Choose(a.field, a.value)
		}
	}
}

// The questions that a person meets, each with its heading and its answer.
var (
	askedOfACitizen = []struct {
		h1      string
		answers []answer
	}{
		{"您以什么身份投诉", []answer{{"complainant_kind", "citizen"}}},
		{"留不留姓名", []answer{{"anonymous", "yes"}}},
		{"投诉哪个单位", []answer{{"unit_name", "东岭"}, {"unit", "TOWN"}}},
		{"这是哪一类的事", []answer{{"category", "C03"}}},
		{"标题", []answer{{"title", "村道硬化工程款没有付清"}}},
		{"您的要求", []answer{{"request", "付清剩余工程款"}}},
		{"事情经过", []answer{{"facts", "2024年5月签订合同，8月验收，至今只付了一部分。"}}},
		{"理由和依据（选填）", nil},
		{"合同编号（选填）", []answer{{"contract_no", "DL-2024-016"}}},
		{"合同签订日期（选填）", []answer{{"contract_date_year", "2024"}, {"contract_date_month", "5"}, {"contract_date_day", "12"}}},
		{"合同总价（选填）", nil},
		{"约定付款日期（选填）", nil},
		{"还欠多少钱（选填）", []answer{{"unpaid_amount", "1286500"}}},
		{"这件事有没有起诉或者仲裁", []answer{{"in_litigation", "no"}}},
		{"还向哪里反映过（选填）", nil},
		{"您手里有哪些材料（选填）", []answer{{"evidence_held", "contract"}}},
		{"电子邮箱（选填）", nil},
	}
	askedOfACompany = []struct {
		h1      string
		answers []answer
	}{
		{"单位全称", []answer{{"organisation", "青禾路桥工程有限公司"}}},
		{"统一社会信用代码", []answer{{"uscc", "91410425MA00000077"}}},
		{"联系人姓名", []answer{{"name", "王建国"}}},
		{"电话", []answer{{"phone", "13800138000"}}},
		{"电子邮箱（选填）", []answer{{"email", "wang@example.com"}, {"edelivery_consent", "yes"}}},
		{"住址（选填）", nil},
		{"要不要保密", []answer{{"confidential", "yes"}}},
	}
)

func TestAPersonInElderModeFilesOnAPhoneWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := s.Serve(t)
	company := append(askedOfACitizen[:len(askedOfACitizen)-1:len(askedOfACitizen)-1], askedOfACompany...)
	company[0].answers, company[1].answers = []answer{{"complainant_kind", "enterprise"}}, []answer{{"anonymous", "no"}}
	for name, asked := range map[string][]struct {
		h1      string
		answers []answer
	}{"citizen": askedOfACitizen, "company": company} {
		tab := browser.New(t).Person(t, browser.Phone)
		tab.JavaScriptOff()
		tab.Open(at + "/")
		tab.Within(".strip").Press("长者模式")
		tab.Within("main").Press("我要投诉")
		tab.Press("开始填写")
		for i, q := range asked {
			if got := tab.Text("h1"); got != q.h1 {
				t.Fatalf("%s: question %d is %q, want %q", name, i, got, q.h1)
			}
			tab.NoSidewaysScroll(t)
			fill(tab, q.answers)
			tab.Press("下一步")
		}
		tab.Choose("pledge", "yes")
		tab.Press("换一张")
		if !tab.Has("#captcha_solution:focus") || !strings.HasSuffix(tab.URL(), "#captcha_solution") || tab.Value("pledge") != "yes" {
			t.Errorf("%s: after 换一张 the page is at %s", name, tab.URL())
		}
		tab.Fill("captcha_solution", s.read(t, tab))
		tab.Press("确认提交投诉")
		if number := tab.Text("[data-receipt-number]"); !strings.HasPrefix(number, "JX") {
			t.Errorf("%s: the receipt says %q", name, number)
		}
	}
	if s.Count(t, "complaint") != 2 {
		t.Errorf("%d complaints", s.Count(t, "complaint"))
	}
}

func TestElderPagesOfAFilingHoldInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := s.Serve(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
		tab := browser.New(t).Person(t, width)
		tab.Open(at + "/complaints/new")
		tab.Within(".strip").Press("长者模式")
		tab.Press("下一步")
		lookElder(t, tab, "elder-filing-error")
		for i, q := range askedOfACitizen {
			if i == 1 {
				q.answers = []answer{{"anonymous", "no"}}
			}
			if i == len(askedOfACitizen)-1 {
				break
			}
			look := showElder
			if slices.Contains([]int{2, 3, 6, 9, 12, 13, 15}, i) { // one of each kind of field
				look = lookElder
			}
			look(t, tab, fmt.Sprintf("elder-filing-%02d", i))
			fill(tab, q.answers)
			tab.Press("下一步")
		}
		for _, a := range []answer{{"name", "王建国"}, {"phone", "13800138000"}, {"email", ""}, {"address", "西街 1 号"}, {"confidential", "yes"}} {
			showElder(t, tab, "elder-filing-"+a.field)
			fill(tab, []answer{a})
			tab.Press("下一步")
		}
		lookElder(t, tab, "elder-check")
		first, picture := tab.Value("captcha_id"), tab.Attribute("[data-captcha] img", "src")
		tab.Fill("captcha_solution", "123")
		tab.Click("换一张")
		tab.Await("[data-renewed]", "已换了一张")
		if tab.Value("captcha_id") == first || tab.Attribute("[data-captcha] img", "src") == picture || tab.Value("captcha_solution") != "" || !tab.Has("button[name=captcha_do]:focus") {
			t.Errorf("%d px: 换一张 leaves %s with %q", width, tab.Attribute("[data-captcha] img", "src"), tab.Value("captcha_solution"))
		}
		tab.Fill("captcha_solution", s.read(t, tab))
		tab.Choose("pledge", "yes")
		tab.Press("确认提交投诉")
		lookElder(t, tab, "elder-receipt")
		if n := tab.Sheets("elder-receipt"); n != 1 {
			t.Errorf("%d px: the receipt takes %d sheets", width, n)
		}
		number, code := tab.Text("[data-receipt-number]"), tab.Text("[data-receipt-code]")
		tab.Open(at + "/track")
		lookElder(t, tab, "elder-track-ask")
		tab.Fill("number", number)
		tab.Fill("query_code", code)
		tab.Press("查询")
		lookElder(t, tab, "elder-track")
		tab.Press("补充材料或说明")
		lookElder(t, tab, "elder-supplement")
		tab.Resize(320)
		tab.NoSidewaysScroll(t)
		tab.Quiet(t)
	}
}

func TestReturnInAFilingFieldGoesOnAndDoesNotSwitchTheMode(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	at := s.Serve(t)
	tab := browser.New(t).Person(t, browser.Desktop)
	tab.Open(at + "/complaints/new")
	tab.Choose("complainant_kind", "citizen")
	tab.Press("保存并继续")
	tab.Fill("title", "欠钱不还")
	tab.Return()
	if tab.Has("html.elder") || !tab.Has("[role=alert]") || tab.Value("title") != "欠钱不还" {
		t.Errorf("Return leads to %s", tab.URL())
	}
}
