package running

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"zhengxin/internal/captcha"
	"zhengxin/internal/complaint"
	"zhengxin/internal/key"
	"zhengxin/internal/web"
)

// DraftCookie is the portal's cookie of a filing.
const DraftCookie = "zx_draft"

// Prepared is a filing whose last page waits to be sent.
type Prepared struct {
	Cookie string
	Token  []byte
	Fields url.Values
}

// Prepare makes filings of which only the last step is missing: one is walked
// through all pages, its draft is copied under other cookies with other tokens
// and, where story is given, another title and text.
func (o *Office) Prepare(ctx context.Context, owner *pgxpool.Pool, n int, story func(i int) (title, facts string)) ([]Prepared, error) {
	content, err := o.walked(ctx, owner)
	if err != nil {
		return nil, err
	}
	all := make([]Prepared, n)
	captchas := make([][]any, n)
	group, saving := errgroup.WithContext(ctx)
	group.SetLimit(4)
	drafts := complaint.Drafts{Pool: owner, Now: time.Now}
	for i := range all {
		token := make([]byte, 16)
		_, _ = rand.Read(token) // crypto/rand does not fail
		content["Token"] = base64.StdEncoding.EncodeToString(token)
		if story != nil {
			told := content["Story"].(map[string]any)
			told["Title"], told["Facts"] = story(i)
		}
		draft, err := json.Marshal(content)
		if err != nil {
			return nil, err
		}
		secret, err := key.NewSecret(rand.Reader)
		if err != nil {
			return nil, err
		}
		id := hex.EncodeToString(token) // any text will do
		captchas[i] = []any{id, []byte{2, 3, 4, 5, 7, 9}, complaint.DraftID(secret), time.Now().Add(captcha.Life)}
		all[i] = Prepared{Cookie: secret.Cookie(), Token: token, Fields: url.Values{
			"_csrf": {web.Token(secret.Cookie())}, "form_token": {base64.RawURLEncoding.EncodeToString(token)},
			"captcha_id": {id}, "captcha_solution": {"234579"}, "pledge": {"yes"},
		}}
		group.Go(func() error {
			if _, err := drafts.Save(saving, secret, draft); err != nil {
				return err
			}
			v := NewVisitor(o.Portal)
			v.SetCookie(DraftCookie, secret.Cookie())
			page, err := v.Get(saving, "/complaints/new/check")
			if err != nil {
				return err
			}
			all[i].Fields.Set(web.ShownField, page.Hidden().Get(web.ShownField)) // only what was seen is filed
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	_, err = owner.CopyFrom(ctx, pgx.Identifier{"captcha"}, []string{"id", "digits", "draft", "expires_at"}, pgx.CopyFromRows(captchas))
	return all, err
}

// walked is the draft of one filing that went through every page.
func (o *Office) walked(ctx context.Context, owner *pgxpool.Pool) (map[string]any, error) {
	var unit, category string
	err := owner.QueryRow(ctx, `
		SELECT (SELECT min(code) FROM unit WHERE complainable AND kind = 'department'), (SELECT min(code) FROM category)`).Scan(&unit, &category)
	if err != nil {
		return nil, err
	}
	v := NewVisitor(o.Portal)
	if _, err := v.WalkToCheck(ctx, unit, category); err != nil {
		return nil, err
	}
	secret, ok := key.ParseSecret(v.Cookie(DraftCookie))
	if !ok {
		return nil, fmt.Errorf("the portal set no cookie %s", DraftCookie)
	}
	saved, err := (&complaint.Drafts{Pool: owner, Now: time.Now}).Load(ctx, secret)
	if err != nil {
		return nil, err
	}
	content := map[string]any{}
	return content, json.Unmarshal(saved.Content, &content)
}
