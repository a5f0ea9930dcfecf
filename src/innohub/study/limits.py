"""What the table of indicators says in numbers: factor, bounds, target, noise."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import plain_numbers
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
        for position in np.flatnonzero(frame[name].notna().to_numpy()):
            key, number = frame["indicator"].iloc[position], float(frame[name].iloc[position])
            if not holds(number):
                params = {"id": shown(key), "limit": limit}
                found.append(_at(frame, position, "P040", name, f"{number:g}", params))
                frame.loc[frame.index[position], name] = np.nan
    for position in np.flatnonzero((frame["low"] >= frame["high"]).to_numpy()):
        low, high = (f"{frame[name].iloc[position]:g}" for name in ("low", "high"))
        params = {"id": shown(frame["indicator"].iloc[position]), "low": low, "high": high}
        found.append(_at(frame, position, "P041", "low", low, params))
    for position in np.flatnonzero((written["factor"] & (frame["denominator"] == "")).to_numpy()):
        params = {"id": shown(frame["indicator"].iloc[position])}
        value = f"{frame['factor'].iloc[position]:g}"
        found.append(_at(frame, position, "P044", "factor", value, params, level="warning"))
    frame["factor"] = frame["factor"].fillna(1.0)


def read_denominators(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Turn what stands below each indicator into an id, in place; a denominator must not be divided itself."""
    frame["denominator"] = resolve(frame, "denominator", names_of(frame, "indicator", "P002"), found)
    divided = {
        key for key, below in frame[["indicator", "denominator"]].itertuples(index=False) if below
    }
    for position in np.flatnonzero(frame["denominator"].isin(divided).to_numpy()):
        key, below = frame["indicator"].iloc[position], frame["denominator"].iloc[position]
        params = {"id": shown(key), "denominator": shown(below)}
        found.append(_at(frame, position, "P042", "denominator", shown(below), params))


def _at(
    frame: pd.DataFrame,
    position: int,
    code: str,
    column: str,
    value: str,
    params: dict[str, str],
    level: str = "error",
) -> Finding:
    """Return a finding about a cell."""
    file, row = str(frame["file"].iloc[position]), int(frame["row"].iloc[position])
    return Finding(code, level, file, row, column, value, params)  # type: ignore[arg-type]
