package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/fault"
	"zhengxin/internal/web"
)

// check lists everything that is wrong, a line for each.
func (c Config) check() error {
	var lines []string
	say := func(name, chinese, english string) {
		lines = append(lines, fmt.Sprintf("%s：%s。%s.", name, chinese, english))
	}
	if c.DatabaseURL != "" {
		// pgx names what it cannot read, and masks the password in it.
		if _, err := pgx.ParseConfig(c.DatabaseURL); err != nil {
			say("ZHENGXIN_DATABASE_URL", "不是 PostgreSQL 的地址，应写成 postgres://用户:密码@主机:5432/库名",
				"Not a PostgreSQL URL (postgres://user:password@host:5432/database)")
		}
	}
	c.checkAddresses(say)
	checkSite("ZHENGXIN_PORTAL_URL", c.PortalURL, say)
	checkSite("ZHENGXIN_ADMIN_URL", c.AdminURL, say)
	if _, err := web.ParseProxies(c.TrustedProxies); err != nil {
		say("ZHENGXIN_TRUSTED_PROXIES", "要写代理服务器的地址或网段，用逗号分开，例如 127.0.0.1,10.0.0.0/8", "Addresses or networks with commas between: "+err.Error())
	}
	c.checkMail(say)
	checkURL("ZHENGXIN_BLOB_URL", c.BlobURL, []string{"s3"}, say)
	if c.Demo != "year" && c.Demo != "office" {
		say("ZHENGXIN_DEMO", "只能是 year 或 office", "Either year or office")
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		say("ZHENGXIN_LOG_FORMAT", "只能是 text 或 json", "Either text or json")
	}
	if len(lines) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "设置有 %d 处要改 (settings to correct):\n  %s", len(lines), strings.Join(lines, "\n  "))
}

type sayer func(name, chinese, english string)

func (c Config) checkAddresses(say sayer) {
	for _, a := range [...]struct{ name, addr string }{
		{"ZHENGXIN_PORTAL_ADDR", c.PortalAddr}, {"ZHENGXIN_ADMIN_ADDR", c.AdminAddr},
	} {
		_, port, err := net.SplitHostPort(a.addr)
		if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 1 || n > 65535 {
			say(a.name, "要写成“地址:端口”，例如 127.0.0.1:8080", "An address and a port such as 127.0.0.1:8080")
		}
	}
	if c.PortalAddr == c.AdminAddr {
		say("ZHENGXIN_ADMIN_ADDR", "不能与 ZHENGXIN_PORTAL_ADDR 相同", "Must differ from ZHENGXIN_PORTAL_ADDR")
	}
}

// checkSite wants what a browser's address bar shows before the first slash:
// our paths begin at the root, and Origin is compared with it.
func checkSite(name, site string, say sayer) {
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		say(name, "要写网站的地址，例如 https://xf.example.gov.cn，后面不带路径", "The site's address such as https://xf.example.gov.cn, without a path")
	}
}

func (c Config) checkMail(say sayer) {
	checkURL("ZHENGXIN_SMTP_URL", c.SMTPURL, []string{"smtp", "smtps"}, say)
	checkURL("ZHENGXIN_IMAP_URL", c.IMAPURL, []string{"imap", "imaps"}, say)
	if c.MailFrom != "" {
		if _, err := mail.ParseAddress(c.MailFrom); err != nil {
			say("ZHENGXIN_MAIL_FROM", "要写一个电子邮箱，例如 政务诚信监督 <xf@example.gov.cn>", "A mail address such as xf@example.gov.cn")
		}
	} else if c.SMTPURL != "" {
		say("ZHENGXIN_MAIL_FROM", "设置了发信服务器，就要写发件人", "Needed with ZHENGXIN_SMTP_URL")
	}
}

func checkURL(name, value string, schemes []string, say sayer) {
	if value == "" {
		return
	}
	if u, err := url.Parse(value); err != nil || u.Hostname() == "" || !slices.Contains(schemes, u.Scheme) {
		say(name, "要写成 "+schemes[len(schemes)-1]+"://用户:密码@主机:端口", "A URL that begins "+strings.Join(schemes, ":// or ")+"://")
	}
}

// Remarks are sentences about settings that are right and yet may surprise.
// environ is os.Environ().
func (c Config) Remarks(environ []string) []string {
	var all []string
	if c.IMAPURL != "" {
		all = append(all, "ZHENGXIN_IMAP_URL 已设置，但这一版还不收信。")
	}
	if c.BlobURL != "" {
		all = append(all, "ZHENGXIN_BLOB_URL 已设置，但这一版还没有附件。")
	}
	known := Variables()
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		ours := strings.HasPrefix(name, "ZHENGXIN_") && !strings.HasPrefix(name, "ZHENGXIN_TEST_")
		if ours && !slices.ContainsFunc(known, func(v Variable) bool { return v.Name == name }) {
			all = append(all, fmt.Sprintf("环境变量 %s 不是本程序的设置，可能写错了。", name))
		}
	}
	return all
}
