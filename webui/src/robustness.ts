// How sure: tier probabilities under three questions, sizes of the tiers, ranks in the draws, other methods.

import { placeName, tierName, type App } from "./app";
import { h } from "./dom";
import { mark, number, sharesBar, sharesText, tierColour } from "./marks";
import { DEFINITIONS } from "./state";

/** The view as sections that scroll together; it always shows the study's own weights. */
export function drawRobustness(app: App): HTMLElement {
  const { words } = app;
  const tiers = app.model.tiered ? app.book.data.tiers : null;
  return h("section", { class: "robustness", "aria-label": words.say("view.robustness") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("robustness.title")),
      app.now.changed && h("span", { class: "changed" }, words.say("robustness.default_only"))),
    h("div", { class: "scroll", "data-scroll": "robustness" },
      tiers ? definitions(app) : h("p", { class: "empty" }, words.say("robustness.no_tiers")),
      h("div", { class: "pair wrap" }, tiers && tiers.stability.length ? sizes(app) : null, tiers && tiers.limits.length ? limits(app) : null),
      app.model.index.acceptability.length ? ranks(app) : null,
      others(app)));
}

function definitions(app: App): HTMLElement {
  const { words, model } = app;
  const tiers = app.book.data.tiers!;
  const kinds = DEFINITIONS.filter((kind) => tiers.probability[kind]);
  const firm = (shares: number[]): boolean => Math.max(...shares) >= tiers.firm;
  const top = (shares: number[]): number => shares.indexOf(Math.max(...shares));
  return h("div", {}, h("h3", {}, words.say("robustness.three")),
    h("dl", { class: "steps" }, kinds.map((kind) => h("div", {}, h("dt", {}, words.say(`definition.${kind}.title`)),
      h("dd", {}, words.say(`definition.${kind}.text`, { sizes: tiers.sizes.join("/") }), kind === tiers.definition && h("span", { class: "own" }, words.say("robustness.own")))))),
    h("table", { class: "sheet" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("robustness.assigned")),
        kinds.map((kind) => h("th", { scope: "col" }, words.say(`definition.${kind}.title`))))),
      h("tbody", {}, model.index.places.map((place, at) => {
        const own = tiers.names.findIndex((name) => name.id === tiers.assigned[at]);
        return h("tr", { class: place === app.state.place ? "held" : "", "data-place": place, click: () => app.set({ place }) },
          h("th", { scope: "row", title: tierName(app, own) }, mark(own), placeName(app, place)),
          kinds.map((kind) => {
            const shares = tiers.probability[kind]![at]!;
            return h("td", { class: "tier" }, sharesBar(app, shares), h("span", { class: firm(shares) ? "" : "doubt", title: sharesText(app, shares) },
              `${tierName(app, top(shares))} ${words.chance(Math.max(...shares))}`));
          }));
      }))));
}

function sizes(app: App): HTMLElement {
  const { words } = app;
  const tiers = app.book.data.tiers!;
  const own = tiers.sizes.join("/");
  const most = Math.max(...tiers.stability.map((item) => item.probability));
  return h("div", {}, h("h3", {}, words.say("robustness.sizes")), h("p", { class: "muted" }, words.say("robustness.sizes_text", { own })),
    h("table", { class: "sheet" }, h("tbody", {}, tiers.stability.slice(0, 8).map((item) => h("tr", { class: item.sizes === own ? "held" : "" },
      h("th", { scope: "row" }, item.sizes), h("td", { class: "r" }, words.percent(item.probability, 1)),
      h("td", { class: "bar-cell" }, h("span", { class: "mini", "--to": `${(100 * item.probability) / most}%`, "--tone": tierColour(0), "aria-hidden": "true" })))))));
}

function limits(app: App): HTMLElement {
  const { words } = app;
  const tiers = app.book.data.tiers!;
  const scales = [...new Set(tiers.limits.map((limit) => limit.scale))];
  return h("div", {}, h("h3", {}, words.say("robustness.limits")), h("p", { class: "muted" }, words.say("robustness.limits_text")),
    h("table", { class: "sheet" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("robustness.scale")), tiers.names.map((name) => h("th", { scope: "col", class: "r" }, words.of(name.name))), h("th", { scope: "col", class: "r" }, words.say("robustness.fit")))),
      h("tbody", {}, scales.map((scale) => {
        const own = tiers.limits.filter((limit) => limit.scale === scale);
        return h("tr", { class: scale === tiers.scale ? "held" : "" }, h("th", { scope: "row" }, words.say(`scale.${scale}`)),
          tiers.names.map((name) => {
            const limit = own.find((item) => item.tier === name.id);
            const lower = limit && limit.lower !== null ? words.say("in_brackets", { text: `≥ ${words.number(limit.lower, 3)}` }) : "";
            return h("td", { class: "r" }, String(limit?.size ?? "—"), h("span", { class: "muted" }, lower));
          }),
          h("td", { class: "r" }, words.number(own[0]?.fit, 3)));
      }))));
}

function ranks(app: App): HTMLElement {
  const { words, model } = app;
  const shade = (share: number): string => (share >= 0.005 ? words.percent(share).replace("%", "") : "");
  return h("div", {}, h("h3", {}, words.say("robustness.ranks")), h("p", { class: "muted" }, words.say("robustness.ranks_text")),
    h("table", { class: "sheet heat" },
      h("thead", {}, h("tr", {}, h("th", {}), model.index.places.map((_, k) => h("th", { scope: "col", class: "c" }, k + 1)))),
      h("tbody", {}, model.index.places.map((place, at) => h("tr", { "data-place": place }, h("th", { scope: "row" }, placeName(app, place)),
        model.index.acceptability[at]!.map((share) => h("td", { class: "c shade", "--depth": share }, shade(share))))))));
}

function others(app: App): HTMLElement {
  const { words, model } = app;
  const found = model.index.alternatives;
  if (!found.length) return h("p", { class: "empty" }, words.say("robustness.no_alternatives"));
  const tier = (id: string): number => app.book.data.tiers?.names.findIndex((name) => name.id === id) ?? -1;
  return h("div", {}, h("h3", {}, words.say("robustness.others")), h("p", { class: "muted" }, words.say("robustness.others_text")),
    h("table", { class: "sheet" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("ranking.place")), h("th", { scope: "col", class: "c" }, words.say("robustness.study")),
        found.map((other) => h("th", { scope: "col", class: "c", title: other.method.length > 1 ? other.method : null }, words.of(other.title))))),
      h("tbody", {}, model.index.places.map((place, at) => {
        const rank = model.index.standings[at]!.rank;
        const own = app.book.data.tiers?.assigned[at] ?? "";
        return h("tr", { class: place === app.state.place ? "held" : "", "data-place": place, click: () => app.set({ place }) },
          h("th", { scope: "row" }, placeName(app, place)),
          h("td", { class: "c" }, app.model.tiered && mark(tier(own)), app.now.changed ? String(rank) : number(app, String(rank), [place, model.root.id, "rank"])),
          found.map((other) => h("td", { class: other.rank[at] === rank ? "c" : "c moved" }, app.model.tiered && other.tier[at] && mark(tier(other.tier[at]!)), String(other.rank[at] ?? "—"))));
      }))));
}
