package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPersonalDetailsAreFoundInFreeText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		kind PersonalKind
		want string
	}{
		{"请打13800001234找我", MobileNumber, "13800001234"},
		{"请打138 0000 1234。", MobileNumber, "138 0000 1234"},
		{"手机138-0000-1234", MobileNumber, "138-0000-1234"},
		{"手机138.0000.1234", MobileNumber, "138.0000.1234"},
		{"手机138—0000—1234", MobileNumber, "138—0000—1234"},
		{"１３８００００１２３４", MobileNumber, "１３８００００１２３４"},
		{"1 3 8 0 0 0 0 1 2 3 4", MobileNumber, "1 3 8 0 0 0 0 1 2 3 4"},
		{"+86 13800001234", MobileNumber, "86 13800001234"},
		{"8613800001234", MobileNumber, "8613800001234"},
		{"微信wx13800001234同号", MobileNumber, "13800001234"},
		{"电话：一三八零零零零一二三四", MobileNumber, "一三八零零零零一二三四"},
		{"幺三八〇〇〇〇幺二三四", MobileNumber, "幺三八〇〇〇〇幺二三四"},
		{"原因之一13800001234", MobileNumber, "13800001234"},
		{"2024-05-12 13800001234", MobileNumber, "13800001234"},
		{"138\u200b0000\u200b1234", MobileNumber, "138\u200b0000\u200b1234"},
		{"身份证11010519491231002X号", IDNumber, "11010519491231002X"},
		{"身份证11010519491231002x", IDNumber, "11010519491231002x"},
		{"身份证１１０１０５１９４９１２３１００２Ｘ", IDNumber, "１１０１０５１９４９１２３１００２Ｘ"},
		{"440524188001010014", IDNumber, "440524188001010014"},
		{"ID:410425199001010013,", IDNumber, "410425199001010013"},
		{"410425 19900101 0013", IDNumber, "410425 19900101 0013"},
		{"110105 19491231 002 X", IDNumber, "110105 19491231 002 X"},
		{"座机0375-5150000", Landline, "0375-5150000"},
		{"座机03755150000", Landline, "03755150000"},
		{"（0375）5150000", Landline, "0375）5150000"},
		{"010-8888 0000", Landline, "010-8888 0000"},
		{"家里电话5150000", Landline, "5150000"},
		{"电话：515-0000", Landline, "515-0000"},
		{"房款2013800001234", MobileNumber, "2013800001234"},
		{"138000012342024年", MobileNumber, "138000012342024"},
		{"2017410425199001010013", IDNumber, "2017410425199001010013"},
		{"B411010519491231002X", IDNumber, "411010519491231002X"},
		{"7栋0375-51500002024年", Landline, "0375-51500002024"},
		{"房号20375-5150000", Landline, "20375-5150000"},
		{"写信到li.si@example.com。", EmailAddress, "li.si@example.com"},
		{"邮箱12345678@qq.com，", EmailAddress, "12345678@qq.com"},
		{"邮箱ｌｉ＠qq．com", EmailAddress, "ｌｉ＠qq．com"},
	} {
		found := FindPersonal(c.text)
		start := strings.Index(c.text, c.want)
		want := []Finding{{c.kind, start, start + len(c.want), Length(c.text[:start]) + 1, c.want}}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestOtherNumbersAreNotPersonal(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "欠款 1,286,500.00 元", "1381234.5678", "合同号 DL-2024-016", "2024-05-12 至 2025-05-12",
		"410425199001010014",  // the check character is wrong
		"410425199013010013",  // no thirteenth month
		"6222021380000123456", // a bank card with a mobile number's digits inside
		"12800001234", "1380000123", "合同编号 202405120001", "票号 2024-5150000",
		"编号 5150000", "0375", "十一月二十三日", "一二三四五六七八九十", "138\n0000\n1234", "a@b", "@", "@@@.com", "a@.", "x@y.",
		"统一社会信用代码 124104250000000356",
	} {
		if found := FindPersonal(text); found != nil {
			t.Errorf("%q: found %+v", text, found)
		}
	}
}

func TestSeveralDetailsComeInTheTextsOrder(t *testing.T) {
	t.Parallel()
	text := "我是410425199001010013，电话13800001234或一三九零零零零一二三四、0375-5150000 13800001235，a@b.cn；c@d.cn"
	var kinds []PersonalKind
	last := 0
	for _, found := range FindPersonal(text) {
		if found.Start < last {
			t.Errorf("%+v begins inside the one before", found)
		}
		last = found.End
		kinds = append(kinds, found.Kind)
	}
	want := []PersonalKind{IDNumber, MobileNumber, MobileNumber, Landline, MobileNumber, EmailAddress, EmailAddress}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestAPlantedNumberIsFoundWhereverItStands(t *testing.T) {
	t.Parallel()
	around := rapid.StringOf(rapid.RuneFrom([]rune("工程款一直没有付，。；：（）人abX \n二")))
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`1[3-9][0-9]{9}`).Draw(t, "number")
		separator := rapid.SampledFrom([]string{"", " ", "-", " - ", "　"}).Draw(t, "separator")
		planted := digits[:3] + separator + digits[3:7] + separator + digits[7:]
		if rapid.Bool().Draw(t, "wide") {
			planted = strings.Map(func(r rune) rune {
				if r > ' ' && r <= '~' {
					return r - '!' + '！'
				}
				return r
			}, planted)
		}
		text := around.Draw(t, "before") + planted + around.Draw(t, "after")
		for _, found := range FindPersonal(text) {
			if strings.Contains(found.Text, planted) {
				return
			}
		}
		t.Fatalf("%q was not found in %q: %+v", planted, text, FindPersonal(text))
	})
}

func TestALongTextOfDigitsIsReadInOneGo(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		strings.Repeat("1", 200_000), strings.Repeat("1 ", 100_000), strings.Repeat("a@b", 70_000), strings.Repeat("a@", 100_000),
	} {
		if found := FindPersonal(text); len(found) > 100_000 {
			t.Errorf("%d findings", len(found))
		}
	}
}
