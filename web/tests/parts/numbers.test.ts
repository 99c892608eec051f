// How single numbers are shown: with what they rest on, their range, how they moved.

import { render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test } from "vitest";
import Interval from "../../src/parts/Interval.svelte";
import Judgements from "../../src/parts/Judgements.svelte";
import Number from "../../src/parts/Number.svelte";
import Rating from "../../src/parts/Rating.svelte";
import Spark from "../../src/parts/Spark.svelte";
import Tornado from "../../src/parts/Tornado.svelte";
import type { Overview, SwingView } from "../../src/lib/shapes.ts";

const children = createRawSnippet(() => ({ render: () => "<span>41</span>" }));
const measures = (node: Element | null | undefined, ...names: string[]) => names.map((name) => parseFloat(node?.getAttribute(name) ?? ""));

test("a number leads to its evidence and keeps where the reader is", () => {
  history.replaceState(null, "", "/election?map=seats");
  dispatchEvent(new PopStateEvent("popstate"));
  render(Number, { props: { note: "days", label: "the evidence", children } });
  expect(screen.getByRole("link", { name: "the evidence" }).getAttribute("href")).toBe("/election?map=seats&see=note%3Adays");
});

test("an estimate leads to its path, a tie to itself, and a number of which nothing is known nowhere", () => {
  render(Number, { props: { path: "actor.reds.seats", children } });
  render(Number, { props: { see: "tie:reds>blues:funding", children } });
  render(Number, { props: { children } });
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "/?see=path%3Aactor.reds.seats",
    "/?see=tie%3Areds%3Eblues%3Afunding",
  ]);
  expect(screen.getAllByText("41").length).toBe(3);
});

const interval = (props: Record<string, unknown>) => {
  const { container } = render(Interval, { props: { low: 0, value: 0, high: 0, until: 1, ...props } });
  return { range: container.querySelector(".f-c4"), middle: container.querySelector(".f-ink"), zero: container.querySelector(".l-soft") };
};

test("a range stands in its place on the scale of its column", () => {
  const { range, middle, zero } = interval({ low: 25, value: 50, high: 75, until: 100 });
  expect(measures(range, "x", "width")).toEqual([25, 50]);
  expect(measures(middle, "x", "width")).toEqual([49.4, 1.2]);
  expect(zero).toBeNull();
});

test("a scale about nought has nought in its middle", () => {
  const { range, zero } = interval({ low: -2, value: -1, high: 0, from: -4, until: 4, zero: true });
  expect(measures(zero, "x1", "x2")).toEqual([50, 50]);
  expect(measures(range, "x", "width")).toEqual([25, 25]);
});

test("what lies beyond the scale ends at its edge, and what has no width is still seen", () => {
  expect(measures(interval({ low: 0.5, value: 0.9, high: 3, until: 1 }).range, "x", "width")).toEqual([50, 50]);
  expect(measures(interval({ low: 0.5, value: 0.5, high: 0.5, until: 1 }).range, "x", "width")).toEqual([50, 0.6]);
  expect(measures(interval({ low: 1, value: 1, high: 1, until: 0 }).range, "x")).toEqual([0]);
});

test("how a share moved is drawn from nought and said in words", () => {
  const points = [
    { date: "2026-01-01", share: 0.1 },
    { date: "2026-03-04", share: 0.2 },
  ];
  const { container } = render(Spark, { props: { points, name: "Reds" } });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Reds: 10% on 1 Jan 2026, 20% on 4 Mar 2026");
  expect(container.querySelector("path")?.getAttribute("d")).toBe("M2.0 10.0L74.0 3.0");
});

test("a rating is spelt out on the Admiralty scale", () => {
  const { container } = render(Rating, { props: { rating: "B2" } });
  expect(container.querySelector(".rating")?.getAttribute("title")).toBe("usually reliable; probably true");
  expect(render(Rating, { props: { rating: "F6", spell: true } }).container.textContent).toBe(
    "F6 reliability cannot be judged; truth cannot be judged",
  );
  expect(render(Rating, { props: { rating: null } }).container.textContent).toBe("");
});

const judgement = (more: object) =>
  ({
    statement: [{ kind: "plain", text: "Reds stay." }],
    probability: 0.8,
    band: [0.7, 0.9],
    confidence: "moderate",
    basis: [],
    notes: [],
    ...more,
  }) as unknown as Overview["judgements"][number];
const basis = (text: string) => [{ kind: "plain" as const, text }];

test("likelihood and confidence stand in sentences of their own", () => {
  const list = [
    judgement({}),
    judgement({ basis: basis("for two sources agree"), probability: 0.4 }),
    judgement({ basis: basis("Two sources agree."), notes: ["a", "b"] }),
  ];
  const { container } = render(Judgements, { props: { list } });
  const said = [...container.querySelectorAll(".confidence")].map((one) => one.textContent?.replace(/\s+/g, " ").trim());
  expect(said[0]).toBe("Confidence is moderate.");
  expect(said[1]).toBe("Confidence is moderate for two sources agree.");
  expect(said[2]).toBe("Confidence is moderate. Two sources agree. evidence evidence");
  expect(screen.getAllByRole("img").map((one) => one.getAttribute("aria-label"))).toEqual(["80% of runs", "40% of runs", "80% of runs"]);
  const [x, width] = measures(container.querySelector(".f-c4"), "x", "width");
  expect(x).toBeCloseTo(70, 9);
  expect(width).toBeCloseTo(20, 9);
  expect(screen.getByRole("link", { name: "Evidence of judgement 3, part 2" }).getAttribute("href")).toBe("/?see=note%3Ab");
});

test("what an input's ends do is drawn on one scale for all", () => {
  const swing = (name: string, low: number, high: number) =>
    ({ input: { name, label: name, kind: "estimate" }, low, high, error: 0.5, points: [0.2, 0.6] }) as unknown as SwingView;
  const { container } = render(Tornado, { props: { swings: [swing("pull", 10, 50), swing("turnout", 40, 20)], mean: 30, of: "Seats" } });
  const [pull, turnout] = [...container.querySelectorAll("tbody tr")];
  // from 10 to 50 is the whole width, the mean its half
  expect(measures(pull?.querySelector(".f-c4"), "x", "width")).toEqual([0, 100]);
  expect(measures(pull?.querySelector("line"), "x1")).toEqual([50]);
  expect(measures(turnout?.querySelector(".f-c4"), "x", "width")).toEqual([25, 50]);
  expect(turnout?.textContent?.replace(/\s+/g, " ")).toContain("−20 ± 0.5");
  expect(pull?.textContent).toContain("0.2 to 0.6");
});
