import { describe, expect, it } from "vitest";

import { scale, share } from "../src/weigh";

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const percent = (points: number[]): number[] => points.map((value) => Math.round((1000 * value) / sum(points)) / 10);

describe("moving a slider", () => {
  it("gives a dimension points and keeps its proportions", () => expect(scale([30, 10, 60], [30, 10, 60], [0, 1], 20, 100)).toEqual([15, 5, 60]));
  it("keeps proportions at the end of the slider", () => expect(scale([30, 10, 60], [30, 10, 60], [0, 1], 200, 60)).toEqual([60, 20, 60]));
  it("wakes a dimension from zero in its default proportions", () => expect(scale([0, 0, 60], [30, 10, 60], [0, 1], 20, 100)).toEqual([15, 5, 60]));
});

describe("with a lock", () => {
  const points = [10, 20, 30, 40];
  it("keeps the locked share while the others share the rest", () => {
    const moved = share(points, points, [0], 40, new Set([3]));
    expect(percent(moved)).toEqual([40, 8, 12, 40]);
  });
  it("gives no more than the rest", () => expect(percent(share(points, points, [0], 90, new Set([3])))).toEqual([60, 0, 0, 40]));
  it("wakes the others from zero in their default proportions", () => expect(percent(share([60, 0, 0, 40], points, [0], 10, new Set([3])))).toEqual([10, 20, 30, 40]));
  it("moves only the free part of a dimension", () => expect(percent(share(points, points, [2, 3], 60, new Set([3])))).toEqual([13.3, 26.7, 20, 40]));
  it("leaves all as it is when nothing is free to answer", () => expect(share(points, points, [0], 90, new Set([1, 2, 3]))).toEqual(points));
  it("holds over many moves", () => {
    let now = points;
    for (let k = 0; k < 200; k++) now = share(now, points, [k % 3], (k * 37) % 61, new Set([3]));
    expect(Math.abs(percent(now)[3]! - 40)).toBeLessThanOrEqual(0.1);
  });
});
