package own

import (
	"strconv"

	"zhengxin/internal/complaint"
	"zhengxin/internal/promise"
	"zhengxin/internal/request"
	"zhengxin/internal/view"
	"zhengxin/internal/workflow"
)

// askedView is what is asked of the complainant and not settled.
type askedView struct {
	Requests []askedRequest
	Note     string
	Way      string // leads to the form; empty where the verdict above does
}

// askedRequest is one request with its items.
type askedRequest struct {
	Title string // 第 2 号，最迟 12月15日
	Items view.Facts
}

// askedOf is what stands on the page of it; of a matter that is over nothing is.
func askedOf(own *complaint.Own) (v askedView) {
	if complaint.Law.State(own.Matter.State).Ended() {
		return v
	}
	for _, r := range own.Requests.Open() {
		one := askedRequest{Title: r.Number()}
		if !r.LastOn.IsZero() {
			one.Title += "，最迟 " + r.LastOn.Long()
		}
		for _, i := range r.Items {
			one.Items.Rows = append(one.Items.Rows, view.Fact{Label: "第 " + strconv.Itoa(i.No) + " 项", Text: i.Words + "（" + itemWord(i) + "）"})
		}
		v.Requests = append(v.Requests, one)
	}
	if own.Matter.State == complaint.SupplementRequired {
		v.Note = "可以一项一项地补，也可以一次说完。都补来以后接着办。"
		return v
	}
	v.Note = "可以一项一项地补，也可以一次说完。办理期限照走，不因为等您而暂停；不补也照样办理。不想让承办单位知道的，补的时候选“只说给监督人员”。"
	v.Way = ownPath + "/" + string(complaint.Supplement)
	return v
}

func itemWord(i request.Item) string {
	switch {
	case i.Answered != nil && i.Guarded:
		return view.Day(*i.Answered) + "补了，只有监督人员看得到"
	case i.Answered != nil:
		return view.Day(*i.Answered) + "补了"
	case i.Waived != nil:
		return "不用再补"
	}
	return "还没有补"
}

// offered are the choices of a move that the complaint itself has.
func offered(own *complaint.Own) map[string][]workflow.Option {
	return map[string][]workflow.Option{request.Answers: own.Requests.Asked(), promise.Denied: own.Promises.Kept()}
}
