package clock

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Version is one version of a year's calendar, as it was imported.
type Version struct {
	Year       int
	Version    int // from 1; the newest is in force
	Status     Status
	Source     string
	Off        []Date // holidays
	Work       []Date // weekends worked to make up
	Digest     string // SHA-256 of the text that was handed in; empty for what came with the program
	ImportedAt time.Time
	By         string // who imported it; empty for the operator or the program
}

// Versions are all versions of all years, the newest year and version first.
func Versions(ctx context.Context, q pg.Queryer) ([]Version, error) {
	all, err := pg.All[Version](ctx, q, `
		SELECT v.year, v.version, v.status, v.source, v.off, v.work, v.digest, v.imported_at, coalesce(s.name, '') AS by
		FROM calendar_version v LEFT JOIN staff s ON s.id = v.by_id
		ORDER BY v.year DESC, v.version DESC`, nil)
	if err != nil {
		return nil, fmt.Errorf("calendar versions: %w", err)
	}
	return all, nil
}

// Handed is a notice as somebody hands it in.
type Handed struct {
	Text   string
	Source string
	Draft  bool // the State Council has not published it: the year stays provisional
}

// Plan is what an import would change; nothing is written yet.
type Plan struct {
	Handed
	Year    int
	Status  Status
	Doubts  []string // why it is not taken for the whole of its year
	Changes []Change // years that get a new version; none when nothing is new
}

// Change is the new version of one year.
type Change struct {
	Year      int
	Version   int // that it will be
	Status    Status
	Was       Status // empty when the year is new
	Off, Work []Date
	Days      []DayChange
}

// DayChange is a day that is not what it was; a plain day has no kind.
type DayChange struct {
	Day      Date
	Was, Now Kind
}

// textLimit is above any notice: a year has some forty days.
const textLimit = 60_000

// PlanImport reads what was handed in and holds it against what is in force.
// Faults of single lines come as bad lines, all at once; then nothing is planned.
func PlanImport(ctx context.Context, q pg.Queryer, h Handed) (Plan, []BadLine, error) {
	// A browser ends lines otherwise than a file; both are the same notice.
	h.Text, h.Source = strings.TrimSpace(plainLines.Replace(h.Text)), strings.TrimSpace(h.Source)
	if len(h.Text) > textLimit {
		return Plan{}, nil, fault.New(fault.Invalid, "文件太大，不像一年的放假安排，没有导入。")
	}
	notice, bad := ParseNotice(h.Text)
	if len(bad) > 0 {
		return Plan{}, bad, nil
	}
	all, err := Versions(ctx, q)
	if err != nil {
		return Plan{}, nil, err
	}
	p := Plan{Handed: h, Year: notice.Year, Status: Official, Doubts: notice.Doubts()}
	if h.Draft || len(p.Doubts) > 0 {
		p.Status = Provisional
	}
	now, known := inForce(all, notice.Year)
	if known && now.Status == Official && p.Status == Provisional {
		return Plan{}, nil, fault.New(fault.Conflict, "%d 年的放假安排已经公布，不能改回暂定，没有导入。%s", notice.Year, strings.Join(p.Doubts, "；"))
	}
	if h.Source == "" {
		p.Source = p.defaultSource()
	}
	p.add(now, known, Version{Year: notice.Year, Status: p.Status, Off: of(notice.Days, Off), Work: of(notice.Days, Work)})
	if len(notice.Before) > 0 {
		before, known := inForce(all, notice.Year-1)
		if !known {
			return Plan{}, nil, fault.New(fault.Conflict, "文件里有 %d 年 12 月的日子，可是那一年还没有日历。请先导入 %d 年的。", notice.Year-1, notice.Year-1)
		}
		p.add(before, true, before.with(notice.Before))
	}
	return p, nil, nil
}

// inForce is the newest version of a year.
func inForce(all []Version, year int) (Version, bool) {
	for _, v := range all { // the newest first
		if v.Year == year {
			return v, true
		}
	}
	return Version{Year: year}, false
}

// with is a version with some days made another kind.
func (v Version) with(days []Day) Version {
	kinds := v.kinds()
	for _, d := range days {
		kinds[d.Day] = d.Kind
	}
	v.Off, v.Work = []Date{}, []Date{}
	for _, day := range slices.SortedFunc(maps.Keys(kinds), Date.Compare) {
		if kinds[day] == Off {
			v.Off = append(v.Off, day)
		} else {
			v.Work = append(v.Work, day)
		}
	}
	return v
}

func (v Version) kinds() map[Date]Kind {
	kinds := map[Date]Kind{}
	for _, d := range daysOf(v.Off, v.Work) {
		kinds[d.Day] = d.Kind
	}
	return kinds
}

// add plans a new version of a year, unless it would say what is said already.
func (p *Plan) add(now Version, known bool, next Version) {
	c := Change{Year: next.Year, Version: now.Version + 1, Status: next.Status, Was: now.Status, Off: next.Off, Work: next.Work}
	was, is := now.kinds(), next.kinds()
	days := map[Date]bool{}
	for _, kinds := range []map[Date]Kind{was, is} {
		for day := range kinds {
			if was[day] != is[day] {
				days[day] = true
			}
		}
	}
	for _, day := range slices.SortedFunc(maps.Keys(days), Date.Compare) {
		c.Days = append(c.Days, DayChange{day, was[day], is[day]})
	}
	if !known || len(c.Days) > 0 || now.Status != next.Status {
		p.Changes = append(p.Changes, c)
	}
}

func (p Plan) defaultSource() string {
	if p.Status == Provisional {
		return fmt.Sprintf("%d年的暂定安排，国务院办公厅通知尚未公布", p.Year)
	}
	return fmt.Sprintf("国务院办公厅关于%d年部分节假日安排的通知", p.Year)
}

// Digest is the SHA-256 of the text that was handed in, with plain line ends.
func (p Plan) Digest() string {
	sum := sha256.Sum256([]byte(p.Text))
	return hex.EncodeToString(sum[:])
}

// Seen stands for all that a page showed of the plan: who confirms it names it,
// and another text or another version in between is refused.
func (p Plan) Seen() string {
	var b strings.Builder
	fmt.Fprint(&b, p.Digest(), p.Source, p.Status)
	for _, c := range p.Changes {
		fmt.Fprint(&b, " ", c.Year, "/", c.Version, c.Was)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// Calendar is a calendar as it will be.
func (p Plan) Calendar(now Calendar) Calendar {
	next := Calendar{years: maps.Clone(now.years), days: maps.Clone(now.days), closing: now.closing, newest: now.newest}
	for _, c := range p.Changes {
		next.years[c.Year] = c.Status
		maps.DeleteFunc(next.days, func(d Date, _ Kind) bool { return d.Year == c.Year })
		for _, d := range daysOf(c.Off, c.Work) {
			next.days[d.Day] = d.Kind
		}
	}
	return next
}

// Import writes the plan down: a version of each year that it changes, all or
// none, with who handed it in (0 is the operator at the machine). A version that
// somebody else added since the plan was made is a Conflict.
func (p Plan) Import(ctx context.Context, b pg.Beginner, by int64, at time.Time) error {
	err := pg.Tx(ctx, b, func(tx pgx.Tx) error {
		for _, c := range p.Changes {
			if _, err := pg.Exec(ctx, tx, `
				INSERT INTO calendar_version (year, version, status, source, off, work, digest, imported_at, by_id)
				VALUES (@year, @version, @status, @source, @off::date[], @work::date[], @digest, @at, nullif(@by::bigint, 0))`,
				pg.Args{"year": c.Year, "version": c.Version, "status": string(c.Status), "source": p.Source,
					"off": texts(c.Off), "work": texts(c.Work), "digest": p.Digest(), "at": at, "by": by}); err != nil {
				return err
			}
		}
		return nil
	})
	if pg.IsUnique(err, "calendar_version_pkey") {
		return fault.New(fault.Conflict, "没有导入：别人刚刚改过这一年的日历。请看过现在的日历再导入。")
	}
	if err != nil {
		return fmt.Errorf("import calendar: %w", err)
	}
	return nil
}

func texts(days []Date) []string {
	all := make([]string, len(days))
	for i, d := range days {
		all[i] = d.String()
	}
	return all
}
