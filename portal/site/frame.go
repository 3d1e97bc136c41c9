package site

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// Settings are what the office itself must fill in; what is empty is shown as
// 待配置 with a dashed line.
type Settings struct {
	Host    string // 主办
	Hotline string
	Address string
	Mail    string
}

// Name of the public site.
const Name = "政务诚信投诉监督平台"

// Frame is everything around the content of a public page.
type Frame struct {
	Title     string // of the page, without the site's name
	Current   string // key of the main navigation: complain track units notices statistics policies
	Elder     bool
	Demo      bool
	Pasted    string // what was dropped out of the form before
	Undone    bool   // a form is shown once more that was not acted on: see web.Undone
	HasErrors bool   // the title begins 有错误：
	NoIndex   bool
	CSRF      string // for the form of the elder mode
	Path      string // where the elder mode comes back to
	Form      string // id of the form that the switch of the elder mode sends along, saved as it stands
	Once      bool   // the page cannot be opened again: no switch of mode on it
	PrintFoot string // number and time at the foot of the printed page
	Settings  Settings
	Member    MemberNav // of whoever is logged in as a member
}

// sections are the main navigation.
var sections = []struct{ key, label, href string }{
	{"complain", "我要投诉", "/start"},
	{"track", "查询进度", "/track"},
	{"units", "单位", "/units"},
	{"notices", "公示公告", "/notices"},
	{"statistics", "统计", "/statistics"},
	{"policies", "政策依据", "/policies"},
}

// private says that somebody's own words may stand on the page: a browser that
// translates a page sends the whole of it away.
func (f Frame) private() bool {
	return f.Current == "complain" || f.Current == "track" || f.Current == "member"
}

func (f Frame) title() string {
	return view.FullTitle(f.Title, Name, f.HasErrors)
}

func (f Frame) elderValue() string {
	if f.Elder {
		return "off"
	}
	return "on"
}

// elderSwitch is what the switch sends along with the form of the page.
func (f Frame) elderSwitch() string {
	if f.Elder {
		return ElderOff
	}
	return ElderOn
}

func (f Frame) elderLabel() string {
	if f.Elder {
		return "返回普通版"
	}
	return "长者模式"
}

// Frame is what surrounds a page of this visitor.
func (s *Site) Frame(c *fiber.Ctx, title, current string) Frame {
	set := s.Settings.Read(c.UserContext())
	return Frame{
		Title: title, Current: current, Elder: s.Elder(c), Demo: set.Demo, CSRF: web.CSRF(c), Path: c.Path(), Pasted: web.Pasted(c), Undone: web.Undone(c),
		Settings: Settings{Host: set.Host, Hotline: set.Hotline, Address: set.Address, Mail: set.Mailbox},
	}
}

// PageHead is the head of a page of the portal.
type PageHead struct {
	Title string
	Lead  string
	Quiet string
}
