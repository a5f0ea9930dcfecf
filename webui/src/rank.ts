// Re-weighting of a published ranking: the twin of src/innohub/web/rerank.py, pinned to the same golden file.

import { gather, keptChildren, scoreNodes, type Rule } from "./gaps";
import { quantile, rankInto } from "./order";

export interface Basis {
  places: number;
  leaves: number;
  x: Float64Array; // leaf by leaf: x[leaf * places + place]
  base: Float64Array; // default effective weight of each leaf
  draws: Float64Array; // draw by draw: draws[draw * leaves + leaf]
  count: number;
  rule?: Rule; // how a place is scored that lacks values of weight
}

/** A place without a score has rank 0 and NaN for its scores. */
export interface Reranking {
  scores: Float64Array;
  ranks: Int32Array;
  scoreLow: Float64Array;
  scoreHigh: Float64Array;
  rankLow: Int32Array;
  rankHigh: Int32Array;
  probability: Float64Array; // place by place: probability[place * tiers + tier]
  drawn: Int32Array; // ranks in the draws, place by place: drawn[place * used + draw]
  used: number;
}

function score(basis: Basis, weights: Float64Array, out: Float64Array): boolean {
  let total = 0;
  for (let j = 0; j < basis.leaves; j++) total += weights[j]!;
  if (!(total > 0)) return false;
  out.fill(0);
  for (let j = 0; j < basis.leaves; j++) {
    const w = weights[j]! / total;
    if (!(basis.base[j]! > 0)) continue; // a dead leaf may have no values at all
    const row = j * basis.places;
    for (let i = 0; i < basis.places; i++) out[i]! += w * basis.x[row + i]!;
  }
  return true;
}

/** Gives the places that lack values their scores; what counts of each is decided under the reader's weights. */
function filler(basis: Basis, user: Float64Array): (weights: Float64Array, out: Float64Array) => void {
  const { rule, places: n, leaves: m, x, base } = basis;
  const gaps = rule ? [...Array(n).keys()].filter((i) => base.some((b, j) => b > 0 && Number.isNaN(x[j * n + i]!))) : [];
  if (!rule || !gaps.length) return () => undefined;
  const mass = new Float64Array(rule.leaf.length);
  const nodes = new Float64Array(rule.leaf.length);
  gather(rule, user, mass);
  const jobs = gaps.map((i) => {
    const values = Float64Array.from({ length: m }, (_, j) => x[j * n + i]!);
    return { i, values, kept: keptChildren(rule, values, mass) };
  });
  return (weights, out) => {
    gather(rule, weights, mass);
    for (const { i, values, kept } of jobs) out[i] = scoreNodes(rule, values, kept, mass, nodes)[0]!;
  };
}

/**
 * Rank places under the reader's weights, and tilt the published draws by the same change: a perturbation on
 * the simplex (Aitchison 1986), draw × user / default leaf by leaf, closed to sum one. Null without any weight.
 */
export function rerank(basis: Basis, wanted: ArrayLike<number>, sizes: number[], level: number): Reranking | null {
  const { places: n, leaves: m, base, count } = basis;
  const user = Float64Array.from(base, (b, j) => (b > 0 ? wanted[j]! : 0));
  const scores = new Float64Array(n);
  if (!score(basis, user, scores)) return null;
  const fill = filler(basis, user);
  fill(user, scores);
  const order = Int32Array.from([...scores.keys()].filter((i) => !Number.isNaN(scores[i]!)));
  if (!order.length) return null;
  const ranks = new Int32Array(n);
  rankInto(scores, order, ranks);

  const change = Float64Array.from(base, (b, j) => (b > 0 ? user[j]! / b : 0));
  const tilted = new Float64Array(m);
  const row = new Float64Array(n);
  const rowRanks = new Int32Array(n);
  const values = new Float64Array(n * count);
  const allRanks = new Int32Array(n * count);
  const hits = new Int32Array(n * (n + 1));
  let used = 0;
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < m; j++) tilted[j] = basis.draws[k * m + j]! * change[j]!;
    if (!score(basis, tilted, row)) continue;
    fill(tilted, row);
    if (order.some((i) => Number.isNaN(row[i]!))) continue;
    rankInto(row, order, rowRanks);
    for (const i of order) {
      values[i * count + used] = row[i]!;
      allRanks[i * count + used] = rowRanks[i]!;
      hits[i * (n + 1) + rowRanks[i]!]!++;
    }
    used++;
  }
  return { scores, ranks, ...summarise(n, count, used, values, hits, sizes, level), drawn: allRanks, used };
}

function summarise(
  n: number, count: number, used: number, values: Float64Array, hits: Int32Array, sizes: number[], level: number,
) {
  const scoreLow = new Float64Array(n).fill(NaN);
  const scoreHigh = new Float64Array(n).fill(NaN);
  const rankLow = new Int32Array(n);
  const rankHigh = new Int32Array(n);
  const probability = new Float64Array(n * sizes.length);
  for (let i = 0; i < n && used > 0; i++) {
    if (!hits.subarray(i * (n + 1), (i + 1) * (n + 1)).some((hit) => hit > 0)) continue;
    const own = values.subarray(i * count, i * count + used);
    scoreLow[i] = quantile(own, (1 - level) / 2);
    scoreHigh[i] = quantile(own, (1 + level) / 2);
    let sum = 0;
    let tier = 0;
    let edge = sizes[0] ?? 0;
    for (let r = 1; r <= n; r++) {
      const hit = hits[i * (n + 1) + r]! / used;
      if (sum < (1 - level) / 2 - 1e-9) rankLow[i] = r;
      if (sum < (1 + level) / 2 - 1e-9) rankHigh[i] = r;
      sum += hit;
      while (r > edge && tier < sizes.length - 1) edge += sizes[++tier]!;
      if (r <= edge) probability[i * sizes.length + tier]! += hit;
    }
  }
  return { scoreLow, scoreHigh, rankLow, rankHigh, probability };
}
