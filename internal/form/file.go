package form

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"zhengxin/internal/fault"
)

// FileText is the text of a file as people save it: UTF-8, UTF-16 with its mark
// (what the Windows editor calls Unicode), or GB18030 as Chinese Excel saves
// CSV. Anything else is refused, a workbook by its name.
func FileText(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) || bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")) {
		return "", fault.New(fault.Invalid, "这是 Excel 工作簿，读不了。请在 Excel 里另存为 CSV 再交。")
	}
	decode := simplifiedchinese.GB18030.NewDecoder().Transformer
	if marked := bytes.HasPrefix(raw, []byte("\xFE\xFF")) || bytes.HasPrefix(raw, []byte("\xFF\xFE")); marked || utf8.Valid(raw) {
		decode = unicode.BOMOverride(transform.Nop)
	}
	text, _, err := transform.Bytes(decode, raw)
	if err != nil || !utf8.Valid(text) || bytes.ContainsRune(text, 0) {
		return "", fault.New(fault.Invalid, "文件的编码既不是 UTF-8 也不是 GB18030，读不了。请另存为 UTF-8 的 CSV 再交。")
	}
	return string(text), nil
}
