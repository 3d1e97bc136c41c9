package demo

// phrases are what the office and complainants write where a story has no words of
// its own, by register (none for complaints), action and need; with one more part
// where they fit only a story of that name, a ground, a rating, or money that is owed.
var phrases = map[string][]string{
	"ask_supplement.public":           {"请补充能说明事情经过的书面材料，例如通知、收据、照片；没有的，写明是谁、什么时候、在哪里说的。", "请补充当时的承诺文件，没有文件的，写明在场的有谁。"},
	"ask_supplement.public.money":     {"请补充合同首页、盖章页和验收单的照片或者复印件。", "请写明欠款是哪几笔、各是多少，并补充对账单或者付款记录。"},
	"confide.note":                    {"昨天有人到我家来，说再告就让我在村里待不下去。请替我保密。", "有人打电话问是不是我投诉的，我很害怕。"},
	"supplement.note":                 {"材料已经找齐，放在来访接待处了，一共七页。", "补充说明：当时开会的有五个人，会议记录在村室。"},
	"supplement.note.money":           {"合同和验收单已经找齐，放在来访接待处了。欠款分两笔，都过了付款的日子。", "又找到一张经办人签字的确认单，数目同我写的一样。"},
	"end_unsupplemented.public":       {"到期没有收到要求的材料，现有材料看不出是哪一件事、谁经手，本件结束。以后材料找齐了，可以另外投诉。"},
	"end_unsupplemented.public.money": {"到期没有收到要求的材料，现有材料看不出合同关系和欠款数额，本件结束。以后材料找齐了，可以另外投诉，也可以直接向人民法院起诉。"},
	"redirect.public":                 {"这件事人民法院已经立案，应当由法院审理。请在诉讼中提出请求，也可以申请法院调解；判决生效以后单位不履行的，可以再来投诉。"},
	"transfer.public":                 {"被投诉的单位在本县没有可以办理的上级，已经转送平顶山市有权机关办理。"},
	"transfer.public.elsewhere":       {"该单位由上级主管部门管理，本平台管不到。已经转送上级主管部门，请十五日后向该部门查询。"},
	"record_result.public":            {"收到市级机关的回执：已经受理，正在办理，结果由该机关书面答复您。"},
	"refer_discipline.note":           {"反映的是工作人员个人的问题，附投诉材料一份、相关单据照片三张，移送纪检监察机关。"},

	"reject.public.REJECT_DUP":         {"您上月就同一件事提交的投诉正在办理，答复期限还没有到。请用原来的编号查询，不用重复提交。"},
	"reject.public.REJECT_NOT_PROC":    {"反映的是个人之间的借款，同单位采购货物、工程、服务没有关系，可以向人民法院起诉。"},
	"reject.public.REJECT_NO_CONTRACT": {"材料显示合同是同一家民营公司签订的，被投诉单位不是合同的一方。请向合同的对方主张，也可以起诉。"},

	"dispatch.note":         {"请向被投诉单位调取原始材料，不要只听口头说明。", "注意不要向被投诉单位透露投诉人的信息。"},
	"dispatch.note.money":   {"请先核对合同和付款凭证，分清有争议和无争议的部分。", "注意不要向被投诉单位透露投诉人的信息。"},
	"correct_nature.note":   {"受理时看成了求助，投诉人要的是兑现和答复，属于申诉求决。"},
	"recall.note":           {"派出六天没有签收，另派单位办理。"},
	"object.note":           {"本单位没有这类项目的监管职责，也没有有关的资料，建议由更熟悉情况的单位牵头，本单位配合。", "反映的事项主要在项目管理，不在本单位的职责，请另派单位。"},
	"agree_return.note":     {"经核实，确由其他单位办理更合适，收回另派。"},
	"refuse_return.note":    {"经研究，本件仍由你单位牵头，需要专业意见的，请有关单位配合。"},
	"co_opinion.note":       {"已到现场看过，情况同投诉人写的大体一致，照片附后。", "经核对本镇的台账，投诉反映的时间和数量同台账一致。"},
	"return_answer.note":    {"事实部分没有写明查了哪些材料，请补充依据，再写清楚结论是怎么得出的。"},
	"send_back.note":        {"依据只写了名称，请写到条、款；处理意见要写清楚谁在什么时候以前做什么。", "查明的事实同结论对不上，请补充同双方核对的结果。"},
	"reopen.note":           {"复查认为原答复没有核对全部材料，交回重新办理，由原承办人以外的人办。"},
	"reopen_elsewhere.note": {"复查认为原答复调查不充分，原单位人手不足，换单位重新办理。"},
	"uphold.public":         {"复查调阅了全部材料，并同双方分别核对，原答复认定的事实清楚、依据充分，予以维持。对复查意见不服的，可以自收到之日起三十日内请求上一级机关复核。"},
	"contest.note":          {"承办的人从来没有找我核对过，只听了单位一面的说法。请换人再查一次。", "答复没有回答我要的东西，认定的情况同我手里的材料不一样。", "答复里写的经过不是事实，当时在场的还有别人，可以去问。"},
	"contest.note.rented":   {"答复说已经付清，我没有收到这笔钱，委托书上的章也不是我们的。请换人再查一次。"},
	"withdraw.note":         {"单位已经给办了，不用再查了。", "填错了单位，重新投诉。"},
	"withdraw.note.money":   {"单位已经把钱打过来了，不用再办了。", "双方已经商量好，签了还款协议，撤回投诉。"},
	"follow_up.public":      {"电话回访，投诉人仍然不同意认定的结果。已经解释依据，并告知可以申请复查和起诉。", "已经到投诉人处回访，对能办的部分约定了办理的时间，其余部分解释了依据。"},
	"close.note":            {"投诉人已经评价，没有新的事项，归档。", "已经评价，答复的事项由督办员继续跟踪，归档。"},
	"release_bar.public":    {"经查投诉材料，填写单位时选错了，该单位同这件事没有关系。"},
	"open_identity.public":  {"要当面核对材料的原件，需要同投诉人约定时间。"},
	"note.note":             {"已同承办单位电话核实，现场核对定在下周一，届时督办员到场。"},
	"decline_case.note":     {"查实以后单位七日内已经改正，投诉人确认已经解决，情节轻微，不予立案，责成单位自查。"},
	"open_case.note":        {"投诉查实，拖的时间长，单位收到转办以后没有主动改正，符合立案条件。"},

	"rate.rating_words.satisfied":    {"答复以后第十天就办了，谢谢。", "事情办得快，每一步都看得到。", "没想到真的有人管。"},
	"rate.rating_words.basic":        {"答复写得清楚，就是还没有兑现，再等等看。", "办得可以，希望说到做到。"},
	"rate.rating_words.dissatisfied": {"查了半天，没有人来找我核对。", "还是没有解决。"},

	"case.draft_warning.consequences": {"逾期不改正的，约谈主要负责人，并在全县通报；仍不改正的，依照有关规定采取进一步的措施。"},
	"case.send_back.note":             {"拖的时间长、影响大，不属于轻微，请重新核定程度和公示期。"},
	"case.void_paper.note":            {"文书里的期限没有给单位留出整改的时间，作废重新起草。"},
	"case.drop.note":                  {"单位在立案以后十日内已经改正，并取得对方谅解，免予惩戒。"},
	"case.take_down.note":             {"单位提交了已经改正的材料，需要核实，先撤下。"},
	"case.keep_on.note":               {"投诉人申请复查的是处理的期限，不影响认定的事实，继续办理。"},
	"case.conclude.note":              {"已经按警示的要求改正，提交了证明材料和书面报告。"},
	"case.revoke.note":                {"签发以后查明，单位在立案以前已经履行完毕，认定的依据不成立。"},
	"case.correct.note":               {"公示以后查明，主要事项的责任单位不是该单位，原认定的主要事实不成立。"},
	"case.correct.public":             {"经复查，原书面警示认定的主要事实不成立，予以撤销，原公示的内容停止使用。对由此造成的影响，谨致歉意。"},
	"case.release_bar.note":           {"立案理由里写的是联系人，同本案没有利害关系，可以解除。"},
	"case.note.note":                  {"主要领导已经阅知，请惩戒专员同时准备约谈的提纲。"},

	"proposal.hand_over.note":        {"请在期限内同代表、委员面商以后答复。", "请逐点答复，不要笼统说“加强”“推进”。"},
	"proposal.recall.note":           {"交办以后核实，付款的是财政部门，收回另交。"},
	"proposal.object.note":           {"本单位没有这项经费，付款由财政部门负责，建议交财政部门主办。"},
	"proposal.agree_return.note":     {"情况属实，另行交办。"},
	"proposal.refuse_return.note":    {"项目由你单位实施，请继续办理，财政部门配合。"},
	"proposal.lengthen.public":       {"涉及十五个乡镇和八个部门，要逐项核对，请代表、委员谅解。"},
	"proposal.mark_key.note":         {"主任会议确定，由一位副主任领衔督办。"},
	"proposal.note.note":             {"同提建议的代表通过电话，下周一起到现场看。"},
	"proposal.co_opinion.note":       {"合同条款已经看过，付款条件成就，没有法律上的障碍；建议在补充协议里写明分期日期。"},
	"proposal.consult.public":        {"代表说明了最关心的几笔欠款；单位介绍了资金情况，商定先付人工部分。", "委员要求写明日期、指定专人；单位同意，并约定每月通一次电话。"},
	"proposal.answer_interim.public": {"合同和付款凭证已经核对完，正在编资金计划，预计下月定下来。"},
	"proposal.draft_answer.summary":  {"收到以后由分管负责人牵头，核对了合同、验收和付款资料，同提建议的同志当面商量过，现逐点答复。", "组织有关股室逐项核实，听取了意见，形成下面的答复。"},
	"proposal.draft_answer.contact":  {"办公室，电话见单位公开栏"},
	"proposal.draft_answer.A":        {"已经办到：文件已经印发，清单在门户网站公开。", "已经按建议改了付款办法，从本季度起执行。"},
	"proposal.draft_answer.B":        {"已经列入计划，资金分期安排，到期办到。", "正在办理，已经完成核对，按下面的日期办到。"},
	"proposal.draft_answer.C":        {"受今年财力限制，暂时不能全部解决；已经列入项目库，有条件时优先安排。"},
	"proposal.return_answer.note":    {"第一点没有写具体数额和日期，请补充。"},
	"proposal.void_paper.note":       {"题目写错一个字，作废重写。"},
	"proposal.agree.public":          {"办得实在，希望按期兑现。", "同意答复。"},
	"proposal.disagree.public":       {"日期太晚，也没有写清先付哪几笔。", "答复笼统，没有说钱从哪里来。"},
	"proposal.end_disagreed.public":  {"重办以后仍有分歧，资金确实没有来源，已经把办理情况报县人大常委会办事机构。"},
	"proposal.keep_promise.public":   {"欠款已经全部付清，收款人都签了收据。", "清单已经公开，逐笔写明了付款日期。"},
	"proposal.keep_promise.evidence": {"国库支付凭证和收款收据，存本单位财务室。", "门户网站公开的清单，有公开日期。"},
	"proposal.promise_anew.public":   {"上级补助资金晚到，年中调整预算已经安排，资金到位先付这一项。"},
	"proposal.end_promise.public":    {"项目经批准取消，不再实施，已经当面向代表、委员说明。"},
	"proposal.take_down.note":        {"附件里有一处电话，隐去以后再公开。"},
	"proposal.withdraw.public":       {"电费已经付清，代表书面撤回。"},
	"proposal.leave.note":            {"本人电话提出，同另一件合并反映。"},

	"press.hand_over_lead.note":          {"请照题号逐个说明，数字写准。"},
	"press.recall.note":                  {"核实以后，这件事归另一个单位，收回另找。"},
	"press.answer_self.public":           {"正在核查，查清以后向社会公布；目前能确认的是，工程已经验收，付款手续没有办完。"},
	"press.take_up.note":                 {"线索具体，登记为投诉，由督办员核查。"},
	"press.close_lead.public":            {"感谢关注。"},
	"press.draft_statement.statement":    {"第 1 个问题：工程款审定以后已经付了七成，还有三成没有付，原因是年初预算没有排足。第 2 个问题：已经列入本季度资金计划。", "第 1 个问题：情况属实，手续没有办完。第 2 个问题：本月内办完，付款以后在门户网站公开。"},
	"press.draft_statement.contact":      {"办公室，电话见单位公开栏"},
	"press.return_statement.note":        {"第 2 个问题没有写日子，请补上。"},
	"press.mend_statement.public":        {"比例写错了，应当是六成，重新说明。"},
	"press.decline.public":               {"案件正在审理，依法不便说明；判决生效以后可以再问。"},
	"press.ask_again.questions":          {"资金没有排足，当时是怎样决定开工的？"},
	"press.note_publication.headline":    {"验收两年，还有三成没有付", "一条村道的账"},
	"press.note_publication.outlet":      {"演示日报第 3 版"},
	"press.note_publication.link":        {"https://news.example.invalid/2026/road.html"},
	"press.correct_publication.headline": {"验收两年，还有四成没有付"},
	"press.correct_publication.outlet":   {"演示日报第 2 版"},
	"press.drop_publication.public":      {"稿件撤下了。"},
	"press.take_down.note":               {"单位要更正说明，先撤下。"},
	"press.note.note":                    {"同记者通过电话，不急着发稿。"},
}

// moreFacts are added to an answer that was sent back, one after the other.
var moreFacts = []string{
	"另外调取了单位的原始材料和双方的往来记录，上述情况核对一致。",
	"承办人同双方分别作了笔录，附证据目录。",
}

// What people of the demonstration are called, and where they live; none of them
// is anybody.
var (
	places     = []string{"柳湾村", "石榴坡", "青石桥村", "东渠村", "槐树岭", "白杨寨", "水磨湾", "北岗村", "桃园沟", "老井村"}
	surnames   = []string{"王", "李", "张", "刘", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "何", "罗"}
	givenNames = []string{"建国", "秀兰", "志强", "桂英", "海涛", "玉梅", "长青", "晓东", "春燕", "德厚", "文博", "丽华", "永胜", "新田", "保平"}
	firms      = []string{"青禾", "远桥", "嵩岳", "汝水", "广厚", "中垣", "恒砺", "禾丰", "瑞垦", "平山"}
	trades     = []string{"路桥工程", "建筑安装", "园林绿化", "机电设备", "商贸", "水利工程", "装饰工程"}
)
