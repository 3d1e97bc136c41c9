package letter_test

import (
	"strings"
	"testing"

	"zhengxin/internal/letter"
)

func TestAMailServerIsReadFromItsURL(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "smtp://mail.example", "smtp://mail.example:25?starttls=off", "smtps://u:p%40ss@mail.example",
		"smtp://u:p@mail.example:587?starttls=required", "smtp://[::1]:1025", "smtp://mail.example?starttls=opportunistic"} {
		if _, err := letter.ParseServer(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"mail.example:25", "http://mail.example", "smtp://", "smtp://u:hemlig@mail.example:99999",
		"smtp://u:hemlig@mail.example?starttls=maybe", "smtp://u:hemlig@mail example", "smtp://u:hemlig@mail.example:http"} {
		_, err := letter.ParseServer(bad)
		if err == nil || strings.Contains(err.Error(), "hemlig") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
