import { describe, expect, it } from "vitest";

import { bareIndex, firstState } from "../src/bare";
import { standingPlaces } from "../src/badges";
import { byFunction } from "../src/claims";
import { dotsOf, multiples, timesText } from "../src/dots";
import { bracketed } from "../src/evidence";
import { openModel } from "../src/model";
import { circle, columnsOf, firstCell, league, neighbour, openGrid, rivalsOf, settlePosition, standingOf, worstOf } from "../src/position_model";
import { fromHash, toHash, type State } from "../src/state";
import { stateSign } from "../src/targets";
import type { Payload } from "../src/types";
import type { GridCell, Position, PositionClaim, Relation, StandingTables } from "../src/types_position";

const relation = (peer: string, value: number, kind: string, marks: string[] = [], direction = 1): Relation => {
  const told = { value, year: 2015, since: null, area: "", qualifier: "", file: "panel.csv", row: 9 };
  return { place: "gz", indicator: "papers", peer, relation: kind, direction, ratio: value ? 7.33 / value : null, marks, settled: true, unit: "", own: { ...told, value: 7.33, row: 2 }, other: told };
};
const RELATIONS = [relation("london", 15.45, "below"), relation("sydney", 7.69, "near below"), relation("singapore", 6.35, "above", ["boundary"]), relation("hongkong", 6.08, "above"), relation("even", 7.33, "tie")];
const cell = (func: string, scope: string, patch: Partial<GridCell> = {}): GridCell => ({
  place: "gz", function: func, scope, set: "s", indicators: 1, peers: 4, passed: 2, tied: 0, not_passed: 2, q: 0.5, verdict: "reached", widest: false, certainty: null, ready: "now", ready_year: null, ready_low: null, ready_high: null, chance: null, ...patch,
});
const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });
const func = (id: string, group: string): Position["functions"][number] => ({ id, group, group_name: text(group), name: text(id), position: text(""), assumed: false, indicators: ["papers"], weights: [1] });
const data: Position = {
  places: ["gz", "sz"], rule: { bar: 0.5, min_peers: 3, near: 0.1, spread: 0, max_gap: 5, horizon: 2020, refuse: [] },
  functions: [func("knowledge", "create"), func("talent", "agglomerate")], scopes: [{ id: "world", name: text("world") }, { id: "nation", name: text("nation") }, { id: "empty", name: text("empty") }],
  sets: [{ scope: "nation", id: "s", name: text("s"), places: ["hongkong"] }, { scope: "world", id: "s", name: text("s"), places: ["london", "sydney", "singapore"] }, { scope: "world", id: "a", name: text("a"), places: [] }],
  cells: [cell("knowledge", "world", { verdict: "not reached" }), cell("knowledge", "nation", { widest: true })], relations: RELATIONS, sentences: [], scores: [], claims: [], agreement: [],
  rows: [{ place: "gz", indicator: "papers", value: 7.33, unit: "", year: 2015, since: null, area: "", qualifier: "", source: "s", flag: "", note: text(""), file: "panel.csv", row: 2, column: "value", cell: "7.33" }],
};
const book = openGrid(data);

describe("the grid", () => {
  it("has its scopes widest first, and a column for one without peers", () => expect(columnsOf(data).map(({ scope, sets }) => [scope, sets.map((set) => set.id)])).toEqual([["world", ["a", "s"]], ["nation", ["s"]], ["empty", []]]));
  it("is walked with the arrow keys and stops at its edges", () => {
    const from = ["knowledge", "world", "s"];
    expect(neighbour(data, from, 1, 0)).toEqual(["talent", "world", "s"]);
    expect(neighbour(data, from, 0, 1)).toEqual(["knowledge", "nation", "s"]);
    expect(neighbour(data, from, 0, 99)).toEqual(["knowledge", "nation", "s"]);
    expect(neighbour(data, from, -1, -99)).toEqual(["knowledge", "world", "a"]);
  });
  it("opens at the widest scope reached", () => expect([firstCell(data, "gz"), firstCell(data, "sz")]).toEqual([["knowledge", "nation", "s"], []]));
});

describe("peers of a cell", () => {
  it("are listed from the best, those of the set only", () => expect(league(book, "gz", "papers", ["london", "sydney", "singapore"], []).map((row) => row.peer)).toEqual(["london", "sydney", "singapore"]));
  it("turn round where less is better", () => {
    const low = openGrid({ ...data, relations: [relation("a", 3, "above", [], -1), relation("b", 1, "below", [], -1)] });
    expect(league(low, "gz", "papers", ["a", "b"], []).map((row) => row.peer)).toEqual(["b", "a"]);
  });
  it("leave out the marks out of sight", () => expect(league(book, "gz", "papers", ["london", "singapore"], ["boundary"]).map((row) => row.peer)).toEqual(["london"]));
  it("are passed, tied or not passed", () => expect(["above", "near above", "tie", "near below", "below"].map(standingOf)).toEqual(["passed", "passed", "tied", "not_passed", "not_passed"]));
});

describe("claims", () => {
  const claim = (func_: string, part: string, verdict: string): PositionClaim => ({ place: "gz", function: func_, part, claimed_scope: "world", claimed_year: null, computed_scope: "", verdict, basis: "", ready_year: null, text: text(part), source: "" });
  it("show the worst verdict first", () => expect([worstOf([claim("f", "argued", "supported"), claim("f", "argued", "wider than the evidence")]), worstOf([])]).toEqual(["wider than the evidence", ""]));
  it("stand by function, argued beside concluded, those of no function apart", () => {
    const rows = byFunction([claim("f", "argued", "supported"), claim("g", "argued", "supported"), claim("f", "concluded", "supported"), claim("", "concluded", "")]);
    expect(rows.map((row) => [row.func, row.argued.length, row.concluded.length])).toEqual([["f", 1, 1], ["g", 1, 0]]);
  });
});

describe("an evidence sentence", () => {
  const part = (text: string, row: number | null = null) => ({ text, row });
  const told = (parts: ReturnType<typeof part>[]) => bracketed(parts).map((item) => [item.text, item.open, item.close]);
  it("keeps a number with the brackets right around it", () =>
    expect(told([part("above Tokyo ("), part("1.5", 0), part(") and London ("), part("2.1", 1), part(").")])).toEqual([["above Tokyo ", "", ""], ["1.5", "(", ")"], [" and London ", "", ""], ["2.1", "(", ")"], [".", "", ""]]));
  it("leaves brackets that hold more than the number", () => expect(told([part("东京（2014年，"), part("1339万人", 0), part("）。")])).toEqual([["东京（2014年，", "", ""], ["1339万人", "", ""], ["）。", "", ""]]));
  it("is the cell's own, else the one without peers", () => {
    const said = (scope: string, set: string) => ({ place: "gz", indicator: "papers", scope, set, zh: [part(set)], en: [] });
    const own = openGrid({ ...data, sentences: [said("", ""), said("world", "s")] });
    expect([own.sentence("gz", "papers", "world", "s")?.set, own.sentence("gz", "papers", "nation", "s")?.set, own.sentence("sz", "papers", "world", "s")]).toEqual(["s", "", undefined]);
  });
});

describe("the plot of peers", () => {
  it("has multiples of the place, open where marked, none for zero", () =>
    expect(dotsOf([RELATIONS[2], undefined, relation("z", 0, "above"), RELATIONS[4]])).toEqual([{ peer: 0, times: 6.35 / 7.33, open: true }, { peer: 3, times: 1, open: false }]));
  it("has an axis of doublings around the place", () => {
    expect(multiples([0.4, 1.1])).toEqual([0.25, 0.5, 1, 2]);
    expect(multiples([])).toEqual([0.5, 1, 2]);
    expect(multiples([0.001, 5000]).length).toBeLessThanOrEqual(10);
    expect(multiples([0.001, 5000])).toContain(1);
    expect([0.25, 1, 4].map(timesText)).toEqual(["1/4×", "1×", "4×"]);
  });
});

describe("the state of the positions", () => {
  const payload = { indices: [], tiers: null } as unknown as Payload;
  Object.defineProperty(globalThis, "navigator", { value: { language: "en" }, configurable: true });
  const first = settlePosition(firstState(payload), [], book);
  it("opens at the grid where there is no index", () => expect(first).toMatchObject({ view: "position", index: "", city: "gz", cell: ["knowledge", "nation", "s"], on: [] }));
  it("comes back from its address", () => {
    const state: State = { ...first, city: "sz", cell: ["a", "b", "c/d"], facts: ["x,y"], rivals: ["p"], hide: ["year"], on: ["gz", "papers", "panel.csv:2"] };
    expect(fromHash(toHash(state, first), first)).toEqual(state);
  });
  it("drops what the data does not have", () => {
    const state = settlePosition({ ...first, city: "atlantis", cell: ["knowledge", "moon", "s"], facts: ["papers", "gone", "papers"], rivals: ["london", "gone"], hide: ["year", "colour"], on: [] }, ["gz", "papers", "panel.csv:2"], book);
    expect(state).toMatchObject({ city: "gz", cell: ["knowledge", "nation", "s"], facts: ["papers"], rivals: ["london"], hide: ["year"], on: ["gz", "papers", "panel.csv:2"] });
    expect(settlePosition(first, ["gz", "papers", "panel.csv:77"], book).on).toEqual([]);
    expect(settlePosition({ ...first, hide: ["year"] }, [], null)).toMatchObject({ city: "", cell: [], hide: [] });
  });
  it("compares with the peers that have most values", () => expect(rivalsOf(book, first)).toEqual({ facts: ["papers"], rivals: ["london", "sydney", "singapore", "hongkong", "even"] }));
  it("needs no index", () => {
    const model = openModel({ data: payload, places: new Map() } as never, "");
    expect([model.root.id, model.current(first).rows, bareIndex().places]).toEqual(["root", [], []]);
  });
});

describe("standing", () => {
  it("knows a place and what it is part of, without going in a circle", () =>
    expect(circle(new Map([["gz", { part_of: "gd" }], ["gd", { part_of: "~cn" }], ["cn", { part_of: "gd" }]]), "gz")).toEqual(["gz", "gd", "cn"]));
  it("lists the positioned places first", () =>
    expect(standingPlaces({ classes: [{ place: "a" }, { place: "gz" }], stages: [], shifts: [], equivalents: [{ place: "b" }], targets: [], conditions: [], measures: [], peers: [], technologies: [] } as unknown as StandingTables, ["gz", "sz"])).toEqual(["gz", "a", "b"]));
  it("has a sign for every state of a target", () => expect(["met", "on track", "off track", "missed", "at base", "no value"].map(stateSign)).toEqual(["✓", "✓", "✗", "✗", "–", "–"]));
});
