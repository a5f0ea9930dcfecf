// The row in hand: what a number of the positions was read from, down to file, row and source.

import { placeName, unitName, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { flagSign, flagWords } from "./marks";
import { area, period } from "./position_cell";
import { whereOf } from "./position_model";
import type { Book } from "./book";
import type { PanelRow } from "./types_position";

/** The row that an address names: of the positions, or of what stands behind a constraint or a chain. */
export function factRow(book: Book, on: string[]): PanelRow | undefined {
  const [place = "", indicator = "", where = ""] = on;
  if (!where.includes(":")) return undefined;
  const known = book.position?.row(place, indicator, where);
  if (known) return known;
  const proof = book.tables.get("constraint_evidence").find((row) => row.place === place && row.indicator === indicator && whereOf(row.file, row.row) === where);
  if (!proof) return undefined;
  const cell = book.cell(place, indicator);
  const same = cell?.file === proof.file && cell.row === proof.row ? cell : undefined;
  const plain = { since: null, area: "", qualifier: "", note: same?.note ?? { zh: "", en: "" }, column: same?.column ?? "value", cell: same?.cell ?? String(proof.value ?? "") };
  return { ...plain, place, indicator, value: proof.value, unit: proof.unit, year: proof.year, source: proof.source, flag: proof.flag, file: proof.file, row: proof.row! };
}

/** The open row, or nothing. */
export function drawFact(app: App): HTMLElement | null {
  const where = app.state.on[2] ?? "";
  const found = factRow(app.book, app.state.on);
  if (!found) return null;
  const { words } = app;
  const source = app.book.sources.get(found.source);
  const title = words.say("position.row_title", { place: placeName(app, found.place), indicator: indicatorName(app, found.indicator) });
  const flags = found.flag.split(";").filter(Boolean);
  const note = words.of(found.note);
  const items: [string, string][] = [
    [words.say("chain.read"), words.say("chain.read_text", { cell: found.cell, file: found.file, row: found.row, column: found.column })],
    [words.say("chain.value"), `${found.qualifier}${words.number(found.value)} ${unitName(app, found.unit)}${words.say("in_brackets", { text: period({ ...found }) || words.say("position.undated") })}`],
    [words.say("position.head_area"), area(app, found.area)],
    ...flags.map((flag): [string, string] => [words.say("chain.flag"), `${flagSign(app, flag)} ${flagWords(app, flag)}`]),
    ...(note ? [[words.say("position.note"), note] as [string, string]] : []),
    [words.say("chain.from"), source ? [source.title, source.publisher, source.year, source.licence].filter(Boolean).join(words.say("comma")) : found.source],
  ];
  return h("section", { class: "chain", "aria-label": title },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }), h("button", { type: "button", "data-key": "chain-close", click: () => app.set({ on: [] }) }, words.say("chain.close"))),
    h("div", { class: "scroll", "data-scroll": `fact/${where}` }, h("dl", { class: "steps" }, items.map(([term, text]) => h("div", {}, h("dt", {}, term), h("dd", {}, text)))),
      source && /^https?:\/\//i.test(source.url) && h("p", {}, h("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, source.url))));
}
