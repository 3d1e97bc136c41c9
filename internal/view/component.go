package view

import (
	"context"
	"io"
)

// The components draw themselves, so that a struct literal stands after @ in a
// page. Each hands itself to its template of the same name.

// Render draws the icon.
func (v Icon) Render(ctx context.Context, w io.Writer) error { return icon(v).Render(ctx, w) }

// Render draws it with the template statusTag.
func (v StatusTag) Render(ctx context.Context, w io.Writer) error { return statusTag(v).Render(ctx, w) }

// Render draws it with the template button.
func (v Button) Render(ctx context.Context, w io.Writer) error { return button(v).Render(ctx, w) }

// Render draws it with the template banner.
func (v Banner) Render(ctx context.Context, w io.Writer) error { return banner(v).Render(ctx, w) }

// Render draws it with the template note.
func (v Note) Render(ctx context.Context, w io.Writer) error { return note(v).Render(ctx, w) }

// Render draws it with the template empty.
func (v Empty) Render(ctx context.Context, w io.Writer) error { return empty(v).Render(ctx, w) }

// Render draws it with the template breadcrumbs.
func (v Breadcrumbs) Render(ctx context.Context, w io.Writer) error {
	return breadcrumbs(v).Render(ctx, w)
}

// Render draws it with the template sectionHead.
func (v SectionHead) Render(ctx context.Context, w io.Writer) error {
	return sectionHead(v).Render(ctx, w)
}

// Render draws it with the template fold.
func (v Fold) Render(ctx context.Context, w io.Writer) error { return fold(v).Render(ctx, w) }

// Render draws it with the template errorSummary, once the page is drawn.
func (v ErrorSummary) Render(ctx context.Context, w io.Writer) error {
	return v.drawn(ctx, w)
}

// Render draws it with the template textField.
func (v TextField) Render(ctx context.Context, w io.Writer) error { return textField(v).Render(ctx, w) }

// Render draws it with the template pickField.
func (v PickField) Render(ctx context.Context, w io.Writer) error { return pickField(v).Render(ctx, w) }

// Render draws it with the template searchField.
func (v SearchField) Render(ctx context.Context, w io.Writer) error {
	return searchField(v).Render(ctx, w)
}

// Render draws it with the template textArea.
func (v TextArea) Render(ctx context.Context, w io.Writer) error { return textArea(v).Render(ctx, w) }

// Render draws it with the template fileField.
func (v FileField) Render(ctx context.Context, w io.Writer) error { return fileField(v).Render(ctx, w) }

// Render draws it with the template selectField.
func (v SelectField) Render(ctx context.Context, w io.Writer) error {
	return selectField(v).Render(ctx, w)
}

// Render draws it with the template radioField.
func (v RadioField) Render(ctx context.Context, w io.Writer) error {
	return radioField(v).Render(ctx, w)
}

// Render draws it with the template checkField.
func (v CheckField) Render(ctx context.Context, w io.Writer) error {
	return checkField(v).Render(ctx, w)
}

// Render draws it with the template checksField.
func (v ChecksField) Render(ctx context.Context, w io.Writer) error {
	return checksField(v).Render(ctx, w)
}

// Render draws it with the template dateField.
func (v DateField) Render(ctx context.Context, w io.Writer) error { return dateField(v).Render(ctx, w) }

// Render draws it with the template moneyField.
func (v MoneyField) Render(ctx context.Context, w io.Writer) error {
	return moneyField(v).Render(ctx, w)
}

// Render draws it with the template buttonRow.
func (v Buttons) Render(ctx context.Context, w io.Writer) error { return buttonRow(v).Render(ctx, w) }

// Render draws it with the template facts.
func (v Facts) Render(ctx context.Context, w io.Writer) error { return facts(v).Render(ctx, w) }

// Render draws it with the template answerBox.
func (v AnswerBox) Render(ctx context.Context, w io.Writer) error { return answerBox(v).Render(ctx, w) }

// Render draws it with the template timeline.
func (v Timeline) Render(ctx context.Context, w io.Writer) error { return timeline(v).Render(ctx, w) }

// Render draws it with the template receipt.
func (v Receipt) Render(ctx context.Context, w io.Writer) error { return receipt(v).Render(ctx, w) }

// Render draws it with the template paper.
func (v Paper) Render(ctx context.Context, w io.Writer) error { return paper(v).Render(ctx, w) }

// Render draws it with the template pager.
func (v Pager) Render(ctx context.Context, w io.Writer) error { return pager(v).Render(ctx, w) }

// Render draws it with the template table.
func (v Table) Render(ctx context.Context, w io.Writer) error { return table(v).Render(ctx, w) }

// Render draws it with the template matterHead.
func (v MatterHead) Render(ctx context.Context, w io.Writer) error {
	return matterHead(v).Render(ctx, w)
}

// Render draws it with the template columns.
func (v Columns) Render(ctx context.Context, w io.Writer) error { return columns(v).Render(ctx, w) }

// Render draws it with the template undone.
func (u Undone) Render(ctx context.Context, w io.Writer) error { return undone(u).Render(ctx, w) }

// Render draws it with the template suggestions.
func (v Suggestions) Render(ctx context.Context, w io.Writer) error {
	return suggestions(v).Render(ctx, w)
}
