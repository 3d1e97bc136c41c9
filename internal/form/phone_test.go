package form

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// asRead are telephone numbers as people write them, with their one form.
var asRead = map[string]string{
	"13800001234": "13800001234", "138 0000 1234": "13800001234", "138-0000-1234": "13800001234", "１３８００００１２３４": "13800001234",
	"+86 138 0000 1234": "13800001234", "8613800001234": "13800001234", "86-138-0000-1234": "13800001234", "0086 13800001234": "13800001234",
	"013800001234": "13800001234", "138.0000.1234": "13800001234", "(+86)13800001234": "13800001234", "17100001234转8001": "17100001234-8001",

	"0375-5150000": "0375-5150000", "03755150000": "0375-5150000", "（0375）5150000": "0375-5150000", "0375 515 0000": "0375-5150000",
	"0375—5150000": "0375-5150000", "0375－5150000": "0375-5150000", "+86 375 5150000": "0375-5150000", "+86-0375-5150000": "0375-5150000",
	"+86 (0)375 5150000": "0375-5150000", "86-0375-5150000": "", "010-88880000": "010-88880000", "010-8888-0000": "010-88880000",
	"02188880000": "021-88880000", "0371-66660000": "0371-66660000",

	"0375-5150000-801": "0375-5150000-801", "0375-5150000转801": "0375-5150000-801", "0375 5150000 转 801": "0375-5150000-801",
	"03755150000ext. 801": "0375-5150000-801", "0375-5150000转8001": "0375-5150000-8001", "0375-5150000-8001": "0375-5150000-8001",
	"0375-5150000#8001": "0375-5150000-8001", "0375-5150000*8001": "0375-5150000-8001", "0375-5150000分机8001": "0375-5150000-8001",
	"0375-5150000 ext. 8001": "0375-5150000-8001", "0375-5150000,8001": "0375-5150000-8001", "0375-5150000，8001": "0375-5150000-8001",
	"0375-5150000 分机号：8001": "0375-5150000-8001", "0375-5150000（分机8001）": "0375-5150000-8001", "0375-5150000(8001)": "0375-5150000-8001",
	"0375-5150000转分机8001": "0375-5150000-8001", "0375-5150000，转8001": "0375-5150000-8001", "0375-5150000 x8001": "0375-5150000-8001",
	"0375-5150000 X8001": "0375-5150000-8001", "0375-5150000 Ext:8001": "0375-5150000-8001", "0375-5150000－8001": "0375-5150000-8001",
	"0375-5150000 8001": "0375-5150000-8001", "0375-5150000;8001": "0375-5150000-8001", "0375-5150000＃8001": "0375-5150000-8001",
	"0375-5150000＊8001": "0375-5150000-8001", "0375-5150000转8001号": "", "0375-5150000 轉 8001": "0375-5150000-8001", "0375-5150000内线12": "0375-5150000-12",
	"0375-5150000~8001": "0375-5150000-8001", "0375-5150000 extension 8001": "0375-5150000-8001", "0375-5150000转拨8001": "0375-5150000-8001",

	"4008208820": "400-820-8820", "400-820-8820": "400-820-8820", "400 8208 820": "400-820-8820", "800-830-1234": "800-830-1234",
	"４００８２０８８２０": "400-820-8820", "400-820-8820转1": "400-820-8820-1", "+86 400 820 8820": "400-820-8820", "400-820-8820,,8001": "400-820-8820-8001",

	"+852 2345 6789": "+852 23456789", "00852-23456789": "+852 23456789", "852-23456789": "+852 23456789", "＋852 5123 4567": "+852 51234567",
	"+853 6612 3456": "+853 66123456", "00853 28123456": "+853 28123456", "+886 2 2345 6789": "+886 223456789", "+886 912 345 678": "+886 912345678",
	"+886 (0)912-345-678": "+886 912345678", "00886-2-23456789": "+886 223456789", "+852 23456789 转 12": "+852 23456789转12",
	"+1 202 555 0100": "+12025550100", "+1 (202) 555-0100": "+12025550100", "0012025550100": "+12025550100", "+44 (0)20 7946 0000": "+442079460000",
	"+81-3-1234-5678": "+81312345678", "+65 6123 4567": "+6561234567", "+1 202 555 0100 ext 12": "+12025550100转12", "+7 495 123 45 67": "+74951234567",

	"13800001234、13900001234": "13800001234、13900001234", "13800001234，13900001234": "13800001234、13900001234",
	"13800001234/0375-5150000": "13800001234、0375-5150000", "13800001234或13900001234": "13800001234、13900001234",
	"13800001234；0375-5150000转8001": "13800001234、0375-5150000-8001",

	"13800001234 13900001234": "13800001234、13900001234", "13800001234　13900001234 13700001234": "13800001234、13900001234、13700001234", "0375-5150000转 801#": "0375-5150000-801",
	"12345": "12345", "95588": "95588", "95533转9": "95533转9", "95533-9": "95533转9", "96110": "96110", "110": "110", "13800001234、12345": "13800001234、12345",

	"li.si@example.com": "li.si@example.com", "12345@qq。com。": "12345@qq.com", "１２３４５＠qq.com": "12345@qq.com",
}

func TestAPhoneNumberIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range asRead {
		got, sentence := Phone(typed)
		if want == "" { // not read, and so only asked about
			if doubt := PhoneDoubt(got); got != typed || sentence != "" || doubt.Sentence == "" {
				t.Errorf("Phone(%q) = %q, %q, %+v", typed, got, sentence, doubt)
			}
			continue
		}
		if got != want || sentence != "" {
			t.Errorf("Phone(%q) = %q, %q; want %q", typed, got, sentence, want)
		}
		if doubt := PhoneDoubt(got); doubt.Sentence != "" {
			t.Errorf("%q is asked about: %s", typed, doubt.Sentence)
		}
		if again, _ := Phone(got); again != got {
			t.Errorf("%q became %q, which becomes %q", typed, got, again)
		}
	}
}

func TestAnOddPhoneNumberIsAQuestion(t *testing.T) {
	t.Parallel()
	const odd, none = "这个号码和规则对不上。手机 11 位，座机带区号", "这不像一个电话号码。手机 11 位，座机带区号"
	for typed, want := range map[string]string{
		"1380000123":          "手机号码是 11 位，这里写了 10 位",
		"138000012345":        "手机号码是 11 位，这里写了 12 位",
		"5150000转801":         "座机请写上区号，例如 0375",
		"5150000":             "座机请写上区号，例如 0375",
		"515-0000":            "座机请写上区号，例如 0375",
		"88880000":            "座机请写上区号，例如 0375",
		"12800001234":         odd,
		"0375-0150000":        odd,
		"40082088201":         odd,
		"+852 2345 678":       "这个号码的位数和国家、地区的代码对不上",
		"+86":                 "这个号码的位数和国家、地区的代码对不上",
		"+1":                  "这个号码的位数和国家、地区的代码对不上",
		"微信同号":                none,
		"-":                   none,
		"+":                   none,
		"13800001234（微信）":     none,
		"a@":                  none,
		"13800001234/5150000": none,
	} {
		got, sentence := Phone(typed)
		if got != typed || sentence != "" {
			t.Errorf("Phone(%q) = %q, %q", typed, got, sentence)
		}
		doubt := PhoneDoubt(got)
		if doubt.Sentence != want+"。请再看一遍；就是这样的，请勾选" || len(doubt.Readings) != 1 || doubt.Readings[0].Value != got {
			t.Errorf("%q is asked about with %+v; want %s", typed, doubt, want)
		}
	}
	if doubt := PhoneDoubt(""); doubt.Sentence != "" {
		t.Errorf("an empty box is asked about: %s", doubt.Sentence)
	}
}

func TestWhatCannotBeKeptAsAPhoneNumberIsRefused(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                       "请写电话号码，手机 11 位，座机带区号",
		strings.Repeat("0-", 50): "电话号码写了 100 个字，最多 60 个，请删去 40 个",
		"138\u202e0000字":         "电话号码里，第 3 个字后面有看不见的方向控制符，请删去",
	} {
		if got, sentence := Phone(typed); sentence != want || got != "" {
			t.Errorf("Phone(%.40q) = %q, %q; want %q", typed, got, sentence, want)
		}
	}
}

func TestWhatAPhoneNumberBecomesStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.StringMatching(`[0-9+() -]{0,20}[转#*,x分机-]{0,3}[0-9]{0,6}`), rapid.String()).Draw(t, "typed")
		got, sentence := Phone(typed)
		if sentence != "" {
			if got != "" {
				t.Fatalf("%q: both %q and %q", typed, got, sentence)
			}
			return
		}
		if again, said := Phone(got); again != got || said != "" {
			t.Fatalf("%q became %q, then %q, %q", typed, got, again, said)
		}
	})
}

func TestAMailAddressOfNobodyIsAskedAbout(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"12345@qq.con": "qq.com", "12345@163.con": "163.com", "li@gmial.com": "gmail.com", "li@gamil.com": "gmail.com", "li@gmai.com": "gmail.com",
		"li@gmail.cm": "gmail.com", "li@qq.cmo": "qq.com", "li@qq.ocm": "qq.com", "li@qq.cn": "qq.com", "li@139.cn": "139.com", "li@189.com": "189.cn", "li@163.cn": "163.com", "li@qqq.com": "qq.com",
		"li@126.vom": "126.com", "li@hotmial.com": "hotmail.com", "li@outlok.com": "outlook.com", "li@sina.con": "sina.com", "li@foxmial.com": "foxmail.com",
		"li@firm.con": "firm.com", "li@yeah.nte": "yeah.net", "li@vip.qq.con": "vip.qq.com", "li@gmial.con": "gmail.com", "li@aliyum.com": "aliyun.com",
		"li@qq.com": "", "li@163.com": "", "li@126.com": "", "li@gmail.com": "", "li@example.com": "", "li@firm.cn": "", "li@firm.com.cn": "", "li@mail.com": "",
		"li@vip.163.com": "", "li@sina.cn": "", "li@henan.gov.cn": "", "li@zzu.edu.cn": "", "li@live.cn": "", "li@139.com": "", "li@189.cn": "", "li@me.com": "",
	} {
		doubt := EmailDoubt(typed)
		if want == "" {
			if doubt.Sentence != "" {
				t.Errorf("%s is asked about: %s", typed, doubt.Sentence)
			}
			continue
		}
		local, _, _ := strings.Cut(typed, "@")
		if len(doubt.Readings) != 2 || doubt.Readings[0].Value != local+"@"+want || doubt.Readings[1].Value != typed {
			t.Errorf("%s is asked about with %+v; want %s", typed, doubt, want)
		}
		if right, question := (Sure{"email": local + "@" + want}).Settle("email", typed, doubt); right != local+"@"+want || question.Sentence != "" {
			t.Errorf("%s: chosen, it is %s, %+v", typed, right, question)
		}
	}
}
