package portal

import "zhengxin/internal/view"

// channels are the ways to complain without this site; what is not set is
// shown as 待配置.
func channels(set view.Settings) []view.Fact {
	return []view.Fact{
		{Label: "打电话", Body: view.Setting(set.Hotline)},
		{Label: "当面说", Body: view.Setting(set.Address)},
		{Label: "发邮件", Body: view.Setting(set.Mail)},
	}
}
