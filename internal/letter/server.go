package letter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"golang.org/x/net/idna"
)

// sendLimit bounds one sending, below the minute that a job may take.
const sendLimit = 45 * time.Second

// Server is where letters are handed over; the zero value is none.
type Server struct {
	host    string
	hello   string // empty for the sender's domain
	options []mail.Option
}

// ParseServer reads ZHENGXIN_SMTP_URL: smtps:// is TLS from the start (port
// 465); smtp:// (port 587) changes to TLS, which ?starttls=required,
// opportunistic or off settles. Without it TLS is required where a password is
// sent, taken where it is offered, and not asked for on this machine itself.
// ?hello= is the name by which we greet it, where it wants another than the sender's
// domain. The empty text is no server.
func ParseServer(raw string) (Server, error) {
	if raw == "" {
		return Server{}, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return Server{}, errors.New("mail server: not smtp://host:port or smtps://host:port") // the cause would quote the password
	}
	s := Server{host: u.Hostname(), hello: u.Query().Get("hello")}
	if s.hello != "" && !hostName.MatchString(s.hello) {
		return Server{}, errors.New("mail server: hello is a full name such as mail.example.gov.cn")
	}
	port := 587
	if u.Scheme == "smtps" {
		port = 465
		s.options = append(s.options, mail.WithSSL())
	} else {
		policy, err := startTLS(u)
		if err != nil {
			return Server{}, err
		}
		s.options = append(s.options, mail.WithTLSPolicy(policy))
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil || port < 1 || port > 65535 {
			return Server{}, errors.New("mail server: the port is no number from 1 to 65535")
		}
	}
	s.options = append(s.options, mail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	return s, nil
}

// hostName is a full name of a machine: a bare one is refused by many servers.
var hostName = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$`)

// greeting is the name by which we greet the server: the setting, or the domain of the
// sender, which a server that checks can look up. This machine's own name, go-mail's
// default, is bare in most offices. Where there is no full name, it is the loopback
// address in brackets, which a greeting may be (RFC 5321, 4.1.3).
func (s Server) greeting(sender string) string {
	_, domain, _ := strings.Cut(sender, "@")
	for _, name := range []string{s.hello, domain} {
		if name, err := idna.Lookup.ToASCII(name); err == nil && hostName.MatchString(name) {
			return name
		}
	}
	return "[127.0.0.1]"
}

func startTLS(u *url.URL) (mail.TLSPolicy, error) {
	switch u.Query().Get("starttls") {
	case "required":
		return mail.TLSMandatory, nil
	case "opportunistic":
		return mail.TLSOpportunistic, nil
	case "off":
		return mail.NoTLS, nil
	case "":
	default:
		return 0, errors.New("mail server: starttls is required, opportunistic or off")
	}
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Hostname() == "localhost" || ip != nil && ip.IsLoopback():
		return mail.NoTLS, nil
	case u.User != nil:
		return mail.TLSMandatory, nil
	default:
		return mail.TLSOpportunistic, nil
	}
}

// send hands a message over. Its error is a Fault: the server's own sentence
// would quote the address.
func (s Server) send(ctx context.Context, m *mail.Msg) error {
	err := s.hand(ctx, m)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errSettings):
		return Fault{"settings"}
	}
	return faultOf(err)
}

// errSettings says that there was no conversation: we are set up wrongly.
var errSettings = errors.New("mail settings")

// hand is send with the server's own error, which quotes the address.
func (s Server) hand(ctx context.Context, m *mail.Msg) error {
	from := m.GetFrom()
	if len(from) != 1 {
		return errSettings
	}
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	patience := sendLimit
	if ends, ok := ctx.Deadline(); ok {
		patience = time.Until(ends) // go-mail asks the context only until it is connected
	}
	client, err := mail.NewClient(s.host, append(slices.Clone(s.options), mail.WithHELO(s.greeting(from[0].Address)), mail.WithTimeout(patience))...)
	if err != nil {
		return errSettings
	}
	err = client.DialAndSendWithContext(ctx, m)
	if err == nil || m.IsDelivered() { // a lost farewell does not undo it
		return nil
	}
	return err
}

// noRecipient is the code of a letter whose address the receiving side does not know.
const noRecipient = "recipient"

// Fault is why a letter did not go out: the mail server's status, or one of
// network, recipient, address, key, settings, message.
type Fault struct{ Code string }

func (f Fault) Error() string { return fmt.Sprintf("letter not sent: %s", f.Code) }

// Final says that no later try can do better: there is no such address, or ours is
// no letter. A refused login or sender is ours to mend, so it is not.
func (f Fault) Final() bool {
	return f.Code == noRecipient || f.Code == "address" || f.Code == "message"
}

func faultOf(err error) Fault {
	if refused(err) {
		return Fault{noRecipient}
	}
	var sending *mail.SendError
	if errors.As(err, &sending) && sending.ErrorCode() != 0 {
		return Fault{strconv.Itoa(sending.ErrorCode())}
	}
	var reply *textproto.Error
	if errors.As(err, &reply) { // before the letter itself: greeting, TLS, login
		return Fault{"server-" + strconv.Itoa(reply.Code)}
	}
	return Fault{"network"}
}
