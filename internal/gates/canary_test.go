package gates

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/kinds"
	"zhengxin/internal/letter"
	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/staff"
	"zhengxin/internal/web/webtest"
	"zhengxin/internal/worker"
)

// canaries are values that stand nowhere else in the world, so that each place
// where they turn up is a leak.
type canaries map[string]string

// han are characters that no ordinary text has (扩展A区).
func han(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(rune(0x3400 + rand.IntN(6000)))
	}
	return b.String()
}

// forms are the shapes in which a value may stand: as it is, in bytes of a
// dump, in JSON, in an address, and in the pairs of the search index.
func forms(value string) []string {
	escaped := strings.Trim(fmt.Sprintf("%+q", value), `"`)
	quoted, _ := json.Marshal(value)
	all := []string{value, strings.ToLower(value), hex.EncodeToString([]byte(value)), base64.StdEncoding.EncodeToString([]byte(value)),
		base64.RawURLEncoding.EncodeToString([]byte(value)), url.QueryEscape(value), escaped, strings.Trim(string(quoted), `"`)}
	if plain := strings.ReplaceAll(value, "-", ""); plain != value {
		all = append(all, plain, strings.ToLower(plain), hex.EncodeToString([]byte(plain)))
	}
	if r := []rune(value); len(r) == 4 && r[2] < 0x4E00 {
		all = append(all, string(r[2:]))
	}
	return all
}

// search reports every canary in a text.
func (c canaries) search(t *testing.T, where, text string) {
	t.Helper()
	for name, value := range c {
		for _, form := range forms(value) {
			if at := strings.Index(text, form); at >= 0 {
				t.Errorf("%s: the %s stands there: …%s…", where, name, text[max(0, at-60):min(len(text), at+60)])
				break
			}
		}
	}
}

// walk is one complaint from its filing to its answer, and all that is left of it.
type walk struct {
	*town
	t                        *testing.T
	identity, secrets, texts canaries
	number                   string
	people                   map[staff.Role]*webtest.Client
	letters                  string // their folder
}

func newWalk(t *testing.T) *walk {
	t.Helper()
	w := &walk{town: newTown(t, "http"), t: t, letters: t.TempDir(), secrets: canaries{}}
	w.identity = canaries{
		"name": "欧阳" + han(2), "organisation": han(4) + "路桥工程有限公司", "phone": fmt.Sprintf("139%08d", rand.IntN(1e8)),
		"email": fmt.Sprintf("k%d@canary-%d.example", rand.IntN(1e9), rand.IntN(1e9)), "address": "东岭镇" + han(6) + "村", "uscc": "91410425MA00000077",
	}
	w.texts = canaries{"title": "题目" + han(6), "request": "请求" + han(8), "facts": "经过" + han(12), "reasons": "理由" + han(8), "supplement": "补充" + han(8)}
	w.password = "石桥下的水车转了" + han(4)
	return w
}

func (w *walk) contact() url.Values {
	return url.Values{"organisation": {w.identity["organisation"]}, "uscc": {w.identity["uscc"]}, "name": {w.identity["name"]}, "phone": {w.identity["phone"]},
		"email": {w.identity["email"]}, "address": {w.identity["address"]}, "confidential": {"yes"}, "edelivery_consent": {"yes"}, "do": {"next"}}
}

// file fills in all steps, some of them wrongly first, and sends the last twice.
func (w *walk) file() {
	t := w.t
	const form = "main form"
	steps := func(b *webtest.Client) *webtest.Page {
		page := b.Get(t, "/complaints/new").Submit(t, form, url.Values{"complainant_kind": {"enterprise"}, "anonymous": {"no"}, "do": {"next"}}).Want(t, 200)
		story := url.Values{"unit": {"TOWN"}, "category": {"C03"}, "title": {w.texts["title"]}, "request": {w.texts["request"]},
			"facts": {w.texts["facts"]}, "reasons": {w.texts["reasons"]}, "do": {"next"}}
		wrong := url.Values{"unit": {"NOPE"}, "title": story["title"], "facts": {w.texts["facts"] + "\x01"}, "do": {"next"}}
		page = page.Forge(t, form, wrong).Want(t, 422).Submit(t, form, story).Want(t, 200)
		page = page.Submit(t, form, url.Values{"in_litigation": {"no"}, "do": {"next"}}).Want(t, 200)
		page = page.Submit(t, form, url.Values{"do": {"next"}}).Want(t, 200)
		bad := w.contact()
		bad.Set("uscc", "91410425MA00000078")
		bad.Set("phone", w.identity["phone"]+"0")
		page = page.Submit(t, form, bad).Want(t, 422)
		return page.Submit(t, form, w.contact()).Want(t, 200)
	}
	steps(w.visitor()) // somebody who never comes to the end
	page := steps(w.visitor())
	page = page.Submit(t, form, url.Values{"captcha_solution": {"000000"}, "pledge": {"yes"}}).Want(t, 422)
	last := url.Values{"captcha_solution": {w.digits(t, page)}, "pledge": {"yes"}}
	receipt := page.Submit(t, form, last).Want(t, 200)
	page.Submit(t, form, last).Want(t, 200)
	w.number, w.secrets["query code"] = receipt.Text("[data-receipt-number]"), receipt.Text("[data-receipt-code]")
	if w.number == "" || w.secrets["query code"] == "" {
		t.Fatalf("no receipt: %s", receipt.Text("h1"))
	}
	b := w.visitor()
	b.Get(t, "/track").Submit(t, `form[action="/track"]`, url.Values{"number": {w.number}, "query_code": {"AAAA-AAAA-AAAA-AAAA"}}).Want(t, 404)
	own := b.Get(t, "/track").Submit(t, `form[action="/track"]`, url.Values{"number": {w.number}, "query_code": {w.secrets["query code"]}}).Want(t, 200)
	own.Follow(t, `a[href$="/supplement"]`).Submit(t, "[data-action=supplement]", url.Values{"note": {w.texts["supplement"]}}).Want(t, 200)
}

// others file in the other capacities, with what is asked of each.
func (w *walk) others() {
	for kind, c := range map[string]complaint.Contact{
		"npc_deputy": {CredentialNumber: "D" + fmt.Sprint(rand.IntN(1e9)), CongressSession: "第十六届"},
		"media":      {Organisation: han(4) + "报社", PressCard: fmt.Sprintf("B%011d", rand.Int64N(1e11))},
	} {
		in := complainttest.Intake()
		in.Who.Kind, in.Contract = kind, complaint.Contract{InLitigation: "no"}
		c.Name, c.Phone, c.Email, c.Confidential, c.EDelivery = "司徒"+han(2), fmt.Sprintf("138%08d", rand.IntN(1e8)), fmt.Sprintf("m%d@other-%d.example", rand.IntN(1e9), rand.IntN(1e9)), "yes", true
		in.Contact = c
		if kind == "media" {
			w.identity["outlet"], w.identity["press card"] = c.Organisation, c.PressCard
		} else {
			w.identity["credential"] = c.CredentialNumber
		}
		w.identity["name of "+kind], w.identity["phone of "+kind], w.identity["email of "+kind] = c.Name, c.Phone, c.Email
		w.secrets["query code of "+kind] = w.File(w.t, in).Code
	}
}

// handle brings the complaint to its answer and opens the identity on the way.
func (w *walk) handle() {
	t := w.t
	w.people = w.staff(t)
	press := func(role staff.Role, action string, pairs ...string) {
		t.Helper()
		fields := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			fields.Add(pairs[i], pairs[i+1])
		}
		p := "/complaints/" + w.number
		page := w.people[role].Get(t, p).Want(t, 200)
		if !page.Has("[data-action=" + action + "]") {
			page = w.people[role].Get(t, p+"/"+action).Want(t, 200)
		}
		page.Submit(t, "[data-action="+action+"]", fields).Want(t, 200)
	}
	press(staff.Registrar, string(complaint.EnterRegister))
	press(staff.Registrar, string(complaint.Accept), "nature", "RED")
	opened := w.people[staff.Registrar].Get(t, "/complaints/"+w.number).Submit(t, "[data-action="+string(complaint.OpenIdentity)+"]", url.Values{"public": {"要电话核实验收日期"}}).Want(t, 200)
	if !strings.Contains(opened.Body, w.identity["name"]) {
		t.Fatal("the identity was not opened")
	}
	press(staff.Registrar, string(complaint.Dispatch), "lead", complainttest.Finance)
	press(staff.Handler, string(complaint.Sign))
}

// hire has the sysadmin add an account and then give it another password, for
// reasons that are for the record alone.
func (w *walk) hire() {
	t := w.t
	w.texts["reason"] = "理由" + han(8)
	reason := url.Values{"reason": {w.texts["reason"]}}
	fields := url.Values{"login": {"newcomer"}, "name": {"新来的"}, "role": {string(staff.Publisher)}, "reason": reason["reason"]}
	added := w.people[staff.Sysadmin].Get(t, "/staff/new").Submit(t, "main form", fields).Want(t, 200)
	w.secrets["first password"] = added.Text("[data-new-password]")
	drawn := added.Follow(t, ".buttons a").Submit(t, "[data-action=set_password]", reason).Want(t, 200)
	w.secrets["drawn password"] = drawn.Text("[data-new-password]")
	if len(w.secrets["first password"]) != 16 || len(w.secrets["drawn password"]) != 16 {
		t.Fatalf("no passwords: %s", drawn.Text("main"))
	}
}

// work lets the worker do all that waits.
func (w *walk) work() {
	t := w.t
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server, err := letter.ParseServer("")
	if err != nil {
		t.Fatal(err)
	}
	wk, err := worker.Start(t.Context(), worker.Config{Pool: w.DB.Worker, Now: time.Now, Texts: kinds.Texts(), Log: log, QueueLog: log, Post: &letter.Post{
		Pool: w.DB.Worker, Opener: w.Keys.Office, Server: server, From: "xf@office.example", Dir: w.letters,
		Sites: letter.Sites{Portal: "http://portal.test", Admin: "http://desk.test"}, Now: w.Now,
	}})
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		left, err := pg.One[int](t.Context(), w.DB.Owner, `SELECT count(*) FROM river_job WHERE state NOT IN ('completed', 'discarded', 'cancelled')`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := wk.Stop(); err != nil {
		t.Error(err)
	}
}

// dump is the whole database as a thief would carry it off.
func (w *walk) dump() string {
	w.t.Helper()
	cmd, err := pg.Client(w.t.Context(), w.DB.URL(""), "pg_dump", "--no-owner")
	if err != nil {
		w.t.Fatal(err)
	}
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		w.t.Fatalf("pg_dump: %v %s", err, said.String())
	}
	return out.String()
}

func (w *walk) pages(visit func(where string, page *webtest.Page)) {
	for role, b := range w.people {
		for _, action := range []string{"draft_answer", "note"} {
			for _, p := range paths(w.desk, "GET", w.number, action) {
				visit(string(role)+" "+p, b.Get(w.t, p))
			}
		}
		for _, q := range []string{"/complaints?view=all", "/complaints?q=" + url.QueryEscape(w.texts["title"]), "/complaints?phase=3"} {
			visit(string(role)+" "+q, b.Get(w.t, q))
		}
	}
	b := w.visitor()
	for _, p := range paths(w.portal, "GET", w.number, "supplement") {
		visit("visitor "+p, b.Get(w.t, p))
	}
}

func TestNothingSecretIsLeftAnywhereAfterAWholeWalk(t *testing.T) {
	t.Parallel()
	w := newWalk(t)
	w.file()
	w.others()
	w.handle()
	w.hire()
	w.work()
	w.secrets["password"] = w.password
	for i, s := range w.town.secrets {
		w.secrets[fmt.Sprint("second factor ", i)] = s
	}
	dump := w.dump()
	for _, met := range []string{w.texts["facts"], w.number} { // the search itself works
		if !strings.Contains(dump, met) {
			t.Fatal("the dump is not one of this office")
		}
	}
	w.identity.search(t, "dump", dump)
	w.secrets.search(t, "dump", dump)

	serverLog, err := os.ReadFile(filepath.Join(pgtest.Folder(), "server.log"))
	if err != nil && os.Getenv("ZHENGXIN_TEST_DATABASE_URL") == "" {
		t.Fatal(err)
	}
	letters := w.kept()
	jobs, err := pg.All[string](t.Context(), w.DB.Owner, `SELECT j::text FROM river_job j`, nil)
	if err != nil || len(jobs) < 4 || !strings.Contains(letters, "Message-ID") || !strings.Contains(w.log.String(), "route=/complaints/:number") {
		t.Fatalf("%d jobs, %d bytes of letters, %d of the log: %v", len(jobs), len(letters), len(w.log.String()), err)
	}
	for where, text := range map[string]string{"log": w.log.String(), "PostgreSQL's log": string(serverLog), "letters": letters, "jobs": strings.Join(jobs, "\n")} {
		for _, c := range []canaries{w.identity, w.secrets, w.texts} {
			c.search(t, where, text)
		}
	}
	w.pages(func(where string, page *webtest.Page) {
		text := page.Body + fmt.Sprint(page.Header)
		w.identity.search(t, where, text)
		w.secrets.search(t, where, text)
		if strings.HasPrefix(where, "visitor ") || strings.HasPrefix(where, string(staff.Sysadmin)+" ") {
			w.texts.search(t, where, text)
		}
	})
	for role, b := range w.people { // nobody is found by who they are
		for name, value := range w.identity {
			if page := b.Get(t, "/complaints?q="+url.QueryEscape(value)); strings.Contains(page.Body, w.number) {
				t.Errorf("%s finds the complaint by its %s", role, name)
			}
		}
	}
}

// kept are all letters as they lie in the folder.
func (w *walk) kept() string {
	w.t.Helper()
	var all strings.Builder
	files, err := filepath.Glob(filepath.Join(w.letters, "*"))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			w.t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
