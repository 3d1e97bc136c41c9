package member

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"zhengxin/internal/fault"
	"zhengxin/internal/form"
	"zhengxin/internal/key"
	"zhengxin/internal/otp"
	"zhengxin/internal/pg"
)

// Factor is the second factor of an account, which its member chooses. The mailed link is
// the first of both; who has an authenticator may bring the login code in its place.
type Factor string

// The factors; the table `member_factor` has the same words.
const (
	ByCode Factor = "code"
	ByOTP  Factor = "totp"
)

// Word is what the factor is called.
func (f Factor) Word() string { return map[Factor]string{ByCode: "登录码", ByOTP: "验证器"}[f] }

// OTPIssuer is what an authenticator lists our secret under.
const OTPIssuer = "政务诚信投诉监督平台"

// The secret of an authenticator is made of the portal's code key and a nonce. The database
// has the nonce alone: neither a dump of it nor the key opens anything without the other.
// It counts each guess before the code is looked at, and says what time it is, since
// whoever runs SQL as the portal would name one at which an old code was right.

func nonceText(nonce []byte) string { return "totp:" + hex.EncodeToString(nonce) }

// proofText is what the portal alone can make of a nonce: the database takes a code as
// right from nobody who lacks the key.
func proofText(nonce []byte) string { return "totp right:" + hex.EncodeToString(nonce) }

// guess is a guess at a code, as it was counted.
type guess struct {
	Guess int64
	Spent bool // too many were wrong within an hour
	Nonce string
	Now   int64 // seconds
	Left  int   // guesses that the link has after this one
}

// counted counts a guess; false where the link or session opens nothing.
func (d *Door) counted(ctx context.Context, sql string, args pg.Args) (g guess, ok bool, err error) {
	said, err := pg.One[*string](ctx, d.Pool, sql, args)
	if err != nil {
		return g, false, fmt.Errorf("count a guess: %w", err)
	}
	if said == nil {
		return g, false, nil
	}
	if err := json.Unmarshal([]byte(*said), &g); err != nil {
		return g, false, fmt.Errorf("count a guess: %w", err)
	}
	return g, true, nil
}

// right says whether a code is one of the authenticator with this nonce: its step, and the
// proof that this was checked. Step 0 where it is not. A secret that was made before a code
// key was exchanged is one, too.
func (d *Door) right(nonce []byte, code string, now int64) (step int64, proof []byte, err error) {
	proofs := d.Codes.MACs(proofText(nonce))
	for i, secret := range d.Codes.MACs(nonceText(nonce)) {
		fits, err := otp.Secret(secret[:otp.Size]).Step(code, time.Unix(now, 0))
		if err != nil {
			return 0, nil, err
		}
		if fits != 0 && step == 0 {
			step, proof = fits, proofs[i]
		}
	}
	return step, proof, nil
}

// right is Door.right with what was counted.
func (g guess) right(d *Door, code string) (step int64, proof []byte, err error) {
	nonce, err := hex.DecodeString(g.Nonce)
	if err != nil {
		return 0, nil, fmt.Errorf("nonce: %w", err)
	}
	return d.right(nonce, code, g.Now)
}

const (
	usedOTP  = "这个验证码已经用过了。请等手机上换出下一个（最多 30 秒）再试"
	wrongOTP = "验证码对不上。请看准手机上现在显示的 6 位数字，并核对手机的时间"
	spentOTP = "一小时里验证码错了 10 次，这一次没有核对。请过一会儿再试。"
)

// ReadOTP is a code as it was typed; a sentence where it cannot be one.
func ReadOTP(typed string) (code, sentence string) {
	code = form.DigitsOnly(typed)
	if !otp.IsCode(code) {
		return "", "请写验证器上显示的 6 位数字。没有去核对，也不算试错"
	}
	return code, ""
}

// EnterOTP uses a link up with a code of the authenticator and begins a session. A code
// that does not fit is NotFound.
func (d *Door) EnterOTP(ctx context.Context, link key.Secret, code string) (key.Secret, error) {
	g, ok, err := d.counted(ctx, `SELECT member_try_link(@token)`, pg.Args{"token": LinkID(link)})
	switch {
	case err != nil:
		return key.Secret{}, err
	case !ok:
		return key.Secret{}, ErrGone
	case g.Spent:
		return key.Secret{}, fault.New(fault.TooMany, spentOTP)
	}
	said, session, err := d.enterOTP(ctx, g, code, `SELECT member_enter_link(@token, @guess, @step, @proof, @session)`, pg.Args{"token": LinkID(link)})
	switch {
	case err != nil:
		return key.Secret{}, err
	case said == "open":
		return session, nil
	case said == "gone" || g.Left == 0:
		return key.Secret{}, ErrGone
	case said == "used":
		return key.Secret{}, fault.New(fault.NotFound, usedOTP+"。再错 %d 次，这个链接就作废。", g.Left)
	}
	return key.Secret{}, fault.New(fault.NotFound, wrongOTP+"。再错 %d 次，这个链接就作废。", g.Left)
}

// ErrWrong is the one answer to a login code and a code that do not come in together:
// whichever is wrong, used or tried too often, of an account that was closed, of a term that
// is over, of nobody.
var ErrWrong = fault.New(fault.NotFound, "登录码和验证码对不上，或者这个验证码已经用过。请核对登录码，等手机上换出下一个验证码再试。一小时里错了 10 次的，要过一会儿才行；没有设过验证器的，请用登录链接。")

// EnterBoth begins a session without a letter, by login code and authenticator.
func (d *Door) EnterBoth(ctx context.Context, login, code string) (key.Secret, error) {
	macs := d.Codes.MACs(codeText(login))
	g, _, err := d.counted(ctx, `SELECT member_try_code(@macs)`, pg.Args{"macs": macs})
	if err != nil {
		return key.Secret{}, err
	}
	said, session, err := d.enterOTP(ctx, g, code, `SELECT member_enter_code(@macs, @guess, @step, @proof, @session)`, pg.Args{"macs": macs})
	if err != nil || said == "open" {
		return session, err
	}
	return key.Secret{}, ErrWrong
}

// enterOTP begins a session when the code is right; what the database said else.
func (d *Door) enterOTP(ctx context.Context, g guess, code, sql string, args pg.Args) (said string, session key.Secret, err error) {
	step, proof, err := g.right(d, code)
	if err != nil || step == 0 || g.Spent {
		return "wrong", session, err
	}
	if session, err = key.NewSecret(d.Random); err != nil {
		return "", session, err
	}
	args["guess"], args["step"], args["proof"], args["session"] = g.Guess, step, proof, SessionID(session)
	if said, err = pg.One[string](ctx, d.Pool, sql, args); err != nil {
		return "", session, fmt.Errorf("enter by an authenticator: %w", err)
	}
	return said, session, nil
}

// pending is the nonce of an authenticator that is being set up. It follows from the session
// and the factor that it is to replace: a page loaded anew shows the same secret, and
// nothing is kept of one that nobody confirms.
func pending(session key.Secret, h Home) []byte {
	return session.ID(fmt.Sprint("member authenticator after ", h.FactorID))
}

// Enrolment is the secret that a session's page offers to an authenticator.
func (d *Door) Enrolment(session key.Secret, h Home) (otp.Enrolment, error) {
	return otp.Secret(d.Codes.MAC(nonceText(pending(session, h)))[:otp.Size]).Enrolment(OTPIssuer, h.Name)
}

// ErrChosen says that the factor is not what a page showed any more.
var ErrChosen error = fault.New(fault.Conflict, "没有办。登录方式刚才已经换过，下面是现在的。")

// Choose changes the second factor to the other one. Either way both are shown: the login
// code, and a code of the authenticator that is set up or given up.
func (d *Door) Choose(ctx context.Context, session key.Secret, to Factor, h Home, login, code string) error {
	if h.Factor == to {
		return ErrChosen
	}
	g, ok, err := d.counted(ctx, `SELECT member_try_own(@session)`, pg.Args{"session": SessionID(session)})
	switch {
	case err != nil:
		return err
	case !ok:
		return ErrNoSession
	case g.Spent:
		return fault.New(fault.TooMany, spentOTP)
	}
	var nonce []byte // null puts the login code back
	if to == ByOTP {
		nonce = pending(session, h)
		g.Nonce = hex.EncodeToString(nonce)
	}
	step, proof, err := g.right(d, code)
	if err != nil {
		return err
	}
	if step == 0 {
		return fault.Fields([]fault.Field{{Name: "otp", Sentence: wrongOTP}})
	}
	said, err := pg.One[string](ctx, d.Pool, `SELECT member_choose(@session, @macs, @guess, @step, @proof, @nonce)`, pg.Args{
		"session": SessionID(session), "macs": d.Codes.MACs(codeText(login)), "guess": g.Guess, "step": step, "proof": proof, "nonce": nonce})
	if err != nil {
		return fmt.Errorf("choose a factor: %w", err)
	}
	switch said {
	case "done":
		return nil
	case "gone":
		return ErrNoSession
	case "changed":
		return ErrChosen
	case "used":
		return fault.Fields([]fault.Field{{Name: "otp", Sentence: usedOTP}})
	}
	return fault.Fields([]fault.Field{{Name: "login_code", Sentence: "登录码对不上，请照那张纸再填。丢了，请联系登记员换一个"}})
}
