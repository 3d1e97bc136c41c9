package proposal

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/document"
	"zhengxin/internal/law"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Proposal is a proposal as the desk sees it.
type Proposal struct {
	register.Dossier
	Content
	PartOf string // number of the proposal that this is a part of; empty where the reader may not know of it
	Parts  []Part // what it was divided into, as far as the reader may know of them
}

// Content is all that a proposal says, and what was said to it.
type Content struct {
	Source      Source
	Term        int
	Meeting     int // 0 between two sessions
	Serial      int
	Designation string
	Title       string
	Body        string
	Points      []Point
	Signers     []Signer
	Answer      Answer    // the newest draft; its Version is 0 while there is none
	Feedback    *Feedback // what was said of the answer that was served last; nil while nothing was
}

// Feedback is what its signers said of an answer.
type Feedback struct{ Attitude, Result, Consent, Words string }

// consent is how much its signers let be published; empty while they have said nothing.
func (c *Content) consent() string {
	if c.Feedback == nil {
		return ""
	}
	return c.Feedback.Consent
}

// Part is a part that a unit answers by itself.
type Part struct {
	Number string
	State  workflow.State
	Unit   string // name; empty while it is not handed over
}

// contentSQL reads a Content; the matter's id, as an expression, follows it.
const contentSQL = `
	SELECT o.source, o.term, coalesce(o.meeting, 0) AS meeting, o.serial, o.designation, m.title, o.content AS body,
		(SELECT jsonb_agg(jsonb_build_object('No', p.no, 'Said', p.said) ORDER BY p.no) FROM proposal_point p WHERE p.matter_id = o.matter_id) AS points,
		(SELECT jsonb_agg(jsonb_build_object('No', s.no, 'Name', s.name, 'Member', coalesce(s.member_id, 0), 'Left', l.no IS NOT NULL) ORDER BY s.no)
			FROM proposal_signer s LEFT JOIN proposal_leaving l ON l.matter_id = s.matter_id AND l.no = s.no WHERE s.matter_id = o.matter_id) AS signers,
		coalesce((SELECT jsonb_build_object('Version', a.version, 'Summary', a.summary, 'Basis', c.basis, 'Articles', c.articles, 'Other', c.other, 'Contact', a.contact, 'By', s.name, 'At', e.at, 'Replies', (
				SELECT jsonb_agg(jsonb_build_object('No', x.no, 'Class', x.class, 'Reply', x.reply, 'PromisedOn', x.promised_on) ORDER BY x.no)
				FROM proposal_answer_point x WHERE x.matter_id = a.matter_id AND x.seq = a.seq))
			FROM proposal_answer a CROSS JOIN LATERAL (
				SELECT coalesce(string_agg(c.words, '；' ORDER BY c.no), '') AS basis, coalesce(jsonb_agg(c.article ORDER BY c.no) FILTER (WHERE c.article IS NOT NULL), '[]') AS articles,
					coalesce(string_agg(c.words, '') FILTER (WHERE c.article IS NULL), '') AS other FROM cited c WHERE c.matter_id = a.matter_id AND c.seq = a.seq) c
				JOIN staff s ON s.id = a.drafted_by JOIN event e ON e.matter_id = a.matter_id AND e.seq = a.seq
			WHERE a.matter_id = o.matter_id ORDER BY a.version DESC LIMIT 1), '{}') AS answer,
		(SELECT jsonb_build_object('Attitude', f.attitude, 'Result', f.result, 'Consent', f.consent, 'Words', f.words)
			FROM proposal_feedback f WHERE f.matter_id = o.matter_id AND f.seq > (SELECT max(d.served_seq) FROM document d WHERE d.matter_id = o.matter_id)
			ORDER BY f.seq DESC LIMIT 1) AS feedback
	FROM proposal o JOIN matter m ON m.id = o.matter_id WHERE o.matter_id = `

// Known is what the form of a move is filled with before anybody types: an answer
// begins with its last draft.
func (p *Proposal) Known(a workflow.Action) workflow.Answers {
	if a != DraftAnswer || p.Answer.Version == 0 {
		return nil
	}
	known := workflow.Answers{"summary": {p.Answer.Summary}, "contact": {p.Answer.Contact}}
	for _, r := range p.Answer.Replies {
		nth := strconv.Itoa(r.No)
		known["class_"+nth], known["reply_"+nth] = []string{r.Class}, []string{r.Reply}
		if on := r.PromisedOn; !on.IsZero() {
			known["by_"+nth+"_year"], known["by_"+nth+"_month"], known["by_"+nth+"_day"] = []string{strconv.Itoa(on.Year)}, []string{strconv.Itoa(int(on.Month))}, []string{strconv.Itoa(on.Day)}
		}
	}
	return law.Known(known, p.Answer.Articles, p.Answer.Other)
}

// Preview is the letter as it would be signed today, without number and date.
func (p *Proposal) Preview(a Answer) document.Paper {
	said := p.Content
	said.Answer = a
	return said.Paper(p.UnitName)
}

// Signed is the answer that holds, nil before the signing.
func (p *Proposal) Signed() *document.Document { return p.Dossier.Signed(replyKind(&p.Matter)) }

// Read is a whole proposal; NotFound when the person may not know of it.
func (r *Register) Read(ctx context.Context, by staff.Person, number string) (*Proposal, error) {
	p := &Proposal{}
	if err := r.Register.Read(ctx, by, number, &p.Dossier, p.content, p.family); err != nil {
		return nil, err
	}
	p.Bar(Reply, p.Answer.late(clock.On(p.Now)))
	p.Bar(Divide, divisible(&p.Matter))
	p.Bar(Lengthen, lengthens(&p.Matter, p.Now))
	return p, nil
}

func (p *Proposal) content(q *register.Reading) {
	q.Queue(contentSQL+register.This, nil).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Content])
		if len(found) > 0 {
			p.Content = found[0]
		}
		return err
	})
}

// family is what it is a part of and what its parts are, as far as the scope reaches.
func (p *Proposal) family(q *register.Reading) {
	scope := q.Scope()
	q.Queue(`
		SELECT coalesce((SELECT m.number FROM matter m WHERE m.id = o.part_of AND (`+scope.SQL+`)), ''),
			(SELECT jsonb_agg(jsonb_build_object('Number', m.number, 'State', m.state, 'Unit', coalesce(u.name, '')) ORDER BY m.id)
				FROM proposal c JOIN matter m ON m.id = c.matter_id LEFT JOIN unit u ON u.code = m.unit WHERE c.part_of = o.matter_id AND (`+scope.SQL+`))
		FROM proposal o WHERE o.matter_id = `+register.This, scope.With(nil)).QueryRow(func(row pgx.Row) error {
		return pg.OrNone(row.Scan(&p.PartOf, &p.Parts))
	})
}
