import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { DifferenceView } from "../../src/lib/shapes.ts";
import { csvOf } from "../../src/lib/csv.ts";
import Differences from "../../src/parts/Differences.svelte";

const row = (quantity: string, unit: DifferenceView["unit"], base: number, scenario: number, error: number, low = 0, high = 0) => ({
  quantity,
  unit,
  base,
  scenario,
  error,
  changed: 0.25,
  runs: 1000,
  difference: { mean: scenario - base, low, high },
});
const rows = [
  row("Seats of Reds", "seats", 41, 44.5, 0.4, -1, 8),
  row("Reds lead", "probability", 0.4, 0.5, 0.02),
  row("Days to form", "days", 120, 90, 5, -60, 4),
  row("Seats of Blues", "seats", 30, 30.1, 0.4, -1, 1),
  row("Blues lead", "probability", 0.2, 0.2, 0),
] as DifferenceView[];
const show = () => render(Differences, { props: { rows, name: "What if" } }).container;
const cells = (name: string) => {
  const found = screen.getByRole("rowheader", { name, hidden: true }).closest("tr");
  return [...(found?.cells ?? [])].map((cell) => cell.textContent?.replace(/\s+/g, " ").trim());
};

test("chances come first, then days, then seats", () => {
  show();
  expect(screen.getAllByRole("heading").map((one) => one.textContent)).toEqual(["Chances", "Days", "Seats"]);
});

test("a chance changes by points, anything else by its own unit, each with its error", () => {
  show();
  expect(cells("Reds lead")).toEqual(["Reds lead", "40%", "50%", "+10 pts ± 2", "", "25%"]);
  expect(cells("Days to form")).toEqual(["Days to form", "120", "90", "−30 ± 5", "−60 … +4", "", "25%"]);
  expect(cells("Seats of Reds")).toEqual(["Seats of Reds", "41", "44.5", "+3.5 ± 0.4", "−1 … +8", "", "25%"]);
});

test("what is not told apart from luck is folded, and no bar is drawn for it", () => {
  const container = show();
  const folded = [...container.querySelectorAll("details")];
  expect(folded.map((one) => one.querySelector("summary")?.textContent)).toEqual([
    "1 quantity not changed at all",
    "1 quantity not told apart from the luck of these runs",
  ]);
  expect(folded[0]?.querySelector("svg.interval")).toBeNull();
  expect(cells("Blues lead")[3]).toBe("0");
  // something else of the unit stands clear, so it stays folded
  expect(folded[0]?.open).toBe(false);
});

test("a change is drawn about nought, on one scale for its unit", () => {
  const container = show();
  const bar = [...container.querySelectorAll("tr")].find((one) => one.textContent?.includes("Days to form"))?.querySelector(".f-c4");
  // from −60 to 60: −60 is 0, 4 is 64/120
  expect(Number(bar?.getAttribute("x"))).toBe(0);
  expect(Number(bar?.getAttribute("width"))).toBeCloseTo(53.333, 3);
});

test("taken away as a file every cell stands under its own head", () => {
  const table = show().querySelector("table") as HTMLTableElement;
  expect(csvOf(table)).toBe("Quantity,Base,What if,Difference,Changed\r\nReds lead,40%,50%,+10 pts ± 2,25%\r\n");
});
