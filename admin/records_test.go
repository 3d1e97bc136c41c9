package admin

import (
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestTheTrailNamesTheMovesOfACaseInChinese(t *testing.T) {
	t.Parallel()
	c := newCourt(t)
	number := strings.TrimPrefix(strings.SplitN(c.openCase(t).Path, "?", 2)[0], "/cases/")
	page := c.signIn(t, "sunjing", "孙静", staff.Auditor, complainttest.DeskUnit).Get(t, "/audit").Want(t, 200)
	if strings.Contains(page.Text("main"), "open_case") || !page.Has(`a[href="/cases/`+number+`"]`) {
		t.Errorf("the trail says %s", page.Text("main table"))
	}
}
