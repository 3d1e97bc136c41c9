package lettertest

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
)

// Stage is where a conversation stands.
type Stage string

// The stages, in their order.
const (
	Connected Stage = "connected"
	Hello     Stage = "EHLO"
	StartTLS  Stage = "STARTTLS"
	Login     Stage = "AUTH"
	From      Stage = "MAIL"
	To        Stage = "RCPT"
	Data      Stage = "DATA"
	End       Stage = "end of DATA"
)

// Answers to a stage that are none.
const (
	Drop   = "drop"   // the line is cut
	Silent = "silent" // nothing is said any more
)

// Script is a mail server that says at each stage what it was told to, to the letter,
// and welcomes everything else. What is in the answers map after New is not looked at.
type Script struct {
	URL string // for ZHENGXIN_SMTP_URL

	mu    sync.Mutex
	names []string
}

// NewScript starts one that ends with the test.
func NewScript(t testing.TB, answers map[Stage]string) *Script {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Script{URL: "smtp://" + listener.Addr().String()}
	over := make(chan struct{})
	t.Cleanup(func() { close(over); _ = listener.Close() })
	go func() {
		for {
			line, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(line, answers, over)
		}
	}()
	return s
}

// Names are those by which it was greeted.
func (s *Script) Names() []string { s.mu.Lock(); defer s.mu.Unlock(); return s.names }

func (s *Script) talk(line net.Conn, answers map[Stage]string, over <-chan struct{}) {
	defer line.Close()
	// say gives the answer of a stage, and tells whether the talk goes on.
	say := func(stage Stage, welcome string) bool {
		answer, told := answers[stage]
		switch {
		case !told:
			answer = welcome
		case answer == Drop:
			return false
		case answer == Silent:
			<-over
			return false
		}
		_, err := fmt.Fprintf(line, "%s\r\n", strings.ReplaceAll(answer, "\n", "\r\n"))
		return err == nil
	}
	if !say(Connected, "220 here") {
		return
	}
	for in := bufio.NewScanner(line); in.Scan(); {
		command := in.Text()
		verb, rest, _ := strings.Cut(command, " ")
		goes := true
		switch stage := Stage(strings.ToUpper(verb)); stage {
		case Hello, "HELO":
			s.mu.Lock()
			s.names = append(s.names, rest)
			s.mu.Unlock()
			goes = say(Hello, "250-here\n250-STARTTLS\n250 AUTH PLAIN")
		case StartTLS:
			goes = say(stage, "454 not now")
		case Login:
			goes = say(stage, "235 come in")
		case From, To:
			goes = say(stage, "250 well")
		case Data:
			if goes = say(stage, "354 go on"); goes && answers[Data] == "" {
				for in.Scan() && in.Text() != "." {
				}
				goes = say(End, "250 taken")
			}
		case "QUIT":
			_, _ = fmt.Fprint(line, "221 bye\r\n")
			return
		default:
			_, err := fmt.Fprint(line, "250 well\r\n")
			goes = err == nil
		}
		if !goes {
			return
		}
	}
}
