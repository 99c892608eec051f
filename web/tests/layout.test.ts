import { expect, test } from "vitest";
import { laid } from "../src/lib/layout.ts";

const ids = ["a", "b", "c", "d", "e", "f"];
const ties: [string, string, number][] = [["a", "b", 1]];
const far = (spots: ReturnType<typeof laid>, one: string, other: string) => {
  const [from, to] = [spots.find((spot) => spot.id === one), spots.find((spot) => spot.id === other)];
  return Math.hypot((from?.x ?? 0) - (to?.x ?? 0), (from?.y ?? 0) - (to?.y ?? 0));
};

test("the same network stands the same way", () => {
  expect(laid(ids, ties, 980, 560, new Map())).toEqual(laid(ids, ties, 980, 560, new Map()));
});

test("every node has a place of its own within the frame, with room for its label", () => {
  const spots = laid(ids, ties, 360, 460, new Map());
  expect(spots.map((spot) => spot.id)).toEqual(ids);
  for (const spot of spots) {
    expect(spot.x).toBeGreaterThanOrEqual(46);
    expect(spot.x).toBeLessThanOrEqual(360 - 46);
    expect(spot.y).toBeGreaterThanOrEqual(22);
    expect(spot.y).toBeLessThanOrEqual(460 - 26);
  }
  for (const one of ids) for (const other of ids) if (one < other) expect(far(spots, one, other)).toBeGreaterThan(20);
});

test("a tie draws two nodes together", () => {
  const [tied, loose] = [laid(ids, ties, 980, 560, new Map()), laid(ids, [], 980, 560, new Map())];
  expect(far(tied, "a", "b")).toBeLessThan(far(loose, "a", "b"));
});

test("a node keeps its place while others come: it moves by two at most in each of the last sixty steps", () => {
  const kept = new Map([["a", { x: 300, y: 200 }]]);
  const spot = laid(ids, ties, 980, 560, kept).find((one) => one.id === "a");
  expect(spot?.fixed).toBe(true);
  expect(Math.hypot((spot?.x ?? 0) - 300, (spot?.y ?? 0) - 200)).toBeLessThanOrEqual(120);
});
