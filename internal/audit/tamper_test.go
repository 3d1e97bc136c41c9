package audit_test

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/discipline"
	"zhengxin/internal/fault"
	"zhengxin/internal/key"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// walkedOffice has a complaint that went to its rating and a case to its
// publication, and a second complaint that was only filed.
type walkedOffice struct {
	*complainttest.Office
	t     *testing.T
	cases *discipline.Register
	// The numbers of the three.
	complaint, other, discipline string
}

func newWalkedOffice(t *testing.T) *walkedOffice {
	o := &walkedOffice{Office: complainttest.New(t), t: t}
	o.cases = discipline.New(o.Desk.Office)
	for k, v := range map[string]string{setting.DocumentPrefix: "演示", setting.Issuer: "县政务诚信监督办公室"} {
		if _, err := pg.Exec(t.Context(), o.DB.Owner, `INSERT INTO setting (key, value) VALUES (@key, @value)`, pg.Args{"key": k, "value": v}); err != nil {
			t.Fatal(err)
		}
	}
	receipt := o.File(t, complainttest.Intake())
	o.complaint = receipt.Number
	o.move(staff.Registrar, complaint.EnterRegister)
	o.move(staff.Registrar, complaint.Accept, "nature", "RED")
	_, err := o.Desk.OpenIdentity(t.Context(), o.order(staff.Registrar, o.complaint, complaint.OpenIdentity, "public", "电话核实"), o.Keys.Office)
	o.must(err)
	o.move(staff.Registrar, complaint.Dispatch, "lead", complainttest.Finance, "co", complainttest.Justice)
	o.move(staff.Handler, complaint.Sign)
	o.own(receipt, complaint.Supplement, "note", "补充一张欠条的照片")
	o.move(staff.Handler, complaint.DraftAnswer, "finding", "substantiated", "decision", "support", "facts", "属实", "opinion", "支持", "articles", "KX-9", "basis", "条例第九条")
	o.move(staff.UnitHead, complaint.ApproveAnswer)
	o.move(staff.Supervisor, complaint.Reply)
	o.own(receipt, complaint.Rate, "rating", "dissatisfied", "solved", "unsolved", "rating_words", "钱还没有到账")

	begun, err := o.cases.OpenFrom(t.Context(), o.order(staff.DisciplineOfficer, o.complaint, complaint.OpenCase, "note", "条例第二十六条"))
	o.must(err)
	o.discipline = begun.Number
	o.moveCase(staff.DisciplineOfficer, discipline.DraftWarning, "facts", "欠款52.30万元。", "articles", "KX-9", "basis", "条例第九条。", "demand", "付清。", "consequences", "约谈。",
		"deadline_year", "2026", "deadline_month", "4", "deadline_day", "9", "tier", "general", "months", "3")
	o.moveCase(staff.Leader, discipline.Sign, "version", "1")
	signed, err := o.cases.Read(t.Context(), o.People[staff.Leader], o.discipline)
	o.must(err)
	o.moveCase(staff.DisciplineOfficer, discipline.Serve, "how", "direct", "served_on_year", "2026", "served_on_month", "3", "served_on_day", "2", "digest", signed.Signed().Digest)
	o.Wait(time.Since(o.Now())) // the database's own date ends what may be read
	o.moveCase(staff.Publisher, discipline.Publish)

	another := complainttest.Intake()
	another.Story.Facts, another.Contact.Name = "2025年6月的另一份合同。", "李建国"
	o.other = o.File(t, another).Number
	return o
}

func (o *walkedOffice) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err, fault.SentenceOf(err), fault.FieldsOf(err))
	}
}

func (o *walkedOffice) order(by staff.Role, number string, action workflow.Action, pairs ...string) workflow.Order {
	a := workflow.Answers{}
	for pair := range slices.Chunk(pairs, 2) {
		a[pair[0]] = append(a[pair[0]], pair[1])
	}
	return workflow.Order{Number: number, Action: action, By: o.People[by], Token: complainttest.Token(), Answers: a}
}

func (o *walkedOffice) move(by staff.Role, action workflow.Action, pairs ...string) {
	o.t.Helper()
	_, err := o.Desk.Move(o.t.Context(), o.order(by, o.complaint, action, pairs...))
	o.must(err)
}

func (o *walkedOffice) moveCase(by staff.Role, action workflow.Action, pairs ...string) {
	o.t.Helper()
	_, err := o.cases.Move(o.t.Context(), o.order(by, o.discipline, action, pairs...))
	o.must(err)
}

func (o *walkedOffice) own(r complaint.Receipt, action workflow.Action, pairs ...string) {
	o.t.Helper()
	visitor, err := key.NewSecret(rand.Reader)
	o.must(err)
	o.must(o.Portal.Unlock(o.t.Context(), r.Number, r.Code, visitor, []byte(r.Number)))
	answers := o.order(staff.Complainant, r.Number, action, pairs...).Answers
	_, err = o.Portal.MoveOwn(o.t.Context(), visitor, r.Number, action, complainttest.Token(), answers)
	o.must(err)
}

// allLawful is what may be done by a role, by the tables of both kinds.
func allLawful(kind, role, action string) bool {
	law := complaint.Law
	if kind == string(discipline.Law.Kind) {
		law = discipline.Law
	}
	return law.Allows(staff.Role(role), workflow.Action(action))
}

// tampering is what the owner of the database may do to one table or another. In
// it @c, @o and @d are the ids of the walked complaint, the other one and the case.
type tampering struct {
	name string
	sql  string
	want string // a sentence that it is found by; {c}, {o} and {d} are the numbers
}

var tamperings = []tampering{
	{"the facts of a filing", `UPDATE complaint SET facts = '没有这回事' WHERE matter_id = @c`, "{c} 的投诉的内容和第 "},
	{"its request", `UPDATE complaint SET request = '撤回' WHERE matter_id = @o`, "{o} 的投诉的内容和第 1 条"},
	{"its reasons emptied into its request", `UPDATE complaint SET request = request || reasons, reasons = '无' WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"the amount", `UPDATE complaint SET unpaid_amount = 1 WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"a day of the contract", `UPDATE complaint SET contract_date = contract_date + 1 WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"whether it is confidential", `UPDATE complaint SET confidential = false WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"the papers that are held", `UPDATE complaint SET evidence_held = '{contract}' WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"by which channel it came", `UPDATE complaint SET channel = 'visit' WHERE matter_id = @o`, "{o} 的投诉的内容"},
	{"the title", `UPDATE matter SET title = '咨询' WHERE id = @o`, "{o} 的标题、单位、类别或者标记和第 1 条"},
	{"the unit that it is about", `UPDATE matter SET unit = 'JUS' WHERE id = @c`, "{c} 的标题、单位、类别或者标记"},
	{"the category", `UPDATE matter SET category = 'C01' WHERE id = @c`, "{c} 的标题、单位、类别或者标记"},
	{"a flag", `UPDATE matter SET flags = array_remove(flags, 'substantiated') WHERE id = @c`, "{c} 的标题、单位、类别或者标记"},
	{"when it was opened", `UPDATE matter SET opened_at = opened_at + interval '1 day' WHERE id = @c`, "{c} 的标题、单位、类别或者标记"},
	{"the state", `UPDATE matter SET state = 'closed', phase = 3 WHERE id = @c`, "{c} 的状态或者办结时间"},
	{"closed by hand", `UPDATE matter SET closed_at = now() WHERE id = @c`, "{c} 的状态或者办结时间"},
	{"from which complaint a case comes", `UPDATE matter SET follows = @o WHERE id = @d`, "{d} 的它由哪一件立案"},

	{"a sent answer edited", `UPDATE answer SET facts = '不属实' WHERE matter_id = @c`, "{c} 的答复"},
	{"a sent answer withdrawn", `UPDATE answer SET sent_at = NULL WHERE matter_id = @c`, "{c} 的答复"},
	{"a sent answer deleted", `DELETE FROM answer WHERE matter_id = @c`, "{c} 的答复"},
	{"an answer put in", `INSERT INTO answer SELECT matter_id, 1, version + 1, drafted_by, unit, finding, decision, facts, opinion, basis, demand, sent_at FROM answer`, "{c} 的答复"},
	{"an answer to who has none", `INSERT INTO answer SELECT @o, 1, 1, drafted_by, unit, finding, decision, facts, opinion, basis, demand, sent_at FROM answer`, "{o} 的答复"},
	{"a finding turned round", `UPDATE complaint SET finding = 'unsubstantiated' WHERE matter_id = @c`, "{c} 的性质、认定或者处理意见"},
	{"the nature", `UPDATE complaint SET nature = 'SUG' WHERE matter_id = @c`, "{c} 的性质、认定或者处理意见"},
	{"a rating", `UPDATE complaint SET rating = 'satisfied' WHERE matter_id = @c`, "{c} 的评价"},
	{"a rating taken away", `UPDATE complaint SET rating = NULL, solved = NULL, rating_words = '' WHERE matter_id = @c`, "{c} 的评价"},
	{"who reads a rating", `UPDATE complaint SET rating_told = 'desk' WHERE matter_id = @c`, "{c} 的评价说给谁听"},
	{"a rating made up", `UPDATE complaint SET rating = 'satisfied', solved = 'solved' WHERE matter_id = @o`, "{o} 的评价"},
	{"a supplement edited", `UPDATE supplement SET body = '没有了' WHERE matter_id = @c`, "{c} 的补充的材料"},
	{"a supplement deleted", `DELETE FROM supplement WHERE matter_id = @c`, "{c} 的补充的材料"},
	{"a supplement shown to the unit", `UPDATE supplement SET guarded = NOT guarded WHERE matter_id = @c`, "{c} 的补充的材料"},
	{"a supplement moved to another matter", `UPDATE supplement SET matter_id = @o, seq = 1 WHERE matter_id = @c`, "{o} 的补充的材料"},
	{"the rows of two matters swapped", `
		ALTER TABLE complaint DROP CONSTRAINT complaint_pkey CASCADE;
		UPDATE complaint SET matter_id = CASE matter_id WHEN @c THEN @o ELSE @c END`, "{o} 的投诉的内容"},
	{"the identities of two matters swapped", `
		ALTER TABLE identity DROP CONSTRAINT identity_pkey;
		UPDATE identity SET matter_id = CASE matter_id WHEN @c THEN @o ELSE @c END`, "{o} 的封存的身份"},
	{"an identity deleted", `DELETE FROM identity WHERE matter_id = @o`, "{o} 的封存的身份"},
	{"one's own code put on another's matter", `UPDATE access_code SET mac = sha256(mac) WHERE matter_id = @o`, "{o} 的查询码"},

	{"a clock moved", `UPDATE clock SET due_on = due_on + 30, due_at = due_at + interval '30 days' WHERE matter_id = @o`, "{o} 的期限"},
	{"a clock stopped", `UPDATE clock SET stopped_at = now(), stopped_seq = 1 WHERE matter_id = @o`, "{o} 的期限"},
	{"a clock that was late stopped in time", `UPDATE clock SET stopped_at = started_at WHERE matter_id = @c`, "{c} 的期限"},
	{"a clock deleted", `DELETE FROM clock WHERE matter_id = @c`, "{c} 的期限"},
	{"an assignment to the accused", `INSERT INTO assignment (matter_id, unit, part, started_at, phase) VALUES (@c, 'TOWN', 'co', now(), 1)`, "{c} 的派单"},
	{"an assignment to another unit", `UPDATE assignment SET unit = 'DESK' WHERE matter_id = @c AND part = 'lead'`, "{c} 的派单"},
	{"who signed for it", `UPDATE assignment SET signed_by = signed_by + 1 WHERE matter_id = @c AND part = 'lead'`, "{c} 的派单"},
	{"an assignment deleted", `DELETE FROM assignment WHERE matter_id = @c AND part = 'co'`, "{c} 的派单"},
	{"an opening deleted", `DELETE FROM identity_opening`, "{c} 的身份的查看记录"},
	{"why an identity was opened", `UPDATE identity_opening SET reason = '例行'`, "{c} 的身份的查看记录"},
	{"who opened it", `UPDATE identity_opening SET opened_by = opened_by + 1`, "{c} 的身份的查看记录"},
	{"a bar taken away", `DELETE FROM matter_bar WHERE matter_id = @c`, "{c} 的回避"},
	{"a bar on another unit", `UPDATE matter_bar SET unit = 'JUS' WHERE matter_id = @c`, "{c} 的回避"},

	{"a letter deleted", `DELETE FROM letter WHERE matter_id = @c AND seq = 1`, "{c} 的信件和第 1 条"},
	{"a letter pointed at somebody else", `UPDATE letter SET recipient = 'unit' WHERE matter_id = @o`, "{o} 的信件和第 1 条"},
	{"a letter forged", `INSERT INTO letter (matter_id, seq, template, recipient, message_id, created_at) SELECT @o, 1, template, recipient, 'x', now() FROM letter LIMIT 1`, "{o} 的信件"},

	{"a document renumbered", `UPDATE document SET serial = 7`, "{d} 的文书"},
	{"a document deleted", `UPDATE notice SET document_id = NULL; DELETE FROM document`, "{d} 的文书"},
	{"the page of a document", `ALTER TABLE document DROP CONSTRAINT document_digest; UPDATE document SET html = replace(html, '付清', '不付')`, "{d} 的文书"},
	{"the page of a document with its digest", `UPDATE document SET html = 'x', digest = encode(sha256('x'), 'hex')`, "{d} 的文书"},
	{"when it was served", `UPDATE document SET served_on = served_on + 10`, "{d} 的文书"},
	{"a notice changed", `UPDATE notice SET body = '没有事'`, "{d} 的公示"},
	{"a notice taken down", `UPDATE notice SET taken_down_at = now(), taken_down_reason = 'x'`, "{d} 的公示"},
	{"a notice ended early", `UPDATE notice SET until = until - 80`, "{d} 的公示"},
	{"a notice about another unit", `UPDATE notice SET unit = 'JUS'`, "{d} 的公示"},
	{"a notice deleted", `DELETE FROM notice`, "{d} 的公示"},
	{"a notice forged on a matter", `INSERT INTO notice (kind, title, body, matter_id, published_at) VALUES ('notice', 'x', 'x', @o, now())`, "{o} 的公示"},
	{"the ground of a case", `UPDATE discipline_case SET ground = 'x'`, "{d} 的立案的依据或者整改期限"},
	{"the term to mend", `UPDATE discipline_case SET rectify_by = rectify_by + 100`, "{d} 的立案的依据或者整改期限"},
	{"an article that an answer stands on", `UPDATE cited SET words = '《别的法》第一条'`, "{c} 的选的法律依据"},
	{"a draft of the warning", `UPDATE warning_draft SET tier = 'minor', months = 0`, "{d} 的警示函的草稿"},

	{"an actor's name", `UPDATE event SET actor_name = '别人' WHERE matter_id = @c AND action = 'accept'`, "{c} 第 3 条与写下时不一致"},
	{"an actor's role", `UPDATE event SET role = 'leader' WHERE matter_id = @c AND action = 'accept'`, "{c} 第 3 条与写下时不一致"},
	{"words and salt erased", `UPDATE event SET public_text = '', note = '', data = '', salt = NULL WHERE matter_id = @c AND action = 'accept'`, "{c} 第 3 条的文字被清除了，没有清除登记"},
	{"what the events bound erased", `UPDATE matter SET salt = '' WHERE id = @o`, "{o} 第 1 条和以前各条办了什么，凭据被清除了，没有清除登记"},
	{"the salt", `UPDATE matter SET salt = sha256(salt) WHERE id = @o`, "{o} 的投诉的内容"},
	{"what an event bound deleted", `DELETE FROM binding WHERE matter_id = @o`, "{o} 第 1 条办了什么没有记下"},
	{"what an event bound rewritten", `UPDATE binding SET said = '{}' WHERE matter_id = @o`, "{o} 第 1 条办了什么和签写时不一致"},
	{"what another event bound", `
		UPDATE binding b SET said = a.said, mac = a.mac FROM binding a WHERE b.matter_id = @o AND b.seq = 1 AND a.matter_id = @c AND a.seq = 1`,
		"{o} 第 1 条办了什么和签写时不一致"},
	{"events that were cut off, and what they bound left", `
		DELETE FROM letter WHERE matter_id = @c AND seq > 3; DELETE FROM cited; DELETE FROM answer; DELETE FROM supplement; DELETE FROM identity_opening; DELETE FROM form_token;
		DELETE FROM clock WHERE matter_id = @c AND started_seq > 3; UPDATE clock SET stopped_seq = NULL, stopped_at = NULL WHERE matter_id = @c AND stopped_seq > 3;
		DELETE FROM event WHERE matter_id = @c AND seq > 3;
		UPDATE matter SET seq = 3, state = 'accepted', phase = 1, head = (SELECT hash FROM event WHERE matter_id = @c AND seq = 3) WHERE id = @c`,
		"{c} 第 4 条没有了，它办了什么还在"},
	{"the last event cut off, with head, state and what it bound", `
		DELETE FROM form_token WHERE matter_id = @c AND seq = (SELECT seq FROM matter WHERE id = @c);
		DELETE FROM letter WHERE matter_id = @c AND seq = (SELECT seq FROM matter WHERE id = @c);
		DELETE FROM binding WHERE matter_id = @c AND seq = (SELECT seq FROM matter WHERE id = @c);
		DELETE FROM event WHERE matter_id = @c AND seq = (SELECT seq FROM matter WHERE id = @c);
		UPDATE matter SET seq = seq - 1, head = (SELECT hash FROM event WHERE matter_id = @c ORDER BY seq DESC LIMIT 1),
			flags = array_append(flags, 'x') WHERE id = @c`, "{c} 的标题、单位、类别或者标记"},
}

// TestWhatTheOwnerOfTheDatabaseChangesIsFound: each by a sentence that names the
// matter and what of it, and everything else stays clean.
func TestWhatTheOwnerOfTheDatabaseChangesIsFound(t *testing.T) {
	t.Parallel()
	o := newWalkedOffice(t)
	keys := key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	said := func(tx pgx.Tx) (sentences []string) {
		t.Helper()
		sum, err := audit.WalkTx(t.Context(), tx, keys, allLawful, func(f chain.Finding) { sentences = append(sentences, f.Sentence) })
		if err != nil || sum.Broken != len(sentences) {
			t.Fatal(sum, err)
		}
		return sentences
	}
	numbers := strings.NewReplacer("{c}", o.complaint, "{o}", o.other, "{d}", o.discipline)
	id := func(number string) string {
		id, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT id::text FROM matter WHERE number = @n`, pg.Args{"n": number})
		o.must(err)
		return id
	}
	ids := strings.NewReplacer("@c", id(o.complaint), "@o", id(o.other), "@d", id(o.discipline))

	if _, err := o.DB.Owner.Exec(t.Context(), `
		ALTER TABLE document DISABLE TRIGGER USER; ALTER TABLE document_counter DISABLE TRIGGER USER; ALTER TABLE matter_bar DISABLE TRIGGER USER;
		ALTER TABLE clock DISABLE TRIGGER USER; ALTER TABLE assignment DISABLE TRIGGER USER; ALTER TABLE matter DISABLE TRIGGER USER`); err != nil {
		t.Fatal(err)
	}
	for _, c := range append([]tampering{{"nothing", `SELECT`, ""}}, tamperings...) {
		tx, err := o.DB.Owner.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		tag, err := tx.Exec(t.Context(), ids.Replace(c.sql))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if found := said(tx); (c.want == "") != (len(found) == 0) {
			t.Errorf("%s (%d rows): %d found, first %q", c.name, tag.RowsAffected(), len(found), append(found, "")[0])
		} else if want := numbers.Replace(c.want); !slices.ContainsFunc(append(found, ""), func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("%s: nothing says %q:\n%s", c.name, want, strings.Join(found, "\n"))
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNoMoveCoversUpWhatWasChangedBeforeIt: neither one that changes the same part nor
// one that leaves it, by the desk or by the complainant.
func TestNoMoveCoversUpWhatWasChangedBeforeIt(t *testing.T) {
	t.Parallel()
	o := newWalkedOffice(t)
	keys := key.NewEventKeys(o.Keys.Office, o.Keys.Portal)
	receipt := o.File(t, complainttest.Intake())
	o.complaint = receipt.Number
	o.own(receipt, complaint.Supplement, "note", "第一次补充")
	for _, sql := range []string{
		`UPDATE complaint SET facts = facts || '。' WHERE matter_id = @c`, `UPDATE supplement SET body = 'x' WHERE matter_id = @c`,
		`UPDATE clock SET started_at = started_at - interval '9 days' WHERE matter_id = @c`,
	} {
		if _, err := o.DB.Owner.Exec(t.Context(), strings.ReplaceAll(sql, "@c", "(SELECT id FROM matter WHERE number = '"+receipt.Number+"')")); err != nil {
			t.Fatal(err)
		}
	}
	o.own(receipt, complaint.Supplement, "note", "第二次补充")
	o.move(staff.Registrar, complaint.EnterRegister)
	o.move(staff.Registrar, complaint.Accept, "nature", "RED")
	said := map[string]bool{}
	sum, err := audit.Walk(t.Context(), o.DB.Owner, keys, allLawful, func(f chain.Finding) { said[f.Sentence] = true })
	o.must(err)
	for _, want := range []string{
		"{c} 第 3 条办理以前，补充的材料已经和第 2 条办完时记下的不一样。",
		"{c} 第 4 条办理以前，投诉的内容已经和第 1 条办完时记下的不一样。",
		"{c} 第 4 条办理以前，期限已经和第 1 条办完时记下的不一样。",
	} {
		if want = strings.ReplaceAll(want, "{c}", o.complaint); !said[want] {
			t.Errorf("nothing says %q", want)
		}
	}
	if sum.Broken != 3 {
		t.Errorf("%d found: %v", sum.Broken, said)
	}
}
