package records

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/letter"
	"zhengxin/internal/view"
	"zhengxin/internal/watch"
)

// watchView is how the background work goes, and what the last night found.
type watchView struct {
	Beats  []beatRow
	Counts []countRow
	Night  string // the day of the counts; empty before the first
	Kept   keptView
	Queue  bool // the reader looks after letters and jobs
}

type beatRow struct {
	Job, Done string
	Status    view.StatusTag
}

type countRow struct {
	What, Meaning, N string
	Href             string // the list of what is counted; empty where the reader has none
	Status           view.StatusTag
}

var (
	runs   = view.StatusTag{Word: "正常", Shape: view.ShapeTick, Tone: view.Slate}
	stands = view.StatusTag{Word: "停了", Shape: view.ShapeTriangle, Tone: view.Vermilion}
	fails  = view.StatusTag{Word: "做不成", Shape: view.ShapeTriangle, Tone: view.Vermilion}
	found  = view.StatusTag{Word: "要处理", Shape: view.ShapeTriangle, Tone: view.Vermilion}
)

func (d *Pages) showWatch(c *fiber.Ctx) error {
	ctx, pool, v := c.UserContext(), d.Office.Pool, watchView{}
	beats, err := watch.Beats(ctx, pool)
	if err != nil {
		return err
	}
	for _, b := range beats {
		row := beatRow{Job: cmp.Or(b.Job.Label(), string(b.Job)), Done: "还没有做完过", Status: runs}
		if b.DoneAt != nil {
			row.Done = view.MomentFull(*b.DoneAt)
		}
		switch {
		case b.FailingSince != nil:
			row.Status = fails
		case b.Still(d.Now()):
			row.Status = stands
		}
		v.Beats = append(v.Beats, row)
	}
	counts, err := watch.Newest(ctx, pool)
	if err != nil {
		return err
	}
	for _, what := range watch.Whats() {
		for _, n := range counts {
			if n.What != what {
				continue
			}
			row := countRow{What: what.Label(), Meaning: what.Meaning(), N: strconv.Itoa(n.N), Status: runs}
			if n.N > 0 {
				row.Status = found
				if what == watch.LettersUnsent && d.Reaches(desk.Person(c).Role, "mail") {
					row.Href = "/mail?state=" + letter.Waiting
				}
			}
			v.Counts, v.Night = append(v.Counts, row), n.Day.Long()
		}
	}
	if v.Kept, err = d.kept(c); err != nil {
		return err
	}
	switch c.Query("said") {
	case "verify":
		v.Kept.Said = &view.Banner{Kind: view.Done, Title: "开始核对", Text: "核对完，结果就在下面的记录里；过一会儿再打开这一页看。"}
	case "running":
		v.Kept.Said = &view.Banner{Kind: view.Warn, Title: "正在核对，没有再开始一次", Text: "核对完，结果就在下面的记录里。"}
	}
	f := d.Frame(c, "平台运行", "watch")
	v.Kept.CSRF, v.Queue = f.CSRF, d.Reaches(desk.Person(c).Role, "watch/queue")
	return view.Show(c, watchPage(f, v))
}

// watched is the alarm about background work that stands still and about what the last
// night found; its title is empty while all is well.
func (d *Pages) watched(c *fiber.Ctx) (view.Banner, error) {
	beats, err := watch.Beats(c.UserContext(), d.Office.Pool)
	if err != nil {
		return view.Banner{}, err
	}
	counts, err := watch.Newest(c.UserContext(), d.Office.Pool)
	if err != nil {
		return view.Banner{}, err
	}
	var said string
	for _, b := range beats {
		if b.Still(d.Now()) {
			said = "后台工作有停了的：提醒、到期、信件可能没有按时做。"
		}
	}
	for _, n := range counts {
		if n.N > 0 {
			said += n.What.Label() + "有 " + strconv.Itoa(n.N) + " 个。"
		}
	}
	kept, err := d.unkept(c.UserContext())
	if err != nil {
		return view.Banner{}, err
	}
	if said += kept; said == "" {
		return view.Banner{}, nil
	}
	return view.Banner{Kind: view.Wrong, Title: said, Text: "收投诉、办理都不停。是哪些、什么时候起，见“平台运行”。", Buttons: []view.Button{{Label: "看平台运行", Href: "/watch"}}}, nil
}

var (
	beatTable  = view.Table{Caption: "后台工作", Stack: true, Columns: []view.Column{{Label: "做什么"}, {Label: "最近一次做完"}, {Label: "状态"}}}
	watchTable = view.Table{Caption: "夜里自查", Stack: true, Columns: []view.Column{{Label: "查什么"}, {Label: "怎样算"}, {Label: "有几个"}, {Label: "状态"}}}
)
