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
		{"一\n二三\u202d四", "第 1 个字后面有换行，只能写一行，请删去换行", "第 2 行第 2 个字后面有看不见的方向控制符，请删去"},
		{"一\n\u202d四", "第 1 个字后面有换行，只能写一行，请删去换行", "第 2 行开头有看不见的方向控制符，请删去"},
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
		if !strings.Contains(typed, line) {
			t.Errorf("%q: the line %q is not a part of it", typed, line)
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
		PressCardLooksRight(typed)
	})
}
