package running

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pg"
)

// strangers numbers the visitors.
var strangers atomic.Uint32

// Address is another visitor's, as the proxy tells it in X-Forwarded-For: many
// people behind one would be slowed down, as they should.
func Address() string {
	n := strangers.Add(1)
	return fmt.Sprintf("10.%d.%d.%d", byte(n>>16), byte(n>>8), byte(n))
}

// Visitor is a browser without scripts.
type Visitor struct {
	base    *url.URL
	client  *http.Client
	address string
}

// NewVisitor is a fresh browser that knows one site, at host:port.
func NewVisitor(addr string) *Visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // only a bad option can fail, and there is none
	}
	return &Visitor{
		base:    &url.URL{Scheme: "http", Host: addr},
		address: Address(),
		client:  &http.Client{Jar: jar, Timeout: 15 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}},
	}
}

// Cookie is the value of a cookie that the site has set.
func (v *Visitor) Cookie(name string) string {
	for _, c := range v.client.Jar.Cookies(v.base) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// SetCookie puts a cookie into the browser.
func (v *Visitor) SetCookie(name, value string) {
	v.client.Jar.SetCookies(v.base, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// Page is an answer that was read to its end.
type Page struct {
	Status int
	Path   string
	Size   int
	*goquery.Document
}

// Get opens a page.
func (v *Visitor) Get(ctx context.Context, path string) (*Page, error) {
	return v.do(ctx, http.MethodGet, path, nil)
}

// Post sends fields.
func (v *Visitor) Post(ctx context.Context, path string, fields url.Values) (*Page, error) {
	return v.do(ctx, http.MethodPost, path, fields)
}

func (v *Visitor) do(ctx context.Context, method, path string, fields url.Values) (*Page, error) {
	request, err := http.NewRequestWithContext(ctx, method, v.base.JoinPath(path).String(), strings.NewReader(fields.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("X-Forwarded-For", v.address)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := v.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		return nil, err
	}
	return &Page{Status: answer.StatusCode, Path: answer.Request.URL.Path, Size: len(body), Document: doc}, nil
}

// Hidden are the hidden fields of the page's main form.
func (p *Page) Hidden() url.Values {
	fields := url.Values{}
	p.Find("main form").First().Find("input[type=hidden]").Each(func(_ int, input *goquery.Selection) {
		fields.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return fields
}

// Text is what stands in the first element of a selector.
func (p *Page) Text(selector string) string {
	return strings.TrimSpace(p.Find(selector).First().Text())
}

// answers are what a named enterprise fills in, step by step.
var filled = [][]string{
	{"complainant_kind", "enterprise", "anonymous", "no"},
	{"title", "村道硬化工程款没有付清", "request", "付清剩余工程款", "facts", "2024年5月签订合同，8月验收，至今只付了一部分。"},
	{"contract_no", "DL-2024-016", "contract_date_year", "2024", "contract_date_month", "5", "contract_date_day", "12",
		"unpaid_amount", "1286500", "in_litigation", "no"},
	{"evidence_held", "contract"},
	{"organisation", "青禾路桥工程有限公司", "uscc", "91410425MA00000077", "name", "王建国", "phone", "13800138000",
		"email", "wang@example.com", "confidential", "yes", "edelivery_consent", "yes"},
}

// WalkToCheck fills in every step about a unit and a category, and ends on the
// page that asks for the captcha.
func (v *Visitor) WalkToCheck(ctx context.Context, unit, category string) (*Page, error) {
	page, err := v.Get(ctx, "/complaints/new")
	if err != nil {
		return nil, err
	}
	for i, step := range filled {
		fields := page.Hidden()
		for k := 0; k < len(step); k += 2 {
			fields.Set(step[k], step[k+1])
		}
		if i == 1 {
			fields.Set("unit", unit)
			fields.Set("category", category)
		}
		fields.Set("do", "next")
		before := page.Path
		if page, err = v.Post(ctx, page.Path, fields); err != nil {
			return nil, err
		}
		if page.Status != http.StatusOK || page.Path == before {
			return nil, fmt.Errorf("step %s: %d %s", before, page.Status, page.Text("[role=alert]"))
		}
	}
	return page, nil
}

// Digits are the answer to a captcha, read as the owner.
func Digits(ctx context.Context, owner *pgxpool.Pool, id string) (string, error) {
	raw, err := pg.One[[]byte](ctx, owner, `SELECT digits FROM captcha WHERE id = @id`, pg.Args{"id": id})
	if err != nil {
		return "", err
	}
	for i := range raw {
		raw[i] += '0'
	}
	return string(raw), nil
}

// Receipt is what a complainant takes away.
type Receipt struct{ Number, Code string }

// ErrNoReceipt says that a page is none.
var ErrNoReceipt = errors.New("the page is no receipt")

// Receipt reads the page's receipt.
func (p *Page) Receipt() (Receipt, error) {
	r := Receipt{p.Text("[data-receipt-number]"), p.Text("[data-receipt-code]")}
	if r.Number == "" || r.Code == "" {
		return Receipt{}, ErrNoReceipt
	}
	return r, nil
}
