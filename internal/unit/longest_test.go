package unit_test

import (
	"strings"
	"testing"

	"zhengxin/internal/unit"
)

// TestWhatIsLongerThanAnyNameIsNotCompared holds the search to its bound by what it finds:
// each of these has a name in it. With a hundred thousand characters a search that compares
// them does not come back.
func TestWhatIsLongerThanAnyNameIsNotCompared(t *testing.T) {
	t.Parallel()
	for _, more := range []int{119, 1000, 100_000} {
		for _, fill := range []string{"政", "甲", "z", "zh", "1"} {
			for _, typed := range []string{"财政局" + strings.Repeat(fill, more), strings.Repeat(fill, more) + "财政局", "caizhengju" + strings.Repeat(fill, more)} {
				if found := county.Search(typed); found != nil {
					t.Errorf("%d of %q find %v", more, fill, codes(found))
				}
				if u, ok := county.Called(typed); ok {
					t.Errorf("%d of %q are called %s", more, fill, u.Code)
				}
				if meant := county.Meant(typed); meant != nil {
					t.Errorf("%d of %q mean %v", more, fill, meant.Codes())
				}
				if !county.MayMeanOffice(typed) {
					t.Errorf("%d of %q mean somebody else than the office", more, fill)
				}
			}
		}
	}
	// Blanks and signs do not count, as they do not anywhere in a search.
	if found := codes(county.Search("财" + strings.Repeat("　", 1000) + "政局")); len(found) == 0 || found[0] != "JX-CZJ" {
		t.Errorf("a name that is set off by blanks finds %v", found)
	}
	// A name of one syllable over and over has more ways to be spelt than can be tried.
	same := unit.List{of("JX-S", strings.Repeat("事", 60), unit.Department)}
	if found := same.Search(strings.Repeat("s", 59) + "x"); len(found) != 0 {
		t.Errorf("letters that are not in a name find it: %v", codes(found))
	}
	if found := same.Search(strings.Repeat("s", 30)); len(found) != 1 {
		t.Error("the first letters of a name do not find it")
	}
}
