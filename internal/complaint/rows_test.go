package complaint_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/ladder"
	"zhengxin/internal/pg"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// needed are the answers that a move's needs take.
func needed(m workflow.Move) workflow.Answers {
	a := workflow.Answers{}
	for _, need := range m.Needs {
		switch {
		case need.Name == "new_body":
			a[need.Name] = []string{"yes"}
		case need.From == workflow.FromPromises:
			a[need.Name] = []string{"1"}
		case need.Name == "lines":
			a[need.Name] = []string{"2026年12月31日 付清"}
		case need.Name == "promise", strings.HasPrefix(need.Name, "promised_on"): // neither has to be
		case need.Name == "waived":
			a[need.Name] = []string{"1.1"}
		case need.From == workflow.FromArticles:
			a[need.Name] = []string{"KX-9"}
		case need.Doubt, need.Kind == workflow.AskUnits, need.Optional && need.From == workflow.FromMatter:
		case need.Day == workflow.ToCome:
			a[need.Name+"_year"], a[need.Name+"_month"], a[need.Name+"_day"] = []string{"2026"}, []string{"3"}, []string{"20"}
		case need.Day == workflow.HasCome:
			a[need.Name+"_year"], a[need.Name+"_month"], a[need.Name+"_day"] = []string{"2026"}, []string{"3"}, []string{"2"}
		case need.Name == "count":
			a[need.Name] = []string{"5"}
		case need.From == workflow.FromTerms:
			a[need.Name] = []string{"PF-DO"}
		case need.From == workflow.FromGrounds:
			a[need.Name] = []string{"APPRAISAL"}
		case need.From == workflow.FromColleagues:
			a[need.Name] = []string{workflow.Nobody}
		case need.From == workflow.FromMatter:
			a[need.Name] = []string{"1"}
		case len(need.Options) > 0:
			a[need.Name] = []string{need.Options[0].Value}
		case need.Name == "bar":
			a[need.Name] = []string{"unit:" + complainttest.TownRoads}
		case need.From == workflow.FromCategories:
			a[need.Name] = []string{"C03"}
		case need.From == workflow.FromComplainable:
			a[need.Name] = []string{complainttest.Town}
		case need.From == workflow.FromHandling, need.From == workflow.FromHelpers:
			a[need.Name] = []string{complainttest.Justice}
		default:
			a[need.Name] = []string{"《信访工作条例》第二十三条，写清楚了。"}
		}
	}
	return a
}

// standing puts a complaint where a move finds it: in a state, with the flags that the
// row wants, with units and a draft by others where it stands so far.
func standing(t *testing.T, o *complainttest.Office, m workflow.Move, from workflow.State) string {
	t.Helper()
	number := o.File(t, complainttest.Intake()).Number
	if m.Action == complaint.CorrectNature { // what was accepted says which nature and since when
		for _, action := range []workflow.Action{complaint.EnterRegister, complaint.Accept} {
			order := workflow.Order{Number: number, Action: action, By: o.People[staff.Registrar], Token: complainttest.Token(), Answers: workflow.Answers{"nature": {complaint.Natures[1].Value}}}
			if _, err := o.Desk.Move(t.Context(), order); err != nil {
				t.Fatal(err)
			}
		}
	}
	flags := []string{}
	for _, flag := range m.Only {
		if _, worked := complaint.Law.Facts[flag]; !worked && !strings.HasPrefix(flag, "!") {
			flags = append(flags, flag)
		}
	}
	if slices.Contains(m.Only, "to_open") {
		flags = append(flags, staff.Sealed)
	}
	given := slices.Contains([]workflow.State{complaint.Dispatched, complaint.Objected, complaint.Handling, complaint.ResultSubmitted, complaint.UnderReview}, from) || m.Action == complaint.Reopen || m.Unit == workflow.LeadUnit
	runs := len(m.Extends)+len(m.Pauses) > 0 || slices.ContainsFunc(m.Only, func(flag string) bool { return extension.Facts[flag] != "" })
	drafted := slices.Contains([]workflow.State{complaint.ResultSubmitted, complaint.UnderReview}, from)
	for _, step := range []struct {
		here bool
		sql  string
		args pg.Args
	}{
		{m.Action == workflow.ReleaseBar, `UPDATE matter SET unit = 'TOWN-ROADS' WHERE number = @number`, pg.Args{}}, // named once
		{m.Action == workflow.ReleaseBar, `UPDATE matter SET unit = 'TOWN' WHERE number = @number`, pg.Args{}},
		{m.Action == workflow.SendAgain, `UPDATE letter l SET state = 'failed', fault_code = '550' FROM matter m WHERE m.id = l.matter_id AND m.number = @number`, pg.Args{}},
		{true, `UPDATE matter SET state = @state, flags = @flags WHERE number = @number`, pg.Args{"state": string(from), "flags": flags}},
		{given, `INSERT INTO assignment (matter_id, unit, part, started_at, signed_at, signed_by)
			SELECT m.id, u.unit, u.part, @at, CASE WHEN @signed THEN @at::timestamptz END, CASE WHEN @signed THEN @head::bigint END
			FROM matter m, (VALUES ('FIN', 'lead'), ('JUS', 'co')) u (unit, part) WHERE m.number = @number`,
			pg.Args{"at": o.Now(), "signed": from != complaint.Dispatched && from != complaint.Objected, "head": o.People[staff.UnitHead].ID}},
		{runs, `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
			SELECT m.id, r.rule, 1, 1, @at, '2026-03-31', '2026-03-31T16:00:00Z', '', r.rule = 'PF-PAUSE' FROM matter m, unnest(@rules::text[]) r (rule) WHERE m.number = @number`,
			pg.Args{"at": o.Now(), "rules": map[bool][]string{false: {"PF-DO", "XF-RC"}, true: {"PF-DO", "PF-PAUSE"}}[slices.Contains(m.Only, extension.Paused)]}},
		{slices.Contains(m.Only, "recheck_asked"), `UPDATE event e SET action = 'ask_recheck', from_state = 'closed', to_state = 'closed' FROM matter m WHERE m.id = e.matter_id AND m.number = @number`, pg.Args{}},
		{slices.Contains(m.Only, "opened"), `UPDATE event e SET action = 'open_sealed', from_state = 'referred_discipline', to_state = 'referred_discipline', actor = 'staff', staff_id = @officer FROM matter m WHERE m.id = e.matter_id AND m.number = @number`,
			pg.Args{"officer": o.People[staff.DisciplineOfficer].ID}},
		{releaseStage(m) != "", `UPDATE event e SET action = @stage, from_state = 'replied', to_state = 'replied', actor = CASE WHEN @by::bigint IS NULL THEN 'complainant' ELSE 'staff' END, role = CASE WHEN @by::bigint IS NULL THEN 'complainant' ELSE 'publisher' END, staff_id = @by
			FROM matter m WHERE m.id = e.matter_id AND m.number = @number`, pg.Args{"stage": releaseStage(m), "by": staffOf(o, m)}},
		{m.Action == complaint.WriteRelease, `INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, sent_at)
			SELECT id, 1, 1, @other, 'FIN', 'substantiated', 'support', '合同属实。', '予以支持。', '《保障中小企业款项支付条例》第九条', @at FROM matter WHERE number = @number`,
			pg.Args{"other": o.OtherHandler.ID, "at": o.Now()}},
		{slices.Contains(m.Only, extension.Asked), `INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, count, reason)
			SELECT id, 1, 'PF-DO', 1, 'FIN', 'extend', 5, '要核' FROM matter WHERE number = @number`, pg.Args{}},
		{slices.Contains(m.Only, extension.PauseAsked), `INSERT INTO term_request (matter_id, seq, rule, started_seq, unit, kind, until_on, ground, document, reason)
			SELECT id, 1, 'PF-DO', 1, 'FIN', 'pause', '2026-03-20', 'APPRAISAL', '鉴定委托书', '要核' FROM matter WHERE number = @number`, pg.Args{}},
		{slices.Contains(m.Only, extension.Paused), `INSERT INTO clock_span (matter_id, seq, rule, started_seq, kind, from_on, to_on, ground, document)
			SELECT id, 1, 'PF-DO', 1, 'pause', '2026-03-01', '2026-03-20', 'APPRAISAL', '鉴定委托书' FROM matter WHERE number = @number`, pg.Args{}},
		{wants(m, request.Facts), `WITH q AS (INSERT INTO request (matter_id, no, seq, kind, by_unit)
				SELECT id, 1, 1, @sort, CASE WHEN @sort <> 'supplement' THEN 'FIN' END FROM matter WHERE number = @number RETURNING matter_id)
			INSERT INTO request_item (matter_id, no, item, words) SELECT matter_id, 1, 1, '合同首页' FROM q`,
			pg.Args{"sort": sortOf(m, from)}},
		{slices.Contains(m.Only, complaint.OnceAnswered) && from == complaint.Closed || slices.Contains(m.Only, "closing_in_doubt"), `INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis, sent_at)
			SELECT id, 1, 1, @other, 'FIN', 'substantiated', 'support', '合同属实。', '予以支持。', '《保障中小企业款项支付条例》第九条', @at FROM matter WHERE number = @number`,
			pg.Args{"other": o.OtherHandler.ID, "at": o.Now()}},
		{slices.Contains(m.Only, "closing_in_doubt"), `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
			SELECT id, 'PF-VERIFY', 1, 1, @at, '2026-03-31', '2026-03-31T16:00:00Z', '', false FROM matter WHERE number = @number`, pg.Args{"at": o.Now()}},
		{slices.Contains(m.Only, ladder.OfficeLong), `INSERT INTO event (matter_id, seq, at, actor, action, from_state, to_state, commitment, prev, hash, key_id)
			SELECT e.matter_id, 2, e.at, 'system', 'office_overlong', e.to_state, e.to_state, e.commitment, e.prev, e.hash, e.key_id FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @number`, pg.Args{}},
		{slices.Contains(m.Only, ladder.OfficeLong), `UPDATE matter SET seq = 2 WHERE number = @number`, pg.Args{}},
		{slices.Contains(m.Only, ladder.OfficeLong), `INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only)
			SELECT id, 'PF-DO', 1, 1, opened_at, '2026-03-01', '2026-03-01T16:00:00Z', '', false FROM matter WHERE number = @number`, pg.Args{}},
		{slices.Contains(m.Only, "unacknowledged"), `INSERT INTO transfer (matter_id, seq, body, document) SELECT id, 1, '市住建局', '转送函' FROM matter WHERE number = @number`, pg.Args{}},
		{wants(m, map[string]string{request.Out: "", request.OutOfUnit: ""}), `INSERT INTO request_put (matter_id, no, seq) SELECT id, 1, 1 FROM matter WHERE number = @number`, pg.Args{}},
		{wants(m, promise.Facts), `WITH p AS (INSERT INTO promise (matter_id, seq, no, unit, due_on, what) SELECT id, 1, 1, 'FIN', '2026-12-31', '付清' FROM matter WHERE number = @number RETURNING matter_id)
			INSERT INTO clock (matter_id, rule, version, started_seq, started_at, due_on, due_at, derivation, right_only) SELECT matter_id, 'PROMISE', 1, 1, @at, '2026-12-31', '2026-12-31T16:00:00Z', '', false FROM p`,
			pg.Args{"at": o.Now()}},
		{slices.Contains(m.Only, complaint.Agreement), `INSERT INTO settlement (matter_id, seq, unit, agreed_on, document, words) SELECT id, 1, 'FIN', '2026-01-01', '协议书', '付清' FROM matter WHERE number = @number`, pg.Args{}},
		{slices.Contains(m.Only, complaint.Agreed), `WITH s AS (INSERT INTO settlement (matter_id, seq, unit, agreed_on, document, words) SELECT id, 1, 'FIN', '2026-01-01', '协议书', '付清' FROM matter WHERE number = @number RETURNING matter_id)
			INSERT INTO settlement_step (matter_id, settled, how, seq) SELECT matter_id, 1, 'agreed', 1 FROM s`, pg.Args{}},
		{drafted, `INSERT INTO answer (matter_id, seq, version, drafted_by, unit, finding, decision, facts, opinion, basis)
			SELECT id, 1, 1, @other, 'FIN', 'substantiated', 'support', '合同属实。', '予以支持。', '《保障中小企业款项支付条例》第九条' FROM matter WHERE number = @number`,
			pg.Args{"other": o.OtherHandler.ID}},
	} {
		if !step.here {
			continue
		}
		step.args["number"] = number
		if _, err := pg.Exec(t.Context(), o.DB.Owner, step.sql, step.args); err != nil {
			t.Fatalf("%s of %s: %v", from, m.Action, err)
		}
	}
	return number
}

// releaseStage is how far publishing has come where a move of it finds it.
func releaseStage(m workflow.Move) string {
	for flag, stage := range map[string]workflow.Action{"release_open": complaint.AllowRelease, "release_written": complaint.WriteRelease, "release_approved": complaint.ApproveRelease, "release_agreed": complaint.AgreeRelease, "release_shown": complaint.PublishRelease} {
		if slices.Contains(m.Only, flag) {
			return string(stage)
		}
	}
	return ""
}

// staffOf is whose event that is; nil for a complainant's.
func staffOf(o *complainttest.Office, m workflow.Move) any {
	if stage := releaseStage(m); stage == string(complaint.AllowRelease) || stage == string(complaint.AgreeRelease) {
		return nil
	}
	return o.OtherHandler.ID
}

// sortOf is what is asked where a move of a request finds it.
func sortOf(m workflow.Move, from workflow.State) string {
	switch {
	case slices.Contains(m.Only, request.ProposedToUnit):
		return string(request.Assist)
	case from == complaint.SupplementRequired:
		return string(request.Supplement)
	}
	return string(request.Question)
}

// apart has a complaint follow another as a part of it.
func apart(t *testing.T, o *complainttest.Office, number, whole, state string) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE matter SET follows = (SELECT id FROM matter WHERE number = @whole), state = coalesce(nullif(@state, ''), state) WHERE number = @number`,
		pg.Args{"number": number, "whole": whole, "state": state}); err != nil {
		t.Fatal(err)
	}
}

// split has a complaint stand as one that was split.
func split(t *testing.T, o *complainttest.Office, whole string) {
	t.Helper()
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE matter SET state = 'split' WHERE number = @whole`, pg.Args{"whole": whole}); err != nil {
		t.Fatal(err)
	}
}

// waiting is the value of a part of a complaint that was taken back.
func waiting(t *testing.T, o *complainttest.Office, whole string) string {
	t.Helper()
	back := o.File(t, complainttest.Intake()).Number
	apart(t, o, back, whole, "missplit")
	id, err := pg.One[int64](t.Context(), o.DB.Owner, `
		INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, public_text, note, data, salt, commitment, prev, hash, key_id)
		SELECT e.matter_id, 2, e.at, e.actor, e.actor_name, e.role, 'take_back', 'registered', 'missplit', '', '', e.data, e.salt, e.commitment, e.hash, sha256(e.hash), e.key_id
		FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @number RETURNING matter_id`, pg.Args{"number": back})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d-2", id)
}

// wants says that a row is done only with one of these facts.
func wants(m workflow.Move, facts map[string]string) bool {
	return slices.ContainsFunc(m.Only, func(flag string) bool { _, ok := facts[flag]; return ok })
}

// doer is who does a move.
func doer(o *complainttest.Office, m workflow.Move) (staff.Person, bool) {
	if m.Unit == workflow.CoUnit {
		return o.OtherHandler, true
	}
	for _, role := range m.By {
		if p, ok := o.People[role]; ok {
			return p, true
		}
	}
	return staff.Person{}, false
}

// TestEveryRowIsDoneFromEveryStateItNames: a state that a row names and cannot be left by
// it is a promise that no page keeps.
func TestEveryRowIsDoneFromEveryStateItNames(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE setting SET value = '0' WHERE key = 'release_least'`, nil); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, m := range complaint.Law.Moves {
		by, ok := doer(o, m)
		if !ok || m.Apart {
			continue
		}
		for _, from := range m.From {
			if from == complaint.Reopened && wants(m, promise.Facts) || wants(m, map[string]string{promise.Owed: "", promise.Doubted: ""}) {
				continue // it comes there by what was broken or doubted: see the tests of settlements
			}
			number := standing(t, o, m, from)
			order := workflow.Order{Number: number, Action: m.Action, By: by, Token: complainttest.Token(), Answers: needed(m)}
			if m.Action == complaint.Join {
				order.Answers["main"] = []string{standing(t, o, m, from)}
			}
			whole := number
			if slices.Contains(m.Only, "is_part") {
				whole = o.File(t, complainttest.Intake()).Number
				split(t, o, whole)
				apart(t, o, number, whole, "")
			}
			if slices.Contains(m.Only, "part_waits") {
				order.Answers["addition"] = []string{waiting(t, o, whole)}
			}
			if slices.Contains(m.Only, "sealed_part") {
				part := o.File(t, complainttest.Intake()).Number
				apart(t, o, part, whole, "referred_discipline")
				if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE matter SET flags = '{sealed}' WHERE number = @part`, pg.Args{"part": part}); err != nil {
					t.Fatal(err)
				}
			}
			done, err := o.Desk.Move(t.Context(), order)
			want := m.To
			switch {
			case len(m.MayLead) > 0:
				want = m.MayLead[0]
			case want == "":
				want = from
			}
			row := fmt.Sprintf("%s from %s by %s", m.Action, from, by.Role)
			if err != nil {
				t.Errorf("%s: %v %s %v", row, err, fault.SentenceOf(err), fault.FieldsOf(err))
				continue
			}
			if done.State != want {
				t.Errorf("%s leads to %s, not %s", row, done.State, want)
			}
			tried++
		}
	}
	if tried < 80 {
		t.Errorf("only %d pairs of a row and a state were tried", tried)
	}
}
