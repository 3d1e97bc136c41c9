package portal

import (
	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/portal/filing"
	"zhengxin/portal/site"
)

// infoView is a page of plain words with the terms in force.
type infoView struct {
	Frame  site.Frame
	Limits limits
}

func (p pages) showHelp(c *fiber.Ctx) error {
	l, err := p.limits(c.UserContext())
	if err != nil {
		return err
	}
	return view.Show(c, helpPage(infoView{p.Frame(c, "使用帮助", ""), l}))
}

func (p pages) showPrivacy(c *fiber.Ctx) error {
	return view.Show(c, privacyPage(p.Frame(c, "隐私与保密", "")))
}

func (p pages) showAccessibility(c *fiber.Ctx) error {
	return view.Show(c, accessibilityPage(p.Frame(c, "无障碍说明", "")))
}

func (p pages) showMember(c *fiber.Ctx) error {
	f, err := p.FrameFor(c, "代表委员与媒体", "")
	if err != nil {
		return err
	}
	return view.Show(c, memberPage(f))
}

// enter leads a member in: to the login, or home who is logged in.
func enter(f site.Frame, login string) view.Button {
	if f.Member.Kind != "" {
		return view.Button{Label: "进入我的主页", Kind: view.Go, Href: site.MemberHome}
	}
	return view.Button{Label: login, Kind: view.Go, Href: "/member/login"}
}

// cookieNames are the cookies this site sets, each with what it is for and how
// long the browser keeps it. The privacy page shows this list and a test holds
// it to what the site really sets.
var cookieNames = []struct{ name, purpose, life string }{
	{site.FormCookie, "防止别的网站冒充您提交表单", "关闭浏览器就没有了"},
	{web.PastedCookie(site.FormCookie), "告诉您粘贴来的文字里去掉了哪些看不见的控制符，只有它们的编码", "一分钟，或者看到以后"},
	{site.DraftCookie, "打开您没填完的草稿的钥匙。草稿用它加密，没有它，我们也打不开。最多同时写 " + view.N(filing.MostDrafts, "份") + "，另写的每份各有一个，名称后面多一条下划线和 8 个字母数字", "3 天；草稿只放 24 小时。取了续填码的多放两天：草稿放到续填码到期"},
	{site.UnlockCookie, "您用编号和查询码查进度以后，让您看这一件", "24 小时，或者按“退出查询”；30 分钟没有人看，就打不开什么了"},
	{site.MemberCookie, "代表、委员登录以后，让您看自己提出的建议提案", "24 小时，或者按“退出登录”；30 分钟没有用，或者登录满 12 小时，就打不开什么了"},
	{site.FiledCookie, "记住那份草稿已经提交，好告诉您它不是过期了；和草稿的一样，各有一个", "3 天，或者在它的位置上另写一份草稿"},
	{site.ElderCookie, "记住您选了长者模式，只有一个字：on", "一年，或者按“返回普通版”"},
}
