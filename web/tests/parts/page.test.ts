// What the page says of the case as a whole: the day it is looked at from, work that runs, what a word is found in.

import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { live } from "../../src/lib/live.svelte.ts";
import type { CaseHead, JobView } from "../../src/lib/shapes.ts";
import AsOf from "../../src/parts/AsOf.svelte";
import Jobs from "../../src/parts/Jobs.svelte";
import Search from "../../src/views/Search.svelte";
import { serve } from "../server.ts";

const head = (as_of: string) =>
  ({
    revision: "1",
    as_of,
    own_as_of: "2026-03-04",
    days: ["2026-01-01", "2026-03-04"],
    actors: [
      { id: "reds", name: "The Red List", label: "Reds", kind: "party", ties: 3 },
      { id: "blues", name: "The Blue List", label: "Blues", kind: "party", ties: 2 },
      { id: "old", name: "Old Reds", label: "Old", kind: "faction", ties: 1, community: "North" },
    ],
    scenarios: [{ name: "boycott", title: "A boycott", why: "The red list stays away" }],
    diagnostics: [],
  }) as unknown as CaseHead;

beforeEach(() => {
  live.head = head("2026-03-04");
  live.jobs = [];
  live.said = "";
});

test("the day from which the case is looked at is chosen on the days it has", async () => {
  let day = "2026-03-04";
  const asked = serve({
    session: () => ({ body: { csrf: "x" } }),
    "as-of": (one) => {
      day = (one.body as { date: string | null }).date ?? "2026-03-04";
      return { status: 204, body: undefined };
    },
    case: () => ({ body: head(day) }),
  });
  render(AsOf);
  const slider = screen.getByRole<HTMLInputElement>("slider", { hidden: true });
  // 31 days of January, 28 of February, three of March
  expect(slider.max).toBe("62");
  expect(slider.value).toBe("62");
  await fireEvent.change(slider, { target: { value: "31" } });
  await vi.waitFor(() => expect(live.head?.as_of).toBe("2026-02-01"));
  expect(asked.find((one) => one.address === "/api/as-of")?.body).toEqual({ date: "2026-02-01" });
  await vi.waitFor(() => expect(location.search).toBe("?as_of=2026-02-01"));
  expect(screen.getByText("moved")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Back to 4 Mar 2026", hidden: true }));
  await vi.waitFor(() => expect(location.search).toBe(""));
  expect(asked.filter((one) => one.address === "/api/as-of").at(-1)?.body).toEqual({ date: null });
});

test("work that runs says how far it is and how long it takes", () => {
  const job = (more: object) =>
    ({ id: 1, kind: "base", state: "running", done: 0, total: 0, stage: null, eta_seconds: null, ...more }) as JobView;
  live.jobs = [
    job({ done: 299, total: 1000, stage: "runs", eta_seconds: 150 }),
    job({ id: 2, kind: "brief", state: "waiting" }),
    job({ id: 3, state: "done" }),
  ];
  const { container } = render(Jobs);
  const said = [...container.querySelectorAll(".job-words")].map((one) => one.textContent?.replace(/\s+/g, " ").trim());
  expect(said).toEqual(["Running the case runs 29%, 3 minutes left", "Composing the brief waiting"]);
  expect(screen.getByRole("status").textContent).toBe("2 jobs running");
  // how far is not known yet: the bar says so, and not that nothing was done
  expect(container.querySelectorAll("progress")[1]?.hasAttribute("value")).toBe(false);
});

async function search(words: string) {
  history.replaceState(null, "", "/search?q=" + encodeURIComponent(words));
  dispatchEvent(new PopStateEvent("popstate"));
  serve({
    levers: () => ({ body: { levers: [], total: 0 } }),
    "forms/wish": () => ({
      body: {
        fields: [
          {
            name: "decision",
            known: [
              { id: "red-line", name: "The red line" },
              { id: "budget", name: "The budget" },
            ],
          },
        ],
      },
    }),
    timeline: () => ({ body: { entries: [] } }),
    search: () => ({ body: { hits: [] } }),
  });
  render(Search);
  await screen.findByRole("heading", { name: `Found for “${words}”` });
  const names = () => screen.getAllByRole("link").flatMap((link) => (link.closest(".plain") ? [link.textContent?.trim()] : []));
  return names;
}

test("actors, scenarios and decisions are found that hold every word, in any order and case", async () => {
  const names = await search("list RED");
  expect(names()).toEqual(["The Red List", "A boycott"]);
});

test("a word is found in names, labels and decisions", async () => {
  const names = await search("red");
  await vi.waitFor(() => expect(names()).toEqual(["The Red List", "Old Reds", "A boycott", "The red line"]));
});

test("a view is found by its title", async () => {
  const names = await search("what if");
  expect(names()).toEqual(["What if"]);
});
