package desk

import (
	"context"
	"io"
)

// Render draws it with the template bar.
func (v Bar) Render(ctx context.Context, w io.Writer) error { return bar(v).Render(ctx, w) }

// Render draws it with the template deadline.
func (v Deadline) Render(ctx context.Context, w io.Writer) error { return deadline(v).Render(ctx, w) }

// Render draws it with the template views.
func (v Views) Render(ctx context.Context, w io.Writer) error { return views(v).Render(ctx, w) }

// Render draws it with the template chips.
func (v Chips) Render(ctx context.Context, w io.Writer) error { return chips(v).Render(ctx, w) }

// Render draws it with the template matterTable.
func (v MatterTable) Render(ctx context.Context, w io.Writer) error {
	return matterTable(v).Render(ctx, w)
}

// Render draws it with the template moves.
func (v Moves) Render(ctx context.Context, w io.Writer) error { return moves(v).Render(ctx, w) }

// Render draws it with the template clockPanel.
func (v ClockPanel) Render(ctx context.Context, w io.Writer) error {
	return clockPanel(v).Render(ctx, w)
}

// Render draws it with the template panel.
func (v Panel) Render(ctx context.Context, w io.Writer) error { return panel(v).Render(ctx, w) }

// Render draws it with the template countPanel.
func (v CountPanel) Render(ctx context.Context, w io.Writer) error {
	return countPanel(v).Render(ctx, w)
}

// Render draws it with the template attentionPanel.
func (v AttentionPanel) Render(ctx context.Context, w io.Writer) error {
	return attentionPanel(v).Render(ctx, w)
}

// Render draws it with the template sealedPanel.
func (v SealedPanel) Render(ctx context.Context, w io.Writer) error {
	return sealedPanel(v).Render(ctx, w)
}

// Render draws it with the template firstThing.
func (v FirstThing) Render(ctx context.Context, w io.Writer) error {
	return firstThing(v).Render(ctx, w)
}

// Render draws it with the template ladder.
func (v Ladder) Render(ctx context.Context, w io.Writer) error { return ladder(v).Render(ctx, w) }

// Render draws it with the template pageTitle.
func (v PageTitle) Render(ctx context.Context, w io.Writer) error { return pageTitle(v).Render(ctx, w) }

// Render draws it with the template groupSection.
func (v Group) Render(ctx context.Context, w io.Writer) error { return groupSection(v).Render(ctx, w) }

// Render draws it with the template filters.
func (v Filters) Render(ctx context.Context, w io.Writer) error { return filters(v).Render(ctx, w) }

// Render draws it with the template problem.
func (v Problem) Render(ctx context.Context, w io.Writer) error { return problem(v).Render(ctx, w) }

// Render draws it with the template words.
func (v Words) Render(ctx context.Context, w io.Writer) error { return words(v).Render(ctx, w) }

// Render draws it with the template handedGroup.
func (g HandedGroup) Render(ctx context.Context, w io.Writer) error {
	return handedGroup(g).Render(ctx, w)
}
