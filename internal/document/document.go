// Package document numbers and freezes what the office signs: a paper gets the
// next number of its prefix and year inside the signing transaction, is written
// out once, and its bytes and their digest never change again.
package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"zhengxin/internal/clock"
)

// Kind is the code of a sort of document (domain-facts §8.1).
type Kind string

// The kinds.
const (
	Warning        Kind = "DOC-WARN"  // 书面警示函
	DeputyReply    Kind = "DOC-NPC"   // 代表建议答复函
	CommitteeReply Kind = "DOC-CPPCC" // 政协提案答复函
	Statement      Kind = "DOC-PRESS" // 对媒体的情况说明
)

// Part is a paragraph of a paper, or a head such as 一、查明的事实.
type Part struct {
	Text string `json:"text"`
	Head bool   `json:"head,omitempty"`
}

// Paper is what a document says, free of any look.
type Paper struct {
	Issuer    string   `json:"issuer"`
	Number    string   `json:"number"` // empty in a preview
	Date      string   `json:"date"`   // empty in a preview
	Title     []string `json:"title"`  // its lines
	Addressee string   `json:"addressee"`
	Parts     []Part   `json:"parts"`
}

// Heading is the title in one line.
func (p Paper) Heading() string {
	heading := ""
	for _, line := range p.Title {
		heading += line
	}
	return heading
}

// Body is the text with one paragraph to a line.
func (p Paper) Body() string {
	body := ""
	for i, part := range p.Parts {
		if i > 0 {
			body += "\n"
		}
		body += part.Text
	}
	return body
}

// Number is a document's number: no 第, no leading zeros, the year in full, in
// hexagonal brackets (GB/T 9704-2012 7.2.5).
func Number(prefix string, year, serial int) string {
	return fmt.Sprintf("%s〔%d〕%d号", prefix, year, serial)
}

// Document is a signed document.
type Document struct {
	ID        int64
	Kind      Kind
	Number    string
	Title     string
	Paper     Paper
	HTML      string
	Digest    string // SHA-256 of HTML, in hexadecimal
	SignedBy  string // name
	SignedAt  time.Time
	ServedOn  clock.Date // zero until it is served
	ServedHow string
	Void      bool // signed, and made void before it was served
}

// Void is the action by which a signed document is made void before it is served.
const Void = "void_paper"

// Intact reports whether the bytes still are those that were signed.
func (d Document) Intact() bool { return digest(d.HTML) == d.Digest }

func digest(html string) string {
	sum := sha256.Sum256([]byte(html))
	return hex.EncodeToString(sum[:])
}

// frozen is a paper with its number, written out.
type frozen struct {
	paper, html, digest string
}

func freeze(p Paper) (frozen, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return frozen{}, fmt.Errorf("freeze document: %w", err)
	}
	html := p.HTML()
	return frozen{string(raw), html, digest(html)}, nil
}
