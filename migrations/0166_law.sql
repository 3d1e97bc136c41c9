-- +goose Up
-- On what law a finding or a decision stands is chosen from a dated table of laws and
-- their articles, which the desk keeps on a page. Rows are only added: what is changed of
-- one is its next version. An article is named as its law writes it, with its subject in
-- plain words and without its text, which is the official one's to give.
CREATE TABLE law (
	code       text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9]{0,11}$'),
	version    int NOT NULL CHECK (version > 0),
	name       text NOT NULL CHECK (name <> '' AND char_length(name) <= 100),
	short      text NOT NULL CHECK (short <> '' AND char_length(short) <= 30),
	issued     text NOT NULL CHECK (char_length(issued) <= 60),
	valid_from date,
	valid_to   date,
	confirmed  boolean NOT NULL DEFAULT false,
	by_id      bigint REFERENCES staff,
	made_at    timestamptz,
	reason     text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 500),
	PRIMARY KEY (code, version),
	CHECK (valid_to >= valid_from)
);
CREATE INDEX law_by ON law (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE law IS 'Laws and official documents that decisions stand on, a row a version; the newest of a code holds.';
COMMENT ON COLUMN law.issued IS 'By whom, or under which number, it was issued.';
COMMENT ON COLUMN law.valid_from IS 'Its first day in force; null where nobody has looked it up yet.';
COMMENT ON COLUMN law.confirmed IS 'Somebody held name and days against the official text.';
COMMENT ON COLUMN law.by_id IS 'Who made this version at the desk; null of what came with the program.';

CREATE TABLE law_article (
	code       text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9]{0,11}(-[A-Z0-9]+)*$'),
	version    int NOT NULL CHECK (version > 0),
	law        text NOT NULL,
	number     text NOT NULL CHECK (char_length(number) <= 40),
	subject    text NOT NULL CHECK (subject <> '' AND char_length(subject) <= 200),
	categories text[] NOT NULL DEFAULT '{}',
	outcomes   text[] NOT NULL DEFAULT '{}',
	valid_from date,
	valid_to   date,
	confirmed  boolean NOT NULL DEFAULT false,
	sort       int NOT NULL,
	by_id      bigint REFERENCES staff,
	made_at    timestamptz,
	reason     text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 500),
	PRIMARY KEY (code, version),
	CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX law_article_once ON law_article (law, number) WHERE version = 1;
CREATE INDEX law_article_by ON law_article (by_id) WHERE by_id IS NOT NULL;
COMMENT ON TABLE law_article IS 'Articles of a law, a row a version; the newest of a code holds, as long as its law does.';
COMMENT ON COLUMN law_article.law IS 'The code of its law.';
COMMENT ON COLUMN law_article.number IS 'As the law writes it, 第九条第一款; empty: the whole document.';
COMMENT ON COLUMN law_article.subject IS 'What it is about, in plain words; not its text.';
COMMENT ON COLUMN law_article.categories IS 'Of which categories it is a usual basis.';
COMMENT ON COLUMN law_article.outcomes IS 'Of which decisions it is a usual basis.';

-- The desk adds versions, one after the other, with who and why; an article stays the
-- article of its law that it is, since what was cited by it is.
-- +goose StatementBegin
CREATE FUNCTION law_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = ''
		OR NEW.version <> 1 + coalesce((SELECT max(l.version) FROM law l WHERE l.code = NEW.code), 0)) THEN
		PERFORM refuse_rewriting('law');
	END IF;
	RETURN NEW;
END $$;
CREATE FUNCTION law_article_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
	was law_article;
BEGIN
	SELECT * INTO was FROM law_article a WHERE a.code = NEW.code ORDER BY a.version DESC LIMIT 1;
	IF NOT by_owner(TG_RELID) AND (NEW.by_id IS NULL OR NEW.made_at IS NULL OR NEW.reason = '' OR NEW.version <> 1 + coalesce(was.version, 0)
		OR was.code IS NOT NULL AND (NEW.law, NEW.number) IS DISTINCT FROM (was.law, was.number)
		OR NOT EXISTS (SELECT FROM law l WHERE l.code = NEW.law)) THEN
		PERFORM refuse_rewriting('law_article');
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER law_kept BEFORE INSERT ON law FOR EACH ROW EXECUTE FUNCTION law_kept();
CREATE TRIGGER law_article_kept BEFORE INSERT ON law_article FOR EACH ROW EXECUTE FUNCTION law_article_kept();
GRANT SELECT ON law, law_article TO zhengxin_admin;
GRANT INSERT ON law, law_article TO zhengxin_admin;

-- What was chosen for a draft of an answer or of a warning: the version, and the words that
-- it had then. The basis that people read is made of these and is the draft's own.
CREATE TABLE cited (
	matter_id bigint NOT NULL REFERENCES matter,
	seq       bigint NOT NULL,
	no        int NOT NULL CHECK (no > 0),
	article   text,
	version   int,
	words     text NOT NULL CHECK (words <> ''),
	PRIMARY KEY (matter_id, seq, no),
	FOREIGN KEY (matter_id, seq) REFERENCES event (matter_id, seq),
	FOREIGN KEY (article, version) REFERENCES law_article (code, version),
	CHECK ((article IS NULL) = (version IS NULL))
);
CREATE UNIQUE INDEX cited_once ON cited (matter_id, seq, article);
CREATE INDEX cited_article ON cited (article, version) WHERE article IS NOT NULL;
COMMENT ON TABLE cited IS 'On which articles a draft stands, as they were called when it was written; one without an article is what the table of laws has not.';
CREATE TRIGGER cited_added AFTER INSERT ON cited REFERENCING NEW TABLE AS added
	FOR EACH STATEMENT EXECUTE FUNCTION added_by_move('seq', 'draft_answer draft_warning');
ALTER TABLE cited ENABLE ROW LEVEL SECURITY;
CREATE POLICY office ON cited TO zhengxin_admin, zhengxin_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON cited TO zhengxin_admin;
GRANT SELECT ON cited TO zhengxin_worker;

INSERT INTO law (code, version, name, short, issued, valid_from) VALUES
	('XF', 1, '信访工作条例', '信访条例', '中共中央、国务院', '2022-05-01'),
	('KX', 1, '保障中小企业款项支付条例', '款项支付条例', '国务院（2025年修订）', '2025-06-01'),
	('YS', 1, '优化营商环境条例', '优化营商环境条例', '国务院', '2020-01-01'),
	('HYS', 1, '河南省优化营商环境条例', '河南营商条例', '河南省人大常委会（2020年文本）', '2021-01-01'),
	('HXY', 1, '河南省社会信用条例', '河南信用条例', '河南省人大常委会（2019年文本）', '2020-05-01'),
	('ZXQ', 1, '中华人民共和国中小企业促进法', '中小企业促进法', '全国人大常委会', '2018-01-01'),
	('YSF', 1, '中华人民共和国预算法', '预算法', '全国人大常委会', NULL),
	('ZC', 1, '中华人民共和国政府采购法', '政府采购法', '全国人大常委会', NULL),
	('TZ', 1, '政府投资条例', '政府投资条例', '国务院', '2019-07-01'),
	('MFD', 1, '中华人民共和国民法典', '民法典', '全国人大', '2021-01-01'),
	('XSF', 1, '中华人民共和国行政诉讼法', '行政诉讼法', '全国人大常委会', NULL),
	('MSF', 1, '中华人民共和国民事诉讼法', '民事诉讼法', '全国人大常委会', NULL),
	('ZWCF', 1, '中华人民共和国公职人员政务处分法', '政务处分法', '全国人大常委会', '2020-07-01'),
	('JC', 1, '中华人民共和国监察法', '监察法', '全国人大（2024年修正）', '2025-06-01'),
	('GWY', 1, '中华人民共和国公务员法', '公务员法', '全国人大常委会', NULL),
	('DC', 1, '政府督查工作条例', '政府督查条例', '国务院', '2021-02-01'),
	('XXGK', 1, '中华人民共和国政府信息公开条例', '信息公开条例', '国务院', '2019-05-15'),
	('DBF', 1, '中华人民共和国全国人民代表大会和地方各级人民代表大会代表法', '代表法', '全国人大（2025年修正）', NULL),
	('CT', 1, '最高人民法院关于行政机关负责人出庭应诉若干问题的规定', '负责人出庭规定', '法释〔2020〕3号', NULL),
	('SFJY', 1, '最高人民法院关于司法建议的规定', '司法建议规定', '法释〔2023〕11号', NULL),
	('XYXF', 1, '信用修复管理办法', '信用修复办法', '国家发展改革委令第36号', '2026-04-01'),
	('G76', 1, '国务院关于加强政务诚信建设的指导意见', '政务诚信意见', '国发〔2016〕76号', NULL),
	('G49', 1, '国务院办公厅关于进一步完善失信约束制度的意见', '失信约束意见', '国办发〔2020〕49号', NULL),
	('G43', 1, '国务院关于加强地方政府性债务管理的意见', '债务管理意见', '国发〔2014〕43号', NULL),
	('F1103', 1, '国家发展改革委关于完善政府诚信履约机制的通知', '诚信履约通知', '发改财金〔2023〕1103号', NULL),
	('C50', 1, '财政部等部门关于进一步规范地方政府举债融资行为的通知', '举债融资通知', '财预〔2017〕50号', NULL),
	('C87', 1, '财政部关于坚决制止地方以政府购买服务名义违法违规融资的通知', '购买服务融资通知', '财预〔2017〕87号', NULL),
	('FA', 1, '关于开展债务融资领域政府失信行为治理的工作方案', '治理工作方案', '郏县财政局', NULL);

INSERT INTO law_article (code, version, law, number, subject, categories, outcomes, confirmed, sort) VALUES
	('KX-8', 1, 'KX', '第八条', '政府投资项目不得由施工单位垫资，不得无预算、超预算采购', '{A10,C03}', '{}', true, 1),
	('KX-9', 1, 'KX', '第九条', '付款期限：交付之日起 30 日内，合同另约定的最长 60 日；不得背靠背', '{C03}', '{support,partial}', true, 2),
	('KX-9-1', 1, 'KX', '第九条第一款', '机关、事业单位的付款期限', '{C03}', '{support,partial}', true, 3),
	('KX-10', 1, 'KX', '第十条', '以验收为付款条件的，自验收合格起算；不得拖延验收', '{C06,C03}', '{}', true, 4),
	('KX-11', 1, 'KX', '第十一条', '不得以负责人变更、内部流程、竣工备案、决算审计为由拖延', '{C06,C03}', '{support,partial}', true, 5),
	('KX-12', 1, 'KX', '第十二条', '不得强制以审计结果作为结算依据', '{C06}', '{}', true, 6),
	('KX-13', 1, 'KX', '第十三条', '保证金只有四种，到期退还；应当接受保函', '{C04}', '{support,partial}', true, 7),
	('KX-14', 1, 'KX', '第十四条', '不得强制使用商业汇票等非现金支付', '{C06}', '{}', true, 8),
	('KX-15', 1, 'KX', '第十五条', '有争议的，没有争议的部分先付', '{C03}', '{partial}', true, 9),
	('KX-16', 1, 'KX', '第十六条', '应收账款 30 日内确认', '{C07}', '{support,partial}', true, 10),
	('KX-17', 1, 'KX', '第十七条', '逾期利息：没有约定的每日万分之五', '{C03}', '{support,partial}', true, 11),
	('KX-18', 1, 'KX', '第十八条', '每年三月三十一日以前公开逾期未付款项', '{E04}', '{support,partial}', true, 12),
	('KX-20', 1, 'KX', '第二十条', '不得恐吓、打击报复投诉人', '{F01}', '{}', true, 13),
	('KX-23', 1, 'KX', '第二十三条', '约谈', '{}', '{}', true, 14),
	('KX-25', 1, 'KX', '第二十五条', '投诉的受理、转交、处理和期限；投诉人应当有合同关系', '{}', '{explain,not_support}', true, 15),
	('KX-25-3', 1, 'KX', '第二十五条第三项', '对不配合的督办、约谈、通报、责令整改', '{}', '{}', true, 16),
	('KX-26', 1, 'KX', '第二十六条', '拖欠认定失信的记录、公示和限制', '{C03}', '{}', true, 17),
	('KX-31', 1, 'KX', '第三十一条', '责令改正，拒不改正的处分', '{C03,C06}', '{}', true, 18),
	('KX-31-5', 1, 'KX', '第三十一条第五项', '不退保证金的责任', '{C04}', '{}', true, 19),
	('KX-31-7', 1, 'KX', '第三十一条第七项', '不公开逾期款项的责任', '{E04}', '{}', true, 20),
	('KX-32', 1, 'KX', '第三十二条', '违反规定由企业垫资、无预算采购的责任', '{A10}', '{}', true, 21),
	('KX-35', 1, 'KX', '第三十五条', '打击报复的责任', '{F01}', '{}', true, 22),
	('YS-31', 1, 'YS', '第三十一条', '不得以换届、机构调整、换人为由违约毁约；承诺要兑现', '{C01,C02,C05}', '{support,partial}', true, 23),
	('YS-32', 1, 'YS', '第三十二条', '机关、事业单位不得违约拖欠', '{C03,C02}', '{}', true, 24),
	('HYS-25', 1, 'HYS', '第二十五条', '会议纪要、批复、文件作出的承诺要兑现', '{C01}', '{support,partial}', true, 25),
	('HYS-26', 1, 'HYS', '第二十六条', '改变承诺的程序和补偿', '{C01}', '{}', true, 26),
	('HYS-78', 1, 'HYS', '第七十八条', '营商环境投诉的转办、办结和保密', '{}', '{}', true, 27),
	('HYS-83', 1, 'HYS', '第八十三条', '不兑现承诺、乱收费、拒办转办投诉的责任', '{C10,E03,C01}', '{}', true, 28),
	('HXY-28', 1, 'HXY', '第二十八条', '列入失信名单以前告知、异议', '{}', '{}', true, 29),
	('HXY-54', 1, 'HXY', '第五十四条', '政务诚信的监督检查和考核', '{}', '{}', true, 30),
	('ZXQ-53', 1, 'ZXQ', '第五十三条', '国家机关、事业单位不得拖欠中小企业款项', '{C03}', '{}', true, 31),
	('YSF-35', 1, 'YSF', '第三十五条', '政府举债只能发行债券；不得担保；债务资金的用途', '{A01,A09}', '{}', true, 32),
	('YSF-35-4', 1, 'YSF', '第三十五条第四款', '不得为任何单位和个人的债务提供担保', '{A02}', '{}', true, 33),
	('YSF-94', 1, 'YSF', '第九十四条', '违法举债、担保的责任', '{A01,A02,A09}', '{}', true, 34),
	('ZC-46', 1, 'ZC', '第四十六条', '中标、成交以后 30 日内签合同', '{C09}', '{}', false, 35),
	('ZC-52', 1, 'ZC', '第五十二条', '供应商质疑', '{C09}', '{}', false, 36),
	('TZ-22', 1, 'TZ', '第二十二条', '政府投资项目不得由施工单位垫资', '{A10}', '{}', false, 37),
	('MFD-509', 1, 'MFD', '第五百零九条', '全面履行合同', '{C02}', '{support,partial}', false, 38),
	('MFD-577', 1, 'MFD', '第五百七十七条', '违约责任', '{C02}', '{support,partial}', false, 39),
	('MFD-683', 1, 'MFD', '第六百八十三条', '机关法人不得为保证人', '{A02}', '{}', false, 40),
	('XSF-3', 1, 'XSF', '第三条', '负责人出庭应诉', '{D04}', '{}', true, 41),
	('XSF-94', 1, 'XSF', '第九十四条', '应当履行生效的判决、裁定、调解书', '{D01}', '{support,partial}', true, 42),
	('XSF-96', 1, 'XSF', '第九十六条', '拒绝履行的措施', '{D01}', '{}', true, 43),
	('MSF-247', 1, 'MSF', '第二百四十七条', '生效判决、裁定的履行和执行', '{D01}', '{support,partial}', true, 44),
	('MSF-248', 1, 'MSF', '第二百四十八条', '仲裁裁决的履行和执行', '{D02}', '{support,partial}', true, 45),
	('MSF-264', 1, 'MSF', '第二百六十四条', '迟延履行期间的利息', '{D01}', '{}', true, 46),
	('ZWCF-3', 1, 'ZWCF', '第三条', '政务处分由监察机关作出，处分由任免机关作出', '{}', '{}', true, 47),
	('ZWCF-32', 1, 'ZWCF', '第三十二条', '打击报复等的处分', '{F01}', '{}', true, 48),
	('ZWCF-39', 1, 'ZWCF', '第三十九条', '不履行、不正确履行职责，弄虚作假的处分', '{E01,E02}', '{}', true, 49),
	('JC-37', 1, 'JC', '第三十七条', '发现职务违法线索应当移送监察机关', '{}', '{}', true, 50),
	('GWY-59', 1, 'GWY', '第五十九条', '公务员的纪律，不得打击报复', '{F01}', '{}', true, 51),
	('XF-18', 1, 'XF', '第十八条', '不得打击报复信访人', '{F01}', '{}', true, 52),
	('XF-19', 1, 'XF', '第十九条', '信访事项应当载明的内容；已在办理的重复事项', '{}', '{explain,not_support}', true, 53),
	('XF-20', 1, 'XF', '第二十条', '共同走访的代表最多五人', '{}', '{}', true, 54),
	('XF-22', 1, 'XF', '第二十二条', '登记、转送、交办和受理的分工', '{}', '{}', true, 55),
	('XF-23', 1, 'XF', '第二十三条', '十五日内书面告知；五个工作日内提出异议', '{}', '{}', true, 56),
	('XF-28', 1, 'XF', '第二十八条', '有利害关系的应当回避', '{}', '{}', true, 57),
	('XF-30', 1, 'XF', '第三十条', '检举控告不得转给被检举的人和单位', '{F02}', '{}', true, 58),
	('XF-31', 1, 'XF', '第三十一条', '申诉求决类事项先走法定途径', '{}', '{explain,not_support}', true, 59),
	('XF-32', 1, 'XF', '第三十二条', '处理意见书应当写明的内容，支持、解释和不支持', '{Z99}', '{explain,not_support,support,partial}', true, 60),
	('XF-33', 1, 'XF', '第三十三条', '鼓励调解、和解，达成一致的制作协议书', '{}', '{}', true, 61),
	('XF-34', 1, 'XF', '第三十四条', '六十日内办结，可以延长三十日', '{}', '{}', true, 62),
	('XF-35', 1, 'XF', '第三十五条', '三十日内申请复查', '{}', '{}', true, 63),
	('XF-36', 1, 'XF', '第三十六条', '复核；复核终结的不再受理', '{}', '{explain,not_support}', true, 64),
	('XF-40', 1, 'XF', '第四十条', '违规办理、推诿拖延、弄虚作假、拒不执行的督办', '{E03}', '{}', true, 65),
	('XF-45', 1, 'XF', '第四十五条', '推诿、敷衍、拖延的责任', '{E03,E05}', '{}', true, 66),
	('XF-46', 1, 'XF', '第四十六条', '打击报复、泄露检举材料的责任', '{F01,F02}', '{}', true, 67),
	('DC-6', 1, 'DC', '第六条', '督查的主体', '{}', '{}', true, 68),
	('DC-23', 1, 'DC', '第二十三条', '督查中发现的违纪违法线索移送', '{}', '{}', true, 69),
	('XXGK-26', 1, 'XXGK', '第二十六条', '二十个工作日内主动公开', '{E04}', '{}', true, 70),
	('DBF-51', 1, 'DBF', '第五十一条', '代表建议三个月、六个月内答复', '{}', '{}', true, 71),
	('CT-12', 1, 'CT', '第十二条', '应当出庭没有出庭的司法建议', '{D04}', '{}', true, 72),
	('SFJY-8', 1, 'SFJY', '第八条', '司法建议的答复', '{D05}', '{}', true, 73),
	('XYXF-3', 1, 'XYXF', '第三条', '修复的效果：终止公示、停止共享、解除惩戒', '{}', '{}', false, 74),
	('G76', 1, 'G76', '', '失信记录、说明原因、限期整改和追责', '{C01}', '{}', false, 75),
	('G49', 1, 'G49', '', '失信惩戒实行清单制，过惩相当', '{}', '{}', false, 76),
	('G43', 1, 'G43', '', '不得借企业举债', '{A01,A05}', '{}', false, 77),
	('F1103', 1, 'F1103', '', '以机构调整、人员变动为由不履约的，一律属违约失信；认定和修复', '{C05,C08,C09}', '{}', false, 78),
	('C50', 1, 'C50', '', '不得以承诺函、公益资产、基金等变相举债担保', '{A03,A04,A05,B01,B02}', '{}', false, 79),
	('C87', 1, 'C87', '', '不得以政府购买服务名义融资', '{A06}', '{}', false, 80),
	('FA', 1, 'FA', '', '整治重点、约谈通报和书面警示', '{E01,E02,E05}', '{}', true, 81);

-- +goose Down
SELECT 1 / 0;
