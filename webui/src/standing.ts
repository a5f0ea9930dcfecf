// How a place stands against the others, indicator by indicator.

import type { Index } from "./types";

export interface Standing {
  leaf: number;
  value: number; // normalised, the higher the better
  rank: number; // ties share the smallest
  of: number;
  tied: boolean;
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
      return [{ leaf, value, rank: above + 1, of: all.length, tied: above + below < all.length - 1, balance }];
    })
    .sort((a, b) => b.balance - a.balance || b.value - a.value || a.leaf - b.leaf);
}

/** From this balance on an indicator counts as a strength or, below its negative, a weakness. */
export const THIRD = 1 / 3;

/** Indicators in the upper and the lower third, the most telling first. */
export function extremes(all: Standing[]): { strong: Standing[]; weak: Standing[] } {
  return {
    strong: all.filter((standing) => standing.balance >= THIRD),
    weak: all.filter((standing) => standing.balance <= -THIRD).reverse(),
  };
}

export interface Peer {
  place: string;
  near: number[]; // leaves that differ by a tenth of the range at most, the nearest first
  far: number | null; // the leaf that differs most
}

const CLOSE = 0.1;

/** The places whose normalised profile lies nearest, and in which leaves. */
export function peers(index: Index, at: number, count: number): Peer[] {
  const own = index.normalised[at] ?? [];
  const range = index.leaves.map((_, j) => {
    const all = index.normalised.map((row) => row[j]).filter((v): v is number => v != null);
    return Math.max(...all) - Math.min(...all) || 1;
  });
  return index.places
    .flatMap((place, i) => {
      if (i === at) return [];
      const gaps = own.map((v, j) => {
        const other = index.normalised[i]?.[j];
        return v == null || other == null ? 1 : Math.abs(v - other) / range[j]!;
      });
      const order = gaps.map((_, j) => j).sort((a, b) => gaps[a]! - gaps[b]!);
      const near = order.filter((j) => gaps[j]! <= CLOSE);
      return [{ place, near, far: near.length < gaps.length ? order.at(-1)! : null, apart: gaps.reduce((sum, gap) => sum + gap * gap, 0) }];
    })
    .sort((a, b) => a.apart - b.apart)
    .slice(0, count);
}

/** Share of the differences in score that each leaf decides: cov(w·x, score) / var(score); the shares sum to one. */
export function influence(index: Index, shares: number[]): number[] {
  const x = index.normalised.filter((row) => row.every((v, j) => v !== null || !(shares[j]! > 0)));
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
