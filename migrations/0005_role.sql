-- +goose Up
CREATE TABLE role (
	code  text PRIMARY KEY,
	title text NOT NULL UNIQUE,
	sort  int  NOT NULL UNIQUE
);
COMMENT ON TABLE role IS 'The ten parts that staff play; what each may do stands in the move tables.';

GRANT SELECT ON role TO zhengxin_portal, zhengxin_admin, zhengxin_worker;

INSERT INTO role (code, title, sort) VALUES
	('registrar', '登记员', 10),
	('handler', '承办人', 20),
	('unit_head', '承办单位负责人', 30),
	('supervisor', '督办员', 40),
	('discipline_officer', '惩戒专员', 50),
	('leader', '审批领导', 60),
	('custodian', '身份保管员', 70),
	('publisher', '公开员', 80),
	('auditor', '审计员', 90),
	('sysadmin', '系统管理员', 100);
