// Sentences, lines and findings: what they show and where they lead.

import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Finding } from "../../src/lib/shapes.ts";
import Diagnostics from "../../src/parts/Diagnostics.svelte";
import Lines from "../../src/parts/Lines.svelte";
import Passage from "../../src/parts/Passage.svelte";
import Pieces from "../../src/parts/Pieces.svelte";

const plain = (node: Element | null | undefined) => node?.textContent?.replace(/\s+/g, " ").trim();

test("the words that count are marked within their sentence, however they were broken into lines", () => {
  const sentence = "On Monday the Reds left the coalition for good.";
  const { container } = render(Passage, {
    props: {
      sentence,
      quote: "the Reds\n   left the coalition",
      document: "S 12",
      start: 12,
      end: 40,
      title: "A report",
      publisher: "IHEC",
      dated: "2026-03-04",
    },
  });
  expect(container.querySelector("mark")?.textContent).toBe("the Reds left the coalition");
  expect(plain(container.querySelector("blockquote"))).toBe(sentence);
  expect(screen.getByRole("link").getAttribute("href")).toBe("/evidence/S%2012?at=12-40");
  expect(plain(container.querySelector("p.small"))).toBe("A report, IHEC, 4 Mar 2026");
});

test("words that are the whole sentence, or not in it, are not marked", () => {
  for (const quote of ["The Reds left.", "the Blues left", "", null]) {
    const { container } = render(Passage, { props: { sentence: "The Reds left.", quote } });
    expect(container.querySelector("mark")).toBeNull();
    expect(plain(container)).toBe("The Reds left. the document");
  }
});

test("lines that would be written stand under their file, put in or taken out", () => {
  const diff = ["ties.toml", "- pull = 0.4", "+ pull = 0.5", "! sorted", "notes.toml", "+ [[note]]"];
  const { container } = render(Lines, { props: { diff } });
  expect([...container.querySelectorAll(".place")].map(plain)).toEqual(["ties.toml", "notes.toml"]);
  expect([...container.querySelectorAll("pre")].map((one) => one.textContent)).toEqual(["pull = 0.4\npull = 0.5\n", "[[note]]\n"]);
  expect([...container.querySelectorAll("pre span")].map((one) => one.className)).toEqual(["taken", "added", "added"]);
});

test("a finding leads to its line in a file of the case, and to no file elsewhere", () => {
  const finding = (file: string, line?: number, column?: number) =>
    ({ severity: "error", message: "no such actor", file, line, column, help: "did you mean reds?" }) as unknown as Finding;
  const { container } = render(Diagnostics, {
    props: { list: [finding("ties.toml", 3, 5), finding("documents/S-1.md", 2), finding("case.toml")] },
  });
  expect([...container.querySelectorAll(".place")].map(plain)).toEqual(["ties.toml:3:5", "documents/S-1.md:2", "case.toml"]);
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["/files/ties.toml?line=3", "/files/case.toml"]);
  expect(screen.getAllByText("did you mean reds?").length).toBe(3);
});

test("in a run of text numbers lead to their notes and likelihoods have their range", () => {
  const pieces = [
    { kind: "plain" as const, text: "Reds win " },
    { kind: "number" as const, text: "41 seats", note: "seats" },
    { kind: "plain" as const, text: ", which is " },
    { kind: "likelihood" as const, text: "likely", range: "55–80%" },
  ];
  const { container } = render(Pieces, { props: { pieces } });
  expect(plain(container)).toBe("Reds win 41 seats, which is likely (55–80%)");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/?see=note%3Aseats");
});
