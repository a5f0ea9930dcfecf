// Elements made from data. Texts always enter as text nodes, never as HTML.

type Child = globalThis.Node | string | number | null | undefined | false;
export type Children = Child | Child[];
type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Properties = Record<string, Value>;

const SVG = "http://www.w3.org/2000/svg";

function dress(element: Element, properties: Properties, children: Children[]): void {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else if (name.startsWith("--")) (element as HTMLElement).style.setProperty(name, String(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  }
}

/** Make an HTML element. Functions become listeners, names with "--" style properties, the rest attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, properties: Properties = {}, ...children: Children[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, properties, children);
  return element;
}

/** Make an SVG element. */
export function s(tag: string, properties: Properties = {}, ...children: Children[]): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  dress(element, properties, children);
  return element;
}

const tops = new Map<string, number>();

/** Note how far the parts with a data-scroll are scrolled as it happens: asking later would lay the page out once more. */
export function followScrolling(): void {
  document.addEventListener("scroll", ({ target }) => {
    if (target instanceof HTMLElement && target.dataset["scroll"]) tops.set(target.dataset["scroll"], target.scrollTop);
  }, true);
}

/** Replace the content of an element; focus and scrolling stay with the same data-key and data-scroll. */
export function fill(target: HTMLElement, ...children: Children[]): void {
  const held = document.activeElement;
  const key = held instanceof HTMLElement && target.contains(held) ? held.dataset["key"] : undefined;
  target.replaceChildren();
  dress(target, {}, children);
  for (const part of target.querySelectorAll<HTMLElement>("[data-scroll]")) {
    const top = tops.get(part.dataset["scroll"]!);
    if (top) part.scrollTop = top;
  }
  if (key) focusKey(target, key);
}

const keys = new WeakMap<HTMLElement, string>();

/** Fill an element only when the key of what it shows has changed. */
export function refill(target: HTMLElement, key: string, make: () => Children): void {
  if (keys.get(target) === key) return;
  keys.set(target, key);
  fill(target, make());
}

/** Focus the element with a data-key inside a target. */
export function focusKey(target: HTMLElement, key: string): void {
  target.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
