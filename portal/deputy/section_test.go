package deputy_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/member"
	"zhengxin/internal/web/webtest"
	"zhengxin/portal/site"
)

// A section that is not theirs is no page of theirs, whatever stands behind its address, and
// nothing tells it from none.
func TestASectionThatIsNotTheirsIsNoPage(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	deputy := n.enters(t, mailbox, n.Does(t, "陈河", member.Admit, mailbox))
	for kind, v := range map[member.Kind]*webtest.Client{member.Deputy: deputy, member.Journalist: n.visitor} {
		absent := v.Get(t, "/member/nothing").Want(t, 404)
		for _, s := range append(site.MemberSections(member.Deputy), site.MemberSections(member.Journalist)...) {
			if slices.Contains(s.Kinds, kind) {
				v.Get(t, s.Href).Want(t, 200)
				continue
			}
			for _, path := range []string{s.Href, s.Href + "/new", s.Href + "/TA2026000000000"} {
				page := v.Get(t, path).Want(t, 404)
				if strings.ReplaceAll(page.Text("main"), path, "") != strings.ReplaceAll(absent.Text("main"), "/member/nothing", "") {
					t.Errorf("%s says to a %s %q", path, kind, page.Text("main"))
				}
			}
		}
	}
}
