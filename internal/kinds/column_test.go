package kinds_test

import (
	"os"
	"regexp"
	"strconv"
	"testing"
	"unicode/utf8"

	"zhengxin/internal/kinds"
)

// TestTheColumnOfStatesHoldsEveryWord: tags do not wrap and the list has fixed columns, so
// a word that is too long is written over by the next one.
func TestTheColumnOfStatesHoldsEveryWord(t *testing.T) {
	t.Parallel()
	sheet, err := os.ReadFile("../../static/css/table.css")
	if err != nil {
		t.Fatal(err)
	}
	widths := regexp.MustCompile(`\.col-state \{ width: ([\d.]+)rem`).FindAllSubmatch(sheet, -1)
	if len(widths) == 0 {
		t.Fatal("the column has no width")
	}
	const around = 1 + 0.35 + 0.75 // the shape, its gap, the padding of the cell
	for _, width := range widths {
		has, err := strconv.ParseFloat(string(width[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, law := range kinds.Laws() {
			for _, s := range law.States {
				if wants := float64(utf8.RuneCountInString(s.Word)) + around; wants > has {
					t.Errorf("%s: “%s” wants %.2frem, the column has %.2frem", law.Kind, s.Word, wants, has)
				}
			}
		}
	}
}
