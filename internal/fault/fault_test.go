package fault

import (
	"errors"
	"fmt"
	"testing"
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
	err := Fields([]Field{{"title", "请写标题"}})
	if !Is(err, Invalid) || len(FieldsOf(err)) != 1 {
		t.Errorf("got %v with fields %v", err, FieldsOf(err))
	}
}
