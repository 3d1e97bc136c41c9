// The portal adds nothing of its own yet beyond the common part: the menu,
// the forms and the captcha are plain HTML.
