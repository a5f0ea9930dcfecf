// The cell in hand: its verdict and claims, then indicator by indicator the sentence and the peers, best first.

import { placeName, unitName, valueText, type App } from "./app";
import { leagueCells } from "./csv_position";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { drawSentence, rowButton } from "./evidence";
import { functionName, said, scopeName, setName } from "./position";
import { CLAIMS, VERDICTS } from "./position_grid";
import { league, standingOf } from "./position_model";
import { MARKS } from "./state";
import { csvButton } from "./take";
import type { GridCell, PositionClaim, Relation, Told } from "./types_position";

/** The cell in its panel. */
export function drawCell(app: App): HTMLElement {
  const { words, state } = app;
  const book = app.book.position!;
  const cell = book.cell(state.city, state.cell);
  if (!cell) return h("div", { class: "cell-pane" }, h("p", { class: "empty" }, words.say("position.empty")));
  const peers = peersOf(app, cell);
  const indicators = book.functions.get(cell.function)?.indicators ?? [];
  const title = words.say("position.cell_name", { function: functionName(app, cell.function), scope: scopeName(app, cell.scope), set: setName(app, cell.scope, cell.set) });
  return h("div", { class: "cell-pane", role: "region", "aria-label": title },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }), csvButton(app, "league", () => leagueCells(app))),
    h("div", { class: "scroll", "data-scroll": `cell/${state.cell.join("/")}` },
      verdict(app, cell), book.claims(cell.place, cell.function, cell.scope).map((claim) => claimLine(app, claim)), filter(app, cell, indicators, peers),
      indicators.map((indicator) => block(app, cell, indicator, peers))));
}

/** Peers of a cell. */
export const peersOf = (app: App, cell: GridCell): string[] => app.book.position!.data.sets.find((set) => set.scope === cell.scope && set.id === cell.set)?.places ?? [];

function verdict(app: App, cell: GridCell): HTMLElement {
  const { words } = app;
  const { rule } = app.book.position!.data;
  const counts = { passed: cell.passed, tied: cell.tied, not_passed: cell.not_passed, n: cell.passed + cell.tied + cell.not_passed, peers: cell.peers };
  const lines = cell.q === null
    ? [words.say("position.untested", { ...counts, least: rule.min_peers })]
    : [words.say("position.verdict_text", { ...counts, q: words.number(cell.q, 2), bar: words.number(rule.bar) }), cell.widest && words.say("position.widest_text"),
      cell.certainty === null ? words.say("position.no_certainty") : words.say("position.certainty_text", { share: words.chance(cell.certainty) }), readyText(app, cell)];
  const score = app.book.position!.data.scores.find((item) => item.place === cell.place && item.function === cell.function);
  if (score && score.score !== null) lines.push(words.say("position.score", { score: words.number(score.score, 2), special: words.number(score.specialisation, 2) }));
  return h("p", { class: `answer ${cell.verdict.replace(" ", "-")}` }, h("b", {}, h("span", { class: "dot-sign", "aria-hidden": "true" }, VERDICTS[cell.verdict] ?? ""), said(app, "verdict", cell.verdict)), lines.filter(Boolean).map((line) => [" ", line]).flat() as string[]);
}

/** When the function would be held, by its trend; nothing where it is held already. */
export function readyText(app: App, cell: GridCell): string {
  const { words } = app;
  const horizon = app.book.position!.data.rule.horizon ?? "—";
  if (cell.ready === "by" && cell.ready_year !== null) {
    const range = cell.ready_low === null ? "—" : cell.ready_high === null ? words.say("position.open_end", { year: cell.ready_low }) : words.range(String(cell.ready_low), String(cell.ready_high));
    return words.say("position.ready_by", { year: cell.ready_year, range, chance: words.chance(cell.chance ?? 0), horizon });
  }
  if (cell.ready === "not by horizon") return words.say("position.ready_not", { horizon, chance: words.chance(cell.chance ?? 0) });
  return cell.ready === "no trend" ? words.say("position.ready_none") : "";
}

function claimLine(app: App, claim: PositionClaim): HTMLElement {
  const { words } = app;
  return h("p", { class: "claim-line" }, h("span", { class: `claim ${claim.verdict.split(" ")[0]}`, "aria-hidden": "true" }, h("span", { class: "claim-sign" }, CLAIMS[claim.verdict])),
    words.say("position.claim_text", { part: said(app, "part", claim.part), text: words.of(claim.text), verdict: said(app, "claim", claim.verdict) }), claim.claimed_year !== null && words.say("position.claim_year", { year: claim.claimed_year }), words.say("stop"));
}

function filter(app: App, cell: GridCell, indicators: string[], peers: string[]): HTMLElement | null {
  const { words, state } = app;
  const all = indicators.flatMap((indicator) => league(app.book.position!, cell.place, indicator, peers, []));
  const count = (mark: string): number => all.filter((item) => item.marks.includes(mark)).length;
  const shown = MARKS.filter((mark) => count(mark) > 0);
  if (!shown.length) return null;
  return h("fieldset", { class: "filter", "data-act": true }, h("legend", {}, words.say("position.filter")), shown.map((mark) => h("label", { class: "key" },
    h("input", { type: "checkbox", checked: !state.hide.includes(mark), "data-key": `mark/${mark}`, change: () => app.set({ hide: state.hide.includes(mark) ? state.hide.filter((item) => item !== mark) : [...state.hide, mark] }) }),
    `${said(app, "mark", mark)}${words.say("in_brackets", { text: String(count(mark)) })}`)),
  state.hide.length > 0 && h("p", { class: "note warn" }, words.say("position.filtered")));
}

function block(app: App, cell: GridCell, indicator: string, peers: string[]): HTMLElement {
  const { words, book, state } = app;
  const rows = league(book.position!, cell.place, indicator, peers, state.hide);
  const found = book.indicators.get(indicator);
  const count = (kind: string): number => rows.filter((row) => standingOf(row.relation) === kind).length;
  const few = rows.length < book.position!.data.rule.min_peers;
  return h("div", { class: "indicator" },
    h("h3", {}, indicatorName(app, indicator), found?.unit && h("span", { class: "unit" }, unitName(app, rows[0]?.unit || found.unit)), (found?.direction ?? 1) < 0 && h("span", { class: "unit" }, words.say("position.less")), weightOf(app, cell.function, indicator)),
    drawSentence(app, book.position!.sentence(cell.place, indicator, cell.scope, cell.set)),
    rows.length ? h("p", { class: "note" }, words.say("position.count", { n: rows.length, passed: count("passed"), tied: count("tied"), not_passed: count("not_passed") }), few && words.say("position.few", { least: book.position!.data.rule.min_peers })) : h("p", { class: "muted" }, words.say("position.none")),
    rows.length > 0 && h("div", { class: "wide-table" }, table(app, indicator, rows)));
}

/** Weight of an indicator within its function, as a share of all; nothing where there is only one. */
function weightOf(app: App, func: string, indicator: string): HTMLElement | null {
  const { indicators, weights } = app.book.position!.functions.get(func)!;
  const weight = weights[indicators.indexOf(indicator)] ?? null;
  const total = weights.reduce<number>((sum, item) => sum + (item ?? 0), 0);
  if (weight === null || !(total > 0)) return null;
  return h("span", { class: "unit weight" }, app.words.say("position.weight", { weight: app.words.number(weight), share: app.words.percent(weight / total) }));
}

const SIGNS = { passed: "▲", tied: "＝", not_passed: "▽" } as const;

function table(app: App, indicator: string, rows: Relation[]): HTMLElement {
  const { words } = app;
  const first = rows[0]!;
  const own = rows.findIndex((row) => row.direction * (row.other.value ?? 0) < row.direction * (row.own.value ?? 0));
  const lines = rows.map((row) => line(app, indicator, row));
  const mine = h("tr", { class: "held" }, h("td", {}), h("th", { scope: "row" }, placeName(app, first.place)), number(app, first.own, first.place, indicator), h("td", { class: "r" }, "1"), h("td", {}, period(first.own)), h("td", {}, area(app, first.own.area)));
  lines.splice(own < 0 ? lines.length : own, 0, mine);
  return h("table", { class: "sheet league" },
    h("thead", {}, h("tr", {}, ["standing", "peer", "value", "ratio", "year", "area"].map((key) => h("th", { scope: "col", class: key === "value" || key === "ratio" ? "r" : "" }, words.say(`position.head_${key}`, { place: placeName(app, first.place) }))))),
    h("tbody", {}, lines));
}

/** A sign for what a mark says, with its meaning. */
export function open(app: App, row: Relation, mark: string): HTMLElement | null {
  return row.marks.includes(mark) ? h("abbr", { class: "flag", role: "img", title: said(app, "mark", mark), "aria-label": said(app, "mark", mark) }, "◇") : null;
}

function line(app: App, indicator: string, row: Relation): HTMLElement {
  const { words } = app;
  const standing = standingOf(row.relation);
  return h("tr", { class: standing },
    h("td", { class: "sign-cell", title: row.settled ? null : words.say("position.unsettled") }, h("span", { "aria-hidden": "true" }, SIGNS[standing]), h("span", { class: "word" }, said(app, "relation", row.relation)), !row.settled && h("span", { class: "flag" }, "?")),
    h("th", { scope: "row" }, placeName(app, row.peer)), number(app, row.other, row.peer, indicator, [open(app, row, "qualifier"), open(app, row, "currency")]),
    h("td", { class: "r" }, row.ratio ? words.number(1 / row.ratio, 2) : "—"), h("td", {}, period(row.other) || words.say("position.undated"), open(app, row, "year")), h("td", {}, area(app, row.other.area), open(app, row, "boundary")));
}

function number(app: App, told: Told, place: string, indicator: string, marks: (HTMLElement | null)[] = []): HTMLElement {
  return h("td", { class: "r value" }, told.qualifier, rowButton(app, valueText(app, told.value), place, indicator, told.file, told.row), marks);
}

/** A year, or a period of years. */
export const period = (told: Told): string => (told.year === null ? "" : told.since === null || told.since === told.year ? String(told.year) : `${told.since}–${told.year}`);

/** Name of a boundary. */
export const area = (app: App, id: string): string => (id ? said(app, "area", id) : "—");
