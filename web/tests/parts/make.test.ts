// Forms that write into the case.

import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { making, type Cited, type Json } from "../../src/lib/making.svelte.ts";
import type { FieldView } from "../../src/lib/shapes.ts";
import { sources } from "../../src/lib/sources.svelte.ts";
import Field from "../../src/parts/make/Field.svelte";
import Keep from "../../src/parts/make/Keep.svelte";
import Save from "../../src/parts/Save.svelte";
import { serve } from "../server.ts";

/** A form with one field, that holds what was put last as a form does. */
function form(more: Partial<FieldView>, value?: Json, cited?: Cited) {
  const field = {
    name: "amount",
    holds: "text",
    words: "",
    required: false,
    known: [],
    choices: [],
    unit: null,
    low: null,
    high: null,
    ...more,
  };
  const put = vi.fn((next: Json) => void made.rerender({ value: next }));
  const made = render(Field, { props: { field: field as FieldView, value, put, cited } });
  return put;
}
const field = (name: RegExp) => screen.getByLabelText<HTMLInputElement>(name);

beforeEach(() => {
  sources.all = [{ id: "ihec", name: "IHEC, results" }];
});

test("a number can be typed with a point or a comma, and what is typed stays while it is typed", async () => {
  const put = form({ holds: "number" });
  await userEvent.type(field(/^Amount/), "1,5");
  expect(field(/^Amount/).value).toBe("1,5");
  expect(put).toHaveBeenLastCalledWith(1.5);
  await userEvent.clear(field(/^Amount/));
  expect(put).toHaveBeenLastCalledWith(null);
  await userEvent.type(field(/^Amount/), "-0.05");
  expect(field(/^Amount/).value).toBe("-0.05");
  expect(put).toHaveBeenLastCalledWith(-0.05);
});

test("a field says what it is in words, and whether it may be left out", () => {
  form({ name: "seats_before", words: "How many it had." });
  expect(screen.getByText("Seats before")).toBeTruthy();
  expect(screen.getByText("(may be left out)")).toBeTruthy();
  expect(screen.getByText("How many it had.")).toBeTruthy();
});

test("several of those that are known are chosen one by one, none twice, and taken away", async () => {
  const known = [
    { id: "reds", name: "The Reds" },
    { id: "blues", name: "The Blues" },
  ];
  const put = form({ name: "actors", holds: "list", known }, ["reds"]);
  const choice = screen.getByRole("combobox", { name: /Actors/ });
  expect([...choice.querySelectorAll("option")].map((one) => one.textContent)).toEqual(["add another", "The Blues"]);
  await userEvent.selectOptions(choice, "The Blues");
  expect(put).toHaveBeenLastCalledWith(["reds", "blues"]);
  await userEvent.click(screen.getByRole("button", { name: "Take The Reds away" }));
  expect(put).toHaveBeenLastCalledWith(["blues"]);
});

test("words of one's own are added by Enter, without the space about them", async () => {
  const put = form({ name: "aliases", holds: "list" });
  await userEvent.type(screen.getByRole("textbox"), "  The Red List {Enter}");
  expect(put.mock.calls).toEqual([[["The Red List"]]]);
});

test("what a form cannot show is left to the file, and is not shown as text", () => {
  form({ name: "stages" }, { first: 1 });
  expect(screen.getByText("is changed in the file itself.")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("an estimate keeps its ends as they are typed, and rests on a source or on a judgement, not on both", async () => {
  const put = form({ name: "pull", holds: "estimate", required: true, low: 0, high: 1 }, { value: 0.4, source: "ihec", quote: "so it is" });
  expect(field(/^Pull: Value/).value).toBe("0.4");
  expect(field(/^Pull: Low/).placeholder).toBe("0 to 1");
  await userEvent.type(field(/^Pull: Low/), "0,25");
  expect(field(/^Pull: Low/).value).toBe("0,25");
  expect(put).toHaveBeenLastCalledWith({ value: 0.4, low: 0.25, source: "ihec", quote: "so it is" });
  await userEvent.selectOptions(field(/rests on/), "my judgement");
  expect(put).toHaveBeenLastCalledWith({ value: 0.4, low: 0.25, source: "", quote: "" });
  await userEvent.type(field(/why it is judged so/), "So.");
  expect(put).toHaveBeenLastCalledWith({ value: 0.4, low: 0.25, source: "", quote: "", judged: "So." });
});

test("a sentence that was selected can be what an estimate rests on", async () => {
  const put = form({ name: "pull", holds: "estimate" }, { value: 0.4, judged: "" }, { quote: "They pay.", source: "ihec", known: true });
  await userEvent.click(screen.getByRole("button", { name: "Use the sentence that was selected" }));
  expect(put).toHaveBeenLastCalledWith({ value: 0.4, judged: "", source: "ihec", quote: "They pay." });
  expect(screen.queryByRole("button", { name: "Use the sentence that was selected" })).toBeNull();
});

const draft = { title: "A note on Reds", diff: ["notes.toml", "+ x"], findings: [], fits: true, seen: "abc" };
const changes = [{ make: "fields" as const, path: "actor.reds", fields: { note: "x" } }];

test("nothing is kept before it was shown what it comes to, and it is kept as it was shown", async () => {
  const asked = serve({
    session: () => ({ body: { csrf: "x" } }),
    "changes/draft": () => ({ body: draft }),
    changes: () => ({ body: { files: ["notes.toml"], decisions: [] } }),
  });
  const kept = vi.fn();
  render(Keep, { props: { changes, kept } });
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Keep" });
  expect(button.disabled).toBe(true);
  expect(await screen.findByText("A note on Reds")).toBeTruthy();
  expect(button.disabled).toBe(false);
  await userEvent.type(screen.getByRole("textbox"), "as said");
  expect(button.disabled).toBe(true);
  await vi.waitFor(() => expect(button.disabled).toBe(false));
  await userEvent.click(button);
  await vi.waitFor(() => expect(kept).toHaveBeenCalledOnce());
  const last = asked.filter((one) => one.address === "/api/changes").at(-1);
  expect(last?.body).toEqual({ changes, said: { why: "as said" }, seen: "abc" });
  expect(making.done).toEqual({ words: "A note on Reds", files: ["notes.toml"] });
});

test("what is missing is said and nothing is asked; what would break the case cannot be kept", async () => {
  const asked = serve({ session: () => ({ body: { csrf: "x" } }), "changes/draft": () => ({ body: { ...draft, fits: false } }) });
  const { rerender } = render(Keep, { props: { changes, missing: ["the value", "a source"], kept: () => {} } });
  expect(screen.getByText("Still to be said: the value, a source.")).toBeTruthy();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked).toEqual([]);
  await rerender({ missing: [] });
  expect(await screen.findByText("The case would be wrong with it:")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Keep" }).disabled).toBe(true);
});

test("a scenario is saved under a name made of its title", async () => {
  const asked = serve({ session: () => ({ body: { csrf: "x" } }), scenarios: () => ({ body: { files: [], decisions: [] } }) });
  render(Save, { props: { values: { "election.turnout": 0.5, boycott: true }, scenarios: [] } });
  await userEvent.click(screen.getByText("Save as a scenario"));
  await userEvent.type(screen.getByLabelText("Title"), "Boycott by Kılıç");
  await userEvent.click(screen.getByRole("button", { name: "Save scenarios/boycott-by-kilic.toml" }));
  expect(await screen.findByText("scenarios/boycott-by-kilic.toml", { selector: "code" })).toBeTruthy();
  expect(asked.find((one) => one.address === "/api/scenarios")?.body).toEqual({
    name: "boycott-by-kilic",
    title: "Boycott by Kılıç",
    why: "",
    set: { "election.turnout": 0.5, boycott: true },
  });
});
