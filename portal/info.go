package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
)

// infoView is a page of plain words with the terms in force.
type infoView struct {
	Frame  view.PortalFrame
	Limits limits
}

func (s *Site) showHelp(c *fiber.Ctx) error {
	l, err := s.limits(c.UserContext())
	if err != nil {
		return err
	}
	return view.Show(c, helpPage(infoView{s.frame(c, "使用帮助", ""), l}))
}

func (s *Site) showPrivacy(c *fiber.Ctx) error {
	return view.Show(c, privacyPage(s.frame(c, "隐私与保密", "")))
}

func (s *Site) showAccessibility(c *fiber.Ctx) error {
	return view.Show(c, accessibilityPage(s.frame(c, "无障碍说明", "")))
}

func (s *Site) showMember(c *fiber.Ctx) error {
	return view.Show(c, memberPage(s.frame(c, "代表委员与媒体", "")))
}

// cookieNames are the cookies this site sets, each with what it is for and how
// long the browser keeps it. The privacy page shows this list and a test holds
// it to what the site really sets.
var cookieNames = []struct{ name, purpose, life string }{
	{formCookie, "防止别的网站冒充您提交表单", "关闭浏览器就没有了"},
	{draftCookie, "打开您没有填完的草稿的钥匙。草稿用它加密，没有它，我们也打不开", "24 小时"},
	{unlockCookie, "您用编号和查询码查进度以后，让您看这一件", "30 分钟，或者按“退出查询”"},
	{filedCookie, "记住那份草稿已经提交，好告诉您它不是过期了", "24 小时，或者另写一份草稿"},
	{elderCookie, "记住您选了长者模式，只有一个字：on", "一年，或者按“返回普通版”"},
}
