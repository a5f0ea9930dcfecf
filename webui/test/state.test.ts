import { describe, expect, it } from "vitest";

import { DEFINITIONS, fromHash, LANGUAGES, LAYERS, MEASURES, settle, toHash, VIEWS, type State } from "../src/state";

const fallback: State = {
  lang: "en", view: "ranking", index: "centre", place: "长三角", compare: [], weights: {}, lock: [], tiers: "places", layer: "none", sort: "", open: [],
  measure: "rank", efficiency: "", year: "", city: "", cell: [], facts: [], rivals: [], hide: [], home: "", variant: "", field: "", entry: [], on: [],
};

// A small generator, so that the same states come on every machine.
function source(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const NAMES = ["a", "长三角", "x,y", "k=v&w", "50%", "a:b", "#/?", "国 家", "<b>", "%E4", "-rank", "~gba"];

function random(next: () => number): State {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const some = (most: number): string[] => [...new Set(Array.from({ length: Math.floor(next() * (most + 1)) }, () => pick(NAMES)))];
  return {
    lang: pick(LANGUAGES), view: pick(VIEWS), index: pick(NAMES), place: pick(NAMES), compare: some(6),
    weights: Object.fromEntries(some(5).map((name) => [name, Math.round(next() * 10000) / 100])),
    lock: some(3), tiers: pick(DEFINITIONS), layer: pick(LAYERS), sort: pick(["", ...NAMES]), open: some(4),
    measure: pick(MEASURES), efficiency: pick(["", ...NAMES]), year: pick(["", "2022", ...NAMES]),
    city: pick(NAMES), cell: next() < 0.5 ? [] : [pick(NAMES), pick(NAMES), pick(NAMES)], facts: some(5), rivals: some(6), hide: some(4), home: pick(NAMES), variant: pick(["", "liao(2)", ...NAMES]), field: pick(NAMES), entry: some(2), on: next() < 0.5 ? [] : [pick(NAMES), pick(NAMES), pick(NAMES)],
  };
}

describe("State and address", () => {
  it("come back whole for five hundred random states", () => {
    const next = source(7);
    for (let k = 0; k < 500; k++) {
      const state = random(next);
      expect(fromHash(toHash(state, fallback), fallback)).toEqual(state);
    }
  });

  it("tell every part of the state: none can be forgotten", () => {
    const full: State = {
      lang: "zh", view: "map", index: "i", place: "p", compare: ["q"], weights: { w: 3 }, lock: ["n"], tiers: "refitted", layer: "plan", sort: "-rank", open: ["o"],
      measure: "score", efficiency: "e", year: "2020", city: "g", cell: ["f", "s", "t"], facts: ["x"], rivals: ["y"], hide: ["year"], home: "h", variant: "v", field: "d", entry: ["m", "n"], on: ["a", "b", "c"],
    };
    const keys = toHash(full, fallback).slice(1).split("&").map((part) => part.split("=")[0]);
    expect(keys.sort()).toEqual(Object.keys(full).sort());
  });

  it("leave the default out", () => expect(toHash(fallback, fallback)).toBe("#lang=en"));

  it("take the default for what is unknown or broken", () => {
    const state = fromHash("#lang=fr&view=cake&tiers=x&weights=a:-1,b:x,c:1e9,d:5&place=%E4%zz", fallback);
    expect(state).toMatchObject({ lang: "en", view: "ranking", tiers: "places", weights: { d: 5 }, place: "%E4%zz" });
  });

  it("drop what the data does not have", () => {
    const state = { ...fallback, place: "atlantis", compare: ["a", "a", "atlantis"], weights: { w: 1, gone: 2 }, on: ["atlantis", "n", "score"] };
    expect(settle(state, ["a", "长三角"], ["w"], ["centre"], fallback)).toEqual({ ...fallback, compare: ["a"], weights: { w: 1 } });
  });
});
