// Package static carries the style sheets, scripts and pictures of both sites
// inside the binary. Each is served under a name that holds a hash of its
// content, so that a browser may keep it for ever and never shows an old one.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

// CacheControl is the header for every file of this package: the name changes
// when the content does.
const CacheControl = "public, max-age=31536000, immutable"

// Prefix is the folder under which both sites serve the files.
const Prefix = "/static/"

//go:embed css js img
var files embed.FS

// A site fetches one style sheet; it is put together from the layers here, in
// the order in which they may overrule each other, and sent without them.
var bundles = map[string][]string{
	"portal.css": {
		"css/tokens.css", "css/base.css", "css/form.css", "css/matter.css",
		"css/paper.css", "css/table.css", "css/chart.css", "css/portal.css", "css/pages.css", "css/elder.css", "css/print.css",
	},
	"desk.css": {
		"css/tokens.css", "css/base.css", "css/form.css", "css/matter.css",
		"css/paper.css", "css/table.css", "css/chart.css", "css/desk.css", "css/print.css",
	},
	"site.js":     {"js/common.js", "js/site.js", "js/draft.js"},
	"desk.js":     {"js/common.js", "js/desk.js", "js/draft.js"},
	"favicon.svg": {"img/favicon.svg"},
	"favicon.ico": {"img/favicon.ico"},
}

var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".ico": "image/x-icon",
}

// File is one file ready to be sent.
type File struct {
	Type string // content type
	Body []byte
	Gzip []byte // the same, compressed; nil when that is not smaller
}

type index struct {
	byName map[string]string // plain name → hashed name
	byHash map[string]File   // hashed name → file
}

var served = build()

// URL is the address of a file by its plain name, "portal.css". A name that
// does not exist is a mistake of the programmer and panics.
func URL(name string) string {
	hashed, ok := served.byName[name]
	if !ok {
		panic("static: no file " + name)
	}
	return Prefix + hashed
}

// Open finds a file by its hashed name; a plain or outdated name is not found.
func Open(hashed string) (File, bool) {
	f, ok := served.byHash[hashed]
	return f, ok
}

func build() index {
	x := index{byName: map[string]string{}, byHash: map[string]File{}}
	for name, parts := range bundles {
		var body bytes.Buffer
		for _, part := range parts {
			b, err := files.ReadFile(part)
			if err != nil {
				panic(fmt.Sprintf("static: %s: %v", name, err))
			}
			body.Write(b)
		}
		content := body.Bytes()
		if path.Ext(name) == ".css" {
			content = plainSheet(content)
		}
		hashed := hashedName(name, content)
		x.byName[name] = hashed
		x.byHash[hashed] = File{
			Type: types[path.Ext(name)],
			Body: content,
			Gzip: compress(content),
		}
	}
	return x
}

// plainSheet is a style sheet as it is sent. One that cannot be read is a mistake of
// the programmer and panics.
func plainSheet(text []byte) []byte {
	rules, err := parseSheet(text)
	if err != nil {
		panic(err)
	}
	flat, err := flatten(rules)
	if err != nil {
		panic(err)
	}
	return flat
}

// hashedName puts eight hexadecimal digits before the ending.
func hashedName(name string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
}

func compress(body []byte) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	// Writing to memory cannot fail.
	_, _ = z.Write(body)
	_ = z.Close()
	if out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}
