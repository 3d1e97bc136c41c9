package records

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
)

// Alarmed are told what reference data the office lacks: who can mend it, and
// who answers for the dates that are promised meanwhile.
func Alarmed(role staff.Role) bool {
	return role == staff.Registrar || role == staff.Supervisor || role == staff.Sysadmin
}

// Alarms say what is lacking and what it does: years whose dates cannot be sure,
// and clock rules without which a term does not run.
func (d *Pages) Alarms(c *fiber.Ctx, p staff.Person) ([]view.Banner, error) {
	if p.Role == staff.Auditor { // reads what the platform did: that it is not as it was signed, first of all
		b, err := d.watched(c)
		if err != nil || b.Title == "" {
			return nil, err
		}
		return []view.Banner{b}, nil
	}
	if !Alarmed(p.Role) {
		return nil, nil
	}
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return nil, err
	}
	today := clock.On(d.Now())
	var all []view.Banner
	var used []clock.Code
	for _, law := range d.Laws() {
		used = append(used, law.Clocks()...)
	}
	if b, err := d.watched(c); err != nil || b.Title != "" {
		if err != nil {
			return nil, err
		}
		if !d.Reaches(p.Role, "watch") {
			b.Buttons, b.Text = nil, "收投诉、办理都不停。请告诉系统管理员。"
		}
		all = append(all, b)
	}
	if b := lackingRules(table.Lacking(slices.Compact(slices.Sorted(slices.Values(used))), today), table); b.Title != "" {
		all = append(all, b)
	}
	b := unsureYears(table.Calendar, today)
	if b.Title == "" {
		return all, nil
	}
	uncertain, err := d.uncertain(c, p)
	if err != nil {
		return nil, err
	}
	b.Text = uncertain + b.Text
	b.Buttons = d.importButton(p.Role)
	return append(all, b), nil
}

func (d *Pages) importButton(role staff.Role) []view.Button {
	if d.Reaches(role, "calendar/import") {
		return []view.Button{{Label: "导入放假安排", Href: "/calendar/import"}}
	}
	return nil
}

// unsureYears is the alarm about the years whose official calendar is missed;
// its title is empty while none is.
func unsureYears(cal clock.Calendar, today clock.Date) view.Banner {
	var missing, provisional []string
	for _, year := range cal.Unsure(today) {
		if _, known := cal.Status(year); known {
			provisional = append(provisional, strconv.Itoa(year))
		} else {
			missing = append(missing, strconv.Itoa(year))
		}
	}
	var titles []string
	how := "标“暂定”"
	if len(missing) > 0 {
		titles = append(titles, "还没有 "+strings.Join(missing, "、")+" 年的工作日历")
		how = "先按周一到周五上班推算，标“暂定”"
	}
	if len(provisional) > 0 {
		titles = append(titles, strings.Join(provisional, "、")+" 年的放假安排还是暂定的")
	}
	if len(titles) == 0 {
		return view.Banner{}
	}
	return view.Banner{Kind: view.Warn, Title: strings.Join(titles, "；") + "。",
		Text: "算到那一年的期限" + how + "；收投诉、办理都不停。国务院办公厅一般在 11 月公布下一年的放假安排，公布后请系统管理员导入，期限会自动重算。"}
}

// uncertain says how many dates are not sure: to who reads matters those that they
// may know of, to others a rough number.
func (d *Pages) uncertain(c *fiber.Ctx, p staff.Person) (string, error) {
	sum, reads := 0, false
	for _, r := range d.Rooms {
		if !r.Kind().ReadBy(p.Role) {
			continue
		}
		counts, err := d.Counted(c.UserContext(), r.Kind(), p, register.Filter{View: register.ViewOpen, Provisional: true})
		if err != nil {
			return "", err
		}
		sum, reads = sum+counts[0], true
	}
	if reads {
		return "在办的有 " + view.UpTo(sum, register.CountLimit, "件") + "的期限是暂定的。", nil
	}
	table, err := d.Office.Engine.Clocks.Table(c.UserContext())
	if err != nil {
		return "", err
	}
	o, err := d.Office.Engine.Outlook(c.UserContext(), table, nil)
	return "正在走的期限里有" + roughly(o.Provisional) + "是暂定的。", err
}

// lackingRules is the alarm about clock rules that no version in force counts.
func lackingRules(codes []clock.Code, table clock.Table) view.Banner {
	if len(codes) == 0 {
		return view.Banner{}
	}
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = string(code)
		for _, r := range table.Rules {
			if r.Code == code {
				names[i] = r.Title + "（" + string(code) + "）"
			}
		}
	}
	return view.Banner{Kind: view.Wrong, Title: "有期限规则没有现行的版本：" + strings.Join(names, "、") + "。",
		Text: "新收的和新办的不计这几项期限，收投诉、办理都不停。请系统管理员马上找维护数据库的人补上规则。"}
}
