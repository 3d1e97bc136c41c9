package records

import (
	"net/url"
	"testing"

	"zhengxin/internal/export"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
)

// However a name or a unit is written, whoever it is about does not read that it was
// looked for.
func TestWhatIsLookedForConcernsWhomItNames(t *testing.T) {
	t.Parallel()
	units := unit.List{{Code: "FIN", Name: "县财政局", Current: true}, {Code: "JUS", Name: "县司法局", Current: true}}
	reader := staff.Person{Name: "王小明", Login: "wang.xm2", Office: true, Bars: []string{"FIN"}}
	for asked, want := range map[string]bool{
		"": false, "unit=JUS": false, "unit=FIN": true, "view=all&unit=FIN&text=路灯": true,
		"text=工程款": false, "text=王小明": true, "text=王 小－明": true, "text=找王小明要钱": true, "text=ｗａｎｇ．ＸＭ２": true, "text=Wang.xm2": true,
		"text=县财政局": true, "text=财政局": true, "text=县 财政局": true, "text=县司法局": false, "text=%zz": true,
	} {
		if q, err := url.ParseQuery(asked); err == nil {
			asked = q.Encode()
		}
		if got := concerns(export.Line{Asked: asked}, reader, units); got != want {
			t.Errorf("%s: %v", asked, got)
		}
	}
}
