package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/fault"
)

type contact struct {
	Phone string `field:"phone" label:"手机或座机" validate:"omitempty,phone"`
	Email string `field:"email" label:"电子邮箱" validate:"omitempty,email"`
}

// sample is an intake with a field for every sentence.
type sample struct {
	Kind      string   `field:"complainant_kind" label:"您的身份" validate:"required,oneof=citizen enterprise"`
	Unit      string   `field:"unit" label:"被投诉单位" ask:"请写投诉哪个单位。不知道全名，写您叫它的名字，再从下面选" validate:"required"`
	Title     string   `field:"title" label:"标题" validate:"required,max=10,hanline"`
	Facts     string   `field:"facts" label:"事情经过" validate:"required,min=5,max=5000,hantext"`
	USCC      string   `field:"uscc" label:"统一社会信用代码" validate:"required_if=Kind enterprise,omitempty,uscc"`
	Typed     string   `field:"contract_amount" label:"合同金额" validate:"omitempty,amount"`
	Unpaid    Amount   `field:"unpaid_amount" label:"还欠多少钱" validate:"gte=0,lte=100000000"`
	Due       Date     `field:"due_on" label:"约定付款日期" validate:"required"`
	Papers    []string `field:"papers" label:"材料" validate:"max=2,unique,dive,hanline"`
	Term      int      `field:"term" label:"期限" validate:"gt=0,lt=1000"`
	Card      string   `field:"credential_number" label:"证件号" validate:"omitempty,credential"`
	Postcode  string   `field:"postcode" label:"邮编" validate:"omitempty,len=6,numeric"`
	Anonymous bool     `field:"anonymous"`
	Contact   contact
	Pledge    bool `field:"pledge" label:"以上情况属实" validate:"eq=true"`
}

func good() sample {
	return sample{
		Kind: "citizen", Unit: "U1", Title: "欠款𠮷", Facts: "工程款没有付", Typed: "１２３元", Unpaid: 100,
		Due: Date{2024, 5, 12}, Papers: []string{"合同"}, Term: 30, Card: "豫人代证字第012号", Postcode: "467100",
		Contact: contact{Phone: "138 0000 1234", Email: "a@b.cn"}, Pledge: true,
	}
}

func TestAGoodStructHasNoFaults(t *testing.T) {
	t.Parallel()
	v := good()
	if got := Check(v); got != nil {
		t.Errorf("got %v", got)
	}
	if got := Check(&v); got != nil {
		t.Errorf("by pointer: got %v", got)
	}
}

func TestAnEmptyStructAsksForEachFieldInOrder(t *testing.T) {
	t.Parallel()
	want := []fault.Field{
		{Name: "complainant_kind", Sentence: "请选您的身份"},
		{Name: "unit", Sentence: "请写投诉哪个单位。不知道全名，写您叫它的名字，再从下面选"},
		{Name: "title", Sentence: "请写标题"},
		{Name: "facts", Sentence: "请写事情经过"},
		{Name: "due_on", Sentence: "请写约定付款日期"},
		{Name: "term", Sentence: "“期限”要大于 0，请改大"},
		{Name: "pledge", Sentence: "请勾选“以上情况属实”"},
	}
	if diff := cmp.Diff(want, Check(sample{})); diff != "" {
		t.Error(diff)
	}
}

func TestEachRuleHasItsSentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field  string
		change func(*sample)
		want   string
	}{
		{"complainant_kind", func(s *sample) { s.Kind = "king" }, "“您的身份”请从列出的里面选一项"},
		{"title", func(s *sample) { s.Title = strings.Repeat("𠮷", 12) }, "写了 12 个字，最多 10 个，请删去 2 个"},
		{"title", func(s *sample) { s.Title = "欠\u202e款" }, "标题里，第 1 个字后面有看不见的方向控制符，请删去"},
		{"title", func(s *sample) { s.Title = "\u200b" }, "标题里，只有看不见的字符，等于没有写，请重新写"},
		{"facts", func(s *sample) { s.Facts = strings.Repeat("字", 5320) }, "写了 5,320 个字，最多 5,000 个，请删去 320 个"},
		{"facts", func(s *sample) { s.Facts = "没付" }, "“事情经过”写了 2 个字，至少写 5 个，请再写一些"},
		{"facts", func(s *sample) { s.Facts = "工程款\n没\x00付" }, "事情经过里，第 2 行第 1 个字后面有看不见的控制符（编码 0000），请删去"},
		{"uscc", func(s *sample) { s.Kind = "enterprise" }, "请写统一社会信用代码"},
		{"uscc", func(s *sample) { s.USCC = strings.Repeat("9", 61) }, "统一社会信用代码是 18 位，这里写了 61 位，请照营业执照检查"},
		{"contract_amount", func(s *sample) { s.Typed = "1e9" }, "“1e9”看不出是多少钱。请写数字，例如 1286500.00 或者 128.65万"},
		{"unpaid_amount", func(s *sample) { s.Unpaid = 100000001 }, "“还欠多少钱”最多 1,000,000.00 元，请改小"},
		{"unpaid_amount", func(s *sample) { s.Unpaid = -1 }, "“还欠多少钱”至少 0.00 元，请改大"},
		{"papers", func(s *sample) { s.Papers = []string{"一", "二", "三"} }, "“材料”最多 2 项，现在有 3 项，请去掉 1 项"},
		{"papers", func(s *sample) { s.Papers = []string{"一", "一"} }, "“材料”有重复的，请去掉一个"},
		{"papers", func(s *sample) { s.Papers = []string{"\x00", "\x01"} }, "材料里，开头有看不见的控制符（编码 0000），请删去"},
		{"term", func(s *sample) { s.Term = 1000 }, "“期限”要小于 1,000，请改小"},
		{"credential_number", func(s *sample) { s.Card = strings.Repeat("1", 41) }, "写了 41 个字，最多 40 个，请删去 1 个"},
		{"postcode", func(s *sample) { s.Postcode = "4671" }, "“邮编”要写 6 个字，这里写了 4 个，请检查"},
		{"postcode", func(s *sample) { s.Postcode = "46710a" }, "“邮编”填得不对，请检查"},
		{"phone", func(s *sample) { s.Contact.Phone = strings.Repeat("1", 61) }, "电话号码写了 61 个字，最多 60 个，请删去 1 个"},
		{"email", func(s *sample) { s.Contact.Email = "a" }, "电子邮箱里要有 @，例如 name@example.com"},
	} {
		v := good()
		c.change(&v)
		if diff := cmp.Diff([]fault.Field{{Name: c.field, Sentence: c.want}}, Check(v)); diff != "" {
			t.Errorf("%s: %s", c.field, diff)
		}
	}
}

func TestAFaultFoundEarlierTakesItsPlaceInTheOrder(t *testing.T) {
	t.Parallel()
	v := good()
	v.Title, v.Due = "", Date{}
	got := Check(v,
		fault.Field{Name: "captcha_solution", Sentence: "数字不对"},
		fault.Field{Name: "due_on", Sentence: "2月没有30日，请检查"},
		fault.Field{Name: "complainant_kind", Sentence: "请选"})
	want := []fault.Field{
		{Name: "complainant_kind", Sentence: "请选"},
		{Name: "title", Sentence: "请写标题"},
		{Name: "due_on", Sentence: "2月没有30日，请检查"},
		{Name: "captcha_solution", Sentence: "数字不对"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := Check(good(), want[3]); len(got) != 1 {
		t.Errorf("a good struct with an earlier fault: %v", got)
	}
}

func TestASentenceSpeaksToWhoeverFillsTheFormIn(t *testing.T) {
	t.Parallel()
	type asked struct {
		Who   string `field:"who" label:"身份" ask:"请选{who}是谁" validate:"required"`
		Wants string `field:"wants" label:"{who}的要求" validate:"hanline"`
	}
	typed := asked{Wants: "还钱{who}\x01"} // what is typed is no sentence of ours
	for to, want := range map[Addressee][]fault.Field{
		You:   {{Name: "who", Sentence: "请选您是谁"}, {Name: "wants", Sentence: "您的要求里，第 7 个字后面有看不见的控制符（编码 0001），请删去"}},
		"投诉人": {{Name: "who", Sentence: "请选投诉人是谁"}, {Name: "wants", Sentence: "投诉人的要求里，第 7 个字后面有看不见的控制符（编码 0001），请删去"}},
	} {
		if diff := cmp.Diff(want, to.Check(typed)); diff != "" {
			t.Errorf("%s: %s", to, diff)
		}
	}
	if diff := cmp.Diff(You.Check(typed), Check(typed)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoStructIsRefused(t *testing.T) {
	t.Parallel()
	var none *sample
	for _, v := range []any{nil, none, "text", 1, []sample{}} {
		if got := Check(v); len(got) != 1 || got[0].Sentence == "" {
			t.Errorf("Check(%T) = %v", v, got)
		}
	}
}

func TestAFieldWithoutWordsStillGetsASentence(t *testing.T) {
	t.Parallel()
	got := Check(struct {
		Name  string    `validate:"required"`
		Level string    `validate:"required,oneof=a b"`
		Mail  *string   `validate:"required,email"`
		Deep  []contact `validate:"dive"`
	}{Deep: []contact{{}, {Phone: strings.Repeat("1", 61)}}})
	want := []fault.Field{
		{Name: "Name", Sentence: "这一处还没有写，请写上"},
		{Name: "Level", Sentence: "请在这里选一项"},
		{Name: "Mail", Sentence: "这一处还没有写，请写上"},
		{Name: "phone", Sentence: "电话号码写了 61 个字，最多 60 个，请删去 1 个"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheRarerRulesHaveSentencesToo(t *testing.T) {
	t.Parallel()
	got := Check(struct {
		Sign    string   `field:"a" label:"甲" validate:"eq=yes"`
		Choice  string   `field:"b" label:"乙" validate:"oneof=x y"`
		Extra   string   `field:"c" label:"丙" validate:"excluded_with=Sign"`
		Empty   string   `field:"d" label:"丁" validate:"min=2"`
		None    []string `field:"e" label:"戊" validate:"min=1"`
		Few     []string `field:"f" label:"己" validate:"min=2"`
		Exactly int      `field:"g" label:"庚" validate:"len=3"`
		Agreed  bool     `field:"h" validate:"required"`
		Wrong   int      `field:"i" label:"辛" validate:"uscc"`
		Rate    float64  `field:"j" label:"壬" validate:"lte=0.5"`
	}{Sign: "no", Extra: "x", Few: []string{"x"}, Exactly: 2, Rate: 1})
	want := []fault.Field{
		{Name: "a", Sentence: "“甲”填得不对，请检查"},
		{Name: "b", Sentence: "请选乙"},
		{Name: "c", Sentence: "“丙”这里不用填，请清空"},
		{Name: "d", Sentence: "请写丁"},
		{Name: "e", Sentence: "请选戊"},
		{Name: "f", Sentence: "“己”至少要 2 项，请再加"},
		{Name: "g", Sentence: "“庚”要正好 3，请检查"},
		{Name: "h", Sentence: "请勾选这一处"},
		{Name: "i", Sentence: "“辛”填得不对，请检查"},
		{Name: "j", Sentence: "“壬”最多 0.5，请改小"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARuleHasOneSentenceOnly(t *testing.T) {
	t.Parallel()
	for tag := range tagSentences {
		if _, both := textRules[tag]; both {
			t.Errorf("%s has two sentences", tag)
		}
	}
	for tag := range unlabelled {
		if textRules[tag] == nil {
			t.Errorf("%s is no rule", tag)
		}
	}
}
