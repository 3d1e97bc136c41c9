package press

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/document"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// Lead is a lead as the desk sees it.
type Lead struct {
	register.Dossier
	Content
}

// publicationsSQL reads the publications of a matter as they stand; its id, as an
// expression, follows it, then ORDER BY no, seq DESC.
const publicationsSQL = `SELECT DISTINCT ON (no) no, title, outlet, appeared_on AS on, link, dropped FROM press_publication WHERE matter_id = `

// contentSQL reads a Content; the matter's id, as an expression, follows it.
const contentSQL = `
	SELECT m.title, l.name AS who, l.outlet, coalesce(u.name, '') AS concerns, coalesce(u.code, '') AS concerns_code, l.known AS knows, l.wanted_by, l.embargo_from AS from,
		(SELECT k.due_on FROM clock k WHERE k.matter_id = l.matter_id AND k.rule = 'EMBARGO' AND k.stopped_at IS NULL) AS until,
		(SELECT jsonb_agg(jsonb_build_object('No', q.no, 'Round', CASE WHEN q.seq = 1 THEN 1 ELSE 2 END, 'Said', q.said) ORDER BY q.no)
			FROM press_question q WHERE q.matter_id = l.matter_id) AS questions,
		coalesce((SELECT jsonb_build_object('Version', s.version, 'Body', s.body, 'Contact', s.contact, 'By', p.name, 'At', e.at)
			FROM press_statement s JOIN staff p ON p.id = s.drafted_by JOIN event e ON e.matter_id = s.matter_id AND e.seq = s.seq
			WHERE s.matter_id = l.matter_id ORDER BY s.version DESC LIMIT 1), '{}') AS statement,
		(SELECT jsonb_agg(jsonb_build_object('No', x.no, 'Title', x.title, 'Outlet', x.outlet, 'On', x.on, 'Link', x.link, 'Dropped', x.dropped) ORDER BY x.no)
			FROM (` + publicationsSQL + `l.matter_id ORDER BY no, seq DESC) x) AS publications
	FROM press_lead l JOIN matter m ON m.id = l.matter_id LEFT JOIN unit u ON u.code = l.unit WHERE l.matter_id = `

// Known is what the form of a move is filled with before anybody types.
func (l *Lead) Known(a workflow.Action) workflow.Answers {
	switch {
	case a == HandOver:
		return workflow.Answers{"lead": {l.ConcernsCode}}
	case a == DraftStatement && l.Statement.Version > 0:
		return workflow.Answers{"statement": {l.Statement.Body}, "contact": {l.Statement.Contact}}
	case a == NotePublication:
		return workflow.Answers{"outlet": {l.Outlet}}
	case a == CorrectPublication && len(l.Standing()) == 1:
		return l.Standing()[0].Known()
	}
	return nil
}

// Signed is the statement that holds, nil before the signing.
func (l *Lead) Signed() *document.Document { return l.Dossier.Signed(document.Statement) }

// Preview is the statement as it would be signed today, without number and date.
func (l *Lead) Preview(s Statement) document.Paper {
	said := l.Content
	said.Statement = s
	return said.Paper(l.UnitName)
}

// Read is a whole lead; NotFound when the person may not know of it. What the journalist
// knows, and what the desk notes of it, may lead to their source: it is for the supervising
// office, and for nobody who only states, publishes or audits, or who came from the unit.
func (r *Register) Read(ctx context.Context, by staff.Person, number string) (*Lead, error) {
	l := &Lead{}
	if err := r.Register.Read(ctx, by, number, &l.Dossier, l.content); err != nil {
		return nil, err
	}
	l.Offered = Offered(l.Standing())
	switch {
	case by.Role.OfUnit(): // from whom notes of before are kept anyway
		l.Knows = ""
	case by.Role != staff.Registrar && by.Role != staff.Supervisor && by.Role != staff.Leader, slices.Contains(by.Bars, l.ConcernsCode):
		l.Knows = ""
		for i := range l.Events {
			if l.Events[i].StaffID != by.ID {
				l.Events[i].Note = ""
			}
		}
	}
	return l, nil
}

func (l *Lead) content(q *register.Reading) {
	q.Queue(contentSQL+register.This, nil).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[Content])
		if len(found) > 0 {
			l.Content = found[0]
		}
		return err
	})
}
