"""Targets: how far along, how fast it would have to go on, met or missed."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from innohub.errors import Finding, ModelError
from innohub.index.rank import round_significant

_EVEN = 1e-9


@dataclass(frozen=True)
class Target:
    """A target: from ``base`` in ``base_year`` to ``target`` in ``deadline``, and where the value now is.

    NaN stands for a base or value that is not known; ``lower`` says that less is better.
    """

    place: str
    indicator: str
    base: float
    base_year: int
    target: float
    deadline: int
    value: float
    year: int
    lower: bool = False


@dataclass(frozen=True)
class Track:
    """How a target stands.

    ``progress`` is (value - base) / (target - base); ``expected`` the share of the time that has passed, at most 1,
    and ``expected_value`` the value on the straight path. Growth rates are yearly shares (0.066 = 6.6 %), changes
    are yearly in the unit of the indicator. ``growth_defined`` is False where a rate has no meaning; the
    changes then tell the path. ``on_track`` is None where it cannot be said. ``status`` is one of met, missed,
    reached early, on track, off track, at base, no base, no value. ``marks`` is "year" where a value from after
    the deadline judges it.
    """

    progress: float
    expected: float
    expected_value: float
    required_growth: float
    achieved_growth: float
    required_change: float
    achieved_change: float
    growth_defined: bool
    on_track: bool | None
    status: str
    marks: str


def annual_growth(first: float, last: float, years: float) -> float:
    """Return the constant yearly rate that leads from one value to another; NaN where there is none.

    Examples
    --------
    >>> round(annual_growth(1, 2, 5), 4), round(annual_growth(9835, 20_000, 5), 4)
    (0.1487, 0.1525)
    """
    if not (first > 0 and last > 0 and years > 0):
        return math.nan
    return float((last / first) ** (1 / years) - 1)


def track(target: Target) -> Track:
    """Hold a value against its target.

    A target that its base has already reached (a ceiling to keep) has no progress: it is on track while it is
    kept. Growth is undefined where base and target are equal, or a value is zero or below.

    Raises
    ------
    ModelError
        N128 for a deadline that is not after the base year, or a value from before it; N131 without a target.

    Examples
    --------
    >>> done = track(Target("china", "rd_intensity", 2.0, 2015, 2.5, 2020, 2.2, 2018))
    >>> round(done.progress, 2), done.expected, done.on_track, round(done.required_growth, 4)
    (0.4, 0.6, False, 0.066)
    """
    _check(target)
    b, x, goal = target.base, target.value, target.target
    span, passed, left = (
        target.deadline - target.base_year, target.year - target.base_year, target.deadline - target.year,
    )  # fmt: skip
    keep = _reached(b, target)
    moving = not (keep or math.isnan(b) or math.isnan(x))
    expected = min(1.0, passed / span) if moving else math.nan
    progress = (x - b) / (goal - b) if moving else math.nan
    defined = b != goal and all(math.isnan(number) or number > 0 for number in (b, x, goal))
    even = moving and progress >= expected - _EVEN
    status = _status(target, keep, bool(even))
    verdicts = {"met": True, "missed": False, "reached early": True, "on track": True, "off track": False}
    return Track(
        progress=progress,
        expected=expected,
        expected_value=b + expected * (goal - b),
        required_growth=annual_growth(x, goal, left) if defined else math.nan,
        achieved_growth=annual_growth(b, x, passed) if defined else math.nan,
        required_change=(goal - x) / left if left > 0 else math.nan,
        achieved_change=(x - b) / passed if passed > 0 else math.nan,
        growth_defined=defined,
        on_track=verdicts.get(status),
        status=status,
        marks="year" if left < 0 and not math.isnan(x) else "",
    )


def _check(target: Target) -> None:
    where = {"place": target.place, "indicator": target.indicator}
    if math.isnan(target.target):
        raise ModelError(Finding("N131", params=where))
    known = not math.isnan(target.base)
    early = known and not math.isnan(target.value) and target.year < target.base_year
    if early or (known and target.deadline <= target.base_year):
        years = {"base": target.base_year, "deadline": target.deadline, "year": target.year}
        raise ModelError(Finding("N128", params=where | years))


def _reached(value: float, target: Target) -> bool:
    """Say whether a value meets the target; values that agree in ten digits are equal."""
    own, goal = round_significant(np.array([value, target.target])).tolist()
    return bool(own <= goal if target.lower else own >= goal)


def _status(target: Target, keep: bool, even: bool) -> str:
    if math.isnan(target.value):
        return "no value"
    reached = _reached(target.value, target)
    if target.year >= target.deadline:
        return "met" if reached else "missed"
    if reached:
        return "on track" if keep else "reached early"
    if math.isnan(target.base) or target.year == target.base_year:
        return "no base" if math.isnan(target.base) else "at base"
    return "on track" if even else "off track"


def track_targets(targets: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Track every row of a table of targets.

    Parameters
    ----------
    targets : columns place, indicator, base, base_year, target, deadline, value, year and, if wished, direction
        (1 or -1; default 1), file, row and any others. base_year may be missing where base is.

    Returns
    -------
    The table with the fields of :class:`Track` added, and notes on targets whose growth is undefined (N129) or
    which their base already meets (N132).

    Raises
    ------
    ModelError
        N128 and N131, all at once, with file and row.
    """
    wrong: list[Finding] = []
    notes: list[Finding] = []
    tracks: dict[int, dict[str, Any]] = {}
    rows = targets.reset_index(drop=True)
    for label, row in enumerate(rows.to_dict("records")):
        cells = {str(name): cell for name, cell in row.items()}
        spot, target = _spot(cells), _target(cells)
        try:
            done = track(target)
        except ModelError as error:
            wrong += [Finding(**(_plain(finding) | spot)) for finding in error.findings]
            continue
        tracks[label] = asdict(done)
        where = {"place": target.place, "indicator": target.indicator}
        if not done.growth_defined:
            notes.append(Finding("N129", "note", params=where, **spot))
        if _reached(target.base, target):
            notes.append(Finding("N132", "note", params=where, **spot))
    if wrong:
        raise ModelError(wrong)
    added = pd.DataFrame.from_dict(tracks, orient="index", columns=list(Track.__dataclass_fields__))
    return pd.concat([rows, added.astype({"on_track": "boolean"})], axis=1), tuple(notes)


def _target(row: Mapping[str, Any]) -> Target:
    base, goal, value = (
        float(row[name]) if pd.notna(row[name]) else math.nan for name in ("base", "target", "value")
    )
    start, deadline, year = (
        0 if pd.isna(row[name]) else int(row[name]) for name in ("base_year", "deadline", "year")
    )
    lower = row.get("direction", 1) == -1
    return Target(
        str(row["place"]), str(row["indicator"]), base, start, goal, deadline, value, year, lower=lower
    )


def _spot(row: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: row.get(name) for name in ("file", "row")}
    return {name: value for name, value in given.items() if value is not None and pd.notna(value)}


def _plain(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "level": finding.level, "params": finding.params}
