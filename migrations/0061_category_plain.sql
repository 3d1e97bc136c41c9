-- +goose Up
ALTER TABLE category
	ADD COLUMN plain text NOT NULL DEFAULT '',
	ADD COLUMN way_out text NOT NULL DEFAULT '';
COMMENT ON COLUMN category.plain IS 'The same as people say it, for those that come most; these are offered first, and stand on the home page. Empty for the others.';
COMMENT ON COLUMN category.way_out IS 'What other way is open to whoever has this kind of matter, said beside it. It keeps nobody from filing here.';

INSERT INTO category (code, key, title, description, basis, basis_confirmed, evidence, sort, valid_from, plain, way_out) VALUES
	('C11', 'migrant_wages', '拖欠农民工工资', '政府投资、政府采购的项目上没有按时足额发农民工工资',
		'《保障农民工工资支付条例》第三条、第十条', false, '考勤表、工资欠条、用工合同、转账记录、工友证明', 155, '2024-01-01',
		'干活的工资没有发（农民工工资）',
		'欠农民工工资，管这件事的是人力资源和社会保障部门，可以直接向它的劳动保障监察机构投诉，也可以申请劳动仲裁（《保障农民工工资支付条例》第十条）。是政府的项目、政府单位欠的，也可以在这里投诉，两边都不耽误。');

UPDATE category SET plain = p.plain FROM (VALUES
	('C03', '欠钱不给：工程款、货款、服务费、租金'),
	('C06', '拖着不验收、不结算，或者拿审计、商票拖着不付'),
	('C04', '保证金、质保金、押金不退'),
	('C01', '补贴、奖励、拆迁补偿，文件上和会上答应的没有兑现'),
	('C08', '招商引资时答应的土地、配套没有兑现'),
	('C02', '签了合同不照办，或者单方说不算了'),
	('C05', '换了领导就不认旧账'),
	('D01', '法院判了，单位不履行'),
	('D02', '仲裁裁了，单位不履行'),
	('A01', '违规借债、向群众和企业集资'),
	('A02', '违规替别人担保、承诺替别人还债'),
	('C10', '乱收费、摊派'),
	('E03', '投诉了没人管，互相推'),
	('F01', '因为投诉被刁难、被报复')
) AS p (code, plain) WHERE category.code = p.code;

UPDATE synonym SET means = 'C11' WHERE purpose = 'category' AND said IN ('工资', '农民工', '薪', '血汗钱', '工钱', '人工费');
INSERT INTO synonym (purpose, said, means) VALUES ('category', '劳务费', 'C11'), ('category', '人工费', 'C03'), ('category', '讨薪', 'C11'), ('category', '干活的钱', 'C11');

-- +goose Down
SELECT 1 / 0;
