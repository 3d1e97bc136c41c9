package desk

import "strings"

// named pairs what a browser says of itself with what people call it. The
// order matters: most claim to be several others too.
type named struct{ sign, name string }

var (
	browsers = []named{
		{"MicroMessenger", "微信"}, {"QQBrowser", "QQ 浏览器"}, {"360SE", "360 浏览器"}, {"QIHU", "360 浏览器"},
		{"UOSBrowser", "统信浏览器"}, {"QaxBrowser", "奇安信浏览器"}, {"HuaweiBrowser", "华为浏览器"}, {"MiuiBrowser", "小米浏览器"},
		{"Edg", "Edge"}, {"Firefox", "Firefox"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	}
	systems = []named{
		{"OpenHarmony", "鸿蒙"}, {"HarmonyOS", "鸿蒙"}, {"Android", "安卓手机"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
		{"Windows", "Windows"}, {"Mac OS X", "苹果电脑"}, {"Linux", "Linux"},
	}
)

// device is enough of a browser's name for its owner to know it again, and no
// more: the whole of it would be a fingerprint.
func device(agent string) string {
	system, browser := find(systems, agent), find(browsers, agent)
	switch {
	case system == "" && browser == "":
		return "认不出的设备"
	case system == "":
		return browser
	case browser == "":
		return system
	}
	return system + " 上的 " + browser
}

func find(list []named, agent string) string {
	for _, n := range list {
		if strings.Contains(agent, n.sign) {
			return n.name
		}
	}
	return ""
}
