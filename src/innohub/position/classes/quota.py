"""Classes by quota: the best shares of places by mean score, the others by breadth and balance."""

from collections.abc import Sequence
from dataclasses import replace
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.scheme import Scheme, rule_text
from innohub.errors import Finding, ModelError
from innohub.index.rank import rank_scores
from innohub.position.classes.breadth import place_by_breadth
from innohub.position.classes.standing import Standing, standing_table
from innohub.position.tier.classify import quota_ends

Vector = NDArray[np.float64]


def place_by_quota(
    segments: pd.DataFrame, found: Scheme, *, bar: float, quota: Sequence[float] | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Give the upper classes to the best shares of places by mean score, the rest by breadth and balance.

    The first class takes the first share of all places with scores, the second the next, and so on; a share of
    places is rounded to the nearest whole number, halves up, and places tied on the last rank are all taken. A
    place outside the quotas gets no class above the first that has none.

    Parameters
    ----------
    quota : shares from the highest class down; the scheme's own (2011: 0.10 and 0.20) by default.

    Returns
    -------
    As :func:`place_by_breadth`; ``value`` is the mean score.

    Raises
    ------
    ModelError
        N179 when the scheme has no quota and none is given, or the shares do not fit.
    """
    shares = _shares(found, quota)
    table, findings = place_by_breadth(segments, found, bar=bar)
    known = segments.notna().all(axis=1).to_numpy()
    mean = np.where(known, segments.mean(axis=1).to_numpy(dtype=float), nan)
    rank = rank_scores(mean)
    ends = quota_ends(shares, int(known.sum())).tolist()
    rows = []
    for number, (_, row) in enumerate(table.iterrows()):
        standing = _from_breadth(found, row, mean[number])
        if known[number]:
            standing = _by_rank(standing, mean, rank, ends, shares)
        rows.append(standing)
    return standing_table(found, rows), findings


def _shares(found: Scheme, quota: Sequence[float] | None) -> list[float]:
    shares = [float(share) for share in (quota or found.parameters.get("quota", ()))]
    if shares and min(shares) > 0 and sum(shares) <= 1 + 1e-9 and len(shares) < len(found.grades):
        return shares
    given = ", ".join(f"{share:g}" for share in shares) or "-"
    raise ModelError(Finding("N179", params={"name": "quota", "given": given, "wanted": "0.1, 0.2"}))


def _from_breadth(found: Scheme, row: "pd.Series[float]", mean: float) -> Standing:
    """Read the standing by breadth back from its row, with the mean score as its value."""
    names = [grade.id for grade in found.grades]
    return Standing(
        place=str(row["place"]),
        value=mean,
        index=names.index(str(row["class"])) if row["class"] else None,
        rule=str(row["rule"]),
        closed=str(row["closed"]),
        distance=row["distance"],
        distance_in=str(row["distance_in"]),
        rule_zh=str(row["rule_zh"]),
        rule_en=str(row["rule_en"]),
    )


def _by_rank(
    standing: Standing, mean: Vector, rank: Vector, ends: list[int], shares: list[float]
) -> Standing:
    """Give the class of a rank within the quotas; outside them keep the class by breadth, but none above."""
    own = float(rank[mean == standing.value][0])
    tier = next((number for number, end in enumerate(ends) if own <= end), len(ends))
    share = 100 * sum(shares[: tier + 1])
    told = {"rank": f"{own:g}", "share": f"{share:g}", "count": int((~np.isnan(mean)).sum())}
    index: int | None = tier
    if tier < len(ends):
        rule = f"rank {own:g} ≤ {ends[tier]}"
        zh, en = rule_text("within", "zh", **told), rule_text("within", "en", **told)
    else:
        index = None if standing.index is None else max(standing.index, tier)
        rule = f"rank {own:g} > {ends[-1]}; {standing.rule}"
        zh = rule_text("outside", "zh", breadth=standing.rule_zh, **told)
        en = rule_text("outside", "en", breadth=standing.rule_en, **told)
    changed = replace(standing, index=index, rule=rule, rule_zh=zh, rule_en=en)
    if index is None or index > len(ends):
        return changed
    last = mean[rank <= ends[index - 1]] if index else np.array([])
    gap = float(last.min()) - standing.value if len(last) else nan
    return replace(changed, distance=gap, distance_in="score" if len(last) else "")
