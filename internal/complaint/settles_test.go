package complaint_test

import (
	"slices"
	"testing"

	"zhengxin/internal/complaint"
	"zhengxin/internal/staff"
)

// Who reads an unsettled complaint because they settle it, must be able to.
func TestWhoSettlesIsWhoTheMoveTableSays(t *testing.T) {
	t.Parallel()
	for _, row := range complaint.Law.Rows(complaint.SettleUnit) {
		for _, role := range staff.Roles() {
			if role.Settles() != slices.Contains(row.By, role) {
				t.Errorf("%s settles: %v, by the table: %v", role, role.Settles(), slices.Contains(row.By, role))
			}
		}
	}
}
