package site

import (
	"context"
	"io"
)

// The components draw themselves, so that a struct literal stands after @ in a
// page. Each hands itself to its template of the same name.

// Render draws it with the template captchaField.
func (v CaptchaField) Render(ctx context.Context, w io.Writer) error {
	return captchaField(v).Render(ctx, w)
}

// Render draws it with the template steps.
func (v Steps) Render(ctx context.Context, w io.Writer) error { return steps(v).Render(ctx, w) }

// Render draws it with the template summaryList.
func (v SummaryList) Render(ctx context.Context, w io.Writer) error {
	return summaryList(v).Render(ctx, w)
}

// Render draws it with the template savedLine.
func (v SavedLine) Render(ctx context.Context, w io.Writer) error { return savedLine(v).Render(ctx, w) }

// Render draws it with the template figures.
func (v Figures) Render(ctx context.Context, w io.Writer) error { return figures(v).Render(ctx, w) }

// Render draws it with the template entries.
func (v Entries) Render(ctx context.Context, w io.Writer) error { return entries(v).Render(ctx, w) }

// Render draws it with the template actionList.
func (v ActionList) Render(ctx context.Context, w io.Writer) error {
	return actionList(v).Render(ctx, w)
}

// Render draws it with the template way.
func (v Way) Render(ctx context.Context, w io.Writer) error { return way(v).Render(ctx, w) }

// Render draws it with the template bigRows.
func (v BigRows) Render(ctx context.Context, w io.Writer) error { return bigRows(v).Render(ctx, w) }

// Render draws it with the template ruler.
func (v Ruler) Render(ctx context.Context, w io.Writer) error { return ruler(v).Render(ctx, w) }

// Render draws it with the template filing.
func (v Filing) Render(ctx context.Context, w io.Writer) error { return filing(v).Render(ctx, w) }

// Render draws it with the template pageHead.
func (v PageHead) Render(ctx context.Context, w io.Writer) error { return pageHead(v).Render(ctx, w) }

// Render draws it with the template owed.
func (v Owed) Render(ctx context.Context, w io.Writer) error { return owed(v).Render(ctx, w) }

// Render draws it with the template cite.
func (v Cite) Render(ctx context.Context, w io.Writer) error { return cite(v).Render(ctx, w) }

// Render draws it with the template moveForm.
func (f *MoveForm) Render(ctx context.Context, w io.Writer) error { return moveForm(f).Render(ctx, w) }

// Render draws it with the template movePage.
func (v MovePage) Render(ctx context.Context, w io.Writer) error { return movePage(v).Render(ctx, w) }

// Render draws it with the template followed.
func (v Followed) Render(ctx context.Context, w io.Writer) error { return followed(v).Render(ctx, w) }
