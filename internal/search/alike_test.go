package search_test

import (
	"slices"
	"strings"
	"testing"

	"zhengxin/internal/form"
	"zhengxin/internal/kinds"
	"zhengxin/internal/search"
)

const (
	bridge = "2019年8月，我们与县水利局签订了清水河便民桥施工合同，约定完工后六十日内付清工程款。桥在第二年三月通过验收，有验收单和结算审核书可以证明。此后我们多次找到局里，财务室先说等审计，后来说换了领导要重新研究，到现在只付了四成。"
	copied = "二〇一九年八月，我们与县水利局签订了清水河便民桥施工合同，约定完工后六十日内付清工程款！桥在第二年三月通过验收，有验收单和结算审核书可以证明。此后我们多次找到局里，财务室先说等审计，后来又说换了领导要重新研究，到现在只付了四成，请尽快处理。"
	school = "我在镇中心小学食堂送菜三年，每个月对一次账，学校总务处说财政没有拨款，欠了我九万多元。去年换了校长，新校长说以前的账他不认，让我去找以前的人。"
)

func TestTextsThatAreMostlyTheSameMeetAndOthersDoNot(t *testing.T) {
	t.Parallel()
	meet := func(a, b string) bool {
		theirs := search.Marks(search.Story, b)
		return slices.ContainsFunc(search.Marks(search.Story, a), func(mark int64) bool { return slices.Contains(theirs, mark) })
	}
	if !meet(bridge, copied) || !meet(copied, bridge) {
		t.Error("a copy does not meet what it was made from")
	}
	if meet(bridge, school) {
		t.Error("two texts about different things meet")
	}
	spaced := strings.ReplaceAll(bridge, "，", " ，\n")
	if !slices.Equal(search.Marks(search.Story, bridge), search.Marks(search.Story, spaced)) {
		t.Error("blanks and punctuation make another text")
	}
	if theirs := search.Marks(search.Answer, bridge); slices.ContainsFunc(search.Marks(search.Story, bridge), func(m int64) bool { return slices.Contains(theirs, m) }) {
		t.Error("an answer meets a story")
	}
	if search.Marks(search.Story, "欠我钱，请付清。") != nil {
		t.Error("a text that is too short to say has marks")
	}
}

func TestTheOverlapIsHowMuchOfATextStandsInTheOther(t *testing.T) {
	t.Parallel()
	if o := search.Overlap(bridge, bridge); o != 1 {
		t.Errorf("a text overlaps itself by %v", o)
	}
	if o := search.Overlap(bridge, copied); o < 0.8 || o >= 1 {
		t.Errorf("a copy overlaps by %v", o)
	}
	if o := search.Overlap(bridge, school); o > 0.1 {
		t.Errorf("texts about different things overlap by %v", o)
	}
	if whole, part := search.Overlap(bridge, bridge+school), search.Overlap(bridge+school, bridge); whole != 1 || part > 0.7 {
		t.Errorf("%v of the part stands in the whole, %v of the whole in the part", whole, part)
	}
	if o := search.Overlap("欠我钱", bridge); o != 0 {
		t.Errorf("a few words overlap by %v", o)
	}
}

func TestAContractIsKnownHoweverItsNumberIsWritten(t *testing.T) {
	t.Parallel()
	mark := func(text string) int64 {
		m, ok := search.Mark(search.Story, search.Contract, text)
		if !ok {
			t.Errorf("%s has no mark", text)
		}
		return m
	}
	if mark("青合字（2024）第16号-A") != mark("青合字(2024) 第16号－a") || mark("青合字（2024）第16号") == mark("青合字（2024）第17号") {
		t.Error("numbers of contracts are not compared by their letters and digits")
	}
	for _, short := range []string{"", "无", "1", "016", "——"} {
		if _, ok := search.Mark(search.Story, search.Contract, short); ok {
			t.Errorf("%q tells a contract from others", short)
		}
	}
	if search.SumMark(search.Story, form.Amount(100)) == search.SumMark(search.Story, form.Amount(101)) {
		t.Error("two sums have one mark")
	}
}

// What a handling unit may not read makes no mark: it is told of what is alike.
func TestNoGuardedTextIsPartOfALikeness(t *testing.T) {
	t.Parallel()
	for kind, texts := range kinds.Texts() {
		for _, text := range texts.All {
			if text.Guarded && text.Part != "" {
				t.Errorf("%s: %s is guarded, and alike to others", kind, text.Label)
			}
		}
	}
}

func TestTheNearestVoteAndTheNearerVoiceWeighsMore(t *testing.T) {
	t.Parallel()
	texts := map[int64]string{1: bridge, 2: copied, 3: school, 4: "学校食堂欠菜钱，总务处不认账，校长换了", 5: "道路施工扬尘扰民，夜里也不停"}
	var e search.Examples
	put := func(want int, ids ...int64) {
		t.Helper()
		asked := 0
		err := e.Put(ids, func(missing []int64) (map[int64]string, error) {
			asked = len(missing)
			out := map[int64]string{}
			for _, id := range missing {
				out[id] = texts[id]
			}
			return out, nil
		})
		if err != nil || asked != want {
			t.Errorf("%d texts were read, want %d, %v", asked, want, err)
		}
	}
	put(4, 1, 2, 3, 4)
	put(1, 1, 2, 3, 4, 5)
	put(0, 5, 4, 3, 2, 1)
	near := e.Nearest("送菜到小学食堂，学校欠账不付，换了校长就不认", 3)
	if len(near) < 2 || near[0].ID != 4 && near[0].ID != 3 || near[0].Close < near[1].Close {
		t.Fatalf("%+v", near)
	}
	votes := search.Count(near, map[int64]string{3: "EDU", 4: "EDU", 1: "WAT", 2: "WAT"})
	if len(votes) == 0 || votes[0].Value != "EDU" || votes[0].Has != 2 {
		t.Errorf("%+v", votes)
	}
	if votes := search.Count(near, nil); len(votes) != 0 {
		t.Errorf("what was decided of none has votes: %+v", votes)
	}
	put(0, 3)
	if near := e.Nearest(bridge, 9); len(near) > 1 {
		t.Errorf("what is no example any more is near: %+v", near)
	}
}
