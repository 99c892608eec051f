// Writing into the case: each change shows its lines first, lands as the text a person would write, and is taken back and put back byte for byte.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { breaches, enter, launch, open, serve, settled, undo } from "./bench.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
let bench;
before(async () => {
  browser = await launch();
  bench = await serve("toyland", { runs: 300 });
  await enter(browser, bench);
});
after(async () => {
  await browser?.close();
  await bench?.close();
});

const read = (file) => readFileSync(path.join(bench.root, file), "utf8");
const write = (file, text) => writeFileSync(path.join(bench.root, file), text);
const texts = () =>
  Object.fromEntries(
    ["", "documents"].flatMap((folder) =>
      readdirSync(path.join(bench.root, folder), { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [path.join(folder, entry.name), read(path.join(folder, entry.name))]),
    ),
  );

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

const form = (page) => page.locator("dialog.maker");
const keep = (page) => form(page).getByRole("button", { name: "Keep" });

/** Keeps what the form says once it is shown as it would be written, and waits until it is. */
async function kept(page) {
  await page.waitForFunction(() => [...document.querySelectorAll("dialog.maker button.main")].some((button) => !button.disabled));
  await keep(page).click();
  await form(page).waitFor({ state: "detached" });
  await page
    .locator(".done")
    .getByText(/\.toml/)
    .waitFor();
}

/** Takes the last change back and holds that every file is as it was; puts it back and holds that; and takes it back again. */
async function backAndForth(page, before, with_) {
  for (const [step, there] of [
    ["Undo", before],
    ["Redo", with_],
    ["Undo", before],
  ]) {
    const done = page.waitForResponse((response) => response.url().endsWith(`/api/${step.toLowerCase()}`));
    await page.locator(".steps").getByRole("button", { name: step }).click();
    assert.equal((await done).status(), 200);
    assert.deepEqual(texts(), there);
    await page.waitForFunction(() => ![...document.querySelectorAll(".steps button")].every((button) => button.disabled));
  }
}

/** Marks words of the open document as a reader does. */
async function select(page, words) {
  await page.evaluate((sought) => {
    for (const paragraph of document.querySelectorAll("article.text > *")) {
      const at = paragraph.textContent.indexOf(sought);
      if (at < 0) continue;
      const walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let count = 0;
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const end = count + node.data.length;
        if (at >= count && at < end) range.setStart(node, at - count);
        if (at + sought.length > count && at + sought.length <= end) range.setEnd(node, at + sought.length - count);
        count = end;
      }
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return;
    }
    throw new Error(`no paragraph says ${sought}`);
  }, words);
}

async function readPaymasters(page) {
  await page
    .getByRole("table", { name: "Documents" })
    .getByRole("link", { name: /paymasters/ })
    .click();
  await page.locator("article.text").waitFor();
  await settled(page);
}

test("words of a document become a tie with its quote, and it is taken back and put back", () =>
  within("/evidence", async (page) => {
    const before = texts();
    await readPaymasters(page);
    const words = "between 20 and 25 million crowns a year";
    await select(page, words);
    await page.locator(".selected").getByRole("button", { name: "a tie" }).click();
    await form(page).getByRole("combobox", { name: "From" }).selectOption("seaward");
    await form(page).getByRole("combobox", { name: "To", exact: true }).selectOption("guard");
    await form(page).getByRole("combobox", { name: "Channel" }).selectOption("information");
    for (const [name, numbers] of [
      ["Bandwidth", ["0.3", "0.1", "0.5"]],
      ["Dependence", ["0.2", "0.1", "0.4"]],
    ]) {
      for (const [place, part] of ["Value", "Low", "High"].entries()) await form(page).getByLabel(`${name}: ${part}`).fill(numbers[place]);
    }
    await form(page).getByText("New tie: ").waitFor();
    assert.match(await form(page).locator(".lines").innerText(), /quote = "between 20 and 25 million crowns a year"/);
    assert.deepEqual(texts(), before, "nothing is written before it is kept");
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      window.axe.run(document, {
        resultTypes: ["violations"],
        iframes: false,
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }),
    );
    assert.deepEqual(
      found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`)),
      [],
    );
    await kept(page);
    const added = read("ties.toml").slice(before["ties.toml"].length);
    assert.equal(
      added,
      '\n[[tie]]\nfrom = "seaward"\nto = "guard"\nchannel = "information"\n' +
        'bandwidth = { value = 0.3, low = 0.1, high = 0.5, source = "observer", quote = "between 20 and 25 million crowns a year" }\n' +
        'dependence = { value = 0.2, low = 0.1, high = 0.4, source = "observer", quote = "between 20 and 25 million crowns a year" }\nsource = "observer"\n',
    );
    await backAndForth(page, before, texts());
  }));

test("an estimate is put right from the evidence behind it, and the line alone changes", () =>
  within("/actors/guard?see=path:tie.northmark%3Eguard:security.dependence", async (page) => {
    const before = texts();
    await page.getByRole("complementary", { name: "Evidence" }).getByRole("button", { name: "Change it" }).click();
    await form(page).getByLabel("The number: Value").fill("0.6");
    await form(page)
      .getByText(/dependence: 0\.6/)
      .waitFor();
    await kept(page);
    const [old, now] = [before["ties.toml"].split("\n"), read("ties.toml").split("\n")];
    assert.equal(now.length, old.length);
    const differs = now.filter((line, place) => line !== old[place]);
    assert.equal(differs.length, 1);
    assert.match(differs[0], /^dependence = \{ value = 0\.6, low = 0\.5, high = 0\.9, source = "courier", quote = /);
    await backAndForth(page, before, texts());
  }));

test("a document dropped on a page is written with its source, read, and goes again", () =>
  within("/overview", async (page) => {
    const before = texts();
    const text = "Talks in the harbour\n\n21 February 2031\n\nThe Guard and the Greens met in the harbour. The Reds said nothing.\n";
    const data = await page.evaluateHandle((words) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([words], "Harbour Talks.txt", { type: "text/plain" }));
      return transfer;
    }, text);
    for (const event of ["dragenter", "dragover", "drop"]) await page.dispatchEvent("main", event, { dataTransfer: data });
    await form(page).getByText("Talks in the harbour").first().waitFor();
    assert.equal(await form(page).getByLabel("Published").inputValue(), "2031-02-21");
    await form(page).getByLabel("Publisher").fill("Coast Mail");
    await form(page).getByText("New source: Talks in the harbour").waitFor();
    await kept(page);
    assert.equal(read("documents/harbour-talks.txt"), text);
    assert.match(
      read("sources.toml"),
      /key = "harbour-talks"\ntitle = "Talks in the harbour"\npublisher = "Coast Mail"\npublished = 2031-02-21\n/,
    );
    await page.goto(bench.origin + "/evidence");
    await page.getByRole("table", { name: "Documents" }).getByRole("link", { name: "Talks in the harbour" }).waitFor();
    await backAndForth(page, before, texts());
  }));

test("a change that makes the case wrong shows what check says and cannot be kept", () =>
  within("/actors?make=event", async (page) => {
    const before = texts();
    await form(page).getByLabel("What", { exact: true }).fill("The Guard moves out");
    await form(page).getByLabel("Date").fill("2031-13-01");
    assert.equal(await form(page).getByLabel("Date").getAttribute("aria-invalid"), "true");
    await form(page).getByLabel("Date").fill("2031-02-01");
    const source = form(page).getByRole("group", { name: "Source" }).getByRole("combobox");
    await source.selectOption("courier");
    await form(page).getByText("It fits the case").waitFor();
    // an id that is taken by another entry of the kind
    write("history.toml", '[[event]]\nid = "the-guard-moves-out"\ndate = 2031-01-01\nwhat = "It was there before."\nsource = "courier"\n');
    await form(page).getByText("The case would be wrong with it").waitFor();
    assert.ok(await keep(page).isDisabled());
    assert.match(await form(page).locator(".diagnostics").innerText(), /history\.toml:\d+/);
    write("history.toml", "");
    await form(page).getByText("It fits the case").waitFor();
    await form(page).getByRole("button", { name: "Cancel" }).click();
    await form(page).waitFor({ state: "detached" });
    assert.equal(read("ties.toml"), before["ties.toml"]);
  }));

test("a file that changed under one's hands is told and not written over", () =>
  within("/actors/guard?make=note", async (page) => {
    await form(page).getByLabel("About").selectOption("actor.guard");
    await form(page).getByLabel("Note").fill("asked twice");
    await page.waitForFunction(() => !document.querySelector("dialog.maker button.main").disabled);
    const good = read("actors.toml");
    // the page does not hear of the other's change before it asks to keep its own
    await page.route(
      "**/api/changes",
      async (route) => {
        write("actors.toml", `# somebody else was here\n${good}`);
        await route.continue();
      },
      { times: 1 },
    );
    await keep(page).click();
    await form(page)
      .getByText(/actors\.toml changed since the lines were shown/)
      .waitFor();
    assert.equal(read("actors.toml"), `# somebody else was here\n${good}`);
    // the lines are made anew from the file as it is, and can then be kept
    await kept(page);
    assert.match(read("actors.toml"), /^# somebody else was here\n/);
    assert.match(read("actors.toml"), /note = "asked twice"/);
    await page.locator(".steps").getByRole("button", { name: "Undo" }).click();
    await page
      .locator(".done")
      .getByText(/Taken back/)
      .waitFor();
    assert.equal(read("actors.toml"), `# somebody else was here\n${good}`);
    write("actors.toml", good);
  }));

test("a proposal is changed before it is accepted, and several are accepted at once", () =>
  within("/review", async (page) => {
    const before = texts();
    await page.locator(".proposal").waitFor();
    await page.keyboard.press("e");
    await form(page)
      .getByText(/institutions\.toml/)
      .first()
      .waitFor();
    await form(page).getByLabel("Note", { exact: false }).first().fill("put right by hand");
    await form(page).locator(".lines", { hasText: "put right by hand" }).waitFor();
    await kept(page);
    assert.match(read("institutions.toml"), /put right by hand/);
    await backAndForth(page, before, texts());
    await page.locator(".proposal").waitFor();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: /Accept the 1 ticked/ }).click();
    await page.getByText(/1 decision so far/).waitFor();
    await undo(page);
    await page.locator(".proposal").waitFor();
    assert.deepEqual(texts(), before);
  }));

test("the day from which one looks is in the address and goes along from view to view", () =>
  within("/overview?as_of=2031-02-22", async (page) => {
    await page.locator("details.as-of summary", { hasText: "22 Feb 2031" }).waitFor();
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Actors and ties" }).click();
    await page.getByRole("heading", { name: "Actors and ties", level: 1 }).waitFor();
    assert.match(page.url(), /actors\?as_of=2031-02-22/);
    await page.locator("details.as-of summary").click();
    await page.getByRole("button", { name: /Back to/ }).click();
    await page.waitForFunction(() => !location.search.includes("as_of"));
    await page.goto(bench.origin + "/actors/guard?date=2031-02-26");
    await page
      .getByText(/on 26 Feb 2031/)
      .first()
      .waitFor();
  }));

test("nothing on any view shows days month first", () =>
  within("/timeline", async (page) => {
    assert.equal(await page.locator('input[type="date"]').count(), 0);
  }));

test("one search finds actors, numbers and sentences", () =>
  within("/overview", async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("guard");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Actors", level: 2 }).waitFor();
    await page.getByRole("heading", { name: "Numbers and switches" }).waitFor();
    await page.locator(".hits li").first().waitFor();
    await page.goto(bench.origin + "/whatif?q=boycott");
    await page.locator(".lever").first().waitFor();
  }));

test("the brief is taken away as PDF and as a Word document, a picture as PNG", () =>
  within("/brief", async (page, context) => {
    await page.getByRole("heading", { name: "Key judgements" }).waitFor();
    for (const [name, head] of [
      ["Export PDF", "%PDF"],
      ["Export DOCX", "PK"],
    ]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
      const file = path.join(bench.root, "../taken");
      await download.saveAs(file);
      assert.equal(readFileSync(file).subarray(0, head.length).toString("latin1"), head);
    }
    const { pictures } = await (await context.request.get(bench.origin + "/api/pictures")).json();
    const image = await context.request.get(`${bench.origin}/api/pictures/${pictures[0].name}/png`);
    assert.equal(image.headers()["content-type"], "image/png");
  }));
