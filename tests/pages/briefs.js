// Writes the briefs that are shown in docs/briefs: each as PDF, with a picture of its first page as a reader's browser shows it.
//
//   SHATTERBELT=target/release/shatterbelt node tests/pages/briefs.js [NAME...]

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "../launch.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.SHATTERBELT ?? "target/release/shatterbelt";
/** Case and date; without one the case's own. */
const wanted = [
  ["toyland"],
  ["iraq", "2018-05-01"],
  ["iraq", "2020-06-10"],
  ["iraq", "2021-10-09"],
  ["iraq"],
  ["iraq", "2025-12-12"],
  ["lebanon"],
  ["kosovo"],
  ["nepal"],
];
const asked = process.argv.slice(2);
const into = join(root, "docs/briefs");
mkdirSync(into, { recursive: true });
const kept = mkdtempSync(join(tmpdir(), "briefs-"));
const browser = await launch();
try {
  for (const [name, day] of wanted) {
    const brief = day ? `${name}-${day}` : name;
    if (asked.length && !asked.includes(brief)) continue;
    const report = (out) =>
      execFileSync(program, ["report", `cases/${name}`, ...(day ? ["--as-of", day] : []), "--seed", "1", "--out", out], {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
      });
    report(join(kept, `${brief}.pdf`));
    report(join(kept, `${brief}.html`));
    execFileSync("cp", [join(kept, `${brief}.pdf`), into]);
    const page = await browser.newPage({ viewport: { width: 1100, height: 1420 } });
    await page.goto(pathToFileURL(join(kept, `${brief}.html`)).href);
    await page.screenshot({ path: join(into, `${brief}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(kept, { recursive: true });
}
