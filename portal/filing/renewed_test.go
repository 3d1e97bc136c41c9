package filing_test

import "testing"

// 换一张 leads back to the box of the picture, once: with another picture, with the pledge
// as it was ticked, and with nothing typed for the picture before. Whatever is pressed
// next takes the focus from there again.
func TestAnotherPictureLeadsBackToItsBoxOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.Visitor()
	page := toCheck(t, v)
	const box = "#captcha_solution"
	if page.Has(box + "[autofocus]") {
		t.Error("the box has the focus before another picture was asked for")
	}
	first := page.Attr("[name=captcha_id]", "value")
	page = page.Submit(t, "[name=captcha_do]", values("captcha_solution", "123", "pledge", "yes")).Want(t, 200)
	if id := page.Attr("[name=captcha_id]", "value"); id == first || id == "" || page.Attr("[data-captcha] img", "src") == "" || page.Attr(box, "value") != "" {
		t.Errorf("the picture %q is now %q, the box holds %q", first, id, page.Attr(box, "value"))
	}
	if !page.Has(box+"[autofocus]") || !page.Has("[name=pledge][checked]") || len(page.All(".error-summary")) != 0 {
		t.Errorf("led back without the focus or the pledge: %s", page.Text("form"))
	}
	if unticked := page.Submit(t, "[name=captcha_do]", values("pledge", "")).Want(t, 200); unticked.Has("[name=pledge][checked]") {
		t.Error("another picture ticks the pledge")
	}
	wrong := page.Submit(t, form, values("captcha_solution", "000000", "pledge", "yes"))
	if wrong.Has(box+"[autofocus]") || s.Count(t, "matter") != 0 {
		t.Errorf("after a wrong solution the box has the focus of another picture: %q", wrong.Text(".error-summary"))
	}
}
