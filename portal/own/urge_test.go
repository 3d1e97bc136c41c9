package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
)

func TestAComplainantUrgesFromTheirOwnPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	asked := v.Get(t, "/complaints/mine").Want(t, 200).Follow(t, `a[href="/complaints/mine/urge"]`).Want(t, 200)
	done := asked.Submit(t, `form[action="/complaints/mine/urge"] button`, nil).Want(t, 200)
	if done.Path != "/complaints/mine?done=urge" || !strings.Contains(done.Text("main"), "催办已经记下") {
		t.Errorf("at %s: %s", done.Path, done.Text(".banner"))
	}
	n, err := pg.One[int](t.Context(), s.DB.Owner, `SELECT count(*) FROM event WHERE action = 'urge'`, nil)
	if err != nil || n != 1 {
		t.Errorf("%d events, %v", n, err)
	}
}

// A second one of the same day ends on the matter, which says why.
func TestASecondUrgeEndsOnTheMatter(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	again := v.Get(t, "/complaints/mine/urge").Want(t, 200)
	again.Submit(t, `form[action="/complaints/mine/urge"] button`, nil).Want(t, 200)
	page := v.Get(t, "/complaints/mine/urge").Submit(t, `form[action="/complaints/mine/urge"] button`, nil)
	for range 10 { // however many are allowed a day
		if page.Status != 200 {
			break
		}
		page = v.Get(t, "/complaints/mine/urge").Submit(t, `form[action="/complaints/mine/urge"] button`, nil)
	}
	if page.Status == 200 || page.Text("h1") == "" || !page.Has(".matter-head, .timeline") || page.Text(".banner") == "" || strings.Contains(page.Text("main"), "回首页") {
		t.Errorf("status %d: %s", page.Status, page.Text("main"))
	}
	if back := v.Get(t, "/complaints/mine/withdraw").Want(t, 200).Follow(t, `main > * a.button[href="/complaints/mine"], main a.button[href="/complaints/mine"]`); back.Path != "/complaints/mine" {
		t.Errorf("who does not withdraw after all comes to %s", back.Path)
	}
}
