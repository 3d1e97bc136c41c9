package site

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Prove opens the matter of a number and a query code, for as long as an unlock lasts:
// whoever holds what it gives has shown that the complaint is theirs. On whatever page it
// is asked for, guesses are counted together and answered alike.
func (s *Site) Prove(c *fiber.Ctx, number, code string) (key.Secret, error) {
	secret, err := key.NewSecret(s.Random)
	if err != nil {
		return key.Secret{}, err
	}
	err = s.Complaints.Unlock(c.UserContext(), number, code, secret, s.guess(c, number))
	if fault.Is(err, fault.NotFound) {
		err = s.guessed(c, err)
	}
	return secret, err
}

// ReadPair reads number and code, each from its own box or both from either: a receipt is
// copied as one text. What cannot be a number or a code of ours is no guess and tells a
// guesser nothing, since anybody can work that out; it is said and not counted.
func ReadPair(inNumber, inCode string) (number, code string, errs view.Errors) {
	number, code = form.ReadPair(inNumber)
	n, k := form.ReadPair(inCode)
	whole, _ := form.ParseCode(inCode) // in groups of whatever length
	number, code = cmp.Or(number, n), cmp.Or(whole, k, code)
	switch {
	case number != "":
	case form.Line(inNumber) == "":
		errs = append(errs, fault.Field{Name: "number", Sentence: "请写投诉编号，在回执上，JX 开头"})
	default:
		errs = append(errs, fault.Field{Name: "number", Sentence: "这不是我们的投诉编号，没有去查，也不算试错。编号是 JX 加 13 位数字，有一位写错就对不上，请照回执检查"})
	}
	switch {
	case code != "":
	case form.Line(inCode) == "":
		errs = append(errs, fault.Field{Name: "query_code", Sentence: "请写查询码，在回执下半张，16 位"})
	default:
		errs = append(errs, fault.Field{Name: "query_code", Sentence: "查询码不是这个样子的，没有去查，也不算试错。查询码是 16 位字母和数字，没有数字 0 和 1，也没有字母 O 和 I，例如 ABCD-EFGH-2345-6789，请照回执检查"})
	}
	return number, code, errs
}

// guess is what the database counts: who guesses, and at which number.
func (s *Site) guess(c *fiber.Ctx, number string) []byte {
	return s.Key.Codes().MAC("attempt:" + web.Network(web.Address(c)).String() + ":" + number)
}

// guessed bounds what one address may guess at all numbers together. Only a
// wrong pair is counted and only a wrong pair is asked to wait: a right one
// opens whatever the neighbours did, or one guesser could shut a village out. That
// helps no guesser. At one number the database stops them after five, and over
// all numbers 80 random bits are not found by asking faster.
func (s *Site) guessed(c *fiber.Ctx, wrong error) error {
	after := s.guesses.Take(web.Address(c))
	if after == 0 {
		return wrong
	}
	return fault.Later(after, "编号和查询码对不上。您所在的网络这一会儿试错的次数太多，请核对以后，等 %d 分钟再试。", fault.Minutes(after))
}
