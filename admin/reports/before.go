package reports

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
)

// before is the report of as long a time before, to which the numbers are held.
type before struct {
	asked
	Label string
	Whole group
}

// earlier is the same time some months before. What of its last month is still to come is
// left out of it: part of a month is not held to a whole one.
func (p period) earlier(months int) period {
	q := period{From: p.From.AddMonths(-months), To: p.To.AddMonths(-months), today: p.today}
	if p.until().After(p.today) {
		q.last = p.today.AddMonths(-months)
	}
	return q
}

// months are how many a period has.
func (p period) months() int {
	return (p.To.Year-p.From.Year)*12 + int(p.To.Month) - int(p.From.Month) + 1
}

// befores count as long a time just before, and the same months of the year before.
func (p *Pages) befores(c *fiber.Ctx, v *reportView) error {
	just, year := v.period.months(), 12
	shifts, labels := []int{just, year}, []string{"前一段", "去年同期"}
	if just >= year { // the two would be one, or lie in each other
		shifts, labels = shifts[:1], labels[:1]
	}
	for i, months := range shifts {
		b := before{asked: v.asked, Label: labels[i]}
		b.period = v.period.earlier(months)
		sheet, err := b.room.Register().CountReport(c.UserContext(), desk.Person(c).Scope(), b.filter())
		if err != nil {
			return err
		}
		b.Whole = group{Sums: sheet.Whole}
		v.Before = append(v.Before, b)
	}
	return nil
}
