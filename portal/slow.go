package portal

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
)

// slow are the soft limits of one address. A whole village may stand behind one,
// so each lets many through at once, and what it refuses is told how soon to
// come back and loses nothing.
type slow struct {
	guess *web.Limiter // wrong pairs of number and code, at whatever numbers
}

func newSlow(app *web.App) slow {
	return slow{
		guess: app.Limiter(60, 10*time.Second),
	}
}

// guessed bounds what one address may guess at all numbers together. Only a
// wrong pair is counted and only a wrong pair is asked to wait: a right one
// opens whatever the neighbours did, or one guesser could shut a village out. That
// helps no guesser. At one number the database stops them after five, and over
// all numbers 80 random bits are not found by asking faster.
func (s *Site) guessed(c *fiber.Ctx, wrong error) error {
	after := s.slow.guess.Take(web.Address(c))
	if after == 0 {
		return wrong
	}
	return fault.Later(after, "编号和查询码对不上。您所在的网络这一会儿试错的次数太多，请核对以后，等 %d 分钟再试。", fault.Minutes(after))
}
