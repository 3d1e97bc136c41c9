-- +goose Up
CREATE TABLE category_group (
	code  text PRIMARY KEY CHECK (code ~ '^[A-Z]$'),
	title text NOT NULL CHECK (title <> '')
);
COMMENT ON TABLE category_group IS 'The groups under which categories are offered, in the order of their letters.';

CREATE TABLE category (
	code            text PRIMARY KEY CHECK (code ~ '^[A-Z][0-9]{2}$'),
	group_code      text NOT NULL GENERATED ALWAYS AS (left(code, 1)) STORED REFERENCES category_group,
	key             text NOT NULL UNIQUE,
	title           text NOT NULL CHECK (title <> ''),
	description     text NOT NULL,
	basis           text NOT NULL CHECK (basis <> ''),
	basis_confirmed bool NOT NULL,
	evidence        text NOT NULL,
	sort            int  NOT NULL,
	valid_from      date NOT NULL,
	valid_to        date CHECK (valid_to >= valid_from)
);
COMMENT ON TABLE category IS 'What a complaint may be about, with the article that forbids it.';
COMMENT ON COLUMN category.basis IS 'The articles as a person reads them.';
COMMENT ON COLUMN category.basis_confirmed IS 'Whether every article was read in the official text; where not, a legal officer checks before it is quoted in a document.';
COMMENT ON COLUMN category.evidence IS 'Papers that usually prove it; empty when there are none in particular.';
COMMENT ON COLUMN category.valid_to IS 'Last day on which it may be chosen; NULL while it may.';

GRANT SELECT ON category_group, category TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

INSERT INTO category_group (code, title) VALUES
	('A', '违规举债担保'),
	('B', '基金变相举债'),
	('C', '政策承诺和合同'),
	('D', '司法裁判'),
	('E', '履职和整改'),
	('F', '打击报复和泄密'),
	('Z', '其他');

INSERT INTO category (code, key, title, description, basis, basis_confirmed, evidence, sort, valid_from) VALUES
	('A01', 'illegal_borrowing', '违规举债', '债券以外以任何方式举借',
		'《预算法》第三十五条第三款、第九十四条；国发〔2014〕43号', false, '借款/融资合同、会议纪要、拨款凭证', 10, '2024-01-01'),
	('A02', 'illegal_guarantee', '违规担保', '为单位或个人债务提供担保',
		'《预算法》第三十五条第四款、第九十四条；《民法典》第六百八十三条', false, '保证合同、担保函、抵质押登记', 20, '2024-01-01'),
	('A03', 'commitment_letter', '承诺偿债/安慰函', '承诺函、安慰函、人大决议、纳预算承诺等承担他人融资偿还',
		'财预〔2017〕50号；《关于开展债务融资领域政府失信行为治理的工作方案》', false, '承诺函、函件、决议、批复', 30, '2024-01-01'),
	('A04', 'public_asset_financing', '公益资产/储备土地融资', '以公益性资产、储备土地注入或抵押；承诺土地收益还款',
		'财预〔2010〕412号、财预〔2012〕463号、财预〔2017〕50号', false, '产权证、注资文件、抵押登记', 40, '2024-01-01'),
	('A05', 'platform_borrowing', '借平台/国企/事业单位举债', '以企业债务形式替政府举债、政府还款',
		'国发〔2014〕43号、财预〔2017〕50号', false, '平台合同、财政还款流水', 50, '2024-01-01'),
	('A06', 'fake_service_purchase', '违规政府购买服务融资', '把工程建设、融资、打包项目等列入购买服务；先买后列预算',
		'财预〔2017〕87号', false, '购买服务协议、预算批复、应收账款质押', 60, '2024-01-01'),
	('A07', 'disguised_ppp', '名股实债/违规PPP', '固定回报、回购、保底',
		'财办金〔2017〕92号、国办函〔2023〕115号', false, '合作协议、股东协议、回购函', 70, '2024-01-01'),
	('A08', 'hidden_debt', '新增隐债/虚假化债/瞒报', '隐匿、造假化解',
		'中发〔2018〕27号、中办发〔2018〕46号', false, '台账差异、审计报告', 80, '2024-01-01'),
	('A09', 'bond_misuse', '债券资金违规使用', '挪用、闲置、用于经常性支出',
		'《预算法》第三十五条、第九十四条', true, '支付凭证、项目台账', 90, '2024-01-01'),
	('A10', 'forced_advance', '垫资建设/无预算采购', '要求施工单位垫资；无/超预算采购',
		'《保障中小企业款项支付条例》第八条、第三十二条；《政府投资条例》第二十二条', false, '合同条款、会议纪要', 100, '2024-01-01'),
	('B01', 'fund_with_loan', '借贷资金出资设基金', '以借贷资金出资设立投资基金',
		'财预〔2017〕50号第三部分；《关于开展债务融资领域政府失信行为治理的工作方案》', false, '出资凭证、借款合同、基金章程', 110, '2024-01-01'),
	('B02', 'fund_guaranteed_return', '基金保本保收益', '承诺回购本金、承担损失、最低收益或对有限合伙附加条款',
		'财预〔2017〕50号第三部分', false, '合伙协议、补充协议、抽屉协议', 120, '2024-01-01'),
	('C01', 'promise_default', '政策承诺不兑现', '优惠、奖补、书面承诺不履行',
		'《优化营商环境条例》第三十一条；《河南省优化营商环境条例》第二十五条', true, '文件、纪要、批复、招商协议', 130, '2024-01-01'),
	('C02', 'contract_breach', '合同违约毁约', '不履行/不完全/单方解除',
		'《优化营商环境条例》第三十一条；《河南省优化营商环境条例》第二十五条；《民法典》第五百零九条、第五百七十七条', false, '合同、函件', 140, '2024-01-01'),
	('C03', 'arrears', '拖欠账款', '逾期未付货物工程服务款',
		'《保障中小企业款项支付条例》第九条、第三十一条；《中小企业促进法》第五十三条', true, '合同、验收单、结算书、发票、对账函', 150, '2024-01-01'),
	('C04', 'deposit_withheld', '违法收取/不退保证金', '四种以外收取、拒保函、逾期不退',
		'《保障中小企业款项支付条例》第十三条、第三十一条第（五）项', true, '收据、退还申请', 160, '2024-01-01'),
	('C05', 'successor_denial', '新官不理旧账', '以换届、调整、换人为由不履行',
		'《优化营商环境条例》第三十一条；发改财金〔2023〕1103号', false, '前任文件、交接记录', 170, '2024-01-01'),
	('C06', 'payment_obstruction', '变相拖延支付', '强制商票、强制审计、拖验收、内部流程',
		'《保障中小企业款项支付条例》第十条至第十四条、第三十一条', true, '票据、拒付函、验收延误证据', 180, '2024-01-01'),
	('C07', 'refusal_confirm', '拒不确权', '30日内不确认应收账款',
		'《保障中小企业款项支付条例》第十六条', true, '确权申请与回执', 190, '2024-01-01'),
	('C08', 'investment_breach', '招商引资失信', '土地、配套、返还等承诺没有兑现。违规的税收返还承诺本身不合法，怎样兑现要先过法制审核',
		'发改财金〔2023〕1103号', false, '协议、会议纪要', 200, '2024-01-01'),
	('C09', 'procurement_dishonesty', '采购招投标/PPP失信', '中标不签约、擅改合同',
		'《政府采购法》；发改财金〔2023〕1103号', false, '中标通知、合同', 210, '2024-01-01'),
	('C10', 'illegal_charge', '涉企违规收费', '摊派、乱收费',
		'《河南省优化营商环境条例》第八十三条；中共中央办公厅、国务院办公厅《关于健全社会信用体系的意见》（2025年）', false, '票据', 220, '2024-01-01'),
	('D01', 'judgment_default', '不履行生效裁判', '法院判决、裁定、调解已经生效，单位不履行',
		'《行政诉讼法》第九十四条、第九十六条', true, '裁判文书、执行通知', 230, '2024-01-01'),
	('D02', 'award_default', '不履行仲裁裁决', '仲裁裁决已经生效，单位不履行',
		'《民事诉讼法》第二百四十八条', true, '裁决书', 240, '2024-01-01'),
	('D03', 'assist_refusal', '拒不协助执行', '法院要求协助执行，单位不协助',
		'《民事诉讼法》', false, '协助通知、回执', 250, '2024-01-01'),
	('D04', 'no_court_appearance', '负责人应出庭未出庭', '行政诉讼中负责人应当出庭而没有出庭',
		'《行政诉讼法》第三条；《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》（法释〔2020〕3号）第十二条', true, '出庭通知、裁判记载', 260, '2024-01-01'),
	('D05', 'no_reply_advice', '逾期不复司法/检察建议', '收到司法建议、检察建议，到期不回复',
		'《最高人民法院关于综合治理类司法建议工作若干问题的规定》（法释〔2023〕11号）第八条；《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条', true, '建议书签收记录', 270, '2024-01-01'),
	('E01', 'concealment', '自查瞒报漏报造假', '自查中瞒报、漏报、造假',
		'《关于开展债务融资领域政府失信行为治理的工作方案》第三部分第（二）项；《公职人员政务处分法》第三十九条第（四）项', true, '自查表与核查差异', 280, '2024-01-01'),
	('E02', 'rect_delay', '拖延整治', '查出问题后拖着不整改',
		'《关于开展债务融资领域政府失信行为治理的工作方案》第三部分第（二）项；《公职人员政务处分法》第三十九条第（二）项', false, '整改台账', 290, '2024-01-01'),
	('E03', 'complaint_neglect', '推诿敷衍投诉、拒办转办件', '对投诉推诿敷衍，或者转来的投诉拒不办理',
		'《信访工作条例》第四十条、第四十五条；《河南省优化营商环境条例》第八十三条第（十九）项', true, '流转日志', 300, '2024-01-01'),
	('E04', 'disclosure_failure', '未按规定公开欠款信息', '3月31日前未公开',
		'《保障中小企业款项支付条例》第十八条、第三十一条第（七）项', true, '网站截图', 310, '2024-01-01'),
	('E05', 'duty_failure', '履职尽责不到位', '该管的不管、该办的不办，又不属于前面各类',
		'《关于开展债务融资领域政府失信行为治理的工作方案》第二部分', false, '', 320, '2024-01-01'),
	('F01', 'retaliation', '打击报复', '因为投诉、举报、作证受到打击报复',
		'《信访工作条例》第十八条、第四十六条第（六）项；《保障中小企业款项支付条例》第二十条、第三十五条；《公职人员政务处分法》第三十二条第（三）项、第六十二条第（三）项；《公务员法》第五十九条第（六）项', true, '通话、岗位变动记录', 330, '2024-01-01'),
	('F02', 'leak', '泄露举报人/材料', '把投诉人、举报人的身份或者材料泄露出去',
		'《信访工作条例》第三十条、第四十六条第（五）项；《纪检监察机关处理检举控告工作规则》第四十七条', false, '审计日志', 340, '2024-01-01'),
	('Z99', 'other', '其他', '不属于前面各类，请写清楚是什么事',
		'本平台自设的兜底类别，不是法定分类', false, '', 350, '2024-01-01');
