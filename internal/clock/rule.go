package clock

import (
	"fmt"
	"slices"
	"time"
)

// Code names a clock rule; the codes are those of the law's own table.
type Code string

// The rules that the complaint's own moves start and stop.
const (
	PlatformRegister Code = "PF-REG"     // our promise: filed → registered
	PlatformAccept   Code = "PF-ACC"     // our promise: filed → acceptance decided
	PlatformAnswer   Code = "PF-DO"      // our promise: accepted → replied
	PetitionNotice   Code = "XF-NOTICE"  // law: received → complainant told in writing
	PetitionObject   Code = "XF-OBJ"     // law: transfer received → unit objects
	PetitionConclude Code = "XF-DO"      // law: accepted → concluded
	ReviewAnswer     Code = "XF-RV"      // law: review asked for → review answered
	PetitionReview   Code = "XF-RVAPP"   // law: reply received → complainant asks for review
	PetitionRecheck  Code = "XF-RCAPP"   // law: review answered → complainant asks for a recheck
	RecheckAnswer    Code = "XF-RC"      // law: recheck asked for → recheck answered
	Supplementing    Code = "PF-SUP"     // our rule: asked to supplement → supplemented
	Supervised       Code = "SUPERVISED" // a unit is supervised → it has answered
	Pausing          Code = "PF-PAUSE"   // a term stands still → it runs on
	Settling         Code = "PF-SETTLE"  // our rule: an agreement is put to whoever complained → answered
	QuestionPut      Code = "PF-ASK"     // our rule: a question reaches whoever complained → answered
	TransferReceipt  Code = "XFER-ACK"   // our rule: handed on to a body outside → it has it
	UnitAssists      Code = "PF-ASSIST"  // our promise: another unit is asked to look into something → it answers
	ClosingVerified  Code = "PF-VERIFY"  // our promise: a closure is doubted → it is verified
	UnitConsulted    Code = "PF-CONSULT" // our promise: another unit is asked what it thinks → it answers
)

// The rules that complaints of some tracks have: see Choice.
const (
	PaymentExamine  Code = "SME-EXAM" // measures of 2021: received → acceptance decided
	PaymentTransfer Code = "SME-XFER" // law: accepted → given to who handles it
	PaymentAnswer   Code = "SME-DO"   // law: material received → answered
	BusinessGive    Code = "BE-XFER"  // law: received → given to who handles it
	BusinessAnswer  Code = "BE-DO"    // law: received → answered
	HotlineGive     Code = "HL-DISP"  // 12345: accepted → given to a unit
	HotlineSign     Code = "HL-SIGN"  // 12345: given → signed for
	HotlineInquiry  Code = "HL-INQ"   // 12345: signed for → an inquiry answered
	HotlineHelp     Code = "HL-HLP"   // 12345: signed for → a request for help, a suggestion answered
	HotlineAnswer   Code = "HL-CMP"   // 12345: signed for → a complaint answered
)

// The rules of what is referred to 纪检监察, of a report by name alone.
const (
	DisciplineAccept Code = "DISC-ACK" // law: report received → told whether it is accepted
	DisciplineResult Code = "DISC-FB"  // law: concluded → told the result
)

// The rules of proposals.
const (
	DeputyAnswer        Code = "NPC-STD"    // law: handed over → answered
	DeputyAnswerHard    Code = "NPC-CPX"    // law: the same, where many are concerned or it is hard
	CommitteeAnswer     Code = "CPPCC-STD"  // by custom as for deputies
	CommitteeAnswerHard Code = "CPPCC-CPX"  // likewise
	CoAnswer            Code = "CO-OPINION" // custom: handed over → the helping units' opinions
	ProposalReturn      Code = "PROP-OBJ"   // custom: received → the unit objects
	AnswerAgain         Code = "PROP-REDO"  // custom: dissatisfied → answered again
	BundleReply         Code = "BUNDLE-REP" // a deputy's bundle sent → the office replies
	Feedback            Code = "PROP-FB"    // our rule: answer served → what its signers say
)

// The rules of what the media ask and agree on.
const (
	PressStatement Code = "PRESS-STD"   // by custom: asked → stated
	PressMore      Code = "PRESS-MORE"  // the same, of what is asked once more or put right
	Embargo        Code = "EMBARGO"     // the journalist's: until when nothing is published
	EmbargoLongest Code = "EMBARGO-MAX" // our rule: how far away that day may be
)

// Bounds are the rules that start no clock: each says how far away a day may be that
// somebody chooses.
var Bounds = []Code{EmbargoLongest}

// Promise is the term of what somebody promised for a day: promised → kept.
const Promise Code = "PROMISE"

// The days that an invitation says.
const (
	InviteReply  Code = "INV-REPLY"  // invited → answered
	InviteDay    Code = "INV-DAY"    // invited → held
	InviteReport Code = "INV-REPORT" // held → reported
)

// Unit is what a rule counts.
type Unit string

// The units of counting.
const (
	WorkingDays Unit = "WD"
	NaturalDays Unit = "ND"
	Months      Unit = "MO"
	Hours       Unit = "H"
	Fixed       Unit = "FIXED" // a day of every year, in FixedOn
	Given       Unit = "GIVEN" // a day that the matter itself says
)

// Units are all there are; the table's CHECK is held to them.
func Units() []Unit { return []Unit{WorkingDays, NaturalDays, Months, Hours, Fixed, Given} }

// Confidence says how far the legal basis was checked against the text.
type Confidence string

// High was read in the text, Medium in secondary sources, Low not at all;
// Design is the platform's own promise, which no law prescribes.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
	Design Confidence = "design"
)

// Confidences are all there are; the table's CHECK is held to them.
func Confidences() []Confidence { return []Confidence{High, Medium, Low, Design} }

// Doubt is what is said beside a basis that was not read in the text itself; empty where it
// was, and of what we promise.
func (c Confidence) Doubt() string {
	switch c {
	case Medium:
		return "还没有核对原文"
	case Low:
		return "尚待核实"
	}
	return ""
}

// Rule is one dated row of the clock table: how long, from what, by which article.
type Rule struct {
	Code         Code       `json:"code"`
	Version      int        `json:"version"`
	Title        string     `json:"title"` // 登记, 受理决定, 答复
	Track        string     `json:"track"`
	StartEvent   string     `json:"start_event"`
	EndEvent     string     `json:"end_event"`
	Limit        int        `json:"limit_count"` // in Unit; 0 for Fixed and Given
	Unit         Unit       `json:"unit"`
	FixedOn      string     `json:"fixed_on"`      // "03-31", only for Fixed
	MaxExtension int        `json:"max_extension"` // in Unit; 0 = none
	MaxTotal     int        `json:"max_total"`     // in Unit, extension included; 0 = no such cap
	MaxTimes     int        `json:"max_times"`     // how often it may be extended; 0 = until MaxExtension is used up
	Within       Code       `json:"within"`        // the rule of the law that it never ends after; none when empty
	Approver     string     `json:"approver"`      // who may extend or consent
	Basis        string     `json:"basis"`         // as a person reads it
	Confidence   Confidence `json:"confidence"`
	Waits        bool       `json:"waits"`      // of hours: over days off to the same hour of the next working day
	Right        bool       `json:"right_only"` // the term of a right that lapses; nobody is late when it ends
	ValidFrom    Date       `json:"valid_from"`
	ValidTo      Date       `json:"valid_to"` // last day; zero = still in force
}

// ValidOn reports whether the rule was in force that day.
func (r Rule) ValidOn(d Date) bool {
	return !d.Before(r.ValidFrom) && (r.ValidTo.IsZero() || !d.After(r.ValidTo))
}

// happened says each start event as a verb after its date. A rule whose start
// has no word here is refused, so that no due date lacks its derivation.
var happened = map[string]string{
	"accepted":                  "受理",
	"application_received":      "收到申请",
	"answer_served":             "收到答复",
	"asked_again":               "追问",
	"assigned":                  "交办",
	"assignment_received":       "收到交办",
	"complaint_copy_received":   "收到起诉状副本",
	"closing_doubted":           "列入核查",
	"concluded":                 "办结",
	"conclusion_received":       "收到督查结论",
	"conditions_met":            "符合修复条件",
	"confirm_requested":         "提出确认",
	"dispatched":                "派单",
	"dissatisfied":              "反馈不满意",
	"embargoed":                 "约定保密期",
	"filed":                     "提交",
	"formally_accepted":         "正式受理",
	"held":                      "开展",
	"info_formed":               "形成信息",
	"invited":                   "发出邀请",
	"mail_received":             "收到来信",
	"paused":                    "暂停",
	"materials_received":        "收到材料",
	"objection_received":        "收到异议",
	"promised":                  "承诺",
	"real_name_report_received": "收到实名检举",
	"received":                  "收到",
	"received_by_xinfang":       "信访部门收到",
	"recheck_received":          "收到复核申请",
	"reply_received":            "收到答复",
	"review_received":           "收到复查申请",
	"review_reply_received":     "收到复查意见",
	"signed":                    "签收",
	"supervised":                "督办",
	"supplement_asked":          "要求补正",
	"question_put":              "请投诉人补充",
	"release_approved":          "给投诉人看公开稿",
	"transferred":               "转送",
	"unit_asked":                "请了别的单位",
	"settlement_put":            "转给投诉人确认",
	"transfer_received":         "收到转送件",
	"year_start":                "本年度开始",
}

// check refuses a rule that cannot be counted.
func (r Rule) check() error {
	switch {
	case !slices.Contains(Units(), r.Unit):
		return fmt.Errorf("clock rule %s: unknown unit %q", r.Code, r.Unit)
	case !slices.Contains(Confidences(), r.Confidence):
		return fmt.Errorf("clock rule %s: unknown confidence %q", r.Code, r.Confidence)
	case happened[r.StartEvent] == "":
		return fmt.Errorf("clock rule %s: start event %q has no word", r.Code, r.StartEvent)
	case r.Waits && r.Unit != Hours:
		return fmt.Errorf("clock rule %s: %s run on over days off by themselves", r.Code, r.Unit)
	case r.Unit != Fixed && r.Unit != Given && r.Limit <= 0:
		return fmt.Errorf("clock rule %s: limit %d", r.Code, r.Limit)
	case r.MaxTotal > 0 && r.Limit+r.MaxExtension > r.MaxTotal:
		return fmt.Errorf("clock rule %s: %d and %d more are above its %d in all", r.Code, r.Limit, r.MaxExtension, r.MaxTotal)
	case r.Unit == Fixed:
		// 2024 is a leap year, so 02-29 is a day.
		if _, err := time.Parse(time.DateOnly, "2024-"+r.FixedOn); err != nil {
			return fmt.Errorf("clock rule %s: fixed on %q: %w", r.Code, r.FixedOn, err)
		}
	}
	return nil
}

// movesToOfficeHours reports whether the term starts from the received day
// rather than the true one: only what is handed in online under our own
// promises. Statutory terms run from the true day, the stricter reading.
func (r Rule) movesToOfficeHours() bool {
	return r.StartEvent == "filed" && r.Unit != Hours
}
