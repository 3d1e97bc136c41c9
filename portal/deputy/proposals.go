package deputy

import (
	"cmp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/key"
	"zhengxin/internal/promise"
	"zhengxin/internal/proposal"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
	"zhengxin/portal/site"
)

// listView is what somebody has proposed.
type listView struct {
	Frame     site.Frame
	Who       string // 陈河，第十六届人大代表
	Proposals []lineView
}

// lineView is one of them.
type lineView struct {
	Title, Designation, Href string
	Status                   view.StatusTag
	Has                      string // who has it
	Owed                     site.Owed
	Answered                 bool // there is an answer to read and to say something of
}

func (p *Pages) showProposals(c *fiber.Ctx) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	bench, err := proposal.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return p.orLogin(c, err)
	}
	v := listView{Frame: p.MemberFrame(c, "我提出的建议提案", "proposals", home.Kind), Who: home.Who()}
	for _, row := range bench.Proposals {
		line := lineView{Title: row.Title, Designation: row.Designation, Href: proposalsPath + "/" + row.Number, Status: site.ListedAs(proposal.Law, row.State),
			Has: has(row), Answered: row.State == proposal.Served}
		if line.Owed, err = p.Owed(c.UserContext(), proposal.Law, row.Clocks, p.Now()); err != nil {
			return err
		}
		line.Owed.Ruler = nil // the page of each has it
		v.Proposals = append(v.Proposals, line)
	}
	return view.Show(c, listPage(v))
}

// has says who has a proposal.
func has(row proposal.OwnRow) string {
	switch row.State {
	case proposal.Divided:
		return "分给几个单位各办各的，各件另外列着"
	case proposal.Served, proposal.Archived, proposal.Withdrawn:
		return ""
	}
	return cmp.Or(row.UnitName, "登记的办公室，等交给承办单位")
}

// pageView is one proposal.
type pageView struct {
	Frame       site.Frame
	Title       string
	Number      string
	Designation string
	Status      view.StatusTag
	Said        view.Banner
	Sent        []string        // what was typed for what could not be done
	Moves       site.ActionList // what they may do now
	Owed        site.Owed
	Points      view.Facts
	Answers     []answerView
	Promises    []promisedView
	Hands       view.Facts
	Parts       []lineView // that it was divided into
	Feedback    view.Facts
	Until       string // the last day on which something may be said of the answer; empty where nothing is waited for
	Timeline    view.Timeline
	Written     view.Facts
}

// answerView is an answer as it was served.
type answerView struct {
	Title  string
	Paper  view.Paper
	Served string
}

// nthAnswer heads an answer that was served: where there are several, which it is.
func nthAnswer(no, of int) string {
	switch {
	case of == 1:
		return "答复"
	case no == 1:
		return "第 1 次答复"
	}
	return "第 " + view.N(no, "次答复") + "（重新办理）"
}

func (p *Pages) showProposal(c *fiber.Ctx, said view.Banner) error {
	session, home, err := p.own(c)
	if err != nil {
		return p.orLogin(c, err)
	}
	own, err := proposal.ReadOwn(c.UserContext(), p.door, session, p.proposals.number(c))
	if err != nil {
		return p.orLogin(c, err)
	}
	v := pageView{
		Frame: p.MemberFrame(c, own.Title, "proposals", home.Kind), Title: own.Title, Number: own.Number, Designation: own.Designation, Status: site.StatusOf(proposal.Law, own.State),
		Points: points(own), Hands: hands(own), Promises: promises(own, p.Now()), Feedback: feedback(own.Feedback), Timeline: timeline(proposal.Law, own.Events, false), Written: written(own),
	}
	v.Said, v.Sent = p.proposals.done(c, said), web.Sent(c).Words()
	if v.Moves, err = p.proposals.moves(c, session, own.Number); err != nil {
		return p.orLogin(c, err)
	}
	v.Frame.PrintFoot = own.Number + "　打印时间 " + view.MomentFull(p.Now())
	if v.Owed, err = p.Owed(c.UserContext(), proposal.Law, own.Clocks, p.Now()); err != nil {
		return err
	}
	for i, paper := range own.Answers {
		v.Answers = append(v.Answers, answerView{nthAnswer(len(own.Answers)-i, len(own.Answers)), sheet(paper), own.ServedOn[i].Long()})
	}
	if v.Parts, err = p.parts(c, session, own); err != nil {
		return p.orLogin(c, err)
	}
	if until := own.Running(clock.Feedback); until != nil && own.State == proposal.Served {
		v.Until = site.LastDay(clock.Due{On: until.DueOn, Provisional: until.Provisional}, p.Now())
	}
	return view.Show(c, proposalPage(v))
}

// parts lead to what a proposal was divided into.
func (p *Pages) parts(c *fiber.Ctx, session key.Secret, own *proposal.Own) (parts []lineView, err error) {
	if own.State != proposal.Divided {
		return nil, nil
	}
	bench, err := proposal.OwnList(c.UserContext(), p.door, session)
	if err != nil {
		return nil, err
	}
	for _, row := range bench.PartsOf(own) {
		parts = append(parts, lineView{Title: row.Number, Href: p.proposals.path(row.Number), Status: site.ListedAs(proposal.Law, row.State), Has: has(row)})
	}
	return parts, nil
}

// sheet lays a signed answer out.
func sheet(p document.Paper) view.Paper {
	prefix, number, _ := strings.Cut(p.Number, "〔")
	out := view.Paper{Issuer: p.Issuer, Prefix: prefix, Number: "〔" + number, Date: p.Date, Title: p.Title, Addressee: p.Addressee, Signer: p.Issuer, SignedOn: p.Date, Level: 2}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, view.PaperPart{Text: part.Text, Head: part.Head})
	}
	return out
}

func hands(own *proposal.Own) (f view.Facts) {
	for _, h := range own.Hands {
		label, text := "会办", h.Unit
		if h.Part == "lead" {
			label = "主办"
		}
		switch {
		case h.Signed != nil:
			text += "，" + view.DayPaper(*h.Signed) + "签收"
		case own.State == proposal.Assigned:
			text += "，还没有签收"
		}
		f.Rows = append(f.Rows, view.Fact{Label: label, Text: text})
	}
	return f
}

func points(own *proposal.Own) (f view.Facts) {
	for _, point := range own.Points {
		f.Rows = append(f.Rows, view.Fact{Label: proposal.Nth(point.No), Body: view.Paragraphs(point.Said)})
	}
	return f
}

// promisedView is what a unit has promised, and how that stands.
type promisedView struct {
	Said   string // 县财政局答应 2026年6月30日以前办到（第 2 次承诺）
	Reply  string // what its answer says of the point
	Status view.StatusTag
	Became string
}

// promises are what was promised, each with how it stands.
func promises(own *proposal.Own, now time.Time) (all []promisedView) {
	for _, p := range own.Promises {
		standing := p.Standing(now)
		v := promisedView{Said: proposal.Nth(p.No) + "：" + p.UnitName + "答应" + p.DueOn.Long() + "以前办到", Reply: p.Reply,
			Status: view.StatusTag{Word: standing.Word(), Sign: string(standing.Sign())}, Became: p.Words}
		if p.Nth > 1 {
			v.Said += "（第 " + view.N(p.Nth, "次承诺") + "）"
		}
		if p.Outcome == promise.OutcomeKept {
			v.Became = p.DoneOn.Long() + "办到。" + p.Words
		}
		all = append(all, v)
	}
	return all
}

func feedback(said *proposal.Feedback) (f view.Facts) {
	if said == nil {
		return f
	}
	for _, row := range []view.Fact{
		{Label: "对办理态度", Text: workflow.Word(proposal.Opinions, said.Attitude)}, {Label: "对办理结果", Text: workflow.Word(proposal.Opinions, said.Result)},
		{Label: "能不能公开", Text: workflow.Word(proposal.Consents, said.Consent)}, {Label: "意见", Text: said.Words},
	} {
		if row.Text != "" {
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}

// timeline is what members are told of a matter; alone says that no other member than who
// reads it has part in it.
func timeline(law *workflow.Table, told []register.Told, alone bool) (t view.Timeline) {
	for _, e := range told {
		who := e.Role.Title()
		switch {
		case e.Role == staff.System:
			who = "自动"
		case e.Role == staff.Member && alone:
			who = "您"
		}
		t.Items = append(t.Items, view.TimelineItem{Title: law.Heading(e.Action), Text: e.Text, At: e.At, Who: who})
	}
	return t
}

// written is what was handed over, as it was.
func written(own *proposal.Own) view.Facts {
	var names []string
	for _, s := range own.Signers {
		name := s.Name
		if s.Left {
			name += "（已经退出）"
		}
		names = append(names, name)
	}
	return view.Facts{Rows: []view.Fact{
		{Label: "官方编号", Text: own.Designation}, {Label: "办理编号", Text: own.Number}, {Label: "谁提的", Text: strings.Join(names, "、")},
		{Label: "案由和分析", Body: view.Paragraphs(own.Body)}, {Label: "登记日期", Text: view.DayFull(own.OpenedAt)},
	}}
}

func (p *Pages) toldOfProposal(c *fiber.Ctx, session key.Secret, number string) ([]register.Told, error) {
	own, err := proposal.ReadOwn(c.UserContext(), p.door, session, number)
	if err != nil {
		return nil, err
	}
	return own.Events, nil
}
