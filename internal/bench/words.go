package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// teller writes complaints that nobody wrote, of the length and in the words of
// real ones: contracts not paid, promises not kept, papers not issued.
type teller struct{ *rand.Rand }

// newTeller writes the same texts at every run.
func newTeller(seed uint64) teller { return teller{rand.New(rand.NewPCG(seed, 20260302))} }

// story is one complaint's words.
type story struct{ title, request, facts, reasons string }

func (w teller) story() story {
	var facts strings.Builder
	facts.WriteString(w.sentence(openings))
	for range 4 + w.IntN(7) {
		facts.WriteString(w.sentence(middles))
		if w.IntN(5) == 0 {
			facts.WriteString("\n")
		}
	}
	facts.WriteString(w.sentence(endings))
	s := story{title: w.sentence(titles), request: w.sentence(requests), facts: facts.String()}
	if w.IntN(2) == 0 {
		s.reasons = w.sentence(reasons)
	}
	return s
}

// sentence fills the slots of one of the patterns.
func (w teller) sentence(patterns []string) string {
	pattern := pick(w, patterns)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(w.fill(slot))
		pattern = after
	}
}

func (w teller) fill(slot string) string {
	switch slot {
	case "年":
		return fmt.Sprint(2016 + w.IntN(10))
	case "月":
		return fmt.Sprint(1 + w.IntN(12))
	case "日":
		return fmt.Sprint(1 + w.IntN(28))
	case "数":
		return fmt.Sprint(2 + w.IntN(98))
	case "钱":
		return fmt.Sprintf("%d.%d", 1+w.IntN(900), w.IntN(10))
	case "村":
		return pick(w, surnames) + pick(w, placeKinds)
	case "人":
		return pick(w, surnames) + pick(w, callings)
	case "公司":
		return pick(w, firmHeads) + pick(w, firmTails)
	}
	return pick(w, slots[slot])
}

func pick(w teller, from []string) string { return from[w.IntN(len(from))] }

var (
	surnames   = strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 窑 茨 芝 堂 薛")
	placeKinds = strings.Fields("庄村 寨村 楼村 湾村 沟村 集村 店村 营村 坡村 岗村 桥村 洼村 河村 堂村 砦村 垌村")
	callings   = strings.Fields("主任 科长 局长 书记 镇长 会计 队长 股长 工程师 所长 经理 老板")
	firmHeads  = strings.Fields("宏远 恒泰 青禾 金盾 中原 豫通 鑫磊 华安 广厦 盛达 天工 利民 振兴 瑞丰 永固 昌隆 新纪元 大地 汇鑫 众诚 嘉禾 铁门 方圆 长城 博雅")
	firmTails  = strings.Fields("建筑公司 路桥公司 市政工程公司 园林绿化公司 装饰公司 建材厂 商贸行 劳务公司 农机合作社 印刷厂 物业公司 科技公司 养殖合作社 水利工程队")
)

// slots are what the patterns are filled with.
var slots = map[string][]string{
	"单位": strings.Fields("县财政局 县住建局 县交通局 县水利局 县教体局 县农业农村局 县自然资源局 县城管局 县民政局 县卫健委 开发区管委会 镇政府 乡政府 街道办事处 城投公司 县人社局 县文旅局 县林业局 县市场监管局 县医保局"),
	"工程": strings.Fields("村道硬化工程 污水管网改造 学校食堂翻建 卫生院门诊楼 河道清淤 路灯安装 老旧小区改造 农田水利项目 绿化带补植 办公楼装修 桥梁加固 幼儿园围墙 敬老院屋面防水 高标准农田 自来水入户 垃圾中转站 文化广场铺装 标识标牌制作 排涝泵站 安置房外墙保温 会议室音响 窨井盖更换 消防管道 监控设备"),
	"款项": strings.Fields("工程款 质保金 材料款 租金 征地补偿款 青苗补偿费 拆迁安置费 招商奖励 农民工工资 设计费 监理费 印刷费 劳务费 保洁费 履约保证金 投标保证金 培训补贴 良种补贴 土地流转费 培训费"),
	"借口": strings.Fields("财政紧张 领导换了 正在审计 手续不全 账户冻结 资金没有到位 要等上级批复 经办人调走了 合同找不到了 决算没有做完 要走流程 机构改革 还在研究"),
	"态度": strings.Fields("不接电话 态度生硬 互相推诿 一拖再拖 只说等通知 让我去别的科室 说不归他们管 答应了又反悔 不给书面答复 把材料退了回来 说新官不理旧账"),
	"证据": strings.Fields("中标通知书 施工合同 验收报告 结算审核书 会议纪要 收据 银行流水 欠条 往来函件 红头文件 现场照片 签证单 承诺书 考勤表 送货单"),
	"后果": strings.Fields("工人堵在家门口 银行贷款逾期 材料商起诉了我们 公司快要倒闭 孩子上学的钱都没有 被列入失信名单 只好借高利贷 合伙人散了 老人看病都拿不出钱 设备被拍卖 员工走了大半"),
	"承诺": strings.Fields("三年免租 配套道路半年通车 土地证一年办好 水电接到厂门口 每亩补贴八百元 优先安置就业 建设专用变电站 减免城市配套费 提供周转房 按期回购"),
	"法条": strings.Fields("《保障中小企业款项支付条例》 《优化营商环境条例》 《民法典》 《政府投资条例》 《保障农民工工资支付条例》 《信访工作条例》 《土地管理法》 《招标投标法》"),
}

var titles = []string{
	"{单位}拖欠{工程}{款项}{数}万元", "{村}{工程}完工多年，{款项}没有付清", "{单位}承诺的{承诺}没有兑现",
	"{单位}以{借口}为由不付{款项}", "反映{单位}对{公司}的{款项}{态度}", "{工程}验收合格后{单位}不结算{款项}", "{村}征地后{款项}迟迟不到位",
	"{单位}单方面解除{工程}合同不赔偿",
}

var requests = []string{
	"请付清拖欠的{款项}{钱}万元，并按合同支付逾期利息。", "请兑现{承诺}的承诺，或者赔偿我们的损失。", "请{单位}书面答复什么时候付款，由谁负责。",
	"请在{数}日内结清{款项}，追究有关人员责任。", "请核实{工程}的实际工程量，按审定价结算。", "请督促{单位}履行生效判决，付清{款项}。",
}

var openings = []string{
	"我是{公司}的负责人，{年}年{月}月通过公开招标承建了{单位}的{工程}，合同价{钱}万元。",
	"{年}年{月}月{日}日，我们与{单位}签订了{工程}施工合同，约定完工后{数}日内付清{款项}。",
	"我们是{村}的村民，{年}年{单位}在我村实施{工程}，占用耕地{数}亩，答应付给{款项}。",
	"{年}年，{单位}到外地招商，{人}当面承诺{承诺}，我们因此把厂迁到本县，投资{钱}万元。",
	"本人从{年}年起给{单位}供货，双方每季度对账，到{年}年{月}月底共欠{款项}{钱}万元。",
}

var middles = []string{
	"{工程}于{年}年{月}月{日}日通过验收，有{证据}和{证据}可以证明。",
	"此后我们多次找到{单位}，{人}以{借口}为由{态度}。",
	"{月}月{日}日我又去了一趟，{人}说{借口}，让我过了年再来。",
	"到现在只付了{钱}万元，还差{钱}万元，占合同价的百分之{数}。",
	"因为拿不到{款项}，{后果}，{后果}。",
	"我手里有{证据}、{证据}，上面盖着{单位}的公章，{人}也签了字。",
	"合同第{数}条写明，逾期付款按每日万分之五支付违约金，{单位}一直不认。",
	"{年}年{月}月{单位}开会定下分{数}期付清，第一期付了{钱}万元以后就没有下文。",
	"去年我们向县里反映过，转到{单位}以后，{人}{态度}。",
	"同一批的{公司}早就拿到了{款项}，为什么我们的就要等{借口}？",
	"{工程}的工程量是{人}现场量的，后来审计核减了{数}%，没有告诉我们理由。",
	"我们垫资{钱}万元，其中{数}个工人的工资是我卖了房子付的。",
	"按照{法条}的规定，机关、事业单位不得以{借口}为由拒绝或者拖延支付。",
	"{单位}的{人}调到{单位}去了，新来的{人}说这事他不清楚，{态度}。",
	"当初说好的{承诺}，到{年}年{月}月一样也没有办成，厂房空了{数}个月。",
	"{村}的{数}户群众都可以作证，{人}在村民大会上讲过{月}月底以前付清。",
}

var endings = []string{
	"希望上级查一查，给我们一个说法。", "恳请有关部门尽快核实，督促{单位}付清{款项}。", "以上情况属实，附{证据}复印件{数}页。",
	"我们实在没有办法了，只求按合同办事。", "请把处理结果书面告诉我。",
}

var reasons = []string{
	"{法条}规定，应当自交付之日起三十日内支付款项。{单位}已经逾期{数}个月。",
	"双方签有{证据}，{单位}也出具过{证据}，债权债务清楚，没有争议。",
	"{单位}的{承诺}写进了招商协议第{数}条，我们据此作出投资，{法条}要求保持政策连续稳定。",
}
