// The small signs that recur: tier marks, probability bars, numbers that open their chain, flags.

import { nodeName, placeName, scoreText, tierName, type App } from "./app";
import { h, s } from "./dom";
import type { Row } from "./model";

export const COLOURS = ["#0072B2", "#009E73", "#E69F00", "#767676", "#CC79A7", "#56B4E9"];
export const SHAPES = ["circle", "diamond", "triangle", "rect", "pin", "arrow"];
export const PATHS = [
  "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12Z", "M8 1l7 7-7 7-7-7Z", "M8 2l6.5 11.5h-13Z", "M2.5 2.5h11v11h-11Z",
  "M6 2h4v4h4v4h-4v4h-4v-4h-4v-4h4Z", "M8 14L1.5 2.5h13Z",
];

/** Colour of a tier by its position; a place without tier is dark. */
export const tierColour = (tier: number): string => (tier < 0 ? "#0072B2" : COLOURS[tier % COLOURS.length]!);

/** Mark of a tier: filled when firm, hollow when no tier reaches the threshold. */
export function mark(tier: number, firm = true): SVGElement {
  const colour = tierColour(tier);
  const path = PATHS[Math.max(tier, 0) % PATHS.length]!;
  const dress = firm ? { fill: colour, stroke: "#333", "stroke-width": 0.7 } : { fill: "#fff", stroke: colour, "stroke-width": 2.2 };
  return s("svg", { class: "mark", viewBox: "0 0 16 16", width: 13, height: 13, "aria-hidden": "true" }, s("path", { d: path, ...dress }));
}

/** A padlock, shut or open. */
export function padlock(shut: boolean): SVGElement {
  const bow = shut ? "M5 7V4.5a3 3 0 0 1 6 0V7" : "M5 7V4.5a3 3 0 0 1 5.8-1";
  return s("svg", { viewBox: "0 0 16 16", width: 13, height: 13, "aria-hidden": "true" },
    s("path", { d: bow, fill: "none", stroke: "currentColor", "stroke-width": 1.4 }), s("path", { d: "M3.5 7h9v6.5h-9Z", fill: shut ? "currentColor" : "none", stroke: "currentColor", "stroke-width": 1.2 }));
}

/** Words of a place's tier: its name, or that it stands between tiers. */
export function tierWords(app: App, row: Row): string {
  if (row.tier < 0) return "—";
  return row.firm ? tierName(app, row.tier) : app.words.say("tier.between");
}

/** Largest tier probability of a row, and the sentence that spells all of them out. */
export function sharesText(app: App, shares: number[]): string {
  const parts = shares.map((share, k) => [share, `${tierName(app, k)} ${app.words.chance(share)}`] as const);
  return app.words.list(parts.filter(([share]) => share > 0).map(([, text]) => text));
}

/** A probability as a small stacked bar; texts are said beside it, never by colour alone. */
export function sharesBar(app: App, shares: number[], label = sharesText(app, shares)): HTMLElement {
  return h("span", { class: "stack", role: "img", "aria-label": label, title: label },
    shares.map((share, k) => share > 0.0005 && h("span", { class: `t${k}`, "--share": `${100 * share}%`, "--tone": tierColour(k) })));
}

/** A number as a button that opens its chain. */
export function number(app: App, text: string, on: [string, string, string], tab = 0): HTMLElement {
  const held = app.state.on.join() === on.join();
  const [place, node, what] = on;
  return h("button", {
    type: "button", class: held ? "num held" : "num", "data-key": on.join("/"), tabindex: tab, "aria-expanded": held ? "true" : "false",
    "aria-label": app.words.say("chain.open", { text, place: placeName(app, place), node: nodeName(app, node), what: app.words.say(`what.${what}`) }),
    click: (event: Event) => {
      event.stopPropagation();
      app.set({ place, on: held ? [] : on });
    },
  }, text);
}

/** Signs of the flags of a cell, with their meaning as title. */
export function flags(app: App, flag: string, note = ""): HTMLElement | null {
  const found = flag.split(";").map((item) => item.trim()).filter(Boolean);
  if (!found.length) return null;
  const meaning = app.words.list(found.map((item) => flagWords(app, item)));
  const title = note ? `${meaning}：${note}` : meaning;
  return h("abbr", { class: "flag", title, "aria-label": title }, found.map((item) => flagSign(app, item)).join(""));
}

export const flagSign = (app: App, flag: string): string =>
  app.words.has(`sign.${flag}`) ? app.words.say(`sign.${flag}`) : "※";

export const flagWords = (app: App, flag: string): string =>
  app.words.has(`flag.${flag}`) ? app.words.say(`flag.${flag}`) : flag;

/** Score with its interval in brackets. */
export function scoreRange(app: App, row: Row): string {
  const ends = app.words.range(scoreText(app, row.low), scoreText(app, row.high));
  return row.low === null || row.low !== row.low ? "" : app.words.say("in_brackets", { text: ends });
}

/** Rank interval such as 4–7. */
export function rankRange(app: App, row: Row): string {
  return row.rankLow === null ? "—" : app.words.range(String(row.rankLow), String(row.rankHigh));
}
