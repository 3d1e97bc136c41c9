package view

// FullTitle is what a browser shows: the page, the site, and that something is wrong.
func FullTitle(title, site string, hasErrors bool) string {
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
