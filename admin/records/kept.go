package records

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/backup"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/verify"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
)

// keptView is how the office is kept: backups, practised restores, and that everything is
// as it was signed. It shows what is noted in the database and nothing of this machine,
// which may be another than that of the backup.
type keptView struct {
	CSRF   string
	Rows   []countRow
	Runs   []runRow
	May    bool // the reader may have it verified
	WhyNot string
	Said   *view.Banner
}

type runRow struct {
	Began, By, Said string
	Status          view.StatusTag
}

var (
	stale   = view.StatusTag{Word: "过期", Shape: view.ShapeTriangle, Tone: view.Amber}
	running = view.StatusTag{Word: "正在核对", Shape: view.ShapeCircle, Tone: view.Slate}
)

// verifiers may have everything verified: who keeps the platform, and who reads what it did.
var verifiers = desk.Only(staff.Auditor, staff.Sysadmin)

// runsShown is how many runs the page lists.
const runsShown = 10

func (d *Pages) kept(c *fiber.Ctx) (keptView, error) {
	ctx, pool, now, v := c.UserContext(), d.Office.Pool, d.Now(), keptView{}
	state, err := backup.ReadState(ctx, pool)
	if err != nil {
		return v, err
	}
	drill, err := backup.LastDrill(ctx, pool)
	if err != nil {
		return v, err
	}
	runs, err := verify.Runs(ctx, pool, runsShown)
	if err != nil {
		return v, err
	}
	v.Rows = []countRow{dumpRow(state, now), logRow(state, now), drillRow(drill, now), placeRow(state), verifiedRow(runs, now)}
	for _, r := range runs {
		v.Runs = append(v.Runs, runRowOf(r, now))
		if r.Running(now) {
			v.WhyNot = "正在核对"
		}
	}
	v.May = d.Verify != nil && verifiers.Allows(desk.Visit{State: desk.Whole, Person: desk.Person(c)})
	return v, nil
}

func momentOr(at *time.Time, or string) string {
	if at == nil {
		return or
	}
	return view.MomentFull(*at)
}

func dumpRow(s backup.State, now time.Time) countRow {
	row := countRow{What: "每天的备份", Meaning: "每天一次，最迟 30 小时", N: momentOr(s.MadeAt, "还没有做过"), Status: runs}
	switch {
	case s.FailingSince != nil:
		row.Status, row.N = fails, row.N+"；从 "+view.MomentFull(*s.FailingSince)+" 起做不成"
	case s.MadeAt == nil: // an office that has just begun has none, and nothing stands still
		row.Status = stale
	case s.Overdue(now):
		row.Status = stands
	}
	return row
}

func logRow(s backup.State, now time.Time) countRow {
	row := countRow{What: "随时的备份（日志段）", Meaning: "最多差 5 分钟", N: momentOr(s.KeptAt, "不知道：还没有存过，或者用的是已有的数据库，由管它的人备份"), Status: runs}
	switch {
	case s.KeptAt == nil:
		row.Status = view.StatusTag{Word: "不知道", Shape: view.ShapeDiamond, Tone: view.Slate}
	case s.Behind(now):
		row.Status = stands
	default:
		row.N = "到 " + row.N + " 为止的都存下了"
	}
	return row
}

func drillRow(last *backup.Drill, now time.Time) countRow {
	row := countRow{What: "恢复演练", Meaning: "每季度一次，用命令 zhengxin drill", N: "还没有练过", Status: stale}
	if last == nil {
		return row
	}
	row.N, row.Status = view.MomentFull(last.At), runs
	if last.MadeAt != nil {
		row.N += "，练的是 " + view.MomentFull(*last.MadeAt) + " 的备份"
	}
	switch {
	case !last.Whole:
		row.Status, row.N = found, row.N+"，没有练成，或者有对不上的"
	case now.Sub(last.At) > backup.DrillEvery:
		row.Status = stale
	}
	return row
}

func placeRow(s backup.State) countRow {
	row := countRow{What: "备份放在哪里", Meaning: "要在另一块磁盘或者另一台机器上，不然和数据一起丢", N: "不知道", Status: view.StatusTag{Word: "不知道", Shape: view.ShapeDiamond, Tone: view.Slate}}
	switch {
	case s.Apart == nil:
	case *s.Apart:
		row.N, row.Status = "和数据不在同一块磁盘", runs
	default:
		row.N, row.Status = "和数据在同一块磁盘上", found
	}
	return row
}

// newestVerified is the newest run that came to an end and says something; nil where none did.
func newestVerified(runs []verify.Run) *verify.Run {
	for i := range runs {
		if runs[i].Outcome == verify.Whole || runs[i].Outcome == verify.Broken {
			return &runs[i]
		}
	}
	return nil
}

func verifiedRow(all []verify.Run, now time.Time) countRow {
	row := countRow{What: "核对签名", Meaning: "至少每月一次：每件事的记录、机构日志、每日清单，和签写时一样", N: "还没有核对过", Status: stale}
	last := newestVerified(all)
	if last == nil {
		return row
	}
	row.N, row.Status = view.MomentFull(*last.EndedAt), runs
	switch {
	case last.Outcome == verify.Broken:
		row.Status, row.N = found, fmt.Sprintf("%s，有 %d 处对不上", row.N, last.Broken)
	case now.Sub(*last.EndedAt) > verify.Every:
		row.Status = stale
	}
	return row
}

func runRowOf(r verify.Run, now time.Time) runRow {
	row := runRow{Began: view.MomentFull(r.BeganAt), By: r.By}
	if r.By == "" {
		row.By = "操作员（服务器上的命令）"
	}
	switch r.Outcome {
	case verify.Whole, verify.Broken:
		row.Said = fmt.Sprintf("核对了 %d 件、%d 条记录", r.Matters, r.Events)
		if r.Days > 0 {
			row.Said += fmt.Sprintf("，对照了 %d 天的每日清单", r.Days)
		} else {
			row.Said += "；那里没有每日清单，整件被删的看不出来"
		}
		if r.Unchecked > 0 {
			row.Said += fmt.Sprintf("；%d 条由另一个密钥签写，没有核对签名", r.Unchecked)
		}
		row.Status = view.StatusTag{Word: "没有发现改动", Shape: view.ShapeTick, Tone: view.Pine}
		if r.Outcome == verify.Broken {
			row.Status = view.StatusTag{Word: fmt.Sprintf("%d 处对不上", r.Broken), Shape: view.ShapeTriangle, Tone: view.Vermilion}
			row.Said += "。是哪几处，请管服务器的人用命令 zhengxin verify 看"
		}
	case verify.Failed:
		row.Status, row.Said = view.StatusTag{Word: "没有核对成", Shape: view.ShapeTriangle, Tone: view.Amber}, "原因写在平台的运行日志里"
	default:
		if row.Status = running; !r.Running(now) {
			row.Status, row.Said = view.StatusTag{Word: "中断了", Shape: view.ShapeTriangle, Tone: view.Amber}, "平台重新启动过，或者太久没有核对完。请再核对一次"
		}
	}
	return row
}

// submitVerify begins a run and does not wait for it: a hundred thousand matters take minutes.
func (d *Pages) submitVerify(c *fiber.Ctx) error {
	if d.Verify == nil {
		return fault.New(fault.NotFound, "")
	}
	by := desk.Person(c).ID
	id, err := verify.Begin(c.UserContext(), d.Office.Pool, by, d.Now())
	if fault.Is(err, fault.Conflict) {
		return web.SeeOther(c, "/watch?said=running")
	}
	if err != nil {
		return err
	}
	ctx := context.WithoutCancel(c.UserContext())
	work := func() {
		sum, err := d.Verify(ctx)
		if err != nil {
			d.Log.ErrorContext(ctx, "verify not carried through", "run", id, "error", err)
		} else if sum.Broken() > 0 {
			d.Log.ErrorContext(ctx, "verify found differences", "run", id, "broken", sum.Broken())
		}
		if err := verify.End(ctx, d.Office.Pool, id, sum, err, d.Now()); err != nil {
			d.Log.ErrorContext(ctx, "end of verify not noted", "run", id, "error", err)
		}
	}
	if d.Behind == nil {
		go work()
	} else {
		d.Behind(work)
	}
	d.Log.InfoContext(ctx, "verify begun", "run", id, "staff", by)
	return web.SeeOther(c, "/watch?said=verify")
}

// unkept is what is wrong with how the office is kept, in one sentence each; empty while
// nothing is. What is merely due again says the page, and no alarm.
func (d *Pages) unkept(ctx context.Context) (said string, err error) {
	state, err := backup.ReadState(ctx, d.Office.Pool)
	if err != nil {
		return "", err
	}
	if alarm := state.Alarm(d.Now()); alarm != "" && state.MadeAt != nil { // one that never was is a server's that somebody else keeps, or of today
		said = alarm + "。"
	}
	all, err := verify.Runs(ctx, d.Office.Pool, runsShown)
	if err != nil {
		return "", err
	}
	if last := newestVerified(all); last != nil && last.Outcome == verify.Broken {
		said += "核对签名有 " + view.N(last.Broken, "处") + "对不上。"
	}
	return said, nil
}

var (
	keptTable = view.Table{Caption: "备份和核对", Stack: true, Columns: []view.Column{{Label: "什么"}, {Label: "应该怎样"}, {Label: "最近一次"}, {Label: "状态"}}}
	runTable  = view.Table{Caption: "核对的记录", Stack: true, Columns: []view.Column{{Label: "时间"}, {Label: "谁"}, {Label: "结果"}, {Label: "说明"}}}
)
