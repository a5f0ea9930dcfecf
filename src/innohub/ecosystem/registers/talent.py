"""The talent ladder: a pyramid of rungs, and its growth."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.registers import word_list

Vector = NDArray[np.float64]
# Stands for no year while years are sorted; before every other, so that nothing grows from it.
_UNDATED = -1


def talent_pyramid(talent: pd.DataFrame) -> pd.DataFrame:
    """Return the rungs of each place and year, the lowest first.

    Parameters
    ----------
    talent : columns place, year, rung, count; several rows of a rung add up. Rows without a year stand by themselves.

    Returns
    -------
    Table place, year, rung, count, share (of the year), to_lower (people for each one of the rung below, missing for
    the lowest rung and above an empty one), inverted (more people than on the rung below), growth (compound, a
    year, since the last year before with a count above zero). Rungs without a row are missing, not zero.
    """
    rungs = list(word_list("talent-rung"))
    rows: list[tuple[object, ...]] = []
    growth: list[float] = []
    dated = talent.assign(year=talent["year"].fillna(_UNDATED))
    for place, part in dated.groupby("place", sort=False):
        sums = part.groupby(["year", "rung"])["count"].sum(min_count=1).unstack("rung")
        counts = sums.reindex(columns=rungs).astype("Float64").to_numpy(float, na_value=np.nan)
        before: dict[str, tuple[int, float]] = {}
        for year, people in zip(sums.index.tolist(), counts, strict=True):
            rows += [(place, year, *told) for told in zip(rungs, *_rungs(people), strict=True)]
            growth += [
                _growth(before.get(rung), year, number) for rung, number in zip(rungs, people, strict=True)
            ]
            held = zip(rungs, people, strict=True) if year != _UNDATED else ()
            before |= {rung: (year, number) for rung, number in held if number > 0}
    head = ["place", "year", "rung", "count", "share", "to_lower", "inverted"]
    table = pd.DataFrame(rows, columns=head)
    years = table["year"].astype("Int64")
    return table.assign(
        year=years.mask(years.eq(_UNDATED)),
        count=table["count"].astype("Float64").astype("Int64"),
        growth=growth,
    )


def _rungs(people: Vector) -> tuple[Vector, Vector, Vector, NDArray[np.bool_]]:
    """Return people, share of all, people for each one of the rung below, whether they are more than there."""
    total = np.nansum(people)
    share = people / total if total > 0 else np.full(len(people), np.nan)
    lower = np.concatenate([[np.nan], people[:-1]])
    ratio = np.divide(people, lower, out=np.full(len(people), np.nan), where=lower > 0)
    return people, share, ratio, people > lower


def _growth(before: tuple[int, float] | None, year: int, count: float) -> float:
    if before is None or not count >= 0:
        return float("nan")
    return float((count / before[1]) ** (1 / (year - before[0])) - 1)
