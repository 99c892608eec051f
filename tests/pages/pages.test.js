// What a reader's browser makes of the briefs: valid, silent on the network, nothing clipped, readable by everyone,
// and every number one click from its evidence, with scripts switched off.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { launch, patience } from "../launch.js";

const folder = process.env.PAGES;
const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function open(name, options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const asked = [];
  const said = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  await page.goto("file://" + path.join(folder, name));
  return { context, page, asked, said };
}

for (const name of names) {
  describe(name, () => {
    test("is valid HTML", async () => {
      const report = await new HtmlValidate({ extends: ["html-validate:standard"] }).validateFile(path.join(folder, name));
      const faults = report.results.flatMap((r) => r.messages.map((m) => `${m.line}: ${m.ruleId} ${m.message}`));
      assert.deepEqual(faults.slice(0, 10), []);
    });

    test("asks the network for nothing and says nothing on the console", async () => {
      const { context, asked, said } = await open(name, {});
      assert.equal(asked.length, 1, asked.join("\n"));
      assert.deepEqual(said, []);
      await context.close();
    });

    test("stays below a megabyte", () => {
      assert.ok(readFileSync(path.join(folder, name)).length < 1_000_000);
    });

    for (const width of [320, 390, 1280]) {
      test(`fits a window ${width} pixels wide`, async () => {
        const { context, page } = await open(name, { viewport: { width, height: 900 } });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `the page is ${wide} pixels wide`);
        await context.close();
      });
    }

    test("opens the evidence behind a number without scripts", async () => {
      const { context, page } = await open(name, { javaScriptEnabled: false });
      const link = page.locator("main a[href^='#']").filter({ hasText: /\d/ }).first();
      const target = (await link.getAttribute("href")).slice(1);
      await link.click();
      const note = page.locator(`[id="${target}"]`);
      assert.ok(await note.isVisible(), `#${target} is not shown`);
      assert.ok((await note.textContent()).trim().length > 20);
      await context.close();
    });

    for (const colorScheme of ["light", "dark"]) {
      test(`has no accessibility violation in ${colorScheme} mode`, async () => {
        const { context, page } = await open(name, { colorScheme, bypassCSP: true });
        await page.evaluate(axe);
        // by night the colours alone are others
        const rules = colorScheme === "dark" ? { runOnly: ["color-contrast"] } : {};
        const result = await page.evaluate((rules) => window.axe.run(rules), rules);
        const faults = result.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 120)}`);
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  });
}
