// The place, the year and other choices of the views of the ecosystem.

import { placeName, type App } from "./app";
import { h } from "./dom";

/** A list to choose from; nothing where there is no choice. */
export function pick(key: string, label: string, options: [string, string][], value: string, set: (value: string) => void): HTMLElement | null {
  if (options.length < 2) return null;
  return h("label", { class: "choice" }, label, h("select", { "data-key": key, change: (event: Event) => set((event.target as HTMLSelectElement).value) },
    options.map(([id, text]) => h("option", { value: id, selected: id === value }, text))));
}

/** Places of rows once each, those that the diagnosis is about first. */
export function placesOf(app: App, rows: { place: string }[]): string[] {
  const all = new Set(rows.map((row) => row.place).filter(Boolean));
  return [...new Set([...diagnosed(app).filter((place) => all.has(place)), ...all])];
}

/** The places that the diagnosis is about. */
export const diagnosed = (app: App): string[] => app.book.tables.get("ecosystem_places").map((row) => row.place);

/** The place in hand: the reader's choice, else one that the diagnosis is about. */
export const homeOf = (app: App, places: string[]): string =>
  [app.state.home, ...diagnosed(app), app.state.city, app.state.place].find((place) => places.includes(place)) ?? places[0] ?? "";

/** A list to choose the place from. */
export const homeChoice = (app: App, places: string[], place: string): HTMLElement | null =>
  pick("home", app.words.say("position.city"), places.map((id) => [id, placeName(app, id)]), place, (home) => app.set({ home, on: [] }));

/** A place as a button that takes it in hand. */
export const homeButton = (app: App, place: string, key: string): HTMLElement =>
  h("button", { type: "button", class: "link plain-link", "data-key": `${key}/${place}`, click: () => app.set({ home: place, on: [] }) }, placeName(app, place));

/** Years of rows in order. */
export const yearsOf = (rows: { year: number | null }[]): number[] => [...new Set(rows.flatMap((row) => row.year ?? []))].sort((a, b) => a - b);

/** The year in hand among those there are, else the last. */
export const yearOf = (app: App, years: number[]): number | null => years.find((year) => String(year) === app.state.year) ?? years.at(-1) ?? null;

let timer = 0;

/** Whether the years are playing, on the button as it stands: a step need not change what is drawn. */
function tell(app: App): void {
  const button = document.querySelector('[data-key="play"]');
  button?.setAttribute("aria-pressed", timer ? "true" : "false");
  button?.setAttribute("aria-label", app.words.say(timer ? "ecosystem.pause" : "ecosystem.play"));
  button?.replaceChildren(timer ? "❚❚" : "▶");
}

function stop(app: App): void {
  window.clearInterval(timer);
  timer = 0;
  tell(app);
}

/** A slider over the years with a button that plays them; ``show`` draws while the slider moves. */
export function yearSlider(app: App, years: number[], year: number, show: (year: number) => void): HTMLElement | null {
  if (years.length < 2) return null;
  const { words } = app;
  const view = app.state.view;
  const told = h("output", { class: "year-now" }, String(year));
  const go = (): void => {
    const next = years[years.indexOf(yearOf(app, years)!) + 1];
    if (next === undefined || app.state.view !== view) return stop(app);
    app.set({ year: String(next) });
    if (next === years.at(-1)) stop(app);
  };
  const play = (): void => {
    if (timer) return stop(app);
    timer = window.setInterval(go, 900);
    app.set({ year: String(yearOf(app, years) === years.at(-1) ? years[0] : yearOf(app, years)) });
    tell(app);
  };
  return h("div", { class: "years" },
    h("button", { type: "button", "data-key": "play", "data-act": true, "aria-pressed": timer ? "true" : "false", "aria-label": words.say(timer ? "ecosystem.pause" : "ecosystem.play"), click: play }, timer ? "❚❚" : "▶"),
    h("input", {
      type: "range", min: 0, max: years.length - 1, step: 1, value: years.indexOf(year), "data-key": "year", "aria-label": words.say("ecosystem.year"), "aria-valuetext": String(year), "--at": `${(100 * years.indexOf(year)) / (years.length - 1)}%`,
      input: (event: Event) => {
        const slider = event.target as HTMLInputElement;
        const now = years[Number(slider.value)]!;
        slider.style.setProperty("--at", `${(100 * Number(slider.value)) / (years.length - 1)}%`);
        slider.setAttribute("aria-valuetext", String(now));
        told.textContent = String(now);
        show(now);
      },
      change: (event: Event) => {
        stop(app);
        app.set({ year: String(years[Number((event.target as HTMLInputElement).value)]) });
      },
    }), told);
}
