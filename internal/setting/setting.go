// Package setting is what an office calls itself and how it is reached. What
// is not set is empty and shown as 待配置: nothing is ever invented.
package setting

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/kept"
	"zhengxin/internal/pg"
)

// Settings of the office.
type Settings struct {
	Host           string // 主办
	Hotline        string
	Address        string // where visitors come
	Mailbox        string
	DocumentPrefix string // 发文字号的机关代字; documents cannot be signed without it
	Issuer         string // who signs documents
	Demo           bool   // a demonstration: every page says so
	FeedID         string // names the feed of notices; drawn once, by a migration
	DataLicence    string // on which terms the open data may be used; see Licence
	DataLicenceURL string

	RecheckBody  string // who rechecks (复核) what is reviewed here; where it is the host, this office does
	PressContact string // of the office's spokesperson; the media's page shows it once it is set

	DeputyDesignation, InterimDesignation, CommitteeDesignation string

	IdleDays string // after how many days without a login an account is listed; see Idle
}

// Keys of the table `setting`.
const (
	Host           = "host"
	Hotline        = "hotline"
	Address        = "visit_address"
	Mailbox        = "mailbox"
	DocumentPrefix = "document_prefix"
	Issuer         = "issuer"
	Demo           = "demo"
	FeedID         = "feed_id"
	DataLicence    = "data_licence"
	DataLicenceURL = "data_licence_url"
	PressContact   = "press_contact"
	IdleDays       = "idle_days"
	RecheckBody    = "recheck_body"

	// How proposals are called officially: {届}, {次} and {号} stand for which congress or
	// committee, which session and which proposal.
	DeputyDesignation    = "designation_npc"
	InterimDesignation   = "designation_npc_interim"
	CommitteeDesignation = "designation_cppcc"
)

// Book keeps the settings for a short time.
type Book struct {
	Pool *pgxpool.Pool
	Now  func() time.Time
	Log  *slog.Logger
	// Record writes down who changed what, in the change's own transaction; where
	// nothing is ever changed it may be nil.
	Record func(ctx context.Context, tx pgx.Tx, by int64, do func() error) error

	once sync.Once
	kept kept.Value[Settings]
}

const life = 10 * time.Second

// Read gives the settings. When the database does not answer the last known
// ones serve: a page must be able to say that something is wrong.
func (b *Book) Read(ctx context.Context) Settings {
	b.once.Do(func() { b.kept.Life, b.kept.Now, b.kept.Read = life, b.Now, b.read })
	now, err := b.kept.Get(ctx)
	if err != nil {
		b.Log.WarnContext(ctx, "settings not read", "error", err)
		now, _ = b.kept.Last()
	}
	return now
}

func (b *Book) read(ctx context.Context) (Settings, error) {
	type row struct{ Key, Value string }
	rows, err := pg.All[row](ctx, b.Pool, `SELECT key, value FROM setting`, nil)
	if err != nil {
		return Settings{}, err
	}
	values := map[string]string{}
	for _, r := range rows {
		values[r.Key] = r.Value
	}
	return Settings{
		Host: values[Host], Hotline: values[Hotline], Address: values[Address], Mailbox: values[Mailbox],
		DocumentPrefix: values[DocumentPrefix], Issuer: values[Issuer], Demo: values[Demo] == "true",
		FeedID: values[FeedID], DataLicence: values[DataLicence], DataLicenceURL: values[DataLicenceURL], PressContact: values[PressContact], RecheckBody: values[RecheckBody],

		DeputyDesignation: values[DeputyDesignation], InterimDesignation: values[InterimDesignation], CommitteeDesignation: values[CommitteeDesignation],

		IdleDays: values[IdleDays],
	}, nil
}

// Field is one setting as a page asks for it.
type Field struct {
	Key   string
	Label string
	Hint  string
	Max   int // characters
}

// Fields are what an office may set, in the page's order.
var Fields = []Field{
	{Host, "主办单位", "显示在每一页的名称下面", 40},
	{Hotline, "热线电话", "", 40},
	{Address, "来访地址", "", 100},
	{Mailbox, "电子邮箱", "给督办人员的信也发到这里", 100},
	{Issuer, "发文机关", "文书的抬头和落款", 40},
	{DocumentPrefix, "发文字号的机关代字", "例如 郏诚投警；没有它不能签发文书", 11},
	{DataLicence, "开放数据的许可", "别人按什么条件使用统计数据；不填，写" + usual.Name + "，并注明还没有经主办单位确认。就用这个的，照样填上就是确认", 60},
	{DataLicenceURL, "许可全文的网址", "和上一项一起填，例如 " + usual.URL, 200},
	{RecheckBody, "复核机关", "对复查意见不服的，向谁请求复核。就由主办单位复核的，照抄“主办单位”，复核在这里办；不填，写“上一级机关”", 40},
	{PressContact, "新闻发言人", "姓名、电话。填了，“媒体服务”页才显示", 60},
	{DeputyDesignation, "代表建议的官方编号", "{届}{次}{号} 登记时换成数字；没有它不能登记", 60},
	{InterimDesignation, "闭会建议的官方编号", "{届}{号} 登记时换成数字", 60},
	{CommitteeDesignation, "政协提案的官方编号", "{届}{次}{号} 登记时换成数字", 60},
	{IdleDays, "多少天没有登录的账号单独列出来", "不填，按 90 天", 4},
}

// usualIdle is after how many days without a login an account is listed until the office
// says otherwise: three months, about what a transfer or a long leave takes.
const usualIdle = 90

// Idle is after how many days without a login an account is listed.
func (s Settings) Idle() int {
	if n, ok := idle(s.IdleDays); ok {
		return n
	}
	return usualIdle
}

func idle(typed string) (int, bool) {
	n, err := strconv.Atoi(typed)
	return n, err == nil && n >= 1 && n <= 3650
}

// Licence is on which terms the open data may be used.
type Licence struct {
	Name      string `json:"name"`
	URL       string `json:"url"`
	Confirmed bool   `json:"confirmed"` // by the office
}

// usual is what stands until the office says on which terms: no law and no national portal
// was found to name a licence for public data, and the portals of provinces and cities have
// conditions of their own in the terms for their users. Of the public licences this is one
// that asks for the source alone.
var usual = Licence{Name: "署名 4.0 国际（CC BY 4.0）", URL: "https://creativecommons.org/licenses/by/4.0/"}

// Licence is the one that the office has set, or the usual one, unconfirmed.
func (s Settings) Licence() Licence {
	if s.DataLicence == "" || s.DataLicenceURL == "" {
		return usual
	}
	return Licence{s.DataLicence, s.DataLicenceURL, true}
}

// Usual says that it is the public licence whose conditions the pages can say in a sentence.
func (l Licence) Usual() bool { return l.URL == usual.URL }

// Values are the settings by their keys, for showing them in a form.
func (s Settings) Values() map[string]string {
	return map[string]string{Host: s.Host, Hotline: s.Hotline, Address: s.Address, Mailbox: s.Mailbox, Issuer: s.Issuer, DocumentPrefix: s.DocumentPrefix,
		DataLicence: s.DataLicence, DataLicenceURL: s.DataLicenceURL, PressContact: s.PressContact, RecheckBody: s.RecheckBody,
		DeputyDesignation: s.DeputyDesignation, InterimDesignation: s.InterimDesignation, CommitteeDesignation: s.CommitteeDesignation, IdleDays: s.IdleDays}
}

// prefix is what package document will sign under.
var prefix = regexp.MustCompile(`^[一-龥]{2,11}$`)

// Set changes settings, by a member of the staff; an empty value makes one 待配置 again. Every process
// sees the change within seconds.
func (b *Book) Set(ctx context.Context, by int64, values map[string]string) error {
	return b.SetOver(ctx, by, values, func(map[string]string) error { return nil })
}

// SetOver is Set where may is asked first, about what stands there while nobody else can
// change it.
func (b *Book) SetOver(ctx context.Context, by int64, values map[string]string, may func(stands map[string]string) error) error {
	var faults []fault.Field
	changed := map[string]string{}
	for _, f := range Fields {
		value, given := values[f.Key]
		if !given {
			continue
		}
		switch value = form.Line(value); f.Key {
		case Mailbox:
			value = form.Normal(value, form.Email)
		case Hotline:
			value = form.Plain(value)
		case IdleDays:
			value = form.DigitsOnly(strings.TrimSuffix(value, "天"))
		}
		switch {
		case form.Length(value) > f.Max:
			faults = append(faults, fault.Field{Name: f.Key, Sentence: form.TooLong(value, f.Max)})
		case form.LineFault(value) != "" && value != "":
			faults = append(faults, fault.Field{Name: f.Key, Sentence: form.LineFault(value)})
		case strings.HasPrefix(f.Key, "designation_") && value != "" && !strings.Contains(value, "{号}"):
			faults = append(faults, fault.Field{Name: f.Key, Sentence: "官方编号里要有 {号}，不然每一件都一样"})
		case f.Key == IdleDays && value != "":
			if _, ok := idle(value); !ok {
				faults = append(faults, fault.Field{Name: f.Key, Sentence: "天数请写 1 到 3650 的数字，例如 90"})
			}
		case f.Key == DocumentPrefix && value != "" && !prefix.MatchString(value):
			faults = append(faults, fault.Field{Name: f.Key, Sentence: "机关代字请写 2 到 11 个常用汉字，不要写年份和括号"})
		}
		if f.Key == Mailbox && value != "" {
			if _, said := form.Email(value); said != "" {
				faults = append(faults, fault.Field{Name: f.Key, Sentence: said})
			}
		}
		if f.Key == DataLicenceURL && value != "" && !address(value) {
			faults = append(faults, fault.Field{Name: f.Key, Sentence: "网址请从 https:// 写起，例如 " + usual.URL})
		}
		changed[f.Key] = value
	}
	faults = append(faults, halfLicence(changed)...)
	if err := fault.Fields(faults); err != nil {
		return err
	}
	err := pg.Tx(ctx, b.Pool, func(tx pgx.Tx) error {
		set := func() error {
			stands, err := b.stands(ctx, tx)
			if err == nil {
				err = may(stands)
			}
			if err != nil {
				return err
			}
			return b.write(ctx, tx, changed)
		}
		if b.Record == nil {
			return set()
		}
		return b.Record(ctx, tx, by, set)
	})
	b.kept.Forget() // whoever was refused has to see why
	return err
}

// address says that it is a whole address of the web, that may stand in a header.
func address(typed string) bool {
	u, err := url.Parse(typed)
	plain := !strings.ContainsFunc(typed, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>"\\`, r) })
	return plain && err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// halfLicence is the fault of naming a licence without saying where it stands, or the
// other way round: neither would be shown.
func halfLicence(changed map[string]string) []fault.Field {
	name, named := changed[DataLicence]
	link, linked := changed[DataLicenceURL]
	switch {
	case !named || !linked || (name == "") == (link == ""):
		return nil
	case name == "":
		return []fault.Field{{Name: DataLicence, Sentence: "填了网址，也请写这个许可叫什么；都不填也可以"}}
	}
	return []fault.Field{{Name: DataLicenceURL, Sentence: "写了许可的名称，也请填它的网址；都不填也可以"}}
}

// stands are the settings as they are, locked until the end of the transaction.
func (b *Book) stands(ctx context.Context, q pg.Queryer) (map[string]string, error) {
	type row struct{ Key, Value string }
	rows, err := pg.All[row](ctx, q, `SELECT key, value FROM setting ORDER BY key FOR UPDATE`, nil)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	values := map[string]string{}
	for _, r := range rows {
		values[r.Key] = r.Value
	}
	return values, nil
}

func (b *Book) write(ctx context.Context, q pg.Queryer, values map[string]string) error {
	for _, key := range slices.Sorted(maps.Keys(values)) { // two at once lock in one order
		_, err := pg.Exec(ctx, q, `
			INSERT INTO setting (key, value, updated_at) VALUES (@key, @value, @now)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
			WHERE setting.value <> excluded.value`, pg.Args{"key": key, "value": values[key], "now": b.Now()})
		if err != nil {
			return fmt.Errorf("set %s: %w", key, err)
		}
	}
	return nil
}
