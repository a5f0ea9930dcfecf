// Ties against expectation: synergies of sectors, cities and levels, open innovation, openness, the triple helix.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { homeButton } from "./home";
import { called, line, part, sheet } from "./insight";
import type { Synergy } from "./types_flows";

const KINDS = ["subjects", "cities", "levels"] as const;
const MOST = 8; // pairs of places at either end

/** A place, or the whole study. */
const nameOf = (app: App, place: string): string => (place ? placeName(app, place) : app.words.say("flows.whole"));

/** Only the rows of all years together, or else of the last. */
function latest<T extends { year: number | null }>(rows: T[], year: string): T[] {
  const years = [...new Set(rows.map((row) => row.year))];
  const wanted = years.find((item) => String(item) === year) ?? (years.includes(null) ? null : Math.max(...years.map((item) => item ?? 0)));
  return rows.filter((row) => row.year === wanted);
}

const between = (app: App, low: number | null, high: number | null, write: (value: number | null) => string): string => (low === null || high === null ? "—" : low < 0 ? app.words.say("insight.between", { low: write(low), high: write(high) }) : app.words.range(write(low), write(high)));

/** A ratio with its interval on a scale in powers of two, one in the middle. */
export function ratioBar(app: App, ratio: number | null, low: number | null, high: number | null, reach: number): HTMLElement {
  const at = (value: number): string => `${Math.max(0, Math.min(100, 50 + (50 * Math.log2(Math.max(value, 1e-9))) / reach))}%`;
  const label = `${app.words.number(ratio, 2)} ${between(app, low, high, (value) => app.words.number(value, 2))}`;
  return h("div", { class: "bar-cell" }, h("div", { class: "bar middle", role: "img", "aria-label": label, "--tone": (ratio ?? 1) < 1 ? "#c77700" : "#0072B2" },
    ratio !== null && h("span", { class: "fill", "--from": at(Math.min(1, ratio)), "--to": at(Math.max(1, ratio)) }), low !== null && high !== null && h("span", { class: "whisker", "--from": at(low), "--to": at(high) })));
}

/** The three synergies, each as a table. */
export function synergies(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.tables.get("synergy");
  if (!all.length) return null;
  return part(app, ["synergy", "synergy_pairs", "level_pairs"], words.say("flows.synergy_text"), KINDS.map((kind) => {
    const rows = latest(all.filter((row) => row.kind === kind), app.state.year).sort((a, b) => Number(!b.place) - Number(!a.place) || (b.ratio ?? -1) - (a.ratio ?? -1));
    if (!rows.length) return null;
    const text = `${words.say(`flows.${kind}_text`)} ${words.say(`flows.null_${rows[0]!.null || "mixing"}`, { decay: words.number(rows[0]!.decay, 2) })}`;
    return h("div", {}, h("h4", {}, words.say(`flows.${kind}`)), h("p", { class: "note" }, text),
      h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": `synergy/${kind}`, "aria-label": words.say(`flows.${kind}`) }, table(app, rows, home)), kind === "cities" && pairs(app, home), kind === "levels" && levels(app));
  }));
}

/** How often each pair of levels takes part together, in the whole. */
function levels(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = latest(book.tables.get("level_pairs").filter((row) => !row.place), app.state.year).sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  if (!rows.length) return null;
  return sheet([[words.say("flows.level_pair")], [words.say("flows.share"), true]], rows.map((row) => line(words.say("ecosystem.two", { first: called(app, "level", row.level), second: called(app, "level", row.other) }), [[words.percent(row.share, 1), true]])), "narrow");
}

function table(app: App, rows: Synergy[], home: string): HTMLElement {
  const { words } = app;
  const reach = Math.max(0.1, ...rows.flatMap((row) => [row.ratio_low, row.ratio_high, row.ratio].map((value) => (value ? Math.abs(Math.log2(value)) : 0))).map((value) => Math.min(value, 4)));
  const share = (value: number | null): string => words.percent(value, 1);
  return sheet([[words.say("position.city")], [words.say("flows.share"), true], [words.say("flows.interval"), true], [words.say("flows.expected"), true], [words.say("flows.ratio"), true], [words.say("flows.interval"), true], [words.say("flows.as_expected")], [words.say("flows.works"), true]],
    rows.map((row) => line(row.place ? homeButton(app, row.place, `tie/${row.kind}`) : h("b", {}, nameOf(app, row.place)), [[share(row.share), true], [between(app, row.share_low, row.share_high, share), true], [share(row.expected), true], [words.number(row.ratio, 2), true],
      [between(app, row.ratio_low, row.ratio_high, (value) => words.number(value, 2)), true], [ratioBar(app, row.ratio, row.ratio_low, row.ratio_high, reach)], [words.number(row.works), true]], row.place === home && home ? "held" : "")), "synergy-table");
}

/** The partners with which a place has most and least against expectation. */
function pairs(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = latest(book.tables.get("synergy_pairs"), app.state.year).filter((row) => (row.place === home || row.other === home) && row.ratio !== null).sort((a, b) => b.ratio! - a.ratio!);
  if (!rows.length) return null;
  const partner = (row: { place: string; other: string }): string => placeName(app, row.place === home ? row.other : row.place);
  const few = rows.length <= 2 * MOST;
  const shown = (some: typeof rows, key: string): HTMLElement => h("div", {}, h("h4", {}, words.say(`flows.${key}`, { place: placeName(app, home) })), sheet([[words.say("position.city")], [words.say("flows.observed"), true], [words.say("flows.expected"), true], [words.say("flows.ratio"), true]],
    some.map((row) => line(partner(row), [[words.number(row.observed, 1), true], [words.number(row.expected, 1), true], [words.number(row.ratio, 2), true]])), "narrow"));
  return h("div", { class: "figures two" }, few ? shown(rows, "partners") : [shown(rows.slice(0, MOST), "most"), shown(rows.slice(-MOST).reverse(), "least")]);
}

/** External, inward, outward, coupled shares, and who takes part from elsewhere and abroad. */
export function openness(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const open = latest(book.tables.get("open_innovation"), app.state.year).sort((a, b) => (b.external ?? -1) - (a.external ?? -1));
  const wider = latest(book.tables.get("openness"), app.state.year);
  if (!open.length && !wider.length) return null;
  const kinds = (["external", "inward", "outward", "coupled"] as const).filter((key) => open.some((row) => row[key] !== null));
  const reached = (["elsewhere", "abroad"] as const).filter((key) => wider.some((row) => row[key] !== null));
  const places = [...new Set([...open.map((row) => row.place), ...wider.map((row) => row.place)])];
  const cell = (value: number | null | undefined, low: number | null | undefined, high: number | null | undefined): [HTMLElement, boolean] => [h("span", {}, words.percent(value, 1), low != null && high != null && h("span", { class: "muted line" }, words.range(words.percent(low, 1), words.percent(high, 1)))), true];
  const missing = open.length > 0 && kinds.length < 4 ? ` ${words.say("flows.no_direction")}` : "";
  return part(app, ["open_innovation", "openness"], words.say("flows.open_text") + missing,
    h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": "openness", "aria-label": words.say("flows.open") }, sheet([[words.say("position.city")], ...kinds.map((key): [string, boolean] => [words.say(`flows.${key}`), true]), ...reached.map((key): [string, boolean] => [words.say(`flows.${key}`), true]), [words.say("flows.partners_n"), true], [words.say("flows.effective"), true], [words.say("flows.works"), true]],
      places.map((place) => {
        const own = open.find((row) => row.place === place);
        const far = wider.find((row) => row.place === place);
        return line(nameOf(app, place), [...kinds.map((key) => cell(own?.[key], own?.[`${key}_low`], own?.[`${key}_high`])), ...reached.map((key) => cell(far?.[key], far?.[`${key}_low`], far?.[`${key}_high`])), [words.number(far?.partners), true], [words.number(far?.effective, 1), true], [words.number(far?.works ?? own?.works), true]], place === home ? "held" : "");
      }), "open-table")));
}

/** Works by who takes part, and what the three sectors tell of each other. */
export function helix(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = latest(book.tables.get("triple_helix"), app.state.year).sort((a, b) => Number(!b.place) - Number(!a.place) || (a.bits ?? 9) - (b.bits ?? 9));
  if (!rows.length) return null;
  const sets = ["u", "i", "g", "ui", "ug", "ig", "uig"] as const;
  return part(app, ["triple_helix"], words.say("flows.helix_text"), h("p", { class: "note" }, words.say("flows.helix_key", { u: called(app, "sector", "university"), i: called(app, "sector", "firm"), g: called(app, "sector", "government") })),
    h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": "helix", "aria-label": words.say("flows.helix") }, sheet([[words.say("position.city")], [words.say("flows.bits"), true], [words.say("flows.interval"), true], ...sets.map((key): [string, boolean] => [key.toUpperCase(), true]), [words.say("flows.works"), true]],
      rows.map((row) => line(row.place ? placeName(app, row.place) : h("b", {}, nameOf(app, "")), [[words.number(row.bits, 3), true], [between(app, row.low, row.high, (value) => words.number(value, 3)), true], ...sets.map((key): [string, boolean] => [words.number(row[key]), true]), [words.number(row.works), true]], row.place === home && home ? "held" : "")), "helix-table")));
}
