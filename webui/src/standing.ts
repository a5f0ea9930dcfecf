// How a place stands against the others, indicator by indicator.

import type { Index } from "./types";

export interface Standing {
  leaf: number;
  value: number; // normalised, the higher the better
  rank: number; // ties share the smallest
  of: number;
  balance: number; // share of others below minus share of others above: -1 to 1
}

/** Standing of a place in every leaf that has a value there, best first. */
export function standings(index: Index, at: number): Standing[] {
  return index.leaves
    .flatMap((_, leaf) => {
      const value = index.normalised[at]?.[leaf];
      const all = index.normalised.map((row) => row[leaf]).filter((v): v is number => v != null);
      if (value == null) return [];
      const above = all.filter((v) => v > value).length;
      const below = all.filter((v) => v < value).length;
      const balance = all.length > 1 ? (below - above) / (all.length - 1) : 0;
      return [{ leaf, value, rank: above + 1, of: all.length, balance }];
    })
    .sort((a, b) => b.balance - a.balance || b.value - a.value || a.leaf - b.leaf);
}

const THIRD = 1 / 3;

/** Indicators in the upper and the lower third, the most telling first. */
export function extremes(all: Standing[]): { strong: Standing[]; weak: Standing[] } {
  return {
    strong: all.filter((standing) => standing.balance >= THIRD),
    weak: all.filter((standing) => standing.balance <= -THIRD).reverse(),
  };
}

/** The places whose normalised profile lies nearest, with the number of leaves that differ by a tenth of the range at most. */
export function peers(index: Index, at: number, count: number): { place: string; close: number }[] {
  const own = index.normalised[at] ?? [];
  const range = index.leaves.map((_, j) => {
    const all = index.normalised.map((row) => row[j]).filter((v): v is number => v != null);
    return Math.max(...all) - Math.min(...all) || 1;
  });
  return index.places
    .map((place, i) => {
      const gaps = own.map((v, j) => {
        const other = index.normalised[i]?.[j];
        return v == null || other == null ? 1 : Math.abs(v - other) / range[j]!;
      });
      return { place, i, close: gaps.filter((gap) => gap <= 0.1).length, far: gaps.reduce((sum, gap) => sum + gap * gap, 0) };
    })
    .filter((peer) => peer.i !== at)
    .sort((a, b) => a.far - b.far)
    .slice(0, count);
}

/** Share of the differences in score that each leaf decides: cov(w·x, score) / var(score); the shares sum to one. */
export function influence(index: Index, shares: number[]): number[] {
  const x = index.normalised;
  const scores = x.map((row) => row.reduce<number>((sum, v, j) => sum + shares[j]! * (v ?? 0), 0));
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const middle = mean(scores);
  const spread = mean(scores.map((v) => (v - middle) ** 2));
  return index.leaves.map((_, j) => {
    const column = x.map((row) => shares[j]! * (row[j] ?? 0));
    const own = mean(column);
    return spread > 0 ? mean(column.map((v, i) => (v - own) * (scores[i]! - middle))) / spread : 0;
  });
}
