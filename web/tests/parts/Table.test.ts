import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { expect, test, vi } from "vitest";
import Table from "../../src/parts/Table.svelte";

interface Row {
  name: string;
  seats: number;
}
const rows: Row[] = [
  { name: "Reds", seats: 9 },
  { name: "Blues", seats: 100 },
  { name: "Äther", seats: 41 },
];
const columns = [
  { id: "name", name: "List", sort: (row: Row) => row.name },
  { id: "seats", name: "Seats", number: true, sort: (row: Row) => row.seats },
  { id: "note", name: "Note" },
];
const row = createRawSnippet((one: () => Row) => ({
  render: () => `<tr><th scope="row">${one().name}</th><td>${one().seats}</td><td></td></tr>`,
}));
const show = (more: Record<string, unknown> = {}) =>
  render(Table<Row>, { props: { caption: "Seats by list", columns, rows, row, key: (one: Row) => one.name, ...more } });
const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);
const head = (name: string) => screen.getByRole("columnheader", { name });

test("rows stand as they were handed in until an order is asked for", () => {
  show();
  expect(names()).toEqual(["Reds", "Blues", "Äther"]);
  expect(head("Seats").getAttribute("aria-sort")).toBeNull();
  // a column that has no order has nothing to press
  expect(within(head("Note")).queryByRole("button")).toBeNull();
});

test("numbers begin with the largest, by size and not by letters, and turn round", async () => {
  show();
  await userEvent.click(screen.getByRole("button", { name: "Seats" }));
  expect(names()).toEqual(["Blues", "Äther", "Reds"]);
  expect(head("Seats").getAttribute("aria-sort")).toBe("descending");
  expect(location.search).toBe("?sort=-seats");
  await userEvent.click(within(head("Seats")).getByRole("button"));
  expect(names()).toEqual(["Reds", "Äther", "Blues"]);
  expect(location.search).toBe("?sort=seats");
});

test("names begin with A, also where it has dots, and an order is no step to go back over", async () => {
  show();
  const steps = history.length;
  await userEvent.click(screen.getByRole("button", { name: "List" }));
  expect(names()).toEqual(["Äther", "Blues", "Reds"]);
  expect(history.length).toBe(steps);
});

test("two tables of one page have each its own order", async () => {
  show({ name: "a" });
  show({ name: "b", caption: "Other", first: "-seats" });
  expect(names()).toEqual(["Reds", "Blues", "Äther", "Blues", "Äther", "Reds"]);
  await userEvent.click(screen.getAllByRole("button", { name: /^List/ })[0] as HTMLElement);
  expect(names()).toEqual(["Äther", "Blues", "Reds", "Blues", "Äther", "Reds"]);
});

test("of many rows the first of the order are shown, and the others at a press", async () => {
  show({ most: 2, first: "-seats" });
  expect(names()).toEqual(["Blues", "Äther"]);
  await userEvent.click(screen.getByRole("button", { name: "1 more" }));
  expect(names()).toEqual(["Blues", "Äther", "Reds"]);
  await userEvent.click(screen.getByRole("button", { name: "The first 2 only" }));
  expect(names()).toEqual(["Blues", "Äther"]);
});

test("a table is taken away whole, though it shows its first rows only", async () => {
  const blobs: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => (blobs.push(blob), "blob:x"), revokeObjectURL() {} }));
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  show({ most: 1, first: "seats" });
  await userEvent.click(screen.getByRole("button", { name: "CSV of the table Seats by list" }));
  const text = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(blobs[0] as Blob);
  });
  // the arrow in the head is for the eye alone
  expect(text).toBe("List,Seats,Note\r\nReds,9,\r\nÄther,41,\r\nBlues,100,\r\n");
  expect((click.mock.contexts[0] as HTMLAnchorElement).download).toBe("seats-by-list.csv");
  expect(names()).toEqual(["Reds"]);
});

test("a table without rows offers nothing to take away", () => {
  show({ rows: [] });
  expect(screen.queryByRole("button", { name: /CSV/ })).toBeNull();
});
