"use strict";

// Everything works without this file; it only makes things quicker.
document.documentElement.classList.add("scripted");

// A page that came back with faults starts at their summary.
document.querySelector("[data-focus]")?.focus();

// Buttons that can do nothing without a script are hidden until now.
for (const button of document.querySelectorAll("[data-do]")) {
  button.hidden = false;
}

function say(text) {
  const line = document.querySelector("[data-said]");
  if (line) {
    line.textContent = text;
  }
}

async function copyReceipt() {
  const number = document.querySelector("[data-receipt-number]")?.textContent.trim();
  const code = document.querySelector("[data-receipt-code]")?.textContent.trim();
  try {
    await navigator.clipboard.writeText(`投诉编号 ${number}\n查询码 ${code}`);
    say("已复制。请存到只有您看得到的地方。");
  } catch {
    say("没有复制成。请用手选中编号和查询码再复制，或者抄下来。");
  }
}

document.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "print") {
    window.print();
  } else if (what === "copy") {
    copyReceipt();
  }
});

// Print with every explanation opened, and close again what was closed.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  opened.forEach((d) => { d.open = true; });
});
addEventListener("afterprint", () => {
  opened.forEach((d) => { d.open = false; });
  opened = [];
});

// A long list of choices gets a box that narrows it while typing.
for (const box of document.querySelectorAll("[data-narrow]")) {
  const input = document.createElement("input");
  input.type = "search";
  input.className = "input";
  input.autocomplete = "off";
  // As view.Unsent has it: nothing that is typed goes to anybody else.
  for (const name of ["autocorrect", "autocapitalize"]) {
    input.setAttribute(name, "off");
  }
  for (const name of ["spellcheck", "writingsuggestions", "data-gramm", "data-gramm_editor", "data-enable-grammarly", "data-lt-active", "data-ms-editor"]) {
    input.setAttribute(name, "false");
  }
  input.setAttribute("translate", "no");
  input.setAttribute("aria-label", box.dataset.narrow);
  input.placeholder = box.dataset.narrow;
  const count = document.createElement("p");
  count.className = "small";
  count.setAttribute("role", "status");
  box.before(input, count);
  const choices = [...box.querySelectorAll(".choice")];
  input.addEventListener("input", () => {
    const words = input.value.trim().split(/\s+/);
    let shown = 0;
    for (const choice of choices) {
      const text = choice.textContent;
      const fits = words.every((w) => text.includes(w)) || choice.querySelector(":checked") !== null;
      choice.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = input.value.trim() === "" ? "" : `找到 ${shown} 个`;
  });
  // Return in the search box must not send the whole form.
  input.addEventListener("keydown", (e) => {
    if (e.key === "Enter") {
      e.preventDefault();
    }
  });
}

