package staff

import "zhengxin/internal/pg"

// Person is a staff member as the desk knows them during a request.
type Person struct {
	ID    int64
	Login string
	Name  string
	Role  Role
	Unit  string
	// Office says that the person reads matters whose accused unit is not
	// settled: their unit is the supervising office, which stands under no
	// other. Somebody of no unit does too, and everybody while that office has
	// no registrar: nothing may be hidden from all.
	Office bool
	Bars   []string // accused units whose matters this person may not know of
}

// Scope is which matters a person may know of, as one SQL condition on a
// matter called m. Every list, read, search and count of the desk takes one, so
// that what a list hides a single read hides too.
type Scope struct {
	SQL  string
	Args pg.Args
}

// Scope of a person. Staff of the accused unit, of its subordinates, of its
// successor or in declared conflict see nothing of a matter, whatever their
// role (信访工作条例 28, 30). Unit staff see what their unit has in hand; the
// supervising desk sees everything else; roles without case work see nothing.
func (p Person) Scope() Scope {
	bars := p.Bars
	if bars == nil {
		bars = []string{}
	}
	unbarred := `m.unit <> ALL (@scope_bars)`
	if p.Office {
		// Whom an unsettled matter is about nobody knows yet: it may be about
		// any unit, so only the office's own desk reads it.
		unbarred = `(m.unit IS NULL OR m.unit <> ALL (@scope_bars))`
	}
	args := pg.Args{"scope_bars": bars}
	switch p.Role {
	case Registrar, Supervisor, Leader, Auditor:
		return Scope{unbarred, args}
	case DisciplineOfficer:
		return Scope{unbarred + ` AND (m.kind = 'case' OR m.flags && '{substantiated}')`, args}
	case Publisher:
		return Scope{unbarred + ` AND m.kind = 'case'`, args}
	case Handler, UnitHead:
		args["scope_unit"] = p.Unit
		return Scope{unbarred + ` AND EXISTS (SELECT 1 FROM assignment sa
			WHERE sa.matter_id = m.id AND sa.unit = @scope_unit AND sa.ended_at IS NULL)`, args}
	default:
		return Scope{`false`, pg.Args{}}
	}
}

// With adds a query's own arguments to the scope's.
func (s Scope) With(args pg.Args) pg.Args {
	out := pg.Args{}
	for name, value := range s.Args {
		out[name] = value
	}
	for name, value := range args {
		out[name] = value
	}
	return out
}
