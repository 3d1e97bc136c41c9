package web

import (
	"context"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"math"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"zhengxin/internal/fault"
)

// ErrorView is all that a page of an error may show.
type ErrorView struct {
	Status    int
	Title     string   // what happened, in a few words
	Sentence  string   // what happened and whether it was saved
	What      string   // what to do now
	Help      []string // what to do now, where it takes several things
	RequestID string   // only when it helps to read it out on the telephone
	Sent      *Carried // what was sent, so that nobody has to go back for it
	Others    bool     // it is somebody else's, who may show who they are and go on
	Resend    string   // on the button that sends it once more; empty: that would not help
}

// words are the page of a status where the error brings no sentence of its own. What a
// POST gets says nothing of the page before: many a browser empties it.
type words struct {
	title, sentence, what string
	resend                bool // sending the same once more may help
}

const resend = "再交一次"

var pages = map[int]words{
	400: {"这个请求看不懂", "地址或内容传到这里时不完整，没有保存任何内容。", "请从首页重新进入，再试一次。", false},
	403: {"现在不能这样做", "这一步现在不能做，没有保存任何内容。", "请回到这件事的页面，看看到了哪一步。", false},
	404: {"没有这一页", "没有这一页。可能是地址抄错了，也可能公示期满已经撤下。", "请核对地址，或从首页重新进入。", false},
	405: {"这个地址不能这样打开", "这个地址只在按下按钮时使用，没有保存任何内容。", "请从首页重新进入。", false},
	408: {"等了太久", "内容没有收全，没有保存。", "请检查网络，再交一次。", false},
	409: {"这一步没有做成", "这件事已经变了，这一步没有保存。", "请回到这件事的页面，看看现在的情况。", true},
	410: {"已经过期", "放的时间太久，已经清除，没有保存。", "请重新开始。", false},
	413: {"内容太大", "交来的内容超过上限，没有收下，也没有保存。", "请删去一部分，再交一次。", false},
	415: {"这种格式收不了", "交来的内容不是本站的表，没有收下，也没有保存。", "请用本站的页面填写。", false},
	422: {"有需要改的地方", "填写的内容有需要改的地方，还没有保存。", "请改好再交一次。", true},
	429: {"请稍等一会儿", "短时间内试的次数太多，这一次没有处理。", "请稍等一会儿再试。", true},
	431: {"请求太长", "浏览器送来的地址或存根太长，没有处理。", "请清除本站的浏览数据，再从首页进入。", false},
	500: {"这一步没有办成", "这一步没有办成，没有保存。", "请再交一次。记下下面的号，打电话时有用。", true},
	503: {"现在人多", "现在办事的人多，这一步没有办成，没有保存。", "请过一会儿再交一次。", true},
}

// noCookie says what a cookie is and what helps: the page would else be called an old
// one for ever.
var noCookie = words{
	"浏览器没有存下本站的 Cookie",
	"Cookie 是浏览器替网站记的一小段字，本站靠它认出这一页是刚才给您的。您的浏览器没有存，所以没有保存任何内容。它不记您是谁，也不给别的网站看。",
	"请先让浏览器存本站的 Cookie，再交一次：", true,
}

var cookieHelp = []string{
	"打开浏览器的设置，在“隐私”或者“网站设置”里找到 Cookie，选“允许”。“阻止所有 Cookie”要关掉。",
	"从微信、QQ 或者别的软件里点开的，请按右上角的菜单，选“在浏览器打开”。",
	"装了拦截广告、保护隐私的插件的，请先对本站停用。",
	"还不行，请换一个浏览器，或者换一台手机、电脑。",
}

var kindStatus = map[fault.Kind]int{
	fault.Internal:  fiber.StatusInternalServerError,
	fault.Invalid:   fiber.StatusUnprocessableEntity,
	fault.NotFound:  fiber.StatusNotFound,
	fault.Forbidden: fiber.StatusForbidden,
	fault.Conflict:  fiber.StatusConflict,
	fault.TooMany:   fiber.StatusTooManyRequests,
	fault.TooLarge:  fiber.StatusRequestEntityTooLarge,
	fault.Expired:   fiber.StatusGone,
	fault.Unsure:    fiber.StatusServiceUnavailable,
}

// StatusOf is the one place where an error becomes a status.
func StatusOf(err error) int {
	var f *fault.Error
	var e *fiber.Error
	switch {
	case errors.As(err, &f) && f.Kind != fault.Internal:
		return kindStatus[f.Kind]
	case errors.Is(err, errBody) && isTimeout(err):
		return fiber.StatusRequestTimeout
	case errors.Is(err, errBody):
		return fiber.StatusBadRequest
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, fault.ErrUnreachable):
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}

// viewOf never holds the text of an error, only sentences meant for people.
func viewOf(err error, id, method string) ErrorView {
	status := StatusOf(err)
	w, ok := pages[status]
	if !ok {
		w = pages[400]
		if status >= 500 {
			w = pages[500]
		}
	}
	var help []string
	switch {
	case errors.Is(err, errNoCookie):
		w, help = noCookie, cookieHelp
	case errors.Is(err, errLapsed):
		w = words{"这一步还没有做", "打开这个页面以后，浏览器里的登录或者查询换过了，或者页面放得太久，所以没有保存任何内容。", "请看一遍下面的内容，再交一次。", true}
	case errors.Is(err, errOthers):
		w = words{"这份没有提交的内容是另一位同事写的", "写的时候登录的是另一个账号，所以不给您看，也没有办，没有保存。", "请写的人登录，接着办；或者回到您自己的工作。", false}
	case errors.Is(err, errArrived):
		w = words{"接着办刚才的一步", "刚才的一步还没有做，没有保存任何内容。", "请看一遍下面的内容，要办就再交一次。", true}
	case errors.Is(err, errForeign):
		w = words{"这一步没有做", "这个页面放得太久了，或者不是从本站打开的，所以没有保存任何内容。", "请从首页重新进入，再办一次。", false}
	case fault.SentenceOf(err) != "":
		w.sentence = fault.SentenceOf(err)
	case errors.Is(err, fault.ErrUnreachable) && method == fiber.MethodPost:
		w.title, w.sentence, w.what = "这一步没有办成", "系统现在存不了内容，这一步没有办成，没有保存。", "请过几分钟再交一次。"
	case status >= 500 && method != fiber.MethodPost:
		w = words{"这一页暂时打不开", "这一页暂时打不开，您已经交来的内容不受影响。", "请过一会儿刷新。还是打不开，请打电话告诉我们。", false}
	}
	v := ErrorView{Status: status, Title: w.title, Sentence: w.sentence, What: w.what, Help: help}
	if w.resend && method == fiber.MethodPost {
		v.Resend = resend
	}
	if status >= 500 {
		v.RequestID = id // elsewhere it would make equal pages differ
	}
	return v
}

// hand puts what was sent on the page of an error. What came through a door may be
// another person's: it is not shown to one whom the page itself is not for.
func (v *ErrorView) hand(c *fiber.Ctx, err error) {
	st := stateOf(c)
	if st.body == nil || errors.Is(err, errForeign) || st.undone && v.Status == fiber.StatusNotFound {
		v.Resend = "" // nothing was read, or it is not to be believed
		return
	}
	sent := Sent(c)
	if errors.Is(err, errOthers) {
		sent.Fields, v.Sent, v.Others = nil, &sent, true
		return
	}
	switch {
	case st.carried != nil: // the page that it leads to is shown, or a door again
		v.Resend = resend
	case sent.To == "" || sent.Lost: // a form without its secrets or files is no use
		v.Resend = ""
	}
	if sent.To != "" {
		v.Sent = &sent
	}
}

// showError is where every error ends: logged once if it is ours, then shown.
func (a *App) showError(c *fiber.Ctx, err error) {
	st := stateOf(c)
	v := viewOf(err, st.id, c.Method())
	v.hand(c, err)
	if v.Status >= 500 {
		a.cfg.Log.LogAttrs(context.Background(), slog.LevelError, "request failed",
			slog.String("id", st.id), slog.String("route", st.pattern), slog.String("error", err.Error()))
	}
	a.startOver(c)
	// The handler's own time is over by now, and a template refuses to be
	// written for a context that has ended.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), a.cfg.Timeout)
	defer cancel()
	c.SetUserContext(ctx)
	if pageErr := a.page(c, v); pageErr != nil {
		a.cfg.Log.LogAttrs(context.Background(), slog.LevelError, "error page failed",
			slog.String("id", st.id), slog.String("error", pageErr.Error()))
		a.startOver(c)
		plain(c.Context(), v)
	}
	Refuse(c, err) // after the page, which may have been started over
}

// Refuse is for a handler that shows an error on a page of its own: it sets the
// status, and tells who has to wait how long.
func Refuse(c *fiber.Ctx, err error) {
	status := StatusOf(err)
	c.Status(status)
	retryAfter(c, status, err)
}

// later is when to come back where nobody knows better.
const later = 30 * time.Second

func retryAfter(c *fiber.Ctx, status int, err error) {
	if status != fiber.StatusTooManyRequests && status != fiber.StatusServiceUnavailable {
		return
	}
	after := fault.AfterOf(err)
	if after <= 0 {
		after = later
	}
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(after.Seconds()))))
}

// page calls the site's own page and survives it.
func (a *App) page(c *fiber.Ctx, v ErrorView) (err error) {
	if a.cfg.ErrorPage == nil {
		plain(c.Context(), v)
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return a.cfg.ErrorPage(c, v)
}

// startOver throws half an answer away, with headers such as a file's name or
// a public Cache-Control, and keeps what is true of the visitor: cookies.
func (a *App) startOver(c *fiber.Ctx) {
	h := &c.Response().Header
	var cookies []string
	for _, line := range h.Cookies() {
		cookies = append(cookies, string(line))
	}
	allow, hidden, closed := string(h.Peek(fiber.HeaderAllow)), string(h.Peek(robots)), h.ConnectionClose()
	c.Response().Reset()
	for _, line := range cookies {
		h.Add(fiber.HeaderSetCookie, line)
	}
	a.setHeaders(c)
	if allow != "" {
		h.Set(fiber.HeaderAllow, allow)
	}
	if hidden != "" {
		h.Set(robots, hidden)
	}
	if closed {
		h.SetConnectionClose()
	}
}

// plain is the page that cannot fail.
func plain(fctx *fasthttp.RequestCtx, v ErrorView) {
	fctx.SetStatusCode(v.Status)
	fctx.SetContentType("text/html; charset=utf-8")
	id := ""
	if v.RequestID != "" {
		id = "<p>" + v.RequestID + "</p>"
	}
	sent := ""
	if v.Sent != nil {
		for _, text := range v.Sent.Words() {
			sent += "<p>" + html.EscapeString(text) + "</p>"
		}
	}
	fctx.SetBodyString(`<!doctype html><html lang="zh-CN"><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width"><title>` + html.EscapeString(v.Title) + `</title><main><h1>` +
		html.EscapeString(v.Title) + `</h1><p>` + html.EscapeString(v.Sentence) + `</p><p>` +
		html.EscapeString(v.What) + `</p>` + sent + id + `</main></html>`)
}

// refuseBroken answers what fasthttp could not read. No code of the site runs
// on half a request, so the page is always the plain one.
func (a *App) refuseBroken(fctx *fasthttp.RequestCtx, err error) {
	status := fiber.StatusBadRequest
	switch {
	case errors.As(err, new(*fasthttp.ErrSmallBuffer)):
		status = fiber.StatusRequestHeaderFieldsTooLarge
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		status = fiber.StatusRequestEntityTooLarge
	case isTimeout(err):
		status = fiber.StatusRequestTimeout
	}
	a.refuse(fctx, status)
	linger(fctx.Conn())
}

func (a *App) refuseMethod(fctx *fasthttp.RequestCtx) {
	a.refuse(fctx, fiber.StatusMethodNotAllowed)
	fctx.Response.Header.Set(fiber.HeaderAllow, "GET, HEAD, POST")
	fctx.SetConnectionClose() // its body, if any, was not looked at
}

func (a *App) refuse(fctx *fasthttp.RequestCtx, status int) {
	fctx.Response.Reset()
	for _, line := range a.headers {
		fctx.Response.Header.Set(line.name, line.value)
	}
	if a.cfg.Hidden {
		fctx.Response.Header.Set(robots, noRobots)
	}
	w := pages[status]
	plain(fctx, ErrorView{Status: status, Title: w.title, Sentence: w.sentence, What: w.what})
	a.cfg.Log.LogAttrs(context.Background(), slog.LevelInfo, "request refused", slog.Int("status", status))
}
