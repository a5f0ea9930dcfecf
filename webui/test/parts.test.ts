import { describe, expect, it } from "vitest";

import { guard, toCsv } from "../src/csv_text";
import { placeLabels, type Mark } from "../src/labels";
import { nearest, project } from "../src/projection";
import { influence, peers, standings } from "../src/standing";
import type { Index } from "../src/types";
import { makeWords } from "../src/words";

describe("Equal Earth", () => {
  it("puts Beijing where the formula does", () => {
    const [x, y] = project(116.39723, 39.9075);
    expect(x).toBeCloseTo(1.552151, 6);
    expect(y).toBeCloseTo(0.773001, 6);
    expect(project(116.39723, 39.9075, 150)[0]).toBeCloseTo(-0.448091, 6);
  });
  it("has the limits of the sphere", () => {
    expect(project(180, 0)[0]).toBeCloseTo(2.70663, 5);
    expect(project(191, 0, 11)[0]).toBeCloseTo(2.70663, 5);
    expect(project(0, 90)[1]).toBeCloseTo(1.317363, 5);
  });
});

describe("longitudes", () => {
  it("count from the meridian in the middle", () => {
    expect([178, -172, -20].map((lon) => nearest(lon, -177))).toEqual([-182, -172, -20]);
    expect(nearest(-172, 11)).toBe(188);
  });
});

describe("labels", () => {
  const marks: Mark[] = Array.from({ length: 40 }, (_, k) => ({ key: String(k), x: 100 + (k % 8) * 22, y: 100 + Math.floor(k / 8) * 14, radius: 5, text: `place ${k}` }));
  const labels = placeLabels(marks, (text) => 7 * text.length, 14, 400, 300);
  const box = (label: (typeof labels)[number]): number[] => {
    const wide = 7 * label.text.length;
    const left = label.align === "left" ? label.x : label.align === "right" ? label.x - wide : label.x - wide / 2;
    return [left, left + wide, label.y - 7, label.y + 7];
  };
  it("never overlap one another or a point", () => {
    labels.forEach((one, k) => {
      const [left, right, top, bottom] = box(one) as [number, number, number, number];
      for (const other of labels.slice(k + 1).map(box)) expect(left < other[1]! && other[0]! < right && top < other[3]! && other[2]! < bottom).toBe(false);
      for (const mark of marks.filter((m) => m.key !== one.key)) expect(left < mark.x + 5 && mark.x - 5 < right && top < mark.y + 5 && mark.y - 5 < bottom).toBe(false);
    });
  });
  it("keep the first and drop later ones", () => {
    expect(labels[0]!.key).toBe("0");
    expect(labels.length).toBeLessThan(marks.length);
  });
});

describe("spreadsheet cells", () => {
  it("are guarded against formulas, numbers are not", () => {
    expect(["=1+1", "-0.5", "+3%", "@x", "-x", "a,b", 'q"', null, NaN, 2].map(guard)).toEqual(["'=1+1", "-0.5", "+3%", "'@x", "'-x", '"a,b"', '"q"""', "", "", "2"]);
  });
  it("start with a byte order mark", () => expect(toCsv([["名称", 1]])).toBe("\uFEFF名称,1\r\n"));
});

describe("standing", () => {
  const index = { places: ["a", "b", "c"], leaves: ["x", "y"], normalised: [[1, 0], [0.5, 0], [0, 1]] } as unknown as Index;
  it("counts who is above, ties share the smallest", () => {
    expect(standings(index, 0).map(({ leaf, rank, of, balance }) => [leaf, rank, of, balance])).toEqual([[0, 1, 3, 1], [1, 2, 3, -0.5]]);
  });
  it("says when others share the rank", () => expect(standings(index, 0).map(({ tied }) => tied)).toEqual([false, true]));
  it("influence sums to one", () => expect(influence(index, [0.7, 0.3]).reduce((sum, v) => sum + v)).toBeCloseTo(1, 12));
  it("names the nearest profile", () => expect(peers(index, 0, 1)[0]).toEqual(expect.objectContaining({ place: "b", near: [1], far: 0 })));
});

describe("words", () => {
  const words = makeWords("en", { hello: "{n} of {of}" });
  it("fill in values and show an unknown key", () => expect([words.say("hello", { n: 1, of: 2 }), words.say("gone")]).toEqual(["1 of 2", "gone"]));
  it("print a share of draws as the brief does", () => expect([0, 0.005, 0.5, 0.994, 1].map((v) => words.chance(v))).toEqual(["<1%", "1%", "50%", "99%", ">99%"]));
  it("never round a share to all or nothing", () => expect([0, 0.001, 0.5, 0.999, 1].map((v) => words.percent(v))).toEqual(["0%", "<1%", "50%", ">99%", "100%"]));
  it("write a true minus, and no minus zero", () => expect([words.number(-0.5, 2), words.number(-0.0001, 2), words.number(null)]).toEqual(["−0.50", "0.00", "—"]));
});
