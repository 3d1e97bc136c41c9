package workflow

import "time"

// May is what the engine says of an act under the lock; nil where it goes on to do it.
func (t *Table) May(m *Matter, a Act, at time.Time) error {
	_, _, err := t.pick(m, a, at)
	return err
}
