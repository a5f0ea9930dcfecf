// Ranks and quantiles of many draws, quick enough to follow a finger on a slider.

import { roundSignificant } from "./digits";

function tied(a: number, b: number): boolean {
  if (Math.abs(a - b) > 2e-9 * Math.max(Math.abs(a), Math.abs(b))) return false;
  return roundSignificant(a) === roundSignificant(b);
}

// Steps of Shell's sort (Ciura 2001): quick on any order, quicker on the nearly sorted order of the last draw.
const STEPS = [701, 301, 132, 57, 23, 10, 4, 1];

/** Rank scores from the best (1); ties share the smallest rank. `order` is kept from call to call. */
export function rankInto(scores: Float64Array, order: Int32Array, ranks: Int32Array): void {
  const n = order.length;
  for (const step of STEPS) {
    for (let k = step; k < n; k++) {
      const place = order[k]!;
      const score = scores[place]!;
      let j = k - step;
      while (j >= 0 && scores[order[j]!]! < score) {
        order[j + step] = order[j]!;
        j -= step;
      }
      order[j + step] = place;
    }
  }
  for (let k = 0; k < n; k++) {
    const same = k > 0 && tied(scores[order[k - 1]!]!, scores[order[k]!]!);
    ranks[order[k]!] = same ? ranks[order[k - 1]!]! : k + 1;
  }
}

/** Put the k-th smallest value at k, none larger before it and none smaller behind (Hoare's selection). */
function select(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

/** Quantile by linear interpolation between order statistics; the values change their order. */
export function quantile(values: Float64Array, share: number): number {
  const at = share * (values.length - 1);
  const below = Math.floor(at);
  const low = select(values, below);
  let high = low;
  if (at > below) high = values.subarray(below + 1).reduce((least, value) => (value < least ? value : least), Infinity);
  return low + (high - low) * (at - below);
}
