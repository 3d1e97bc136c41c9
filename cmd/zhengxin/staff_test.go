package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/pg"
	"zhengxin/internal/pgtest"
)

func TestTheOperatorLooksAfterAccountsWhenNobodyCanLogIn(t *testing.T) {
	t.Parallel()
	const password, reason = "correct horse battery", "系统管理员换了手机，局长当面交代"
	db := pgtest.New(t)
	office := on(t, db, pg.RoleAdmin)
	staff := func(stdin string, args ...string) (string, int) {
		t.Helper()
		out, faults, code := office.command(t, stdin, append([]string{"staff"}, args...)...)
		for name, private := range map[string]string{"password": password, "reason": reason} {
			if strings.Contains(out+faults, private) {
				t.Errorf("%v tells the %s", args, name)
			}
		}
		return out + faults, code
	}
	for _, login := range []string{"sys", "zhang"} {
		if said, code := staff(password+"\n", "add", "--login", login, "--name", "张某", "--role", "sysadmin"); code != 0 {
			t.Fatalf("add: code %d, says %s", code, said)
		}
	}
	if _, err := db.Owner.Exec(t.Context(), `
		UPDATE staff SET totp_sealed = '\x01';
		INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at, expires_at, second_factor_at)
		SELECT login::bytea, id, now(), now(), now() + interval '1 hour', now() FROM staff`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, stdin, says string
		code              int
		args              []string
	}{
		{"nobody", "", "没有登录名是“nobody”的账号", 1, []string{"disable", "--login", "nobody", "--reason", reason}},
		{"no reason", "", "--reason", 80, []string{"disable", "--login", "sys"}},
		{"an empty one", "", "请写理由", 1, []string{"disable", "--login", "sys", "--reason", " "}},
		{"a bad password", "12345678\n", "太常见", 1, []string{"set-password", "--login", "sys", "--reason", reason}},
		{"no password", "", "至少 8 个字", 1, []string{"set-password", "--login", "sys", "--reason", reason}},
		{"disable", "", "已停用", 0, []string{"disable", "--login", "ZHANG", "--reason", reason}},
		{"the last", "", "最后一个在用的系统管理员", 1, []string{"disable", "--login", "sys", "--reason", reason}},
		{"enable", "", "已启用", 0, []string{"enable", "--login", "zhang", "--reason", reason}},
		{"reset", "", "已重设第二步验证", 0, []string{"reset-second-factor", "--login", "sys", "--reason", reason}},
		{"reset again", "", "还没有绑定", 1, []string{"reset-second-factor", "--login", "sys", "--reason", reason}},
		{"no such role", "", "没有“mayor”这个角色", 1, []string{"reassign", "--login", "zhang", "--role", "mayor", "--reason", reason}},
		{"no such unit", "", "没有代码是“NOPE”的单位", 1, []string{"reassign", "--login", "zhang", "--role", "handler", "--unit", "NOPE", "--reason", reason}},
		{"reassign", "", "已调整岗位，现在是审批领导", 0, []string{"reassign", "--login", "zhang", "--role", "leader", "--reason", reason}},
		{"the last again", "", "最后一个在用的系统管理员", 1, []string{"reassign", "--login", "sys", "--role", "leader", "--reason", reason}},
		{"password", password + " 2\n", "已换密码", 0, []string{"set-password", "--login", "sys", "--reason", reason}},
	} {
		if said, code := staff(c.stdin, c.args...); code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%s: code %d, says %s", c.name, code, said)
		}
	}
	acts, err := pg.All[string](t.Context(), db.Owner, `
		SELECT p.login || ' ' || a.act || ' ' || coalesce(a.by_id::text, 'operator') || CASE a.reason WHEN @reason THEN '' ELSE ' no reason' END
		FROM staff_act a JOIN staff p ON p.id = a.staff_id ORDER BY a.id`, pg.Args{"reason": reason})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"sys add operator no reason", "zhang add operator no reason", "zhang disable operator", "zhang enable operator", "sys reset_second_factor operator", "zhang reassign operator", "sys set_password operator"}
	if diff := cmp.Diff(want, acts); diff != "" {
		t.Error(diff)
	}
	if live, err := pg.One[int](t.Context(), db.Owner, `SELECT count(*) FROM staff_session WHERE revoked_at IS NULL`, nil); err != nil || live != 0 {
		t.Errorf("%d sessions live on, %v", live, err)
	}
	said, code := staff("", "list")
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if code != 0 || len(lines) != 2 || !strings.Contains(lines[0], "leader ") || !strings.Contains(lines[0], "最近使用") || !strings.Contains(lines[1], "sys ") || !strings.Contains(lines[1], "还没有绑定") {
		t.Errorf("list: code %d, says %s", code, said)
	}
}
