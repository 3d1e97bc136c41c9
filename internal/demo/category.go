package demo

import (
	"context"
	"time"

	"zhengxin/internal/pg"
)

// reworded is a category that says what callers say.
func reworded(ctx context.Context, q pg.Queryer, at time.Time) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO category_version (code, version, title, plain, description, basis, basis_confirmed, evidence, way_out, valid_to, made_at, reason)
		SELECT code, 1, title, '拖着不验收、不结算，或者拿审计、商票当理由不付钱', description, basis, basis_confirmed, evidence, way_out, valid_to, @at, '演示：来电话的人这样说'
		FROM category WHERE code = 'C06'`, pg.Args{"at": at})
	return err
}
