// Tables as text that spreadsheets open safely.

export type Cells = (string | number | null | undefined)[];

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?$/;

/** A cell that no spreadsheet takes for a formula; numbers stay as they are. */
export function guard(value: string | number | null | undefined): string {
  const text = value == null || (typeof value === "number" && !Number.isFinite(value)) ? "" : String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** UTF-8 text of a table with a byte order mark, so that spreadsheets read Chinese rightly. */
export function toCsv(rows: Cells[]): string {
  return `\uFEFF${rows.map((row) => row.map(guard).join(",")).join("\r\n")}\r\n`;
}
