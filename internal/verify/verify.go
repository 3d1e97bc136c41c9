// Package verify holds all that the office has against what was signed: the chains of
// matters and what is bound to them, the daybook, and the lists kept outside the database.
// The command says each fault in a sentence; the desk keeps that it was done, by whom, and
// how many places differ.
package verify

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/audit"
	"zhengxin/internal/chain"
	"zhengxin/internal/daybook"
	"zhengxin/internal/heads"
	"zhengxin/internal/key"
)

// Sum is what was held against what.
type Sum struct {
	Chains    audit.Summary
	Unchecked int // events signed with a key that is not here
	Office    daybook.Summary
	Heads     heads.Compared
}

// Broken is how many places differ.
func (s Sum) Broken() int { return s.Chains.Broken + s.Office.Broken + s.Heads.Broken }

// All holds everything against what was signed and tells each fault in a sentence. Dir is
// the folder of the daily lists; where it is none, its Days are 0.
func All(ctx context.Context, pool *pgxpool.Pool, keys key.EventKeys, lawful audit.Lawful, dir string, tell func(sentence string)) (Sum, error) {
	var sum Sum
	var err error
	sum.Chains, err = audit.Walk(ctx, pool, keys, lawful, func(f chain.Finding) {
		if f.Kind == chain.KeyAbsent { // a line for each would bury the others
			sum.Unchecked++
			return
		}
		tell(f.Sentence)
	})
	if err != nil {
		return sum, err
	}
	err = pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		sum.Office, err = daybook.Check(ctx, tx, keys, func(f chain.Finding) {
			if f.Kind != chain.KeyAbsent {
				tell(f.Sentence)
			}
		})
		if err == nil {
			sum.Heads, err = heads.Compare(ctx, tx, dir, keys, tell)
		}
		return err
	})
	return sum, err
}
