package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhengxin/internal/clock"
	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/inquiry"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// matter is one complaint of the demonstration: a story told by somebody about a
// unit, with the path that it takes, and the case that may follow from it.
type matter struct {
	*walk
	batch
	nth    int // among all; what varies varies by it
	story  *story
	unit   string
	thing  string
	path   []step
	times  []time.Time
	fill   *strings.Replacer // names in the words of story and office
	number string
	kase   string // number of the case, once there is one
	asks   string // number of the inquiry, once there is one
}

// origin is what a complaint of the demonstration has in the column for the number
// that it had where it came from: by it a load that was cut short finds it again.
func (m *matter) origin() string { return fmt.Sprintf("demonstration %03d", m.nth) }

// complaints are the tracks of the plan's complaints and the cases that follow.
func complaints(ctx context.Context, w *walk) ([]*track, error) {
	type row struct {
		Origin, Number, Case, Asks string
		Done                       int
	}
	there, err := pg.All[row](ctx, w.desk.Pool, `
		SELECT c.origin, m.number, coalesce(f.number, '') AS "case", coalesce(i.number, '') AS asks,
			(SELECT count(*) FROM event e WHERE e.matter_id IN (SELECT k.id FROM matter k WHERE m.id IN (k.id, k.follows)) AND (e.actor <> 'system' OR e.action IN ('file', 'ask_follow')) AND (e.matter_id = m.id OR e.seq > 1)) AS done
		FROM complaint c JOIN matter m ON m.id = c.matter_id LEFT JOIN matter f ON f.follows = m.id AND f.kind = 'case' LEFT JOIN matter i ON i.follows = m.id AND i.kind = 'inquiry'
		WHERE c.origin LIKE 'demonstration %'`, nil)
	if err != nil {
		return nil, err
	}
	all, err := w.matters()
	if err != nil {
		return nil, err
	}
	tracks := make([]*track, len(all))
	for i, m := range all {
		tracks[i] = &track{times: m.times, do: m.do}
		if at := slices.IndexFunc(there, func(r row) bool { return r.Origin == m.origin() }); at >= 0 {
			m.called(there[at].Number)
			m.kase, m.asks, tracks[i].done = there[at].Case, there[at].Asks, there[at].Done
		}
		if m.shownAs != "" {
			w.samples = append(w.samples, m)
		}
	}
	return tracks, nil
}

const codesTold = "演示投诉：编号、查询码、到了哪一步。在公众门户“查询进度”里输入，看到的和投诉人看到的一样。"

// codes are the numbers and query codes of the complaints to be shown.
func (w *walk) codes() string {
	var b strings.Builder
	for _, m := range w.samples {
		fmt.Fprintf(&b, "  %s  %s  %s：%s\n", m.number, form.GroupCode(m.portal.Codes.Code(m.token())), m.shownAs, m.fill.Replace(m.story.title))
	}
	return b.String()
}

// do takes the path's step i.
func (m *matter) do(ctx context.Context, i int) error {
	s := m.path[i]
	var err error
	switch {
	case s.part() > 0 || s.row().Asks("addition"):
		err = m.moveKin(ctx, i)
	case s.on == string(inquiry.Law.Kind):
		o := m.order(i)
		o.Number = m.asks
		_, err = m.asked.Move(ctx, o)
	case s.on != "":
		err = m.moveCase(ctx, i)
	case s.action == complaint.File:
		err = m.file(ctx)
	case s.action == complaint.OpenCase:
		var begun workflow.Done
		begun, err = m.cases.OpenFrom(ctx, m.order(i))
		m.kase = begun.Number
	case s.action == complaint.OpenInquiry:
		var begun workflow.Done
		begun, err = m.asked.OpenFrom(ctx, m.order(i))
		m.asks = begun.Number
	case s.action == complaint.OpenIdentity:
		_, err = m.desk.OpenIdentity(ctx, m.order(i), m.office.Keys.Office)
	case s.action == complaint.AskFollow:
		err = m.askFollow(ctx)
	case complaint.Law.Allows(staff.Complainant, s.action):
		if s.say["here"] != "" { // for once this office is the one that rechecks
			if err = m.rechecksHere(ctx, true); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, m.rechecksHere(ctx, false)) }()
		}
		answers := m.answers(i)
		if answers[complaint.FollowAsked], err = m.newestAsk(ctx); err == nil {
			_, err = m.portal.MoveOwn(ctx, m.visitor, m.number, s.action, nil, answers)
		}
	default:
		order := m.order(i)
		if seen := s.row().Seen; seen != "" { // what was read is named
			read, err := m.desk.Read(ctx, order.By, m.number)
			if err != nil {
				return fmt.Errorf("read %s: %w", m.number, err)
			}
			order.Answers[seen] = []string{read.Matter.Seen[seen]}
		}
		_, err = m.desk.Move(ctx, order)
	}
	if err != nil {
		return fmt.Errorf("%s, %s by the path %s: %w %v", m.origin(), s.action, m.batch.path, err, fault.FieldsOf(err))
	}
	return nil
}

// rechecksHere names this office as the body that rechecks, or nobody; who the host is the
// demonstration does not say otherwise.
func (m *matter) rechecksHere(ctx context.Context, here bool) error {
	sql := `DELETE FROM setting WHERE key = 'recheck_body' OR key = 'host' AND value = '演示'`
	if here {
		sql = `WITH host AS (INSERT INTO setting (key, value) VALUES ('host', '演示') ON CONFLICT (key) DO UPDATE SET value = setting.value RETURNING value)
			INSERT INTO setting (key, value) SELECT 'recheck_body', value FROM host ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	}
	_, err := pg.Exec(ctx, m.desk.Pool, sql, nil)
	return err
}

// part says which of the parts that a complaint was split into a step moves; 0 is none.
func (s step) part() (n int) {
	_, _ = fmt.Sscanf(s.on, "part%d", &n)
	return n
}

// moveKin moves a part, or passes on what waits for one.
func (m *matter) moveKin(ctx context.Context, i int) error {
	o := m.order(i)
	if n := m.path[i].part(); n > 0 {
		var err error
		o.Number, err = pg.One[string](ctx, m.desk.Pool, `
			SELECT p.number FROM matter p JOIN matter w ON w.id = p.follows AND w.kind = p.kind WHERE w.number = @number ORDER BY p.id OFFSET @n LIMIT 1`,
			pg.Args{"number": m.number, "n": n - 1})
		if err != nil {
			return err
		}
	}
	read, err := m.desk.Read(ctx, o.By, o.Number)
	if err != nil {
		return err
	}
	if waits := read.Offered["addition"]; len(waits) > 0 {
		o.Answers["addition"] = []string{waits[0].Value}
	}
	_, err = m.desk.Move(ctx, o)
	return err
}

func (m *matter) moveCase(ctx context.Context, i int) error {
	o := m.order(i)
	o.Number = m.kase
	if o.Action == discipline.Sign || o.Action == discipline.Serve { // what was read is named
		read, err := m.cases.Read(ctx, o.By, o.Number)
		if err != nil {
			return err
		}
		o.Answers["version"] = []string{strconv.Itoa(read.Version)}
		if paper := read.Signed(); paper != nil {
			o.Answers["digest"] = []string{paper.Digest}
		}
	}
	_, err := m.cases.Move(ctx, o)
	return err
}

// file files on the portal, or registers by hand what came otherwise. The token is
// drawn from the office's key, so that the query code can be told after the load.
func (m *matter) file(ctx context.Context) error {
	filing := complaint.Filing{Intake: m.intake(), By: workflow.Actor{Role: staff.Complainant}, Token: m.token()}
	register := m.portal
	switch m.channel {
	case complaint.Web:
	case complaint.Import:
		register, filing.By = m.desk, workflow.Actor{Role: staff.System}
	default:
		p := m.firstWith(staff.Registrar, "")
		register, filing.By = m.desk, workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}
	}
	receipt, err := register.File(ctx, filing)
	m.called(receipt.Number)
	return err
}

// called is what it is known by from its filing on.
func (m *matter) called(number string) {
	m.number = number
	if m.joint != "" && m.mains[m.joint] == "" {
		m.mains[m.joint] = number
	}
}

func (m *matter) token() []byte { return m.portal.Codes.MAC(m.origin())[:16] }

func (m *matter) order(i int) workflow.Order {
	s := m.path[i]
	return workflow.Order{Number: m.number, Action: s.action, By: m.actor(i), Answers: m.answers(i)}
}

// row is the move of a step as its table has it.
func (s step) row() workflow.Move {
	for _, law := range laws {
		if string(law.Kind) == cmp.Or(s.on, string(complaint.Law.Kind)) || s.part() > 0 && law == complaint.Law {
			if rows := law.Rows(s.action); len(rows) > 0 {
				return rows[0]
			}
		}
	}
	return workflow.Move{}
}

// actor is who takes a step: whom the path names, or the first role of the move's row.
func (m *matter) actor(i int) staff.Person {
	s := m.path[i]
	if s.by != "" {
		return m.people[s.by]
	}
	row := s.row()
	if len(row.By) == 0 {
		return staff.Person{}
	}
	return m.firstWith(row.By[0], m.inHand(i, row.Unit == workflow.CoUnit))
}

// inHand is the unit that leads or helps at a step: the one of the last dispatch.
func (m *matter) inHand(i int, helps bool) string {
	for ; i >= 0; i-- {
		if s := m.path[i]; s.action == complaint.Dispatch {
			if helps {
				return s.say["co"]
			}
			return m.leads(s)
		}
	}
	return ""
}

// leads is to whom a step dispatches: whom it names, or one of the units that
// handle and are not the accused.
func (m *matter) leads(s step) string {
	lead := cmp.Or(s.say["lead"], []string{Justice, Finance, Justice, Housing, Finance, Justice}[m.nth%6])
	if lead == m.unit {
		lead = Justice
	}
	return lead
}

// hoursOf are the hours of whoever takes a step. What came by hand is entered in the
// morning, with the day's post.
func (m *matter) hoursOf(s step) hours {
	switch row := s.row(); {
	case s.on != "":
		return officeHours
	case s.action == complaint.File && m.channel != complaint.Web:
		return mornings
	case s.action == complaint.File || len(row.By) > 0 && row.By[0] == staff.Complainant:
		return awake
	}
	return officeHours
}

// answers fill in what the move of a step asks.
func (m *matter) answers(i int) workflow.Answers {
	s, a := m.path[i], workflow.Answers{}
	for name, value := range s.say {
		a[name] = []string{m.fill.Replace(value)}
	}
	for _, need := range s.row().Needs {
		switch {
		case need.Name == "main":
			a["main"] = []string{m.mains[m.joint]}
		case need.Name == "promised_on":
			if in, err := strconv.Atoi(s.say["in"]); err == nil {
				onDay(a, need.Name, clock.On(m.times[i]).AddDays(in))
			}
		case need.Name == "promise_anyway": // what a story demands is of the unit that it is about
			a[need.Name] = []string{"yes"}
		case need.Name == "lines":
			on := clock.On(m.times[i])
			a[need.Name] = []string{on.AddDays(40).Long() + " 付第一笔货款\n" + on.AddDays(100).Long() + " 付清余款"}
		case need.Name == "lead":
			a["lead"] = []string{m.leads(s)}
		case a[need.Name] != nil:
		case need.From == workflow.FromPromises, need.Name == promise.Denied:
			a[need.Name] = []string{"1"}
		case need.From == workflow.FromArticles && s.action == complaint.Reject:
			a[need.Name] = []string{"XF-22"}
		case need.From == workflow.FromArticles && len(s.row().StandsOn(a)) == 0:
			cite(a, m.laws, m.story.basis)
		case strings.HasPrefix(string(s.action), "split") && need.From == workflow.FromComplainable:
			a[need.Name] = []string{m.unit}
		case strings.HasPrefix(string(s.action), "split") && need.From == workflow.FromCategories:
			a[need.Name] = []string{m.story.category}
		case need.Kind == workflow.AskDate:
			day := clock.On(m.times[i])
			switch {
			case need.Name == "deadline":
				day = m.deadline(i)
			case need.Day == workflow.ToCome:
				day = day.AddDays(20)
			}
			a[need.Name+"_year"], a[need.Name+"_month"], a[need.Name+"_day"] =
				[]string{strconv.Itoa(day.Year)}, []string{strconv.Itoa(int(day.Month))}, []string{strconv.Itoa(day.Day)}
		default:
			if text := m.textFor(i, need); text != "" {
				a[need.Name] = []string{text}
			}
		}
	}
	return a
}

// deadline is until when a unit has to act by the warning that is drafted or signed
// in a step.
func (m *matter) deadline(i int) clock.Date {
	for ; m.path[i].action != discipline.DraftWarning; i-- {
	}
	return m.dates.NextWorking(clock.On(m.times[i]).AddDays(29))
}

// textFor is the text for a need: the story's own, or one of the office's phrases.
func (m *matter) textFor(i int, need workflow.Need) string {
	s := m.path[i]
	place := string(s.action) + "." + need.Name
	if s.on != "" && s.part() == 0 {
		place = s.on + "." + place
	}
	text := m.story.textFor(place)
	if some := m.phrases(place, s); text == "" && len(some) > 0 {
		text = some[vary(len(some), m.nth, i, place)]
	}
	if text == "" {
		return ""
	}
	if again := m.before(i); need.Name == "facts" && again > 0 { // what was sent back comes back changed
		text += moreFacts[(again-1)%len(moreFacts)]
	}
	return m.fill.Replace(text)
}

// phrases are those that fit the story and the step best.
func (m *matter) phrases(place string, s step) []string {
	special := []string{m.story.name, s.say["ground"], s.say["rating"]}
	if m.story.money {
		special = append(special, "money")
	}
	for _, one := range special {
		if some := phrases[place+"."+one]; one != "" && some != nil {
			return some
		}
	}
	return phrases[place]
}

// before is how often the action of a step was taken before.
func (m *matter) before(i int) (n int) {
	for _, s := range m.path[:i] {
		if s.action == m.path[i].action && s.on == m.path[i].on {
			n++
		}
	}
	return n
}

// intake is the complaint as its complainant tells it.
func (m *matter) intake() complaint.Intake {
	filed := clock.On(m.times[0])
	in := complaint.Intake{
		Channel: m.channel, Origin: m.origin(),
		Who: complaint.Who{Kind: m.kind, Anonymous: "no"},
		Story: complaint.Story{
			Unit: cmp.Or(m.wrongUnit, m.unit), Category: m.story.category, Title: m.fill.Replace(m.story.title), Request: m.fill.Replace(m.story.request),
			Facts: m.fill.Replace(m.story.facts + m.factsMore), Reasons: m.fill.Replace(m.story.reasons),
		},
		Contract: complaint.Contract{InLitigation: cmp.Or(m.story.litigation, "no")},
		Contact:  m.contact(),
	}
	if m.unitWritten != "" {
		in.Story.Unit, in.Story.UnitSaid = complaint.UnknownUnit, m.unitWritten
	}
	switch m.channel {
	case complaint.Web, complaint.Hotline:
	case complaint.Import:
		in.Happened, in.Contact = m.signed().Begins().Format(time.RFC3339), complaint.Contact{Confidential: "yes"}
	default: // a letter lies a day before it is entered
		day := filed.AddDays(-1)
		for !m.dates.Working(day) {
			day = day.AddDays(-1)
		}
		in.Received = form.Date{Year: day.Year, Month: int(day.Month), Day: day.Day}
	}
	if m.kind == anonymous {
		in.Who = complaint.Who{Kind: "citizen", Anonymous: "yes"}
	}
	if m.story.money {
		whole, unpaid := m.sums()
		signed := m.signed()
		due := signed.AddDays(150 + vary(120, m.nth, "due"))
		in.Contract.ContractNo = fmt.Sprintf("YS-%d-%03d", signed.Year, 11+vary(180, m.nth, "contract"))
		in.Contract.ContractDate = form.Date{Year: signed.Year, Month: int(signed.Month), Day: signed.Day}
		in.Contract.DueOn = form.Date{Year: due.Year, Month: int(due.Month), Day: due.Day}
		in.Contract.ContractAmount, in.Contract.UnpaidAmount = &whole, &unpaid
		in.Held = []string{"contract", "acceptance"}
	}
	return in
}

// sums are the contract's amount and what of it is not paid, in fen.
func (m *matter) sums() (whole, unpaid form.Amount) {
	thousands := 180 + vary(2600, m.nth, "sum")
	open := thousands * (22 + vary(45, m.nth, "unpaid")) / 100
	return form.Amount(thousands) * 100_000, form.Amount(open) * 100_000
}

// names fills the words of story and office; a login stands for the person's id.
func (m *matter) names() *strings.Replacer {
	whole, unpaid := m.sums()
	in10k := func(a form.Amount) string { return strconv.FormatFloat(float64(a)/1_000_000, 'f', 1, 64) + "万元" }
	u, _ := m.units.ByCode(m.unit)
	signed := m.signed()
	place := places[vary(len(places), m.nth, "place")]
	pairs := []string{
		"{unit}", u.Name, "{code}", u.Code, "{first}", m.wrongUnit, "{category}", m.story.category, "{place}", place,
		"{thing}", strings.ReplaceAll(m.thing, "{place}", place), "{sum}", in10k(whole), "{unpaid}", in10k(unpaid),
		"{year}", strconv.Itoa(signed.Year), "{month}", strconv.Itoa(int(signed.Month)),
	}
	for login, p := range m.people {
		pairs = append(pairs, "{"+login+"}", strconv.FormatInt(p.ID, 10))
	}
	return strings.NewReplacer(pairs...)
}

// signed is the day of what it all began with.
func (m *matter) signed() clock.Date {
	return clock.On(m.times[0]).AddDays(-430 - vary(700, m.nth, "signed"))
}

// contact is an invented person. Telephones are of no one in particular, mailboxes
// under a domain that cannot exist.
func (m *matter) contact() complaint.Contact {
	pick := func(of []string, what string) string { return of[vary(len(of), m.nth, what)] }
	c := complaint.Contact{Confidential: "yes"}
	if vary(10, m.nth, "letters") < 7 {
		c.Email, c.EDelivery = fmt.Sprintf("demo%03d@example.invalid", m.nth), true
	}
	if m.kind == anonymous {
		return c
	}
	c.Name = pick(surnames, "surname") + pick(givenNames, "given")
	c.Phone = fmt.Sprintf("1380000%04d", m.nth)
	if vary(8, m.nth, "open") == 0 {
		c.Confidential = "no"
	}
	switch m.kind {
	case "citizen":
		c.Address = "郏县" + pick(places, "place") + strconv.Itoa(1+vary(60, m.nth, "house")) + "号"
	case "enterprise":
		c.Organisation, c.USCC = pick(firms, "firm")+pick(trades, "trade")+"有限公司", uscc("91410425MA", m.nth)
	case "other_org":
		c.Organisation = pick(firms, "firm") + "农民专业合作社"
	case "npc_deputy":
		c.Name, c.CongressSession, c.CredentialNumber = "陈演示", "第十六届", "YS-RD-0001"
	case "cppcc_member":
		c.Name, c.CongressSession, c.CredentialNumber = "林演示", "第十届", "YS-ZX-0001"
	case "media":
		c.Name, c.Organisation, c.PressCard = "赵演示", "演示日报社", "B400000000001"
	}
	return c
}

// uscc is a code with its right check character.
func uscc(head string, n int) string {
	for _, check := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code := fmt.Sprintf("%s%07d%c", head, n, check); form.USCCDoubt(code).Sentence == "" {
			return code
		}
	}
	return ""
}
