//go:build suite

package suite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A literal is a piece of SQL as it stands in the source, between the values
// that are put into it.
type literal struct {
	file, name string // the function, constant or variable that it stands in
	line       int
	text       string
}

// places are where it stands, the narrowest first: the piece by its first word,
// the function, the file, the folder.
func (l literal) places() []string {
	named := l.file + ":" + l.name
	return []string{named + " " + strings.Fields(l.text)[0], named, l.file, l.file[:strings.LastIndexByte(l.file, '/')]}
}

var (
	words  = regexp.MustCompile(`(^|[\s(])(SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|JOIN|WHERE|AND|OR|IN|EXISTS|UNION|GROUP BY|ORDER BY|LIMIT|RETURNING|VALUES|CASE|WITH|SET)([\s(]|$)`)
	starts = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|WITH)\s+\S`)
	flags  = regexp.MustCompile(`^\(\?`) // a regular expression, not SQL
	verb   = regexp.MustCompile(`%(\[\d+\])?[sdq]`)
)

// enough is how long a piece that is no statement by itself must be to be told
// from others: " AND " stands everywhere.
const enough = 20

// literals are the pieces of SQL in the source of the program.
func literals(t *testing.T, root string, skip []string) (all []literal) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if d.IsDir() {
			if slices.Contains(skip, name) || name != "." && (d.Name()[0] == '.' || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				all = append(all, literalsOf(fset, name, d.Name.Name, d)...)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok {
						all = append(all, literalsOf(fset, name, v.Names[0].Name, v)...)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func literalsOf(fset *token.FileSet, file, name string, of ast.Node) (all []literal) {
	ast.Inspect(of, func(n ast.Node) bool {
		l, ok := n.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(l.Value)
		if err != nil {
			return true
		}
		for _, piece := range verb.Split(text, -1) {
			piece = strings.TrimSpace(piece)
			if starts.MatchString(piece) || len(piece) >= enough && piece[0] < 0x80 && words.MatchString(piece) && !flags.MatchString(piece) {
				all = append(all, literal{file, name, fset.Position(l.Pos()).Line, piece})
			}
		}
		return true
	})
	return all
}

// within are those of the pieces, the longest first, that a statement was put
// together from.
func within(sql string, pieces []string) (found []string) {
	taken := make([]bool, len(sql))
	for _, piece := range pieces {
		met := false
		for from := 0; ; {
			at := strings.Index(sql[from:], piece)
			if at < 0 {
				break
			}
			at += from
			from = at + len(piece)
			if slices.Contains(taken[at:from], false) { // else it is a part of a longer one
				met = true
				for i := at; i < from; i++ {
					taken[i] = true
				}
			}
		}
		if met {
			found = append(found, piece)
		}
	}
	return found
}
