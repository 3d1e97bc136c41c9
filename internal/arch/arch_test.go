// Package arch holds the house to its plan: who may import whom, and that the
// generated references say what the code does. It has no code of its own.
package arch

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "zhengxin/"

// floors are the rooms from the ground up; imports run downwards only.
var floors = [][]string{
	{"fault", "pg", "view", "session", "config", "form", "key", "web", "setting", "captcha", "kept", "spreadsheet", "otp"},
	{"clock", "unit", "category", "staff", "member", "identity", "attachment", "letter", "document", "chain", "binding", "search", "stats", "audit", "expiry", "alert", "officekey", "backup", "heads", "daybook", "notice", "export", "synonym"},
	{"workflow"},
	{"promise", "extension", "ladder", "request", "watch", "verify", "law", "outside", "textblock"},
	{"register"},
	{"complaint", "discipline", "rectification", "proposal", "press", "invitation", "bundle", "inquiry", "judicial", "debt", "rating"},
	{"kinds"},
	{"ask"},
}

// shared are rooms that are pages, those that both sites have: templates are theirs to
// know. They stand above all nouns, so that none can come to know a page through them;
// what a request is, the sites alone know.
var shared = []string{"ask"}

// within are the imports that a floor allows between its own rooms.
var within = map[string][]string{
	"config":      {"fault", "web"},
	"web":         {"fault", "form"},
	"captcha":     {"fault", "form", "pg"},
	"form":        {"fault"},
	"key":         {"fault"},
	"pg":          {"fault"},
	"setting":     {"fault", "form", "kept", "pg"},
	"view":        {"fault", "form"},
	"unit":        {"clock", "daybook"},
	"category":    {"clock"},
	"chain":       {},
	"binding":     {"chain", "clock"},
	"audit":       {"binding", "chain", "staff"},
	"daybook":     {"binding", "chain"},
	"export":      {"binding", "daybook", "staff"},
	"heads":       {"clock"},
	"alert":       {"staff"},
	"backup":      {"clock"}, // the office's own hours
	"document":    {"clock"},
	"letter":      {"identity", "clock", "member", "staff"},
	"member":      {"clock", "daybook"},
	"staff":       {"unit", "clock", "daybook"},
	"stats":       {"clock", "unit"},
	"discipline":  {"complaint"},
	"inquiry":     {"complaint"},
	"notice":      {"clock"},
	"spreadsheet": {"fault", "form"},
}

// free stand outside the floors: wiring, tests, tools.
var free = []string{"arch", "bench", "browser", "demo", "pgtest", "setup", "witness", "worker"}

func room(importPath string) string {
	rest, ok := strings.CutPrefix(importPath, module+"internal/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func floor(name string) int {
	return slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, name) })
}

// eachImport calls f for every import of every file that is not a test.
func eachImport(t *testing.T, f func(file, imported string)) {
	t.Helper()
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "var" || d.Name() == "bin" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && d.Name() != "../..") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f(filepath.ToSlash(strings.TrimPrefix(name, "../../")), imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsRunDownwards(t *testing.T) {
	t.Parallel()
	eachImport(t, func(file, imported string) {
		from, to := room(module+path.Dir(file)), room(imported)
		if from == "" || to == "" || from == to || slices.Contains(free, from) || strings.HasSuffix(path.Dir(file), "test") {
			return
		}
		a, b := floor(from), floor(to)
		switch {
		case a < 0:
			t.Errorf("%s: room %q stands on no floor; put it into internal/arch", file, from)
		case b < 0:
			t.Errorf("%s imports %s, which is no room for programs", file, to)
		case b > a:
			t.Errorf("%s (%s) imports %s from a floor above", file, from, to)
		case a == b && !slices.Contains(within[from], to):
			t.Errorf("%s: %s may not import its neighbour %s", file, from, to)
		}
	})
}

func TestTheSitesDoNotKnowEachOther(t *testing.T) {
	t.Parallel()
	eachImport(t, func(file, imported string) {
		if strings.HasPrefix(file, "portal/") && strings.HasPrefix(imported, module+"admin") ||
			strings.HasPrefix(file, "admin/") && strings.HasPrefix(imported, module+"portal") {
			t.Errorf("%s imports %s", file, imported)
		}
	})
}

// beside are the folders of a site and which others of it each may import. Only a
// site's root imports them all, so that there is no circle. Any other folder of the desk
// is the pages of a register.
var beside = map[string][]string{
	"admin/desk":     {},
	"admin/matter":   {"admin/desk"},
	"admin/records":  {"admin/desk"},
	"admin/people":   {"admin/desk", "admin/records"},
	"admin/deputies": {"admin/desk"},
	"admin/home":     {"admin/desk", "admin/matter", "admin/records"},

	"portal/site":   {},
	"portal/filing": {"portal/site"},
	"portal/deputy": {"portal/site"},
	"portal/own":    {"portal/site"},
}

func TestTheFoldersOfASiteKeepApart(t *testing.T) {
	t.Parallel()
	eachImport(t, func(file, imported string) {
		from, to := path.Dir(file), strings.TrimPrefix(imported, module)
		site, _, _ := strings.Cut(from, "/")
		if site != "admin" && site != "portal" || from == site || from == "portal/portaltest" || !strings.HasPrefix(to, site) {
			return
		}
		may, listed := beside[from]
		if !listed && site == "admin" {
			may = []string{"admin/desk", "admin/matter"}
		}
		if !slices.Contains(may, to) {
			t.Errorf("%s imports %s", file, to)
		}
	})
}

// TestNounsKnowNoPages keeps Fiber, templates and mail out of the nouns.
func TestNounsKnowNoPages(t *testing.T) {
	t.Parallel()
	eachImport(t, func(file, imported string) {
		if floor(room(module+path.Dir(file))) < 1 {
			return
		}
		for _, banned := range []string{"github.com/gofiber/", "github.com/a-h/templ", module + "internal/view", module + "internal/web", "github.com/wneessen/go-mail"} {
			from := room(module + path.Dir(file))
			mails := from == "letter" && strings.Contains(banned, "go-mail")
			draws := slices.Contains(shared, from) && (strings.HasSuffix(banned, "templ") || strings.HasSuffix(banned, "view"))
			if strings.HasPrefix(imported, banned) && !mails && !draws {
				t.Errorf("%s imports %s", file, imported)
			}
		}
	})
}

// TestThePortalHoldsNoOpener is the wall between the sites: nothing that the
// portal is made of names the office's key.
func TestThePortalHoldsNoOpener(t *testing.T) {
	t.Parallel()
	files := 0
	err := filepath.WalkDir("../../portal", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files++
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, word := range []string{"key.Office", "LoadOffice", "LoadBoth", "identity.Opener", "OpenIdentity"} {
			if strings.Contains(string(src), word) {
				t.Errorf("%s speaks of %s", name, word)
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files, %v", files, err)
	}
}
