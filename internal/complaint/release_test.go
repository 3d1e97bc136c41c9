package complaint_test

import (
	"strings"
	"testing"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// many lets as few as are published say nothing of who it was.
func (d *desk) many(n string) {
	d.t.Helper()
	if _, err := d.DB.Owner.Exec(d.t.Context(), `UPDATE setting SET value = $1 WHERE key = 'release_least'`, n); err != nil {
		d.t.Fatal(err)
	}
}

// published are the titles that the public reads.
func (d *desk) published() string {
	d.t.Helper()
	found, _, err := d.Portal.Published(d.t.Context(), complaint.PublishedFilter{Most: 20})
	if err != nil {
		d.t.Fatal(err)
	}
	var titles []string
	for _, p := range found {
		titles = append(titles, p.Title)
	}
	return strings.Join(titles, " ")
}

// seen is the text that somebody has read.
func (d *desk) seen(by staff.Role) string { return d.read(d.People[by]).Matter.Seen["release"] }

var releaseText = []string{"title", "镇里欠的修路钱怎样要回来", "question", "修好的路验收很久了，尾款一直没有给，问该怎么办。", "reply", "查明确实欠着，要求镇里按计划付清，并承担逾期的利息。"}

func TestAnAnswerIsPublishedOnlyWithConsentAndTwoPeople(t *testing.T) {
	d := newDesk(t)
	receipt := d.toReplied()
	own := d.own(receipt)
	read := func(by staff.Person) error {
		_, err := d.Desk.Read(t.Context(), by, d.number)
		return err
	}
	publisher, supervisor := d.People[staff.Publisher], d.People[staff.Supervisor]
	if err := read(publisher); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a consent a publisher reads it: %v", err)
	}
	_, err := d.try(staff.Supervisor, complaint.ApproveRelease)
	refused(t, err, "没有等着核对的公开稿")
	if err := own(complaint.AllowRelease); err != nil {
		t.Fatal(err)
	}
	if err := own(complaint.AllowRelease); !fault.Is(err, fault.Forbidden) {
		t.Errorf("consented twice: %v", err)
	}
	dossier := d.read(publisher)
	if !dossier.Stripped || dossier.Release.Original.Request == "" || !dossier.Release.Wanted() {
		t.Errorf("the publisher reads %+v", dossier.Release)
	}
	if unit := d.read(d.People[staff.Handler]); unit.Release.Stage != "" {
		t.Error("the unit learns of the consent")
	}
	if d.sees(staff.Handler, complaint.AllowRelease) || !d.sees(staff.Supervisor, complaint.AllowRelease) {
		t.Error("who reads that it was consented to")
	}
	_, err = d.try(staff.Publisher, complaint.WriteRelease, releaseText...)
	refused(t, err, "投诉太少")
	d.many("1")

	// What tells who it was has to go; what may is counted.
	for text, want := range map[string]string{
		"联系电话 13800138000，请回电。":                                           "手机号码",
		"2024年8月15日完工以后没有付钱。":                                             "准确的日子",
		"一共欠 1,286,500 元没有给。":                                             "准确的金额",
		"按 " + complainttest.Intake().Contract.ContractNo + " 合同要付的钱没有付。": "编号",
		complainttest.Intake().Story.Facts + "别的。":                        "",
		"身份证 410425199003078415 的人问。":                                     "身份证号",
		"车牌豫D·D12345的车拉的料没有结账。":                                           "车牌号",
	} {
		_, err := d.try(staff.Publisher, complaint.WriteRelease, "title", "欠款怎样要回来", "question", text, "reply", releaseText[5], "found", "1")
		fields := fault.FieldsOf(err)
		if len(fields) == 0 || !strings.Contains(fields[0].Sentence, want) {
			t.Errorf("%q is taken: %v", text, err)
		}
	}
	doubtful := []string{"title", "欠款怎样要回来", "question", "东边小区的路修好了，张师傅来问。", "reply", releaseText[5]}
	_, err = d.try(staff.Publisher, complaint.WriteRelease, doubtful...)
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "found" || !f[0].Asked || !strings.Contains(f[0].Sentence, "有 2 处") || !strings.Contains(f[0].Sentence, "张师傅") {
		t.Errorf("doubts: %v", fault.FieldsOf(err))
	}
	d.do(staff.Publisher, complaint.WriteRelease, append(doubtful, "found", "2")...)
	if got := d.read(supervisor).Release.Doubts(); len(got) != 2 {
		t.Errorf("who checks it is shown %v", got)
	}
	old := d.seen(staff.Supervisor)
	d.do(staff.Supervisor, complaint.ReturnRelease, "release", old, "note", "小区的名字也去掉。")
	if r := d.read(publisher).Release; r.Stage != complaint.ReturnRelease || r.Back != "小区的名字也去掉。" {
		t.Errorf("returned: %+v", r)
	}
	d.do(staff.Publisher, complaint.WriteRelease, append(releaseText, "release", old)...)
	_, err = d.try(staff.Publisher, complaint.ApproveRelease, "release", d.seen(staff.Publisher))
	refused(t, err, "另一个人")
	if _, err = d.try(staff.Supervisor, complaint.ApproveRelease, "release", old); !fault.Is(err, fault.Conflict) {
		t.Errorf("approved what was not read: %v", err)
	}
	if got := d.ownRelease(receipt); got.Title != "" || !got.Wanted() {
		t.Errorf("the complainant sees a draft: %+v", got)
	}
	d.do(staff.Supervisor, complaint.ApproveRelease, "release", d.seen(staff.Supervisor))
	if got := d.ownRelease(receipt); got.Title != releaseText[1] || d.letters("release_asked") != 1 {
		t.Errorf("the complainant sees %+v", got)
	}
	d.Wait(60 * 24 * time.Hour)
	_, err = d.try(staff.Publisher, complaint.PublishRelease, "release", d.seen(staff.Publisher))
	refused(t, err, "没有同意照这一稿公开") // silence is no yes
	if err := own(complaint.RefuseRelease, "why", "known"); err != nil {
		t.Fatal(err)
	}
	if d.ownRelease(receipt).Title != "" {
		t.Error("refused, it is still shown")
	}
	_, err = d.try(staff.Publisher, complaint.PublishRelease, "release", d.seen(staff.Publisher))
	refused(t, err, "没有同意照这一稿公开")
	d.do(staff.Publisher, complaint.WriteRelease, append(releaseText, "release", d.seen(staff.Publisher))...)
	d.do(staff.Supervisor, complaint.ApproveRelease, "release", d.seen(staff.Supervisor))
	if err := own(complaint.AgreeRelease, "release", old); !fault.Is(err, fault.Conflict) {
		t.Errorf("said yes to another text: %v", err)
	}
	if err := own(complaint.AgreeRelease, "release", d.ownRelease(receipt).Read); err != nil {
		t.Fatal(err)
	}
	if err := own(complaint.RefuseRelease, "why", "known"); !fault.Is(err, fault.Forbidden) || d.ownRelease(receipt).Title == "" {
		t.Errorf("refused after the yes, which is taken back by ending it: %v", err)
	}
	if d.published() != "" {
		t.Error("published before it is")
	}
	d.do(staff.Publisher, complaint.PublishRelease, "release", d.seen(staff.Publisher))
	if d.published() != releaseText[1] {
		t.Errorf("published are %q", d.published())
	}
	found, _, err := d.Portal.Published(t.Context(), complaint.PublishedFilter{Words: "尾款", Unit: "TOWN", Most: 1})
	if err != nil || len(found) != 1 || found[0].Category != "A01" && found[0].Category == "" {
		t.Fatalf("found %v, %v", found, err)
	}
	if none, _, _ := d.Portal.Published(t.Context(), complaint.PublishedFilter{Words: "尾款", Unit: "FIN", Most: 1}); len(none) != 0 {
		t.Error("found under another unit")
	}

	// Taken back, it is gone at once, and so is what the publisher reads.
	if err := own(complaint.EndRelease); err != nil {
		t.Fatal(err)
	}
	if d.published() != "" || !fault.Is(read(publisher), fault.NotFound) {
		t.Error("taken back, it is still read")
	}
	if _, gone, err := d.Portal.PublishedByID(t.Context(), found[0].ID); err != nil || !gone {
		t.Errorf("gone %v, %v", gone, err)
	}
	if _, _, err := d.Portal.PublishedByID(t.Context(), "00000000-0000-4000-8000-000000000000"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an address that there never was: %v", err)
	}
	if err := own(complaint.AllowRelease); err != nil {
		t.Fatal(err)
	}
	if d.published() != "" {
		t.Error("consented anew, the old text stands again")
	}
	d.do(staff.Publisher, complaint.DeclineRelease, "why", "little")
	if d.read(supervisor).Release.Wanted() || !strings.Contains(d.told(complaint.DeclineRelease), "对别人的参考不大") {
		t.Error("declined")
	}
	d.verifyChain()
}

// release writes a text, has it read by another and agreed to, and publishes it.
func (d *desk) release(receipt complaint.Receipt) {
	d.t.Helper()
	own := d.own(receipt)
	d.do(staff.Publisher, complaint.WriteRelease, append(releaseText, "release", d.seen(staff.Supervisor))...)
	d.do(staff.Supervisor, complaint.ApproveRelease, "release", d.seen(staff.Supervisor))
	if err := own(complaint.AgreeRelease, "release", d.ownRelease(receipt).Read); err != nil {
		d.t.Fatal(err)
	}
	d.do(staff.Publisher, complaint.PublishRelease, "release", d.seen(staff.Publisher))
}

// What is never published says so, and what was is hidden by what becomes of the complaint.
func TestWhatIsNeverPublished(t *testing.T) {
	d := newDesk(t)
	receipt := d.toReplied()
	own := d.own(receipt)
	d.many("1")
	d.tampered = true
	for _, barred := range [][2]string{
		{`UPDATE complaint SET nature = 'ACC'`, `UPDATE complaint SET nature = 'RED'`},
		{`UPDATE matter SET flags = flags || '{case_opened}'`, `UPDATE matter SET flags = array_remove(flags, 'case_opened')`},
		{`UPDATE matter SET flags = flags || '{closed_before}'`, `UPDATE matter SET flags = array_remove(flags, 'closed_before')`},
		{`UPDATE matter SET category = 'F01'`, `UPDATE matter SET category = 'A01'`},
		{`UPDATE complaint SET rating_told = 'desk'`, `UPDATE complaint SET rating_told = NULL`},
	} {
		d.owner(barred[0])
		if err := own(complaint.AllowRelease); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.SentenceOf(err), "不能公开") {
			t.Errorf("%s: %v", barred[0], err)
		}
		d.owner(barred[1])
	}
	if err := own(complaint.AllowRelease); err != nil {
		t.Fatal(err)
	}
	// Whom the original names has to go, whatever the finder would let pass elsewhere.
	d.owner(`UPDATE complaint SET facts = facts || '由青禾路桥工程有限公司承建。'`)
	if _, err := d.try(staff.Publisher, complaint.WriteRelease, "title", releaseText[1], "question", "青禾路桥工程有限公司来问。", "reply", releaseText[5], "found", "1"); len(fault.FieldsOf(err)) != 1 || !strings.Contains(fault.FieldsOf(err)[0].Sentence, "原文里的") {
		t.Errorf("who is named in the original stays: %v", err)
	}
	d.release(receipt)
	for _, after := range [][2]string{
		{`UPDATE matter SET flags = flags || '{sealed}'`, `UPDATE matter SET flags = array_remove(flags, 'sealed')`},
		{`UPDATE matter SET state = 'handling'`, `UPDATE matter SET state = 'replied'`},
		{`UPDATE answer SET version = 9`, `UPDATE answer SET version = 1`},
	} {
		d.owner(after[0])
		if d.published() != "" {
			t.Errorf("%s: it still stands", after[0])
		}
		d.owner(after[1])
	}
	if d.published() == "" {
		t.Error("it stands no more")
	}
	_, err := d.try(staff.Publisher, complaint.WriteRelease, append(releaseText, "release", d.seen(staff.Publisher))...)
	refused(t, err, "先撤下")
	d.owner(`UPDATE matter SET unit = 'TOWN-ROADS'`)
	if d.published() != "" {
		t.Error("it stands under a unit that nobody read with it")
	}
	d.owner(`UPDATE matter SET unit = 'TOWN'`)
	// Others who complained of it too have not said yes.
	other := d.File(t, complainttest.Intake()).Number
	d.owner(`INSERT INTO joint (matter_id, seq, main_id, representative) SELECT o.id, 1, m.id, false FROM matter o, matter m WHERE o.number = '` + other + `' AND m.number = '` + d.number + `'`)
	if d.published() != "" {
		t.Error("what several complained of stands")
	}
	d.owner(`DELETE FROM joint`)
	if d.published() == "" {
		t.Error("it stands no more")
	}
	d.do(staff.Publisher, complaint.TakeDownRelease, "note", "写错了")
	if d.published() != "" {
		t.Error("taken down, it still stands")
	}
	// Confided afterwards: it comes back by nothing.
	if err := own(complaint.Confide, "note", "他们说要报复我。"); err != nil {
		t.Fatal(err)
	}
	_, err = d.try(staff.Publisher, complaint.WriteRelease, append(releaseText, "release", d.seen(staff.Publisher))...)
	refused(t, err, "不能公开")
	if words := d.read(d.People[staff.Publisher]); strings.Contains(strings.Join(eventWords(words), " "), "报复") {
		t.Error("a publisher reads what was confided")
	}
}

// What was contested is not shown again by itself, also where the answer is upheld.
func TestWhatWasContestedIsNotPublished(t *testing.T) {
	d := newDesk(t)
	receipt := d.toReplied()
	own := d.own(receipt)
	d.many("1")
	if err := own(complaint.AllowRelease); err != nil {
		t.Fatal(err)
	}
	d.release(receipt)
	if d.published() == "" {
		t.Fatal("nothing is published")
	}
	if err := own(complaint.Contest, "note", "还是没有给钱。"); err != nil {
		t.Fatal(err)
	}
	d.doAs(d.Hire(t, "leader-2", staff.Leader, complainttest.DeskUnit), complaint.Uphold, "body", "县政府", "public", "核实过，原答复适当。")
	if d.state() != "closed" || d.published() != "" {
		t.Errorf("%s, and what was contested stands: %q", d.state(), d.published())
	}
}

// The portal's role publishes nothing by writing the office's events in a complainant's name.
func TestThePortalsRolePublishesNothing(t *testing.T) {
	d := newDesk(t)
	receipt := d.toReplied()
	own := d.own(receipt)
	d.many("1")
	d.tampered = true
	if err := own(complaint.AllowRelease); err != nil {
		t.Fatal(err)
	}
	d.do(staff.Publisher, complaint.WriteRelease, releaseText...)
	d.owner(`INSERT INTO event (matter_id, seq, at, actor, actor_name, role, action, from_state, to_state, public_text, note, data, salt, commitment, prev, hash, key_id)
		SELECT e.matter_id, 99, e.at, 'complainant', '', 'complainant', 'publish_release', 'replied', 'replied', '', '', e.data, e.salt, e.commitment, e.hash, sha256(e.hash), e.key_id
		FROM event e ORDER BY seq DESC LIMIT 1`)
	if d.published() != "" || d.ownRelease(receipt).Title != "" {
		t.Error("a forged event publishes a draft")
	}
	for _, sql := range []string{`SELECT 1 FROM release_text`, `SELECT 1 FROM release_open`, `SELECT release_few(1)`, `INSERT INTO release_text (matter_id, version, seq, written_by, answered, title, question, answer) VALUES (1, 1, 1, 1, 1, 'x', 'x', 'x')`} {
		if tag, err := d.DB.Portal.Exec(t.Context(), sql); err == nil && tag.RowsAffected() > 0 {
			t.Errorf("the portal may %s", sql)
		}
	}
}

func (d *desk) ownRelease(r complaint.Receipt) complaint.OwnRelease {
	d.t.Helper()
	o, err := d.Portal.Own(d.t.Context(), d.open(r), "")
	if err != nil {
		d.t.Fatal(err)
	}
	return o.Release
}

func (d *desk) sees(by staff.Role, action workflow.Action) bool {
	for _, e := range d.read(d.People[by]).Events {
		if e.Action == action {
			return true
		}
	}
	return false
}

func eventWords(d *complaint.Dossier) (all []string) {
	for _, e := range d.Events {
		all = append(all, e.Words, e.Note, e.Public)
	}
	return all
}
