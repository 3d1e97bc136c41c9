package view

import (
	"context"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// Title is the text of a heading with the places where it may break, between words and
// never inside one: a style sheet that keeps Chinese together (word-break: keep-all)
// breaks at these alone. Browsers know no Chinese words by themselves. The last three
// characters stay together, so that none stands alone on a line.
func Title(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for i, word := range words(text) {
			if i > 0 {
				if _, err := io.WriteString(w, "<wbr>"); err != nil {
					return err
				}
			}
			if _, err := io.WriteString(w, templ.EscapeString(word)); err != nil {
				return err
			}
		}
		return nil
	})
}

// unknownRun is how many characters that form no word of ours stay together, such as
// the name of a place; more may break anywhere. A single one belongs to what follows:
// 县 to 财政局.
const unknownRun = 6

// lastRun is how many characters at the end stay together.
const lastRun = 3

// words cuts a text into the pieces between which it may break.
func words(text string) []string {
	var c cutting
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		word := known(text)
		switch {
		case word > 0:
			n = word
			c.word(text[:n])
		case isHan(r):
			c.unknown = append(c.unknown, text[:n])
		case unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po):
			c.end(text[:n])
		default:
			c.flush()
			c.before += text[:n]
		}
		text = text[n:]
	}
	c.end("")
	return joinLast(joinParticles(c.out))
}

// cutting is what words has found so far.
type cutting struct {
	out     []string
	before  string   // a number, a letter or an opening sign: it belongs to what follows
	unknown []string // characters that form no word of ours
}

func (c *cutting) put(piece string) { c.out, c.before = append(c.out, c.before+piece), "" }

func (c *cutting) word(text string) {
	if len(c.unknown) == 1 {
		text = c.unknown[0] + text
		c.unknown = nil
	}
	c.flush()
	c.put(text)
}

func (c *cutting) flush() {
	if len(c.unknown) > unknownRun {
		for _, one := range c.unknown {
			c.put(one)
		}
	} else if len(c.unknown) > 0 {
		c.put(strings.Join(c.unknown, ""))
	}
	c.unknown = nil
}

// end puts a sign that begins no line, such as ， or 》, to what stands before it.
func (c *cutting) end(sign string) {
	c.flush()
	if len(c.out) == 0 {
		c.out = []string{""}
	}
	c.out[len(c.out)-1] += c.before + sign
	c.before = ""
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// particles end what stands before them and begin no line.
const particles = "的了着过地得们等吗呢吧"

func joinParticles(list []string) []string {
	out := list[:0]
	for _, word := range list {
		first, size := utf8.DecodeRuneInString(word)
		if len(out) > 0 && strings.ContainsRune(particles, first) && !strings.ContainsFunc(word[size:], isHan) {
			out[len(out)-1] += word
			continue
		}
		out = append(out, word)
	}
	return out
}

func joinLast(list []string) []string {
	for len(list) > 1 && utf8.RuneCountInString(list[len(list)-1]) < lastRun {
		list[len(list)-2] += list[len(list)-1]
		list = list[:len(list)-1]
	}
	return list
}

// known is the length of the longest word of ours that a text begins with, in bytes.
func known(text string) int {
	n, found := 0, 0
	for range longest {
		_, size := utf8.DecodeRuneInString(text[n:])
		if n += size; size == 0 {
			break
		}
		if dictionary[text[:n]] {
			found = n
		}
	}
	return found
}

// longest is how many characters a word of the dictionary has at most.
const longest = 12

// dictionary are the words of titles in this office and on its pages: what is done,
// who does it, what it is about, and the small words between.
var dictionary = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(`
		关于 对于 由于 根据 按照 依据 以及 或者 但是 因为 所以 已经 没有 不是 还是 可以 应当 不能 不得 怎样 怎么 什么 为什么 哪些 哪个 哪里 多少 几件
		予以 给予 作出 进行 印发 发布 公布 公开 转发 开展 做好 加强 规范 修订 试行 补充 说明 有关 相关 全县 全市 全省 全部 各单位 各部门 各乡镇
		的 了 着 过 地 得 们 等 吗 呢 吧
		对 和 与 及 或 在 向 由 从 把 被 将 给 到 是 有 无 不 未 没 已 还 又 也 都 就 请 为 于 以 因 之 其 各 该 本 此
		书面警示 失信问题 失信行为 失信记录 失信单位 政务诚信 政务失信 诚信建设 信用修复 信用记录 社会信用 统一社会信用代码 约谈 通报 通报批评 督办 督办函
		公示 公告 公示公告 公示期 公示期满 决定 决定书 告知书 意见书 通知 通知书 意见 办法 规定 条例 细则 方案 清单 目录 标准 制度 情况 结果 报告 名单
		政策 政策依据 法律 法律依据 法规 依据 条款 范围 受理范围 期限 办理期限 程序 流程 步骤 原则 责任 义务 权利 程序规定
		投诉 投诉人 被投诉单位 投诉举报 举报 信访 投诉编号 查询码 查询进度 回执 投诉回执 受理 不予受理 登记 转送 派单 签收 承办 承办单位 办理 办理经过 办理统计 办结
		答复 答复意见 书面答复 复查 复核 申诉 异议 申请 申请复查 补正 撤回 催办 核实 查实 属实 评价 满意 不满意 逾期 按期 到期 延期 暂停 整改 改正 履行 不履行
		人民政府 办公室 办事处 委员会 村民委员会 居民委员会 管理委员会 领导小组 人民法院 人民检察院 公安局 财政局 教育局
		教育体育局 审计局 司法局 民政局 水利局 农业农村局 自然资源局 交通运输局 住房和城乡建设局 市场监督管理局 发展和改革委员会 工业和信息化局 人力资源和社会保障局
		卫生健康委员会 应急管理局 生态环境局 行政审批局 政务服务 大数据管理局 信访局 统计局 税务局 医疗保障局 退役军人事务局 文化广电和旅游局 城市管理局 林业局
		纪检监察机关 监察委员会 国有企业 事业单位 行政机关 企业 单位 部门 机关 政府 法院 银行 公司 有限公司 工程有限公司 中小企业 农民工 个体工商户 代表 委员 媒体 代表委员
		拖欠 拖欠账款 账款 欠款 欠账 工程款 材料款 货款 服务费 租金 工资 工钱 劳务费 保证金 质保金 履约保证金 利息 违约金 补偿款 征收补偿 拆迁补偿 补贴 奖补资金 资金
		合同 协议 招商协议 会议纪要 合同与金额 承诺 政策承诺 不兑现 兑现 失信 违约 担保 违规 违规担保 违规借债 借款 债务 债权 付款 支付 付清 没有付清 结算 验收 审计 竣工
		工程 项目 道路 村道 硬化 维修 水渠 水渠维修 学校 医院 卫生院 改造 建设 采购 供货 设备 装修 租赁 土地 征地 房屋 产权 证书 手续 许可 审批 备案 判决 裁定 仲裁 执行 生效
		第一季度 第二季度 第三季度 第四季度 季度 年度 上半年 下半年 今年 去年 以来 以前 以后 期间 期满 之内 以内 以上 以下 两年 三年 一直 至今 目前 现在 正在
		您 我们 您的 我的投诉 我要投诉 事情 经过 事情经过 材料 证据 证据材料 联系 保密 联系与保密 核对 提交 确认 使用 帮助 使用帮助 隐私 隐私与保密 无障碍 无障碍说明 说明 统计 分析
		最近公示 其他渠道 监督 监督我们 热线 电话 地址 邮箱 网站 网上 平台 监督平台 政务诚信投诉监督平台 数据 下载 单位名录 换领导 旧账 不认账 新官不理旧账 推诿 拖延 敷衍
		机械 机械租赁费 租赁费 场地 整修 整修费 文化 广场 文化广场 排水 排水沟 水库 桥梁 水桥 校舍 防水 门头 牌匾 管理费 资料费 费用 收取 商户 向商户 临时 占地 临时占地 地上附着物 附着物 青苗 种植 药材 中药材 冷库
		当场 当场答应 答应 一部分 早已 早就 迟迟 迟迟不 不签 不给 不办 不认 不执行 不落实 没有结清 结清 没有落实 落实 没有给 没有着落 尾款 拖了 干完 干活 通过 中标 中标以后 服务 印刷 保洁 打印 复印 设备维护费 维护费 维护
		招商 招商引资 入驻 厂房 标准厂房 进厂道路 通水通电 污水 管网 污水管网 停车场 开工 预算 施工 施工单位 垫钱 垫资 绿化 安置 安置区 安置房 老旧小区 小区 人行道 铺装 集镇 农田 高标准农田 机井 配套
		法院判了 判了 贷款 合作社 出具 承诺函 还款 现在 无效 宅基地 反映 刁难 村民 村里 农村 改厕 补助 验收合格 交付 使用 要求 尽快 无故 克扣 拒绝 拒不 一年 半年 几个月 两年多 三年多 多年
	`) {
		all[word] = true
	}
	return all
}()
