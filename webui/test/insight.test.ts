import { describe, expect, it } from "vitest";

import { inTree, telling } from "../src/alike";
import { headOf } from "../src/csv_tables";
import { noFewer, choosable, inHand } from "../src/insight";
import { ends } from "../src/triangle";
import { makeWords } from "../src/words";
import type { App } from "../src/app";
import type { SimilarPart } from "../src/types_frames";

const app = (places: string[], state: { city: string; place: string }): App => ({ book: { position: places.length ? { data: { places } } : null }, state, words: makeWords("en", { "csv.share": "general", "insight.csv.share": "Share", "insight.csv.similar_share": "Covered", "position.csv.peer": "Peer" }) }) as unknown as App;

describe("places to choose", () => {
  it("are those positioned where any is told of, else all once", () => {
    expect(choosable(app(["a", "b"], { city: "a", place: "" }), ["b", "c", "c"])).toEqual(["b"]);
    expect(choosable(app(["a"], { city: "a", place: "" }), ["c", "d", "c"])).toEqual(["c", "d"]);
  });
  it("keep the place in hand, else the first", () => {
    expect(inHand(app([], { city: "", place: "d" }), ["c", "d"])).toBe("d");
    expect(inHand(app([], { city: "x", place: "y" }), ["c", "d"])).toBe("c");
    expect(inHand(app([], { city: "x", place: "y" }), [])).toBe("");
  });
});

describe("the comparison", () => {
  it("has children below their parent, whatever the order of the table", () =>
    expect(inTree([["root", ""], ["a", "root"], ["b", "root"], ["b1", "b"], ["a1", "a"]].map(([node, parent]) => ({ node: node!, parent: parent! })))).toEqual(["root", "a", "a1", "b", "b1"]));
  it("without a tree keeps the order of the table", () => expect(inTree([{ node: "y", parent: "" }, { node: "x", parent: "" }])).toEqual(["y", "x"]));
});

describe("what sets places apart", () => {
  const part = (variable: string, contribution: number | null): SimilarPart => ({ place: "a", peer: "b", variable, value: 0, peer_value: 0, z: 0, peer_z: 0, contribution, share: 0 });
  it("is ordered by what it adds, a negative part counting nothing", () =>
    expect(telling([part("u", 1), part("v", 3), part("u", 1.5), part("w", -9), part("x", null)])).toEqual(["v", "u", "w", "x"]));
});

describe("an arrow", () => {
  it("ends at the rims of its corners", () => expect(ends([0, 0], [100, 0], 10)).toEqual([10, 0, 90, 0]));
  it("between two corners of one spot stays there", () => expect(ends([5, 5], [5, 5], 10)).toEqual([5, 5, 5, 5]));
});

describe("heads and bars", () => {
  it("of a column are the table's own, else the field's, else the field", () => {
    const some = app([], { city: "", place: "" });
    expect([headOf(some, "similar", "share"), headOf(some, "rollups", "share"), headOf(some, "similar", "peer"), headOf(some, "x", "odd")]).toEqual(["Covered", "Share", "Peer", "odd"]);
  });
  it("write relations as signs", () => expect([noFewer(">=", "2.5"), noFewer("<=", "1"), noFewer("=", "3")]).toEqual(["≥ 2.5", "≤ 1", "= 3"]));
});
