package admin

import (
	"net/url"
	"strings"
	"testing"

	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/staff"
)

// article is what somebody writes to add one to the table of laws.
func article(number, subject, reason string, more ...string) url.Values {
	form := url.Values{"number": {number}, "subject": {subject}, "reason": {reason}, "categories": {"C03"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestTheTableOfLawsIsKeptOnAPage(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	keeper, handler := w.signIn(t, "sys", "柯维安", staff.Sysadmin, complainttest.DeskUnit), w.signIn(t, "hand", "周办", staff.Handler, complainttest.Finance)
	if page := handler.Get(t, "/laws").Want(t, 200); page.Has(`a[href^="/laws/"]`) || !strings.Contains(page.Text("main"), "第九条第一款") || !strings.Contains(page.Text("main"), "未核对") {
		t.Error("a handler does not read the table, or is led to change it")
	}
	for find, says := range map[string][2]string{
		"款项支付 第17条": {"逾期利息", "第九条"},
		"第六百八十三条":   {"机关法人不得为保证人", "逾期利息"},
		"信访条例":      {"六十日内办结", "逾期利息"},
		"没有这样的话":    {"没有找到", "第九条"},
	} {
		if said := handler.Get(t, "/laws?find="+url.QueryEscape(find)).Want(t, 200).Text("main"); !strings.Contains(said, says[0]) || strings.Contains(said, says[1]) {
			t.Errorf("%s finds %s", find, said)
		}
	}
	if said := handler.Get(t, "/laws").Submit(t, "main form[method=get]", url.Values{"find": {"保证人"}}).Want(t, 200).Text("main"); !strings.Contains(said, "机关法人不得为保证人") || strings.Contains(said, "逾期利息") {
		t.Errorf("the form finds %s", said)
	}
	handler.Get(t, "/laws/law").Want(t, 404)
	keeper.Get(t, "/laws/article?law=NONE").Want(t, 404)
	keeper.Get(t, "/laws/article?code=NONE").Want(t, 404)

	first := keeper.Get(t, "/laws/law").Want(t, 200)
	bad := first.Submit(t, "main form", url.Values{"name": {""}, "short": {strings.Repeat("长", 31)}, "from_year": {"2024"}, "from_month": {"13"}, "from_day": {"1"}, "reason": {" "}}).Want(t, 422)
	for _, field := range []string{"name", "short", "from", "reason"} {
		if bad.Text("#"+field+"-error") == "" {
			t.Errorf("nothing is said at %s", field)
		}
	}
	if bad.Attr("[name=short]", "value") == "" {
		t.Error("what was typed is lost")
	}
	done := first.Submit(t, "main form", url.Values{"name": {"中华人民共和国土地管理法"}, "short": {"土地管理法"}, "issued": {"全国人大常委会"}, "reason": {"征地补偿的答复要引用"}}).Want(t, 200)
	if said := done.Text("main"); !strings.Contains(said, "已经记下") || !strings.Contains(said, "《中华人民共和国土地管理法》") || !strings.Contains(said, "征地补偿的答复要引用") || !strings.Contains(said, "柯维安") {
		t.Errorf("the page says %s", said)
	}
	keeper.Get(t, "/laws/law").Submit(t, "main form", url.Values{"name": {"中华人民共和国土地管理法"}, "short": {"土"}, "reason": {"再加"}}).Want(t, 422)
	adding := keeper.Get(t, "/laws/article?law=L30").Want(t, 200)
	adding.Submit(t, "main form", article("第四十八条", "", "要用")).Want(t, 422)
	adding.Submit(t, "main form", article("第四十八条", "征收土地的补偿", "要用")).Want(t, 200)
	adding.Submit(t, "main form", article("第四十八条", "征收土地的补偿", "要用")).Want(t, 422)

	// What somebody else has changed meanwhile is not overwritten.
	old := keeper.Get(t, "/laws/article?code=L30-N1").Want(t, 200)
	ended := article("", "征收土地的补偿标准", "改了", "to_year", "2025", "to_month", "1", "to_day", "1", "confirmed", "yes")
	if said := old.Submit(t, "main form", ended).Want(t, 200).Text("main"); !strings.Contains(said, "到2025年1月1日为止，已核对") {
		t.Errorf("ended: %s", said)
	}
	if again := old.Submit(t, "main form", article("", "再改", "再改")).Want(t, 409); again.Attr("[name=subject]", "value") != "再改" || !strings.Contains(again.Text(".banner"), "有人改过") {
		t.Error("a page of an older version changed the newest")
	}
	for name, sql := range map[string]string{
		"without a reason": `INSERT INTO law (code, version, name, short, issued) VALUES ('Q', 1, '某法', '某法', '')`,
		"another number":   `INSERT INTO law_article (code, version, law, number, subject, sort, by_id, made_at, reason) SELECT 'KX-9', 2, 'KX', '第十条', '别的', 1, min(id), now(), '改' FROM staff`,
		"over the newest":  `INSERT INTO law_article (code, version, law, number, subject, sort, by_id, made_at, reason) SELECT 'KX-9', 7, 'KX', '第九条', '别的', 1, min(id), now(), '改' FROM staff`,
		"changed":          `UPDATE law_article SET subject = '别的'`,
	} {
		if _, err := w.DB.Admin.Exec(t.Context(), sql); err == nil {
			t.Errorf("the database takes a row %s", name)
		}
	}
}

func TestAnAnswerStandsOnArticlesOfTheTable(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	handler := w.signIn(t, "hand", "周办", staff.Handler, complainttest.Finance)
	number := w.inHand(t, handler)
	page := handler.Get(t, "/complaints/"+number+"/draft_answer").Want(t, 200)
	if !page.Has(`[data-narrow] input[name=articles][value="KX-9"]`) || !strings.Contains(page.Text("main"), "常用的") {
		t.Error("no articles to choose from, or not the usual ones first")
	}
	answer := func(articles, other string, more ...string) url.Values {
		form := url.Values{"finding": {"substantiated"}, "decision": {"support"}, "facts": {"经查，尚欠工程款。"}, "opinion": {"予以支持。"}, "basis": {other}}
		if articles != "" {
			form["articles"] = strings.Split(articles, " ")
		}
		for i := 0; i+1 < len(more); i += 2 {
			form.Set(more[i], more[i+1])
		}
		return form
	}
	if none := page.Submit(t, "[data-action=draft_answer]", answer("", "")).Want(t, 422); none.Text("#draft_answer-articles-error") == "" {
		t.Error("an answer on nothing")
	}
	asked := page.Submit(t, "[data-action=draft_answer]", answer("", "《土地管理法》第四十八条")).Want(t, 422)
	if !strings.Contains(asked.Text("#draft_answer-basis_anyway-error"), "不是从单子里选的") || asked.Text("[name=basis]") != "《土地管理法》第四十八条" {
		t.Errorf("what the table lacks is not asked about: %s", asked.Text(".error-summary"))
	}
	page.Submit(t, "[data-action=draft_answer]", answer("KX-9 KX-17 YS-31", "《土地管理法》第四十八条")).Want(t, 200)
	head := w.signIn(t, "head", "郑主任", staff.UnitHead, complainttest.Finance)
	draft := head.Get(t, "/complaints/"+number+"/answer").Want(t, 200)
	if said := draft.Text("main"); !strings.Contains(said, "《保障中小企业款项支付条例》第九条、第十七条；《优化营商环境条例》第三十一条") || !strings.Contains(said, "依据不在库：“《土地管理法》第四十八条”") {
		t.Errorf("the draft reads %s", said)
	}
	if n := w.one(t, `SELECT count(*)::text FROM cited WHERE article IS NOT NULL AND words LIKE '《%》第%条'`); n != "3" {
		t.Errorf("%s articles are kept in their words", n)
	}
}
