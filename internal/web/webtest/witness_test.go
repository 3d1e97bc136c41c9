package webtest

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestAButtonIsKnownByWhatItDoes(t *testing.T) {
	t.Parallel()
	for html, want := range map[string]string{
		`<form method=post action="/complaints/JX20261234/accept"><button>受理</button></form>`:                    "POST /complaints/:/accept",
		`<form method=post action="/units/JX-A1?from=list#top"><button name=do value=save>存</button></form>`:     "POST /units/: ?from do=save",
		`<form method=post><input type=submit name=page value=12></form>`:                                        "POST /here page=:",
		`<form action="/complaints"><button formaction="/cases/7">找</button></form>`:                             "GET /cases/:",
		`<form action="#part"><button>找</button></form>`:                                                         "GET /here",
		`<form id=f action="/other"></form><p><button form=f name=kind value=npc_deputy>代表</button></p>`:         "GET /other kind=npc_deputy",
		`<form action="/a"><button type=button>开</button><button type=reset>清</button><button>做</button></form>`: "GET /a",
	} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		p := &Page{Document: doc}
		button := p.Find(buttons)
		if button.Length() != 1 {
			t.Errorf("%s has %d buttons", html, button.Length())
		}
		if got := does(p.formOf(button), button, "/here"); got != want {
			t.Errorf("%s does %q, not %q", html, got, want)
		}
	}
}
