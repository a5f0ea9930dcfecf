// One state, drawn on every change: read the data, follow the address, keep the panels in step.

import { hasView, isWide, type App } from "./app";
import { firstState } from "./bare";
import { openBook } from "./book";
import { drawChain } from "./chain";
import { fill, focusKey, followScrolling, h, refill } from "./dom";
import { drawFact, factRow } from "./fact";
import { drawHead, footLine } from "./frame";
import { makeMap } from "./map";
import { panelWidth } from "./chart";
import { openModel, type Model } from "./model";
import { settlePosition } from "./position_model";
import { drawProfile } from "./profile";
import { drawRanking } from "./ranking";
import { fromHash, settle, toHash, type State } from "./state";
import { drawViews } from "./subjects";
import type { Payload } from "./types";
import { drawView } from "./views";
import { makeWeights } from "./weights";
import { makeWords } from "./words";

const NARROW = 800;

function start(): void {
  const data = JSON.parse(document.getElementById("data")!.textContent ?? "") as Payload;
  const book = openBook(data);
  const models = new Map<string, Model>();
  const modelOf = (name: string): Model => {
    if (!models.has(name)) models.set(name, openModel(book, name));
    return models.get(name)!;
  };
  const fallback = settlePosition(firstState(data), [], book.position);
  const clean = (state: State): State => {
    const { index } = modelOf(state.index);
    const tiers = data.tiers?.probability[state.tiers] ? state.tiers : fallback.tiers;
    const view = hasView(data, index, state.view) ? state.view : fallback.view;
    const settled = settle({ ...state, tiers, view }, index.places.length ? index.places : data.places.map((place) => place.id), index.leaves, data.indices.map((item) => item.id), fallback);
    const kept = settlePosition(settled, state.on, book.position);
    return factRow(book, state.on) ? { ...kept, on: state.on } : kept;
  };

  const root = document.getElementById("page")!;
  const [head, views, foot] = [h("header"), h("nav"), h("footer")];
  const [ranking, side, dock] = [h("section", { class: "ranking-panel" }), h("div", { class: "view" }), h("div", { class: "dock" })];
  const status = h("div", { class: "status", role: "status", "aria-live": "polite" });
  const weights = makeWeights();
  const map = makeMap();
  root.append(head, views, h("main", {}, h("div", { class: "left" }, weights.element, ranking), h("div", { class: "right" }, side, dock)), foot, status);

  let state = clean(fromHash(location.hash, fallback));
  let due = 0;
  let wait = 0;
  const app = { book, set, hover } as App;

  function set(patch: Partial<State>): void {
    const held = state.on.join("/");
    state = app.state = clean({ ...state, ...patch }); // at once: two moves may fall into one frame
    const turned = patch.view !== undefined || patch.index !== undefined;
    window.clearTimeout(wait);
    if (turned) history.pushState(null, "", toHash(state, fallback));
    else wait = window.setTimeout(() => history.replaceState(null, "", toHash(state, fallback)), 120);
    if (patch.weights) due ||= requestAnimationFrame(draw);
    else draw();
    if (patch.place && window.innerWidth >= NARROW) ranking.querySelector("tr.held")?.scrollIntoView({ block: "nearest" });
    if (held && !state.on.length && document.activeElement === document.body) focusKey(root, held);
  }

  function hover(place: string | null): void {
    for (const part of root.querySelectorAll("[data-place]")) part.classList.toggle("hover", (part as HTMLElement).dataset["place"] === place);
    map.highlight(place);
  }

  function tell(text: string): void {
    status.textContent = text;
    window.setTimeout(() => (status.textContent = ""), 2500);
  }

  /** What the view in hand is made of: parts that no weight changes are not drawn again while a slider moves. */
  function viewKey(): string {
    const { view, lang, index, layer } = state;
    const steady = ["robustness", "change", "efficiency", "choices"].includes(view);
    if (view === "ranking" || view === "map") return [view, lang, index, layer].join("|");
    return JSON.stringify([{ ...state, weights: steady ? 0 : state.weights, open: 0, lock: 0 }, app.now.changed, (view === "change" || view === "rivals" || view === "ecosystem") && panelWidth()]);
  }

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      tell(app.words.say("head.shared"));
    } catch {
      window.prompt(app.words.say("head.share_text"), text);
    }
  }

  function draw(): void {
    due = 0;
    Object.assign(app, { state, model: modelOf(state.index), words: makeWords(state.lang, data.words[state.lang] ?? {}) });
    app.now = app.model.current(state);
    document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
    document.title = app.words.of(data.study.title);
    root.dataset["view"] = state.view;
    const frame = [state.lang, state.index, state.view].join("|");
    refill(head, frame, () => drawHead(app, map, copy));
    refill(views, frame, () => drawViews(app));
    views.setAttribute("aria-label", app.words.say("head.view"));
    const wide = isWide(state.view) || !data.indices.length;
    root.classList.toggle("wide", wide);
    if (!wide) {
      weights.update(app);
      drawRanking(app, ranking);
    }
    refill(side, viewKey(), () => drawView(app, map, copy));
    const chain = drawFact(app) ?? drawChain(app);
    fill(dock, chain ?? (state.view === "ranking" ? drawProfile(app, false) : null));
    dock.hidden = !chain && state.view !== "ranking";
    fill(foot, footLine(app).map((text) => h("span", { title: text }, text)));
    if (!wide) map.update(app);
  }

  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.on.length) set({ on: [] });
  });
  const follow = (): void => {
    state = clean(fromHash(location.hash, fallback));
    draw();
  };
  for (const turn of ["hashchange", "popstate"]) window.addEventListener(turn, follow);
  window.addEventListener("resize", () => (due ||= requestAnimationFrame(draw)));
  followScrolling();
  draw();
}

start();
