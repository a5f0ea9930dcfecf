// What each view gives to a spreadsheet.

import { compared, VIEW_TABLES, nodeName, placeName, tierName, unitName, type App } from "./app";
import { changeCells, choiceCells, efficiencyCells } from "./csv_analysis";
import { standingCells } from "./csv_standing";
import { claimCells, gridCells, rivalCells } from "./csv_position";
import { rowsOf } from "./insight";
import { tableCells } from "./csv_tables";
import type { Cells } from "./csv_text";
import type { Row } from "./model";
import { sortRows } from "./sheet";

/** Rows of the view in hand. */
export function viewCells(app: App): Cells[] {
  if (app.state.view === "robustness" && app.model.tiered) return robustness(app);
  if (app.state.view === "change") return changeCells(app);
  if (app.state.view === "efficiency") return efficiencyCells(app);
  if (app.state.view === "choices") return choiceCells(app);
  if (app.state.view === "method") return sources(app);
  if (app.state.view === "position") return gridCells(app);
  if (app.state.view === "rivals") return rivalCells(app);
  if (app.state.view === "standing") return standingCells(app);
  if (app.state.view === "claims") return claimCells(app);
  if (app.state.view in VIEW_TABLES) return tableCells(app, VIEW_TABLES[app.state.view]!.find((name) => rowsOf(app, name).length)!);
  if (app.state.view === "compare") return values(app, compared(app).map((place) => app.now.of.get(place)!).filter(Boolean));
  if (app.state.view === "table" || app.state.view === "profile") return values(app, app.state.view === "table" ? sortRows(app) : [app.now.of.get(app.state.place)!]);
  return ranking(app);
}

function ranking(app: App): Cells[] {
  const { words } = app;
  const tiers = app.model.tiered ? (app.book.data.tiers?.names ?? []) : [];
  const keys = ["rank", "rank_low", "rank_high", "place", "name", "score", "score_low", "score_high", "default_rank", "default_score"];
  const head = [...keys.map((key) => words.say(`csv.${key}`)), ...(tiers.length ? [words.say("csv.tier")] : []), ...tiers.map((tier) => words.say("csv.share", { tier: words.of(tier.name) }))];
  const round = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(6)));
  return [head, ...app.now.rows.map((row) => [
    row.rank, row.rankLow, row.rankHigh, row.place, placeName(app, row.place), round(row.score), round(row.low), round(row.high), row.baseRank, round(row.baseScore),
    ...(tiers.length ? [tierName(app, row.tier)] : []), ...row.shares.map((share) => round(share)),
  ])];
}

function values(app: App, rows: Row[]): Cells[] {
  const { words, book, model } = app;
  const head = ["place", "name", "rank", "node", "indicator", "value", "unit", "year", "normalised", "weight", "flag", "note", "source", "file", "row", "column", "cell"];
  return [head.map((key) => words.say(`csv.${key}`)), ...rows.flatMap((row) => model.index.leaves.map((leaf, j) => {
    const cell = book.cell(row.place, model.nodes.get(leaf)!.indicator);
    return [
      row.place, placeName(app, row.place), row.rank, leaf, nodeName(app, leaf), cell?.value, unitName(app, cell?.unit ?? ""), cell?.year, model.index.normalised[row.at]?.[j],
      Number(app.now.shares[j]!.toFixed(6)), cell?.flag, cell && words.of(cell.note), cell?.source, cell?.file, cell?.row, cell?.column, cell?.cell,
    ];
  }))];
}

function robustness(app: App): Cells[] {
  const { words, model } = app;
  const tiers = app.book.data.tiers!;
  const head = ["place", "name", "definition", "tier", "probability"].map((key) => words.say(`csv.${key}`));
  return [head, ...Object.entries(tiers.probability).flatMap(([kind, table]) => model.index.places.flatMap((place, at) =>
    tiers.names.map((tier, k) => [place, placeName(app, place), words.say(`definition.${kind}.title`), words.of(tier.name), table[at]![k]])))];
}

function sources(app: App): Cells[] {
  const keys = ["id", "title", "publisher", "year", "licence", "accessed"] as const;
  return [[...keys.map((key) => app.words.say(`method.${key}`)), "URL"], ...app.book.data.sources.map((source) => [...keys.map((key) => source[key]), source.url])];
}
