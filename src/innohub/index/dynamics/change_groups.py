"""Inequality of an index within groups of places and between them, year by year, as a result table."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, InnohubError
from innohub.index.dynamics.inequality import DagumGini, Theil, dagum_gini, theil
from innohub.index.dynamics.scores import Scores

Vector = NDArray[np.float64]
Row = tuple[str, str, str, float, float]
_COLUMNS = ["year", "measure", "group", "other", "component", "value", "share"]


def group_table(scores: Scores, labels: Mapping[str, str], found: list[Finding]) -> dict[str, pd.DataFrame]:
    """Split Theil's T and L and Dagum's Gini of each year by groups; nothing with fewer than two groups.

    Columns: year, measure (theil_t, theil_l, dagum), group, other, component, value, share of the total. Rows with
    group "" are about the whole: total, within, between; for Dagum within, net_between, overlap. ``inside`` is the
    measure of one group, its share what it adds to the total. ``across`` is the Gini index between two groups, its
    share what they add together; ``distance`` is their relative economic affluence, 0 to 1.
    """
    places, column = scores.places, f"index.{scores.index}.change.groups"
    names = np.array([labels.get(place, "") for place in places], dtype=object)
    if bare := tuple(place for place, name in zip(places, names, strict=True) if not name):
        found.append(Finding("S310", "warning", "study.toml", column=column, params={"places": bare}))
    groups = sorted({name for name in names if name})
    if len(groups) < 2:
        params = {"count": len(groups), "groups": tuple(groups) or ("–",)}
        found.append(Finding("S311", "warning", "study.toml", column=column, params=params))
        return {}
    tables, failed = [], dict[str, list[int]]()
    for year, row in zip(scores.years, scores.matrix, strict=True):
        here = np.isfinite(row) & (names != "")
        for measure, split in _SPLITS.items():
            try:
                rows = split(row[here], names[here].tolist())
            except InnohubError:
                failed.setdefault(measure, []).append(year)
                continue
            tables += [(year, measure, *each) for each in rows]
    for measure, lost in failed.items():
        params = {"measure": measure, "years": tuple(map(str, lost))}
        found.append(Finding("S312", "warning", "study.toml", column=column, value=measure, params=params))
    return {"inequality_groups": pd.DataFrame(tables, columns=_COLUMNS)} if tables else {}


def _theil_t(y: Vector, groups: Sequence[str]) -> list[Row]:
    return _theil_rows(theil(y, groups, "T"))


def _theil_l(y: Vector, groups: Sequence[str]) -> list[Row]:
    return _theil_rows(theil(y, groups, "L"))


def _theil_rows(split: Theil) -> list[Row]:
    whole = {"total": split.total, "within": split.within, "between": split.between}
    rows = [("", "", part, value, _share(value, split.total)) for part, value in whole.items()]
    inner = zip(split.groups, split.inside.tolist(), split.contribution.tolist(), strict=True)
    return rows + [(name, "", "inside", own, _share(adds, split.total)) for name, own, adds in inner]


def _dagum(y: Vector, groups: Sequence[str]) -> list[Row]:
    split = dagum_gini(y, groups)
    whole = {"total": split.total, "within": split.within, "net_between": split.net_between}
    whole["overlap"] = split.overlap
    rows = [("", "", part, value, _share(value, split.total)) for part, value in whole.items()]
    return rows + _pairs(split, y, np.array(groups, dtype=object))


def _pairs(split: DagumGini, y: Vector, groups: NDArray[np.object_]) -> list[Row]:
    """Return the index of each group and of each pair, with what they add to the total."""
    rows: list[Row] = []
    p = [float((groups == name).mean()) for name in split.groups]
    s = [float(y[groups == name].sum() / y.sum()) for name in split.groups]
    for j, name in enumerate(split.groups):
        own = float(split.inside[j])
        rows.append((name, "", "inside", own, _share(own * p[j] * s[j], split.total)))
        for h in range(j + 1, len(split.groups)):
            other, gap = split.groups[h], float(split.across[j, h])
            adds = gap * (p[j] * s[h] + p[h] * s[j])
            rows.append((name, other, "across", gap, _share(adds, split.total)))
            rows.append((name, other, "distance", float(split.distance[j, h]), float("nan")))
    return rows


def _share(part: float, total: float) -> float:
    return part / total if total > 0 else float("nan")


_SPLITS: dict[str, Callable[[Vector, Sequence[str]], list[Row]]] = {
    "theil_t": _theil_t,
    "theil_l": _theil_l,
    "dagum": _dagum,
}
