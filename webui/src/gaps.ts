// Score a place that lacks values: the twin of src/innohub/web/gaps.py, pinned to the same golden file.

export interface Rule {
  children: number[][]; // node by node; the root is node 0, parents come before children
  leaf: number[]; // position of a node among the leaves, -1 for inner nodes
  minShare: number; // least share of a node's children that must be there
  byWeight: boolean; // whether that share is counted by weight
}

interface Named {
  id: string;
  parent: string;
  indicator: string;
}

/** The framework of an index with its rule for missing values, and where each node stands in it. */
export function ruleOf(nodes: Named[], leaves: string[], minShare: number, by: string): Rule & { at: Map<string, number> } {
  const order = nodes.filter((node) => !node.parent);
  for (const above of order) order.push(...nodes.filter((node) => node.parent === above.id));
  const at = new Map(order.map((node, k) => [node.id, k]));
  return {
    at, minShare, byWeight: by === "weight",
    children: order.map((above) => order.flatMap((node, k) => (node.parent === above.id ? [k] : []))),
    leaf: order.map((node) => (node.indicator ? leaves.indexOf(node.id) : -1)),
  };
}

/** Mass of every node: the weights of the leaves below. */
export function gather(rule: Rule, weights: ArrayLike<number>, mass: Float64Array): Float64Array {
  for (let node = rule.leaf.length - 1; node >= 0; node--) {
    const leaf = rule.leaf[node]!;
    mass[node] = leaf < 0 ? 0 : weights[leaf]!;
    if (leaf < 0) for (const child of rule.children[node]!) mass[node]! += mass[child]!;
  }
  return mass;
}

const missing = (value: number | null | undefined): boolean => value == null || Number.isNaN(value);

/** The children that count in the score of every node of one place; none where there is no score. */
export function keptChildren(rule: Rule, values: ArrayLike<number | null>, mass: Float64Array): number[][] {
  const kept: number[][] = rule.leaf.map(() => []);
  const sum = (nodes: number[]): number => nodes.reduce((total, node) => total + mass[node]!, 0);
  for (let node = rule.leaf.length - 1; node >= 0; node--) {
    if (rule.leaf[node]! >= 0) continue;
    const used = rule.children[node]!.filter((child) => mass[child]! > 0);
    const there = used.filter((child) => (rule.leaf[child]! >= 0 ? !missing(values[rule.leaf[child]!]) : kept[child]!.length > 0));
    const share = rule.byWeight ? sum(there) / sum(used) : there.length / used.length;
    if (there.length && share >= rule.minShare - 1e-12) kept[node] = there;
  }
  return kept;
}

/** Scores of all nodes of one place; NaN where nothing that counts has any weight. */
export function scoreNodes(rule: Rule, values: ArrayLike<number | null>, kept: number[][], mass: Float64Array, out: Float64Array): Float64Array {
  for (let node = rule.leaf.length - 1; node >= 0; node--) {
    const leaf = rule.leaf[node]!;
    if (leaf >= 0) {
      out[node] = values[leaf] ?? NaN;
      continue;
    }
    let total = 0;
    let above = 0;
    for (const child of kept[node]!) {
      const score = out[child]!;
      if (Number.isNaN(score)) continue;
      total += mass[child]!;
      above += mass[child]! * score;
    }
    out[node] = total > 0 ? above / total : NaN;
  }
  return out;
}

/** Weights of the leaves that give a place its score, missing ones having passed theirs on; all zero without a score. */
export function ownWeights(rule: Rule, values: ArrayLike<number | null>, weights: number[]): number[] {
  const mass = gather(rule, weights, new Float64Array(rule.leaf.length));
  const kept = keptChildren(rule, values, mass);
  const share = new Float64Array(rule.leaf.length);
  const own = weights.map(() => 0);
  share[0] = 1;
  rule.leaf.forEach((leaf, node) => {
    if (leaf >= 0) own[leaf] = share[node]!;
    const total = kept[node]!.reduce((sum, child) => sum + mass[child]!, 0);
    for (const child of kept[node]!) share[child] = (share[node]! * mass[child]!) / total;
  });
  return own;
}
