"""Size equivalents: where a city's value would stand in a ranking of countries or cities."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.errors import Finding, ModelError
from innohub.index.rank import round_significant
from innohub.position.standing.money import convert
from innohub.position.standing.nearest import nearest_year


@dataclass(frozen=True)
class Equivalent:
    """A value put into a ranking.

    ``rank`` is 1 + the number of members above it, so that a member of the same value shares the rank; ``above``
    and ``below`` are the neighbours (name, value, year) or None at the ends, ``level`` those of the same value.
    ``members`` is the number compared with, ``other_years`` how many of them are of another year. ``marks`` is
    "year" where that is so, or empty.
    """

    place: str
    indicator: str
    value: float
    unit: str
    year: int
    converted: float
    ranking_unit: str
    rate: float | None
    rank: int
    members: int
    above: tuple[str, float, int] | None
    below: tuple[str, float, int] | None
    level: tuple[str, ...]
    other_years: int
    marks: str
    findings: tuple[Finding, ...]

    def row(self) -> dict[str, object]:
        """Return the equivalent as a row of the table ``equivalents``."""
        above, below = self.above or ("", np.nan, pd.NA), self.below or ("", np.nan, pd.NA)
        names = (
            "place",
            "indicator",
            "value",
            "unit",
            "year",
            "converted",
            "ranking_unit",
            "rank",
            "members",
        )
        return {name: getattr(self, name) for name in names} | {
            "rate": np.nan if self.rate is None else self.rate,
            "above": above[0], "above_value": above[1], "above_year": above[2],
            "below": below[0], "below_value": below[1], "below_year": below[2],
            "level": ";".join(self.level), "other_years": self.other_years, "marks": self.marks,
        }  # fmt: skip


def size_equivalent(
    place: str,
    value: float,
    year: int,
    ranking: pd.DataFrame,
    *,
    indicator: str = "",
    unit: str = "",
    ranking_unit: str = "",
    rate: float | None = None,
    max_gap: int = 0,
    leave_out: bool = False,
) -> Equivalent:
    """Convert a value at a stated rate and insert it into a ranking, the largest first.

    Parameters
    ----------
    place : the place whose value it is; a row of its own in the ranking is passed over.
    value : in ``unit``, of ``year``.
    ranking : columns place, year, value (in ``ranking_unit``); rows without a value are passed over and named.
    rate : units of the value's currency for one of the ranking's, the average of the year.
    max_gap : years by which members' values may differ from ``year``; they are marked.
    leave_out : leave members whose values are only of other years out, and name them, instead of refusing.

    Raises
    ------
    ModelError
        N120 units that cannot be converted; N124 members whose values are only of other years; N127 no member
        left, or no value to put in.

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["spain", "mexico"], "year": 2015, "value": [11990.0, 11443.0]})
    >>> found = size_equivalent("guangdong", 11693, 2015, table)
    >>> found.rank, found.above[0], found.below[0]
    (2, 'spain', 'mexico')
    """
    converted = convert(value, unit, ranking_unit, rate, place)
    others = ranking.loc[ranking["place"] != place]
    findings = [] if len(others) == len(ranking) else [Finding("N126", "note", params={"place": place})]
    members = nearest_year(others, year, max_gap)
    valued = others.loc[others["value"].notna(), "place"]
    late = sorted(set(valued) - set(members["place"]))
    if late and not leave_out:
        raise ModelError(_other_years(late, others, year, max_gap))
    if empty := sorted(set(others["place"]) - set(members["place"])):
        params = {"place": place, "indicator": indicator, "count": len(empty), "peers": tuple(empty)}
        findings.append(Finding("N133", "warning", params=params | {"gap": max_gap}))
    if members.empty or np.isnan(converted):
        raise ModelError(Finding("N127", params={"place": place}))
    scores = round_significant(members["value"].to_numpy(dtype=float))
    own = float(round_significant(np.array([converted]))[0])
    other_years = int((members["gap"] != 0).sum())
    return Equivalent(
        place=place, indicator=indicator, value=value, unit=unit, year=year, converted=converted,
        ranking_unit=ranking_unit, rate=rate, rank=int((scores > own).sum()) + 1, members=len(members),
        above=_neighbour(members.loc[scores > own], "min"), below=_neighbour(members.loc[scores < own], "max"),
        level=tuple(sorted(members.loc[scores == own, "place"])), other_years=other_years,
        marks="year" if other_years else "", findings=tuple(findings),
    )  # fmt: skip


def _other_years(late: list[str], ranking: pd.DataFrame, year: int, max_gap: int) -> Finding:
    years = ranking.loc[ranking["place"].isin(late), "year"].astype(int)
    params = {"count": len(late), "peers": tuple(late), "year": year, "gap": max_gap}
    return Finding("N124", params=params | {"first": int(years.min()), "last": int(years.max())})


def _neighbour(side: pd.DataFrame, end: str) -> tuple[str, float, int] | None:
    """Return the member of a side that is nearest; of equal ones the first by name."""
    if side.empty:
        return None
    row = side.sort_values(["value", "place"], ascending=[end == "min", True]).iloc[0]
    return str(row["place"]), float(row["value"]), int(row["year"])
