package demo

// story is something that a complaint may be about, invented from beginning to end:
// what is said, what an inquiry finds, and what a warning says of it. Words in
// braces are filled in from matter to matter. One without a finding never comes to
// an answer and is told only where a path asks for it by name.
type story struct {
	name     string
	category string
	units    []string // whom it is told about, one after the other; who stands there often has figures in public
	kinds    []string // who tells it
	things   []string // {thing}
	money    bool     // there is a contract with a sum and a rest unpaid

	title, request, facts, reasons string
	litigation                     string

	finding, decision             string
	found, opinion, basis, demand string
	warned                        string // the facts of a warning; empty where none follows
}

// textFor is the story's own text for what a move asks; empty where it has none.
func (s *story) textFor(place string) string {
	return map[string]string{
		"draft_answer.finding": s.finding, "draft_answer.decision": s.decision, "draft_answer.facts": s.found,
		"draft_answer.opinion": s.opinion, "draft_answer.basis": s.basis, "draft_answer.demand": s.demand,
		"case.draft_warning.facts": s.warned, "case.draft_warning.basis": s.basis, "case.draft_warning.demand": s.demand,
	}[place]
}

const (
	anLiang, tangJie, xueDian     = "410425102", "410425103", "410425104"
	changQiao, ciBa, huangDao     = "410425105", "410425106", "410425107"
	liKou, wangJi, yaoZhuang      = "410425108", "410425200", "410425202"
	baiMiao, guangTian, zhaYuan   = "410425203", "410425204", "410425205"
	longShan, dongCheng           = "410425001", "410425002"
	park, cityBuilders, education = "JX-KFQ", "JX-CTGS", "JX-JTJ"
	transport, cityOrder, farming = "JX-JTYS", "JX-CGJ", "JX-NYNC"
	water, health, land           = "JX-SLJ", "JX-WJW", "JX-ZRZY"
)

const payment = "《保障中小企业款项支付条例》"

var stories = []story{
	{
		name: "road", category: "C03", units: []string{anLiang, tangJie, anLiang, huangDao, anLiang, xueDian, tangJie, liKou, anLiang}, kinds: []string{"enterprise"}, money: true,
		things: []string{"{place}村道硬化工程", "{place}文化广场工程", "{place}排水沟改造工程", "{place}小学旁过水桥工程", "镇区路灯改造工程", "{place}村室修缮工程", "集镇人行道铺装工程"},
		title:  "{thing}早已验收，工程款一直没有付清", request: "付清剩余工程款{unpaid}，并按合同付逾期利息。",
		facts:   "{year}年{month}月同{unit}签订{thing}合同，合同价{sum}。工程按期完工，当年验收合格，交付使用。\n到现在还欠{unpaid}。多次去要，先说等上级资金，后来说要等审计，一直没有给出付款的日子。",
		reasons: "合同约定验收合格后三个月内付清，没有约定以审计结果作为付款条件。",
		finding: "substantiated", decision: "support",
		found:   "经查合同、验收单和付款凭证：{thing}已经验收合格并交付使用，合同价款已付一部分，尚欠{unpaid}，付款期限早已届满。合同没有约定以审计结果作为结算依据。投诉属实。",
		opinion: "请求有事实和法律依据，予以支持。被投诉单位应当付清无争议的款项，并按合同约定支付逾期利息。",
		basis:   payment + "第九条、第十一条、第十七条", demand: "自收到本意见之日起三十日内付清无争议款项。\n逾期利息按合同约定另行结算，书面报告结果。",
		warned: "经查，你单位签订{thing}合同，工程验收合格、交付使用后，没有按约定的期限付清工程款，并以等待上级资金和审计为由拖延。",
	},
	{
		name: "school", category: "C03", units: []string{education}, kinds: []string{"enterprise"}, money: true,
		things: []string{"校舍防水维修", "实训楼外墙维修", "食堂后厨改造", "运动场地面翻新", "围墙加固"},
		title:  "{thing}干完一年多，尾款没有着落", request: "付清尾款{unpaid}。",
		facts:   "{year}年{month}月承接{unit}的{thing}项目，合同价{sum}，暑期内干完并通过验收。\n剩下的{unpaid}说是下年度列预算，过了一个预算年度还是没有列。",
		finding: "substantiated", decision: "support",
		found:   "经查，{thing}项目已经验收，双方对账一致，尚欠{unpaid}。欠付的原因是没有列入预算，同施工单位没有关系。投诉属实。",
		opinion: "没有列入预算不是不付款的理由。请求予以支持，列出付款计划，同投诉人书面确认。",
		basis:   payment + "第八条、第九条", demand: "三十日内付清欠款，或者同对方书面商定付款计划并报告。",
		warned: "经查，你单位在没有落实预算的情况下实施{thing}项目，验收以后长期没有付清款项。",
	},
	{
		name: "goods", category: "C06", units: []string{park, education, park, "JX-WGLJ", health}, kinds: []string{"enterprise"}, money: true,
		things: []string{"办公家具", "监控设备", "打印复印设备", "展厅显示设备", "宣传栏和标牌"},
		title:  "{thing}交货一年多，单位说要等决算审计才付款", request: "按合同付清货款{unpaid}，不再以审计为由拖延。",
		facts:   "{year}年向{unit}供应{thing}，合同价{sum}，货到当月双方签了验收单。\n合同写的是验收后六十天付款。催款时对方要求先做决算审计，一直没有做完，货款欠着{unpaid}。",
		reasons: "合同没有约定审计，{unit}单方面增加了付款条件。",
		finding: "mostly", decision: "support",
		found:   "经查，{thing}已经验收，合同没有约定审计。被投诉单位确以决算审计为由没有付款，尚欠{unpaid}。其中一小部分因数量差异双方有争议，其余无争议。投诉基本属实。",
		opinion: "不得以合同没有约定的审计作为付款条件。无争议部分应当先付，有争议部分限期对账。",
		basis:   payment + "第十一条、第十二条", demand: "十五日内付清无争议部分。\n三十日内同对方对账，书面列明争议的项目和金额。",
		warned: "经查，你单位采购{thing}，验收以后以合同没有约定的决算审计为由，长期没有支付货款。",
	},
	{
		name: "rent", category: "C01", units: []string{park, park, "JX-GXJ"}, kinds: []string{"enterprise"},
		things: []string{"标准厂房租金补贴", "设备投资奖补", "用工补贴"},
		title:  "入驻时答应的{thing}，一直没有兑现", request: "按协议兑现{thing}。",
		facts:   "{year}年同{unit}签订入驻协议，写明达到约定的投资和用工以后给{thing}。我们当年就达到了条件，材料每年都交。\n每次都答复“正在研究”，至今一笔没有拿到。",
		reasons: "协议有公章，条件和标准写得清楚。",
		finding: "partially", decision: "partial",
		found:   "经查，入驻协议约定了{thing}。企业第一年达到约定条件，应当兑现；以后两年用工人数没有达到约定。第一年没有兑现的部分属实。",
		opinion: "第一年的部分应当兑现，予以支持；没有达到条件的年度不予支持，向投诉人说明计算的依据。",
		basis:   "《优化营商环境条例》第三十一条", demand: "一个月内按第一年核定的数额兑现，书面告知投诉人。",
	},
	{
		name: "site", category: "C08", units: []string{park, land, park}, kinds: []string{"enterprise"},
		things: []string{"通水通电和进厂道路", "项目用地平整", "污水管网接入"},
		title:  "招商时承诺的{thing}没有落实，项目开不了工", request: "明确{thing}的完成时间，并赔偿停工的损失。",
		facts:   "{year}年{unit}招商，签约时承诺半年内完成{thing}。我们按约定交了履约保证金，设备也订了。\n现在承诺的事没有做，项目停在那里，每个月都在贴钱。",
		finding: "partially", decision: "partial",
		found:   "经查，签约文件中有{thing}的承诺，期限已过，完成了一部分，没有全部落实，这一点属实。停工损失的数额没有相应证据，不能认定。",
		opinion: "承诺的事项应当限期落实，予以支持。损失的数额双方可以另行协商或者依法起诉。",
		basis:   "《优化营商环境条例》第三十一条", demand: "一个月内拿出完成的时间表，逐月向投诉人通报进度。",
	},
	{
		name: "successor", category: "C05", units: []string{anLiang, changQiao, dongCheng, anLiang}, kinds: []string{"enterprise", "citizen"}, money: true,
		things: []string{"道路两侧绿化养护", "垃圾清运", "美丽乡村墙绘", "应急供水"},
		title:  "换了领导，{thing}的账就不认了", request: "承认原来的合同，付清欠款{unpaid}。",
		facts:   "{year}年{unit}请我们做{thing}，签了合同，每个季度都有经办人签字的工作量确认单，总价{sum}。\n后来领导和经办人都换了，新来的说“不是我手里的事”，{unpaid}就这样挂着。",
		reasons: "合同盖的是单位的章，不是哪一个人的章。",
		finding: "substantiated", decision: "support",
		found:   "经查，合同和确认单真实，{thing}已经完成，尚欠{unpaid}。被投诉单位以负责人、经办人变动为由没有支付。投诉属实。",
		opinion: "不得以负责人变更、内部人员调整为由不履行合同。请求予以支持。",
		basis:   payment + "第十一条；《优化营商环境条例》第三十一条", demand: "三十日内付清欠款，明确一名负责人同对方联系。",
		warned: "经查，你单位以负责人和经办人变动为由，不履行{thing}合同约定的付款义务。",
	},
	{
		name: "deposit", category: "C04", units: []string{cityBuilders, cityBuilders, "JX-GGZY"}, kinds: []string{"enterprise"}, money: true,
		things: []string{"履约保证金", "投标保证金", "工程质量保证金"},
		title:  "合同早就履行完，{thing}一直不退", request: "退还{thing}{unpaid}和占用期间的利息。",
		facts:   "{year}年承接{unit}的项目，交了{thing}{unpaid}。项目已经验收、过了约定的退还日期。\n申请交了三次，一次说账户上没有钱，一次说经办人出差，一次连收据都不给。",
		finding: "substantiated", decision: "support",
		found:   "经查，{thing}到了约定的退还日期，没有应当扣留的情形。被投诉单位把保证金用于其他支出，没有退还。投诉属实。",
		opinion: "保证金到期应当退还。请求予以支持，占用期间的利息按合同约定计付。",
		basis:   payment + "第十三条、第三十一条第（五）项", demand: "十五日内退还到期的保证金。\n清理所有到期没有退还的保证金，列出清单，三十日内报告。",
		warned: "经查，你单位收取的{thing}到期以后没有退还，并挪作他用，涉及多个项目。",
	},
	{
		name: "guarantee", category: "A02", units: []string{cityBuilders, tangJie, cityBuilders}, kinds: []string{anonymous, "citizen"},
		things: []string{"一家民营公司的借款", "一个合作社的贷款"},
		title:  "违规给{thing}出具担保", request: "查清担保的情况，纠正违规行为。",
		facts:   "{year}年前后，{unit}给{thing}出具了盖公章的担保文件。后来借款人还不上，债权人找上门来，单位里才有人知道这件事。\n担保没有上会，也没有报财政部门。",
		finding: "mostly", decision: "support",
		found:   "经查，担保文件真实，没有经过集体研究，也没有报告财政部门，违反了不得为单位和个人的债务提供担保的规定。反映的金额同实际有出入。投诉基本属实。",
		opinion: "担保行为违反规定，应当纠正。涉及人员责任的线索，另行移送有权机关。",
		basis:   "《预算法》第三十五条第四款、第九十四条", demand: "停止并清理违规担保，三十日内列出清单报财政部门。",
		warned: "经查，你单位没有经过集体研究，也没有报告财政部门，为{thing}违规提供担保。",
	},
	{
		name: "comfort", category: "A03", units: []string{tangJie, cityBuilders}, kinds: []string{"other_org"},
		things: []string{"产业园配套项目", "冷链仓储项目"},
		title:  "出具承诺函答应还款，现在说函件无效", request: "按承诺函履行，或者说明资金的安排。",
		facts:   "{year}年{unit}为{thing}出具承诺函，写明还款资金由单位统筹安排，我们才同意供货和垫付。\n到期以后单位说承诺函违反规定、不算数，对我们的款项不闻不问。",
		finding: "partially", decision: "partial",
		found:   "经查，确有该承诺函，出具承诺函违反规定，这一点属实。承诺函不产生由财政还款的义务；已经实际供货的部分有验收记录，应当按合同结算。",
		opinion: "违规出具承诺函应当纠正。实际供货部分按合同结算，予以支持；要求财政兜底的部分不予支持。",
		basis:   "《预算法》第三十五条、第九十四条", demand: "一个月内同对方就实际供货部分对账结算。",
	},
	{
		name: "advance", category: "A10", units: []string{cityBuilders, anLiang, cityBuilders}, kinds: []string{"enterprise", anonymous}, money: true,
		things: []string{"道路提升工程", "停车场工程", "河道清淤工程", "安置区绿化工程"},
		title:  "{thing}没有预算就开工，全靠施工单位垫钱", request: "付清垫付的工程款{unpaid}，以后不再要求垫资。",
		facts:   "{year}年{unit}的{thing}，合同价{sum}。开工以前就说没有预算，要我们先垫着干，干完就给。\n干完以后又说要等专项资金，{unpaid}压了一年多，材料商天天来要账。",
		finding: "mostly", decision: "support",
		found:   "经查，{thing}开工时没有落实资金，存在要求垫资建设的情形，尚欠{unpaid}。合同之外的零星签证部分双方没有结算。投诉基本属实。",
		opinion: "政府投资项目不得由施工单位垫资建设。合同内的欠款应当支付，签证部分限期结算。",
		basis:   "《政府投资条例》第二十二条；" + payment + "第八条", demand: "三十日内付清合同内欠款。\n三十日内完成签证部分的结算。",
		warned: "经查，你单位实施{thing}，开工时没有落实资金，要求施工单位垫资建设，完工以后长期欠付。",
	},
	{
		name: "acceptance", category: "C06", units: []string{water, farming}, kinds: []string{"enterprise"}, money: true,
		things: []string{"灌溉渠修复", "高标准农田机井配套", "小型泵站改造", "田间道路工程"},
		title:  "{thing}干完半年不组织验收，借此不付款", request: "马上组织验收，付清{unpaid}。",
		facts:   "{year}年承建{unit}的{thing}，合同价{sum}。完工报告交了两次，农户早就用上了。\n单位一直不组织验收，说验收了就要付钱，现在没有钱。",
		finding: "substantiated", decision: "support",
		found:   "经查，完工报告已经收到，工程实际投入使用。被投诉单位没有在约定的期限内组织验收，尚欠{unpaid}。投诉属实。",
		opinion: "拖延验收的，付款期限从约定的验收期满之日起算。请求予以支持。",
		basis:   payment + "第十条、第九条", demand: "十五日内组织验收，验收合格后十五日内付清。",
		warned: "经查，你单位的{thing}完工并投入使用以后，没有在约定的期限内组织验收，借此拖延付款。",
	},
	{
		name: "confirm", category: "C07", units: []string{Housing, Housing, cityBuilders}, kinds: []string{"enterprise"}, money: true,
		things: []string{"保障房外围工程", "老旧小区改造二标段", "安置房配电工程"},
		title:  "{thing}的应收账款，单位拒不确认", request: "对{unpaid}的应收账款作出书面确认。",
		facts:   "{year}年承建{unit}的{thing}，欠款{unpaid}双方对过账。我们想用这笔应收账款去银行融资，按规定请单位确认。\n申请书送了两次，三十天早就过了，既不确认，也不说哪里有异议。",
		finding: "mostly", decision: "support",
		found:   "经查，确认申请已经收到，超过三十日没有答复。欠款的主要部分对账一致，有一笔变更的金额没有核定。投诉基本属实。",
		opinion: "应当在规定的期限内确认或者说明异议。对账一致的部分应当书面确认。",
		basis:   payment + "第十六条", demand: "七日内书面确认对账一致的部分，并说明其余部分的异议。",
		warned: "经查，你单位收到确认应收账款的申请以后，超过规定期限既没有确认，也没有说明异议。",
	},
	{
		name: "judgment", category: "D01", units: []string{anLiang, ciBa, anLiang}, kinds: []string{"citizen", "enterprise"}, litigation: "decided",
		things: []string{"租地补偿款", "承揽合同价款", "房屋租金"},
		title:  "法院判了付{thing}，单位一直不执行", request: "履行生效的判决。",
		facts:   "因为{thing}，{year}年起诉{unit}，一审胜诉，对方没有上诉，判决已经生效。\n申请执行以后，单位账户上查不到可以执行的钱，找负责人，说“法院的事找法院”。",
		finding: "substantiated", decision: "support",
		found:   "经查，判决书已经生效，判决确定的{thing}没有履行，也没有同申请人达成和解。投诉属实。",
		opinion: "生效裁判应当履行。请求予以支持，列入预算，限期履行完毕。",
		basis:   "《行政诉讼法》第九十四条、第九十六条；《民事诉讼法》第二百四十七条", demand: "一个月内履行完毕；确有困难的，同申请人达成书面的分期履行协议并报告。",
		warned: "经查，生效判决确定你单位支付{thing}，你单位没有履行，也没有同申请人达成和解。",
	},
	{
		name: "award", category: "D02", units: []string{transport, land}, kinds: []string{"enterprise"}, litigation: "decided",
		things: []string{"设计费", "检测费"},
		title:  "仲裁裁决{thing}半年了，只履行了一半", request: "把裁决的{thing}履行完。",
		facts:   "{year}年同{unit}因{thing}发生争议，仲裁委裁决对方支付。裁决生效半年，只付了一半，剩下的没有说法。",
		finding: "partially", decision: "partial",
		found:   "经查，裁决的{thing}已经支付大部分，其余因账户信息变更退回，没有重新支付。没有拒不履行的情形，但确有拖延。",
		opinion: "其余部分应当马上支付。拖延期间的利息按裁决书计算。",
		basis:   "《民事诉讼法》第二百四十八条", demand: "十日内支付其余部分。",
	},
	{
		name: "tender", category: "C09", units: []string{transport, education, health, transport, "JX-XZSP"}, kinds: []string{"enterprise"},
		things: []string{"后勤保洁服务", "信息系统运维服务", "印刷服务"},
		title:  "{thing}中标以后，单位迟迟不签合同", request: "按中标通知书签订合同，或者赔偿损失。",
		facts:   "参加{unit}{thing}采购，收到中标通知书。三十天过去没有签合同，打电话去问，说预算还要调整。",
		finding: "unsubstantiated", decision: "explain",
		found:   "经查，中标通知书发出以后，投诉人没有按采购文件的要求提交履约材料，单位两次书面提醒，有签收记录。逾期没有签约的原因不在单位。投诉不属实。",
		opinion: "向投诉人说明情况。投诉人对采购活动有异议的，可以依法提出质疑、投诉。",
		basis:   "《政府采购法》第四十六条、第五十二条",
	},
	{
		name: "charge", category: "C10", units: []string{cityOrder, "JX-SCJG", cityOrder, cityOrder, longShan}, kinds: []string{"enterprise", "citizen"},
		things: []string{"门头牌匾管理费", "占道押金", "检测服务费", "资料费"},
		title:  "向商户收取没有依据的{thing}", request: "退还已经收的{thing}。",
		facts:   "{unit}的人上门，让我们交{thing}，不交就不给办手续。票据上盖的是一家公司的章，看不出收费的依据。",
		finding: "unsubstantiated", decision: "explain",
		found:   "经查，收费的是市场上的服务公司，同被投诉单位没有委托关系；单位办理手续不以交费为条件，当日同去的人员也没有要求交费。投诉不属实。",
		opinion: "向投诉人说明情况，告知可以向价格主管部门反映该公司的收费问题。",
		basis:   "《河南省优化营商环境条例》第八十三条",
	},
	{
		name: "seedlings", category: "C01", units: []string{wangJi, yaoZhuang, baiMiao, zhaYuan, xueDian, guangTian}, kinds: []string{"citizen", "citizen", anonymous},
		things: []string{"青苗补偿", "地上附着物补偿", "临时占地补偿"},
		title:  "{place}的{thing}当场答应，只给了一部分", request: "补齐{thing}。",
		facts:   "{year}年修路占了{place}的地，{unit}开会时答应按亩给{thing}，当场登记了名单。\n第一批给了，第二批说名单不对，让我们等，等到现在。",
		finding: "partially", decision: "partial",
		found:   "经查，{thing}的标准和名单真实。第二批名单中有重复登记，核减以后应当补发的部分没有发放，属实；核减的部分不属实。",
		opinion: "核定后应当补发的部分予以支持；重复登记的部分向投诉人说明。",
		basis:   "《优化营商环境条例》第三十一条；《土地管理法》第四十八条", demand: "一个月内把核定的补偿发放到户，张榜公布。",
	},
	{
		name: "house", category: "C01", units: []string{huangDao, ciBa, Housing, wangJi}, kinds: []string{"citizen"},
		things: []string{"危房改造补助", "农村改厕补助"},
		title:  "{place}的{thing}验收了不发", request: "发放{thing}。",
		facts:   "{year}年按{unit}的通知改造，村里来人照了相、验收了。同村有人拿到了{thing}，我家没有，问谁都说不清楚。",
		finding: "unsubstantiated", decision: "explain",
		found:   "经查，投诉人申请的年度名额公示时没有异议，但投诉人家庭不在当年{thing}的对象范围内，村里验收是普查登记，不是补助验收。工作人员解释不清，是工作上的不足。投诉不属实。",
		opinion: "请求没有依据，不予支持。由所在乡镇上门解释政策，符合条件的年度可以再申请。",
		basis:   "《信访工作条例》第三十二条",
	},
	{
		name: "parking", category: "C02", units: []string{cityOrder, longShan, cityOrder}, kinds: []string{"enterprise"},
		things: []string{"停车场经营合同", "公厕管护合同", "广告位租赁合同", "夜市摊位管理合同"},
		title:  "单方面解除{thing}，前期投入没人管", request: "继续履行{thing}，或者赔偿前期投入。",
		facts:   "{year}年同{unit}签订{thing}，期限五年。干到第二年，一纸通知说规划调整，合同解除，设备限期搬走。",
		finding: "partially", decision: "partial",
		found:   "经查，因规划调整解除{thing}属实，解除以前没有同对方协商补偿，不符合合同约定。投诉人主张的投入中有一部分没有票据。",
		opinion: "规划调整需要解除的，应当依约补偿。有票据的投入由双方评估后补偿，其余不予支持。",
		basis:   "《民法典》第五百七十七条；《优化营商环境条例》第三十一条", demand: "两个月内完成评估，按评估结果补偿。",
	},
	{
		name: "harvest", category: "C01", units: []string{farming, guangTian, farming}, kinds: []string{"other_org"}, money: true,
		things: []string{"红薯订单", "中药材种植补贴", "冷库建设奖补"},
		title:  "动员种植时答应的{thing}，收了以后不认账", request: "兑现{thing}{unpaid}。",
		facts:   "{year}年{unit}开会动员，说有{thing}，发了盖章的明白纸。社员按要求种了，收的时候说项目停了，钱没有了。",
		finding: "mostly", decision: "support",
		found:   "经查，明白纸由被投诉单位印发，{thing}的条件社员基本达到，因项目调整没有兑现。有少数地块没有达到面积要求。投诉基本属实。",
		opinion: "对达到条件的社员应当兑现或者给予补偿。没有达到面积要求的部分向投诉人说明。",
		basis:   "《优化营商环境条例》第三十一条", demand: "一个月内核定名单，兑现或者商定补偿办法。",
		warned: "经查，你单位印发明白纸承诺{thing}，种植户达到条件以后没有兑现。",
	},
	{
		name: "concealed", category: "E01", units: []string{tangJie, changQiao}, kinds: []string{"npc_deputy"},
		things: []string{"三笔工程欠款", "两份承诺函"},
		title:  "自查台账里漏报了{thing}", request: "核查自查的情况，补报并整改。",
		facts:   "走访选民时了解到，{unit}上半年报的自查台账里没有{thing}，施工的老板手里有合同和欠条。\n不是没有发现，是发现了没有报。",
		finding: "mostly", decision: "support",
		found:   "经核对合同、账簿和自查台账：{thing}没有列入自查清单，其中一部分在自查以前单位负责人已经知道。反映基本属实。",
		opinion: "按隐瞒处理。限期补报，列入整改台账，付款或者商定计划。",
		basis:   "《关于开展债务融资领域政府失信行为治理的工作方案》第三部分第（二）项", demand: "十日内补报漏报的事项，逐项写明责任人和完成时间。",
		warned: "经查，你单位在债务融资领域失信问题自查中漏报{thing}，其中一部分自查以前已经知道。",
	},
	{
		name: "disclosure", category: "E04", units: []string{education, "JX-WGLJ", transport}, kinds: []string{"media"},
		things: []string{"上一年度的欠款信息", "逾期没有支付的合同数量"},
		title:  "没有按规定公开{thing}", request: "按规定公开{thing}。",
		facts:   "查阅了{unit}的网站，{thing}过了3月31日没有公开。打电话去问，说不知道要公开。",
		finding: "substantiated", decision: "support",
		found:   "经查，{thing}应当在3月31日以前公开，被投诉单位到投诉时没有公开，属实。收到转办以后已经补充公开。",
		opinion: "请求予以支持。已经补充公开，今后应当按时公开。",
		basis:   payment + "第十八条、第三十一条第（七）项", demand: "指定专人负责，以后每年按时公开。",
		warned: "经查，你单位没有按规定的期限公开{thing}，收到转办以后才补充公开。",
	},
	{
		name: "neglect", category: "E03", units: []string{"JX-RSJ", "JX-GXJ", "JX-RSJ"}, kinds: []string{"cppcc_member", "citizen"},
		things: []string{"欠薪线索", "企业账款的转办件", "劳务分包的转办件"},
		title:  "对{thing}推来推去，几个月没有答复", request: "对{thing}作出书面答复。",
		facts:   "把{thing}交到{unit}，先说归另一个科室，又说要等通知，几个月没有一个书面的答复。",
		finding: "unverifiable", decision: "explain",
		found:   "经查，登记簿上有该{thing}的收件记录，没有办理记录；经办人已经调离，所述的几次答复没有书面材料，双方说法不一，现有证据不能核实是否推诿。",
		opinion: "现有证据不能认定。请被投诉单位对原来的事项在十五日内补作书面答复。",
		basis:   "《信访工作条例》第四十五条",
	},
	{
		name: "retaliation", category: "F01", units: []string{liKou, yaoZhuang, xueDian}, kinds: []string{anonymous},
		things: []string{"低保复核", "宅基地审批"},
		title:  "反映问题以后，在{thing}上被刁难", request: "查清是不是打击报复，公正办理{thing}。",
		facts:   "去年向上反映过村里的事，之后我家的{thing}就一再退件，理由一次一个样。经手的人当面说过“谁让你去告”。",
		finding: "unverifiable", decision: "explain",
		found:   "经查，{thing}的退件理由有书面记录，与同期其他户一致；所述的话没有其他人在场，不能核实。没有发现泄露投诉人信息的情形。",
		opinion: "现有证据不能认定打击报复。{thing}由上一级部门复核一次，结果书面告知。",
		basis:   "《信访工作条例》第十八条、第四十六条",
	},
	{
		name: "rented", category: "C03", units: []string{transport, water, transport, transport, "JX-SWJ", transport}, kinds: []string{"enterprise"}, money: true,
		things: []string{"机械租赁费", "应急抢修费", "护栏安装款", "设备维护费", "场地整修费"},
		title:  "{thing}拖了一年没有结清", request: "结清{thing}{unpaid}。",
		facts:   "{year}年给{unit}干活，{thing}总共{sum}，对方说还有{unpaid}要走程序，一走就是一年。",
		finding: "unsubstantiated", decision: "not_support",
		found:   "经查付款凭证和双方对账单：{thing}已经全部付清，最后一笔付到了投诉人委托收款的公司，有委托书和回单。投诉不属实。",
		opinion: "款项已经付清，请求不予支持。投诉人同受委托公司之间的结算，可以依法另行解决。",
		basis:   payment + "第九条",
	},

	// Told only where a path asks for them.
	{
		name: "court", category: "C02", units: []string{cityOrder, land, longShan}, kinds: []string{"enterprise", "citizen"}, litigation: "pending",
		things: []string{"租赁合同纠纷", "征收补偿纠纷", "承揽合同纠纷"},
		title:  "{thing}法院已经立案，请平台督促单位和解", request: "督促单位和解。",
		facts: "{year}年起同{unit}有{thing}，法院已经立案，还没有开庭。想请平台出面，让单位先把钱付了。",
	},
	{
		name: "elsewhere", category: "Z99", units: []string{"JX-SWJU", "JX-STHJ"}, kinds: []string{"enterprise"},
		things: []string{"退税申请", "排污许可变更"},
		title:  "{thing}交了很久没有结果", request: "尽快办理{thing}。",
		facts: "{year}年底向{unit}提交{thing}，材料补了两次，至今没有结果，也没有书面说明。",
	},
	{
		name: "county", category: "C08", units: []string{"JX-XZF"}, kinds: []string{"enterprise"},
		things: []string{"招商会议纪要"},
		title:  "{thing}定下的事没有落实", request: "按{thing}落实。",
		facts: "{year}年县里开会定了支持项目的三件事，发了{thing}。各部门都说等县里统一安排，三件事一件没有落实。",
	},
	{
		name: "office", category: "E03", units: []string{Desk}, kinds: []string{"citizen"},
		things: []string{"上次的投诉"},
		title:  "对{thing}的答复太笼统", request: "由别的机关重新看一看。",
		facts: "{thing}是{unit}审核的，答复只有两句话。不想再由同一个单位来看，请转给上级。",
	},
	{
		name: "accusation", category: "Z99", units: []string{huangDao, liKou}, kinds: []string{anonymous},
		things: []string{"一名站所负责人", "一名经办人员"},
		title:  "反映{thing}在工程验收中收好处", request: "请有权机关查处。",
		facts: "{unit}的{thing}，验收时暗示要表示表示，不表示就挑毛病。不敢留姓名，怕以后没法干活。",
	},
	{
		name: "loan", category: "Z99", units: []string{changQiao, ciBa}, kinds: []string{"citizen"},
		things: []string{"村干部个人的借款", "一名工作人员的借款"},
		title:  "{thing}到期不还", request: "让单位出面，把钱还上。",
		facts: "{year}年{month}月借出去的钱，写了欠条，约定一年还清。借钱的人在{unit}上班，到期一直不还，找单位，单位说管不着。",
	},
	{
		name: "stranger", category: "C03", units: []string{cityBuilders}, kinds: []string{"enterprise"},
		things: []string{"砂石料款", "模板租赁费"},
		title:  "{unit}工地的{thing}没有结清", request: "付清{thing}。",
		facts: "{year}年往{unit}的工地送货，同工地上的一家公司签的合同，{thing}没有结清。公司找不到人了，工程是{unit}的，应当由它付。",
	},
	{
		name: "sluice", category: "C06", units: []string{water}, kinds: []string{"citizen"},
		things: []string{"渠道闸门维修费"},
		title:  "{thing}干完两年没有给", request: "付清{thing}。",
		facts: "{year}年冬天给水利站修渠道闸门，活是电话里叫的，干完有人签了单子。单位的全名说不准，办公的地方在老车站旁边。",
	},
	{
		name: "lamps", category: "C06", units: []string{cityOrder}, kinds: []string{"citizen"},
		things: []string{"路灯电缆维修费"},
		title:  "{thing}没有人认账", request: "付清{thing}。",
		facts: "{year}年给县里修路灯电缆，干完以后来过的人都换了，不知道是哪个单位的。",
	},
}
