package form

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-playground/validator/v10"
)

// textRules are the tags of our own, for strings: each is the sentence for a
// wrong value. In a tag they stand after required or omitempty.
var textRules = map[string]func(string) string{
	"hanline":    LineFault, // one line, cleaned by Line
	"hantext":    TextFault, // several lines, cleaned by Text
	"uscc":       second(USCC),
	"phone":      second(Phone),
	"email":      second(Email),
	"credential": second(CredentialNumber),
	"amount":     func(s string) string { _, said := ParseAmount(s); return said },
}

// unlabelled are the rules whose sentences do not say which field they mean.
var unlabelled = map[string]bool{"hanline": true, "hantext": true}

// tagSentences turn a failed tag into what to do about it.
var tagSentences = map[string]func(words, validator.FieldError) string{
	"required": empty, "required_if": empty, "required_unless": empty,
	"required_with": empty, "required_with_all": empty,
	"required_without": empty, "required_without_all": empty,
	"eq":    equal,
	"oneof": listed,
	"max":   atMost, "lte": atMost,
	"min": atLeast, "gte": atLeast,
	"gt": moreThan, "lt": lessThan,
	"len": exactly, "unique": once,
	"excluded_if": unwanted, "excluded_unless": unwanted,
	"excluded_with": unwanted, "excluded_without": unwanted,
}

func second(read func(string) (string, string)) func(string) string {
	return func(s string) string {
		_, said := read(s)
		return said
	}
}

// sentence says what to do about a fault. A tag without a sentence of its own
// still names the field.
func sentence(w words, fe validator.FieldError) string {
	if rule, own := textRules[fe.Tag()]; own {
		value := reflect.ValueOf(fe.Value())
		if value.Kind() == reflect.String {
			if said := rule(value.String()); said != "" {
				return labelled(w, fe.Tag(), said)
			}
		}
	}
	if makes, known := tagSentences[fe.Tag()]; known {
		return makes(w, fe)
	}
	return named(w) + "填得不对，请检查"
}

func labelled(w words, tag, said string) string {
	if unlabelled[tag] && w.label != "" {
		return w.label + "里，" + said
	}
	return said
}

func named(w words) string {
	if w.label == "" {
		return "这一处"
	}
	return "“" + w.label + "”"
}

func empty(w words, fe validator.FieldError) string {
	switch {
	case w.ask != "":
		return w.ask
	case fe.Kind() == reflect.Bool:
		return "请勾选" + named(w)
	case w.choice && w.label != "":
		return "请选" + w.label
	case w.choice:
		return "请在这里选一项"
	case w.label != "":
		return "请写" + w.label
	}
	return "这一处还没有写，请写上"
}

// equal is for a box that must be ticked (eq=true); elsewhere it only names.
func equal(w words, fe validator.FieldError) string {
	if fe.Kind() == reflect.Bool {
		return empty(w, fe)
	}
	return named(w) + "填得不对，请检查"
}

func listed(w words, fe validator.FieldError) string {
	if value := reflect.ValueOf(fe.Value()); !value.IsValid() || value.IsZero() {
		return empty(w, fe)
	}
	return named(w) + "请从列出的里面选一项"
}

func once(w words, _ validator.FieldError) string { return named(w) + "有重复的，请去掉一个" }

func unwanted(w words, _ validator.FieldError) string {
	return named(w) + "这里不用填，请清空"
}

func atMost(w words, fe validator.FieldError) string {
	limit, _ := strconv.ParseInt(fe.Param(), 0, 64)
	value := reflect.ValueOf(fe.Value())
	switch fe.Kind() {
	case reflect.String:
		return TooLong(value.String(), int(limit))
	case reflect.Slice, reflect.Array, reflect.Map:
		return fmt.Sprintf("%s最多 %s 项，现在有 %s 项，请去掉 %s 项", named(w),
			grouped(limit), grouped(int64(value.Len())), grouped(int64(value.Len())-limit))
	}
	return named(w) + "最多 " + figure(fe) + "，请改小"
}

func atLeast(w words, fe validator.FieldError) string {
	limit, _ := strconv.ParseInt(fe.Param(), 0, 64)
	value := reflect.ValueOf(fe.Value())
	switch fe.Kind() {
	case reflect.String:
		if value.Len() == 0 {
			return empty(w, fe)
		}
		return fmt.Sprintf("%s写了 %s 个字，至少写 %s 个，请再写一些", named(w),
			grouped(int64(Length(value.String()))), grouped(limit))
	case reflect.Slice, reflect.Array, reflect.Map:
		if value.Len() == 0 {
			return empty(w, fe)
		}
		return fmt.Sprintf("%s至少要 %s 项，请再加", named(w), grouped(limit))
	}
	return named(w) + "至少 " + figure(fe) + "，请改大"
}

func moreThan(w words, fe validator.FieldError) string {
	return named(w) + "要大于 " + figure(fe) + "，请改大"
}

func lessThan(w words, fe validator.FieldError) string {
	return named(w) + "要小于 " + figure(fe) + "，请改小"
}

func exactly(w words, fe validator.FieldError) string {
	if fe.Kind() == reflect.String {
		value := reflect.ValueOf(fe.Value()).String()
		return fmt.Sprintf("%s要写 %s 个字，这里写了 %s 个，请检查", named(w), fe.Param(), grouped(int64(Length(value))))
	}
	return named(w) + "要正好 " + figure(fe) + "，请检查"
}

// figure is a limit as people read it: an Amount's, which the tag has in fen,
// in yuan.
func figure(fe validator.FieldError) string {
	n, err := strconv.ParseInt(fe.Param(), 0, 64)
	switch {
	case err != nil:
		return strings.TrimSpace(fe.Param())
	case fe.Type() == reflect.TypeFor[Amount]():
		return Amount(n).String() + " 元"
	}
	return grouped(n)
}
