import { expect, test, vi } from "vitest";
import { at, Fault, get, handIn, post, remove } from "../src/lib/api.ts";
import { serve } from "./server.ts";

test("a query holds what was said and leaves out what was not", async () => {
  const asked = serve({ levers: () => ({ body: [] }) });
  await get("levers", { q: "law & order", limit: 30, all: false, none: null, empty: "", missing: undefined, set: ["a=1", "b=2"] });
  expect(asked[0]?.address).toBe("/api/levers?q=law+%26+order&limit=30&all=false&set=a%3D1&set=b%3D2");
  await get("levers");
  expect(asked[1]?.address).toBe("/api/levers");
  expect(at("a/b")).toBe("a%2Fb");
});

test("what changes something carries the session's token, which is asked for once and anew after a refusal", async () => {
  let [given, wanted] = ["of an older server", "first"];
  const asked = serve({
    session: () => ({ body: { csrf: given } }),
    jobs: (one) =>
      one.headers["x-shatterbelt-csrf"] === wanted
        ? { body: { id: 7 } }
        : { status: 403, body: { title: "Refused", detail: "another session" } },
    "jobs/7": () => ({ status: 204, body: undefined }),
  });
  await expect(post("jobs")).rejects.toThrow("another session");
  given = "first";
  asked.length = 0;
  expect(await post("jobs", { kind: "base" })).toEqual({ id: 7 });
  await remove("jobs/7");
  expect(asked.map((one) => `${one.method} ${one.address}`)).toEqual(["GET /api/session", "POST /api/jobs", "DELETE /api/jobs/7"]);
  expect(asked[1]?.body).toEqual({ kind: "base" });
  // the server was started anew
  [given, wanted] = ["second", "second"];
  await expect(post("jobs")).rejects.toThrow("another session");
  expect(await post("jobs")).toEqual({ id: 7 });
});

test("an answer without words is no value", async () => {
  serve({ session: () => ({ body: { csrf: "x" } }), undo: () => ({ status: 204, body: undefined }) });
  expect(await post("undo")).toBeUndefined();
});

test("a file is handed in as it is, under its name", async () => {
  const asked = serve({ documents: () => ({ body: { upload: "u" } }) });
  const file = new File(["text"], "Law no. 12.txt");
  await handIn("documents", file);
  expect(asked.at(-1)?.address).toBe("/api/documents?name=Law+no.+12.txt");
  expect(asked.at(-1)?.body).toBe(file);
  expect(asked.at(-1)?.headers["content-type"]).toBe("application/octet-stream");
});

test("a fault keeps the words of the server", async () => {
  serve({
    case: () => ({
      status: 422,
      body: { title: "Broken", detail: "ties.toml says it twice", hint: "take one away", diagnostics: [{ line: 3 }] },
    }),
  });
  const fault = await get("case").catch((error: unknown) => Fault.of(error));
  expect(fault).toBeInstanceOf(Fault);
  expect((fault as Fault).message).toBe("ties.toml says it twice");
  expect((fault as Fault).status).toBe(422);
  expect((fault as Fault).diagnostics).toEqual([{ line: 3 }]);
});

test("an answer that is no JSON, and none at all, are faults in plain words", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<h1>no</h1>", { status: 502, statusText: "Bad Gateway" })));
  const proxy = Fault.of(await get("case").catch((error: unknown) => error));
  expect(proxy.problem.title).toBe("Bad Gateway");
  expect(proxy.message).toBe("the server answered 502");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const away = Fault.of(await get("case").catch((error: unknown) => error));
  expect(away.status).toBe(0);
  expect(away.problem.title).toBe("The server does not answer");
  expect(away.message).toBe("Failed to fetch");
});
