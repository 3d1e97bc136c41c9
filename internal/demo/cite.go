package demo

import (
	"strings"

	"zhengxin/internal/law"
	"zhengxin/internal/workflow"
)

// cite answers on what a draft stands: of a story's basis, the articles that the table of
// laws has, and the rest in words.
func cite(a workflow.Answers, table law.Table, basis string) {
	var rest []string
	for part := range strings.SplitSeq(basis, "；") {
		name, numbers, _ := strings.Cut(strings.TrimPrefix(part, "《"), "》")
		for number := range strings.SplitSeq(numbers, "、") {
			number = strings.NewReplacer("（", "", "）", "").Replace(number)
			found := ""
			for _, one := range table.Articles {
				if (one.Law.Name == name || one.Law.Short == name) && one.Number == number {
					found = one.Code
				}
			}
			if found == "" {
				rest = append(rest, "《"+name+"》"+number)
				continue
			}
			a[law.Articles] = append(a[law.Articles], found)
		}
	}
	a[law.Other], a[law.Anyway] = []string{strings.Join(rest, "；")}, []string{"yes"}
}
