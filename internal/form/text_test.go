package form

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestOnlyTheSpaceAroundALineGoes(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":              "",
		" \t\r\n　":      "",
		"　李 四　\n":       "李 四",
		"𠮷𪚥䶮㐀喆镕":        "𠮷𪚥䶮㐀喆镕",
		"👨‍👩‍👧‍👦 é ①":   "👨‍👩‍👧‍👦 é ①",
		"<b>欠款</b>":     "<b>欠款</b>",
		"A　B":           "A　B",
		"e\u0301\u00a0": "e\u0301",
		"张三\v李四\f王五":    "张三 李四 王五", "合同\t编号\u0085": "合同 编号", "一\r\n二\u2028三": "一 二 三",
		"\x07张\x1b三\u009f": "张三", "a\x00b\x7f": "ab",
	} {
		if got := Line(typed); got != want {
			t.Errorf("Line(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestATextKeepsItsLines(t *testing.T) {
	t.Parallel()
	got := Text("　一\r\n\r\n二\r三\t四\n\n")
	if want := "一\n\n二\n三\t四"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatPastingBringsIsMadeFitToKeepOrSaid(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]struct{ text, said string }{
		"": {"", ""},
		"一\r\n二\r三\v四\f五\u0085六\u2028七\u2029八": {"一\n二\n三\n四\n五\n六\n七\n八", ""},
		"一\t二":                                 {"一\t二", ""},
		"👨‍👩‍👧 𠮷\u200b\ufeff":                  {"👨‍👩‍👧 𠮷\u200b\ufeff", ""},
		"一\u202e二":                             {"一\u202e二", ""}, // refused, not dropped
		"一\xff二":                               {"一\xff二", ""},
		"一\x07二":                               {"一二", "粘贴来的文字里有 1 个看不见的控制符（编码 0007），已经去掉，别的一个字也没有改。"},
		"\x1b[2J\x1b[0m\x00":                   {"[2J[0m", "粘贴来的文字里有 3 个看不见的控制符（编码 0000、001B），已经去掉，别的一个字也没有改。"},
		"\x7f\u0080\u009f":                     {"", "粘贴来的文字里有 3 个看不见的控制符（编码 007F、0080、009F），已经去掉，别的一个字也没有改。"},
		strings.Repeat("字\x01", 1200):          {strings.Repeat("字", 1200), "粘贴来的文字里有 1,200 个看不见的控制符（编码 0001），已经去掉，别的一个字也没有改。"},
		"\x01\x02\x03\x04\x05\x06\x07\x08\x0e": {"", "粘贴来的文字里有 9 个看不见的控制符（编码 0001、0002、0003、0004、0005、0006、0007、0008等），已经去掉，别的一个字也没有改。"},
	} {
		text, dropped := Pasted(typed)
		if text != want.text || Dropped(dropped) != want.said {
			t.Errorf("Pasted(%.30q) = %.40q, %q; want %.40q, %q", typed, text, Dropped(dropped), want.text, want.said)
		}
	}
	for r := rune(0); r < 0xA0; r++ { // all of C0 and C1, and what stands between
		text, dropped := Pasted("前" + string(r) + "后")
		if plain := r >= ' ' && r < 0x7F || r == '\n' || r == '\t'; plain && (len(dropped) > 0 || text != "前"+string(r)+"后") {
			t.Errorf("%04X: %q, %q", r, text, dropped)
		} else if breaks := strings.ContainsRune("\r\v\f\u0085", r); breaks && text != "前\n后" || !plain && !breaks && (text != "前后" || len(dropped) != 1) {
			t.Errorf("%04X: %q, %q", r, text, dropped)
		}
	}
}

func TestATextThatCannotBeKeptGetsASentence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, line, text string }{
		{"", "", ""},
		{"欠款𠮷𪚥䶮㐀👨‍👩‍👧‍👦e\u0301", "", ""},
		{"<script>alert(1)</script>", "", ""},
		{"\uFFFD", "", ""},
		{"\U0003134B", "", ""}, // a Han extension newer than some tables
		{"一二\x00三", "第 2 个字后面有看不见的控制符（编码 0000），请删去", "第 2 个字后面有看不见的控制符（编码 0000），请删去"},
		{"\x1b[2J", "开头有看不见的控制符（编码 001B），请删去", "开头有看不见的控制符（编码 001B），请删去"},
		{"一\x7f", "第 1 个字后面有看不见的控制符（编码 007F），请删去", "第 1 个字后面有看不见的控制符（编码 007F），请删去"},
		{"一\u009f二", "第 1 个字后面有看不见的控制符（编码 009F），请删去", "第 1 个字后面有看不见的控制符（编码 009F），请删去"},
		{"一二三四五六七八九十十一\u202e反", "第 12 个字后面有看不见的方向控制符，请删去", "第 12 个字后面有看不见的方向控制符，请删去"},
		{"\u2066一", "开头有看不见的方向控制符，请删去", "开头有看不见的方向控制符，请删去"},
		{"𠮷\u200f", "第 1 个字后面有看不见的方向控制符，请删去", "第 1 个字后面有看不见的方向控制符，请删去"},
		{"\u061c一", "开头有看不见的方向控制符，请删去", "开头有看不见的方向控制符，请删去"},
		{"一\n二", "第 1 个字后面有换行，只能写一行，请删去换行", ""},
		{"一\t二", "第 1 个字后面有制表符，请改成空格", ""},
		{"一\u2028二", "第 1 个字后面有换行，只能写一行，请删去换行", ""},
		{"一\n二三\u202d四", "第 1 个字后面有换行，只能写一行，请删去换行；第 4 个字后面有看不见的方向控制符，请删去", "第 2 行第 2 个字后面有看不见的方向控制符，请删去"},
		{"一\n\u202d四", "第 1 个字后面有换行，只能写一行，请删去换行；第 2 个字后面有看不见的方向控制符，请删去", "第 2 行开头有看不见的方向控制符，请删去"},
		{"一\u202e二三\u202c四", "第 1 个字后面、第 3 个字后面有看不见的方向控制符（共 2 个），请删去", "第 1 个字后面、第 3 个字后面有看不见的方向控制符（共 2 个），请删去"},
		{"\u200e\u200e一\u2069", "开头、第 1 个字后面有看不见的方向控制符（共 3 个），请删去", "开头、第 1 个字后面有看不见的方向控制符（共 3 个），请删去"},
		{"\u202a一\n二三\u202d四\n五\u061c", "开头、第 4 个字后面、第 7 个字后面有看不见的方向控制符（共 3 个），请删去；第 1 个字后面、第 5 个字后面有换行（共 2 个），只能写一行，请删去换行",
			"第 1 行开头、第 2 行第 2 个字后面、第 3 行第 1 个字后面有看不见的方向控制符（共 3 个），请删去"},
		{"一\xff二\u202e三\xfe", "第 1 个字后面、第 4 个字后面有认不出的乱码（共 2 个），请删去后重新写；第 3 个字后面有看不见的方向控制符，请删去", "第 1 个字后面、第 4 个字后面有认不出的乱码（共 2 个），请删去后重新写；第 3 个字后面有看不见的方向控制符，请删去"},
		{"一\xff二", "第 1 个字后面有认不出的乱码，请删去后重新写", "第 1 个字后面有认不出的乱码，请删去后重新写"},
		{"\xc2\xb7\xc2", "第 1 个字后面有认不出的乱码，请删去后重新写", "第 1 个字后面有认不出的乱码，请删去后重新写"},
		{"\u200b\u200d", "只有看不见的字符，等于没有写，请重新写", "只有看不见的字符，等于没有写，请重新写"},
	} {
		if got := LineFault(c.typed); got != c.line {
			t.Errorf("LineFault(%q) = %q, want %q", c.typed, got, c.line)
		}
		if got := TextFault(c.typed); got != c.text {
			t.Errorf("TextFault(%q) = %q, want %q", c.typed, got, c.text)
		}
	}
}

func TestLengthIsCountedInCharacters(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("𠮷", 5320)
	if got, want := TooLong(long, 5000), "写了 5,320 个字，最多 5,000 个，请删去 320 个"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := TooLong(long, 5320); got != "" {
		t.Errorf("at the limit: %q", got)
	}
	if got := Length("e\u0301\n👍"); got != 4 {
		t.Errorf("Length = %d, want 4", got)
	}
}

func TestACaptchaAnswerIsReadAsDigits(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"１２３ ４５６": "123456", "　12\u200b34 56\n": "123456", "12a456": "12a456", "": "", "\xff": "\uFFFD",
		"123-456": "123456", "\u202a123\u2009456\u202c": "123456", "１２３－４５６": "123456", "123\u00ad456\ufe0f": "123456", "\u2068123 456\u2069": "123456",
	} {
		if got := DigitsOnly(typed); got != want {
			t.Errorf("DigitsOnly(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestAQuoteIsShortAndHarmless(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		strings.Repeat("万", 20):        "“" + strings.Repeat("万", 20) + "”",
		strings.Repeat("万", 21):        "“" + strings.Repeat("万", 20) + "……”",
		"a\x00\u202eb\xff\n\u2028c":    "“a□□b□□□c”",
		" " + strings.Repeat("1", 1e6): "“" + strings.Repeat("1", 20) + "……”",
	} {
		if got := quoted(typed); got != want {
			t.Errorf("quoted(%.30q) = %q, want %q", typed, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "欠款\r\n𠮷", "\x00", "\xff\xfe", "\u202e", "　\t", "👨‍👩‍👧", "\u200b", "a\rb\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		line, text := Line(typed), Text(typed)
		if Line(line) != line || Text(text) != text {
			t.Errorf("%q: cleaning twice gives something else", typed)
		}
		if kept, dropped := Pasted(typed); strings.ContainsFunc(line, unmade) || len(line) > len(kept) || len(dropped) > 0 && kept == typed {
			t.Errorf("%q: the line is %q, %d dropped", typed, line, len(dropped))
		}
		for _, sentence := range []string{LineFault(line), TextFault(text), quoted(typed)} {
			if !utf8.ValidString(sentence) || strings.ContainsAny(sentence, "\x00\n\u202e") {
				t.Errorf("%q: the sentence %q cannot be shown", typed, sentence)
			}
		}
		if TextFault(text) == "" && (!utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r\u202e")) {
			t.Errorf("%q got through", text)
		}
		for _, found := range FindPersonal(typed) {
			if found.Text != typed[found.Start:found.End] || found.Text == "" {
				t.Errorf("%q: %+v is not there", typed, found)
			}
		}
		if code := tight(typed); tight(code) != code {
			t.Errorf("%q: folding %q twice gives something else", typed, code)
		}
		USCC(typed)
		Phone(typed)
		Email(typed)
		CredentialNumber(typed)
	})
}
