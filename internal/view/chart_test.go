package view

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// The scale ends at or above the highest bar, in round numbers that are few, and every
// bar is as high as its number says.
func TestAChartStandsOnAScaleOfRoundNumbers(t *testing.T) {
	t.Parallel()
	for highest, want := range map[int]string{
		0: "0 1", 1: "0 1", 2: "0 1 2", 4: "0 1 2 3 4", 5: "0 2 4 6", 7: "0 2 4 6 8", 9: "0 5 10", 20: "0 5 10 15 20",
		21: "0 10 20 30", 99: "0 50 100", 400: "0 100 200 300 400", 401: "0 200 400 600", 1286: "0 500 1,000 1,500", 20001: "0 10,000 20,000 30,000",
	} {
		v := Chart{Columns: []string{"1", "2"}, Rows: []ChartRow{{Values: []int{0, highest}, Tone: Slate}}}
		var labels []string
		for _, tick := range v.ticks() {
			labels = append(labels, tick.label)
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("to %d: %s, want %s", highest, got, want)
		}
		if ticks := v.ticks(); ticks[0].y != "100" || ticks[len(ticks)-1].y != "0" {
			t.Errorf("to %d: from %s to %s", highest, ticks[0].y, ticks[len(ticks)-1].y)
		}
		for _, r := range v.rects() {
			high, err := strconv.ParseFloat(r.height, 64)
			if exact := 100 * float64(highest) / float64(v.top()); err != nil || high < exact-0.1 || high > exact+0.1 {
				t.Errorf("%d of %d is drawn %s high", highest, v.top(), r.height)
			}
		}
	}
}

func TestStackedPartsReachTheHeightOfTheirSum(t *testing.T) {
	t.Parallel()
	for _, parts := range [][2]int{{6, 2}, {1, 7}, {30, 50}, {0, 4}, {4, 0}} {
		v := Chart{Columns: []string{"1"}, Rows: []ChartRow{{Values: []int{parts[0]}}, {Values: []int{parts[1]}}}}
		rects := v.rects()
		want := Decimal(100 - 100*float64(parts[0]+parts[1])/float64(v.top()))
		if got := rects[len(rects)-1].y; got != want {
			t.Errorf("%s: the bar ends at %s, want %s", fmt.Sprint(parts), got, want)
		}
	}
}
