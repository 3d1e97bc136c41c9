package pg

import (
	"context"
	"fmt"
	"strings"
)

// Warnings says in what an existing server differs from the private one where
// that matters: what its log would tell about people, durability, and text
// rules that the search relies on. The sentences are for the operator.
func Warnings(ctx context.Context, q Queryer) ([]string, error) {
	type setting struct {
		Name  string
		Value string
	}
	have, err := All[setting](ctx, q, `
		SELECT s.name, current_setting(s.name) AS value
		FROM unnest(@names::text[]) WITH ORDINALITY AS s (name, place)
		ORDER BY s.place`, Args{"names": wantedNames()})
	if err != nil {
		return nil, err
	}
	var out []string
	for i, s := range have {
		w := wantedSettings[i]
		if s.Value != w.value {
			out = append(out, fmt.Sprintf("数据库服务器的 %s 是 %s，建议改为 %s：%s。", s.Name, s.Value, w.value, w.why))
		}
	}
	type text struct {
		Encoding string
		Ctype    string
	}
	t, err := One[text](ctx, q, `
		SELECT pg_encoding_to_char(encoding) AS encoding, datctype AS ctype
		FROM pg_database
		WHERE datname = current_database()`, nil)
	if err != nil {
		return nil, err
	}
	if t.Encoding != "UTF8" {
		out = append(out, fmt.Sprintf("数据库的编码是 %s，必须是 UTF8，否则存不下全部汉字。", t.Encoding))
	}
	if t.Ctype == "C" || t.Ctype == "POSIX" {
		out = append(out, "数据库的 LC_CTYPE 是 C，汉字不算字母，部分检索会失效：请用 C.UTF-8 或 zh_CN.UTF-8 建库。")
	}
	more, err := warnOfRoles(ctx, q)
	return append(out, more...), err
}

// warnOfRoles says what the roles still may because the owner of the database
// could not take it from them.
func warnOfRoles(ctx context.Context, q Queryer) ([]string, error) {
	type reach struct {
		Functions, Unlimited bool
		Databases            []string
	}
	r, err := One[reach](ctx, q, `
		SELECT coalesce(bool_or(has_function_privilege(r.oid, 'pg_catalog.pg_advisory_lock(bigint)', 'EXECUTE')), false) AS functions,
		       coalesce(bool_or(r.rolconnlimit < 0), false) AS unlimited,
		       ARRAY(SELECT DISTINCT d.datname::text FROM pg_database d, pg_roles o
		             WHERE o.rolname = ANY (@roles) AND d.datallowconn AND d.datname <> current_database()
		               AND has_database_privilege(o.oid, d.oid, 'CONNECT') ORDER BY 1) AS databases
		FROM pg_roles r
		WHERE r.rolname = ANY (@roles)`, Args{"roles": roles})
	if err != nil {
		return nil, err
	}
	var out []string
	if r.Functions {
		out = append(out, "三个进程的角色还能执行 PostgreSQL 给所有人的函数（咨询锁、大对象、结束会话等）：请让数据库管理员以超级用户在本库执行 internal/pg/rights.sql。")
	}
	if r.Unlimited {
		out = append(out, "三个进程的角色没有连接数上限，一个进程可以占满数据库：请给数据库所有者 CREATEROLE 后再运行 zhengxin migrate，或由数据库管理员执行 ALTER ROLE … CONNECTION LIMIT。")
	}
	if len(r.Databases) > 0 {
		out = append(out, fmt.Sprintf("三个进程的角色还能连接服务器上别的数据库（%s）：建议执行 REVOKE CONNECT ON DATABASE … FROM PUBLIC。", strings.Join(r.Databases, "、")))
	}
	return out, nil
}

// wantedSettings: an error's DETAIL and its statement quote whole rows.
var wantedSettings = []struct{ name, value, why string }{
	{"log_error_verbosity", "terse", "否则日志会写出整行数据"},
	{"log_statement", "none", "否则日志会写出语句"},
	{"log_parameter_max_length_on_error", "0", "否则日志会写出填报的内容"},
	{"log_min_error_statement", "panic", "否则日志会写出出错的语句"},
	{"log_min_duration_statement", "-1", "否则慢语句连同填报的内容会写进日志"},
	{"max_prepared_transactions", "0", "否则角色可以留下一直占着锁的事务"},
	{"fsync", "on", "否则断电会丢失投诉"},
	{"full_page_writes", "on", "否则断电会损坏数据"},
}

func wantedNames() []string {
	names := make([]string, len(wantedSettings))
	for i, w := range wantedSettings {
		names[i] = w.name
	}
	return names
}
