// Ecosystem: coupling, level and coordination over the years, how sure, which subsystem lags and what moved D.

import { type App } from "./app";
import { panelWidth } from "./chart";
import { fill, h } from "./dom";
import { diagnosed, homeButton, homeChoice, homeOf, placesOf, yearOf, yearSlider, yearsOf } from "./home";
import { frameOf, line, part, sheet, type Head } from "./insight";
import { classColour, plane } from "./plane";
import { drivers, spreads, subsystems } from "./subsystems";
import type { Coupling, SubsystemLag } from "./types_ecosystem";
import type { ClassScheme } from "./types_tables";
import { variantWord, warnings } from "./warnings";

/** The variant in hand. */
export const variantOf = (app: App): string => {
  const all = app.book.data.ecosystem?.variants ?? [];
  return (all.find((item) => item.id === app.state.variant) ?? all.find((item) => item.main) ?? all[0])?.id ?? "";
};

/** The class scheme of a column. */
export const schemeOf = (app: App, id: string): ClassScheme | undefined => app.book.data.ecosystem?.schemes.find((item) => item.id === id);

/** The view. */
export function drawEcosystem(app: App): HTMLElement {
  const { words, book } = app;
  const whole = book.tables.get("coupling").filter((row) => !row.first && !row.second);
  const variant = variantOf(app);
  const all = whole.filter((row) => row.variant === variant);
  const places = placesOf(app, all);
  const home = homeOf(app, places);
  const years = yearsOf(all);
  const year = yearOf(app, years) ?? 0;
  const body = h("div", {});
  const show = (now: number): void => fill(body, state(app, whole, now, home), subsystems(app, now, home), drivers(app, home), spreads(app, variant));
  show(year);
  const tools = h("div", { class: "eco-tools" }, variants(app, variant), yearSlider(app, years, year, show), homeChoice(app, places, home));
  return frameOf(app, "ecosystem", words.say("ecosystem.title"), tools, [body]);
}

/** A switch between the variants of coupling. */
function variants(app: App, variant: string): HTMLElement | null {
  const all = app.book.data.ecosystem?.variants ?? [];
  if (all.length < 2) return null;
  return h("div", { class: "languages", role: "group", "aria-label": app.words.say("ecosystem.variant") }, all.map((item) =>
    h("button", { type: "button", "data-key": `variant/${item.id}`, "aria-pressed": item.id === variant ? "true" : "false", title: app.words.of(item.note), click: () => app.set({ variant: item.main ? "" : item.id }) }, app.words.of(item.name))));
}

function state(app: App, whole: Coupling[], year: number, home: string): HTMLElement | null {
  const { words, book } = app;
  const variant = variantOf(app);
  const all = whole.filter((row) => row.variant === variant);
  const rows = all.filter((row) => row.year === year).sort((a, b) => (b.coordination ?? -1) - (a.coordination ?? -1));
  if (!rows.length) return null;
  const scheme = schemeOf(app, rows[0]!.scheme);
  const told = book.data.ecosystem!.variants.find((item) => item.id === variant);
  const others = whole.filter((row) => row.variant !== variant && row.year === year);
  const room = panelWidth();
  const named = diagnosed(app).length < 8 ? diagnosed(app) : [];
  return part(app, ["coupling", "coupling_classes", "lags", "coupling_changes", "subsystems"], words.say("ecosystem.text", { year, variant: variantWord(app, variant), scheme: scheme ? words.of(scheme.title) : rows[0]!.scheme, level: words.percent(book.data.ecosystem!.level) }),
    warnings(app, rows, others, year, home),
    h("div", { class: "plane-pair" }, h("div", {}, plane(app, { rows, all, year, home, named, scheme, width: room > 900 ? Math.round(room * 0.46) : room }), scheme && legend(app, scheme, rows)),
      h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": "coupling", "aria-label": words.say("ecosystem.places") }, places(app, rows, others, year, home))),
    told && h("p", { class: "note" }, words.say("ecosystem.formula", { name: words.of(told.name), formula: told.formula, citation: told.citation })));
}

function legend(app: App, scheme: ClassScheme, rows: Coupling[]): HTMLElement {
  const { words } = app;
  const present = scheme.classes.map((item, k) => ({ item, k, n: rows.filter((row) => row.grade === item.id).length })).filter(({ n }) => n > 0);
  return h("p", { class: "note legend-line" }, present.map(({ item, k, n }) => h("span", { class: "key" }, h("span", { class: "swatch round", "aria-hidden": "true", "--tone": classColour(k, scheme.classes.length) }), `${words.of(item.name)} ${n}`)));
}

/** A value with its interval below. */
export function spanned(app: App, value: number | null, low: number | null, high: number | null, digits = 3): HTMLElement {
  const { words } = app;
  return h("span", {}, words.number(value, digits), low !== null && high !== null && h("span", { class: "muted line" }, words.range(words.number(low, digits), words.number(high, digits))));
}

function places(app: App, rows: Coupling[], others: Coupling[], year: number, home: string): HTMLElement {
  const { words, book } = app;
  const lags = new Map(book.tables.get("lags").filter((row) => row.year === year && !row.first && !row.second).map((row): [string, SubsystemLag] => [row.place, row]));
  const other = new Map(others.map((row) => [row.place, row]));
  const beside = others.length > 0 && new Set(others.map((row) => row.variant)).size === 1;
  const heads: Head[] = [[words.say("position.city")], ["D", true], [words.say("ecosystem.class")], ["T", true], ["C", true], [words.say("ecosystem.lag")], ...(beside ? [[words.say("ecosystem.beside", { name: variantName(app, others[0]!.variant) })] as Head] : [])];
  return sheet(heads, rows.map((row) => {
    const unlike = row.likeliest !== row.grade && row.likeliest;
    const lag = lags.get(row.place);
    const twin = other.get(row.place);
    return line(homeButton(app, row.place, "couple"), [
      [spanned(app, row.coordination, row.coordination_low, row.coordination_high), true],
      [row.grade ? [words.of(row.class_name), h("span", { class: unlike ? "doubt line" : "muted line" }, words.chance(row.class_probability ?? 0), unlike && words.say("ecosystem.likelier", { name: words.of(row.likeliest_name), chance: words.chance(row.likeliest_probability ?? 0) }))] : words.say("ecosystem.undefined")],
      [spanned(app, row.level, row.level_low, row.level_high), true], [spanned(app, row.coupling, row.coupling_low, row.coupling_high), true],
      [lag ? [words.of(lag.lag_name) || "—", lag.probability !== null && h("span", { class: "muted line" }, words.chance(lag.probability))] : "—"],
      ...(beside ? [[twin ? [words.number(twin.coordination, 3), h("span", { class: twin.grade === row.grade ? "muted line" : "doubt line" }, words.of(twin.class_name))] : "—"] as [HTMLElement[] | string]] : []),
    ] as never, row.place === home ? "held" : "");
  }), "coupling-table");
}

/** What a variant is called. */
export function variantName(app: App, id: string): string {
  const found = app.book.data.ecosystem?.variants.find((item) => item.id === id);
  return found ? app.words.of(found.name) : id;
}
