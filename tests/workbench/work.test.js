// A day's work: see what is said, find what it rests on, accept what the documents propose, ask what if, take the brief away.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { breaches, enter, launch, open, serve, settled, undo } from "./bench.js";

/** Puts the case under git, as an analyst has it. */
function keep(cwd) {
  writeFileSync(path.join(cwd, ".gitignore"), ".shatterbelt/\n");
  for (const words of [
    ["init", "-q"],
    ["add", "."],
    ["-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "as it was"],
  ])
    execFileSync("git", words, { cwd });
}

let browser;
let bench;
before(async () => {
  browser = await launch();
  bench = await serve("toyland", { runs: 1200, change: keep });
  await enter(browser, bench);
});
after(async () => {
  await browser?.close();
  await bench?.close();
});

const files = (root) =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes("/.git/") && !`${entry.parentPath}/`.includes("/.shatterbelt/"))
      .map((entry) => [
        path.relative(root, path.join(entry.parentPath, entry.name)),
        readFileSync(path.join(entry.parentPath, entry.name), "utf8"),
      ]),
  );
const changed = () => execFileSync("git", ["status", "--porcelain"], { cwd: bench.root, encoding: "utf8" });

/** Opens a window, does something in it, and holds that nothing went wrong on the side. */
async function within(address, what, options) {
  const { context, page, wrong } = await open(browser, bench, address, options);
  try {
    await what(page, context);
    assert.deepEqual(await breaches(page), []);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

test("a stranger's browser is not let in and is told so", async () => {
  const context = await browser.newContext();
  const answer = await context.request.get(bench.origin + "/api/case");
  assert.equal(answer.status(), 401);
  assert.match(answer.headers()["content-type"], /problem\+json/);
  await context.close();
});

test("a first visit shows the bottom line, who holds sway, and what to watch", () =>
  within("/", async (page) => {
    await page.getByRole("heading", { name: "Bottom line" }).waitFor();
    assert.match(await page.locator(".bottom-line").innerText(), /Blues|Greens/);
    await page.getByRole("table", { name: "Sway now" }).getByRole("link", { name: "Northmark", exact: true }).waitFor();
    assert.match(await page.title(), /Overview · Toyland/);
    const links = page.getByRole("navigation", { name: "Views" }).getByRole("link");
    assert.equal(await links.count(), 13);
  }));

test("a number opens its evidence, and its sentence opens in the document", () =>
  within("/overview", async (page) => {
    await page.locator(".bottom-line a.n").first().click();
    const panel = page.getByRole("complementary", { name: "Evidence" });
    await panel
      .getByText(/independent source/)
      .first()
      .waitFor();
    assert.match(page.url(), /see=note/);
    await page.goBack();
    await panel.waitFor({ state: "detached" });

    await page.goto(bench.origin + "/actors/guard");
    await settled(page);
    await page
      .getByRole("table", { name: /Who pulls/ })
      .getByRole("link", { name: /security: pull/ })
      .first()
      .click();
    await panel.getByText("The Northmark has armed the Guard for a decade").first().waitFor();
    await panel.locator(".citation a").first().click();
    await settled(page);
    assert.match(
      await page
        .locator("article.text .aim")
        .allInnerTexts()
        .then((all) => all.join("")),
      /Northmark has armed/,
    );
    assert.match(page.url(), /\/evidence\/[0-9a-f]+\?at=\d+-\d+/);
  }));

test("the search finds sentences and marks the words", () =>
  within("/overview", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("guard");
    await page.keyboard.press("Enter");
    await page.locator(".hits li").first().waitFor();
    assert.match(await page.locator(".hits mark").first().innerText(), /guard/i);
    assert.match(page.url(), /q=guard/);
  }));

test("the reader shows each kind of record and switches it off", () =>
  within("/evidence", async (page) => {
    await page.getByRole("table", { name: "Documents" }).getByRole("link").first().click();
    await settled(page);
    const names = page.locator("article a.k-actor");
    await names.first().waitFor();
    assert.ok((await names.count()) > 3, `${await names.count()} names`);
    await names.first().click();
    await page
      .getByText(/read by/)
      .first()
      .waitFor();
    await page.getByRole("checkbox", { name: /^Names/ }).uncheck();
    assert.equal(await names.count(), 0);
    assert.match(page.url(), /kinds=/);
  }));

test("accepting a proposal by keyboard writes the file that git then shows, and undo takes it back byte for byte", () =>
  within("/review", async (page) => {
    await page.locator(".proposal").waitFor();
    const before = files(bench.root);
    const lines = (await page.locator(".lines .added").allInnerTexts()).map((line) => line.trim()).filter(Boolean);
    assert.ok(lines.length > 0);
    const said = await page.locator(".proposal h2").innerText();
    await page.keyboard.press("a");
    await page.getByText(/1 decision so far/).waitFor();
    assert.match(changed(), / M institutions\.toml/);
    const written = readFileSync(path.join(bench.root, "institutions.toml"), "utf8");
    for (const line of lines) assert.ok(written.includes(line), `${line} was not written`);
    // the next one stands there, or nothing more
    const shown = page.getByRole("list", { name: "Proposals" }).getByRole("link").filter({ hasText: said });
    await shown.waitFor({ state: "detached" });
    await undo(page);
    await shown.waitFor();
    const now = files(bench.root);
    for (const [name, text] of Object.entries(before)) assert.equal(now[name], text, name);
    assert.equal(
      changed()
        .split("\n")
        .filter((line) => / M /.test(line)).length,
      0,
      changed(),
    );
  }));

test("refusing asks why, records it, and can be taken back", () =>
  within("/review", async (page) => {
    await page.locator(".proposal").waitFor();
    await page.keyboard.press("r");
    await page.keyboard.type("told twice");
    await page.keyboard.press("Enter");
    await page.getByText(/1 decision so far/).waitFor();
    assert.match(readFileSync(path.join(bench.root, "decisions.toml"), "utf8"), /told twice/);
    await undo(page);
    await page.locator(".proposal").waitFor();
  }));

test("nothing changed differs by exactly nothing, and a moved number by a paired difference", () =>
  within("/whatif", async (page) => {
    await page.locator(".headline").waitFor();
    assert.match(await page.locator(".headline").innerText(), /Nothing differs in any of [\d,]+ runs/);
    await page.getByRole("searchbox", { name: "Find a number or a switch" }).fill("defection");
    const lever = page
      .locator(".lever")
      .filter({ hasText: /defection/i })
      .first();
    await lever.waitFor();
    await lever.getByRole("spinbutton").fill("0.95");
    await lever.getByRole("spinbutton").press("Enter");
    await page.locator(".headline", { hasText: "runs end differently" }).waitFor();
    assert.match(page.url(), /set=process.formation.defection%3D0.95/);
    assert.match(await page.locator(".results tbody tr").first().innerText(), /±|0/);
    await page.goBack();
    await page.locator(".headline", { hasText: "Nothing differs in any" }).waitFor();
    await page.goForward();
    await page.locator(".headline", { hasText: "runs end differently" }).waitFor();
    await page.getByRole("button", { name: "Back to the base" }).click();
    await page.locator(".headline", { hasText: "Nothing differs in any" }).waitFor();
  }));

test("a file is edited in place: the lines are shown, a fault stands in the margin and in the way, and undo takes it back byte for byte", () =>
  within("/files", async (page) => {
    const before = files(bench.root)["ties.toml"];
    await page.getByRole("link", { name: "ties.toml" }).click();
    const editor = page.getByRole("textbox", { name: "ties.toml" });
    await editor.waitFor();
    // a fault: told with its line, and not kept
    await editor.press("Control+End");
    await page.keyboard.type('\n[[tie]]\nfrom = "nobody"\n');
    await page.locator(".keep .fault-title", { hasText: "The case would be wrong with it" }).waitFor();
    assert.ok(await page.getByRole("button", { name: "Keep" }).isDisabled());
    await page.locator(".editor .cm-lint-marker-error").first().waitFor();
    await page.getByRole("button", { name: "Put back" }).click();
    await page.locator(".keep").waitFor({ state: "detached" });
    // what the case bears is kept; what was typed waits while one looks at another view
    await editor.press("Control+End");
    await page.keyboard.type("\n# looked at again");
    await page.locator(".keep .lines", { hasText: "# looked at again" }).waitFor();
    await page.getByRole("link", { name: "All files" }).click();
    await page.getByRole("link", { name: "ties.toml" }).click();
    await page.locator(".keep .lines", { hasText: "# looked at again" }).waitFor();
    await page.getByRole("button", { name: "Keep" }).click();
    await page.locator(".done", { hasText: "ties.toml, changed by hand" }).waitFor();
    assert.equal(files(bench.root)["ties.toml"], `${before}\n# looked at again`);
    // somebody else writes while one types: told, and nothing written over
    await editor.press("Control+End");
    await page.keyboard.type("\n# mine");
    writeFileSync(path.join(bench.root, "ties.toml"), `${before}\n# theirs`);
    await page.getByRole("region", { name: "Changed elsewhere" }).waitFor();
    await page.getByRole("button", { name: "Take what it says now" }).click();
    await page.getByRole("region", { name: "Changed elsewhere" }).waitFor({ state: "detached" });
    await page.locator(".editor .cm-line", { hasText: "# theirs" }).waitFor();
    writeFileSync(path.join(bench.root, "ties.toml"), `${before}\n# looked at again`);
    await page.locator(".editor .cm-line", { hasText: "# looked at again" }).waitFor();
    await page.getByTitle(/^Undo: ties/).click();
    await page.locator(".editor .cm-line", { hasText: "# looked at again" }).waitFor({ state: "detached" });
    assert.equal(files(bench.root)["ties.toml"], before);
  }));

test("a what-if answers the key questions first", () =>
  within("/whatif?scenario=justice-stands", async (page) => {
    const table = page.getByRole("table", { name: "Key questions" });
    await table.waitFor();
    assert.match(await table.innerText(), /turn out in March 2031\?\s+\d+%\s+\d+%\s+\+\d/);
    const [first] = await page.locator(".results h2.minor").allInnerTexts();
    assert.equal(first, "Key questions");
  }));

test("the districts stand on a map, of what is asked and of whom", () =>
  within("/election", async (page) => {
    const where = page.getByRole("region", { name: "Where" });
    const title = where.locator(".figure-title");
    await title.getByText(/are likeliest to come first in \d of 3 districts/).waitFor();
    assert.match(await where.locator(".drawing").innerHTML(), /HIL|Hill/);
    await where.getByLabel("The map shows").selectOption({ label: "Where a list has its seats" });
    await where.locator("select").nth(1).selectOption({ label: "Blues" });
    await title.getByText("Blues: where their seats are").waitFor();
    await where.getByLabel("Towns, bases and crossings").check();
    await where.getByText("The same as a table").click();
    await where.getByText(/^Places: .*camp in the hills/).waitFor();
    assert.match(page.url(), /map=seats/);
    // the address alone gives the same map again
    await page.reload();
    await title.getByText("Blues: where their seats are").waitFor();
  }));

test("a game is played, gone back in, kept over a reload, accounted for and taken up again", () =>
  within("/play", async (page) => {
    await page.getByRole("combobox", { name: "Whose decisions" }).selectOption({ index: 0 });
    await page.getByRole("spinbutton", { name: "Future" }).fill("2");
    await page.getByRole("combobox", { name: "Whose decisions" }).locator("option").first().waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Begin" }).click();
    const week = page.getByRole("heading", { name: /^The week to / });
    await week.waitFor();
    const put = page.locator("fieldset.put").first();
    // what the actor would not do, and so from now on
    const other = put.locator("label.option").filter({ hasNotText: "as it would" }).first();
    await other.getByRole("radio").check();
    await put.getByRole("checkbox").check();
    await page.locator("fieldset.put.decided").first().waitFor();
    const first = await week.innerText();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.waitForFunction((was) => document.querySelector("#week")?.textContent !== was || document.querySelector(".headline"), first);
    const after = page.url();
    await page.reload();
    await settled(page);
    assert.equal(page.url(), after);
    if (await week.count()) await page.getByRole("button", { name: "Leave the rest to the model" }).click();
    await page.locator(".headline", { hasText: /You did otherwise \d+ times? of \d+/ }).waitFor();
    await page.getByRole("heading", { name: "What you did otherwise" }).waitFor();
    // taken away, and taken up again: the same account
    const account = await page.locator("main").innerText();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Take the game away" }).click()]);
    const away = path.join(mkdtempSync(path.join(os.tmpdir(), "workbench-game-")), file.suggestedFilename());
    await file.saveAs(away);
    const kept = JSON.parse(readFileSync(away, "utf8"));
    assert.deepEqual([kept.run, kept.decided.length, kept.decided[0].always], [2, 1, true]);
    await page.evaluate(() => localStorage.clear());
    await page.getByRole("link", { name: "Another game" }).click();
    await page.getByLabel("Or take up a game you kept").setInputFiles(away);
    rmSync(path.dirname(away), { recursive: true });
    // it goes on where the first thing is that it leaves open; where there is none it is over
    await page.locator("#week, .headline").first().waitFor();
    if (await week.count()) await page.getByRole("button", { name: "Leave the rest to the model" }).click();
    else await page.getByRole("button", { name: "See what came of it" }).click();
    await page.locator(".headline", { hasText: "You did otherwise" }).waitFor();
    assert.equal(await page.locator("main").innerText(), account);
    // and back to a week in which something was put
    await page.getByRole("button", { name: "Back to the last choice" }).click();
    await week.waitFor();
    assert.ok((await page.locator("fieldset.put").first().getByRole("radio").count()) > 1);
  }));

test("a what-if is kept as a scenario file and compared with the others; undo takes it back", () =>
  within("/whatif?set=process.formation.defection%3D0.95", async (page) => {
    await page.locator(".headline", { hasText: "runs end differently" }).waitFor();
    await page.getByText("Save as a scenario").click();
    await page.getByLabel("Title").fill("Threats bite");
    await page.getByRole("button", { name: /scenarios\/threats-bite\.toml/ }).click();
    await page
      .getByText(/Saved as/)
      .first()
      .waitFor();
    assert.match(readFileSync(path.join(bench.root, "scenarios/threats-bite.toml"), "utf8"), /defection/);
    await page.goto(bench.origin + "/scenarios");
    await settled(page);
    await page.getByRole("button", { name: /Compare/ }).click();
    await page.getByRole("table", { name: "Scenarios compared" }).getByRole("link", { name: "Threats bite" }).waitFor();
    await page.goto(bench.origin + "/review");
    await settled(page);
    await undo(page);
    assert.throws(() => readFileSync(path.join(bench.root, "scenarios/threats-bite.toml")));
  }));

test("a study is begun, survives a reload, and can be stopped", () =>
  within("/sensitivity", async (page) => {
    // more runs than any machine plays before it is stopped
    await page.route("**/api/jobs", async (route) => {
      const asked = route.request().postDataJSON();
      await route.continue(asked ? { postData: JSON.stringify({ ...asked, walks: 4, samples: 65536, top: 20 }) } : {});
    });
    await page.getByRole("button", { name: "Find out" }).click();
    const stop = page.getByRole("button", { name: /Stop/ });
    await stop.waitFor();
    await page.reload();
    await stop.waitFor();
    await stop.first().click();
    await stop.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Find out" }).waitFor();
  }));

test("two tabs agree", async () => {
  const one = await open(browser, bench, "/review");
  const other = await open(browser, bench, "/review");
  await one.page.locator(".proposal").waitFor();
  await other.page.locator(".proposal").waitFor();
  await one.page.keyboard.press("a");
  await other.page.getByText(/1 decision so far/).waitFor();
  await undo(other.page);
  await one.page.getByText(/1 decision so far/).waitFor({ state: "detached" });
  await one.page.locator(".proposal").waitFor();
  assert.deepEqual([...one.wrong, ...other.wrong], []);
  await one.context.close();
  await other.context.close();
});

test("a file that breaks shows its fault in place, the last good state stays, and mending it clears the page", () =>
  within("/overview", async (page) => {
    const file = path.join(bench.root, "ties.toml");
    const good = readFileSync(file, "utf8");
    writeFileSync(file, good.replace('channel = "security"', 'channel = "securty"'));
    const banner = page.locator(".banner.broken");
    await banner.getByText("The case is broken: one fault").waitFor();
    assert.match(await page.locator(".diagnostics").innerText(), /ties\.toml:\d+:\d+/);
    assert.match(await page.locator(".diagnostics pre").innerText(), /securty/);
    assert.match(await page.locator(".diagnostics").innerText(), /did you mean "security"/);
    await page.getByRole("heading", { name: "Bottom line" }).waitFor();
    writeFileSync(file, good);
    await banner.waitFor({ state: "detached" });
  }));

test("a document laid into the folder appears without a restart", () =>
  within("/evidence", async (page) => {
    await settled(page);
    const file = path.join(bench.root, "documents/new-report.txt");
    const sources = path.join(bench.root, "sources.toml");
    const good = readFileSync(sources, "utf8");
    writeFileSync(
      file,
      "Talks in the harbour\n\nThe Guard and the Greens met in the harbour on 20 February 2031. The Reds said nothing.\n",
    );
    writeFileSync(
      sources,
      good +
        '\n[[source]]\nkey = "harbour"\ntitle = "Talks in the harbour"\npublisher = "Coast Mail"\npublished = 2031-02-21\nreliability = "C"\ncredibility = 3\ndocument = "documents/new-report.txt"\n',
    );
    await page
      .getByRole("table", { name: "Documents" })
      .getByRole("link", { name: /harbour/ })
      .waitFor();
    writeFileSync(sources, good);
    rmSync(file);
  }));

test("the brief is taken away as HTML and as Markdown", () =>
  within("/brief", async (page) => {
    await page.getByRole("heading", { name: "Key judgements" }).waitFor();
    for (const [name, what] of [
      ["Export HTML", /<!DOCTYPE html>/],
      ["Export Markdown", /# Toyland/],
    ]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
      const file = path.join(bench.root, "../taken");
      await download.saveAs(file);
      assert.match(readFileSync(file, "utf8"), what);
    }
  }));

test("back and forward walk through views and their state", () =>
  within("/overview", async (page) => {
    const links = page.getByRole("navigation", { name: "Views" });
    await links.getByRole("link", { name: "Actors and ties" }).click();
    await page.getByRole("table", { name: "Actors" }).getByRole("link", { name: "The Guard" }).click();
    await page.getByRole("heading", { name: "The Guard", level: 1 }).waitFor();
    await page.getByLabel("Channel").selectOption("economic");
    assert.match(page.url(), /actors\/guard\?channel=economic/);
    await page.goBack();
    assert.match(page.url(), /actors\/guard$/);
    await page.goBack();
    await page.getByRole("heading", { name: "Actors and ties", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { name: "Actors and ties", level: 1 }).waitFor();
  }));

test("an address that leads nowhere says so", () =>
  within("/nowhere", async (page) => {
    await page.getByRole("heading", { name: "No such view" }).waitFor();
    await page.getByRole("link", { name: "Go to the overview" }).click();
    await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  }));

test("an actor nobody knows is refused in the words of the program", async () => {
  const { context, page, wrong } = await open(browser, bench, "/actors/nobody");
  await page
    .getByRole("alert")
    .filter({ hasText: /nobody/ })
    .waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test("the whole is reached by keyboard alone", () =>
  within("/overview", async (page) => {
    const at = () => page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 40) ?? "");
    await page.keyboard.press("Tab");
    assert.equal(await at(), "Skip to the view");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(
      await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement)),
      "the skip link leads into the view",
    );
    // to a number, into its evidence, and back to the number
    for (let step = 0; step < 40 && !(await page.evaluate(() => document.activeElement?.matches("a.n"))); step += 1)
      await page.keyboard.press("Tab");
    const number = await at();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Evidence" }).waitFor();
    assert.equal(await at(), "Evidence");
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Evidence" }).waitFor({ state: "detached" });
    assert.equal(await at(), number);
    // from view to view
    for (const [key, title] of [
      ["e", "Evidence"],
      ["r", "Review"],
      ["a", "Actors and ties"],
      ["t", "Timeline"],
      ["f", "Files"],
      ["l", "Election and formation"],
      ["w", "What if"],
      ["s", "Scenarios compared"],
      ["n", "Sensitivity"],
      ["p", "Play"],
      ["c", "Record"],
      ["o", "Overview"],
    ]) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.getByRole("heading", { name: title, level: 1 }).waitFor();
      await page.waitForFunction((name) => document.activeElement?.textContent === name, title);
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
  }));

test("a case that is broken from the start shows its faults, and opens once it is mended", async () => {
  let good = "";
  const broken = await serve("toyland", {
    runs: 200,
    change: (root) => {
      const file = path.join(root, "ties.toml");
      good = readFileSync(file, "utf8");
      writeFileSync(
        file,
        good.replace('channel = "security"', 'channel = "securty"').replace('channel = "economic"', 'channel = "ecnomic"'),
      );
    },
  });
  try {
    await enter(browser, broken);
    const { context, page } = await open(browser, broken, "/overview");
    await page.locator(".diagnostics pre", { hasText: "securty" }).waitFor();
    assert.equal(await page.locator(".diagnostics > li").count(), 2);
    writeFileSync(path.join(broken.root, "ties.toml"), good);
    await page.getByRole("heading", { name: "Bottom line" }).waitFor();
    assert.deepEqual(await breaches(page), []);
    await context.close();
  } finally {
    await broken.close();
  }
});
