// What a move of one slider does to the weights, in points.

const round = (value: number): number => Math.round(value * 100) / 100;
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Parts of a whole in the proportions of the first list that has any. */
function proportions(...lists: number[][]): number[] {
  const found = lists.find((list) => sum(list) > 0) ?? lists[0]!.map(() => 1);
  return found.map((value) => value / sum(found));
}

/** Give a node's leaves so many points; they keep their proportions, and none passes the end of a slider. */
export function scale(points: number[], defaults: number[], leaves: number[], wanted: number, most: number): number[] {
  const parts = proportions(leaves.map((leaf) => points[leaf]!), leaves.map((leaf) => defaults[leaf]!));
  const whole = Math.min(wanted, most / Math.max(...parts));
  const moved = [...points];
  leaves.forEach((leaf, k) => (moved[leaf] = round(whole * parts[k]!)));
  return moved;
}

/** The same with some leaves locked: these keep their share of all weights, and the others share the rest. */
export function share(points: number[], defaults: number[], leaves: number[], wanted: number, locked: Set<number>): number[] {
  const total = sum(points);
  if (!(total > 0)) return points;
  const hundred = points.map((value) => (100 * value) / total);
  const free = leaves.filter((leaf) => !locked.has(leaf));
  const others = points.map((_, leaf) => leaf).filter((leaf) => !locked.has(leaf) && !leaves.includes(leaf));
  const inside = sum(leaves.filter((leaf) => locked.has(leaf)).map((leaf) => hundred[leaf]!));
  const room = 100 - sum([...locked].map((leaf) => hundred[leaf]!));
  if (!free.length || !others.length) return points;
  const own = Math.max(0, Math.min(room, (100 * wanted) / total - inside));
  for (const [part, whole] of [[free, own], [others, room - own]] as const) {
    const parts = proportions(part.map((leaf) => hundred[leaf]!), part.map((leaf) => defaults[leaf]!));
    part.forEach((leaf, k) => (hundred[leaf] = whole * parts[k]!));
  }
  return hundred.map(round);
}
