package extension

import "zhengxin/internal/stats"

var group = stats.Group{Heading: "延期和暂停", Note: "承办单位到期办不完，由本单位负责人同意延长；有鉴定、诉讼等情形，由监督办公室同意暂停。", Counts: "次"}

// Figures are what is published of terms that were made longer or stood still, of whichever
// register: each on the day on which it was decided, for the unit that had asked.
var Figures = stats.Figures{
	Measures: []stats.Measure{
		{Name: "extended", Heading: "期限延长", Short: "延长期限", Meaning: "四个季度里同意这个单位延长期限的次数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: decided("extend")},
		{Name: "paused", Heading: "暂停计时", Short: "暂停计时", Meaning: "四个季度里同意这个单位暂停计算期限的次数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: decided("pause")},
	},
}

func decided(kind string) string {
	return `SELECT q.unit FROM term_decision d JOIN term_request q ON q.matter_id = d.matter_id AND q.seq = d.asked
		JOIN event e ON e.matter_id = d.matter_id AND e.seq = d.seq JOIN term ON e.at >= term.since AND e.at < term.at
		WHERE d.granted AND q.kind = '` + kind + `'`
}
