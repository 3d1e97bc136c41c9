package proposal

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/notice"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
)

// The report on handling of a year is published as a notice of no matter (《代表法》第五十一条:
// 办理情况应当公开). Publishing it anew takes the earlier one down.

// reportTitle is what the report of a year is called.
func reportTitle(year int) string { return strconv.Itoa(year) + " 年建议提案办理情况报告" }

// Reports are the publications of the report of a year, the newest first.
func (r *Register) Reports(ctx context.Context, year int) ([]notice.Record, error) {
	return notice.Titled(ctx, r.Pool, notice.Proposal, reportTitle(year))
}

// inPublic are the measures that are told of a unit: of how many were content one alone
// would tell who was, who may have kept that to themselves.
func (m Measure) inPublic() bool { return m.Broad && m.Of != "heard" }

// ReportText is what the public reads of the report of a year, one paragraph to a line.
func ReportText(year int, cases []Handled, at time.Time) string {
	whole, sources, units := Groups(cases)
	lines := []string{strconv.Itoa(year) + " 年第一次交办的人大代表建议、政协提案，不管哪一年答复，都算在这一年。分办的，各办各的，各算一件。统计到" + clock.On(at).Long() + "。",
		"合计：" + whole.text(func(Measure) bool { return true })}
	for _, g := range append(sources, units...) {
		lines = append(lines, g.Label+"："+g.text(Measure.inPublic))
	}
	return strings.Join(append(lines, "承诺是答复里写明日期、答应办到的事，一点算一项；到期没有办到的，后来办到了也不改。"), "\n")
}

// text is what a group counts, in one sentence.
func (g Group) text(tells func(Measure) bool) string {
	var said []string
	for _, m := range Measures {
		n := g.Count(m)
		if n == 0 || !tells(m) {
			continue
		}
		unit := "件"
		if len(m.Promises) > 0 {
			unit = "项"
		}
		one := strings.TrimSuffix(m.Label, "（项）") + " " + strconv.Itoa(n) + " " + unit
		if percent, ok := g.Share(m); ok {
			one += "（" + strconv.Itoa(percent) + "%）"
		}
		said = append(said, one)
	}
	return strings.Join(said, "，") + "。"
}

// Asker is who asks for something of the report, and by which form; without a token it may
// be asked for again.
type Asker struct {
	By    staff.Person
	Token []byte
}

func (r *Register) act(action string, a Asker) daybook.Act {
	return daybook.Act{Action: action, By: a.By.ID, Token: a.Token, At: r.Engine.Now()}
}

// PublishReport publishes the report of a year, if its text was read, and takes an earlier
// one down.
func (r *Register) PublishReport(ctx context.Context, book *daybook.Book, by Asker, year int, read func(text string) bool) error {
	cases, err := r.Report(ctx, by.By, year)
	if err != nil {
		return err
	}
	now := r.Engine.Now()
	text := ReportText(year, cases, now)
	return book.Tx(ctx, r.Pool, r.act("publish_report", by), func(tx pgx.Tx) error {
		switch { // after the form was found to be no repeated one, whose numbers may have changed since
		case len(cases) == 0:
			return fault.New(fault.Forbidden, "没有公开。%d 年没有交办过建议提案。", year)
		case !read(text):
			return fault.New(fault.Conflict, "没有公开。数字刚才变了，和您看到的不一样，请看过新的再公开。")
		}
		shown, err := notice.Titled(ctx, tx, notice.Proposal, reportTitle(year))
		if err != nil {
			return err
		}
		for _, n := range shown {
			if n.Shown(now) {
				err = errors.Join(err, notice.TakeDown(ctx, tx, n.ID, now, "换成统计到"+clock.On(now).Long()+"的"))
			}
		}
		if err != nil {
			return err
		}
		issuer, err := pg.One[string](ctx, tx, `SELECT coalesce((SELECT value FROM setting WHERE key = @issuer), '')`, pg.Args{"issuer": setting.Issuer})
		if err != nil {
			return fmt.Errorf("issuer: %w", err)
		}
		_, err = notice.PublishTx(ctx, tx, notice.Publication{Kind: notice.Proposal, Title: reportTitle(year), Issuer: issuer, Body: text, At: now})
		return err
	})
}

// TakeReportDown ends the publication of the report of a year.
func (r *Register) TakeReportDown(ctx context.Context, book *daybook.Book, by Asker, year int, id int64, why string) error {
	why = form.Text(why)
	said := form.TooLong(why, 500)
	if why == "" {
		said = "请写为什么撤下"
	} else if wrong := form.TextFault(why); wrong != "" {
		said = wrong
	}
	if said != "" {
		return fault.Fields([]fault.Field{{Name: "why", Sentence: said}})
	}
	return book.Tx(ctx, r.Pool, r.act("take_down_report", by), func(tx pgx.Tx) error {
		shown, err := notice.Titled(ctx, tx, notice.Proposal, reportTitle(year))
		if err != nil {
			return err
		}
		for _, n := range shown {
			if n.ID == id {
				return notice.TakeDown(ctx, tx, id, r.Engine.Now(), why)
			}
		}
		return fault.New(fault.NotFound, "")
	})
}
