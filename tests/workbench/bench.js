// A workbench on a copy of a shipped case, and a browser that has been let in.

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launch, patience } from "../launch.js";

export { launch, patience };

const cases = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../cases");

/** Copies a case, changes it if asked, and serves it. */
export async function serve(name, { runs = 300, change } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `workbench-${name}-`));
  const root = path.join(folder, name);
  cpSync(path.join(cases, name), root, { recursive: true, filter: (file) => path.basename(file) !== ".shatterbelt" });
  await change?.(root);
  const server = spawn(process.env.SHATTERBELT, ["serve", root, "--runs", String(runs)], { stdio: ["ignore", "pipe", "pipe"] });
  // whatever ends this process ends the server and takes its folder away
  const clear = () => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", clear);
  let said = "";
  server.stderr.on("data", (bytes) => (said += bytes));
  const link = await new Promise((resolve, reject) => {
    let out = "";
    server.stdout.on("data", (bytes) => {
      out += bytes;
      const found = /https?:\/\/\S+/.exec(out);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`serve gave no link: ${out} ${said}`)), patience).unref();
  });
  return {
    root,
    link,
    origin: new URL(link).origin,
    said: () => said,
    async close() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
      process.off("exit", clear);
      clear();
    },
  };
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** With FRONT naming a built front end, its files stand in for those built into the binary, under the same policy. */
async function front(context, origin) {
  if (!process.env.FRONT) return;
  await context.route(
    (url) => url.origin === origin && !url.pathname.startsWith("/api/") && !["/enter", "/pictures.css"].includes(url.pathname),
    async (route) => {
      let file = path.join(process.env.FRONT, new URL(route.request().url()).pathname);
      if (!path.extname(file) || !existsSync(file)) file = path.join(process.env.FRONT, "index.html");
      const policy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; object-src 'none'";
      await route.fulfill({
        body: readFileSync(file),
        contentType: types[path.extname(file)],
        headers: { "content-security-policy": policy },
      });
    },
  );
}

/** Lets a browser in by the link, which works once, and keeps its cookie for further windows. */
export async function enter(browser, bench) {
  const context = await browser.newContext();
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto(bench.link);
  bench.cookie = await context.storageState();
  await context.close();
}

/** A window of a browser that was let in. Collects what must not be: other addresses asked, faults on the console, breaches of the policy. */
export async function open(browser, bench, address = "/overview", options = {}) {
  const context = await browser.newContext({
    storageState: bench.cookie,
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(patience);
  const wrong = [];
  await front(context, bench.origin);
  await context.addInitScript(() => {
    window.__breaches = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.__breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(bench.origin) && !url.startsWith("data:") && !url.startsWith("blob:")) wrong.push(`asked for ${url}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (4|503)/.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`thrown: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(bench.origin + address);
  await settled(page);
  return { context, page, wrong };
}

/** Waits until the view has answered: nothing loads and nothing is drawn greyed. */
export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".waiting, .shown.stale, [aria-busy='true']"));
}

/** Takes the last decision or change back by keyboard, and waits until it is. */
export async function undo(page) {
  const undone = page.waitForResponse((response) => response.url().endsWith("/api/undo"));
  await page.keyboard.press("u");
  const status = (await undone).status();
  if (status !== 200) throw new Error(`nothing was taken back: ${status}`);
}

export const breaches = (page) => page.evaluate(() => window.__breaches);
