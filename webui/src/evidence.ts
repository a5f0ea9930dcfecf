// Evidence sentences: the facts that the run wrote, joined as the brief joins them; every number opens its row.

import type { App } from "./app";
import { h } from "./dom";
import { whereOf } from "./position_model";
import type { Evidence, Relation } from "./types_position";
import type { Words } from "./words";

export type Part = string | Evidence;

const ORDER = ["above", "near above", "tie", "near below", "below"];
const PHRASES: Record<string, [string, string]> = {
  "above": ["higher", "lower"], "near above": ["slightly_higher", "slightly_lower"], "tie": ["level", "level"],
  "near below": ["close", "close"], "below": ["lower", "higher"],
};
const NARROW = 800; // below, the row stands under everything else
const MOST = 8; // peers that a phrase names

/** Put parts into the place of {name} in a text. */
function filled(text: string, name: string, parts: Part[]): Part[] {
  const [before = "", after = ""] = text.split(`{${name}}`);
  return [before, ...parts, after].filter((part) => part !== "");
}

function listed(words: Words, items: Part[], form = "list"): Part[] {
  return items.flatMap((item, k) => (k ? [words.say(`evidence.${form}.${k === items.length - 1 ? "last" : "middle"}`), item] : [item]));
}

function peersOf(words: Words, facts: Evidence[]): Part[] {
  if (facts.length <= MOST) return listed(words, facts);
  const named = facts.slice(0, MOST).flatMap((fact, k): Part[] => (k ? [words.say("evidence.list.middle"), fact] : [fact]));
  return filled(words.say("evidence.more", { count: facts.length }), "peers", named);
}

/** The sentence of one indicator: value, shares, then the peers by standing; peers without a relation are left out. */
export function sentence(words: Words, facts: Evidence[], relations: Relation[]): Part[] {
  const value = facts.find((fact) => fact.kind === "value");
  if (!value) return [];
  const found: Part[][] = [[value]];
  for (const kind of ["share", "times"] as const) {
    const shares = facts.filter((fact) => fact.kind === "share" && (fact.unit === "%") === (kind === "share"));
    if (shares.length) found.push(filled(words.say(`evidence.${kind}`), "parts", listed(words, shares, "shares")));
  }
  const of = new Map(relations.map((item) => [item.peer, item]));
  const standing = ORDER.map((kind) => facts.filter((fact) => ["passed", "tied", "not passed"].includes(fact.kind) && of.get(fact.peer)?.relation === kind));
  const has = standing.slice(0, 3).some((peers) => peers.length > 0);
  const last = Math.max(...standing.map((peers, k) => (peers.length ? k : -1)));
  let told = 0;
  standing.forEach((peers, k) => {
    if (!peers.length) return;
    const low = (of.get(peers[0]!.peer)?.direction ?? 1) < 0;
    const phrase = filled(words.say(`evidence.phrase.${PHRASES[ORDER[k]!]![low ? 1 : 0]}`), "peers", peersOf(words, peers));
    const turns = ORDER[k] === "below" && has;
    found.push(turns ? filled(words.say("evidence.but"), "phrase", phrase) : told && k === last ? filled(words.say("evidence.and"), "phrase", phrase) : phrase);
    told++;
  });
  return [...found.flatMap((part, k) => (k ? [words.say("evidence.comma"), ...part] : part)), words.say("evidence.stop")];
}

/** A fact's words as what stands before its number, the number with its unit, and what closes it. */
export function splitNumber(kind: string, text: string, name = ""): [string, string, string] {
  const peer = /^(.*?[（(])(.*)([）)])$/s.exec(text);
  if (kind !== "value" && kind !== "share") return peer ? [peer[1]!, peer[2]!, peer[3]!] : ["", text, ""];
  const from = Math.max(0, text.toLowerCase().indexOf(name.toLowerCase()) + name.length);
  const at = from + text.slice(from).search(/\d/);
  if (at < from) return ["", text, ""];
  const rest = text.slice(at);
  const number = kind === "share" ? /^[\d.,]*\d%?/.exec(rest)![0] : rest.replace(/(\s*[（(][^（()）]*[）)])+$/, "");
  return [text.slice(0, at), number, rest.slice(number.length)];
}

/** Number of a row, as a button that opens it. */
export function rowButton(app: App, text: string, place: string, indicator: string, file: string, row: number | null): HTMLElement | string {
  const on = [place, indicator, whereOf(file, row)];
  if (row === null || !app.book.position?.row(place, indicator, on[2]!)) return text;
  const held = app.state.on.join() === on.join();
  return h("button", {
    type: "button", class: held ? "num held" : "num", "data-key": on.join("/"), "aria-expanded": held ? "true" : "false", "aria-label": app.words.say("position.open_row", { text, file, row }),
    click: () => {
      app.set({ on: held ? [] : on });
      if (window.innerWidth < NARROW) document.querySelector(".dock")?.scrollIntoView({ block: "nearest" });
    },
  }, text);
}

/** The sentence as a paragraph. */
export function drawSentence(app: App, facts: Evidence[], relations: Relation[]): HTMLElement | null {
  const parts = sentence(app.words, facts, relations);
  if (!parts.length) return null;
  return h("p", { class: "sentence" }, parts.flatMap((part, k) => {
    if (typeof part === "string") return [part];
    const text = app.words.of(part.text);
    const indicator = app.book.indicators.get(part.indicator);
    const [before, number, after] = splitNumber(part.kind, k ? text : text.slice(0, 1).toUpperCase() + text.slice(1), part.kind === "value" && indicator ? app.words.of(indicator.name) : "");
    const button = rowButton(app, number, part.peer || part.place, part.indicator, part.file, part.row);
    const bracket = /[（(]$/.test(before); // keeps to its number at the end of a line
    return bracket ? [before.slice(0, -1), h("span", { class: "bound" }, before.slice(-1), button, after)] : [before, button, after];
  }));
}
