// What stands on the map: the places of the ranking and, as a layer, the centre cities of the published plan.

import { placeName, scoreText, tierName, type App } from "./app";
import { rankRange, SHAPES, sharesText, tierColour, tierWords } from "./marks";

export interface MapMark {
  kind: "place" | "centre";
  key: string;
  place: string;
  lon: number;
  lat: number;
  tier: number;
  firm: boolean;
  size: number;
  name: string;
  text: string; // what hovering says
}

const [LEAST, MOST] = [9, 26];
const ROOMY = 40; // with more places than this all marks shrink

/** Marks in the order in which their labels are placed: the best rank first. */
export function mapMarks(app: App): MapMark[] {
  const scores = app.now.rows.map((row) => row.score ?? 0);
  const least = Math.min(0, ...scores);
  const span = Math.max(...scores) - least || 1;
  const shrink = Math.max(0.5, Math.min(1, Math.sqrt(ROOMY / app.now.rows.length)));
  const found: MapMark[] = [];
  for (const row of app.now.rows) {
    const place = app.book.places.get(row.place);
    if (place?.lon == null || place.lat == null) continue;
    const size = shrink * (LEAST + (MOST - LEAST) * Math.sqrt(((row.score ?? least) - least) / span));
    const name = placeName(app, row.place);
    found.push({ kind: "place", key: row.place, place: row.place, lon: place.lon, lat: place.lat, tier: row.tier, firm: row.firm, size, name, text: placeText(app, row.place, name) });
  }
  return app.state.layer === "plan" ? [...found, ...centres(app)] : found;
}

function placeText(app: App, place: string, name: string): string {
  const row = app.now.of.get(place)!;
  const head = app.words.say("map.tip", { name, rank: row.rank ?? "—", range: rankRange(app, row), score: scoreText(app, row.score) });
  return row.shares.length ? `${head} · ${tierWords(app, row)}${app.words.say("in_brackets", { text: sharesText(app, row.shares) })}` : head;
}

function centres(app: App): MapMark[] {
  const { words, book } = app;
  return book.data.plan.flatMap((centre) => {
    if (centre.lon === null || centre.lat === null) return [];
    const name = words.of(centre.name);
    const tier = book.data.tiers?.names.findIndex((item) => item.id === centre.tier) ?? -1;
    const text = words.say("map.centre", { name, tier: tierName(app, tier), scope: words.of(centre.scope) });
    return [{ kind: "centre" as const, key: `centre/${name}`, place: centre.place, lon: centre.lon, lat: centre.lat, tier, firm: true, size: 6, name, text }];
  });
}

/** ECharts symbol of a tier. */
export const symbolOf = (tier: number): string => SHAPES[Math.max(0, tier) % SHAPES.length]!;

/** Fill and line of a mark: filled when firm, hollow between tiers. */
export function dressOf(mark: MapMark): { color: string; borderColor: string; borderWidth: number } {
  const tone = tierColour(mark.tier);
  if (mark.kind === "centre") return { color: "#222", borderColor: "#fff", borderWidth: 1 };
  return mark.firm ? { color: tone, borderColor: "#333", borderWidth: 0.8 } : { color: "#fff", borderColor: tone, borderWidth: 2.4 };
}
