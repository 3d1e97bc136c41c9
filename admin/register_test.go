package admin

import (
	"net/url"
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
	form := zhouning.Get(t, "/register").Want(t, 200)
	receipt := form.Submit(t, "main form", call()).Want(t, 200)
	number, code := receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if !strings.HasPrefix(number, "JX2026") || len(code) < 16 {
		t.Fatalf("number %q, code %q", number, code)
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
	receipt := hemin.Get(t, "/register").Submit(t, "main form", letter).Want(t, 200)
	rows, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM identity`, nil)
	if err != nil || rows != 0 || receipt.Text("[data-receipt-number]") == "" {
		t.Errorf("%d identities, %v", rows, err)
	}
}

func TestWhatIsWrongIsSaidBesideItsFieldAndNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	long, rare := strings.Repeat("长", 10001), "𠮷村𪚥先生说"
	for name, c := range map[string]struct{ field, value, want string }{
		"no channel":           {"channel", "", "请选是怎么来的"},
		"a channel of the web": {"channel", "web", "请选是怎么来的"},
		"an import":            {"channel", "import", "请选是怎么来的"},
		"no kind":              {"complainant_kind", "", "请选您是谁"},
		"no unit":              {"unit", "", "请写投诉哪个单位"},
		"unit unheard of":      {"unit", "NOWHERE", "没有这个单位"},
		"unit that cannot":     {"unit", complainttest.DeskUnit, "没有这个单位"},
		"unit not named":       {"unit", "unknown", "请写投诉人怎么叫这个单位"},
		"category unheard of":  {"category", "X99", "没有这一类"},
		"title too long":       {"title", strings.Repeat("题", 61), "最多 60"},
		"facts too long":       {"facts", long, "最多 10,000"},
		"facts reversed":       {"facts", "看\u202e这里", ""},
		"amount in words":      {"unpaid_amount", "一万二", "不能当数字用"},
		"amount with exponent": {"unpaid_amount", "1e9", ""},
		"amount negative":      {"unpaid_amount", "-1", ""},
		"amount too fine":      {"unpaid_amount", "1.123456789012", ""},
		"date to come":         {"due_on_year", "2999", ""},
		"phone broken":         {"phone", "12345", ""},
		"mail broken":          {"email", "li@", ""},
		"no name":              {"name", "", "请写姓名"},
		"no address":           {"address", "", "请写住址"},
	} {
		values := call()
		values.Set(c.field, c.value)
		values.Set("reasons", rare)
		if c.field == "due_on_year" {
			values.Set("due_on_month", "3")
			values.Set("due_on_day", "31")
		}
		page := postRegister(t, zhouning, values)
		if page.Status != 422 || !page.Has(".error-summary") {
			t.Errorf("%s: status %d", name, page.Status)
			continue
		}
		if said := strings.Join(page.All(".field-error"), " "); said == "" || !strings.Contains(said, c.want) {
			t.Errorf("%s: the page says %q", name, said)
		}
		if got := strings.TrimPrefix(page.Find("[name=reasons]").Text(), "\n"); got != rare {
			t.Errorf("%s: kept %q", name, got)
		}
	}
	count, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM matter`, nil)
	if err != nil || count != 0 {
		t.Errorf("%d complaints were stored, %v", count, err)
	}
}

// postRegister sends values that a browser's own form could not hold, such as
// a unit that is in no list.
func postRegister(t *testing.T, m member, values url.Values) *webtest.Page {
	t.Helper()
	form := m.Get(t, "/register").Want(t, 200)
	values.Set("_csrf", form.Attr("main [name=_csrf]", "value"))
	values.Set("form_token", form.Attr("main [name=form_token]", "value"))
	if !values.Has("confidential") {
		values.Set("confidential", "yes")
	}
	if !values.Has("in_litigation") {
		values.Set("in_litigation", "no")
	}
	return m.Post(t, "/register", values)
}
