package proposal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/binding"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/member"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/setting"
	"zhengxin/internal/workflow"
)

// Entry is a proposal as it was written down when it came.
type Entry struct {
	Source      Source
	Term        int
	Meeting     int // 0 between two sessions
	Serial      int
	Designation string
	Title       string
	Content     string
	Points      []string
	Signers     []member.Called
}

// EntryOf reads what was typed; the faults stand beside their fields.
func EntryOf(a workflow.Answers) (Entry, []fault.Field) {
	e := Entry{Source: Source(a.Get("source")), Title: form.Line(a.Get("title")), Content: form.Text(a.Get("content"))}
	var faults []fault.Field
	say := func(name, sentence string) { faults = append(faults, fault.Field{Name: name, Sentence: sentence}) }
	ordinal := func(name, what string, most int) int {
		typed := form.Line(a.Get(name))
		n, ok := form.ReadOrdinal(typed)
		if typed != "" && (!ok || n > most) {
			say(name, what+"请写数字，例如 3")
			return 0
		}
		return n
	}
	e.Term, e.Meeting, e.Serial = ordinal("term", "届", 99), ordinal("meeting", "次", 99), ordinal("serial", "号", 9999)
	switch typed := form.Line(a.Get("meeting")); {
	case e.Source == BetweenTwo && typed != "":
		say("meeting", "闭会期间提的不属于哪一次会议，请空着；会议上提的，请选会议期间")
	case e.Source != BetweenTwo && e.Source != "" && typed == "":
		say("meeting", "请写第几次会议")
	}
	for line := range strings.SplitSeq(form.Text(a.Get("points")), "\n") {
		if point := form.Unnumbered(line); !form.Wordless(point) {
			e.Points = append(e.Points, point)
		}
	}
	switch {
	case len(e.Points) > MostPoints:
		say("points", fmt.Sprintf("现在是 %d 点，最多 %d 点；同一件事的请合成一点", len(e.Points), MostPoints))
	case len(e.Points) == 0 && !form.Wordless(a.Get("points")):
		say("points", "只有序号，没有内容，请写每一点建议什么")
	}
	e.Signers = member.ReadCalled(a.Get("signers"))
	if twice := member.Twice(e.Signers); twice != "" {
		say("signers", twice)
	}
	if len(e.Signers) == 0 && !form.Wordless(a.Get("signers")) {
		say("signers", "没有看到姓名，请写是谁提的")
	}
	return e, faults
}

// checkEntry is what more than its needs an entry has to keep to.
func checkEntry(a workflow.Answers, _ time.Time) []fault.Field {
	_, faults := EntryOf(a)
	return faults
}

// designation is what a proposal is called officially; the patterns are settings, since
// each congress has its own.
func (e Entry) designation(patterns map[string]string) string {
	return strings.NewReplacer("{届}", form.Han(e.Term), "{次}", form.Han(max(e.Meeting, 1)), "{号}", strconv.Itoa(e.Serial)).
		Replace(patterns[designations[e.Source]])
}

// designations are the settings with the pattern of each source.
var designations = map[Source]string{
	OfDeputies: setting.DeputyDesignation, BetweenTwo: setting.InterimDesignation, OfMembers: setting.CommitteeDesignation,
}

// newProposal is what a proposal adds to its opening.
const newProposal = `,
	new_proposal AS (
		INSERT INTO proposal (matter_id, source, term, meeting, serial, designation, content, part_of)
		SELECT n.id, @source, @term, nullif(@meeting, 0), @serial, @designation, @content, nullif(@part_of::bigint, 0) FROM n),
	new_points AS (
		INSERT INTO proposal_point (matter_id, no, said)
		SELECT n.id, p.no, p.said FROM n, unnest(@point_nos::int[], @points::text[]) AS p (no, said)),
	new_signers AS (
		INSERT INTO proposal_signer (matter_id, no, name, member_id)
		SELECT n.id, s.no, s.name, nullif(s.member, 0) FROM n, unnest(@signer_nos::int[], @signers::text[], @members::bigint[]) AS s (no, name, member))`

// whole is a proposal with everything that its rows say.
type whole struct {
	Entry
	PartOf    int64
	Key       bool // 重点督办, as what it is a part of
	PointNos  []int
	SignerNos []int
	Members   []int64 // of each signer, on the roster; 0 for a name that it has not
}

// opening is how a proposal is opened.
func (w whole) opening(act workflow.Act) (register.Opening, error) {
	flags := []string{w.Source.flag()}
	if w.Key {
		flags = append(flags, Key)
	}
	for _, no := range w.PointNos {
		flags = append(flags, pointFlag(no))
	}
	said := w.said()
	if said.Fault != nil {
		return register.Opening{}, said.Fault
	}
	names := make([]string, len(w.Signers))
	for i, s := range w.Signers {
		names[i] = s.Name
	}
	return register.Opening{
		New: workflow.New{Title: w.Title, Flags: flags, Act: act},
		SQL: newProposal,
		Args: pg.Args{"source": string(w.Source), "term": w.Term, "meeting": w.Meeting, "serial": w.Serial, "designation": w.Designation,
			"content": w.Content, "part_of": w.PartOf, "point_nos": w.PointNos, "points": w.Points, "signer_nos": w.SignerNos, "signers": names, "members": w.Members},
		Said: said.Said,
	}, nil
}

// said is what the first event binds of it.
func (w whole) said() (said binding.Saying) {
	var meeting, partOf any
	if w.Meeting > 0 {
		meeting = w.Meeting
	}
	if w.PartOf > 0 {
		partOf = w.PartOf
	}
	said.Row("proposal", pg.Args{"source": string(w.Source), "term": w.Term, "meeting": meeting, "serial": w.Serial,
		"designation": w.Designation, "content": w.Content, "part_of": partOf})
	for i := range w.Points {
		said.Row("point", pg.Args{"no": w.PointNos[i], "said": w.Points[i]})
	}
	for i := range w.Signers {
		var member any
		if w.Members[i] > 0 {
			member = w.Members[i]
		}
		said.Row("signer", pg.Args{"no": w.SignerNos[i], "name": w.Signers[i].Name, "member_id": member})
	}
	return said
}

// enter opens a proposal as it was written down.
func enter(ctx context.Context, r *register.Register, act workflow.Act) (register.Opening, error) {
	e, faults := EntryOf(act.Answers)
	if len(faults) > 0 {
		return register.Opening{}, fault.Fields(faults)
	}
	type known struct {
		Patterns map[string]string
		Number   string // of the one that bears this number already
	}
	is, err := pg.One[known](ctx, r.Pool, `
		SELECT (SELECT jsonb_object_agg(s.key, s.value) FROM setting s WHERE s.key = ANY (@keys)) AS patterns,
			coalesce((SELECT m.number FROM proposal o JOIN matter m ON m.id = o.matter_id
				WHERE o.source = @source AND o.term = @term AND o.meeting IS NOT DISTINCT FROM nullif(@meeting, 0) AND o.serial = @serial AND o.part_of IS NULL), '') AS number`,
		pg.Args{"keys": []string{setting.DeputyDesignation, setting.InterimDesignation, setting.CommitteeDesignation},
			"source": string(e.Source), "term": e.Term, "meeting": e.Meeting, "serial": e.Serial})
	if err != nil {
		return register.Opening{}, fmt.Errorf("proposal of this number: %w", err)
	}
	if is.Number != "" {
		return register.Opening{}, fault.Fields([]fault.Field{{Name: "serial", Sentence: "这一号已经登记过，是 " + is.Number}})
	}
	if e.Designation = e.designation(is.Patterns); e.Designation == "" {
		return register.Opening{}, fault.New(fault.Forbidden, "还没有配置官方编号的格式，不能登记。请系统管理员在设置里填写，填好就能登记。")
	}
	w := whole{Entry: e}
	for i := range e.Points {
		w.PointNos = append(w.PointNos, i+1)
	}
	for i := range e.Signers {
		w.SignerNos = append(w.SignerNos, i+1)
	}
	if w.Members, err = e.listed(ctx, r, act.Answers.Get("unlisted") == "yes"); err != nil {
		return register.Opening{}, err
	}
	return w.opening(act)
}

// listed finds each signer on the roster. Who is not on it, or no longer, is asked about:
// the roster may be behind; of two with one name which one it is must be written.
func (e Entry) listed(ctx context.Context, r *register.Register, meant bool) ([]int64, error) {
	roster, err := member.Find(ctx, r.Pool, e.Signers, e.Source.roster())
	if err != nil {
		return nil, err
	}
	today := clock.On(r.Engine.Now())
	members := make([]int64, len(e.Signers))
	var several, unlisted, twice []string
	for i, s := range e.Signers {
		found := slices.DeleteFunc(roster[i], func(m member.Member) bool {
			term, ok := form.ReadOrdinal(m.Session)
			return !ok || term != e.Term
		})
		switch {
		case len(found) > 1:
			several = append(several, member.Namesakes(found))
		case len(found) == 0:
			unlisted = append(unlisted, s.Name+"不在这一届的名册里")
		default:
			if slices.Contains(members[:i], found[0].ID) {
				twice = append(twice, s.Name)
			}
			members[i] = found[0].ID
			if found[0].Ended(today) {
				unlisted = append(unlisted, s.Name+"的资格到"+found[0].Until.Long()+"已经终止")
			}
		}
	}
	switch {
	case len(twice) > 0:
		return nil, fault.Fields([]fault.Field{{Name: "signers", Sentence: strings.Join(twice, "、") + "写了两遍，是名册里的同一位"}})
	case len(several) > 0:
		return nil, fault.Fields([]fault.Field{{Name: "signers", Sentence: member.WriteNumbers(several)}})
	case len(unlisted) > 0 && !meant:
		return nil, fault.Fields([]fault.Field{{Name: "unlisted", Sentence: strings.Join(unlisted, "；") + "。请核对；名册还没有更新的，可以照写的登记"}})
	}
	return members, nil
}
