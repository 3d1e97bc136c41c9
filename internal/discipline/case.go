// Package discipline is the 失信案件: what follows when a complaint was found
// true, from the opening of the case to a signed, served and published warning.
// The notice before the decision and the hearing of the unit (陈述申辩) are not
// here yet; they will stand between drafting and signing.
package discipline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/notice"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Register holds the cases of one process.
type Register struct{ register.Register }

// New is the register of cases of an office.
func New(o register.Office) *Register { return &Register{register.Register{Office: o, Kind: Kind}} }

// Kind declares the register.
var Kind = &register.Kind{
	Law:     Law,
	Path:    "cases",
	Letters: "AJ",
	Reads:   []register.Reader{{Role: staff.Registrar}, {Role: staff.Supervisor}, {Role: staff.Auditor}, {Role: staff.DisciplineOfficer}, {Role: staff.Publisher}},
	Views: []register.View{
		{Name: "to_draft", Label: "待起草", State: Opened}, {Name: "to_sign", Label: "待签发", State: Drafted}, {Name: "to_serve", Label: "待送达", State: Signed},
		{Name: "to_publish", Label: "已送达", State: Served}, {Name: "published", Label: "公示中", State: Published},
	},
	Row: `(SELECT jsonb_build_object('RectifyBy', c.rectify_by, 'Until', (SELECT n.until FROM notice n WHERE n.matter_id = p.id AND n.kind = 'warning' ORDER BY n.id DESC LIMIT 1))
		FROM discipline_case c WHERE c.matter_id = p.id)`,
	Texts:     texts,
	Papers:    map[document.Kind]register.Paper{document.Warning: warning},
	Publicity: register.Publicity{Kind: notice.Warning, Ends: EndPublicity},
	Checks:    map[workflow.Action]register.Check{DraftWarning: checkMonths},
	Effects: map[workflow.Action]register.Effect{
		DraftWarning: draft,
		Serve:        serve,
		Publish:      publish,
		TakeDown:     takeDown,
		Correct:      takeDown,
	},
}

// texts are where a case's words stand, for the desk alone: no unit handles one. Of drafts
// the newest is found, which is what its page shows.
var texts = search.Texts{
	Called: "理由和文书",
	All: []search.Text{
		{Label: "立案理由", SQL: `(SELECT ARRAY[c.ground] FROM discipline_case c WHERE c.matter_id = m.id)`, Guarded: true},
		{Label: "警示函稿", SQL: `(SELECT ARRAY[w.facts, w.basis, w.demand, w.consequences] FROM warning_draft w WHERE w.matter_id = m.id ORDER BY w.version DESC LIMIT 1)`, Guarded: true},
	},
}

// Row is what a list shows of a case beside what it shows of any matter.
type Row struct {
	RectifyBy clock.Date
	Until     clock.Date // last day of its publicity; zero without one
}

// Tier is how grave the dishonesty is.
type Tier string

// The tiers; the table's CHECK has the same.
const (
	Minor   Tier = "minor"
	General Tier = "general"
	Severe  Tier = "severe"
)

// bounds are the shortest and the longest publicity of a tier in months
// (国办发〔2025〕22号, 国家发展改革委令第36号).
var bounds = map[Tier][2]int{Minor: {0, 3}, General: {3, 12}, Severe: {12, 36}}

// Bounds are the shortest and the longest publicity in months.
func (t Tier) Bounds() (least, most int) { return bounds[t][0], bounds[t][1] }

// Tiers are the tiers with their words.
var Tiers = []workflow.Option{
	{Value: string(Minor), Label: "轻微：原则不公示，确需公示的最长 3 个月"},
	{Value: string(General), Label: "一般：公示 3 到 12 个月"},
	{Value: string(Severe), Label: "严重：公示 12 到 36 个月"},
}

// Word is the tier's name.
func (t Tier) Word() string {
	return map[Tier]string{Minor: "轻微", General: "一般", Severe: "严重"}[t]
}

// Measures are the six steps of the ladder; a case of this package is on the
// first, the others come with their own rules (domain-facts §3.1).
var Measures = []workflow.Option{
	{Value: "WARN", Label: "书面警示"}, {Value: "TALK", Label: "约谈告诫"}, {Value: "RECT", Label: "责令整改"},
	{Value: "CIRC", Label: "通报"}, {Value: "REST", Label: "选择性限制"}, {Value: "REFER", Label: "线索移送"},
}

// Draft is a written warning as it was drafted: the five things that it must
// say, and how long it is to be public.
type Draft struct {
	Facts        string
	Basis        string
	Demand       string
	Deadline     clock.Date
	Consequences string
	Tier         Tier
	Months       int
}

// Digest is the SHA-256 of a draft; it stands in the event of the drafting.
func (d Draft) Digest() string {
	raw, _ := json.Marshal(d) // strings, a number and a date always encode
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Paper is the warning letter to a unit.
func (d Draft) Paper(issuer, unit string) document.Paper {
	p := document.Paper{Issuer: issuer, Addressee: unit, Title: []string{"关于对" + unit, "予以书面警示的函"}}
	text := func(s string) {
		for line := range strings.SplitSeq(s, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				p.Parts = append(p.Parts, document.Part{Text: line})
			}
		}
	}
	head := func(s string) { p.Parts = append(p.Parts, document.Part{Text: s, Head: true}) }
	text("现查明你单位有下列失信行为，决定予以书面警示。")
	head("一、查明的事实")
	text(d.Facts)
	head("二、依据")
	text(d.Basis)
	head("三、要求")
	text(d.Demand)
	head("四、期限")
	text("请在" + d.Deadline.Long() + "以前（含当日）按上述要求改正，并书面报告结果。")
	head("五、逾期后果")
	text(d.Consequences)
	text(d.publicity())
	return p
}

func (d Draft) publicity() string {
	if d.Months == 0 {
		return "失信程度：" + d.Tier.Word() + "。本警示不公示。"
	}
	return fmt.Sprintf("失信程度：%s。本警示自公布之日起公示%d个月，期满自动撤下。", d.Tier.Word(), d.Months)
}
