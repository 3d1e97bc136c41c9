package letter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// sendLimit bounds one sending, below the minute that a job may take.
const sendLimit = 45 * time.Second

// Server is where letters are handed over; the zero value is none.
type Server struct {
	host    string
	options []mail.Option
}

// ParseServer reads ZHENGXIN_SMTP_URL: smtps:// is TLS from the start (port
// 465); smtp:// (port 587) changes to TLS, which ?starttls=required,
// opportunistic or off settles. Without it TLS is required where a password is
// sent, taken where it is offered, and not asked for on this machine itself.
// The empty text is no server.
func ParseServer(raw string) (Server, error) {
	if raw == "" {
		return Server{}, nil
	}
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return Server{}, errors.New("mail server: not smtp://host:port or smtps://host:port") // the cause would quote the password
	}
	s := Server{host: u.Hostname(), options: []mail.Option{mail.WithTimeout(sendLimit)}}
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
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return Fault{"settings"}
	}
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, m)
	if err == nil || m.IsDelivered() { // a lost farewell does not undo it
		return nil
	}
	return faultOf(err)
}

// Fault is why a letter did not go out: the mail server's status, or one of
// network, address, key, settings, message.
type Fault struct{ Code string }

func (f Fault) Error() string { return fmt.Sprintf("letter not sent: %s", f.Code) }

// Final says that no later try can do better: the server refused the letter or
// its address for good. A refused login is ours to mend, so it is not.
func (f Fault) Final() bool {
	return f.Code == "address" || f.Code == "message" || len(f.Code) == 3 && f.Code[0] == '5'
}

func faultOf(err error) Fault {
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() != 0 {
		return Fault{strconv.Itoa(refused.ErrorCode())}
	}
	var reply *textproto.Error
	if errors.As(err, &reply) { // before the letter itself: greeting, TLS, login
		return Fault{"server-" + strconv.Itoa(reply.Code)}
	}
	return Fault{"network"}
}
