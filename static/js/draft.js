
// Drafts of the desk: after 5 seconds without a key, every 20 seconds while somebody
// types on, and on leaving a field or the page, what was typed is sent as the button
// 存草稿 would send it. It is never lost without a word: what could not be kept is said
// in the field that is being typed into, and the page asks before it closes.
const draftQuiet = 5_000;
const draftEvery = 20_000;
const draftWords = document.querySelector("template[data-draft-words]")?.content;

// drawnFor is what a form's token ends in: whose page it is. What one of two people at a
// computer wrote is not kept for the other.
const drawnFor = (token) => token.replace(/^new\./, "").split(".")[1];

function keepDraft(form) {
  const said = form.querySelector("[data-draft-said]");
  if (!said || !draftWords) {
    return;
  }
  const address = form.getAttribute("action");
  const fields = () => new URLSearchParams([...new FormData(form), ["do", "autosave"]]);
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "_csrf")).toString();
  let kept = form.dataset.draft === "unsaved" ? "" : typed();
  let going = null; // the save on its way
  let sent = false; // the form itself, or the wish to drop its draft
  let lost = null; // the banner
  let flown = ""; // sent on leaving
  let quiet = 0; // the timer of the pause

  // What is said of a draft stands in the field that was typed into last: at the end of
  // the form it would be out of sight. Where the page says "still" nothing moves under a
  // thumb: it has a place of its own.
  function place(element) {
    const field = element.closest?.(".field");
    if (field && form.contains(field) && form.dataset.draft !== "still") {
      field.append(said);
      if (lost) {
        said.after(lost);
      }
    }
  }

  function count() {
    const boxes = [...form.querySelectorAll("textarea, input[type=text]")];
    return boxes.reduce((n, box) => n + [...box.value].length, 0).toLocaleString("en-US");
  }

  function tell(title, advice) {
    if (!lost) {
      lost = draftWords.querySelector("[data-draft-lost]").cloneNode(true);
      lost.className = "banner banner-vermilion";
      lost.setAttribute("role", "alert");
      lost.querySelector("[data-draft-again]").addEventListener("click", again);
      said.after(lost);
    }
    said.textContent = "";
    lost.querySelector("[data-draft-title]").textContent = title;
    lost.querySelector("[data-draft-text]").textContent = `您写的 ${count()} 个字还在这个页面上，请不要关闭。${advice}`;
  }

  function done(sentence) {
    lost?.remove();
    lost = null;
    const words = document.createElement("span");
    words.textContent = sentence;
    said.textContent = "";
    said.append(draftWords.querySelector("svg").cloneNode(true), words);
  }

  async function refused(answer) {
    const plain = answer.headers.get("Content-Type")?.startsWith("text/plain");
    if (plain) {
      tell((await answer.text()).replace(/。$/, ""), "");
    } else if (answer.status === 403) {
      tell(form.dataset.draftLapsed ?? "没有保存，登录已过期", form.dataset.draftHelp ?? "请在另一个窗口登录，再按“再存一次”，不会存成两份。");
    } else {
      tell("没有保存", "请过一会儿按“再存一次”，不会存成两份。");
    }
  }

  async function save() {
    const now = typed();
    if (sent || going || now === kept) {
      return;
    }
    going = new AbortController();
    try {
      const answer = await fetch(address, { method: "POST", body: fields(), signal: going.signal });
      if (answer.ok && !answer.redirected) {
        kept = now;
        began();
        done(await answer.text());
      } else {
        await refused(answer);
      }
    } catch {
      if (!sent) {
        tell("没有保存，网络断了", "连上后按“再存一次”，不会存成两份。");
      }
    }
    going = null;
  }

  // The page has a draft now, and must not begin another once that one is gone.
  function began() {
    const saves = form.elements.saves;
    if (saves?.value === "none") {
      saves.value = "0";
      kept = typed();
    }
  }

  // Whoever has logged in anew has a new token, and a page that was sent meanwhile
  // another count of savings; the page still bears the old ones.
  async function again() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const token = page.querySelector("main [name=_csrf]")?.value;
      const [now, then] = [token ?? "", form.elements._csrf.value].map(drawnFor);
      if (now && then && now !== then) {
        tell("没有保存，现在登录的是另一个账号", "请写这一页的人登录，再按“再存一次”。");
        return;
      }
      for (const input of token ? document.querySelectorAll("[name=_csrf]") : []) {
        input.value = token;
      }
      const saves = page.querySelector("main [name=saves]")?.value;
      if (saves && form.elements.saves) {
        form.elements.saves.value = saves;
      }
    } catch {
      // Still no network: save says so.
    }
    await save();
  }

  // The page goes, and an answer would come to nobody: should it come back, the
  // next save sends the same once more.
  function leave() {
    const now = typed();
    if (!sent && now !== kept && now !== flown && navigator.sendBeacon(address, fields())) {
      flown = now;
    }
  }

  setInterval(save, draftEvery);
  form.addEventListener("input", (event) => {
    place(event.target);
    clearTimeout(quiet);
    quiet = setTimeout(save, draftQuiet);
  });
  form.addEventListener("focusin", (event) => {
    if (lost && event.target.matches("textarea, input")) {
      place(event.target);
    }
  });
  form.addEventListener("change", save);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      leave();
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === address) {
      sent = true;
      going?.abort();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (lost && !sent) {
      event.preventDefault();
    }
  });
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);
