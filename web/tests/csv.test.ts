import { expect, test } from "vitest";
import { csvOf, fileName } from "../src/lib/csv.ts";

function table(html: string): HTMLTableElement {
  const made = document.createElement("table");
  made.innerHTML = html;
  return made;
}
const one = (cell: string) => csvOf(table(`<tbody><tr><td>${cell}</td></tr></tbody>`)).trimEnd();

test("cells are parted by commas and lines end as RFC 4180 has it", () => {
  const made = table("<thead><tr><th>List</th><th>Seats</th></tr></thead><tbody><tr><th>Reds</th><td>41</td></tr></tbody>");
  expect(csvOf(made)).toBe("List,Seats\r\nReds,41\r\n");
});

test("commas and quotes are quoted, and space is one space", () => {
  expect(one("Reds,  the <b>old</b>\n ones")).toBe('"Reds, the old ones"');
  expect(one("the “big” 'tent'")).toBe("the “big” 'tent'");
  expect(one('"yes"')).toBe('"""yes"""');
});

test("a minus sign before figures is one that a spreadsheet reads", () => {
  expect(one("−3.5")).toBe("-3.5");
  expect(one("+3.5")).toBe("+3.5");
  expect(one("1,234")).toBe('"1,234"');
});

test("what a spreadsheet would take for a formula stays text", () => {
  expect(one("=SUM(A1)")).toBe("'=SUM(A1)");
  expect(one("+cmd")).toBe("'+cmd");
  expect(one("-cmd")).toBe("'-cmd");
  expect(one("@me")).toBe("'@me");
});

test("a column of bars is left out with its head, so that heads stand over their own", () => {
  const made = table(`
    <thead><tr><th>List</th><th class="grow"><span class="unseen">as a bar</span></th><th>Changed</th></tr></thead>
    <tbody><tr><th>Reds</th><td class="grow"><svg></svg></td><td>12%</td></tr><tr><th>Blues</th><td class="grow"></td><td>3%</td></tr></tbody>`);
  expect(csvOf(made)).toBe("List,Changed\r\nReds,12%\r\nBlues,3%\r\n");
});

test("an empty cell is an empty cell", () => {
  expect(csvOf(table("<tbody><tr><td>a</td><td></td><td>c</td></tr></tbody>"))).toBe("a,,c\r\n");
});

test("a file is named after the table", () => {
  expect(fileName("Seats: who gains, who loses")).toBe("seats-who-gains-who-loses");
  expect(fileName("Grösse der Fraktionen")).toBe("grosse-der-fraktionen");
  expect(fileName("Çelik")).toBe("celik");
  expect(fileName("المقاعد")).toBe("table");
  expect(fileName("word ".repeat(20))).toBe(Array(12).fill("word").join("-"));
});
