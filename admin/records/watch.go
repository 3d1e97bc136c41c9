package records

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/admin/desk"
	"zhengxin/internal/letter"
	"zhengxin/internal/register"
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
	Lists            []view.Ref // of what is counted, as far as the reader has them and it still is so
	Status           view.StatusTag
}

var (
	runs   = view.StatusTag{Word: "正常", Shape: view.ShapeTick, Tone: view.Slate}
	stands = view.StatusTag{Word: "停了", Shape: view.ShapeTriangle, Tone: view.Vermilion}
	fails  = view.StatusTag{Word: "做不成", Shape: view.ShapeTriangle, Tone: view.Vermilion}
	found  = view.StatusTag{Word: "要处理", Shape: view.ShapeTriangle, Tone: view.Vermilion}
	waits  = view.StatusTag{Word: "等着办", Shape: view.ShapeDiamond, Tone: view.Amber}
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
				row.Status = waits
				if what.Fault() {
					row.Status = found
				}
				if row.Lists, err = d.listsOf(c, what); err != nil {
					return err
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

// listsOf are the lists of what the night counted, each with how many of it there are by now:
// of what the reader may know of.
func (d *Pages) listsOf(c *fiber.Ctx, what watch.What) (refs []view.Ref, err error) {
	by := desk.Person(c)
	if what == watch.LettersUnsent && d.Reaches(by.Role, "mail") {
		return []view.Ref{{Label: "看这些信", Href: "/mail?state=" + letter.Waiting}}, nil
	}
	for _, room := range d.Rooms {
		k := room.Kind()
		if !k.ReadBy(by.Role) || what.Where(k.Law) == "" {
			continue
		}
		n, err := d.Counted(c.UserContext(), k, by, register.Filter{View: register.ViewAll, Person: by, Watched: what})
		if err != nil {
			return nil, err
		}
		if n[0] > 0 {
			refs = append(refs, view.Ref{Label: k.Law.Noun + " " + view.UpTo(n[0], register.CountLimit, "件"), Href: desk.ListURL(k) + "?view=" + register.ViewAll + "&watched=" + string(what)})
		}
	}
	return refs, nil
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
		if n.N > 0 && n.What.Fault() {
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
