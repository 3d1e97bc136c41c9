package complainttest

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"zhengxin/internal/form"
)

// Typing is something typed into one field of a step, and what is said of it:
// nothing when it is taken. {who} is whom the page speaks to.
type Typing struct {
	Field, Value, Want string
	With               []string // other fields
}

// Into types it into a form that is right otherwise.
func (y Typing) Into(right url.Values) url.Values {
	fields := maps.Clone(right)
	for pair := range slices.Chunk(y.With, 2) {
		fields.Set(pair[0], pair[1])
	}
	fields.Set(y.Field, y.Value)
	return fields
}

// Unanswered is the same without what it answers to the question about a doubtful value;
// false when it answers none.
func (y Typing) Unanswered() (Typing, bool) {
	asked := y
	asked.With = nil
	for pair := range slices.Chunk(y.With, 2) {
		if !strings.HasSuffix(pair[0], "_sure") {
			asked.With = append(asked.With, pair...)
		}
	}
	return asked, len(asked.With) < len(y.With)
}

// Faults holds the answer of a page against what was to come: the sentence
// beside the field and in the summary, and what was typed still in its place.
// shown is what a field shows now; nil for a list to choose from.
func (y Typing) Faults(who form.Addressee, status int, beside, summary string, shown *string) (wrong []string) {
	want := who.Says(y.Want)
	if status != 422 {
		return []string{"it is not refused"}
	}
	if !strings.Contains(beside, want) {
		wrong = append(wrong, "beside the field stands "+beside)
	}
	if !strings.Contains(summary, want) {
		wrong = append(wrong, "the summary says "+summary)
	}
	if shown != nil && *shown != y.Value {
		wrong = append(wrong, "the field now shows "+*shown)
	}
	return wrong
}

const (
	turned = "工程\u202e款"
	struck = "工程\x01款" // taken without the sign, and said
	rare   = `𠮷𪚥䶮 <script>alert(1)</script> "引号" & 😀`
)

func long(n int) string { return strings.Repeat("𠮷", n) }

// Typings are every step with what people and machines may type into each of its fields.
var Typings = map[string][]Typing{
	"who": {
		{"complainant_kind", "", "请选{who}是谁", nil},
		{"complainant_kind", "king", "“{who}的身份”请从列出的里面选一项", nil},
		{"complainant_kind", long(1000), "“{who}的身份”请从列出的里面选一项", nil},
		{"anonymous", "maybe", "", nil},
	},
	"story": {
		{"unit", "", "请写投诉哪个单位。不知道全名，写{who}叫它的名字，再从下面选", nil},
		{"unit", "NOPE", "没有这个单位", nil},
		{"unit", long(5000), "没有这个单位", nil},
		{"unit", "unknown", "请写{who}怎么叫这个单位", nil}, // said beside the name
		{"unit_name", long(61), "最多 60 个", []string{"unit", "unknown"}},
		{"unit_name", turned, "方向控制符", []string{"unit", "unknown"}},
		{"unit_name", struck, "", []string{"unit", "unknown"}},
		{"unit_name", rare, "", []string{"unit", "unknown"}},
		{"category", "", "请选是哪一类的事", nil},
		{"category", "X99", "没有这一类", nil},
		{"category", long(50), "没有这一类", nil},
		{"category_query", long(500), "", nil},
		{"title", "", "请用一句话写是什么事", nil},
		{"title", "\u200b", "只有看不见的字符", nil},
		{"title", long(61), "写了 61 个字，最多 60 个，请删去 1 个", nil},
		{"title", struck, "", nil},
		{"title", turned, "方向控制符", nil},
		{"title", rare, "", nil},
		{"request", "", "请写{who}要求怎么办", nil},
		{"request", long(1001), "最多 1,000 个", nil},
		{"request", struck, "", nil},
		{"request", rare, "", nil},
		{"facts", "", "请写事情的经过", nil},
		{"facts", long(10001), "写了 10,001 个字，最多 10,000 个，请删去 1 个", nil},
		{"facts", turned, "方向控制符", nil},
		{"facts", rare, "", nil},
		{"reasons", long(5001), "最多 5,000 个", nil},
		{"reasons", struck, "", nil},
		{"reasons", rare, "", nil},
	},
	"contract": append(append(amounts("contract_amount"), amounts("unpaid_amount")...), []Typing{
		{"contract_no", long(61), "最多 60 个", nil},
		{"contract_no", turned, "", nil}, // nobody sees it in a number,
		{"contract_no", rare, "", nil},
		{"contract_date_year", "2999", "2999年3月31日还没有到。请写合同上签订的日子；没有合同就留空", []string{"contract_date_month", "3", "contract_date_day", "31"}},
		{"contract_date_day", "30", "2月没有30日", []string{"contract_date_year", "2024", "contract_date_month", "2"}},
		{"contract_date_month", "五", "", []string{"contract_date_year", "2024", "contract_date_day", "1"}},
		{"contract_date_month", "腊月", "“腊月”是农历。请换成公历（阳历）的日期", []string{"contract_date_year", "2024", "contract_date_day", "1"}},
		{"contract_date_month", "某", "合同签订日期里，“月”看不懂，请写数字", []string{"contract_date_year", "2024", "contract_date_day", "1"}},
		{"contract_date_year", "", "合同签订日期还差“年”", []string{"contract_date_month", "5", "contract_date_day", "1"}},
		{"contract_date_year", "2024", "", []string{"contract_date_month", "", "contract_date_day", ""}},
		{"contract_date_year", "二〇二三年五月一日", "", []string{"contract_date_month", "", "contract_date_day", ""}},
		{"contract_date_year", "2023/5", "", []string{"contract_date_month", "", "contract_date_day", ""}},
		{"contract_date_year", "去年", "", []string{"contract_date_month", "五", "contract_date_day", ""}},
		{"contract_date_year", "1958", "", []string{"contract_date_month", "10", "contract_date_day", "1"}},
		{"due_on_year", "2999", "2999年3月31日还没有到。请写合同约定的付款日；没有约定就留空", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"due_on_year", "1889", "年份请写 1949 年以后的", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"due_on_year", long(5000), "日期看不懂，请写数字", []string{"due_on_month", "3", "due_on_day", "31"}},
		{"in_litigation", "maybe", "请从列出的里面选一项", nil},
		{"elsewhere", long(501), "最多 500 个", nil},
		{"elsewhere", struck, "", nil},
		{"elsewhere", rare, "", nil},
	}...),
	"contact": {
		{"organisation", "", "请写单位全称", nil},
		{"organisation", long(101), "最多 100 个", nil},
		{"organisation", rare, "", nil},
		{"uscc", "91410425MA0000007", "18 位，这里写了 17 位，和规则对不上。请照营业执照或者登记证书再看一遍；证照上就是这样的，请勾选", nil},
		{"uscc", "91410425MA00000070", "校验码", nil},
		{"uscc", "91350203M0001QKT19", "校验码", nil}, // Xiamen before 2016
		{"uscc", "91350203M0001QKT19", "", []string{"uscc_sure", "91350203M0001QKT19"}},
		{"uscc", "91350203m0001 qkt19", "", []string{"uscc_sure", "91350203M0001QKT19"}},
		{"uscc", "91350203M0001QKT18", "校验码", []string{"uscc_sure", "91350203M0001QKT19"}}, // what was sure was another one
		{"uscc", "410425100012345", "像以前的注册号", nil},
		{"uscc", "12345678-9", "像以前的组织机构代码", nil},
		{"uscc", "410425199001011234", "像是身份证号码", nil},
		{"uscc", "豫民社证字第010123号", "", []string{"uscc_sure", "豫民社证字第010123号"}},
		{"uscc", long(5000), "18 位", nil},
		{"name", "", "请写姓名", nil},
		{"name", long(61), "最多 60 个", nil},
		{"name", turned, "方向控制符", nil},
		{"name", rare, "", nil},
		{"phone", "1380000123", "手机号码是 11 位", nil},
		{"phone", "1380000123", "", []string{"phone_sure", "1380000123"}},
		{"phone", "13800001234（微信同号）", "", nil},
		{"phone", "13800001234（5 月后）", "不像一个电话号码", nil},
		{"phone", long(5000), "最多 60 个", nil},
		{"phone", "400-820-8820 转 1", "", nil},
		{"phone", "+852 2345 6789", "", nil},
		{"phone", "+1 202 555 0100", "", nil},
		{"phone", "0375-5150000，8001", "", nil},
		{"phone", "13800001234、0375-5150000", "", nil},
		{"phone", "zhao@example.com", "", nil},
		{"phone", "", "请写电话", []string{"email", ""}},
		{"phone", "", "", []string{"email", "zhao@example.com"}},
		{"phone", "１３８ ００１３ ８０００", "", nil},
		{"email", "wang@", "@ 后面的部分不对", nil},
		{"email", "wang@qq.con", "是不是 qq.com", nil},
		{"email", "wang@gmial.com", "", []string{"email_sure", "wang@gmail.com"}},
		{"email", "wang@gmial.com", "", []string{"email_sure", "wang@gmial.com"}},
		{"email", "wang@gmial.com", "是不是 gmail.com", []string{"email_sure", "yes"}},
		{"email", "wang@qq.com。", "", nil},
		{"email", "a@b.cn\nBcc: c@d.cn", "电子邮箱", nil},
		{"email", strings.Repeat("a", 5000) + "@b.cn", "电子邮箱太长", nil},
		{"email", "", "同意电子送达的，请写电子邮箱", nil},
		{"address", long(201), "最多 200 个", nil},
		{"address", struck, "", nil},
		{"confidential", "maybe", "", nil},
	},
}

func amounts(field string) []Typing {
	return []Typing{
		{field, "一笔钱", "“一笔钱”看不出是多少钱。请写数字，例如 1286500.00 或者 128.65万", nil},
		{field, "1e9", "看不出是多少钱", nil}, {field, "-1", "是负数", nil}, {field, "0.123456789012", "小数点后两位", nil},
		{field, long(5000), "看不出是多少钱", nil}, {field, strings.Repeat("9", 40), "金额太大", nil}, {field, "１２３", "", nil}, {field, "1,286,500.00 元", "", nil},
		{field, "128.65万", "", nil}, {field, "一百二十八万六千五", "", nil}, {field, "约壹佰贰拾捌万元整", "", nil}, {field, "0", "", nil},
		{field, "128万6", "“128万6”可以读成两个数，请选一个", nil}, {field, "128万6", "", []string{field + "_sure", "1,286,000.00"}},
		{field, "128万6", "可以读成两个数", []string{field + "_sure", "1,286,500.00"}}, // a reading of something else
		{field, "十几万", "不是一个准数", nil}, {field, "十几万", "", []string{field + "_sure", "150,000.00"}}, {field, "128万美元", "不是人民币", nil},
	}
}
