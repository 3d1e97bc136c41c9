package people

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// keysView is the page of the keys that do something for its reader.
type keysView struct {
	Frame desk.Frame
	Keys  []keyRow
}

// keyRow is a key and what can be pressed instead.
type keyRow struct {
	Key  desk.Key
	Also string
}

// allKeys are the keys of the desk; lists says that only who reads matters has a use for it.
var allKeys = []struct {
	key   desk.Key
	also  string
	lists bool
}{
	{desk.Key{Keys: []string{"J", "K"}, Label: "下一行、上一行"}, "Tab", true},
	{desk.Key{Keys: []string{"Enter", "O"}, Label: "打开这一行"}, "点标题", true},
	{desk.KeySearch, "页面上方的搜索框", false},
	{desk.KeyFilter, "列表上方的一行", true},
	{desk.KeyTick, "这一行左边的方格", true},
	{desk.KeyTicks, "“全选这一页”按钮", true},
	{desk.KeyEnter, "“手工登记”按钮", false},
	{desk.KeyBeside, "编号旁边的链接", true},
	{desk.Key{Keys: []string{"N"}, Label: "写内部说明"}, "“写一条内部说明”", true},
	{desk.Key{Keys: []string{"1–9"}, Label: "走到第几个办法，不会按下去"}, "“现在您可以”，列表上方的“勾选以后一起办”", true},
	{desk.KeyMine, "左边的栏目", false},
	{desk.KeyList, "左边的栏目", false},
	{desk.KeyCases, "左边的栏目", false},
	{desk.KeyRecent, "左边的栏目", false},
	{desk.Key{Keys: []string{"U"}, Label: "回到列表，或者上一层"}, "编号左边的链接", true},
	{desk.KeyAll, "本页", false},
	{desk.Key{Keys: []string{"Esc"}, Label: "离开输入框"}, "Tab", false},
}

func (d *Pages) showKeys(c *fiber.Ctx) error {
	f := d.Frame(c, "全部按键", "")
	v := keysView{Frame: f}
	reads := slices.ContainsFunc(d.Rooms, func(r desk.Room) bool { return r.Kind().ReadBy(desk.Person(c).Role) })
	for _, one := range allKeys {
		shown := f.Works([]desk.Key{one.key})
		if len(shown) == 0 || one.lists && !reads || slices.Equal(one.key.Keys, desk.KeyEnter.Keys) && !d.Reaches(desk.Person(c).Role, "register") {
			continue
		}
		v.Keys = append(v.Keys, keyRow{shown[0], one.also})
	}
	return view.Show(c, keysPage(v))
}

// submitKeys switches the keys off or on again.
func (d *Pages) submitKeys(c *fiber.Ctx) error {
	d.SwitchKeys(c, web.Form(c).Get("keys") == "off")
	return web.SeeOther(c, "/account?said="+saidKeys)
}
