// Package complaint is the 投诉件: what a person says a unit did, from the
// filing to the answer and the rating. Who the person is lives elsewhere,
// sealed (package identity).
package complaint

import (
	"context"
	"slices"

	"zhengxin/internal/form"
	"zhengxin/internal/identity"
	"zhengxin/internal/key"
	"zhengxin/internal/promise"
	"zhengxin/internal/register"
	"zhengxin/internal/request"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Channel is how a complaint reached the office.
type Channel string

// The channels; the table's CHECK has the same.
const (
	Web       Channel = "web"
	Hotline   Channel = "hotline"
	LetterBox Channel = "letter_box"
	Email     Channel = "email"
	Visit     Channel = "visit"
	OtherBody Channel = "other_body"
	Import    Channel = "import"
)

// addressee is whom sentences about a complaint of this channel speak to: on
// the web to the complainant, else to a clerk, of the complainant.
func (c Channel) addressee() form.Addressee {
	if c == Web {
		return form.You
	}
	return "投诉人"
}

// ByHand are the channels of registering by hand, with their words.
var ByHand = []workflow.Option{
	{Value: string(Hotline), Label: "热线电话"}, {Value: string(LetterBox), Label: "举报箱、来信"},
	{Value: string(Email), Label: "电子邮件"}, {Value: string(Visit), Label: "来访"}, {Value: string(OtherBody), Label: "其他机关转来"},
}

// Channels are all channels, with their words.
var Channels = append(append([]workflow.Option{{Value: string(Web), Label: "网上"}}, ByHand...), workflow.Option{Value: string(Import), Label: "旧数据导入"})

// Kinds of complainants, with their words.
var Kinds = []workflow.Option{
	{Value: "citizen", Label: "公民个人"}, {Value: "enterprise", Label: "企业"}, {Value: "npc_deputy", Label: "人大代表"},
	{Value: "cppcc_member", Label: "政协委员"}, {Value: "media", Label: "新闻媒体"}, {Value: "other_org", Label: "其他单位或组织"},
}

// Held are the papers a complainant may say they hold, until files can be sent.
var Held = []workflow.Option{
	{Value: "contract", Label: "合同、协议"}, {Value: "acceptance", Label: "验收单、结算书"}, {Value: "payment", Label: "付款记录、对账单、欠条"},
	{Value: "official", Label: "政府文件、会议纪要、批复、承诺函"}, {Value: "judgment", Label: "判决书、裁决书"},
	{Value: "talk", Label: "聊天记录、录音、照片"}, {Value: "other", Label: "其他"},
}

// Secrecies are the answers to whether one wants confidentiality, with what each changes.
// Either way the identity is sealed and no handling unit reads it here: what is decided
// is whether the office that can open it may tell them when they have to verify.
var Secrecies = []struct{ Value, Label, Means string }{
	{"yes", "要求保密", "承办单位不会知道{who}是谁；要核实，由监督人员找{who}。"},
	{"no", "不要求保密", "在平台上照样封存，承办单位照样看不到；只是承办人要当面核实时，监督人员可以把{who}的姓名和电话告诉他。"},
}

// SecrecyMeans is what that answer changes.
func SecrecyMeans(confidential bool, to form.Addressee) string {
	s := Secrecies[1]
	if confidential {
		s = Secrecies[0]
	}
	return to.Says(s.Means)
}

// UnknownUnit is the choice “不在名单里” when the directory does not have the unit.
const UnknownUnit = "unknown"

// Who is the first step: in which capacity somebody complains.
type Who struct {
	Kind      string `field:"complainant_kind" label:"{who}的身份" ask:"请选{who}是谁" validate:"required,oneof=citizen enterprise npc_deputy cppcc_member media other_org"`
	Anonymous string `field:"anonymous" label:"留不留姓名" ask:"请选留姓名还是不留" validate:"required,oneof=yes no"`
}

// Story is the second step: what happened, and who did it.
type Story struct {
	Unit     string `field:"unit" label:"投诉哪个单位" ask:"请写投诉哪个单位。不知道全名，写{who}叫它的名字，再从下面选" validate:"required,max=40"`
	UnitSaid string `field:"unit_name" label:"单位名称" validate:"max=60,hanline"`
	Category string `field:"category" label:"是哪一类" ask:"请选是哪一类的事；分不清的选“其他”" validate:"required,max=8"`
	Title    string `field:"title" label:"标题" ask:"请用一句话写是什么事，例如：修路款三年没有付清" validate:"required,max=60,hanline"`
	Request  string `field:"request" label:"{who}的要求" ask:"请写{who}要求怎么办，例如：付清剩余工程款" validate:"required,max=1000,hantext"`
	Facts    string `field:"facts" label:"事情经过" ask:"请写事情的经过：什么时候、哪个单位、做了什么、现在怎样" validate:"required,max=10000,hantext"`
	Reasons  string `field:"reasons" label:"理由和依据" validate:"max=5000,hantext"`
}

// Contract is the third step: contract, money and other proceedings.
type Contract struct {
	ContractNo     string       `field:"contract_no" label:"合同编号" validate:"max=60,hanline"`
	ContractDate   form.Date    `field:"contract_date"`
	ContractAmount *form.Amount `field:"contract_amount"`
	DueOn          form.Date    `field:"due_on"`
	UnpaidAmount   *form.Amount `field:"unpaid_amount"`
	AsWritten      AsWritten
	InLitigation   string `field:"in_litigation" label:"有没有起诉或者仲裁" ask:"请选有没有起诉或者仲裁" validate:"required,oneof=no pending decided"`
	Elsewhere      string `field:"elsewhere" label:"还向哪里反映过" validate:"max=500,hantext"`
}

// AsWritten is how somebody says what the fields of the same names hold, where that is
// less exact than they are.
type AsWritten struct{ ContractDate, DueOn, ContractAmount, UnpaidAmount string }

// Contact is the step about reaching the complainant. Which fields must be
// there depends on kind and anonymity; see Faults.
type Contact struct {
	Name             string `field:"name" label:"姓名" validate:"max=60,hanline"`
	Phone            string `field:"phone" label:"电话" validate:"omitempty,phone"`
	Email            string `field:"email" label:"电子邮箱" validate:"omitempty,email"`
	Address          string `field:"address" label:"住址" validate:"max=200,hanline"`
	Organisation     string `field:"organisation" label:"单位名称" validate:"max=100,hanline"`
	USCC             string `field:"uscc" label:"统一社会信用代码" validate:"omitempty,uscc"`
	PressCard        string `field:"press_card" label:"记者证号" validate:"max=40,hanline"`
	CongressSession  string `field:"congress_session" label:"届次" validate:"max=40,hanline"`
	CredentialNumber string `field:"credential_number" label:"证件号" validate:"omitempty,credential"`
	Confidential     string `field:"confidential" label:"要不要保密" ask:"请选要不要保密" validate:"required,oneof=yes no"`
	EDelivery        bool   `field:"edelivery_consent" label:"同意电子送达"`
	Sure             form.Sure
}

// Intake is a complaint as it comes in, by whatever channel.
type Intake struct {
	Channel  Channel
	Received form.Date // entered by hand or imported: the day it came; none is today
	Who      Who
	Story    Story
	Contract Contract
	Held     []string // values of Held
	Contact  Contact
	Origin   string // an import's own id
	Happened string // an import's old time, RFC 3339, kept as data
	Old      OldRecord
}

// person is the part that is sealed.
func (c Contact) person() identity.Person {
	return identity.Person{
		Name: c.Name, Phone: c.Phone, Email: c.Email, Address: c.Address, Organisation: c.Organisation, USCC: c.USCC,
		PressCard: c.PressCard, CongressSession: c.CongressSession, CredentialNumber: c.CredentialNumber,
		Meant: c.Confirmed(),
	}
}

// Register holds the complaints of one process: the portal's files and shows
// one at a time, the desk's sees what each person may.
type Register struct {
	register.Register
	Codes  key.Codes
	Sealer identity.Sealer
	learnt *learnt
}

// New is the register of complaints of an office.
func New(o register.Office, codes key.Codes, sealer identity.Sealer) *Register {
	return &Register{register.Register{Office: o, Kind: Kind}, codes, sealer, &learnt{}}
}

// Kind declares the register.
var Kind = &register.Kind{
	Law:     Law,
	Path:    "complaints",
	Letters: "JX",
	Reads:   []register.Reader{{Role: staff.Auditor}, {Role: staff.Publisher, Consented: true}, {Role: staff.DisciplineOfficer, Flags: []string{Substantiated, CaseOpened, staff.Sealed, FalselyClosed}}},
	Views: append([]register.View{
		{Name: "complainant", Label: "等投诉人", State: SupplementRequired},
		{Name: "answered", Label: "答复未评价", State: Replied},
		{Name: ViewRated, Label: "已评价待办结", State: Rated},
		{Name: ViewToCase, Label: "属实待立案", For: OpenCase, Task: "决定是否立案", Where: `'` + Substantiated + `' = ANY (m.flags) AND NOT m.flags && '{` + CaseOpened + `,` + CaseDeclined + `}'::text[]`}, // as the index matter_to_case has it
		{Name: "declined", Label: "不予立案", For: OpenCase, Where: `m.flags && '{` + Substantiated + `,` + CaseOpened + `,` + staff.Sealed + `}'::text[] AND '` + CaseDeclined + `' = ANY (m.flags)`}, // as the index matter_declined has it
		viewRecheck, viewReferred,
		{Name: "settling", Label: "和解协议待转", For: PutSettlement, Task: "核对协议，转给投诉人", Where: settleFacts[Agreement]},
		{Name: "promised", Label: "承诺跟踪", For: promise.End, Where: promise.Facts[promise.Promised]},
		{Name: "promise_soon", Label: "承诺快到期", For: promise.End, Task: "看办到没有", Where: promise.Soon},
		{Name: "owed", Label: "承诺没办到", For: promise.End, Task: "督促办到", Where: promise.Facts[promise.Owed]},
		{Name: "doubted", Label: "说没有办到", For: promise.Uphold, Task: "核实有没有办到", Where: promise.DoubtFacts[promise.Doubted]},
		{Name: "release", Label: "同意公开的", For: ApproveRelease, Where: `m.id IN (SELECT o.matter_id FROM release_open o)`},
		{Name: "release_due", Label: "公开稿待写", For: WriteRelease, Task: "写公开稿", Where: `m.id IN (SELECT o.matter_id FROM release_open o WHERE o.action IN ('allow_release', 'return_release', 'refuse_release'))`},
		{Name: "release_check", Label: "公开稿待核对", For: ApproveRelease, Task: "核对公开稿", Where: `m.id IN (SELECT o.matter_id FROM release_open o WHERE o.action = 'write_release')`},
	}, slices.Concat(closingViews, officeViews, register.Pressed)...),
	Closed: closedSQL,
	// What somebody wrote who withdraws may tell who pressed for it.
	Words: `(SELECT x.body FROM supplement x WHERE x.matter_id = e.matter_id AND x.seq = e.seq AND (@unit = '' OR NOT x.guarded)
		UNION ALL SELECT p.words FROM passed p WHERE p.matter_id = e.matter_id AND p.seq = e.seq AND (@unit = '' OR NOT p.guarded))`,
	Hides: `EXISTS (SELECT FROM passed p WHERE p.matter_id = e.matter_id AND p.seq = e.seq AND p.guarded)`,
	Apart: `(EXISTS (SELECT FROM supplement x WHERE x.matter_id = e.matter_id AND x.seq = e.seq AND x.guarded)
		OR EXISTS (SELECT FROM passed p WHERE p.matter_id = e.matter_id AND p.seq = e.seq AND p.guarded))`,
	Guarded: `(EXISTS (SELECT FROM supplement x WHERE e.action = 'supplement' AND x.matter_id = e.matter_id AND x.seq = e.seq AND x.guarded)
		OR EXISTS (SELECT FROM passed p WHERE p.matter_id = e.matter_id AND p.seq = e.seq AND p.guarded))`,

	Row:      `(SELECT jsonb_build_object('Finding', c.finding, 'Rating', c.rating, 'Solved', c.solved) FROM complaint c WHERE c.matter_id = p.id)`,
	Nameless: Anonymous,
	Texts:    texts,
	Figures:  figures,
	Report: &register.Report{
		Replies: []workflow.Action{Reply, AnswerJoined}, HandsIn: []workflow.Action{ApproveAnswer}, Terms: pressing.Answers, Apart: `('` + ClosedBefore + `' = ANY (m.flags) OR NOT ` + countsItself + `)`,
		Led:    answeredFor,
		Rated:  "rating",
		True:   []string{"finding=substantiated", "finding=mostly"},
		Office: ours.Terms,
		False:  `'` + FalselyClosed + `' = ANY (m.flags)`,
	},
	Given:    true,
	Requests: true,
	Table:    "complaint",
	Details: []register.Detail{
		{Name: "track", Label: "办理轨道", Column: "track", Options: Tracks, Apart: true}, // it says how a complaint came and from whom, more than the terms that a unit has to keep
		{Name: "channel", Label: "来的渠道", Column: "channel", Options: Channels, Apart: true},
		{Name: "complainant", Label: "投诉人的身份", Column: "complainant_kind", Options: Kinds, Apart: true},
		{Name: "unpaid", Label: "欠款金额", Column: "unpaid_amount"},
		{Name: "contract", Label: "合同金额", Column: "contract_amount"},
	},
	Promises: true,
	Checks:   map[workflow.Action]register.Check{DraftAnswer: checkAnswer, SettleAgreement: checkAgreement, OpenInquiry: checkInquiry},
	Effects: map[workflow.Action]register.Effect{
		Accept:            accept,
		SettleUnit:        settle,
		Join:              join,
		RecordRecheck:     recordRecheck,
		RecordChange:      recordRecheck,
		SplitUp:           splitUp,
		SplitMore:         splitMore,
		TakePart:          takePart,
		PassSealed:        passSealed,
		NoteConcluded:     noteConcluded,
		LeavePart:         leavePart,
		Rejoin:            rejoin,
		SettleAgreement:   reportAgreement,
		PutSettlement:     putAgreement,
		RefuseSettlement:  refuseAgreement,
		Unsettle:          unsettleAgreement,
		ReferDiscipline:   following(seal, overAgreement, endPromises("投诉移送了")),
		Seal:              seal,
		Transfer:          following(transfer, overAgreement, endPromises("投诉转送了")),
		Redirect:          following(redirect, endPromises("投诉转走法定途径了")),
		Reject:            reject,
		NoteReceipt:       noteReceipt,
		HandedBack:        handedBack,
		AskSupplement:     askSupplement,
		EndUnsupplemented: endAsked(request.Lapsed, everyRequest),
		Recall:            following(endAsked(request.Over, request.Request.Proposed), overAgreement),
		AgreeReturn:       following(endAsked(request.Over, request.Request.Proposed), overAgreement),
		CorrectNature:     correctNature,
		DraftAnswer:       draftAnswer,
		ApproveAnswer: func(ctx context.Context, _ *register.Register, s *workflow.Step, _ workflow.Answers) error {
			_, err := fit(ctx, s)
			return err
		},
		Reply:        reply,
		Close:        closeDoubted,
		FindFalse:    foundFalse,
		SendAgain:    sendAgain,
		WriteRelease: writeRelease,
	},
}

// Row is what a list shows of a complaint beside what it shows of any matter.
type Row struct{ Finding, Rating, Solved string }

// texts are where a complaint's words stand: of answers, the one that is worked on or was
// sent last. What Dossier.Read keeps from a handling unit is guarded; a test compares the two.
var texts = search.Texts{
	Called: "正文、答复、金额",
	All: []search.Text{
		{Label: "要求", SQL: said(`c.request`), Part: search.Story},
		{Label: "事情经过", SQL: said(`c.facts`), Part: search.Story},
		{Label: "理由和依据", SQL: said(`c.reasons`)},
		{Label: "合同编号", SQL: said(`c.contract_no`), Part: search.Story, Exact: search.Contract},
		{Label: "合同总价", SQL: said(yuan(`c.contract_amount`)), Part: search.Story, Exact: search.Sum},
		{Label: "还欠", SQL: said(yuan(`c.unpaid_amount`)), Part: search.Story, Exact: search.Sum},
		{Label: "还向哪里反映过", SQL: said(`c.elsewhere`)},
		{Label: "投诉人写的单位", SQL: said(`c.unit_said`), Guarded: true},
		{Label: "补充说明", SQL: supplemented(`NOT x.guarded`)},
		{Label: "请补充的各项", SQL: request.ItemsSQL, Guarded: true},
		{Label: "答复", SQL: `(SELECT ARRAY[a.facts, a.opinion, a.basis, a.demand] FROM answer a WHERE a.matter_id = m.id ORDER BY a.version DESC LIMIT 1)`, Part: search.Answer},
		{Label: "只给监督人员看的话", SQL: supplemented(`x.guarded`), Guarded: true},
		{Label: "旧档", SQL: `(SELECT ARRAY[o.number, o.answer] FROM old_record o WHERE o.matter_id = m.id)`, Guarded: true},
	},
}

// supplemented are the words that were added, here or passed on from the whole, that are so.
func supplemented(so string) string {
	return `ARRAY(SELECT x.words FROM (SELECT s.seq, s.body AS words, s.guarded FROM supplement s WHERE s.matter_id = m.id
		UNION ALL SELECT p.seq, p.words, p.guarded FROM passed p WHERE p.matter_id = m.id AND p.words <> '') x WHERE ` + so + ` ORDER BY x.seq)`
}

// said is a column of the complaint as filed.
func said(column string) string {
	return `(SELECT ARRAY[` + column + `] FROM complaint c WHERE c.matter_id = m.id)`
}

// yuan writes an amount as pages do.
func yuan(fen string) string { return `to_char(` + fen + ` / 100.0, 'FM999,999,999,990.00') || ' 元'` }

// The views that the home page leads to.
const (
	ViewRated  = "rated"   // rated and not yet closed
	ViewToCase = "to_case" // found true, and not decided yet whether a case is opened
)
