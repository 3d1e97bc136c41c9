package own_test

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/view/viewtest"
)

// Whoever complained reaches each part from the page of the whole and back, with one code.
func TestAComplainantReachesTheParts(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	receipt, v := s.File(t, complainttest.Intake()), s.Visitor()
	decide(t, s, receipt.Number, complaint.EnterRegister)
	page := track(t, v, receipt.Number, receipt.Code).Want(t, 200)
	if page.Has("#kin") {
		t.Error("not split, the page shows parts")
	}
	var pairs []string
	for of, nature := range map[string]string{"_1": "RED", "_2": "ACC"} {
		pairs = append(pairs, "nature"+of, nature, "title"+of, "第"+nature+"件", "unit"+of, complainttest.Town, "category"+of, "C03", "request"+of, "查处。", "facts"+of, "说了"+nature+"这件事。")
	}
	decide(t, s, receipt.Number, complaint.SplitUp, pairs...)
	page = v.Get(t, "/complaints/mine").Want(t, 200)
	viewtest.Sound(t, page.Document)
	section := page.Text("section:has(#kin)")
	if !strings.Contains(section, "第RED件") || !strings.Contains(section, "第ACC件") || !strings.Contains(section, "先选是哪一件") || page.Has(`a[href$="/withdraw"]`) || !page.Has(`a[href$="/supplement"]`) {
		t.Errorf("the whole says %q", section)
	}
	part := page.Submit(t, `section:has(#kin) form button`, nil).Want(t, 200)
	viewtest.Sound(t, part.Document)
	if got := part.Text("main"); !strings.Contains(got, "原来那一件") || !part.Has(`a[href$="/withdraw"]`) {
		t.Errorf("the part says %q", got)
	}
	if one, other := strings.Contains(part.Text("main"), "说了RED这件事。"), strings.Contains(part.Text("main"), "说了ACC这件事。"); one == other {
		t.Error("a part shows the words of the other, or none")
	}
	stranger := s.File(t, complainttest.Intake())
	fresh := s.Visitor()
	if page := track(t, fresh, stranger.Number, receipt.Code); page.Status != 404 && page.Status != 422 {
		t.Errorf("%d: the code opens another's", page.Status)
	}
}
