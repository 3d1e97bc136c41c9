-- +goose Up
-- Words with which people were found to look for a category and to find none. What is for
-- the supervisory bodies to look into has its way out beside it; it keeps nobody from filing.
INSERT INTO synonym (purpose, said, means) VALUES
	('category', '没付钱', 'C03'), ('category', '不付钱', 'C03'), ('category', '没给钱', 'C03'), ('category', '不给钱', 'C03'), ('category', '没结账', 'C03'), ('category', '不结账', 'C03'),
	('category', '招待费', 'C03'), ('category', '打印费', 'C03'), ('category', '印刷费', 'C03'), ('category', '运费', 'C03'), ('category', '租金', 'C03'), ('category', '房租', 'C03'),
	('category', '修理费', 'C03'), ('category', '维修费', 'C03'), ('category', '报销', 'C03'), ('category', '赊账', 'C03'), ('category', '挂账', 'C03'), ('category', '伙食费', 'C03'),
	('category', '加班费', 'C11'), ('category', '工人', 'C11'), ('category', '生活费', 'C11'),
	('category', '保修金', 'C04'), ('category', '履约金', 'C04'), ('category', '投标保证', 'C04'),
	('category', '青苗', 'C01'), ('category', '回迁', 'C01'), ('category', '拆房', 'C01'), ('category', '扒房', 'C01'), ('category', '占地', 'C01'), ('category', '救助', 'C01'), ('category', '抚恤', 'C01'),
	('category', '借条', 'C07'), ('category', '收条', 'C07'), ('category', '签证单', 'C07'),
	('category', '退税', 'C08'), ('category', '烂尾', 'C02'), ('category', '停工', 'C02'), ('category', '单方', 'C02'),
	('category', '受贿', 'E05'), ('category', '行贿', 'E05'), ('category', '贪污', 'E05'), ('category', '回扣', 'E05'), ('category', '好处费', 'E05'), ('category', '腐败', 'E05'),
	('category', '吃拿卡要', 'E05'), ('category', '索贿', 'E05'), ('category', '红包', 'E05'), ('category', '不作为', 'E05'), ('category', '乱作为', 'E05'), ('category', '失职', 'E05')
ON CONFLICT DO NOTHING;

UPDATE category SET way_out = '工作人员受贿、贪污、索要好处的，管这件事的是纪检监察机关，可以直接向它检举控告；在这里投诉的，查到这样的线索也移送它。' WHERE code = 'E05' AND way_out = '';

-- +goose Down
SELECT 1 / 0;
