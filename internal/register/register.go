// Package register is what every register of matters does: list, filter, count,
// say what waits for whom, read one whole, move it, find it again. It knows no
// case noun; each brings its Kind, which is its law and what only it knows.
package register

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/category"
	"zhengxin/internal/document"
	"zhengxin/internal/extension"
	"zhengxin/internal/fault"
	"zhengxin/internal/law"
	"zhengxin/internal/member"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/stats"
	"zhengxin/internal/textblock"
	"zhengxin/internal/unit"
	"zhengxin/internal/workflow"
)

// Kind declares a register.
type Kind struct {
	Law  *workflow.Table
	Path string // of its pages: complaints
	// Letters begin the numbers of its matters, so that one tells at a glance of which
	// register it is.
	Letters string
	Reads   []Reader
	Views   []View // its own, between those that every register has

	// Row is an SQL expression for a matter p of a page: a JSON object of what only
	// this register's list shows; empty when there is no such thing.
	Row string
	// Words is an SQL expression for an event e: what an outsider wrote with it.
	// @unit is the unit of a reader who handles, else empty. Empty: nobody writes.
	Words string
	// Hides is an SQL condition on an event e: that no handling unit hears of it, of whichever
	// action it is.
	Hides string
	// Apart is an SQL condition on an event e: that no handling unit reads those words.
	// Empty: none are kept from one.
	Apart string
	// Guarded is an SQL condition on an event e of which a handling unit is not to know;
	// empty where there is none such.
	Guarded string
	// Nameless is the flag of a matter whose outsider gave no name: of what they did
	// the day alone is shown.
	Nameless string
	// Closed is an SQL condition on a matter m: that whoever reads it (@scope_me) has not opened
	// it since @opened_since, and reads number and state alone until they do. Empty: none is.
	Closed string
	// Texts are where the words stand that a search finds its matters by. The moves that
	// write them say so (workflow.Move.Writes). Without any, a list finds by title.
	Texts search.Texts
	// Papers are the documents that its law issues, by their sort.
	Papers map[document.Kind]Paper
	// Publicity is how its matters stand in public.
	Publicity Publicity
	// Figures are what is counted of its matters each quarter for everybody to read.
	Figures stats.Figures
	// Report is how the desk counts what units do with its matters; nil where no unit owes
	// an answer that it is pressed for.
	Report *Report
	// Table is the register's own, on the key of the matter, and Details are what its list is
	// narrowed by and can show of that; empty where it shows nothing of its own.
	Table   string
	Details []Detail
	// Given says that its matters are given to units to work on.
	Given bool
	// Reserved says that what the desk notes of a matter before it gives it to a unit is
	// not that unit's to read, as where the unit of a matter is accused: see Dossier.
	Reserved bool
	// Promises says that something of its matters may be promised for a day: its law has
	// the moves of a promise.Course.
	Promises bool
	// Requests says that something may be asked of somebody while a matter is worked on: its
	// law has the moves of a request.Course.
	Requests bool
	// Members are the members of the roster who have part in its matters: the view
	// member_part says who in which, and the table matter_kind has the same kinds.
	Members []member.Kind
	// Opens makes a matter of the answers to its opening move; nil where none is opened by
	// a form of the desk.
	Opens func(ctx context.Context, r *Register, act workflow.Act) (Opening, error)

	Checks  map[workflow.Action]Check
	Effects map[workflow.Action]Effect
}

// Extends says that a unit may ask for more time: its law has the moves of an
// extension.Course.
func (k *Kind) Extends() bool { return k.Law.Has(extension.Ask) }

// Lint is what is wrong with the declaration and its table: see workflow.Table.Lint.
func (k *Kind) Lint() []string {
	said := k.Law.Lint()
	say := func(sentence string) { said = append(said, string(k.Law.Kind)+": "+sentence) }
	writes := slices.ContainsFunc(k.Law.Moves, func(m workflow.Move) bool { return m.Writes })
	switch {
	case writes && k.Texts.None():
		say("a move writes words for searches, and nothing says where they stand")
	case !writes && !k.Texts.None():
		say("no move writes the words by which it is searched: they would never be found")
	case !k.Texts.None() && k.Texts.Called == "":
		say("its list does not say what is searched")
	}
	for _, m := range k.Law.Moves {
		if m.Issues != "" && k.Papers[document.Kind(m.Issues)] == nil {
			say(string(m.Action) + " issues " + m.Issues + ", which nothing makes")
		}
	}
	for kind := range k.Papers {
		if !slices.ContainsFunc(k.Law.Moves, func(m workflow.Move) bool { return m.Issues == string(kind) }) {
			say("no move issues " + string(kind) + ", which it can make")
		}
	}
	switch ends := k.Publicity.Ends; {
	case ends != "" && !k.Law.Has(ends):
		say(string(ends) + " ends its publicity and is no move")
	case ends == "" && k.Publicity.Kind != "" && !k.Publicity.Endless:
		say("nothing ends what it publishes")
	}
	k.lintReport(say)
	k.lintDetails(say)
	views := map[string]bool{}
	for _, v := range k.AllViews() {
		if views[v.Name] {
			say("two of its views are called " + v.Name + ": the second would never be shown")
		}
		views[v.Name] = true
	}
	if k.Promises != k.Law.Has(promise.Keep) {
		say("it has promises that no move keeps, or keeps what it does not read")
	}
	if k.Requests != k.Law.Has(request.Pass) {
		say("it has requests that no move passes on, or passes on what it does not read")
	}
	_, desk := k.Opening()
	if _, members := k.MemberOpening(); k.Opens != nil && !desk && !members {
		say("it is opened by a form, and no move of its own opens one")
	}
	if len(k.Letters) != 2 || strings.Trim(k.Letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		say("its numbers need two capital letters")
	}
	if byMember := slices.ContainsFunc(k.Law.Moves, func(m workflow.Move) bool { return slices.Contains(m.By, staff.Member) }); byMember != (len(k.Members) > 0) {
		say("a move of it is for members of the roster and none has part in it, or the other way round")
	}
	for i, reader := range k.Reads {
		if slices.ContainsFunc(k.Reads[:i], func(r Reader) bool { return r.Role == reader.Role }) {
			say(string(reader.Role) + " reads it twice")
		}
	}
	for _, m := range k.Law.Moves {
		if first := k.Law.Rows(m.Action)[0]; m.Decides != first.Decides || m.Writes != first.Writes || m.Withheld != first.Withheld {
			say("the rows of " + string(m.Action) + " disagree about what it is")
		}
	}
	return said
}

// Reader is a role that may know of matters of a kind without having a move in its
// law; or, when it reads some kinds alone (see staff.Scope), of which ones.
type Reader struct {
	Role  staff.Role
	Flags []string // only those with one of these; none is all
	// Consented: only while whoever a matter is from wants it published, and of it no more
	// than a handling unit reads.
	Consented bool
}

// spares says that of a matter this reader has no more than a handling unit.
func (k *Kind) spares(scope staff.Scope) bool { return scope.Shared || k.consented(scope.Role) }

func (k *Kind) consented(role staff.Role) bool {
	return slices.ContainsFunc(k.Reads, func(r Reader) bool { return r.Role == role && r.Consented })
}

// Check is what more than its needs a move's answers have to keep to, each fault
// beside its field.
type Check func(a workflow.Answers, now time.Time) []fault.Field

// Effect is what a move of a register writes besides what its row says.
type Effect func(ctx context.Context, r *Register, s *workflow.Step, a workflow.Answers) error

// Readers are the roles of staff who may know of matters of this kind at all; of
// which ones their scope says.
func (k *Kind) Readers() []staff.Role { return slices.DeleteFunc(staff.Roles(), not(k.ReadBy)) }

// ReadBy says whether a role is among the readers.
func (k *Kind) ReadBy(role staff.Role) bool {
	return slices.ContainsFunc(k.Reads, func(r Reader) bool { return r.Role == role }) || k.MovedBy(role)
}

// Opening is the move by whose form the desk opens a matter: the first of those that come
// from nowhere. False where no form of the desk opens one.
func (k *Kind) Opening() (workflow.Move, bool) {
	if k.Opens != nil {
		for _, m := range k.Law.Moves {
			if len(m.From) == 0 && m.To != "" && !slices.ContainsFunc(m.By, staff.Role.Outside) {
				return m, true
			}
		}
	}
	return workflow.Move{}, false
}

// MemberOpening is the move by whose form a member of the roster opens a matter; false where
// none does.
func (k *Kind) MemberOpening() (workflow.Move, bool) {
	for _, m := range k.Law.Moves {
		if len(m.From) == 0 && m.To != "" && slices.Contains(m.By, staff.Member) {
			return m, k.Opens != nil
		}
	}
	return workflow.Move{}, false
}

// Movers are the roles of staff that any move names, in the order of all roles.
func (k *Kind) Movers() []staff.Role { return slices.DeleteFunc(staff.Roles(), not(k.MovedBy)) }

// MovedBy says whether a role is among the movers.
func (k *Kind) MovedBy(role staff.Role) bool {
	for i := range k.Law.Moves { // by its index: a row is long, and every page asks this
		if slices.Contains(k.Law.Moves[i].By, role) {
			return true
		}
	}
	return false
}

func not(is func(staff.Role) bool) func(staff.Role) bool {
	return func(r staff.Role) bool { return !is(r) }
}

// exporters are the roles that answer for a register as a whole.
var exporters = []staff.Role{staff.Registrar, staff.Supervisor, staff.DisciplineOfficer, staff.Leader, staff.Auditor}

// Exporters are the roles that may take the list out of the house as a file: of those
// that answer for a register as a whole, those that read it, and read all of it.
//
// Nobody of a handling unit may, also where the unit works on its own. Its list is what
// it has in hand this hour. Files of many days, laid side by side, say what the list
// never does: which matters came to it and were taken away again, on which day each
// was received and ended, and from that, with the unit's own book of visitors, who it
// may have been (信访工作条例 30). And what lies on the unit's disk no bar reaches that
// the matter is given later: so nobody of another unit than the supervising office
// either, whatever their role. Who publishes or keeps identities needs one matter at a time.
func (k *Kind) Exporters() []staff.Role {
	var roles []staff.Role
	for _, role := range k.Readers() {
		if slices.Contains(exporters, role) && !slices.ContainsFunc(k.Reads, func(r Reader) bool { return r.Role == role && len(r.Flags) > 0 }) {
			roles = append(roles, role)
		}
	}
	return roles
}

// Office is what all registers of one process work with.
type Office struct {
	Pool       *pgxpool.Pool
	Engine     *workflow.Engine
	Units      *unit.Directory
	Categories *category.Directory
	Laws       *law.Book
	Blocks     *textblock.Book
	Random     io.Reader
}

// NewOffice is the office that works through an engine.
func NewOffice(e *workflow.Engine) Office {
	return Office{
		Pool: e.Pool, Engine: e, Random: e.Random,
		Units: &unit.Directory{Pool: e.Pool, Now: e.Now}, Categories: &category.Directory{Pool: e.Pool, Now: e.Now},
		Laws: &law.Book{Pool: e.Pool, Now: e.Now}, Blocks: &textblock.Book{Pool: e.Pool, Now: e.Now},
	}
}

// Register holds the matters of one kind: the portal's files and shows one at a
// time, the desk's sees what each person may.
type Register struct {
	Office
	Kind *Kind
}
