package site

// Cite is how something of this site is named as a source, in one line that is copied whole:
// title, office, day, permanent address.
type Cite struct {
	Text string
}
