package audit_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

func lawful(_, role, action string) bool {
	return complaint.Law.Allows(staff.Role(role), workflow.Action(action))
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

// asBefore writes the only event of a matter as events were written before binding.
func asBefore(t *testing.T, o *complainttest.Office, number string) {
	t.Helper()
	type row struct {
		At                  time.Time
		From, To            string
		Commitment, Prev    []byte
		Actor, Role, Action string
	}
	e, err := pg.One[row](t.Context(), o.DB.Owner, `
		SELECT e.at, e.from_state AS "from", e.to_state AS "to", e.commitment, e.prev, e.actor, e.role, e.action
		FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.number = @number`, pg.Args{"number": number})
	if err != nil {
		t.Fatal(err)
	}
	k := o.Keys.Portal.EventKey()
	var b []byte
	field := func(s string) { b = append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...) }
	field("zhengxin event v1")
	field(number)
	b = binary.BigEndian.AppendUint64(b, 1)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	for _, s := range []string{e.Actor, "", e.Role, e.Action, e.From, e.To, string(e.Commitment), string(e.Prev), k.ID()} {
		field(s)
	}
	if _, err := pg.Exec(t.Context(), o.DB.Owner, `
		WITH of AS (SELECT id FROM matter WHERE number = @number), e AS (UPDATE event SET hash = @hash WHERE matter_id = (SELECT id FROM of)),
			b AS (DELETE FROM binding WHERE matter_id = (SELECT id FROM of))
		UPDATE matter SET head = @hash WHERE number = @number`, pg.Args{"number": number, "hash": k.MAC(b)}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsOlderThanBindingIsCountedAndNotBroken(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	keys := key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	number := o.File(t, complainttest.Intake()).Number
	asBefore(t, o, number)
	change := func() {
		t.Helper()
		if _, err := pg.Exec(t.Context(), o.DB.Owner, `UPDATE complaint SET facts = facts || '。'`, nil); err != nil {
			t.Fatal(err)
		}
	}
	change()
	if said, sum := walked(t, o, keys); len(said) != 0 || sum.Before != 1 || sum.Broken != 0 {
		t.Errorf("an event of before: %v %+v", said, sum)
	}
	if _, err := o.Desk.Move(t.Context(), workflow.Order{Number: number, Action: complaint.EnterRegister, By: o.People[staff.Registrar],
		Token: complainttest.Token()}); err != nil {
		t.Fatal(err)
	}
	if said, sum := walked(t, o, keys); len(said) != 0 || sum.Before != 1 || sum.Broken != 0 {
		t.Errorf("its next event: %v %+v", said, sum)
	}
	change()
	if said, sum := walked(t, o, keys); len(said[number]) != 1 || said[number][0] != chain.Differs || sum.Broken != 1 {
		t.Errorf("a change since: %v %+v", said, sum)
	}
}
