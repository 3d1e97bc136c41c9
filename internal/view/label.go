package view

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/fault"
)

// A summary of faults stands above the fields that it is about, so it is drawn after
// them: “写了 70 个字，最多 60 个” says nothing without the field's name, faults that the
// checks of several fields raise come behind the others, and only the fields know what of
// the typing is not shown again. One list beside the forms would be another place that
// knows how each field of both sites is called and where it stands.

// labels are the fields of a page, as a summary of faults needs them, and its summaries.
type labels struct {
	of        map[string]string // what wrong fields are called, by id and by name
	at        map[string]int    // where fields stand, by id and by name
	anew      []string          // what is called that has to be typed again
	file      bool              // a file has to be chosen again
	kept      bool              // something else was typed and is still there
	summaries []ErrorSummary
}

type labelsKey struct{}

// labelMark stands where a summary goes, with a number between two of them. No text that
// was typed has NUL in it, so nobody can write one.
const labelMark = "\x00"

func summaryMark(i int) string { return labelMark + strconv.Itoa(i) + labelMark }

// drawn writes a summary, or marks its place where a page is drawn whose fields follow.
func (s ErrorSummary) drawn(ctx context.Context, w io.Writer) error {
	page, ok := ctx.Value(labelsKey{}).(*labels)
	if !ok || len(s.Errors) == 0 {
		return errorSummary(summary{s, &labels{}}).Render(ctx, w)
	}
	page.summaries = append(page.summaries, s)
	_, err := io.WriteString(w, summaryMark(len(page.summaries)-1))
	return err
}

// summarized is the page whose summary is still to be drawn; nil where there is none.
func summarized(ctx context.Context) *labels {
	if page, ok := ctx.Value(labelsKey{}).(*labels); ok && len(page.summaries) > 0 {
		return page
	}
	return nil
}

// note says where a field stands and, of a wrong one, what it is called.
func (s shell) note(ctx context.Context) {
	page := summarized(ctx)
	if page == nil {
		return
	}
	page.stands(s.id)
	page.stands(s.name)
	if s.fault != "" && s.label != "" {
		page.of[s.id], page.of[s.name] = s.label, s.label
	}
	switch {
	case s.file:
		page.file = true
	case s.anew:
		page.anew = append(page.anew, s.label)
	default:
		page.kept = true
	}
}

// stands notes a place on the page: the first of that name.
func (page *labels) stands(name string) {
	if _, known := page.at[name]; !known {
		page.at[name] = len(page.at)
	}
}

// standsAt notes the place of a fault beside what is no field of ours.
func standsAt(ctx context.Context, id string) {
	if page := summarized(ctx); page != nil {
		page.stands(id)
	}
}

// put draws the summaries where they are wanted.
func (page *labels) put(ctx context.Context, b *bytes.Buffer) error {
	if len(page.summaries) == 0 {
		return nil
	}
	var pairs []string
	for i, s := range page.summaries {
		var html strings.Builder
		if err := errorSummary(summary{s, page}).Render(ctx, &html); err != nil {
			return err
		}
		pairs = append(pairs, summaryMark(i), html.String())
	}
	whole := strings.NewReplacer(pairs...).Replace(b.String())
	b.Reset()
	b.WriteString(whole)
	return nil
}

// summary is a summary of faults with what the page says of its fields.
type summary struct {
	ErrorSummary
	page *labels
}

// faults are in the order of the page, those that belong to no field last.
func (s summary) faults() []fault.Field {
	place := func(f fault.Field) int {
		if at, ok := s.page.at[f.Name]; ok {
			return at
		}
		return len(s.page.at)
	}
	return slices.SortedStableFunc(slices.Values(s.Errors), func(a, b fault.Field) int { return place(a) - place(b) })
}

// label is what stands before a sentence; one that says it itself does not have it twice.
func (s summary) label(f fault.Field) string {
	if label := s.page.of[f.Name]; label != "" && !strings.Contains(f.Sentence, label) {
		return label + "："
	}
	return ""
}

// still says what of the typing is there: codes are never shown again, and no browser
// takes a file twice.
func (s summary) still() string {
	var again []string
	if len(s.page.anew) > 0 {
		again = append(again, strings.Join(s.page.anew, "、")+"要再填一次")
	}
	if s.page.file {
		again = append(again, "选过的文件要再选一次")
	}
	if s.page.kept || len(again) == 0 {
		again = append([]string{"您填的内容都还在"}, again...)
	}
	return strings.Join(again, "，") + "。"
}
