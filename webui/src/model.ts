// The index in hand under the reader's weights: default numbers come from the run, changed ones from the draws.

import { bareIndex } from "./bare";
import type { Book } from "./book";
import { unpackDraws } from "./digits";
import { gather, keptChildren, ownWeights, ruleOf, scoreNodes, type Rule } from "./gaps";
import { rerank, type Basis, type Reranking } from "./rank";
import type { State } from "./state";
import type { Index, Node } from "./types";

export interface Row {
  place: string;
  at: number; // position in index.places
  score: number | null;
  low: number | null;
  high: number | null;
  rank: number | null;
  rankLow: number | null;
  rankHigh: number | null;
  baseScore: number | null;
  baseRank: number | null;
  tier: number; // -1: none
  shares: number[]; // probability of each tier
  firm: boolean;
}

export interface Current {
  rows: Row[]; // best first
  of: Map<string, Row>;
  points: number[]; // weight of each leaf in points
  shares: number[]; // the same, closed to sum one
  changed: boolean;
  empty: boolean; // no weight left at all
  live: Reranking | null;
}

export interface Model {
  index: Index;
  root: Node;
  nodes: Map<string, Node>;
  children(node: string): Node[];
  leavesOf(node: string): number[];
  defaults: number[]; // points
  tiered: boolean;
  lacks(at: number): boolean; // whether a place lacks a value of weight
  weightsOf(at: number, shares: number[]): number[]; // of the leaves, for one place: missing ones pass theirs on
  scoresOf(at: number, shares: number[]): Map<string, number>; // scores of all nodes of one place
  current(state: State): Current;
}

function basisOf(index: Index, effective: number[], rule: Rule): Basis | null {
  if (index.obstacle || !index.draws.count) return null;
  const places = index.places.length;
  const leaves = index.leaves.length;
  const x = new Float64Array(places * leaves);
  index.normalised.forEach((row, i) => row.forEach((value, j) => (x[j * places + i] = value ?? NaN)));
  return { places, leaves, x, base: Float64Array.from(effective), draws: unpackDraws(index.draws.rows), count: index.draws.count, rule };
}

/** Prepare an index; `current` remembers its last answer. */
export function openModel(book: Book, name: string): Model {
  const index = book.data.indices.find((item) => item.id === name) ?? book.data.indices[0] ?? bareIndex();
  const nodes = new Map(index.nodes.map((node) => [node.id, node]));
  const children = (node: string): Node[] => index.nodes.filter((item) => item.parent === node);
  const leavesOf = (node: string): number[] =>
    nodes.get(node)?.indicator ? [index.leaves.indexOf(node)] : children(node).flatMap((child) => leavesOf(child.id));
  const effective = index.leaves.map((leaf) => nodes.get(leaf)?.effective ?? 0);
  const defaults = effective.map((share) => Math.round(share * 1e4) / 100);
  const rule = ruleOf(index.nodes, index.leaves, index.rules.min_share, index.rules.by);
  const basis = basisOf(index, effective, rule);
  const tiered = book.data.tiers?.index === index.id;
  let key = "";
  let last: Current | null = null;
  return {
    index, nodes, children, leavesOf, defaults, tiered,
    lacks: (at) => effective.some((share, j) => share > 0 && index.normalised[at]![j] == null),
    weightsOf: (at, shares) => ownWeights(rule, index.normalised[at]!, shares),
    scoresOf(at, shares) {
      const mass = gather(rule, shares, new Float64Array(rule.leaf.length));
      const scores = scoreNodes(rule, index.normalised[at]!, keptChildren(rule, index.normalised[at]!, mass), mass, new Float64Array(rule.leaf.length));
      return new Map([...rule.at].map(([node, k]) => [node, scores[k]!]));
    },
    root: index.nodes.find((node) => !node.parent) ?? index.nodes[0]!,
    current(state) {
      const now = JSON.stringify([state.weights, state.tiers]);
      if (!last || now !== key) last = compute(book, index, basis, effective, defaults, tiered, state);
      key = now;
      return last;
    },
  };
}

function compute(
  book: Book, index: Index, basis: Basis | null, effective: number[], defaults: number[], tiered: boolean, state: State,
): Current {
  const touched = index.leaves.map((leaf, j) => (effective[j]! > 0 ? state.weights[leaf] : undefined));
  const changed = basis !== null && touched.some((points, j) => points !== undefined && points !== defaults[j]);
  const points = changed ? touched.map((value, j) => value ?? defaults[j]!) : defaults;
  const wanted = changed ? points.map((value, j) => (value === defaults[j] ? effective[j]! * 100 : value)) : effective;
  const total = wanted.reduce((sum, value) => sum + value, 0);
  const shares = wanted.map((value) => (total > 0 ? value / total : 0));
  const tiers = tiered ? book.data.tiers : null;
  const live = changed && basis ? rerank(basis, wanted, tiers?.sizes ?? [], index.draws.level) : null;
  const empty = changed && !live;
  const rows = index.places.map((place, at) => rowOf(book, index, place, at, changed, live, state));
  const sorted = empty ? rows : [...rows].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.at - b.at);
  return { rows: sorted, of: new Map(rows.map((row) => [row.place, row])), points, shares, changed, empty, live };
}

function rowOf(
  book: Book, index: Index, place: string, at: number, changed: boolean, live: Reranking | null, state: State,
): Row {
  const base = index.standings[at]!;
  const kept = { baseScore: base.score, baseRank: base.rank, place, at };
  const tiers = book.data.tiers?.index === index.id ? book.data.tiers : null;
  if (!changed) {
    const shares = tiers?.probability[state.tiers]?.[at] ?? [];
    const tier = tiers ? tiers.names.findIndex((name) => name.id === tiers.assigned[at]) : -1;
    return {
      ...kept, score: base.score, low: base.score_low, high: base.score_high, rank: base.rank,
      rankLow: base.rank_low, rankHigh: base.rank_high, tier, shares, firm: isFirm(shares, tiers?.firm),
    };
  }
  const nothing = { score: null, low: null, high: null, rank: null, rankLow: null, rankHigh: null };
  if (!live || !live.ranks[at]) return { ...kept, ...nothing, tier: -1, shares: [], firm: true };
  const width = tiers?.sizes.length ?? 0;
  const shares = [...live.probability.subarray(at * width, (at + 1) * width)];
  return {
    ...kept, score: live.scores[at]!, low: live.scoreLow[at]!, high: live.scoreHigh[at]!, rank: live.ranks[at]!,
    rankLow: live.rankLow[at]!, rankHigh: live.rankHigh[at]!, tier: bandOf(live.ranks[at]!, tiers?.sizes ?? []),
    shares, firm: isFirm(shares, tiers?.firm),
  };
}

const isFirm = (shares: number[], firm = 0): boolean => !shares.length || Math.max(...shares) >= firm;

function bandOf(rank: number, sizes: number[]): number {
  let edge = 0;
  return sizes.findIndex((size) => (edge += size) >= rank);
}
