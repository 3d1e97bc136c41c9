package daybook

import (
	"strings"

	"zhengxin/internal/binding"
)

// word calls what is bound under a name, as a sentence begins with it: 单位 FIN.
func word(name string) string {
	part, row, single := strings.Cut(name, "/")
	for _, p := range binding.Office {
		if p.Name == part && single {
			return p.Word + " " + row + " "
		}
		if p.Name == part {
			return p.Word
		}
	}
	return name
}
