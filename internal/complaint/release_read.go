package complaint

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"zhengxin/internal/clock"
	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/pg"
	"zhengxin/internal/register"
	"zhengxin/internal/staff"
	"zhengxin/internal/workflow"
)

// ReleaseText is one version of what is published of a complaint, or was to be.
type ReleaseText struct {
	Version                 int
	Title, Question, Answer string
	Writer                  string
	At                      time.Time
}

// Release is how far publishing a complaint has come.
type Release struct {
	Stage    workflow.Action // what was done last about it; empty: nobody spoke of it
	At       time.Time
	Texts    []ReleaseText // newest first
	Original original      // what it is written from; while it is wanted
	Back     string        // why the newest text was returned or refused
}

// Wanted says that whoever complained wants it published, as it stands.
func (r Release) Wanted() bool {
	return r.Stage != "" && r.Stage != EndRelease && r.Stage != DeclineRelease
}

// ReleaseHidden says that what was published is not shown any more, by what became of the
// complaint since: as the public's own statement has it.
func (d *Dossier) ReleaseHidden() bool {
	return d.Release.Stage == PublishRelease && (d.Matter.Has(releaseNever) || d.Matter.Has(releaseOld) || !slices.Contains(releasable, d.Matter.State))
}

// Newest is the text that stands; false without one.
func (r Release) Newest() (ReleaseText, bool) {
	if len(r.Texts) == 0 {
		return ReleaseText{}, false
	}
	return r.Texts[0], true
}

// FoundBefore are what somebody has to deal with in what was said and answered.
func (r Release) FoundBefore() []ReleaseFinding {
	o := original{People: r.Original.People, ContractNo: r.Original.ContractNo} // nothing is copied here
	var all []ReleaseFinding
	for _, text := range append([]string{r.Original.Title, r.Original.Request, r.Original.Facts, r.Original.Reasons}, r.Original.Answer...) {
		all = append(all, o.find(text)...)
	}
	return all
}

// Doubts are what whoever wrote the newest text has looked at and left in it.
func (r Release) Doubts() []ReleaseFinding {
	if t, ok := r.Newest(); ok {
		return r.Original.Doubts(t)
	}
	return nil
}

// release reads it with the complaint; whoever reads for a handling unit learns nothing of it.
func (d *Dossier) release(p staff.Person) func(*register.Reading) {
	return func(q *register.Reading) {
		if !p.Role.OfUnit() {
			d.readRelease(q)
		}
	}
}

func (d *Dossier) readRelease(q *register.Reading) {
	q.Queue(`SELECT e.action, e.at, CASE e.action WHEN 'return_release' THEN e.note WHEN 'refuse_release' THEN e.public_text ELSE '' END
		FROM event e WHERE e.matter_id = `+register.This+` AND e.action = release_stage(e.matter_id) ORDER BY e.seq DESC LIMIT 1`, nil).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&d.Release.Stage, &d.Release.At, &d.Release.Back}, func() error { return nil })
		return err
	})
	q.Queue(`SELECT t.version, t.title, t.question, t.answer, e.actor_name, e.at FROM release_text t JOIN event e ON e.matter_id = t.matter_id AND e.seq = t.seq
		WHERE t.matter_id = `+register.This+` ORDER BY t.version DESC`, nil).Query(register.Collect(&d.Release.Texts))
	q.Queue(originalSQL+register.This+` AND coalesce(release_stage(m.id) NOT IN ('end_release', 'decline_release'), false)`, nil).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[original])
		if len(found) > 0 {
			d.Release.Original = found[0]
		}
		return err
	})
}

// OwnRelease is what a complainant sees of it: the text once two people have agreed on it.
type OwnRelease struct {
	Stage                   workflow.Action
	Never                   bool // nothing of it is ever published
	Shown                   bool // the public reads it now
	ID                      string
	Crowd                   int    // before they consent: how many complain about the same unit and kind of thing within a year, at most 20
	Read                    string // which text that is, to be said yes to
	Title, Question, Answer string
}

// Wanted says that they want it published, as it stands.
func (r OwnRelease) Wanted() bool { return Release{Stage: r.Stage}.Wanted() }

// facts are those that its complainant's moves ask for.
func (r OwnRelease) facts() (flags []string) {
	for flag, holds := range map[string]bool{releaseOpen: r.Wanted(), releaseNever: r.Never, releaseApproved: r.Stage == ApproveRelease, releaseAgreed: r.Stage == AgreeRelease} {
		if holds {
			flags = append(flags, flag)
		}
	}
	return flags
}

// Published is a complaint as the public reads it.
type Published struct {
	ID                      string
	Title, Question, Answer string
	Category, Unit          string     // codes
	ShownIn                 clock.Date // the first of its month
}

// PublishedFilter is which of them; an empty field is all.
type PublishedFilter struct {
	Category, Unit, Words string
	Page                  int // from 0
	Most                  int
}

// Published are those of the newest first, and whether there are more. It is asked anew each
// time: what is taken back is gone with it.
func (r *Register) Published(ctx context.Context, f PublishedFilter) (found []Published, more bool, err error) {
	found, err = pg.All[Published](ctx, r.Pool, `
		SELECT p.id::text, p.title, p.question, p.answer, p.category, p.unit, p.shown_in FROM public_releases() p
		WHERE (@category = '' OR p.category = @category) AND (@unit = '' OR p.unit = @unit)
			AND (@words = '' OR strpos(lower(concat_ws(' ', p.title, p.question, p.answer)), lower(@words)) > 0)
		ORDER BY p.shown_in DESC, p.id DESC OFFSET @from LIMIT @most`,
		pg.Args{"category": f.Category, "unit": f.Unit, "words": form.Line(f.Words), "from": f.Page * f.Most, "most": f.Most + 1})
	if err != nil {
		return nil, false, fmt.Errorf("published complaints: %w", err)
	}
	if len(found) > f.Most {
		return found[:f.Most], true, nil
	}
	return found, false, nil
}

// PublishedByID is one of them. One that was taken down is gone, and that is all that is said.
func (r *Register) PublishedByID(ctx context.Context, id string) (found Published, gone bool, err error) {
	found, err = pg.One[Published](ctx, r.Pool, `SELECT p.id::text, p.title, p.question, p.answer, p.category, p.unit, p.shown_in FROM public_releases() p WHERE p.id = @id::text::uuid`, pg.Args{"id": id})
	if err == nil || !pg.IsNoRows(err) {
		return found, false, err
	}
	if gone, err = pg.One[bool](ctx, r.Pool, `SELECT release_was_public(@id::text::uuid)`, pg.Args{"id": id}); err != nil {
		return found, false, fmt.Errorf("a published complaint: %w", err)
	}
	if !gone {
		return found, false, fault.New(fault.NotFound, "没有这一件。可能是地址抄错了。")
	}
	return found, true, nil
}
