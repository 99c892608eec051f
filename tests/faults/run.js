// What the program promises of files, tried on the real program: whatever ends it, and whichever call of the system fails,
// a case is as it was or as it was to become, the same command can be given again, and nothing is left lying about.
//
//   node tests/faults/run.js kills [ROUNDS]     SIGKILL after a random time, so many times for each command (default 20)
//   node tests/faults/run.js calls              the k-th write, sync, rename and opening fails, for every k (needs strace)
//
// SHATTERBELT names the program; SEED another row of times.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = resolve(process.env.SHATTERBELT ?? join(root, "target/debug/shatterbelt"));
const [what, rounds = "20"] = process.argv.slice(2);
if (!["kills", "calls"].includes(what)) {
  console.error("usage: node tests/faults/run.js kills [ROUNDS] | calls");
  process.exit(2);
}
const strace = what === "calls" ? spawnSync("strace", ["-V"]).status === 0 : false;
if (what === "calls" && !strace) {
  console.log("skipped: there is no strace, which makes a call fail; nothing was tried");
  process.exit(0);
}

// Numbers that are the same in every run of the script (xorshift32).
let state = Number(process.env.SEED ?? 1) | 1;
function chance() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

const home = mkdtempSync(join(tmpdir(), "shatterbelt-faults."));
process.on("exit", () => rmSync(home, { recursive: true, force: true }));
const kept = { ...process.env, RUST_BACKTRACE: "0" };

function shatterbelt(folder, words) {
  const env = { ...kept, SHATTERBELT_STATE: join(folder, "state") };
  return spawnSync(program, words, { cwd: folder, env, encoding: "utf8" });
}
function must(folder, words) {
  const done = shatterbelt(folder, words);
  if (done.status !== 0) throw new Error(`${words.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** Every file of a folder with the hash of its bytes; the program's own state is its own business. */
function tree(folder) {
  const all = {};
  const walk = (at, name) => {
    for (const entry of readdirSync(at).sort()) {
      if (name === "" && entry === "state") continue;
      const path = join(at, entry);
      if (statSync(path).isDirectory()) walk(path, `${name}${entry}/`);
      else all[name + entry] = createHash("sha256").update(readFileSync(path)).digest("hex");
    }
  };
  walk(folder, "");
  return all;
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const differ = (a, b) => [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).join(", ");

/** A case that has been read, with a proposal to accept. */
function readCase(folder) {
  cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
  must(folder, ["read", "--case", "toyland", ...readdirSync(join(folder, "toyland/documents")).map((name) => `toyland/documents/${name}`)]);
}
const proposal = (folder) => must(folder, ["evidence", "review", "toyland"]).match(/^event-\w+/m)[0];
const accept = (id) => ["evidence", "accept", id, "--case", "toyland", "--publisher", "A paper", "--on", "2031-03-01"];

// A command, what it finds, whether all of it comes at once, and whether given again it comes to the same.
const commands = [
  {
    name: "evidence accept",
    whole: true,
    begin(folder) {
      readCase(folder);
      return accept(proposal(folder));
    },
  },
  {
    name: "evidence undo",
    whole: true,
    begin(folder) {
      readCase(folder);
      must(folder, accept(proposal(folder)));
      return ["evidence", "undo", "toyland"];
    },
  },
  {
    name: "fmt",
    whole: false,
    begin(folder) {
      cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
      for (const name of ["ties.toml", "actors.toml"]) {
        const path = join(folder, "toyland", name);
        writeFileSync(path, readFileSync(path, "utf8").replaceAll(" = ", "="));
      }
      return ["fmt", "toyland"];
    },
  },
  {
    name: "score --freeze",
    whole: false,
    begin(folder) {
      cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
      return ["score", "toyland", "--freeze", "--runs", "100"];
    },
    // The day and the time of freezing are in the line.
    told: (files) => Object.keys(files),
  },
  {
    name: "report",
    whole: false,
    begin(folder) {
      cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
      return ["report", "toyland", "--runs", "50", "--out", "brief.md"];
    },
  },
  {
    name: "run",
    whole: false,
    begin(folder) {
      cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
      return ["run", "toyland", "--runs", "0..1500", "--out", "runs"];
    },
    again: (folder) => (existsSync(join(folder, "runs/manifest.json")) ? ["resume", "runs"] : undefined),
  },
  {
    name: "merge",
    whole: false,
    begin(folder) {
      cpSync(join(root, "cases/toyland"), join(folder, "toyland"), { recursive: true });
      must(folder, ["run", "toyland", "--runs", "0..300", "--out", "a"]);
      must(folder, ["run", "toyland", "--runs", "300..600", "--out", "b"]);
      return ["merge", "a", "b", "--out", "whole"];
    },
  },
  {
    name: "new",
    whole: false,
    begin: () => ["new", "mine", "--title", "Mine"],
  },
];

let faults = 0;
function fault(command, words) {
  faults += 1;
  console.log(`  FAULT ${command.name}: ${words}`);
}

// The program knows a case by its path, so all is tried in one folder.
const trial = join(home, "trial");
function restore(from) {
  rmSync(trial, { recursive: true, force: true });
  cpSync(from, trial, { recursive: true });
}

/** What was there before, and what is there after the command has been left alone. */
function prepared(command, at) {
  rmSync(trial, { recursive: true, force: true });
  mkdirSync(trial);
  const words = command.begin(trial);
  const before = join(home, `${at}-before`);
  cpSync(trial, before, { recursive: true });
  const told = command.told ?? ((files) => files);
  const states = [told(tree(trial))];
  const begun = performance.now();
  must(trial, words);
  states.push(told(tree(trial)));
  return { words, before, took: performance.now() - begun, states, told };
}

/** Looks at what a command left that did not end well, gives it again, and looks again. */
function look(command, folder, { words, states, told }, how, ended) {
  // A change of several files that was broken off is finished by whatever opens the case next.
  if (command.whole) must(folder, ["check", "toyland"]);
  const found = told(tree(folder));
  const [before, after] = states;
  if (ended === 0 && !same(found, after)) fault(command, `${how}: it says that all is well, and it is not: ${differ(found, after)}`);
  if (command.whole && !same(found, before) && !same(found, after))
    fault(command, `${how}: neither before nor after: ${differ(found, after)}`);
  const again = same(found, after) ? undefined : (command.again?.(folder) ?? words);
  if (again) {
    const done = shatterbelt(folder, again);
    if (done.status !== 0) fault(command, `${how}: given again: ${done.stderr.trim().split("\n")[0]}`);
  }
  const last = told(tree(folder));
  if (!same(last, after)) fault(command, `${how}: given again it does not come to the same: ${differ(last, after)}`);
}

let tried = 0;
for (const [at, command] of commands.entries()) {
  const made = prepared(command, at);
  const fresh = () => restore(made.before);
  const env = { ...kept, SHATTERBELT_STATE: join(trial, "state") };
  let count = 0;
  if (what === "kills") {
    for (let round = 0; round < Number(rounds); round += 1) {
      fresh();
      const after = chance() * made.took * 1.1;
      const child = spawn(program, made.words, { cwd: trial, env, stdio: "ignore" });
      const ended = new Promise((done) => child.on("exit", (code) => done(code)));
      setTimeout(() => child.kill("SIGKILL"), after);
      const code = await ended;
      look(command, trial, made, `killed after ${after.toFixed(1)} ms`, code);
      count += 1;
    }
  } else {
    for (const [calls, error] of [
      ["write,pwrite64", "ENOSPC"],
      ["fsync,fdatasync", "EIO"],
      ["rename,renameat,renameat2", "EIO"],
      ["openat", "EMFILE"],
    ]) {
      // Programs open their libraries first: what fails there is not ours, and the program does not begin.
      for (let k = 1; k <= 400; k += 1) {
        fresh();
        const log = join(home, "log");
        const done = spawnSync(
          "strace",
          [
            "-f",
            "-qq",
            "-o",
            log,
            "-e",
            `trace=${calls}`,
            "-e",
            `inject=${calls}:error=${error}:when=${k}`,
            program,
            "--threads",
            "1",
            ...made.words,
          ],
          { cwd: trial, env, encoding: "utf8" },
        );
        if (!readFileSync(log, "utf8").includes("(INJECTED)")) break;
        const how = `${error} at ${calls} no. ${k}`;
        const said = done.stdout + done.stderr;
        if (done.signal || said.includes("panicked"))
          fault(command, `${how}: it does not end by itself: ${done.signal ?? said.trim().split("\n")[0]}`);
        if (said.includes("nothing was written") && !same(made.told(tree(trial)), made.states[0]))
          fault(command, `${how}: it says that nothing was written, and something was`);
        look(command, trial, made, how, done.status);
        count += 1;
      }
    }
  }
  tried += count;
  console.log(`${command.name}: ${count} tried`);
}
console.log(faults === 0 ? `ℹ pass ${tried}` : `ℹ fail ${faults}`);
process.exit(faults === 0 ? 0 : 1);
