// What the workbench costs a reader, on a copy of the Iraq case. Not a test.
//
//     SHATTERBELT=target/release/shatterbelt BROWSER=/usr/bin/chromium node tests/workbench/measure.js

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { enter, launch, open, serve } from "./bench.js";

const middle = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];
const assets = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../web/dist/assets");
for (const name of readdirSync(assets))
  console.log(
    `${name}: ${readFileSync(path.join(assets, name)).length} bytes, ${gzipSync(readFileSync(path.join(assets, name)), { level: 9 }).length} gzipped`,
  );

const browser = await launch();
const began = performance.now();
const bench = await serve("iraq", { runs: 10_000 });
await enter(browser, bench);
const first = await open(browser, bench, "/overview").catch(() => undefined);
await first?.page.locator(".bottom-line a.n").first().waitFor();
console.log(`from the command to the bottom line: ${Math.round(performance.now() - began)} ms`);
await first?.page.waitForFunction(
  async () => !(await (await fetch("/api/jobs")).json()).jobs.some((job) => ["running", "waiting"].includes(job.state)),
  undefined,
  { polling: 500 },
);
await first?.context.close();

const opened = [];
for (let turn = 0; turn < 7; turn += 1) {
  const { context, page } = await open(browser, bench, "/record");
  const start = performance.now();
  await page.goto(bench.origin + "/overview");
  await page.locator(".bottom-line a.n").first().waitFor();
  opened.push(performance.now() - start);
  await context.close();
}
console.log(`overview, opened anew: ${Math.round(middle(opened))} ms in the middle of ${opened.length}`);

const { page } = await open(browser, bench, "/whatif?q=agreement");
const lever = page.locator(".lever").first();
await lever.waitFor();
const answers = [];
for (let turn = 0; turn < 15; turn += 1) {
  const answer = page.waitForResponse((response) => response.url().endsWith("/api/whatif"));
  const start = performance.now();
  await lever.getByRole("spinbutton").fill(String(0.11 + turn / 100));
  await lever.getByRole("spinbutton").press("Enter");
  const paired = await (await answer).json();
  await page.locator(`.headline`).waitFor();
  answers.push({ all: performance.now() - start, server: paired.milliseconds, runs: paired.runs });
}
console.log(
  `what-if: ${Math.round(middle(answers.map((one) => one.all)))} ms from the key to the answer in the middle of ${answers.length}, at most ${Math.round(Math.max(...answers.map((one) => one.all)))}; ${middle(answers.map((one) => one.server))} ms of them the server's; ${middle(answers.map((one) => one.runs))} pairs`,
);
await browser.close();
await bench.close();
