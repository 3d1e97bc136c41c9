package complaint

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// What is done about what was referred. Seal is that what was referred before referring
// sealed it is sealed, too.
const (
	Seal           workflow.Action = "seal"
	OpenSealed     workflow.Action = "open_sealed"
	TellAccepted   workflow.Action = "tell_accepted"
	NoteConcluded  workflow.Action = "note_concluded"
	TellResult     workflow.Action = "tell_result"
	RemindAccepted workflow.Action = "remind_accepted"
	RemindResult   workflow.Action = "remind_result"
	PassSealed     workflow.Action = "pass_sealed"
)

// Facts of what is sealed.
const (
	toOpen       = "to_open"        // its reader has to open it; while it is open no page shows this
	opened       = "opened"         // its reader opened it once
	named        = "named"          // whoever reported it gave a name
	acceptedTold = "accepted_told"  // and was told whether it is accepted
	concluded    = "case_concluded" // 纪检监察 is done with it
	resultTold   = "result_told"    // and whoever reported it by name was told
	sealedPart   = "sealed_part"    // of a complaint that was split, a part is sealed
	lettersLost  = "letters_lost"
)

var sealFlags = map[string]string{
	staff.Sealed: "已经封存。", "!" + staff.Sealed: "还没有封存。", "!" + toOpen: "这一件已经打开。", "!" + opened: "先写理由打开，再办。",
	"!" + named: "反映的人没有留姓名，不用告知、反馈。", acceptedTold: "已经告知过受理情况。", concluded: "已经记下办结。", "!" + concluded: "纪检监察还没有办结。", resultTold: "已经反馈过。",
	"!" + sealedPart: "没有已移送封存的一件。", "!" + lettersLost: "没有要再发的信：都发成了，或者正在发。",
}

var sealFacts = map[string]string{
	toOpen:      `'sealed' = ANY (m.flags)`,
	opened:      `('sealed' = ANY (m.flags) AND ` + openedBy(`@scope_me`) + `)`,
	named:       `NOT 'anonymous' = ANY (m.flags)`,
	sealedPart:  `(m.state = 'split' AND EXISTS (SELECT FROM matter b WHERE b.follows = m.id AND b.kind = m.kind AND 'sealed' = ANY (b.flags)))`,
	lettersLost: `('sealed' = ANY (m.flags) AND EXISTS (SELECT FROM letter l WHERE l.matter_id = m.id AND ` + letter.IsLost + `))`,
}

func openedBy(who string) string {
	return `EXISTS (SELECT FROM event so WHERE so.matter_id = m.id AND so.action = 'open_sealed' AND so.staff_id = ` + who + `)`
}

// closedSQL is that a reader has not opened what is sealed, or too long ago.
const closedSQL = `('sealed' = ANY (m.flags) AND NOT EXISTS (SELECT FROM event so
	WHERE so.matter_id = m.id AND so.action = 'open_sealed' AND so.staff_id = @scope_me AND so.at >= @opened_since))`

// ofSealed are additions s to the whole of a part m that the desk passed on to it.
const ofSealed = `FROM passed p JOIN event pe ON pe.matter_id = p.matter_id AND pe.seq = p.seq AND pe.action = 'pass_sealed'
	JOIN supplement s ON s.matter_id = p.of_id AND s.seq = p.of_seq WHERE p.matter_id = m.follows`

// ViewReferred are the sealed ones about which something is due, or was added that nobody
// has read.
const ViewReferred = "referred"

var viewReferred = register.View{Name: ViewReferred, Label: "移送要告知的", For: TellAccepted, Task: "告知或者反馈", Where: `'sealed' = ANY (m.flags) AND (m.due_at < 'infinity'
	OR EXISTS (SELECT ` + ofSealed + ` AND NOT EXISTS (SELECT FROM event so WHERE so.matter_id = m.id AND so.action = 'open_sealed' AND so.at >= pe.at)))`}

// sealMoves are what is done about what was referred. Whoever refers it reads it no more,
// and the discipline officer alone notes what comes of it, once they opened it with a
// reason, which the auditor reads. Whoever reported by name is told whether it is accepted
// and what came of it (检举控告工作规则): of who inquires into what nothing, so that the one
// is a choice and no words.
func sealMoves() []workflow.Move {
	away, officer, system := []workflow.State{ReferredDiscipline}, []workflow.Role{staff.DisciplineOfficer}, []workflow.Role{staff.System}
	byName := []string{staff.Sealed, opened, named}
	return []workflow.Move{
		{
			Action: Seal, Aside: true, Leaves: true, Hard: true, Withheld: workflow.WithheldWhole, Sign: workflow.Sealed, Label: "封存", Done: "已经封存", Title: "封存", From: away, By: desk, Never: []string{staff.Sealed}, Sets: []string{staff.Sealed},
			Effect: "以前移送的，没有封存过：封存以后只有惩戒专员看得到内容，您只看得到编号和哪一天移送的。",
		},
		{
			Action: OpenSealed, Quiet: true, Withheld: workflow.WithheldWhole, Sign: workflow.Sealed, Label: "打开封存的内容", Done: "已经打开", Title: "打开封存的内容", From: away, By: officer, Only: []string{toOpen},
			Effect: "写明理由才能看内容，12 小时里不用再写。这次打开记入经过，理由审计员看得到，投诉人看不到。",
			Needs:  []workflow.Need{words("为什么要打开", "打开封存的内容要写理由", 500)},
		},
		{
			Action: TellAccepted, Quiet: true, Withheld: workflow.WithheldWhole, Label: "告知受理情况", Done: "受理情况已经告知", Heading: "有权机关的回复", From: away, By: officer, Only: byName, Never: []string{acceptedTold, staff.ReaderMeant}, Sets: []string{acceptedTold},
			Effect: "实名检举，收到以后 " + clock.DisciplineAccept.Length() + "内告知受理情况（《纪检监察机关处理检举控告工作规则》）。投诉人只看到您选的这一句，信里连这一句也没有。",
			Needs: []workflow.Need{{Name: "accepted", Label: "受理情况", Kind: workflow.AskChoice, Ask: "请选受理情况", Options: []workflow.Option{
				{Value: "yes", Label: "已经受理"}, {Value: "no", Label: "不予受理"}, {Value: "elsewhere", Label: "已经转给有管辖权的机关"}}}},
			Stops: []clock.Code{clock.DisciplineAccept}, Tells: toComplainant("result"), Public: "有权机关告知：您反映的问题{accepted}。",
		},
		{
			Action: NoteConcluded, Quiet: true, Withheld: workflow.WithheldWhole, Label: "记下已经办结", Done: "办结已经记下", Title: "有权机关办结", From: away, By: officer, Only: byName, Never: []string{concluded, staff.ReaderMeant}, Sets: []string{concluded},
			Effect: "有权机关说办结了。办结以后 " + clock.DisciplineResult.Length() + "内向实名的投诉人反馈。投诉人看不到这一步。",
			Needs: []workflow.Need{
				{Name: "on", Label: "哪一天办结的", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写真正办结的那一天", Ask: "请写哪一天办结的"},
				{Name: "note", Label: "凭什么知道的", Hint: "文书的名称和文号。", Kind: workflow.AskText, Max: 500, Optional: true},
			},
			MayStart: []clock.Code{clock.DisciplineResult},
		},
		{
			Action: TellResult, Quiet: true, Withheld: workflow.WithheldWhole, Label: "反馈结果", Done: "结果已经反馈", Heading: "有权机关的回复", From: away, By: officer, Only: append(byName[:len(byName):len(byName)], concluded), Never: []string{resultTold, staff.ReaderMeant}, Sets: []string{resultTold},
			Effect: "向实名的投诉人反馈结果。投诉人看得到您写的话，信里没有。",
			Needs:  []workflow.Need{{Name: "public", Label: "告诉投诉人的话", Hint: "只写结果，不写查了谁、怎么查的、还有谁反映过。投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写反馈的结果"}},
			Stops:  []clock.Code{clock.DisciplineAccept, clock.DisciplineResult}, Tells: toComplainant("result"), Public: "有权机关反馈：{public}",
		},
		{
			Action: RemindAccepted, Withheld: workflow.WithheldWhole, News: "快到告知受理情况的期限", Sign: workflow.Asking, Label: "提醒告知受理情况", From: away, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.DisciplineAccept, Before: 5},
		},
		{
			Action: RemindResult, Withheld: workflow.WithheldWhole, News: "快到反馈结果的期限", Sign: workflow.Asking, Label: "提醒反馈结果", From: away, By: system, Hidden: true, Timed: workflow.Timed{Clock: clock.DisciplineResult, Before: 5},
		},
		{
			Action: PassSealed, Quiet: true, Withheld: workflow.WithheldWhole, Label: "转给已移送的那一件", Done: "已经转给惩戒专员", Title: "转给已移送的那一件", Heading: "看了您补充的话", From: []workflow.State{Split}, By: desk, Only: []string{partWaits, sealedPart}, Never: []string{staff.ReaderMeant},
			Effect: "说的是已移送封存的那一件的：转给惩戒专员看。原件和补充的话是投诉人在这里写的，转了以后您在原件里仍然看得到，请只用于办其余的几件，不要对别人说。",
			Needs:  []workflow.Need{passing("请选转哪一段", false)}, Public: "您补充的话已经转给办那一件的人。",
		},
	}
}

// sealedAgain is SendAgain of what is sealed, by who may read it.
func sealedAgain() workflow.Move {
	return workflow.Move{
		Action: SendAgain, Quiet: true, Withheld: workflow.WithheldWhole, Label: "再发一次", Title: "再发没有发成的信", Done: "已经再发，发没发成看“信件”", From: []workflow.State{ReferredDiscipline}, By: []workflow.Role{staff.DisciplineOfficer},
		Only: []string{staff.Sealed, opened, lettersLost}, Effect: "给投诉人的信没有发成：再发一次，发到原来的邮箱。信里只说有回复，不说是什么。",
	}
}

// sealedIdentity is OpenIdentity of what is sealed. The reason says what the inquiry needs, so
// the complainant reads that it was opened, and the auditor why.
func sealedIdentity() workflow.Move {
	return workflow.Move{
		Action: OpenIdentity, Quiet: true, Apart: true, Withheld: workflow.WithheldWhole, Sign: workflow.Sealed, Label: "打开投诉人身份", Done: "身份已经打开过", Heading: "您的身份被打开过", Hidden: true,
		Effect: "要写理由。这次打开会记入经过，并告诉投诉人；理由只有您和审计员看得到。",
		From:   []workflow.State{ReferredDiscipline}, By: []workflow.Role{staff.DisciplineOfficer}, Only: []string{staff.Sealed, opened}, Never: []string{Anonymous, staff.ReaderMeant},
		Needs:  []workflow.Need{words("为什么要打开", "打开身份要写理由", 500)},
		Public: "工作人员查看了您的身份信息。",
	}
}

// seal is refused where no discipline officer would be left who reads it: what nobody reads
// is lost.
func seal(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
	who := "free"
	if s.Matter.Unit == "" { // it may be about any unit: see staff.Scope
		who = "of_office"
	}
	someone, err := pg.One[bool](ctx, s.Conn, `SELECT somebody_settles(named, meant, persons, flags, @roles, @who) FROM matter WHERE id = @id`,
		pg.Args{"id": s.Matter.ID, "roles": []string{string(staff.DisciplineOfficer)}, "who": who})
	if err != nil {
		return fmt.Errorf("who is left to read it: %w", err)
	}
	if !someone {
		return fault.New(fault.Forbidden, "没有办。移送以后只有惩戒专员看得到，现在没有惩戒专员能看这一件。请先由系统管理员在监督办公室或者不相干的单位添加一名惩戒专员。")
	}
	if s.Move.Action == ReferDiscipline && !s.Matter.Has(Anonymous) {
		s.Start(clock.DisciplineAccept, s.At)
	}
	return nil
}

// stillRead is a question where a sealed complaint of the same whole would lose its only reader,
// because units named here bar from it, too. Whoever asks reads the whole, which says that a part
// of it was referred.
func stillRead(ctx context.Context, s *workflow.Step, a workflow.Answers, units ...string) error {
	if a.Get(unreadField) == "yes" {
		return nil
	}
	unread, err := pg.One[bool](ctx, s.Conn, `
		SELECT EXISTS (SELECT FROM matter o JOIN matter m ON m.kind = o.kind AND coalesce(m.follows, m.id) = coalesce(o.follows, o.id)
			WHERE o.id = @id AND 'sealed' = ANY (m.flags) AND NOT sealed_unread(m.id, '{}') AND sealed_unread(m.id, @units))`, pg.Args{"id": s.Matter.ID, "units": units})
	if err != nil {
		return fmt.Errorf("who is left to read what is sealed: %w", err)
	}
	if unread {
		return fault.Fields([]fault.Field{{Name: unreadField, Sentence: "这样定以后，一起拆出、已移送封存的那一件就没有惩戒专员能看了。最好先请系统管理员在不相干的单位添加一名惩戒专员", Asked: true}})
	}
	return nil
}

const unreadField = "unread"

// unreadAnyway answers stillRead.
func unreadAnyway() workflow.Need {
	return workflow.Need{Name: unreadField, Label: "封存的那一件没有人能看", Kind: workflow.AskChoice, Optional: true, Doubt: true, Options: []workflow.Option{{Value: "yes", Label: "仍然这样定，另外请系统管理员添加惩戒专员"}}}
}

// noteConcluded starts the term of the result on the day on which it was concluded.
func noteConcluded(_ context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	s.Start(clock.DisciplineResult, a.Date(s.Move.Need("on"), s.At).Begins())
	return nil
}

// passSealed notes that what was added is for the sealed part, where its reader reads it.
func passSealed(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	_, err := pass(ctx, s, s.Matter.ID, a, "")
	return err
}

// AddedToWhole is what was added to the whole of a sealed part and passed on to it.
type AddedToWhole struct {
	At    time.Time
	Words string
}

// passedOn reads them, the newest first.
func (d *Dossier) passedOn(p staff.Person) func(*register.Reading) {
	if p.Role != staff.DisciplineOfficer {
		return func(*register.Reading) {}
	}
	return func(q *register.Reading) {
		q.Queue(`SELECT w.at, w.body FROM matter m CROSS JOIN LATERAL (SELECT pe.at, s.body `+ofSealed+`) w
			WHERE m.id = `+register.This+` AND 'sealed' = ANY (m.flags) ORDER BY w.at DESC`, nil).Query(func(rows pgx.Rows) (err error) {
			d.PassedOn, err = pgx.CollectRows(rows, pgx.RowToStructByPos[AddedToWhole])
			return err
		})
	}
}

// Unsealing is one opening of what is sealed, or of who reported it.
type Unsealing struct {
	Matter, Seq int64
	At          time.Time
	Name        string
	Role        staff.Role
	Number      string
	Action      workflow.Action
	Reason      string
}

// Unsealings are the openings of what is sealed for who reads why, the newest first, before a
// mark: also those of an identity from before it was sealed.
func Unsealings(ctx context.Context, q pg.Queryer, p staff.Person, before workflow.Mark, limit int) ([]Unsealing, error) {
	scope := p.TracedScope()
	where, args := `(`+scope.SQL+`)`, pg.Args{"limit": limit}
	if !before.At.IsZero() {
		where += ` AND (e.at, e.matter_id, e.seq) < (@at, @matter, @seq)`
		args["at"], args["matter"], args["seq"] = before.At, before.Matter, before.Seq
	}
	found, err := pg.All[Unsealing](ctx, q, `
		SELECT e.matter_id AS matter, e.seq, e.at, e.actor_name AS name, e.role, m.number, e.action, coalesce(o.reason, e.note) AS reason
		FROM matter m JOIN event e ON e.matter_id = m.id AND e.action IN ('open_sealed', 'open_identity')
			LEFT JOIN identity_opening o ON o.matter_id = e.matter_id AND o.seq = e.seq
		WHERE m.kind = 'complaint' AND 'sealed' = ANY (m.flags) AND `+where+`
		ORDER BY e.at DESC, e.matter_id DESC, e.seq DESC LIMIT @limit`, scope.With(args))
	if err != nil {
		return nil, fmt.Errorf("openings of what is sealed: %w", err)
	}
	return found, nil
}

// Away is what is known of a sealed complaint to whoever may not read it.
type Away struct {
	Number string
	At     time.Time // when it was referred
}

// Sealed are the complaints that are sealed and that a person might know of otherwise, the
// newest first.
func (r *Register) Sealed(ctx context.Context, p staff.Person) ([]Away, error) {
	scope := p.SealedScope()
	found, err := pg.All[Away](ctx, r.Pool, `
		SELECT m.number, (SELECT max(e.at) FROM event e WHERE e.matter_id = m.id AND e.action = 'refer_discipline') AS at
		FROM matter m WHERE m.kind = 'complaint' AND 'sealed' = ANY (m.flags) AND (`+scope.SQL+`) ORDER BY at DESC, m.id DESC LIMIT 1000`, scope.Args)
	if err != nil {
		return nil, fmt.Errorf("sealed complaints: %w", err)
	}
	return found, nil
}

// resultOfReferral is RecordResult of what is sealed.
func resultOfReferral() workflow.Move {
	return workflow.Move{
		Action: RecordResult, Label: "记下有权机关的回复", Done: "回复已经记下", Heading: "有权机关的回复", Effect: "收到的别的回复记在这里，投诉人看得到您写给他的话。",
		From: []workflow.State{ReferredDiscipline}, By: []workflow.Role{staff.DisciplineOfficer}, Quiet: true, Only: []string{staff.Sealed, opened}, Never: []string{staff.ReaderMeant},
		Needs: []workflow.Need{
			{Name: "public", Label: "告诉投诉人的话", Hint: "只写收到了、办结了，不写查了谁。投诉人会原样看到。", Kind: workflow.AskText, Max: 2000, Ask: "请写收到了什么回复"},
		},
		Tells: toComplainant("result"), Public: "有权机关的回复：{public}",
	}
}
