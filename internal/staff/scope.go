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
	// Office says that the person is of the supervising office, which stands under
	// no other, or of no unit: theirs is what is not settled.
	Office bool
	// Near says that a complaint about a supervising office is none of theirs.
	Near bool
	Bars []string // accused units whose matters this person may not know of
	// Stands are whom the person stands in for today, and Loose the colleagues of their
	// unit who are away with nobody for them.
	Stands []Stand `db:"-"`
	Loose  []int64 `db:"-"`
}

// Scope is which matters a person may know of, as one SQL condition on a
// matter called m. Every list, read, search and count of the desk takes one, so
// that what a list hides a single read hides too.
type Scope struct {
	SQL string
	// Flags is the expression of the matter's flags as this reader has them: those of
	// the row, and ReaderMeant and OthersBarred.
	Flags string
	// Shared says that the reader is of a handling unit, from whom some of a
	// matter's words are kept: searches ask the index that has not got them.
	Shared bool
	// Stood is the expression of those flags of a matter that say for whom the reader stands
	// in there, a part of Flags; empty where they stand in for nobody whose rights they lack.
	Stood string
	// Of is the role of a reader who reads some kinds alone, empty for others: a register
	// says of which of its matters (register.Reader).
	Of   Role
	Role Role // the reader's
	Args pg.Args
}

// Facts about a matter and its reader, worked out when it is read: the move tables
// know them as flags, and no row keeps them.
const (
	// ReaderMeant is set where the matter's words may mean the reader or their
	// unit, who has it only because nobody else can.
	ReaderMeant = "reader_meant"
	// OthersBarred is set where the matter itself bars more than the unit that it is
	// about now, and not only what it follows from.
	OthersBarred = "others_barred"
	// Sealed is the flag of a matter that was referred to 纪检监察: see scope.
	Sealed = "sealed"

	// SealedTitle stands where a list would show the title of a sealed matter: what its words
	// say is read once it is opened, with a reason.
	SealedTitle = "已移送封存的一件"
	// TitleSQL is the title of a matter m as lists show it.
	TitleSQL = `CASE WHEN 'sealed' = ANY (m.flags) THEN '` + SealedTitle + `' ELSE m.title END`

	flags = `m.flags || CASE WHEN ` + doubted + ` THEN '{` + ReaderMeant + `}'::text[] ELSE '{}' END
		|| CASE WHEN (m.persons <> '{}' OR NOT (m.named || m.meant) <@ ARRAY[m.unit]) AND EXISTS (
			SELECT FROM matter_bar o WHERE o.matter_id = m.id AND o.released_seq IS NULL AND o.unit IS DISTINCT FROM m.unit) THEN '{` + OthersBarred + `}'::text[] ELSE '{}' END`
)

// Who may know of a matter, least doubt first:
//
// Whoever belongs, or lately belonged, to a unit that was chosen or settled as
// the accused, to what is below it, to one of its class or in declared conflict,
// knows nothing of it, whatever their role and whatever is settled later
// (信访工作条例 28, 30).
//
// Whom the words may mean, by their unit or by their name, leaves the matter to
// others while anybody who settles can have it without that doubt. What is not
// settled may be about any unit: it is the supervising office's to read, and of
// those who settle elsewhere while nobody of that office is free of doubt. Where
// nobody at all is, it is hidden from none but the accused; from whoever is named
// last of all.
const (
	barred  = `m.named && @scope_bars`
	doubted = `(m.meant && @scope_bars OR @scope_me = ANY (m.persons) OR @scope_near AND 'office_meant' = ANY (m.flags))`
	accuses = `m.kind IN (SELECT k.kind FROM matter_kind k WHERE k.relation = 'accused')`
	nobody  = `NOT somebody_settles(m.named, m.meant, m.persons, m.flags, @scope_settling, `
	// Of what nobody is named in the answer is one for all: it is asked once a statement.
	nobodyOfOffice = `CASE WHEN m.named || m.meant = '{}' AND m.persons = '{}' AND NOT 'office_meant' = ANY (m.flags)
		THEN NOT (SELECT somebody_settles('{}', '{}', '{}', '{}', @scope_settling, 'of_office'))
		ELSE ` + nobody + `'of_office') END`
	mayKnow = `NOT ` + barred + ` AND (
		NOT ` + doubted + ` AND (m.unit IS NOT NULL OR NOT ` + accuses + ` OR @scope_office OR @scope_settles AND ` + nobodyOfOffice + `)
		OR ` + nobody + `'free') AND (@scope_me <> ALL (m.persons) OR ` + nobody + `'unnamed')))`
	// What was referred is read by the discipline officer, who has to answer for it, and by
	// nobody else: neither by who referred it nor by who audits.
	// What follows it and is about no unit by itself, as what others were asked for it, says
	// what it says, and is read by nobody.
	unsealed = `NOT 'sealed' = ANY (m.flags) AND NOT EXISTS (SELECT FROM matter sf JOIN matter_kind sk ON sk.kind = m.kind
		WHERE sf.id = m.follows AND sk.relation = 'none' AND 'sealed' = ANY (sf.flags))`
	// What a role reads that is for some kinds alone.
	reads = `EXISTS (SELECT FROM matter_reader k WHERE k.kind = m.kind AND k.role = @scope_role AND (k.flags IS NULL OR k.flags && m.flags)
		AND (NOT k.consented OR m.id IN (SELECT o.matter_id FROM release_open o)))`
	// A unit's own staff: what it has in hand, and what is its own; a matter that names
	// one of them is for the others.
	inHand = `NOT ` + barred + ` AND NOT ` + doubted + ` AND (EXISTS (
			SELECT 1 FROM assignment sa WHERE sa.matter_id = m.id AND sa.unit = @scope_unit AND sa.ended_at IS NULL)
		OR m.unit = @scope_unit AND m.kind IN (SELECT k.kind FROM matter_kind k WHERE k.relation = 'owner'))`
)

// Scope of a person. The supervising desk sees whatever it may know of, a unit's
// staff what that unit has in hand; roles without case work see nothing.
func (p Person) Scope() Scope {
	scope := p.scope()
	scope.Role = p.Role
	if stood := p.stood(); stood != "" && scope.Shared {
		scope.Stood = `'{}'::text[]` + stood
		scope.Flags += stood
	}
	return scope
}

// SealedScope is the scope of what is sealed to who refers matters: by number and day, of
// what they might know of otherwise.
func (p Person) SealedScope() Scope {
	if p.Role != Registrar && p.Role != Supervisor {
		return Scope{SQL: `false`, Args: pg.Args{}}
	}
	return Scope{SQL: mayKnow, Args: p.mayKnowArgs()}
}

// TracedScope is the scope of the openings of what is sealed, for who reads why it was opened
// and not what it says.
func (p Person) TracedScope() Scope {
	if p.Role != Auditor {
		return Scope{SQL: `false`, Args: pg.Args{}}
	}
	return Scope{SQL: mayKnow, Args: p.mayKnowArgs()}
}

func (p Person) mayKnowArgs() pg.Args {
	return pg.Args{"scope_bars": append([]string{}, p.Bars...), "scope_me": p.ID, "scope_near": p.Near,
		"scope_office": p.Office, "scope_settles": p.Role.Settles(), "scope_settling": Settling()}
}

func (p Person) scope() Scope {
	args := pg.Args{"scope_bars": append([]string{}, p.Bars...), "scope_me": p.ID, "scope_near": p.Near}
	desk := func(sql string) Scope {
		args["scope_office"], args["scope_settles"], args["scope_settling"] = p.Office, p.Role.Settles(), Settling()
		return Scope{SQL: sql, Flags: flags, Args: args}
	}
	switch p.Role {
	case Registrar, Supervisor, Leader, Auditor:
		return desk(unsealed + ` AND ` + mayKnow)
	case DisciplineOfficer, Publisher:
		args["scope_role"] = string(p.Role)
		scope := desk(`(` + mayKnow + `) AND ` + reads)
		scope.Of = p.Role
		return scope
	case Handler, UnitHead:
		args["scope_unit"] = p.Unit
		return Scope{SQL: inHand, Flags: flags, Shared: true, Args: args}
	default:
		return Scope{SQL: `false`, Flags: `m.flags`, Args: pg.Args{}}
	}
}

// Settling are the roles that settle, as the database knows them.
func Settling() []string {
	var roles []string
	for _, r := range Roles() {
		if r.Settles() {
			roles = append(roles, string(r))
		}
	}
	return roles
}

// Unwatched are the names of the units about which nobody who settles may know: a
// complaint about one of them lies where nobody sees it. The office itself is
// one while all who settle are its own.
func (r *Register) Unwatched(ctx context.Context) ([]string, error) {
	return pg.All[string](ctx, r.Pool, `
		SELECT u.name FROM unit u
		WHERE u.complainable AND u.valid_from <= @today::date AND coalesce(u.valid_to >= @today::date, true)
			AND NOT EXISTS (
				SELECT FROM staff s
				WHERE s.role = ANY (@settling) AND may_come_in(s) AND NOT EXISTS (
					SELECT FROM staff_bar b WHERE b.staff_id = s.id AND b.unit = u.code AND bars_still(b.until)))
		ORDER BY u.code COLLATE "C"`, pg.Args{"today": clock.On(r.Now()).String(), "settling": Settling()})
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
