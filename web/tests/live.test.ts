import { beforeEach, expect, test } from "vitest";
import { live } from "../src/lib/live.svelte.ts";
import type { CaseHead, JobView } from "../src/lib/shapes.ts";
import { serve } from "./server.ts";

const job = (id: number, kind: JobView["kind"], state: JobView["state"]) => ({ id, kind, state, done: 0, total: 10 }) as JobView;
const head = (revision: string) =>
  ({
    revision,
    actors: [
      { id: "reds", name: "The Reds", label: "Reds" },
      { id: "blues", name: "The Blues", label: "Blues" },
      { id: "old-blues", name: "The Old Blues", label: "Blues" },
      { id: "x", name: "X", label: "X" },
    ],
  }) as unknown as CaseHead;

beforeEach(() => {
  live.jobs = [];
  live.revision = "";
});

test("an actor is known by its name and label, unless two bear them", () => {
  live.head = head("1");
  expect(live.byLabel.get("The Reds")).toBe("reds");
  expect(live.byLabel.get("Reds")).toBe("reds");
  expect(live.byLabel.get("X")).toBe("x");
  expect(live.byLabel.get("The Old Blues")).toBe("old-blues");
  expect(live.byLabel.get("Blues")).toBe("");
  expect(live.actorName("blues")).toBe("The Blues");
  expect(live.actorName("nobody")).toBe("nobody");
});

test("the job of a kind is the newest", () => {
  live.jobs = [job(4, "base", "done"), job(9, "base", "running"), job(11, "brief", "running")];
  expect(live.job("base")?.id).toBe(9);
  expect(live.job("whatif")).toBeUndefined();
});

test("a job that is begun is in the list once and told in words", async () => {
  serve({ session: () => ({ body: { csrf: "x" } }), jobs: () => ({ body: job(3, "sensitivity", "running") }) });
  expect(await live.start("sensitivity")).toBe(3);
  expect(await live.start("sensitivity")).toBe(3);
  expect(live.jobs.length).toBe(1);
  expect(live.said).toBe("Finding what it hangs on: running");
});

test("a case that changed is asked what waits, one that did not is not asked again", async () => {
  const asked = serve({ case: () => ({ body: head("2") }), proposals: () => ({ body: { total: 12 } }) });
  await live.look();
  await live.look();
  expect(asked.map((one) => one.address)).toEqual(["/api/case", "/api/proposals?limit=1", "/api/case"]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(live.waiting).toBe(12);
  expect(live.revision).toBe("2");
});

test("a server that is away leaves what is shown", async () => {
  live.head = head("1");
  serve({ case: () => ({ status: 503, body: { title: "Away", status: 503, detail: "not yet" } }) });
  await live.look();
  expect(live.head.revision).toBe("1");
  expect(live.fault?.message).toBe("not yet");
});

test("a file of the case is named within its folder", () => {
  live.folder = "/cases/toyland";
  expect(live.short("/cases/toyland/ties.toml")).toBe("ties.toml");
  expect(live.short("/cases/toyland-2/ties.toml")).toBe("/cases/toyland-2/ties.toml");
});
