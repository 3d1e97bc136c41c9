package member

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/daybook"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Row is a line of a file.
type Row struct {
	Line  int
	Fault string // why it could not be read at all
	Typed
}

// What becomes of a line.
type What string

// The fates of a line.
const (
	New   What = "new"   // is added
	Ask   What = "ask"   // is added once somebody has said that it is another person
	Same  What = "same"  // stands there already
	Other What = "other" // its credential is somebody else's, or written otherwise there
	Wrong What = "wrong" // is not understood
)

// Planned is a line with what becomes of it, and why.
type Planned struct {
	Row
	Member Member
	What   What
	Says   string
	Faults []fault.Field
}

// Refused says that a line is wrong, and that none of its file is added while it is.
func (p Planned) Refused() bool { return p.What == Wrong || p.What == Other }

// Plan holds the lines of a file against the roster, and writes nothing.
func (r *Roster) Plan(ctx context.Context, rows []Row) ([]Planned, error) {
	roster, err := all(ctx, r.Pool)
	if err != nil {
		return nil, err
	}
	return plan(rows, roster), nil
}

func plan(rows []Row, roster []Member) []Planned {
	var before, out []Planned
	for _, row := range rows {
		p := planned(row, roster, 0, before)
		if out = append(out, p); p.What == New || p.What == Ask {
			before = append(before, p)
		}
	}
	return out
}

// planned is what becomes of a line, after those that come before it in the file; but is
// whose own line it is, where somebody is corrected.
func planned(row Row, roster []Member, but int64, before []Planned) Planned {
	p := Planned{Row: row, What: New}
	if row.Fault != "" {
		p.What, p.Says = Wrong, row.Fault
		return p
	}
	if p.Member, p.Faults = row.Read(); len(p.Faults) > 0 {
		p.What = Wrong
		return p
	}
	for _, m := range roster {
		switch {
		case m.ID == but && but != 0:
		case m.key() == p.Member.key() && m.same(p.Member):
			if p.What, p.Says = Same, "名册里已经有了"; m.Ending() {
				p.Says = "名册里已经有了，资格到" + m.Until.Long() + "终止"
			}
			return p
		case m.key() == p.Member.key():
			p.What, p.Says = Other, "证号 "+m.Credential+" 在名册里是"+m.Name+"（"+m.Belongs()+"），和这里写的不一样。写错了的请改证号；名册错了的，请在名册里改"
			return p
		case m.namesake() == p.Member.namesake():
			p.What, p.Says = Ask, "名册里还有一位同名的"+m.Name+"，证号 "+m.Credential+"。是两个人的，照写添加"
		}
	}
	for _, b := range before {
		switch {
		case b.Member.key() == p.Member.key():
			p.What, p.Says = Wrong, fmt.Sprintf("和第 %d 行写的是同一个证号，只留一行", b.Line)
			return p
		case b.Member.namesake() == p.Member.namesake():
			p.What, p.Says = Ask, fmt.Sprintf("和第 %d 行同名，证号不同。是两个人的，照写添加", b.Line)
		}
	}
	return p
}

// Take adds what is new, and of those that are asked about the lines that are sure. It is
// all or nothing, and done twice it adds nobody twice.
func (r *Roster) Take(ctx context.Context, by int64, rows []Row, sure map[int]bool) (added int, err error) {
	err = r.Daybook.Tx(ctx, r.Pool, daybook.Act{Action: "import_members", By: by}, func(tx pgx.Tx) error {
		roster, err := all(ctx, tx)
		if err != nil {
			return err
		}
		var members []Member
		for _, p := range plan(rows, roster) {
			if p.Refused() {
				return fault.New(fault.Conflict, "名册里有错的行，一行也没有添加。")
			}
			if p.What == New || p.What == Ask && sure[p.Line] {
				members = append(members, p.Member)
			}
		}
		if added = len(members); added == 0 {
			return nil
		}
		_, err = pg.Exec(ctx, tx, insert, values(members))
		return err
	})
	return added, err
}
