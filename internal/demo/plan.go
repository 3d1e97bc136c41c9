package demo

import (
	"cmp"
	"fmt"
	"time"

	"zhengxin/internal/complaint"
	"zhengxin/internal/discipline"
)

// Paths that others go on from.
const (
	filed      = `file`
	registered = filed + `; 3h register`
	accepted   = registered + `; 1d accept nature=RED`
	dispatched = accepted + `; 5h dispatch`
	fromAbove  = registered + `; 1d accept nature=RED track=sme_payment`
	handling   = dispatched + `; 20h sign`
	drafted    = handling + `; 11d draft_answer`
	reviewed   = drafted + `; 1d approve_answer`
	replied    = reviewed + `; 2d reply`

	extensionAsked = handling + `; 14d ask_extension rule=PF-DO count=20`
	proposedAsk    = handling + `; 5d propose_question`
	putAsk         = proposedAsk + `; 1d pass_question proposed=1`
	extended       = extensionAsked + `; 1d grant_extension count=15`
	pauseAsked     = handling + `; 7d ask_pause ground=APPRAISAL`
	paused         = pauseAsked + `; 1d grant_pause`

	slow            = accepted + `; 2d dispatch lead=JX-ZJJ; 3d sign`
	supervised      = `; 33d chase by=supervisor; 9d supervise`
	supervisedTwice = supervised + `; 25d supervise by=leader`
	slowReplied     = slow + `; 34d draft_answer; 3d approve_answer; 2d reply`

	reported       = handling + `; 9d settle_agreement`
	put            = reported + `; 1d put_settlement`
	promisedAnswer = handling + `; 11d draft_answer promise=付清无争议的工程款 in=45; 1d approve_answer; 2d reply`
	byFinance      = accepted + `; 5h dispatch lead=JX-CZJ; 1d sign; 12d draft_answer; 1d approve_answer; 2d reply`
	contested      = replied + `; 8d contest`
	reopened       = byFinance + `; 9d contest; 8d reopen by=leader`
	elsewhere      = byFinance + `; 9d contest; 8d reopen_elsewhere by=leader`
	answeredAnew   = `; 10d draft_answer by=handler-2 finding=mostly decision=support; 1d approve_answer by=head-2; 2d reply by=leader`
	byName         = registered + `; 1d accept nature=ACC; 1d refer_discipline`
	asked          = registered + `; 1d ask_supplement`
	withFinance    = accepted + `; 5h dispatch lead=JX-CZJ; 1d sign`
	wantsUnit      = withFinance + `; 2d propose_inquiry by=handler sort=assist`
	unitAsked      = withFinance + `; 2d open_inquiry sort=assist; 1h inquiry.send_inquiry lead=JX-SFJ`
	followed       = `; 3h ask_follow; 5h allow_follow`
	satisfied      = `; 5d rate rating=satisfied solved=solved; 2d close`
	halfSatisfied  = `; 6d rate rating=basic solved=waiting; 3d close`
	releaseAllowed = replied + `; 5d rate rating=satisfied solved=solved; 2d close; 1d allow_release`
	releaseLooked  = releaseAllowed + `; 3d write_release; 1d approve_release by=supervisor`
	releaseShown   = releaseLooked + `; 3d agree_release; 1d publish_release`
	notSatisfied   = `; 3d rate rating=dissatisfied solved=unsolved`
	caseOpened     = replied + `; 3d rate rating=basic solved=waiting; 2d open_case; 1d close`
	warningDrafted = caseOpened + `; 3d case.draft_warning tier=general months=6`
	warningSigned  = warningDrafted + `; 2d case.sign`
	warningServed  = warningSigned + `; 1d case.serve how=direct`
	published      = warningServed + `; 5d case.publish`
)

// batch is some matters on one path.
type batch struct {
	path string
	n    int
	ago  [2]int // hours since the last step, of the youngest and the oldest; what lies between them evenly

	story       string // by name; else whichever fits
	fits        func(*story) bool
	channel     complaint.Channel // else by turns
	kind        string            // else of the story
	unitWritten string            // what was written instead of a unit
	wrongUnit   string            // the unit that was chosen by mistake
	factsMore   string            // to the facts
	of          string            // the unit that is complained about; else one of the story's
	joint       string            // of one thing with the others of this name: the first of them is answered for all
	shownAs     string            // what its complainant may do: number and code of the first are told with it
}

const day = 24

// plan is the year. Open ones are many enough of every state for each desk to have
// work, some of them late; most are over.
var plan = []batch{
	// At the desk's door.
	{path: filed, n: 3, ago: [2]int{2, 20}},
	{path: filed, n: 1, ago: [2]int{6 * day, 6 * day}, channel: complaint.LetterBox},
	{path: filed, n: 1, ago: [2]int{1 * day, 1 * day}, unitWritten: "水利站", story: "sluice"},
	{path: filed, n: 1, ago: [2]int{20, 20}, unitWritten: "县里管路灯的单位", story: "lamps"}, // may be the office itself: for the petitions office
	{path: registered, n: 2, ago: [2]int{3, 3 * day}},
	{path: registered + `; 8d ask_follow`, n: 1, ago: [2]int{3 * day, 3 * day}},
	{path: registered, n: 1, ago: [2]int{4 * day, 4 * day}, channel: complaint.Import, kind: anonymous},
	{path: registered + `; 1h settle_unit unit={code} category={category}`, n: 1, ago: [2]int{1 * day, 1 * day}, wrongUnit: "JX-XZFB"},
	{path: asked, n: 2, ago: [2]int{2 * day, 11 * day}, shownAs: "要您补充"},
	{path: asked, n: 1, ago: [2]int{31 * day, 31 * day}},
	{path: asked + `; 5d supplement`, n: 1, ago: [2]int{5, 2 * day}},
	{path: accepted, n: 2, ago: [2]int{3, 2 * day}},
	{path: registered + `; 1d accept nature=HLP; 4h correct_nature nature=RED`, n: 1, ago: [2]int{20, 20}},
	{path: dispatched + `; 1d object; 1d agree_return`, n: 1, ago: [2]int{8, 8}},
	{path: dispatched + `; 6d recall`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: elsewhere, n: 1, ago: [2]int{1 * day, 1 * day}, fits: half},

	// With the units.
	{path: dispatched, n: 2, ago: [2]int{3, 2 * day}},
	{path: dispatched, n: 1, ago: [2]int{8 * day, 8 * day}},
	{path: dispatched + `; 1d object`, n: 2, ago: [2]int{6, 2 * day}},
	{path: handling, n: 4, ago: [2]int{2 * day, 17 * day}},
	{path: handling, n: 2, ago: [2]int{32 * day, 33 * day}}, // late by a few days: to be chased
	{path: slow, n: 3, ago: [2]int{40 * day, 76 * day}},
	{path: slow + `; 36d urge` + followed, n: 2, ago: [2]int{2 * day, 9 * day}, shownAs: "过了期限，可以催办"},
	{path: slow + `; 33d chase by=supervisor`, n: 2, ago: [2]int{2 * day, 6 * day}},
	{path: slow + supervised, n: 1, ago: [2]int{4 * day, 4 * day}},
	{path: slow + supervised, n: 1, ago: [2]int{23 * day, 23 * day}},
	{path: slow + supervisedTwice, n: 1, ago: [2]int{24 * day, 24 * day}},
	{path: accepted + `; 1d dispatch lead=JX-SFJ co=410425101; 1d sign; 3h co_sign; 6d co_opinion`, n: 2, ago: [2]int{2 * day, 6 * day}},
	{path: dispatched + `; 1d object; 1d refuse_return`, n: 1, ago: [2]int{4 * day, 4 * day}},
	{path: handling + `; 4d open_identity; 1d note by=supervisor`, n: 1, ago: [2]int{3 * day, 3 * day}, kind: "enterprise"},
	{path: handling + `; 3d supplement`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: handling + `; 4d confide; 1d ask_follow; 6h refuse_follow`, n: 1, ago: [2]int{3 * day, 3 * day}},
	{path: extensionAsked, n: 2, ago: [2]int{6, 2 * day}},
	{path: extended, n: 2, ago: [2]int{2 * day, 20 * day}, shownAs: "期限延长了"},
	{path: extensionAsked + `; 1d refuse_extension`, n: 1, ago: [2]int{3 * day, 3 * day}},
	{path: pauseAsked, n: 1, ago: [2]int{9, 9}},
	{path: pauseAsked + `; 1d refuse_pause`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: paused, n: 1, ago: [2]int{6 * day, 6 * day}, shownAs: "正在暂停计时"},
	{path: paused + `; 8d resume_clock`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: drafted + `; 1d return_answer`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: reviewed + `; 2d send_back` + followed + `; 9h end_follow`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: reopened, n: 1, ago: [2]int{7 * day, 7 * day}, fits: half},
	{path: accepted + `; 1d dispatch lead=JX-SFJ; 1d sign`, n: 1, ago: [2]int{5 * day, 5 * day}, factsMore: "中间财政局的田知秋来核过一次账，以后没有下文。"},
	{path: drafted, n: 2, ago: [2]int{4, 2 * day}},

	// Back at the desk.
	{path: reviewed, n: 2, ago: [2]int{4, 2 * day}},
	{path: slow + `; 33d draft_answer; 2d approve_answer`, n: 1, ago: [2]int{5 * day, 5 * day}},
	{path: replied, n: 4, ago: [2]int{1 * day, 21 * day}, shownAs: "已经答复，可以评价、申请复查"},
	{path: slowReplied, n: 1, ago: [2]int{6 * day, 6 * day}},
	{path: replied + `; 4d rate rating=satisfied solved=solved`, n: 2, ago: [2]int{6, 4 * day}},
	{path: replied + notSatisfied, n: 1, ago: [2]int{2 * day, 2 * day}, fits: unfounded},
	{path: replied + notSatisfied + `; 2d follow_up` + followed, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: contested, n: 2, ago: [2]int{2 * day, 17 * day}, fits: unfounded, shownAs: "正在复查"},
	{path: contested, n: 1, ago: [2]int{38 * day, 38 * day}, fits: unfounded},
	{path: replied + `; 3d rate rating=basic solved=waiting; 2d close; 14d contest`, n: 1, ago: [2]int{9 * day, 9 * day}},

	// Over.
	{path: replied + satisfied, n: 14, ago: [2]int{12 * day, 330 * day}},
	{path: replied + halfSatisfied + followed, n: 8, ago: [2]int{15 * day, 310 * day}},
	{path: slowReplied + satisfied + followed, n: 4, ago: [2]int{30 * day, 280 * day}},
	{path: extended + `; 18d draft_answer; 1d approve_answer; 2d reply` + satisfied, n: 2, ago: [2]int{25 * day, 140 * day}, fits: unfounded},
	{path: paused + `; 26d draft_answer; 1d approve_answer; 2d reply` + halfSatisfied, n: 1, ago: [2]int{65 * day, 65 * day}, fits: unfounded},
	{path: slowReplied + halfSatisfied, n: 2, ago: [2]int{50 * day, 190 * day}},
	{path: slow + supervisedTwice + `; 25d talk by=leader; 25d circulate by=leader; 4d draft_answer; 1d approve_answer; 2d reply` + halfSatisfied, n: 1, ago: [2]int{60 * day, 60 * day}, fits: unfounded},
	{path: replied + notSatisfied + `; 4d follow_up; 3d close by=leader; 6d verify_closing by=leader-2`, n: 5, ago: [2]int{40 * day, 300 * day}, fits: unfounded},
	{path: replied, n: 9, ago: [2]int{55 * day, 330 * day}},
	{path: contested + `; 15d uphold by=leader`, n: 4, ago: [2]int{20 * day, 250 * day}, fits: unfounded},
	{path: reopened + answeredAnew + satisfied, n: 2, ago: [2]int{35 * day, 200 * day}, fits: half},
	{path: elsewhere + `; 1d dispatch lead=JX-SFJ; 1d sign; 9d draft_answer; 1d approve_answer; 2d reply by=leader` + halfSatisfied, n: 1, ago: [2]int{60 * day, 60 * day}, fits: half},
	{path: drafted + `; 1d return_answer; 2d draft_answer; 1d approve_answer; 1d send_back; 2d draft_answer; 1d approve_answer; 1d reply` + satisfied, n: 1, ago: [2]int{90 * day, 90 * day}},
	{path: registered + `; 4h settle_unit unit={code} category={category}; 1d release_bar by=leader bar=unit:{first}; 1d accept nature=RED; 1d dispatch; 1d sign; 9d draft_answer; 1d approve_answer; 2d reply` + satisfied, n: 1, ago: [2]int{120 * day, 120 * day}, wrongUnit: "JX-XZFB"},
	{path: registered + `; 1d redirect`, n: 3, ago: [2]int{20 * day, 300 * day}, story: "court"},
	{path: registered + `; 1d accept nature=LIT; 1d redirect`, n: 1, ago: [2]int{70 * day, 70 * day}, story: "court"},
	{path: registered + `; 1d transfer`, n: 2, ago: [2]int{9 * day, 210 * day}, story: "elsewhere"},
	{path: registered + `; 1d transfer; 25d record_result`, n: 1, ago: [2]int{100 * day, 100 * day}, story: "county"},
	{path: `file; 4h register by=registrar-xfj; 1d accept nature=RED by=registrar-xfj; 1d transfer by=registrar-xfj`, n: 1, ago: [2]int{33 * day, 33 * day}, story: "office"},
	{path: registered + `; 1d accept nature=ACC; 1d refer_discipline`, n: 2, ago: [2]int{16 * day, 170 * day}, story: "accusation", kind: anonymous},
	{path: handling + `; 8d refer_discipline`, n: 1, ago: [2]int{140 * day, 140 * day}, story: "guarantee"},
	{path: registered + `; 2d reject ground=REJECT_DUP`, n: 2, ago: [2]int{5 * day, 150 * day}},
	{path: registered + `; 2d reject ground=REJECT_NO_CONTRACT`, n: 2, ago: [2]int{60 * day, 230 * day}, story: "loan"},
	{path: registered + `; 2d reject ground=REJECT_NO_CONTRACT`, n: 1, ago: [2]int{110 * day, 110 * day}, story: "stranger"},
	{path: asked + `; 30d end_unsupplemented`, n: 2, ago: [2]int{15 * day, 200 * day}},
	{path: handling + `; 6d withdraw`, n: 2, ago: [2]int{18 * day, 260 * day}},
	{path: registered + `; 9h withdraw`, n: 1, ago: [2]int{80 * day, 80 * day}},

	// Found true, and not forgotten.
	{path: caseOpened, n: 2, ago: [2]int{1 * day, 5 * day}, fits: holds},
	{path: caseOpened + `; 2d case.draft_warning tier=minor months=0; 2d case.send_back; 2d case.draft_warning tier=general months=6`, n: 1, ago: [2]int{1 * day, 1 * day}, fits: holds},
	{path: warningSigned + `; 2d case.void_paper; 1d case.draft_warning tier=general months=9`, n: 1, ago: [2]int{2 * day, 2 * day}, fits: holds},
	{path: warningSigned, n: 1, ago: [2]int{8, 8}, fits: holds},
	{path: warningServed, n: 1, ago: [2]int{3 * day, 3 * day}, fits: holds},
	{path: published + `; 9d case.take_down`, n: 1, ago: [2]int{2 * day, 2 * day}, fits: holds},
	{path: replied + `; 3d open_case; 3d case.draft_warning tier=general months=6; 5d contest; 2d case.keep_on; 2d case.sign; 9d uphold by=leader; 1d case.serve how=official`, n: 1, ago: [2]int{4 * day, 4 * day}, fits: holds},
	{path: published, n: 1, ago: [2]int{22 * day, 22 * day}, story: "road"},
	{path: caseOpened + `; 3d case.draft_warning tier=severe months=12; 1d case.note; 3d case.sign; 1d case.serve how=left; 6d case.publish`, n: 1, ago: [2]int{75 * day, 75 * day}, story: "deposit"},
	{path: caseOpened + `; 3d case.draft_warning tier=general months=3; 2d case.sign; 1d case.serve how=direct; 5d case.publish`, n: 1, ago: [2]int{135 * day, 135 * day}, fits: holds},
	{path: caseOpened + `; 3d case.draft_warning tier=minor months=0; 2d case.sign; 1d case.serve how=electronic; 24d case.conclude`, n: 1, ago: [2]int{45 * day, 45 * day}, fits: holds},
	{path: published + `; 26d case.correct`, n: 1, ago: [2]int{17 * day, 17 * day}, story: "acceptance"},
	{path: caseOpened + `; 2d case.recuse by=leader; 7d case.drop`, n: 1, ago: [2]int{95 * day, 95 * day}, fits: holds},
	{path: replied + `; 3d open_case note=单位由马春耕同志联系，查实的材料都在投诉里。; 1d case.release_bar by=supervisor bar=staff:{handler-ztz}; 3d case.draft_warning tier=general months=6; 2d case.sign; 4d case.revoke`, n: 1, ago: [2]int{160 * day, 160 * day}, fits: holds},
	{path: replied + `; 4d rate rating=satisfied solved=solved; 3d decline_case; 1d close`, n: 1, ago: [2]int{25 * day, 25 * day}, fits: holds},

	// Of one thing, answered once.
	{path: handling, n: 1, ago: [2]int{9 * day, 9 * day}, story: "road", of: "410425102", joint: "under way"},
	{path: accepted + `; 4h join speaks=yes`, n: 2, ago: [2]int{1 * day, 3 * day}, story: "road", of: "410425102", joint: "under way"},
	{path: accepted + `; 4h join; 1d part`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102", joint: "under way"},
	{path: replied, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road", of: "410425103", joint: "answered"},
	{path: accepted + `; 4h join`, n: 1, ago: [2]int{9 * day, 9 * day}, story: "road", of: "410425103", joint: "answered"},
	{path: handling + `; 8d withdraw`, n: 1, ago: [2]int{4 * day, 4 * day}, story: "road", of: "410425104", joint: "withdrawn"},
	{path: accepted + `; 4h join`, n: 1, ago: [2]int{6 * day, 6 * day}, story: "road", of: "410425104", joint: "withdrawn"},

	// In one hand. What comes to the plan later stands here: put between, it would tell all that follow other stories.
	{path: accepted + `; 5h dispatch lead=JX-CZJ; 1d sign; 2h assign by=head person={handler-2}`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: accepted + `; 5h dispatch lead=JX-CZJ; 1d sign; 2h assign by=head person={handler-2}; 3h recuse by=handler-2`, n: 1, ago: [2]int{4 * day, 4 * day}},
	// Asked for more, item by item: before it is taken up, and while a unit works.
	{path: asked + `; 2d supplement items=1.1`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road", shownAs: "补了一项，还有几项没有补"},
	{path: asked + `; 2d waive_items waived=1.1`, n: 1, ago: [2]int{1 * day, 1 * day}, story: "road"},
	{path: proposedAsk, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: putAsk, n: 1, ago: [2]int{3 * day, 3 * day}, shownAs: "承办单位请您补充"},
	{path: putAsk, n: 1, ago: [2]int{14 * day, 14 * day}},
	{path: putAsk + `; 3d supplement items=1.1`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: proposedAsk + `; 1d refuse_request proposed=1`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: putAsk + `; 3d withdraw_request requested=1`, n: 1, ago: [2]int{2 * day, 2 * day}},
	// By other procedures than the petitions': their own terms run beside ours.
	{path: fromAbove + `; 5h dispatch; 20h sign; 12d ask_extension rule=SME-DO count=30; 1d grant_extension count=20`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", channel: complaint.OtherBody, kind: "enterprise"},
	{path: fromAbove, n: 1, ago: [2]int{1 * day, 1 * day}, story: "goods", channel: complaint.OtherBody, kind: "enterprise"},
	{path: registered + `; 2d reject ground=REJECT_NOT_PROC`, n: 1, ago: [2]int{20 * day, 20 * day}, story: "stranger", channel: complaint.OtherBody, kind: "enterprise"},
	{path: registered + `; 1d accept nature=RED track=biz_env; 5h dispatch; 20h sign`, n: 2, ago: [2]int{3 * day, 9 * day}, story: "rent", kind: "enterprise"},
	{path: registered + `; 2h accept nature=HLP track=hotline; 3h dispatch; 4h sign`, n: 2, ago: [2]int{1 * day, 4 * day}, story: "charge", channel: complaint.Hotline},
	{path: registered + `; 2h accept nature=INQ track=hotline; 3h dispatch`, n: 1, ago: [2]int{5, 5}, story: "house", channel: complaint.Hotline},
	{path: registered + `; 2h reject ground=REJECT_12345`, n: 1, ago: [2]int{11 * day, 11 * day}, story: "court", channel: complaint.Hotline},
	// Rechecked: by another body, whose opinion is recorded, and here.
	{path: contested + `; 9d uphold by=leader`, n: 1, ago: [2]int{4 * day, 4 * day}, shownAs: "可以请求复核"},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck; 20d record_recheck`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck; 20d record_recheck_change`, n: 1, ago: [2]int{1 * day, 1 * day}},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck here=yes; 3d hold_hearing by=leader-2`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck here=yes`, n: 1, ago: [2]int{3 * day, 3 * day}},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck here=yes; 8d recheck_uphold by=leader-2`, n: 1, ago: [2]int{3 * day, 3 * day}},
	{path: contested + `; 9d uphold by=leader; 6d ask_recheck here=yes; 8d recheck_change by=leader-2`, n: 1, ago: [2]int{1 * day, 1 * day}},
	// Of several natures, split into parts.
	{path: registered + `; 20h split nature_1=RED nature_2=ACC papers_1=yes; 1d part1.accept nature=RED; 1d part2.refer_discipline; 1d supplement; 1d part1.take_part`, n: 1, ago: [2]int{1 * day, 1 * day}, story: "road", kind: "enterprise", shownAs: "分成了几件办"},
	{path: accepted + `; 1d split nature_1=RED nature_2=SUG; 1d part2.take_back; 1d split_more nature=INQ; 1d supplement; 1d leave_part`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road"},
	{path: accepted + `; 1d split nature_1=RED nature_2=SUG; 2d part1.take_back; 1h part2.take_back; 1d rejoin`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road"},
	{path: registered + `; 20h split nature_1=LIT nature_2=SUG; 1d part1.redirect; 1d part2.redirect`, n: 1, ago: [2]int{9 * day, 9 * day}, story: "road"},
	// Handed on: its receipt, and back again.
	{path: registered + `; 1d transfer; 6d note_receipt`, n: 1, ago: [2]int{8 * day, 8 * day}, story: "elsewhere"},
	{path: registered + `; 1d transfer; 9d handed_back`, n: 1, ago: [2]int{1 * day, 1 * day}, story: "elsewhere"},
	// Another unit is asked: proposed, refused, written, answered in part, confirmed by its head, late, taken back, needed no more.
	{path: wantsUnit, n: 1, ago: [2]int{1 * day, 1 * day}, story: "road", of: "410425102"},
	{path: wantsUnit + `; 1d refuse_inquiry to_unit=1`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102"},
	{path: withFinance + `; 2d open_inquiry sort=assist`, n: 1, ago: [2]int{5, 5}, story: "road", of: "410425102"},
	{path: wantsUnit + `; 1d open_inquiry sort=assist to_unit=1; 1h inquiry.send_inquiry lead=JX-SFJ; 3d inquiry.answer_items by=handler-sfj items=1.1`, n: 1, ago: [2]int{1 * day, 1 * day}, story: "road", of: "410425102", shownAs: "请了有关单位协查"},
	{path: withFinance + `; 2d open_inquiry sort=consult shared=yes asked=合同没有写付款日，按哪一天算到期; 1h inquiry.send_inquiry lead=JX-SFJ; 2d inquiry.draft_opinion by=handler-sfj items=1.1; 1d inquiry.answer_items by=head-sfj items=1.1`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102"},
	{path: unitAsked + `; 3d inquiry.extend_inquiry count=3; 27d inquiry.chase_inquiry; 5d inquiry.give_up_inquiry; 1d draft_answer; 1d approve_answer; 2d reply`, n: 1, ago: [2]int{9 * day, 9 * day}, story: "road", of: "410425102"},
	{path: unitAsked + `; 2d inquiry.waive_items waived=1.1; 1d inquiry.withdraw_inquiry`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road", of: "410425102"},
	{path: unitAsked + `; 4d draft_answer; 1d approve_answer; 2d reply`, n: 1, ago: [2]int{4 * day, 4 * day}, story: "road", of: "410425102"},
	// Referred by name: told in time, late with it, concluded and told; and what is added about a part that was referred.
	{path: byName, n: 1, ago: [2]int{32 * day, 32 * day}, story: "accusation", kind: "citizen"},
	{path: byName + `; 5d open_sealed; 1h tell_accepted accepted=yes`, n: 1, ago: [2]int{20 * day, 20 * day}, story: "accusation", kind: "citizen"},
	{path: byName + `; 5d open_sealed; 1h tell_accepted accepted=yes; 60d open_sealed; 1h note_concluded; 18d open_sealed; 1h tell_result`, n: 1, ago: [2]int{30 * day, 30 * day}, story: "accusation", kind: "citizen"},
	{path: registered + `; 1d transfer body=市住建局`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "elsewhere", shownAs: "转送了，写着怎么找那个机关"},
	{path: registered + `; 20h split nature_1=RED nature_2=ACC; 1d part2.refer_discipline; 1d supplement; 1d pass_sealed`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road"},
	// Settled, and what was promised: by an answer, and by an agreement.
	{path: reported, n: 1, ago: [2]int{1 * day, 1 * day}, story: "goods"},
	{path: reported + `; 1d refuse_settlement`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "goods"},
	{path: put, n: 1, ago: [2]int{1 * day, 1 * day}, story: "goods", shownAs: "有一份和解协议等您确认"},
	{path: put, n: 1, ago: [2]int{14 * day, 14 * day}, story: "goods"},
	{path: put + `; 2d decline_settlement`, n: 1, ago: [2]int{1 * day, 1 * day}, story: "goods"},
	{path: put + `; 2d agree_settlement`, n: 1, ago: [2]int{9 * day, 9 * day}, story: "goods", shownAs: "已经和解，分两笔付清"},
	{path: put + `; 2d agree_settlement; 20d keep_promise point=2`, n: 1, ago: [2]int{4 * day, 4 * day}, story: "goods"},
	{path: put + `; 2d agree_settlement; 9d unsettle`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "goods"},
	{path: promisedAnswer, n: 2, ago: [2]int{50 * day, 60 * day}, story: "road"},
	{path: promisedAnswer + `; 60d promise_anew`, n: 1, ago: [2]int{8 * day, 8 * day}, story: "road"},
	{path: promisedAnswer + `; 12d end_promise`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road"},
	{path: handling + `; 9d settle_agreement by=supervisor; 1d put_settlement`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "goods"}, // that the desk mediated
	{path: put + `; 2d agree_settlement; 55d leave_settlement`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "goods"},
	{path: promisedAnswer, n: 1, ago: [2]int{40 * day, 40 * day}, story: "road"}, // soon due
	{path: promisedAnswer + `; 30d keep_promise; 3d doubt_promise`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", shownAs: "说办到了，其实没有，正在核实"},
	{path: promisedAnswer + `; 30d keep_promise; 3d doubt_promise; 2d find_unkept`, n: 1, ago: [2]int{4 * day, 4 * day}, story: "road"},
	{path: promisedAnswer + `; 30d keep_promise; 3d doubt_promise; 2d find_kept`, n: 1, ago: [2]int{6 * day, 6 * day}, story: "road"},
	{path: promisedAnswer + `; 9d contest; 55d uphold by=leader`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road"}, // broken while it was reviewed
	// The office itself is late: to take it up, and to review; its leader has asked about one.
	{path: registered, n: 1, ago: [2]int{20 * day, 20 * day}},
	{path: registered + `; 30d press_office`, n: 1, ago: [2]int{1 * day, 1 * day}},
	// Closed, and in doubt; denied by who complained; found false, and back with the unit.
	{path: byFinance + notSatisfied + `; 4d follow_up; 3d close by=leader`, n: 1, ago: [2]int{2 * day, 2 * day}},
	{path: byFinance + satisfied + `; 9d deny_closing`, n: 1, ago: [2]int{3 * day, 3 * day}, shownAs: "办结了，您说没有办到"},
	{path: byFinance + satisfied + `; 6d doubt_closing; 3d verify_closing by=leader`, n: 1, ago: [2]int{8 * day, 8 * day}},
	{path: byFinance + notSatisfied + `; 4d follow_up; 3d close by=leader; 6d find_false_closing by=leader-2`, n: 1, ago: [2]int{2 * day, 2 * day}},
	// Another unit helps than at first.
	{path: accepted + `; 5h dispatch lead=JX-SFJ co=JX-CZJ; 20h sign; 1d change_co co_out=JX-CZJ co=JX-ZJJ`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102"},
	// Published, written anew: two, one that its complainant looks at, one that waits to be written, one taken back.
	{path: releaseShown, n: 2, ago: [2]int{4 * day, 12 * day}, story: "road", of: "410425102"},
	{path: releaseLooked, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102", shownAs: "请看要公开的文字"},
	{path: releaseAllowed, n: 1, ago: [2]int{1 * day, 1 * day}, story: "road", of: "410425102"},
	{path: releaseShown + `; 6d end_release`, n: 1, ago: [2]int{3 * day, 3 * day}, story: "road", of: "410425102"},
	{path: releaseAllowed + `; 3d write_release; 1d return_release by=supervisor; 1d write_release; 1d approve_release by=supervisor; 2d refuse_release why=wrong`, n: 1, ago: [2]int{2 * day, 2 * day}, story: "road", of: "410425102"},
	{path: releaseShown + `; 6d take_down_release by=supervisor`, n: 1, ago: [2]int{5 * day, 5 * day}, story: "road", of: "410425102"},
	{path: releaseAllowed + `; 4d decline_release why=little`, n: 1, ago: [2]int{7 * day, 7 * day}, story: "road", of: "410425102"},
}

func holds(s *story) bool {
	return s.warned != "" && (s.finding == "substantiated" || s.finding == "mostly")
}
func half(s *story) bool      { return s.finding == "partially" }
func unfounded(s *story) bool { return s.finding == "unsubstantiated" || s.finding == "unverifiable" }
func answered(s *story) bool  { return s.finding != "" }

func named(name string) func(*story) bool { return func(s *story) bool { return s.name == name } }

// channels are how they reach the office, by turns.
var channels = []complaint.Channel{complaint.Web, complaint.Web, complaint.Web, complaint.Visit, complaint.Web, complaint.Web,
	complaint.Hotline, complaint.Web, complaint.LetterBox, complaint.Web, complaint.Email, complaint.Web, complaint.OtherBody}

const anonymous = "anonymous" // a kind of complainant here, for short

// matters casts the stories for the year.
func (w *walk) matters() ([]*matter, error) {
	var all []*matter
	uses := map[string]int{}
	batches := w.office.batches
	if batches == nil {
		batches = plan
	}
	for _, l := range batches {
		steps, err := parsePath(l.path)
		if err != nil {
			return nil, err
		}
		for i := range l.n {
			m := &matter{walk: w, batch: l, nth: len(all) + 1, path: steps}
			if m.story, err = chooseStory(l, uses, m.nth); err != nil {
				return nil, err
			}
			use := uses[m.story.name]
			uses[m.story.name]++
			m.unit = cmp.Or(l.of, m.story.units[use%len(m.story.units)])
			about := m.story.name + m.unit // a unit is told of something else each time
			m.thing = m.story.things[(uses[about]+vary(99, about))%len(m.story.things)]
			uses[about]++
			m.kind = cmp.Or(l.kind, m.story.kinds[use%len(m.story.kinds)])
			m.channel = cmp.Or(l.channel, channels[m.nth%len(channels)])
			if i > 0 {
				m.shownAs = ""
			}
			hoursAgo := l.ago[0] + (l.ago[1]-l.ago[0])*i/max(1, l.n-1)
			m.times = schedule(steps, m.hoursOf, w.today.Add(-time.Duration(hoursAgo)*time.Hour), w.dates, m.nth)
			m.fill = m.names()
			m.endUncounted()
			all = append(all, m)
		}
	}
	return all, nil
}

// endUncounted ends a path before a signing that would be refused: of the year of
// the deadline nobody has a calendar (see discipline, ready). A demonstration is
// loaded in any year.
func (m *matter) endUncounted() {
	for i, s := range m.path {
		if s.on == "case" && s.action == discipline.Sign {
			if _, known := m.dates.Status(m.deadline(i).Year); !known {
				m.path, m.times = m.path[:i], m.times[:i]
				return
			}
		}
	}
}

// chooseStory chooses the story that was told least of those that fit.
func chooseStory(l batch, uses map[string]int, nth int) (*story, error) {
	var best *story
	for i := range stories {
		s := &stories[(i+nth*7)%len(stories)]
		fits := l.fits
		if fits == nil {
			fits = answered
		}
		if l.story != "" {
			fits = named(l.story)
		}
		if fits(s) && (best == nil || uses[s.name]*len(best.units) < uses[best.name]*len(s.units)) {
			best = s
		}
	}
	if best == nil {
		return nil, fmt.Errorf("no story for the path %s", l.path)
	}
	return best, nil
}
