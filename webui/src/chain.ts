// The chain of the number in hand, down to file and row.

import { nodeName, nodeScore, placeName, scoreText, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { flags, flagSign, flagWords, rankRange, scoreRange, sharesText, tierWords } from "./marks";
import type { Row } from "./model";
import type { Cell, Node } from "./types";

/** The open chain, or nothing. */
export function drawChain(app: App): HTMLElement | null {
  const [place = "", node = "", what = ""] = app.state.on;
  const row = app.now.of.get(place);
  const found = app.model.nodes.get(node);
  if (!row || !found) return null;
  const { words } = app;
  const title = words.say("chain.title", { place: placeName(app, place), node: nodeName(app, node), what: words.say(`what.${what}`) });
  return h("section", { class: "chain", "aria-label": title },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }),
      h("button", { type: "button", "data-key": "chain-close", click: () => app.set({ on: [] }) }, words.say("chain.close"))),
    h("div", { class: "scroll", "data-scroll": `chain/${app.state.on.join("/")}` }, found.indicator ? steps(app, row, found) : [say(app, row, found, what), tree(app, row, found)]));
}

function say(app: App, row: Row, node: Node, what: string): HTMLElement {
  const { words, model } = app;
  const draws = (app.now.changed ? (app.now.live?.used ?? 0) : model.index.draws.total).toLocaleString("en-US");
  const level = words.percent(model.index.draws.level);
  const parts = [words.say("chain.score", { score: scoreText(app, nodeScore(app, row, node.id)), range: node.parent ? "" : scoreRange(app, row), method: words.of(model.index.aggregate.title) })];
  if (what === "rank") parts.unshift(words.say("chain.rank", { rank: row.rank ?? "—", n: app.now.rows.length, range: rankRange(app, row), draws, level }));
  const tiers = app.book.data.tiers;
  if (what === "tier" && tiers) {
    const shown = app.now.changed ? "places" : app.state.tiers;
    const question = words.say(`definition.${shown}.text`, { sizes: tiers.sizes.join("/") });
    parts.unshift(words.say("chain.tier", { tier: tierWords(app, row), shares: sharesText(app, row.shares), draws, question }));
  }
  return h("p", {}, parts.join(" "));
}

function tree(app: App, row: Row, top: Node): HTMLElement {
  const { words, model } = app;
  const heads = ["item", "weight", "normalised", "part", "value", "source"] as const;
  const seen = new Set<string>();
  const body = branch(app, row, top, top, 0, seen);
  return h("div", {}, h("table", { class: "tree" },
    h("thead", {}, h("tr", {}, heads.map((head, k) => h("th", { scope: "col", class: k > 0 && k < 5 ? "r" : "" }, words.say(`chain.${head}`))))),
    h("tbody", {}, body)),
  legend(app, seen), model.lacks(row.at) && !model.index.obstacle ? h("p", { class: "muted" }, words.say("chain.gap")) : null, h("p", { class: "muted" }, words.say("chain.normalise", { method: `${words.of(app.model.index.normalise.title)} ${app.model.index.normalise.spec}`, note: words.of(app.model.index.normalise.note) })));
}

function branch(app: App, row: Row, node: Node, top: Node, depth: number, seen: Set<string>): HTMLElement[] {
  const { words, model, now } = app;
  const own = model.lacks(row.at) ? model.weightsOf(row.at, now.shares) : now.shares;
  const mass = (id: string): number => model.leavesOf(id).reduce((sum, leaf) => sum + own[leaf]!, 0);
  const share = mass(top.id) > 0 ? mass(node.id) / mass(top.id) : 0;
  const leaf = node.indicator ? model.index.leaves.indexOf(node.id) : -1;
  const score = leaf >= 0 ? (model.index.normalised[row.at]![leaf] ?? null) : nodeScore(app, row, node.id);
  const linear = !model.index.obstacle && score !== null;
  const cell = node.indicator ? app.book.cell(row.place, node.indicator) : undefined;
  const made = node.indicator && !cell ? stages(app, row, node).at(-1)?.after : undefined;
  if (made !== undefined) seen.add("imputed");
  for (const flag of cell?.flag.split(";").filter(Boolean) ?? []) seen.add(flag);
  const line = h("tr", { class: leaf >= 0 ? "" : "group" },
    h("th", { scope: "row", "--depth": depth }, nodeName(app, node.id)),
    h("td", { class: "r" }, words.percent(share, 1)), h("td", { class: "r" }, scoreText(app, score)),
    h("td", { class: "r" }, linear ? scoreText(app, share * score) : "—"),
    h("td", { class: "r value" }, node.indicator ? [valueText(app, cell?.value ?? made), flags(app, cell?.flag ?? (made === undefined ? "" : "imputed"), cell ? words.of(cell.note) : ""), h("span", { class: "unit" }, unitName(app, cell?.unit ?? ""))] : null),
    h("td", {}, cell ? where(app, cell) : null));
  return [line, ...model.children(node.id).flatMap((child) => branch(app, row, child, top, depth + 1, seen))];
}

/** File, row and column of a cell. */
export function where(app: App, cell: Cell): string {
  return app.words.say("chain.where", { source: cell.source, file: cell.file, row: cell.row, column: cell.column });
}

function steps(app: App, row: Row, node: Node): HTMLElement {
  const { words, model, now } = app;
  const leaf = model.index.leaves.indexOf(node.id);
  const x = model.index.normalised[row.at]![leaf] ?? null;
  const cell = app.book.cell(row.place, node.indicator);
  const done = stages(app, row, node);
  if (!cell && !done.length) return h("p", {}, words.say("chain.no_cell"));
  const share = (model.lacks(row.at) ? model.weightsOf(row.at, now.shares) : now.shares)[leaf] ?? 0;
  const items: [string, string][] = [
    ...(cell ? read(app, cell) : [[words.say("chain.read"), words.say("chain.absent")] as [string, string]]),
    ...done.map(({ step, before, after }): [string, string] => [words.say(`chain.${step}`), stageText(app, step, before, after)]),
    [words.say("chain.normalised"), `${scoreText(app, x)}${words.say("in_brackets", { text: `${words.of(model.index.normalise.title)} ${model.index.normalise.spec}` })}`],
    [words.say("chain.weight"), words.percent(share, 1)],
    ...(model.index.obstacle || x === null ? [] : [[words.say("chain.part"), words.say("chain.part_text", { part: scoreText(app, share * x), score: scoreText(app, row.score), index: nodeName(app, model.root.id) })] as [string, string]]),
  ];
  return h("dl", { class: "steps" }, items.map(([term, text]) => h("div", {}, h("dt", {}, term), h("dd", {}, text))));
}

/** What is read of a cell: where it stands, its value, flags and source. */
function read(app: App, cell: Cell): [string, string][] {
  const { words } = app;
  const source = app.book.sources.get(cell.source);
  const flag = cell.flag.split(";").filter(Boolean);
  return [
    [words.say("chain.read"), words.say("chain.read_text", { cell: cell.cell, file: cell.file, row: cell.row, column: cell.column })],
    [words.say("chain.value"), words.say("chain.value_text", { value: words.number(cell.value), unit: unitName(app, cell.unit), year: cell.year })],
    ...flag.map((item): [string, string] => [words.say("chain.flag"), `${flagSign(app, item)} ${flagWords(app, item)}${words.of(cell.note) ? words.say("in_brackets", { text: words.of(cell.note) }) : ""}`]),
    [words.say("chain.from"), source ? [source.title, source.publisher, source.year, source.licence].filter(Boolean).join(words.say("comma")) : cell.source],
  ];
}

/** Value of a leaf before and after each step between reading and normalising that changed it. */
export function stages(app: App, row: Row, node: Node): { step: string; before: number | null; after: number }[] {
  return app.model.index.stages.flatMap(({ step, leaf, before, after }) => {
    const made = after[row.at] ?? null;
    return leaf === node.id && made !== null ? [{ step, before: before[row.at] ?? null, after: made }] : [];
  });
}

const DIGITS = 7; // of a computed value

function stageText(app: App, step: string, before: number | null, after: number): string {
  const { words, model } = app;
  const { rules } = model.index;
  const method = step === "treated" ? rules.treat : step === "imputed" ? rules.impute : null;
  const made = words.number(Number(after.toPrecision(DIGITS)));
  const text = before === null ? words.say("chain.stage_filled", { after: made }) : words.say("chain.stage_text", { before: words.number(before), after: made });
  return method ? text + words.say("in_brackets", { text: `${words.of(method.title)} ${method.spec}` }) : text;
}

function legend(app: App, seen: Set<string>): HTMLElement | null {
  if (!seen.size) return null;
  return h("p", { class: "muted" }, [...seen].map((flag) => `${flagSign(app, flag)} ${flagWords(app, flag)}`).join(app.words.say("semicolon")));
}
