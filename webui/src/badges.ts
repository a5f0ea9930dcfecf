// Standing: the class in each scheme with its rule and the distance to the next, then stage, size, targets, base conditions.

import { placeName, valueText, type App } from "./app";
import { checklists } from "./checklist";
import { conditions } from "./conditions";
import { badgeCells } from "./csv_standing";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { placeChoice } from "./insight";
import { said } from "./position";
import { circle } from "./position_model";
import { equivalents, stages } from "./stages";
import { csvButton } from "./take";
import { targets } from "./targets";
import { technologies } from "./technologies";
import type { Badge, StandingTables } from "./types_position";

/** Places that any of the tables tells of, those that are positioned first. */
export function standingPlaces(tables: StandingTables, first: string[]): string[] {
  const found = new Set(Object.values(tables).flatMap((table: { place: string }[]) => table.map((row) => row.place)));
  return [...first.filter((place) => found.has(place)), ...[...found].filter((place) => !first.includes(place))];
}

/** The place whose standing is shown. */
export function standingPlace(app: App): string {
  const { standing, insights } = app.book.data;
  const all = [...standingPlaces(standing, app.book.position?.data.places ?? []), ...insights.checklists.map((row) => row.place)];
  return [app.state.city, app.state.place].find((place) => all.includes(place)) ?? all[0] ?? "";
}

/** Rows of a place and of what it is part of, the place's own first. */
export function around<T extends { place: string }>(app: App, rows: T[], place: string): T[] {
  return circle(app.book.places, place).flatMap((id) => rows.filter((row) => row.place === id));
}

/** Name of a place before a sentence about it, where it is not the one in hand. */
export const ofPlace = (app: App, row: { place: string }, place: string): string => (row.place === place ? "" : app.words.say("position.of_place", { place: placeName(app, row.place) }));

/** The view; a part is there only when its table is. */
export function drawBadges(app: App): HTMLElement {
  const { words } = app;
  const place = standingPlace(app);
  const title = words.say("position.standing", { place: placeName(app, place) });
  return h("section", { class: "standing", "aria-label": words.say("view.standing") },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }), placeChoice(app, app.book.position?.data.places ?? standingPlaces(app.book.data.standing, []), place)),
    h("div", { class: "scroll", "data-scroll": "standing" }, classes(app, place), h("div", { class: "pair wrap" }, stages(app, place), equivalents(app, place)), targets(app, place), technologies(app, place), conditions(app, place), checklists(app, place)));
}

/** A heading with a button that gives its table. */
export const heading = (app: App, name: string, csv: HTMLElement | null): HTMLElement => h("div", { class: "part-head" }, h("h3", {}, app.words.say(`position.table.${name}`)), csv);

function classes(app: App, place: string): HTMLElement | null {
  const { words } = app;
  const all = app.book.data.standing.classes;
  const mine = all.filter((badge) => badge.place === place);
  if (!mine.length) return null;
  const heads = ["scheme", "class", "rule", "next"];
  return h("div", {}, heading(app, "classes", csvButton(app, "classes", () => badgeCells(app))), h("p", { class: "note" }, words.say("position.classes_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text badge-table" },
      h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, words.say(`position.class_${key}`))))),
      h("tbody", {}, mine.map((badge) => row(app, badge, all.filter((other) => other.scheme === badge.scheme && other.of === badge.of)))))));
}

function row(app: App, badge: Badge, all: Badge[]): HTMLElement {
  const { words } = app;
  const meta = [badge.edition && words.say("position.edition", { edition: badge.edition }), said(app, "source", badge.status)].filter((part) => part && part !== "—");
  return h("tr", {}, h("th", { scope: "row" }, words.of(badge.title), h("span", { class: "muted line" }, meta.join(words.say("semicolon"))), badge.source && h("span", { class: "muted line cite" }, badge.source)),
    h("td", {}, words.of(badge.name) ? h("span", { class: "badge" }, words.of(badge.name)) : h("span", { class: "muted" }, words.say("position.no_class")), all.length > 1 && others(app, all)),
    h("td", {}, words.of(badge.rule), badge.value !== null && h("span", { class: "muted line" }, words.say("position.class_value", { of: subject(app, badge.of), value: valueText(app, badge.value) }))),
    h("td", {}, distance(app, badge)));
}

/** What a class is read from: a node, an indicator, or nothing that is named. */
function subject(app: App, of: string): string {
  if (!of) return app.words.say("position.value");
  const node = app.model.nodes.get(of);
  return node && !app.book.indicators.has(of) ? app.words.of(node.name) : indicatorName(app, of);
}

/** The classes of a place in one line that unfolds to their rules. */
export function badgeLine(app: App, place: string): HTMLElement | null {
  const { words } = app;
  const mine = app.book.data.standing.classes.filter((badge) => badge.place === place && words.of(badge.name));
  if (!mine.length) return null;
  return h("details", { class: "badge-line" }, h("summary", { "data-key": "badges" }, words.say("position.badges", { names: words.list([...new Set(mine.map((badge) => words.of(badge.name)))]) })),
    h("ul", { class: "plain" }, mine.map((badge) => h("li", {}, h("b", {}, words.say("position.badge", { scheme: words.of(badge.title), name: words.of(badge.name) })), " ", words.of(badge.rule)))));
}

/** What is missing to the next class up. */
export function distance(app: App, badge: Badge): string {
  const { words } = app;
  if (badge.distance === null || !words.of(badge.next)) return badge.order === 0 ? words.say("position.top") : "—";
  const unit = badge.distance_in && badge.distance_in !== "value" ? said(app, "unit", badge.distance_in) : "";
  return words.say("position.to_next", { next: words.of(badge.next), distance: valueText(app, badge.distance), unit });
}

function others(app: App, all: Badge[]): HTMLElement {
  const { words } = app;
  const grades = [...new Map(all.map((badge) => [words.of(badge.name), badge.order])).entries()].filter(([name]) => name).sort((a, b) => a[1] - b[1]);
  return h("details", {}, h("summary", {}, words.say("position.others", { n: all.length })),
    h("dl", { class: "grades" }, grades.map(([name]) => h("div", {}, h("dt", {}, name), h("dd", {}, words.list(all.filter((badge) => words.of(badge.name) === name).map((badge) => placeName(app, badge.place))))))));
}
