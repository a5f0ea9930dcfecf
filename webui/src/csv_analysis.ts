// What the views over the years, of efficiency and of method choices give to a spreadsheet.

import { placeName, type App } from "./app";
import { factorName, outputName } from "./choices";
import type { Cells } from "./csv_text";
import { indicatorName, inHand } from "./efficiency";

/** Rank and score of every place in every year. */
export function changeCells(app: App): Cells[] {
  const { words, model } = app;
  const change = model.index.change!;
  const head = ["place", "name", "year", "rank", "score"].map((key) => words.say(`csv.${key}`));
  return [head, ...model.index.places.flatMap((place, at) => change.years.map((year, k) => [place, placeName(app, place), year, change.rank[at]?.[k], change.score[at]?.[k]]))];
}

/** Efficiency of every place in every year, with the targets. */
export function efficiencyCells(app: App): Cells[] {
  const { words } = app;
  const { measure } = inHand(app);
  const items = [...measure.inputs, ...measure.outputs, ...measure.undesirable];
  const keys = ["place", "name", "year", "rank"].map((key) => words.say(`csv.${key}`));
  const own = ["score", "pure", "scale", "regime"].map((key) => words.say(`efficiency.${key}`));
  const heads = items.flatMap((code) => ["value", "target"].map((key) => `${indicatorName(app, code)} ${words.say(`efficiency.${key}`)}`));
  return [[...keys, ...own, ...heads], ...measure.rows.map((row) => [
    row.place, placeName(app, row.place), row.year, row.rank, row.score, row.pure, row.scale, row.regime, ...items.flatMap((_, k) => [row.value[k], row.target[k]]),
  ])];
}

/** Share of every choice in every output. */
export function choiceCells(app: App): Cells[] {
  const { words } = app;
  const head = [words.say("csv.place"), words.say("csv.name"), words.say("choices.output"), words.say("choices.factor"), words.say("choices.first_short"), words.say("choices.total_short"), words.say("choices.error")];
  return [head, ...app.model.index.sensitivity.flatMap((found) => found.influences.flatMap((item) => found.factors.map((factor, k) => [
    item.place, item.place && placeName(app, item.place), outputName(app, item.output), factorName(app, factor), item.first[k], item.total[k], item.total_error[k],
  ])))];
}
