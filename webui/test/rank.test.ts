import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { roundSignificant, unpackDraws } from "../src/digits";
import type { Rule } from "../src/gaps";
import { rerank, type Basis } from "../src/rank";

interface Expected {
  scores: (number | null)[]; ranks: number[]; score_low: (number | null)[]; score_high: (number | null)[]; rank_low: number[]; rank_high: number[];
  probability: number[][]; used: number;
}
interface Study {
  name: string; normalised: (number | null)[][]; rule: { parent: number[]; leaf: number[]; min_share: number; by_weight: boolean } | null; default: number[]; draws: string; sizes: number[]; level: number;
  cases: { name: string; weights: number[]; expected: Expected | null }[];
}

const file = new URL("../../tests/reference/rerank.json", import.meta.url);
const { studies } = JSON.parse(readFileSync(file, "utf-8")) as { studies: Study[] };

function basisOf(study: Study): Basis {
  const [places, leaves] = [study.normalised.length, study.default.length];
  const x = new Float64Array(places * leaves);
  study.normalised.forEach((row, i) => row.forEach((value, j) => (x[j * places + i] = value ?? NaN)));
  const draws = unpackDraws(study.draws);
  const found = study.rule;
  const rule: Rule | undefined = found
    ? { leaf: found.leaf, children: found.leaf.map((_, above) => found.parent.flatMap((parent, k) => (parent === above ? [k] : []))), minShare: found.min_share, byWeight: found.by_weight }
    : undefined;
  return { places, leaves, x, base: Float64Array.from(study.default), draws, count: draws.length / leaves, ...(rule && { rule }) };
}

function near(found: ArrayLike<number>, wanted: (number | null)[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, k) => (value === null ? expect(found[k]).toBeNaN() : expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(1e-12)));
}

for (const study of studies) {
  describe(study.name, () => {
    const basis = basisOf(study);
    for (const { name, weights, expected } of study.cases) {
      it(name, () => {
        const found = rerank(basis, weights, study.sizes, study.level);
        if (!expected) return expect(found).toBeNull();
        expect([...found!.ranks]).toEqual(expected.ranks);
        expect([...found!.rankLow]).toEqual(expected.rank_low);
        expect([...found!.rankHigh]).toEqual(expected.rank_high);
        expect(found!.used).toBe(expected.used);
        near(found!.scores, expected.scores);
        near(found!.scoreLow, expected.score_low);
        near(found!.scoreHigh, expected.score_high);
        near(found!.probability, expected.probability.flat());
      });
    }
  });
}

describe("ten significant digits", () => {
  it("drops a difference in the last bit", () => {
    expect(roundSignificant(2.2894284851066637)).toBe(roundSignificant(2.289428485106664));
    expect(roundSignificant(0.1 + 0.2)).toBe(0.3);
  });
  it("keeps zero, sign and size", () => {
    expect([0, -1.5, 1e-9, 123456789012].map(roundSignificant)).toEqual([0, -1.5, 1e-9, 123456789000]);
  });
});
