package binding

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/chain"
	"zhengxin/internal/clock"
	"zhengxin/internal/pg"
)

// Covers says whether an event may change the part, by who did it and whether it
// opens the matter.
func (p *Part) Covers(actor string, seq int64) bool {
	switch {
	case seq == 1:
		return !p.Late
	case p.Sealed:
		return false
	case actor == chain.Complainant:
		return p.Portal
	case actor == chain.Member:
		return p.Member
	case actor == chain.System:
		return p.System
	}
	return true
}

// Verifier and Owner read every part, for verify: Owner those too that no process
// may read.
const (
	Verifier = "verifier"
	Owner    = "owner"
)

// statements read all parts at once: of one matter what the moves of an actor may
// change, but the parts of which the move itself knows the rows, and of some matters
// what is verified. With the lock a move knows its matter by its number, and later by
// its id, which costs less.
var statements = map[string]string{
	chain.Complainant:         statement(byNumber, mayChange(chain.Complainant)),
	chain.Member:              statement(byNumber, mayChange(chain.Member)),
	chain.System:              statement(byNumber, mayChange(chain.System)),
	chain.Staff:               statement(byNumber, mayChange(chain.Staff)),
	chain.Complainant + after: statement(byID, mayChange(chain.Complainant)),
	chain.Member + after:      statement(byID, mayChange(chain.Member)),
	chain.System + after:      statement(byID, mayChange(chain.System)),
	chain.Staff + after:       statement(byID, func(p Part) bool { return p.Desk && !p.ByEvent }),
	chain.Staff + whole:       statement(byID, mayChange(chain.Staff)),

	Verifier: statement(byIDs, func(p Part) bool { return !p.Sealed }),
	Owner:    statement(byIDs, func(Part) bool { return true }),

	office:         officeStatement(func(Part) bool { return true }),
	office + moves: officeStatement(func(p Part) bool { return !p.Added }),
	office + added: addedStatement(),
}

// Of the office itself is read everything, what may change, or one row that was added.
const (
	office = "office"
	moves  = " moves"
	added  = " added"
)

func officeStatement(reads func(Part) bool) string {
	var parts []string
	for _, p := range Office {
		if reads(p) {
			p.Key = "0::bigint"
			parts = append(parts, p.sql(" = 0"))
		}
	}
	return strings.Join(parts, "\nUNION ALL ")
}

func addedStatement() string {
	var parts []string
	for _, p := range Office {
		if p.Added {
			p.Key, p.Where = "0::bigint", p.Single+" = @id::bigint"
			parts = append(parts, p.sql(" = CASE @part WHEN '"+p.Name+"' THEN 0 END"))
		}
	}
	return strings.Join(parts, "\nUNION ALL ")
}

// What is read at the end of a move: whole says how every part stands.
const (
	after = " after"
	whole = " whole"
)

func mayChange(actor string) func(Part) bool {
	return func(p Part) bool { return p.Covers(actor, 2) && !p.ByEvent }
}

const (
	byNumber = " = (SELECT b.id FROM matter b WHERE b.number = @number)"
	byID     = " = @id::bigint"
	byIDs    = " = ANY (@ids::bigint[])"
)

func statement(fit string, reads func(Part) bool) string {
	var parts []string
	for _, p := range Parts {
		if reads(p) {
			parts = append(parts, p.sql(fit))
		}
	}
	return strings.Join(parts, "\nUNION ALL ")
}

// Queue reads with the lock what is said of a matter, as far as a move by that actor
// may change it, and has not to be asked what it adds.
func Queue(b *pgx.Batch, actor, number string, into chain.Said) {
	queue(b, actor, pg.Args{"number": number}, func(f *Found) error { f.Into(into); return nil })
}

// QueueAfter reads it again at the end of a move: of staff what their moves do write,
// unless the move is to say how every part stands.
func QueueAfter(b *pgx.Batch, actor string, matter int64, everything bool, into chain.Said) {
	as := actor + after
	if everything {
		as = actor + whole
	}
	queue(b, as, pg.Args{"id": matter}, func(f *Found) error { f.Into(into); return nil })
}

// QueueAll reads what is said of some matters, as one of the verifiers, and gives each
// row; it is the caller's until the next.
func QueueAll(b *pgx.Batch, as string, matters []int64, each func(*Found) error) {
	queue(b, as, pg.Args{"ids": matters}, each)
}

// QueueOffice reads everything of the office itself.
func QueueOffice(b *pgx.Batch, into chain.Said) {
	queue(b, office, pg.Args{}, func(f *Found) error { f.Into(into); return nil })
}

// QueueOfficeMoves reads what of the office may change: all but the rows that are only
// ever added, which become more every day.
func QueueOfficeMoves(b *pgx.Batch, into chain.Said) {
	queue(b, office+moves, pg.Args{}, func(f *Found) error { f.Into(into); return nil })
}

// QueueAdded reads one row of a part whose rows are only ever added.
func QueueAdded(b *pgx.Batch, part string, id int64, into chain.Said) {
	queue(b, office+added, pg.Args{"part": part, "id": id}, func(f *Found) error { f.Into(into); return nil })
}

func queue(b *pgx.Batch, as string, args pg.Args, each func(*Found) error) {
	b.Queue(statements[as], args).Query(func(rows pgx.Rows) error {
		var f Found
		_, err := pgx.ForEachRow(rows, []any{&f.Part, &f.Matter, &f.ID, &f.Columns}, func() error { return each(&f) })
		return err
	})
}

// Changes are what the move of an event has changed of its matter, from the digests of
// the rows before and after. whole says how every part stands, also where it is as it
// was: of a matter of which nothing says so yet.
func Changes(salt []byte, e *chain.Entry, before, after chain.Said, whole bool) map[string]chain.Change {
	changes, number, actor, seq := map[string]chain.Change{}, e.Number, e.ActorKind, e.Seq
	hold := func(name string, always bool) {
		was, now := chain.Digest(salt, number, name, before[name]), chain.Digest(salt, number, name, after[name])
		if always || !bytes.Equal(was, now) {
			changes[name] = chain.Change{was, now}
		}
	}
	for i := range Parts {
		p := &Parts[i]
		if p.Single != "" {
			for _, said := range []chain.Said{before, after} {
				for _, name := range p.Singles(maps.Keys(said)) {
					hold(name, true)
				}
			}
			continue
		}
		if actor == chain.Staff && seq > 1 && !whole && !p.Desk {
			continue // not read again
		}
		hold(p.Name, whole && !p.ByEvent && p.Covers(actor, 2))
	}
	return changes
}

// Found is a row of a part.
type Found struct {
	Part    string
	Matter  int64
	ID      string
	Columns chain.Row
}

// Into adds the row to what is said.
func (f *Found) Into(said chain.Said) {
	name := f.Name()
	said[name] = append(said[name], slices.Clone(f.Columns))
}

// Name is under what the row is bound: its part, or that and its own id.
func (f *Found) Name() string {
	if f.ID == "" {
		return f.Part
	}
	return f.Part + "/" + f.ID
}

// Singles are the names of rows of the part, where each is bound by itself.
func (p *Part) Singles(all iter.Seq[string]) []string {
	var names []string
	for _, name := range slices.Sorted(all) {
		if strings.HasPrefix(name, p.Name+"/") {
			names = append(names, name)
		}
	}
	return names
}

var byName = func() map[string]*Part {
	parts := map[string]*Part{}
	for i := range Parts {
		parts[Parts[i].Name] = &Parts[i]
	}
	return parts
}()

// Row is a row of a part that a statement is about to write, from values by the
// names of its columns: as text it is what the part's SQL reads again.
func Row(part string, values map[string]any) (chain.Row, error) {
	p := byName[part]
	if p == nil {
		return nil, fmt.Errorf("binding: no part %s", part)
	}
	row := make(chain.Row, 0, 32)
	var fault error
	add := func(names []string, write func(any) (string, error)) {
		for _, name := range names {
			value, given := values[name]
			if !given {
				fault = fmt.Errorf("binding: %s.%s is not given", p.Table, name)
			}
			if value = resolved(value); value == nil {
				row = append(row, nil)
				continue
			}
			text, err := write(value)
			if err != nil {
				fault = fmt.Errorf("binding: %s.%s: %w", p.Table, name, err)
			}
			row = append(row, &text)
		}
	}
	add(p.Plain, plain)
	add(p.Days, day)
	add(p.Moments, moment)
	add(p.Papers, hashed)
	add(p.Bytes, hashed)
	for _, name := range p.Lists {
		list, ok := values[name].([]string)
		if !ok {
			fault = fmt.Errorf("binding: %s.%s is no list", p.Table, name)
		}
		size := strconv.Itoa(len(list))
		row = append(row, &size)
		for i := range list {
			row = append(row, &list[i])
		}
	}
	return row, fault
}

// resolved is what a pointer points at; nil for NULL.
func resolved(value any) any {
	switch v := value.(type) {
	case nil, string, bool, int, time.Time, clock.Date:
		return v
	case []byte:
		if v == nil {
			return nil
		}
		return v
	}
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return nil
	case v.Kind() == reflect.Pointer && v.IsNil(), v.Kind() == reflect.Slice && v.IsNil():
		return nil
	case v.Kind() == reflect.Pointer:
		return v.Elem().Interface()
	}
	return value
}

func plain(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	}
	v := reflect.ValueOf(value)
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	}
	return "", fmt.Errorf("a %T is not written plainly", value)
}

func day(value any) (string, error) {
	switch v := value.(type) {
	case time.Time:
		return v.Format(time.DateOnly), nil
	case clock.Date:
		return v.String(), nil
	}
	return "", fmt.Errorf("a %T is no day", value)
}

func moment(value any) (string, error) {
	v, ok := value.(time.Time)
	if !ok {
		return "", fmt.Errorf("a %T is no moment", value)
	}
	return v.UTC().Format("2006-01-02T15:04:05.999999"), nil
}

func hashed(value any) (string, error) {
	var sum [sha256.Size]byte
	switch v := value.(type) {
	case string:
		sum = sha256.Sum256([]byte(v))
	case []byte:
		sum = sha256.Sum256(v)
	default:
		return "", fmt.Errorf("a %T has no digest", value)
	}
	return hex.EncodeToString(sum[:]), nil
}

// Saying gathers rows for the event that binds them. The first fault is kept, to be asked
// for once all are said.
type Saying struct {
	Said  chain.Said
	Fault error
}

// Row adds a row of which the columns are known without reading it.
func (s *Saying) Row(part string, values map[string]any) {
	row, err := Row(part, values)
	if s.Fault == nil {
		s.Fault = err
	}
	if s.Said == nil {
		s.Said = chain.Said{}
	}
	s.Said[part] = append(s.Said[part], row)
}
