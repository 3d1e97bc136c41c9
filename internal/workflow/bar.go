package workflow

// Bars are who may not have a matter, or not while anybody else can; see
// staff.Scope. The database adds the unit that a matter is about.
type Bars struct {
	Named   []string // units
	Meant   []string // units that its words may mean
	Persons []int64  // staff whom its words name
}
