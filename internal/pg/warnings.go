package pg

import (
	"context"
	"fmt"
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
	return out, nil
}

// wantedSettings: an error's DETAIL and its statement quote whole rows.
var wantedSettings = []struct{ name, value, why string }{
	{"log_error_verbosity", "terse", "否则日志会写出整行数据"},
	{"log_statement", "none", "否则日志会写出语句"},
	{"log_parameter_max_length_on_error", "0", "否则日志会写出填报的内容"},
	{"log_min_error_statement", "panic", "否则日志会写出出错的语句"},
	{"log_min_duration_statement", "-1", "否则慢语句连同填报的内容会写进日志"},
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
