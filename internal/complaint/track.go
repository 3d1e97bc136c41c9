package complaint

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/workflow"
)

// The tracks: by which procedure a complaint goes. Which terms each has are rows of
// clock_choice.
const (
	Petition   = "petition"
	SMEPayment = "sme_payment"
	BizEnv     = "biz_env"
	Hotline345 = "hotline"
)

// Tracks are all there are; the table's CHECK has the same.
var Tracks = []workflow.Option{
	{Value: Petition, Label: "信访：《信访工作条例》"},
	{Value: SMEPayment, Label: "中小企业欠款：《保障中小企业款项支付条例》，上级受理部门转来的"},
	{Value: BizEnv, Label: "营商环境：《河南省优化营商环境条例》"},
	{Value: Hotline345, Label: "12345 热线：河南省12345运行管理办法"},
}

// trackWords are the tracks where there is room for a word.
var trackWords = map[string]string{Petition: "信访", SMEPayment: "中小企业欠款", BizEnv: "营商环境", Hotline345: "12345 热线"}

// TrackWord is what a track is called; empty where a complaint has none yet.
func TrackWord(track string) string { return trackWords[track] }

// The categories that the regulation on payments, and that on the business environment,
// name.
var (
	payments = []string{"C03", "C04", "C06", "C07"}
	promised = []string{"C01", "C02", "C05", "C08"}
)

// trackProposals say which track is proposed: the first row that fits, an empty list
// fitting all.
var trackProposals = []struct {
	channels          []Channel
	kinds, categories []string
	track, why        string
}{
	{channels: []Channel{Hotline}, track: Hotline345, why: "从热线电话来的"},
	{channels: []Channel{OtherBody}, kinds: []string{"enterprise"}, categories: payments, track: SMEPayment, why: "其他机关转来的企业欠款投诉，县里是处理部门（《保障中小企业款项支付条例》第二十五条）"},
	{kinds: []string{"enterprise"}, categories: payments, track: Petition, why: "企业自己来投诉欠款的，法定受理部门在省级以上（《保障中小企业款项支付条例》第二十四条），县里按信访办"},
	{kinds: []string{"enterprise"}, categories: promised, track: BizEnv, why: "企业反映承诺、合同不兑现，属于营商环境（《河南省优化营商环境条例》第二十五条、第七十八条）"},
	{track: Petition, why: "没有专门程序的，按信访办"},
}

// ProposeTrack is the track that fits how a complaint came, from whom and about what, and
// why: a registrar decides.
func ProposeTrack(through Channel, kind, category string) (track, why string) {
	for _, p := range trackProposals {
		if fits(p.channels, through) && fits(p.kinds, kind) && fits(p.categories, category) {
			return p.track, p.why
		}
	}
	return "", ""
}

func fits[T comparable](list []T, value T) bool {
	return len(list) == 0 || slices.Contains(list, value)
}

// came is how a complaint came and from whom.
type came struct {
	Channel Channel
	Kind    string
}

// proposed is the track that is proposed for the matter of a move, were it of a category.
func proposed(ctx context.Context, s *workflow.Step, category string) (string, error) {
	how, err := pg.One[came](ctx, s.Conn, `SELECT channel, complainant_kind AS kind FROM complaint WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID})
	if err != nil {
		return "", fmt.Errorf("track to propose: %w", err)
	}
	track, _ := ProposeTrack(how.Channel, how.Kind, category)
	return track, nil
}

// classify keeps the class of a complaint, and has its terms follow.
func classify(ctx context.Context, s *workflow.Step, to clock.Class) error {
	if to != s.Matter.Class {
		s.Queue(`UPDATE complaint SET nature = nullif(@nature, ''), track = @track WHERE matter_id = @id`,
			pg.Args{"id": s.Matter.ID, "nature": to.Nature, "track": to.Track})
	}
	if to.Nature == "ACC" {
		s.Flag(Accusation)
	}
	return s.Classify(ctx, to)
}

// accept takes a complaint up as of a nature and a track; where none is chosen, as of the
// one that is proposed.
func accept(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	to := clock.Class{Track: cmp.Or(a.Get("track"), s.Matter.Class.Track), Nature: a.Get("nature")}
	if to.Track == "" { // filed before there were tracks
		track, err := proposed(ctx, s, s.Matter.Category)
		if err != nil {
			return err
		}
		to.Track = track
	}
	if to.Track == s.Matter.Class.Track { // its terms so far are right; those from now on the engine starts
		s.Matter.Class.Nature = to.Nature
		s.Queue(`UPDATE complaint SET nature = @nature WHERE matter_id = @id`, pg.Args{"id": s.Matter.ID, "nature": to.Nature})
		if to.Nature == "ACC" {
			s.Flag(Accusation)
		}
		return nil
	}
	return classify(ctx, s, to)
}

// correctNature takes a wrong nature or track back. Terms of the law have run from the
// acceptance, or the receipt, whatever it was called (信访工作条例 34).
func correctNature(ctx context.Context, _ *register.Register, s *workflow.Step, a workflow.Answers) error {
	was := s.Matter.Class
	to := clock.Class{Track: cmp.Or(a.Get("track"), was.Track, Petition), Nature: a.Get("nature")}
	if to == was {
		return fault.Fields([]fault.Field{{Name: "nature", Sentence: "性质和轨道都和现在的一样，不用更正"}})
	}
	s.Word("track", "")
	if to.Track != was.Track {
		s.Word("track", "，按"+TrackWord(to.Track)+"办理")
	}
	return classify(ctx, s, to)
}

// resettle proposes the track anew where the category is another and nobody has chosen yet.
func resettle(ctx context.Context, s *workflow.Step, category string) error {
	if s.Matter.State == Accepted || s.Matter.Class.Track == "" || category == s.Matter.Category {
		return nil
	}
	track, err := proposed(ctx, s, category)
	if err != nil || track == s.Matter.Class.Track {
		return err
	}
	return classify(ctx, s, clock.Class{Track: track})
}
