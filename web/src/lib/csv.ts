// A table as it is shown, taken away as a file.

import { slug } from "./slug.ts";

/** The cells as CSV, as RFC 4180 has it. A cell that a spreadsheet would take for a formula is kept as text. */
export function csvOf(table: HTMLTableElement): string {
  const cell = (one: HTMLTableCellElement) => {
    const read = one.cloneNode(true) as HTMLTableCellElement;
    for (const mark of read.querySelectorAll("[aria-hidden=true]")) mark.remove();
    const text = (read.textContent ?? "")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/^−(?=[\d.])/, "-");
    const plain = /^[=+@-]/.test(text) && !/^[+-][\d.]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const body = [...table.tBodies].flatMap((part) => [...part.rows]);
  // a column of bars has no words: it is left out with its head
  const isDrawn = (place: number) =>
    body.length > 0 && body.every(({ cells }) => cells[place]?.classList.contains("grow") && !cells[place].textContent?.trim());
  const rows = [...table.rows].map((row) =>
    [...row.cells]
      .filter((_, place) => !isDrawn(place))
      .map(cell)
      .join(","),
  );
  return rows.join("\r\n") + "\r\n";
}

export function takeAway(name: string, text: string, kind = "text/csv;charset=utf-8") {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const fileName = (words: string) => slug(words, 60) || "table";
