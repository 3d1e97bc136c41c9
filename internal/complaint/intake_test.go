package complaint_test

import (
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
)

func TestFilingTwiceWithOneTokenGivesTheSameReceipt(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	f := complaint.Filing{Intake: complainttest.Intake(), By: complainttest.Complainant, Token: complainttest.Token(), Draft: []byte("d")}
	first, err := o.Portal.File(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	second, err := o.Portal.File(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if second.Number != first.Number || second.Code != first.Code || !second.Repeated || first.Repeated {
		t.Errorf("first %v/%v, second %v/%v repeated %v", first.Number, first.Code, second.Number, second.Code, second.Repeated)
	}
	count, err := pg.One[int64](t.Context(), o.DB.Owner, `SELECT count(*) FROM complaint`, nil)
	if err != nil || count != 1 {
		t.Errorf("%d complaints, %v", count, err)
	}
	if len(first.Dues) != 3 || first.UnitName != "东岭镇人民政府" {
		t.Errorf("dues %d, unit %q", len(first.Dues), first.UnitName)
	}
}

func TestThePortalSeesNothingItFiled(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	o.File(t, complainttest.Intake())
	for _, table := range []string{"matter", "complaint", "event", "clock"} {
		count, err := pg.One[int64](t.Context(), o.DB.Portal, `SELECT count(*) FROM `+table, nil)
		if table == "event" {
			count, err = pg.One[int64](t.Context(), o.DB.Portal, `SELECT count(seq) FROM event`, nil)
		}
		if err != nil || count != 0 {
			t.Errorf("%s: %d rows, %v", table, count, err)
		}
	}
	if _, err := o.DB.Portal.Exec(t.Context(), `SELECT person FROM identity`); pg.Code(err) != "42501" {
		t.Errorf("the portal may read identities: %v", err)
	}
}
