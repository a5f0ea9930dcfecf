"""What the table of indicators says in numbers: factor, bounds, target, noise."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import Spot, plain_numbers
from innohub.study.names import names_of, resolve
from innohub.study.report import shown

NUMBERS = ("factor", "low", "high", "target", "noise")
# What a number must be to have a meaning, as a reader sees it and as it is tested.
_RULES: dict[str, tuple[str, Callable[[float], bool]]] = {
    "factor": ("> 0", lambda number: number > 0),
    "noise": ("0…1", lambda number: 0 <= number <= 1),
}


def read_limits(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Read the numbers of each indicator in place; NaN where there is none, the factor of a division is 1 then."""
    written = {name: frame[name] != "" for name in NUMBERS}
    for name in NUMBERS:
        frame[name] = plain_numbers(frame, name, found)
    for name, (limit, holds) in _RULES.items():
        for position in _rows(frame[name].notna()):
            key, number = frame["indicator"].iloc[position], float(frame[name].iloc[position])
            if not holds(number):
                spot = _spot(frame, position, name, f"{number:g}")
                found.append(spot.finding("P040", id=shown(key), limit=limit))
                frame.loc[frame.index[position], name] = np.nan
    for position in _rows(frame["low"] >= frame["high"]):
        low, high = (f"{frame[name].iloc[position]:g}" for name in ("low", "high"))
        key = shown(frame["indicator"].iloc[position])
        found.append(_spot(frame, position, "low", low).finding("P041", id=key, low=low, high=high))
    for position in _rows(written["factor"] & (frame["denominator"] == "")):
        spot = _spot(frame, position, "factor", f"{frame['factor'].iloc[position]:g}")
        found.append(spot.finding("P044", "warning", id=shown(frame["indicator"].iloc[position])))
    frame["factor"] = frame["factor"].fillna(1.0)


def read_denominators(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Turn what stands below each indicator into an id, in place; a denominator must not be divided itself."""
    frame["denominator"] = resolve(frame, "denominator", names_of(frame, "indicator", "P002"), found)
    divided = {key for key, below in frame[["indicator", "denominator"]].itertuples(index=False) if below}
    for position in _rows(frame["denominator"].isin(divided)):
        key, below = frame["indicator"].iloc[position], frame["denominator"].iloc[position]
        spot = _spot(frame, position, "denominator", below)
        found.append(spot.finding("P042", id=shown(key), denominator=shown(below)))


def _rows(where: pd.Series) -> list[int]:
    """Return the positions where something holds."""
    return [int(position) for position in np.flatnonzero(where.to_numpy())]


def _spot(frame: pd.DataFrame, position: int, column: str, text: str) -> Spot:
    """Return where a cell stands and what it says."""
    return Spot(str(frame["file"].iloc[position]), int(frame["row"].iloc[position]), column, text)
