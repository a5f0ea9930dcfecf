// The row in hand: what a number of the positions was read from, down to file, row and source.

import { placeName, unitName, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { flagSign, flagWords } from "./marks";
import { area, period } from "./position_cell";

/** The open row, or nothing. */
export function drawFact(app: App): HTMLElement | null {
  const [place = "", indicator = "", where = ""] = app.state.on;
  const found = where.includes(":") ? app.book.position?.row(place, indicator, where) : undefined;
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
