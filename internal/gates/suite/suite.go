// Package suite holds what can be said only when every other test has run: that
// none of the program's statements, states, moves and buttons was left out, and
// that each statement was sent under the roles it is listed with. `make test`
// runs it last, with the build tag suite. It has no code of its own.
package suite
