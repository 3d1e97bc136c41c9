package form

import (
	"regexp"
	"strings"
)

// phoneIn finds what may be a number in a line with words: digits with what parts them,
// and an extension behind. noted are those words: whose it is, when to call, 微信同号. They
// are kept in brackets behind the number, for whoever calls.
var (
	phoneIn = regexp.MustCompile(`(?i)(?:\+|\(\+?)?\d(?:[\d ().~_·-]*\d)?\)?(?:[\s(-]*(?:转分机|转|轉|分机|分機|内线|内線|extension|ext)[号號:\s.]*\d{1,6}号?\)?)?`)
	// phoneLabel says what the field says by itself and is left out, where it ends as a word
	// does: 手机店老板 and Noah begin with no label.
	phoneLabel = regexp.MustCompile(`(?i)^(?:我的?|本人的?|联系|常用|手机|移动|座机|固定|固话|办公电话|电话|号码|号|方式|telephone|tel|phone|mobile|cell|number|no|是|为|请?打|拨打?|和|或者?)+([^\p{L}\p{N}]|$)`)
	phoneMark  = regexp.MustCompile(`^[\s:=,;、/。.()\[\]|-]+|[\s:=,;、/。(\[|-]+$`)
	// noteParts parts what belongs to one number from what belongs to the next: a sign, or 和
	// that stands alone, for people are called 张和平 and 郑永和.
	noteParts    = regexp.MustCompile(`([、,;/\n])|(?:^|[\s)])(和|或者?)(?:[\s(]|$)`)
	behindHyphen = regexp.MustCompile(`-\d{1,6}$`)
	behindNumber = regexp.MustCompile(`(?:-|转)\d{1,6}$`) // as it is kept
	blankParts   = regexp.MustCompile(`(1[3-9]\d{9}) +(0?1[3-9]\d{9})`)
)

// withNotes reads one number or several with words around them: 13800001234（微信同号）,
// 138 0000 1234 张先生, 手机：138…. All digits must belong to numbers.
func withNotes(typed string) (string, bool) {
	typed = blankParts.ReplaceAllString(blankParts.ReplaceAllString(typed, "$1、$2"), "$1、$2")
	places := phoneIn.FindAllStringIndex(typed, -1)
	if len(places) == 0 {
		return "", false
	}
	numbers, notes := make([]string, len(places)), make([][]string, len(places))
	first := phoneNote(typed[:places[0][0]])
	ahead := first != "" && phoneNote(typed[places[len(places)-1][1]:]) == "" // 张三 138…，李四 139…
	for i, place := range places {
		at, end := place[0], len(typed)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		one := strings.TrimSuffix(typed[at:place[1]], "号")
		number, ok := dialled(strings.TrimSpace(one))
		if !ok && (extensionWord.MatchString(one) || behindHyphen.MatchString(one)) {
			number, ok = telephone(strings.TrimSpace(one))
		}
		if !ok {
			return "", false
		}
		numbers[i] = number
		behind, before := typed[place[1]:end], ""
		if i+1 < len(places) {
			behind, before = parted(behind, ahead)
			notes[i+1] = append(notes[i+1], phoneNote(before))
		}
		notes[i] = append(notes[i], phoneNote(behind))
	}
	notes[0] = append([]string{first}, notes[0]...)
	for i := range numbers {
		if note := joined(notes[i]); note != "" {
			numbers[i] += "（" + note + "）"
		}
	}
	return strings.Join(numbers, "、"), true
}

// parted gives what stands between two numbers to the one before it and the one behind. Of
// several signs the last one parts, 13800001234，晚上打，张三 139…, unless the words stand
// ahead of their numbers.
func parted(words string, ahead bool) (behind, before string) {
	at, end := -1, -1
	for _, m := range noteParts.FindAllStringSubmatchIndex(words, -1) {
		from, to := max(m[2], m[4]), max(m[3], m[5])
		if bracketed(words[:from]) || at >= 0 && ahead {
			continue
		}
		at, end = from, to
	}
	switch {
	case at >= 0:
		return words[:at], words[end:]
	case ahead:
		return "", words
	}
	return words, ""
}

// bracketed tells whether a bracket is open at the end of some words. One that opened
// before them may close in them.
func bracketed(words string) bool {
	open := 0
	for _, r := range words {
		switch r {
		case '(':
			open++
		case ')':
			open = max(0, open-1)
		}
	}
	return open > 0
}

// phoneNote are words at a number without what the field says by itself.
func phoneNote(words string) string {
	words = strings.TrimSpace(words)
	for before := ""; before != words; {
		before = words
		words = phoneLabel.ReplaceAllString(phoneMark.ReplaceAllString(words, ""), "$1")
	}
	return words
}

func joined(notes []string) string {
	var all []string
	for _, note := range notes {
		note = strings.NewReplacer("(", " ", ")", " ", "、", " ", "/", " ", ";", " ", ",", "，").Replace(note)
		if note = strings.Trim(strings.Join(strings.Fields(note), " "), "，"); note != "" {
			all = append(all, note)
		}
	}
	return strings.Join(all, "，")
}

// NotedNumber is one number of a telephone with the words beside it.
type NotedNumber struct{ Number, Note string }

// numberKept cuts what Phone keeps: the numbers are parted by 、, the words stand in brackets.
var numberKept = regexp.MustCompile(`([^、（]+)(?:（([^）]*)）?)?`)

// NotedNumbers are the numbers of a telephone as Phone keeps it, also one that was odd and
// confirmed, with its words where they were typed.
func NotedNumbers(kept string) []NotedNumber {
	var all []NotedNumber
	for _, m := range numberKept.FindAllStringSubmatch(kept, -1) {
		number, note := strings.TrimSpace(m[1]), m[2]
		if at := phoneIn.FindStringIndex(number); at != nil {
			note = strings.TrimSpace(number[:at[0]] + " " + number[at[1]:] + " " + note)
			number = number[at[0]:at[1]]
		}
		all = append(all, NotedNumber{number, note})
	}
	return all
}
