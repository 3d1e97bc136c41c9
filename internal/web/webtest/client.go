// Package webtest lets a test use a site as a browser without scripts would:
// it keeps cookies, follows redirects, fills hidden fields and reads pages by
// selector.
package webtest

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Site is what a client talks to: web.App and fiber.App both are.
type Site interface {
	Test(r *http.Request, msTimeout ...int) (*http.Response, error)
}

// Client is one visitor's browser.
type Client struct {
	// Header is added to every request and wins over the client's own.
	Header http.Header
	// Stay keeps redirects from being followed.
	Stay bool

	site Site
	base *url.URL
	jar  *cookiejar.Jar
}

// New is a fresh visitor of a site whose Config.URL is base.
func New(site Site, base string) *Client {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		panic("webtest: " + base + " is not an address")
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // only a bad option can fail, and there is none
	}
	return &Client{Header: http.Header{}, site: site, base: u, jar: jar}
}

// Get opens a page.
func (b *Client) Get(t testing.TB, path string) *Page {
	t.Helper()
	return b.Do(t, http.MethodGet, path, "", nil)
}

// Post sends exactly these fields, with no token: for tests of refusal. A form
// of a page is sent with Page.Submit.
func (b *Client) Post(t testing.TB, path string, fields url.Values) *Page {
	t.Helper()
	return b.Do(t, http.MethodPost, path, "application/x-www-form-urlencoded", []byte(fields.Encode()))
}

// Do sends any request and follows up to five redirects.
func (b *Client) Do(t testing.TB, method, path, contentType string, body []byte) *Page {
	t.Helper()
	for range 6 {
		page := b.once(t, method, path, contentType, body)
		to := page.Header.Get("Location")
		if b.Stay || page.Status < 300 || page.Status > 399 || to == "" {
			return page
		}
		path = page.resolve(t, to)
		if page.Status != http.StatusTemporaryRedirect && page.Status != http.StatusPermanentRedirect {
			method, contentType, body = http.MethodGet, "", nil
		}
	}
	t.Fatalf("%s redirects without end", path)
	return nil
}

func (b *Client) once(t testing.TB, method, path, contentType string, body []byte) *Page {
	t.Helper()
	ref, err := url.Parse(path)
	if err != nil {
		t.Fatalf("address %q: %v", path, err)
	}
	at := b.base.ResolveReference(ref)
	r, err := http.NewRequestWithContext(t.Context(), method, at.String(), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != http.MethodGet && method != http.MethodHead {
		r.Header.Set("Origin", b.base.Scheme+"://"+b.base.Host)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for _, c := range b.jar.Cookies(at) {
		r.AddCookie(c)
	}
	for name, values := range b.Header {
		r.Header[name] = values
	}
	return b.read(t, r, at)
}

func (b *Client) read(t testing.TB, r *http.Request, at *url.URL) *Page {
	t.Helper()
	answer, err := b.site.Test(r, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, at.Path, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, at.Path, err)
	}
	b.jar.SetCookies(at, answer.Cookies())
	page := &Page{Status: answer.StatusCode, Header: answer.Header, Body: string(body), Path: at.RequestURI(), client: b, at: at}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		if page.Document, err = goquery.NewDocumentFromReader(bytes.NewReader(body)); err != nil {
			t.Fatalf("%s %s: %v", r.Method, at.Path, err)
		}
		page.shown()
		if page.Document.Find("link[rel=stylesheet]").Length() > 0 { // a page of a site, and none made up for a test
			for _, field := range Sent(page.Document.Selection) {
				t.Errorf("%s %s: the browser may send away what is typed into %s", r.Method, at.Path, field)
			}
			if n := page.Document.Find("dialog, search, [inert], [popover], [popovertarget], [command], [contenteditable=plaintext-only]").Length(); n > 0 {
				t.Errorf("%s %s: %d elements or attributes that Safari 13 and Firefox 78 do not know", r.Method, at.Path, n)
			}
			if n := page.Document.Find("svg:not([width]), svg:not([height])").Length(); n > 0 {
				t.Errorf("%s %s: %d pictures without width and height fill the page where there is no style sheet", r.Method, at.Path, n)
			}
		}
	}
	return page
}

// Cookie is the value that the site has set under this name, empty if none.
func (b *Client) Cookie(name string) string {
	for _, c := range b.jar.Cookies(b.base) {
		if c.Name == name || c.Name == "__Host-"+name {
			return c.Value
		}
	}
	return ""
}

// SetCookie plants a cookie, such as one that is forged or from another visitor.
func (b *Client) SetCookie(name, value string) {
	b.jar.SetCookies(b.base, []*http.Cookie{{Name: name, Value: value, Path: "/", Secure: b.base.Scheme == "https"}})
}

// File is a file to be sent with a form.
type File struct {
	Field, Name string
	Content     []byte
}

// Multipart encodes fields, then files, as a browser does.
func Multipart(t testing.TB, fields []Field, files ...File) (contentType string, body []byte) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for _, f := range fields {
		if err := w.WriteField(f.Name, f.Value); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Field, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.Content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), buf.Bytes()
}
