//go:build suite

package suite

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
	"zhengxin/internal/witness"
)

const (
	asOwner  = "" // as witness.Statement has it
	asPortal = pg.RolePortal
	asAdmin  = pg.RoleAdmin
	asWorker = pg.RoleWorker
)

// sentBy says under which roles the statements of a folder, a file, a function
// or one piece of it are sent; the narrowest place counts. What is put together
// from pieces of several places is sent under the roles that all of them have. A
// role that the program is seen to send something under and that is not here
// fails, and so does one here that may not send it.
var sentBy = map[string][]string{
	"internal/complaint/split.go:kinFacts parts_back": {asPortal, asAdmin},

	"cmd/zhengxin/inspect.go": {asOwner, asAdmin},

	"internal/alert":            {asAdmin},
	"internal/audit":            {asOwner, asAdmin},
	"internal/backup":           {asAdmin},
	"internal/binding":          {asOwner, asPortal, asAdmin, asWorker},
	"internal/bundle":           {asAdmin},
	"internal/captcha":          {asPortal},
	"internal/category":         {asPortal, asAdmin},
	"internal/category/keep.go": {asAdmin},
	"internal/clock":            {asPortal, asAdmin, asWorker},
	"internal/complaint":        {asAdmin},
	"internal/demo":             {asOwner},
	"internal/daybook":          {asOwner, asAdmin},
	"internal/discipline":       {asAdmin},
	"internal/document":         {asAdmin},
	"internal/export":           {asAdmin},
	"internal/expiry":           {asWorker},
	"internal/heads":            {asOwner, asWorker},
	"internal/inquiry":          {asAdmin},
	"internal/invitation":       {asAdmin},
	"internal/law":              {asAdmin},
	"internal/verify":           {asAdmin},
	"internal/letter":           {asPortal, asAdmin, asWorker},
	"internal/member":           {asAdmin},
	"internal/extension":        {asAdmin},
	"internal/ladder":           {asWorker},
	"internal/notice":           {asAdmin},
	"internal/officekey":        {asPortal, asAdmin, asWorker},
	"internal/outside":          {asAdmin},
	"internal/pg":               {asOwner},
	"internal/press":            {asAdmin},
	"internal/promise":          {asAdmin},
	"internal/proposal":         {asAdmin},
	"internal/register":         {asAdmin},
	"internal/request":          {asAdmin},
	"internal/search":           {asWorker},
	"internal/setting":          {asPortal, asAdmin, asWorker},
	"internal/staff":            {asAdmin},
	"internal/stats":            {asPortal},
	"internal/synonym":          {asAdmin},
	"internal/textblock":        {asAdmin},
	"internal/unit":             {asPortal, asAdmin, asWorker},
	"internal/watch":            {asWorker},
	"internal/workflow":         {asPortal, asAdmin, asWorker},

	"internal/workflow/helper.go:changeCo":             {asAdmin},
	"internal/complaint/release.go:releaseFacts":       {asPortal, asAdmin},
	"internal/complaint/release.go:releaseText":        {asPortal, asAdmin},
	"internal/complaint/release_read.go:Published":     {asPortal},
	"internal/complaint/release_read.go:PublishedByID": {asPortal},
	"internal/ladder/office.go":                        {asAdmin},                     // lists and facts
	"internal/complaint/moves.go:Law EXISTS":           {asPortal, asAdmin, asWorker}, // that an answer was sent
	"internal/extension/extension.go:OpenSQL":          {asAdmin, asWorker},           // timed
	"internal/complaint/split.go:countsItself":         {asAdmin, asWorker},           // figures
	"internal/promise/register.go:OfSQL":               {asPortal, asAdmin, asWorker},
	"internal/promise/moves.go:ToldSQL":                {asPortal, asAdmin, asWorker},
	"internal/complaint/closing.go:doubts":             {asAdmin, asWorker}, // what lapses is closed by the calendar
	"internal/complaint/closing.go:unconfirmedSQL":     {asAdmin, asWorker},
	"internal/complaint/closing.go:confirmedSQL":       {asAdmin, asWorker},
	"internal/complaint/closing.go:answererSQL":        {asAdmin, asWorker},
	"internal/complaint/closing.go:closingDoubted":     {asAdmin, asWorker},
	"internal/backup/state.go:NoteDrill":               {asOwner},
	"internal/watch/watch.go:Where":                    {asAdmin, asWorker}, // what the night counts is a list of the desk, too
	"internal/ladder/ladder.go:Facts":                  {asAdmin, asWorker}, // timed
	"internal/press/press.go:Kind m.state":             {asAdmin, asWorker}, // as the night's count begins, too
	"internal/complaint/complaint.go:supplemented":     {asAdmin, asWorker},
	"internal/complaint/split.go:kinFacts":             {asAdmin, asWorker}, // timed
	"internal/complaint/split.go:addedSQL":             {asAdmin, asWorker},
	"internal/complaint/recheck.go:askRecheck":         {asPortal},
	"internal/workflow/register.go:queueAbove":         {asAdmin, asWorker},
	"internal/watch/jobs.go":                           {asAdmin},
	"internal/letter/trial.go":                         {asAdmin},
	"internal/letter/trial.go:SendTrial":               {asWorker},
	"internal/inquiry/inquiry.go:texts":                {asAdmin, asWorker},
	"internal/inquiry/moves.go":                        {asAdmin, asWorker}, // timed
	"internal/clock/version.go":                        {asAdmin},
	"internal/clock/amend.go":                          {asAdmin},
	"internal/complaint/joint.go:jointFacts":           {asAdmin, asWorker}, // timed
	"internal/complaint/joint.go:answerJoined":         {asWorker},
	"internal/request/effects.go:columns":              {asPortal, asAdmin, asWorker},
	"internal/request/effects.go:OfSQL":                {asPortal, asAdmin, asWorker},
	"internal/request/effects.go:ItemsSQL":             {asAdmin, asWorker},
	"internal/request/effects.go:Answer":               {asPortal},
	"internal/request/effects.go:end":                  {asAdmin, asWorker},
	"internal/unit/keeper.go":                          {asAdmin},
	"internal/workflow/assign.go":                      {asAdmin},
	"internal/extension/figures.go":                    {asWorker},
	"internal/watch/watch.go:Beats":                    {asPortal, asAdmin},
	"internal/watch/watch.go:Newest":                   {asPortal, asAdmin},
	"internal/workflow/span.go":                        {asAdmin},
	"internal/proposal/answer.go:feedback":             {asPortal, asAdmin},
	"internal/register/open.go":                        {asPortal, asAdmin},
	"internal/bundle/bundle.go":                        {asAdmin, asWorker}, // what the worker indexes the desk shows a line of
	"internal/bundle/opening.go:chosen":                {asPortal},
	"internal/bundle/opening.go:change":                {asPortal},
	"internal/bundle/opening.go:newBundle":             {asPortal},
	"internal/complaint/complaint.go:said":             {asAdmin, asWorker},
	"internal/complaint/complaint.go:texts":            {asAdmin, asWorker}, // what the worker indexes the desk shows a line of
	"internal/complaint/draft.go":                      {asPortal},
	"internal/complaint/figures.go":                    {asWorker},
	"internal/complaint/intake.go":                     {asPortal, asAdmin},
	"internal/complaint/moves.go:newestSent":           {asPortal, asAdmin},
	"internal/complaint/moves.go:Law (SELECT":          {asPortal, asAdmin, asWorker}, // the class, which every move reads
	"internal/complaint/follow.go":                     {asWorker},
	"internal/complaint/follow.go:answerFollow":        {asPortal},
	"internal/complaint/own.go":                        {asPortal},
	"internal/complaint/own_move.go":                   {asPortal},
	"internal/discipline/case.go:texts":                {asAdmin, asWorker},
	"internal/press/figures.go":                        {asWorker},
	"internal/press/lead.go:askAgain":                  {asPortal, asAdmin},
	"internal/press/lead.go:newLead":                   {asPortal, asAdmin},
	"internal/press/lead.go:publications":              {asPortal, asAdmin},
	"internal/press/lead.go:visiting":                  {asPortal},
	"internal/press/lead.go:writePublication":          {asPortal, asAdmin},
	"internal/staff/scope.go:flags m.flags":            {asPortal, asAdmin}, // as the portal puts facts after them, too
	"internal/press/moves.go:facts EXISTS":             {asPortal, asAdmin},
	"internal/press/press.go:texts":                    {asAdmin, asWorker},
	"internal/press/read.go:publicationsSQL":           {asPortal, asAdmin},
	"internal/invitation/invitation.go:texts":          {asAdmin, asWorker},
	"internal/invitation/invitation.go:figures":        {asWorker},
	"internal/invitation/own.go":                       {asPortal},
	"internal/invitation/effects.go:say":               {asPortal, asAdmin},
	"internal/invitation/moves.go:facts NOT":           {asAdmin, asWorker}, // timed
	"internal/promise/figures.go":                      {asWorker},
	"internal/promise/moves.go":                        {asAdmin, asWorker},
	"internal/promise/register.go:under":               {asAdmin, asWorker},
	"internal/proposal/figures.go":                     {asWorker},
	"internal/proposal/proposal.go:texts":              {asAdmin, asWorker},
	"internal/proposal/proposal.go:of":                 {asAdmin, asWorker},
	"internal/register/publicity.go:EndPublicity":      {asAdmin, asWorker},
	"internal/heads/compare.go":                        {asOwner},
	"internal/letter/outbox.go":                        {asAdmin},
	"internal/letter/login.go":                         {asWorker},
	"internal/letter/post.go":                          {asWorker},
	"internal/member/door.go":                          {asPortal},
	"internal/member/factor.go":                        {asPortal},
	"internal/member/home.go":                          {asPortal},
	"internal/member/shelf.go":                         {asPortal},
	"internal/notice/board.go":                         {asPortal},
	"internal/pg/open.go":                              {asPortal},
	"internal/pg/version.go":                           {asPortal, asAdmin, asWorker},
	"internal/search/register.go:Has":                  {asAdmin},
	"internal/search/register.go:May":                  {asAdmin},
	"internal/search/register.go:WordsSQL":             {asAdmin, asWorker},
	"internal/setting/setting.go:stands":               {asAdmin},
	"internal/setting/setting.go:write":                {asAdmin},
	"internal/staff/register.go:Sweep":                 {asWorker},
	"internal/stats/measure.go":                        {asWorker},
	"internal/stats/publish.go":                        {asWorker},
	"internal/unit/intake.go":                          {asAdmin},
	"internal/workflow/bar.go":                         {asAdmin},
	"internal/workflow/engine.go:explain":              {asAdmin}, // the portal is told without asking who was first
	"internal/workflow/open.go":                        {asPortal, asAdmin},
	"internal/workflow/recent.go":                      {asAdmin},
	"internal/workflow/recount.go":                     {asAdmin, asWorker},
	"internal/workflow/recount.go:Outlook":             {asAdmin},
	"internal/workflow/timed.go":                       {asWorker},
	"internal/workflow/register.go:queueMemberFlags":   {asPortal},
	"internal/workflow/register.go:queueReached":       {asAdmin, asWorker},
	"internal/complaint/settlement.go:settleFacts":     {asPortal, asAdmin, asWorker},
	"internal/complaint/settlement.go:brokenSQL":       {asPortal, asAdmin, asWorker},
	"internal/complaint/settlement.go:seenAgreement":   {asPortal, asAdmin},
	"internal/complaint/settlement.go:step":            {asPortal, asAdmin, asWorker},
	"internal/complaint/settlement.go:unsettle":        {asPortal, asAdmin},
	"internal/complaint/settlement.go:ownSettlement":   {asPortal},
	"internal/complaint/settlement.go:agreementSQL":    {asPortal, asAdmin},
	"internal/complaint/settlement.go:agreementNewest": {asPortal, asAdmin},
	"internal/promise/moves.go:DoubtFacts":             {asPortal, asAdmin}, // whoever it was promised to says that it was not kept
	"internal/promise/moves.go:Soon":                   {asAdmin},
	"internal/promise/register.go:queue":               {asPortal, asAdmin}, // a complainant's yes to an agreement promises what it says
	"internal/promise/register.go:settled":             {asPortal, asAdmin},
	"internal/promise/register.go:Deny":                {asPortal},
	"internal/complaint/joint.go:jointShared":          {asAdmin, asWorker},

	"internal/binding/part.go:Parts (rating,":         {asOwner, asPortal, asAdmin}, // the system's moves rate nothing
	"internal/complaint/intake.go:fileCleared":        {asPortal},
	"internal/complaint/intake.go:fileUnsolved":       {asPortal},
	"internal/workflow/open.go:OpenIfSQL":             {asPortal},
	"internal/workflow/read.go:DoneBySQL":             {asAdmin, asWorker}, // who was there before is not the portal's to know
	"internal/workflow/binding.go:queueSaid":          {asAdmin},           // whether all was bound is asked for staff alone
	"internal/workflow/register.go:dropDraft":         {asAdmin},
	"internal/workflow/register.go:finish":            {asPortal, asAdmin},
	"internal/workflow/register.go:finish SELECT":     {asPortal, asAdmin, asWorker}, // what is answered for several is indexed
	"internal/workflow/register.go:queueSeen":         {asPortal, asAdmin},
	"internal/workflow/register.go:queueToken":        {asPortal, asAdmin},
	"internal/workflow/register.go:queueUnits":        {asAdmin},
	"internal/workflow/register.go:queueMatter flags": {asAdmin, asWorker},
}

// unheard are statements that go over connections which no test hands out, each
// with the test that sends them.
var unheard = map[string]string{
	"cmd/zhengxin/database.go:furnish":       "cmd/zhengxin:TestAnOfficeStartsFromNothingAndKeepsItsDataThroughStopsAndKills",
	"cmd/zhengxin/drill.go":                  "cmd/zhengxin:TestADrillSaysHowLongItTookWhatItSawAndWhatWasNotAsItWas",
	"cmd/zhengxin/drill.go:replay":           "cmd/zhengxin:TestThePrivateServersOwnBackupComesBackElsewhere",
	"cmd/zhengxin/keys.go:makeKeys":          "cmd/zhengxin:TestWhereSomethingIsSealedAlreadyAForeignSetIsNotTakenForTheFirst",
	"internal/backup/backup.go:count":        "cmd/zhengxin:TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse",
	"internal/backup/backup.go:dump":         "cmd/zhengxin:TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse",
	"internal/backup/state.go:note":          "internal/backup:TestABackupThatFailsIsToldAndLeavesNothingThatLooksLikeOne",
	"internal/officekey/officekey.go:Accept": "cmd/zhengxin:TestANewKeyIsTakenByCommandAndTheOldFileIsRefusedThen",
	"internal/complaint/seal.go:Unsealings":  "internal/complaint:TestWhatIsSealedIsOpenedWithAReason",
	"internal/law/cite.go:CitedSQL":          "admin:TestAnAnswerStandsOnArticlesOfTheTable",
	"internal/staff/absence.go:SQL":          "admin:TestADeputyActsForAHeadWhoIsAway",
	"internal/verify/run.go:Note":            "cmd/zhengxin:TestVerifySaysOfAnOfficeWhatItHolds",
	"internal/pg/archive.go:Cluster":         "internal/backup:TestWhatWasWrittenAfterTheLastBaseComesBackFromTheLog",
	"internal/pg/migrate.go":                 "internal/pg:TestMigrateTwiceChangesNothing",
	"internal/pg/restore.go:refuseUsed":      "cmd/zhengxin:TestABackupComesBackWholeIntoAnEmptyDatabaseAndNowhereElse",
	"internal/pg/rights.go":                  "internal/pg:TestAMigratedDatabaseIsClosedToOtherRolesAndSaysWhatIsNot",
	"internal/pg/server.go:ready":            "internal/pg:TestTheLifeOfAPrivateServer",
	"internal/pg/version.go":                 "internal/pg:TestEveryRoleSeesWhichSchemaItMeets",
}

func (l literal) roles() []string {
	for _, place := range l.places() {
		if roles, ok := sentBy[place]; ok {
			return roles
		}
	}
	return nil
}

// unheard is the place in the list of that name that it stands in.
func (l literal) unheard() string {
	for _, place := range l.places() {
		if unheard[place] != "" {
			return place
		}
	}
	return ""
}

// pieces are the literals of the program by their text, the longest first.
type pieces struct {
	texts []string
	of    map[string][]literal
}

const root = "../../.."

// notTheProgram is what a served office never runs.
var notTheProgram = []string{"internal/pgtest", "internal/complaint/complainttest", "internal/member/membertest", "portal/portaltest", "internal/bench", "internal/gates"}

func readPieces(t *testing.T) pieces {
	p := pieces{of: map[string][]literal{}}
	for _, l := range literals(t, root, notTheProgram) {
		p.of[l.text] = append(p.of[l.text], l)
	}
	p.texts = slices.SortedFunc(maps.Keys(p.of), func(a, b string) int { return len(b) - len(a) })
	return p
}

// roles are those that every one of the texts may be sent under.
func (p pieces) roles(texts []string) []string {
	roles := []string{asOwner, asPortal, asAdmin, asWorker}
	for _, text := range texts {
		roles = slices.DeleteFunc(roles, func(role string) bool {
			return !slices.ContainsFunc(p.of[text], func(l literal) bool { return slices.Contains(l.roles(), role) })
		})
	}
	return roles
}

// lacking are the places of those texts that may not be sent under a role.
func (p pieces) lacking(texts []string, role string) (places []string) {
	for _, text := range texts {
		if !slices.ContainsFunc(p.of[text], func(l literal) bool { return slices.Contains(l.roles(), role) }) {
			places = append(places, p.of[text][0].places()[0])
		}
	}
	return places
}

// TestEveryStatementIsSentUnderItsRoles holds three things: a test sends every
// statement of the program, past no right; the program sends none under a role
// that is not listed; and none that it may send under a role, though no test
// does, is refused to it. For the last it is planned, since PostgreSQL looks at
// rights only when a plan is about to run.
func TestEveryStatementIsSentUnderItsRoles(t *testing.T) {
	p, statements := readPieces(t), heard(t)
	of := map[string][]string{}           // the pieces of each statement
	under := map[string]map[string]bool{} // the roles that each piece was sent under
	for sql, senders := range statements {
		of[sql] = within(sql, p.texts)
		for _, text := range of[sql] {
			if under[text] == nil {
				under[text] = map[string]bool{}
			}
			for role := range senders {
				under[text][role] = true
			}
		}
	}
	conns, planned := connect(t), 0
	for sql, senders := range statements {
		allowed := p.roles(of[sql])
		for role, by := range senders { // a test may prepare as the owner what the program does under a role
			if len(of[sql]) > 0 && role != asOwner && !slices.Contains(allowed, role) {
				t.Errorf("%s is sent as %q, and sentBy does not let %s:\n%s", by, role, strings.Join(p.lacking(of[sql], role), ", "), sql)
			}
		}
		for _, role := range allowed {
			if !slices.ContainsFunc(of[sql], func(text string) bool { return !under[text][role] }) || !starts.MatchString(strings.TrimSpace(sql)) {
				continue
			}
			planned++
			if err := plan(t.Context(), conns[role], sql); err != nil {
				t.Errorf("%s as %q: %v\n%s", slices.Collect(maps.Values(senders)), role, err, sql)
			}
		}
	}
	for _, text := range p.texts {
		for _, l := range p.of[text] {
			if l.unheard() == "" && !slices.ContainsFunc(l.roles(), func(role string) bool { return under[text][role] }) {
				t.Errorf("%s:%d (%s): no test sends this under one of %q, but under %q:\n%s", l.file, l.line, l.name, l.roles(), slices.Sorted(maps.Keys(under[text])), text)
			}
		}
	}
	t.Logf("%d statements heard, %d planned under a role that no test sends them under, %d pieces of source", len(statements), planned, len(p.texts))
}

// TestWhatIsNotHeardIsSentByItsTest keeps the list of it true.
func TestWhatIsNotHeardIsSentByItsTest(t *testing.T) {
	met := map[string]bool{}
	for _, all := range readPieces(t).of {
		for _, l := range all {
			met[l.unheard()] = true
		}
	}
	for place, test := range unheard {
		if !met[place] {
			t.Errorf("%s stands in unheard and is not met", place)
		}
		folder, name, _ := strings.Cut(test, ":")
		files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(files, func(file string) bool {
			source, err := os.ReadFile(file)
			return err == nil && strings.Contains(string(source), "\nfunc "+name+"(t *testing.T) {")
		}) {
			t.Errorf("%s should be sent by %s, which there is not", place, test)
		}
	}
}

// heard is what the program sent in this run: each statement with the roles it
// was sent under and who sent it.
func heard(t *testing.T) map[string]map[string]string {
	t.Helper()
	statements := map[string]map[string]string{}
	for _, s := range account(t).Statements {
		if s.Test || s.By == "" { // a test's own, or a library's
			continue
		}
		if statements[s.SQL] == nil {
			statements[s.SQL] = map[string]string{}
		}
		statements[s.SQL][s.Role] = s.By
	}
	return statements
}

// account is what the tests of this run did.
func account(t *testing.T) witness.Account {
	t.Helper()
	all, err := witness.Read(witness.Folder())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// connect is a connection of each role to one new database.
func connect(t *testing.T) map[string]*pgx.Conn {
	t.Helper()
	db := pgtest.New(t)
	conns := map[string]*pgx.Conn{}
	for _, role := range []string{asOwner, asPortal, asAdmin, asWorker} {
		conn, err := pgx.Connect(t.Context(), db.URL(role))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close(context.Background()) })
		conns[role] = conn
	}
	return conns
}

// plan prepares a statement and starts it without running it.
func plan(ctx context.Context, conn *pgx.Conn, sql string) error {
	sql, _, err := pgx.NamedArgs{}.RewriteQuery(ctx, conn, sql, nil)
	if err != nil {
		return err
	}
	described, err := conn.PgConn().Prepare(ctx, "zx", sql, nil)
	if err != nil {
		return err
	}
	values := strings.TrimSuffix(strings.Repeat("NULL, ", len(described.ParamOIDs)), ", ")
	if values != "" {
		values = "(" + values + ")"
	}
	_, err = conn.PgConn().Exec(ctx, `SET plan_cache_mode = force_generic_plan; EXPLAIN EXECUTE zx`+values).ReadAll()
	_, _ = conn.PgConn().Exec(ctx, `DEALLOCATE zx`).ReadAll()
	return err
}
