package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
)

// firm is a call by an enterprise, which is asked for more than a citizen.
func firm() url.Values {
	v := call()
	for name, value := range map[string]string{
		"complainant_kind": "enterprise", "organisation": "青禾路桥工程有限公司", "uscc": "91410425MA00000077", "confidential": "yes", "in_litigation": "no",
	} {
		v.Set(name, value)
	}
	return v
}

// byHand are the fields that the desk alone has. The day is Monday, 2 March 2026.
var byHand = []complainttest.Typing{
	{Field: "channel", Value: "", Want: "请选是怎么来的"},
	{Field: "channel", Value: "web", Want: "请选是怎么来的"},
	{Field: "channel", Value: "import", Want: "请选是怎么来的"},
	{Field: "channel", Value: strings.Repeat("热", 5000), Want: "请选是怎么来的"},
	{Field: "unit", Value: complainttest.DeskUnit, Want: "没有这个单位"},
	{Field: "received_on_year", Value: "2999", Want: "2999年3月31日还没有到。请写收到的那一天，一年以内的", With: came("2999", "3", "31")},
	{Field: "received_on_day", Value: "3", Want: "2026年3月3日还没有到", With: came("2026", "3", "3")},
	{Field: "received_on_day", Value: "1", Want: "2025年3月1日太早了。请写收到的那一天，一年以内的", With: came("2025", "3", "1")},
	{Field: "received_on_month", Value: "", Want: "还差“月”", With: came("2026", "", "1")},
	{Field: "received_on_day", Value: "30", Want: "2月没有30日", With: came("2026", "2", "30")},
	{Field: "received_on_day", Value: "昨天", Want: "“日”看不懂，请写数字", With: came("2026", "3", "昨天")},
	{Field: "received_on_day", Value: "2", With: came("2026", "3", "2")},
	{Field: "received_on_day", Value: "２", With: came("2025", "3", "２")},
	{Field: "received_on_day", Value: "", With: came("", "", "")},
}

func came(year, month, day string) []string {
	return []string{"received_on_year", year, "received_on_month", month, "received_on_day", day}
}

func TestWhateverIsTypedIntoTheRegisterIsTakenOrToldAndKept(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	zhouning := w.signIn(t, "zhouning", "周宁", staff.Registrar, complainttest.DeskUnit)
	typings, taken := map[string][]complainttest.Typing{"hand": byHand}, int64(0)
	for step, list := range complainttest.Typings {
		typings[step] = list
	}
	for _, list := range typings {
		for _, y := range list {
			got := postRegister(t, zhouning, y.Into(firm()))
			if y.Want == "" {
				if taken++; got.Status != 200 || !got.Has("[data-receipt-number]") {
					t.Errorf("%s = %.40q is not taken (%d): %v", y.Field, y.Value, got.Status, got.All("[role=alert]"))
				}
				continue
			}
			for _, wrong := range y.Faults("投诉人", got.Status, strings.Join(got.All(".field-error"), " "), got.Text(".error-summary"), got.Shown(y.Field)) {
				t.Errorf("%s = %.40q (%d): %.200s", y.Field, y.Value, got.Status, wrong)
			}
			if said := strings.Join(got.All(".field-error"), " "); strings.Contains(said, "您") {
				t.Errorf("%s = %.40q: the clerk is spoken to as the complainant: %s", y.Field, y.Value, said)
			}
		}
	}
	count, err := pg.One[int64](t.Context(), w.DB.Owner, `SELECT count(*) FROM matter`, nil)
	if err != nil || count != taken || strings.Contains(w.log.String(), `"level":"ERROR"`) {
		t.Errorf("%d complaints were stored, %d taken, %v", count, taken, err)
	}
}

// postRegister sends values that a browser's own form could not hold, such as
// a unit that is in no list.
func postRegister(t *testing.T, m member, values url.Values) *webtest.Page {
	t.Helper()
	form := m.Get(t, "/register?kind=citizen").Want(t, 200)
	values.Set("_csrf", form.Attr("main [name=_csrf]", "value"))
	values.Set("form_token", form.Attr("main [name=form_token]", "value"))
	return m.Post(t, "/register", values)
}
