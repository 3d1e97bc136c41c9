package complaints

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/complaint"
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

// passedPanels show who reads a sealed part what was added to the whole since and passed on.
func passedPanels(dossier *complaint.Dossier) []desk.Panel {
	if len(dossier.PassedOn) == 0 {
		return nil
	}
	p := desk.Panel{Title: "投诉人后来补充的话"}
	for _, one := range dossier.PassedOn {
		p.Rows = append(p.Rows, desk.PanelRow{Label: "转来", Text: one.Words, Aside: view.Day(one.At) + "由监督办公室转来"})
	}
	return []desk.Panel{p}
}
