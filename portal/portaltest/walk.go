package portaltest

import (
	"net/url"
	"testing"

	"zhengxin/internal/web/webtest"
)

// Values makes form fields of pairs.
func Values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// The answers of a named enterprise, step by step.
var (
	WhoFields   = []string{"complainant_kind", "enterprise", "anonymous", "no", "do", "next"}
	StoryFields = []string{"unit", "TOWN", "category", "C03", "title", "村道硬化工程款没有付清", "request", "付清剩余工程款",
		"facts", "2024年5月签订合同，8月验收，至今只付了一部分。", "do", "next"}
	ContractFields = []string{"contract_no", "DL-2024-016", "contract_date_year", "2024", "contract_date_month", "5", "contract_date_day", "12",
		"unpaid_amount", "1286500", "in_litigation", "no", "do", "next"}
	ContactFields = []string{"organisation", "青禾路桥工程有限公司", "uscc", "91410425MA00000077", "name", "王建国", "phone", "13800138000",
		"email", "wang@example.com", "confidential", "yes", "edelivery_consent", "yes", "do", "next"}
)

// Form is the form of a step, and none of those that clear a draft away.
const Form = "main form:not(.drafts form)"

// ToCheck fills in everything up to the last page.
func ToCheck(t *testing.T, v *webtest.Client) *webtest.Page {
	t.Helper()
	page := v.Get(t, "/complaints/new").Want(t, 200).Submit(t, Form, Values(WhoFields...)).Want(t, 200)
	page = page.Submit(t, Form, Values(StoryFields...)).Want(t, 200)
	page = page.Submit(t, Form, Values(ContractFields...)).Want(t, 200)
	page = page.Submit(t, Form, Values("evidence_held", "contract", "do", "next")).Want(t, 200)
	page = page.Submit(t, Form, Values(ContactFields...)).Want(t, 200)
	if page.Text("h1") != "核对您的投诉，再提交" {
		t.Fatalf("at the end stands %q: %v", page.Text("h1"), page.All("[role=alert]"))
	}
	return page
}

const (
	TrackForm = `form[action="/track"]` // asks for a number and its code
	Village   = "203.0.113.7"           // one address, many houses
	WrongCode = "AAAA-AAAA-AAAA-AAAA"   // opens nothing
)

// Track asks for a number with a code.
func Track(t *testing.T, v *webtest.Client, number, code string) *webtest.Page {
	t.Helper()
	return v.Get(t, "/track").Submit(t, TrackForm, Values("number", number, "query_code", code))
}

// Flood sends the last page until the address has to wait, from a browser
// that misses nothing but the digits; it gives the page that was refused.
func (s *Site) Flood(t *testing.T, ip string) *webtest.Page {
	t.Helper()
	page := ToCheck(t, s.From(ip))
	for range 30 {
		page = page.Submit(t, Form, Values("captcha_solution", "", "pledge", "yes")).Want(t, 422)
	}
	return page.Submit(t, Form, Values("captcha_solution", s.Digits(t, page), "pledge", "yes"))
}
