// Package bundle is the 合并反映: what a deputy or committee member brings before the
// supervising office together, of complaints whose complainants let them be followed.
//
// Nothing of a complaint moves by it, and it holds no more of one than the deputy may see.
// Which complaints are in it is worked out each time: a consent that is taken back has
// taken the complaint out, and nobody has to find it.
package bundle

import (
	"zhengxin/internal/clock"
	"zhengxin/internal/letter"
	"zhengxin/internal/member"
	"zhengxin/internal/register"
	"zhengxin/internal/search"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Register holds the bundles of one process.
type Register struct{ register.Register }

// New is the register of bundles of an office.
func New(o register.Office) *Register { return &Register{register.Register{Office: o, Kind: Kind}} }

// Kind declares the register.
var Kind = &register.Kind{
	Law:     Law,
	Path:    "bundles",
	Letters: "HB",
	Reads:   []register.Reader{{Role: staff.Auditor}},
	Views:   []register.View{{Name: "to_reply", Label: "待回复", State: Sent}, {Name: "replied", Label: "已回复", State: Replied}},
	Row:     `(SELECT jsonb_build_object('Name', b.name) FROM bundle b WHERE b.matter_id = p.id)`,
	Texts: search.Texts{Called: "情况和建议、谁提的", All: []search.Text{
		{Label: "情况和建议", SQL: `(SELECT ARRAY[b.words] FROM bundle b WHERE b.matter_id = m.id)`},
		{Label: "谁提的", SQL: `(SELECT ARRAY[b.name] FROM bundle b WHERE b.matter_id = m.id)`},
	}},
	Members: []member.Kind{member.Deputy, member.Committee},
	Opens:   send,
	Checks:  map[workflow.Action]register.Check{Send: register.Unnamed("写进去就离开了投诉人的封存", "title", "words"), Reply: register.Unnamed("代表、委员看得到", "public")},
	Effects: map[workflow.Action]register.Effect{Add: change, Drop: change, Propose: propose},
}

// Row is what a list shows of a bundle beside what it shows of any matter.
type Row struct{ Name string } // whose it is

// Where a bundle stands.
const (
	Sent      workflow.State = "sent"
	Replied   workflow.State = "replied"
	Proposed  workflow.State = "proposed"
	Withdrawn workflow.State = "withdrawn"
)

// What may be done to a bundle.
const (
	Send     workflow.Action = "send_bundle"
	Add      workflow.Action = "add_complaints"
	Drop     workflow.Action = "drop_complaints"
	Withdraw workflow.Action = "withdraw"
	Reply    workflow.Action = "reply_bundle"
	Propose  workflow.Action = "propose"
)

var (
	members = []workflow.Role{staff.Member}
	desk    = []workflow.Role{staff.Registrar, staff.Supervisor, staff.Leader}
)

// numbers asks which complaints: of those that its member follows they are ticked.
func numbers(label, hint string) workflow.Need {
	return workflow.Need{Name: "numbers", Label: label, Hint: hint, Kind: workflow.AskUnits, From: workflow.FromMatter, Ask: "请选" + label}
}

// Law is the move table of a bundle.
var Law = &workflow.Table{
	Kind: "bundle",
	Noun: "合并反映", Outsider: "代表、委员",
	Unit: workflow.None,
	Owes: map[clock.Code]string{clock.BundleReply: "回复您"},
	States: []workflow.StateInfo{
		{State: Sent, Word: "待回复", Sign: workflow.ToBegin, Phase: workflow.UnderWay, With: workflow.WithDesk, Doing: "等监督办公室回复"},
		{State: Replied, Word: "已回复", Sign: workflow.Met, Phase: workflow.Over},
		{State: Proposed, Word: "已转闭会建议", Sign: workflow.HandedOn, Phase: workflow.Over},
		{State: Withdrawn, Word: "已撤回", Sign: workflow.Refused, Phase: workflow.Over},
	},
	Moves: []workflow.Move{
		{
			Action: Send, Writes: true, Label: "送监督办公室", Title: "送来合并反映", Heading: "您送出了合并反映", Done: "已经送到监督办公室",
			Effect: "送到监督办公室，由它回复您。承办单位不知道。", To: Sent, By: members,
			Needs: []workflow.Need{
				{Name: "title", Label: "反映什么", Hint: "一句话，例如：三个村的修路款都没有付清", Kind: workflow.AskLine, Max: 60, Ask: "请用一句话写反映什么"},
				{Name: "words", Label: "情况和建议", Hint: "不要写投诉人是谁", Kind: workflow.AskText, Max: 3000, Ask: "请写情况和建议"},
				numbers("放进哪几件投诉", "列出的是投诉人同意您跟进的；每件的同意只能用一次，从别的合并反映里拿掉的不能再放"),
				register.Doubted("写的内容里像有人的名字"),
			},
			Starts: []clock.Code{clock.BundleReply}, Public: "合并反映已经送到监督办公室。",
		},
		{
			Action: Add, Label: "再放进几件", Heading: "您放进了投诉", Done: "已经放进去了", Effect: "只能放投诉人同意您跟进的。", From: []workflow.State{Sent}, By: members,
			Needs: []workflow.Need{numbers("放进哪几件投诉", "列出的是投诉人同意您跟进的；从别的合并反映里拿掉的不能再放")}, Public: "放进了 {count} 件投诉。",
		},
		{
			Action: Drop, Label: "拿掉几件", Heading: "您拿掉了投诉", Done: "已经拿掉了", Effect: "拿掉的不再合在一起反映，投诉照样办理。投诉人的同意只有一次，拿掉了不能放进别的合并反映。", From: []workflow.State{Sent}, By: members,
			Needs: []workflow.Need{numbers("拿掉哪几件投诉", "")}, Public: "拿掉了 {count} 件投诉。",
		},
		{
			Action: Withdraw, Label: "撤回合并反映", Heading: "您撤回了合并反映", Done: "已经撤回，里面的投诉照样办理", Effect: "撤回以后不再回复，里面的投诉照样办理。投诉人的同意只有一次，不能放进别的合并反映。", From: []workflow.State{Sent}, To: Withdrawn, By: members,
			Stops: []clock.Code{clock.BundleReply}, Public: "合并反映已经撤回。", Hard: true,
		},
		{
			Action: Reply, Label: "回复代表、委员", Heading: "监督办公室回复了", Done: "已经回复", Effect: "写下的话代表、委员看得到。", From: []workflow.State{Sent}, To: Replied, By: desk, Leads: true,
			Needs: []workflow.Need{{Name: "public", Label: "回复", Hint: "不要写投诉人的姓名、电话：代表、委员不知道是谁", Kind: workflow.AskText, Max: 2000, Ask: "请写回复"}, register.Doubted("代表、委员看得到这些内容")},
			Stops: []clock.Code{clock.BundleReply}, Tells: []workflow.Tell{{Template: "bundle_replied", To: letter.ToMembers}}, Public: "{public}",
			Ahead: "监督办公室回复。",
		},
		{
			Action: Propose, Label: "已经登记为闭会建议", Heading: "转为闭会建议办理", Done: "已经记下", Effect: "由人大工作机构转来、登记好的闭会建议，在这里写编号连起来。", From: []workflow.State{Sent, Replied}, To: Proposed, By: desk,
			Needs: []workflow.Need{{Name: "proposal", Label: "办理编号", Hint: "TA 开头，在建议提案里先登记", Kind: workflow.AskLine, Max: 20, Ask: "请写登记好的闭会建议的办理编号"}},
			Stops: []clock.Code{clock.BundleReply}, Tells: []workflow.Tell{{Template: "bundle_replied", To: letter.ToMembers}}, Public: "这些情况已经登记为{proposal}办理。",
		},
		{
			Action: workflow.Recount, Heading: "期限重算", Label: "重算期限", Title: "期限按新的放假安排重算", From: []workflow.State{Sent}, By: []workflow.Role{staff.System}, Hidden: true,
			Public: "放假安排有了变化，期限重算：{changes}。",
		},
		{
			Action: workflow.Note, Label: "记下", Title: "内部说明", Done: "已经记下", From: []workflow.State{Sent, Replied, Proposed, Withdrawn}, By: desk, Hidden: true,
			Needs: []workflow.Need{{Name: "note", Label: "内部说明", Kind: workflow.AskText, Max: 2000, Ask: "请写要记下的话"}},
		},
	},
}
