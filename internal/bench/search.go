package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"
	"unicode"

	"zhengxin/internal/kinds"
	"zhengxin/internal/pg"
	"zhengxin/internal/search"
)

// How many searches are timed, and how many of them held against LIKE, which
// reads every text each time.
const (
	searches = 700
	compared = 35
)

// searched is what came of the searches.
type searched struct {
	result
	like   int // matters that LIKE found
	missed int // of those, by the search
	beyond int // matters that only the search found
}

// typed are pieces of 2 to 8 characters, each length as often, of texts that
// are there.
func (r *rig) typed(ctx context.Context, n int) ([]string, error) {
	texts, err := pg.All[string](ctx, r.owner, `SELECT facts FROM complaint TABLESAMPLE SYSTEM (1) REPEATABLE (1)`, nil)
	if err != nil || len(texts) == 0 {
		return nil, fmt.Errorf("texts to search for: %d, %w", len(texts), err)
	}
	w := newTeller(11)
	var all []string
	for len(all) < n {
		text := []rune(pick(w, texts))
		length := 2 + len(all)%7
		at := w.IntN(len(text) - length)
		piece := text[at : at+length]
		if !slices.ContainsFunc(piece, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) {
			all = append(all, string(piece))
		}
	}
	return all, nil
}

// search types one thing after another into the desk's box, and compares some
// of what is found with what LIKE finds.
func (r *rig) search(ctx context.Context) (searched, error) {
	var s searched
	if err := r.indexRest(ctx); err != nil {
		return s, err
	}
	typed, err := r.typed(ctx, searches)
	if err != nil {
		return s, err
	}
	staff, err := r.signedIn(ctx)
	if err != nil {
		return s, err
	}
	var asks []ask
	for _, text := range typed {
		path := "/complaints?" + url.Values{"view": {"all"}, "text": {text}}.Encode()
		asks = append(asks, ask{get(r.Admin, path, staff), 200})
	}
	next := 0
	began := time.Now()
	s.result = drive(ctx, r.Admin, 0, func(int) (ask, bool) {
		next++
		return asks[min(next, len(asks))-1], next <= len(asks)
	})
	s.elapsed = time.Since(began)
	slices.Sort(s.took)
	for _, text := range typed[:compared] {
		if err := r.compare(ctx, text, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}

// indexRest does the worker's part for what was filed while it did not run.
func (r *rig) indexRest(ctx context.Context) error {
	rest, err := pg.All[int64](ctx, r.owner, `SELECT id FROM matter WHERE id NOT IN (SELECT matter_id FROM search_text)`, nil)
	if err != nil {
		return err
	}
	return search.Index(ctx, r.owner, kinds.Texts(), rest)
}

// compare adds up what LIKE and the search find of one text.
func (r *rig) compare(ctx context.Context, text string, into *searched) error {
	query, ok := search.Ask(text)
	if !ok {
		return fmt.Errorf("%q cannot be searched for", text)
	}
	type row struct{ Both, Missed, Beyond int }
	args := pg.Args{"like": "%" + text + "%"}
	got, err := pg.One[row](ctx, r.owner, `
		WITH plain AS (
			SELECT m.id FROM matter m JOIN complaint c ON c.matter_id = m.id
			WHERE m.title LIKE @like OR c.request LIKE @like OR c.facts LIKE @like OR c.reasons LIKE @like
				OR c.contract_no LIKE @like OR c.elsewhere LIKE @like OR c.unit_said LIKE @like OR m.number LIKE @like
		), quick AS (SELECT m.id FROM matter m WHERE `+query.Where("m.id", args)+`)
		SELECT count(*) FILTER (WHERE plain.id = quick.id) AS both, count(*) FILTER (WHERE quick.id IS NULL) AS missed,
			count(*) FILTER (WHERE plain.id IS NULL) AS beyond
		FROM plain FULL JOIN quick ON plain.id = quick.id`, args)
	if err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	into.like += got.Both + got.Missed
	into.missed += got.Missed
	into.beyond += got.Beyond
	return nil
}
