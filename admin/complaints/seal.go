package complaints

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

// sealedReaders are who refers complaints, and reads of them afterwards number and day.
var sealedReaders = desk.Only(staff.Registrar, staff.Supervisor)

// showSealed lists what was referred and is sealed.
func (p *Pages) showSealed(c *fiber.Ctx) error {
	all, err := p.complaints.Sealed(c.UserContext(), desk.Person(c))
	if err != nil {
		return err
	}
	return view.Show(c, sealedPage(p.Frame(c, "已移送封存", p.Kind().Path), all))
}
