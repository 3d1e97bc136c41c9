package press

import "zhengxin/internal/stats"

var group = stats.Group{Heading: "媒体请求说明", Note: "件数按签发说明或者不作说明的那个季度算；追问不另算。", Counts: "件"}

// figures are what is published of statements each quarter, of the unit that was asked. A
// lead counts in the quarter of the first answer to it.
var figures = stats.Figures{
	Parts: `
		press_told AS (
			SELECT m.id, m.unit, t.first FROM (
				SELECT e.matter_id, min(e.seq) AS first FROM term JOIN event e ON e.action IN ('sign_statement', 'decline') AND e.at < term.at
				JOIN press_lead l ON l.matter_id = e.matter_id GROUP BY e.matter_id, term.since HAVING min(e.at) >= term.since) t
			JOIN matter m ON m.id = t.matter_id
		), `,
	Measures: []stats.Measure{
		{Name: "press_told", Heading: "媒体请求说明已回应", Short: "已回应", Meaning: "四个季度里这个单位第一次回应媒体请求说明的件数：签发了说明，或者写明理由不作说明",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM press_told`},
		{Name: "press_stated", Heading: "媒体请求说明已说明", Short: "其中作了说明", Meaning: "“媒体请求说明已回应”里签发了说明的件数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM press_told t WHERE EXISTS (SELECT FROM event e WHERE e.matter_id = t.id AND e.seq = t.first AND e.action = 'sign_statement')`},
		{Name: "press_in_time", Heading: "媒体请求说明按期回应", Short: "其中按期回应", Meaning: "“媒体请求说明已回应”里没有过期限的件数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM press_told t WHERE (
				SELECT k.stopped_at <= k.due_at FROM clock k WHERE k.matter_id = t.id AND k.stopped_seq = t.first AND k.rule IN ('PRESS-STD', 'PRESS-MORE') ORDER BY k.id DESC LIMIT 1)`},
	},
}
