package letter

import "strings"

// wording is what a letter says: that something happened, never what, to whom,
// or of whom. Whoever reads a stranger's mailbox learns no number, no code, no
// name and not a word of the complaint.
type wording struct {
	title   string // how the desk calls the letter
	subject string
	lead    string
}

// toComplainants are the letters to complainants, by template.
var toComplainants = map[string]wording{
	"received":          {"收到投诉的回执", "您的投诉已经收到", "您在政务诚信投诉监督平台提交的一件投诉，我们已经收到。"},
	"accepted":          {"受理通知", "您的投诉已经受理", "您在政务诚信投诉监督平台的一件投诉，已经受理。"},
	"supplement":        {"补正通知", "您的投诉需要补充", "您在政务诚信投诉监督平台的一件投诉，需要您补充。要补什么，查询后可以看到，也在那里补。"},
	"redirected":        {"告知途径通知", "您的投诉有了结果", "您在政务诚信投诉监督平台的一件投诉，要走另外的法定途径。该去哪里、怎么走，查询后可以看到。"},
	"transferred":       {"转送通知", "您的投诉有了结果", "您在政务诚信投诉监督平台的一件投诉，已经转送有权处理的机关。"},
	"transfer_returned": {"转送退回通知", "您的投诉退回来重新决定", "您在政务诚信投诉监督平台转送别的机关的一件投诉，退回来了，现在重新决定怎么办。为什么，查询后可以看到。"},
	"released":          {"解除回避通知", "您的投诉解除了一项回避", "您在政务诚信投诉监督平台的一件投诉，有一个单位或者一名工作人员原来要回避，现在解除了。为什么，查询后可以看到；不同意的，也在那里补充说明。"},
	"rejected":          {"不予受理通知", "您的投诉有了结果", "您在政务诚信投诉监督平台的一件投诉，已经决定是否受理。决定和理由，查询后可以看到。"},
	"result":            {"有权机关回复通知", "您的投诉有了结果", "您在政务诚信投诉监督平台转给有权机关的一件投诉，收到了那里的回复。是什么，查询后可以看到。"},
	"upheld":            {"复查结果通知", "您的投诉有了复查结果", "您在政务诚信投诉监督平台的一件投诉，复查已经有了结果。结果和理由，查询后可以看到。"},
	"closed":            {"办结通知", "您的投诉已经办结", "您在政务诚信投诉监督平台的一件投诉，已经办结。不同意答复的，期限到以前仍然可以申请复查。"},

	"unsupplemented":      {"到期未补正通知", "您的投诉到期没有补充", "您在政务诚信投诉监督平台的一件投诉，到期没有收到您的补充，已经结束。为什么、以后怎么办，查询后可以看到。"},
	"supplement_reminder": {"补正提醒", "您的投诉还在等您补充", "您在政务诚信投诉监督平台的一件投诉，还在等您补充，快到期了。要补什么、到哪一天，查询后可以看到。"},
	"rating_reminder":     {"评价提醒", "您的投诉已经答复，请您看一看", "您在政务诚信投诉监督平台的一件投诉，已经答复，还没有评价。再过几天没有评价也没有申请复查的，自动办结；申请复查到哪一天，查询后可以看到。"},
	"closed_unrated":      {"到期办结通知", "您的投诉已经办结", "您在政务诚信投诉监督平台的一件投诉，到期没有收到评价，也没有收到复查申请，已经办结，记为未评价。"},

	"extended":  {"延期通知", "您的投诉期限延长了", "您在政务诚信投诉监督平台的一件投诉，办理期限延长了。原来是哪一天、现在是哪一天、为什么，查询后可以看到。"},
	"recounted": {"期限重算通知", "您的投诉期限重算了", "国家的放假安排有了变化，您在政务诚信投诉监督平台的一件投诉，期限照新的安排重算了。原来是哪一天、现在是哪一天，查询后可以看到。"},
	"paused":    {"暂停计时通知", "您的投诉暂停计时", "您在政务诚信投诉监督平台的一件投诉，办理期限暂停计算。因为什么、暂停到哪一天、期限改到哪一天，查询后可以看到。"},
	"run_on":    {"恢复计时通知", "您的投诉恢复计时", "您在政务诚信投诉监督平台的一件投诉，办理期限恢复计算。现在是哪一天，查询后可以看到。"},

	"joined": {"并案通知", "您的投诉和另外的一起办", "您在政务诚信投诉监督平台的一件投诉，和反映同样事情的另外几件一起办理。答复同样送给您，权利不变。查询后可以看到。"},

	"rechecked": {"复核结果通知", "您的投诉有了复核结果", "您在政务诚信投诉监督平台的一件投诉，复核已经有了结果。结果和理由，查询后可以看到。"},

	"split":     {"拆分通知", "您的投诉分成几件办", "您在政务诚信投诉监督平台的一件投诉，说了几件性质不同的事，分成几件办理，期限照原来的算。用原来的编号和查询码，每一件都看得到。"},
	"part_back": {"并回通知", "您的投诉有一部分并回原件", "您在政务诚信投诉监督平台的一件投诉，分出来办的一部分分错了，并回原来那一件。您的话没有丢，为什么、接着怎么办，查询后可以看到。"},

	"settlement_put": {"和解协议确认通知", "有一份和解协议等您确认", "您在政务诚信投诉监督平台的一件投诉，有一份和解协议等您说同意不同意。写的是什么、等到哪一天，查询后可以看到；您不同意或者不理会，投诉照样办理。"},
	"settled":        {"和解办结通知", "您的投诉已经和解办结", "您在政务诚信投诉监督平台的一件投诉，按您同意的协议办结了。协议里的日子平台接着跟踪，到期没有办到的，重新办理。"},
	"unsettled":      {"恢复办理通知", "您的投诉恢复办理", "您在政务诚信投诉监督平台的一件投诉，和解不再算数，恢复办理。为什么、什么时候答复，查询后可以看到。"},
	"promise_found":  {"核实结果通知", "您说没有办到的事核实了", "您在政务诚信投诉监督平台的一件投诉，您说没有办到的那一件，监督人员核实了。查明什么，查询后可以看到。"},
	"promise_broken": {"承诺没有办到通知", "答应了您的一件事到期没有办到", "您在政务诚信投诉监督平台的一件投诉，答应了日子的事到期没有办到。接下来怎么办，查询后可以看到。"},

	"follow_asked": {"跟进询问", "有代表、委员想跟进您的投诉", "您在政务诚信投诉监督平台的一件投诉，有一位人大代表或者政协委员想知道它办到哪一步。同意不同意由您，不理会也不影响办理。是谁、看得到什么，查询后可以看到。"},

	"replied": {"答复通知", "您的投诉已经答复", "您在政务诚信投诉监督平台的一件投诉，已经书面答复。看过答复可以评价；不服的，也在那里申请复查。"},
}

// toMembers are the letters to deputies, committee members and journalists, by template.
var toMembers = map[string]wording{
	"invitation_sent":      {"邀请监督通知", "请您来监督", "政务诚信监督办公室邀请您视察、听证或者评估。看什么、哪一天、在哪里，登录后可以看到；请在写明的日子以前答复来不来。"},
	"invitation_moved":     {"监督改期通知", "邀请您监督的一件事改期了", "政务诚信监督办公室邀请您监督的一件事，日子或者地方改了，请重新答复来不来。"},
	"invitation_cancelled": {"监督取消通知", "邀请您监督的一件事取消了", "政务诚信监督办公室邀请您监督的一件事不开展了，原因登录后可以看到。"},

	"proposal_served":   {"答复送达通知", "您的建议提案有了答复", "您在政务诚信投诉监督平台的一件建议提案，承办单位的答复已经送达。看过以后请反馈，最迟哪一天，登录后可以看到。"},
	"proposal_unheard":  {"反馈提醒", "您的建议提案还在等您反馈", "您在政务诚信投诉监督平台的一件建议提案，答复以后还没有收到反馈，快到期了。联名的由领衔的合起来反馈一次。"},
	"bundle_replied":    {"合并反映回复通知", "您的合并反映有了回复", "您在政务诚信投诉监督平台送出的一件合并反映，监督办公室已经回复。回复登录后可以看到。"},
	"promise_broken":    {"承诺没有办到通知", "答应了您的一件事到期没有办到", "您在政务诚信投诉监督平台的一件事项，承办单位答应了日子的事，到期没有办到。接下来怎么办，登录后可以看到。"},
	"statement_given":   {"说明通知", "您请的说明有了回应", "您在政务诚信投诉监督平台请单位说明的一件，有了回应。是什么，登录后可以看到。"},
	"statement_overdue": {"说明逾期通知", "您请的说明到期没有给", "您在政务诚信投诉监督平台请单位说明的一件，到期没有说明。您可以照实引用，我们继续催。"},
	"embargo_due":       {"保密期通知", "您的一件线索保密期快到了", "您在政务诚信投诉监督平台的一件线索，保密期快到了，到期自动结束。要延长的，请在那以前登录办理。"},
}

// toOffice are the letters to the desk and to units, by template.
var toOffice = map[string]wording{
	"urged":         {"催办提醒", "有一件投诉被催办", "有一位投诉人催办了自己的投诉。"},
	"recheck_asked": {"复核请求提醒", "有一件投诉请求复核", "有一位投诉人对复查意见不服，请求复核。"},
	"contested":     {"复查申请提醒", "有一件投诉申请复查", "有一位投诉人对答复不服，申请复查。"},
	"recused":       {"回避提醒", "有一件事项的工作人员声明回避", "有一名工作人员对一件事项声明回避。请看一看还有没有人能办，没有的收回来另派。"},
	"objected":      {"退办提醒", "有一件投诉等核实退办", "有一个承办单位提出不该由它办理，等您核实。"},

	"receipt_missing": {"没有回执提醒", "有一件转送的没有回执", "有一件转送给别的机关的事项，到期没有收到回执。请催问，收到的记下来；被退回的，重新决定。"},

	"inquiry_asked":    {"协查通知", "请您的单位协查或者说意见", "政务诚信监督办公室请您的单位协助查清一件事，或者说说意见。要什么、到哪一天，登录后可以看到。"},
	"inquiry_answered": {"协查回复提醒", "有一件协查回复了", "有一个单位对请它协查、说意见的一件，回复了。"},
	"inquiry_ended":    {"协查结束通知", "请您的单位协查的一件不用再回", "政务诚信监督办公室请您的单位协查或者说意见的一件，不用再回了。"},

	"due_soon":   {"快到期提醒", "有一件事项快到期了", "有一件由您的单位办理的事项，快到期了，还没有答复。"},
	"overdue":    {"逾期提醒", "有一件事项逾期了", "有一件事项过了答复的期限，还没有答复。"},
	"overlong":   {"督办提醒", "有一件事项逾期多日", "有一件事项过了答复的期限多日，还没有答复，建议督办。"},
	"unmanned":   {"没有人能办提醒", "有一件事项承办单位没有人能办", "有一件事项，承办单位的人停用、回避或者请假了，没有人能办。请收回另派，或者请系统管理员添加人。"},
	"chased":     {"催办通知", "监督办公室催办一件事项", "监督办公室催办一件由您的单位办理的事项。"},
	"supervised": {"督办通知", "监督办公室督办一件事项", "监督办公室督办一件由您的单位办理的事项，另有限期。"},
	"unheeded":   {"督办限期提醒", "有一件督办的事项限期过了", "有一件督办过的事项，限期过了还没有答复，请决定下一步。"},

	"proposal_objected":  {"退件提醒", "有一件建议提案等核实退件", "有一个承办单位提出不该由它办理，等您核实。"},
	"proposal_disagreed": {"不满意提醒", "有一件建议提案反馈不满意", "有一件建议提案的答复，代表、委员反馈不满意，要重新办理。"},
	"proposal_unheard":   {"反馈提醒", "有一件建议提案还没有反馈", "有一件建议提案答复以后，还没有收到代表、委员的反馈，快到期了。请同他们联系。"},

	"statement_asked":   {"请求说明提醒", "有媒体请您的单位说明情况", "有一位记者请您的单位说明情况，另有期限。"},
	"statement_due":     {"说明快到期提醒", "有一件媒体请求说明快到期", "有一件媒体请求说明的，快到期了，还没有说明。"},
	"statement_overdue": {"说明逾期提醒", "有一件媒体请求说明逾期", "有一件媒体请求说明的，到期没有说明。记者看得到，也可以照此报道。"},
	"embargo_due":       {"保密期提醒", "有一件媒体线索保密期快到了", "有一件媒体线索的保密期快到了。要不要延长，请同记者联系。"},

	"settlement_reported": {"和解协议待转提醒", "有一份和解协议等转给投诉人", "承办单位报来一份和解协议，等监督办公室核对后转给投诉人确认。"},
	"promise_doubted":     {"承诺待核实提醒", "有一件说办到了的事，投诉人说没有办到", "承办单位记了办到的一件事，投诉人说没有办到，等监督人员核实。"},
	"settlement_declined": {"和解协议没有成提醒", "一份和解协议没有成", "投诉人没有同意一份和解协议，或者到期没有说，投诉照常办理。"},
	"promise_due":         {"承诺到期提醒", "有一件答应了的事快到期了", "有一件答应了日子的事，快到期了，还没有记下办到。"},
	"promise_broken":      {"承诺没有办到提醒", "有一件答应了的事到期没有办到", "有一件答应了日子的事，到期没有办到，要承诺的单位办到，或者说明原因。"},
}

// toAbove are the letters to the unit above the one that a matter is with, by template: it
// reads nothing of the matter itself.
var toAbove = map[string]wording{
	"below_late": {"下级单位逾期提醒", "下级单位有一件事项逾期多日", "由您的下级单位办理的一件事项，过了答复的期限多日，提醒过还没有答复。请过问。"},
	"below_idle": {"下级单位没有人办提醒", "下级单位有一件事项没有人办", "由您的下级单位办理的一件事项，那里没有人能办。请过问。"},
}

// What a template says that has no words of its own: true of every letter.
var (
	complainantNews = wording{"进展通知", "您的投诉有了新的进展", "您在政务诚信投诉监督平台有一件投诉有了新的进展。"}
	memberNews      = wording{"进展通知", "您这里有了新的进展", "您在政务诚信投诉监督平台的一件事项，有了新的进展。"}
	officeNews      = wording{"工作提醒", "有一件事项有了新的进展", "有一件您这里的事项有了新的进展。"}
)

func words(template, recipient string) wording {
	table, other := toOffice, officeNews
	switch {
	case recipient == ToComplainant:
		table, other = toComplainants, complainantNews
	case isMember(recipient):
		table, other = toMembers, memberNews
	case recipient == ToAbove:
		table = toAbove
	}
	if w, ok := table[template]; ok {
		return w
	}
	return other
}

// Title is how the desk calls a letter.
func Title(template, recipient string) string { return words(template, recipient).title }

// Worded says whether a template has words of its own; a test holds the move
// tables to it.
func Worded(template, recipient string) bool {
	return Title(template, recipient) != Title("", recipient)
}

// Sites are the addresses that letters lead to.
type Sites struct {
	Portal string // as people type it, without a slash at the end
	Admin  string
}

// text is subject and body of a letter.
func (s Sites) text(template, recipient string) (subject, body string) {
	w := words(template, recipient)
	lines := []string{"您好！", "", w.lead, ""}
	switch {
	case isMember(recipient):
		lines = append(lines,
			"请登录查看：", strings.TrimRight(s.Portal, "/")+"/member/login", "",
			"登录要用这个邮箱，和开通账号时交给您的登录码或者您设的验证器。我们不会在信里写登录码，也不会打电话来问。", "",
			"这封信是平台自动发出的，请不要回复。如果您没有开通过账号，是有人写错了邮箱，不用理会。", "",
			"政务诚信投诉监督平台")
	case recipient == ToComplainant:
		lines = append(lines,
			"请用编号和查询码查看：", strings.TrimRight(s.Portal, "/")+"/track", "",
			"编号和查询码在提交投诉时的回执上，我们不会在信里写，也不会打电话来问。", "",
			"这封信是平台自动发出的，请不要回复。如果您没有投诉过，是有人写错了邮箱，不用理会。", "",
			"政务诚信投诉监督平台")
	case recipient == ToAbove:
		lines = append(lines,
			"是哪一件，请向下级单位了解；要商量怎么办的，请同监督办公室联系。", "",
			"这封信是平台自动发出的，请不要回复。", "",
			"政务诚信投诉监督平台")
	default:
		lines = append(lines,
			"请登录工作台查看：", strings.TrimRight(s.Admin, "/")+"/", "",
			"这封信是平台自动发出的，请不要回复。", "",
			"政务诚信投诉监督平台")
	}
	return w.subject, strings.Join(lines, "\r\n") + "\r\n" // as mail has it, since base64 changes nothing
}
