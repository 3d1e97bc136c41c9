package portal

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"zhengxin/internal/clock"
	"zhengxin/internal/notice"
	"zhengxin/internal/view"
	"zhengxin/portal/site"
)

// noticesView is a page of the list, by the year of publication.
type noticesView struct {
	Frame        site.Frame
	Kind, Unit   string        // as filtered
	Kinds, Units []view.Option // to filter by
	Years        []noticeYear
	Pager        view.Pager
}

type noticeYear struct {
	Title   string
	Entries site.Entries
}

func (p pages) showNotices(c *fiber.Ctx) error {
	v := noticesView{Frame: p.Frame(c, "公示公告", "notices")}
	units, err := p.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	filter := notice.Filter{}
	for _, kind := range notice.Kinds() {
		if v.Kinds = append(v.Kinds, view.Option{Value: string(kind), Label: kind.Word()}); c.Query("kind") == string(kind) {
			filter.Kind, v.Kind = kind, string(kind)
		}
	}
	if u, ok := units.ByCode(c.Query("unit")); ok {
		filter.Unit, v.Unit = u.Code, u.Code
	}
	for _, u := range units.ByKind() {
		v.Units = append(v.Units, view.Option{Value: u.Code, Label: u.Name, Group: u.Kind.Word()})
	}
	list, err := p.Notices.Page(c.UserContext(), filter, cursorOf(c))
	if err != nil {
		return err
	}
	asked := url.Values{}
	for name, value := range map[string]string{"kind": v.Kind, "unit": v.Unit} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	v.Years, v.Pager = yearsOf(list.Items, p.Now()), pagerOf("/notices", asked, list)
	return view.Show(c, noticesPage(v))
}

// cursorOf is the place in a list that the address names.
func cursorOf(c *fiber.Ctx) notice.Cursor {
	if after := c.Query("after"); after != "" {
		return notice.ParseCursor(after, true)
	}
	return notice.ParseCursor(c.Query("before"), false)
}

// pagerOf leads on in the list that was asked for.
func pagerOf(path string, asked url.Values, l notice.List) view.Pager {
	at := func(name string, c notice.Cursor) string {
		if c == (notice.Cursor{}) {
			return ""
		}
		to := url.Values{name: {c.String()}}
		maps.Copy(to, asked)
		return path + "?" + to.Encode()
	}
	return view.Pager{Prev: at("after", l.Newer), Next: at("before", l.Older)}
}

func yearsOf(list []notice.Entry, now time.Time) []noticeYear {
	var years []noticeYear
	for _, e := range list {
		title := fmt.Sprintf("%d 年", clock.On(e.PublishedAt).Year)
		if len(years) == 0 || years[len(years)-1].Title != title {
			years = append(years, noticeYear{Title: title})
		}
		of := &years[len(years)-1].Entries
		of.Items = append(of.Items, entriesOf([]notice.Entry{e}, now).Items...)
	}
	return years
}

// noticeView is one notice as a paper, with what may be done about it.
type noticeView struct {
	Frame    site.Frame
	Crumb    view.Ref
	Paper    view.Paper
	Shown    string   // when it was published
	Also     []string // what the office says beside it
	Until    string   // 公示至; empty without a term
	Warning  bool
	Digest   string
	Document string // address of the frozen document
	Cite     string
}

func (p pages) showNotice(c *fiber.Ctx) error {
	n, err := p.noticeOf(c)
	if err != nil {
		return err
	}
	if n.EndedOn.IsZero() && n.Kind == notice.Policy {
		return c.Redirect(noticePath(n.Entry), fiber.StatusMovedPermanently)
	}
	return p.notice(c, n, view.Ref{Label: "公示公告", Href: "/notices"}, "notices")
}

func (p pages) showPolicy(c *fiber.Ctx) error {
	n, err := p.noticeOf(c)
	if err != nil {
		return err
	}
	if n.EndedOn.IsZero() && n.Kind != notice.Policy {
		return site.NotFound()
	}
	return p.notice(c, n, view.Ref{Label: "政策依据", Href: "/policies"}, "policies")
}

func (p pages) noticeOf(c *fiber.Ctx) (notice.Page, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil || id <= 0 {
		return notice.Page{}, site.NotFound()
	}
	return p.Notices.ByID(c.UserContext(), id)
}

func (p pages) notice(c *fiber.Ctx, n notice.Page, crumb view.Ref, current string) error {
	if !n.EndedOn.IsZero() {
		frame := p.Frame(c, "公示已经撤下", current)
		frame.NoIndex = true
		return view.Show(c.Status(fiber.StatusGone), tombstonePage(frame, crumb, n.EndedOn.Long()))
	}
	v := noticeView{
		Frame: p.Frame(c, n.Title, current), Crumb: crumb, Warning: n.Kind == notice.Warning,
		Paper: p.paperOf(c, n.Notice), Digest: grouped(n.Digest),
	}
	v.Shown, v.Also = view.DayFull(n.PublishedAt), n.Beside()
	if !n.Until.IsZero() {
		v.Until = n.Until.Long()
	}
	if n.Digest != "" {
		v.Document = fmt.Sprintf("/notices/%d/document", n.ID)
	}
	v.Cite = fmt.Sprintf("%s：《%s》，%s，%s", v.Paper.Issuer, n.Title, v.Paper.Date, p.Link(noticePath(n.Entry)))
	v.Frame.PrintFoot = strings.TrimSpace(n.Number + " 打印时间 " + view.MomentFull(p.Now()))
	return view.Show(c, noticePage(v))
}

// paperOf lays a notice out as a document.
func (p pages) paperOf(c *fiber.Ctx, n notice.Notice) view.Paper {
	issuer := n.Issuer
	if issuer == "" {
		set := p.Settings.Read(c.UserContext())
		issuer = cmp.Or(set.Issuer, set.Host, site.Name)
	}
	day := clock.On(n.PublishedAt).Long()
	if !n.SignedOn.IsZero() {
		day = n.SignedOn.Long()
	}
	return view.Noticed{Issuer: issuer, Number: n.Number, Word: n.Kind.Word(), Title: n.Title, Addressee: n.Addressee, Day: day, Paragraphs: n.Paragraphs(), Signed: n.Digest != ""}.Paper()
}

// grouped cuts a fingerprint into groups of four, so that two people can
// compare it over the telephone.
func grouped(digest string) string {
	var b strings.Builder
	for i, r := range digest {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// showDocument sends the frozen document as a file, to the byte, so that its
// fingerprint can be checked. It is never shown as a page of this site.
func (p pages) showDocument(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil || id <= 0 {
		return site.NotFound()
	}
	paper, err := p.Notices.Paper(c.UserContext(), id)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/octet-stream")
	c.Set(fiber.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="notice-%d.html"`, id))
	return c.SendString(paper)
}

// feed is an Atom feed (RFC 4287). It carries titles and addresses but no
// content: what readers copied could not be ended by its date. Its ids are made of
// what never changes: a reader takes an entry with another id for a new one, and the
// office may be renamed, its site may move and a title may be put right.
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []feedLink  `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type feedEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Updated   string       `xml:"updated"`
	Published string       `xml:"published"`
	Category  feedCategory `xml:"category"`
	Link      feedLink     `xml:"link"`
	Summary   string       `xml:"summary"`
}

type feedCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// feedLength is how many notices the feed holds.
const feedLength = 50

func (p pages) showFeed(c *fiber.Ctx) error {
	list, err := p.Notices.Recent(c.UserContext(), feedLength)
	if err != nil {
		return err
	}
	set := p.Settings.Read(c.UserContext())
	space, err := uuid.Parse(set.FeedID)
	if err != nil { // nobody deletes it; a feed of a lesser name is better than none
		space = uuid.Nil
	}
	f := feed{
		Lang: "zh-CN", ID: space.URN(), Title: "公示公告 - " + site.Name, Author: cmp.Or(set.Host, site.Name),
		Updated: p.Now().UTC().Format(time.RFC3339),
		Links: []feedLink{
			{"self", "application/atom+xml", p.Link("/notices.atom")}, {"alternate", "text/html", p.Link("/notices")},
		},
	}
	for i, e := range list {
		at := e.PublishedAt.UTC().Format(time.RFC3339)
		if i == 0 {
			f.Updated = at
		}
		summary := e.Kind.Word()
		if !e.Until.IsZero() {
			summary += "，公示至 " + e.Until.Long()
		}
		address := p.Link(noticePath(e))
		f.Entries = append(f.Entries, feedEntry{
			ID: uuid.NewSHA1(space, fmt.Append(nil, "notice ", e.ID)).URN(), Title: e.Title, Updated: at, Published: at, Category: feedCategory{string(e.Kind), e.Kind.Word()},
			Link: feedLink{"alternate", "text/html", address}, Summary: summary,
		})
	}
	body, err := xml.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	c.Set(fiber.HeaderContentType, "application/atom+xml; charset=utf-8")
	return c.SendString(xml.Header + string(body) + "\n")
}
