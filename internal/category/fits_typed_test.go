package category

import "testing"

func TestACategoryIsFoundHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	c := Category{Title: "拖欠账款", Description: "拖欠货物、工程、服务款", Said: []string{"工程款", "PPP 项目"}}
	for typed, want := range map[string]int{
		"工程款": 0, "⼯程款": 0, "工 程 款": 0, "工\u200b程款没给": 0, "ppp项目": 0, "ＰＰＰ项目": 0, "拖欠账款": 1, "⼯程": 0, "货物": 1, "要货物": 2, "奖补": -1, "": -1, " 　": -1,
	} {
		rank, ok := c.Fits(typed)
		if ok != (want >= 0) || ok && rank != want {
			t.Errorf("%q fits %d, %t; want %d", typed, rank, ok, want)
		}
	}
}
