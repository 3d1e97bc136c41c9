package letter

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/wneessen/go-mail"

	"zhengxin/internal/clock"
)

// nobody stands for the recipient in a letter that is only kept: the address
// stays sealed.
const nobody = "undisclosed-recipients:;"

// messageIDs are all that NewMessageID makes. The portal may write down a
// letter, so what stands there becomes neither a header nor a file's name
// before it was looked at.
var messageIDs = regexp.MustCompile(`^[0-9a-f]{32}$`)

// message is a letter as it goes out, the same to the byte on every try, so
// that a server that got it twice can tell.
func (p *Post) message(l opened) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithEncoding(mail.EncodingB64), mail.WithNoDefaultUserAgent())
	if err := m.From(p.sender()); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	if l.address == "" {
		m.SetGenHeaderPreformatted("To", nobody)
	} else if err := m.To(l.address); err != nil {
		return nil, Fault{"address"} // go-mail's own words would quote it
	}
	subject, body := l.subject, l.body
	if subject == "" {
		subject, body = p.Sites.text(l.Template, l.Recipient)
	}
	m.Subject(subject)
	m.SetMessageIDWithValue(l.MessageID + "@" + p.host())
	m.SetDateWithValue(clock.Local(l.CreatedAt))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no machine answers it
	m.SetGenHeader("X-Auto-Response-Suppress", "All")  // the same for those who do not know it
	m.SetBodyString(mail.TypeTextPlain, body)
	return m, nil
}

// host names us in Message-IDs.
func (p *Post) host() string {
	u, err := url.Parse(p.Sites.Portal)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}

// sender is who the letters come from; one that is only kept may be from
// nobody in particular.
func (p *Post) sender() string {
	if p.From != "" {
		return p.From
	}
	return "政务诚信投诉监督平台 <no-reply@localhost>"
}

// keep writes a letter into the folder where it can be read and sent by hand,
// whole or not at all.
func (p *Post) keep(l opened) error {
	l.address = ""
	m, err := p.message(l)
	if err != nil {
		return err
	}
	var raw bytes.Buffer
	if _, err := m.WriteTo(&raw); err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	whole := filepath.Join(p.Dir, l.MessageID+".eml")
	part, err := os.CreateTemp(p.Dir, ".letter-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	defer func() { _ = os.Remove(part.Name()) }() // gone already when all went well
	_, err = part.Write(raw.Bytes())
	if closed := part.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part.Name(), whole)
	}
	if err != nil {
		return fmt.Errorf("keep letter: %w", err)
	}
	return nil
}

// opened is a letter with what is needed to send it.
type opened struct {
	MessageID, Template, Recipient string
	CreatedAt                      time.Time
	Number                         string // the matter's
	sealedTo                       string // the number that the sealed address is bound to
	Mailbox                        []byte
	Member                         int64  // whose mailbox it is, where it is a member's
	Unit                           string // the mailbox of the unit that it is for
	Hidden                         bool   // the office that would get it may not know of the matter
	address                        string
	subject, body                  string // of a letter that is no template's
}
