package promise

import "zhengxin/internal/stats"

var group = stats.Group{Heading: "承诺", Note: "单位写明日期答应办到的事。到期以前记下办到的算按期；到期没有办到的，后来办到了也不改。", Counts: "项"}

// Figures are what is published of promises, of whichever register. Each counts on the
// day on which it happened: one that is broken and then kept late counts as both.
var Figures = stats.Figures{
	Parts: `
		promised AS (
			SELECT p.unit, e.at AS made, (p.due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' AS over, coalesce(o.outcome, '') AS outcome, s.at AS settled,
				least(s.at, (SELECT min(x.at) FROM promise n JOIN event x ON x.matter_id = n.matter_id AND x.seq = n.seq
					LEFT JOIN promise_outcome v ON v.matter_id = n.matter_id AND v.promised = n.seq AND v.no = n.no AND v.outcome = 'void'
					WHERE n.matter_id = p.matter_id AND n.no = p.no AND n.seq > p.seq AND v.seq IS NULL)) AS owed_until
			FROM promise p JOIN event e ON e.matter_id = p.matter_id AND e.seq = p.seq
				LEFT JOIN promise_result o ON o.matter_id = p.matter_id AND o.promised = p.seq AND o.no = p.no
				LEFT JOIN event s ON s.matter_id = o.matter_id AND s.seq = o.seq
			WHERE o.outcome IS DISTINCT FROM 'void'
		), `,
	Measures: []stats.Measure{
		{Name: "promises_made", Heading: "作出承诺", Short: "作出承诺", Meaning: "四个季度里这个单位写明日期、答应办到的事，一点算一项；改期再承诺的也算一项",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT p.unit FROM term JOIN promised p ON p.made >= term.since AND p.made < term.at`},
		{Name: "promises_kept", Heading: "承诺按期办到", Short: "按期办到", Meaning: "四个季度里记下办到、并且是在到期那天以前记下的项数",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT p.unit FROM term JOIN promised p ON p.outcome = 'kept' AND p.settled >= term.since AND p.settled < term.at WHERE p.settled < p.over`},
		{Name: "promises_kept_late", Heading: "承诺过期才办到", Short: "过期才办到", Meaning: "四个季度里过了期才记下办到的项数；到期的时候已经算过一次“承诺到期没有办到”",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT p.unit FROM term JOIN promised p ON p.outcome = 'kept' AND p.settled >= term.since AND p.settled < term.at WHERE p.settled >= p.over`},
		{Name: "promises_broken", Heading: "承诺到期没有办到", Short: "到期没有办到", Meaning: "四个季度里过了期、到那时还没有办到的项数；后来办到了的也算",
			By: stats.ByUnit, Handling: true, Group: group, Rows: `SELECT p.unit FROM term JOIN promised p ON p.over >= term.since AND p.over < term.at WHERE coalesce(p.owed_until >= p.over, true)`},
	},
}
