package site

import "github.com/a-h/templ"

// captchaBox is the id of the box, to which a fault leads.
const captchaBox = "captcha_solution"

// CaptchaField shows the picture, its sound and the box. 换一张 is a button that
// sends the form with captcha_do=renew, so that nothing typed is lost; with a script
// only the picture changes.
type CaptchaField struct {
	ID       string // of the captcha, sent back as captcha_id
	Page     string // where the form goes
	Renewed  bool   // it was asked for by 换一张: the box has the focus
	ImageURL string
	AudioURL string
	Error    string
	Elder    bool // sound first
}

// about says to readers what describes the box.
func (f CaptchaField) about() templ.Attributes {
	if f.Error == "" {
		return templ.Attributes{"aria-describedby": captchaBox + "-hint"}
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": captchaBox + "-hint " + captchaBox + "-error"}
}
