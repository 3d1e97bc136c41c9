package admin

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/setting"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// settingsView is what the office calls itself, to be changed.
type settingsView struct {
	Frame  view.DeskFrame
	Fields []view.TextField
	Errors view.Errors
	Said   bool
}

func (d *Desk) showSettings(c *fiber.Ctx) error {
	return d.settings(c, d.Settings.Read(c.UserContext()).Values(), nil)
}

// submitSettings changes what stands on every page and paper; the log says who
// changed which, never to what.
func (d *Desk) submitSettings(c *fiber.Ctx) error {
	typed := map[string]string{}
	for _, f := range setting.Fields {
		typed[f.Key] = web.Form(c).Get(f.Key)
	}
	err := d.Settings.Set(c.UserContext(), typed)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.settings(c, typed, errs)
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(c.UserContext(), "settings changed", "staff", person(c).ID)
	return seeOther(c, "/settings?done=1")
}

func (d *Desk) settings(c *fiber.Ctx, values map[string]string, errs view.Errors) error {
	v := settingsView{Frame: d.frame(c, "设置", "settings"), Errors: errs, Said: c.Query("done") != "" && len(errs) == 0}
	v.Frame.HasErrors = len(errs) > 0
	for _, f := range setting.Fields {
		v.Fields = append(v.Fields, view.TextField{
			Name: f.Key, Label: f.Label, Hint: f.Hint, Value: values[f.Key], Error: errs.For(f.Key), Optional: true, Width: view.Width28,
		})
	}
	return view.Show(c, settingsPage(v))
}
