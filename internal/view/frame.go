package view

// Names of the two sites.
const (
	portalName = "政务诚信投诉监督平台"
	deskName   = "诚信监督工作台"
)

// Settings are what the office itself must fill in; what is empty is shown as
// 待配置 with a dashed line.
type Settings struct {
	Host    string // 主办
	Hotline string
	Address string
	Mail    string
}

// PortalFrame is everything around the content of a public page.
type PortalFrame struct {
	Title     string // of the page, without the site's name
	Current   string // key of the main navigation: complain track units notices statistics policies
	Elder     bool
	Demo      bool
	HasErrors bool // the title begins 有错误：
	NoIndex   bool
	CSRF      string // for the form of the elder mode
	Path      string // where the elder mode comes back to
	Form      string // id of the form that the switch of the elder mode sends along, saved as it stands
	Once      bool   // the page cannot be opened again: no switch of mode on it
	PrintFoot string // number and time at the foot of the printed page
	Settings  Settings
}

var portalNav = []struct{ key, label, href string }{
	{"complain", "我要投诉", "/complaints/new"},
	{"track", "查询进度", "/track"},
	{"units", "单位", "/units"},
	{"notices", "公示公告", "/notices"},
	{"statistics", "统计", "/statistics"},
	{"policies", "政策依据", "/policies"},
}

func (f PortalFrame) title() string {
	return fullTitle(f.Title, portalName, f.HasErrors)
}

func (f PortalFrame) elderValue() string {
	if f.Elder {
		return "off"
	}
	return "on"
}

func (f PortalFrame) elderLabel() string {
	if f.Elder {
		return "返回普通版"
	}
	return "长者模式"
}

func fullTitle(title, site string, hasErrors bool) string {
	switch title {
	case "":
		title = site
	default:
		title += " - " + site
	}
	if hasErrors {
		title = "有错误：" + title
	}
	return title
}

// NavItem is one line of the desk's navigation; a Count of 0 is not shown.
type NavItem struct {
	Key   string
	Label string
	Href  string
	Count int
}

// NavGroup is a part of the navigation with its heading, which may be empty.
type NavGroup struct {
	Title string
	Items []NavItem
}

// DeskFrame is everything around the content of a page of the desk. Without a
// Person it is the bare frame of the login pages.
type DeskFrame struct {
	Title     string
	Current   string // key of the navigation
	Person    string
	Role      string
	Nav       []NavGroup
	Search    string // the list that answers the search box; none without
	Query     string // what is being searched for
	CSRF      string // for the logout form
	Demo      bool
	HasErrors bool
	KeysOff   bool  // the person has switched the keys off
	Keys      []Key // the bar at the foot
	PrintFoot string
}

// Key is one entry of the bar at the foot: the keys and what they do.
type Key struct {
	Keys  []string
	Label string
}

func (f DeskFrame) title() string {
	return fullTitle(f.Title, deskName, f.HasErrors)
}
