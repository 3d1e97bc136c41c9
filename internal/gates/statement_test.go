package gates

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/pgtest"
)

const (
	asPortal = "portal"
	asAdmin  = "admin"
	asWorker = "worker"
	asOwner  = "owner"
)

// sentBy says under which roles the statements of a folder, a file or a
// function are sent; the narrowest place counts. A folder that sends statements
// and is not here fails the test.
var sentBy = map[string][]string{
	"cmd/zhengxin":      {asOwner},
	"internal/pg":       {asOwner},
	"internal/demo":     {asOwner},
	"internal/alert":    {asAdmin},
	"internal/backup":   {asOwner},
	"internal/audit":    {asOwner, asAdmin},
	"internal/captcha":  {asPortal},
	"internal/expiry":   {asWorker},
	"internal/setting":  {asPortal, asAdmin, asWorker},
	"internal/staff":    {asAdmin},
	"internal/stats":    {asPortal},
	"internal/document": {asAdmin},

	"internal/backup/state.go:ReadState":     {asAdmin},
	"internal/officekey":                     {asPortal, asAdmin, asWorker},
	"internal/officekey/officekey.go:Accept": {asOwner},

	"internal/stats/publish.go":       {asWorker},
	"internal/setting/setting.go:Set": {asAdmin},
	"internal/pg/version.go":          {asPortal, asAdmin, asWorker},

	"internal/search/register.go":        {asWorker},
	"internal/staff/register.go:Sweep":   {asWorker},
	"internal/letter/queue.go":           {asPortal, asAdmin},
	"internal/letter/outbox.go":          {asAdmin},
	"internal/letter/post.go":            {asWorker},
	"internal/unit/register.go":          {asPortal, asAdmin, asWorker},
	"internal/unit/intake.go":            {asAdmin},
	"internal/clock/register.go":         {asPortal, asAdmin, asWorker},
	"internal/clock/version.go":          {asAdmin},
	"internal/notice/board.go":           {asPortal},
	"internal/notice/publish.go":         {asAdmin},
	"internal/notice/record.go":          {asAdmin},
	"internal/discipline":                {asAdmin},
	"internal/discipline/term.go":        {asAdmin, asWorker},
	"internal/complaint":                 {asAdmin},
	"internal/complaint/category.go":     {asPortal, asAdmin},
	"internal/complaint/draft.go":        {asPortal},
	"internal/complaint/own.go":          {asPortal},
	"internal/complaint/own_move.go":     {asPortal},
	"internal/complaint/intake.go":       {asAdmin},
	"internal/complaint/intake.go:Filed": {asPortal, asAdmin},
	"internal/complaint/intake.go:file":  {asPortal},

	"internal/workflow":                         {asPortal, asAdmin},
	"internal/workflow/bar.go":                  {asAdmin},
	"internal/workflow/engine.go:explain":       {asAdmin}, // the portal is told without asking who was first
	"internal/workflow/recent.go":               {asAdmin},
	"internal/workflow/recount.go":              {asAdmin, asWorker},
	"internal/workflow/recount.go:Outlook":      {asAdmin},
	"internal/workflow/register.go:dropDraft":   {asAdmin},
	"internal/workflow/register.go:queueLastBy": {asAdmin},
	"internal/workflow/register.go:queueMatter": {asAdmin}, // the portal's has no scope; its moves run in own_test
}

// unread are statements that are put together while the program runs, each with
// the test that runs it under its role.
var unread = map[string]string{
	"internal/pg/rights.go:CloseDatabase":       "utility commands: every migrate and every clone of a test runs them",
	"internal/pg/rights.go:Rights":              "a DO block: every template of tests and every private server runs it",
	"internal/pg/restore.go:makeRoom":           "each of its list is a utility command; backup_test restores",
	"internal/pg/rights.go:settleRights":        "each of its list is a utility command; every test's database was migrated",
	"internal/demo/demo.go:furnish":             "each of its list is planned by itself",
	"internal/expiry/expiry.go:Sweep":           "each of its table is planned by itself",
	"internal/complaint/count.go:Count":         "conditions of a filter: list_test counts every one as the desk",
	"internal/complaint/list.go:List":           "conditions of a filter: list_test lists every one as the desk",
	"internal/complaint/list.go:next":           "conditions of a filter: list_test walks to the neighbours as the desk",
	"internal/workflow/register.go:queueMatter": "columns that a move sets: every move runs under its role in the tests of complaint and discipline",
}

// TestEveryStatementIsPreparedUnderTheRoleThatSendsIt plans each one too, since
// PostgreSQL looks at rights only when a plan is about to run.
func TestEveryStatementIsPreparedUnderTheRoleThatSendsIt(t *testing.T) {
	t.Parallel()
	all := readSource(t, "../..", func(folder string) bool { return slices.Contains(notTheProgram, folder) }).statements()
	db := pgtest.New(t)
	pools := map[string]*pgxpool.Pool{asPortal: db.Portal, asAdmin: db.Admin, asWorker: db.Worker, asOwner: db.Owner}
	conns := map[string]*pgx.Conn{}
	for role, pool := range pools {
		conn, err := pool.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
		conns[role] = conn.Conn()
	}
	used, read := map[string]bool{}, 0
	for _, s := range all {
		if s.sql == "" {
			if unread[s.place()] == "" {
				t.Errorf("%s:%d (%s): this statement cannot be read from the source; write it plainly, or add its place to unread with the test that runs it", s.file, s.line, s.function)
			}
			used[s.place()] = true
			continue
		}
		if !prepared(s.sql) {
			continue
		}
		read++
		roles := s.roles()
		if len(roles) == 0 {
			t.Errorf("%s:%d (%s): sentBy does not say which role sends this", s.file, s.line, s.function)
		}
		for _, role := range roles {
			if err := plan(t.Context(), conns[role], s.sql); err != nil {
				t.Errorf("%s:%d (%s) as %s: %v\n%s", s.file, s.line, s.function, role, err, s.sql)
			}
		}
	}
	for place := range unread {
		if !used[place] {
			t.Errorf("%s stands in unread and is not met", place)
		}
	}
	if share := float64(len(used)) / float64(read+len(used)); read < 100 || share > 0.05 {
		t.Errorf("%d statements read, %d places not: too much escapes", read, len(used))
	}
	t.Logf("%d statements planned, %d places left to tests", read, len(used))
}

func (s statement) roles() []string {
	for _, place := range []string{s.place(), s.file, s.file[:strings.LastIndexByte(s.file, '/')]} {
		if roles, ok := sentBy[place]; ok {
			return roles
		}
	}
	return nil
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

// notTheProgram is what a served office never runs.
var notTheProgram = []string{
	"internal/pgtest", "internal/complaint/complainttest", "internal/bench", "internal/bench/running", "internal/gates",
}
