package complaint_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhengxin/internal/complaint"
	"zhengxin/internal/complaint/complainttest"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
)

// jsonLine is one line of a file.
func jsonLine(t *testing.T, fields map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw) + "\n"
}

// take imports and gives back what was refused.
func take(t *testing.T, o *complainttest.Office, file io.Reader) (complaint.Imported, []complaint.Refusal, error) {
	t.Helper()
	var refused []complaint.Refusal
	sum, err := o.Desk.Import(t.Context(), file, func(r complaint.Refusal) { refused = append(refused, r) })
	return sum, refused, err
}

func TestAnOldComplaintComesInAsOneFromTheFormWould(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	body := "\u3000\u3000第一段㐀𠮷。\r\n第二段<b>"
	sum, refused, err := take(t, o, strings.NewReader("\uFEFF"+jsonLine(t, map[string]any{
		"id": "a1", "source": "X", "title": " 路灯坏了\u3000", "body": body, "posted_at": "2019-08-30 14:05:00", "likes": 3,
		"user": "某网友", "reply": "已修", "anonymous": false,
	})))
	if err != nil || sum != (complaint.Imported{Taken: 1}) || refused != nil {
		t.Fatalf("%+v, %v, %v", sum, refused, err)
	}
	type row struct {
		State, Title, Category, Channel, ComplainantKind, Request, Facts, UnitSaid, Origin, Actor, Role string
		Unit                                                                                            *string
		Flags                                                                                           []string
		Anonymous, Confidential, Edelivery                                                              bool
		OpenedAt, HappenedAt                                                                            time.Time
		Identities, Letters, Clocks, Jobs                                                               int
	}
	got, err := pg.One[row](t.Context(), o.DB.Owner, `
		SELECT m.state, m.title, m.category, m.unit, m.flags, m.opened_at, c.channel, c.complainant_kind, c.request, c.facts, c.unit_said,
			c.origin, c.anonymous, c.confidential, c.edelivery, c.happened_at, e.actor, e.role,
			(SELECT count(*) FROM identity) AS identities, (SELECT count(*) FROM letter) AS letters, (SELECT count(*) FROM clock) AS clocks,
			(SELECT count(*) FROM river_job WHERE kind = 'index_text' AND args = jsonb_build_object('matter', m.id)) AS jobs
		FROM matter m JOIN complaint c ON c.matter_id = m.id JOIN event e ON e.matter_id = m.id`, nil)
	want := row{
		State: "submitted", Title: "路灯坏了", Category: "Z99", Flags: []string{"unit_unsettled", "anonymous"}, OpenedAt: o.Now(),
		Channel: "import", ComplainantKind: "citizen", Request: "（导入件，原文没有单列诉求）", Facts: "第一段㐀𠮷。\n第二段<b>", Origin: "a1",
		Anonymous: true, Confidential: true, Actor: "system", Role: "system", Clocks: 3, Jobs: 1,
		HappenedAt: time.Date(2019, 8, 30, 6, 5, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestTheSameFileBringsNothingTwice(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var lines strings.Builder
	for _, id := range []string{"1", "2", "3", "2", "4", "5", "6"} {
		lines.WriteString(jsonLine(t, map[string]any{"id": id, "title": "题" + id, "body": "文"}) + "\n")
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := io.WriteString(zip, lines.String())
	if err = errors.Join(err, zip.Close()); err != nil {
		t.Fatal(err)
	}
	first, _, err := take(t, o, &packed)
	if err != nil || first != (complaint.Imported{Taken: 6, Before: 1}) {
		t.Errorf("first %+v, %v", first, err)
	}
	second, _, err := take(t, o, strings.NewReader(lines.String()))
	if err != nil || second != (complaint.Imported{Before: 7}) {
		t.Errorf("second %+v, %v", second, err)
	}
}

func TestARefusedLineSaysWhy(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 10_001)
	for name, c := range map[string]struct{ line, why string }{
		"no JSON":       {`{"id": "x", `, "不是一行 JSON，或者字段的类型不对"},
		"a list":        {`["x"]`, "不是一行 JSON，或者字段的类型不对"},
		"wrong type":    {`{"id": 7, "title": "题", "body": "文"}`, "id：要写成文字，两边加英文引号"},
		"GBK":           {"{\"id\": \"x\", \"title\": \"\xc2\xb7\xb5\xc6\", \"body\": \"文\"}", "不是 UTF-8 编码"},
		"no id":         {`{"title": "题", "body": "文"}`, "id：没有写；没有它就防不住重复导入"},
		"no title":      {`{"id": "x", "body": "文"}`, "title：请用一句话写是什么事，例如：修路款三年没有付清"},
		"no body":       {`{"id": "x", "title": "题", "body": " \n "}`, "body：请写事情的经过：什么时候、哪个单位、做了什么、现在怎样"},
		"long body":     {jsonLine(t, map[string]any{"id": "x", "title": "题", "body": long}), "body：写了 10,001 个字，最多 10,000 个，请删去 1 个"},
		"right to left": {`{"id": "x", "title": "题\u202e", "body": "文"}`, "title：标题里，第 1 个字后面有看不见的方向控制符，请删去"},
		"next year":     {`{"id": "x", "title": "题", "body": "文", "posted_at": "2999-01-01 00:00:00"}`, "posted_at：日期在今天以后"},
		"no date":       {`{"id": "x", "title": "题", "body": "文", "posted_at": "去年"}`, "posted_at：日期看不懂，要写成 2019-08-30 或者 2019-08-30 14:05:00"},
		"too long":      {`{"id": "x", "title": "题", "body": "` + strings.Repeat("a", 3<<20) + `"}`, "这一行太长"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := complainttest.New(t)
			good := jsonLine(t, map[string]any{"id": "good", "title": "题", "body": "文"})
			sum, refused, err := take(t, o, strings.NewReader("\n"+strings.TrimSuffix(c.line, "\n")+"\r\n"+good))
			if err != nil || sum != (complaint.Imported{Taken: 1, Refused: 1}) || len(refused) != 1 {
				t.Fatalf("%+v, %v, %v", sum, refused, err)
			}
			if diff := cmp.Diff([]string{c.why}, refused[0].Reasons); diff != "" || refused[0].Line != 2 {
				t.Errorf("line %d %s", refused[0].Line, diff)
			}
		})
	}
}

func TestATitleThatIsTooLongIsCutAndKeptWhole(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	title := strings.Repeat("长", 61)
	if sum, _, err := take(t, o, strings.NewReader(jsonLine(t, map[string]any{"id": "1", "title": title, "body": "文"}))); err != nil || sum.Taken != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	got, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT m.title || '|' || c.facts FROM matter m JOIN complaint c ON c.matter_id = m.id`, nil)
	if want := strings.Repeat("长", 58) + "……|原标题：" + title + "\n\n文"; err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

func TestABrokenFileSaysHowFarItWasRead(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, err := io.WriteString(zip, jsonLine(t, map[string]any{"id": "1", "title": "题", "body": "文"}))
	if err = errors.Join(err, zip.Flush()); err != nil { // never closed: the end is missing
		t.Fatal(err)
	}
	sum, _, err := take(t, o, &packed)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.SentenceOf(err), "第 2 行") || sum.Taken != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if _, _, err := take(t, o, strings.NewReader("\x1f\x8bnot gzip")); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	if sum, _, err := take(t, o, strings.NewReader("")); err != nil || sum != (complaint.Imported{}) {
		t.Errorf("%+v, %v", sum, err)
	}
}

// Other systems keep control characters in their texts: such a line comes in without
// them, and the report counts it.
func TestALineWithControlCharactersComesInWithoutThem(t *testing.T) {
	t.Parallel()
	o := complainttest.New(t)
	lines := jsonLine(t, map[string]any{"id": "\u200ex\u200e1", "title": "题\x07目", "body": "一\x00二\v三"}) +
		jsonLine(t, map[string]any{"id": "x2", "title": "题", "body": "一\r\n二"}) +
		jsonLine(t, map[string]any{"id": "x1", "title": "题", "body": "文"})
	sum, refused, err := take(t, o, strings.NewReader(lines))
	if err != nil || sum != (complaint.Imported{Taken: 2, Cut: 1, Refused: 1}) || len(refused) != 1 {
		t.Fatalf("%+v, %v, %v", sum, refused, err)
	}
	facts, err := pg.One[string](t.Context(), o.DB.Owner, `SELECT m.title || '|' || c.facts FROM complaint c JOIN matter m ON m.id = c.matter_id WHERE c.origin = 'x1'`, nil)
	if err != nil || facts != "题目|一二\n三" {
		t.Errorf("came in as %q, %v", facts, err)
	}
}
