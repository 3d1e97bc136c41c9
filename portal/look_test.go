package portal_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
)

// furnish gives the site something to show on every page.
func (s *fixture) furnish(t *testing.T) (warningID int64) {
	t.Helper()
	if err := notice.Seed(t.Context(), s.DB.Owner, s.Now()); err != nil {
		t.Fatal(err)
	}
	w := warning(nextYear())
	w.Title = "关于对东岭镇人民政府予以书面警示的公示"
	w.Body = strings.Join([]string{
		"经查，你单位于2023年3月6日与施工企业签订水渠维修工程合同，合同价款86.40万元，同年6月12日验收合格，至今尚欠52.30万元未付。你单位以等待审计、负责人变更为由拖延支付，合同未约定以审计结果作为结算依据。",
		"上述行为违反《保障中小企业款项支付条例》第九条、第十一条的规定，属于拖欠账款。",
		"现决定予以书面警示，并要求：", "一、自收到之日起三十日内付清无争议款项；", "二、逐项列明争议部分，书面报告。", "逾期不改正的，将约谈主要负责人。",
	}, "\n")
	id := s.publish(t, w)
	for range 7 {
		s.File(t, complainttest.Intake())
	}
	_, err := pg.Exec(t.Context(), s.DB.Owner, `UPDATE matter SET opened_at = opened_at - interval '1 month' WHERE id % 3 = 0`, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Wait(31 * 24 * time.Hour) // into the next quarter
	s.figures(t)
	return id
}

// elderTarget is the height that the elder mode promises of what is pressed.
const elderTarget = 52

func TestPublicPagesHoldInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.furnish(t)
	at := s.Serve(t)
	pages := map[string]string{
		"home": "/", "start": "/start", "units": "/units", "units-found": "/units?q=财局", "units-none": "/units?q=没有", "unit": "/units/TOWN", "notices": "/notices",
		"notice": fmt.Sprintf("/notices/%d", id), "policy": "/policies/1", "policies": "/policies", "statistics": "/statistics", "categories": "/statistics/categories?sort=received", "data": "/data", "help": "/help",
		"privacy": "/privacy", "accessibility": "/accessibility", "member": "/member", "press": "/press",
	}
	people := browser.New(t)
	for _, width := range []int{browser.Desktop, browser.Phone} {
		for _, mode := range []string{"", "-elder"} {
			tab := people.Person(t, width)
			tab.Open(at + "/")
			if mode != "" {
				tab.Within(".strip").Press("长者模式")
			}
			for name, path := range pages {
				tab.Open(at + path)
				tab.Axe(t)
				tab.NoSidewaysScroll(t)
				if mode != "" {
					tab.Targets(t, elderTarget)
				}
				tab.Screenshot("portal-" + name + mode)
				if width == browser.Desktop { // 200 % of it, and the narrowest phone
					for _, narrow := range []int{640, 320} {
						tab.Resize(narrow)
						tab.NoSidewaysScroll(t)
					}
					tab.Resize(width)
				}
			}
			tab.Quiet(t)
		}
	}
}
