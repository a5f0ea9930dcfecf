// What the tables of the standing give to a spreadsheet.

import { placeName, unitName, type App } from "./app";
import type { Cells } from "./csv_text";
import { indicatorName } from "./efficiency";
import { said } from "./position";
import type { ConditionIndicator } from "./types_position";

const heads = (app: App, keys: string[]): string[] => keys.map((key) => (app.words.has(`csv.${key}`) ? app.words.say(`csv.${key}`) : app.words.say(`position.csv.${key}`)));

/** Classes of all places. */
export function badgeCells(app: App): Cells[] {
  const { words } = app;
  return [heads(app, ["place", "name", "scheme", "edition", "of", "value", "class", "rule", "next_class", "distance", "distance_in", "source"]), ...app.book.data.standing.classes.map((row) => [
    row.place, placeName(app, row.place), words.of(row.title), row.edition, row.of, row.value, words.of(row.name), words.of(row.rule), words.of(row.next), row.distance, row.distance_in, row.source])];
}

/** Stages of all places, then the same under other exchange rates and prices. */
export function stageCells(app: App): Cells[] {
  const { words } = app;
  const { stages, shifts } = app.book.data.standing;
  return [heads(app, ["place", "name", "measure", "shift", "prices", "value", "unit", "year", "threshold", "stage", "next_stage", "growth", "years", "by_year"]),
    ...stages.map((row) => [row.place, placeName(app, row.place), row.measure, "", said(app, "prices", row.prices), row.value, unitName(app, row.unit), row.year, row.threshold, words.of(row.name), words.of(row.next), row.growth, row.years, row.by_year]),
    ...shifts.map((row) => [row.place, placeName(app, row.place), row.measure, row.shift, said(app, "prices", row.prices), row.value, "", "", row.threshold, words.of(row.name), "", "", row.years, ""])];
}

/** Size equivalents of all places. */
export function equivalentCells(app: App): Cells[] {
  return [heads(app, ["place", "name", "indicator", "value", "unit", "year", "rate", "converted", "ranking_unit", "rank", "members", "above", "above_value", "below", "below_value"]), ...app.book.data.standing.equivalents.map((row) => [
    row.place, placeName(app, row.place), indicatorName(app, row.indicator), row.value, unitName(app, row.unit), row.year, row.rate, row.converted, unitName(app, row.ranking_unit), row.rank, row.members, row.above && placeName(app, row.above), row.above_value, row.below && placeName(app, row.below), row.below_value])];
}

/** Targets of all places. */
export function targetCells(app: App): Cells[] {
  return [heads(app, ["place", "name", "indicator", "base", "base_year", "value", "year", "target", "deadline", "progress", "expected", "required_growth", "achieved_growth", "required_change", "achieved_change", "status"]), ...app.book.data.standing.targets.map((row) => [
    row.place, placeName(app, row.place), indicatorName(app, row.indicator), row.base, row.base_year, row.value, row.year, row.target, row.deadline, row.progress, row.expected, row.required_growth, row.achieved_growth, row.required_change, row.achieved_change, said(app, "state", row.status)])];
}

function peersOf(app: App, item: ConditionIndicator): string[] {
  const peers = app.book.data.standing.peers.filter((peer) => peer.place === item.place && peer.indicator === item.indicator);
  return [app.words.list(peers.map((peer) => `${placeName(app, peer.peer)} ${peer.value ?? ""}`)), app.words.list([...new Set(peers.flatMap((peer) => peer.marks))].map((mark) => said(app, "mark", mark)))];
}

/** Technologies by state. */
export function technologyCells(app: App): Cells[] {
  return [heads(app, ["place", "name", "year", "state", "count", "technology_share", "printed"]), ...app.book.data.standing.technologies.map((row) => [row.place, row.place && placeName(app, row.place), row.year, app.words.of(row.name), row.count, row.share, row.printed])];
}

/** The first table of the standing that there is. */
export function standingCells(app: App): Cells[] {
  const { standing } = app.book.data;
  const tables: [unknown[], (app: App) => Cells[]][] = [[standing.classes, badgeCells], [standing.stages, stageCells], [standing.equivalents, equivalentCells], [standing.targets, targetCells], [standing.technologies, technologyCells], [standing.conditions, conditionCells]];
  return (tables.find(([rows]) => rows.length)?.[1] ?? badgeCells)(app);
}

/** Base conditions of all places, indicator by indicator. */
export function conditionCells(app: App): Cells[] {
  const { words } = app;
  const { conditions, measures } = app.book.data.standing;
  return [heads(app, ["place", "name", "condition", "verdict", "claimed", "indicator", "value", "unit", "year", "lower", "upper", "level", "peers", "marks"]), ...conditions.flatMap((row): Cells[] => {
    const own = measures.filter((item) => item.place === row.place && item.condition === row.condition);
    const head: Cells = [row.place, placeName(app, row.place), words.of(row.name), said(app, "level", row.verdict), row.claimed && said(app, "level", row.claimed)];
    if (!own.length) return [[...head, ...Array<string>(9).fill("")]];
    return own.map((item) => [...head, indicatorName(app, item.indicator), item.value, unitName(app, item.unit), item.year, item.lower, item.upper, said(app, "level", item.verdict), ...peersOf(app, item)]);
  })];
}
