// On a small screen the filters begin closed, unless they have something to say.
if (matchMedia("(max-width: 48rem)").matches) {
  for (const fold of document.querySelectorAll("[data-fold-small]")) {
    fold.open = fold.querySelector(".echo") !== null;
  }
}

// Keys of the desk. Each has a visible control; they are silent while typing,
// with Ctrl, Alt or Meta, and where the page says data-keys="off".
const keysOff = document.body.dataset.keys === "off";
const rows = () => [...document.querySelectorAll("[data-row] [data-open]")];
let waitsForPlace = false;

function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
}

const follow = (selector) => document.querySelector(selector)?.click();
const focusOn = (selector) => document.querySelector(selector)?.focus();

const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement?.closest("[data-row]")?.querySelector("[data-open]")?.click(),
  x: () => document.activeElement?.closest("[data-row]")?.querySelector("input[type=checkbox]")?.click(),
  "/": () => focusOn("[data-key='/']"),
  f: () => focusOn("[data-filters] input, [data-filters] select"),
  n: () => focusOn("[data-key='N']"),
  c: () => follow("[data-key='C']"),
  u: () => follow("[data-key='U']"),
  "[": () => follow("[data-key='[']"),
  "]": () => follow("[data-key=']']"),
  "?": () => location.assign("/keys"),
};

const places = { m: "/", l: "/complaints", d: "/cases" };

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
}

if (!keysOff) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
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
    if (waitsForPlace) {
      waitsForPlace = false;
      if (places[key]) {
        location.assign(places[key]);
      }
      return;
    }
    if (key === "g") {
      waitsForPlace = true;
      return;
    }
    if (/^[1-9]$/.test(key)) {
      document.querySelectorAll("[data-action]")[Number(key) - 1]?.focus();
      return;
    }
    if (keys[key]) {
      event.preventDefault();
      keys[key]();
    }
  });
}
