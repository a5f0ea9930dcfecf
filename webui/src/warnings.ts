// Where the numbers of coupling mislead, in the words of the brief.

import { placeName, type App } from "./app";
import { h } from "./dom";
import type { Coupling } from "./types_ecosystem";

const MOST = 5; // places named
const FEW = 3; // places from which on C is said to tell them apart or not

/** Places by name, the first few of many. */
export function some(app: App, places: string[]): string {
  const { words } = app;
  const names = places.map((place) => placeName(app, place));
  return names.length > MOST ? words.say("ecosystem.and_more", { names: words.list(names.slice(0, MOST)), n: names.length - MOST }) : words.list(names);
}

/** The middle of values in order. */
export function middle(sorted: number[]): number | null {
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)]! : sorted.length ? (sorted[half - 1]! + sorted[half]!) / 2 : null;
}

/** What to keep in mind, one point each. */
export function warnings(app: App, rows: Coupling[], others: Coupling[], year: number, home: string): HTMLElement | null {
  const { words, book } = app;
  const data = book.data.ecosystem!;
  const units = words.say("ecosystem.units");
  const zero = [...new Set(book.tables.get("subsystems").filter((row) => row.year === year && row.score === 0).map((row) => row.place))];
  const values = rows.flatMap((row) => row.coupling ?? []).sort((a, b) => a - b);
  const moved = others.filter((row) => rows.some((own) => own.place === row.place && own.grade && row.grade && own.grade !== row.grade));
  const own = rows.find((row) => row.place === home);
  const gathers = data.variants.find((item) => item.id === rows[0]!.variant)?.gathers === "high" && values.length >= FEW;
  const points: [string, string][] = [
    ...(zero.length && !data.squeezed ? [["zeros", words.say(zero.length > 1 ? "unknowns.zeros" : "unknowns.zeros_one", { places: some(app, zero), number: zero.length, units })] as [string, string]] : []),
    ...(gathers ? [["near_one", words.say("unknowns.near_one", { low: words.number(values[0], 2), high: words.number(values.at(-1), 2), median: words.number(middle(values), 2) })] as [string, string]] : []),
    ...(moved.length ? [["variant", words.say("unknowns.variant", { variant: variantWord(app, moved[0]!.variant), all: rows.length, number: moved.length, units })] as [string, string]] : []),
    ...(data.squeezed ? [["squeezed", words.say("unknowns.squeezed")] as [string, string]] : []),
    ...(own?.defined != null && own.defined < 1 ? [["undefined", words.say("unknowns.undefined", { place: placeName(app, home), share: words.percent(own.defined, 1) })] as [string, string]] : []),
  ];
  if (!points.length) return null;
  return h("ul", { class: "plain warnings" }, points.map(([key, text]) => h("li", { class: "text" }, h("b", { class: "warn" }, words.say(`unknowns.${key}_lead`)), " ", text)));
}

/** What a variant is called inside a sentence; names of persons keep their capital. */
export function variantWord(app: App, id: string): string {
  const found = app.book.data.ecosystem?.variants.find((item) => item.id === id);
  const name = found ? app.words.of(found.name) : id;
  return name.includes("'s") || name.includes("’s") ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
}
