// Files to take away: a table as CSV from its own button.

import type { App } from "./app";
import { toCsv, type Cells } from "./csv_text";
import { h } from "./dom";

/** Give a file to the reader. */
export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A button that gives a table as CSV. */
export function csvButton(app: App, name: string, cells: () => Cells[], title = app.words.say(`position.table.${name}`), label = "CSV"): HTMLElement {
  return h("button", {
    type: "button", class: "csv", "data-act": true, "data-key": `csv/${name}`, title: app.words.say("position.csv_of", { name: title }), "aria-label": app.words.say("position.csv_of", { name: title }),
    click: () => save(new Blob([toCsv(cells())], { type: "text/csv;charset=utf-8" }), `${app.book.data.study.id}-${name}.csv`),
  }, label);
}
