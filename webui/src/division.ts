// Division of the stages of a chain between groups of places: quotients by stage, and whether a stated division holds.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { part } from "./insight";
import type { DivisionTest, StageShare } from "./types_flows";

const label = (app: App, family: string, id: string): string => (app.words.has(`${family}.${id}`) ? app.words.say(`${family}.${id}`) : id);

/** A group by the places in it, as the study writes it where they are not told. */
export function groupName(app: App, id: string, division: string): string {
  const places = app.book.data.ecosystem?.groups[`${division}/${id}`] ?? [];
  return places.length ? app.words.list(places.map((place) => placeName(app, place))) : id;
}

/** A verdict in a sign and words. */
function mark(good: boolean, open: boolean, text: string): HTMLElement {
  const [sign, tone] = open ? ["–", "muted"] : good ? ["✓", "good"] : ["✗", "bad"];
  return h("span", { class: `state ${tone}` }, h("span", { "aria-hidden": "true" }, sign), text);
}

/** All divisions. */
export function divisions(app: App): HTMLElement | null {
  const { words, book } = app;
  const tests = book.tables.get("division_tests");
  const shares = book.tables.get("stage_division");
  const ids = [...new Set([...tests, ...shares].map((row) => row.division))];
  if (!ids.length) return null;
  return part(app, ["division_tests", "stage_division"], words.say("flows.division_text"), ids.map((id) => division(app, id, tests.filter((row) => row.division === id), shares.filter((row) => row.division === id))));
}

function division(app: App, id: string, tests: DivisionTest[], shares: StageShare[]): HTMLElement {
  const { words } = app;
  const years = [...new Set(shares.map((row) => row.year))];
  const year = years.at(-1) ?? null;
  const now = shares.filter((row) => row.year === year);
  const stages = [...new Set(now.map((row) => row.stage))];
  const verdict = tests.at(-1)?.verdict ?? "";
  return h("div", {}, h("h4", {}, tests.length ? words.of(tests[0]!.name) : "", " ", verdict && mark(verdict === "holds", verdict === "no data", words.say(`flows.verdict_${verdict.replace(/ /g, "_")}`))),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("flows.group")), stages.map((stage) => h("th", { scope: "col" }, label(app, "stage", stage))))),
      h("tbody", {}, [...new Set(now.map((row) => row.group))].map((group) => h("tr", {}, h("th", { scope: "row" }, groupName(app, group, id)), stages.map((stage) => {
        const row = now.find((item) => item.group === group && item.stage === stage);
        const test = tests.find((item) => item.group === group && item.stage === stage && item.year === year);
        if (!row) return h("td", {}, "—");
        return h("td", { class: row.stated ? "r stated" : "r" }, words.number(row.quotient, 2), row.quotient_low !== null && h("span", { class: "muted line" }, words.range(words.number(row.quotient_low, 2), words.number(row.quotient_high, 2))),
          test && h("span", { class: "line" }, mark(test.holds === "True", !test.holds, words.say(!test.holds ? "insight.answer.no_data" : test.holds === "True" ? "flows.fits" : "flows.fits_not"))));
      })))))));
}
