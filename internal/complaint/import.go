package complaint

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"zhengxin/internal/category"
	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Imported is what became of a file.
type Imported struct {
	Taken   int // new complaints
	Closed  int // of these: closed before, in another system
	Cut     int // of these: control characters in their texts were dropped
	Before  int // lines that an earlier import had brought in
	Refused int
}

// Refusal is a line that did not come in, and why; it quotes none of it but
// the id.
type Refusal struct {
	Line    int
	ID      string
	Reasons []string
}

// record is a line of the file; what else it has is left where it is.
type record struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Body     string `json:"body"`
	PostedAt string `json:"posted_at"`
	oldFields
}

const (
	importHands = 4       // statements under way at once
	lineLimit   = 1 << 20 // a body of 10,000 characters has 120 KB at the very worst
	titleLimit  = 60      // Story.Title's
	idLimit     = 100

	importCategory = "Z99"
	// noRequest stands where the form asks for one: the texts have none, and
	// none is made up for somebody.
	noRequest = "（导入件，原文没有单列诉求）"
)

// Import takes complaints over from JSON lines, gzip or not, by the form's own
// rules but for contact and captcha: anonymous, received now, about a unit that
// the registrar is to settle where the line names none, without a letter to anybody.
// What another system has closed comes in closed, with its answer: see OldRecord. A
// source's id comes in once, so an import that was broken off is simply run again.
// refuse hears of each refused line, in the file's order, and last of those that do
// not go with what is here already.
func (r *Register) Import(ctx context.Context, file io.Reader, refuse func(Refusal)) (Imported, error) {
	return r.importing(ctx, file, refuse, r.takeOver)
}

// CheckImport says what Import would do, and takes nothing in.
func (r *Register) CheckImport(ctx context.Context, file io.Reader, refuse func(Refusal)) (Imported, error) {
	return r.importing(ctx, file, refuse, r.present)
}

// toTake is a line that is right by itself.
type toTake struct {
	line   int
	intake Intake
	cut    bool
}

// importing reads a file and gives each right line to take, several at once.
func (r *Register) importing(ctx context.Context, file io.Reader, refuse func(Refusal), take func(context.Context, Intake) (before bool, why string, err error)) (Imported, error) {
	lines, err := unpacked(file)
	if err != nil {
		return Imported{}, err
	}
	class := importCategory
	if ok, err := r.Categories.Offers(ctx, class); err != nil {
		return Imported{}, err
	} else if !ok {
		class = category.Unknown
	}
	var (
		sum    Imported
		broken error // the file's fault; what was read before it still comes in
		clash  []Refusal
		mu     sync.Mutex
	)
	note := func(one toTake, before bool, why string) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case why != "":
			clash = append(clash, Refusal{one.line, one.intake.Origin, []string{why}})
		case before:
			sum.Before++
		default:
			sum.Taken++
			if one.cut {
				sum.Cut++
			}
			if one.intake.Old.closed() {
				sum.Closed++
			}
		}
	}
	intakes := make(chan toTake)
	hands, ctx := errgroup.WithContext(ctx)
	for range importHands {
		hands.Go(func() error {
			for one := range intakes {
				before, why, err := take(ctx, one.intake)
				if err != nil {
					return err
				}
				note(one, before, why)
			}
			return nil
		})
	}
	refused := 0
	hands.Go(func() error {
		defer close(intakes)
		in := lineReader{register: r, usual: class, seen: seen{ids: map[string]seenLine{}, numbers: map[string]int{}}}
		broken = eachLine(lines, func(number int, line []byte) error {
			rec, intake, reasons, err := in.line(ctx, number, line)
			if err != nil {
				return err
			}
			if len(reasons) > 0 {
				refused++
				refuse(Refusal{number, rec.ID, reasons})
				return nil
			}
			select {
			case intakes <- toTake{number, intake, rec.cut()}:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		return nil
	})
	if err = hands.Wait(); err == nil {
		err = broken
	}
	slices.SortFunc(clash, func(a, b Refusal) int { return a.Line - b.Line })
	for _, one := range clash {
		refuse(one)
	}
	sum.Refused = refused + len(clash)
	return sum, err
}

// lineReader makes complaints of the lines of one file.
type lineReader struct {
	register *Register
	usual    string // the category of a line that names none
	seen     seen
}

// line is the complaint of a line, or why there is none.
func (l *lineReader) line(ctx context.Context, number int, line []byte) (record, Intake, []string, error) {
	rec, in, reasons := readIntake(line, l.register.Engine.Now())
	in, why, err := l.register.placed(ctx, rec.oldFields, in, l.usual)
	if err != nil {
		return rec, in, nil, err
	}
	if why != "" {
		reasons = append(reasons, why)
	}
	if len(reasons) == 0 {
		if why := l.seen.again(number, in); why != "" {
			reasons = append(reasons, why)
		}
	}
	return rec, in, reasons, nil
}

// takeOver files one, or says what is there instead of it.
func (r *Register) takeOver(ctx context.Context, in Intake) (before bool, why string, err error) {
	token := make([]byte, 16)
	if _, err := io.ReadFull(r.Random, token); err != nil {
		return false, "", fmt.Errorf("import: %w", err)
	}
	_, err = r.File(ctx, Filing{Intake: in, By: workflow.Actor{Role: staff.System}, Token: token})
	if pg.IsUnique(err, "complaint_origin") || pg.IsUnique(err, "old_record_number") {
		return r.present(ctx, in)
	}
	if err != nil {
		return false, "", fmt.Errorf("import %s: %w", in.Origin, err)
	}
	return false, "", nil
}

// unpacked looks at the first bytes, since a name may say anything.
func unpacked(file io.Reader) (*bufio.Reader, error) {
	raw := bufio.NewReaderSize(file, lineLimit)
	if head, _ := raw.Peek(2); !bytes.Equal(head, []byte{0x1f, 0x8b}) { // an empty file shows when it is read
		return raw, nil
	}
	plain, err := gzip.NewReader(raw)
	if err != nil {
		return nil, fault.New(fault.Invalid, "文件是 gzip 压缩的，但是打不开，可能没有传完整。")
	}
	return bufio.NewReaderSize(plain, lineLimit), nil
}

// eachLine gives every line that is not empty; one that is too long as nil.
func eachLine(lines *bufio.Reader, use func(number int, line []byte) error) error {
	for number := 1; ; number++ {
		line, err := lines.ReadSlice('\n')
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		for errors.Is(err, bufio.ErrBufferFull) { // to its end
			_, err = lines.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fault.New(fault.Invalid, "文件读到第 %d 行就读不下去了，可能没有传完整。前面的已经处理；修好文件再导入一次，不会重复。", number)
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		if line = bytes.TrimSpace(line); tooLong {
			line = nil
		}
		if tooLong || len(line) > 0 {
			if err := use(number, line); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

// readIntake makes a complaint of a line, or says why there is none.
func readIntake(line []byte, now time.Time) (record, Intake, []string) {
	var rec record
	switch {
	case line == nil:
		return rec, Intake{}, []string{"这一行太长"}
	case !utf8.Valid(line):
		return rec, Intake{}, []string{"不是 UTF-8 编码"}
	}
	if err := json.Unmarshal(line, &rec); err != nil { // its text may quote the line
		return rec, Intake{}, []string{wrongType(err)}
	}
	in, reasons := rec.intake(now)
	return rec, in, reasons
}

// wrongType names the field that is no text, where JSON does.
func wrongType(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return wrong.Field[strings.LastIndex(wrong.Field, ".")+1:] + "：要写成文字，两边加英文引号"
	}
	return "不是一行 JSON，或者字段的类型不对"
}

// intake is the complaint of a line, checked as one from the form.
func (rec record) intake(now time.Time) (Intake, []string) {
	var reasons []string
	switch id := form.Plain(rec.ID); {
	case id == "":
		reasons = append(reasons, "id：没有写；没有它就防不住重复导入")
	case form.Length(id) > idLimit || form.LineFault(id) != "":
		reasons = append(reasons, "id：太长，或者有不能用的字符")
	}
	happened, why := oldDate(rec.PostedAt, now)
	if why != "" {
		reasons = append(reasons, "posted_at："+why)
	}
	title, facts := oldTitle(form.Line(rec.Title), form.Text(rec.Body))
	in := Intake{
		Channel: Import, Origin: form.Plain(rec.ID), Happened: happened,
		Who:      Who{Kind: "citizen", Anonymous: "yes"},
		Story:    Story{Unit: UnknownUnit, UnitSaid: form.Line(rec.Unit), Category: importCategory, Title: title, Request: noRequest, Facts: facts},
		Contract: Contract{InLitigation: "no"},
		Contact:  Contact{Confidential: "yes"},
	}
	for _, f := range in.Faults() {
		reasons = append(reasons, fieldOf(f.Name)+"："+f.Sentence)
	}
	var wrong []string
	in.Old, in.Received, wrong = rec.record(happened, now)
	return in, append(reasons, wrong...)
}

// cut says that something in the texts is dropped: see form.Pasted.
func (rec record) cut() bool {
	_, dropped := form.Pasted(rec.Title + rec.Body + rec.Unit + rec.Answer)
	return len(dropped) > 0
}

// fieldOf is what the file calls a field of the form.
func fieldOf(name string) string {
	switch name {
	case "facts":
		return "body"
	case "unit_name":
		return "old_unit"
	}
	return name
}

// oldTitle shortens a title that the form would refuse for its length alone,
// and then keeps the whole of it before the text.
func oldTitle(title, facts string) (string, string) {
	runes := []rune(title)
	if len(runes) <= titleLimit {
		return title, facts
	}
	const cut = "……"
	return strings.TrimSpace(string(runes[:titleLimit-len([]rune(cut))])) + cut, "原标题：" + title + "\n\n" + facts
}

// oldDate reads when it was written, by the clock of the office's wall; it may
// be absent.
func oldDate(typed string, now time.Time) (string, string) {
	typed = form.Line(typed)
	if typed == "" {
		return "", ""
	}
	for _, layout := range []string{time.DateTime, time.RFC3339, "2006-01-02 15:04", "2006-1-2", "2006/1/2", "2006年1月2日"} {
		at, err := time.ParseInLocation(layout, typed, clock.Local(now).Location())
		switch {
		case err != nil:
			continue
		case at.After(now):
			return "", "日期在今天以后"
		case at.Year() < 1949:
			return "", "日期太早，像是写错了"
		}
		return at.Format(time.RFC3339), ""
	}
	return "", "日期看不懂，要写成 2019-08-30 或者 2019-08-30 14:05:00"
}
