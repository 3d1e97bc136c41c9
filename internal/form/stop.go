package form

import "strings"

// Unstopped are somebody's words without the full stop at their end: a sentence that holds
// them has its own.
func Unstopped(words string) string { return strings.TrimRight(words, "。. \n") }
