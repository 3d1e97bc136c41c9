package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestSuggestionsAreMeasuredOnWhatIsHeldOut(t *testing.T) {
	t.Parallel()
	w := newTeller(3)
	words := map[string][]string{
		"学校": strings.Fields("食堂 菜钱 总务处 校长 教室 课桌 学费 补习 老师 家长 操场 宿舍 年级 校车 教材 校服 开学 放学 作业 军训"),
		"水务": strings.Fields("河道 淤泥 水渠 堤坝 闸门 泵站 灌溉 排水 汛期 水表 管网 水压 停水 水质 井盖 污水 清淤 护坡 水库 水费"),
	}
	var lines strings.Builder
	for i := range 60 {
		label, body := []string{"学校", "水务"}[i%2], ""
		for range 12 {
			body += pick(w, words[label]) + pick(w, slots["态度"]) + "，"
		}
		fmt.Fprintf(&lines, `{"title":"","body":%q,"label":%q}`+"\n", body, label)
	}
	fmt.Fprintln(&lines, `{"title":"没有归类","body":"谁也没有看过这一件"}`)
	all, err := readLabelled(strings.NewReader(lines.String()))
	if err != nil || len(all) == 0 || len(all) > 60 {
		t.Fatalf("%d texts, %v", len(all), err)
	}
	g, err := guess(all)
	if err != nil || g.texts != len(all) || g.labels != 2 || g.first < len(all)*9/10 || g.three < g.first {
		t.Errorf("%+v, %v", g, err)
	}
}

func TestWithoutLabelledTextsItIsSaidThatNothingIsMeasured(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := newReport(&out).suggestions(t.TempDir()); err != nil || !strings.Contains(out.String(), "not measured") {
		t.Errorf("%q, %v", out.String(), err)
	}
}
