package admin

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/workflow"
)

// secrets are what complainttest.Intake says of who complains.
var secrets = []string{"王建国", "13800138000", "wang@example.com", "青禾路桥", "91410425MA00000077"}

// put sets a complaint into a state as if it had come there, with an answer
// drafted by one person, so that every row of the table can be tried.
func (w *workplace) put(t *testing.T, number string, state workflow.State, drafter int64) {
	t.Helper()
	for _, sql := range []string{
		`UPDATE matter SET state = $1, flags = flags || '{substantiated}'::text[] WHERE number = $2 AND $3::bigint > 0`,
		`INSERT INTO assignment (matter_id, unit, part, started_at)
			SELECT m.id, u.unit, u.part, m.opened_at FROM matter m, (VALUES ('FIN', 'lead'), ('JUS', 'co')) u (unit, part)
			WHERE m.number = $2 AND $1 <> '' AND $3::bigint > 0 ON CONFLICT DO NOTHING`,
		`INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis)
			SELECT id, 1, 1, $3::bigint, 'FIN', 'substantiated', 'support', '合同属实。', '予以支持。', '《保障中小企业款项支付条例》第九条'
			FROM matter WHERE number = $2 AND $1 <> '' ON CONFLICT DO NOTHING`,
	} {
		if _, err := w.DB.Owner.Exec(t.Context(), sql, string(state), number, drafter); err != nil {
			t.Fatal(err)
		}
	}
}

// buttons are the moves of a page, with a mark at those that cannot be pressed.
func buttons(page *webtest.Page) []string {
	out := page.Find("[data-action]").Map(func(_ int, s *goquery.Selection) string {
		action := s.AttrOr("data-action", "")
		if _, off := s.Attr("disabled"); off {
			return action + " (not now)"
		}
		return action
	})
	slices.Sort(out)
	return out
}

func tableGives(dossier *complaint.Dossier, p staff.Person) []string {
	var out []string
	for _, c := range complaint.Law.Choices(&dossier.Matter, workflow.Actor{StaffID: p.ID, Name: p.Name, Role: p.Role, Unit: p.Unit}, time.Now()) {
		if c.Action == complaint.SendAgain {
			continue // its button stands at a letter that is lost: TestALetterThatIsLostIsSentAgain
		}
		if c.Why != "" {
			out = append(out, string(c.Action)+" (not now)")
			continue
		}
		out = append(out, string(c.Action))
	}
	slices.Sort(out)
	return out
}

func TestEveryPageShowsExactlyTheButtonsOfTheTable(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	people := []member{
		w.signIn(t, "coheading", "许立", staff.Handler, complainttest.Justice),
		w.signIn(t, "drafting", "沈红", staff.UnitHead, complainttest.Finance),
	}
	for _, role := range []staff.Role{staff.Registrar, staff.Handler, staff.UnitHead, staff.Supervisor, staff.DisciplineOfficer, staff.Leader, staff.Auditor, staff.Publisher} {
		unit := complainttest.DeskUnit
		if role == staff.Handler || role == staff.UnitHead {
			unit = complainttest.Finance
		}
		people = append(people, w.signIn(t, "the-"+strings.ReplaceAll(string(role), "_", "-"), role.Title()+"甲", role, unit))
	}
	w.signIn(t, "named", "葛洪", staff.Auditor, complainttest.DeskUnit)
	in := complainttest.Intake()
	in.Story.Facts += "葛洪也知道。"
	number, seen := w.File(t, in).Number, map[string]bool{}
	for _, info := range complaint.Law.States {
		w.put(t, number, info.State, people[1].ID)
		w.facts(t, number, map[workflow.State][]string{complaint.Registered: {"is_part", "part_waits"}, complaint.Split: {"part_waits"}, complaint.Transferred: {"unacknowledged"}, complaint.Closed: {"recheck_asked"}, complaint.Dispatched: {ladder.ToCirculate}, complaint.Handling: {extension.Asked, ladder.Late, ladder.ToTalk, request.Proposed, request.ProposedToUnit, request.Out, complaint.Agreement}, complaint.ResultSubmitted: {extension.PauseAsked},
			complaint.UnderReview: {extension.Paused}, complaint.Settled: {complaint.Agreed, promise.Promised}, complaint.Replied: {"release_open"}, complaint.Rated: {promise.Doubted, "release_written"},
			complaint.Rechecked: {"release_agreed"}, complaint.Withdrawn: {"release_shown"}}[info.State]...)
		for _, m := range people {
			if m.Role == staff.Publisher && !slices.Contains([]workflow.State{complaint.Replied, complaint.Rated, complaint.Rechecked, complaint.Withdrawn}, info.State) {
				m.Get(t, "/complaints/"+number).Want(t, 404) // a publisher reads what its complainant wants published
				continue
			}
			page := m.open(number)
			dossier, err := w.Desk.Read(t.Context(), m.Person, number)
			if err != nil {
				t.Fatal(err)
			}
			got, want := buttons(page), tableGives(dossier, m.Person)
			if !slices.Equal(got, want) {
				t.Errorf("%s as %s of %s:\n\tshown %v\n\ttable %v", info.State, m.Role, m.Unit, got, want)
			}
			for _, one := range got {
				seen[strings.TrimSuffix(one, " (not now)")] = true
			}
			for _, body := range []string{page.Body, m.Get(t, "/complaints/"+number+"/answer").Want(t, 200).Body} {
				if leak := leaked(body, secrets...); leak != "" {
					t.Errorf("%s as %s: %q stands on the page", info.State, m.Role, leak)
				}
			}
		}
	}
	// What is sealed has pages of its own: TestWhatIsReferredIsSealedOnThePages.
	for _, m := range complaint.Law.Moves {
		if byStaff(m) && len(m.From) > 0 && m.Action != complaint.SendAgain && m.Action != complaint.PassSealed && !slices.Equal(m.From, []workflow.State{complaint.ReferredDiscipline}) && !seen[string(m.Action)] {
			t.Errorf("no page showed a button for %s", m.Action)
		}
	}
	if leak := leaked(w.log.String(), secrets...); leak != "" {
		t.Errorf("%q stands in the log", leak)
	}
}

// byStaff says that somebody at the desk does a move.
func byStaff(m workflow.Move) bool {
	return !slices.Contains(m.By, staff.Complainant) && !slices.Contains(m.By, staff.System)
}

func TestEveryStaffMoveIsSaidToBeDone(t *testing.T) {
	t.Parallel()
	for _, m := range complaint.Law.Moves {
		if len(m.From) > 0 && byStaff(m) && m.Done == "" {
			t.Errorf("after %s the page says nothing", m.Action)
		}
	}
}

func TestABarredMoveSaysWhy(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	in := complainttest.Intake()
	in.Story.Unit, in.Story.UnitSaid = complaint.UnknownUnit, "村东头那个所"
	number := w.File(t, in).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	page := team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
	if why := page.Text("#why-dispatch"); why != "还不行：被投诉单位还没有确定，先确定再办这一步。" {
		t.Errorf("dispatch is barred: %q", why)
	}
	if !strings.Contains(page.Text(".page-head-facts"), "村东头那个所") {
		t.Error("the page does not say how the complainant calls the unit")
	}
	if first := page.Attr(".moves button.button-go", "data-action"); first != string(complaint.SettleUnit) {
		t.Errorf("the filled button is %q", first)
	}
	page = team[staff.Registrar].does(number, complaint.SettleUnit, "unit", complainttest.Town, "category", "C03")
	if page.Has("#why-dispatch") {
		t.Error("dispatch is still barred")
	}
}

func TestBarredUnitsAreShownAndCannotBeChosen(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	team := w.team(t)
	number := w.File(t, complainttest.Intake()).Number
	team[staff.Registrar].does(number, complaint.EnterRegister)
	page := team[staff.Registrar].does(number, complaint.Accept, "nature", "RED")
	for code, words := range map[string]string{complainttest.Town: "（被投诉单位，不能派）", complainttest.TownRoads: "（被投诉单位的下属，不能派）"} {
		for _, css := range []string{`#dispatch-lead option[value=` + code + `]`, `#dispatch-co-` + code} {
			if _, off := page.Find(css).Attr("disabled"); !off {
				t.Errorf("%s can be chosen", css)
			}
		}
		if got := page.Text(`#dispatch-lead option[value=` + code + `]`); !strings.Contains(got, words) {
			t.Errorf("%s reads %q", code, got)
		}
	}
	if _, off := page.Find(`#dispatch-lead option[value=FIN]`).Attr("disabled"); off {
		t.Error("nobody may have it")
	}
	// What a browser cannot choose can still be posted.
	page = page.Forge(t, "[data-action=dispatch]", url.Values{"lead": {complainttest.TownRoads}, "note": {"请查清尚欠多少"}}).Want(t, 403)
	if got := page.Text(".banner"); !strings.Contains(got, "不能派给东岭镇村镇建设办公室：它是被投诉单位的下属") {
		t.Errorf("the refusal reads %q", got)
	}
	if got := page.Text("#dispatch-note"); got != "请查清尚欠多少" {
		t.Errorf("what was typed is now %q", got)
	}
	if n, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM assignment`, nil); err != nil || n != 0 {
		t.Errorf("%d assignments, %v", n, err)
	}
}
