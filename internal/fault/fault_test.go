package fault

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestAnUnclassifiedErrorIsHidden(t *testing.T) {
	err := fmt.Errorf("complaint JX1: %w", errors.New("connection refused to 10.0.0.1"))
	if KindOf(err) != Internal || SentenceOf(err) != "" {
		t.Errorf("kind %v, sentence %q: want Internal and nothing to show", KindOf(err), SentenceOf(err))
	}
}

func TestTheSentenceSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("track: %w", New(NotFound, "没有编号 %s", "JX1"))
	if !Is(err, NotFound) || SentenceOf(err) != "没有编号 JX1" {
		t.Errorf("kind %v, sentence %q", KindOf(err), SentenceOf(err))
	}
}

func TestNoFaultyFieldsIsNoError(t *testing.T) {
	if err := Fields(nil); err != nil {
		t.Errorf("got %v", err)
	}
	err := Fields([]Field{{Name: "title", Sentence: "请写标题"}})
	if !Is(err, Invalid) || len(FieldsOf(err)) != 1 {
		t.Errorf("got %v with fields %v", err, FieldsOf(err))
	}
}

func TestAWaitSurvivesWrappingAndIsToldInBegunMinutes(t *testing.T) {
	err := fmt.Errorf("track: %w", Later(14*time.Minute+time.Second, "请等 %d 分钟", Minutes(14*time.Minute+time.Second)))
	if !Is(err, TooMany) || AfterOf(err) != 14*time.Minute+time.Second || SentenceOf(err) != "请等 15 分钟" {
		t.Errorf("got %v, wait %v", err, AfterOf(err))
	}
	if AfterOf(New(TooMany, "请稍等")) != 0 || AfterOf(errors.New("x")) != 0 {
		t.Error("a wait that nobody knows was told")
	}
	for after, want := range map[time.Duration]int{0: 1, time.Second: 1, time.Minute: 1, time.Minute + 1: 2} {
		if got := Minutes(after); got != want {
			t.Errorf("%v is told as %d minutes, want %d", after, got, want)
		}
	}
}
