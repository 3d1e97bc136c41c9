package staff

import (
	"context"

	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

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
	// Outside says that the person reads those of them whose words may mean the
	// supervising office, which must not be read by the accused: they settle such
	// matters and belong to another body. While no registrar outside can read them,
	// everybody may who reads the others.
	Outside bool
	// Settlers are the units whose registrars read those too. Where the words may
	// also mean somebody's own unit, they leave the matter to the others, if there
	// is one whom the words do not mean.
	Settlers []string
	Bars     []string // accused units whose matters this person may not know of
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
	// Whom an unsettled matter is about nobody knows yet: it may be about any
	// unit, so only the office's own desk reads it; unless it may be about the
	// office itself.
	args := pg.Args{"scope_bars": bars}
	settles := `(NOT m.meant && @scope_bars
		OR NOT EXISTS (SELECT FROM unnest(@scope_settlers::text[]) AS s WHERE NOT m.meant && unit_bars(s)))`
	unbarred := `m.unit <> ALL (@scope_bars)`
	switch {
	case p.Office && p.Outside:
		unbarred = `(m.unit IS NULL AND (NOT m.flags && '{office_meant}' OR ` + settles + `) OR m.unit <> ALL (@scope_bars))`
	case p.Office:
		unbarred = `(m.unit IS NULL AND NOT m.flags && '{office_meant}' OR m.unit <> ALL (@scope_bars))`
	case p.Outside:
		unbarred = `(m.unit IS NULL AND m.flags && '{office_meant}' AND ` + settles + ` OR m.unit <> ALL (@scope_bars))`
	}
	if p.Outside {
		args["scope_settlers"] = append([]string{}, p.Settlers...)
	}
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

// Unwatched are the names of the units about which no registrar may know: a
// complaint about one of them lies where nobody sees it. The office itself is
// one while all registrars are its own.
func (r *Register) Unwatched(ctx context.Context) ([]string, error) {
	return pg.All[string](ctx, r.Pool, `
		WITH watch AS (
			SELECT DISTINCT unit_bars(coalesce(unit, '')) AS bars FROM staff WHERE role = 'registrar' AND disabled_at IS NULL
		)
		SELECT u.name FROM unit u
		WHERE u.complainable AND u.valid_from <= @today::date AND coalesce(u.valid_to >= @today::date, true)
			AND NOT EXISTS (SELECT 1 FROM watch w WHERE NOT u.code = ANY (w.bars))
		ORDER BY u.code COLLATE "C"`, pg.Args{"today": clock.On(r.Now()).String()})
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
