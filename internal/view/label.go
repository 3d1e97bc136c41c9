package view

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"zhengxin/internal/fault"
)

// A summary of faults stands above the fields that it is about and is drawn before
// them, so what each field is called is put in afterwards: “写了 70 个字，最多 60 个” says
// nothing by itself. One list of names for the summaries would be another place that
// knows what each field of both sites is called.

// labels are what the wrong fields of a page are called, and where that is wanted.
type labels struct {
	of     map[string]string // by the field's id and its name
	wanted []fault.Field
}

type labelsKey struct{}

// labelMark stands where a label goes, with a number between two of them. No text that
// was typed has NUL in it, so nobody can write one.
const labelMark = "\x00"

// wantedLabel marks the place in front of a fault's sentence. A component that is drawn
// without a page has no labels.
func wantedLabel(ctx context.Context, f fault.Field) string {
	page, ok := ctx.Value(labelsKey{}).(*labels)
	if !ok {
		return ""
	}
	page.wanted = append(page.wanted, f)
	return labelMark + strconv.Itoa(len(page.wanted)-1) + labelMark
}

// note says what a wrong field is called.
func (s shell) note(ctx context.Context) {
	if page, ok := ctx.Value(labelsKey{}).(*labels); ok && s.fault != "" && s.label != "" {
		page.of[s.id], page.of[s.name] = s.label, s.label
	}
}

// put writes the labels where they are wanted. A sentence that says the label itself
// does not have it twice.
func (page *labels) put(b *bytes.Buffer) {
	if len(page.wanted) == 0 {
		return
	}
	var pairs []string
	for i, f := range page.wanted {
		label := page.of[f.Name]
		if label != "" && !strings.Contains(f.Sentence, label) {
			label = templ.EscapeString(label) + "："
		} else {
			label = ""
		}
		pairs = append(pairs, labelMark+strconv.Itoa(i)+labelMark, label)
	}
	whole := strings.NewReplacer(pairs...).Replace(b.String())
	b.Reset()
	b.WriteString(whole)
}
