// Evidence sentences, as the run's writer puts them; every number opens its row.

import type { App } from "./app";
import { h } from "./dom";
import { factRow } from "./fact";
import { whereOf } from "./position_model";
import type { Sentence, SentencePart } from "./types_position";

const NARROW = 800; // below, the row stands under everything else

/** Number of a row, as a button that opens it. */
export function rowButton(app: App, text: string, place: string, indicator: string, file: string, row: number | null): HTMLElement | string {
  const on = [place, indicator, whereOf(file, row)];
  if (row === null || !factRow(app.book, on)) return text;
  const held = app.state.on.join() === on.join();
  return h("button", {
    type: "button", class: held ? "num held" : "num", "data-key": on.join("/"), "aria-expanded": held ? "true" : "false", "aria-label": app.words.say("position.open_row", { text, file, row }),
    click: () => {
      app.set({ on: held ? [] : on });
      if (window.innerWidth < NARROW) document.querySelector(".dock")?.scrollIntoView({ block: "nearest" });
    },
  }, text);
}

/** Parts of a sentence, each number with the brackets that stand right around it. */
export function bracketed(parts: SentencePart[]): (SentencePart & { open: string; close: string })[] {
  const found = parts.map((part) => ({ ...part, open: "", close: "" }));
  found.forEach((part, k) => {
    const [before, after] = [found[k - 1], found[k + 1]];
    if (part.row === null || !before || !after || !/[（(]$/.test(before.text) || !/^[）)]/.test(after.text)) return;
    part.open = before.text.slice(-1);
    part.close = after.text.slice(0, 1);
    before.text = before.text.slice(0, -1);
    after.text = after.text.slice(1);
  });
  return found;
}

/** The sentence as a paragraph; brackets stay with their number at the end of a line. */
export function drawSentence(app: App, said: Sentence | undefined): HTMLElement | null {
  if (!said) return null;
  return h("p", { class: "sentence" }, bracketed(said[app.words.language]).map((part) => {
    const row = part.row === null ? undefined : app.book.position?.data.rows[part.row];
    const told = row ? rowButton(app, part.text, row.place, row.indicator, row.file, row.row) : part.text;
    return part.open ? h("span", { class: "bound" }, part.open, told, part.close) : told;
  }));
}
