// Writes src/styles/palette.css from the colours and marks of crates/report, so that page and pictures are of one hand. They are declared
// there and nowhere else; what only the page has is declared here.

import { readFileSync, writeFileSync } from "node:fs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Colours by name: on white paper, on dark paper. */
const PAGE = [
  ["link", "#1d3a70", "#9db2f2"],
  ["wash-mention", "#e4ecf8", "#1f2b47"],
  ["wash-event", "#fbe9dc", "#43301a"],
  ["wash-quantity", "#dff1ea", "#173a30"],
  ["wash-claim", "#f3e6f0", "#3d2438"],
  ["wash-date", "#f0f0da", "#35351a"],
  ["raise", "#ffffff", "#1d2125"],
  ["side", "#f6f7f7", "#101315"],
];

/** The colours that pictures are drawn in, as `palette.rs` declares them. */
function colours(rust) {
  const [, count, rows] = /pub const COLOURS: \[[^;]*; (\d+)\] = \[(.*?)\];/s.exec(rust) ?? [];
  const found = [...(rows ?? "").matchAll(/\("([\w-]+)", "(#\w{6})", "(#\w{6})"\)/g)].map(([, ...colour]) => colour);
  if (found.length === 0 || found.length !== Number(count)) throw new Error(`palette.rs: ${found.length} of ${count} colours can be read`);
  return found;
}

/** The marks of pictures, as `style.rs` declares them: a string of rules. */
function marks(rust) {
  const text = /const MARKS: &str = "(.*?)";/s.exec(rust)?.[1];
  if (!text) throw new Error("style.rs: no MARKS");
  return text
    .replace(/\\\n\s*/g, "")
    .replaceAll("\\n", "\n")
    .trim()
    .replaceAll("}", "}\n");
}

const pictures = colours(read("../crates/report/src/svg/palette.rs"));
const all = [...pictures, ...PAGE];
const block = (theme) => all.map((colour) => `--${colour[0]}: ${colour[theme]};`).join(" ");
const [day, night] = [block(1), block(2) + " color-scheme: dark;"];

writeFileSync(
  new URL("src/styles/palette.css", import.meta.url),
  `/* Written by palette.js. */
:root { ${day} }
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) { ${night} }
}
@media screen {
  :root[data-theme="dark"] { ${night} }
  :root[data-theme="light"] { color-scheme: light; }
}
.sb { font-family: var(--sans); font-size: 13px; font-variant-numeric: tabular-nums lining-nums; }
${pictures.map(([name]) => `.f-${name} { fill: var(--${name}); }\n.l-${name} { stroke: var(--${name}); }`).join("\n")}
${marks(read("../crates/report/src/svg/style.rs"))}`,
);
