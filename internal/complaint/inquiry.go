package complaint

import (
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// OpenInquiry begins what is asked of another unit; its effect is inquiry's.
const OpenInquiry workflow.Action = "open_inquiry"

// inquiryMoves are what is done so that another unit is asked. Whoever complained learns that
// units are asked, and not which.
func inquiryMoves() []workflow.Move {
	return append(asking.UnitMoves(), workflow.Move{
		Action: OpenInquiry, Apart: true, Aside: true, Label: "请别的单位协查、征求意见", Done: "已经写好，等发出", Heading: "请有关单位协查", From: states(asking.Open, []workflow.State{ReviewRequested, RecheckRequested}), By: desk, Never: []string{Accusation, UnitUnsettled, staff.ReaderMeant},
		Effect: "另立一件，写好以后选单位、发出。那个单位只看得到您在这里写的，看不到投诉，不知道是谁、投诉谁。办理期限照走。投诉人看到请了有关单位，看不到是哪个。",
		Needs: []workflow.Need{
			{Name: request.ToUnit, Label: "按承办单位提的哪一号", Hint: "不选的，是监督办公室自己请。", Kind: workflow.AskChoice, From: workflow.FromMatter, Optional: true},
			{Name: "sort", Label: "协查还是征求意见", Kind: workflow.AskChoice, Options: request.Sorts, Ask: "请选协查还是征求意见"},
			{Name: "title", Label: "题目", Hint: "那个单位看得到。写事情，不写是谁投诉、投诉谁。", Kind: workflow.AskLine, Max: 60, Ask: "请写题目"},
			{Name: "words", Label: "给那个单位的说明", Hint: "是什么事、为什么要请它。不要照抄投诉。", Kind: workflow.AskText, Max: 3000, Ask: "请写给那个单位的说明"},
			{Name: "facts", Label: "给它的事实", Hint: "要它知道的才写，写以前去掉看得出是谁的话；不给就空着。", Kind: workflow.AskText, Max: 5000, Optional: true},
			request.ItemsNeed,
			{Name: "shared", Label: "回复给承办单位看", Hint: "按承办单位提的，回复一定给它看。", Kind: workflow.AskChoice, Optional: true, Options: []workflow.Option{{Value: "yes", Label: "给它看"}, {Value: "no", Label: "只给监督办公室看"}}},
			register.Doubted("写的内容里像有人的名字"),
		},
		Public: "因办理需要，{what}。承办单位的期限照走，不因此暂停。",
	})
}

// checkInquiry holds what another unit reads against what would tell who complained.
var checkInquiry = register.Unnamed("被请的单位看得到", "title", "words", "facts", "asked")

// Inquiry is what another unit was asked for this complaint, as far as the reader may know.
type Inquiry struct {
	Number string // empty to a unit: it is not theirs to open
	Sort   request.Kind
	Title  string
	State  string // its word is the inquiry's
	Unit   string // who is asked; empty while it is not sent
	LastOn clock.Date
	Items  []InquiryItem
}

// InquiryItem is one thing that was asked, with what was answered.
type InquiryItem struct {
	Words  string
	Said   string
	At     *time.Time
	Waived bool
}

// inquiries reads them: for a unit's staff, of the unit that leads, those whose answers it
// is given, once they are sent. Others of a unit read none.
func (d *Dossier) inquiries(p staff.Person) func(*register.Reading) {
	scope := p.Scope()
	sees, args := `(`+scope.SQL+`)`, scope.With(map[string]any{"shared": scope.Shared})
	if scope.Shared {
		args = map[string]any{"shared": true, "scope_unit": p.Unit}
		sees = `i.shared AND m.state <> 'drafted' AND EXISTS (
			SELECT FROM assignment l WHERE l.matter_id = m.follows AND l.part = 'lead' AND l.unit = @scope_unit AND l.ended_at IS NULL)`
	}
	if p.Role == staff.DisciplineOfficer { // who reads what was referred reads what was found out for it
		sees, args = `true`, map[string]any{"shared": true} // and has no page of it to open
	}
	return func(q *register.Reading) {
		q.Queue(`
			SELECT CASE WHEN @shared THEN '' ELSE m.number END, i.sort, m.title, m.state,
				coalesce((SELECT u.name FROM assignment a JOIN unit u ON u.code = a.unit WHERE a.matter_id = m.id AND a.part = 'lead' ORDER BY a.id DESC LIMIT 1), ''),
				(SELECT k.due_on FROM clock k WHERE k.matter_id = m.id AND k.rule IN ('PF-ASSIST', 'PF-CONSULT') ORDER BY k.id DESC LIMIT 1),
				(SELECT json_agg(json_build_object('Words', t.words, 'Said', coalesce(e.note, ''), 'At', e.at,
						'Waived', EXISTS (SELECT FROM request_waiver w WHERE w.matter_id = t.matter_id AND w.no = t.no AND w.item = t.item)) ORDER BY t.item)
					FROM request_item t LEFT JOIN request_answer r ON r.matter_id = t.matter_id AND r.no = t.no AND r.item = t.item
						LEFT JOIN event e ON e.matter_id = r.matter_id AND e.seq = r.seq WHERE t.matter_id = m.id)
			FROM matter m JOIN inquiry i ON i.matter_id = m.id
			WHERE m.follows = `+register.This+` AND m.kind = 'inquiry' AND `+sees+` ORDER BY m.id`, args).Query(func(rows pgx.Rows) (err error) {
			d.Inquiries, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Inquiry])
			return err
		})
	}
}
