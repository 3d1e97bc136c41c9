package records

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/backup"
	"zhengxin/internal/fault"
	"zhengxin/internal/setting"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// settingsView is what the office calls itself, to be changed.
type settingsView struct {
	Frame  desk.Frame
	Fields []view.TextField
	Errors view.Errors
	Said   bool
	Backup backupView
}

// backupView is what the sysadmin has to know of the backups by schedule.
type backupView struct {
	Last  string // in words
	Alarm string // empty: all is well
}

func (d *Pages) backups(ctx context.Context) (backupView, error) {
	state, err := backup.ReadState(ctx, d.Staff.Pool)
	if err != nil {
		return backupView{}, err
	}
	v := backupView{Last: "还没有做过自动备份"}
	if state.MadeAt != nil {
		v.Last = "最近一次自动备份在 " + view.MomentFull(*state.MadeAt)
	}
	switch {
	case state.FailingSince != nil:
		v.Alarm = "从 " + view.MomentFull(*state.FailingSince) + " 起，自动备份做不成"
	case state.Overdue(d.Now()):
		v.Alarm = "已经 30 小时没有自动备份"
	}
	return v, nil
}

func (d *Pages) showSettings(c *fiber.Ctx) error {
	return d.settings(c, d.Settings.Read(c.UserContext()).Values(), nil)
}

// submitSettings changes what stands on every page and paper; the log says who
// changed which, never to what.
func (d *Pages) submitSettings(c *fiber.Ctx) error {
	typed := map[string]string{}
	for _, f := range setting.Fields {
		typed[f.Key] = web.Form(c).Get(f.Key)
	}
	err := d.Settings.Set(c.UserContext(), desk.Person(c).ID, typed)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.settings(c, typed, errs)
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(c.UserContext(), "settings changed", "staff", desk.Person(c).ID)
	return web.SeeOther(c, "/settings?done=1")
}

func (d *Pages) settings(c *fiber.Ctx, values map[string]string, errs view.Errors) error {
	v := settingsView{Frame: d.Frame(c, "设置", "settings"), Errors: errs, Said: c.Query("done") != "" && len(errs) == 0}
	v.Frame.HasErrors = len(errs) > 0
	var err error
	if v.Backup, err = d.backups(c.UserContext()); err != nil {
		return err
	}
	for _, f := range setting.Fields {
		v.Fields = append(v.Fields, view.TextField{
			Name: f.Key, Label: f.Label, Hint: f.Hint, Value: values[f.Key], Error: errs.For(f.Key), Optional: true, Width: view.Width28,
		})
	}
	return view.Show(c, settingsPage(v))
}
