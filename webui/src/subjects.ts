// Views by what they are about: a first row of subjects, a second of the views of the subject in hand.

import { hasView, type App } from "./app";
import { h } from "./dom";
import type { View } from "./state";

export const SUBJECTS = {
  ranking: ["ranking", "map", "profile", "compare", "table", "change", "efficiency", "choices", "robustness"],
  positioning: ["position", "rivals", "standing", "claims", "alike", "models", "dynamics", "roles"],
  ecosystem: ["ecosystem", "binds", "flows", "registers"],
  method: ["method"],
} as const satisfies Record<string, readonly View[]>;

export type Subject = keyof typeof SUBJECTS;

/** The subject that a view belongs to. */
export const subjectOf = (view: View): Subject => (Object.keys(SUBJECTS) as Subject[]).find((subject) => (SUBJECTS[subject] as readonly View[]).includes(view))!;

/** Subjects that the run has views of, each with its views. */
export function subjectsOf(app: App): [Subject, View[]][] {
  return (Object.keys(SUBJECTS) as Subject[])
    .map((subject): [Subject, View[]] => [subject, SUBJECTS[subject].filter((view) => hasView(app.book.data, app.model.index, view))])
    .filter(([, views]) => views.length > 0);
}

const last = new Map<Subject, View>(); // the view that a subject was left at

/** Both rows, and a list in their place where the window is narrow. */
export function drawViews(app: App): HTMLElement[] {
  const { words, state } = app;
  const shown = subjectsOf(app);
  const here = subjectOf(state.view);
  last.set(here, state.view);
  const tab = (key: string, text: string, current: boolean, go: () => void): HTMLElement => h("button", { type: "button", "data-key": key, "aria-current": current ? "page" : null, click: go }, text);
  const views = shown.find(([subject]) => subject === here)?.[1] ?? [];
  const open = (subject: Subject, own: View[]): View => own.find((view) => view === last.get(subject)) ?? own[0]!;
  return [
    h("div", { class: "tabs subjects", role: "group", "aria-label": words.say("head.subject") }, shown.map(([subject, own]) => tab(`subject/${subject}`, words.say(`subject.${subject}`), subject === here, () => app.set({ view: open(subject, own), on: [] })))),
    h("div", { class: "tabs", hidden: views.length < 2, role: "group", "aria-label": words.say(`subject.${here}`) }, views.map((view) => tab(`view/${view}`, words.say(`view.${view}`), view === state.view, () => app.set({ view, on: [] })))),
    h("label", { class: "view-menu" }, words.say("head.view"), h("select", { "data-key": "view", change: (event: Event) => app.set({ view: (event.target as HTMLSelectElement).value as View, on: [] }) },
      shown.map(([subject, own]) => {
        const options = own.map((view) => h("option", { value: view, selected: view === state.view }, words.say(`view.${view}`)));
        return own.length > 1 ? h("optgroup", { label: words.say(`subject.${subject}`) }, options) : options[0]!;
      }))),
  ];
}
