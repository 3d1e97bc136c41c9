package form

import (
	"strings"

	"zhengxin/internal/fault"
)

// mailDomains are where nearly all mail of private people here is.
var mailDomains = []string{
	"qq.com", "163.com", "126.com", "foxmail.com", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn", "yeah.net",
	"gmail.com", "outlook.com", "hotmail.com", "live.cn", "live.com", "msn.com", "icloud.com", "aliyun.com", "yahoo.com", "21cn.com",
	"tom.com", "188.com", "263.net", "china.com", "dingtalk.com", "petalmail.com", "me.com", "mail.com", "yahoo.cn", "yahoo.com.cn", "vip.qq.com",
	"vip.163.com", "vip.126.com", "vip.sina.com", "proton.me", "protonmail.com",
}

// slipped are endings that are no domain of anybody's and that fingers make of one.
var slipped = map[string]string{
	"con": "com", "cmo": "com", "ocm": "com", "vom": "com", "xom": "com", "comm": "com", "coom": "com", "ccom": "com", "cpm": "com", "cim": "com",
	"cm": "com", "om": "com", "conm": "com", "clm": "com", "cok": "com", "cop": "com", "come": "com", "coml": "com", "nte": "net", "ner": "net", "met": "net", "nett": "net", "cnn": "cn", "cb": "cn",
}

// notTheirs are domains that people take for those of their provider.
var notTheirs = map[string]string{"qq.cn": "qq.com", "163.cn": "163.com", "126.cn": "126.com", "foxmail.cn": "foxmail.com", "139.cn": "139.com", "188.cn": "188.com", "sohu.cn": "sohu.com", "outlook.cn": "outlook.com", "hotmail.cn": "hotmail.com", "icloud.cn": "icloud.com", "189.com": "189.cn", "qq.net": "qq.com", "163.net": "163.com", "gmail.cn": "gmail.com"}

// EmailDoubt asks about an address that Email has read when its domain is a slip of the
// fingers away from one that nearly everybody has: a letter to it reaches nobody, or a
// stranger.
func EmailDoubt(address string) Doubt {
	local, domain, _ := strings.Cut(address, "@")
	near := nearDomain(domain)
	if near == "" {
		return Doubt{}
	}
	right := local + "@" + near
	fact := "电子邮箱" + quoted(domain) + "是不是 " + near
	return Doubt{fact + "？请再看一遍，选一个", fact, []fault.Reading{
		{Value: right, Words: "是 " + right}, {Value: address, Words: "就是 " + address},
	}}
}

func nearDomain(domain string) string {
	for _, known := range mailDomains {
		if domain == known {
			return ""
		}
	}
	if to, slip := notTheirs[domain]; slip {
		return to
	}
	head, end, ok := cutLast(domain)
	if to, slip := slipped[end]; ok && slip {
		if near := nearDomain(head + "." + to); near != "" {
			return near
		}
		return head + "." + to
	}
	for _, known := range mailDomains {
		if oneSlip(domain, known) {
			return known
		}
	}
	return ""
}

func cutLast(domain string) (head, end string, ok bool) {
	i := strings.LastIndexByte(domain, '.')
	if i < 0 {
		return "", "", false
	}
	return domain[:i], domain[i+1:], true
}

// oneSlip says that two words differ by one letter more, one fewer, one other, or two
// that changed places.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
