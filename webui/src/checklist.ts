// Checklists of the tiers: mark by mark, met or not, and how many are.

import { valueText, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { noFewer, called, line, part, sheet, verdictOf } from "./insight";
import type { Checked } from "./types_frames";

/** The checklists gone through for a place. */
export function checklists(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.checklists.filter((row) => row.place === place);
  const counts = book.data.insights.checklist_counts.filter((row) => row.place === place);
  if (!rows.length) return null;
  return part(app, ["checklists", "checklist_counts"], words.say("insight.checklist_text"), counts.map((count) => h("details", { class: "checklist" },
    h("summary", {}, h("b", {}, called(app, "checklist", count.tier)), words.say("colon"), words.say("insight.checklist_count", { yes: count.yes, no: count.no, no_data: count.no_data, marks: count.marks })),
    marks(app, rows.filter((row) => row.tier === count.tier)))));
}

function marks(app: App, rows: Checked[]): HTMLElement {
  const { words } = app;
  return sheet([[words.say("insight.mark")], [words.say("models.value"), true], [words.say("models.bar"), true], [words.say("models.met")]], rows.map((row) => line([words.of(row.name), row.indicator && h("span", { class: "muted line" }, indicatorName(app, row.indicator))],
    [[valueText(app, row.value), true], [row.bar === null ? "—" : noFewer(row.relation, valueText(app, row.bar)), true], [verdictOf(app, row.verdict)]])));
}
