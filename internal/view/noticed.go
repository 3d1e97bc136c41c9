package view

import (
	"regexp"
	"strings"
)

// Noticed is a notice to be laid out as a document: the same where the public reads it and
// where whoever publishes it looks at it first.
type Noticed struct {
	Issuer, Number, Word, Title, Addressee string
	Day                                    string // that it bears
	Paragraphs                             []string
	Signed                                 bool // a frozen document, whose heads are heads
}

// headed is a head of a paper: 一、查明的事实.
var headed = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、[^。；]{1,20}$`)

// Paper is the document. One without a number bears the word of its kind in the number's
// place.
func (n Noticed) Paper() Paper {
	paper := Paper{Issuer: n.Issuer, Prefix: n.Word, Date: n.Day, Title: []string{n.Title}, Addressee: n.Addressee, Signer: n.Issuer, SignedOn: n.Day}
	if at := strings.Index(n.Number, "〔"); at >= 0 {
		paper.Prefix, paper.Number = n.Number[:at], n.Number[at:]
	} else if n.Number != "" {
		paper.Prefix = n.Number
	}
	for _, text := range n.Paragraphs {
		paper.Parts = append(paper.Parts, PaperPart{Text: text, Head: n.Signed && headed.MatchString(text)})
	}
	return paper
}
