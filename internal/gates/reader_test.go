package gates

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"zhengxin/internal/staff"
)

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
	switch widest := (staff.Person{Role: staff.DisciplineOfficer}).Scope(); e.Sel.Name { // of a staff.Scope: the one with the most in it
	case "SQL":
		return []string{widest.SQL}, true
	case "Flags":
		return []string{widest.Flags}, true
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
