package unit

import (
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
)

// ActKind is what can be done to a unit; the same words stand in the table `unit_act`.
type ActKind string

// The acts.
const (
	ActAdd      ActKind = "add"
	ActCorrect  ActKind = "correct"
	ActMove     ActKind = "move"
	ActRename   ActKind = "rename"
	ActMerge    ActKind = "merge"
	ActSplit    ActKind = "split"
	ActEnd      ActKind = "end"
	ActConflict ActKind = "conflict"
	ActRelease  ActKind = "release"
	ActImport   ActKind = "import"
)

var actLabels = map[ActKind]string{
	ActAdd: "添加单位", ActCorrect: "改正资料", ActMove: "换上级单位", ActRename: "改名", ActMerge: "并入另一个单位", ActSplit: "分立",
	ActEnd: "撤销", ActConflict: "写明利害关系", ActRelease: "解除利害关系", ActImport: "按表导入",
}

// Label is the act as a button and a record name it.
func (k ActKind) Label() string { return actLabels[k] }

// Change is one thing that somebody wants done to the directory.
type Change struct {
	Kind   ActKind
	Code   string // the unit that it is done to; of an addition, its own
	Since  clock.Date
	Reason string
	Row    Row    // of an addition or a correction: how the unit is to stand
	Vouch  bool   // the county vouches for its name and code
	Parent string // to move to
	Other  string // to merge into, or in conflict with
	Parts  []Part // what a unit is split into, or the one that it is called from now on
}

// Part is a unit that begins in the place of one that ends.
type Part struct{ Code, Name string }

func (p Part) empty() bool { return p.Code == "" && p.Name == "" }

const (
	reasonLimit = 500
	// mostPast is how far back the day of a change may lie: a reform is entered after it has
	// been decided, not years later.
	mostPast = 366
	// mostAhead is how far ahead a unit may begin.
	mostAhead = 366
)

func wrong(name, sentence string) []fault.Field {
	return []fault.Field{{Name: name, Sentence: sentence}}
}

// cleaned is the change with its words as they are kept, and what is wrong with it by itself.
func (c Change) cleaned(today clock.Date) (Change, []fault.Field) {
	c.Code, c.Parent, c.Other, c.Reason = form.Line(c.Code), form.Line(c.Parent), form.Line(c.Other), form.Text(c.Reason)
	var parts []Part
	for _, p := range c.Parts {
		if p = (Part{form.Line(p.Code), form.Line(p.Name)}); !p.empty() {
			parts = append(parts, p)
		}
	}
	c.Parts = parts
	faults := c.dayFaults(today)
	said := form.TextFault(c.Reason)
	switch long := form.TooLong(c.Reason, reasonLimit); {
	case c.Reason == "":
		said = "请写依据，例如批文的名称和文号"
	case long != "":
		said = long
	}
	if said != "" {
		faults = append(faults, fault.Field{Name: "reason", Sentence: said})
	}
	return c, faults
}

// dayFaults: only a new unit may begin on a day to come. What ends or moves takes matters,
// accounts and lower units along, and these cannot wait for a day by themselves.
func (c Change) dayFaults(today clock.Date) []fault.Field {
	switch {
	case c.Since.IsZero():
		return wrong("since", "请写从哪一天起")
	case c.Kind == ActAdd && c.Since.After(today.AddDays(mostAhead)):
		return wrong("since", "这一天离今天太远，请核对年份")
	case c.Kind != ActAdd && c.Since.After(today):
		return wrong("since", c.Since.Long()+"还没有到，请到那一天再办")
	case c.Kind != ActAdd && c.Since.Before(today.AddDays(-mostPast)):
		return wrong("since", "这一天离今天超过一年，请核对年份")
	}
	return nil
}

// carrying is a change on its way: the directory as it stands, and what becomes of it.
type carrying struct {
	Change
	stood List        // the directory before
	list  List        // and on the way
	rows  List        // to be written
	ends  List        // to be ended, each with its last day and its successor
	pairs [][2]string // conflicts to be added
	gone  [][2]string // and to be taken off
}

// target is the unit that the change is done to, while it stands.
func (c *carrying) target() (Unit, error) {
	u, ok := c.list.ByCode(c.Code)
	switch {
	case !ok:
		return u, fault.New(fault.NotFound, "没有这个单位。")
	case !u.Current && !u.Until.IsZero():
		return u, fault.New(fault.Conflict, "没有办。“%s”已经撤销，不能再改，只能看。", u.Name)
	}
	return u, nil
}

// work works out what the change does, or what is wrong with it.
func (c *carrying) work() error {
	if c.Kind == ActAdd {
		return fault.Fields(c.add())
	}
	u, err := c.target()
	if err != nil {
		return err
	}
	var faults []fault.Field
	switch c.Kind {
	case ActCorrect:
		faults = c.correct(u)
	case ActMove:
		faults = c.move(u)
	case ActRename:
		faults = c.rename(u)
	case ActMerge:
		faults = c.merge(u)
	case ActSplit:
		faults = c.split(u)
	case ActEnd:
		faults = c.end(u)
	case ActConflict:
		faults = c.conflict(u)
	case ActRelease:
		faults = c.release(u)
	default:
		return fault.New(fault.NotFound, "")
	}
	return fault.Fields(faults)
}

// above checks a parent: one that stands today, and is not below the unit itself. An inner
// office without one would be an office to which complaints come.
func (c *carrying) above(parent string, u Unit) []fault.Field {
	if parent == "" {
		if u.Kind == Office {
			return wrong("parent", "内设机构要选上级单位；没有上级的，只有收投诉的办公室")
		}
		return nil
	}
	p, ok := c.list.ByCode(parent)
	switch {
	case !ok:
		return wrong("parent", "没有代码是“"+parent+"”的单位")
	case parent == u.Code:
		return wrong("parent", "上级单位是它自己")
	case !p.Current:
		return wrong("parent", "“"+p.Name+"”现在没有，请选别的上级单位")
	case slices.Contains(c.list.Line(parent), u.Code):
		return wrong("parent", "“"+p.Name+"”在它下面，会绕成一圈")
	}
	return nil
}

func (c *carrying) fresh(code string) []fault.Field {
	if u, taken := c.list.ByCode(code); taken {
		return wrong("code", "代码 "+code+" 已经有了，是“"+u.Name+"”")
	}
	return nil
}

func (c *carrying) unlike(u Unit) []fault.Field {
	if other, same := c.list.likeNamed(u); same {
		return wrong("name", "“"+u.Name+"”和 "+other.Code+"“"+other.Name+"”是同一个名称，投诉时分不出是哪一个")
	}
	return nil
}

func (c *carrying) add() []fault.Field {
	c.Row.Code = c.Code
	faults := c.Row.faults()
	u := c.Row.unit(c.Vouch)
	u.From = c.Since
	faults = slices.Concat(faults, c.fresh(u.Code))
	if len(faults) == 0 {
		faults = slices.Concat(c.above(u.Parent, u), c.unlike(u))
	}
	c.rows = List{u}
	return faults
}

// correct mends what is written of a unit. A name that the county has confirmed is not
// mended: matters bear it, and who is called otherwise from a day on is renamed.
func (c *carrying) correct(old Unit) []fault.Field {
	c.Row.Code, c.Row.Parent = old.Code, old.Parent
	faults := c.Row.faults()
	u := c.Row.unit(c.Vouch || old.Confirmed)
	u.From, u.Successor = old.From, old.Successor
	switch {
	case len(faults) > 0:
		return faults
	case old.Confirmed && u.Name != old.Name:
		return wrong("name", "“"+old.Name+"”已经确认，过去的投诉写着它，不能改。单位改了名的，用“改名”，写明从哪一天起")
	case old.Parent == "" && (old.Kind == Office) != (u.Kind == Office):
		return wrong("kind", "没有上级的内设机构就是收投诉的办公室，种类不能这样改")
	case old.same(u):
		return wrong("name", "和现在的一样，没有要改的")
	}
	c.rows = List{u}
	return c.unlike(u)
}

func (c *carrying) move(u Unit) []fault.Field {
	switch {
	case c.Parent == u.Parent:
		return wrong("parent", "现在就在它下面，没有要改的")
	case u.supervises():
		return wrong("parent", "这是收投诉的办公室，不放在别的单位下面")
	}
	faults := c.above(c.Parent, u)
	u.Parent = c.Parent
	c.rows = List{u}
	return faults
}

// supervises says that complaints come to the unit first.
func (u Unit) supervises() bool { return u.Kind == Office && u.Parent == "" }

// over notes that a unit has its last day before the change, and who takes over.
func (c *carrying) over(u Unit, successor string) []fault.Field {
	if !c.Since.After(u.From) {
		return wrong("since", "要晚于它开始的那一天，它从"+u.From.Long()+"起")
	}
	u.Until, u.Successor, u.Current = c.Since.AddDays(-1), successor, false
	c.ends = List{u}
	c.list = slices.Clone(c.list)
	c.list[slices.IndexFunc(c.list, func(v Unit) bool { return v.Code == u.Code })] = u
	return nil
}

// heirs hangs what is below a unit that ends under who takes over, and the one of them
// under which that stands itself under what was above.
func (c *carrying) heirs(u Unit, successor string) {
	for _, child := range c.list {
		if child.Parent != u.Code || !child.Current && !child.Until.IsZero() {
			continue
		}
		child.Parent = successor
		if slices.Contains(c.list.Line(successor), child.Code) {
			child.Parent = u.Parent
		}
		if i := slices.IndexFunc(c.rows, func(v Unit) bool { return v.Code == child.Code }); i >= 0 {
			c.rows[i].Parent = child.Parent
			continue
		}
		c.rows = append(c.rows, child)
	}
}

// begins is a unit that begins in the place of another and is like it.
func (c *carrying) begins(like Unit, p Part, former ...string) (Unit, []fault.Field) {
	u := like
	u.Code, u.Name, u.From, u.Until, u.Successor, u.Current, u.Confirmed = p.Code, p.Name, c.Since, clock.Date{}, "", true, true
	u.Alias = append([]string{}, former...)
	row := Row{Code: u.Code, Name: u.Name, Alias: u.Alias, Kind: string(u.Kind)}
	faults := slices.Concat(row.faults(), c.fresh(u.Code))
	if len(faults) == 0 {
		faults = c.unlike(u)
	}
	c.list = append(slices.Clone(c.list), u)
	c.rows = append(c.rows, u)
	return u, faults
}

// rename lets the unit go on under another name and a code of its own: what points at the
// old one keeps its name, and who knows the old name finds the new unit by it.
func (c *carrying) rename(u Unit) []fault.Field {
	if len(c.Parts) != 1 {
		return append(wrong("code", "请写新的代码"), wrong("name", "请写新的名称")...)
	}
	if c.Parts[0].Name == u.Name {
		return wrong("name", "名称没有变")
	}
	if faults := c.over(u, c.Parts[0].Code); faults != nil {
		return faults
	}
	next, faults := c.begins(u, c.Parts[0], append(slices.Clone(u.Alias), u.Name)...)
	if len(faults) == 0 {
		c.heirs(u, next.Code)
	}
	return faults
}

func (c *carrying) merge(u Unit) []fault.Field {
	into, ok := c.list.ByCode(c.Other)
	switch {
	case u.supervises():
		return wrong("other", "这是收投诉的办公室，不能并掉")
	case c.Other == "":
		return wrong("other", "请选并入哪个单位")
	case !ok:
		return wrong("other", "没有代码是“"+c.Other+"”的单位")
	case into.Code == u.Code:
		return wrong("other", "不能并入它自己")
	case !into.Current:
		return wrong("other", "“"+into.Name+"”现在没有，不能并入")
	}
	if faults := c.over(u, into.Code); faults != nil {
		return faults
	}
	for _, name := range append([]string{u.Name}, u.Alias...) {
		if !slices.Contains(into.Alias, name) && name != into.Name {
			into.Alias = append(slices.Clone(into.Alias), name)
		}
	}
	c.rows = List{into}
	c.heirs(u, into.Code)
	return c.unlike(into)
}

// split ends a unit in several. The first goes on with what it did (信访条例24); the others
// are in conflict with it, so that none of them answers for the whole they come from.
func (c *carrying) split(u Unit) []fault.Field {
	switch {
	case u.supervises():
		return wrong("parts", "这是收投诉的办公室，不能分")
	case len(c.Parts) < 2:
		return wrong("parts", "至少要分成两个，每个都写代码和名称")
	}
	if faults := c.over(u, c.Parts[0].Code); faults != nil {
		return faults
	}
	for i, p := range c.Parts {
		var former []string
		if i == 0 {
			former = append(slices.Clone(u.Alias), u.Name)
		}
		if _, faults := c.begins(u, p, former...); len(faults) > 0 {
			return wrong("parts", "第 "+[]string{"一", "二", "三", "四"}[min(i, 3)]+"个："+faults[0].Sentence)
		}
		c.rows[i].Prefix, c.rows[i].USCC, c.rows[i].Mailbox = "", "", ""
		if i > 0 {
			c.pairs = append(c.pairs, [2]string{p.Code, u.Code})
		}
	}
	c.heirs(u, c.Parts[0].Code)
	return nil
}

func (c *carrying) end(u Unit) []fault.Field {
	if u.supervises() {
		return wrong("since", "这是收投诉的办公室，不能撤销。改了名的，用“改名”")
	}
	for _, child := range c.list {
		if child.Parent == u.Code && child.Current {
			return wrong("since", "它下面还有“"+child.Name+"”。先给下属单位换上级，或者用“并入另一个单位”")
		}
	}
	return c.over(u, "")
}

func (c *carrying) conflict(u Unit) []fault.Field {
	other, ok := c.list.ByCode(c.Other)
	switch {
	case c.Other == "":
		return wrong("other", "请选和哪个单位有利害关系")
	case !ok:
		return wrong("other", "没有代码是“"+c.Other+"”的单位")
	case other.Code == u.Code:
		return wrong("other", "不能选它自己")
	}
	c.pairs = [][2]string{{u.Code, other.Code}}
	return nil
}

func (c *carrying) release(u Unit) []fault.Field {
	c.gone = [][2]string{{u.Code, c.Other}, {c.Other, u.Code}}
	return nil
}
