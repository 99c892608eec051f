// A table as it is shown, taken away as a file.

/** The cells as CSV, as RFC 4180 has it. A cell that a spreadsheet would take for a formula is kept as text. */
export function csvOf(table: HTMLTableElement): string {
  const cell = (one: HTMLTableCellElement) => {
    const text = (one.textContent ?? "")
      .replace(/\s+/g, " ")
      .trim()
      .replace(/^−(?=[\d.])/, "-");
    const plain = /^[=+@\t]/.test(text) && !/^\+[\d.]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const rows = [...table.rows].map((row) =>
    [...row.cells]
      .filter((one) => !one.classList.contains("grow") || one.textContent?.trim())
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

export const fileName = (words: string) =>
  words
    .toLocaleLowerCase("en")
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60) || "table";
