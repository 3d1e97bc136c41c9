package filing_test

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/web/webtest"
)

// story is the second step of a visitor who began.
func (s *fixture) story(t testing.TB) *webtest.Page {
	t.Helper()
	return s.Visitor().Get(t, "/complaints/new").Submit(t, form, values(whoFields...)).Want(t, 200)
}

// story is all of it filled in, but for what is given otherwise.
func story(with ...string) url.Values {
	all := values(storyFields...)
	for name, list := range values(with...) {
		all[name] = list
	}
	return all
}

func TestANameTypedLaterTakesTheChoiceOver(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, way := range map[string]func(*webtest.Page) *webtest.Page{
		"looked up with the choice": func(p *webtest.Page) *webtest.Page {
			return p.Submit(t, form, story("unit", "TOWN", "unit_name", "财政局", "do", "find")).Want(t, 200)
		},
		"typed after it, sent on": func(p *webtest.Page) *webtest.Page {
			chosen := p.Submit(t, form, story("unit", "TOWN", "title", "")).Want(t, 422)
			return chosen.Submit(t, onButton, values("unit_name", "县财政局")).Want(t, 422)
		},
		"typed after it, Return": func(p *webtest.Page) *webtest.Page {
			return p.Submit(t, form, story("unit", "TOWN", "unit_name", "县 财政局", "do", "enter")).Want(t, 200)
		},
		"nothing chosen": func(p *webtest.Page) *webtest.Page {
			return p.Submit(t, form, story("unit", "", "unit_name", "财政局", "do", "find")).Want(t, 200)
		},
	} {
		page := way(s.story(t))
		if got := page.Attr("[name=unit][checked]", "value"); got != "FIN" || page.Find("[name=unit][checked]").Length() != 1 {
			t.Errorf("%s: chosen is %q", name, got)
		}
	}
}

func TestWordsBesideAnotherChoiceAreAskedAbout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, words := range []string{"财政局", "村东头那个所", "财正局", "czj"} {
		page := s.story(t).Submit(t, form, story("unit", "TOWN", "unit_name", words)).Want(t, 422)
		if said := page.Text("#unit-error"); !strings.Contains(said, "写的是“"+words+"”，选的是“东岭镇人民政府”") || page.Attr("[name=unit][checked]", "value") != "TOWN" {
			t.Errorf("%s: it says %q", words, said)
		}
		if again := page.Submit(t, onButton, nil).Want(t, 422); !again.Has("[name=unit_sure]") {
			t.Errorf("%s: sent again it is not asked again", words)
		}
		if other := page.Submit(t, onButton, values("unit_sure", page.Attr("[name=unit_sure]", "value"), "unit_name", words+"人")); other.Status != 422 {
			t.Errorf("%s: a tick for other words counts", words)
		}
		contract := page.Submit(t, onButton, values("unit_sure", page.Attr("[name=unit_sure]", "value"))).Want(t, 200)
		if contract.Text("h1") != "合同与金额" {
			t.Errorf("%s: a tick leads to %q", words, contract.Text("h1"))
		}
		if words == "财政局" || words == "财正局" {
			fin := page.Submit(t, onButton, values("unit", "FIN")).Want(t, 200)
			if fin.Text("h1") != "合同与金额" {
				t.Errorf("%s: choosing the other leads to %q", words, fin.Text("h1"))
			}
		}
	}
}

// Every unit and every category once, those of a kind together under one heading.
func TestEachChoiceIsOfferedOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.story(t)
	for _, fields := range []url.Values{values("do", "find"), values("unit_name", "东岭", "category_query", "欠钱", "do", "find"), values("unit_name", "火星", "do", "find")} {
		page = page.Submit(t, form, fields).Want(t, 200)
		for name, least := range map[string]int{"unit": 5, "category": 36} {
			seen := map[string]bool{}
			for _, e := range page.Find("[name=" + name + "]").EachIter() {
				value := e.AttrOr("value", "")
				if seen[value] {
					t.Errorf("%s %s is offered twice", name, value)
				}
				seen[value] = true
			}
			if len(seen) != least {
				t.Errorf("%d choices of %s", len(seen), name)
			}
		}
		heads := map[string]bool{}
		for _, head := range page.All(".fold-group") {
			if heads[head] {
				t.Errorf("%s heads two groups", head)
			}
			heads[head] = true
		}
	}
}

func TestWhoHasNoWagesIsToldWhereElseToGoAndMayFile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, words := range []string{"农民工", "工资没发", "讨薪"} {
		page := s.story(t).Submit(t, form, values("category_query", words, "do", "find")).Want(t, 200)
		if said := page.Text(".note"); !strings.Contains(said, "劳动保障监察机构投诉") || !strings.Contains(said, "也可以在这里投诉") {
			t.Errorf("%s: it says %q", words, said)
		}
		if page = page.Submit(t, form, story("category", "C11", "category_query", "")).Want(t, 200); page.Text("h1") != "合同与金额" {
			t.Errorf("%s: leads to %q", words, page.Text("h1"))
		}
	}
	if page := s.story(t).Submit(t, form, values("category_query", "保证金", "do", "find")); strings.Contains(page.Text("main"), "劳动保障") {
		t.Error("everybody is sent away")
	}
}
