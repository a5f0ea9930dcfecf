import { describe, expect, it } from "vitest";

import { tracks } from "../src/bump";
import { between, betaKey } from "../src/change";
import { groupName } from "../src/change_tables";
import { linePath, scale, spread, ticks } from "../src/chart";
import { onFrontier, ordered } from "../src/efficiency";
import { readPeers } from "../src/efficiency_tables";
import { gather, keptChildren, ownWeights, ruleOf, scoreNodes } from "../src/gaps";
import type { Convergence, Efficiency, Yield } from "../src/types_analysis";

describe("an axis", () => {
  it("has round numbers inside its ends", () => {
    expect(ticks(0.416, 0.591)).toEqual([0.45, 0.5, 0.55]);
    expect(ticks(0, 100, 4)).toEqual([0, 25, 50, 75, 100]);
    expect(ticks(1, 31, 6)).toEqual([5, 10, 15, 20, 25, 30]);
  });
  it("of one value has this value", () => expect(ticks(3, 3)).toEqual([3]));
  it("puts the ends at the ends, and one value alone at the start", () => {
    expect([1, 31].map(scale(1, 31, 10, 310))).toEqual([10, 310]);
    expect(scale(2, 2, 10, 310)(2)).toBe(10);
  });
});

describe("a line", () => {
  it("breaks where a year is missing", () => expect(linePath([[0, 1], [1, 2], null, [3, 4], [4, 5]])).toBe("M0.0 1.0L1.0 2.0M3.0 4.0L4.0 5.0"));
  it("begins where its values do", () => expect(linePath([null, [1, 2]])).toBe("M1.0 2.0"));
  it("ends at its last value, and is left out without any", () => {
    expect(tracks(["a", "b", "c"], [[1, 2, null], [null, null, null], [2, null, 1]])).toEqual([
      { place: "a", at: 0, values: [1, 2, null], last: 2 }, { place: "c", at: 2, values: [2, null, 1], last: 1 },
    ]);
  });
});

describe("labels along an edge", () => {
  it("keep their distance, their order and the ends", () => {
    const at = [50, 51, 52, 98, 99, 3];
    const moved = spread(at, 10, 0, 100);
    const sorted = [...moved].sort((a, b) => a - b);
    sorted.slice(1).forEach((value, k) => expect(value - sorted[k]!).toBeGreaterThanOrEqual(10 - 1e-9));
    expect(moved.every((value) => value >= 0 && value <= 100)).toBe(true);
    expect(moved.map((_, k) => k).sort((a, b) => moved[a]! - moved[b]!)).toEqual([5, 0, 1, 2, 3, 4]);
  });
  it("stay where there is room", () => expect(spread([10, 40, 90], 10, 0, 100)).toEqual([10, 40, 90]));
});

describe("a density between its points", () => {
  it("is drawn through them, and nowhere else", () => expect([-1, 0, 0.5, 1, 2].map((x) => between([0, 1], [2, 4], x))).toEqual([null, 2, 3, 4, null]));
});

describe("convergence", () => {
  const found: Convergence = { start: 1, end: 2, places: 3, slope: -0.03, slope_error: 0.01, p: 0.001, speed: 0.04, half_life: 17, reason: "" };
  it("is told by slope and p-value", () => {
    expect(betaKey(found)).toBe("change.beta_closer");
    expect(betaKey({ ...found, half_life: null })).toBe("change.beta_leap");
    expect(betaKey({ ...found, slope: 0.02 })).toBe("change.beta_apart");
    expect(betaKey({ ...found, p: 0.2 })).toBe("change.beta_unclear");
    expect(betaKey({ ...found, p: null })).toBe("change.beta_unclear");
    expect(betaKey({ ...found, slope: null })).toBe("change.beta_none");
  });
});

describe("efficiency", () => {
  const row = (place: string, score: number | null, year = 2020): Yield =>
    ({ place, year, score, feasible: score !== null, regime: "", rank: null, pure: null, scale: null, peers: "", value: [], target: [], change: [] });
  const measure = { rows: [row("a", 0.4), row("b", null), row("c", 1), row("d", 0.4), row("e", 0.9, 2021)] } as unknown as Efficiency;
  it("is listed from the best, those without a score last", () => expect(ordered(measure, 2020).map((item) => item.place)).toEqual(["c", "a", "d", "b"]));
  it("is on the frontier from one on", () => expect([0.999, 1 - 1e-9, 1, 1.4, null].map((score) => onFrontier(row("x", score)))).toEqual([false, true, true, true, false]));
  it("names the yardsticks", () => {
    expect(readPeers("CN-BJ 0.61; New York 0.39")).toEqual([["CN-BJ", 0.61], ["New York", 0.39]]);
    expect(readPeers("")).toEqual([]);
  });
});

describe("a label in two languages", () => {
  it("is shown in one", () => expect([groupName("zh", "东部 East"), groupName("en", "东部 East"), groupName("en", "东部"), groupName("zh", "North East")]).toEqual(["东部", "East", "东部", "North East"]));
});

describe("a place with gaps", () => {
  // The children stand before their parents, as a framework may list them.
  const nodes = [
    { id: "x", parent: "p", indicator: "x" }, { id: "y", parent: "p", indicator: "y" }, { id: "p", parent: "r", indicator: "" },
    { id: "z", parent: "r", indicator: "z" }, { id: "r", parent: "", indicator: "" },
  ];
  const rule = ruleOf(nodes, ["x", "y", "z"], 0.5, "count");
  const weights = [0.25, 0.25, 0.5];
  const score = (values: (number | null)[]): number => {
    const mass = gather(rule, weights, new Float64Array(5));
    return scoreNodes(rule, values, keptChildren(rule, values, mass), mass, new Float64Array(5))[0]!;
  };
  it("passes the weight of what is missing to its siblings", () => expect(score([0.4, null, 0.8])).toBeCloseTo(0.5 * 0.4 + 0.5 * 0.8, 12));
  it("goes without a dimension of which nothing is there", () => expect(score([null, null, 0.8])).toBeCloseTo(0.8, 12));
  it("has no score without any value", () => expect(score([null, null, null])).toBeNaN());
  it("has weights of its own that give the score", () => {
    expect(ownWeights(rule, [0.4, null, 0.8], weights)).toEqual([0.5, 0, 0.5]);
    expect(ownWeights(rule, [null, null, null], weights)).toEqual([0, 0, 0]);
  });
});
