package site

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/fault"
	"zhengxin/internal/member"
)

// Pages of somebody who is logged in as a member.
const (
	MemberHome    = "/member/mine"
	MemberAccount = "/member/account"
	MemberLeave   = "/member/leave"

	MemberComplaints = "/member/complaints"
)

// MemberSection is a part of what members have of their own on this site.
type MemberSection struct {
	Key   string // a page of the section says it in its frame
	Label string
	Href  string
	Says  string        // what is there, on the home
	Kinds []member.Kind // who has it
}

// memberSections are all of them, in the order of the home and of the navigation on every
// member's page. A part adds its line here and nowhere else.
var memberSections = []MemberSection{
	{Key: "proposals", Label: "建议提案", Href: "/member/proposals", Says: "您领衔的和联名的：办到哪一步、最迟哪天答复、答复和承诺",
		Kinds: []member.Kind{member.Deputy, member.Committee}},
	{Key: "complaints", Label: "我的投诉", Href: MemberComplaints, Says: "您自己提的，用编号和查询码放进来：办到哪一步，登录就能打开",
		Kinds: []member.Kind{member.Deputy, member.Committee}},
	{Key: "bundles", Label: "合并反映", Href: "/member/bundles", Says: "跟进的几件放在一起，向监督办公室反映",
		Kinds: []member.Kind{member.Deputy, member.Committee}},
	{Key: "follows", Label: "跟进的投诉", Href: "/member/follows", Says: "别人的，投诉人同意了才看得到办到哪一步",
		Kinds: []member.Kind{member.Deputy, member.Committee}},
	{Key: "invitations", Label: "邀请监督", Href: "/member/invitations", Says: "邀请您视察、听证、评估的：答复来不来、写报告、采纳了没有",
		Kinds: []member.Kind{member.Deputy, member.Committee}},
	{Key: "leads", Label: "线索", Href: "/member/leads", Says: "您提交的线索：单位的说明、保密期、报道", Kinds: []member.Kind{member.Journalist}},
}

// MemberSections are those that a kind of member has.
func MemberSections(kind member.Kind) (of []MemberSection) {
	for _, s := range memberSections {
		if slices.Contains(s.Kinds, kind) {
			of = append(of, s)
		}
	}
	return of
}

// MembersOwn says whether a page is for such members: what stands under a section's address
// is for those who have the section, and every other page for all.
func MembersOwn(path string, kind member.Kind) bool {
	return !slices.ContainsFunc(memberSections, func(s MemberSection) bool {
		return (path == s.Href || strings.HasPrefix(path, s.Href+"/")) && !slices.Contains(s.Kinds, kind)
	})
}

// MemberNav is the navigation of a member's page; the zero one is of nobody.
type MemberNav struct {
	Kind    member.Kind
	Current string // key of a section, home or account
}

// memberRef is an entry of the navigation.
type memberRef struct{ key, label, href string }

func (n MemberNav) refs() []memberRef {
	refs := []memberRef{{"home", "我的主页", MemberHome}}
	for _, s := range MemberSections(n.Kind) {
		refs = append(refs, memberRef{s.Key, s.Label, s.Href})
	}
	return append(refs, memberRef{"account", "账号", MemberAccount})
}

// FrameFor is the frame of a page that is everybody's: whoever is logged in as a member has
// the way to their own pages on it. A browser keeps its cookie longer than that opens
// anything, so the database is asked, where there is one.
func (s *Site) FrameFor(c *fiber.Ctx, title, current string) (Frame, error) {
	f := s.Frame(c, title, current)
	session, ok := s.Visitor(c, MemberCookie)
	if !ok {
		return f, nil
	}
	h, err := (&member.Door{Pool: s.Pool}).Home(c.UserContext(), session)
	if fault.Is(err, fault.Expired) {
		return f, nil
	}
	f.Member.Kind = h.Kind
	return f, err
}

// MemberFrame is the frame of a page of somebody who is logged in as a member of this kind.
func (s *Site) MemberFrame(c *fiber.Ctx, title, section string, kind member.Kind) Frame {
	f := s.Frame(c, title, "member")
	f.NoIndex, f.Member = true, MemberNav{Kind: kind, Current: section}
	return f
}
