package complaint

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// MostlySame is from which overlap on a text counts as mostly another's.
const MostlySame = 0.5

// mostAlike is how many similar complaints are shown: who sees more reads none.
const mostAlike = 5

// Alike is a complaint that is like another, with what is alike.
type Alike struct {
	Number   string
	Title    string
	UnitName string
	State    workflow.State
	Opened   clock.Date
	SameUnit bool
	Contract bool    // one contract's number
	Unpaid   bool    // as much is owed, by the same unit
	Worth    bool    // a contract of as much, with the same unit
	Overlap  float64 // how much of the text stands in its
}

// Likely is what complaints are compared by.
type Likely struct {
	Number         string // its own, which is not like itself; empty before it has one
	Token          []byte // of the form that files it, which may have done so already
	Unit           string
	Request, Facts string
	ContractNo     string
	ContractAmount *form.Amount
	UnpaidAmount   *form.Amount
}

// Likely is what a complaint is compared with others by.
func (d *Dossier) Likely() Likely {
	s := d.Said
	return Likely{d.Matter.Number, nil, d.Matter.Unit, s.Request, s.Facts, s.ContractNo, s.ContractAmount, s.UnpaidAmount}
}

// Likely is what a form is compared by before it is filed. What cannot be read yet is not
// compared. What the same form filed when it was sent before is not like it but it.
func (f Form) Likely(token []byte, now time.Time) Likely {
	story := f.Story.value()
	contract, _ := f.Contract.Value(now)
	return Likely{"", token, story.unit(), story.Request, story.Facts, contract.ContractNo, contract.ContractAmount, contract.UnpaidAmount}
}

// marks are by what it meets others: whatever their unit, or of its own alone, since many
// are owed the same round sum.
func (l Likely) marks() (everywhere, ofUnit []int64) {
	everywhere = search.Marks(search.Story, l.text())
	if mark, ok := search.Mark(search.Story, search.Contract, l.ContractNo); ok {
		everywhere = append(everywhere, mark)
	}
	for _, sum := range []*form.Amount{l.ContractAmount, l.UnpaidAmount} {
		if sum != nil && *sum > 0 {
			ofUnit = append(ofUnit, search.SumMark(search.Story, *sum))
		}
	}
	return everywhere, ofUnit
}

func (l Likely) text() string { return l.Request + "\n" + l.Facts }

// likelyRow is a complaint that meets another in the index.
type likelyRow struct {
	Number         string
	Title          string
	Unit           string
	UnitName       string
	State          workflow.State
	OpenedAt       time.Time
	Request, Facts string
	ContractNo     string
	ContractAmount *form.Amount
	UnpaidAmount   *form.Amount
}

// alikeSQL finds by the index alone what may be alike, of it what the reader may know of,
// and reads those that have most marks in common. The index is asked apart, mark by mark:
// with the LIMIT the planner might walk the table of matters from its end, and with all
// marks at once it takes a tenth of the table to have one of them.
func alikeSQL(scope staff.Scope) string {
	return `
	WITH met AS MATERIALIZED (
		SELECT l.matter_id, count(*) AS common, bool_or(mark = ANY (@everywhere::bigint[])) AS everywhere
		FROM unnest(@marks::bigint[]) AS mark JOIN likeness l ON l.marks @> ARRAY[mark] GROUP BY l.matter_id),
	near AS (
		SELECT m.id, m.number, ` + staff.TitleSQL + ` AS title, m.unit, m.state, m.opened_at, k.common
		FROM met k JOIN matter m ON m.id = k.matter_id
		WHERE m.kind = @kind AND coalesce(m.follows, m.id) IS DISTINCT FROM (SELECT coalesce(o.follows, o.id) FROM matter o WHERE o.number = @number) AND NOT EXISTS (SELECT FROM form_token t WHERE t.matter_id = m.id AND t.token_hash = @token)
			AND (m.unit = @unit OR k.everywhere) AND (` + scope.SQL + `)
		ORDER BY k.common DESC, m.id DESC LIMIT @most)
	SELECT n.number, n.title, coalesce(n.unit, '') AS unit, coalesce(u.name, '') AS unit_name, n.state, n.opened_at,
		c.request, c.facts, c.contract_no, c.contract_amount, c.unpaid_amount
	FROM near n JOIN complaint c ON c.matter_id = n.id LEFT JOIN unit u ON u.code = n.unit
	ORDER BY n.common DESC, n.id DESC`
}

// AlikeSQL is the statement of Alike, for whoever looks at its plan.
func AlikeSQL(scope staff.Scope, l Likely) (string, pg.Args) {
	everywhere, ofUnit := l.marks()
	return alikeSQL(scope), scope.With(pg.Args{"marks": slices.Concat(everywhere, ofUnit), "everywhere": everywhere, "kind": string(Kind.Law.Kind),
		"number": l.Number, "token": key.Hash(l.Token), "unit": l.Unit, "most": 3 * mostAlike})
}

// Alike are the complaints that are like one, of those that the person may know of, the
// most alike first: in one round trip.
func (r *Register) Alike(ctx context.Context, by staff.Person, l Likely) ([]Alike, error) {
	sql, args := AlikeSQL(by.Scope(), l)
	if len(args["marks"].([]int64)) == 0 {
		return nil, nil
	}
	rows, err := search.All[likelyRow](ctx, r.Pool, sql, args)
	if err != nil {
		return nil, fmt.Errorf("similar complaints: %w", err)
	}
	var all []Alike
	for _, row := range rows {
		if a, ok := l.compare(row); ok {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Alike) int { return cmp.Compare(b.weight(), a.weight()) })
	return all[:min(len(all), mostAlike)], nil
}

// compare says what is alike; false where nothing is but the unit.
func (l Likely) compare(row likelyRow) (Alike, bool) {
	a := Alike{Number: row.Number, Title: row.Title, UnitName: row.UnitName, State: row.State, Opened: clock.On(row.OpenedAt),
		SameUnit: l.Unit != "" && row.Unit == l.Unit}
	if mine := form.Bare(l.ContractNo, ""); mine != "" {
		_, tells := search.Mark(search.Story, search.Contract, l.ContractNo)
		a.Contract = tells && form.Bare(row.ContractNo, "") == mine
	}
	same := func(x, y *form.Amount) bool { return a.SameUnit && x != nil && y != nil && *x > 0 && *x == *y }
	a.Unpaid, a.Worth = same(l.UnpaidAmount, row.UnpaidAmount), same(l.ContractAmount, row.ContractAmount)
	if overlap := search.Overlap(l.text(), row.Request+"\n"+row.Facts); overlap >= MostlySame {
		a.Overlap = overlap
	}
	return a, a.Contract || a.Unpaid || a.Worth || a.Overlap > 0
}

// weight is how much speaks for the two being one.
func (a Alike) weight() float64 {
	w := 2 * a.Overlap
	for _, more := range []struct {
		so bool
		by float64
	}{{a.Contract, 2}, {a.SameUnit, 1}, {a.Unpaid, 0.5}, {a.Worth, 0.5}} {
		if more.so {
			w += more.by
		}
	}
	return w
}

// Why is what is alike, in words.
func (a Alike) Why() string {
	var why []string
	for _, one := range []struct {
		so   bool
		word string
	}{{a.SameUnit, "同一单位"}, {a.Contract, "合同编号相同"}, {a.Unpaid, "欠的数相同"}, {a.Worth, "合同总价相同"}, {a.Overlap > 0, fmt.Sprintf("文字大部分相同（%d%%）", int(100*a.Overlap))}} {
		if one.so {
			why = append(why, one.word)
		}
	}
	return strings.Join(why, "、")
}

// NearlySame is from which overlap on an answer is nearly another's: all answers share
// the words of the law.
const NearlySame = 0.7

// mostCopied is how many earlier answers are named: one is enough to look.
const mostCopied = 2

// Copied is an earlier answer that a draft is nearly the same as.
type Copied struct {
	Number  string
	Overlap float64
}

func (a Draft) text() string {
	return strings.Join([]string{a.Facts, a.Opinion, a.Basis, a.Demand}, "\n")
}

// Copied are the earlier answers of the same unit to other complaints that a draft is
// nearly the same as, of those that the person may know of: in one round trip.
func (r *Register) Copied(ctx context.Context, by staff.Person, d *Dossier, draft Draft) ([]Copied, error) {
	marks := search.Marks(search.Answer, draft.text())
	if len(marks) == 0 {
		return nil, nil
	}
	type row struct {
		Number                        string
		Facts, Opinion, Basis, Demand string
	}
	scope := by.Scope()
	rows, err := search.All[row](ctx, r.Pool, `
		WITH met AS MATERIALIZED (
			SELECT l.matter_id, count(*) AS common FROM unnest(@marks::bigint[]) AS mark JOIN likeness l ON l.marks @> ARRAY[mark] GROUP BY l.matter_id)
		SELECT m.number, a.facts, a.opinion, a.basis, a.demand
		FROM met k JOIN matter m ON m.id = k.matter_id
			JOIN LATERAL (SELECT n.matter_id, n.seq, n.unit, n.facts, n.opinion, n.basis, n.demand FROM answer n WHERE n.matter_id = m.id ORDER BY n.version DESC LIMIT 1) a ON true
			JOIN event e ON e.matter_id = a.matter_id AND e.seq = a.seq
		WHERE m.id <> @id AND e.at < @at AND a.unit = (SELECT o.unit FROM answer o WHERE o.matter_id = @id AND o.version = @version) AND (`+scope.SQL+`)
		ORDER BY k.common DESC, m.id DESC LIMIT @most`,
		scope.With(pg.Args{"marks": marks, "id": d.Matter.ID, "version": draft.Version, "at": draft.At, "most": 3 * mostCopied}))
	if err != nil {
		return nil, fmt.Errorf("answers like it: %w", err)
	}
	var all []Copied
	for _, one := range rows {
		other := Draft{Facts: one.Facts, Opinion: one.Opinion, Basis: one.Basis, Demand: one.Demand}
		if overlap := search.Overlap(draft.text(), other.text()); overlap >= NearlySame {
			all = append(all, Copied{one.Number, overlap})
		}
	}
	slices.SortStableFunc(all, func(a, b Copied) int { return cmp.Compare(b.Overlap, a.Overlap) })
	return all[:min(len(all), mostCopied)], nil
}
