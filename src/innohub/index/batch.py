"""Score many variants of one index at once: what they share is computed once, the rest in stacked arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import InnohubError
from innohub.index.aggregate import aggregate, enough
from innohub.index.compute import compute, normalised_values, weigh_children
from innohub.index.model import Model
from innohub.index.weight.many import shares_of_many
from innohub.panel import Panel

Matrix = NDArray[np.float64]
Rows = NDArray[np.intp]

# Values held at a time by a stack of variants, 8 bytes each.
_MOST_VALUES = 4_000_000
# Weightings that do not look at the data: the same for every variant.
_BLIND = ("equal", "given", "ahp", "budget")
# Weightings that look at the values before normalising: the same for all normalisers, at nodes above indicators alone.
_OF_RAW = ("entropy", "critic", "pca")


@dataclass(frozen=True)
class Variant:
    """An index computed in one of many ways; variants share the tree and the rows of the panel."""

    model: Model
    panel: Panel


def score_variants(variants: Sequence[Variant]) -> tuple[Matrix, dict[int, InnohubError]]:
    """Score the index in the study's year in every variant.

    The numbers are those of :func:`compute`, apart from the last digits: sums are taken in another order.

    Returns
    -------
    (variants, places) scores, NaN where a place has none, and by position the variants that cannot be computed, whose
    scores are NaN.
    """
    places = len(variants[0].panel.at(variants[0].panel.year))
    scores = np.full((len(variants), places), np.nan)
    failed: dict[int, InnohubError] = {}
    bench = _Bench()
    for group in _groups(variants, bench, failed):
        try:
            scores[group] = _stack(variants, group, bench)
        except (InnohubError, _UnevenError):
            _one_by_one(variants, group, scores, failed)
    return scores, failed


class _UnevenError(Exception):
    """Variants of a group differ in which children they use, so that they cannot be stacked."""


@dataclass(frozen=True)
class _Bench:
    """What variants share: normalised values by panel and normaliser, shares by what they depend on."""

    normalised: dict[tuple[int, Spec], Matrix | InnohubError] = field(default_factory=dict)
    shares: dict[tuple[object, ...], Matrix] = field(default_factory=dict)
    columns: dict[int, tuple[Matrix, Matrix]] = field(default_factory=dict)

    def raw(self, variant: Variant) -> tuple[Matrix, Matrix]:
        """Return the values before normalising (rows, leaves) and the directions (leaves,) of a variant."""
        key = id(variant.panel)
        if key not in self.columns:
            self.columns[key] = variant.panel.columns(variant.model.tree.indicators)
        return self.columns[key]

    def values(self, variant: Variant) -> Matrix:
        """Return the normalised values (rows, leaves) of a variant."""
        key = (id(variant.panel), variant.model.normaliser)
        if key not in self.normalised:
            try:
                self.normalised[key] = normalised_values(variant.model, variant.panel)
            except InnohubError as problem:
                self.normalised[key] = problem
        found = self.normalised[key]
        if isinstance(found, InnohubError):
            raise found
        return found


def _groups(
    variants: Sequence[Variant], bench: _Bench, failed: dict[int, InnohubError]
) -> Iterator[list[int]]:
    """Yield positions of variants that aggregate alike and have the same gaps, few enough to be held at once."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, variant in enumerate(variants):
        try:
            gaps = np.isnan(bench.values(variant))
        except InnohubError as problem:
            failed[number] = problem
            continue
        tree = variant.model.tree
        aggregates = tuple(variant.model.aggregate_of(node) for node in tree.inner)
        groups.setdefault((aggregates, gaps.tobytes() if gaps.any() else b""), []).append(number)
    size = len(variants[0].panel.places) * len(variants[0].model.tree.nodes)
    step = max(1, _MOST_VALUES // size)
    for group in groups.values():
        for start in range(0, len(group), step):
            yield group[start : start + step]


def _one_by_one(
    variants: Sequence[Variant], group: Sequence[int], scores: Matrix, failed: dict[int, InnohubError]
) -> None:
    for number in group:
        try:
            scores[number] = compute(variants[number].model, variants[number].panel).now.index_scores
        except InnohubError as problem:
            failed[number] = problem


def _stack(variants: Sequence[Variant], group: Sequence[int], bench: _Bench) -> Matrix:
    """Score a group of variants together, (group, places) in the study's year."""
    members = [variants[number] for number in group]
    model, panel = members[0].model, members[0].panel
    tree = model.tree
    x = np.full((len(members), len(panel.places), len(tree.nodes)), np.nan)
    x[:, :, tree.leaves] = [bench.values(member) for member in members]
    years = [panel.at(year) for year in panel.calendar]
    for node in tree.inner:
        below = tree.children(node)
        alive = below[~np.isnan(x[0][:, below]).all(axis=0)]
        if not len(alive):
            raise _UnevenError
        weights = _weights(bench, members, node, alive, x)
        used = weights > 0
        if (used != used[0]).any() or not np.isfinite(weights).all():
            raise _UnevenError
        alive, weights = alive[used[0]], weights[:, used[0]]
        for rows in years:
            children = x[:, rows][:, :, alive]
            fit = _fit(model, children[0], weights[0])
            if fit.any():
                x[:, rows[fit], node] = aggregate(children[:, fit], weights, model.aggregate_of(node))
    return x[:, panel.at(panel.year), 0]


def _fit(model: Model, children: Matrix, weights: Matrix) -> NDArray[np.bool_]:
    """Say which places have enough of a node's children, the same for all variants of a group."""
    gaps = np.isnan(children)
    if gaps.any() and model.by == "weight":
        raise _UnevenError
    return enough(children, weights, model.min_share, model.by) & ~gaps.all(axis=1)


def _weights(bench: _Bench, members: Sequence[Variant], node: int, alive: Rows, x: Matrix) -> Matrix:
    """Return the shares (members, alive) of a node's children, each computed once for all variants that share it."""
    leaf = members[0].model.tree.is_leaf[alive]
    by_spec: dict[Spec, list[int]] = {}
    for number, member in enumerate(members):
        by_spec.setdefault(member.model.weights_of(node), []).append(number)
    weights = np.empty((len(members), len(alive)))
    for spec, numbers in by_spec.items():
        shared = spec.name in _BLIND or (spec.name in _OF_RAW and leaf.all())
        many = None if shared or leaf.any() else shares_of_many(x[numbers][:, :, alive], spec)
        if many is not None:
            weights[numbers] = many
            continue
        for number in numbers:
            key = (node, alive.tobytes(), spec, 0 if spec.name in _BLIND else id(members[number].panel))
            found = bench.shares.get(key) if shared else None
            if found is None:
                raw, direction = bench.raw(members[number])
                found = weigh_children(
                    members[number].model, node, alive, x[number], raw=raw, direction=direction
                ).shares
            if shared:
                bench.shares[key] = found
            weights[number] = found
    return weights
