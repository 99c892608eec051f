// Starts one browser, lets node's test runner run the files named with it, and leaves neither behind.

import { spawn } from "node:child_process";
import { chromium } from "playwright-core";
import { asked } from "./launch.js";

const server = await chromium.launchServer({ ...asked, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
const runner = spawn(process.execPath, ["--test", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, BROWSER_AT: server.wsEndpoint() },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => runner.kill(signal));
const code = await new Promise((resolve) => runner.once("exit", (code) => resolve(code ?? 1)));
await server.close();
process.exitCode = code;
