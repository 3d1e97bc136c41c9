package gates

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/staff"
	"zhengxin/internal/web"
	"zhengxin/internal/web/webtest"
)

// portalRoutes is every route of the public site and whose it is: anyone's, of whoever
// showed the number and code of that one matter, or of a deputy who is logged in. A route that is not
// here fails.
var portalRoutes = map[string]string{
	"GET /": "anyone", "GET /favicon.ico": "anyone", "GET /robots.txt": "anyone", "GET /sitemap.xml": "anyone", "GET /.well-known/security.txt": "anyone", "GET /static/:name": "anyone", "POST /elder": "anyone", "GET /healthz": "anyone", "GET /readyz": "anyone",
	"GET /complaints/new": "anyone", "POST /complaints/new": "anyone",
	"GET /complaints/new/story": "anyone", "POST /complaints/new/story": "anyone",
	"GET /complaints/new/contract": "anyone", "POST /complaints/new/contract": "anyone",
	"GET /complaints/new/evidence": "anyone", "POST /complaints/new/evidence": "anyone",
	"GET /complaints/new/contact": "anyone", "POST /complaints/new/contact": "anyone",
	"GET /complaints/new/check": "anyone", "POST /complaints/new/check": "anyone",
	"GET /start": "anyone", "GET /units.csv": "anyone", "GET /units.json": "anyone",
	"GET /complaints/new/saved": "anyone", "GET /complaints/new/cleared": "anyone", "GET /complaints/new/left": "anyone", "POST /complaints/new/code": "anyone",
	"GET /complaints/new/resume": "anyone", "POST /complaints/new/resume": "anyone",
	"POST /complaints/new/receipt": "anyone",
	"GET /captcha/:id.png":         "anyone", "GET /captcha/:id.wav": "anyone",
	"GET /track": "anyone", "POST /track": "anyone", "POST /track/leave": "anyone", "POST /track/turn": "anyone",
	"GET /complaints/:number": "complainant", "GET /complaints/:number/:action": "complainant", "POST /complaints/:number/:action": "complainant",
	"GET /units": "anyone", "GET /units/:code": "anyone", "GET /notices": "anyone", "GET /notices.atom": "anyone",
	"GET /notices/:id": "anyone", "GET /notices/:id/document": "anyone", "GET /cases": "anyone", "GET /cases/:id": "anyone", "GET /policies": "anyone", "GET /policies/:id": "anyone",
	"GET /statistics": "anyone", "GET /statistics.csv": "anyone", "GET /statistics.json": "anyone",
	"GET /statistics/categories": "anyone", "GET /statistics/categories.csv": "anyone", "GET /statistics/categories.json": "anyone",
	"GET /data": "anyone", "GET /data.json": "anyone",
	"GET /help": "anyone", "GET /privacy": "anyone", "GET /accessibility": "anyone", "GET /member": "anyone", "GET /press": "anyone",
	"GET /member/login": "anyone", "POST /member/login": "anyone", "GET /member/login/sent": "anyone", "GET /member/login/:link": "anyone", "POST /member/enter": "anyone", "POST /member/leave": "anyone",
	"POST /member/served-online": "member",
	"GET /member/login/code":     "anyone", "POST /member/login/code": "anyone",
	"GET /member/mine": "member", "GET /member/account": "member", "GET /member/account/factor": "member", "POST /member/account/factor": "member", "POST /member/account/others": "member",
	"GET /member/complaints": "member", "POST /member/complaints": "member", "POST /member/complaints/open": "member", "POST /member/complaints/put-away": "member",
	"GET /member/follows": "member", "POST /member/follows": "member", "POST /member/follows/end": "member",
}

// Every register in which members have part has these.
func init() {
	for _, k := range kinds.All() {
		if len(k.Members) == 0 {
			continue
		}
		list := "/member/" + k.Path
		for _, route := range []string{"GET " + list, "GET " + list + "/:number", "GET " + list + "/:number/:action", "POST " + list + "/:number/:action"} {
			portalRoutes[route] = "member"
		}
		if _, ok := k.MemberOpening(); ok {
			portalRoutes["GET "+list+"/new"], portalRoutes["POST "+list+"/new"] = "member", "member"
		}
	}
}

// ownMoves are the complainant's moves in the addresses of the contract, and
// one that is none.
var ownMoves = []string{"supplement", "urge", "withdraw", "rate", "contest", "sign"}

func TestAnothersMatterAndNoneAreTheSameBytesOnThePortal(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	mine, others := w.File(t, complainttest.Intake()), w.File(t, complainttest.Intake())
	intruder := w.visitor()
	intruder.SetCookie("zx_staff", w.signIn(t, "zhouning", staff.Registrar, complainttest.DeskUnit).Cookie("zx_staff"))
	absent := form.NewNumber(complainttest.Monday.Year(), rand.Reader)
	for name, b := range map[string]*webtest.Client{"visitor": w.visitor(), "complainant of another": w.unlocked(t, mine), "staff": intruder} {
		b.Stay = true
		b.Get(t, "/track") // the first answer sets the cookie of the forms
		for _, r := range w.portal.Routes() {
			whose, listed := portalRoutes[r.Method+" "+r.Path]
			if !listed {
				t.Errorf("%s %s is not in the table of this test", r.Method, r.Path)
			}
			if whose != "complainant" {
				continue
			}
			for _, action := range ownMoves {
				theirs := ask(t, b, r, others.Number, action)
				none := ask(t, b, r, absent, action)
				if theirs != none {
					t.Errorf("%s: %s %s (%s) tells a matter of somebody else from none:\n%s", name, r.Method, r.Path, action, cmp.Diff(theirs, none))
				}
				if status := theirs[:3]; status != "303" && status != "401" && status != "404" && status != "410" {
					t.Errorf("%s: %s %s (%s): status %s", name, r.Method, r.Path, action, status)
				}
			}
		}
	}
	own := w.unlocked(t, mine)
	if page := own.Get(t, "/complaints/"+mine.Number); page.Status != 200 || page.Text("h1") != complainttest.Intake().Story.Title {
		t.Errorf("one's own matter: %d %q", page.Status, page.Text("h1"))
	}
}

// ask gives all that the answer tells, without the number that was asked for.
func ask(t *testing.T, b *webtest.Client, r web.Route, number, action string) string {
	t.Helper()
	var page *webtest.Page
	p := path(r.Path, number, action)
	if r.Method == "POST" {
		token := b.Get(t, "/track").Attr("[name=_csrf]", "value")
		page = b.Post(t, p, url.Values{"_csrf": {token}, "note": {"补一句"}, "form_token": {"AAAAAAAAAAAAAAAAAAAAAA"}, "rating": {"satisfied"}, "solved": {"solved"}})
	} else {
		page = b.Get(t, p)
	}
	head := page.Header.Clone()
	head.Del("Date")
	var lines []string
	for name, values := range head {
		lines = append(lines, name+": "+strings.Join(values, ", "))
	}
	slices.Sort(lines)
	text := fmt.Sprintln(page.Status, strings.Join(lines, "\n"), page.Body)
	return strings.ReplaceAll(text, number, "NUMBER")
}
