package records

import (
	"fmt"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/letter"
	"zhengxin/internal/staff"
	"zhengxin/internal/view"
	"zhengxin/internal/watch"
	"zhengxin/internal/web"
)

// queueView is what the background work has before it: letters and jobs. Whoever keeps the
// platform reads no complaint, so numbers that grow with complaints are rough.
type queueView struct {
	CSRF    string
	Letters []view.Fact
	Server  string // how letters go, in a sentence
	Trials  []trialRow
	Typed   string
	Errors  view.Errors
	Counts  []jobRow
	Failing []failingRow
}

type trialRow struct {
	At, By, Said string
	Status       view.StatusTag
}

type jobRow struct{ Kind, State, N, Oldest string }

type failingRow struct {
	Kind, State, Tries, Why string
	Again                   string // where the button sends to; empty where there is none
}

const (
	trialsShown  = 10
	failingShown = 30
)

func (d *Pages) queue(c *fiber.Ctx) (queueView, error) {
	ctx, pool, now, v := c.UserContext(), d.Office.Pool, d.Now(), queueView{}
	q, err := letter.ReadQueue(ctx, pool, now)
	if err != nil {
		return v, err
	}
	v.Letters = []view.Fact{{Label: "等发送", Text: rough(q.Waiting)}, {Label: "一个月里没有发成", Text: rough(q.Failed)}, {Label: "最早的等了", Text: "没有在等的"}, {Label: "最近一次发出", Text: "一个月里没有发出过"}}
	if q.Oldest != nil {
		v.Letters[2].Text = waited(now.Sub(*q.Oldest))
	}
	if q.SentAt != nil {
		v.Letters[3].Text = waited(now.Sub(*q.SentAt)) + "以前"
	}
	trials, err := letter.Trials(ctx, pool, trialsShown)
	if err != nil {
		return v, err
	}
	for _, t := range trials {
		row := trialRow{At: view.MomentFull(t.AskedAt), By: t.By, Said: t.Words(), Status: view.StatusTag{Word: "没有发成", Shape: view.ShapeTriangle, Tone: view.Vermilion}}
		switch {
		case t.DoneAt == nil:
			row.Status = view.StatusTag{Word: "等着发", Shape: view.ShapeCircle, Tone: view.Slate}
		case t.Code == "":
			row.Status = view.StatusTag{Word: "收下了", Shape: view.ShapeTick, Tone: view.Pine}
		}
		v.Trials = append(v.Trials, row)
	}
	counts, err := watch.JobCounts(ctx, pool)
	if err != nil {
		return v, err
	}
	for _, n := range counts {
		v.Counts = append(v.Counts, jobRow{Kind: watch.KindLabel(n.Kind), State: watch.StateLabel(n.State), N: rough(n.N), Oldest: waited(now.Sub(n.Oldest))})
	}
	failing, err := watch.FailingJobs(ctx, pool, failingShown)
	if err != nil {
		return v, err
	}
	for _, f := range failing {
		row := failingRow{Kind: watch.KindLabel(f.Kind), State: watch.StateLabel(f.State), Tries: fmt.Sprintf("试了 %d 次，最多 %d 次", f.Attempt, f.Attempts), Why: f.Why()}
		if f.State == "retryable" {
			row.Tries += "；下一次 " + view.MomentText(f.NextAt)
		}
		if f.May() {
			row.Again = "/watch/jobs/" + strconv.FormatInt(f.ID, 10)
		}
		v.Failing = append(v.Failing, row)
	}
	return v, nil
}

// rough is a number that says that there is something, and not how many matters are behind it.
func rough(n int) string {
	if n == 0 {
		return "没有"
	}
	return roughly(n)
}

// waited is a time span to the hour: to the minute it would tell when a matter moved.
func waited(d time.Duration) string {
	switch hours := int(d.Hours()); {
	case hours < 1:
		return "不到 1\u00a0小时"
	case hours < 48:
		return view.N(hours, "小时")
	default:
		return view.N(hours/24, "天")
	}
}

func (d *Pages) showQueue(c *fiber.Ctx) error { return d.queuePage(c, nil) }

func (d *Pages) queuePage(c *fiber.Ctx, errs view.Errors) error {
	v, err := d.queue(c)
	if err != nil {
		return err
	}
	f := d.Frame(c, "信和后台队列", "watch")
	f.HasErrors = errs.Wrong()
	v.CSRF, v.Errors, v.Typed = f.CSRF, errs, web.Form(c).Get("mailbox")
	var said *view.Banner
	switch c.Query("said") {
	case "trial":
		said = &view.Banner{Kind: view.Done, Title: "试信已经交给后台", Text: "一般几秒钟发出去。过一会儿再打开这一页，看发信服务器怎么说。"}
	case "again":
		said = &view.Banner{Kind: view.Done, Title: "马上再做一次", Text: "做成了，下面就不再有它。"}
	case "gone":
		said = &view.Banner{Kind: view.Warn, Title: "没有再做", Text: "它已经做好了、正在做，或者不能再做。"}
	}
	return view.Show(c, queuePage(f, v, said))
}

// submitTrial asks for a test letter. The log says who asked, and not for which address.
func (d *Pages) submitTrial(c *fiber.Ctx) error {
	by, now := desk.Person(c).ID, d.Now()
	midnight := clock.On(now).Begins()
	err := letter.AskTrial(c.UserContext(), d.Office.Pool, by, web.Form(c).Get("mailbox"), now, midnight)
	if errs := fault.FieldsOf(err); len(errs) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
		return d.queuePage(c, errs)
	}
	if err != nil {
		return err
	}
	d.Log.InfoContext(c.UserContext(), "test letter asked for", "staff", by)
	return web.SeeOther(c, "/watch/queue?said=trial")
}

func (d *Pages) submitAgain(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	switch err := watch.Again(c.UserContext(), d.Office.Pool, id); {
	case fault.Is(err, fault.Conflict):
		return web.SeeOther(c, "/watch/queue?said=gone")
	case err != nil:
		return err
	}
	d.Log.InfoContext(c.UserContext(), "job tried again", "job", id, "staff", desk.Person(c).ID)
	return web.SeeOther(c, "/watch/queue?said=again")
}

// keepers may look after the queue.
var keepers = desk.Only(staff.Sysadmin)

var (
	trialTable   = view.Table{Caption: "试信", Stack: true, Columns: []view.Column{{Label: "时间"}, {Label: "谁"}, {Label: "结果"}, {Label: "发信服务器怎么说"}}}
	jobTable     = view.Table{Caption: "后台队列", Stack: true, Columns: []view.Column{{Label: "做什么"}, {Label: "状态"}, {Label: "有几个"}, {Label: "最早的多久了"}}}
	failingTable = view.Table{Caption: "没有做成的", Stack: true, Columns: []view.Column{{Label: "做什么"}, {Label: "状态"}, {Label: "试了几次"}, {Label: "为什么"}, {Label: "办"}}}
)
