// Package witness writes down what the tests of a run did, for what can be told
// only when all of them have run (internal/gates/suite). It is for tests only,
// and does nothing where nobody asks for it.
package witness

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Variable names the folder where every test program writes down what it did.
const Variable = "ZHENGXIN_TEST_WITNESS"

// Folder is that folder, empty where nothing is to be written down.
func Folder() string { return os.Getenv(Variable) }

// Statement is SQL that was sent through a pool of a test, as its text stands in
// the source: arguments by name.
type Statement struct {
	Role string // pg.RolePortal …; empty for the owner
	SQL  string
	By   string // the function that sent it first, with its file and line
	Test bool   // that function is a test's own
}

// Move is a move that a test's database holds as an event.
type Move struct{ Kind, From, Action, To string }

// Button is a button that a page showed, and perhaps that a test pressed it.
type Button struct {
	Does    string // what it sends where, told apart from others
	On      string // a page that shows it
	Pressed bool
}

// Hidden is a field that a form of a page sends without showing it.
type Hidden struct{ Name, On string }

// Account is everything that the tests of a run did, or one line of it.
type Account struct {
	Statements []Statement `json:",omitempty"`
	Moves      []Move      `json:",omitempty"`
	Buttons    []Button    `json:",omitempty"`
	Hidden     []Hidden    `json:",omitempty"`
}

// Book is what one test program writes down.
type Book struct {
	mu    sync.Mutex
	known map[any]bool
	file  *os.File
}

// Has says whether something was said before.
func (b *Book) Has(what any) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.known[what]
}

// New says whether something was not said before, and keeps that it was.
func (b *Book) New(what any) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known[what] {
		return false
	}
	if b.known == nil {
		b.known = map[any]bool{}
	}
	b.known[what] = true
	return true
}

// Write panics where it cannot: a run that loses a line would be taken for one
// that never did what stands in it.
func (b *Book) Write(folder string, line Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, err := json.Marshal(line)
	if err == nil && b.file == nil {
		b.file, err = os.CreateTemp(folder, "*.json")
	}
	if err == nil {
		_, err = b.file.Write(append(text, '\n'))
	}
	if err != nil {
		panic(err)
	}
}

// Read is what all test programs of a run have written down.
func Read(folder string) (all Account, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return all, err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return all, err
		}
		for line := range strings.Lines(string(text)) {
			var one Account
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				return all, fmt.Errorf("%s: %w", name, err)
			}
			all.Statements = append(all.Statements, one.Statements...)
			all.Moves = append(all.Moves, one.Moves...)
			all.Buttons = append(all.Buttons, one.Buttons...)
			all.Hidden = append(all.Hidden, one.Hidden...)
		}
	}
	if len(all.Statements) == 0 || len(all.Moves) == 0 || len(all.Buttons) == 0 {
		return all, errors.New("the tests have not written down what they did: `make test` runs this after them")
	}
	return all, nil
}
