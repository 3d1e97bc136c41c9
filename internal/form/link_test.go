package form

import "testing"

func TestALinkSaysWhereItLeads(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://www.example.cn/a.html?b=1#c": "www.example.cn",
		"https://news.example.cn:8443/":       "news.example.cn:8443",
		"HTTPS://www.example.cn/":             "www.example.cn",
		"http://www.example.cn/":              "", // anybody on the way may change what stands there
		"//www.example.cn/":                   "",
		"javascript:alert(1)":                 "",
		"https://www.example.cn@evil.cn/":     "",
		"https://localhost/":                  "",
		"https:///a":                          "",
		"https://www.example.cn/ b":           "",
		"https://www.example.cn/\"x":          "",
		"https://www.example.cn/\u202eb":      "",
		"www.example.cn":                      "",
		"":                                    "",
	} {
		if got := WebHost(link); got != want {
			t.Errorf("%q leads to %q, want %q", link, got, want)
		}
	}
}
