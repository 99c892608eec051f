import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bind, inForce, press } from "../src/lib/keys.ts";
import { theme } from "../src/lib/theme.svelte.ts";

let ends: (() => void)[] = [];
let now = 100_000;
beforeEach(() => {
  document.body.innerHTML = '<input id="text"><input id="tick" type="checkbox"><p id="plain">x</p>';
  document.addEventListener("keydown", press);
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  document.removeEventListener("keydown", press);
  for (const end of ends) end();
  ends = [];
  now += 100_000;
  theme.setLetters(true);
});

function key(...names: string[]): (() => string[]) & { said: string[] } {
  const said: string[] = [];
  ends.push(bind(names.map((name) => ({ key: name, words: name, does: () => said.push(name) }))));
  return Object.assign(() => said, { said });
}
function type(name: string, where = "plain", options: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...options });
  document.getElementById(where)?.dispatchEvent(event);
  return event.defaultPrevented;
}

test("a key does what it says, and the browser does nothing of its own", () => {
  const { said } = key("u");
  expect(type("u")).toBe(true);
  expect(type("v")).toBe(false);
  expect(said).toEqual(["u"]);
});

test("two keys in a row go before the second alone, if they come soon", () => {
  const { said } = key("n", "g n");
  type("g");
  type("n");
  now += 5000;
  type("g");
  now += 1300;
  type("n");
  expect(said).toEqual(["g n", "n"]);
});

test("the keys of the view go before those of the page, until it is left", () => {
  const page = key("u", "Escape");
  const view = key("u");
  expect(inForce().map((one) => one.key)).toEqual(["u", "u", "Escape"]);
  type("u");
  expect([page.said, view.said]).toEqual([[], ["u"]]);
  ends.pop()?.();
  type("u");
  expect(page.said).toEqual(["u"]);
});

test("who writes is left alone, who ticks is not", () => {
  const { said } = key("u");
  expect(type("u", "text")).toBe(false);
  expect(type("u", "tick")).toBe(true);
  expect(said).toEqual(["u"]);
});

test("keys of the browser and letters that were switched off do nothing", () => {
  const { said } = key("u", "Escape");
  expect(type("u", "plain", { ctrlKey: true })).toBe(false);
  theme.setLetters(false);
  expect(type("u")).toBe(false);
  expect(type("Escape")).toBe(true);
  expect(said).toEqual(["Escape"]);
});

test("nothing is done behind a window that is open", () => {
  const { said } = key("u");
  document.body.append(Object.assign(document.createElement("dialog"), { open: true }));
  expect(type("u")).toBe(false);
  expect(said).toEqual([]);
});
