"""Synergy of subjects and of levels, and open innovation: shares of tie weight with intervals over works."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.bootstrap import FEW_WORKS, bootstrap_interval, ratio
from innohub.ecosystem.shares import require_amounts
from innohub.errors import Finding, ModelError

Array = NDArray[np.float64]

LEVELS = ("national", "provincial", "municipal", "institution")
OPEN_KINDS = ("inward", "outward", "coupled")
_KINDS = ("internal", *OPEN_KINDS)


def work_ties(members: pd.DataFrame, counting: str = "whole") -> pd.DataFrame:
    """Return the ties among the members of each work: every pair of rows once.

    Parameters
    ----------
    members : column work and any of actor, sector, place: a row for each actor that takes part.
    counting : ``whole`` gives each tie the weight 1, ``fractional`` each work with a tie the weight 1 in all.

    Returns
    -------
    Table work, the columns of members for the first end, the same with ``other_`` for the second, weight.

    Raises
    ------
    ModelError
        N218 for another counting.

    Examples
    --------
    >>> members = pd.DataFrame({"work": [1, 1, 1], "sector": ["firm", "firm", "university"]})
    >>> float(work_ties(members, "fractional")["weight"].sum())
    1.0
    """
    if counting not in ("whole", "fractional"):
        raise ModelError(Finding("N218", params={"given": counting, "wanted": ("whole", "fractional")}))
    ends = [name for name in members if name != "work"]
    numbered = members.assign(number=np.arange(len(members)))
    pairs = numbered.merge(numbered, on="work", suffixes=("", "_2"))
    pairs = pairs[pairs["number"] < pairs["number_2"]].reset_index(drop=True)
    ties = pairs[["work", *ends]].assign(**{f"other_{name}": pairs[f"{name}_2"] for name in ends})
    if counting == "whole":
        return ties.assign(weight=1.0)
    return ties.assign(weight=1.0 / ties.groupby("work")["work"].transform("size"))


def subject_synergy(
    ties: pd.DataFrame, draws: int, rng: np.random.Generator, by: Sequence[str] = (), level: float = 0.9
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the share of tie weight between different sectors: how far subjects work across sectors.

    Parameters
    ----------
    ties : columns work, sector, other_sector, weight (1 when absent), and those of ``by``.
    by : columns that tell groups, such as place.
    draws : works are drawn anew so many times, for the limits that hold the middle ``level``.

    Returns
    -------
    Table of ``by`` with value, low, high, weight (of the ties that count), works. Findings N208 (no tie),
    N209 (ties without a sector left out), N206 (few works).
    """
    ties = _weighed(ties)
    known = ties["sector"].fillna("").ne("") & ties["other_sector"].fillna("").ne("")
    kept = ties[known]
    crossing = kept["sector"].ne(kept["other_sector"]) * kept["weight"]
    parts = kept.assign(part=crossing, whole=kept["weight"])
    table, findings = _rates(parts, ["part"], by, draws=draws, rng=rng, level=level)
    lost = int((~known).sum())
    left = (Finding("N209", "warning", params={"count": lost, "whole": len(ties)}),) if lost else ()
    return table.rename(columns={"part": "value", "part_low": "low", "part_high": "high"}), (*findings, *left)


def open_rates(
    ties: pd.DataFrame, draws: int, rng: np.random.Generator, by: Sequence[str] = (), level: float = 0.9
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return open-innovation rates: external, inward, outward and coupled ties over all ties.

    Chesbrough and Bogers (2014) tell inflows, outflows and coupled exchange apart; the three add up to external.

    Parameters
    ----------
    ties : columns work, kind (internal, inward, outward, coupled), weight (1 when absent), and those of ``by``.

    Returns
    -------
    Table of ``by`` with external, inward, outward, coupled, each with _low and _high, weight, works.

    Raises
    ------
    ModelError
        N218 for another kind of tie.
    """
    ties = _weighed(ties)
    strange = sorted(set(ties["kind"]) - set(_KINDS), key=str)
    if strange:
        raise ModelError(Finding("N218", params={"given": str(strange[0]), "wanted": _KINDS}))
    sums = {kind: ties["kind"].eq(kind) * ties["weight"] for kind in OPEN_KINDS}
    external = ties["kind"].ne("internal") * ties["weight"]
    parts = ties.assign(external=external, **sums, whole=ties["weight"])
    return _rates(parts, ["external", *OPEN_KINDS], by, draws=draws, rng=rng, level=level)


def level_synergy(
    members: pd.DataFrame, draws: int, rng: np.random.Generator, by: Sequence[str] = (), level: float = 0.9
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]:
    """Return the share of funding (or platforms) that levels of government and institutions carry together.

    Parameters
    ----------
    members : columns work (project or platform), level, amount (what the level gives; each work counts 1 when
        the column is absent), and those of ``by``.

    Returns
    -------
    Table of ``by`` with value (amount of works with two levels or more over all), low, high, weight, works.
    Table of ``by`` with level, other, share: of the amount, what goes to works in which both take part.
    Findings N208 and N206.

    Raises
    ------
    ModelError
        N218 for a level other than national, provincial, municipal, institution.
    """
    strange = sorted(set(members["level"]) - set(LEVELS), key=str)
    if strange:
        raise ModelError(Finding("N218", params={"given": str(strange[0]), "wanted": LEVELS}))
    keys = [*by, "work"]
    amount = members["amount"] if "amount" in members else pd.Series(1.0, members.index)
    require_amounts(np.asarray(amount, dtype=float))
    grouped = members.assign(amount=amount).groupby(keys, sort=False)
    works = grouped.agg(whole=("amount", "sum"), levels=("level", frozenset)).reset_index()
    if "amount" not in members:
        works["whole"] = 1.0
    works["part"] = works["whole"] * works["levels"].map(len).ge(2)
    pairs = list(combinations(LEVELS, 2))
    for number, pair in enumerate(pairs):
        works[f"pair{number}"] = works["whole"] * works["levels"].map(set(pair).issubset)
    table, findings = _rates(works, ["part"], by, draws=draws, rng=rng, level=level)
    names = [f"pair{number}" for number in range(len(pairs))]
    rows = []
    for key, part in _groups(works, by):
        total = part["whole"].sum()
        shares = part[names].sum() / total if total > 0 else pd.Series(np.nan, names)
        rows += [(*key, *pair, shares[name]) for pair, name in zip(pairs, names, strict=True)]
    shared = pd.DataFrame(rows, columns=[*by, "level", "other", "share"])
    return table.rename(columns={"part": "value", "part_low": "low", "part_high": "high"}), shared, findings


def _weighed(ties: pd.DataFrame) -> pd.DataFrame:
    ties = ties if "weight" in ties else ties.assign(weight=1.0)
    require_amounts(ties["weight"].to_numpy(float))
    return ties


def _groups(frame: pd.DataFrame, by: Sequence[str]) -> list[tuple[tuple[object, ...], pd.DataFrame]]:
    return [(key, part) for key, part in frame.groupby(list(by), sort=False)] if by else [((), frame)]


def _rates(
    parts: pd.DataFrame,
    names: list[str],
    by: Sequence[str],
    *,
    draws: int,
    rng: np.random.Generator,
    level: float,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the sum of each named column over that of ``whole``, by group, with limits from drawing works."""
    rows, few, none = [], [], []
    for key, part in _groups(parts, by):
        of_works = part.groupby("work")[[*names, "whole"]].sum()
        found = [
            bootstrap_interval(of_works[[name, "whole"]].to_numpy(float), ratio, draws, rng, level)
            for name in names
        ]
        told = [number for one in found for number in (one.value, one.low, one.high)]
        rows.append((*key, *told, of_works["whole"].sum(), len(of_works)))
        label = " ".join(map(str, key)) or "–"
        if not of_works["whole"].sum() > 0:
            none.append(label)
        elif len(of_works) < FEW_WORKS:
            few.append(label)
    head = [column for name in names for column in (name, f"{name}_low", f"{name}_high")]
    findings = [
        Finding(code, "warning", params={"count": len(found), "rows": tuple(found[:5]), "least": FEW_WORKS})
        for code, found in (("N208", none), ("N206", few))
        if found
    ]
    return pd.DataFrame(rows, columns=[*by, *head, "weight", "works"]), tuple(findings)
