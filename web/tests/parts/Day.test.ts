import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import Day from "../../src/parts/Day.svelte";

const show = (value = "") => {
  const onday = vi.fn();
  const made = render(Day, { props: { value, label: "Since", onday } });
  return { onday, field: screen.getByLabelText<HTMLInputElement>(/^Since/), ...made };
};

test("a day is asked for year first, and not by the browser's own field, which shows it as its language would", () => {
  const { field } = show("2026-03-04");
  expect(field.type).toBe("text");
  expect(field.placeholder).toBe("YYYY-MM-DD");
  expect(field.value).toBe("2026-03-04");
  expect(screen.getByText("4 Mar 2026")).toBeTruthy();
});

test("a day is taken once it is whole, and not before", async () => {
  const { field, onday } = show();
  await userEvent.type(field, "2026-03-0");
  expect(onday).not.toHaveBeenCalled();
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await userEvent.type(field, "4");
  expect(onday.mock.calls).toEqual([["2026-03-04"]]);
});

test("month first is no day, nor is one the calendar does not have", async () => {
  const { field, onday } = show();
  await userEvent.type(field, "03/04/2026");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await userEvent.clear(field);
  onday.mockClear();
  await userEvent.type(field, "2026-02-30");
  expect(onday).not.toHaveBeenCalled();
  expect(field.getAttribute("aria-invalid")).toBe("true");
});

test("a field that is emptied says that there is no day", async () => {
  const { field, onday } = show("2026-03-04");
  await userEvent.clear(field);
  expect(onday.mock.calls).toEqual([[""]]);
});
