import { describe, expect, it } from "vitest";

import { titleIn } from "../src/entries";
import { isWeak } from "../src/flows";
import { classColour, floorOf } from "../src/plane";
import { VIEWS } from "../src/state";
import { SUBJECTS, subjectOf } from "../src/subjects";
import { openTables, unpack } from "../src/tables";
import type { Ecosystem } from "../src/types_tables";
import { middle, variantWord } from "../src/warnings";
import { makeWords } from "../src/words";
import type { App } from "../src/app";

const data: Ecosystem = {
  texts: ["a", "b;c", ""], pairs: [{ zh: "甲", en: "A" }],
  tables: {
    lags: {
      rows: 3, columns: [
        { field: "place", kind: "text", runs: true, cells: [0, 3] }, { field: "lagging", kind: "list", runs: false, cells: [1, 2, 0] },
        { field: "lag_name", kind: "pair", runs: true, cells: [0, 3] }, { field: "gap", kind: "number", runs: false, cells: [0.5, null, 0] }, { field: "main", kind: "flag", runs: true, cells: [1, 2, 0, 1] },
      ],
    },
  },
  variants: [], schemes: [], lists: {}, groups: {}, level: 0.9, bar: 0.1, squeezed: "",
};

describe("packed tables", () => {
  it("come back as rows, runs spread out, gaps kept", () => expect(unpack(data, "lags")).toEqual([
    { place: "a", lagging: ["b", "c"], lag_name: { zh: "甲", en: "A" }, gap: 0.5, main: true },
    { place: "a", lagging: [], lag_name: { zh: "甲", en: "A" }, gap: null, main: true },
    { place: "a", lagging: ["a"], lag_name: { zh: "甲", en: "A" }, gap: 0, main: false },
  ]));
  it("are empty where the run has none", () => expect([unpack(data, "drivers"), unpack(null, "lags"), openTables(null).names]).toEqual([[], [], []]));
  it("are unpacked once", () => {
    const tables = openTables(data);
    expect(tables.get("lags")).toBe(tables.entries("lags"));
  });
});

describe("subjects", () => {
  it("hold every view once", () => expect(Object.values(SUBJECTS).flat().sort()).toEqual([...VIEWS].sort()));
  it("are found by view", () => expect([subjectOf("binds"), subjectOf("map"), subjectOf("method")]).toEqual(["ecosystem", "ranking", "method"]));
});

describe("the plane", () => {
  it("begins below all but the lowest twentieth", () => {
    expect(floorOf([0, ...Array.from({ length: 40 }, (_, k) => 0.83 + k / 400)])).toBe(0.8);
    expect(floorOf([0.05, 0.2])).toBe(0);
    expect(floorOf([1, 1])).toBe(0.9);
    expect(floorOf([])).toBe(0);
  });
  it("colours the ends of the scheme apart, and no class white", () =>
    expect([classColour(0, 10), classColour(9, 10), classColour(-1, 10), classColour(0, 1)]).toEqual(["rgb(34,94,168)", "rgb(140,45,4)", "#ffffff", "rgb(34,94,168)"]));
});

describe("small rules", () => {
  it("the middle of values", () => expect([middle([1, 2, 9]), middle([1, 3]), middle([])]).toEqual([2, 2, null]));
  it("no chain is the weakest where all are alike", () => {
    expect(isWeak({ weakest: ["industry", "innovation", "capital", "talent"] }, "capital")).toBe(false);
    expect([isWeak({ weakest: ["capital"] }, "capital"), isWeak({ weakest: [] }, "capital")]).toEqual([true, false]);
  });
  it("a source is named in one language", () => {
    expect([titleIn("zh", "年鉴 [Yearbook]：经费 [funds]; x"), titleIn("zh", "正文 [Text, part 1]"), titleIn("en", "正文 [Text, part 1]"), titleIn("en", "A [b]; c")]).toEqual(["年鉴：经费; x", "正文", "Text, part 1", "A [b]; c"]);
  });
  it("a variant named after a person keeps its capital", () => {
    const name = (en: string): App => ({ book: { data: { ecosystem: { variants: [{ id: "v", name: { zh: "某", en } }] } } }, words: makeWords("en", {}) }) as unknown as App;
    expect([variantWord(name("Classic coupling"), "v"), variantWord(name("Liao's coupling"), "v")]).toEqual(["classic coupling", "Liao's coupling"]);
  });
});
