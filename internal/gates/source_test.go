package gates

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A statement is one that the program may send, with where it stands.
type statement struct {
	file, function string
	line           int
	sql            string // empty: it could not be read from the source
}

func (s statement) place() string { return s.file + ":" + s.function }

// source reads the statements of the whole program from its text: what is given
// to Query, QueryRow, Exec and Queue, also by way of functions that hand it on,
// put together from constants, local strings and small functions. A string that
// has several values is tried with each.
type source struct {
	fset  *token.FileSet
	packs map[string]*pack // by folder
}

type pack struct {
	files     map[string]*ast.File
	constants map[string]ast.Expr
	functions map[string][]*ast.FuncDecl
	handsOn   map[string]int // functions and .methods that hand a statement on: which parameter
}

func readSource(t *testing.T, root string, skip func(folder string) bool) *source {
	t.Helper()
	s := &source{fset: token.NewFileSet(), packs: map[string]*pack{}}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder, _ := filepath.Rel(root, filepath.Dir(path))
		name := d.Name()
		switch {
		case d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") || skip(folder):
			return nil
		}
		file, err := parser.ParseFile(s.fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.add(folder, name, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for s.spread() { // until nobody else hands a statement on
	}
	return s
}

func (s *source) add(folder, name string, file *ast.File) {
	p := s.packs[folder]
	if p == nil {
		p = &pack{files: map[string]*ast.File{}, constants: map[string]ast.Expr{}, functions: map[string][]*ast.FuncDecl{}, handsOn: map[string]int{}}
		s.packs[folder] = p
	}
	p.files[name] = file
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			p.functions[d.Name.Name] = append(p.functions[d.Name.Name], d)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				for i := 0; ok && i < len(v.Values) && len(v.Names) == len(v.Values); i++ {
					p.constants[v.Names[i].Name] = v.Values[i]
				}
			}
		}
	}
}

// imported is the folder that a name stands for in a file.
func imported(file *ast.File, name string) string {
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		folder, ours := strings.CutPrefix(path, "zhengxin/")
		if ours && (i.Name == nil && filepath.Base(folder) == name || i.Name != nil && i.Name.Name == name) {
			return folder
		}
	}
	return ""
}

// sink says which argument of a call is a statement, -1 when none is.
func (s *source) sink(p *pack, file *ast.File, call *ast.CallExpr) int {
	fun := call.Fun
	if i, ok := fun.(*ast.IndexExpr); ok {
		fun = i.X
	}
	at := -1
	switch f := fun.(type) {
	case *ast.Ident:
		if i, ok := p.handsOn[f.Name]; ok {
			at = i
		}
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			if folder := imported(file, x.Name); folder != "" {
				if other := s.packs[folder]; other != nil {
					if i, ok := other.handsOn[f.Sel.Name]; ok {
						at = i
					}
				}
				break
			}
		}
		switch i, ok := p.handsOn["."+f.Sel.Name]; {
		case ok:
			at = i
		case f.Sel.Name == "Queue":
			at = 0
		case len(call.Args) >= 2 && (f.Sel.Name == "Query" || f.Sel.Name == "QueryRow" || f.Sel.Name == "Exec"):
			at = 1
		}
	}
	if at >= len(call.Args) {
		return -1
	}
	return at
}

// spread finds functions that give a parameter of theirs to a sink.
func (s *source) spread() (found bool) {
	s.calls(func(p *pack, c call) {
		name, ok := c.args.(*ast.Ident)
		if !ok || c.within == nil {
			return
		}
		at, own := 0, c.within.Name.Name
		if c.within.Recv != nil {
			own = "." + own
		}
		for _, field := range c.within.Type.Params.List {
			for _, n := range field.Names {
				if _, known := p.handsOn[own]; n.Name == name.Name && !known {
					p.handsOn[own], found = at, true
				}
				at++
			}
		}
	})
	return found
}

type call struct {
	file   *ast.File
	path   string
	within *ast.FuncDecl
	args   ast.Expr // what is given as a statement
	pos    token.Pos
}

func (s *source) calls(visit func(*pack, call)) {
	for folder, p := range s.packs {
		for name, file := range p.files {
			for _, d := range file.Decls {
				within, _ := d.(*ast.FuncDecl)
				ast.Inspect(d, func(n ast.Node) bool {
					if c, ok := n.(*ast.CallExpr); ok {
						if at := s.sink(p, file, c); at >= 0 {
							visit(p, call{file, filepath.Join(folder, name), within, c.Args[at], c.Pos()})
						}
					}
					return true
				})
			}
		}
	}
}

// statements are all of them, and every string that stands alone and reads as
// one: those of tables and lists.
func (s *source) statements() []statement {
	var all []statement
	seen := map[string]bool{}
	add := func(c call, sql string) {
		st := statement{file: c.path, function: "", line: s.fset.Position(c.pos).Line, sql: sql}
		if c.within != nil {
			st.function = c.within.Name.Name
		}
		if id := fmt.Sprint(st.file, st.line, sql); !seen[id] {
			seen[id] = true
			all = append(all, st)
		}
	}
	s.calls(func(p *pack, c call) {
		r := reader{s: s, p: p, file: c.file, within: c.within}
		values, ok := r.values(c.args)
		if name, plain := c.args.(*ast.Ident); plain && !ok && r.parameter(name.Name) {
			return // whoever calls this says what
		}
		if !ok && r.utility(c.args) {
			return
		}
		if !ok {
			values = []string{""}
		}
		for _, sql := range values {
			add(c, sql)
		}
	})
	for folder, p := range s.packs {
		for name, file := range p.files {
			for _, d := range file.Decls {
				within, _ := d.(*ast.FuncDecl)
				for _, lit := range alone(d) {
					if sql, err := strconv.Unquote(lit.Value); err == nil && prepared(sql) {
						add(call{path: filepath.Join(folder, name), within: within, pos: lit.Pos()}, sql)
					}
				}
			}
		}
	}
	return all
}

// alone are the literals of lists and struct fields.
func alone(d ast.Decl) (found []*ast.BasicLit) {
	ast.Inspect(d, func(n ast.Node) bool {
		list, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		for _, e := range list.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
			}
			if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				found = append(found, lit)
			}
		}
		return true
	})
	return found
}

// prepared tells statements that PostgreSQL prepares from words and from
// utility commands, which need no right on a table.
func prepared(sql string) bool {
	words := strings.Fields(sql)
	return len(words) > 1 && slices.Contains([]string{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}, words[0])
}
