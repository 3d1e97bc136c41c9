package category_test

import (
	"strings"
	"testing"

	"zhengxin/internal/category"
)

func TestWhatIsLongerThanASearchIsNotCompared(t *testing.T) {
	t.Parallel()
	all := []category.Category{{Code: "A", Title: "拖欠工程款", Said: []string{"打白条"}}}
	if len(category.Fitting(all, "工程款")) != 1 || len(category.Fitting(all, strings.Repeat("甲", 117)+"打白条")) != 1 {
		t.Fatal("a word of the table is not found")
	}
	for _, more := range []int{118, 1000, 100_000} {
		for _, word := range []string{"工程款", "打白条", "拖欠工程款"} {
			if found := category.Fitting(all, word+strings.Repeat("甲", more)); found != nil {
				t.Errorf("%s and %d characters find %v", word, more, found)
			}
		}
	}
}
