import { expect, test } from "vitest";
import { cut } from "../src/lib/spans.ts";

const told = (text: string, spans: { from: number; to: number; id: string }[]) =>
  cut(text, spans).map((piece) => [piece.text, piece.from, piece.over.map((span) => span.id).join("")]);

test("a text is cut where spans begin and end, and each piece knows those it lies in", () => {
  const spans = [
    { from: 1, to: 4, id: "a" },
    { from: 2, to: 6, id: "b" },
  ];
  expect(told("abcdefg", spans)).toEqual([
    ["a", 0, ""],
    ["b", 1, "a"],
    ["cd", 2, "ab"],
    ["ef", 4, "b"],
    ["g", 6, ""],
  ]);
});

test("what reaches beyond the text is cut there; what is empty or outside is nothing", () => {
  const spans = [
    { from: -3, to: 2, id: "a" },
    { from: 2, to: 2, id: "b" },
    { from: 4, to: 9, id: "c" },
    { from: 2, to: 99, id: "d" },
  ];
  expect(told("abcd", spans)).toEqual([
    ["ab", 0, "a"],
    ["cd", 2, "d"],
  ]);
  expect(told("abc", [])).toEqual([["abc", 0, ""]]);
  expect(told("", [])).toEqual([]);
});
