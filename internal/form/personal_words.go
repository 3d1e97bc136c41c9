package form

import (
	"regexp"
	"strings"
	"unicode"
)

// mailIn is an address as it is written, and as it is written to be overlooked: a at qq
// dot com, a艾特qq点com, a @ qq 。 com.
var (
	mailIn = regexp.MustCompile(`([A-Za-z0-9._%+\-]+)( {0,3}@ {0,3}| ?(?:[(\[{【] ?(?:at|AT|At) ?[)\]}】]|艾特|小老鼠|圈[aA]) ?| (?:at|AT|At) )` +
		`([A-Za-z0-9\-]+(?:(?: ?[.。·] ?| ?(?:[(\[{【] ?(?:dot|DOT) ?[)\]}】]|点) ?| (?:dot|DOT) )[A-Za-z0-9\-]+)+)`)
	mailSigns = "@艾小圈aA" // one of them stands between name and domain
	plainMail = regexp.MustCompile(`^[A-Za-z0-9\-]+(?:[.。][A-Za-z0-9\-]+)+$`)
	usualEnd  = regexp.MustCompile(`(?i)[^a-z0-9](?:com|cn|net|org|edu|gov|cc|me|io|top|vip|hk|tw)$`)
)

func (s *scanned) emails() []span {
	if !strings.ContainsAny(s.folded, mailSigns) {
		return nil
	}
	var found []span
	for _, m := range mailIn.FindAllStringSubmatchIndex(s.folded, -1) {
		local, sign, domain := s.folded[m[2]:m[3]], s.folded[m[4]:m[5]], s.folded[m[6]:m[7]]
		plain := sign == "@" && plainMail.MatchString(domain)
		if strings.Trim(local, "._%+-") == "" || !plain && !usualEnd.MatchString(domain) {
			continue
		}
		found = append(found, span{EmailAddress, s.at[m[2]], s.at[m[7]], plain})
	}
	return found
}

// chatIn is an account of WeChat or QQ behind its name.
var (
	chatIn = regexp.MustCompile(`(?i)\A(?:微 ?信|薇信|威信|维信|v信|vx|wx|微信?[号同]|wechat|weixin|[加+私] ?(?:我|一下|下|个)?的? ?(?:v|微|薇|卫星)|v ?[:：]|qq|扣扣|企鹅|q号)` +
		`[\s:：,，是为号码群同名加id_=\-（）()“”"]{0,8}?([a-z][a-z0-9_\-]{5,19}|[1-9][0-9]{4,11})`)
	lettersOrDigits = regexp.MustCompile(`(?i)[a-z0-9]`)
	noAccount       = regexp.MustCompile(`(?i)^(?:wechat|weixin|android|iphone|[0-9]{4}年?)$`)
)

// chatBegins are the signs with which a match of chatIn begins, and inWord tells those that
// are a name only where no word goes on: vx, wx.
const chatBegins = "微薇威维vVwWqQ扣企加+私"

var inWord = regexp.MustCompile(`(?i)\A(?:v|wx)`)

func (s *scanned) chats() []span {
	var found []span
	for _, m := range s.matches(chatIn, chatBegins, 1) {
		if inWord.MatchString(s.folded[m[0]:m[1]]) && m[0] > 0 && lettersOrDigits.MatchString(s.folded[m[0]-1:m[0]]) {
			continue
		}
		from, to := s.at[m[2]], s.at[m[3]]
		account := string(s.signs[from:to])
		if noAccount.MatchString(account) || s.isSum(to) || to < len(s.signs) && (isLetter(s.signs[to]) || plainDigit(s.signs[to]) >= 0) {
			continue
		}
		found = append(found, span{ChatAccount, from, to, false})
	}
	return found
}

// plateIn is the plate of a car or lorry, by which its owner is known: 豫D12345, 豫D·D12345.
var plateIn = regexp.MustCompile(`(?i)\A([` + plateBegins + `] ?[A-HJ-NP-Z] ?[·.•\- ]? ?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])(?:[^A-Za-z0-9]|\z)`)

const plateBegins = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// firmIn is a firm that introduces itself.
var firmIn = regexp.MustCompile(`\A(?:我公司|我司|我单位|我厂|我店|本公司|本单位|本厂|我们公司|我们单位|我们厂|我的公司|我方|我们是|我是|公司名称|企业名称|单位名称)[\s:：是叫为（("“]{0,3}([\p{Han}A-Za-z0-9（）()]{2,28}?(?:公司|厂|合作社|经营部|商行|工程队|施工队|事务所|门市部|集团|商店|超市|饭店))`)

// firmBegins are the signs with which a match of firmIn begins.
const firmBegins = "我本公企单"

// group takes what the first group of a pattern holds.
func (s *scanned) group(in *regexp.Regexp, begins string, kind PersonalKind) (found []span) {
	for _, m := range s.matches(in, begins, 1) {
		found = append(found, span{kind, s.at[m[2]], s.at[m[3]], false})
	}
	return found
}

// owned finds what is known of the writer, however it is set off.
func (s *scanned) owned(own []Own) []span {
	if len(own) == 0 {
		return nil
	}
	var b strings.Builder
	var of []int // the sign that each byte is of
	for i, r := range s.signs {
		if !setsOff(r) {
			b.WriteRune(unicode.ToLower(r))
			for len(of) < b.Len() {
				of = append(of, i)
			}
		}
	}
	together := b.String()
	var found []span
	for _, one := range own {
		for _, form := range one.forms() {
			value := string(form)
			for at := 0; ; {
				next := strings.Index(together[at:], value)
				if next < 0 {
					break
				}
				from, to := at+next, at+next+len(value)
				found = append(found, span{one.Kind, of[from], of[to-1] + 1, true})
				at = to
			}
		}
	}
	return found
}

// Together is a text as it is looked through for words: folded, in small letters, without
// what sets characters off.
func Together(text string) string {
	return strings.Map(func(r rune) rune {
		if r = seen(r); r < 0 || setsOff(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// setsOff tells what may stand inside a name or a number without parting it.
func setsOff(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("-.·•・‧_*/~", r)
}

var (
	firmEnd   = regexp.MustCompile(`(?:集团)?(?:股份|责任)?(?:有限)?(?:责任)?(?:公司|合伙企业|合作社|经营部|工程队|商行|厂)$`)
	firmPlace = regexp.MustCompile(`^\p{Han}{1,3}(?:省|市|县|区)(?:\p{Han}{1,3}(?:市|县|区))?`)
)

// ownLimit is how long a known detail may be: no field that asks for one takes more, and
// what breaks its field's limit is nobody's detail yet.
const ownLimit = mailLimit

// wholeName is a word that is one of the usual names, and not 办公室 or 微信同号.
var wholeName = regexp.MustCompile(`^` + knownName + `$`)

// OwnTelephone is what is known of the writer by a telephone as Phone keeps it: each number
// by itself, one with an extension without it, too, and who is named beside it.
func OwnTelephone(kept string) []Own {
	var own []Own
	for _, n := range NotedNumbers(kept) {
		kind := Landline
		if mobile.MatchString(n.Number) {
			kind = MobileNumber
		}
		own = append(own, Own{kind, strings.TrimPrefix(n.Number, "+")})
		if head := strings.TrimRight(behindNumber.ReplaceAllString(n.Number, ""), " "); head != n.Number {
			if head, ok := dialled(head); ok {
				own = append(own, Own{kind, strings.TrimPrefix(head, "+")})
			}
		}
		for _, word := range strings.FieldsFunc(n.Note, func(r rune) bool { return r == ' ' || r == '，' }) {
			if wholeName.MatchString(word) && isName(word) {
				own = append(own, Own{PersonName, word})
			}
		}
	}
	return own
}

// forms are the ways in which a known detail is written, the longest first; what is too
// short to tell anybody is none.
func (o Own) forms() [][]rune {
	if Length(o.Value) > ownLimit {
		return nil
	}
	var whole []rune
	for _, r := range o.Value {
		if r = seen(r); r >= 0 && !setsOff(r) {
			whole = append(whole, unicode.ToLower(r))
		}
	}
	least := 2
	if o.Kind != PersonName {
		least = 4
	}
	if len(whole) < least {
		return nil
	}
	all := [][]rune{whole}
	if o.Kind == FirmName {
		core := firmPlace.ReplaceAllString(firmEnd.ReplaceAllString(string(whole), ""), "")
		for _, short := range []string{core, string([]rune(core)[:min(4, len([]rune(core)))])} {
			if r := []rune(short); len(r) >= least && len(r) < len(all[len(all)-1]) {
				all = append(all, r)
			}
		}
	}
	return all
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
