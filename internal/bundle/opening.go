package bundle

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"zhengxin/internal/binding"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// Most is how many complaints one bundle may hold.
const Most = 50

// followed is a complaint that the member who has something open may put in.
type followed struct {
	Number string
	Matter int64
	Asked  int64
	Held   bool   // it is in the bundle that is open
	Used   string // number of another bundle, for which this consent was
}

// numbersOf are the numbers that were ticked, or typed, however they are set apart.
func numbersOf(a workflow.Answers) (all []string, said string) {
	for _, typed := range strings.FieldsFunc(form.Text(strings.Join(a["numbers"], "\n")), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("、，,;；", r) }) {
		number, ok := form.ParseNumber(typed)
		switch {
		case !ok:
			return nil, "“" + typed + "”不是投诉编号，请核对"
		case !slices.Contains(all, number):
			all = append(all, number)
		}
	}
	switch {
	case len(all) == 0:
		return nil, "请选投诉"
	case len(all) > Most:
		return nil, fmt.Sprintf("现在是 %d 件，最多 %d 件", len(all), Most)
	}
	return all, ""
}

// chosen are the complaints that were typed: all of them the member's to put in, or to take
// out. What is foreign, absent or not consented to is said alike.
func chosen(ctx context.Context, q pg.Queryer, act workflow.Act) ([]followed, error) {
	typed, said := numbersOf(act.Answers)
	refuse := func(sentence string) ([]followed, error) {
		return nil, fault.Fields([]fault.Field{{Name: "numbers", Sentence: sentence}})
	}
	if said != "" {
		return refuse(said)
	}
	able, err := pg.All[followed](ctx, q, `SELECT number, matter, asked, held, used FROM bundle_able(@unlock)`, pg.Args{"unlock": act.Unlock})
	if err != nil {
		return nil, fmt.Errorf("what a member follows: %w", err)
	}
	var found []followed
	for _, number := range typed {
		i := slices.IndexFunc(able, func(f followed) bool { return f.Number == number })
		switch {
		case i < 0 && act.Action == Drop, i >= 0 && act.Action == Drop && !able[i].Held:
			return refuse(number + "不在这次合并反映里")
		case i < 0:
			return refuse(number + "不在您跟进的投诉里，只能放投诉人同意您跟进的")
		case act.Action != Drop && able[i].Held:
			return refuse(number + "已经在里面")
		case act.Action != Drop && able[i].Used != "":
			return refuse(number + "已经放进过" + able[i].Used + "，投诉人同意的只有一次")
		}
		found = append(found, able[i])
	}
	return found, nil
}

// newBundle is what a bundle adds to its opening.
const newBundle = `,
	new_bundle AS (INSERT INTO bundle (matter_id, member_id, name, words) SELECT n.id, @whose, @who, @words FROM n),
	new_complaints AS (
		INSERT INTO bundle_complaint (matter_id, seq, complaint, asked, held)
		SELECT n.id, 1, c.complaint, c.asked, true FROM n, unnest(@complaints::bigint[], @asks::bigint[]) AS c (complaint, asked))`

// send opens a bundle with the complaints that were chosen.
func send(ctx context.Context, r *register.Register, act workflow.Act) (register.Opening, error) {
	found, err := chosen(ctx, r.Pool, act)
	if err != nil {
		return register.Opening{}, err
	}
	words, said := form.Text(act.Answers.Get("words")), binding.Saying{}
	said.Row("bundle", pg.Args{"member_id": act.By.MemberID, "name": act.By.Name, "words": words})
	complaints, asks := make([]int64, len(found)), make([]int64, len(found))
	for i, f := range found {
		complaints[i], asks[i] = f.Matter, f.Asked
		said.Row("bundle_complaint", pg.Args{"seq": 1, "complaint": f.Matter, "asked": f.Asked, "held": true})
	}
	return register.Opening{
		New: workflow.New{Title: form.Line(act.Answers.Get("title")), Act: act}, SQL: newBundle, Said: said.Said,
		Args: pg.Args{"whose": act.By.MemberID, "who": act.By.Name, "words": words, "complaints": complaints, "asks": asks},
	}, said.Fault
}

// change puts complaints in, or takes them out.
func change(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	found, err := chosen(ctx, s.Conn, s.Act)
	if err != nil {
		return err
	}
	if s.Act.Action == Drop {
		left, err := pg.One[int](ctx, s.Conn, `SELECT count(*)::int FROM bundle_able(@unlock) a WHERE a.held`, pg.Args{"unlock": s.Act.Unlock})
		if err != nil {
			return fmt.Errorf("what is left in a bundle: %w", err)
		}
		if left <= len(found) { // nothing would be left to answer
			return fault.Fields([]fault.Field{{Name: "numbers", Sentence: "这样一件也不剩了。要全部拿掉的，请撤回这次合并反映"}})
		}
	}
	s.Word("count", strconv.Itoa(len(found)))
	for _, f := range found {
		s.Queue(`INSERT INTO bundle_complaint (matter_id, seq, complaint, asked, held) VALUES (@id, @seq, @complaint, @asked, @held)`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "complaint": f.Matter, "asked": f.Asked, "held": s.Act.Action == Add})
	}
	return nil
}

// propose links the proposal as which the bundle is handled from now on.
func propose(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	type row struct {
		ID          int64
		Designation string
	}
	number, _ := form.ParseNumber(a.Get("proposal"))
	found, err := pg.One[row](ctx, s.Conn, `
		SELECT o.matter_id AS id, o.designation FROM proposal o JOIN matter m ON m.id = o.matter_id WHERE m.number = @number AND (o.source = 'npc_interim' OR o.source = 'cppcc' AND EXISTS (SELECT FROM bundle b JOIN member w ON w.id = b.member_id WHERE b.matter_id = @bundle AND w.kind = 'cppcc_member'))`, pg.Args{"number": number, "bundle": s.Matter.ID})
	if pg.IsNoRows(err) {
		return fault.Fields([]fault.Field{{Name: "proposal", Sentence: "没有这个办理编号的闭会建议（委员的，写提案），请先在建议提案里登记，再写它的编号"}})
	}
	if err != nil {
		return fmt.Errorf("proposal of a bundle: %w", err)
	}
	s.Word("proposal", found.Designation+"（"+number+"）")
	s.Queue(`INSERT INTO bundle_proposal (matter_id, seq, proposal) VALUES (@id, @seq, @proposal)`, pg.Args{"id": s.Matter.ID, "seq": s.Seq, "proposal": found.ID})
	return nil
}
