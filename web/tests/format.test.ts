import { describe, expect, test } from "vitest";
import { date, daysBetween, moved, number, percent, plural, seconds, signed, tieSaid } from "../src/lib/format.ts";

test("a share is never rounded to nothing or to certainty", () => {
  expect(percent(0)).toBe("0%");
  expect(percent(0.0099)).toBe("<1%");
  expect(percent(0.01)).toBe("1%");
  expect(percent(0.99)).toBe("99%");
  expect(percent(0.9901)).toBe(">99%");
  expect(percent(1)).toBe("100%");
});

test("a small share keeps one decimal, and no nought behind it", () => {
  expect(percent(0.0234)).toBe("2.3%");
  expect(percent(0.07)).toBe("7%");
  expect(percent(0.0996)).toBe("10%");
  expect(percent(0.463)).toBe("46%");
});

describe("a number", () => {
  test("has three figures that mean something", () => {
    expect(number(123.4)).toBe("123");
    expect(number(12.34)).toBe("12.3");
    expect(number(1.234)).toBe("1.23");
    expect(number(0.1234)).toBe("0.12");
    expect(number(0.05678)).toBe("0.057");
    expect(number(0.0004321)).toBe("0.00043");
    expect(number(2.5)).toBe("2.5");
  });
  test("has its thousands parted, also where rounding brings it there", () => {
    expect(number(1234567)).toBe("1,234,567");
    expect(number(999.4)).toBe("999");
    expect(number(999.6)).toBe("1,000");
  });
  test("has a minus sign and no hyphen, whatever its size", () => {
    expect(number(-3.25)).toBe("−3.25");
    expect(number(-1234)).toBe("−1,234");
  });
  test("is written out, however small", () => expect(number(0.00000012)).toBe("0.00000012"));
  test("that is none is a dot", () => {
    expect(number(NaN)).toBe("·");
    expect(number(Infinity)).toBe("·");
    expect(number(0)).toBe("0");
  });
  test("that is a change has its sign", () => {
    expect(signed(0)).toBe("0");
    expect(signed(4.25)).toBe("+4.25");
    expect(signed(-4.25)).toBe("−4.25");
  });
});

test("a day is written so that nobody takes it for another", () => {
  expect(date("2026-03-04")).toBe("4 Mar 2026");
  expect(date("2026-03-04T23:59:00Z")).toBe("4 Mar 2026");
  expect(date("")).toBe("");
  expect(date(null)).toBe("");
  expect(date("in spring")).toBe("in spring");
});

test("days are counted over leap days and over the change of clocks", () => {
  expect(moved("2024-02-28", 2)).toBe("2024-03-01");
  expect(moved("2025-02-28", 1)).toBe("2025-03-01");
  expect(moved("2026-01-01", -1)).toBe("2025-12-31");
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
  expect(daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
});

test("counts and durations are words", () => {
  expect(plural(1, "source")).toBe("1 source");
  expect(plural(0, "source")).toBe("0 sources");
  expect(plural(1200, "quantity", "quantities")).toBe("1,200 quantities");
  expect(seconds(0.4)).toBe("less than a second");
  expect(seconds(1.2)).toBe("1 second");
  expect(seconds(89)).toBe("89 seconds");
  expect(seconds(150)).toBe("3 minutes");
});

test("a tie says who pulls on whom", () => {
  const tie = { from_label: "Reds", to_label: "Blues", channel: "funding", pull: 0.4, low: 0.25, high: 0.55 };
  expect(tieSaid(tie)).toBe("Reds on Blues, funding: 0.4 (0.25 to 0.55)");
});
