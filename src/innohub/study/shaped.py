"""Read a declared table by its shape: cells that must be filled, ids, numbers, years, what may stand only once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import plain_numbers
from innohub.study.columns import fit
from innohub.study.names import Names, resolve
from innohub.study.report import shown
from innohub.study.tables import Table
from innohub.study.values import FIRST_YEAR, LAST_YEAR

Check = Callable[[str, pd.DataFrame, list[Finding]], None]


@dataclass(frozen=True)
class Shape:
    """How a table is read: cells that must be filled, numbers, years among them, and what a row may say only once."""

    filled: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


def read_shaped(
    table: Table,
    kind: str,
    shape: Shape,
    known: Mapping[str, Names],
    found: list[Finding],
    *,
    check: Check | None = None,
) -> pd.DataFrame | None:
    """Return the sound rows of a table; what is wrong is named with its row.

    Parameters
    ----------
    known : the names that a column may hold, by column; a column without any is free.
    check : looks at the words of the sound rows.

    Returns
    -------
    Texts as written, ids, numbers as floats (NaN = blank), file and row; no rows where anything is wrong, None
    where a column is missing.
    """
    frame = fit(table, kind, found)
    if frame is None:
        return None
    before = len(found)
    sound = _check_filled(frame, shape, found)
    for column, names in known.items():
        if column in frame:
            given = frame[column].ne("").to_numpy()
            frame[column] = resolve(frame, column, names, found)
            sound &= frame[column].ne("").to_numpy() | ~given
    for column in shape.numbers:
        frame[column] = plain_numbers(frame, column, found)
    for column in shape.years:
        frame[column] = _years(frame, column, found)
    kept: pd.DataFrame = frame.loc[sound].reset_index(drop=True)
    if check:
        check(kind, kept, found)
    check_once(kept, shape, found)
    failed = any(finding.level == "error" for finding in found[before:])
    return kept if not failed else kept.iloc[:0]


def _check_filled(frame: pd.DataFrame, shape: Shape, found: list[Finding]) -> Any:
    sound = np.ones(len(frame), dtype=bool)
    for column in shape.filled:
        blank = frame[column].eq("").to_numpy()
        sound &= ~blank
        spots = frame.loc[blank, ["file", "row"]].itertuples(index=False)
        found += [Finding("P020", file=file, row=int(row), column=column) for file, row in spots]
    return sound


def _years(frame: pd.DataFrame, column: str, found: list[Finding]) -> Any:
    """Return years as floats, NaN where blank; what is no year is named."""
    texts = frame[column].to_numpy()
    years = plain_numbers(frame, column, found)
    wrong = np.isfinite(years) & ~((years % 1 == 0) & (years >= FIRST_YEAR) & (years <= LAST_YEAR))
    for at in np.flatnonzero(wrong).tolist():
        file, row = str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
        found.append(Finding("P016", "error", file, row, column, shown(texts[at]), {"count": 1}))
    return np.where(wrong, np.nan, years)


def check_once(frame: pd.DataFrame, shape: Shape, found: list[Finding]) -> None:
    """Name every row that says again what a row before it says; M260."""
    if not shape.once:
        return
    texts = [frame[name].map(_text) for name in shape.once]
    keys = list(zip(*texts, strict=True))
    first: dict[tuple[str, ...], int] = {}
    for key, file, row in zip(keys, frame["file"], frame["row"], strict=True):
        if key in first:
            told = ", ".join(shown(part) for part in key if part not in {"", "nan"})
            params = {"what": told, "first": first[key]}
            found.append(Finding("M260", "error", file, int(row), shape.once[-1], told, params))
        first.setdefault(key, int(row))


def _text(value: object) -> str:
    """Return a cell as it would be written: a year of 2019 without decimals."""
    return f"{value:g}" if isinstance(value, float) else str(value)
