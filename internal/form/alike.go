package form

import "golang.org/x/text/unicode/norm"

// supplement has each of the CJK radicals supplement before the ideograph that looks
// like it, after Unicode's EquivalentUnifiedIdeograph.txt: normalisation leaves this
// block alone, and texts copied out of a PDF are full of it (⺠, ⻓, ⻔). The database's
// folded() has the same, and a test compares the two.
const supplement = "" +
	"⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑" +
	"⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王" +
	"⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑" +
	"⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長" +
	"⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼" +
	"⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"

var radicals = func() map[rune]rune {
	table, of := map[rune]rune{}, rune(0)
	for _, r := range supplement {
		if of == 0 {
			of = r
			continue
		}
		table[of], of = r, 0
	}
	return table
}()

// Alike is the ideograph that a radical or a compatibility ideograph stands for; every
// other character is itself. It is for searching and comparing: a text stays as typed.
func Alike(r rune) rune {
	switch {
	case r < 0x2E80:
	case r <= 0x2EF3:
		if to, ok := radicals[r]; ok {
			return to
		}
	case r >= 0x2F00 && r <= 0x2FD5, r >= 0xF900 && r <= 0xFAFF, r >= 0x2F800 && r <= 0x2FA1F:
		to := []rune(norm.NFKC.String(string(r)))
		if len(to) == 1 {
			return to[0]
		}
	}
	return r
}
