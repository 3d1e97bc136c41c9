package audit_test

import (
	"strings"
	"testing"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func lawful(_, action string) bool {
	return complaint.Law.Allows(staff.Complainant, workflow.Action(action))
}

// walked is what a walk says: kinds by number of the matter, and the summary.
func walked(t *testing.T, o *complainttest.Office, keys key.EventKeys) (map[string][]chain.Kind, audit.Summary) {
	t.Helper()
	said := map[string][]chain.Kind{}
	sum, err := audit.Walk(t.Context(), o.DB.Admin, keys, lawful, func(f chain.Finding) { said[f.Number] = append(said[f.Number], f.Kind) })
	if err != nil {
		t.Fatal(err)
	}
	return said, sum
}

func TestAnHonestOfficeHasNothingToSay(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	keys := key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	if said, sum := walked(t, o, keys); len(said) != 0 || sum != (audit.Summary{}) {
		t.Errorf("an empty office: %v %+v", said, sum)
	}
	for range 3 {
		o.File(t, complainttest.Intake())
	}
	if said, sum := walked(t, o, keys); len(said) != 0 || sum.Matters != 3 || sum.Events != 3 || sum.Broken != 0 {
		t.Errorf("%v %+v", said, sum)
	}
}

func TestWhatTheOwnerChangedIsFoundInItsMatterAndNoOther(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql  string
		want chain.Kind
	}{
		"a changed time": {`UPDATE event SET at = at - interval '1 day' WHERE matter_id = @id`, chain.Changed},
		"a changed word": {`UPDATE event SET public_text = 'x' WHERE matter_id = @id`, chain.Text},
		"a removed event": {`WITH l AS (DELETE FROM letter WHERE matter_id = @id), c AS (DELETE FROM clock WHERE matter_id = @id)
			DELETE FROM event WHERE matter_id = @id`, chain.Truncated},
		"a state set by hand": {`UPDATE matter SET state = 'closed' WHERE id = @id`, chain.Strayed},
		"a rewritten head":    {`UPDATE matter SET head = sha256('x') WHERE id = @id`, chain.HeadWrong},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := complainttest.New(t)
			o.File(t, complainttest.Intake())
			victim := o.File(t, complainttest.Intake()).Number
			o.File(t, complainttest.Intake())
			sql := strings.ReplaceAll(c.sql, "@id", "(SELECT id FROM matter WHERE number = @number)")
			if _, err := pg.Exec(t.Context(), o.DB.Owner, sql, pg.Args{"number": victim}); err != nil {
				t.Fatal(err)
			}
			said, sum := walked(t, o, key.NewEventKeys(o.Keys.Office, o.Keys.Portal))
			if len(said) != 1 || len(said[victim]) == 0 || said[victim][0] != c.want || sum.Broken == 0 || sum.Matters != 3 {
				t.Errorf("%v %+v, want %s in %s", said, sum, c.want, victim)
			}
		})
	}
}

func TestWithOneKeyFileTheOthersSignaturesAreARemark(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	number := o.File(t, complainttest.Intake()).Number
	said, sum := walked(t, o, key.NewEventKeys(o.Keys.Office, nil))
	if len(said[number]) != 1 || said[number][0] != chain.KeyAbsent || sum.Broken != 0 {
		t.Errorf("%v %+v", said, sum)
	}
	if _, sum := walked(t, o, key.NewEventKeys(nil, o.Keys.Portal)); sum.Broken != 0 {
		t.Errorf("%+v", sum)
	}
}
