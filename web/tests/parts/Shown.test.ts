import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { expect, test, vi } from "vitest";
import { Fault } from "../../src/lib/api.ts";
import type { Answer } from "../../src/lib/ask.svelte.ts";
import Shown from "../../src/parts/Shown.svelte";

const children = createRawSnippet((value: () => string[]) => ({ render: () => `<p>${value().join(", ")}</p>` }));
const empty = createRawSnippet(() => ({ render: () => "<p>Nothing yet</p>" }));
const show = (answer: Partial<Answer<string[]>>) =>
  render(Shown<string[]>, {
    props: { answer: answer as Answer<string[]>, children, empty, isEmpty: (list: string[]) => list.length === 0, lines: 3 },
  }).container;
const fault = new Fault({ type: "about:blank", title: "Refused", status: 422, detail: "ties.toml says it twice", hint: "take one away" });

test("an answer on its way says so", () => {
  const container = show({ waiting: true });
  expect(screen.getByRole("status").textContent).toBe("Loading");
  expect(container.querySelectorAll(".bar").length).toBe(3);
});

test("an answer is shown; while it is asked for anew it stays and is marked", () => {
  expect(show({ value: ["Reds", "Blues"], waiting: false }).querySelector(".stale")).toBeNull();
  expect(screen.getByText("Reds, Blues")).toBeTruthy();
  const again = show({ value: ["Greens"], waiting: true });
  expect(again.querySelector(".stale")?.textContent?.trim()).toBe("Greens");
  expect(again.querySelector(".shown")?.getAttribute("aria-busy")).toBe("true");
});

test("an answer with nothing in it is told from none", () => {
  show({ value: [], waiting: false });
  expect(screen.getByText("Nothing yet")).toBeTruthy();
  expect(screen.queryByText("Loading")).toBeNull();
});

test("a refusal is told with its fix and can be asked again", async () => {
  const again = vi.fn();
  show({ fault, waiting: false, again });
  expect(screen.getByRole("alert").textContent).toMatch(/Refused.*ties\.toml says it twice.*take one away/s);
  expect(screen.queryByText("Loading")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("a refusal takes nothing away that was there", () => {
  show({ fault, value: ["Reds"], waiting: false });
  expect(screen.getByText("Reds")).toBeTruthy();
});
