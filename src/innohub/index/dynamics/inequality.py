"""Inequality between places, and how much of it lies between groups of them: Theil's indices, Dagum's Gini."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Members = list[NDArray[np.intp]]
_NOTHING = 1e-15


@dataclass(frozen=True)
class Theil:
    """Theil's T or L, ``total`` = ``within`` + ``between``.

    For each of the ``groups`` (groups,): ``inside`` its own index, ``share`` its weight in ``within``
    (income shares s_k for T, population shares p_k for L), ``contribution`` = share * inside. A group
    whose values are all zero has a share of zero under T and no index of its own (NaN).
    """

    measure: Literal["T", "L"]
    total: float
    within: float
    between: float
    groups: tuple[str, ...]
    inside: Vector
    share: Vector
    contribution: Vector


@dataclass(frozen=True)
class DagumGini:
    """The Gini index, ``total`` = ``within`` + ``net_between`` + ``overlap``.

    ``overlap`` is the intensity of transvariation: pairs in which the member of the poorer group is ahead.
    ``inside`` (groups,) the Gini index of each group; ``across`` (groups, groups) the Gini index between
    two groups; ``distance`` (groups, groups) D_jh, their relative economic affluence, 0 to 1. Both have a
    diagonal of ``inside`` and zero.
    """

    total: float
    within: float
    net_between: float
    overlap: float
    groups: tuple[str, ...]
    inside: Vector
    across: Matrix
    distance: Matrix


def theil(
    y: Vector,
    groups: Sequence[str] | None = None,
    measure: Literal["T", "L"] = "T",
    population: Vector | None = None,
) -> Theil:
    """Theil's index with its decomposition into inequality within and between groups.

    T = sum s_i ln(s_i / p_i), L = sum p_i ln(p_i / s_i), with p_i the population share of place i and s_i
    its share of the total of y; equal p_i give T = (1/n) sum (y/mu) ln(y/mu). T weighs groups by s_k, L by
    p_k (Theil 1967, Economics and Information Theory; Shorrocks 1980, doi 10.2307/1913126).

    Parameters
    ----------
    y : (places,) non-negative values, per head where ``population`` is given.
    groups : (places,) the group of each place; none gives one group.
    population : (places,) positive weights of the places; none counts each place once.

    Raises
    ------
    ScaleError
        S182 for missing or negative values or a total of zero, S183 for L with a value of zero.

    Examples
    --------
    >>> result = theil(np.array([1.0, 2, 3, 6]), ["a", "a", "b", "b"])
    >>> round(result.total, 6), round(result.within, 6), round(result.between, 6)
    (0.187445, 0.056633, 0.130812)
    """
    _check(y)
    if measure == "L" and (y == 0).any():
        raise ScaleError(Finding("S183", params={"count": int((y == 0).sum())}))
    weight = np.ones_like(y) if population is None else population
    p = weight / weight.sum()
    s = p * y / (p @ y)
    names, members = _split(groups, len(y))
    p_k = np.array([p[at].sum() for at in members])
    s_k = np.array([s[at].sum() for at in members])
    outer, inner, share = (s, p, s_k) if measure == "T" else (p, s, p_k)
    with np.errstate(invalid="ignore", divide="ignore"):
        inside = np.array(
            [_divergence(outer[at] / outer[at].sum(), inner[at] / inner[at].sum()) for at in members]
        )
    contribution = np.where(share > 0, share * inside, 0.0)
    return Theil(
        measure=measure,
        total=_divergence(outer, inner),
        within=float(contribution.sum()),
        between=_divergence(s_k, p_k) if measure == "T" else _divergence(p_k, s_k),
        groups=names,
        inside=inside,
        share=share,
        contribution=contribution,
    )


def _divergence(a: Vector, b: Vector) -> float:
    """Return sum a ln(a/b), with 0 ln 0 = 0; NaN where the shares are."""
    if np.isnan(a).any():
        return float("nan")
    return float(np.sum(a * np.log(np.where(a > 0, a, b) / b)))


def gini(y: Vector) -> float:
    """Gini index: the mean absolute difference of all pairs, a place with itself included, over twice the mean.

    Parameters
    ----------
    y : (places,) non-negative.

    Raises
    ------
    ScaleError
        S182 for missing or negative values or a total of zero.

    Examples
    --------
    >>> round(gini(np.array([1.0, 2, 5, 3, 4, 9])), 6)
    0.347222
    """
    _check(y)
    return _gap(y, y)[0] / (2 * float(y.mean()))


def dagum_gini(y: Vector, groups: Sequence[str]) -> DagumGini:
    """Dagum's decomposition of the Gini index (Dagum 1997, doi 10.1007/BF01205777).

    G = G_w + G_nb + G_t: within groups, net between groups, and transvariation. Two groups have the index
    G_jh, of which the share D_jh = (d - p)/(d + p) is net: d is the mean lead of the members of the
    group with the larger mean where they are ahead, p that of the other group where it is.

    Parameters
    ----------
    y : (places,) non-negative; groups : (places,) the group of each place.

    Raises
    ------
    ScaleError
        S182 for missing or negative values or a total of zero.

    Examples
    --------
    >>> result = dagum_gini(np.array([1.0, 2, 5, 3, 4, 9]), list("aaabbb"))
    >>> [round(part, 6) for part in (result.within, result.net_between, result.overlap)]
    [0.138889, 0.166667, 0.041667]
    """
    _check(y)
    names, members = _split(groups, len(y))
    count = len(names)
    p = np.array([len(at) for at in members]) / len(y)
    s = np.array([y[at].sum() for at in members]) / y.sum()
    across, distance = np.zeros((count, count)), np.zeros((count, count))
    for j in range(count):
        for h in range(j + 1):
            across[j, h], distance[j, h] = _between(y[members[j]], y[members[h]])
    across, distance = (part + np.tril(part, -1).T for part in (across, distance))
    mass = across * np.outer(p, s)
    off = mass - np.diag(np.diag(mass))
    return DagumGini(
        total=gini(y),
        within=float(np.trace(mass)),
        net_between=float((off * distance).sum()),
        overlap=float((off * (1 - distance)).sum()),
        groups=names,
        inside=np.diag(across).copy(),
        across=across,
        distance=distance,
    )


def _between(a: Vector, b: Vector) -> tuple[float, float]:
    """Return G_jh and D_jh of two groups; groups that are all zero do not differ."""
    total, lead = _gap(a, b)
    size = float(a.mean() + b.mean())
    if total <= _NOTHING * size:
        return 0.0, 0.0
    return total / size, min(abs(2 * lead - total) / total, 1.0)


def _gap(a: Vector, b: Vector) -> tuple[float, float]:
    """Return the mean of |a_i - b_k| over all pairs, and of (a_i - b_k) where it is positive."""
    ordered = np.sort(b)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.searchsorted(ordered, a)
    pairs = len(a) * len(b)
    lead = float((a * below - sums[below]).sum()) / pairs
    behind = float((sums[-1] - sums[below] - a * (len(b) - below)).sum()) / pairs
    return lead + behind, lead


def _check(y: Vector) -> None:
    wrong = ~np.isfinite(y) | (y < 0)
    if wrong.any() or y.sum() == 0:
        at = tuple(str(place + 1) for place in np.flatnonzero(wrong)[:8])
        raise ScaleError(Finding("S182", params={"count": int(wrong.sum()), "at": at or ("–",)}))


def _split(groups: Sequence[str] | None, places: int) -> tuple[tuple[str, ...], Members]:
    """Return the names of the groups in the order of their first place, and the places of each."""
    if groups is None:
        return ("",), [np.arange(places)]
    names = tuple(dict.fromkeys(groups))
    return names, [np.flatnonzero([group == name for group in groups]) for name in names]
