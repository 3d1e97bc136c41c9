package clock

import (
	"context"
	"fmt"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// Amendment is another length of one of our own terms, from a day on.
type Amendment struct {
	Code      Code
	Limit     int // in the rule's unit
	Extension int // how much more may be granted; 0 is none
	From      Date
	Reason    string
	By        int64
}

// longest bounds what no law does.
const longest = 365

// Newest is the newest version of a rule, in force already or still to come.
func (t Table) Newest(code Code) (newest Rule, ok bool) {
	for _, r := range t.Rules {
		if r.Code == code && r.Version > newest.Version {
			newest, ok = r, true
		}
	}
	return newest, ok
}

// Ours says that a rule is the office's own promise, whose length it may change. A day that a
// matter says, or the law, is no length.
func (r Rule) Ours() bool { return r.Confidence == Design && r.Unit != Given && r.Unit != Fixed }

// Cap is the law that a rule of ours has to keep within on a day, and how long it lets a term
// be at first and in all; false where there is none. Working days are held against natural
// ones by their number: they are never fewer days.
func (t Table) Cap(r Rule, on Date) (law Rule, limit, total int, ok bool) {
	law, ok = t.Rule(r.Within, on)
	if !ok {
		return law, longest, longest, false
	}
	return law, law.Limit, max(law.Limit+law.MaxExtension, law.MaxTotal), true
}

// Amended is a rule as an amendment makes it, or what is wrong with that, each beside its
// field.
func (t Table) Amended(a Amendment, today Date) (Rule, []fault.Field) {
	var wrong []fault.Field
	say := func(field, format string, args ...any) {
		wrong = append(wrong, fault.Field{Name: field, Sentence: fmt.Sprintf(format, args...)})
	}
	was, ok := t.Newest(a.Code)
	if !ok || !was.Ours() {
		say("limit", "这一条不是本平台的承诺，不能在这里改")
		return Rule{}, wrong
	}
	law, limit, total, capped := t.Cap(was, a.From)
	source := "本平台一般"
	if capped {
		source = law.Basis + "“" + law.Title + "”"
	}
	switch {
	case a.Limit <= 0:
		say("limit", "请写 1 以上的整数")
	case a.Limit > limit:
		say("limit", "%s最长 %s，不能再长", source, law.unitOr(was).Count(limit))
	}
	switch {
	case a.Extension < 0:
		say("extension", "请写 0 以上的整数")
	case a.Extension > 0 && was.Approver == "":
		say("extension", "这个期限没有人可以批准延长，请写 0")
	case a.Limit > 0 && a.Limit <= limit && a.Limit+a.Extension > total:
		say("extension", "连延长的在内，%s最长 %s，不能再长", source, law.unitOr(was).Count(total))
	}
	switch {
	case a.From.IsZero(): // said where it is read
	case !a.From.After(today):
		say("from", "%s不在今天以后。已经过去的不能改，请写今天以后的日子", a.From.Long())
	case !a.From.After(was.ValidFrom):
		say("from", "第 %d 版要到%s才起用，新的一版要比它晚", was.Version, was.ValidFrom.Long())
	}
	if len(wrong) == 0 && a.Limit == was.Limit && a.Extension == was.MaxExtension {
		say("limit", "和现在的一样，不用改")
	}
	next := was
	next.Version, next.Limit, next.MaxExtension, next.MaxTotal, next.ValidFrom = was.Version+1, a.Limit, a.Extension, 0, a.From
	if a.Extension > 0 {
		next.MaxTotal = a.Limit + a.Extension
	}
	if len(wrong) == 0 {
		if err := next.check(); err != nil {
			say("limit", "这样写算不出期限")
		}
	}
	return next, wrong
}

// unitOr is what the law counts, or where there is none what the rule does.
func (r Rule) unitOr(own Rule) Unit {
	if r.Unit == "" {
		return own.Unit
	}
	return r.Unit
}

// Amend adds the version of a rule that Amended has made. Clocks that run keep theirs.
func Amend(ctx context.Context, q pg.Queryer, r Rule, a Amendment, at time.Time) error {
	_, err := pg.Exec(ctx, q, `
		INSERT INTO clock_rule (code, version, title, track, start_event, end_event, limit_count, unit, max_extension, max_total, max_times, approver,
			within, basis, confidence, right_only, waits, valid_from, by_id, made_at, reason)
		SELECT code, @version, title, track, start_event, end_event, @limit, unit, nullif(@extension::int, 0), nullif(@total::int, 0),
			CASE WHEN @extension::int > 0 THEN coalesce(max_times, 1) END, approver, within, basis, confidence, right_only, waits, @from::date, @by, @at, @reason
		FROM clock_rule WHERE code = @code AND version = @version - 1`,
		pg.Args{"code": string(r.Code), "version": r.Version, "limit": r.Limit, "extension": r.MaxExtension, "total": r.MaxTotal, "from": r.ValidFrom,
			"by": a.By, "at": at, "reason": a.Reason})
	if pg.IsUnique(err, "clock_rule_pkey") {
		return fault.New(fault.Conflict, "没有改：别人刚刚改过这一条，请看过现在的再改。")
	}
	if err != nil {
		return fmt.Errorf("amend clock rule: %w", err)
	}
	return nil
}

// Made is who made a version of a rule at the desk, when and why.
type Made struct {
	Code    Code
	Version int
	By      string
	At      time.Time
	Reason  string
}

// MadeHere are the versions that the office has made.
func MadeHere(ctx context.Context, q pg.Queryer) ([]Made, error) {
	return pg.All[Made](ctx, q, `
		SELECT r.code, r.version, s.name AS by, r.made_at AS at, r.reason FROM clock_rule r JOIN staff s ON s.id = r.by_id ORDER BY r.code, r.version`, nil)
}
