package portal_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
)

// Who the spokesperson is stands there once the office has said so; the terms are those in
// force.
func TestTheMediasPageSaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.Visitor().Get(t, "/press").Want(t, 200)
	if got := page.Text("main"); strings.Contains(got, "新闻发言人") || !strings.Contains(got, "5 个工作日内说明") || !strings.Contains(got, "3 个工作日内再说明") || !strings.Contains(got, "最长 91 天") {
		t.Errorf("the page says %q", got)
	}
	if _, err := pg.Exec(t.Context(), s.DB.Owner, `INSERT INTO setting (key, value) VALUES (@key, '王新闻 0375-5150000')`, pg.Args{"key": setting.PressContact}); err != nil {
		t.Fatal(err)
	}
	s.Wait(time.Minute)
	if got := s.Visitor().Get(t, "/press").Text("main"); !strings.Contains(got, "新闻发言人王新闻 0375-5150000") {
		t.Errorf("with a spokesperson it says %q", got)
	}
}

// Each notice says how to cite it; a statement leads to where it was reported of, and
// vouches for nothing there.
func TestANoticeIsCited(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body, also := "本单位的说明", "《路》，演示日报，2026年3月2日\nhttps://www.example.cn/a.html\nhttp://www.example.cn/b"
	id := s.publish(t, notice.Publication{Kind: notice.Statement, Title: "关于“村道”的情况说明", Issuer: "县财政局", Body: body, Also: also, Unit: complainttest.Town})
	other := s.publish(t, notice.Publication{Kind: notice.Announcement, Title: "公告", Issuer: "县财政局", Body: body + "\n" + also})
	page := s.Visitor().Get(t, fmt.Sprintf("/notices/%d", id)).Want(t, 200)
	if got := page.Text(".cite"); !strings.HasPrefix(got, "县财政局：《关于“村道”的情况说明》，2026年") || !strings.HasSuffix(got, "http://portal.test"+fmt.Sprintf("/notices/%d", id)) {
		t.Errorf("cited as %q", got)
	}
	if links := page.All(`main a[rel="noopener nofollow ugc"]`); len(links) != 1 || links[0] != "打开 www.example.cn" {
		t.Errorf("leads to %q", links)
	}
	if s.Visitor().Get(t, fmt.Sprintf("/notices/%d", other)).Want(t, 200).Has(".paper-body a") {
		t.Error("the office's own words became a link")
	}
	// What the office adds stands outside the paper.
	if paper := page.Text("article"); strings.Contains(paper, "演示日报") {
		t.Errorf("the paper reads %q", paper)
	}
}
