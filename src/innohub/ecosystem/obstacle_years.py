"""Obstacles over the years: mean, trend and change of each, and the leading one."""

import numpy as np
import pandas as pd

from innohub.index.rank import rank_scores

_SLACK = 1e-12


def obstacle_trends(table: pd.DataFrame, kind: str = "indicator", *, least: float = 0.8) -> pd.DataFrame:
    """Return for every place and indicator (or ``group``) the mean over the years, the trend and the change.

    Parameters
    ----------
    table : ``indicators`` or ``groups`` of :class:`Obstacles`; columns place, year, the kind, degree, known.
    least : share of the weight with values that a year needs. Where much is missing, the few indicators left share
        the whole, and their degrees cannot be compared with those of fuller years.

    Returns
    -------
    place, the kind, years (number with a degree), mean, trend (least-squares slope a year; NaN with one year), start,
    end (years), first, last (degrees), change, known (least of the years used), rank (by the mean, 1 the largest
    obstacle of the place). Places without any year that is full enough are left out.
    """
    rows = []
    full = table[table["known"] >= least - _SLACK]
    for (place, name), series in full.dropna(subset=["degree"]).groupby(["place", kind], sort=False):
        ordered = series.sort_values("year")
        year, degree = ordered["year"].to_numpy(float), ordered["degree"].to_numpy(float)
        apart = year - year.mean()
        slope = float(apart @ degree / (apart @ apart)) if len(year) > 1 else np.nan
        ends = (int(year[0]), int(year[-1]), degree[0], degree[-1], ordered["known"].min())
        rows.append((place, name, len(year), degree.mean(), slope, *ends))
    columns = ["place", kind, "years", "mean", "trend", "start", "end", "first", "last", "known"]
    out = pd.DataFrame(rows, columns=columns).assign(change=lambda t: t["last"] - t["first"])
    out["rank"] = [np.nan] * len(out)
    for _, group in out.groupby("place"):
        out.loc[group.index, "rank"] = rank_scores(group["mean"].to_numpy(float))
    return out
