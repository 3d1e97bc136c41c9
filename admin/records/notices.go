package records

import (
	"cmp"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"

	"zhengxin/admin/desk"
	"zhengxin/internal/ask"
	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/notice"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/unit"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// publishers answer for what is published.
var publishers = desk.Only(staff.Publisher)

func noticeURL(id int64) string { return "/notices/" + strconv.FormatInt(id, 10) }

// noticeFields are what somebody types of a notice, carried from its form to its preview.
var noticeFields = []string{"kind", "title", "number", "addressee", "body", "unit", "until_year", "until_month", "until_day", "until_sure", "corrects", "why"}

// draftView is the form of a notice, or what it would be, to be read before it is published.
type draftView struct {
	Frame    desk.Frame
	Errors   view.Errors
	Said     *view.Banner
	F        url.Values
	Until    form.DateBoxes
	Corrects *notice.Record
	Units    []view.Option
	Kinds    []view.Option
	Paper    view.Paper
	Term     string
	Shown    string
	Token    string
	Carried  []desk.HiddenInput
}

// drafted is what was typed, and what is wrong with it. The notice that it corrects is read
// anew: it may have been taken down since.
func (d *Pages) drafted(c *fiber.Ctx, f web.Values) (notice.Draft, view.Errors, error) {
	n := notice.Draft{Kind: notice.Kind(f.Get("kind")), Title: f.Get("title"), Number: f.Get("number"), Addressee: f.Get("addressee"), Body: f.Get("body"), Unit: f.Get("unit"), Why: f.Get("why")}
	var errs view.Errors
	if f.Get("corrects") != "" {
		id, _ := strconv.ParseInt(f.Get("corrects"), 10, 64) // 0 is none
		w, err := notice.Of(c.UserContext(), d.Office.Pool, id)
		if err != nil {
			return n, nil, err
		}
		if !w.Own || !w.Shown(d.Now()) {
			return n, nil, fault.New(fault.Conflict, "没有办。要更正的这一份已经不在公示了，或者不在这里更正。")
		}
		n.Corrects = &w.Record
	}
	if boxes := untilOf(f); boxes != (form.DateBoxes{}) {
		read, wrong := boxes.Ask("until", form.DateRule{Now: d.Now()})
		if wrong.Sentence != "" {
			errs = append(errs, wrong)
		} else {
			n.Until = clock.NewDate(read.Year, time.Month(read.Month), read.Day)
		}
	}
	if n.Unit != "" {
		units, err := d.Office.Units.All(c.UserContext())
		if err != nil {
			return n, nil, err
		}
		if _, ok := units.ByCode(n.Unit); !ok {
			errs = append(errs, errorOf("unit", "请从列出的单位里选"))
		}
	}
	n, more := n.Cleaned(clock.On(d.Now()))
	return n, append(errs, more...), nil
}

func untilOf(f web.Values) form.DateBoxes {
	return form.DateBoxes{Year: f.Get("until_year"), Month: f.Get("until_month"), Day: f.Get("until_day")}.Chosen(f.Get("until_sure"))
}

// showNewNotice is the form; with the notice that is to be corrected it is filled in from it.
func (d *Pages) showNewNotice(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Query("corrects"), 10, 64)
	if err != nil {
		return d.draftPage(c, web.Form(c).Map(), draftView{})
	}
	w, err := notice.Of(c.UserContext(), d.Office.Pool, id)
	if err != nil {
		return err
	}
	if !w.Own || !w.Shown(d.Now()) {
		return fault.New(fault.NotFound, "")
	}
	v := draftView{Corrects: &w.Record, Until: boxesOf(w.Until)}
	return d.draftPage(c, url.Values{"kind": {string(w.Kind)}, "title": {w.Title}, "number": {w.Number}, "addressee": {w.Addressee}, "body": {w.Body}, "unit": {w.Unit}}, v)
}

func boxesOf(day clock.Date) form.DateBoxes {
	if day.IsZero() {
		return form.DateBoxes{}
	}
	return form.DateBoxes{Year: strconv.Itoa(day.Year), Month: strconv.Itoa(int(day.Month)), Day: strconv.Itoa(day.Day)}
}

func (d *Pages) draftPage(c *fiber.Ctx, f url.Values, v draftView) error {
	v.F = f
	v.Frame = d.Frame(c, "写公示公告", "notices")
	v.Frame.HasErrors = v.Errors.Wrong()
	for _, k := range notice.Written() {
		v.Kinds = append(v.Kinds, view.Option{Value: string(k), Label: k.Word()})
	}
	all, err := d.Office.Units.All(c.UserContext())
	if err != nil {
		return err
	}
	var current unit.List
	for _, u := range all {
		if u.Current || u.Code == f.Get("unit") {
			current = append(current, u)
		}
	}
	v.Units = ask.Options(register.UnitOptions(current))
	return view.Show(c, noticeFormPage(v))
}

// again is the form as it was filled in.
func (d *Pages) noticeAgain(c *fiber.Ctx, v draftView) error {
	f := web.Form(c)
	v.Until = untilOf(f)
	if f.Get("corrects") != "" {
		id, _ := strconv.ParseInt(f.Get("corrects"), 10, 64) // 0 is none
		w, err := notice.Of(c.UserContext(), d.Office.Pool, id)
		if err != nil {
			return err
		}
		v.Corrects = &w.Record
	}
	return d.draftPage(c, f.Map(), v)
}

func (d *Pages) undoneNotice(c *fiber.Ctx) error { return d.noticeAgain(c, draftView{}) }

// submitDraft shows exactly what would be published.
func (d *Pages) submitDraft(c *fiber.Ctx) error {
	n, errs, err := d.drafted(c, web.Form(c))
	switch {
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		return d.noticeAgain(c, draftView{Said: &view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)}})
	case err != nil:
		return err
	case len(errs) > 0:
		c.Status(fiber.StatusUnprocessableEntity)
		return d.noticeAgain(c, draftView{Errors: errs})
	}
	return d.previewPage(c, n, nil)
}

// issuer is who signs what the office publishes.
func (d *Pages) issuer(c *fiber.Ctx, own string) string {
	set := d.Settings.Read(c.UserContext())
	return cmp.Or(own, set.Issuer, set.Host, "政务诚信投诉监督平台")
}

// paperOf is a notice as the portal lays it out.
func (d *Pages) paperOf(c *fiber.Ctx, n notice.Notice) view.Paper {
	return view.Noticed{Issuer: d.issuer(c, n.Issuer), Number: n.Number, Word: n.Kind.Word(), Title: n.Title, Addressee: n.Addressee, Day: clock.On(n.PublishedAt).Long(), Paragraphs: n.Paragraphs()}.Paper()
}

func termOf(until clock.Date) string {
	if until.IsZero() {
		return "长期，撤下为止"
	}
	return "到 " + until.Long()
}

func (d *Pages) shownNotice(c *fiber.Ctx, n notice.Draft) string {
	s := web.NewShown("")
	s.Add("公示", string(n.Kind)+"\x00"+n.Title+"\x00"+n.Number+"\x00"+n.Addressee+"\x00"+n.Text()+"\x00"+n.Unit+"\x00"+n.Until.String()+"\x00"+d.issuer(c, ""))
	return s.String()
}

func (d *Pages) previewPage(c *fiber.Ctx, n notice.Draft, said *view.Banner) error {
	f := web.Form(c)
	v := draftView{Frame: d.Frame(c, "看过再公开", "notices"), Said: said, Corrects: n.Corrects, Term: termOf(n.Until), Shown: d.shownNotice(c, n), Paper: d.paperOf(c, n.As("", d.Now()))}
	v.Paper.Level = 2
	for _, name := range noticeFields {
		if value := f.Get(name); value != "" {
			v.Carried = append(v.Carried, desk.HiddenInput{Name: name, Value: value})
		}
	}
	var err error
	if v.Token, err = d.NewToken(); err != nil {
		return err
	}
	return view.Show(c, noticePreviewPage(v))
}

// submitNotice publishes what the preview showed, and nothing else.
func (d *Pages) submitNotice(c *fiber.Ctx) error {
	f, by, now := web.Form(c), desk.Person(c).ID, d.Now()
	if f.Get("do") == "edit" {
		return d.noticeAgain(c, draftView{})
	}
	token, err := desk.ReadToken(f)
	if err != nil {
		return err
	}
	n, errs, err := d.drafted(c, f)
	if len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.noticeAgain(c, draftView{Errors: errs})
	}
	var id int64
	if err == nil {
		err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "publish_notice", By: by, Token: token, At: now}, func(tx pgx.Tx) error {
			if d.shownNotice(c, n) != f.Get(web.ShownField) {
				return errOtherNotice
			}
			id, err = n.Issue(c.UserContext(), tx, d.Settings.Read(c.UserContext()).Issuer, now)
			return err
		})
	}
	var repeated *daybook.Repeated
	switch {
	case errors.As(err, &repeated):
		return web.SeeOther(c, "/notices?said=before")
	case errors.Is(err, errOtherNotice):
		c.Status(fiber.StatusConflict)
		return d.previewPage(c, n, &view.Banner{Kind: view.Warn, Title: "还没有公开：和您看到的不一样了。", Text: "下面是现在会公开的样子，请看过再按。"})
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		return d.noticeAgain(c, draftView{Said: &view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)}})
	case err != nil:
		return err
	}
	d.Log.InfoContext(c.UserContext(), "notice published", "notice", id, "staff", by)
	return web.SeeOther(c, noticeURL(id)+"?said=published")
}

var errOtherNotice = errors.New("notice: not what was shown")

// noticeView is one notice as the office keeps it.
type noticeView struct {
	Frame     desk.Frame
	Said      *view.Banner
	Errors    view.Errors
	Line      noticeLine
	Paper     view.Paper
	Read      bool // the reader may read it: whoever answers for it, and everybody while the public does
	Reason    string
	Public    string // its address on the portal, while it is shown
	Publishes bool   // the reader may correct it and take it down
	Elsewhere bool   // it belongs to a matter or to a report, where that is done
	Why       string
	Token     string
}

func (d *Pages) showNotice(c *fiber.Ctx) error { return d.noticePage(c, nil, nil) }

func (d *Pages) noticePage(c *fiber.Ctx, said *view.Banner, errs view.Errors) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	w, err := notice.Of(c.UserContext(), d.Office.Pool, id)
	if err != nil {
		return err
	}
	v := noticeView{Frame: d.Frame(c, w.Title, "notices"), Said: said, Errors: errs, Line: noticeLineOf(w.Record, d.Now()), Paper: d.paperOf(c, w.Notice()), Reason: w.Reason, Why: web.Form(c).Get("why")}
	v.Frame.HasErrors, v.Paper.Level = errs.Wrong(), 2
	if role := desk.Person(c).Role; role == staff.Publisher || role == staff.Auditor {
		v.Read = true
	} else {
		v.Read, v.Reason = w.Shown(d.Now()), ""
	}
	switch c.Query("said") {
	case "published":
		v.Said = &view.Banner{Kind: view.Done, Title: "已经公开。", Text: "门户网站上，谁都看得到。"}
	case "down":
		v.Said = &view.Banner{Kind: view.Done, Title: "已经撤下。", Text: "门户网站只留撤下的日期。"}
	}
	if w.Shown(d.Now()) {
		v.Public = d.Public + w.Kind.Path() + strconv.FormatInt(w.ID, 10)
		v.Publishes = w.Own && publishers.Allows(desk.Visit{State: desk.Whole, Person: desk.Person(c)})
		v.Elsewhere = !w.Own
	}
	if v.Token, err = d.NewToken(); err != nil {
		return err
	}
	return view.Show(c, noticePage(v))
}

// submitTakeDown ends a publication, for a reason that stays in the office.
func (d *Pages) submitTakeDown(c *fiber.Ctx) error {
	f, by, now := web.Form(c), desk.Person(c).ID, d.Now()
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	token, err := desk.ReadToken(f)
	if err != nil {
		return err
	}
	w, err := notice.Of(c.UserContext(), d.Office.Pool, id)
	if err != nil {
		return err
	}
	if !w.Own {
		return fault.New(fault.NotFound, "")
	}
	why := form.Text(f.Get("why"))
	if wrong := notice.WhyFault(why); wrong != "" {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.noticePage(c, nil, view.Errors{errorOf("why", wrong)})
	}
	err = d.Daybook.Tx(c.UserContext(), d.Office.Pool, daybook.Act{Action: "take_notice_down", By: by, Token: token, At: now}, func(tx pgx.Tx) error {
		return notice.TakeDown(c.UserContext(), tx, id, now, why)
	})
	var repeated *daybook.Repeated
	switch {
	case errors.As(err, &repeated):
		said := desk.DoneBefore(repeated.At)
		return d.noticePage(c, &said, nil)
	case fault.Is(err, fault.Conflict):
		c.Status(fiber.StatusConflict)
		return d.noticePage(c, &view.Banner{Kind: view.Warn, Title: fault.SentenceOf(err)}, nil)
	case err != nil:
		return err
	}
	d.Log.InfoContext(c.UserContext(), "notice taken down", "notice", id, "staff", by)
	return web.SeeOther(c, noticeURL(id)+"?said=down")
}

func (d *Pages) undoneTakeDown(c *fiber.Ctx) error { return d.noticePage(c, nil, nil) }
