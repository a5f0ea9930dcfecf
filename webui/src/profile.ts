// The place in hand: tier with probability, rank with interval, strengths and weaknesses, who is like it.

import { compared, nodeName, nodeScore, placeName, scoreText, tierName, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { flags, mark, number, rankRange, scoreRange, sharesBar, sharesText, tierWords } from "./marks";
import type { Row } from "./model";
import { MOST_COMPARED } from "./state";
import { extremes, peers, standings, THIRD, type Peer, type Standing } from "./standing";
import { strip } from "./strip";

const FEW = 3;

/** Profile of the place in hand; short beside the map, whole in its own view. */
export function drawProfile(app: App, whole: boolean): HTMLElement {
  const row = app.now.of.get(app.state.place);
  if (!row) return h("p", { class: "empty" }, app.words.say("profile.empty"));
  const all = standings(app.model.index, row.at);
  return h("section", { class: whole ? "profile whole" : "profile", "aria-label": app.words.say("view.profile") },
    head(app, row),
    facts(app, row),
    whole ? dimensions(app, row) : null,
    whole ? strips(app, row, all) : brief(app, row, all),
    like(app, row, whole),
    whole ? planned(app, row) : null);
}

function head(app: App, row: Row): HTMLElement {
  const { words } = app;
  const shown = compared(app);
  const inside = app.state.compare.length > 0 && shown.includes(row.place);
  const full = app.state.compare.length >= MOST_COMPARED;
  const parts = app.book.data.places.filter((place) => place.part_of === row.place || place.part_of === `~${row.place}`);
  return h("div", { class: "panel-head" },
    h("div", {}, h("h2", {}, placeName(app, row.place)),
      parts.length > 0 && h("span", { class: "muted" }, words.say("profile.parts", { names: words.list(parts.map((part) => words.of(part.name))) }))),
    h("button", {
      type: "button", "data-key": "compare", "data-act": true, disabled: inside || full,
      click: () => app.set({ compare: [...new Set([...app.state.compare, row.place])], view: "compare" }),
    }, words.say("profile.compare")));
}

function facts(app: App, row: Row): HTMLElement {
  const { words } = app;
  const root = app.model.root.id;
  const [score, rank, tier] = ["score", "rank", "tier"].map((what) => [row.place, root, what] as [string, string, string]);
  return h("dl", { class: "facts" },
    h("div", {}, h("dt", {}, words.say("profile.rank")),
      h("dd", {}, number(app, words.say("nth", { n: row.rank ?? "—" }), rank!), h("span", { class: "muted" }, words.say("in_brackets", { text: rankRange(app, row) })))),
    h("div", {}, h("dt", {}, words.say("profile.score")),
      h("dd", {}, number(app, scoreText(app, row.score), score!), h("span", { class: "muted" }, scoreRange(app, row)))),
    row.shares.length > 0 && h("div", { class: "grow" }, h("dt", {}, words.say("profile.tier")),
      h("dd", {}, mark(row.tier, row.firm), h("b", {}, tierWords(app, row)), sharesBar(app, row.shares),
        number(app, sharesText(app, row.shares), tier!))),
    h("div", {}, h("dt", {}, words.say("profile.gap")), h("dd", {}, gaps(app, row))));
}

function gaps(app: App, row: Row): string {
  const at = app.now.rows.indexOf(row);
  const [above, below] = [app.now.rows[at - 1], app.now.rows[at + 1]];
  const gap = (other: Row): string => scoreText(app, Math.abs((other.score ?? 0) - (row.score ?? 0)));
  return [
    above && app.words.say("profile.behind", { name: placeName(app, above.place), gap: gap(above) }),
    below && app.words.say("profile.ahead", { name: placeName(app, below.place), gap: gap(below) }),
  ].filter(Boolean).join(app.words.say("semicolon"));
}

function brief(app: App, row: Row, all: Standing[]): HTMLElement {
  const { strong, weak } = extremes(all);
  return h("div", { class: "pair" }, side(app, row, "strong", strong), side(app, row, "weak", weak));
}

function side(app: App, row: Row, kind: "strong" | "weak", found: Standing[]): HTMLElement {
  const { words } = app;
  const rest = found.length - FEW;
  return h("div", {}, h("h3", {}, h("span", { class: `sign ${kind}`, "aria-hidden": "true" }, kind === "strong" ? "▲" : "▼"), words.say(`profile.${kind}`),
    rest > 0 && h("span", { class: "muted" }, words.say("profile.of", { shown: FEW, all: found.length }))),
  found.length
    ? h("ul", { class: "plain" }, found.slice(0, FEW).map((standing) => h("li", {}, h("span", { class: "grow" }, nodeName(app, app.model.index.leaves[standing.leaf]!)), ...value(app, row, standing))))
    : h("p", { class: "muted" }, words.say(`profile.no_${kind}`)));
}

function value(app: App, row: Row, standing: Standing): HTMLElement[] {
  const leaf = app.model.index.leaves[standing.leaf]!;
  const cell = app.book.cell(row.place, app.model.nodes.get(leaf)!.indicator);
  return [
    h("span", { class: "value" }, number(app, valueText(app, cell?.value), [row.place, leaf, "raw"]), flags(app, cell?.flag ?? "", cell ? app.words.of(cell.note) : ""),
      h("span", { class: "unit" }, unitName(app, cell?.unit ?? ""))),
    h("span", { class: "nth" }, app.words.say(standing.tied ? "profile.tied" : "profile.nth", { n: standing.rank, of: standing.of })),
  ];
}

function dimensions(app: App, row: Row): HTMLElement | null {
  const inner = app.model.children(app.model.root.id).filter((node) => !node.indicator);
  if (!inner.length) return null;
  return h("dl", { class: "facts" }, inner.map((node) => {
    const values = app.now.rows.map((other) => nodeScore(app, other, node.id));
    const own = nodeScore(app, row, node.id);
    const rank = 1 + values.filter((v) => v !== null && own !== null && v > own + 1e-9).length;
    return h("div", {}, h("dt", {}, nodeName(app, node.id)), h("dd", {}, number(app, scoreText(app, own), [row.place, node.id, "score"]),
      h("span", { class: "muted" }, app.words.say("in_brackets", { text: app.words.say("nth", { n: rank }) }))));
  }));
}

function strips(app: App, row: Row, all: Standing[]): HTMLElement {
  const { words } = app;
  const sign = (balance: number): string => (balance >= THIRD ? "▲" : balance <= -THIRD ? "▼" : "");
  return h("table", { class: "strips" }, h("thead", {}, h("tr", {},
    h("th", { scope: "col" }, words.say("profile.indicator")), h("th", { scope: "col" }, words.say("profile.strip")),
    h("th", { scope: "col", class: "r", colspan: 2 }, words.say("profile.value")))),
  h("tbody", {}, all.map((standing) => h("tr", {},
    h("th", { scope: "row" }, h("span", { class: `sign ${standing.balance > 0 ? "strong" : "weak"}`, "aria-hidden": "true" }, sign(standing.balance)), nodeName(app, app.model.index.leaves[standing.leaf]!)),
    h("td", {}, strip(app, row, standing)), ...value(app, row, standing).map((part) => h("td", { class: "r" }, part))))));
}

/** The nearest places; in the whole profile also why they are near, and in what they differ most. */
function like(app: App, row: Row, whole: boolean): HTMLElement {
  const { words, model } = app;
  const of = model.index.leaves.length;
  const found = peers(model.index, row.at, FEW).filter((peer) => peer.near.length * 2 >= of);
  if (!found.length) return h("p", { class: "peers" }, words.say("profile.no_peers"));
  const name = (leaf: number): string => nodeName(app, model.index.leaves[leaf]!);
  const item = (peer: Peer): HTMLElement[] => [
    h("button", { type: "button", class: "link", "data-key": `peer/${peer.place}`, click: () => app.set({ place: peer.place }) }, placeName(app, peer.place)),
    h("span", {}, words.say("in_brackets", { text: words.say("profile.close", { n: peer.near.length, of }) })),
  ];
  const reason = (peer: Peer): string => [
    words.say("profile.near", { names: words.list(peer.near.slice(0, FEW).map(name)) }),
    peer.far === null ? "" : words.say("profile.far", { name: name(peer.far) }),
  ].filter(Boolean).join(words.say("semicolon"));
  if (!whole) return h("p", { class: "peers" }, words.say("profile.peers"), found.flatMap((peer, k) => [k ? words.say("comma") : "", ...item(peer)]));
  return h("div", { class: "peers" }, h("h3", {}, words.say("profile.peers").replace(/[:：]\s*$/, "")),
    h("ul", { class: "plain" }, found.map((peer) => h("li", { class: "text" }, item(peer), h("span", { class: "reason" }, reason(peer))))));
}

function planned(app: App, row: Row): HTMLElement | null {
  const { words, book } = app;
  const centres = book.data.plan.filter((centre) => centre.place === row.place);
  const comparison = book.data.comparison.find((item) => item.place === row.place);
  if (!centres.length || !comparison) return null;
  const tier = book.data.tiers?.names.findIndex((name) => name.id === comparison.planned) ?? -1;
  return h("div", { class: "planned" }, h("h3", {}, words.say("profile.plan")),
    h("p", {}, words.say(comparison.agrees ? "profile.agrees" : "profile.differs", { tier: tierName(app, tier) })),
    h("ul", { class: "plain" }, centres.map((centre) => h("li", { class: "text" }, h("b", {}, words.of(centre.name)), " ", words.of(centre.focus).split("|").join(words.say("semicolon"))))));
}
