package main

import (
	"math"

	"zhengxin/internal/ladder"
	"zhengxin/internal/register"
)

// share is a value and how many of a thousand have it; the first has what is left.
type share struct {
	value string
	of    int
}

// What complaints have of their own: what most have, what few have, and what nobody has. The
// old records of another program are all over, so that hardly a value is commoner and none
// of what is under way has it.
var (
	channels = []share{{"web", 0}, {"hotline", 220}, {"visit", 60}, {"letter_box", 30}, {"other_body", 10}, {"email", 1}}
	people   = []share{{"enterprise", 0}, {"citizen", 400}, {"other_org", 40}, {"npc_deputy", 4}, {"media", 1}} // and no member of the CPPCC
	tracks   = []share{{"petition", 0}, {"hotline", 200}, {"biz_env", 60}, {"sme_payment", 5}}
)

// importedOf a hundred of what is over came from the program before.
const importedOf = 30

func (w teller) of(shares []share) string {
	at := w.IntN(1000)
	for _, s := range shares[1:] {
		if at -= s.of; at < 0 {
			return s.value
		}
	}
	return shares[0].value
}

func (w teller) channel(c course) string {
	if !c.open && w.IntN(100) < importedOf {
		return "import"
	}
	return w.of(channels)
}

func (w teller) track(c course) any {
	if c.steps < 3 {
		return nil
	}
	return w.of(tracks)
}

// sum is money in fen from a hundred yuan to ten million, as many of each size; three of ten
// have none.
func (w teller) sum() any {
	if w.IntN(10) < 3 {
		return nil
	}
	return int64(math.Pow(10, 4+5*w.Float64()))
}

// flags are what the desk has to decide on, and what was found.
func (w teller) flags(c course) []string {
	all := []string{}
	if c.steps >= answered {
		all = append(all, register.Answered)
	}
	at := w.IntN(1000)
	switch {
	case c.state == "handling" && at < 20:
		all = append(all, ladder.ToChase)
	case c.state == "handling" && at < 23:
		all = append(all, ladder.ToSupervise)
	case c.state == "handling" && at < 60:
		all = append(all, ladder.Chased)
	case c.steps > 7 && at < 300:
		all = append(all, "substantiated")
	}
	if w.IntN(10) == 0 {
		all = append(all, "anonymous")
	}
	return all
}
