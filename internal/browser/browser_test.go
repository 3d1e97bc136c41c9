package browser

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A page as ours are: strict content policy, labels, forms that post and
// redirect.
const form = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>投诉</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>您要投诉什么</h1>
<form method="post" action="/done"><label for="a">姓名</label><input id="a" name="name" value="旧的">
<label for="b">事实</label><textarea id="b" name="facts"></textarea>
<fieldset><legend>身份</legend><input type="radio" id="c" name="kind" value="citizen"><label for="c">公民</label>
<input type="radio" id="d" name="kind" value="media"><label for="d">新闻媒体</label></fieldset>
<input type="checkbox" id="e" name="pledge" value="yes"><label for="e">我承诺</label>
<label for="f">类别</label><select id="f" name="category"><option value="">请选择</option><option value="A01">拖欠账款</option></select>
<button data-action="file">提交投诉</button></form>
<form method="post" action="/other" id="other"><label for="g">说明</label><input id="g" name="name" required><button>另行提交</button></form>
<details><summary>更多</summary><a href="/missing">看不见的链接</a></details></main></body></html>`

func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(pattern string, handle func(w http.ResponseWriter, r *http.Request)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self'")
			handle(w, r)
		})
	}
	page("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes", Path: "/"})
		fmt.Fprint(w, form)
	})
	page("POST /done", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, "/shown?"+r.PostForm.Encode(), http.StatusSeeOther)
	})
	page("GET /shown", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>x</title><dl>")
		for _, name := range []string{"name", "facts", "kind", "pledge", "category"} {
			fmt.Fprintf(w, "<dd>%s</dd>", html.EscapeString(r.FormValue(name)))
		}
	})
	page("GET /cookie", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<!doctype html><p>%s</p>", html.EscapeString(r.Header.Get("Cookie")))
	})
	page("GET /bad", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!doctype html><html lang="zh-CN"><title>x</title><meta name="viewport" content="width=device-width"><main><h1>坏</h1>
<img src="data:,"><input name="x"><div id="wide"></div><div id="box"><div id="inside"></div></div><link rel="stylesheet" href="/wide.css"><p onclick="1">x</p></main>`)
	})
	page("GET /links", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!doctype html><title>x</title><link rel="stylesheet" href="/style.css"><p>按<a href="/">这里</a>开始，或者</p>
<ul><li><a href="/cookie">单独一行</a></li></ul><button>够高</button><button aria-hidden="true" hidden>看不见</button>`)
	})
	page("GET /script", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!doctype html><p>没有脚本</p><script src="/script.js"></script>`)
	})
	page("GET /fault", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "故障", http.StatusInternalServerError) })
	asset := func(path, kind, text string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, text)
		})
	}
	asset("/style.css", "text/css", "body{font:18px sans-serif}input,button,select,summary{min-height:44px;min-width:44px}")
	asset("/wide.css", "text/css", "#wide{width:2000px;height:1px}#box{overflow-x:auto}#inside{width:3000px;height:1px}")
	asset("/script.js", "text/javascript", "document.querySelector('p').textContent = '有脚本'; throw new Error('故障')")
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// attempt stands in for a test, so that a failing step can be looked at.
type attempt struct {
	testing.TB
	said []string
}

func (a *attempt) Helper() {}
func (a *attempt) Errorf(format string, args ...any) {
	a.said = append(a.said, fmt.Sprintf(format, args...))
}
func (a *attempt) Fatalf(format string, args ...any) {
	a.Errorf(format, args...)
	runtime.Goexit()
}

// failure runs a step that is to fail and returns what it said. The step must
// use the tab it is given.
func failure(tab *Tab, step func(tab *Tab, t testing.TB)) string {
	a := &attempt{TB: tab.t}
	seen := &Tab{scope: tab.scope, session: &session{t: a, ctx: tab.ctx, width: tab.width}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		step(seen, a)
	}()
	<-done
	return strings.Join(a.said, "\n")
}

func TestAFormIsFilledAndSentAtEveryWidthWithAndWithoutScripts(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	for _, width := range []int{Desktop, Phone} {
		for _, scripts := range []bool{true, false} {
			t.Run(fmt.Sprint(width, scripts), func(t *testing.T) {
				tab := b.Person(t, width)
				if !scripts {
					tab.JavaScriptOff()
				}
				tab.Open(url)
				mine := tab.Within("form[action='/done']")
				mine.Fill("name", "㐀𠮷喆")
				tab.Fill("facts", "第一行\n第二行 <b>")
				tab.Choose("kind", "新闻媒体")
				tab.Choose("pledge", "yes")
				tab.Choose("pledge", "yes")
				tab.Choose("category", "A01")
				tab.Press("file")
				want := []string{"㐀𠮷喆", "第一行 第二行 <b>", "media", "yes", "A01"}
				if diff := cmp.Diff(want, tab.Texts("dd")); diff != "" {
					t.Error(diff)
				}
				if !strings.HasPrefix(tab.URL(), url+"/shown?") || tab.Status() != 200 {
					t.Errorf("ended at %s with %d", tab.URL(), tab.Status())
				}
			})
		}
	}
}

func TestAnEmptyValueEmptiesTheField(t *testing.T) {
	t.Parallel()
	tab := New(t).Person(t, Desktop)
	tab.Open(site(t))
	mine := tab.Within("form[action='/done']")
	mine.Fill("name", "")
	if got := mine.Value("name"); got != "" {
		t.Errorf("the field holds %q", got)
	}
}

func TestEveryPersonHasCookiesOfTheirOwn(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	one, other := b.Person(t, Desktop), b.Person(t, Desktop)
	one.Open(url)
	one.Open(url + "/cookie")
	other.Open(url + "/cookie")
	if diff := cmp.Diff([]string{"seen=yes", ""}, []string{one.Text("p"), other.Text("p")}); diff != "" {
		t.Error(diff)
	}
}

func TestScriptsRunUnlessSwitchedOffAndTheirFaultsAreHeard(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	with, without := b.Person(t, Desktop), b.Person(t, Desktop)
	without.JavaScriptOff()
	with.Open(url + "/script")
	without.Open(url + "/script")
	if diff := cmp.Diff([]string{"有脚本", "没有脚本"}, []string{with.Text("p"), without.Text("p")}); diff != "" {
		t.Error(diff)
	}
	heard := &attempt{TB: t}
	with.Quiet(heard)
	if got := strings.Join(heard.said, "\n"); !strings.Contains(got, "故障") {
		t.Errorf("heard %q", got)
	}
	without.Quiet(t)
}

func TestABreachOfTheContentPolicyIsHeard(t *testing.T) {
	t.Parallel()
	tab := New(t).Person(t, Desktop)
	tab.Open(site(t) + "/bad")
	heard := &attempt{TB: t}
	tab.Quiet(heard)
	if got := strings.Join(heard.said, "\n"); !strings.Contains(got, "Content Security Policy") {
		t.Errorf("heard %q", got)
	}
}

func TestAxeFindsWhatIsSeriousAndPassesAGoodPage(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	for _, width := range []int{Desktop, Phone} {
		tab := b.Person(t, width)
		tab.Open(url)
		tab.Axe(t)
		tab.NoSidewaysScroll(t)
	}
	tab := b.Person(t, Desktop)
	tab.Open(url + "/bad")
	said := failure(tab, func(tab *Tab, t testing.TB) { tab.Axe(t) })
	for _, rule := range []string{"image-alt", "label", "/bad"} {
		if !strings.Contains(said, rule) {
			t.Errorf("%q is missing in:\n%s", rule, said)
		}
	}
}

func TestWhatSticksOutSidewaysIsNamed(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	for _, width := range []int{Desktop, Phone, Desktop / 2} {
		tab := b.Person(t, width)
		tab.Open(url + "/bad")
		said := failure(tab, func(tab *Tab, t testing.TB) { tab.NoSidewaysScroll(t) })
		if !strings.Contains(said, `id="wide"`) || strings.Contains(said, "inside") {
			t.Errorf("at %d px it said %q", width, said)
		}
	}
}

func TestWhatIsTooLowToPressIsNamed(t *testing.T) {
	t.Parallel()
	tab := New(t).Person(t, Phone)
	tab.Open(site(t) + "/links")
	said := failure(tab, func(tab *Tab, t testing.TB) { tab.Targets(t, 44) })
	if !strings.Contains(said, "单独一行") || strings.Contains(said, "这里") || strings.Contains(said, "button") {
		t.Errorf("it said %q", said)
	}
}

func TestReturnSendsTheFormOfItsField(t *testing.T) {
	t.Parallel()
	tab := New(t).Person(t, Desktop)
	tab.Open(site(t))
	tab.Within("form:not(#other)").Fill("name", "陆远")
	tab.Return()
	if got := tab.Texts("dd"); len(got) == 0 || got[0] != "陆远" {
		t.Errorf("Return sent %q", got)
	}
}

func TestAStepThatCannotBeDoneSaysWhyAndLeavesAPicture(t *testing.T) {
	t.Parallel()
	url, b := site(t), New(t)
	tab := b.Person(t, Desktop)
	for name, c := range map[string]struct {
		step func(tab *Tab, t testing.TB)
		want string
	}{
		"twice there":    {func(tab *Tab, _ testing.TB) { tab.Fill("name", "x") }, `a field named "name" is on the page 2 times`},
		"not there":      {func(tab *Tab, _ testing.TB) { tab.Fill("phone", "x") }, `a field named "phone" is not on the page`},
		"no such choice": {func(tab *Tab, _ testing.TB) { tab.Choose("kind", "deputy") }, "there are citizen, media"},
		"no such option": {func(tab *Tab, _ testing.TB) { tab.Choose("category", "B") }, "there are , A01"},
		"folded away":    {func(tab *Tab, _ testing.TB) { tab.Press("看不见的链接") }, "inside a closed <details>: 更多"},
		"no text":        {func(tab *Tab, _ testing.TB) { tab.Text("h6") }, "h6 is not on the page"},
		"server fault":   {func(tab *Tab, _ testing.TB) { tab.Open(url + "/fault") }, "status 500"},
		"nobody answers": {func(tab *Tab, _ testing.TB) { tab.Open("http://127.0.0.1:1/") }, "ERR_"},
	} {
		tab.Open(url)
		said := failure(tab, c.step)
		if !strings.Contains(said, c.want) || !strings.Contains(said, "on http") && !strings.Contains(said, "on chrome-error") {
			t.Errorf("%s: it said %q", name, said)
		}
		_, picture, _ := strings.Cut(said, "screenshot: ")
		if info, err := os.Stat(picture); err != nil || info.Size() == 0 {
			t.Errorf("%s: no picture at %q: %v", name, picture, err)
		}
	}
}

func TestFoldedPartsCanBeOpenedAndTheirLinksFollowed(t *testing.T) {
	t.Parallel()
	tab := New(t).Person(t, Phone)
	tab.Open(site(t))
	if tab.Has("details a") {
		t.Error("a closed part counts as seen")
	}
	tab.Click("更多")
	tab.Press("看不见的链接")
	if tab.Status() != http.StatusNotFound {
		t.Errorf("status %d", tab.Status())
	}
}

func TestScreenshotsGoIntoTheNamedFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "shots")
	t.Setenv("ZHENGXIN_SHOTS", folder)
	tab := New(t).Person(t, Phone)
	tab.Open(site(t))
	tab.Screenshot("home page")
	if info, err := os.Stat(filepath.Join(folder, "home-page-375.png")); err != nil || info.Size() == 0 {
		t.Error(err)
	}
}
