package gates

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/kinds"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// confirming says which field tells what a form showed, or why it needs none.
type confirming struct{ field, page, why string }

// What is confirmed is what was shown: a form that replaces what is stored, or decides on
// it, says what it showed, in the field named here; or the reason stands here why it has
// nothing to say. A new route is in one of the two, or this test fails.
var confirmed = map[string]confirming{
	// the portal
	"/elder":                             {why: "a cookie of the same browser"},
	"/complaints/new":                    {why: "a step goes into a draft, and what is filed is confirmed on the last page"},
	"/complaints/new/story":              {why: "as the step before"},
	"/complaints/new/contract":           {why: "as the step before"},
	"/complaints/new/evidence":           {why: "as the step before"},
	"/complaints/new/contact":            {why: "as the step before"},
	"/complaints/new/check":              {field: web.ShownField},
	"/complaints/new/receipt":            {why: "gives the receipt of what was filed once more"},
	"/complaints/new/code":               {why: "lends or calls back what opens the draft, whose text stays"},
	"/complaints/new/resume":             {why: "opens a draft beside the others, and gives none up"},
	"/track":                             {why: "opens, and changes nothing"},
	"/track/turn":                        {why: "opens, and changes nothing"},
	"/track/leave":                       {why: "ends what the same browser opened"},
	"/member/login":                      {why: "asks for a letter, and changes nothing"},
	"/member/enter":                      {why: "opens, and changes nothing"},
	"/member/login/code":                 {why: "opens, and changes nothing"},
	"/member/leave":                      {why: "ends what the same browser opened"},
	"/member/served-online":              {why: "their own word, the newest of which holds"},
	"/member/account/factor":             {field: "seen"},
	"/member/account/others":             {why: "ends, and takes nothing back"},
	"/member/complaints":                 {why: "only adds: one that is there is told so"},
	"/member/complaints/open":            {why: "opens, and changes nothing"},
	"/member/complaints/put-away":        {why: "takes off a list what number and code put on it again"},
	"/member/follows":                    {why: "only adds: the same number is asked for once"},
	"/member/follows/end":                {why: "gives up what was asked, and takes nothing of anybody's"},
	"portal /complaints/:number/:action": {why: "adds to the matter; which moves stand on an answer says their table: see below"},
	// the desk
	"/login":                       {why: "opens, and changes nothing"},
	"/login/enrol":                 {why: "the first that comes binds; the second is refused"},
	"/login/second-factor":         {why: "opens, and changes nothing"},
	"/logout":                      {why: "ends what the same browser opened"},
	"/account/password":            {why: "the old password is asked for: one that was changed since opens nothing"},
	"/account/keys":                {why: "a cookie of the same browser"},
	"/account/sessions/end-others": {why: "ends, and takes nothing back"},
	"/account/sessions/:id/end":    {why: "ends, and takes nothing back"},
	"/absences/:id":                {why: "only adds: days that are entered already are refused"},
	"/absences/:id/:absence/end":   {why: "ends the one that it names, once"},
	"/staff/new":                   {why: "only adds: a login that is taken is refused"},
	"/staff/import":                {why: "shows what would change, and changes nothing"},
	"/staff/import/take":           {field: web.ShownField},
	"/staff/many/:act":             {why: "each account is changed over its newest act, which the form says of each: over-ID"},
	"/staff/:id/disable":           {field: "seen", page: "/staff/1"},
	"/staff/:id/enable":            {field: "seen"},
	"/staff/:id/second-factor":     {field: "seen"},
	"/staff/:id/job":               {field: "seen"},
	"/staff/:id/password":          {field: "seen"},
	"/members/:id/account/admit":   {field: "seen"},
	"/members/:id/account/code":    {field: "seen"},
	"/members/:id/account/mailbox": {field: "seen"},
	"/members/:id/account/factor":  {field: "seen"},
	"/members/:id/account/close":   {field: "seen"},
	"/units":                       {field: web.ShownField},
	"/units/change":                {why: "shows what would change, and changes nothing"},
	"/units/carry":                 {field: web.ShownField},
	"/units/import":                {why: "shows what would change, and changes nothing"},
	"/calendar":                    {field: "seen"},
	"/rules/change":                {field: web.ShownField},
	"/laws/law":                    {field: web.ShownField},
	"/laws/article":                {field: web.ShownField},
	"/bodies/body":                 {field: web.ShownField},
	"/categories/category":         {field: web.ShownField},
	"/blocks/block":                {field: web.ShownField},
	"/calendar/import":             {why: "shows what would change, and changes nothing"},
	"/watch/verify":                {why: "reads, and notes that it did; one at a time"},
	"/watch/trial":                 {why: "only adds: a test letter"},
	"/watch/jobs/:id":              {why: "tries again what failed, which does nothing where it was done"},
	"/audit.csv":                   {why: "reads"},
	"/audit.xlsx":                  {why: "reads"},
	"/reports.xlsx":                {why: "reads"},
	"/audit/alerts/:id/seen":       {why: "notes once who has seen it"},
	"/settings":                    {field: web.ShownField},
	"/notices":                     {field: web.ShownField},
	"/notices/preview":             {why: "shows what would be published, and publishes nothing"},
	"/notices/:id/take-down":       {why: "ends it: what it says is never changed, and one that is down is told so"},
	"/proposals/report/publish":    {field: web.ShownField},
	"/proposals/report/take-down":  {field: "notice"},
	"/proposals/import":            {why: "shows what would be done, and does nothing"},
	"/proposals/import/run":        {field: web.ShownField},
	"/members":                     {field: web.ShownField},
	"/members/new":                 {why: "only adds: a credential that is taken is refused"},
	"/members/import":              {why: "shows what would change, and changes nothing"},
	"/members/:id/correct":         {field: web.ShownField},
	"/members/:id/end":             {field: web.ShownField},
	"/members/terms":               {field: web.ShownField},
	"/register":                    {why: "files what stands in the form itself, and nothing that is stored"},
}

// Every register of the desk has these, so that none needs a line of its own.
func init() {
	for _, k := range kinds.All() {
		list := "/" + k.Path
		confirmed[list+".csv"], confirmed[list+".xlsx"] = confirming{why: "reads"}, confirming{why: "reads"}
		at := list + "/:number/:action"
		if k == complaint.Kind { // the portal has the same address
			at = "desk " + at
		}
		confirmed[at] = confirming{why: "its table says what each move stands on: see below"}
		confirmed[list+"/saved"] = confirming{why: "keeps what the address asks for; their own word, the newest of which holds"}
		confirmed[list+"/columns"] = confirming{why: "their own choice of what a list shows, the newest of which holds"}
		confirmed[list+"/saved/:id/drop"] = confirming{why: "gives up what is kept again in a moment, and nothing that was done"}
		if slices.ContainsFunc(k.Law.Moves, func(m workflow.Move) bool { return m.Many }) {
			confirmed[list+"/many/:action"] = confirming{why: "its table says what each move stands on, and only rows that bind nothing that is read are Many"}
		}
		if len(k.Members) > 0 {
			confirmed["/member"+at] = confirming{why: "as at the desk"}
		}
		if _, ok := k.MemberOpening(); ok {
			confirmed["/member"+list+"/new"] = confirming{why: "opens what stands in the form itself, and nothing that is stored"}
		}
		if _, ok := k.Opening(); ok {
			confirmed[list+"/new"] = confirming{why: "opens what stands in the form itself, and nothing that is stored"}
		}
	}
}

func TestEveryFormThatConfirmsSaysWhatItShowed(t *testing.T) {
	t.Parallel()
	w := newTown(t, "http")
	met := map[string]bool{}
	for site, app := range map[string]*web.App{"portal": w.portal, "desk": w.desk} {
		for _, r := range app.Routes() {
			if r.Method != http.MethodPost {
				continue
			}
			name := r.Path
			if name == "/complaints/:number/:action" {
				name = site + " " + name
			}
			met[name] = true
			if known, ok := confirmed[name]; !ok || (known.field == "") == (known.why == "") {
				t.Errorf("POST %s: say which field tells what it showed, or why it needs none", name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(confirmed)) {
		if !met[name] {
			t.Errorf("there is no POST %s any more", name)
		}
	}
}

// moves that stand on nothing that somebody else may have changed meanwhile need a
// reason only where they replace a value that stands already.
func TestEveryMoveThatReplacesOrDecidesSaysWhatItStoodOn(t *testing.T) {
	t.Parallel()
	stands := map[workflow.Kind][]workflow.Action{
		"complaint": {"draft_answer", "approve_answer", "return_answer", "reply", "send_back", "settle_unit", "rate", "contest"},
		"case":      {"draft_warning", "sign", "send_back", "serve"},
	}
	for _, k := range kinds.All() {
		law := k.Law
		for _, row := range law.Moves {
			// What decides on a draft, makes a document of it, or writes another in its place.
			must := row.Decides || row.Issues != "" || row.Writes && slices.Contains(row.From, row.To)
			if must = must || slices.Contains(stands[law.Kind], row.Action); must && row.Seen == "" && row.Over == "" {
				t.Errorf("%s %s: stands on nothing", law.Kind, row.Action)
			}
		}
	}
}
