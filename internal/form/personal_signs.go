package form

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// seen is how the finder reads one character: folded, with digits of any script and in
// circles as plain ones; negative for what nobody sees, a key's cap among it.
func seen(r rune) rune {
	if r == '\n' || r == '\r' || r >= '0' && r <= '9' {
		return r
	}
	if r == '\u20E3' {
		return -1
	}
	folded := foldRune(r)
	switch {
	case folded < 0x80:
		return folded
	case strings.ContainsRune("ⅩⅹХх✕✖╳⨯×", folded):
		return 'X'
	case folded == '﹫':
		return '@'
	case unicode.Is(unicode.Nd, folded):
		return '0' + digitOf(folded)
	case unicode.Is(unicode.No, folded):
		if plain := norm.NFKC.String(string(folded)); len(plain) == 1 && plain[0] >= '0' && plain[0] <= '9' {
			return rune(plain[0])
		}
	case unicode.Is(unicode.L, folded) && folded >= 0x1D400 && folded <= 0x1D7FF: // letters of mathematics
		if plain := norm.NFKC.String(string(folded)); len(plain) == 1 {
			return rune(plain[0])
		}
	}
	return folded
}

// digitOf is the value of a decimal digit: Unicode has those of a script in tens.
func digitOf(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	if r >= 0x1D7CE && r <= 0x1D7FF { // five alphabets of digits side by side
		return (r - 0x1D7CE) % 10
	}
	return n
}

// plainDigit knows ASCII digits; others were folded before.
func plainDigit(r rune) int8 {
	if r >= '0' && r <= '9' {
		return int8(r - '0')
	}
	return -1
}

// hanDigits are digits as they are read out, also over a telephone.
var hanDigits = map[rune]int8{
	'〇': 0, '零': 0, '○': 0, '洞': 0, '一': 1, '壹': 1, '幺': 1, '弌': 1, '二': 2, '贰': 2, '两': 2, '貳': 2, '三': 3, '叁': 3, '參': 3,
	'四': 4, '肆': 4, '五': 5, '伍': 5, '六': 6, '陆': 6, '陸': 6, '七': 7, '柒': 7, '拐': 7, '八': 8, '捌': 8, '九': 9, '玖': 9, '勾': 9,
}

// hanDigit knows those, plain ones too.
func hanDigit(r rune) int8 {
	if value, ok := hanDigits[r]; ok {
		return value
	}
	return plainDigit(r)
}

// mistakenDigit knows the letters that are written for digits, plain ones too.
func mistakenDigit(r rune) int8 {
	switch r {
	case 'O', 'o', 'Q':
		return 0
	case 'I', 'l', '|':
		return 1
	}
	return plainDigit(r)
}

// Signs that part the digits of a number. Whatever is softly parted is one number; what
// parts a list or a sum does so only where the groups are those of a number.
const (
	softParts = " -.·•・‧∙_/\\~～*＊#+=|()[]<>{}【】〔〕〈〉《》「」“”\"'‘’`^…"
	hardParts = ".,，、;:：；。"
	widestGap = 8
)

// gap gives the place of the next group of digits when nothing but parting signs stands
// between, else -1. Lines are not joined.
func (s *scanned) gap(at int) int {
	for n := 0; n <= widestGap && at < len(s.signs); n, at = n+1, at+1 {
		if s.digits[at] >= 0 {
			return at
		}
		if r := s.signs[at]; s.taken[at] || !strings.ContainsRune(softParts, r) && !strings.ContainsRune(hardParts, r) {
			return -1
		}
	}
	return -1
}

// listed tells whether a point or a comma parts the signs: 1381234.5678 is a sum.
func (s *scanned) listed(from, to int) bool {
	for i := from; i < to; i++ {
		if strings.ContainsRune(hardParts, s.signs[i]) {
			return true
		}
	}
	return false
}

// before are the signs that lead up to a place, at most so many, of its own line and
// sentence.
func (s *scanned) before(at, most int) string {
	from := at
	for from > 0 && at-from < most && !strings.ContainsRune("\n\r。；;！？!?", s.signs[from-1]) {
		from--
	}
	return strings.ToLower(string(s.signs[from:at]))
}

// called tells whether one of the words stands shortly before a place.
func (s *scanned) called(at int, words []string) bool {
	before := s.before(at, widestCall)
	for _, word := range words {
		if strings.Contains(before, word) {
			return true
		}
	}
	return false
}

// widestCall is how far before a number its name may stand.
const widestCall = 12

// A number's name says what it is, where its form does not.
var (
	callID       = []string{"身份证", "身份号", "公民身份", "证件号", "居住证", "身份id"}
	callPermit   = []string{"通行证", "回乡证", "台胞证", "台湾居民", "港澳居民"}
	callPassport = []string{"护照", "passport"}
	callResident = []string{"永久居留", "永居", "绿卡", "居留证"}
	callBank     = []string{"银行", "卡号", "账号", "帐号", "账户", "帐户", "开户", "工行", "农行", "建行", "中行", "信用社", "储蓄", "存折", "打到", "转到", "汇到", "打入", "转入", "汇入"}
	callPhone    = []string{"电话", "座机", "固话", "致电", "手机", "联系方式", "来电", "传真", "tel", "phone", "mobile"}
	// callPaper is a number that nobody is known by.
	callPaper = []string{"编号", "合同号", "合同编", "协议", "文号", "字第", "项目", "发票", "单号", "案号", "凭证", "批复", "信用代码", "注册号", "执照", "订单", "票号", "招标", "标段", "立项", "备案", "许可", "流水号"}
)
