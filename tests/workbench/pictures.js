// Takes the pictures of docs/workbench: every view at both widths, by day and by night. Not a test.
//
//     SHATTERBELT=target/release/shatterbelt BROWSER=/usr/bin/chromium node tests/workbench/pictures.js FOLDER [CASE]

import { mkdirSync } from "node:fs";
import { enter, launch, open, serve } from "./bench.js";

const [folder, name = "iraq"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
const bench = await serve(name, { runs: 2000 });
await enter(browser, bench);
const views = {
  overview: "/overview",
  evidence: "/evidence",
  contradictions: "/evidence?part=contradictions",
  search: "/evidence?q=sanctions",
  reader: "/evidence/S-183",
  review: "/review",
  actors: "/actors",
  actor: "/actors/iran",
  panel: "/overview?see=note:days",
  timeline: "/timeline?from=2025-06-01&to=2025-12-01",
  files: "/files/ties.toml?line=24",
  election: "/election",
  whatif: "/whatif?q=patron&scenario=sadr-runs",
  scenarios: "/scenarios",
  sensitivity: "/sensitivity",
  play: "/play?as=united-states&day=2026-03-04",
  record: "/record",
  brief: "/brief",
};
if (process.env.VIEWS) for (const view of Object.keys(views)) if (!process.env.VIEWS.split(",").includes(view)) delete views[view];
// what is computed on demand is computed first
const first = await open(browser, bench, "/scenarios");
if (views.scenarios) {
  await first.page.getByRole("button", { name: /Compare/ }).click();
  await first.page.locator("table.compare").waitFor();
}
if (views.sensitivity) {
  await first.page.goto(bench.origin + "/sensitivity");
  await first.page.getByRole("button", { name: "Find out" }).click();
  await first.page.locator("#find, #shares").first().waitFor();
}
await first.context.close();
for (const [view, address] of Object.entries(views)) {
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ]) {
    for (const colorScheme of ["light", "dark"]) {
      const { context, page, wrong } = await open(browser, bench, address, { viewport: { width, height }, colorScheme });
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${folder}/${view}-${width}-${colorScheme}.png`, fullPage: Boolean(process.env.WHOLE) });
      if (wrong.length) console.log(view, wrong);
      await context.close();
    }
  }
}
await browser.close();
await bench.close();
