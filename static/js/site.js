// 换一张 changes the picture where it stands: the page is asked for as without a
// script, and of what comes back only the captcha is taken.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  const field = button?.closest("[data-captcha]");
  if (!field || button.name !== "captcha_do") {
    return;
  }
  event.preventDefault();
  if (field.dataset.busy) {
    return;
  }
  field.dataset.busy = "yes";
  try {
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    const answer = await fetch(button.formAction, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-captcha]");
    if (!answer.ok || !fresh) {
      throw new Error("no captcha came back");
    }
    for (const [css, name] of [["[name=captcha_id]", "value"], ["img", "src"], ["a[href$='.wav']", "href"]]) {
      field.querySelector(css).setAttribute(name, fresh.querySelector(css).getAttribute(name));
    }
    field.querySelector("[name=captcha_solution]").value = "";
    field.querySelector("[data-renewed]").textContent = "已换了一张，请输入新图里的数字";
  } catch {
    // Whatever is in the way, the page says it as it does without a script.
    const sent = document.createElement("input");
    sent.type = "hidden";
    sent.name = button.name;
    sent.value = button.value;
    form.append(sent);
    form.action = button.formAction;
    form.submit();
  } finally {
    delete field.dataset.busy;
  }
});
