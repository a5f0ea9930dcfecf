// Platforms 2+2+N with their set queries, policies and transfer, firsts.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { entryTable, labelled, labelledAll } from "./entries";
import { called, line, part, sheet } from "./insight";
import type { OnlyTest } from "./types_registers";

const ONES = ["institution", "team", "results", "fund", "park"] as const;

/** Platforms: how complete, by class, and what the claims to be the only one come to. */
export function platforms(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const row = book.tables.get("register_completeness").find((item) => item.place === home);
  const only = book.tables.get("register_only").filter((item) => item.place === home);
  if (!row && !only.length) return null;
  const classes = book.tables.get("platform_classes").filter((item) => item.place === home);
  const names = (ids: string[]): string => words.list(ids.map((id) => {
    const found = book.tables.entries("register_platforms").find((item) => item["id"] === id && item["place"] === home);
    return found ? words.of(found["name"] as never) : id;
  }));
  return part(app, ["register_completeness", "platform_classes", "register_only", "register_sets", "platform_overlap", "platform_pull"], "",
    row && h("p", {}, words.say("registers.complete", { place: placeName(app, home), platforms: row.platforms ?? 0, wanted: row.wanted ?? 4, present: row.present ?? 0, other: row.other ?? 0 }), " ",
      row.missing.length > 0 && [words.say("registers.lacking", { classes: words.list(row.missing.map((id) => called(app, "list.platform-class", id))) }), " "],
      (row.unclassed ?? 0) > 0 && [words.say("registers.unclassed", { number: row.unclassed ?? 0 }), " "], !row.complete && h("span", { class: "warn" }, words.say("unknowns.incomplete"))),
    classes.length > 0 && sheet([[words.say("board.class")], [words.say("board.entries"), true], [words.say("board.which")]], classes.map((item) => line(item.grade ? words.of(item.class_name) : words.say("board.no_class"), [[words.number(item.entries), true], [names(item.ids) || "—"]])), "narrow"),
    only.length > 0 && [h("h4", {}, words.say("board.queries")), h("ul", { class: "plain" }, only.map((item) => h("li", { class: "text" }, h("span", { class: "badge" }, words.say(`board.only_${item.verdict.replace(/ /g, "_")}`)), " ", onlyText(app, item)))), sets(app)],
    ties(app, home));
}

/** What came of a claim to be the only one; an incomplete register never gives more than "not refuted". */
export function onlyText(app: App, row: OnlyTest): string {
  const { words } = app;
  const verdict = row.verdict.replace(/ /g, "_");
  const others = verdict === "refuted" ? row.others : row.nearest;
  const near = ["holds", "not_refuted"].includes(verdict) && others.length > 0 ? "_near" : "";
  return words.say(`registers.only_${verdict}${near}`, { title: words.of(row.title), compared: row.compared ?? 0, units: words.say("ecosystem.units"), others: words.list(others.map((place) => placeName(app, place))) });
}

/** The set queries over all places. */
function sets(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("register_sets");
  if (!rows.length) return null;
  const list = (register: string, column: string, ids: string[]): string => words.list(ids.map((id) => called(app, `list.${book.data.ecosystem!.lists[`${register}.${column}`] ?? ""}`, id)));
  return sheet([[words.say("board.query")], [words.say("position.city")], [words.say("board.have")], [words.say("board.lacking")]], rows.map((row) => line(words.of(row.title), [[placeName(app, row.place)], [list(row.register, row.column, row.have) || "—"], [row.lacking.length ? list(row.register, row.column, row.lacking) : words.say("board.none_lacking")]])), "stretch");
}

function ties(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const name = (id: string): string => {
    const found = book.tables.entries("register_platforms").find((item) => item["id"] === id);
    return found ? words.of(found["name"] as never) : id;
  };
  const pull = book.tables.get("platform_pull").find((row) => row.place === home && !row.entry);
  const overlap = book.tables.get("platform_overlap").filter((row) => row.place === home).sort((a, b) => (b.overlap ?? 0) - (a.overlap ?? 0)).slice(0, 8);
  if (!pull && !overlap.length) return null;
  return h("div", {}, pull && pull.reach !== null && h("p", {}, words.say("registers.pull", { lower: pull.lower ?? 0, reached: pull.reached ?? 0, share: words.percent(pull.reach) })),
    overlap.length > 0 && sheet([[words.say("board.platform")], [words.say("board.other_platform")], [words.say("board.overlap"), true]], overlap.map((row) => line(name(row.entry), [[`${name(row.other)}${row.other_place !== home ? words.say("in_brackets", { text: placeName(app, row.other_place) }) : ""}`], [words.number(row.overlap, 2), true]])), "narrow"));
}

/** Policies 1+N, the five ones, districts with an institution. */
export function transfer(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const stacks = book.tables.get("policy_stack").filter((row) => row.place === home);
  const ones = book.tables.get("five_ones").filter((row) => row.place === home);
  const district = book.tables.get("district_coverage").find((row) => row.place === home);
  if (!stacks.length && !ones.length) return null;
  return part(app, ["policy_stack", "five_ones", "district_coverage"], "",
    stacks.map((row) => h("p", {}, row.general ? words.say(row.topics.length ? "registers.stack_topics" : "registers.stack", { name: words.of(row.name), number: row.supporting ?? 0, topics: labelledAll(app, row.topics) }) : words.say("registers.orphans", { number: row.supporting ?? 0 }))),
    ones.length > 0 && sheet([[words.say("board.project")], [words.say("board.by")], ...ONES.map((key): [string] => [called(app, "list.transfer-element", key)]), [words.say("board.score"), true]],
      ones.map((row) => line(labelled(app, row.name), [[words.say(`board.by_${row.by}`)], ...ONES.map((key): [HTMLElement] => [h("span", { class: row[key] ? "state good" : "state muted" }, h("span", { "aria-hidden": "true" }, row[key] ? "✓" : "–"), h("span", { class: "unseen" }, words.say(row[key] ? "insight.answer.yes" : "board.not_recorded")))]), [words.say("board.of_five", { n: row.score ?? 0 }), true]])), "ones-table"),
    district && h("p", {}, district.districts !== null ? words.say("registers.districts", { districts: district.districts, served: district.served ?? 0 }) : words.say("board.districts_unknown", { served: district.served ?? 0, names: labelledAll(app, district.served_names) || "—" })));
}

/** Firsts by scope, quoted and not verified. */
export function firsts(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const counts = book.tables.get("firsts_by_scope").filter((row) => row.place === home);
  const rows = book.tables.entries("register_firsts").filter((row) => row["place"] === home);
  if (!counts.length) return null;
  const scope = (id: string): string => (id ? called(app, "list.claim-scope", id) : words.say("registers.not_stated"));
  const all = counts.reduce((sum, row) => sum + (row.entries ?? 0), 0);
  const told = counts.map((row) => words.say(row.scope ? "registers.scope" : "registers.scope_open", { scope: scope(row.scope), number: row.entries ?? 0 }));
  return part(app, ["firsts_by_scope"], "", h("p", {}, words.say("registers.firsts", { place: placeName(app, home), all, list: words.list(told) })),
    counts.map((row) => h("details", {}, h("summary", { "data-key": `firsts/${row.scope}` }, words.say("board.scope_group", { scope: scope(row.scope), n: row.entries ?? 0 })), entryTable(app, "register_firsts", rows.filter((item) => item["scope"] === row.scope)))));
}
