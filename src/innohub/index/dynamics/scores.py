"""The scores of an index over the years, laid out for what is read from them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """The scores of an index over the years: ``matrix`` (years, places), NaN where a place has none."""

    index: str
    years: tuple[int, ...]
    places: tuple[str, ...]
    matrix: Matrix


def read_scores(history: pd.DataFrame, index: str, root: str) -> Scores:
    """Lay out the scores of an index's root by year; a year in which no place has one is left out."""
    rows = history[history["node"].eq(root)]
    wide = rows.pivot(index="year", columns="place", values="score").reindex(columns=rows["place"].unique())
    wide = wide.dropna(how="all")
    return Scores(index, tuple(wide.index.tolist()), tuple(wide.columns), wide.to_numpy(dtype=float))
