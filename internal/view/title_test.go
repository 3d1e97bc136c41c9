package view

import (
	"bytes"
	"strings"
	"testing"
)

// The bars are where a title may break.
func TestATitleBreaksBetweenWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"关于对东岭镇人民政府予以书面警示的公示": "关于|对|东岭镇|人民政府|予以|书面警示的公示",
		"对东岭镇人民政府予以书面警示":      "对|东岭镇|人民政府|予以|书面警示",
		"失信问题":                 "失信问题",
		"对县财政局失信问题的通报":         "对|县财政局|失信问题的通报",
		"第三季度各单位投诉办理情况通报":      "第三季度|各单位|投诉|办理|情况通报",
		"村道硬化工程验收两年，工程款一直没有付清": "村道|硬化|工程|验收|两年，|工程款|一直|没有付清",
		"受理范围和办理期限（2026 年修订）":  "受理范围|和|办理期限|（2026 年修订）",
		"政府欠账不还、承诺不兑现，请在这里投诉。": "政府|欠账|不|还、|承诺|不兑现，|请|在|这里|投诉。",
		"《保障中小企业款项支付条例》第九条":    "《保障|中小企业|款项|支付|条例》|第九条",
		"": "", "欠": "欠", "欠款": "欠款", "JX2026": "JX2026", "请付清": "请付清", "<b>&问题": "&lt;b&gt;&amp;问题", "关于“新官不理旧账”的通报": "关于|“新官不理旧账”的通报", "对 3 家单位的通报（第 2 号）": "对| 3 家单位的|通报|（第| 2 号）",
		"𠮷田镇人民政府公示":  "𠮷田镇|人民政府公示",
		"甲乙丙丁戊己庚辛壬癸": "甲|乙|丙|丁|戊|己|庚|辛壬癸", // no words of ours: anywhere but before the last three
	} {
		var b bytes.Buffer
		if err := Title(text).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(b.String(), "<wbr>", "|"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Every word fits into what is looked for, and says something.
func TestWordsOfTitlesAreFound(t *testing.T) {
	t.Parallel()
	for word := range dictionary {
		if n := known(word + "𠮷"); n != len(word) {
			t.Errorf("%s: %d of %d bytes are found", word, n, len(word))
		}
	}
}

// What people write has no comma to break at; a word that is cut in two is read twice.
func TestATitleOfSomebodysOwnBreaksBetweenWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"机械租赁费拖了一年没有结清":            "机械租赁费|拖了|一年|没有结清",
		"槐树岭排水沟改造工程早已验收，工程款一直没有付清": "槐树岭|排水沟|改造|工程|早已|验收，|工程款|一直|没有付清",
		"石榴坡的临时占地补偿当场答应，只给了一部分":    "石榴坡的|临时占地|补偿|当场答应，|只给了|一部分",
	} {
		if got := strings.Join(words(text), "|"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
