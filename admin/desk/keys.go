package desk

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
)

// keysCookie switches the keys off for one browser: whoever steers it by voice
// or by switches may not use the same one as their colleagues.
const (
	keysCookie = "zx_desk_keys"
	keysOff    = "off"
	keysLife   = 400 * 24 * time.Hour // as long as browsers keep any
)

// The keys of the desk; each has a visible control, which also says what it
// does. /keys shows all of them, the foot of a page its own.
var (
	KeyRows   = Key{Keys: []string{"J", "K"}, Label: "上下"}
	KeyOpen   = Key{Keys: []string{"Enter"}, Label: "打开"}
	KeySearch = Key{Keys: []string{"/"}, Label: "搜索"}
	KeyFilter = Key{Keys: []string{"F"}, Label: "筛选"}
	KeyTick   = Key{Keys: []string{"X"}, Label: "勾选这一行"}
	KeyTicks  = Key{Keys: []string{"A"}, Label: "全选这一页"}
	KeyEnter  = Key{Keys: []string{"C"}, Label: "手工登记"}
	KeyBeside = Key{Keys: []string{"[", "]"}, Label: "上一件、下一件"}
	keyNote   = Key{Keys: []string{"N"}, Label: "写说明"}
	keyMoves  = Key{Keys: []string{"1–9"}, Label: "走到第几个办法"}
	keyBack   = Key{Keys: []string{"U"}, Label: "回到列表"}
	KeyMine   = Key{Keys: []string{"G", "M"}, Label: "我的工作"}
	KeyList   = Key{Keys: []string{"G", "L"}} // called as the navigation calls it
	KeyCases  = Key{Keys: []string{"G", "D"}}
	KeyRecent = Key{Keys: []string{"G", "R"}}
	KeyAll    = Key{Keys: []string{"?"}, Label: "全部按键"}
)

// KeysOff says that they are switched off in this browser.
func (d *Desk) KeysOff(c *fiber.Ctx) bool { return d.Cookies().Read(c, keysCookie) == keysOff }

// SwitchKeys switches them off in this browser, or on again.
func (d *Desk) SwitchKeys(c *fiber.Ctx, off bool) {
	if off {
		d.Cookies().Set(c, keysCookie, keysOff, keysLife)
		return
	}
	d.Cookies().Clear(c, keysCookie)
}

// MatterKeys are those of a page of one matter.
func MatterKeys(h view.MatterHead, moves Moves, note bool) []Key {
	var keys []Key
	add := func(there bool, k Key) {
		if there {
			keys = append(keys, k)
		}
	}
	add(h.Prev != "" || h.Next != "", KeyBeside)
	add(len(moves.Items) > 0, keyMoves)
	add(note, keyNote)
	add(h.Back.Href != "", keyBack)
	return append(keys, KeySearch, KeyMine, KeyAll)
}
