package admin

import (
	"testing"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/staff"
)

func TestACaseStandsAtEveryWidth(t *testing.T) {
	t.Parallel()
	for suffix, width := range map[string]int{"-wide": browser.Desktop, "-small": browser.Phone} {
		c := newCourt(t)
		c.configure(t)
		c.openCase(t)
		site, people := c.serve(t), browser.New(t)
		officer := c.sits(t, people, site, width, "officer"+suffix, "林晓", staff.DisciplineOfficer, complainttest.DeskUnit)
		leader := c.sits(t, people, site, width, "leader"+suffix, "何敏", staff.Leader, complainttest.DeskUnit)
		check := func(tab *browser.Tab, name string) {
			t.Helper()
			tab.Axe(t)
			tab.NoSidewaysScroll(t)
			tab.Quiet(t)
			tab.Screenshot(name)
		}
		officer.Open(site + "/cases")
		check(officer, "cases")
		officer.Open(site + "/cases/" + c.number)
		check(officer, "case-opened")
		officer.Open(site + "/cases/" + c.number + "/draft_warning")
		officer.Press("draft_warning")
		check(officer, "case-draft-wrong")
		typed := append([]string{}, warningTyped...)
		typed[1] = "2023年3月6日签订水渠维修工程合同，价款86.40万元，同年6月12日验收合格，至今尚欠52.30万元。\n以等待审计、负责人变更为由拖延支付。联系电话13800138000。"
		for i := 0; i < len(typed); i += 2 {
			switch typed[i] {
			case "tier", "articles":
				officer.Choose(typed[i], typed[i+1])
			default:
				officer.Fill(typed[i], typed[i+1])
			}
		}
		officer.Press("先看文书的样子")
		check(officer, "case-preview")
		officer.Press("draft_warning")
		leader.Open(site + "/cases/" + c.number)
		check(leader, "case-to-sign")
		leader.Open(site + "/cases/" + c.number + "/document")
		check(leader, "case-paper-draft")
		leader.Press("sign")
		check(leader, "case-signed")
		doesOn(t, c.shown(t, c.officer), discipline.Note, "note", "镇里来电，说11月底付款。")
		doesOn(t, c.shown(t, c.officer), discipline.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2")
		officer.Open(site + "/cases/" + c.number)
		check(officer, "case-served")
		officer.Press("publish")
		check(officer, "case-published")
		officer.Open(site + "/cases/" + c.number + "/document")
		check(officer, "case-paper")
		officer.Open(site + "/cases")
		check(officer, "cases-one")
		if _, err := c.DB.Owner.Exec(t.Context(), `UPDATE matter SET state = 'review_requested' WHERE number = $1`, c.complaint); err != nil {
			t.Fatal(err)
		}
		leader.Open(site + "/cases/" + c.number)
		check(leader, "case-doubt")
		doesOn(t, c.shown(t, c.leader), discipline.Correct, "note", "复查不属实", "public", "经复查，原认定的事实不成立，予以撤销。")
		leader.Open(site + "/cases/" + c.number)
		check(leader, "case-revoked")
	}
}
