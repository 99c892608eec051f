import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Lever as View } from "../../src/lib/shapes.ts";
import Lever from "../../src/parts/Lever.svelte";

const estimate: View = {
  kind: "estimate",
  label: "Turnout",
  path: "election.turnout",
  value: 0.43,
  low: 0,
  high: 1,
  unit: null,
  source: "IHEC",
};
const toggle: View = { kind: "switch", label: "Boycott", path: "election.boycott", value: true, source: "" };
const show = (lever: View, value?: number | boolean | string) => {
  const put = vi.fn();
  return { put, ...render(Lever, { props: { lever, value, put } }) };
};

test("a number stands at its value, between its ends, in steps of a fiftieth of them or finer", () => {
  show(estimate);
  const slider = screen.getByRole<HTMLInputElement>("slider", { name: "Turnout" });
  expect([slider.min, slider.max, slider.step, slider.value]).toEqual(["0", "1", "0.01", "0.43"]);
  expect(screen.getByRole<HTMLInputElement>("spinbutton").value).toBe("0.43");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/?see=path%3Aelection.turnout");
  expect(screen.getByRole("link").textContent).toBe("0.43 (0 to 1)");
  expect(screen.queryByRole("button", { name: "Put Turnout back" })).toBeNull();
});

test("steps are round numbers for any width", () => {
  show({ ...estimate, high: 200, value: 70 });
  expect(screen.getByRole<HTMLInputElement>("slider").step).toBe("1");
});

test("drawing changes the address in place, a number that is typed is a step", async () => {
  const { put } = show(estimate);
  await fireEvent.input(screen.getByRole("slider"), { target: { value: "0.5" } });
  expect(put).toHaveBeenLastCalledWith(0.5, "replace");
  const exact = screen.getByRole("spinbutton");
  await userEvent.clear(exact);
  await userEvent.type(exact, "0.475{Tab}");
  expect(put).toHaveBeenLastCalledWith(0.475);
});

test("a number may lie beyond the range of the case, and the slider then reaches it", async () => {
  const { put } = show(estimate, 1.5);
  expect(screen.getByRole<HTMLInputElement>("slider").max).toBe("1.5");
  expect(screen.getByRole("link").textContent).toBe("0.43 (0 to 1)");
  await userEvent.click(screen.getByRole("button", { name: "Put Turnout back" }));
  expect(put).toHaveBeenLastCalledWith(null);
});

test("a switch that stands as in the case is not set", async () => {
  const { put } = show(toggle);
  const box = screen.getByRole<HTMLInputElement>("switch", { name: "Boycott" });
  expect(box.checked).toBe(true);
  await userEvent.click(box);
  expect(put).toHaveBeenLastCalledWith(false);
  await userEvent.click(box);
  expect(put).toHaveBeenLastCalledWith(null);
});

test("a switch that was set says how the case has it", () => {
  show(toggle, false);
  expect(screen.getByRole<HTMLInputElement>("switch").checked).toBe(false);
  expect(screen.getByText("in the case: yes")).toBeTruthy();
});
