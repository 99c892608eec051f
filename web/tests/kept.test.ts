// What a browser keeps: games, and how the page looks.

import { expect, test, vi } from "vitest";
import { games } from "../src/lib/games.svelte.ts";
import type { Decided } from "../src/lib/shapes.ts";
import { theme } from "../src/lib/theme.svelte.ts";

const decided = [{ week: "2026-01-05" } as unknown as Decided];

test("a game that was never begun is empty, and one that is empty again leaves nothing behind", () => {
  expect(games.of("a")).toEqual({ decided: [], weeks: [] });
  games.keep("a", { decided, weeks: ["2026-01-05"] });
  expect(games.of("a").weeks).toEqual(["2026-01-05"]);
  expect(JSON.parse(localStorage.getItem("a") ?? "")).toEqual({ decided, weeks: ["2026-01-05"] });
  games.keep("a", { decided: [], weeks: [] });
  expect(localStorage.getItem("a")).toBeNull();
});

test("a game kept before is found, one that is broken is begun anew", () => {
  localStorage.setItem("b", '{"weeks":["2026-01-12"]}');
  localStorage.setItem("c", "{broken");
  expect(games.of("b")).toEqual({ decided: [], weeks: ["2026-01-12"] });
  expect(games.of("c")).toEqual({ decided: [], weeks: [] });
});

test("a browser that keeps nothing still plays", () => {
  const refuse = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  games.keep("d", { decided, weeks: [] });
  refuse.mockRestore();
  expect(games.of("d").decided).toEqual(decided);
});

test("the colours are the system's unless the reader chose", () => {
  theme.put("dark");
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(localStorage.getItem("theme")).toBe("dark");
  theme.put("auto");
  expect(document.documentElement.hasAttribute("data-theme")).toBe(false);
});
