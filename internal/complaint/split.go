package complaint

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/binding"
	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Where a complaint stands that was split, and a part that was split off by mistake.
const (
	Split      workflow.State = "split"
	PartsEnded workflow.State = "parts_ended"
	Missplit   workflow.State = "missplit"
)

// countsItself is that a complaint m is counted in figures: of one that was split its parts
// are, and what was split off by mistake is counted where it went back to.
const countsItself = `m.state NOT IN ('split', 'parts_ended', 'missplit')`

// What is done to a complaint of several natures: each nature has a procedure of its own, so
// each part is a complaint of its own, and the whole waits for them.
const (
	SplitUp    workflow.Action = "split"
	SplitMore  workflow.Action = "split_more"
	EnterPart  workflow.Action = "enter_part"
	AcceptPart workflow.Action = "accept_part"
	TakeBack   workflow.Action = "take_back"
	TakePart   workflow.Action = "take_part"
	LeavePart  workflow.Action = "leave_part"
	Rejoin     workflow.Action = "rejoin"
	EndParts   workflow.Action = "end_parts"
)

// Facts of kin.
const (
	isPart     = "is_part"     // it was split off another
	partWaits  = "part_waits"  // something was added to the whole, and no part has it yet
	allBack    = "all_back"    // every part was taken back
	partsEnded = "parts_ended" // every part has come to its end, with the rights that hang on it
	wholeOver  = "whole_over"  // the whole it was split off is over: nothing can go back to it
	spanned    = "spanned"     // a term of it was extended or stood still
)

// kinFlags say why these bar a move.
var kinFlags = map[string]string{
	isPart:          "这一件本身是拆出来的，不能再拆。还有别的性质的，回到原件再拆出一件。",
	"!" + isPart:    "这一件不是拆出来的。",
	wholeOver:       "原件已经办完，不能并回去。",
	spanned:         "期限延长过、暂停过，拆开以后各件的期限会少算这些天，不能再拆。可以就这一件办，另外的请投诉人另外投诉。",
	"!" + partWaits: "原件没有等着转的话。",
	"!" + allBack:   "还有没有并回来的件，不能恢复成一件。",
}

// addedSQL is what waits to be passed on of a whole, whose id is put in: what its
// complainant added since it was split, and, of the parts that were taken back, what they
// began with and what was added to them. What a part had been given that was taken back
// waits again.
func addedSQL(whole string) string {
	waits := func(id, seq string) string {
		return `NOT EXISTS (SELECT FROM passed p JOIN matter pm ON pm.id = p.matter_id WHERE p.of_id = ` + id + ` AND p.of_seq = ` + seq + ` AND pm.state <> 'missplit')`
	}
	return `(SELECT s.matter_id AS of_id, s.seq AS of_seq, s.body AS words, s.guarded FROM supplement s JOIN event e ON e.matter_id = s.matter_id AND e.seq = s.seq
		WHERE s.matter_id = ` + whole + ` AND e.from_state = 'split' AND ` + waits(`s.matter_id`, `s.seq`) + `
	UNION ALL SELECT s.matter_id, s.seq, s.body, s.guarded FROM matter b JOIN supplement s ON s.matter_id = b.id
		WHERE b.follows = ` + whole + ` AND b.state = 'missplit' AND ` + waits(`s.matter_id`, `s.seq`) + `
	UNION ALL SELECT b.id, e.seq, c.request || E'\n' || c.facts, false FROM matter b JOIN event e ON e.matter_id = b.id AND e.action = 'take_back' JOIN complaint c ON c.matter_id = b.id
		WHERE b.follows = ` + whole + ` AND b.state = 'missplit' AND ` + waits(`b.id`, `e.seq`) + `)`
}

// kinFacts are asked of a complaint: only a complaint that was split has another that
// follows it and is one, too.
var kinFacts = map[string]string{
	isPart:    `m.follows IS NOT NULL`,
	partWaits: `(m.state = 'split' OR m.follows IS NOT NULL) AND EXISTS (SELECT FROM ` + addedSQL(`coalesce(m.follows, m.id)`) + ` w)`,
	wholeOver: `EXISTS (SELECT FROM matter w WHERE w.id = m.follows AND w.state <> 'split')`,
	spanned:   `EXISTS (SELECT FROM clock_span cs WHERE cs.matter_id = m.id)`,
	allBack:   `parts_back(m.id)`,
	partsEnded: `m.state = 'split' AND EXISTS (SELECT FROM matter b WHERE b.follows = m.id AND b.kind = m.kind AND b.state <> 'missplit')
		AND NOT EXISTS (SELECT FROM matter b WHERE b.follows = m.id AND b.kind = m.kind AND (b.phase <> 3 OR b.state = 'transferred'
			OR ` + strings.ReplaceAll(recheckFacts[recheckAsked], "m.id", "b.id") + `
			OR NOT 'sealed' = ANY (b.flags) AND EXISTS (SELECT FROM clock k WHERE k.matter_id = b.id AND k.stopped_at IS NULL AND (k.rule = 'PF-VERIFY' OR k.due_at > ` + workflow.Now + `))))
		AND NOT EXISTS (SELECT FROM ` + addedSQL(`m.id`) + ` w)`,
}

// addition is what is passed on: a value of FromMatter.
const addition = "addition"

// partNeeds are what is asked of one part. What stands behind the names tells the parts of
// one form apart.
func partNeeds(of string) []workflow.Need {
	ofPart := map[string]string{"": "这一件", "_1": "第一件", "_2": "第二件"}[of]
	return []workflow.Need{
		{Name: "nature" + of, Label: ofPart + "的性质", Kind: workflow.AskChoice, Options: Natures, Ask: "请选" + ofPart + "的诉求性质"},
		{Name: "title" + of, Label: ofPart + "的标题", Hint: "承办单位看得到，不要写到别的几件。", Kind: workflow.AskLine, Max: 60, Ask: "请写" + ofPart + "的标题"},
		{Name: "unit" + of, Label: ofPart + "的被投诉单位", Kind: workflow.AskUnit, From: workflow.FromComplainable, Ask: "请选" + ofPart + "的被投诉单位"},
		{Name: "category" + of, Label: ofPart + "的类别", Kind: workflow.AskChoice, From: workflow.FromCategories, Ask: "请选" + ofPart + "的类别"},
		{Name: "request" + of, Label: ofPart + "的要求", Hint: "从投诉人写的里面摘，不要改。承办单位看到的就是这一段。", Kind: workflow.AskText, Max: 1000, Ask: "请摘" + ofPart + "的要求"},
		{Name: "facts" + of, Label: ofPart + "的事情经过", Hint: "从投诉人写的里面摘，不要改，不要带上别的几件。原文不动，监督人员一直看得到。", Kind: workflow.AskText, Max: 10000, Ask: "请摘" + ofPart + "的事情经过"},
		{Name: "papers" + of, Label: "合同、金额和说手里有的材料", Hint: "不选的，留在原件，这一件的承办单位看不到。", Kind: workflow.AskChoice, Optional: true, Options: []workflow.Option{{Value: "yes", Label: "给" + ofPart}}},
	}
}

// passing asks what is passed on.
func passing(ask string, optional bool) workflow.Need {
	return workflow.Need{Name: addition, Label: "转哪一段", Kind: workflow.AskChoice, From: workflow.FromMatter, Ask: ask, Optional: optional}
}

// atSplit are the clocks that a complaint has before it is split; its parts have them from
// then on.
var atSplit = slices.Concat(decided, ofFiling, ofAcceptance, []clock.Code{clock.PlatformAnswer})

func splitMoves() []workflow.Move {
	split, open := []workflow.State{Split}, []workflow.State{Registered, Accepted}
	opening := workflow.Move{
		Action: EnterPart, Apart: true, Hidden: true, Writes: true, Withheld: workflow.WithheldWhole, Label: "拆分立件", Title: "从原件拆出", Heading: "从您的投诉里分出来", To: Registered, By: desk,
		Starts: []clock.Code{clock.PlatformAccept, clock.PetitionNotice}, MayStart: ofFiling, Public: "从您的投诉里分出来单独办，正在决定是否受理。期限从原来那天算起。",
	}
	accepted := opening
	accepted.Action, accepted.To, accepted.Starts, accepted.MayStart = AcceptPart, Accepted, []clock.Code{clock.PlatformAnswer}, ofAcceptance
	accepted.Public = "从您的投诉里分出来单独办，已经受理。期限从原来那天算起。"
	return []workflow.Move{
		{
			Action: SplitUp, Aside: true, Withheld: workflow.WithheldWhole, Label: "拆成几件", Done: "已经拆开", Heading: "分成几件办", From: open, To: Split, By: desk, Never: []string{UnitUnsettled, isPart, OnceAnswered, spanned, staff.ReaderMeant},
			Effect: "一件里说了几件性质不同的事：一种性质一件，各有编号、程序、期限、答复和复查的权利，期限从原来那天算起。投诉人用原来的编号和查询码，每一件都看得到。各件的承办单位不知道还有别的几件。",
			Needs:  slices.Concat(partNeeds(PartsOf(SplitUp)[0]), partNeeds(PartsOf(SplitUp)[1])), Stops: append(slices.Clone(atSplit), request.Clocks...), Tells: toComplainant("split"),
			Public: "您说的是几件性质不同的事，分成几件办，各有各的答复。期限照原来的算，权利不变；编号和查询码还用这一个。",
		},
		{
			Action: SplitMore, Aside: true, Withheld: workflow.WithheldWhole, Label: "再拆出一件", Done: "又拆出一件", Heading: "又分出一件", From: split, By: desk, Never: []string{staff.ReaderMeant},
			Effect: "还有别的性质的，或者并回来的、后来补充的那一段要单独办的。期限从原来那天算起。",
			Needs:  append(partNeeds(""), passing("", true), unreadAnyway()), Public: "又分出一件单独办，期限照原来的算。",
		},
		opening, accepted,
		{
			Action: TakeBack, Quiet: true, Aside: true, Withheld: workflow.WithheldWhole, Sign: workflow.Refused, Label: "拆错了，并回原件", Done: "已经并回原件", Heading: "并回原来那一件", From: open, To: Missplit, By: desk, Only: []string{isPart}, Never: []string{wholeOver, staff.ReaderMeant},
			Effect: "这一件到此结束，它的那一段回到原件：再拆，转给别的一件，或者都并回来以后照一件办。投诉人看得到。",
			Needs:  []workflow.Need{{Name: "public", Label: "为什么并回", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么并回"}},
			Tells:  toComplainant("part_back"), Public: "这一部分分错了，并回原来那一件接着办：{public}", Hard: true,
		},
		{
			Action: TakePart, Quiet: true, Aside: true, Writes: true, Label: "从原件转来一段", Done: "已经转来", Title: "投诉人补充的话", Heading: "您补充的话转到这里",
			From: []workflow.State{Registered, SupplementRequired, Accepted, Joined, Dispatched, Objected, Handling, ResultSubmitted, UnderReview, Replied, Rated, ReviewRequested, RecheckRequested, Reopened}, By: desk, Only: []string{isPart, partWaits}, Never: []string{staff.ReaderMeant},
			Effect: "投诉人补充在原件里的话，或者并回原件的那一段，属于这一件的转到这里。只说给监督人员听的，转来以后承办单位也看不到。",
			Needs:  []workflow.Need{passing("请选转哪一段", false), {Name: "words", Label: "转来的话", Hint: "从投诉人写的里面摘，不要改，不要带上别的几件。", Kind: workflow.AskText, Max: 10000, Ask: "请摘要转来的话"}},
			Public: "您补充的话已经转给{whom}。",
		},
		{
			Action: LeavePart, Quiet: true, Withheld: workflow.WithheldWhole, Label: "这一段不用另办", Done: "已经记下", Heading: "看了您补充的话", From: split, By: desk, Only: []string{partWaits}, Never: []string{staff.ReaderMeant},
			Effect: "补充的话不属于哪一件，或者哪一件里已经有了的。投诉人看得到为什么。",
			Needs:  []workflow.Need{passing("请选哪一段", false), {Name: "public", Label: "为什么不用另办", Hint: "投诉人会原样看到。", Kind: workflow.AskText, Max: 1000, Ask: "请写为什么不用另办"}},
			Public: "您补充的话看过了，不用另外办：{public}",
		},
		{
			Action: Rejoin, Quiet: true, Leads: true, Withheld: workflow.WithheldWhole, Label: "恢复成一件", Done: "已经恢复成一件", Heading: "照一件办", From: split, MayLead: open, By: desk, Only: []string{allBack}, Never: []string{staff.ReaderMeant},
			Effect:   "拆出来的都并回来了：照拆开以前接着办，期限从原来那天算起。",
			MayStart: atSplit, Public: "分出来的都并回来了，照一件接着办，期限照原来的算。",
		},
		{
			Action: EndParts, Label: "各件都办完了", Heading: "各件都办完了", From: split, To: PartsEnded, By: []workflow.Role{staff.System}, Hidden: true, Sign: workflow.Finished,
			Timed: workflow.Timed{Fact: partsEnded}, Public: "分出来的几件都办完了。",
		},
	}
}

// filed is what a part has of the whole, beside what its form says.
type filed struct {
	Channel                                Channel
	ComplainantKind, InLitigation          string
	Anonymous, Confidential, Edelivery     bool
	RosterMatch                            *bool
	ContractNo                             string
	ContractDate, DueOn, ReceivedOn        *time.Time
	ContractAmount, UnpaidAmount           *int64
	EvidenceHeld                           []string
	WrittenDate, WrittenDue, WrittenAmount string
	WrittenUnpaid                          string
	OpenedAt                               time.Time
}

// partRows are the rows of a part beside those of every new matter. It has no identity and
// no query code: those of the whole are its.
const partRows = `,
	new_complaint AS (
		INSERT INTO complaint (matter_id, channel, complainant_kind, anonymous, confidential, edelivery, roster_match, unit_said,
			track, nature, request, facts, reasons, contract_no, contract_date, contract_amount, unpaid_amount, due_on, in_litigation, elsewhere,
			evidence_held, origin, received_on)
		SELECT n.id, @channel, @complainant_kind, @anonymous, @confidential, @edelivery, @roster_match::boolean, @unit_said,
			nullif(@track, ''), @nature, @request, @facts, @reasons, @contract_no, @contract_date::date, @contract_amount::bigint, @unpaid_amount::bigint, @due_on::date,
			@in_litigation, @elsewhere, @evidence_held::text[], @origin, @received_on::date FROM n),
	new_written AS (
		INSERT INTO as_written (matter_id, contract_date, due_on, contract_amount, unpaid_amount)
		SELECT n.id, @written_date, @written_due, @written_amount, @written_unpaid FROM n
		WHERE @written_date || @written_due || @written_amount || @written_unpaid <> '')`

// PartsOf is what stands behind the names of a form that splits, of each part.
func PartsOf(a workflow.Action) []string {
	if a == SplitUp {
		return []string{"_1", "_2"}
	}
	return []string{""}
}

// splitUp opens the parts. What was asked of anybody for the whole is waited for no more: no
// unit works on it.
func splitUp(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	if err := request.EndAll(ctx, s, request.Over, everyRequest); err != nil {
		return err
	}
	return openParts(ctx, r, s, a, PartsOf(SplitUp)...)
}

// splitMore opens one part more, which may begin with what waits to be passed on.
func splitMore(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers) error {
	if a.Get(addition) != "" {
		added, err := pass(ctx, s, s.Matter.ID, a, "")
		if err != nil {
			return err
		}
		if added.Guarded { // what a part begins with, its unit reads
			return fault.Fields([]fault.Field{{Name: addition, Sentence: "这一段只说给监督人员听，拆成一件，承办单位就看得到。请不选它，或者到那一件里转来"}})
		}
	}
	return openParts(ctx, r, s, a, PartsOf(SplitMore)...)
}

func openParts(ctx context.Context, r *register.Register, s *workflow.Step, a workflow.Answers, parts ...string) error {
	units := make([]string, len(parts))
	for i, of := range parts {
		units[i] = a.Get("unit" + of)
	}
	// The bars of each are those of all.
	someone, err := pg.One[bool](ctx, s.Conn, `
		SELECT somebody_settles(named || @units::text[], meant, persons, '{}', @roles, 'unnamed') FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "units": units, "roles": staff.Settling()})
	if err != nil {
		return fmt.Errorf("who is left to read the parts: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有拆。这样拆开以后，就没有登记员或者督办员能看到这件投诉了。请先由系统管理员在不相干的单位添加一名登记员。")
	}
	if err := stillRead(ctx, s, a, units...); err != nil {
		return err
	}
	whole, err := pg.One[filed](ctx, s.Conn, `
		SELECT c.channel, c.complainant_kind, c.in_litigation, c.anonymous, c.confidential, c.edelivery, c.roster_match, c.contract_no, c.contract_date, c.due_on, c.received_on,
			c.contract_amount, c.unpaid_amount, c.evidence_held, coalesce(w.contract_date, '') AS written_date, coalesce(w.due_on, '') AS written_due,
			coalesce(w.contract_amount, '') AS written_amount, coalesce(w.unpaid_amount, '') AS written_unpaid, m.opened_at
		FROM matter m JOIN complaint c ON c.matter_id = m.id LEFT JOIN as_written w ON w.matter_id = m.id WHERE m.id = @id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("complaint to split: %w", err)
	}
	before, err := atItsSplit(ctx, s)
	if err != nil {
		return err
	}
	for _, of := range parts {
		o, err := whole.part(s, before, a, of)
		if err != nil {
			return err
		}
		if err := r.OpenIn(ctx, s, o); err != nil {
			return err
		}
	}
	return nil
}

// part is the opening of one.
func (f filed) part(s *workflow.Step, before stood, a workflow.Answers, of string) (register.Opening, error) {
	nature, category := a.Get("nature"+of), a.Get("category"+of)
	track := s.Matter.Class.Track
	if proposed, _ := ProposeTrack(f.Channel, f.ComplainantKind, category); track == "" || category != s.Matter.Category {
		track = proposed
	}
	own := pg.Args{
		"channel": string(f.Channel), "track": track, "nature": nature, "complainant_kind": f.ComplainantKind, "anonymous": f.Anonymous, "confidential": f.Confidential,
		"edelivery": f.Edelivery, "roster_match": f.RosterMatch, "unit_said": "", "request": form.Text(a.Get("request" + of)), "facts": form.Text(a.Get("facts" + of)), "reasons": "",
		"contract_no": "", "contract_date": nil, "contract_amount": nil, "unpaid_amount": nil, "due_on": nil, "in_litigation": f.InLitigation, "elsewhere": "",
		"evidence_held": []string{}, "origin": "", "received_on": f.ReceivedOn,
		"written_date": "", "written_due": "", "written_amount": "", "written_unpaid": "",
	}
	if a.Get("papers"+of) == "yes" {
		own["contract_no"], own["contract_date"], own["contract_amount"], own["unpaid_amount"], own["due_on"], own["evidence_held"] = f.ContractNo, f.ContractDate, f.ContractAmount, f.UnpaidAmount, f.DueOn, f.EvidenceHeld
		own["written_date"], own["written_due"], own["written_amount"], own["written_unpaid"] = f.WrittenDate, f.WrittenDue, f.WrittenAmount, f.WrittenUnpaid
	}
	said := chain.Said{}
	row, err := binding.Row("filing", own)
	if err != nil {
		return register.Opening{}, err
	}
	said["filing"] = []chain.Row{row}
	written := AsWritten{f.WrittenDate, f.WrittenDue, f.WrittenAmount, f.WrittenUnpaid}
	if own["written_date"] != "" || own["written_due"] != "" || own["written_amount"] != "" || own["written_unpaid"] != "" {
		if row, err = binding.Row("written", written.args()); err != nil {
			return register.Opening{}, err
		}
		said["written"] = []chain.Row{row}
	}
	flags := []string{}
	for _, flag := range []string{Anonymous, workflow.Reachable} {
		if s.Matter.Has(flag) {
			flags = append(flags, flag)
		}
	}
	if nature == "ACC" {
		flags = append(flags, Accusation)
	}
	o := register.Opening{
		New: workflow.New{
			Unit: a.Get("unit" + of), Category: category, Title: form.Line(a.Get("title" + of)), Follows: s.Matter.ID, Flags: flags,
			Class: clock.Class{Track: track, Nature: nature}, Since: f.OpenedAt, Began: before.Terms, Act: workflow.Act{Action: EnterPart, By: s.Act.By}, Like: File,
		},
		SQL: partRows, Args: own, Said: said,
	}
	if before.State == Accepted {
		o.Act.Action, o.Like = AcceptPart, Accept
	}
	if began, ok := o.Began[clock.PlatformAnswer]; ok {
		o.Since = began // what begins with the acceptance
	}
	return o, nil
}

// pass notes what became of something that was added to the whole, and gives what it was.
func pass(ctx context.Context, s *workflow.Step, whole int64, a workflow.Answers, words string) (Added, error) {
	waits, err := pg.All[Added](ctx, s.Conn, `SELECT w.of_id, w.of_seq, w.words, w.guarded FROM `+addedSQL(`@whole`)+` w ORDER BY 1, 2`, pg.Args{"whole": whole})
	if err != nil {
		return Added{}, fmt.Errorf("what waits to be passed on: %w", err)
	}
	i := slices.IndexFunc(waits, func(w Added) bool { return w.value() == a.Get(addition) })
	if i < 0 {
		return Added{}, fault.Fields([]fault.Field{{Name: addition, Sentence: "这一段已经有人转过了，请从列出的里面选"}})
	}
	s.Queue(`INSERT INTO passed (matter_id, seq, of_id, of_seq, words, guarded) VALUES (@id, @seq, @of_id, @of_seq, @words, @guarded)`,
		pg.Args{"id": s.Matter.ID, "seq": s.Seq, "of_id": waits[i].OfID, "of_seq": waits[i].OfSeq, "words": words, "guarded": waits[i].Guarded})
	return waits[i], nil
}

// takePart gives a part what was added to the whole.
func takePart(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	whole, err := pg.One[int64](ctx, s.Conn, `SELECT w.id FROM matter m JOIN matter w ON w.id = m.follows WHERE m.id = @id FOR UPDATE OF w`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return fmt.Errorf("whole of a part: %w", err)
	}
	added, err := pass(ctx, s, whole, a, form.Text(a.Get("words")))
	s.Word("whom", "正在办理的人")
	if added.Guarded {
		s.Word("whom", "办这一件的监督人员，承办单位看不到，也不知道有这回事")
	}
	return err
}

func leavePart(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	_, err := pass(ctx, s, s.Matter.ID, a, "")
	return err
}

// stood is where a complaint stood when it was split, and since when its terms ran.
type stood struct {
	State workflow.State
	Terms map[clock.Code]time.Time
}

// atItsSplit is how it stands while it is being split, and how it stood then once it is.
func atItsSplit(ctx context.Context, s *workflow.Step) (stood, error) {
	before := stood{s.Matter.State, map[clock.Code]time.Time{}}
	if s.Matter.State != Split {
		for code, term := range s.Matter.Terms {
			if term.Running {
				before.Terms[code] = term.Started
			}
		}
		return before, nil
	}
	type ran struct {
		State     workflow.State
		Rule      clock.Code
		StartedAt time.Time
	}
	all, err := pg.All[ran](ctx, s.Conn, `
		SELECT e.from_state AS state, coalesce(k.rule, '') AS rule, coalesce(k.started_at, e.at) AS started_at
		FROM event e LEFT JOIN clock k ON k.matter_id = e.matter_id AND k.stopped_seq = e.seq
		WHERE e.matter_id = @id AND e.seq = (SELECT max(n.seq) FROM event n WHERE n.matter_id = @id AND n.action = 'split')`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return before, fmt.Errorf("terms of what was split: %w", err)
	}
	before.State = Registered
	for _, k := range all {
		before.State = k.State
		if slices.Contains(atSplit, k.Rule) {
			before.Terms[k.Rule] = k.StartedAt
		}
	}
	return before, nil
}

// rejoin goes on where the complaint stood, with its terms as they ran.
func rejoin(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	before, err := atItsSplit(ctx, s)
	if err != nil {
		return err
	}
	for code, since := range before.Terms {
		s.Start(code, since)
	}
	s.Lead(before.State)
	return nil
}

// Added is something that waits to be passed on to a part.
type Added struct {
	OfID, OfSeq int64
	Words       string
	Guarded     bool
}

// value is how a form names it.
func (a Added) value() string {
	return strconv.FormatInt(a.OfID, 10) + "-" + strconv.FormatInt(a.OfSeq, 10)
}

// Kin is a complaint that was split off this one, or that this one was split off.
type Kin struct {
	Number string
	Title  string
	State  workflow.State
	Nature string
	Whole  bool
}

// kin reads of a whole its parts and what waits for them, and of a part its whole, as far as
// the reader may know of them. Of its kin a part shows the whole alone: whoever works on one
// learns nothing of another. A unit learns of none.
func (d *Dossier) kin(p staff.Person) func(*register.Reading) {
	scope := p.Scope()
	if scope.Shared {
		return func(*register.Reading) {}
	}
	return func(q *register.Reading) {
		q.Queue(`
			SELECT m.number, m.title, m.state, coalesce(c.nature, ''), m.follows IS NULL
			FROM matter o JOIN matter m ON m.kind = o.kind AND (m.id = o.follows OR m.follows = o.id) JOIN complaint c ON c.matter_id = m.id
			WHERE o.id = `+register.This+` AND (`+scope.SQL+`) ORDER BY m.id`, scope.Args).Query(func(rows pgx.Rows) (err error) {
			d.Kin, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Kin])
			return err
		})
		q.Queue(`
			SELECT w.of_id, w.of_seq, w.words, w.guarded
			FROM matter m CROSS JOIN LATERAL `+addedSQL(`coalesce(m.follows, m.id)`)+` w
			WHERE m.id = coalesce((SELECT o.follows FROM matter o WHERE o.id = `+register.This+`), `+register.This+`) AND m.kind = 'complaint' AND (`+scope.SQL+`)
			ORDER BY 1, 2`, scope.Args).Query(func(rows pgx.Rows) (err error) {
			d.Waiting, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Added])
			return err
		})
	}
}

// additions are the choices of what is passed on.
func (d *Dossier) additions() []workflow.Option {
	var list []workflow.Option
	for _, w := range d.Waiting {
		label := []rune(form.Line(w.Words))
		if len(label) > 60 {
			label = append(label[:60], '…')
		}
		list = append(list, workflow.Option{Value: w.value(), Label: string(label)})
	}
	return list
}

// OwnKin is one of the complaints that a complainant's was split into, or the whole.
type OwnKin struct {
	Number, Title string
	State         workflow.State
	Whole         bool
}
