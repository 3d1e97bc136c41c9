package gates

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhengxin/internal/staff"
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

// reader evaluates strings in one function.
type reader struct {
	s      *source
	p      *pack
	file   *ast.File
	within *ast.FuncDecl
	bound  map[string][]string // parameters, where a call says what they are
	depth  int
}

const mostValues = 64

// values are what an expression may be.
func (r reader) values(e ast.Expr) ([]string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		v, err := strconv.Unquote(e.Value)
		return []string{v}, err == nil && e.Kind == token.STRING
	case *ast.ParenExpr:
		return r.values(e.X)
	case *ast.BinaryExpr:
		left, ok1 := r.values(e.X)
		right, ok2 := r.values(e.Y)
		return cross(left, right), ok1 && ok2 && e.Op == token.ADD && len(left)*len(right) <= mostValues
	}
	if r.depth++; r.depth > 12 {
		return nil, false
	}
	switch e := e.(type) {
	case *ast.Ident:
		return r.named(e.Name)
	case *ast.SelectorExpr:
		return r.selected(e)
	case *ast.CallExpr:
		return r.called(e)
	}
	return nil, false
}

// utility tells a command such as CREATE ROLE by the word it begins with.
func (r reader) utility(e ast.Expr) bool {
	for {
		b, ok := e.(*ast.BinaryExpr)
		if !ok {
			break
		}
		e = b.X
	}
	v, ok := r.values(e)
	return ok && len(v) == 1 && strings.TrimSpace(v[0]) != "" && !prepared(v[0]+" x")
}

func cross(left, right []string) (all []string) {
	for _, l := range left {
		for _, r := range right {
			all = append(all, l+r)
		}
	}
	return all
}

func (r reader) parameter(name string) bool {
	if r.within == nil {
		return false
	}
	for _, field := range r.within.Type.Params.List {
		for _, n := range field.Names {
			if n.Name == name {
				return true
			}
		}
	}
	return false
}

func (r reader) named(name string) ([]string, bool) {
	if v, ok := r.bound[name]; ok {
		return v, true
	}
	if r.parameter(name) {
		return nil, false
	}
	if v, ok, local := r.assigned(name); local {
		return v, ok
	}
	if c := r.p.constants[name]; c != nil {
		outer := reader{s: r.s, p: r.p, file: r.fileOf(c), depth: r.depth}
		return outer.values(c)
	}
	return nil, false
}

func (r reader) fileOf(e ast.Node) *ast.File {
	for _, f := range r.p.files {
		if f.FileStart <= e.Pos() && e.Pos() < f.FileEnd {
			return f
		}
	}
	return r.file
}

// assigned are the values of a local string: each that it is given, alone and
// with all that is added to it.
func (r reader) assigned(name string) (values []string, ok, local bool) {
	if r.within == nil || r.within.Body == nil {
		return nil, false, false
	}
	ok = true
	var added []string
	give := func(e ast.Expr, add bool) {
		inner := r
		inner.bound = maps.Clone(r.bound)
		if inner.bound == nil {
			inner.bound = map[string][]string{}
		}
		inner.bound[name] = slices.Clone(values) // what it was before, where it stands in its own new value
		v, fine := inner.values(e)
		ok = ok && fine
		switch {
		case !fine:
		case add && len(added) == 0:
			added = v
		case add:
			added = cross(added, v)
		default:
			values = append(values, v...)
		}
	}
	ast.Inspect(r.within.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if id, plain := left.(*ast.Ident); !plain || id.Name != name {
					continue
				}
				local = true
				if len(n.Lhs) != len(n.Rhs) {
					ok = false
					continue
				}
				give(n.Rhs[i], n.Tok == token.ADD_ASSIGN)
			}
		case *ast.ValueSpec:
			for i, id := range n.Names {
				if id.Name == name {
					local = true
					if i < len(n.Values) {
						give(n.Values[i], false)
					} else {
						values = append(values, "")
					}
				}
			}
		case *ast.RangeStmt:
			for _, v := range []ast.Expr{n.Key, n.Value} {
				if id, plain := v.(*ast.Ident); plain && id.Name == name {
					local, ok = true, false
				}
			}
		}
		return true
	})
	if len(added) > 0 {
		values = append(slices.Clone(values), cross(values, added)...)
	}
	return values, ok && len(values) > 0 && len(values) <= mostValues, local
}

func (r reader) selected(e *ast.SelectorExpr) ([]string, bool) {
	if e.Sel.Name == "SQL" { // of a staff.Scope: the one with the most in it
		return []string{staff.Person{Role: staff.Handler}.Scope().SQL}, true
	}
	x, ok := e.X.(*ast.Ident)
	if !ok {
		return nil, false
	}
	other := r.s.packs[imported(r.file, x.Name)]
	if other == nil || other.constants[e.Sel.Name] == nil {
		return nil, false
	}
	inner := reader{s: r.s, p: other, depth: r.depth}
	inner.file = inner.fileOf(other.constants[e.Sel.Name])
	return inner.values(other.constants[e.Sel.Name])
}

// called is what a function of the same package returns.
func (r reader) called(e *ast.CallExpr) ([]string, bool) {
	name := ""
	switch f := e.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	if len(r.p.functions[name]) != 1 {
		return nil, false
	}
	f := r.p.functions[name][0]
	inner := reader{s: r.s, p: r.p, file: r.fileOf(f), within: f, bound: map[string][]string{}, depth: r.depth}
	at := 0
	for _, field := range f.Type.Params.List {
		for _, n := range field.Names {
			if at < len(e.Args) {
				if v, ok := r.values(e.Args[at]); ok {
					inner.bound[n.Name] = v
				}
			}
			at++
		}
	}
	var all []string
	ok := true
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if _, nested := n.(*ast.FuncLit); nested {
			return false
		}
		if back, is := n.(*ast.ReturnStmt); is && len(back.Results) == 1 {
			v, fine := inner.values(back.Results[0])
			all, ok = append(all, v...), ok && fine
		}
		return true
	})
	return all, ok && len(all) > 0 && len(all) <= mostValues
}
