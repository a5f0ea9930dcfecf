"""What COINr's ``iMeta`` says of each indicator for normalising and dividing."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import Spec

Vector = NDArray[np.float64]

# Columns of numbers beside direction and weight, and the value where the cell is blank.
NUMBERS = (
    "Target",
    "minmax_lower",
    "minmax_upper",
    "zscore_mean",
    "zscore_sd",
    "scaled_lower",
    "scaled_upper",
    "goalpost_lower",
    "goalpost_upper",
    "goalpost_scale",
    "ScaleFactor",
)
SWITCHES = ("dist2targ_cap_max", "goalpost_trunc2posts")
# Where a method takes bounds under another name than the catalogue's; a column of iMeta each.
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "goalposts": {"low": "goalpost_lower", "high": "goalpost_upper"},
    "scaled": {"low": "scaled_lower", "high": "scaled_upper"},
    "dist_target": {"target": "Target"},
    "middle": {"target": "Target"},
}


def column_of(spec: Spec, key: str) -> str:
    """Return the column of ``iMeta`` that holds the numbers a normaliser calls ``key``; empty for none.

    >>> from innohub.catalog import parse_spec
    >>> column_of(parse_spec("goalposts(own, own)", "normalise"), "low")
    'goalpost_lower'
    """
    column = _COLUMNS.get(spec.name, {}).get(key, key)
    return column if column in (*NUMBERS, *SWITCHES) else ""


def own_columns(indicators: pd.DataFrame, spec: Spec) -> dict[str, Vector]:
    """Return the numbers that a normaliser takes from ``iMeta``, by their names in the catalogue.

    COINr gives the bounds of ``scaled`` on the negated scale where less is better; here they are brought back to the
    indicator's unit, which is what the catalogue means.

    Parameters
    ----------
    indicators : the table of indicators, one column a number.
    spec : the normaliser.
    """
    found = {
        key: indicators[column].to_numpy(dtype=float)
        for key in spec.own.values()
        if (column := column_of(spec, key))
    }
    if spec.name == "scaled":
        less = indicators["direction"].to_numpy(dtype=float) < 0
        low, high = (indicators[name].to_numpy(dtype=float) for name in ("scaled_lower", "scaled_upper"))
        both = {"low": np.where(less, -high, low), "high": np.where(less, -low, high)}
        found |= {key: both[key] for key in found}
    return found


def switch(text: str) -> float:
    """Return 1 for yes, 0 for no, NaN for a blank; a text that says neither raises ``ValueError``.

    >>> switch("TRUE"), switch("0")
    (1.0, 0.0)
    """
    word = text.strip().casefold()
    if word in ("", "na"):
        return float("nan")
    if word in ("true", "t", "1", "1.0", "yes"):
        return 1.0
    if word in ("false", "f", "0", "0.0", "no"):
        return 0.0
    raise ValueError(text)
