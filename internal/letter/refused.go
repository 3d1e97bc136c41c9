package letter

import (
	"errors"
	"regexp"
	"strings"

	"github.com/wneessen/go-mail"
)

// A refusal is final in one case alone: the receiving side says that there is no such
// mailbox. Everything else that servers call permanent passes: a name in our greeting
// that they do not like, letters too close together, a full mailbox, a filter that
// misread the text, a sender that is being set up. Ending a letter for it is ending it
// for ever; trying again costs nothing.

// noMailbox are the enhanced codes (RFC 3463, 7505) that say so. Of 5.1.x the
// seventh and eighth are about the sender.
var noMailbox = regexp.MustCompile(`^5\.1\.(1|2|3|6|9|10)$`)

// unsaid are codes that say nothing; then, and without one, the words have to.
var unsaid = regexp.MustCompile(`^(5\.0\.\d+|5\.1\.0|5\.5\.0|)$`)

var (
	reply = regexp.MustCompile(`\b([245]\d\d)[ "-]+#?([245]\.\d{1,3}\.\d{1,3}\b)?`)
	// aside is what says nothing of the mailbox: its address, where to read more, and in
	// which table it was looked for.
	aside = regexp.MustCompile(`<[^<>]*>|\S+@\S+|https?://\S+|\bin (the )?(local|relay|virtual)[a-z ]* table\b`)

	// absent is how QQ, 163, Aliyun, Sina, Sohu, 139, 189 and the common servers say
	// that a mailbox is not there, spelling included.
	absent = regexp.MustCompile(`(?i)` + strings.Join([]string{
		`\b(user|account|mailbox|mail box|recipient|rcpt|receiver|address|alias)\b[^.;:!?\n]{0,40}?\b(not found|not exists?|not existed|(does|do|did|dose)(n'?t| not) exists?|dosn'?t exist|unknown|no longer exists|invalid|is not valid|not known|not a (known|valid) user)\b`,
		`\b(no such|unknown|invalid|non-?existent|illegal|unrouteable)( or (illegal|unknown|invalid))? (local )?(user|account|mailbox|mail box|recipient|rcpt|address|alias)\b`,
		`\bno (mailbox|user|account) here\b`, `\bno mailbox\b`, `\buser (doesn'?t|does not) have an? .{0,20}account\b`,
		`(用户|邮箱|帐号|账号|账户|收件人|地址)[^。；，\n]{0,8}(不存在|未找到|找不到|无效)`, `(不存在|没有)(该|此|这个)(用户|邮箱|帐号|账号|收件人)`,
	}, `|`))
	// passing are words that say something else, whatever stands beside them.
	passing = regexp.MustCompile(`(?i)\b(sender|from|helo|ehlo|hostname|client|connection|frequency|limit(ed)?|rate|quota|full|over ?size|size|spam|junk|virus|content|block(ed)?|blacklist(ed)?|blocklist|black list|rbl|policy|relay(ing)?|suspicious|denied|busy|later|temporar(y|ily)|auth(entication)?|permission|suspended|disabled|locked|frozen|inactive)\b|发件人|频率|已满|垃圾|拒绝|限制`)
)

// refused says that a server knows no such recipient.
func refused(err error) bool {
	var sending *mail.SendError
	if !errors.As(err, &sending) || sending.Reason != mail.ErrSMTPRcptTo {
		return false
	}
	// Its words quote the address, which may itself sound like any of them. They are
	// looked at here and go nowhere.
	words, _, _ := strings.Cut(sending.Error(), ", affected recipient(s): ")
	words = aside.ReplaceAllString(strings.ReplaceAll(words, `\n`, "\n"), " ") // they come quoted
	found := reply.FindStringSubmatchIndex(words)
	if found == nil || words[found[2]] != '5' {
		return false
	}
	code := ""
	if found[4] >= 0 {
		code = words[found[4]:found[5]]
	}
	if !unsaid.MatchString(code) {
		return noMailbox.MatchString(code)
	}
	said := words[found[1]:]
	return absent.MatchString(said) && !passing.MatchString(said)
}
