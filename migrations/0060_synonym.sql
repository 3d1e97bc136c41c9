-- +goose Up
CREATE TABLE synonym (
	purpose text NOT NULL CHECK (purpose IN ('unit', 'category')),
	said    text NOT NULL CHECK (said <> '' AND length(said) <= 40),
	means   text NOT NULL CHECK (means <> '' AND length(means) <= 40),
	PRIMARY KEY (purpose, said, means),
	CHECK (said <> means)
);
COMMENT ON TABLE synonym IS 'What people say for what the tables of units and categories call otherwise. They find it; nobody is taken at their word by it.';
COMMENT ON COLUMN synonym.said IS 'The words of people: of a unit what stood or is said in the place of a part of its name.';
COMMENT ON COLUMN synonym.means IS 'Of a unit, a part of names of today; of a category, its code.';
GRANT SELECT ON synonym TO zhengxin_portal, zhengxin_admin, zhengxin_worker;
GRANT INSERT, DELETE ON synonym TO zhengxin_admin;

-- Names before the reforms of 2018 and 2023, and short names that are said everywhere.
INSERT INTO synonym (purpose, said, means) VALUES
	('unit', '水务', '水利'),
	('unit', '国土资源', '自然资源'), ('unit', '国土', '自然资源'), ('unit', '规划', '自然资源'), ('unit', '土地', '自然资源'), ('unit', '自然资源和规划', '自然资源'),
	('unit', '工商行政管理', '市场监督管理'), ('unit', '工商', '市场监督管理'), ('unit', '质量技术监督', '市场监督管理'), ('unit', '质监', '市场监督管理'),
	('unit', '食品药品监督管理', '市场监督管理'), ('unit', '食药监', '市场监督管理'), ('unit', '药监', '市场监督管理'), ('unit', '市监', '市场监督管理'),
	('unit', '环境保护局', '生态环境局'), ('unit', '环保局', '生态环境局'), ('unit', '环保', '生态环境'),
	('unit', '卫生和计划生育', '卫生健康'), ('unit', '卫计', '卫生健康'), ('unit', '卫生局', '卫生健康委员会'), ('unit', '计生委', '卫生健康委员会'), ('unit', '计生办', '卫生健康委员会'), ('unit', '卫健', '卫生健康'),
	('unit', '农业局', '农业农村局'), ('unit', '农委', '农业农村局'), ('unit', '农机局', '农业农村局'), ('unit', '畜牧局', '农业农村局'), ('unit', '扶贫办', '农业农村局'), ('unit', '乡村振兴局', '农业农村局'),
	('unit', '劳动局', '人力资源和社会保障局'), ('unit', '人事局', '人力资源和社会保障局'), ('unit', '劳动和社会保障局', '人力资源和社会保障局'), ('unit', '社保局', '人力资源和社会保障局'), ('unit', '人社', '人力资源和社会保障'),
	('unit', '城建局', '住房和城乡建设局'), ('unit', '建设局', '住房和城乡建设局'), ('unit', '房管局', '住房和城乡建设局'), ('unit', '房产局', '住房和城乡建设局'), ('unit', '建委', '住房和城乡建设局'), ('unit', '住建', '住房和城乡建设'),
	('unit', '安监局', '应急管理局'), ('unit', '安全生产监督管理', '应急管理'), ('unit', '地震局', '应急管理局'),
	('unit', '教育局', '教育体育局'), ('unit', '体育局', '教育体育局'), ('unit', '教委', '教育体育局'), ('unit', '教体', '教育体育'),
	('unit', '科技局', '科学技术和工业信息化局'), ('unit', '工信局', '科学技术和工业信息化局'), ('unit', '工信委', '科学技术和工业信息化局'), ('unit', '经贸委', '科学技术和工业信息化局'), ('unit', '科工信', '科学技术和工业信息化'),
	('unit', '文化局', '文化广电和旅游局'), ('unit', '旅游局', '文化广电和旅游局'), ('unit', '广电局', '文化广电和旅游局'), ('unit', '文广', '文化广电'), ('unit', '文旅', '文化广电和旅游'),
	('unit', '国税局', '税务局'), ('unit', '地税局', '税务局'), ('unit', '国家税务局', '税务局'), ('unit', '地方税务局', '税务局'),
	('unit', '计委', '发展和改革委员会'), ('unit', '物价局', '发展和改革委员会'), ('unit', '粮食局', '发展和改革委员会'), ('unit', '发改', '发展和改革'),
	('unit', '法制办', '司法局'), ('unit', '民宗', '民族宗教事务'), ('unit', '宗教局', '民族宗教事务局'), ('unit', '民委', '民族宗教事务局'),
	('unit', '招商局', '商务局'), ('unit', '商业局', '商务局'), ('unit', '粮商', '商务'), ('unit', '医保', '医疗保障'), ('unit', '新农合', '医疗保障'),
	('unit', '审批局', '行政审批和政务信息管理局'), ('unit', '行政服务中心', '行政审批和政务信息管理局'), ('unit', '政务大厅', '行政审批和政务信息管理局'), ('unit', '政数局', '行政审批和政务信息管理局'),
	('unit', '民政和退役军人', '退役军人'), ('unit', '老干部', '退役军人事务'), ('unit', '城管', '城市管理'), ('unit', '城市综合执法', '城市管理'), ('unit', '综合执法局', '城市管理局'), ('unit', '市容', '城市管理'),
	('unit', '公路局', '公路事业发展中心'), ('unit', '公路管理局', '公路事业发展中心'), ('unit', '公路', '交通运输'), ('unit', '运管所', '交通运输局'), ('unit', '路政', '交通运输'),
	('unit', '公检法', '公安局'), ('unit', '派出所', '公安局'), ('unit', '城投', '城市建设投资'), ('unit', '交易中心', '公共资源交易中心'), ('unit', '招标办', '公共资源交易中心'), ('unit', '招投标中心', '公共资源交易中心'),
	('unit', '管委会', '管理委员会'), ('unit', '产业集聚区', '先进制造业开发区'), ('unit', '高新区', '先进制造业开发区'), ('unit', '纪检委', '纪委监委'), ('unit', '监察委', '纪委监委'), ('unit', '监察局', '纪委监委');

-- What a complaint may be about, as people say it.
INSERT INTO synonym (purpose, said, means) VALUES
	('category', '欠钱', 'C03'), ('category', '欠款', 'C03'), ('category', '欠账', 'C03'), ('category', '欠帐', 'C03'), ('category', '拖欠', 'C03'), ('category', '货款', 'C03'), ('category', '工程款', 'C03'), ('category', '工程', 'C03'),
	('category', '服务费', 'C03'), ('category', '材料款', 'C03'), ('category', '材料费', 'C03'), ('category', '尾款', 'C03'), ('category', '进度款', 'C03'), ('category', '结算款', 'C03'), ('category', '不给钱', 'C03'), ('category', '不付款', 'C03'), ('category', '没给钱', 'C03'),
	('category', '讨债', 'C03'), ('category', '要账', 'C03'), ('category', '要钱', 'C03'), ('category', '赖账', 'C03'), ('category', '白条', 'C03'), ('category', '餐费', 'C03'), ('category', '饭钱', 'C03'), ('category', '租金', 'C03'), ('category', '房租', 'C03'), ('category', '运费', 'C03'), ('category', '监理费', 'C03'), ('category', '设计费', 'C03'), ('category', '应付账款', 'C03'),
	('category', '工资', 'C03'), ('category', '农民工', 'C03'), ('category', '薪', 'C03'), ('category', '血汗钱', 'C03'), ('category', '劳务费', 'C03'), ('category', '人工费', 'C03'), ('category', '工钱', 'C03'),
	('category', '补贴', 'C01'), ('category', '补助', 'C01'), ('category', '奖补', 'C01'), ('category', '奖励', 'C01'), ('category', '优惠', 'C01'), ('category', '承诺', 'C01'), ('category', '答应', 'C01'), ('category', '说话不算', 'C01'), ('category', '不算数', 'C01'), ('category', '不兑现', 'C01'), ('category', '退耕还林', 'C01'), ('category', '扶持', 'C01'), ('category', '会议纪要', 'C01'), ('category', '许诺', 'C01'),
	('category', '拆迁', 'C01'), ('category', '征地', 'C01'), ('category', '征收', 'C01'), ('category', '补偿', 'C01'), ('category', '安置', 'C01'), ('category', '过渡费', 'C01'), ('category', '占地', 'C01'), ('category', '拆迁', 'C02'), ('category', '征收', 'C02'), ('category', '安置', 'C02'), ('category', '补偿', 'C02'),
	('category', '合同', 'C02'), ('category', '协议', 'C02'), ('category', '违约', 'C02'), ('category', '毁约', 'C02'), ('category', '反悔', 'C02'), ('category', '不认账', 'C02'),
	('category', '保证金', 'C04'), ('category', '押金', 'C04'), ('category', '质保金', 'C04'), ('category', '定金', 'C04'), ('category', '不退钱', 'C04'), ('category', '退钱', 'C04'),
	('category', '换领导', 'C05'), ('category', '换了领导', 'C05'), ('category', '领导换', 'C05'), ('category', '新领导', 'C05'), ('category', '前任', 'C05'), ('category', '上一任', 'C05'), ('category', '新官', 'C05'), ('category', '旧账', 'C05'), ('category', '调走', 'C05'), ('category', '换届', 'C05'), ('category', '换人', 'C05'),
	('category', '验收', 'C06'), ('category', '结算', 'C06'), ('category', '审计', 'C06'), ('category', '承兑', 'C06'), ('category', '商票', 'C06'), ('category', '汇票', 'C06'), ('category', '拖着', 'C06'), ('category', '走流程', 'C06'), ('category', '没钱', 'C06'),
	('category', '对账', 'C07'), ('category', '确权', 'C07'), ('category', '不签字', 'C07'), ('category', '不盖章', 'C07'), ('category', '不认', 'C07'), ('category', '欠条', 'C07'), ('category', '欠条', 'C03'),
	('category', '招商', 'C08'), ('category', '引资', 'C08'), ('category', '投资', 'C08'), ('category', '返税', 'C08'), ('category', '税收返还', 'C08'), ('category', '土地', 'C08'), ('category', '厂房', 'C08'),
	('category', '中标', 'C09'), ('category', '招标', 'C09'), ('category', '投标', 'C09'), ('category', '采购', 'C09'),
	('category', '乱收费', 'C10'), ('category', '收费', 'C10'), ('category', '摊派', 'C10'), ('category', '罚款', 'C10'), ('category', '赞助', 'C10'), ('category', '捐款', 'C10'),
	('category', '判决', 'D01'), ('category', '法院', 'D01'), ('category', '官司', 'D01'), ('category', '老赖', 'D01'), ('category', '执行', 'D01'), ('category', '胜诉', 'D01'), ('category', '调解书', 'D01'), ('category', '打赢', 'D01'),
	('category', '仲裁', 'D02'), ('category', '裁决', 'D02'),
	('category', '借钱', 'A01'), ('category', '借款', 'A01'), ('category', '集资', 'A01'), ('category', '贷款', 'A01'), ('category', '借债', 'A01'), ('category', '担保', 'A02'), ('category', '替别人还', 'A02'), ('category', '保证书', 'A02'),
	('category', '垫资', 'A10'), ('category', '垫钱', 'A10'), ('category', '垫付', 'A10'),
	('category', '没人管', 'E03'), ('category', '踢皮球', 'E03'), ('category', '推诿', 'E03'), ('category', '不理', 'E03'), ('category', '不答复', 'E03'), ('category', '互相推', 'E03'), ('category', '敷衍', 'E03'), ('category', '不作为', 'E05'), ('category', '不办事', 'E05'), ('category', '不管', 'E05'), ('category', '慢作为', 'E05'),
	('category', '报复', 'F01'), ('category', '威胁', 'F01'), ('category', '穿小鞋', 'F01'), ('category', '恐吓', 'F01'), ('category', '刁难', 'F01'), ('category', '泄密', 'F02'), ('category', '泄露', 'F02'), ('category', '说出去', 'F02'), ('category', '告诉了对方', 'F02');

-- +goose Down
SELECT 1 / 0;
