// Package staff keeps the people who work here: accounts, roles, second
// factor, sessions, and the one rule of what each may see.
package staff

// Role is what a person may do; the same words stand in the table `role`, in
// the move tables and in URLs of none.
type Role string

// The staff roles of design.md §4.
const (
	Registrar         Role = "registrar"
	Handler           Role = "handler"
	UnitHead          Role = "unit_head"
	Supervisor        Role = "supervisor"
	DisciplineOfficer Role = "discipline_officer"
	Leader            Role = "leader"
	Custodian         Role = "custodian"
	Publisher         Role = "publisher"
	Auditor           Role = "auditor"
	Sysadmin          Role = "sysadmin"
)

// The actors of the move tables who are not staff.
const (
	Complainant Role = "complainant"
	Member      Role = "member" // of the roster, logged in on the portal
	System      Role = "system"
)

var titles = map[Role]string{
	Registrar: "登记员", Handler: "承办人", UnitHead: "承办单位负责人", Supervisor: "督办员",
	DisciplineOfficer: "惩戒专员", Leader: "审批领导", Custodian: "身份保管员", Publisher: "公开员",
	Auditor: "审计员", Sysadmin: "系统管理员", Complainant: "投诉人", Member: "代表、委员", System: "系统",
}

// Title is the role's name in Chinese.
func (r Role) Title() string { return titles[r] }

// Outside says that a role is nobody's of the office: it belongs to who uses the public site.
func (r Role) Outside() bool { return r == Complainant || r == Member }

// unstaffed are what stands still when nobody has a role.
var unstaffed = map[Role]string{
	Registrar: "新来的投诉只有督办员能登记、受理、派单", Handler: "派给{unit}的投诉没有人签收、办理", UnitHead: "{unit}的答复稿没有人批准",
	Supervisor: "答复稿只有审批领导能审核、送出", DisciplineOfficer: "失信案件没有人立案、起草", Leader: "书面警示没有人签发", Custodian: "封存的身份没有人看管",
	Publisher: "公示没有人经手", Auditor: "操作记录和警报没有人看", Sysadmin: "没有人能管账号和设置",
}

// OfUnit says that a role is of a handling unit, and staffed in each by itself.
func (r Role) OfUnit() bool { return r == Handler || r == UnitHead }

// Settles says that a role settles whom a complaint is about; the complaint's move
// table has the same, held to it by a test.
func (r Role) Settles() bool { return r == Registrar || r == Supervisor }

// Roles are the staff roles in the order of the table `role`.
func Roles() []Role {
	return []Role{Registrar, Handler, UnitHead, Supervisor, DisciplineOfficer, Leader, Custodian, Publisher, Auditor, Sysadmin}
}
