// Models and modes: foreign models as a mixture with gaps and what to borrow, the path, laboratories, practice modes, cases.

import { placeName, valueText, type App } from "./app";
import { h } from "./dom";
import { noFewer, barOf, called, choosable, frameOf, inHand, line, part, placeChoice, sheet, verdictOf } from "./insight";
import { cases, modes } from "./modes";
import type { ModelFit, ModelShare, ModelSlot } from "./types_models";

const MOST = 5; // things to borrow
const SHOWN = 2; // decimals of a slot

/** The view. */
export function drawModels(app: App): HTMLElement {
  const { insights } = app.book.data;
  const told = [insights.model_fit, insights.modes, insights.centre_path, insights.laboratories].flatMap((rows) => rows.map((row) => row.place));
  const places = choosable(app, told);
  const place = inHand(app, places);
  const title = app.words.say(place ? "models.title" : "view.models", { place: placeName(app, place) });
  return frameOf(app, "models", title, placeChoice(app, places, place), [mixture(app, place), h("div", { class: "pair wrap" }, path(app, place), laboratories(app, place)), modes(app, place), cases(app)]);
}

function mixture(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const fit = book.data.insights.model_fit.find((row) => row.place === place);
  if (!fit) return null;
  const mix = book.data.insights.model_mix.filter((row) => row.place === place);
  const slots = book.data.insights.model_slots.filter((row) => row.place === place);
  return part(app, ["model_mix", "model_fit", "model_slots"], words.say(fit.compare === "profile" ? "models.text_profile" : "models.text"), verdict(app, fit, mix), mix.length > 0 && shares(app, mix), slots.length > 0 && slotTable(app, fit, mix, slots), borrowing(app, fit, slots));
}

function verdict(app: App, fit: ModelFit, mix: ModelShare[]): HTMLElement {
  const { words } = app;
  const numbers = { residual: words.number(fit.residual, SHOWN), norm: words.number(fit.norm, SHOWN), slots: fit.slots };
  if (!mix.length) return h("p", { class: "warn" }, words.say("models.untold", numbers));
  const nearest = words.list(fit.nearest.map((name) => called(app, "model", name)));
  return h("p", { class: fit.fits ? "answer" : "answer warn" }, h("b", {}, words.say(fit.fits ? "models.nearest" : "models.no_fit", { nearest })), " ", words.say("models.residual", numbers), !fit.unique && [" ", words.say("models.not_unique")],
    fit.left_out.length > 0 && [" ", words.say("models.left_out", { names: words.list(fit.left_out.map((slot) => called(app, "slot", slot))) })]);
}

function shares(app: App, mix: ModelShare[]): HTMLElement {
  const { words } = app;
  return sheet([[words.say("models.model")], [words.say("models.weight"), true], [""], [words.say("models.cosine"), true], [words.say("models.formula")]],
    [...mix].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0)).map((row) => {
      const range = row.weight_low !== row.weight_high && row.weight_low !== null ? words.say("in_brackets", { text: words.range(words.percent(row.weight_low), words.percent(row.weight_high)) }) : "";
      return line([called(app, "model", row.model), row.nearest && h("span", { class: "muted line" }, words.say("models.is_nearest"))],
        [[`${words.percent(row.weight)}${range}`, true], [h("div", { class: "bar-cell" }, barOf(row.weight, words.percent(row.weight), row.weight_low, row.weight_high))], [words.number(row.cosine, SHOWN), true], [called(app, "formula", row.model)]], row.nearest ? "held" : "");
    }), "mix-table");
}

/** The place, the mixture and the models slot by slot; darker is more. */
function slotTable(app: App, fit: ModelFit, mix: ModelShare[], rows: ModelSlot[]): HTMLElement {
  const { words } = app;
  const models = mix.map((row) => row.model);
  const slots = [...new Set(rows.map((row) => row.slot))];
  const shade = (value: number | null, style = ""): HTMLElement => h("td", { class: `shade r ${style}`, "--depth": Math.max(0, Math.min(1, value ?? 0)) }, words.number(value, SHOWN));
  return h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("models.slot")), h("th", { scope: "col" }, placeName(app, rows[0]!.place)), h("th", { scope: "col" }, words.say("models.mixture")), models.map((model) => h("th", { scope: "col" }, called(app, "model", model))))),
    h("tbody", {}, slots.map((slot) => {
      const own = rows.filter((row) => row.slot === slot);
      return h("tr", {}, h("th", { scope: "row" }, called(app, "slot", slot)), shade(own[0]!.value, "own"), shade(own[0]!.mixture), models.map((model) => {
        const row = own.find((item) => item.model === model);
        const widest = model === fit.gap_model && slot === fit.gap_slot;
        return row ? shade(row.model_value, widest ? "widest-gap" : "") : h("td", {});
      }));
    }))), fit.gap_slot && h("p", { class: "note" }, words.say("models.gap", { model: called(app, "model", fit.gap_model), slot: called(app, "slot", fit.gap_slot), gap: words.number(fit.gap, SHOWN) })));
}

/** What the nearest models stress more than the place, widest gap first. */
function borrowing(app: App, fit: ModelFit, rows: ModelSlot[]): HTMLElement | null {
  const { words, book } = app;
  const wanted = rows.filter((row) => fit.nearest.includes(row.model) && (row.gap ?? 0) > 0.05).sort((a, b) => (b.gap ?? 0) - (a.gap ?? 0));
  const told = wanted.flatMap((row) => book.data.catalogue.borrow.filter((item) => item.model === row.model && item.slot === row.slot).map((item) => ({ row, item }))).slice(0, MOST);
  if (!told.length) return null;
  return h("div", {}, h("h4", {}, words.say("models.borrow")), h("ul", { class: "plain borrow" }, told.map(({ row, item }) => h("li", {}, h("span", {}, h("b", {}, called(app, "slot", row.slot)), words.say("colon"), words.of(item.text), h("span", { class: "muted" },
    words.say("models.borrow_gap", { model: called(app, "model", row.model), theirs: words.number(row.model_value, SHOWN), own: words.number(row.value, SHOWN) })))))));
}

function path(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const row = book.data.insights.centre_path.find((item) => item.place === place);
  if (!row) return null;
  const roles = book.data.insights.centre_roles.filter((item) => item.place === place);
  return part(app, ["centre_path", "centre_roles"], "", h("p", {}, h("span", { class: "badge" }, words.say(`insight.path.${row.path.replace(/ /g, "_")}`)), words.say(`insight.planned.${row.planned.replace(" ", "_")}`)),
    roles.length > 0 && sheet([[words.say("models.role")], [words.say("position.condition_indicator")], [words.say("models.value"), true], [words.say("models.bar"), true], [words.say("models.met")]], roles.map((item) => line(words.of(item.name), [
      [[app.book.indicators.get(item.indicator) ? words.of(app.book.indicators.get(item.indicator)!.name) : item.indicator, item.year !== null && h("span", { class: "muted line" }, item.year)]], [valueText(app, item.value), true], [noFewer(item.relation, valueText(app, item.bar)), true], [verdictOf(app, item.verdict)]]))));
}

function laboratories(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.laboratories.filter((item) => item.place === place);
  if (!rows.length) return null;
  const row = rows.at(-1)!;
  const kinds = book.data.insights.laboratory_kinds.filter((item) => item.place === place && item.year === row.year);
  return part(app, ["laboratories", "laboratory_kinds"], words.say("models.labs_text"), h("p", {}, words.say("models.labs", { total: words.number(row.total), kinds: row.kinds, evenness: words.number(row.evenness, SHOWN), equivalent: words.number(row.equivalent, 1) })),
    sheet([[words.say("models.kind")], [words.say("models.count"), true], [words.say("alike.share"), true], [""]], kinds.map((item) => line(words.of(item.name), [[words.number(item.count), true], [words.percent(item.share), true], [h("div", { class: "bar-cell" }, barOf(item.share, words.percent(item.share)))]]))));
}
