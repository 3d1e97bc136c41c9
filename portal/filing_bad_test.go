package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/web/webtest"
)

// typing is something typed into one field of a step, and what is said of it;
// nothing when it is taken.
type typing struct {
	field, value, want string
	with               []string // other fields
}

const (
	turned = "工程\u202e款"
	struck = "工程\x01款"
	rare   = `𠮷𪚥䶮 <script>alert(1)</script> "引号" & 😀`
)

func long(n int) string { return strings.Repeat("𠮷", n) }

// every step with what people and machines may type into each of its fields.
var typings = map[string][]typing{
	"who": {
		{"complainant_kind", "", "请选您是谁", nil},
		{"complainant_kind", "king", "“您的身份”请从列出的里面选一项", nil},
		{"complainant_kind", long(1000), "“您的身份”请从列出的里面选一项", nil},
		{"anonymous", "maybe", "", nil},
	},
	"story": {
		{"unit", "", "请写投诉哪个单位。不知道全名，写您叫它的名字，再从下面选", nil},
		{"unit", "NOPE", "没有这个单位", nil},
		{"unit", long(5000), "没有这个单位", nil},
		{"unit", "unknown", "请写您怎么叫这个单位", nil}, // said beside the name
		{"unit_name", long(61), "最多 60 个", []string{"unit", "unknown"}},
		{"unit_name", turned, "方向控制符", []string{"unit", "unknown"}},
		{"unit_name", struck, "控制符", []string{"unit", "unknown"}},
		{"unit_name", rare, "", []string{"unit", "unknown"}},
		{"category", "", "请选是哪一类的事", nil},
		{"category", "X99", "没有这一类", nil},
		{"category", long(50), "没有这一类", nil},
		{"category_query", long(500), "", nil},
		{"title", "", "请用一句话写是什么事", nil},
		{"title", "\u200b", "只有看不见的字符", nil},
		{"title", long(61), "写了 61 个字，最多 60 个，请删去 1 个", nil},
		{"title", struck, "第 2 个字后面有看不见的控制符", nil},
		{"title", turned, "方向控制符", nil},
		{"title", rare, "", nil},
		{"request", "", "请写您要求怎么办", nil},
		{"request", long(1001), "最多 1,000 个", nil},
		{"request", struck, "控制符", nil},
		{"request", rare, "", nil},
		{"facts", "", "请写事情的经过", nil},
		{"facts", long(10001), "写了 10,001 个字，最多 10,000 个，请删去 1 个", nil},
		{"facts", turned, "方向控制符", nil},
		{"facts", rare, "", nil},
		{"reasons", long(5001), "最多 5,000 个", nil},
		{"reasons", struck, "控制符", nil},
		{"reasons", rare, "", nil},
	},
	"contract": append(append(amounts("contract_amount"), amounts("unpaid_amount")...), []typing{
		{"contract_no", long(61), "最多 60 个", nil},
		{"contract_no", turned, "方向控制符", nil},
		{"contract_no", rare, "", nil},
		{"contract_date_year", "2999", "2999年3月31日还没有到。请写合同上签订的日子；没有合同就留空", []string{"contract_date_month", "3", "contract_date_day", "31"}},
		{"contract_date_day", "30", "2月没有30日", []string{"contract_date_year", "2024", "contract_date_month", "2"}},
		{"contract_date_month", "五", "请只写数字", []string{"contract_date_year", "2024", "contract_date_day", "1"}},
		{"contract_date_year", "2024", "还差“月”和“日”", []string{"contract_date_month", "", "contract_date_day", ""}},
		{"due_on_year", "2999", "2999年3月31日还没有到。请写合同约定的付款日；没有约定就留空", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"due_on_year", "1889", "年份请写 1990 年以后的", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"due_on_year", long(5000), "请只写数字", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"in_litigation", "maybe", "请从列出的里面选一项", nil},
		{"elsewhere", long(501), "最多 500 个", nil},
		{"elsewhere", struck, "控制符", nil},
		{"elsewhere", rare, "", nil},
	}...),
	"contact": {
		{"organisation", "", "请写单位全称", nil},
		{"organisation", long(101), "最多 100 个", nil},
		{"organisation", rare, "", nil},
		{"uscc", "91410425MA0000007", "18 位，这里写了 17 位", nil},
		{"uscc", "91410425MA00000070", "校验码", nil},
		{"uscc", long(5000), "18 位", nil},
		{"name", "", "请写姓名", nil},
		{"name", long(61), "最多 60 个", nil},
		{"name", turned, "方向控制符", nil},
		{"name", rare, "", nil},
		{"phone", "12345", "手机号码是 11 位", nil},
		{"phone", long(5000), "请只写数字", nil},
		{"phone", "１３８ ００１３ ８０００", "", nil},
		{"email", "wang@", "@ 后面的部分不对", nil},
		{"email", "a@b.cn\nBcc: c@d.cn", "电子邮箱", nil},
		{"email", strings.Repeat("a", 5000) + "@b.cn", "电子邮箱太长", nil},
		{"email", "", "同意电子送达的，请写电子邮箱", nil},
		{"address", long(201), "最多 200 个", nil},
		{"address", struck, "控制符", nil},
		{"confidential", "maybe", "", nil},
	},
}

func amounts(field string) []typing {
	return []typing{
		{field, "一百二十八万", "“一百二十八万”不能当数字用。请只写数字，单位是元，例如 1286500.00", nil},
		{field, "1e9", "不能当数字用", nil}, {field, "-1", "不能当数字用", nil}, {field, "0.123456789012", "小数点后两位", nil},
		{field, long(5000), "不能当数字用", nil}, {field, strings.Repeat("9", 40), "金额太大", nil}, {field, "１２３", "", nil}, {field, "1,286,500.00 元", "", nil},
	}
}

// reached is the step's own page, with everything before it filled in.
func reached(t *testing.T, s *site, step string) (page *webtest.Page, fields url.Values) {
	t.Helper()
	page = s.visitor().Get(t, "/complaints/new").Want(t, 200)
	for _, one := range []struct {
		name   string
		fields []string
	}{{"who", whoFields}, {"story", storyFields}, {"contract", contractFields}, {"evidence", []string{"do", "next"}}, {"contact", contactFields}} {
		fields = values(one.fields...)
		if one.name == step {
			break
		}
		page = page.Submit(t, form, fields).Want(t, 200)
	}
	return page, fields
}

func TestWhateverIsTypedIntoAStepIsTakenOrToldAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for step, list := range typings {
		page, right := reached(t, s, step)
		for _, c := range list {
			fields := url.Values{}
			for name, list := range right {
				fields[name] = list
			}
			for i := 0; i < len(c.with); i += 2 {
				fields.Set(c.with[i], c.with[i+1])
			}
			fields.Set(c.field, c.value)
			held(t, page.Submit(t, form, fields), page.Path, c)
		}
		fields := url.Values{}
		for name, list := range right {
			fields[name] = list
		}
		fields.Set("_csrf", page.Attr("main [name=_csrf]", "value"))
		fields.Set("title", "工程\x00款")
		if bad := s.visitor().Post(t, page.Path, fields); bad.Status != 400 {
			t.Errorf("%s: NUL is answered with %d", step, bad.Status)
		}
	}
	if n := s.count(t, "complaint"); n != 0 || strings.Contains(s.Log.String(), "level=ERROR") {
		t.Errorf("%d complaints, log %s", n, s.Log)
	}
}

// held holds the answer to what was typed against what was to come.
func held(t *testing.T, got *webtest.Page, path string, c typing) {
	t.Helper()
	if c.want == "" {
		if got.Status != 200 || got.Path == path {
			t.Errorf("%s = %.40q is not taken (%d): %v", c.field, c.value, got.Status, got.All("[role=alert]"))
		}
		return
	}
	if got.Status != 422 {
		t.Errorf("%s = %.40q is answered with %d", c.field, c.value, got.Status)
		return
	}
	if said := strings.Join(got.All(".field-error"), " "); !strings.Contains(said, c.want) {
		t.Errorf("%s = %.40q: beside the field stands %q", c.field, c.value, said)
	}
	if !strings.Contains(got.Text("[role=alert]"), c.want) {
		t.Errorf("%s = %.40q: the summary says %q", c.field, c.value, got.Text("[role=alert]"))
	}
	switch shown := got.Find("[name=" + c.field + "]").First(); {
	case shown.Is("textarea"):
		if kept := strings.TrimPrefix(shown.Text(), "\n"); kept != c.value {
			t.Errorf("%s = %.40q is now %.40q", c.field, c.value, kept)
		}
	case shown.Is("input:not([type=radio])"):
		if kept := shown.AttrOr("value", ""); kept != c.value {
			t.Errorf("%s = %.40q is now %.40q", c.field, c.value, kept)
		}
	}
}

func TestAUnitThatIsWrittenOutIsSaidToBeTakenAtItsWord(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	story := s.visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
	fields := values(storyFields...)
	fields.Set("unit", "")
	fields.Set("unit_name", "县 财政局")
	found := story.Submit(t, form, values("unit_name", "县 财政局", "do", "enter")).Want(t, 200)
	if !strings.Contains(found.Text("main"), "名单里有“县财政局”。就是它的，不用再选。") {
		t.Errorf("the search says %q", found.Text("[role=status]"))
	}
	page := found.Submit(t, form, fields).Want(t, 200)
	page = page.Submit(t, form, values(contractFields...)).Submit(t, form, values("do", "next")).Submit(t, form, values(contactFields...)).Want(t, 200)
	if !strings.Contains(page.Text("main"), "按您写的，投诉的是：县财政局") {
		t.Fatalf("the last page says %q", page.Text("main"))
	}
	receipt := page.Submit(t, form, values("captcha_solution", s.digits(t, page), "pledge", "yes")).Want(t, 200)
	if !strings.Contains(receipt.Text("main"), "县财政局") || s.count(t, "matter WHERE unit = 'FIN' AND NOT 'unit_unsettled' = ANY (flags)") != 1 {
		t.Errorf("the receipt says %q", receipt.Text("main"))
	}
}
