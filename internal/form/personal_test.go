package form

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
		{"我的车豫D12345拉的料", Plate, "豫D12345"},
		{"豫D·A7788学，停在门口", Plate, "豫D·A7788学"},
		{"车号 豫d d12345。", Plate, "豫d d12345"},
	} {
		found := FindPersonal(c.text)
		start := strings.Index(c.text, c.want)
		want := []Finding{{Kind: c.kind, Start: start, End: start + len(c.want), Place: Length(c.text[:start]) + 1, Text: c.want}}
		if diff := cmp.Diff(want, found, cmpopts.IgnoreFields(Finding{}, "Sure")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

// TestWhatIsDisguisedIsFound has more ways of writing than anybody will think of at once;
// found is the whole of each text between the two bars.
func TestWhatIsDisguisedIsFound(t *testing.T) {
	t.Parallel()
	for kind, texts := range map[PersonalKind][]string{
		IDNumber: {
			"身份证|410425199001010014|", "|410425199013010013|", "我是|410425199001010018|。", // a wrong check sign, a wrong month
			"|419425199001010013|", "|110105194912310029|", "|110105 19491231 0021|", "|4 1 0 4 2 5 1 9 9 0 0 1 0 1 0 0 1 4|",
			"|410425-19900101-0013|", "|410425————19900101————0013|", "|410425　　１９９００１０１　　００１３|", "|410425.19900101.0013|",
			"|11010519491231002Ⅹ|", "|11010519491231002Х|", "|11010519491231002✕|", "|11010519491231002 Ｘ|", "|11010519491231002ⅹ|", "|11010519491231002×|",
			"|1101051949123100２Ｘ|", "|410425900101001|", "老身份证|410425 900101 001|", "身份证号码：|41042519900101001|，", "身份证：|410425199001010|",
			"|810000199408230021|", "居住证|820000200009100032|", "|830000199201300022|", "|四一零四二五一九九零零一零一零零一三|", "|④①⓪④②⑤①⑨⑨⓪⓪①⓪①⓪⓪①③|",
			"|4️⃣1️⃣0️⃣4️⃣2️⃣5️⃣1️⃣9️⃣9️⃣0️⃣0️⃣1️⃣0️⃣1️⃣0️⃣0️⃣1️⃣3|\ufe0f\u20e3", "|4\u00ad1\u200b0425199001010013|", "|𝟒𝟏𝟎𝟒𝟐𝟓𝟏𝟗𝟗𝟎𝟎𝟏𝟎𝟏𝟎𝟎𝟏𝟑|",
			"香港身份证|A123456(7)|", "|A123456(3)|", "香港身份证|A123456（7）|，", "港澳：|AB987654（A）|", "身份证|A1234563|", "澳门身份证|1234567(8)|", "澳门居民身份证号|5123456（7）|。", "澳门身份证|12345678|", "|z683365（5）|", "香港身份证 |A 123456 (7)|",
			"台湾身份证|A123456789|", "|A123456789|", "身份证：|F223456780|", "台湾身份证|A800000014|", "身份证|Ａ１２３４５６７８９|",
		},
		ResidenceCard: {"|911124198108030024|", "|FRA410177033102|", "永久居留证|CAN110101012345|", "永居|911124198108030|"},
		Permit: {
			"|H12345678|", "回乡证|H1234567801|", "|M 1234 5678|", "|ｍ１２３４５６７８|", "|h-12345678|", "台胞证|12345678|", "台湾居民来往大陆通行证 |01234567|", "|T12345678|", "|L12345678|",
			"|C12345678|", "|CA1234567|", "|W12345678|", "通行证号码：|K98765432|",
		},
		Passport: {"|E12345678|", "|G12345678|", "|EA1234567|", "|ｅ１２３４５６７８|", "|D12345678|", "|PE1234567|", "护照|AB123456|", "护照号 |K1234567|", "护照|140123456|", "|E 1234 5678|"},
		BankCard: {"|6222021380000123456|", "|6228 4801 2345 6789 012|", "|622848-0123456789012|", "|4532015112830366|", "卡号|4096660012345678|", "请打到工行|1708020109024567890|", "开户行农行，账号：|12345678901|", "|６２２２０２１３８０００01２３４５６|"},
		MobileNumber: {
			"|138----0000----1234|", "|138——0000——1234|", "|138　　　0000　　　1234|", "|138。0000。1234|", "|138，0000，1234|", "|1、3、8、0、0、0、0、1、2、3、4|", "|1-3-8-0-0-0-0-1-2-3-4|",
			"|①③⑧⓪⓪⓪⓪①②③④|", "|１３８\u20090000\u20091234|", "|138_0000_1234|", "|138/0000/1234|", "|138*0000*1234|", "|l38OOOO1234|", "|I38 0000 I234|", "|一三八洞洞洞洞幺两三四|",
			"|壹叁捌零零零零壹贰叁肆|", "|13八0000一二三四|", "|138⓪⓪⓪⓪1234|", "|¹³⁸⁰⁰⁰⁰¹²³⁴|", "|𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒|", "手机|1380000123|。", "|138\u202d0000\u202c1234|", "|013800001234|", "|138 - 0000 - 1234|", "|一 三 八 零 零 零 零 一 二 三 四|", "|١٣٨٠٠٠٠١٢٣٤|",
		},
		Landline: {"+|85223456789|", "+|852 2345 6789|", "+|44 20 7946 0958|", "手机：|23456789|", "|0375——5150000|", "|０３７５　５１５００００|", "|零三七五五一五零零零零|", "传真 |5150000|"},
		EmailAddress: {
			"|a＠qq。com|", "|a at qq dot com|", "|12345678艾特qq点com|", "|name @ 163 . com|", "|name(at)qq.com|", "|name[at]qq[dot]com|", "|ｎａｍｅ＠ｑｑ．ｃｏｍ|", "|a﹫qq.com|", "|a\u200b@\u200bqq.com|", "|zhang.san@mail.example.com.cn|", "|a圈aqq点com|", "|12345@qq·com|",
		},
		ChatAccount: {"微信号：|wang_jianguo|", "加V |wjg8812345|", "QQ |12345678|", "ｑｑ：|１２３４５６|", "我的VX:|abc12345|", "薇信|wxid_abc123|", "QQ群|123456789|，", "扣扣号是|10001234|", "加我wx：|lisi-2020|", "加我V：|zhang_san|", "加我的V |zhang_san|", "V：|zhang_san|", "加我微 |zhangsan88|", "微信同号：|zhang_san|", "加个v|zhangsan88|", "+V:|zhangsan88|", "微号|zhangsan88|"},
		PersonName: {"我叫|王建国|，", "联系人：|李四|", "本人|张三丰|，男，", "姓名：|欧阳修文|。", "投诉人：|赵敏|", "我是|孙二娘|，电话另说",
			"我叫|高峰|", "姓名：|肖军|", "联系人：|闫红|", "联系人：|于海|。", "我叫|方圆|，", "申请人：|金勇|", "署名：|高强|", "姓名：|常伟|", "我是|王大力|，住李湾村", "本人|王大力|，", "本人|王大力|",
			"联系人 |万军|", "申请人：|东方红|", "我叫|阿依古丽·买买提|，", "姓名：|买买提·艾力|", "我叫|John Smith|，", "姓名：|Zhang San|", "Name: |zhangsan|", "姓名是|高峰|。", "我名叫|付强|，男", "落款：|佟大为|",
			"我是|于海|，", "我是|高峰|。", "我是|安志远|", "本人|闫红|。", "联系人|高峰|电话另给", "信访人：|鹿鸣|", "举报人：|幸福|。", "我叫|欧阳海|，", "我叫|高峰|是个瓦工", "我叫|高峰|住李湾", "名字叫|温小林|，", "姓名\n|苗青|\n", "署名：|米兰|（签字）", "我是|司马光|，", "债权人：|厉害|"},
		FirmName: {"我公司（|青禾路桥工程有限公司|）", "我们是|李湾建筑工程队|，", "我单位：|郏县冢头镇第一砖厂|"},
	} {
		for _, marked := range texts {
			parts := strings.Split(marked, "|")
			text := strings.Join(parts, "")
			found := FindPersonal(text)
			if len(found) != 1 || found[0].Kind != kind || found[0].Text != parts[1] || text[found[0].Start:found[0].End] != parts[1] {
				t.Errorf("%s %q: %+v", kind, marked, found)
			}
		}
	}
}

func TestWhatIsKnownOfTheWriterIsFound(t *testing.T) {
	t.Parallel()
	own := []Own{{PersonName, "王建国"}, {MobileNumber, "13800001234"}, {FirmName, "河南省青禾路桥工程有限公司"}, {EmailAddress, "wang@example.com"}, {OwnAddress, "冢头镇李湾村 8 号"}, {OwnNumber, "91350100M000100Y43"}, {PersonName, "李"}, {FirmName, ""}}
	for text, want := range map[string][]string{
		"是王建国写的":                    {"王建国"},
		"王 建 国、王·建·国":               {"王 建 国", "王·建·国"},
		"河南省青禾路桥工程有限公司中标":           {"河南省青禾路桥工程有限公司"},
		"青禾路桥工程没有拿到钱":               {"青禾路桥工程"},
		"青禾路桥":                      {"青禾路桥"},
		"青 禾 路 桥 工 程":               {"青 禾 路 桥 工 程"},
		"写信到 WANG@EXAMPLE.COM":      {"WANG@EXAMPLE.COM"},
		"住冢头镇李湾村8号":                 {"冢头镇李湾村8号"},
		"执照 9135 0100 M000 100Y 43": {"9135 0100 M000 100Y 43"},
		"王建国王建国":                    {"王建国", "王建国"},
		"李四":                        nil,
		"":                          nil,
	} {
		var got []string
		for _, found := range FindPersonal(text, own...) {
			got = append(got, found.Text)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// TestEachOfTheWritersNumbersIsFound: with words beside it, and of several each, also where
// the text has it in a form that tells no number.
func TestEachOfTheWritersNumbersIsFound(t *testing.T) {
	t.Parallel()
	for kept, cases := range map[string]map[string]string{
		"0375-5150000（办公室）":                      {"打 0375-5150000 没人接，办公室不开门": "0375-5150000", "03755150000": "03755150000"},
		"13800001234（张和平）、0375-5150000-801（张先生）": {"合同号0375 515 0000 801": "0375 515 0000 801", "张和平和我去的": "张和平", "凭证号 0375/5150000": "0375/5150000"},
		"95588（微信同号，晚上打）":                        {"微信同号，晚上打": "", "打 95588": "95588"},
		"5150000":                                {"编号5150000": "5150000"},
		"+852 23456789转12":                       {"凭证 85223456789": "85223456789"},
		"":                                       {"没有": ""},
	} {
		got, _ := Phone(kept)
		if kept != "" && got != kept {
			t.Errorf("%q is kept as %q", kept, got)
		}
		for text, want := range cases {
			var all []string
			for _, f := range FindPersonal(text, OwnTelephone(kept)...) {
				all = append(all, f.Text)
			}
			if strings.Join(all, "、") != want {
				t.Errorf("of %s in %q: %q", kept, text, all)
			}
		}
	}
}

func TestWhatIsMaskedCanBeReadOn(t *testing.T) {
	t.Parallel()
	text := "我叫王建国，电话138 0000 1234，住村里"
	if got, want := Masked(text, FindPersonal(text)), "我叫（姓名，已隐去），电话（手机号码，已隐去），住村里"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if again := FindPersonal(Masked(text, FindPersonal(text))); again != nil {
		t.Errorf("what was masked is found again: %+v", again)
	}
}

func TestOtherNumbersAreNotPersonal(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "欠款 1,286,500.00 元", "1381234.5678", "合同号 DL-2024-016", "2024-05-12 至 2025-05-12",
		"12800001234", "1380000123", "合同编号 202405120001", "票号 2024-5150000",
		"编号 5150000", "0375", "十一月二十三日", "一二三四五六七八九十", "138\n0000\n1234", "a@b", "@", "@@@.com", "a@.", "x@y.",
		"统一社会信用代码 124104250000000356",
		"合同总价12,865,000.00元", "13,800,001,234.00元", "1,380,000,1234", "约 128.65 万元", "一百二十八万六千五百元", "欠了一百三十八万零一千二百三十四元",
		"合同编号 410425202305120012", "合同编号：4104251990010100", "项目编号 622202138000012345", "发票号码 0441001900104123456", "平财采购〔2023〕12号", "豫政办〔2019〕58号", "（2021）豫0425民初1234号",
		"2023-05-12 10:30:00", "1998.10.1-2003.9.12", "1998-10-01 123", "2019、2020、2021、2022、2023", "2023年5月12日到2024年5月12日", "20230512", "D20230512", "S20240516号", "H2024051601", "HT20240516001",
		"面积 13800.001234 平方米", "第12号、第13号", "G107国道", "S231省道", "K12+300 至 K15+800", "C30混凝土 1200 方", "电话费5150000元", "账号里还有 12800000 元", "打到 128 万",
		"12345热线", "110", "400-123-4567", "邮编 467100", "8 人、12 户", "一二三四五六七", "微信支付", "QQ 群里说过", "微信 WeChat", "VX", "加V认证", "微信转账2000元", "微信2023年", "转到镇政府", "look at this", "在3点com口", "a.b.c", "3.5点",
		"A123456", "HT123456", "GB123456", "合同编号A123456789", "编号 AB123456(7)", "5150000(8)", "D202405161", "B123456781", "身份证已经给了", "微信同号", "电话和微信同号", "加我微信", "加微信群", "我是村民，", "我是安置户，", "我是高中生，", "本人于2019年", "我是施工方，", "我公司中标", "我是在某厂上班", "姓名已经保密", "联系人不接电话", "投诉人多次反映", "我叫他还钱", "我叫他们还钱，", "我叫人去要，", "我叫了三次，", "我叫他，", "我叫老板还钱，", "我叫救护车，", "姓名不详", "姓名：不详", "姓名：保密", "姓名：匿名", "联系人：同上", "联系人：无", "联系人：本人", "联系人：村民",
		"申请人认为，", "申请人要求，", "投诉人是村民，", "投诉人向县里反映，", "联系人高度重视，", "申请人于去年，", "我是高管，", "我是于去年来的，", "本人于去年，", "本人方便时，", "我是马路对面的，", "我是江苏人，", "我是李庄村民，", "我是王庄人，", "我是车主，", "我是包工头，", "我是项目经理，", "本人马上，",
		"我是党员，", "我是房东，", "我是单身，", "我是温州人，", "本人金额不多，", "本人向贵局，", "我是安全员，", "我是李湾村，", "我是路过，", "姓名：", "联系人：", "姓名：男", "姓名：电话：", "我王某某", "我周末去，", "署名：以上", "我是残疾人，", "本人常年在外，", "本单位的合同",
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

func TestWhatIsKnownOfTheWriterIsFoundWhereverItStands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value, text string
		want        []string
	}{
		{"李四", "李四来了，李 四走了，李·四", []string{"李四", "李 四", "李·四"}},
		{"李李", "李李李李李", []string{"李李", "李李"}},
		{"𠮷田", "我是𠮷 田，𠮷田", []string{"𠮷 田", "𠮷田"}},
		{"Li Si", "LI SI、li-si", []string{"LI SI", "li-si"}},
		{strings.Repeat("李", ownLimit), strings.Repeat("李", ownLimit), []string{strings.Repeat("李", ownLimit)}},
		// what no field takes is compared with nothing
		{strings.Repeat("李", ownLimit+1), strings.Repeat("李", ownLimit+1), nil},
		{strings.Repeat("李", 50_000), strings.Repeat("李", 100_000), nil},
	} {
		var got []string
		for _, f := range FindPersonal(c.text, Own{Kind: PersonName, Value: c.value}) {
			got = append(got, f.Text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%.30q in %.30q: %.300s", c.value, c.text, diff)
		}
	}
}

func TestEveryNameOfAListIsFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"联系人：高峰、于海": {"高峰", "于海"}, "联系人：高峰、于海和王大力。": {"高峰", "于海", "王大力"}, "投诉人：高峰及于海": {"高峰", "于海"}, "姓名：高峰，于海，电话另给": {"高峰", "于海"}, "联系人：高峰/于海": {"高峰", "于海"}, "联系人：高峰以及于海": {"高峰", "于海"},
		"联系人：高峰（儿子）、于海（女儿）": {"高峰", "于海"}, "联系人：高峰和妻子": {"高峰"}, "姓名：高峰，欠款没给": {"高峰"}, "投诉人：高峰及全体村民": {"高峰"}, "姓名：高峰、男、45岁": {"高峰"},
	} {
		var got []string
		for _, f := range FindPersonal(text) {
			if f.Kind == PersonName {
				got = append(got, f.Text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

// Whatever a stranger repeats, each sign is looked at a bounded number of times: with the
// square of these texts, each would hold a core for minutes.
func TestNoTextTakesTheFinderLong(t *testing.T) {
	t.Parallel()
	began := time.Now()
	for _, piece := range []string{"署名 及", "姓名 王和", "我叫王五、", "联系人 张三和李四及", "我是王五，", "签名：王强、", "微信加", "加我v：abc", "我公司是", "138-", "a@", "1 1", "豫A", "电话 0375 "} {
		FindPersonal(strings.Repeat(piece, 20_000/len([]rune(piece))))
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("took %s", took)
	}
}
