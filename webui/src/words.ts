// Texts and numbers in the reader's language.

import type { Text } from "./types";
import type { Language } from "./state";

export interface Words {
  language: Language;
  say(key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
  of(text: Text): string;
  number(value: number | null | undefined, digits?: number, most?: number): string;
  percent(share: number | null | undefined, digits?: number): string;
  chance(share: number): string;
  range(low: string, high: string): string;
  list(items: string[]): string;
}

const MISSING = "—";

/** Fill in {placeholders}; an unknown key shows itself, so that a gap is seen. */
export function makeWords(language: Language, texts: Record<string, string>): Words {
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const absent = (value: number | null | undefined): boolean => value == null || !Number.isFinite(value);
  return {
    language,
    say,
    has: (key) => key in texts,
    of: (text) => text[language] || text.zh || text.en,
    number(value, digits, most = 10) {
      if (absent(value)) return MISSING;
      const shown = digits === undefined ? value!.toLocaleString("en-US", { maximumFractionDigits: most }) : value!.toFixed(digits);
      return shown.replace(/^-(?=[0.]*$)/, "").replace("-", "−");
    },
    percent(share, digits = 0) {
      if (absent(share)) return MISSING;
      const least = 10 ** -digits;
      const value = 100 * share!;
      if (value > 0 && value < least / 2) return `<${least.toFixed(digits)}%`;
      if (value < 100 && value > 100 - least / 2) return `>${(100 - least).toFixed(digits)}%`;
      return `${value.toFixed(digits)}%`;
    },
    chance: (share) => (share >= 0.995 ? ">99%" : share < 0.005 ? "<1%" : `${Math.round(100 * share)}%`),
    range: (low, high) => (low === high ? low : `${low}–${high}`),
    list: (items) => items.join(language === "zh" ? "、" : ", "),
  };
}
