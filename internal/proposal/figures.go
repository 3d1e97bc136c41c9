package proposal

import "zhengxin/internal/stats"

var group = stats.Group{Heading: "建议提案", Note: "件数按第一次送达答复的那个季度算；没有反馈的不算满意。", Counts: "件"}

// figures are what is published of proposals each quarter, of the unit that leads. A part
// of a divided one is a proposal of its own unit; a proposal counts in the quarter of its
// first answer.
var figures = stats.Figures{
	Parts: `
		proposal_sent AS (
			SELECT m.id, m.unit, s.first FROM (
				SELECT e.matter_id, min(e.seq) AS first FROM proposal o JOIN document d ON d.matter_id = o.matter_id
				JOIN event e ON e.matter_id = d.matter_id AND e.seq = d.served_seq JOIN term ON e.at < term.at GROUP BY e.matter_id, term.since HAVING min(e.at) >= term.since) s
			JOIN matter m ON m.id = s.matter_id
		), `,
	Measures: []stats.Measure{
		{Name: "proposals_answered", Heading: "建议提案已答复", Short: "已答复", Meaning: "这个单位主办、四个季度里第一次送达答复的人大代表建议和政协提案的件数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM proposal_sent`},
		{Name: "proposals_late", Heading: "建议提案逾期答复", Short: "其中逾期答复", Meaning: "“建议提案已答复”里过了期限才送达的件数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM proposal_sent s WHERE (
				SELECT k.stopped_at > k.due_at FROM clock k
				WHERE k.matter_id = s.id AND k.stopped_seq = s.first AND k.rule IN ('NPC-STD', 'NPC-CPX', 'CPPCC-STD', 'CPPCC-CPX') ORDER BY k.id DESC LIMIT 1)`},
		{Name: "proposals_satisfied", Heading: "建议提案结果满意", Short: "其中结果满意", Meaning: "“建议提案已答复”里，代表、委员对办理结果最近一次反馈是满意或者基本满意的件数；没有反馈的不算满意",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT unit FROM proposal_sent s WHERE (
				SELECT f.result IN ('satisfied', 'basic') FROM proposal_feedback f JOIN event e ON e.matter_id = f.matter_id AND e.seq = f.seq
				WHERE f.matter_id = s.id AND e.at < (SELECT term.at FROM term) ORDER BY f.seq DESC LIMIT 1)`},
	},
}
