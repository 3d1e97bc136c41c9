package desk

import (
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// RecordPage is how many lines the pages of records have.
const RecordPage = 50

// Before reads a place in a list that is walked by number.
func Before(c *fiber.Ctx) int64 {
	id, err := strconv.ParseInt(c.Query("before"), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// CutRecords keeps one page and says whether there is more.
func CutRecords[T any](all []T) (page []T, more bool) {
	return all[:min(len(all), RecordPage)], len(all) > RecordPage
}
