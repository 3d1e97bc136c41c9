package complaint_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/kinds"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
)

// A refusal stands on an article of the table: on that of its ground, or of its row, for
// which nothing is asked, else on one that is chosen.
func TestADecisionStandsOnArticles(t *testing.T) {
	d := newDesk(t)
	table, err := law.Read(t.Context(), d.DB.Admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds.All() {
		for _, m := range k.Law.Moves {
			codes := m.Basis
			for _, n := range m.Needs {
				for _, o := range n.Options {
					if o.Basis != "" {
						codes = append(codes, o.Basis)
					}
				}
			}
			for _, code := range codes {
				if table.Articles.ByCode(code) == nil {
					t.Errorf("%s stands on %s, which the table has not", m.Action, code)
				}
			}
			if len(m.Basis) > 0 && !strings.Contains(m.Public, "{basis}") {
				t.Errorf("%s does not say on what it stands", m.Action)
			}
		}
	}
	cited := func() (out string) {
		t.Helper()
		out, err := pg.One[string](t.Context(), d.DB.Owner, `SELECT coalesce(string_agg(coalesce(c.article, '-') || ' ' || c.words, '；' ORDER BY c.no), '') FROM cited c JOIN matter m ON m.id = c.matter_id WHERE m.number = @n`,
			pg.Args{"n": d.number})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const own = "已在另一件里办理。"
	d.enter(came(complaint.Visit, "C03"))
	d.do(staff.Registrar, complaint.Reject, "ground", "REJECT_DUP", "public", own)
	if said := d.told(complaint.Reject); said != "依据《信访工作条例》第十九条，不予受理：同一件事已在办理，期限未满。"+own || cited() != "XF-19 《信访工作条例》第十九条" {
		t.Errorf("%s; kept %s", said, cited())
	}
	d.verifyChain()

	d.enter(came(complaint.Visit, "C03"))
	refuse := func(more ...string) error {
		_, err := d.try(staff.Registrar, complaint.Reject, append([]string{"ground", "REJECT_NO_NEW", "public", own}, more...)...)
		return err
	}
	wrongField(t, refuse(), "articles", "请选法律依据")
	wrongField(t, refuse("articles", "NONE"), "articles", "没有这一条")
	wrongField(t, refuse("basis", "《土地管理法》第四十八条"), "basis_anyway", "不是从单子里选的")
	if err := refuse("articles", "XF-32", "basis", "《土地管理法》第四十八条"); err != nil {
		t.Fatal(err)
	}
	if said := d.told(complaint.Reject); !strings.HasPrefix(said, "依据《信访工作条例》第三十二条；《土地管理法》第四十八条，不予受理：") {
		t.Error(said)
	}

	d.enter(came(complaint.Visit, "C03"))
	d.do(staff.Registrar, complaint.Redirect, "public", "请向法院起诉。", "articles", "XSF-94")
	if said := d.told(complaint.Redirect); said != "依据《信访工作条例》第三十一条；《中华人民共和国行政诉讼法》第九十四条，这件事要走法定途径：请向法院起诉。" {
		t.Error(said)
	}
}
