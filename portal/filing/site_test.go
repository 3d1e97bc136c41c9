package filing_test

import (
	"testing"

	"zhengxin/portal/portaltest"
)

// Short names for what a walk needs most.
var (
	values  = portaltest.Values
	toCheck = portaltest.ToCheck
	track   = portaltest.Track

	whoFields, storyFields        = portaltest.WhoFields, portaltest.StoryFields
	contractFields, contactFields = portaltest.ContractFields, portaltest.ContactFields
)

const form = portaltest.Form

// fixture is the public site over an office of its own.
type fixture struct{ *portaltest.Site }

func newSite(t testing.TB) *fixture {
	t.Helper()
	return &fixture{portaltest.New(t)}
}
