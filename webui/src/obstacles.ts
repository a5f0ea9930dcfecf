// Obstacles: which part of the points lost falls on each subsystem and indicator, year by year.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { yearsOf } from "./home";
import { barOf, line, part, sheet } from "./insight";
import { signed, subsystemName } from "./subsystems";
import type { Obstacle, ObstacleGroup } from "./types_ecosystem";

/** Obstacles of a place. */
export function obstacles(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const groups = book.tables.get("obstacle_groups").filter((row) => row.place === home);
  const rows = book.tables.get("obstacles").filter((row) => row.place === home);
  if (!rows.length) return null;
  const years = yearsOf(rows);
  const last = years.at(-1)!;
  return part(app, ["obstacles", "obstacle_groups", "obstacle_trends"], words.say("binds.obstacles_text", { place: placeName(app, home), year: last }),
    h("h4", {}, words.say("binds.by_subsystem", { year: last })), bars(app, groups.filter((row) => row.year === last)),
    h("h4", {}, words.say("binds.by_indicator", { year: last })), ranked(app, rows.filter((row) => row.year === last)),
    years.length > 1 && [h("h4", {}, words.say("binds.by_year")), grid(app, groups, rows, years, home)]);
}

const byDegree = <T extends { degree: number | null }>(rows: T[]): T[] => [...rows].sort((a, b) => (b.degree ?? -1) - (a.degree ?? -1));

/** Bars on one scale; a mark shows the weight, so that what exceeds it is seen. */
function bar(degree: number | null, weight: number | null, most: number, label: string): HTMLElement {
  const shown = barOf(degree === null ? null : degree / most, label);
  if (weight !== null) shown.append(h("span", { class: "tick", "--from": `${(100 * weight) / most}%` }));
  return h("div", { class: "bar-cell" }, shown);
}

function bars(app: App, rows: ObstacleGroup[]): HTMLElement {
  const { words } = app;
  const most = Math.max(...rows.flatMap((row) => [row.degree ?? 0, row.weight ?? 0]), 1e-9);
  return sheet([[words.say("ecosystem.subsystem")], [words.say("binds.degree"), true], [""], [words.say("binds.weight"), true]],
    byDegree(rows).map((row) => line(subsystemName(app, row.subsystem), [[words.percent(row.degree, 1), true], [bar(row.degree, row.weight, most, words.percent(row.degree, 1))], [words.percent(row.weight, 1), true]])), "obstacle-table");
}

function ranked(app: App, rows: Obstacle[]): HTMLElement {
  const { words } = app;
  const most = Math.max(...rows.flatMap((row) => [row.degree ?? 0, row.weight ?? 0]), 1e-9);
  return sheet([[words.say("binds.indicator")], [words.say("binds.degree"), true], [""], [words.say("binds.weight"), true], [words.say("binds.z"), true], [words.say("ecosystem.subsystem")]],
    byDegree(rows).map((row) => line(indicatorName(app, row.indicator), [[words.percent(row.degree, 1), true], [bar(row.degree, row.weight, most, words.percent(row.degree, 1))], [words.percent(row.weight, 1), true], [words.number(row.value, 2), true], [subsystemName(app, row.subsystem)]])), "obstacle-table");
}

/** Degrees by year, indicators under their subsystem; the darker, the larger. */
function grid(app: App, groups: ObstacleGroup[], rows: Obstacle[], years: number[], home: string): HTMLElement {
  const { words, book } = app;
  const most = Math.max(...rows.map((row) => row.degree ?? 0), 1e-9);
  const trends = book.tables.get("obstacle_trends").filter((row) => row.place === home);
  const cells = (own: { year: number | null; degree: number | null }[], shaded: boolean): HTMLElement[] => years.map((year) => {
    const degree = own.find((row) => row.year === year)?.degree ?? null;
    return h("td", { class: shaded ? "r shade" : "r", "--depth": shaded && degree !== null ? degree / most : 0 }, degree === null ? "—" : words.number(100 * degree, 1));
  });
  const trend = (kind: string, name: string): HTMLElement => h("td", { class: "r" }, signed(app, trends.find((row) => row.kind === kind && row.name === name)?.trend == null ? null : 100 * trends.find((row) => row.kind === kind && row.name === name)!.trend!, 2));
  return h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table heat obstacle-years" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("binds.indicator")), years.map((year) => h("th", { scope: "col", class: "r" }, year)), h("th", { scope: "col", class: "r" }, words.say("binds.trend")))),
    h("tbody", {}, [...new Set(groups.map((row) => row.subsystem))].flatMap((subsystem) => [
      h("tr", { class: "group" }, h("th", { scope: "row" }, subsystemName(app, subsystem)), cells(groups.filter((row) => row.subsystem === subsystem), false), trend("subsystem", subsystem)),
      ...[...new Set(rows.filter((row) => row.subsystem === subsystem).map((row) => row.indicator))].map((indicator) =>
        h("tr", {}, h("th", { scope: "row" }, indicatorName(app, indicator)), cells(rows.filter((row) => row.indicator === indicator && row.subsystem === subsystem), true), trend("indicator", indicator))),
    ]))));
}
