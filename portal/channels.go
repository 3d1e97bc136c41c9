package portal

import (
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// channels are the ways to complain without this site; what is not set is
// shown as 待配置.
func channels(set site.Settings) []view.Fact {
	return []view.Fact{
		{Label: "打电话", Body: site.Setting(set.Hotline)},
		{Label: "当面说", Body: site.Setting(set.Address)},
		{Label: "发邮件", Body: site.Setting(set.Mail)},
	}
}
