// Writes compat.tsv anew: npm pack @mdn/browser-compat-data, unpack it, then
// node compat.mjs package/data.json > compat.tsv
import fs from "node:fs";

const { css, api, javascript, __meta } = JSON.parse(fs.readFileSync(process.argv[2]));
const browsers = ["chrome", "firefox", "safari"];
const promised = { css: [80, 78, 13], script: [80, 78, 13.1] };
const lines = [];

const version = (text) => (text === true ? "1" : String(text).replace("≤", ""));
const list = (support) => (Array.isArray(support) ? support : [support ?? {}]);
// since is the version that has a thing under its own name, without being switched on:
// the first, where it was called unfinished before, and never where it is gone again.
function since(compat, prefix) {
  return browsers.map((b) => {
    const had = list(compat.support[b]).filter((s) => (s.prefix ?? "") === prefix && !s.flags && !s.alternative_name && s.version_added && s.version_added !== "preview");
    if (!had.some((s) => !s.version_removed)) return "-";
    return had.map((s) => version(s.version_added)).sort((x, y) => parseFloat(x) - parseFloat(y))[0];
  });
}
const newer = (row, than) => row.some((v, i) => v === "-" || parseFloat(v) > than[i]);

function line(kind, name, compat, all) {
  const row = since(compat, "");
  if (all || newer(row, promised.css)) lines.push([kind, name, ...row].join("\t"));
  for (const prefix of kind === "property" ? ["-webkit-", "-moz-"] : []) {
    const prefixed = since(compat, prefix);
    if (prefixed.some((v) => v !== "-")) lines.push([kind, prefix + name, ...prefixed].join("\t"));
  }
}
const parts = (of) => Object.entries(of).filter(([name, part]) => name !== "__compat" && part.__compat);

for (const [name, property] of parts(css.properties)) {
  line("property", name, property.__compat, true);
  for (const [value, part] of parts(property)) line("value", `${name}.${value}`, part.__compat, false);
}
for (const [name, selector] of parts(css.selectors)) line("selector", name, selector.__compat, true);
for (const [name, rule] of parts(css["at-rules"])) {
  line("at-rule", name, rule.__compat, true);
  for (const [part, of] of parts(rule)) line("at-rule", `${name}.${part}`, of.__compat, true);
}
for (const [name, type] of parts(css.types)) {
  line("type", name, type.__compat, false);
  for (const [part, of] of parts(type)) line("type", `${name}.${part}`, of.__compat, false);
}

// A name of scripts counts as old when anything has it: which object it is of cannot
// be seen.
const names = new Map();
for (const [name, object] of [...parts(api), ...parts(javascript.builtins)]) {
  for (const [member, of] of [[name, object], ...parts(object)]) {
    const key = member.replace(/_static$|_event$/, "");
    const row = since(of.__compat, "");
    const before = names.get(key) ?? ["-", "-", "-"];
    names.set(key, row.map((v, i) => (before[i] === "-" || (v !== "-" && parseFloat(v) < parseFloat(before[i])) ? v : before[i])));
  }
}
for (const [name, row] of [...names].sort()) {
  if (/^[A-Za-z]\w*$/.test(name) && newer(row, promised.script)) lines.push(["script", name, ...row].join("\t"));
}
console.log("# What each browser has since which version: Chrome, Firefox, Safari; - is never.");
console.log(`# From @mdn/browser-compat-data ${__meta.version} (CC0) by compat.mjs; values and scripts alone that are newer than promised.`);
console.log(lines.join("\n"));
