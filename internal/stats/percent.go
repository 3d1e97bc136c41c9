package stats

// Percent is a share in percent; false where there is nothing it is a share of. It is 100
// where it is all and 0 where it is none, and rounded nowhere to either.
func Percent(part, whole int) (percent int, ok bool) {
	if whole == 0 {
		return 0, false
	}
	percent = (part*100 + whole/2) / whole
	if part > 0 && part < whole {
		percent = min(max(percent, 1), 99)
	}
	return percent, true
}
