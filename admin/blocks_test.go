package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

func TestBlocksOfTextAreKeptAndPutIn(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	keeper := w.signIn(t, "sup", "柯维安", staff.Supervisor, complainttest.DeskUnit)
	handler := w.signIn(t, "hand", "周办", staff.Handler, complainttest.Finance)
	number := w.inHand(t, handler)
	if handler.Get(t, "/complaints/"+number).Want(t, 200).Has("[data-put]") {
		t.Error("there are blocks before anybody wrote one")
	}
	block := func(title, body string, more ...string) url.Values {
		form := url.Values{"title": {title}, "body": {body}, "reason": {"常要写"}}
		for i := 0; i+1 < len(more); i += 2 {
			form.Add(more[i], more[i+1])
		}
		return form
	}

	// Who keeps them, and what no block may be.
	handler.Get(t, "/blocks/block").Want(t, 404)
	keeper.Get(t, "/blocks/block?code=B9").Want(t, 404)
	keeper.Get(t, "/blocks/history?code=B9").Want(t, 404)
	form := keeper.Get(t, "/blocks/block").Want(t, 200)
	for field, bad := range map[string]url.Values{
		"title":  block(" ", "写清楚了。"),
		"body":   block("付款", "【某某】应当付清。"),
		"places": block("付款", "写清楚了。", "places", "complaint_nothing"),
	} {
		page := form.Forge(t, "main form", bad).Want(t, 422)
		if page.Text("#"+field+"-error") == "" || page.Text("[name=body]") != bad.Get("body") {
			t.Errorf("%s: %s", field, page.Text(".error-summary"))
		}
	}
	if page := form.Submit(t, "main form", block("付款", "王先生的身份证 410425198001011237，电话 13800001111。")).Want(t, 422); !strings.Contains(page.Text("#body-error"), "不能写到任何人") {
		t.Errorf("a block names somebody: %s", page.Text("#body-error"))
	}
	const opinion = "complaint_draft_answer_opinion"
	form.Submit(t, "main form", block("限期付清", "【被投诉单位】应当在【期限】以前付清。", "places", opinion, "outcomes", "support", "articles", "KX-9")).Want(t, 200)
	keeper.Get(t, "/blocks/block").Submit(t, "main form", block("解释政策", "现有政策没有规定，作如下解释。", "places", opinion, "outcomes", "explain", "categories", "C03")).Want(t, 200)
	keeper.Get(t, "/blocks/block").Submit(t, "main form", block("补材料", "请补合同的复印件。", "places", "complaint_ask_supplement_public")).Want(t, 200)

	// Beside the text it is put after what is typed, with the matter's own words.
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	if !page.Has(`[data-put="draft_answer-opinion"][value="opinion=B1"]`) || page.Has(`[value="opinion=B3"]`) || !page.Has(`button[name=blocks][value=opinion]`) {
		t.Error("not what is meant for the opinion, or no way to the others")
	}
	typed := url.Values{"finding": {"substantiated"}, "decision": {"support"}, "facts": {"经查，尚欠工程款。"}, "opinion": {"予以支持。"}, "articles": {"KX-9"}}
	with := func(name, value string) url.Values {
		all := url.Values{name: {value}}
		for k, v := range typed {
			if k != name {
				all[k] = v
			}
		}
		return all
	}
	put := page.Submit(t, "[data-action=draft_answer]", with("block", "opinion=B1")).Want(t, 200)
	text := put.Text("[name=opinion]")
	if !strings.HasPrefix(text, "予以支持。 ") || !strings.Contains(text, "应当在【期限】以前付清") || strings.Contains(text, "【被投诉单位】") || put.Text("[name=facts]") != "经查，尚欠工程款。" {
		t.Errorf("the text is %q", text)
	}
	if put.Has(`[value="opinion=B2"]`) {
		t.Error("a block for another decision is offered first")
	}
	if all := page.Submit(t, "[data-action=draft_answer]", with("blocks", "opinion")).Want(t, 200); !all.Has(`[value="opinion=B3"]`) || all.Text("[name=opinion]") != "予以支持。" {
		t.Error("not all of them are shown, or what was typed is lost")
	}
	// What is left blank does not go out.
	if left := put.Submit(t, "[data-action=draft_answer]", with("opinion", text)).Want(t, 422); !strings.Contains(left.Text("#draft_answer-opinion-error"), "还有没填的空：【期限】") {
		t.Errorf("a blank goes out: %s", left.Text(".error-summary"))
	}

	// It is retired in a version; all stay to be read, and an old page changes nothing.
	old := keeper.Get(t, "/blocks/block?code=B1").Want(t, 200)
	old.Submit(t, "main form", block("限期付清", "应当付清。", "retired", "yes")).Want(t, 200)
	if again := old.Submit(t, "main form", block("限期付清", "再改。")).Want(t, 409); again.Text("[name=body]") != "再改。" {
		t.Error("an old page changed the block, or what was typed is lost")
	}
	if said := handler.Get(t, "/blocks/history?code=B1").Want(t, 200).Text("main"); !strings.Contains(said, "第 2 版，柯维安") || !strings.Contains(said, "【期限】以前付清") || !strings.Contains(said, "已停用") {
		t.Errorf("the versions read %s", said)
	}
	gone := page.Submit(t, "[data-action=draft_answer]", with("block", "opinion=B1")).Want(t, 409)
	if gone.Text("[name=opinion]") != "予以支持。" || gone.Has(`[value="opinion=B1"]`) {
		t.Error("a retired block is put in")
	}
	asked := put.Submit(t, "[data-action=draft_answer]", with("opinion", strings.ReplaceAll(text, "【期限】", "2026年5月1日"))).Want(t, 422)
	asked.Submit(t, "[data-action=draft_answer]", url.Values{"promise_anyway": {"yes"}}).Want(t, 200)
	for name, sql := range map[string]string{
		"over the newest": `INSERT INTO text_block SELECT code, 7, title, body, places, categories, outcomes, articles, retired, by_id, made_at, reason FROM text_block WHERE code = 'B2'`,
		"changed":         `UPDATE text_block SET body = '别的'`,
		"deleted":         `DELETE FROM text_block`,
	} {
		if _, err := w.DB.Admin.Exec(t.Context(), sql); err == nil {
			t.Errorf("the database takes a block %s", name)
		}
	}
}
