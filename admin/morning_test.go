package admin

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"zhengxin/internal/browser"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// typist works at a desk without a mouse and counts what is pressed.
type typist struct {
	*browser.Tab
	t       *testing.T
	presses int
}

func (p *typist) press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		p.presses++
		p.Key(key)
	}
}

func (p *typist) goes(key string) {
	p.t.Helper()
	p.presses++
	p.Follow(key)
}

// reach jumps over the menu and goes on with Tab until it stands there.
func (p *typist) reach(css string) {
	p.t.Helper()
	p.press(kb.Tab, kb.Enter)
	for range 40 {
		if p.Has(css + ":focus") {
			return
		}
		p.press(kb.Tab)
	}
	p.t.Fatalf("%s is not reached by Tab; it stands on %q", css, p.Texts(":focus"))
}

// together does a move to all of a page of the list.
func (p *typist) together(action workflow.Action, fill func()) {
	p.t.Helper()
	p.press("a", strconv.Itoa(slices.Index(p.values(".many [name=do]"), string(action))+1))
	p.goes(kb.Enter)
	fill()
	p.press("\u001b", "1")
	p.goes(kb.Enter)
	if !p.Has(".banner-done") {
		p.t.Fatalf("%s: %s", action, p.Text("main"))
	}
}

func (p *typist) values(css string) (all []string) {
	for i := range p.Texts(css) {
		all = append(all, p.Attribute(css+":nth-of-type("+strconv.Itoa(i+2)+")", "value")) // the first button ticks
	}
	return all
}

// TestARegistrarsMorningIsDoneByKeysAlone: two hundred complaints have come in, and are
// entered, taken up and given to a unit, with three presses for two of them at most: each
// of the three steps is read and done for fifty at a time.
func TestARegistrarsMorningIsDoneByKeysAlone(t *testing.T) {
	t.Parallel()
	const came = 200
	w := newWorkplace(t)
	w.team(t)
	for range came {
		w.File(t, complainttest.Intake())
	}
	site, b := w.serve(t), browser.New(t)
	clerk := &typist{Tab: w.sits(t, b, site, browser.Desktop, "zhouning-keys", "周宁", staff.Registrar, complainttest.DeskUnit), t: t}
	nothing := func() {}
	for _, step := range []struct {
		from   workflow.State
		action workflow.Action
		fill   func()
	}{
		{complaint.Submitted, complaint.EnterRegister, nothing},
		{complaint.Registered, complaint.Accept, func() {
			clerk.reach("[name=nature]")
			clerk.press(" ")
		}},
		{complaint.Accepted, complaint.Dispatch, func() {
			clerk.reach("[name=lead]")
			for clerk.Value("lead") != complainttest.Finance {
				clerk.press(kb.ArrowDown)
			}
		}},
	} {
		for page := 1; ; page++ {
			clerk.Open(site + "/complaints?state=" + string(step.from))
			if !clerk.Has("[data-row]") {
				break
			}
			if page == 1 {
				clerk.Axe(t)
				clerk.Screenshot("morning-" + string(step.from))
			}
			if page > came/50 {
				t.Fatalf("more than %d pages of %s", came/50, step.from)
			}
			clerk.together(step.action, step.fill)
		}
	}
	clerk.Quiet(t)
	if n, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM matter WHERE state = 'dispatched'`, nil); n != came || err != nil {
		t.Errorf("%d of %d are with a unit: %v", n, came, err)
	}
	if clerk.presses > came*3/2 {
		t.Errorf("%d presses for %d complaints", clerk.presses, came)
	}

	// On a telephone they are done one by one, as they are read.
	phone := w.sits(t, b, site, browser.Phone, "chenlu-small", "陈露", staff.Handler, complainttest.Finance)
	phone.Open(site + "/complaints?state=dispatched")
	phone.Axe(t)
	phone.NoSidewaysScroll(t)
	phone.Screenshot("morning-small")
	phone.Open(site + phone.Attribute("[data-row] [data-open]", "href"))
	phone.Press(string(complaint.Sign))
	phone.Axe(t)
	phone.NoSidewaysScroll(t)
	if got := phone.Text(".banner-done"); !strings.Contains(got, "已经签收") {
		t.Errorf("says %q", got)
	}
	phone.Quiet(t)
}
