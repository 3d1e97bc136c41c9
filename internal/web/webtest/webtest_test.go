package webtest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/web/webtest"
)

// mirror shows a page and says back what is sent to it.
type mirror struct{ page string }

func (m mirror) Test(r *http.Request, _ ...int) (*http.Response, error) {
	w := httptest.NewRecorder()
	switch {
	case r.URL.Path == "/away":
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes", Path: "/"})
		http.Redirect(w, r, "page?from=away", http.StatusSeeOther)
	case r.URL.Path == "/loop":
		http.Redirect(w, r, "/loop", http.StatusSeeOther)
	case r.Method == http.MethodPost || r.URL.RawQuery != "" && r.URL.Path == "/search":
		w.Header().Set("X-Origin", r.Header.Get("Origin")+" "+r.Header.Get("Sec-Fetch-Site"))
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if _, err := w.WriteString(r.URL.RawQuery + string(body)); err != nil {
			return nil, err
		}
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if _, err := w.WriteString(m.page); err != nil {
			return nil, err
		}
	}
	return w.Result(), nil
}

const page = `<h1>  投诉
	进度 </h1><a href="/page?next">下一页</a>
<form id="main" method="post" action="/send">
<input type="hidden" name="_csrf" value="t+k">
<input name="title" value="旧">
<textarea name="facts">原文</textarea>
<input type="checkbox" name="pledge" value="1"><input type="checkbox" name="elsewhere" value="a" checked><input type="checkbox" name="elsewhere" value="b" checked>
<input type="radio" name="kind" value="citizen"><input type="radio" name="kind" value="media" checked>
<select name="unit"><option value="u1">甲</option><option value="u2" selected>乙</option></select>
<select name="year"><option>2026</option><option>2027</option></select>
<input name="off" value="x" disabled>
<button name="do" value="save">保存</button><button name="do" value="send" data-action="send">提交</button><button data-action="never" disabled>不行</button>
</form>
<form id="find" action="/search?old"><input name="q"></form>
<form id="up" method="post" action="/send" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="t"><input type="file" name="attachments"></form>`

func TestAFormIsSentAsABrowserWould(t *testing.T) {
	t.Parallel()
	shown := webtest.New(mirror{page}, "http://xf.test").Get(t, "/page")
	for name, c := range map[string]struct {
		selector string
		values   url.Values
		want     string
	}{
		"untouched": {"#main", nil,
			"_csrf=t%2Bk&title=%E6%97%A7&facts=%E5%8E%9F%E6%96%87&elsewhere=a&elsewhere=b&kind=media&unit=u2&year=2026&do=save"},
		"filled in, other button": {"[data-action=send]",
			url.Values{"title": {"新"}, "pledge": {"1"}, "elsewhere": nil, "kind": {"citizen"}},
			"_csrf=t%2Bk&title=%E6%96%B0&facts=%E5%8E%9F%E6%96%87&kind=citizen&unit=u2&year=2026&do=send&pledge=1"},
		"a search": {"#find", url.Values{"q": {"a b"}}, "q=a+b"},
	} {
		got := shown.Submit(t, c.selector, c.values)
		if diff := cmp.Diff(c.want, got.Body); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if got := shown.Submit(t, "#main", nil).Header.Get("X-Origin"); got != "http://xf.test same-origin" {
		t.Errorf("origin and site: %q", got)
	}
}

func TestFilesGoBehindTheToken(t *testing.T) {
	t.Parallel()
	shown := webtest.New(mirror{page}, "http://xf.test").Get(t, "/page")
	got := shown.Submit(t, "#up", nil, webtest.File{Field: "attachments", Name: "合同.pdf", Content: []byte("%PDF")}).Body
	token, file := strings.Index(got, `name="_csrf"`), strings.Index(got, `filename="合同.pdf"`)
	if token < 0 || file < token {
		t.Errorf("token at %d, file at %d:\n%s", token, file, got)
	}
}

func TestPagesAreReadBySelector(t *testing.T) {
	t.Parallel()
	visitor := webtest.New(mirror{page}, "http://xf.test")
	got := visitor.Get(t, "/away").Want(t, 200)
	if got.Path != "/page?from=away" || visitor.Cookie("seen") != "yes" {
		t.Errorf("path %q, cookie %q", got.Path, visitor.Cookie("seen"))
	}
	if got.Text("h1") != "投诉 进度" || got.Text("h6") != "" || !got.Has("form") || got.Has("table") {
		t.Errorf("h1 %q", got.Text("h1"))
	}
	if diff := cmp.Diff([]string{"保存", "提交", "不行"}, got.All("button")); diff != "" {
		t.Error(diff)
	}
	if next := got.Follow(t, "a"); next.Path != "/page?next" {
		t.Errorf("followed to %q", next.Path)
	}
	visitor.Stay = true
	if got := visitor.Get(t, "/away").Want(t, 303); got.Header.Get("Location") != "/page?from=away" || got.Has("h1") {
		t.Errorf("Location %q", got.Header.Get("Location"))
	}
}

// fatal records that a test would have failed.
type fatal struct {
	testing.TB
	said string
}

func (f *fatal) Fatalf(format string, _ ...any) { f.said = format; panic(f) }

func TestWhatABrowserCannotDoFailsTheTest(t *testing.T) {
	t.Parallel()
	visitor := webtest.New(mirror{page}, "http://xf.test")
	shown := visitor.Get(t, "/page")
	for want, do := range map[string]func(t testing.TB){
		"has no field":         func(t testing.TB) { shown.Submit(t, "#main", url.Values{"titel": {"x"}}) },
		"is disabled":          func(t testing.TB) { shown.Submit(t, "[data-action=never]", nil) },
		"is in no form":        func(t testing.TB) { shown.Submit(t, "h1", nil) },
		"does not offer":       func(t testing.TB) { shown.Submit(t, "#main", url.Values{"unit": {"u9"}}) },
		"does not offer %s=%s": func(t testing.TB) { shown.Submit(t, "#main", url.Values{"elsewhere": {"a", "z"}}) },
		"has no button":        func(t testing.TB) { shown.Submit(t, "#main", url.Values{"do": {"destroy"}}) },
		"no %q":                func(t testing.TB) { shown.Submit(t, "#absent", nil) },
		"no link":              func(t testing.TB) { shown.Follow(t, "h1") },
		"enctype":              func(t testing.TB) { shown.Submit(t, "#main", nil, webtest.File{Field: "title"}) },
		"want %d":              func(t testing.TB) { shown.Want(t, 404) },
		"without end":          func(t testing.TB) { visitor.Get(t, "/loop") },
	} {
		f := &fatal{TB: t}
		func() {
			defer func() {
				if p := recover(); p != nil && p != any(f) {
					panic(p)
				}
			}()
			do(f)
		}()
		if !strings.Contains(f.said, want) {
			t.Errorf("%s: said %q", want, f.said)
		}
	}
}
