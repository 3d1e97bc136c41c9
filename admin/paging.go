package admin

import (
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// recordPage is how many lines the pages of records have.
const recordPage = 50

// before reads a place in a list that is walked by number.
func before(c *fiber.Ctx) int64 {
	id, err := strconv.ParseInt(c.Query("before"), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// cutRecords keeps one page and says whether there is more.
func cutRecords[T any](all []T) (page []T, more bool) {
	return all[:min(len(all), recordPage)], len(all) > recordPage
}
