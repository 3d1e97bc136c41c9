package form_test

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"zhengxin/internal/form"
)

func TestAFileIsReadAsPeopleSaveIt(t *testing.T) {
	t.Parallel()
	const want = "2028-01-01,放假,元旦\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(want)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{"UTF-8": want, "with its mark": "\uFEFF" + want, "Excel": gbk, "Unicode": wide} {
		if got, err := form.FileText([]byte(raw)); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, raw := range map[string]string{"a workbook": "PK\x03\x04...", "an old workbook": "\xD0\xCF\x11\xE0....", "bytes": "\x00\x01\xff\xfe\x80", "NUL": "a\x00b"} {
		if got, err := form.FileText([]byte(raw)); err == nil {
			t.Errorf("%s is read as %q", name, got)
		}
	}
}
