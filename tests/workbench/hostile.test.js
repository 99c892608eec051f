// A hostile case and hostile documents: two hundred texts in every field that is shown, and nothing of them acts.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { breaches, enter, launch, open, serve, settled } from "./bench.js";
import { hostile } from "./hostile.js";

const quoted = (text) => JSON.stringify(text);

export function poison(root) {
  const put = (file, text) => writeFileSync(path.join(root, file), text);
  const add = (file, text) => put(file, readFileSync(path.join(root, file), "utf8") + "\n" + text);
  const swap = (file, from, text) => {
    const old = readFileSync(path.join(root, file), "utf8");
    assert.ok(old.includes(from), `${file} has no ${from}`);
    put(
      file,
      old.replace(from, () => text),
    );
  };
  const nth = (place) => hostile[place % hostile.length];
  swap("case.toml", 'title = "Toyland"', `title = ${quoted(nth(0) + nth(5))}`);
  swap("case.toml", 'summary = "', `summary = ${quoted(nth(6) + nth(10)).slice(0, -1)} `);
  // every judgement of the case, every title and publisher, every name that is shown for something the runs know
  for (const file of readdirSync(root).filter((name) => name.endsWith(".toml"))) {
    let count = 0;
    const text = readFileSync(path.join(root, file), "utf8")
      .replace(/judged = "([^"]*)"/g, (_, words) => `judged = ${quoted(`${words} ${nth((count += 1))}`)}`)
      .replace(/^(name|label|leader|community|publisher|note|summary|why) = "([^"]*)"$/gm, (whole, key, words) =>
        ["sources.toml", "actors.toml"].includes(file) || key !== "community"
          ? `${key} = ${key === "community" ? quoted(words) : quoted(`${words} ${nth((count += 1))}`)}`
          : whole,
      );
    put(file, text);
  }
  add(
    "actors.toml",
    hostile
      .map(
        (text, place) =>
          `[[actor]]\nid = "h${place}"\nname = ${quoted(text)}\nkind = "faction"\nleader = ${quoted(text)}\naliases = [${quoted("alias " + place + text)}]\nautonomy = { value = 1, low = 0.5, high = 2, judged = ${quoted(text)} }\n`,
      )
      .join("\n"),
  );
  add(
    "ties.toml",
    hostile
      .slice(0, 40)
      .map(
        (text, place) =>
          `[[tie]]\nfrom = "h${place}"\nto = "guard"\nchannel = "social"\nbandwidth = { value = 0.5, low = 0.1, high = 0.9, judged = ${quoted(text)} }\ndependence = { value = 0.5, low = 0.1, high = 0.9, judged = ${quoted(text)} }\n`,
      )
      .join("\n"),
  );
  put(
    "history.toml",
    hostile
      .map(
        (text, place) =>
          `[[event]]\nid = "e${place}"\ndate = 2030-0${1 + (place % 9)}-1${place % 10}\nwhat = ${quoted(text)}\nactors = ["h${place}"]\nsource = "courier"\nnote = ${quoted(text)}\n`,
      )
      .join("\n"),
  );
  put(
    "disputes.toml",
    hostile
      .map(
        (text, place) =>
          `[[dispute]]\nid = "d${place}"\nwhat = ${quoted(text)}\njudged = ${quoted(text)}\nversions = [{ says = ${quoted(text + "1")}, source = "courier" }, { says = ${quoted(text + "2")}, source = "observer" }]\n`,
      )
      .join("\n"),
  );
  add(
    "sources.toml",
    hostile
      .slice(0, 12)
      .map(
        (text, place) =>
          `[[source]]\nkey = "s${place}"\ntitle = ${quoted(text)}\npublisher = ${quoted(text)}\npublished = 2031-02-2${place % 5}\nreliability = "C"\ncredibility = 3\ndocument = "documents/bad${place}.txt"\n`,
      )
      .join("\n"),
  );
  for (let place = 0; place < 12; place += 1) {
    const lines = hostile
      .filter((_, at) => at % 12 === place)
      .map((text) => `The Guard said ${text} to the Northmark. Gunmen of the Guard attacked ${text} on 3 February 2031 and killed 12 men.`);
    put(`documents/bad${place}.txt`, [nth(place), "", ...lines].join("\n\n"));
  }
  put(
    "documents/page.html",
    `<!doctype html><title>${nth(1)}</title>${hostile.map((text) => `<p>The Guard met the Reds ${text}</p>`).join("\n")}`,
  );
  put(
    "scenarios/hostile.toml",
    `title = ${quoted(nth(5))}\nwhy = ${quoted(nth(10))}\n\n[[set]]\npath = "process.formation.defection"\nvalue = 0.9\n`,
  );
}

let browser;
let bench;
before(async () => {
  browser = await launch();
  bench = await serve("toyland", { runs: 200, change: poison });
  await enter(browser, bench);
});
after(async () => {
  await browser?.close();
  await bench?.close();
});

test("there are two hundred hostile texts, all different", () => assert.equal(new Set(hostile).size, 200));

test("none of them acts in any view", async () => {
  const { context, page, wrong } = await open(browser, bench, "/overview");
  const head = await (await context.request.get(bench.origin + "/api/case")).json();
  assert.equal(head.state, "good", JSON.stringify(head.diagnostics.slice(0, 3)));
  const documents = (await (await context.request.get(bench.origin + "/api/documents")).json()).documents;
  assert.ok(documents.length >= 13, `${documents.length} documents`);
  const views = [
    "/overview",
    "/overview?see=note:days",
    "/evidence",
    "/evidence?part=contradictions",
    "/evidence?q=guard",
    "/review",
    "/actors",
    "/actors/guard?top=24",
    "/actors/h5",
    "/actors/guard?see=tie:h0>guard:social",
    "/timeline",
    "/election",
    "/whatif",
    "/whatif?q=h1",
    "/scenarios?of=hostile",
    "/sensitivity",
    "/record",
    "/brief",
    ...documents.map((one) => `/evidence/${one.id}?kinds=actor,event,quantity,claim,date,candidate`),
    ...hostile
      .slice(0, 12)
      .flatMap((text) => [
        `/${encodeURIComponent(text)}`,
        `/evidence?q=${encodeURIComponent(text)}`,
        `/actors/${encodeURIComponent(text)}`,
        `/whatif?set=${encodeURIComponent(text)}%3D1`,
        `/overview?see=${encodeURIComponent("note:" + text)}`,
      ]),
  ];
  let shown = "";
  for (const view of views) {
    const answer = await page.goto(bench.origin + view);
    if (answer.ok()) await settled(page);
    else assert.match(answer.headers()["content-type"], /^text\/plain/, view);
    await page.evaluate(() => {
      for (const button of document.querySelectorAll("button")) if (/^\d+ (more|earlier)/.test(button.textContent.trim())) button.click();
      for (const folded of document.querySelectorAll("details")) folded.open = true;
    });
    // what acts on being touched is touched
    await page.evaluate(() => {
      for (const node of document.querySelectorAll("main *, aside *")) {
        for (const name of ["pointerenter", "mouseover", "mouseenter", "focus"]) node.dispatchEvent(new Event(name, { bubbles: true }));
      }
    });
    shown += await page.locator("body").innerText();
    assert.equal(await page.evaluate(() => window.__struck), undefined, `${view} was struck`);
    assert.deepEqual(await breaches(page), [], view);
    const strange = await page.evaluate(() =>
      [...document.querySelectorAll("#app *")]
        .filter(
          (node) =>
            ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "IMG", "VIDEO", "AUDIO", "MARQUEE", "BASE", "META", "LINK", "STYLE"].includes(
              node.nodeName,
            ) ||
            [...node.attributes].some(
              (one) =>
                /^on/i.test(one.name) ||
                (/^\s*(javascript|data|vbscript):/i.test(one.value) &&
                  ["href", "src", "action", "formaction", "xlink:href"].includes(one.name)),
            ),
        )
        .map((node) => node.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(strange, [], view);
  }
  // they were shown, as text
  const flat = (text) => text.replace(/\s+/g, " ");
  const page_text = flat(shown);
  const missing = hostile.filter((text) => !page_text.includes(flat(text).trim()));
  assert.ok(missing.length <= 4, `not shown: ${missing.slice(0, 5).join("  ")} and ${missing.length} in all`);
  assert.deepEqual(wrong, []);
  await context.close();
});

test("the brief that is taken away acts no more than the page", async () => {
  const { context, page } = await open(browser, bench, "/brief");
  const text = await (await context.request.get(bench.origin + "/api/brief.html")).text();
  await page.route("**/taken.html", (route) => route.fulfill({ contentType: "text/html", body: text }));
  const own = await browser.newContext();
  const other = await own.newPage();
  await other.setContent(text);
  assert.equal(await other.evaluate(() => window.__struck), undefined);
  await own.close();
  await context.close();
});
