package portal

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
)

// showRobots tells search engines what is for them: all that only tells something. What
// is somebody's own says noindex besides.
func (p pages) showRobots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.SendString("User-agent: *\nDisallow: /captcha/\nDisallow: /complaints/\n\nSitemap: " + p.Link("/sitemap.xml") + "\n")
}

// sitemap lists the pages for search engines (sitemaps.org).
type sitemap struct {
	XMLName xml.Name      `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// toldPages are the pages that only tell something and hang on nothing.
var toldPages = []string{
	"/", "/start", "/track", "/units", "/notices", casesPath, "/policies", "/statistics", categoriesPath, "/data", "/help", "/privacy", "/accessibility", "/member", "/press",
}

// sitemapNotices is how many of the newest notices it names; older ones are found
// from their list.
const sitemapNotices = 1000

func (p pages) showSitemap(c *fiber.Ctx) error {
	var m sitemap
	add := func(path, changed string) { m.Pages = append(m.Pages, sitemapPage{p.Link(path), changed}) }
	for _, path := range toldPages {
		add(path, "")
	}
	units, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	for _, u := range units {
		add("/units/"+u.Code, "")
	}
	notices, err := p.Notices.Recent(c.UserContext(), sitemapNotices)
	if err != nil {
		return err
	}
	for _, n := range notices {
		add(noticePath(n), n.PublishedAt.UTC().Format(time.DateOnly))
	}
	if err := p.sitemapCases(c, add); err != nil {
		return err
	}
	body, err := xml.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("sitemap: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/xml; charset=utf-8")
	return c.SendString(xml.Header + string(body) + "\n")
}

// contactFor is how long a contact for faults of security is good, counted from the
// day on which it is read: it stands as long as the office keeps its setting.
const contactFor = 180 * 24 * time.Hour

// showSecurity says whom to tell of a fault of security (RFC 9116). Where the office
// has set no address there is no such page: a contact that nobody reads is worse.
func (p pages) showSecurity(c *fiber.Ctx) error {
	mailbox := p.Settings.Read(c.UserContext()).Mailbox
	if mailbox == "" {
		return fault.New(fault.NotFound, "本站还没有公布报告安全漏洞的联系方式。")
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	contact := url.URL{Scheme: "mailto", Opaque: url.PathEscape(mailbox)}
	until := p.Now().UTC().Truncate(24 * time.Hour).Add(contactFor)
	return c.SendString("Contact: " + contact.String() + "\nExpires: " + until.Format(time.RFC3339) +
		"\nPreferred-Languages: zh\nCanonical: " + p.Link("/.well-known/security.txt") + "\n")
}
