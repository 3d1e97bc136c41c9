package proposal_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/proposal"
	"zhengxin/internal/spreadsheet"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// line is a line of a meeting's list with some of its cells replaced.
func line(pairs ...string) []string {
	cells := map[string]string{"种类": "代表建议", "届": "十六", "次": "3", "号": "12", "题目": "关于限期付清村道工程款的建议", "案由": "工程款没有付清。",
		"建议各点": "1. 列出拖欠清单\n2. 没有预算不开工", "提的人": "陈河、李山", "主办单位": "县财政局", "会办单位": "司法局", "答复期限": "3 个月"}
	for i := 0; i+1 < len(pairs); i += 2 {
		cells[pairs[i]] = pairs[i+1]
	}
	out := make([]string, len(proposal.Columns))
	for i, c := range proposal.Columns {
		out[i] = cells[c.Name]
	}
	return out
}

func tableOf(lines ...[]string) spreadsheet.Table {
	t := spreadsheet.Table{Columns: proposal.Columns}
	for i, cells := range lines {
		t.Rows = append(t.Rows, spreadsheet.Row{Line: i + 2, Cells: cells})
	}
	return t
}

func (b *bench) planned(t spreadsheet.Table) []proposal.Line {
	b.t.Helper()
	lines, err := b.proposals.Plan(b.t.Context(), b.People[staff.Registrar], t)
	if err != nil {
		b.t.Fatal(err)
	}
	return lines
}

func TestEachLineOfAListIsReadAsTheFormIs(t *testing.T) {
	b := newBench(t)
	for name, one := range map[string]struct {
		pairs []string
		what  proposal.What
		field string // of the fault
		says  string
	}{
		"good":                 {nil, proposal.IsNew, "", ""},
		"a member's, 6 months": {[]string{"种类", "提案", "届", "第十届", "提的人", "林溪", "答复期限", "6"}, proposal.IsNew, "", ""},
		"between two sessions": {[]string{"种类", "闭会建议", "次", ""}, proposal.IsNew, "", ""},
		"without points":       {[]string{"建议各点", "\n1. \n"}, proposal.IsWrong, "points", "内容"},
		"points left out":      {[]string{"建议各点", ""}, proposal.IsWrong, "points", "一行一点"},
		"no such kind":         {[]string{"种类", "议案"}, proposal.IsWrong, "source", "没有“议案”这一种"},
		"a near unit":          {[]string{"主办单位", "财正局"}, proposal.IsWrong, "lead", "是不是县财政局"},
		"no unit at all":       {[]string{"主办单位", ""}, proposal.IsWrong, "lead", "请选主办单位"},
		"a helper unknown":     {[]string{"会办单位", "司法局、县外事办"}, proposal.IsWrong, "co", "县外事办"},
		"a year":               {[]string{"答复期限", "12 个月"}, proposal.IsWrong, "hard", "3 个月、6 个月"},
		"no term":              {[]string{"答复期限", ""}, proposal.IsWrong, "hard", "请选答复期限"},
		"two of one name":      {[]string{"提的人", "王强"}, proposal.IsWrong, "signers", "同名"},
		"an ended term":        {[]string{"提的人", "周退"}, proposal.IsAsked, "", "已经终止"},
		"not on the roster":    {[]string{"提的人", "钱多"}, proposal.IsAsked, "", "不在这一届的名册里"},
		"no title":             {[]string{"题目", ""}, proposal.IsWrong, "title", "请写题目"},
	} {
		l := b.planned(tableOf(line(one.pairs...)))[0]
		said := l.Says
		if len(l.Faults) > 0 {
			said = l.Faults[0].Sentence
		}
		if l.What != one.what || !strings.Contains(said, one.says) || one.field != "" && (len(l.Faults) != 1 || l.Faults[0].Name != one.field) {
			t.Errorf("%s: %s %q %v", name, l.What, l.Says, l.Faults)
		}
	}
	t2 := tableOf(line(), line("题目", "另一件"), line("号", "13"))
	t2.Rows = append(t2.Rows, spreadsheet.Row{Line: 9, Cells: line(), Fault: "读不出来"})
	lines := b.planned(t2)
	if got := []proposal.What{lines[0].What, lines[1].What, lines[2].What, lines[3].What}; !slices.Equal(got, []proposal.What{proposal.IsNew, proposal.IsWrong, proposal.IsNew, proposal.IsWrong}) ||
		!strings.Contains(lines[1].Faults[0].Sentence, "和第 2 行是同一号") {
		t.Errorf("one number twice: %v %v", got, lines[1].Faults)
	}
}

func TestAListIsHandedOverOnceHoweverOftenItIsSent(t *testing.T) {
	b := newBench(t)
	by, token := b.People[staff.Registrar], complainttest.Token()
	list := tableOf(line("号", "1"), line("号", "2", "提的人", "周退"), line("号", "3", "主办单位", "财正局"), line("号", "4"), line("号", "5", "提的人", "钱多"))
	lines := b.planned(list)
	count := func() int {
		t.Helper()
		n, err := pg.One[int](t.Context(), b.DB.Owner, `SELECT count(*) FROM proposal`, nil)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	// One stands there already, not handed over.
	same := []string{"content", "工程款没有付清。", "points", "列出拖欠清单\n没有预算不开工"}
	b.entered(entry(append(same, "serial", "4")...))
	cut, stop := context.WithCancel(t.Context())
	stop()
	for _, o := range b.proposals.HandOverAll(cut, by, token, lines, map[int]bool{3: true}) {
		if o.Given || o.Number != "" || o.Left == (o.What == proposal.IsWrong) && o.No != 6 {
			t.Errorf("line %d of a run that was cut off: %+v", o.No, o)
		}
	}
	lines = b.planned(list)
	var first []string
	for range 2 {
		var numbers []string
		for _, o := range b.proposals.HandOverAll(t.Context(), by, token, lines, map[int]bool{3: true}) {
			numbers = append(numbers, o.Number)
			if want := o.No != 4 && o.No != 6; o.Given != want || o.Left || (o.Refused == "") != want && o.No != 4 {
				t.Errorf("line %d: given %v, %q", o.No, o.Given, o.Refused)
			}
		}
		if first == nil {
			first = numbers
		} else if !slices.Equal(first, numbers) {
			t.Errorf("sent again, the numbers are %q, not %q", numbers, first)
		}
	}
	if count() != 3 || first[3] != b.number {
		t.Errorf("%d proposals; %q", count(), first)
	}
	b.number = first[0]
	b.wantState(proposal.Assigned)
	if l := b.planned(list)[0]; l.What != proposal.IsStands || l.Stands != first[0] || l.Showed() != lines[0].Showed() {
		t.Errorf("handed in anew: %+v", l)
	}
	if l := b.planned(tableOf(line("号", "1", "题目", "别的")))[0]; l.What != proposal.IsWrong || !strings.Contains(l.Faults[0].Sentence, first[0]) {
		t.Errorf("another of that number: %+v", l)
	}
	// Whoever may not, may not; where nobody could work on it, it is registered and said.
	for _, o := range b.proposals.HandOverAll(t.Context(), b.People[staff.Handler], complainttest.Token(), b.planned(tableOf(line("号", "21"))), nil) {
		if o.Number != "" || o.Refused == "" {
			t.Errorf("a handler: %+v", o)
		}
	}
	if _, err := pg.Exec(t.Context(), b.DB.Owner, `UPDATE staff SET disabled_at = now() WHERE unit = 'FIN'`, nil); err != nil {
		t.Fatal(err)
	}
	for _, o := range b.proposals.HandOverAll(t.Context(), by, complainttest.Token(), b.planned(tableOf(line("号", "22"))), nil) {
		if o.Number == "" || o.Given || !strings.Contains(o.Refused, "派过去会停在那里") {
			t.Errorf("to nobody: %+v", o)
		}
	}
	b.verify()
}

// A form of an opening that is sent again opens nothing, and says what it opened.
func TestTheFormOfAnOpeningIsCarriedOutOnce(t *testing.T) {
	b := newBench(t)
	order := workflow.Order{Action: proposal.Enter, By: b.People[staff.Registrar], Token: complainttest.Token(), Answers: entry()}
	first, err := b.proposals.Begin(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.proposals.Begin(t.Context(), order); err != nil || !again.Repeated || again.Number != first.Number {
		t.Errorf("%+v %v", again, err)
	}
}

// Two who register one number at once are told like those who come one after the other.
func TestOneNumberIsRegisteredOnceByTwoAtOnce(t *testing.T) {
	b := newBench(t)
	for serial := range 12 {
		errs := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := b.proposals.Begin(t.Context(), workflow.Order{Action: proposal.Enter, By: b.People[staff.Registrar], Token: complainttest.Token(), Answers: entry("serial", strconv.Itoa(serial+100))})
				errs <- err
			}()
		}
		var faults []fault.Field
		lost := 0
		for range 2 {
			if err := <-errs; err != nil {
				lost++
				faults = fault.FieldsOf(err)
			}
		}
		if lost != 1 || len(faults) != 1 || faults[0].Name != "serial" || !strings.Contains(faults[0].Sentence, "这一号已经登记过，是 TA") {
			t.Fatalf("round %d: %d of two lost: %v", serial, lost, faults)
		}
	}
}

// What was done before is told apart from what this form does, and what stands otherwise
// than the list has it is asked about.
func TestWhatWasDoneBeforeIsNotSaidToBeDone(t *testing.T) {
	b := newBench(t)
	by := b.People[staff.Registrar]
	list := tableOf(line("号", "1"), line("号", "2"), line("号", "3"), line("号", "4", "主办单位", "司法局", "会办单位", ""))
	for _, o := range b.proposals.HandOverAll(t.Context(), by, complainttest.Token(), b.planned(list), nil) {
		if !o.Given || o.Stood {
			t.Fatalf("%+v", o)
		}
		switch b.number = o.Number; o.No {
		case 3:
			b.do(staff.Registrar, proposal.Recall, "note", "交错了")
		case 4:
			b.do(staff.Registrar, proposal.Withdraw, "public", "提的人撤回了")
		}
	}
	again := tableOf(line("号", "1", "主办单位", "司法局", "会办单位", ""), line("号", "2"), line("号", "3"), line("号", "4", "建议各点", "别的一点"))
	lines := b.planned(again)
	for i, want := range []struct {
		what proposal.What
		says string
	}{
		{proposal.IsStands, "在县财政局；清单写的主办是县司法局"}, {proposal.IsFiled, "收回以后还没有再交办：只交办"},
		{proposal.IsStands, "现在是“已撤案”"}, {proposal.IsStands, "“建议各点”和登记的不一样"},
	} {
		if l := lines[i]; l.What != want.what || !strings.Contains(l.Says, want.says) {
			t.Errorf("line %d: %s %q", l.No, l.What, l.Says)
		}
	}
	token := complainttest.Token()
	for range 2 { // also when it is sent again
		for i, o := range b.proposals.HandOverAll(t.Context(), by, token, b.planned(again), nil) {
			if o.Given != (i == 1) || o.Stood != (i != 1) || o.Number == "" || o.Refused != "" {
				t.Errorf("line %d: %+v", o.No, o)
			}
		}
	}
	for i, pair := range [][2]string{{"案由", "别的案由"}, {"建议各点", "只有一点"}, {"提的人", "李山、陈河"}} {
		field, typed, serial := pair[0], pair[1], strconv.Itoa(31+i)
		b.entered(entry("serial", serial, "content", "工程款没有付清。", "points", "列出拖欠清单\n没有预算不开工"))
		other := b.planned(tableOf(line("号", serial, field, typed)))
		if l := other[0]; l.What != proposal.IsAsked || !strings.Contains(l.Says, "“"+field+"”和登记的不一样") || l.Stands != b.number {
			t.Errorf("%s is another: %s %q", field, l.What, l.Says)
		}
		if o := b.proposals.HandOverAll(t.Context(), by, complainttest.Token(), other, nil)[0]; o.Given || o.Number != b.number || o.Refused == "" {
			t.Errorf("%s, not answered: %+v", field, o)
		}
		if o := b.proposals.HandOverAll(t.Context(), by, complainttest.Token(), other, map[int]bool{2: true})[0]; !o.Given || o.Number != b.number {
			t.Errorf("%s, answered: %+v", field, o)
		}
	}
	b.verify()
}
