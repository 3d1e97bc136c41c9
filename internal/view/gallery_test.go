package view_test

import (
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
)

// The pages are written with few words for what they are put together of.
var (
	now     = viewtest.Now
	el, raw = viewtest.El, viewtest.Raw
)

// rendered is a page of the gallery as a browser reads it.
func rendered(t *testing.T, name string) *goquery.Document {
	t.Helper()
	return viewtest.Draw(t, name, gallery()[name])
}

func TestEveryPageIsSoundHTML(t *testing.T) {
	t.Parallel()
	for name := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			viewtest.Sound(t, rendered(t, name))
		})
	}
}

// gallery is every component at least once, in pages like those of look.md.
func gallery() map[string]templ.Component {
	return map[string]templ.Component{"choices": galleryChoices()}
}

func galleryChoices() templ.Component {
	return viewtest.Page("事情经过", raw("<h1>事情经过</h1>"),
		el("form", "",
			view.RadioField{Name: "category", Label: "哪一类", Narrow: "输入几个字，找类别", Value: "C03", Options: []view.Option{
				{Value: "C01", Label: "政策承诺不兑现", Hint: "会议纪要、招商协议里答应的"}, {Value: "C03", Label: "拖欠账款"}}},
			view.SelectField{Name: "unit", Label: "投诉哪个单位", Empty: "请选择", Value: "DL", Width: view.Width20, Error: "请写投诉哪个单位。不知道全名，写您叫它的名字，再从下面选",
				Options: []view.Option{{Value: "DL", Label: "东岭镇人民政府", Group: "乡镇"}, {Value: "CZ", Label: "县财政局", Group: "部门"}}},
			view.FileField{Name: "file", Label: "文件", Hint: "CSV 或者文本", Optional: true, Accept: ".csv,.txt"},
			view.TextArea{Name: "facts", Label: "经过", Hint: "什么时候、在哪里、发生了什么", Value: "第一行\n第二行", Rows: 6, Echo: "写了 7 个字，最多 5,000 个"},
			view.ChecksField{Name: "elsewhere", Label: "还向哪里反映过", Optional: true, Values: []string{"court"}, Options: []view.Option{{Value: "hotline", Label: "热线"}, {Value: "court", Label: "法院"}}},
			view.RadioField{Name: "satisfied", Label: "办理的单位", Tiles: true, Value: "b", Error: "请选一个", Options: []view.Option{{Value: "a", Label: "满意"}, {Value: "b", Label: "基本满意"}, {Value: "c", Label: "不满意"}}},
			view.CheckField{Name: "consent", Label: "同意用电子方式送达", Hint: "不同意也可以，会寄到您写的地址", Error: "请打勾"},
			view.Buttons{Items: []view.Button{{Label: "保存并继续", Kind: view.Go}, {Label: "提请签发", WhyNot: "证据清单第 3 项还没有核对"}}}))
}
