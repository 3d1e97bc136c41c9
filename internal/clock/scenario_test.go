package clock_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/clock"
	"zhengxin/internal/pgtest"
)

// scenario is one row of testdata/scenarios.txt.
type scenario struct {
	rule        clock.Code
	version     int
	begun, last string
	spans       []clock.Span
	line        string
}

func scenarios(t *testing.T) (all []scenario) {
	t.Helper()
	text, err := os.ReadFile("testdata/scenarios.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 6 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		version, err := strconv.Atoi(cells[1])
		if err != nil {
			t.Fatal(err)
		}
		s := scenario{rule: clock.Code(cells[0]), version: version, begun: cells[2], last: cells[4], line: line}
		for one := range strings.SplitSeq(cells[3], "; ") {
			switch words := strings.Fields(one); {
			case one == "-":
			case words[0] == "extend":
				n, err := strconv.Atoi(words[2])
				if err != nil {
					t.Fatal(err)
				}
				s.spans = append(s.spans, clock.Span{Kind: clock.Extend, From: date(t, words[1]), Count: n})
			default:
				from, to, _ := strings.Cut(words[1], "~")
				s.spans = append(s.spans, pausedFor(t, from, to, "听证"))
			}
		}
		all = append(all, s)
	}
	return all
}

// The table was counted without the package; what it says is right and the code is not,
// where they differ.
func TestEveryRuleComesToWhatWasCountedWithoutIt(t *testing.T) {
	t.Parallel()
	table := base(t, pgtest.New(t).Owner)
	counted := map[clock.Code]int{}
	for _, s := range scenarios(t) {
		counted[s.rule]++
		due, ok := table.Due(s.rule, moment(t, s.begun), s.spans...)
		got := due.On.String()
		if due.Unit == clock.Hours {
			got = clock.Local(due.At).Format("2006-01-02 15:04")
		}
		if !ok || due.Version != s.version || got != s.last {
			t.Errorf("%s\n\tcounted %s by version %d", s.line, got, due.Version)
		}
	}
	for _, r := range table.Rules {
		if r.Unit != clock.Given && counted[r.Code] < 2 {
			t.Errorf("%s: %d scenarios, want two", r.Code, counted[r.Code])
		}
	}
}

func TestARuleThatCannotBeCountedOrIsAgainstItselfIsRefused(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]func(*clock.Rule){
		"an unknown unit":           func(r *clock.Rule) { r.Unit = "FORTNIGHT" },
		"nothing to count":          func(r *clock.Rule) { r.Limit = 0 },
		"above its own maximum":     func(r *clock.Rule) { r.MaxExtension, r.MaxTotal = 40, 90 },
		"days that wait as hours":   func(r *clock.Rule) { r.Waits = true },
		"a start without a word":    func(r *clock.Rule) { r.StartEvent = "guessed" },
		"a confidence that is none": func(r *clock.Rule) { r.Confidence = "certain" },
	} {
		r := rule(60, clock.NaturalDays)
		wrong(&r)
		if due, err := r.Due(calendar(t), moment(t, "2026-03-02 10:00")); err == nil {
			t.Errorf("%s: counted to %s", name, due.On)
		}
	}
}

// The database refuses them as well: a row that allows more than its law, in a new version
// of either, a unit that there is not, and a choice of a rule that there is not.
func TestTheTableTakesNoRuleAgainstItsLaw(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	again := func(code, changed string) string {
		return `INSERT INTO clock_rule SELECT (r).* FROM (SELECT jsonb_populate_record(c, '{"version": 2, ` + changed + `}') AS r FROM clock_rule c WHERE code = '` + code + `' AND version = 1) x`
	}
	for name, sql := range map[string]string{
		"a promise above its law":           again("PF-DO", `"limit_count": 61, "max_extension": null, "max_total": null`),
		"a promise longer in all":           again("PF-DO", `"limit_count": 60, "max_extension": 31, "max_total": 91`),
		"a law below what is promised":      again("XF-DO", `"limit_count": 20, "max_extension": null, "max_total": null`),
		"more than its own maximum":         again("SME-DO", `"max_extension": 61`),
		"a unit that there is not":          again("SME-DO", `"unit": "WEEK"`),
		"days that wait as hours":           again("BE-DO", `"waits": true`),
		"a choice of a rule that is not":    `INSERT INTO clock_choice (kind, at, rule, valid_from) VALUES ('complaint', 'accept', 'NONE', '2026-01-01')`,
		"a choice that is made twice a day": `INSERT INTO clock_choice (kind, track, nature, at, rule, valid_from) VALUES ('complaint', 'petition', 'RED', 'accept', 'XF-DO', '2026-01-01')`,
	} {
		if _, err := db.Owner.Exec(t.Context(), sql); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
