// The weights: folded by dimension, a slider each, what it does and why it is in beside it.

import { nodeName, type App } from "./app";
import { fill, h } from "./dom";
import { influence } from "./standing";
import type { Node } from "./types";

const TIMES = 5; // a slider reaches five times the largest default weight

interface Line {
  node: Node;
  leaves: number[];
  slider: HTMLInputElement;
  share: HTMLElement;
  effect: HTMLElement;
}

export interface WeightsPanel {
  element: HTMLElement;
  update(app: App): void;
}

/** Make the panel; sliders are kept while they move, the rest is made anew when the frame changes. */
export function makeWeights(): WeightsPanel {
  const body = h("div", { class: "weights-body" });
  const top = h("div", {});
  const element = h("section", { class: "weights", "aria-labelledby": "weights-title" }, top, body);
  let frame = "";
  let lines: Line[] = [];
  return {
    element,
    update(app) {
      const now = [app.words.language, app.model.index.id, app.state.open.join()].join("|");
      if (now !== frame) {
        lines = [];
        fill(body, visible(app, app.model.root.id, 0).map(([node, depth]) => lineOf(app, node, depth, lines)));
        frame = now;
      }
      fill(top, head(app));
      refresh(app, lines);
    },
  };
}

function visible(app: App, parent: string, depth: number): [Node, number][] {
  return app.model.children(parent).flatMap((node) => {
    const below = app.state.open.includes(node.id) ? visible(app, node.id, depth + 1) : [];
    return [[node, depth], ...below] as [Node, number][];
  });
}

function head(app: App): HTMLElement {
  const { words, now, model } = app;
  const obstacle = model.index.obstacle;
  const stuck = obstacle ? words.say(`obstacle.${obstacle}`) : model.index.draws.count ? "" : words.say("obstacle.draws");
  const reset = h("button", {
    type: "button", class: "reset", "data-key": "reset", disabled: !now.changed, click: () => app.set({ weights: {} }),
  }, words.say("weights.reset"));
  const note = stuck || words.say("weights.how", { draws: model.index.draws.count.toLocaleString("en-US") });
  return h("header", {},
    h("div", { class: "panel-head" },
      h("h2", { id: "weights-title" }, words.say("weights.title")),
      now.changed && h("span", { class: "changed" }, words.say("weights.changed")),
      h("span", { class: "space" }), reset),
    h("p", { class: stuck ? "note warn" : "note" }, note),
    h("div", { class: "weights-line column-heads", "aria-hidden": "true" },
      h("span", {}, words.say("weights.item")), h("span", {}),
      h("span", { title: words.say("weights.share_long") }, words.say("weights.share")),
      h("span", { title: words.say("weights.effect_long") }, words.say("weights.effect"))));
}

function most(app: App): number {
  return Math.min(100, TIMES * Math.max(...app.model.defaults));
}

function lineOf(app: App, node: Node, depth: number, lines: Line[]): HTMLElement {
  const { words, model } = app;
  const leaves = model.leavesOf(node.id);
  const open = app.state.open.includes(node.id);
  const name = nodeName(app, node.id);
  const dead = leaves.every((leaf) => !((model.nodes.get(model.index.leaves[leaf]!)?.effective ?? 0) > 0));
  const slider = h("input", {
    type: "range", min: 0, max: most(app) * leaves.length, step: 0.5, "aria-label": words.say("weights.of", { name }), "data-key": `w/${node.id}`,
    disabled: dead || Boolean(model.index.obstacle) || !model.index.draws.count,
    input: () => move(app, leaves, Number(slider.value)),
  });
  const share = h("output", {});
  const effect = h("span", { class: "effect" });
  lines.push({ node, leaves, slider, share, effect });
  const label = node.indicator
    ? h("span", { class: "leaf" }, name)
    : h("button", {
        type: "button", class: "fold", "aria-expanded": open ? "true" : "false", "data-key": `fold/${node.id}`,
        click: () => app.set({ open: open ? app.state.open.filter((id) => id !== node.id) : [...app.state.open, node.id] }),
      }, h("span", { class: "caret", "aria-hidden": "true" }, open ? "▾" : "▸"), name);
  const note = node.indicator ? app.book.indicators.get(node.indicator)?.note : undefined;
  return h("div", { class: `weights-item depth${depth}` },
    h("div", { class: "weights-line" }, label, slider, share, effect),
    note && words.of(note) && h("p", { class: "why" }, words.of(note)));
}

/** Set the points of a node: leaves below keep their proportions. */
function move(app: App, leaves: number[], points: number): void {
  const { model } = app;
  const pointsOf = (leaf: number): number => app.state.weights[model.index.leaves[leaf]!] ?? model.defaults[leaf]!;
  const held = leaves.reduce((sum, leaf) => sum + pointsOf(leaf), 0);
  const plain = leaves.reduce((sum, leaf) => sum + model.defaults[leaf]!, 0) || 1;
  const weights = { ...app.state.weights };
  for (const leaf of leaves) {
    const part = held > 0 ? pointsOf(leaf) / held : model.defaults[leaf]! / plain;
    const value = Math.min(most(app), Math.round(points * part * 100) / 100);
    if (value === model.defaults[leaf]) delete weights[model.index.leaves[leaf]!];
    else weights[model.index.leaves[leaf]!] = value;
  }
  app.set({ weights });
}

function refresh(app: App, lines: Line[]): void {
  const effects = app.model.index.obstacle ? [] : influence(app.model.index, app.now.shares);
  for (const { leaves, slider, share, effect } of lines) {
    const sum = (values: number[]): number => leaves.reduce((total, leaf) => total + (values[leaf] ?? 0), 0);
    const text = app.words.percent(sum(app.now.shares), 1);
    if (document.activeElement !== slider || Number(slider.value) !== sum(app.now.points)) slider.value = String(sum(app.now.points));
    slider.setAttribute("aria-valuetext", text);
    const plain = sum(app.model.defaults) / (Number(slider.max) || 1);
    slider.style.setProperty("--plain-n", String(plain));
    slider.style.setProperty("--at", `${(100 * Number(slider.value)) / Number(slider.max)}%`);
    share.textContent = text;
    effect.textContent = effects.length ? app.words.percent(sum(effects)) : "—";
  }
}
