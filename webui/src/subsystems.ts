// Subsystems of the place in hand: scores and lags, what moved D, and how unequal D is between places.

import { placeName, type App } from "./app";
import { figure, lineChart } from "./chart";
import { h } from "./dom";
import { barOf, line, part, sheet } from "./insight";

/** Name of a subsystem. */
export function subsystemName(app: App, id: string): string {
  const found = app.book.tables.get("subsystems").find((row) => row.subsystem === id);
  return found ? app.words.of(found.name) : id;
}

/** Scores of the subsystems in a year and which of two is behind. */
export function subsystems(app: App, year: number, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("subsystems").filter((row) => row.place === home && row.year === year);
  if (!rows.length) return null;
  const pairs = book.tables.get("lags").filter((row) => row.place === home && row.year === year && row.first && row.second);
  const bars = sheet([[words.say("ecosystem.subsystem")], [words.say("ecosystem.score"), true], [""]], rows.map((row) => line(words.of(row.name), [
    [words.number(row.score, 3), true], [h("div", { class: "bar-cell" }, barOf(row.score, words.number(row.score, 3), row.score_low, row.score_high))]])), "narrow");
  const lags = pairs.length > 0 && sheet([[words.say("ecosystem.pair")], [words.say("ecosystem.lag")], [words.say("ecosystem.gap"), true], [words.say("ecosystem.sure"), true]],
    pairs.map((row) => line(words.say("ecosystem.two", { first: subsystemName(app, row.first), second: subsystemName(app, row.second) }), [[words.of(row.lag_name)], [words.number(row.gap, 3), true], [row.probability === null ? "—" : words.chance(row.probability), true]])), "narrow");
  return h("div", { class: "part" }, h("h3", {}, words.say("ecosystem.subsystems", { place: placeName(app, home), year })),
    h("p", { class: "note" }, words.say("ecosystem.subsystems_text", { bar: words.number(book.data.ecosystem!.bar) })), h("div", { class: "figures two" }, bars, lags));
}

/** The change of D over the whole period, split among the subsystems. */
export function drivers(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("drivers").filter((row) => row.place === home).sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const change = book.tables.get("coupling_changes").find((row) => row.place === home && row.whole && !row.first && !row.second);
  if (!rows.length) return null;
  const most = Math.max(...rows.map((row) => Math.abs(row.contribution ?? 0)), 1e-9);
  return part(app, ["drivers"], words.say("ecosystem.drivers_text"),
    change && h("p", {}, words.say("ecosystem.changed", { place: placeName(app, home), start: change.start ?? "", end: change.end ?? "", change: signed(app, change.coordination_change), low: signed(app, change.coordination_change_low), high: signed(app, change.coordination_change_high), rise: words.chance(change.rise ?? 0) })),
    sheet([[words.say("ecosystem.subsystem")], [words.say("ecosystem.score_change"), true], [words.say("ecosystem.contribution"), true], [""], [words.say("ecosystem.share"), true], [words.say("ecosystem.first_sure"), true]],
      rows.map((row) => line(subsystemName(app, row.subsystem), [[signed(app, row.score_change), true], [signed(app, row.contribution), true],
        [h("div", { class: "bar-cell" }, h("div", { class: "bar", role: "img", "aria-label": signed(app, row.contribution), "--tone": (row.contribution ?? 0) < 0 ? "#c77700" : "#0072B2" }, h("span", { class: "fill", "--from": "0%", "--to": `${(100 * Math.abs(row.contribution ?? 0)) / most}%` })))],
        [words.percent(row.share), true], [row.probability === null ? "—" : words.chance(row.probability), true]])), "narrow"));
}

/** A number with its sign. */
export const signed = (app: App, value: number | null, digits = 3): string => (value !== null && value > 0 ? `+${app.words.number(value, digits)}` : app.words.number(value, digits));

/** Dispersion of D between places over the years. */
export function spreads(app: App, variant: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("coupling_inequality").filter((row) => row.variant === variant).sort((a, b) => (a.year ?? 0) - (b.year ?? 0));
  if (rows.length < 2) return null;
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const closer = (last.cv ?? 0) < (first.cv ?? 0);
  const years = rows.map((row) => row.year!);
  return part(app, ["coupling_inequality"], words.say(closer ? "ecosystem.closer" : "ecosystem.apart", { start: first.year!, end: last.year!, from: words.number(first.cv, 3), to: words.number(last.cv, 3) }),
    h("div", { class: "figures" }, (["mean", "cv", "gini"] as const).map((key) => {
      const values = rows.map((row) => row[key]);
      const title = words.say(`ecosystem.spread_${key}`);
      return figure(title, lineChart({ label: `${title}${words.say("colon")}${words.list(values.map((value, k) => `${years[k]} ${words.number(value, 3)}`))}`, xs: years, lines: [{ name: key, values, class: "main" }], x: String, y: (value) => words.number(value, undefined, 3), width: 260 }));
    })));
}
