// The browser of a test or of a script: the one that tests/browser.js has started, or one of its own.

import { chromium } from "playwright-core";

/** How long anything is waited for that will come, on however busy a machine: only what never comes is told by it. Whoever mends a
 * test sets PATIENCE to fewer milliseconds. */
export const patience = Number(process.env.PATIENCE ?? 180_000);

export const asked = {
  executablePath: process.env.BROWSER,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
  timeout: patience,
};

export const launch = () =>
  process.env.BROWSER_AT ? chromium.connect(process.env.BROWSER_AT, { timeout: patience }) : chromium.launch(asked);
