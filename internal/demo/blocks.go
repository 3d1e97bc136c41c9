package demo

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/textblock"
)

// blocks are what the office has written to be used again.
var blocks = textblock.List{
	{Title: "拖欠属实，限期付清", Body: "【被投诉单位】欠付款项【金额】属实。请【被投诉单位】在【期限】以前付清；一次付不清的，同投诉人书面商定分期，第一笔不晚于【日期】。", Places: []string{"complaint_draft_answer_opinion"}, Categories: []string{"C03"}, Outcomes: []string{"support"}, Articles: []string{"KX-9", "KX-17"}},
	{Title: "没有争议的先付", Body: "双方对【金额】没有争议，这一部分应当先付；有争议的【事项】另行核算，不影响先付。", Places: []string{"complaint_draft_answer_opinion"}, Categories: []string{"C03", "C06"}, Outcomes: []string{"partial"}, Articles: []string{"KX-15"}},
	{Title: "承诺要兑现", Body: "【被投诉单位】在【文书】里作过承诺，换届、机构调整、人员变动都不是不兑现的理由。请它在【期限】以前兑现，办不到的写明原因和补偿办法。", Places: []string{"complaint_draft_answer_opinion"}, Categories: []string{"C01", "C05"}, Outcomes: []string{"support"}, Articles: []string{"YS-31"}},
	{Title: "合理但没有依据", Body: "您的要求有合理的地方，但现在没有支持它的规定。具体是：【理由】。以后有了规定，您可以另外投诉。", Places: []string{"complaint_draft_answer_opinion"}, Outcomes: []string{"explain"}},
	{Title: "怎样查的", Body: "本单位调取了【材料】，听了双方的说法，于【日期】到现场看过。查明：", Places: []string{"complaint_draft_answer_facts"}},
	{Title: "付款时报凭证", Body: "付款以后三个工作日以内，把银行回单交【机关】核对。", Places: []string{"complaint_draft_answer_demand"}},
	{Title: "已有一件在办", Body: "同一件事已经在办，不另立一件。请等那一件的答复，有新的材料可以补到那一件里。", Places: []string{"complaint_reject_public"}, Outcomes: []string{"REJECT_DUP"}},
	{Title: "没有新的事实", Body: "这件事已经有了结果。您这次说的【事项】以前已经查过，没有新的事实和理由。找到新的材料，可以另外投诉。", Places: []string{"complaint_reject_public"}, Outcomes: []string{"REJECT_NO_NEW", "REJECT_FINAL"}},
	{Title: "请走诉讼", Body: "这件事要由法院判断。请带上合同和往来材料，向【机关】起诉；起诉有期限，请尽早去。没有钱请律师的，可以申请法律援助。", Places: []string{"complaint_redirect_public"}},
	{Title: "补合同和付款记录", Body: "合同或者协议的复印件\n已经付过哪几笔：日期和金额\n验收单或者结算单", Places: []string{"complaint_ask_supplement_public"}, Categories: []string{"C03"}},
	{Title: "维持原答复", Body: "复查看了原来的材料，又核对了【材料】。原答复认定的事实清楚，依据适当，理由是：【理由】。", Places: []string{"complaint_uphold_public"}},
	{Title: "财力有限，列入计划", Body: "这一点受财力限制，今年办不了。已经列入【文书】，有条件时先办，办到以后书面告诉您。", Places: []string{"proposal_draft_answer_reply"}},
}

// writeBlocks keeps them: one of them was made better since, and one is used no more.
func writeBlocks(ctx context.Context, q pg.Queryer, opened time.Time) error {
	by, err := pg.One[int64](ctx, q, `SELECT min(id) FROM staff WHERE role = @role`, pg.Args{"role": string(staff.Supervisor)})
	if err != nil {
		return fmt.Errorf("who keeps text blocks: %w", err)
	}
	better, retired := blocks[5], blocks[4]
	better.Code, better.Reason, better.Body = "B6", "写明几天以内、报给谁", "付款以后五个工作日以内，把银行回单交【机关】核对，逾期的说明原因。"
	retired.Code, retired.Reason, retired.Retired = "B5", "各单位查法不同，自己写更清楚", true
	for i, b := range append(append(textblock.List{}, blocks...), better, retired) {
		if b.Reason == "" {
			b.Reason = "常要写，统一说法"
		}
		known, err := textblock.Read(ctx, q)
		if err != nil {
			return err
		}
		if err := known.Keep(ctx, q, b, by, opened.Add(time.Duration(i)*time.Minute)); err != nil {
			return fmt.Errorf("text block %s: %w", b.Title, err)
		}
	}
	return nil
}
