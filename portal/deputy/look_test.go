package deputy_test

import (
	"testing"

	"zhengxin/internal/browser"
)

func TestLook(t *testing.T) { _ = browser.Desktop; t.Skip() }
