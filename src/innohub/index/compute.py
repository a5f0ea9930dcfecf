"""Compute an index once: normalise, weight, aggregate from the leaves up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError, ScaleError
from innohub.index.aggregate import aggregate, enough
from innohub.index.model import Model
from innohub.index.normalise import normalise, undefined_columns
from innohub.index.rank import rank_scores
from innohub.index.weight import weigh
from innohub.panel import Panel

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Nominal:
    """An index as the study defines it.

    ``normalised`` is (places, leaves); ``scores`` and ``ranks`` are (places, nodes), NaN where the missing rule
    forbids a score; ``shares`` and ``effective`` weights are (nodes,); ``present`` is (places, nodes).
    """

    model: Model
    panel: Panel
    normalised: Matrix
    scores: Matrix
    ranks: Matrix
    shares: Matrix
    effective: Matrix
    findings: tuple[Finding, ...]

    @property
    def index_scores(self) -> Matrix:
        """The scores of the root, (places,)."""
        return self.scores[:, 0]


def compute(model: Model, panel: Panel) -> Nominal:
    """Compute the scores of every node of an index.

    Parameters
    ----------
    model : the index; its indicators must be columns of the panel.
    panel : one year of values.

    Raises
    ------
    ScaleError
        S101 no place has enough data for the index; S102 a geometric mean meets zero or below; S103 entropy of a
        negative value.
    ModelError
        M110 no indicator is left after constant ones are set aside.
    """
    raw, direction = panel.columns(model.tree.indicators)
    normalised = normalise(raw, direction, model.normaliser)
    findings = _constant(model, raw, normalised)
    scores = np.full((len(panel.places), len(model.tree.nodes)), np.nan)
    scores[:, model.tree.leaves] = normalised
    sources = np.full_like(scores, np.nan)
    sources[:, model.tree.leaves] = raw
    turned = np.ones(len(model.tree.nodes))
    turned[model.tree.leaves] = direction
    shares = np.ones(len(model.tree.nodes))
    for node in model.tree.inner:
        below = model.tree.children(node)
        alive = _alive(model, node, below, scores)
        given = model.tree.given[alive]
        shares[below] = 0.0
        shares[alive] = weigh(sources[:, alive], turned[alive], given, model.weights_of(node))
        if not np.isfinite(shares[alive]).all():
            raise ModelError(Finding("M111", params={"node": model.tree.nodes[node], "index": model.name}))
        scores[:, node] = sources[:, node] = _score(model, node, below, scores, shares[below])
    if np.isnan(scores[:, 0]).all():
        raise ScaleError(Finding("S101", params={"index": model.name, "min_share": f"{model.min_share:g}"}))
    ranks = np.column_stack([rank_scores(scores[:, node]) for node in range(scores.shape[1])])
    return Nominal(
        model,
        panel,
        normalised,
        scores,
        ranks,
        shares,
        model.tree.spread(shares),
        (*findings, *_unscored(model, panel, scores)),
    )


def _alive(model: Model, node: int, below: NDArray[np.intp], scores: Matrix) -> NDArray[np.intp]:
    """Return the children of a node that carry any value; a constant indicator carries none and gets no weight."""
    alive = below[~np.isnan(scores[:, below]).all(axis=0)]
    if not len(alive):
        raise ModelError(Finding("M110", params={"node": model.tree.nodes[node], "index": model.name}))
    return alive


def _score(model: Model, node: int, below: NDArray[np.intp], scores: Matrix, shares: Matrix) -> Matrix:
    """Score one node for every place, under the missing rule."""
    alive = shares > 0
    x, weights = scores[:, below[alive]], shares[alive]
    try:
        score = aggregate(x, weights, model.aggregate_of(node))
    except ScaleError as problem:
        raise _named(problem, model, below[alive], x) from None
    return np.where(enough(x, weights, model.min_share, model.by), score, np.nan)


def _named(problem: ScaleError, model: Model, below: NDArray[np.intp], x: Matrix) -> ScaleError:
    """Say in which indicators of which index the value outside the domain stands."""
    bad = ", ".join(
        model.tree.nodes[child] for child, column in zip(below, x.T, strict=True) if (column <= 0).any()
    )
    finding = problem.findings[0]
    params = {**finding.params, "index": model.name, "normaliser": str(model.normaliser), "columns": bad}
    return ScaleError(Finding("S102", file="study.toml", column=f"index.{model.name}", params=params))


def _constant(model: Model, raw: Matrix, normalised: Matrix) -> list[Finding]:
    """Warn of indicators that a normaliser cannot spread because all places have the same value."""
    return [
        Finding(
            "S104",
            "warning",
            file="panel",
            column=model.tree.indicators[column],
            value=f"{np.nanmax(raw[:, column]):g}",
            params={"indicator": model.tree.indicators[column], "normaliser": model.normaliser.name},
        )
        for column in undefined_columns(raw, normalised)
    ]


def _unscored(model: Model, panel: Panel, scores: Matrix) -> list[Finding]:
    """Warn of places whose data do not carry a score."""
    return [
        Finding(
            "S105",
            "warning",
            params={"place": panel.places[row], "index": model.name, "min_share": f"{model.min_share:g}"},
        )
        for row in np.flatnonzero(np.isnan(scores[:, 0]))
    ]
