package complaint

import "zhengxin/internal/stats"

// What the pages show by name.
const (
	FigureAccused         = "accused"
	FigureAccusedAnswered = "accused_answered"
	FigureAccusedUpheld   = "accused_upheld"
	FigureHandled         = "handled"
	FigureHandledLate     = "handled_late"
	FigureHandlingOverdue = "handling_overdue"
	FigureReceived        = "received"
	FigureAnswered        = "answered"
	FigureUpheld          = "upheld"
)

// Where they stand on the page of a unit.
var (
	handled = stats.Group{Heading: "承办投诉", Note: "这是它答复别人被投诉的件，不是对它的投诉。", Counts: "件"}
	accused = stats.Group{Heading: "被投诉", Note: "对这个单位的投诉，由别的单位承办。", Counts: "件"}
)

// figures are what is published of complaints each quarter. An accusation against a person
// counts for no unit and no category: see stats.Measure.Rows for what becomes of it. What
// another system closed is in that one's figures; of one that was split its parts count.
var figures = stats.Figures{
	Parts: `
		opened AS (
			SELECT CASE WHEN NOT 'accusation' = ANY (m.flags) THEN m.unit END AS unit,
				CASE WHEN NOT 'accusation' = ANY (m.flags) THEN m.category END AS category
			FROM term JOIN matter m ON m.opened_at >= term.since AND m.opened_at < term.at
			WHERE m.kind = 'complaint' AND NOT 'closed_before' = ANY (m.flags) AND ` + countsItself + `
		), sent AS (
			SELECT m.unit, m.category, a.* FROM (
				SELECT a.matter_id, min(a.sent_at) AS first, (array_agg(a.finding ORDER BY a.sent_at DESC))[1] IN ('substantiated', 'mostly') AS upheld,
					(array_agg(a.unit ORDER BY a.sent_at))[1] AS by_unit
				FROM term JOIN answer a ON a.sent_at < term.at
				GROUP BY a.matter_id, term.since HAVING min(a.sent_at) >= term.since) a
			JOIN matter m ON m.id = a.matter_id
		), `,
	Measures: []stats.Measure{
		{Name: FigureAccused, Heading: "被投诉收到", Short: "收到", Meaning: "四个季度里提交或者登记的、投诉这个单位的件数；旧系统里已经办结的旧件不算",
			By: stats.ByUnit, Group: accused, Rows: `SELECT unit FROM opened`},
		{Name: FigureAccusedAnswered, Heading: "被投诉已答复", Short: "已答复", Meaning: "投诉这个单位、四个季度里第一次送出书面答复的件数",
			By: stats.ByUnit, Group: accused, Rows: `SELECT unit FROM sent`},
		{Name: FigureAccusedUpheld, Heading: "被投诉查实或基本查实", Short: "查实或基本查实", Meaning: "“被投诉已答复”里最后认定属实或者基本属实的件数",
			By: stats.ByUnit, Group: accused, Rows: `SELECT unit FROM sent WHERE upheld`},
		{Name: FigureHandled, Heading: "承办已答复", Short: "已答复", Meaning: "这个单位承办别人被投诉的、四个季度里第一次送出书面答复的件数",
			By: stats.ByUnit, Handling: true, Group: handled, Rows: `SELECT by_unit FROM sent`},
		{Name: FigureHandledLate, Heading: "承办逾期答复", Short: "其中逾期答复", Meaning: "“承办已答复”里过了承诺日期才送出的件数",
			By: stats.ByUnit, Handling: true, Group: handled, Rows: `SELECT by_unit FROM sent WHERE NOT coalesce((SELECT sent.first <= k.due_at
				FROM clock k WHERE k.matter_id = sent.matter_id AND k.rule = 'PF-DO' AND coalesce(k.stopped_at >= sent.first, true) ORDER BY k.started_seq LIMIT 1), false)`},
		{Name: FigureHandlingOverdue, Heading: "承办季末逾期未答复", Short: "季末逾期未答复", Meaning: "“截至”的那一天结束时，由这个单位承办、过了承诺日期还没有答复的件数",
			By: stats.ByUnit, Handling: true, Group: handled, Rows: `SELECT l.unit
				FROM term JOIN clock k ON k.rule = 'PF-DO' AND k.due_at < term.at AND coalesce(k.stopped_at >= term.at, true)
				JOIN matter m ON m.id = k.matter_id AND coalesce(m.closed_at >= term.at, true)
				JOIN assignment l ON l.matter_id = m.id AND l.part = 'lead' AND l.started_at < term.at AND coalesce(l.ended_at >= term.at, true)`},
		{Name: FigureReceived, Heading: "收到", Meaning: "四个季度里提交或者登记的、季末归在这一类的投诉件数；旧系统里已经办结的旧件不算",
			By: stats.ByCategory, Rows: `SELECT category FROM opened`},
		{Name: FigureAnswered, Heading: "已答复", Meaning: "季末归在这一类、四个季度里第一次送出书面答复的投诉件数",
			By: stats.ByCategory, Rows: `SELECT category FROM sent`},
		{Name: FigureUpheld, Heading: "查实或基本查实", Meaning: "“已答复”里最后认定属实或者基本属实的件数",
			By: stats.ByCategory, Rows: `SELECT category FROM sent WHERE upheld`},
	},
}
