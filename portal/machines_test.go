package portal_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
)

func TestSearchEnginesLearnWhatIsForThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.publish(t, warning(nextYear()))
	page := s.Visitor().Get(t, "/robots.txt").Want(t, 200)
	for _, line := range []string{"User-agent: *", "Disallow: /complaints/", "Sitemap: http://portal.test/sitemap.xml"} {
		if !strings.Contains(page.Body, line+"\n") {
			t.Errorf("robots.txt has no %q", line)
		}
	}
	if strings.Contains(page.Body, "Disallow: /\n") || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("robots.txt: %s\n%s", page.Header.Get("Content-Type"), page.Body)
	}
	var list struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Pages   []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal([]byte(s.Visitor().Get(t, "/sitemap.xml").Want(t, 200).Body), &list); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/units/TOWN", "/help", fmt.Sprintf("/notices/%d", id)} {
		if !slices.Contains(list.Pages, "http://portal.test"+path) {
			t.Errorf("the sitemap has no %s", path)
		}
	}
	for _, address := range list.Pages { // every page it names is there and may be indexed
		path := strings.TrimPrefix(address, "http://portal.test")
		if answer := s.Visitor().Get(t, path); answer.Status != 200 || answer.Path != path || answer.Has("meta[name=robots]") {
			t.Errorf("%s: status %d at %s", path, answer.Status, answer.Path)
		}
	}
}

// What has ended is told to nobody, also not to machines.
func TestTheSitemapForgetsANoticeWithItsTerm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.publish(t, warning(nextYear()))
	if _, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE notice SET until = current_date - 1 WHERE id = @id`, pg.Args{"id": id}); err != nil {
		t.Fatal(err)
	}
	if body := s.Visitor().Get(t, "/sitemap.xml").Want(t, 200).Body; strings.Contains(body, fmt.Sprintf("/notices/%d<", id)) {
		t.Error("it is named still")
	}
}

func TestWhomToTellOfAFaultFollowsTheSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const path = "/.well-known/security.txt"
	set := func(mailbox string) {
		t.Helper()
		_, err := pg.Exec(t.Context(), s.DB.Owner, `INSERT INTO setting (key, value) VALUES ('mailbox', @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, pg.Args{"value": mailbox})
		if err != nil {
			t.Fatal(err)
		}
		s.Wait(time.Minute)
		s.Visitor().Get(t, "/help") // the settings are read again behind a page
	}
	set("")
	s.Visitor().Get(t, path).Want(t, 404)
	set("dujie@example.gov.cn")
	page := s.Visitor().Get(t, path).Want(t, 200)
	fields := map[string]string{}
	for line := range strings.Lines(page.Body) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		fields[name] = value
	}
	expires, err := time.Parse(time.RFC3339, fields["Expires"])
	if left := expires.Sub(s.Now()); err != nil || left < 90*24*time.Hour || left > 364*24*time.Hour {
		t.Errorf("expires %q: %v", fields["Expires"], err)
	}
	if fields["Contact"] != "mailto:dujie@example.gov.cn" || fields["Canonical"] != "http://portal.test"+path || fields["Preferred-Languages"] != "zh" || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%v", fields)
	}
	s.Wait(300 * 24 * time.Hour)
	later := s.Visitor().Get(t, path).Want(t, 200)
	if strings.Contains(later.Body, fields["Expires"]) {
		t.Error("it has run out while the site still stands")
	}
}

func TestAnIconIsWhereBrowsersLookForIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.Visitor().Get(t, "/favicon.ico").Want(t, 200)
	if page.Header.Get("Content-Type") != "image/x-icon" || !strings.HasPrefix(page.Body, "\x00\x00\x01\x00\x03\x00") || !strings.HasSuffix(page.Path, ".ico") {
		t.Errorf("%s, %s, %.6q", page.Header.Get("Content-Type"), page.Header.Get("Cache-Control"), page.Body)
	}
}

// feedIDs are the ids of the feed and of its entries, in their order.
func (s *fixture) feedIDs(t *testing.T) []string {
	t.Helper()
	var feed struct {
		ID      string   `xml:"id"`
		Entries []string `xml:"entry>id"`
	}
	if err := xml.Unmarshal([]byte(s.Visitor().Get(t, "/notices.atom").Want(t, 200).Body), &feed); err != nil {
		t.Fatal(err)
	}
	return append([]string{feed.ID}, feed.Entries...)
}

// A reader shows an entry anew whose id has changed. Whatever may be changed of a
// notice, of the office and of where the site stands is changed here.
func TestIDsOfTheFeedNeverChange(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, warning(nextYear()))
	s.publish(t, notice.Publication{Kind: notice.Circular, Title: "通报", Body: "正文", At: s.Now().Add(-time.Hour)})
	before := s.feedIDs(t)
	for i, id := range before {
		if !strings.HasPrefix(id, "urn:uuid:") || slices.Index(before, id) != i || strings.Contains(id, "00000000-0000") {
			t.Errorf("id %q", id)
		}
	}
	for _, change := range []string{
		`UPDATE notice SET title = title || '（更正）'`,
		`INSERT INTO setting (key, value) VALUES ('host', '改名的县') ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
	} {
		if _, err := s.DB.Owner.Exec(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	s.OpenAt("https://xinyong.example.gov.cn")
	if after := s.feedIDs(t); !slices.Equal(after, before) {
		t.Errorf("%v, before %v", after, before)
	}
}
