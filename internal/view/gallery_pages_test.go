package view_test

import (
	"github.com/a-h/templ"

	"zhengxin/internal/view"
	"zhengxin/internal/view/viewtest"
)

func galleryProblem() templ.Component {
	return viewtest.Page("没有这一页", view.Problem{Title: "这一步没有办成，没有保存", Lines: []string{"您填的内容在上一页，请返回再交一次。"}, Trace: "8F3C-21AD", Buttons: []view.Button{{Label: "回到首页", Href: "/"}}})
}

func galleryLogin() templ.Component {
	return with(view.DeskPage(view.DeskFrame{Title: "登录"}), raw("<h1>登录</h1>"), el("form", "",
		view.CSRF("t"), view.FormToken("f"),
		view.TextField{Name: "login", Label: "登录名", Autocomplete: "username"},
		view.TextField{Name: "password", Label: "密码", Type: "password", Autocomplete: "current-password"},
		el("div", "buttons", view.Button{Label: "登录", Kind: view.Go})))
}
