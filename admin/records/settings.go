package records

import (
	"cmp"
	"context"
	"slices"

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
	Shown  string // what stood there when the form was filled in
	Notice view.Banner
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
	v.Alarm = state.Alarm(d.Now())
	if state.FailingSince != nil {
		v.Alarm = "从 " + view.MomentFull(*state.FailingSince) + " 起，" + v.Alarm
	}
	return v, nil
}

func (d *Pages) showSettings(c *fiber.Ctx) error {
	now := d.Settings.Read(c.UserContext()).Values()
	return d.settings(c, now, settingsView{Shown: settingsShown(now).String()})
}

// submitSettings changes what stands on every page and paper; the log says who
// changed which, never to what.
func (d *Pages) submitSettings(c *fiber.Ctx) error {
	typed := typedSettings(c)
	var changed []string
	err := d.Settings.SetOver(c.UserContext(), desk.Person(c).ID, typed, func(stands map[string]string) error {
		names, same := settingsShown(stands).Changed(web.Form(c).Get(web.ShownField))
		if changed = names; same {
			return nil
		}
		return fault.New(fault.Conflict, "")
	})
	if fault.Is(err, fault.Conflict) {
		return d.settingsChanged(c, typed, changed)
	}
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.settings(c, typed, settingsView{Errors: errs, Shown: web.Form(c).Get(web.ShownField)})
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(c.UserContext(), "settings changed", "staff", desk.Person(c).ID)
	return web.SeeOther(c, "/settings?done=1")
}

// settingsShown is what a page of the settings showed.
func settingsShown(values map[string]string) *web.Shown {
	shown := web.NewShown("")
	for _, f := range setting.Fields {
		shown.Add(f.Label, values[f.Key])
	}
	return shown
}

// settingsChanged shows what was typed again: somebody else has set something since, and
// it would be taken back unseen.
func (d *Pages) settingsChanged(c *fiber.Ctx, typed map[string]string, changed []string) error {
	now, said := d.Settings.Read(c.UserContext()).Values(), ""
	for _, f := range setting.Fields {
		if slices.Contains(changed, f.Label) {
			said += "“" + f.Label + "”现在是“" + cmp.Or(now[f.Key], "（空）") + "”。"
		}
	}
	c.Status(fiber.StatusConflict)
	return d.settings(c, typed, settingsView{Shown: settingsShown(now).String(), Notice: view.Banner{Kind: view.Warn,
		Title: "没有改：您打开这一页以后，有人改过设置", Text: said + "您填的都在下面。要照您填的改，请看一遍再按“保存设置”。"}})
}

func typedSettings(c *fiber.Ctx) map[string]string {
	typed := map[string]string{}
	for _, f := range setting.Fields {
		typed[f.Key] = web.Form(c).Get(f.Key)
	}
	return typed
}

// undoneSettings shows what was typed and not set.
func (d *Pages) undoneSettings(c *fiber.Ctx) error {
	return d.settings(c, typedSettings(c), settingsView{Shown: web.Form(c).Get(web.ShownField)})
}

func (d *Pages) settings(c *fiber.Ctx, values map[string]string, v settingsView) error {
	v.Frame, v.Said = d.Frame(c, "设置", "settings"), c.Method() == fiber.MethodGet && c.Query("done") != ""
	v.Frame.HasErrors = v.Errors.Wrong()
	var err error
	if v.Backup, err = d.backups(c.UserContext()); err != nil {
		return err
	}
	for _, f := range setting.Fields {
		v.Fields = append(v.Fields, view.TextField{
			Name: f.Key, Label: f.Label, Hint: f.Hint, Value: values[f.Key], Error: v.Errors.For(f.Key), Optional: true, Width: view.Width28,
		})
	}
	return view.Show(c, settingsPage(v))
}
