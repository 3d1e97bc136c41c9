package complaint

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/letter"
	"zhengxin/internal/outside"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about a complaint that was handed on to a body outside.
const (
	NoteReceipt    workflow.Action = "note_receipt"
	TellNoReceipt  workflow.Action = "receipt_missing"
	HandedBack     workflow.Action = "handed_back"
	unacknowledged                 = "unacknowledged" // handed on, and no receipt noted
)

var transferFlags = map[string]string{"!" + unacknowledged: "没有等着的回执。"}

var transferFacts = map[string]string{
	unacknowledged: `EXISTS (SELECT FROM transfer t WHERE t.matter_id = m.id AND t.seq = (SELECT max(n.seq) FROM transfer n WHERE n.matter_id = m.id)
		AND NOT EXISTS (SELECT FROM transfer_receipt r WHERE r.matter_id = t.matter_id AND r.transferred = t.seq))`,
}

// newBody answers that a body outside is not known.
var newBody = workflow.Need{Name: "new_body", Label: "以前没有写过这个机关", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "名称核对过，就是它"}}}

// otherBody answers that a body outside is not the unit that its name is like.
var otherBody = workflow.Need{Name: "other_body", Label: "名称像投诉里说到的单位", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "不是那个单位，是另外的机关"}}}

// transferNeeds are to whom it is handed on, and by what.
var transferNeeds = []workflow.Need{
	{Name: "body", Label: "转到哪个机关", Hint: "写几个字，从“其他机关”里选，或者写全名。投诉人会原样看到，名录里写了怎么找它的，也告诉投诉人。", Kind: workflow.AskLine, From: workflow.FromBodies, Max: 60, Ask: "请写转到哪个机关"},
	newBody, otherBody,
	{Name: "document", Label: "凭哪份文书", Hint: "写名称和文号，例如：转送函 政信转〔2026〕3号", Kind: workflow.AskLine, Max: 200, Ask: "请写凭哪份文书转送"},
	{Name: "public", Label: "依据什么、为什么转", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写依据什么、为什么转"},
}

// transferMoves are what is done while another body has it. What it hands back is decided on
// anew: the terms of that decision begin again, as for what comes in.
func transferMoves() []workflow.Move {
	away, system := []workflow.State{Transferred}, []workflow.Role{staff.System}
	return []workflow.Move{
		{
			Action: NoteReceipt, Quiet: true, Label: "记下回执", Done: "回执已经记下", Title: "收到回执", Heading: "收到的机关有了回执", From: away, By: desk, Only: []string{unacknowledged}, Never: []string{staff.ReaderMeant},
			Effect: "收到的机关说收到了。投诉人看得到哪一天收到的、它的编号。", Stops: []clock.Code{clock.TransferReceipt},
			Needs: []workflow.Need{
				{Name: "on", Label: "哪一天收到的", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正收到的那一天", Ask: "请写哪一天收到的"},
				{Name: "who", Label: "那边谁收的", Hint: "科室或者姓名，只有监督办公室看得到。", Kind: workflow.AskLine, Max: 60, Optional: true},
				{Name: "number", Label: "它的编号", Hint: "没有就空着。投诉人看得到，可以凭它去问。", Kind: workflow.AskLine, Max: 60, Optional: true},
			},
			Tells: toComplainant("result"), Public: "{body}在{on}收到了{number}。",
		},
		{
			Action: TellNoReceipt, News: "转送没有回执", Sign: workflow.Asking, Label: "提醒没有回执", Title: "到期没有回执，请催问", From: away, By: system, Hidden: true,
			Timed: workflow.Timed{Clock: clock.TransferReceipt}, Tells: []workflow.Tell{{Template: "receipt_missing", To: letter.ToDesk}},
		},
		{
			Action: HandedBack, Aside: true, Sign: workflow.ToBegin, Label: "对方退回，重新决定", Done: "已经收回来，重新决定怎么办", Title: "被退回", Heading: "收到的机关退回来了", From: away, To: Registered, By: desk, Never: []string{staff.ReaderMeant},
			Effect: "收到的机关说不归它办的：本件回到决定是否受理，受理期限从今天重新算。投诉人看得到。",
			Needs:  []workflow.Need{{Name: "public", Label: "对方为什么退回", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写对方为什么退回"}},
			Stops:  []clock.Code{clock.TransferReceipt}, Starts: []clock.Code{clock.PlatformAccept, clock.PetitionNotice}, MayStart: ofFiling,
			Tells: toComplainant("transfer_returned"), Public: "{body}退回来了：{public}。现在重新决定怎么办，期限从今天重新算。",
		},
	}
}

// bodyOutside is the body that is written, by the name that the directory of them has, and how
// it is found, as a public sentence goes on. One that is neither there nor was handed anything
// before is asked about.
func bodyOutside(ctx context.Context, s *workflow.Step, a workflow.Answers, wrong string) (name, found string, err error) {
	name = form.Line(a.Get("body"))
	all, err := outside.Read(ctx, s.Conn)
	if err != nil {
		return "", "", err
	}
	if b := all.On(clock.On(s.At)).Called(name); b != nil {
		if b.Contact != "" {
			found = "（" + b.Found() + "）"
		}
		return b.Name, found, nil
	}
	known, err := pg.One[bool](ctx, s.Conn, `SELECT EXISTS (SELECT FROM transfer WHERE body = @body)`, pg.Args{"body": name})
	if err != nil {
		return "", "", fmt.Errorf("bodies outside: %w", err)
	}
	switch ended := all.Called(name); {
	case a.Get("new_body") == "yes":
	case ended != nil:
		return "", "", fault.Fields([]fault.Field{{Name: "new_body", Sentence: "名录里的“" + ended.Name + "”" + ended.ValidTo.Long() + "以后不再用，请核对名称，" + wrong, Asked: true}})
	case !known:
		return "", "", fault.Fields([]fault.Field{{Name: "new_body", Sentence: "名录里没有、以前也没有转送过“" + name + "”，请核对名称，" + wrong, Asked: true}})
	}
	return name, "", nil
}

// redirect says where to go, and how it is found.
func redirect(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Word("where", "")
	if form.Line(a.Get("body")) == "" {
		return nil
	}
	body, found, err := bodyOutside(ctx, s, a, "写错了投诉人找不到")
	s.Word("where", "去"+body+found+"。")
	return err
}

// transfer keeps to whom it goes. A body that was never written before is asked about: what
// is mistyped reaches nobody.
func transfer(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	body, found, err := bodyOutside(ctx, s, a, "写错了送不到")
	if err != nil {
		return err
	}
	if err := notAccused(ctx, r, s, a, body); err != nil {
		return err
	}
	if err := request.EndAll(ctx, s, request.Over, everyRequest); err != nil { // nobody here works on it, and nothing can be answered there
		return err
	}
	s.Word("body", body)
	s.Word("found", found)
	s.Word("document", form.Line(a.Get("document")))
	s.Queue(`INSERT INTO transfer (matter_id, seq, body, document) VALUES (@id, @seq, @body, @document)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "body": body, "document": form.Line(a.Get("document"))})
	return nil
}

// notAccused refuses a body that is called like a unit which may not have the matter in hand:
// what is handed on is read there, whoever it is about. One that is in no directory and has a
// name like it is asked about.
func notAccused(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers, body string) error {
	units, err := r.Units.All(ctx)
	if err != nil {
		return err
	}
	known, err := outside.Read(ctx, s.Conn)
	if err != nil {
		return err
	}
	for _, name := range []string{form.Line(a.Get("body")), body} {
		called, exactly := units.Called(name)
		barred, err := pg.All[string](ctx, s.Conn, `SELECT u.code FROM unit u, matter m WHERE m.id = @id AND u.code = ANY (@units) AND unit_bars(u.code) && (m.named || m.meant)`,
			pg.Args{"units": append(units.Meant(name).Codes(), called.Code), "id": s.Matter.ID})
		switch {
		case err != nil:
			return fmt.Errorf("body of a transfer: %w", err)
		case exactly && slices.Contains(barred, called.Code):
			return fault.Fields([]fault.Field{{Name: "body", Sentence: "这是投诉里说到的单位，或者归它管、要回避的单位，不能转给它"}})
		case len(barred) > 0 && !exactly && known.Called(body) == nil && a.Get(otherBody.Name) != "yes":
			like, _ := units.ByCode(barred[0])
			return fault.Fields([]fault.Field{{Name: otherBody.Name, Sentence: "“" + name + "”像投诉里说到的、要回避的“" + like.Name + "”，不能转给它，请核对", Asked: true}})
		}
	}
	return nil
}

// lastTransfer is the newest under the lock of a move; what was handed on before this was kept
// has none.
func lastTransfer(ctx context.Context, s *workflow.Step) (Handed, error) {
	all, err := pg.All[Handed](ctx, s.Conn, handedSQL+`@id`+handedOrder, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return Handed{}, fmt.Errorf("transfer: %w", err)
	}
	if len(all) == 0 {
		return Handed{Body: "收到的机关"}, nil
	}
	return all[0], nil
}

func noteReceipt(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	last, err := lastTransfer(ctx, s)
	if err != nil {
		return err
	}
	on := a.Date(s.Move.Need("on"), s.At)
	if given := clock.On(last.At); on.Before(given) {
		return fault.Fields([]fault.Field{{Name: "on", Sentence: given.Long() + "才转送，不会早于这一天收到，请核对"}})
	}
	number := form.Line(a.Get("number"))
	s.Word("body", last.Body)
	s.Word("on", on.Long())
	s.Word("number", "")
	if number != "" {
		s.Word("number", "，那边的编号是"+number)
	}
	s.Queue(`INSERT INTO transfer_receipt (matter_id, seq, transferred, received_on, received_by, number) VALUES (@id, @seq, @transferred, @on, @by, @number)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "transferred": last.Seq, "on": on, "by": form.Line(a.Get("who")), "number": number})
	return nil
}

func handedBack(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	last, err := lastTransfer(ctx, s)
	s.Word("body", last.Body)
	return err
}

// Handed is that a complaint was handed on, and the receipt for it.
type Handed struct {
	Seq        int64
	At         time.Time
	Body       string
	Document   string
	ReceivedOn clock.Date // zero while there is no receipt
	ReceivedBy string
	Number     string
}

const (
	handedSQL = `
		SELECT t.seq, e.at, t.body, t.document, r.received_on, coalesce(r.received_by, '') AS received_by, coalesce(r.number, '') AS number
		FROM transfer t JOIN event e ON e.matter_id = t.matter_id AND e.seq = t.seq LEFT JOIN transfer_receipt r ON r.matter_id = t.matter_id AND r.transferred = t.seq
		WHERE t.matter_id = `
	handedOrder = ` ORDER BY t.seq DESC`
)

// handed reads them, the newest first.
func (d *Dossier) handed(q *register.Reading) {
	if !d.Stripped {
		q.Queue(handedSQL+register.This+handedOrder, nil).Query(func(rows pgx.Rows) (err error) {
			d.HandedOn, err = pgx.CollectRows(rows, pgx.RowToStructByName[Handed])
			return err
		})
	}
}
