package form

import (
	"net/mail"
	"regexp"
	"strings"
	"unicode"
)

var (
	mailLocal  = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")
	mailWord   = regexp.MustCompile(`(?i)^(?:mailto:|(?:电子)?(?:邮箱|邮件)(?:地址)?(?:是|为)?[:\s]*|e-?mail[:\s]+)`)
	mailDomain = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`)
)

// mailLimit is how long an address may be (RFC 5321 with its erratum 1690).
const mailLimit = 254

// Email reads one bare address that a mail server takes and gives it with its
// domain in lower case. Names, lists, quotes and line breaks are refused, so it
// can stand in a header.
func Email(s string) (string, string) {
	typed := mailTyped(s)
	local, domain, found := strings.Cut(typed, "@")
	local, domain = strings.TrimSpace(local), strings.ToLower(strings.ReplaceAll(strings.TrimSpace(domain), "。", "."))
	if strings.Count(domain, ",") == 1 && !strings.Contains(domain, ".") {
		domain = strings.Replace(domain, ",", ".", 1) // qq,com
	}
	address := local + "@" + domain
	switch {
	case typed == "":
		return "", "请写电子邮箱，例如 name@example.com"
	case !found:
		return "", "电子邮箱里要有 @，例如 name@example.com"
	case len(address) > mailLimit || len(local) > 64:
		return "", "电子邮箱太长，请检查"
	case strings.Contains(domain, "@"):
		return "", "电子邮箱只写一个，例如 name@example.com"
	case strings.ContainsFunc(address, unicode.IsSpace):
		return "", "电子邮箱里不能有空格，请删去"
	case !mailLocal.MatchString(local):
		return "", "电子邮箱 @ 前面的部分不对，请检查，例如 name@example.com"
	case !mailDomain.MatchString(domain):
		return "", "电子邮箱 @ 后面的部分不对，请检查，例如 name@example.com"
	}
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		return "", "这个电子邮箱不对，请检查，例如 name@example.com"
	}
	return address, ""
}

// mailNamed is an address behind the name of its owner, mailRemark one with a word in
// brackets; a number in either may be another way to reach somebody, and stays to be said.
var (
	mailNamed  = regexp.MustCompile(`^[^<>@\d]*[<《] ?([^<>@《》\s]+@[^<>@《》\s]+) ?[>》]$`)
	mailRemark = regexp.MustCompile(`^([^()@\s]+@[^()@\s]+) ?\([^()@\d]*\)$`)
)

// mailTyped takes off what stands around an address in a sentence: brackets, the word
// for it, its owner's name, the full stop or comma that an input method ends with.
func mailTyped(s string) string {
	typed := strings.TrimSpace(fold(s))
	for _, around := range []*regexp.Regexp{mailNamed, mailRemark} {
		typed = around.ReplaceAllString(typed, "$1")
	}
	if m := mailWord.FindString(typed); m != "" {
		typed = typed[len(m):]
	}
	return strings.TrimRight(strings.TrimLeft(typed, " <([《【“\":"), " >)]》】”\",。.、;:!")
}

// CredentialNumber reads the number of a deputy's or committee member's
// credential: up to 40 visible characters, kept as typed.
func CredentialNumber(s string) (string, string) {
	number := Plain(s)
	if number == "" {
		return "", "请写证件号，在代表证或者委员证上"
	}
	if sentence := LineFault(number); sentence != "" {
		return "", sentence
	}
	if sentence := TooLong(number, 40); sentence != "" {
		return "", sentence
	}
	return number, ""
}
