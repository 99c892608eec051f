// Numbers and dates as the brief writes them.

const exact = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 12 });
const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

export function percent(share: number): string {
  const hundred = share * 100;
  if (share > 0 && hundred < 1) return "<1%";
  if (share < 1 && hundred > 99) return ">99%";
  return (hundred < 9.95 && hundred !== Math.round(hundred) ? hundred.toFixed(1).replace(/\.0$/, "") : String(Math.round(hundred))) + "%";
}

/** At most three figures that mean something, written out; thousands parted. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return "·";
  const size = Math.abs(value);
  if (size === 0) return "0";
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 1 - Math.floor(Math.log10(size));
  return exact.format(Number(value.toFixed(Math.min(digits, 12)))).replace("-", "−");
}

export function signed(value: number): string {
  if (value === 0) return "0";
  return (value > 0 ? "+" : "") + number(value);
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export function date(text: string | null | undefined): string {
  if (!text) return "";
  const when = new Date(text.slice(0, 10) + "T00:00:00Z");
  return Number.isNaN(when.getTime()) ? text : day.format(when);
}

export const plural = (count: number, one: string, many = one + "s") => `${whole.format(count)} ${count === 1 ? one : many}`;

export function seconds(left: number): string {
  if (left < 1) return "less than a second";
  if (left < 90) return plural(Math.round(left), "second");
  return plural(Math.round(left / 60), "minute");
}

/** Moves a date by days. */
export function moved(text: string, days: number): string {
  return new Date(Date.parse(text.slice(0, 10) + "T00:00:00Z") + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
}

/** A tie in words: who pulls on whom by what, and how much. */
export const tieSaid = (tie: { from_label: string; to_label: string; channel: string; pull: number; low: number; high: number }) =>
  `${tie.from_label} on ${tie.to_label}, ${tie.channel}: ${number(tie.pull)} (${number(tie.low)} to ${number(tie.high)})`;
