package document

import (
	"html"
	"strings"
)

// The look of a frozen file: one sheet of A4 that needs nothing beside itself,
// so that it can be checked and printed many years later. A change here
// changes only what is signed afterwards.
const fileHead = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>`

const fileStyle = `</title>
<style>
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { max-width: 156mm; margin: 0 auto; padding: 8mm 4mm; color: #000; font: 16pt/1.8 "FangSong", "STFangsong", "Songti SC", "Noto Serif CJK SC", "SimSun", serif }
h1 { margin: 2em 0 1.5em; font-size: 22pt; font-weight: 400; line-height: 1.5; text-align: center }
p { margin: 0 }
.issuer { color: #a8261b; font-size: 26pt; letter-spacing: .2em; text-align: center }
.line { display: flex; justify-content: space-between; padding-bottom: 4mm; border-bottom: 2px solid #a8261b }
.body p { text-align: justify; text-indent: 2em }
.head { font-family: "SimHei", "Heiti SC", "Noto Sans CJK SC", sans-serif }
.sign { margin-right: 4em; text-align: right }
.body + .sign { margin-top: 2em }
</style>
</head>
<body>
`

// HTML writes the paper out as a file that stands on its own.
func (p Paper) HTML() string {
	var b strings.Builder
	b.WriteString(fileHead)
	b.WriteString(html.EscapeString(p.Number + " " + p.Heading()))
	b.WriteString(fileStyle)
	paragraph(&b, "issuer", p.Issuer)
	b.WriteString(`<p class="line"><span>` + html.EscapeString(p.Number) + `</span><span>` + html.EscapeString(p.Date) + "</span></p>\n")
	b.WriteString("<h1>")
	for i, line := range p.Title {
		if i > 0 {
			b.WriteString("<br>")
		}
		b.WriteString(html.EscapeString(line))
	}
	b.WriteString("</h1>\n")
	paragraph(&b, "to", p.Addressee+"：")
	b.WriteString("<div class=\"body\">\n")
	for _, part := range p.Parts {
		class := ""
		if part.Head {
			class = "head"
		}
		paragraph(&b, class, part.Text)
	}
	b.WriteString("</div>\n")
	paragraph(&b, "sign", p.Issuer)
	paragraph(&b, "sign", p.Date)
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

func paragraph(b *strings.Builder, class, text string) {
	b.WriteString("<p")
	if class != "" {
		b.WriteString(` class="` + class + `"`)
	}
	b.WriteString(">" + html.EscapeString(text) + "</p>\n")
}
