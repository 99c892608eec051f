import { beforeEach, expect, test } from "vitest";
import { live } from "../src/lib/live.svelte.ts";
import { asText, isDay, isOpen, making, numberOf, tidy, type Json } from "../src/lib/making.svelte.ts";
import { route } from "../src/lib/route.svelte.ts";
import { slug } from "../src/lib/slug.ts";
import { serve } from "./server.ts";

beforeEach(() => {
  making.done = undefined;
  making.fault = undefined;
  making.uploads = [];
});

test("an id is made of lower-case letters, digits and hyphens", () => {
  expect(slug("State of Law Coalition")).toBe("state-of-law-coalition");
  expect(slug("  Law no. 12/2018! ")).toBe("law-no-12-2018");
  expect(slug("بغداد")).toBe("");
});

test("a letter with a mark is that letter in an id, not a gap", () => {
  expect(slug("Erdoğan and Orbán")).toBe("erdogan-and-orban");
  expect(slug("Élysée")).toBe("elysee");
  expect(slug("Kılıçdaroğlu")).toBe("kilicdaroglu");
  expect(slug("Große Łódź")).toBe("grosse-lodz");
});

test("an id that is too long ends with a whole word", () => {
  expect(slug("one two three four", 12)).toBe("one-two");
  expect(slug("one two three", 13)).toBe("one-two-three");
});

test("a day is a day of the calendar, year first", () => {
  expect(isDay("2024-02-29")).toBe(true);
  expect(isDay("2025-02-29")).toBe(false);
  expect(isDay("2026-04-31")).toBe(false);
  expect(isDay("2026-13-01")).toBe(false);
  expect(isDay("04/03/2026")).toBe(false);
  expect(isDay("2026-3-4")).toBe(false);
});

test("a number is read as people write it", () => {
  expect(numberOf(" 0.25 ")).toBe(0.25);
  expect(numberOf("0,25")).toBe(0.25);
  expect(numberOf("−0,25")).toBe(-0.25);
  expect(numberOf("1e3")).toBe(1000);
  expect(numberOf("")).toBeUndefined();
  expect(numberOf("about 3")).toBeUndefined();
});

test("thousands that are parted are thousands, as the page itself writes them", () => {
  expect(numberOf("1,200")).toBe(1200);
  expect(numberOf("−1,234,567")).toBe(-1234567);
  expect(numberOf("12,34,567")).toBeUndefined();
  expect(numberOf("0,125")).toBe(0.125);
});

test("a field is open while nothing stands in it", () => {
  const nothing: (Json | undefined)[] = [undefined, null, "", [], {}, { low: null, high: "" }];
  for (const open of nothing) expect(isOpen(open)).toBe(true);
  for (const said of [0, false, "x", [""], { low: 0 }]) expect(isOpen(said)).toBe(false);
});

test("one source is written as such, several as a list", () => {
  expect(tidy({ source: ["a"], note: "n" })).toEqual({ source: "a", note: "n" });
  expect(tidy({ source: ["a", "b"] })).toEqual({ source: ["a", "b"] });
});

test("what is no text is not shown as text", () => {
  expect(asText(0.5)).toBe("0.5");
  expect(asText(false)).toBe("false");
  expect(asText(null)).toBe("");
  expect(asText({ value: 1 })).toBe("");
});

test("a form that is open has an address, and closing it takes no step", () => {
  making.open("tie", { from: "reds" });
  expect(location.search).toBe("?make=tie");
  expect(making.what).toBe("tie");
  const steps = history.length;
  making.close();
  expect(location.search).toBe("");
  expect(history.length).toBe(steps);
  expect(making.first).toEqual({});
});

test("undo says what was taken back and which files were written", async () => {
  const asked = serve({
    session: () => ({ body: { csrf: "s3cret" } }),
    undo: () => ({ body: { decisions: [{ title: "A tie of Reds" }, { title: "A note" }], files: ["ties.toml"] } }),
    case: () => ({ status: 503, body: { title: "away", status: 503 } }),
  });
  expect(await making.step("undo")).toBe(true);
  expect(making.done).toEqual({ words: "Taken back: A tie of Reds; A note", files: ["ties.toml"] });
  expect(live.said).toBe("Taken back: A tie of Reds; A note. ties.toml written.");
  const undo = asked.find((one) => one.address === "/api/undo");
  expect(undo?.method).toBe("POST");
  expect(making.busy).toBe(false);
});

test("redo that is refused keeps the words of the refusal", async () => {
  serve({ redo: () => ({ status: 409, body: { title: "Nothing to redo", status: 409, detail: "nothing was taken back" } }) });
  expect(await making.step("redo")).toBe(false);
  expect(making.fault?.message).toBe("nothing was taken back");
  expect(making.done).toBeUndefined();
  expect(making.busy).toBe(false);
});

test("of several files those that can be read are, and what could not is said", async () => {
  serve({
    documents: (asked) =>
      asked.address.endsWith("?name=a.txt")
        ? { body: { upload: "u1", name: "a.txt" } }
        : { status: 415, body: { title: "Not read", status: 415, detail: "b.exe is no document" } },
  });
  await making.take([new File(["a"], "a.txt"), new File(["b"], "b.exe")]);
  expect(making.uploads.map((one) => one.upload)).toEqual(["u1"]);
  expect(making.fault?.message).toBe("b.exe is no document");
  expect(route.get("make")).toBe("document");
});
