// Claims: what a text argues and concludes, beside what the values support.

import { placeName, type App } from "./app";
import { claimCells } from "./csv_position";
import { h } from "./dom";
import { cityChoice, functionName, said, scopeName } from "./position";
import { CLAIMS } from "./position_grid";
import { worstOf } from "./position_model";
import { csvButton } from "./take";
import type { PositionClaim } from "./types_position";

export interface Claimed {
  func: string;
  argued: PositionClaim[];
  concluded: PositionClaim[];
}

/** Claims of a place by function, in the order in which they come. */
export function byFunction(claims: PositionClaim[]): Claimed[] {
  const told = claims.filter((item) => item.function);
  return [...new Set(told.map((item) => item.function))].map((func) => {
    const mine = told.filter((item) => item.function === func);
    return { func, argued: mine.filter((item) => item.part !== "concluded"), concluded: mine.filter((item) => item.part === "concluded") };
  });
}

/** The view. */
export function drawClaims(app: App): HTMLElement {
  const { words, state } = app;
  const { data } = app.book.position!;
  const rows = byFunction(data.claims.filter((item) => item.place === state.city));
  return h("section", { class: "claims", "aria-label": words.say("view.claims") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("position.claims", { place: placeName(app, state.city) })), h("span", { class: "space" }), cityChoice(app), csvButton(app, "claims", () => claimCells(app))),
    h("div", { class: "scroll", "data-scroll": "claims" }, summary(app, rows), h("div", { class: "wide-table" }, table(app, rows)), agreement(app)));
}

function summary(app: App, rows: Claimed[]): HTMLElement {
  const { words } = app;
  const verdicts = rows.map((row) => worstOf([...row.argued, ...row.concluded]));
  const count = (verdict: string): number => verdicts.filter((item) => item === verdict).length;
  return h("p", {}, words.say("position.claims_text", { n: rows.length, supported: count("supported"), wider: count("wider than the evidence"), untested: count("not tested") }));
}

function table(app: App, rows: Claimed[]): HTMLElement {
  const { words } = app;
  const heads = ["function", "argued", "concluded", "claimed", "computed", "verdict"];
  const label = (key: string): { "data-label": string } => ({ "data-label": words.say(`position.claim_${key}`) });
  const texts = (claims: PositionClaim[], absent: string, key: string): HTMLElement => h("td", label(key), claims.length ? claims.map((item) => h("span", { class: "line", title: item.source || null }, words.of(item.text))) : h("span", { class: "muted" }, absent));
  return h("table", { class: "sheet text claim-table" },
    h("thead", {}, h("tr", {}, heads.map((key) => h("th", { scope: "col" }, words.say(`position.claim_${key}`))))),
    h("tbody", {}, rows.map((row) => {
      const all = [...row.argued, ...row.concluded];
      const worst = all.find((item) => item.verdict === worstOf(all))!;
      const claimed = [...new Set(all.map((item) => item.claimed_scope))];
      return h("tr", {}, h("th", { scope: "row" }, functionName(app, row.func)), texts(row.argued, words.say("position.not_argued"), "argued"), row.concluded.length ? texts(row.concluded, "", "concluded") : conclusion(app, row.argued, label("concluded")),
        h("td", label("claimed"), words.list(claimed.map((scope) => scopeName(app, scope))), worst.claimed_year !== null && h("span", { class: "muted line" }, words.say("position.claim_by", { year: worst.claimed_year }))),
        h("td", label("computed"), worst.computed_scope ? opener(app, row.func, worst.computed_scope) : words.say(worst.verdict === "not tested" ? "position.no_verdict" : "position.no_scope")),
        h("td", label("verdict"), h("span", { class: `claim ${worst.verdict.split(" ")[0]}` }, h("span", { class: "claim-sign", "aria-hidden": "true" }, CLAIMS[worst.verdict]), said(app, "claim", worst.verdict)),
          worst.basis && h("span", { class: "muted line" }, said(app, "basis", worst.basis), worst.ready_year !== null && words.say("in_brackets", { text: String(worst.ready_year) }))));
    })));
}

/** How the conclusion words what is argued, when it lists it without naming a function. */
function conclusion(app: App, argued: PositionClaim[], label: { "data-label": string }): HTMLElement {
  const { words } = app;
  const of = new Map(app.book.position!.data.agreement.filter((item) => item.place === app.state.city && item.status === "matched").map((item) => [item.text.zh, item]));
  const found = argued.flatMap((item) => of.get(item.text.zh) ?? []);
  if (!found.length) return h("td", label, h("span", { class: of.size ? "warn" : "muted" }, of.size ? words.say("position.not_concluded") : "—"));
  return h("td", label, found.map((item) => h("span", { class: "line" }, words.of(!item.other.zh || item.other.zh === item.text.zh ? item.text : item.other))));
}

/** A scope that opens its cell of the grid. */
function opener(app: App, func: string, scope: string): HTMLElement {
  const cell = app.book.position!.data.cells.find((item) => item.place === app.state.city && item.function === func && item.scope === scope && item.widest);
  return h("button", { type: "button", class: "link", "data-key": `open/${func}`, click: () => app.set({ view: "position", on: [], ...(cell && { cell: [func, scope, cell.set] }) }) }, scopeName(app, scope));
}

const STATES: Record<string, string> = { matched: "✓", missing: "−", extra: "+" };

function agreement(app: App): HTMLElement | null {
  const { words, state } = app;
  const rows = app.book.position!.data.agreement.filter((item) => item.place === state.city);
  if (!rows.length) return null;
  const of = (status: string): number => rows.filter((item) => item.status === status).length;
  return h("div", {}, h("h3", {}, words.say("position.agreement")),
    h("p", {}, words.say("position.agreement_text", { argued: of("matched") + of("missing"), concluded: of("matched") + of("extra") })),
    h("ul", { class: "plain agreement" }, rows.map((item) => h("li", { class: item.status }, h("span", { class: "claim-sign", "aria-hidden": "true" }, STATES[item.status] ?? ""), h("span", { class: "grow" }, words.of(item.text), words.of(item.other) && item.other.zh !== item.text.zh && h("span", { class: "muted" }, words.say("position.concluded_as", { other: words.of(item.other) }))), h("span", { class: "muted" }, said(app, "status", item.status))))));
}
