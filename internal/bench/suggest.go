package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"zhengxin/internal/search"
)

// labelled is a complaint that somebody has put into a class. Such texts are of real
// people: they are no part of this repository, and whoever has none measures nothing.
type labelled struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	Label string `json:"label"`
}

// labelledFile is a file of JSON lines.
const labelledFile = "complaints-dev.jsonl.gz"

// readLabelled are the texts with a label, each text once: one that was handed in twice would
// be its own example.
func readLabelled(in io.Reader) ([]labelled, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	var all []labelled
	met := map[int64]bool{}
	for lines.Scan() {
		var one labelled
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		marks := search.Marks(search.Story, one.Body)
		if one.Label == "" || slices.ContainsFunc(marks, func(m int64) bool { return met[m] }) {
			continue
		}
		for _, m := range marks {
			met[m] = true
		}
		all = append(all, one)
	}
	return all, lines.Err()
}

// folds is in how many parts the texts are held out, one after the other.
const folds = 5

// guessed is how often a suggestion was right.
type guessed struct {
	texts, labels  int
	first, three   int
	silent, common int // nothing was suggested; how many have the label that most have
}

// guess holds each part out once and has the others suggest what its texts are.
func guess(all []labelled) (guessed, error) {
	g := guessed{texts: len(all)}
	counts := map[string]int{}
	for _, one := range all {
		counts[one.Label]++
		g.common = max(g.common, counts[one.Label])
	}
	g.labels = len(counts)
	for held := range folds {
		var examples search.Examples
		var ids []int64
		decided := map[int64]string{}
		for i, one := range all {
			if i%folds != held {
				ids = append(ids, int64(i))
				decided[int64(i)] = one.Label
			}
		}
		err := examples.Put(ids, func(missing []int64) (map[int64]string, error) {
			texts := map[int64]string{}
			for _, id := range missing {
				texts[id] = all[id].Title + "\n" + all[id].Body
			}
			return texts, nil
		})
		if err != nil {
			return g, err
		}
		for i := held; i < len(all); i += folds {
			votes := search.Count(examples.Nearest(all[i].Title+"\n"+all[i].Body, search.Voters), decided)
			place := slices.IndexFunc(votes, func(v search.Vote) bool { return v.Value == all[i].Label })
			switch {
			case len(votes) == 0:
				g.silent++
			case place == 0:
				g.first++
				fallthrough
			case place > 0:
				g.three++
			}
		}
	}
	return g, nil
}

// suggestions prints how often a suggestion is right. The labels are those of the texts, the
// first level of another office's classes, and not our categories, of which nobody has
// labelled any; units are not in them at all. What is measured is the method.
func (o *report) suggestions(folder string) error {
	file, err := os.Open(filepath.Join(folder, labelledFile))
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(o.out, "%-14s not measured: no %s in %s (say where by -texts or ZHENGXIN_BENCH_TEXTS)\n", "suggestion", labelledFile, folder)
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return err
	}
	all, err := readLabelled(text)
	if err != nil {
		return fmt.Errorf("%s: %w", labelledFile, err)
	}
	g, err := guess(all)
	if err != nil {
		return err
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(max(g.texts, 1)) }
	fmt.Fprintf(o.out, "%-14s class of %d labelled texts, each held out once with a fifth: top-1 %.1f %%, top-3 %.1f %%, nothing said of %.1f %%; the commonest of %d labels is %.1f %%\n",
		"suggestion", g.texts, share(g.first), share(g.three), share(g.silent), g.labels, share(g.common))
	fmt.Fprintf(o.out, "%-14s labels are the texts' own, not our categories; the texts name no unit that decided, so that of units nothing is measured\n", "")
	return nil
}
