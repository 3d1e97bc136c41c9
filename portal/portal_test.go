package portal_test

import (
	"testing"

	"zhengxin/portal/portaltest"
)

// Short names for what a walk needs most.
var (
	values  = portaltest.Values
	toCheck = portaltest.ToCheck
)

const form = portaltest.Form

// fixture is the public site over an office of its own.
type fixture struct{ *portaltest.Site }

func newSite(t testing.TB) *fixture {
	t.Helper()
	return &fixture{portaltest.New(t)}
}
