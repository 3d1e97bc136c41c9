// Package binding is the one list of what is said about a matter: the rows that
// each move binds to its event, and that verify reads again. Whoever owns the
// database may change a row; that it was changed is found.
package binding

import (
	"slices"
	"strings"
)

// Part is some columns of a table that together say one thing about a matter.
//
// Only what moves write may be bound: what a job changes by itself, such as
// whether a letter went out, stays out. So does what follows from the rest, such as
// a matter's nearest due time, and what says nothing, such as a row's own id.
type Part struct {
	Name  string
	Word  string // how verify calls it
	Table string
	Key   string // the column with the matter's id; matter_id when empty
	Where string // which of its rows; all when empty

	// Columns by what is needed to write them as text the same way in every session.
	Plain   []string // texts, numbers, yes or no
	Days    []string
	Moments []string
	Lists   []string // of texts
	Papers  []string // long texts, by their SHA-256
	Bytes   []string // by their SHA-256

	// As says how a column is read, where a job may set it too: such a value reads as
	// none.
	As map[string]string

	// Whose moves may change it: those of staff any part, those of complainants (Portal),
	// of members and of the system what they write and no more. A stolen portal vouches
	// for nothing of the office.
	Portal bool
	Member bool
	System bool
	Desk   bool // the moves of staff do write it; what they do not need not be read after each

	ByEvent bool   // each event binds the rows that came with it; their number is the first column, seq
	Single  string // each row is bound by itself, by this column: more are added outside moves, or there are many
	Added   bool   // of the office: its rows are added one at a time, each by itself, and never changed
	Late    bool   // not known to the statement that opens the matter: bound from the first move of the desk
	Sealed  bool   // no process reads it, so only the opening binds it and only the owner verifies it
}

// Parts are everything that is said about a matter.
var Parts = []Part{
	{
		Name: "matter", Word: "标题、单位、类别或者标记", Desk: true, Table: "matter", Key: "id",
		Plain: cols("kind number title unit category"), Moments: cols("opened_at"), Lists: cols("flags"), Member: true, System: true,
	},
	{
		Name: "state", Word: "状态或者办结时间", Desk: true, Table: "matter", Key: "id",
		Plain: cols("state"), Moments: cols("closed_at"), Portal: true, Member: true, System: true,
	},
	{
		Name: "follows", Word: "它由哪一件立案或者拆出", Table: "matter", Key: "id", Where: "follows IS NOT NULL",
		Plain: cols("follows"), Late: true,
	},
	{
		Name: "filing", Word: "投诉的内容", Table: "complaint",
		Plain: cols("channel complainant_kind anonymous confidential edelivery unit_said request facts reasons contract_no" +
			" contract_amount unpaid_amount in_litigation elsewhere origin"),
		Days: cols("contract_date due_on received_on"), Lists: cols("evidence_held"),
	},
	{
		Name: "written", Word: "投诉人怎么写金额和日期", Table: "as_written", Plain: cols("contract_date due_on contract_amount unpaid_amount"),
	},
	{
		Name: "finding", Word: "性质、认定或者处理意见", Desk: true, System: true, Table: "complaint",
		Plain: cols("nature finding decision roster_match"), Moments: cols("happened_at"), Late: true,
	},
	{
		Name: "track", Word: "办理轨道", Desk: true, Table: "complaint", Where: "track IS NOT NULL", Plain: cols("track"), Late: true,
	},
	{
		Name: "rating", Word: "评价", Table: "complaint", Where: "(rating, solved, rating_words) IS DISTINCT FROM (NULL, NULL, '')",
		Plain: cols("rating solved rating_words"), Portal: true,
	},
	{
		Name: "rating_told", Word: "评价说给谁听", Table: "complaint", Where: "rating_told IS NOT NULL", Plain: cols("rating_told"), Portal: true,
	},
	{
		Name: "old", Word: "旧档的记录", Table: "old_record", Plain: cols("number finding decision answer"), Days: cols("closed_on"),
	},
	{
		Name: "identity", Word: "封存的身份", Table: "identity", Bytes: cols("person mailbox"),
	},
	{
		Name: "code", Word: "查询码", Table: "access_code", Bytes: cols("mac"), Sealed: true,
	},
	{
		Name: "clock", Word: "期限", Desk: true, Table: "clock", // counted over which calendar, how and whether surely: a recount notes that without a move where no day changes
		Plain: cols("rule version started_seq right_only stopped_seq"), Days: cols("due_on was_on"), Moments: cols("started_at due_at stopped_at"),
		// The term of a right that ended on its own day is stopped by no event.
		As:     map[string]string{"stopped_at": "(CASE WHEN right_only AND stopped_seq IS NULL AND stopped_at = due_at THEN NULL ELSE stopped_at END)"},
		Portal: true, Member: true, System: true,
	},
	{
		Name: "span", Word: "期限的暂停和延长", Desk: true, Table: "clock_span",
		Plain: cols("seq rule started_seq kind count ground document"), Days: cols("from_on to_on"),
	},
	{
		Name: "term_request", Word: "延期或者暂停的申请", Desk: true, Table: "term_request",
		Plain: cols("seq rule started_seq unit kind count ground document reason"), Days: cols("until_on"),
	},
	{
		Name: "term_decision", Word: "对延期或者暂停的决定", Desk: true, Table: "term_decision", Plain: cols("seq asked granted"),
	},
	{
		Name: "letter", Word: "信件", Desk: true, Table: "letter", // what became of it is the worker's to note
		Plain: cols("seq template recipient message_id"), Moments: cols("created_at"), Portal: true, Member: true, System: true, ByEvent: true,
	},
	{
		Name: "supplement", Word: "补充的材料", Table: "supplement", Plain: cols("seq body guarded"), Portal: true,
	},
	{
		Name: "request", Word: "补正、补充的请求", Desk: true, Table: "request", Plain: cols("no seq kind by_unit"),
	},
	{
		Name: "request_item", Word: "请求的各项", Desk: true, Table: "request_item", Plain: cols("no item words"),
	},
	{
		Name: "request_put", Word: "转出的请求", Desk: true, Table: "request_put", Plain: cols("no seq"), Days: cols("last_on"),
	},
	{
		Name: "request_answer", Word: "请求的哪一项答了", Desk: true, Table: "request_answer", Plain: cols("no item seq guarded"), Portal: true,
	},
	{
		Name: "request_waiver", Word: "不再需要的项", Desk: true, Table: "request_waiver", Plain: cols("no item seq"),
	},
	{
		Name: "request_end", Word: "请求的结束", Desk: true, Table: "request_end", Plain: cols("no seq how"), System: true,
	},
	{
		Name: "follow", Word: "代表委员想跟进的询问", Table: "follow", Plain: cols("seq member_id name words"), System: true,
	},
	{
		Name: "follow_answer", Word: "投诉人对跟进的答复", Table: "follow_answer", Plain: cols("seq asked answer"), Portal: true,
	},
	{
		Name: "bundle", Word: "合并反映的内容", Table: "bundle", Plain: cols("member_id name words"),
	},
	{
		Name: "bundle_complaint", Word: "合并反映里的投诉", Table: "bundle_complaint", Plain: cols("seq complaint asked held"), Member: true,
	},
	{
		Name: "bundle_proposal", Word: "合并反映转成的建议", Desk: true, Table: "bundle_proposal", Plain: cols("seq proposal"),
	},
	{
		Name: "assignment", Word: "派单", Desk: true, Table: "assignment",
		Plain: cols("unit part signed_by"), Moments: cols("started_at signed_at opinion_at ended_at"),
	},
	{
		Name: "in_hand", Word: "经办人", Desk: true, Table: "assignment", Where: "assigned IS NOT NULL", Plain: cols("assigned"), Single: "id", Late: true,
	},
	{
		Name: "joint", Word: "并案", Desk: true, Table: "joint", Plain: cols("seq main_id representative ended_seq"), Portal: true, System: true,
	},
	{
		Name: "passed", Word: "转给拆出的件的话", Desk: true, Table: "passed", Plain: cols("seq of_id of_seq words guarded"),
	},
	{
		Name: "answer", Word: "答复", Desk: true, System: true, Table: "answer",
		Plain: cols("seq version drafted_by unit finding decision facts opinion basis demand"), Moments: cols("sent_at"),
	},
	{
		Name: "release_text", Word: "公开稿", Desk: true, Table: "release_text", Plain: cols("seq version written_by answered category unit title question answer"),
	},
	{
		Name: "cited", Word: "选的法律依据", Desk: true, Table: "cited", Plain: cols("seq no article version words"),
	},
	{
		Name: "opening", Word: "身份的查看记录", Desk: true, Table: "identity_opening",
		Plain: cols("seq opened_by approved_by reason"), Moments: cols("opened_at"),
	},
	{
		Name: "bar", Word: "回避", Desk: true, Table: "matter_bar", Plain: cols("unit staff_id how seq released_seq"), Single: "id", Late: true,
	},
	{
		Name: "case", Word: "立案的依据或者整改期限", Desk: true, Table: "discipline_case", Plain: cols("ground"), Days: cols("rectify_by"),
	},
	{
		Name: "draft", Word: "警示函的草稿", Desk: true, Table: "warning_draft",
		Plain: cols("seq version drafted_by facts basis demand consequences tier months"), Days: cols("deadline"),
	},
	{
		Name: "proposal", Word: "建议提案的内容", Table: "proposal", Plain: cols("source term meeting serial designation content part_of"),
	},
	{
		Name: "point", Word: "建议的各点", Table: "proposal_point", Plain: cols("no said"),
	},
	{
		Name: "signer", Word: "谁提的", Table: "proposal_signer", Plain: cols("no name member_id"),
	},
	{
		Name: "leaving", Word: "退出联名", Desk: true, Table: "proposal_leaving", Plain: cols("seq no"),
	},
	{
		Name: "reply", Word: "答复稿", Desk: true, Table: "proposal_answer", Plain: cols("seq version drafted_by unit summary contact"),
	},
	{
		Name: "reply_point", Word: "逐点的答复", Desk: true, Table: "proposal_answer_point", Plain: cols("seq no class reply"), Days: cols("promised_on"),
	},
	{
		Name: "feedback", Word: "反馈", Desk: true, Table: "proposal_feedback", Plain: cols("seq attitude result consent words"), Member: true,
	},
	{
		Name: "lead", Word: "媒体线索的内容", Table: "press_lead", Plain: cols("member_id name outlet unit known"), Days: cols("wanted_by embargo_from"),
	},
	{
		Name: "question", Word: "记者问的", Desk: true, Member: true, Table: "press_question", Plain: cols("seq no said"),
	},
	{
		Name: "statement", Word: "说明稿", Desk: true, Table: "press_statement", Plain: cols("seq version drafted_by unit body contact"),
	},
	{
		Name: "publication", Word: "登记的刊播", Desk: true, Member: true, Table: "press_publication", Plain: cols("seq no title outlet link dropped"), Days: cols("appeared_on"),
	},
	{
		Name: "promise", Word: "承诺", Desk: true, Portal: true, Table: "promise", Plain: cols("seq no unit"), Days: cols("due_on"),
	},
	{
		Name: "promise_what", Word: "答应的是什么", Desk: true, Portal: true, Table: "promise", Where: "what <> ''", Plain: cols("what"),
	},
	{
		Name: "promise_line", Word: "答复稿或者协议里答应的", Desk: true, Table: "promise_line", Plain: cols("seq no what"), Days: cols("due_on"),
	},
	{
		Name: "settlement", Word: "和解协议", Desk: true, Table: "settlement", Plain: cols("seq unit document words"), Days: cols("agreed_on"),
	},
	{
		Name: "settlement_step", Word: "和解协议的确认", Desk: true, Portal: true, System: true, Table: "settlement_step", Plain: cols("settled how seq"),
	},
	{
		Name: "promise_doubt", Word: "投诉人说没有办到的", Portal: true, Table: "promise_doubt", Plain: cols("seq promised no"),
	},
	{
		Name: "promise_outcome", Word: "承诺办得怎样", Desk: true, Portal: true, Table: "promise_outcome",
		Plain: cols("promised no seq outcome words evidence"), Days: cols("done_on"),
	},
	{
		Name: "transfer", Word: "转送到哪里", Desk: true, Table: "transfer", Plain: cols("seq body document"),
	},
	{
		Name: "transfer_receipt", Word: "转送的回执", Desk: true, Table: "transfer_receipt", Plain: cols("seq transferred received_by number"), Days: cols("received_on"),
	},
	{
		Name: "inquiry", Word: "请别的单位协查的内容", Table: "inquiry", Plain: cols("sort words facts shared proposed"),
	},
	{
		Name: "invitation", Word: "邀请的内容", Table: "invitation", Plain: cols("sort asked area"),
	},
	{
		Name: "invitation_unit", Word: "邀请涉及的单位", Table: "invitation_unit", Plain: cols("unit"),
	},
	{
		Name: "invitation_date", Word: "邀请的日子和地方", Desk: true, Table: "invitation_date", Plain: cols("seq hour place"), Days: cols("held_on reply_by report_by"),
	},
	{
		Name: "invitee", Word: "受邀的人", Desk: true, Table: "invitee", Plain: cols("seq no name member_id"),
	},
	{
		Name: "invitee_said", Word: "受邀的人的答复和报告", Desk: true, Member: true, ByEvent: true, Table: "invitee_said", Plain: cols("seq no said words suggests"),
	},
	{
		Name: "document", Word: "文书", Desk: true, Table: "document",
		Plain: cols("seq kind prefix year serial number title digest signed_by served_seq served_how"), Days: cols("served_on"),
		Moments: cols("signed_at"), Papers: cols("paper html"),
	},
	{
		Name: "notice", Word: "公示", Desk: true, Table: "notice",
		Plain: cols("id kind title issuer number addressee body digest document_id unit taken_down_reason"), Days: cols("until"),
		Moments: cols("published_at taken_down_at"), Papers: cols("paper"),
	},
	{
		Name: "notice_beside", Word: "公示文书的附注", Desk: true, Table: "notice", Where: "also <> ''", Plain: cols("also"),
	},
}

// Office is what is done to the office itself and belongs to no matter. Its changes
// hang on the daybook. What comes with migrations alone is not in it: the kinds and
// states of matters, roles, categories, rules of clocks, the budget of openings.
var Office = []Part{
	{
		Name: "account", Word: "账号", Table: "staff", // not what every login writes: its last step, and until when the password waits
		Plain: cols("login name role unit"), Moments: cols("created_at disabled_at"), Papers: cols("password_hash"), Bytes: cols("totp_sealed"), Single: "login",
	},
	{
		Name: "act", Word: "账号的变动记录", Table: "staff_act",
		Plain: cols("by_id staff_id act reason change"), Moments: cols("at"), Single: "id",
	},
	{
		Name: "absence", Word: "请假和代办的记录", Table: "absence",
		Plain: cols("staff_id stand_in by_id"), Days: cols("from_on to_on"), Moments: cols("at"), Single: "id",
	},
	{
		Name: "absence_end", Word: "提前结束请假的记录", Table: "absence_end", Plain: cols("by_id"), Moments: cols("at"), Single: "absence_id",
	},
	{
		Name: "post", Word: "任职的记录", Table: "staff_post", Plain: cols("staff_id unit"), Days: cols("bars_to"), Moments: cols("left_at"),
	},
	{
		Name: "unit", Word: "单位", Table: "unit",
		Plain: cols("code name kind parent region uscc complainable handles successor confirmed document_prefix mailbox"), Days: cols("valid_from valid_to"),
		Lists: cols("alias"), Single: "code",
	},
	{
		Name: "unit_act", Word: "单位的变动记录", Table: "unit_act", Plain: cols("by_id unit act change reason"), Days: cols("since"), Moments: cols("at"), Single: "id",
	},
	{
		Name: "conflict", Word: "利害关系", Table: "unit_conflict", Plain: cols("unit other reason"), Moments: cols("declared_at"),
	},
	{
		Name: "synonym", Word: "别的叫法", Table: "synonym", Plain: cols("purpose said means"),
	},
	{
		Name: "setting", Word: "设置", Table: "setting", Plain: cols("value"), Moments: cols("updated_at"), Single: "key",
	},
	{
		Name: "calendar", Word: "放假安排", Table: "calendar_version",
		Plain: cols("year version status source digest by_id"), Days: cols("off work"), Moments: cols("imported_at"), Single: "id",
	},
	{
		Name: "clock_rule", Word: "期限规则", Table: "clock_rule",
		Plain: cols("code version title track start_event end_event limit_count unit fixed_on max_extension max_total max_times within approver basis confidence" +
			" right_only waits by_id reason"), Days: cols("valid_from valid_to"), Moments: cols("made_at"),
	},
	{
		Name: "law", Word: "法律依据里的法律", Table: "law", Plain: cols("code version name short issued confirmed by_id reason"), Days: cols("valid_from valid_to"), Moments: cols("made_at"),
	},
	{
		Name: "law_article", Word: "法律依据里的条款", Table: "law_article", Plain: cols("code version law number subject confirmed sort by_id reason"),
		Days: cols("valid_from valid_to"), Moments: cols("made_at"), Lists: cols("categories outcomes"),
	},
	{
		Name: "outside_body", Word: "其他机关的名录", Table: "outside_body", Plain: cols("code version name purpose contact confirmed by_id reason"),
		Days: cols("valid_from valid_to"), Moments: cols("made_at"), Lists: cols("alias categories"),
	},
	{
		Name: "category_version", Word: "投诉类别", Table: "category_version", Plain: cols("code version title plain description basis basis_confirmed evidence way_out by_id reason"),
		Days: cols("valid_to"), Moments: cols("made_at"),
	},
	{
		Name: "text_block", Word: "常用语", Table: "text_block", Plain: cols("code version title body retired by_id reason"), Moments: cols("made_at"), Lists: cols("places categories outcomes articles"),
	},
	{
		Name: "member", Word: "代表委员和记者的名册", Table: "member",
		Plain: cols("kind name congress_session credential_number outlet delegation ended_why"), Days: cols("valid_from valid_to"), Single: "id",
	},
	{
		Name: "member_account", Word: "代表委员和记者的账号", Table: "member_account",
		Bytes: cols("mailbox mailbox_mac code_mac"), Moments: cols("changed_at closed_at"), Single: "member_id",
	},
	{
		Name: "member_act", Word: "代表委员和记者账号的变动记录", Table: "member_act",
		Plain: cols("by_id member_id act reason"), Moments: cols("at"), Single: "id",
	},
	{
		Name: "notice", Word: "公示", Table: "notice", Where: "matter_id IS NULL",
		Plain: cols("kind title issuer number addressee body digest document_id unit taken_down_reason"), Days: cols("until"),
		Moments: cols("published_at taken_down_at"), Papers: cols("paper"), Single: "id",
	},
	{
		Name: Export, Word: "导出的记录", Table: "export",
		Plain: cols("staff_id role kind asked"), Moments: cols("at"), Lists: cols("said"), Single: "id", Added: true,
	},
	{
		Name: ExportEnd, Word: "导出结束的记录", Table: "export_end", Plain: cols("matters how"), Moments: cols("at"), Single: "export_id", Added: true,
	},
}

// The parts of the office whose rows are only ever added.
const (
	Export    = "export"
	ExportEnd = "export_end"
)

func cols(names string) []string { return strings.Fields(names) }

// Columns are the part's columns in the order in which a row has them.
func (p Part) Columns() []string {
	return slices.Concat(p.Plain, p.Days, p.Moments, p.Papers, p.Bytes, p.Lists)
}

func (p Part) key() string {
	if p.Key == "" {
		return "matter_id"
	}
	return p.Key
}

// sql reads the part's rows of the matters that fit: its name, the matter's id, the
// row's own id where each is bound by itself, and the columns as texts.
func (p Part) sql(fit string) string {
	id := "''"
	if p.Single != "" {
		id = p.Single + "::text"
	}
	var texts []string
	add := func(format string, names []string) {
		for _, name := range names {
			if as, otherwise := p.As[name]; otherwise {
				name = as
			}
			texts = append(texts, strings.ReplaceAll(format, "%", name))
		}
	}
	add("%::text", p.Plain)
	add("to_json(%) #>> '{}'", p.Days)
	add("to_json(% AT TIME ZONE 'UTC') #>> '{}'", p.Moments)
	add("encode(sha256(convert_to(%, 'UTF8')), 'hex')", p.Papers)
	add("encode(sha256(%), 'hex')", p.Bytes)
	row := "ARRAY[" + strings.Join(texts, ", ") + "]"
	for _, name := range p.Lists {
		row += " || cardinality(" + name + ")::text || " + name
	}
	sql := "SELECT '" + p.Name + "' AS part, " + p.key() + " AS matter, " + id + " AS id, " + row + " AS columns FROM " + p.Table +
		" WHERE " + p.key() + fit
	if p.Where != "" {
		sql += " AND " + p.Where
	}
	return sql
}
