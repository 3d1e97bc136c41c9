package admin

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// allKeys are the keys of the desk, each with what can be pressed instead.
var allKeys = []struct {
	key  view.Key
	also string
}{
	{view.Key{Keys: []string{"J", "K"}, Label: "下一行、上一行"}, "Tab"},
	{view.Key{Keys: []string{"Enter", "O"}, Label: "打开这一行"}, "点标题"},
	{keySearch, "页面上方的搜索框"},
	{keyFilter, "列表上方的一行"},
	{keyEnter, "“手工登记”按钮"},
	{keyBeside, "编号旁边的链接"},
	{view.Key{Keys: []string{"N"}, Label: "写内部说明"}, "“写一条内部说明”"},
	{view.Key{Keys: []string{"1–9"}, Label: "走到第几个办法，不会按下去"}, "“现在您可以”"},
	{keyMine, "左边的栏目"},
	{keyList, "左边的栏目"},
	{view.Key{Keys: []string{"G", "D"}, Label: "失信案件"}, "左边的栏目"},
	{view.Key{Keys: []string{"U"}, Label: "回到列表，或者上一层"}, "编号左边的链接"},
	{keyAll, "本页"},
	{view.Key{Keys: []string{"Esc"}, Label: "离开输入框"}, "Tab"},
}

func (d *Desk) showKeys(c *fiber.Ctx) error {
	return view.Show(c, keysPage(d.frame(c, "全部按键", "")))
}

// submitKeys switches the keys off or on again.
func (d *Desk) submitKeys(c *fiber.Ctx) error {
	if web.Form(c).Get("keys") == keysOff {
		d.app.Cookies().Set(c, keysCookie, keysOff, keysLife)
	} else {
		d.app.Cookies().Clear(c, keysCookie)
	}
	return seeOther(c, "/account?said="+saidKeys)
}
