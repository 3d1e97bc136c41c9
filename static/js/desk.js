// One button ticks every row of a list, or none.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do=ticks]");
  if (button) {
    const own = [...button.closest("form").querySelectorAll("[data-line] input[type=checkbox]")];
    const boxes = own.length > 0 ? own : [...document.querySelectorAll("[data-row] input[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  }
});

// On a small screen the filters begin closed, unless they have something to say.
if (matchMedia("(max-width: 48rem)").matches) {
  for (const fold of document.querySelectorAll("[data-fold-small]")) {
    fold.open = fold.querySelector(".echo") !== null;
  }
}

// Keys of the desk. Each has a visible control; they are silent while typing,
// with Ctrl, Alt or Meta, and where the page says data-keys="off".
const keysOff = document.body.dataset.keys === "off";
let waitsForPlace = false;

const here = () => document.activeElement?.closest("[data-row]");

function step(by) {
  const all = [...document.querySelectorAll("[data-row]")];
  const at = all.indexOf(here());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.max(0, Math.min(all.length - 1, next))]?.querySelector("[data-open]")?.focus();
}

const follow = (selector) => document.querySelector(selector)?.click();

function focusOn(selector) {
  const target = document.querySelector(selector);
  const fold = target?.closest("details");
  if (fold) {
    fold.open = true;
  }
  target?.focus();
}

// The nth of 现在您可以: its button, or what opens its form. A list has what may be done to
// its ticked rows instead, a page that is one form its button.
function focusMove(n) {
  const moves = document.querySelectorAll(".moves > li");
  const places = moves.length > 0
    ? [...moves].map((li) => li.querySelector("details:not([open]) > summary, [data-action]"))
    : document.querySelectorAll(".many [name=do], main [data-action]");
  places[n - 1]?.focus();
}

// Whoever opens the form of a move by a key stands in its first field.
let pressedKey = false;
document.addEventListener("keydown", () => { pressedKey = true; });
document.addEventListener("pointerdown", () => { pressedKey = false; });
document.addEventListener("toggle", (event) => {
  const form = event.target;
  if (pressedKey && form.open && form.matches(".move-fields") && form.contains(document.activeElement)) {
    form.querySelector(".move-form input:not([type=hidden]), .move-form textarea, .move-form select")?.focus();
  }
}, true);

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => here()?.querySelector("[data-open]")?.click(),
  a: () => follow("[data-do=ticks]"),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => focusOn("[data-key='/']"),
  f: () => focusOn("[data-filters] input:not([type=hidden]), [data-filters] select"),
  n: () => focusOn("[data-key='N']"),
  c: () => follow("[data-key='C'], .desk-nav a[href='/register']"),
  u: () => follow("[data-key='U']"),
  "[": () => follow("[data-key='[']"),
  "]": () => follow("[data-key=']']"),
  "?": () => location.assign("/keys"),
  g: () => { waitsForPlace = true; },
};
for (let n = 1; n <= 9; n += 1) {
  keys[n] = () => focusMove(n);
}

// Where a key leads after a G stands in the navigation: what this person may not read is
// not there.
const place = (key) => document.querySelector(`[data-go~="${CSS.escape(key.toUpperCase())}"]`)?.getAttribute("href");

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
}

if (!keysOff) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.key === "Shift") {
      return;
    }
    if (event.key === "Escape") {
      document.activeElement?.blur();
      return;
    }
    if (typing(event.target)) {
      return;
    }
    const key = event.key.toLowerCase();
    const to = waitsForPlace && place(key);
    waitsForPlace = false;
      if (to) {
        location.assign(to);
      } else if (Object.keys(keys).includes(key)) {
      event.preventDefault();
      keys[key]();
    }
  });
}

// A choice on which other fields depend: its button fetches the page anew, and only the
// part that it names is put in place, with what was typed meanwhile. Without an answer the
// button is there to be pressed.
for (const button of document.querySelectorAll("[data-refills]")) {
  const [part, ...names] = button.dataset.refills.split(" ");
  const form = button.form;
  const typed = () => new URLSearchParams([...new FormData(form), [button.name, button.value]]);
  const refill = async () => {
    const sent = typed();
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector(part)) {
        throw new Error(answer.statusText);
      }
      if (typed().toString() === sent.toString()) {
        document.querySelector(part).replaceWith(page.querySelector(part));
      } else {
        await refill(); // typed on meanwhile
      }
    } catch {
      button.hidden = false;
    }
  };
  button.hidden = true;
  form.addEventListener("change", (event) => {
    if (names.includes(event.target.name)) {
      refill();
    }
  });
}

// A block of text is put into its field in place, after what stands there.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-put]");
  const field = button && document.getElementById(button.dataset.put);
  if (!field) {
    return;
  }
  event.preventDefault();
  field.value = field.value.trim() ? field.value.replace(/\n+$/, "") + "\n" + button.dataset.text : button.dataset.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
