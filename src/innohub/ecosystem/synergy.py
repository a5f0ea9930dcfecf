"""Synergy of subjects and of levels, and open innovation: shares of tie weight with intervals over works."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.bootstrap import FEW_WORKS, bootstrap_interval, ratio
from innohub.ecosystem.expectation import expected_rates, group_rows
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
    """Return the share of tie weight between different sectors, against sectors that mix at random.

    With s_k the share of tie ends in sector k, random mixing expects 1 - sum s_k^2 (the configuration null of Newman
    2003, Physical Review E 67:026126, doi 10.1103/PhysRevE.67.026126, on the level of sectors).

    Parameters
    ----------
    ties : columns work, sector, other_sector, weight (1 when absent), and those of ``by``.
    by : columns that tell groups, such as place.
    draws : works are drawn anew so many times, for the limits that hold the middle ``level``.

    Returns
    -------
    Table of ``by`` with value, low, high, expected, ratio, ratio_low, ratio_high, weight (of the ties that count),
    works. Findings N208 (no tie), N209 (ties without a sector left out), N206 (few works).
    """
    ties = _weighed(ties)
    known = ties["sector"].fillna("").ne("") & ties["other_sector"].fillna("").ne("")
    kept = ties[known]
    sectors = sorted({*kept["sector"], *kept["other_sector"]}, key=str)
    ends = {
        f"end_{name}": (kept["sector"].eq(name) * 0.5 + kept["other_sector"].eq(name) * 0.5) * kept["weight"]
        for name in sectors
    }
    crossing = kept["sector"].ne(kept["other_sector"]) * kept["weight"]
    parts = kept.assign(part=crossing, whole=kept["weight"], **ends)

    def mixed(sums: Array) -> tuple[Array, Array]:
        share = ratio(sums[:, :2])
        whole = sums[:, 1:2]
        ends = np.divide(sums[:, 2:], whole, out=np.full(sums[:, 2:].shape, np.nan), where=whole > 0)
        return share, 1 - (ends**2).sum(axis=1)

    table, findings = expected_rates(
        parts, ["part", "whole", *ends], mixed, by, draws=draws, rng=rng, level=level
    )
    lost = int((~known).sum())
    left = (Finding("N209", "warning", params={"count": lost, "whole": len(ties)}),) if lost else ()
    return table, (*findings, *left)


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

    It is set against levels dealt to the members at random: a work of n members is expected to join levels with
    probability 1 - sum p_k^n, p_k being the share of level k among all members.

    Parameters
    ----------
    members : columns work (project or platform), level, amount (what the level gives; each work counts 1 when
        the column is absent), and those of ``by``.

    Returns
    -------
    Table of ``by`` with value (amount of works with two levels or more over all), low, high, expected, ratio,
    ratio_low, ratio_high, weight, works. Table of ``by`` with level, other, share: of the amount, what goes to works
    in which both take part. Findings N208 and N206.

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
    counted = {f"of_{name}": members["level"].eq(name).astype(float) for name in LEVELS}
    grouped = members.assign(amount=amount, **counted).groupby(keys, sort=False)
    works = grouped.agg(
        whole=("amount", "sum"), levels=("level", frozenset), size=("level", "size"),
        **{name: (name, "sum") for name in counted},
    ).reset_index()  # fmt: skip
    if "amount" not in members:
        works["whole"] = 1.0
    works["part"] = works["whole"] * works["levels"].map(len).ge(2)
    sizes = sorted(set(works["size"]))
    by_size = {f"size_{size}": works["whole"] * works["size"].eq(size) for size in sizes}
    table, findings = expected_rates(
        works.assign(**by_size), ["part", "whole", *counted, *by_size],
        lambda sums: _dealt(sums, np.array(sizes, dtype=float)), by, draws=draws, rng=rng, level=level,
    )  # fmt: skip
    return table, _shared(works, by), findings


def _dealt(sums: Array, sizes: Array) -> tuple[Array, Array]:
    """Return the joint share, and that of levels dealt at random to works of the same sizes."""
    rows, by_size = sums[:, 2 : 2 + len(LEVELS)], sums[:, 2 + len(LEVELS) :]
    total = rows.sum(axis=1, keepdims=True)
    dealt = np.divide(rows, total, out=np.full(rows.shape, np.nan), where=total > 0)
    joint = 1 - (dealt[:, :, None] ** sizes).sum(axis=1)
    return ratio(sums[:, :2]), ratio(np.column_stack([(by_size * joint).sum(axis=1), sums[:, 1]]))


def _shared(works: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the share of the amount in which each pair of levels takes part together."""
    rows = []
    for key, part in group_rows(works, by):
        total = part["whole"].sum()
        for pair in combinations(LEVELS, 2):
            joint = part.loc[part["levels"].map(set(pair).issubset), "whole"].sum()
            rows.append((*key, *pair, joint / total if total > 0 else np.nan))
    return pd.DataFrame(rows, columns=[*by, "level", "other", "share"])


def _weighed(ties: pd.DataFrame) -> pd.DataFrame:
    ties = ties if "weight" in ties else ties.assign(weight=1.0)
    require_amounts(ties["weight"].to_numpy(float))
    return ties


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
    for key, part in group_rows(parts, by):
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
