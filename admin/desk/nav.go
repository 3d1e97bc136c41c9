package desk

// nav is the navigation of a role: what goes on daily, the other registers, and what
// they stand on; only what allowed lets through, with its count.
func (d *Desk) nav(allowed func(key string) bool, counts map[string]int) []NavGroup {
	rooms := d.Rooms
	first, others := rooms[0].Kind(), rooms[1:]
	all := []NavGroup{{Items: []NavItem{
		{Key: "home", Label: "我的工作", Href: "/"}, {Key: first.Path, Label: "全部" + first.Law.Noun, Href: ListURL(first)}, {Key: "register", Label: "手工登记", Href: "/register"},
		{Key: "recent", Label: "最近看过", Href: "/recent", Go: []string{"R"}},
		{Key: "reports", Label: "报表", Href: "/reports"}, {Key: "reports/unit", Label: "本单位的数字", Href: "/reports/unit"},
	}}, {Title: "专项"}, {Title: "公开与基础", Items: []NavItem{
		{Key: "notices", Label: "公示公告", Href: "/notices"}, {Key: "mail", Label: "信件", Href: "/mail"}, {Key: "units", Label: "单位", Href: "/units"}, {Key: "bodies", Label: "其他机关", Href: "/bodies"}, {Key: "categories", Label: "投诉类别", Href: "/categories"}, {Key: "members", Label: "名册", Href: "/members"},
		{Key: "deputies", Label: "代表委员记者账号", Href: "/deputies"},
		{Key: "staff", Label: "人员", Href: "/staff"}, {Key: "settings", Label: "设置", Href: "/settings"}, {Key: "calendar", Label: "日历", Href: "/calendar"}, {Key: "rules", Label: "期限规则", Href: "/rules"}, {Key: "laws", Label: "法律依据", Href: "/laws"}, {Key: "blocks", Label: "常用语", Href: "/blocks"},
		{Key: "audit", Label: "操作记录", Href: "/audit"}, {Key: "watch", Label: "平台运行", Href: "/watch"},
	}}}
	for _, r := range others {
		all[1].Items = append(all[1].Items, NavItem{Key: r.Kind().Path, Label: r.Kind().Law.Noun, Href: ListURL(r.Kind())})
	}
	lists := map[string]bool{}
	for _, r := range rooms {
		lists[r.Kind().Path] = true
	}
	for g := range all {
		for i := range all[g].Items {
			switch item := &all[g].Items[i]; {
			case item.Key == "home":
				item.Go = []string{"M"}
			case len(others) > 0 && item.Key == others[0].Kind().Path:
				item.Go = []string{"D"}
			}
		}
	}
	var out []NavGroup
	for _, g := range all {
		kept := NavGroup{Title: g.Title}
		for _, item := range g.Items {
			if allowed(item.Key) {
				item.Count = counts[item.Key]
				kept.Items = append(kept.Items, item)
			}
		}
		if len(kept.Items) > 0 {
			out = append(out, kept)
		}
	}
	if item := mainList(out, lists); item != nil {
		item.Go = append(item.Go, "L")
	}
	return out
}

// mainList is the first list of matters that somebody is shown, or whatever comes after
// their own work.
func mainList(shown []NavGroup, lists map[string]bool) *NavItem {
	var first *NavItem
	for g := range shown {
		for i := range shown[g].Items {
			item := &shown[g].Items[i]
			if lists[item.Key] {
				return item
			}
			if first == nil && item.Key != "home" {
				first = item
			}
		}
	}
	return first
}
