package home

import (
	"testing"

	"zhengxin/internal/register"
)

// TestWhatWasNotCountedToItsEndIsABound: also what is left of it once some are shown.
func TestWhatWasNotCountedToItsEndIsABound(t *testing.T) {
	t.Parallel()
	limit := counted(register.CountLimit)
	for _, c := range []struct {
		sum  atLeast
		want string
	}{
		{limit, "1,000\u00a0件以上"}, {limit.less(1), "999\u00a0件以上"}, {limit.less(8), "992\u00a0件以上"}, {limit.plus(counted(3)), "1,003\u00a0件以上"},
		{limit.less(1).plus(limit.less(1)), "1,998\u00a0件以上"}, {counted(999), "999\u00a0件"}, {counted(999).less(1), "998\u00a0件"}, {counted(1).less(1), "0\u00a0件"},
		{counted(0).less(1), "0\u00a0件"}, {counted(0), "0\u00a0件"}, {counted(5000), "5,000\u00a0件以上"},
	} {
		if got := c.sum.words(); got != c.want {
			t.Errorf("%+v is said %q, want %q", c.sum, got, c.want)
		}
	}
}
