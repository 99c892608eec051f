// Every view, on a telephone and on a desk, by day and by night: it fits, everyone can read it, and nothing leaves the machine.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { breaches, enter, launch, open, serve } from "./bench.js";

const web = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../web");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
let bench;
before(async () => {
  browser = await launch();
  bench = await serve("iraq");
  await enter(browser, bench);
});
after(async () => {
  await browser?.close();
  await bench?.close();
});

const views = [
  "/overview",
  "/overview?see=note:days",
  "/evidence",
  "/evidence?part=contradictions",
  "/evidence?q=sanctions",
  "/evidence/S-183",
  "/review",
  "/actors",
  "/actors/iran",
  "/actors/iran?make=choose",
  "/actors?make=decision",
  "/actors?make=change:actor.iran",
  "/actors?part=network&open=iran",
  "/search?q=sanctions",
  "/timeline",
  "/files",
  "/files/ties.toml",
  "/election",
  "/whatif?q=patron",
  "/scenarios",
  "/sensitivity",
  "/play",
  "/play?as=united-states",
  "/record",
  "/brief",
];

for (const view of views) {
  for (const [width, colorScheme] of [
    [1280, "light"],
    [390, "dark"],
  ]) {
    test(`${view} at ${width} pixels, ${colorScheme}, fits and has no accessibility violation`, async () => {
      const { context, page, wrong } = await open(browser, bench, view, { viewport: { width, height: 900 }, colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `the page is ${wide} pixels wide`);
      await check(page);
      assert.deepEqual(await breaches(page), []);
      assert.deepEqual(wrong, []);
      // the other colours: all but the contrast of colours is as it was
      await page.emulateMedia({ colorScheme: colorScheme === "light" ? "dark" : "light" });
      await check(page, ["color-contrast"]);
      await context.close();
    });
  }
}

async function check(page, only) {
  // what is being asked for anew is paler until it is there
  await page.waitForFunction(() => !document.querySelector(".stale"));
  await page.evaluate(axe);
  const found = await page.evaluate(
    (rules) =>
      window.axe.run(
        document,
        rules
          ? { resultTypes: ["violations"], iframes: false, runOnly: rules }
          : {
              resultTypes: ["violations"],
              iframes: false,
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
              rules: { "label-content-name-mismatch": { enabled: true } },
            },
      ),
    only,
  );
  const words = found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1] ?? ""}`),
  );
  assert.deepEqual(words.slice(0, 8), []);
}

const long = (colour) => colour.replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");

test("the colours of the page are those of the pictures", async () => {
  const { context, page } = await open(browser, bench, "/overview");
  const style = await (await context.request.get(bench.origin + "/pictures.css")).text();
  const [day, night] = style.split("@media");
  for (const [scheme, text] of [
    ["light", day],
    ["dark", night],
  ]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [, name, value] of text.matchAll(/--([\w-]+):(#\w+);/g)) {
      const here = await page.evaluate((one) => getComputedStyle(document.documentElement).getPropertyValue(one).trim(), `--${name}`);
      assert.equal(long(here), long(value), `--${name} in ${scheme} colours`);
    }
  }
  await context.close();
});

test("the typed client is that of this server", () => {
  const said = JSON.parse(execFileSync(process.env.SHATTERBELT, ["serve", "--openapi"], { encoding: "utf8" }));
  assert.deepEqual(JSON.parse(readFileSync(path.join(web, "openapi.json"), "utf8")), said, "run `make api`");
});

test("what a browser loads stays below 250 KB compressed", () => {
  const assets = path.join(web, "dist/assets");
  const bytes = readdirSync(assets).reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name))).length, 0);
  assert.ok(bytes < 250_000, `${bytes} bytes`);
});
