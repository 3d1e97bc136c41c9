package own_test

import "zhengxin/portal/portaltest"

// Short names for what a walk needs most.
var (
	newSite = portaltest.New
	values  = portaltest.Values
	toCheck = portaltest.ToCheck
	track   = portaltest.Track
)

const form = portaltest.Form
