"""Compute an index once: normalise, weight, aggregate from the leaves up."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, InnohubError, ModelError, ScaleError
from innohub.index.aggregate import aggregate, enough
from innohub.index.located import Children, chosen_by, located
from innohub.index.model import Model
from innohub.index.normalise import normalise, undefined_columns
from innohub.index.own import own_numbers
from innohub.index.rank import rank_scores
from innohub.index.weight import Weighing, weighing
from innohub.panel import Panel

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Nominal:
    """An index as the study defines it, over the rows (place-years) of its panel.

    ``normalised`` is (rows, leaves); ``scores`` and ``ranks`` are (rows, nodes), NaN where the missing rule forbids a
    score, ranks within each year and of inner nodes only; ``shares`` and ``effective`` weights are (nodes,), the same
    in all years.
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
        """The scores of the root, (rows,)."""
        return self.scores[:, 0]

    @property
    def now(self) -> "Nominal":
        """The index in the year that the study is about."""
        if self.panel.calendar == (self.panel.year,):
            return self
        rows = self.panel.at(self.panel.year)
        return replace(
            self,
            panel=self.panel.of_year(self.panel.year),
            normalised=self.normalised[rows],
            scores=self.scores[rows],
            ranks=self.ranks[rows],
        )


def compute(model: Model, panel: Panel) -> Nominal:
    """Compute the scores of every node of an index.

    Bounds, means and weights from the data are taken over all years of the panel together, so that scores compare
    over time, unless the model says ``pool = "each-year"``; aggregates and ranks are made within each year.

    Parameters
    ----------
    model : the index; its indicators must be columns of the panel.
    panel : values of one or several years.

    Raises
    ------
    ScaleError
        S101 no place has enough data for the index in the study's year; S102 a geometric mean meets zero or below;
        S103 entropy of a negative value.
    ModelError
        M110 no indicator is left after constant ones are set aside; M111 weights give no shares.
    """
    raw, direction = panel.columns(model.tree.indicators)
    with chosen_by(f"index.{model.name}.normalise"):
        normalised = normalised_values(model, panel)
    scores = np.full((len(panel.places), len(model.tree.nodes)), np.nan)
    scores[:, model.tree.leaves] = normalised
    shares, weighed = _aggregate_up(model, panel, scores, raw, direction)
    now = panel.at(panel.year)
    if np.isnan(scores[now, 0]).all():
        raise ScaleError(Finding("S101", params={"index": model.name, "min_share": f"{model.min_share:g}"}))
    findings = (*_constant(model, panel, raw, normalised), *weighed, *_unscored(model, panel, scores, now))
    return Nominal(
        model,
        panel,
        normalised,
        scores,
        _rank(model, panel, scores),
        shares,
        model.tree.spread(shares),
        findings,
    )


def normalised_values(model: Model, panel: Panel) -> Matrix:
    """Return the normalised values (rows, leaves), over all years together or within each year.

    Over all years together, a reference place stands there with its values of the study's year.
    """
    raw, direction = panel.columns(model.tree.indicators)
    codes, own = model.tree.indicators, own_numbers(model.normaliser, panel, model.tree.indicators)
    names = np.array(panel.places, dtype=object)
    if model.pool == "all-years":
        places = np.where(panel.years == panel.year, names, "").tolist()
        return normalise(raw, direction, model.normaliser, places=places, indicators=codes, own=own)
    normalised = np.full_like(raw, np.nan)
    for year in panel.calendar:
        rows = panel.at(year)
        normalised[rows] = normalise(
            raw[rows], direction, model.normaliser, places=names[rows].tolist(), indicators=codes, own=own
        )
    return normalised


def _rank(model: Model, panel: Panel, scores: Matrix) -> Matrix:
    ranks = np.full_like(scores, np.nan)
    for year in panel.calendar:
        rows = panel.at(year)
        for node in model.tree.inner:
            ranks[rows, node] = rank_scores(scores[rows, node])
    return ranks


def _aggregate_up(
    model: Model, panel: Panel, scores: Matrix, raw: Matrix, direction: Matrix
) -> tuple[Matrix, list[Finding]]:
    """Score the inner nodes from the leaves up; return the share of each node in its parent, and warnings."""
    findings: list[Finding] = []
    shares = np.ones(len(model.tree.nodes))
    for node in model.tree.inner:
        below = model.tree.children(node)
        alive = _alive(model, node, below, scores)
        shares[below] = 0.0
        try:
            weighed = weigh_children(model, node, alive, scores, raw=raw, direction=direction)
        except InnohubError as problem:
            every = np.arange(len(scores)).tolist()
            seen = Children(_before(model, alive, scores, raw), every, alive.tolist())
            raise located(problem, model, panel, node, "weights", children=seen) from None
        findings += weighed.findings
        shares[alive] = weighed.shares
        for year in panel.calendar:
            rows = panel.at(year)
            used = alive[shares[alive] > 0]
            try:
                scores[rows, node] = _score(model, node, used, scores[rows], shares[used])
            except InnohubError as problem:
                seen = Children(scores[np.ix_(rows, used)], rows.tolist(), used.tolist())
                raise located(problem, model, panel, node, "aggregate", children=seen) from None
    return shares, findings


def weigh_children(
    model: Model, node: int, children: NDArray[np.intp], scores: Matrix, *, raw: Matrix, direction: Matrix
) -> Weighing:
    """Weigh the children of a node by the rule that the model has for it.

    Parameters
    ----------
    children : positions in the tree of those that carry any value.
    scores : (rows, nodes) normalised values of the leaves and scores of the nodes below; raw : (rows, leaves) values
        before normalising; direction : (leaves,).

    Raises
    ------
    ScaleError, ModelError, NoSolutionError
        Those of the method; M111 when it gives no finite shares.
    """
    tree = model.tree
    sources, turned = _before(model, children, scores, raw), np.ones(len(children))
    leaf = tree.is_leaf[children]
    turned[leaf] = direction[np.searchsorted(tree.leaves, children[leaf])]
    weighed = weighing(
        sources,
        turned,
        tree.given[children],
        model.weights_of(node),
        names=[tree.nodes[child] for child in children],
        values=scores[:, children],
        opinion=model.opinions.get(tree.nodes[node]),
        combine=model.combine,
    )
    if not np.isfinite(weighed.shares).all():
        raise ModelError(Finding("M111", params={"node": tree.nodes[node], "index": model.name}))
    return weighed


def _before(model: Model, children: NDArray[np.intp], scores: Matrix, raw: Matrix) -> Matrix:
    """Return what a weighting sees of the children: values before normalising, scores of those that are nodes."""
    sources, leaf = scores[:, children], model.tree.is_leaf[children]
    sources[:, leaf] = raw[:, np.searchsorted(model.tree.leaves, children[leaf])]
    return sources


def _alive(model: Model, node: int, below: NDArray[np.intp], scores: Matrix) -> NDArray[np.intp]:
    """Return the children of a node that carry any value; a constant indicator carries none and gets no weight."""
    alive = below[~np.isnan(scores[:, below]).all(axis=0)]
    if not len(alive):
        raise ModelError(Finding("M110", params={"node": model.tree.nodes[node], "index": model.name}))
    return alive


def _score(model: Model, node: int, used: NDArray[np.intp], scores: Matrix, weights: Matrix) -> Matrix:
    """Score one node for the places of one year from the children with a weight, under the missing rule."""
    x = scores[:, used]
    fit = enough(x, weights, model.min_share, model.by) & ~np.isnan(x).all(axis=1)
    score = np.full(len(x), np.nan)
    if not fit.any():
        return score
    score[fit] = aggregate(x[fit], weights, model.aggregate_of(node))
    return score


def _constant(model: Model, panel: Panel, raw: Matrix, normalised: Matrix) -> list[Finding]:
    """Warn of indicators that a normaliser cannot spread because all places have the same value."""
    return [
        Finding(
            "S104",
            "warning",
            file=panel.file,
            column=model.tree.indicators[column],
            value=f"{np.nanmax(raw[:, column]):g}",
            params={"indicator": model.tree.indicators[column], "normaliser": model.normaliser.name},
        )
        for column in undefined_columns(raw, normalised)
    ]


def _unscored(model: Model, panel: Panel, scores: Matrix, now: NDArray[np.intp]) -> list[Finding]:
    """Warn of the places whose data do not carry a score, all in one finding."""
    lost = tuple(panel.places[row] for row in now[np.isnan(scores[now, 0])])
    return [unscored(model, lost)] if lost else []


def unscored(model: Model, places: tuple[str, ...]) -> Finding:
    """Return the warning that places have no score on an index."""
    params = {
        "places": places,
        "count": len(places),
        "index": model.name,
        "min_share": f"{model.min_share:.3g}",
    }
    return Finding("S105", "warning", file="study.toml", column=f"index.{model.name}.missing", params=params)
