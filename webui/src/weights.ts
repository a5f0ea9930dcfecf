// The weights: folded by dimension, a slider each, what it does and why it is in beside it.

import { nodeName, type App } from "./app";
import { fill, h } from "./dom";
import { padlock } from "./marks";
import { influence } from "./standing";
import type { Node } from "./types";
import { scale, share } from "./weigh";

const TIMES = 5; // a slider reaches five times the largest default weight

interface Line {
  node: Node;
  leaves: number[];
  slider: HTMLInputElement;
  output: HTMLElement;
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
      const now = [app.words.language, app.model.index.id, app.state.open.join(), app.state.lock.join()].join("|");
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
    type: "button", class: "reset", "data-key": "reset", disabled: !now.changed && !app.state.lock.length, click: () => app.set({ weights: {}, lock: [] }),
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
      h("span", { title: words.say("weights.effect_long") }, words.say("weights.effect")), h("span", {})));
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
  const still = dead || Boolean(model.index.obstacle) || !model.index.draws.count;
  const locked = lockedLeaves(app);
  const held = app.state.lock.includes(node.id);
  const lock = h("button", {
    type: "button", class: "lock", "aria-pressed": held ? "true" : "false", "data-key": `lock/${node.id}`, disabled: still,
    "aria-label": words.say("weights.lock", { name }), title: words.say("weights.lock", { name }),
    click: () => app.set({ lock: held ? app.state.lock.filter((id) => id !== node.id) : [...app.state.lock, node.id] }),
  }, padlock(held));
  const slider = h("input", {
    type: "range", min: 0, max: most(app) * leaves.length, step: 0.5, "aria-label": words.say("weights.of", { name }), "data-key": `w/${node.id}`,
    disabled: still || leaves.every((leaf) => locked.has(leaf)),
    input: () => move(app, leaves, Number(slider.value)),
  });
  const output = h("output", {});
  const effect = h("span", { class: "effect" });
  lines.push({ node, leaves, slider, output, effect });
  const label = node.indicator
    ? h("span", { class: "leaf" }, name)
    : h("button", {
        type: "button", class: "fold", "aria-expanded": open ? "true" : "false", "data-key": `fold/${node.id}`,
        click: () => app.set({ open: open ? app.state.open.filter((id) => id !== node.id) : [...app.state.open, node.id] }),
      }, h("span", { class: "caret", "aria-hidden": "true" }, open ? "▾" : "▸"), name);
  const note = node.indicator ? app.book.indicators.get(node.indicator)?.note : undefined;
  return h("div", { class: `weights-item depth${depth}` },
    h("div", { class: "weights-line" }, label, slider, output, effect, lock),
    note && words.of(note) && h("p", { class: "why" }, words.of(note)));
}

const lockedLeaves = (app: App): Set<number> =>
  new Set(app.state.lock.filter((node) => app.model.nodes.has(node)).flatMap((node) => app.model.leavesOf(node)));

/** Set the points of a node. */
function move(app: App, leaves: number[], wanted: number): void {
  const { index, defaults } = app.model;
  const points = index.leaves.map((leaf, j) => app.state.weights[leaf] ?? defaults[j]!);
  const locked = lockedLeaves(app);
  const moved = locked.size ? share(points, defaults, leaves, wanted, locked) : scale(points, defaults, leaves, wanted, most(app));
  const changed = index.leaves.map((leaf, j) => [leaf, moved[j]!] as const).filter(([, value], j) => value !== defaults[j]);
  app.set({ weights: Object.fromEntries(changed) });
}

function refresh(app: App, lines: Line[]): void {
  const effects = app.model.index.obstacle ? [] : influence(app.model.index, app.now.shares);
  for (const { leaves, slider, output, effect } of lines) {
    const sum = (values: number[]): number => leaves.reduce((total, leaf) => total + (values[leaf] ?? 0), 0);
    const text = app.words.percent(sum(app.now.shares), 1);
    if (document.activeElement !== slider || Number(slider.value) !== sum(app.now.points)) slider.value = String(sum(app.now.points));
    slider.setAttribute("aria-valuetext", text);
    const plain = sum(app.model.defaults) / (Number(slider.max) || 1);
    slider.style.setProperty("--plain-n", String(plain));
    slider.style.setProperty("--at", `${(100 * Number(slider.value)) / Number(slider.max)}%`);
    output.textContent = text;
    effect.textContent = effects.length ? app.words.percent(sum(effects)) : "—";
  }
}
