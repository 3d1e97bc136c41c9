package register

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/fault"
	"zhengxin/internal/pg"
	"zhengxin/internal/setting"
	"zhengxin/internal/workflow"
)

// Paper says what a register signs as one sort of document: it reads the newest draft
// under the lock of the move that issues it, refuses what cannot be signed, and sets
// the flags that follow from what is.
type Paper func(ctx context.Context, s *workflow.Step, by Issuer) (document.Paper, error)

// Issuer is whose documents they are, and to whom one goes.
type Issuer struct {
	Prefix   string // of document numbers: of the unit's own letters, else the office's; empty until it is set
	Issuer   string // name of the office; empty until it is set
	UnitName string // of the matter
}

// Ready says whether the office can sign at all; if not, with a sentence for whoever
// wants to.
func (i Issuer) Ready() error {
	if err := document.Ready(i.Prefix); err != nil {
		return err
	}
	if i.Issuer == "" {
		return fault.New(fault.Forbidden, "还没有配置发文机关的名称，不能签发。请系统管理员在设置里填写，填好就能签。")
	}
	return nil
}

// issuerSQL reads the settings and not a cache: what is printed must be what holds at
// this moment.
const issuerSQL = `
	SELECT coalesce(CASE WHEN k.relation = 'owner' THEN nullif(u.document_prefix, '') END, (SELECT value FROM setting WHERE key = @prefix), '') AS prefix,
		coalesce((SELECT value FROM setting WHERE key = @issuer), '') AS issuer, coalesce(u.name, '') AS unit_name
	FROM matter m JOIN matter_kind k ON k.kind = m.kind LEFT JOIN unit u ON u.code = m.unit WHERE m.id = `

func issuerArgs() pg.Args {
	return pg.Args{"prefix": setting.DocumentPrefix, "issuer": setting.Issuer}
}

// sign numbers and freezes the document that a move issues.
func (r *Register) sign(ctx context.Context, s *workflow.Step, a workflow.Answers) error {
	args := issuerArgs()
	args["id"] = s.Matter.ID
	by, err := pg.One[Issuer](ctx, s.Conn, issuerSQL+`@id`, args)
	if err != nil {
		return fmt.Errorf("issuer: %w", err)
	}
	if err := by.Ready(); err != nil {
		return err
	}
	kind := document.Kind(s.Move.Issues)
	paper, err := r.Kind.Papers[kind](ctx, s, by)
	if err != nil {
		return err
	}
	signed, err := document.SignTx(ctx, s.Conn, document.Signing{
		Matter: s.Matter.ID, Seq: s.Seq, Kind: kind, Prefix: by.Prefix, Paper: paper, By: s.Act.By.StaffID, At: s.At,
	}, s.Queue)
	if err != nil {
		return err
	}
	if how := s.Move.Delivers; how != "" {
		s.Queue(`UPDATE document SET served_seq = @seq, served_on = @on, served_how = @how WHERE matter_id = @id AND seq = @seq`,
			pg.Args{"id": s.Matter.ID, "seq": s.Seq, "on": clock.On(s.At), "how": how})
	}
	data := map[string]string{"document": signed.Digest}
	if read := s.Move.Seen; read != "" {
		data["draft"] = a.Get(read)
	}
	s.Record(data)
	return nil
}

// papers reads the documents of the matter, and who would issue the next.
func (q *Reading) papers() {
	d := q.d
	q.Queue(issuerSQL+This, issuerArgs()).QueryRow(func(row pgx.Row) error {
		err := row.Scan(&d.Issuer.Prefix, &d.Issuer.Issuer, &d.Issuer.UnitName)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	q.Queue(document.OfSQL+This+document.OfOrder, pg.Args{"void": document.Void}).Query(func(rows pgx.Rows) (err error) {
		d.Documents, err = document.Collect(rows)
		return err
	})
}

// unready says of the moves that issue a document why the office cannot.
func (q *Reading) unready() {
	for _, m := range q.kind.Law.Moves {
		if m.Issues != "" {
			q.d.Bar(m.Action, q.d.Issuer.Ready())
		}
	}
}

// Bar adds a reason why a move cannot be done now to what its row asks.
func (d *Dossier) Bar(a workflow.Action, why error) {
	if why == nil {
		return
	}
	if d.Matter.Unready == nil {
		d.Matter.Unready = map[workflow.Action]string{}
	}
	d.Matter.Unready[a] += fault.SentenceOf(why)
}

// Signed is the newest document of a kind that holds; nil without one.
func (d *Dossier) Signed(kind document.Kind) *document.Document {
	for i := range d.Documents {
		if d.Documents[i].Kind == kind && !d.Documents[i].Void {
			return &d.Documents[i]
		}
	}
	return nil
}

// ServiceWays are how a document may be served.
var ServiceWays = []workflow.Option{
	{Value: "direct", Label: "直接送达，对方签收"}, {Value: "official", Label: "公文交换"},
	{Value: "electronic", Label: "电子公文系统"}, {Value: "post", Label: "邮寄，附回执"},
	{Value: "left", Label: "对方拒收，留置送达"},
}

// Online is the service of a document on the page of whoever agreed to that.
const Online = "online"

// ServiceWord is how a document was served, in words.
func ServiceWord(how string) string {
	if how == Online {
		return "网上送达"
	}
	return workflow.WordOf(ServiceWays, how)
}

// ServiceNeeds are what a move asks for that notes a service.
var ServiceNeeds = []workflow.Need{
	{Name: "how", Label: "送达方式", Kind: workflow.AskChoice, Options: ServiceWays, Ask: "请选送达方式"},
	{Name: "served_on", Label: "送达日期", Hint: "对方收到的那一天。", Kind: workflow.AskDate, Day: workflow.HasCome, Repair: "请写对方真正收到的那一天", Ask: "请写送达日期"},
}

// signedPaper is the newest document of a kind under the lock of a move.
type signedPaper struct {
	ID       int64
	Paper    string
	HTML     string
	Digest   string
	SignedOn clock.Date
	UnitName string
}

func newest(ctx context.Context, s *workflow.Step, kind document.Kind) (signedPaper, error) {
	p, err := pg.One[signedPaper](ctx, s.Conn, `
		SELECT d.id, d.paper, d.html, d.digest, (d.signed_at AT TIME ZONE 'Asia/Shanghai')::date AS signed_on, coalesce(u.name, '') AS unit_name
		FROM document d JOIN matter m ON m.id = d.matter_id LEFT JOIN unit u ON u.code = m.unit
		WHERE d.matter_id = @id AND d.kind = @kind ORDER BY d.seq DESC LIMIT 1`,
		pg.Args{"id": s.Matter.ID, "kind": string(kind)})
	if err != nil {
		return p, fmt.Errorf("signed document: %w", err)
	}
	return p, nil
}

// Serve notes that the newest document of a kind reached its addressee, and gives the
// day; answers are those to ServiceNeeds.
func Serve(ctx context.Context, s *workflow.Step, kind document.Kind, a workflow.Answers) (clock.Date, error) {
	p, err := newest(ctx, s, kind)
	if err != nil {
		return clock.Date{}, err
	}
	on := a.Date(s.Move.Need("served_on"), s.At)
	if on.Before(p.SignedOn) {
		return on, fault.Fields([]fault.Field{{Name: "served_on", Sentence: "文书" + p.SignedOn.Long() + "才签发，不能在那以前送达"}})
	}
	serve(s, p, a.Get("how"), on)
	return on, nil
}

// ServeOnline notes that the newest document of a kind stands from now on the pages of
// whoever it is addressed to: it has reached them at this moment.
func ServeOnline(ctx context.Context, s *workflow.Step, kind document.Kind) error {
	p, err := newest(ctx, s, kind)
	if err != nil {
		return err
	}
	serve(s, p, Online, clock.On(s.At))
	return nil
}

func serve(s *workflow.Step, p signedPaper, how string, on clock.Date) {
	document.Serve(document.Service{Document: p.ID, Seq: s.Seq, How: how, On: on}, s.Queue)
	s.Record(map[string]string{"document": p.Digest})
}
