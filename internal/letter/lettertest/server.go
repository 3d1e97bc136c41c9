// Package lettertest is a mail server for tests: real SMTP in the test's own
// process, which refuses what it is told to refuse.
package lettertest

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Server answers as a test wants.
type Server struct {
	URL string // for ZHENGXIN_SMTP_URL

	mu      sync.Mutex
	answers []*smtp.SMTPError // for the next recipients, then all are welcome
	rcpts   []string
	got     []string // messages taken
	offered []string // messages that came as far as their text
	late    []*smtp.SMTPError
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	s.URL = "smtp://" + listener.Addr().String()
	return s
}

// RefuseNext answers the next recipients so.
func (s *Server) RefuseNext(answers ...*smtp.SMTPError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers = append(s.answers, answers...)
}

// RefuseText answers the next texts so, after they were read.
func (s *Server) RefuseText(answers ...*smtp.SMTPError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.late = append(s.late, answers...)
}

// Refusal is an answer with that code.
func Refusal(code int) *smtp.SMTPError {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "no"}
}

// Taken are the messages that were taken.
func (s *Server) Taken() []string { s.mu.Lock(); defer s.mu.Unlock(); return s.got }

// Offered are those that were read at all, taken or not.
func (s *Server) Offered() []string { s.mu.Lock(); defer s.mu.Unlock(); return s.offered }

// Rcpts are the recipients that were welcome.
func (s *Server) Rcpts() []string { s.mu.Lock(); defer s.mu.Unlock(); return s.rcpts }

// NewSession is for the protocol.
func (s *Server) NewSession(*smtp.Conn) (smtp.Session, error) { return visit{s}, nil }

type visit struct{ s *Server }

func (visit) Mail(string, *smtp.MailOptions) error { return nil }
func (visit) Reset()                               {}
func (visit) Logout() error                        { return nil }

func (v visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if len(v.s.answers) > 0 {
		answer := *v.s.answers[0]
		v.s.answers = v.s.answers[1:]
		answer.Message = "<" + to + "> " + answer.Message // as real servers do
		return &answer
	}
	v.s.rcpts = append(v.s.rcpts, to)
	return nil
}

func (v visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	v.s.offered = append(v.s.offered, string(raw))
	if len(v.s.late) > 0 {
		answer := v.s.late[0]
		v.s.late = v.s.late[1:]
		return answer
	}
	v.s.got = append(v.s.got, string(raw))
	return nil
}
