package own

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"zhengxin/internal/complaint"
	"zhengxin/internal/view"
	"zhengxin/internal/web"
	"zhengxin/internal/workflow"
)

// releaseView is whether what was answered may be published, and what of it.
type releaseView struct {
	complaint.OwnRelease
	Title, Note string
	Public      string     // its address, while it is published
	Agree       *moveForm  // while they may say yes to the text
	Refuse      *moveForm  // or no
	Way         *followWay // to consent, or to take the consent back
}

// crowd is how easily somebody is guessed by unit and kind of thing alone.
func (v releaseView) crowd() string {
	if v.Crowd < 5 {
		return "前后一年里，投诉这个单位这一类事的，连您不到 5 件：公开了很容易猜到是您，请想好。"
	}
	if v.Crowd < 20 {
		return "前后一年里，投诉这个单位这一类事的，连您有 " + strconv.Itoa(v.Crowd) + " 件。认识您、知道这件事的人，仍然可能猜到是您，请想好。"
	}
	return "认识您、知道这件事的人，仍然可能猜到是您，请想好。"
}

// releaseNotes say what a consent has come to.
var releaseNotes = map[workflow.Action][2]string{
	complaint.AllowRelease:    {"您同意了改写以后公开", "公开员在写。写好先给您看，您说同意才公开。"},
	complaint.WriteRelease:    {"您同意了改写以后公开", "公开的文字写好了，另一个人在核对。核对好了给您看，您说同意才公开。"},
	complaint.ReturnRelease:   {"您同意了改写以后公开", "公开员在写。写好先给您看，您说同意才公开。"},
	complaint.ApproveRelease:  {"请您看要公开的文字", "公开出去的就是下面这些字，一个字也不多，看不到是哪一件投诉。您说同意才公开；不理会就不公开。"},
	complaint.AgreeRelease:    {"您同意照这样公开", "公开员公开以后，这里写明。公开的就是下面这些字，看不到是哪一件投诉。"},
	complaint.RefuseRelease:   {"您不愿意那样公开", "公开员在改写。写好再给您看，您说同意才公开。"},
	complaint.PublishRelease:  {"已经照您看过的公开了", "公开的就是下面这些字，看不到是哪一件投诉。您随时可以收回，收回以后马上撤下。"},
	complaint.TakeDownRelease: {"公开的已经撤下", "要再公开的，写好再给您看。不想再公开的，可以收回同意。"},
}

// release is the part of the page about it; nil where nothing may be published and nobody
// spoke of it.
func (p *Pages) release(c *fiber.Ctx, own *complaint.Own) (*releaseView, error) {
	v := &releaseView{OwnRelease: own.Release}
	said := releaseNotes[v.Stage]
	v.Title, v.Note = said[0], said[1]
	if v.Stage == complaint.PublishRelease && !v.Shown {
		v.Note = "您这件有了变化，公开的现在不显示。您随时可以收回同意。"
	} else if v.Shown {
		v.Public = "/cases/" + v.ID
	}
	for _, choice := range p.choices(own) {
		if choice.Why != "" {
			continue
		}
		switch choice.Action {
		case complaint.AllowRelease, complaint.EndRelease:
			token, err := p.NewToken()
			if err != nil {
				return nil, err
			}
			v.Way = &followWay{CSRF: web.CSRF(c), Token: token.String(), Number: own.Matter.Number,
				Button: view.Button{Label: choice.Label, Kind: view.Quiet, Action: string(choice.Action)}}
		case complaint.AgreeRelease, complaint.RefuseRelease:
			f, err := p.moveForm(c, own, choice.Move, nil, nil)
			if err != nil {
				return nil, err
			}
			if choice.Action == complaint.AgreeRelease {
				v.Agree = f
			} else {
				v.Refuse = f
			}
		}
	}
	if v.Way == nil && v.Title == "" {
		return nil, nil
	}
	return v, nil
}
