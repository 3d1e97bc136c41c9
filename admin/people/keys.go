package people

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// allKeys are the keys of the desk, each with what can be pressed instead.
var allKeys = []struct {
	key  desk.Key
	also string
}{
	{desk.Key{Keys: []string{"J", "K"}, Label: "下一行、上一行"}, "Tab"},
	{desk.Key{Keys: []string{"Enter", "O"}, Label: "打开这一行"}, "点标题"},
	{desk.KeySearch, "页面上方的搜索框"},
	{desk.KeyFilter, "列表上方的一行"},
	{desk.KeyEnter, "“手工登记”按钮"},
	{desk.KeyBeside, "编号旁边的链接"},
	{desk.Key{Keys: []string{"N"}, Label: "写内部说明"}, "“写一条内部说明”"},
	{desk.Key{Keys: []string{"1–9"}, Label: "走到第几个办法，不会按下去"}, "“现在您可以”"},
	{desk.KeyMine, "左边的栏目"},
	{desk.KeyList, "左边的栏目"},
	{desk.Key{Keys: []string{"G", "D"}, Label: "失信案件"}, "左边的栏目"},
	{desk.Key{Keys: []string{"U"}, Label: "回到列表，或者上一层"}, "编号左边的链接"},
	{desk.KeyAll, "本页"},
	{desk.Key{Keys: []string{"Esc"}, Label: "离开输入框"}, "Tab"},
}

func (d *Pages) showKeys(c *fiber.Ctx) error {
	return view.Show(c, keysPage(d.Frame(c, "全部按键", "")))
}

// submitKeys switches the keys off or on again.
func (d *Pages) submitKeys(c *fiber.Ctx) error {
	d.SwitchKeys(c, web.Form(c).Get("keys") == "off")
	return web.SeeOther(c, "/account?said="+saidKeys)
}
