package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Whoever writes a name in such words writes their own. Behind 我叫, and behind the label of
// a form with its colon or blank, stands a name and nothing else, so any surname will do;
// behind 我是, 本人 and a label in the middle of a sentence only a known one.
var (
	labelIn = regexp.MustCompile(`(?im)\A(?:` + nameLabel + `[ \t]{0,3}(?:[:=]|[:=]?[ \t\n])[ \t\n]{0,3}|(?:我|我的名字|名字|本人|姓名|全名|大名|我名)叫(?:做|作)?[\s:]{0,3}|(?:姓名|名字)(?:是|为)[\s:]{0,3})` +
		`(` + anyName + `)` + nameEnd)
	spokenIn = regexp.MustCompile(`(?m)\A(?:` + nameLabel + `(?:是|为|叫)?|我是|本人是?|我)(` + knownName + `)` + nameEnd)
	// 我王大力 without 是 is a name only before what tells a person.
	tellsPerson = regexp.MustCompile(`^[\s,(、]{0,2}(?:男|女|电话|手机|身份证|联系电话|家住|现住|住址|今年\d)`)
)

const (
	nameLabel = `(?:本人姓名|我姓名|姓名|名字|联系人|投诉人|反映人|反应人|举报人|申请人|申诉人|信访人|上访人|诉求人|来信人|写信人|报料人|当事人|被拖欠人|债权人|具名|署名|签名|签字|落款|name)`
	// Latin names, those of the peoples that set a point inside, and two to four characters.
	anyName = `\p{Han}{1,8}(?:[·•‧・.]\p{Han}{1,8}){1,3}|\p{Han}{2,4}?|[A-Za-z][A-Za-z'’\-]{1,24}(?:[ .·,]{1,2}[A-Za-z][A-Za-z'’\-]{0,24}){0,3}`
	nameEnd = `(?:和|及|以及|[\s,，。.、；;:/|（(！!)）\[【\d]|电话|手机|身份证|联系|微信|男|女|家住|现住|住在|住址|住|今年|现年|来自|是(?:一名|一个|个)?\p{Han}|系\p{Han}|$)`
	// knownName begins with one of the usual surnames.
	knownName = `(?:` + doubleSurname + `\p{Han}{1,2}?|` + surname + `\p{Han}{1,2}?|` + ambiguousSurname + `\p{Han}{1,2}?)`

	doubleSurname = `(?:欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|东方|公孙|令狐|慕容|夏侯|长孙|宇文|端木|南宫|轩辕|澹台|淳于|公冶|太叔|申屠|仲孙|钟离|独孤|呼延|闻人|赫连|百里|东郭|西门)`
	// surname is one of the usual ones, without those that begin a word more often.
	surname = `[王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚樊殷焦耿岳柴齐庞聂鲁葛邢翟兰俞裴虞祁骆臧晏柯]`
	// ambiguousSurname begins a word as often (安 in 安置户, 高 in 高中生, 施 in 施工方).
	ambiguousSurname = `[高于常金方安施严文万向华倪莫章洪詹关苗凌季路左柳牛温纪鲍项申辛符舒梅游盛宁童管尤阮欧甘单卜花时冉喻牟付甄车成房包祝古卓靳谷辜解全涂艾卫伍冀麦米佟党桂海郎丛曲隋霍鞠栾]`
)

// noName are words that stand where a name could and are none: how they begin, and how
// they end. What people are called in their trade or their family is among them.
var (
	noNameBegin = regexp.MustCompile(`^(?:[不没无未已同见略匿暂待请自本我你您他她它这那该其与和在的了有要是就也都又还把被给让从到对由按过着天苦停人]|大家|有人|保密|以[上下]|各位|全[体家村部国]|` +
		`[老村乡镇县市区组队社省厂工班](?:板|师|总|长|民|支|主|里|中|书|头|人)|板车|师傅|书记|主任|经理|司机|业主|群众|警察|救护|出租|外卖|挖机|车[主间辆队]|包工|包头|农民|农村|工人|工友|施工|施救|安[置徽全心排装阳监]|` +
		`高[中管工新校考层度速龄级效]|于[是去今前年本此事]|向[贵有各县上]|常[年住务常委]|方[便面案]|金[额牌融]|万[元不般分一]|文[件化盲书]|成[年员立为都]|房[东主客管]|管[理委道]|项目|单[位身独据]|温[州县]|全[程职]|华[为侨]|时[间候常]|章程|` +
		`关[于注系]|路[过人]|左右|申[请诉办报]|党[员委支]|付[款出清]|解[决除放]|古稀|海[南外归]|游客|宁[波夏愿]|季度|牛[年羊]|车[祸站]|马[上路虎]|周[一二三四五六日末围边口]|江[苏西]|黄[河金]|任[何职]|程序|龙头|武[警汉]|白[天领手]|康复|孙子|石[家材头]|余[款下额]|` +
		`夏[天季]|田[地里间]|史无|许[多昌可]|何[时处人]|顾[客问]|易[燃地]|齐全|段时|钟头|陈[述年]|孔子|雷锋|毛坯|叶县|鲁山|宝丰|舞钢|平顶|郏县|河南|汝州|法[人定]|代理|代表|委托|负责|当事|家属|[父母]亲|[儿女]子|妻子|丈夫|姓名|电话|手机|地址|住址|身份|单位|签[名字章]|日期|年月|如[下上]|详[见情]|多[次年]|认为|要求|反[映应]|投诉|几[个次]|可以|应当|必须|先后|曾[经多在]|许诺|原[告来]|另[外行]|微信|退休|残疾|低保)`)
	noNameEnd = regexp.MustCompile(`(?:[们的了吗呢吧着]|[\p{Han}](?:村|镇|乡|县|市|区|局|厅|科|厂|公司|法院|政府|村民|居民|市民|农民|职工|员工|工人|庄人|村人|县人|省人|州人)|户|人)$`)
)

// introduced finds names and firms that introduce themselves.
func (s *scanned) introduced() []span {
	var found []span
	listed := 0 // how far the last list of names went: a label inside begins none that is not known
	for _, m := range s.matches(labelIn, labelBegins, 3) {
		if name := s.folded[m[2]:m[3]]; isName(name) {
			found = append(found, span{PersonName, s.at[m[2]], s.at[m[3]], false})
			if m[3] > listed {
				more, end := s.furtherNames(m[3])
				found, listed = append(found, more...), end
			}
		}
	}
	for _, m := range s.matches(spokenIn, labelBegins, 3) {
		before, name, after := s.folded[m[0]:m[2]], s.folded[m[2]:m[3]], s.folded[m[3]:]
		if isName(name) && (before != "我" || tellsPerson.MatchString(after)) {
			found = append(found, span{PersonName, s.at[m[2]], s.at[m[3]], false})
		}
	}
	for _, firm := range s.group(firmIn, firmBegins, FirmName) {
		if !strings.ContainsRune("个与在和代居隔一跟被把给对就也有", s.signs[firm.from]) { // 我是在……厂, 我是与……公司
			found = append(found, firm)
		}
	}
	return found
}

// Behind a name in a list stand others: 联系人：高峰、于海和王大力. What parts sentences too parts
// names only where the next begins with a usual surname.
var (
	nextIn  = regexp.MustCompile(`^(?:\([^()\n]{0,20}\)|[ :]?[\d +-]{5,20})?[ \t]{0,2}(?:、|/|&|\+|和|以?及|与)[ \t]{0,2}(` + anyName + `)` + nameEnd)
	knownIn = regexp.MustCompile(`^(?:\([^()\n]{0,20}\)|[ :]?[\d +-]{5,20})?[ \t]{0,2}[,，;；][ \t]{0,2}(` + knownName + `)` + nameEnd)
)

// mostNames is how many names of a list are followed.
const mostNames = 50

// furtherNames are those of a list behind its first name, and where it ends.
func (s *scanned) furtherNames(at int) (found []span, end int) {
	for len(found) < mostNames {
		near := s.folded[at:min(len(s.folded), at+120)]
		m := nextIn.FindStringSubmatchIndex(near)
		if m == nil {
			m = knownIn.FindStringSubmatchIndex(near)
		}
		if m == nil || !isName(near[m[2]:m[3]]) {
			break
		}
		found = append(found, span{PersonName, s.at[at+m[2]], s.at[at+m[3]], false})
		at += m[3]
	}
	return found, at
}

// labelBegins are the signs with which a match of labelIn or spokenIn begins. A pattern of
// many words that is tried at every sign of a text took three quarters of a finding.
const labelBegins = "本我姓名联投反举申诉信上来写报当被债具署签落全大nN"

// nearEnough is more bytes than any match has that begins with one of few signs, so that
// what is cut there is no end of a match.
const nearEnough = 600

// matches are the matches of a pattern for the beginning of a text, wherever a sign stands
// with which one begins; the next begins no sooner than where a group of this one ends.
func (s *scanned) matches(in *regexp.Regexp, begins string, until int) [][]int {
	var all [][]int
	for at := 0; at < len(s.folded); {
		next := strings.IndexAny(s.folded[at:], begins)
		if next < 0 {
			break
		}
		at += next
		end := min(len(s.folded), at+nearEnough)
		for end < len(s.folded) && !utf8.RuneStart(s.folded[end]) {
			end++
		}
		m := in.FindStringSubmatchIndex(s.folded[at:end])
		if m == nil {
			_, size := utf8.DecodeRuneInString(s.folded[at:])
			at += size
			continue
		}
		for i := range m {
			m[i] += at
		}
		all = append(all, m)
		at = m[until]
	}
	return all
}

// isName tells whether what stands where a name belongs may be one.
func isName(word string) bool {
	if r := []rune(word); !slices.ContainsFunc(r, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return !noAccount.MatchString(word) && !noLatinName.MatchString(word)
	}
	return !noNameBegin.MatchString(word) && !noNameEnd.MatchString(word)
}

// noLatinName are labels and marks that are no Latin name.
var noLatinName = regexp.MustCompile(`(?i)^(?:tel|phone|mobile|mail|email|qq|vx|wx|id|no|none|null|n/a|na|ok|vip|app|pdf|xx+)$`)
