// Package suite holds what can be said only when every other test has run:
// that none of the program's statements was left out, that each was sent under
// the roles it is listed with, and that none reads a large table from end to
// end. `make test` runs it last, with the build tag suite. It has no code of
// its own.
package suite
