package member

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"zhengxin/internal/form"
	"zhengxin/internal/pg"
)

// Called is a name as it was written, with the number of the credential where that was
// written too.
type Called struct{ Name, Credential string }

// credential is what may follow a name.
var credential = regexp.MustCompile(`^(.*?)[\s（(]*([0-9A-Za-z][0-9A-Za-z-]{2,})[）)]?$`)

// ReadCalled reads the names in a text, however they are set apart.
func ReadCalled(typed string) (all []Called) {
	for part := range strings.FieldsFuncSeq(form.Text(typed), func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		name, number := form.Line(part), ""
		if m := credential.FindStringSubmatch(form.Plain(name)); m != nil && strings.TrimSpace(m[1]) != "" {
			name, number = strings.TrimSpace(m[1]), strings.ToUpper(m[2])
		}
		if name != "" {
			all = append(all, Called{name, number})
		}
	}
	return all
}

// Twice says of a name that it stands there twice; empty where none does.
func Twice(names []Called) string {
	for i, one := range names {
		if slices.Contains(names[:i], one) {
			return "“" + one.Name + "”写了两遍，请去掉一个；是两个人的，在名字后面写证号"
		}
	}
	return ""
}

// Find is whom of the roster each of the names may be: everybody of these kinds who bears
// it, and its number where that was written.
func Find(ctx context.Context, q pg.Queryer, names []Called, kinds ...Kind) ([][]Member, error) {
	var called []string
	for _, one := range names {
		called = append(called, one.Name)
	}
	roster, err := pg.All[Member](ctx, q, `SELECT `+columns+` FROM member WHERE kind = ANY (@kinds) AND name = ANY (@names) ORDER BY id`,
		pg.Args{"kinds": kinds, "names": called})
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	found := make([][]Member, len(names))
	for i, one := range names {
		for _, m := range roster {
			if m.Name == one.Name && (one.Credential == "" || one.Credential == m.Credential) {
				found[i] = append(found[i], m)
			}
		}
	}
	return found, nil
}

// Namesakes says of a name that several bear it, and how to tell them apart.
func Namesakes(of []Member) string {
	var numbers []string
	for _, m := range of {
		numbers = append(numbers, m.Credential)
	}
	return of[0].Name + "（" + strings.Join(numbers, "、") + "）"
}

// WriteNumbers is what is said where names have Namesakes.
func WriteNumbers(namesakes []string) string {
	return "名册里有同名的：" + strings.Join(namesakes, "；") + "。请在名字后面写证号"
}
