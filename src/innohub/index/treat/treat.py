"""Choose and apply a method of the family ``treat`` (OECD/JRC Handbook 2008, step 5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import Finding, ScaleError
from innohub.index.scale import name, named
from innohub.index.treat.moments import is_flat, kurtosis, skewness
from innohub.index.treat.record import Step, Treated, Treatment
from innohub.index.treat.transform import TRANSFORMS, box_cox
from innohub.index.treat.winsorise import passes, winsorise_points, winsorise_until

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Treater = Callable[[Vector, Mapping[str, Any]], Step]

_LEAST = 4
_GII = {"skew": 2.25, "kurt": 3.5}
_MOST_NAMED = 10


def treat(
    x: Matrix, spec: Spec, *, places: Sequence[str] | None = None, indicators: Sequence[str] | None = None
) -> Treated:
    """Treat the outliers of each column; missing values stay missing.

    Columns with fewer than four values, or without spread, are left as they are with a warning.

    Parameters
    ----------
    x : (places, indicators), NaN for missing.
    spec : a spec of the family ``treat``.
    places, indicators : ids of rows and columns, for messages; without them both are numbered from 1.

    Returns
    -------
    values, the cells moved by winsorising, and a record for every column. A warning names every column that the rule
    could not bring within its limits.

    Raises
    ------
    ScaleError
        S161 more points to winsorise than the column has; S162 a logarithm or Box–Cox transform meets values of zero or
        below; S163 the GII's logarithm a largest value of at most 1; S164 a Box–Cox transform merges values.

    Examples
    --------
    >>> from innohub.catalog import parse_spec
    >>> x = np.array([[1, 2, 3, 4, 5, 6, 7, 8, 9, 100.0]]).T
    >>> done = treat(x, parse_spec("skew_kurt", "treat"))
    >>> done.values[-1, 0].item(), done.columns[0].points, round(done.columns[0].skew_after, 6)
    (9.0, 1, -0.151463)
    """
    values, moved = x.copy(), np.zeros(x.shape, dtype=bool)
    records, findings, errors = [], [], []
    for column in range(x.shape[1]):
        rows = np.flatnonzero(~np.isnan(x[:, column]))
        before = x[rows, column]
        try:
            step = _step(before, spec)
        except ScaleError as problem:
            errors += [_placed(finding, column, rows, places) for finding in problem.findings]
            continue
        values[rows, column], moved[rows, column] = step.values, step.moved
        record = _record(before, step, spec)
        records.append(record)
        findings += _warnings(before, record, column, spec)
    with named(indicators):
        if errors:
            raise ScaleError(errors)
    return Treated(values, moved, tuple(records), tuple(name(found, indicators) for found in findings))


def _step(x: Vector, spec: Spec) -> Step:
    if _is_skipped(x):
        return Step(x, np.zeros(len(x), dtype=bool))
    return _METHODS[spec.name](x, spec.arguments)


def _is_skipped(x: Vector) -> bool:
    return len(x) < _LEAST or is_flat(x)


def _record(before: Vector, step: Step, spec: Spec) -> Treatment:
    limits = _limits(spec)
    return Treatment(
        points=int(step.moved.sum()),
        transform=step.transform,
        power=step.power,
        skew_before=skewness(before),
        kurt_before=kurtosis(before),
        skew_after=skewness(step.values),
        kurt_after=kurtosis(step.values),
        passed=not limits or _is_skipped(before) or passes(step.values, **limits),
    )


def _limits(spec: Spec) -> Mapping[str, float]:
    if spec.name == "gii":
        return _GII
    return {"skew": spec["skew"], "kurt": spec["kurt"]} if spec.name == "skew_kurt" else {}


def _warnings(before: Vector, record: Treatment, column: int, spec: Spec) -> list[Finding]:
    if spec.name != "none" and _is_skipped(before):
        return [Finding("S160", "warning", params={"indicator": column, "count": len(before)})]
    if record.passed:
        return []
    params = {"indicator": column, "skew": record.skew_after, "kurt": record.kurt_after, "method": str(spec)}
    return [Finding("S170", "warning", params=params)]


def _placed(finding: Finding, column: int, rows: NDArray[np.intp], places: Sequence[str] | None) -> Finding:
    """Say in which column, and for which places, a transform is not defined."""
    params = {**finding.params, "indicator": column}
    if "cells" in params:
        where = rows[np.flatnonzero(params.pop("cells"))]
        shown = [places[row] if places else str(row + 1) for row in where[:_MOST_NAMED]]
        params["places"] = (*shown, *(["…"] if len(where) > _MOST_NAMED else []))
    return replace(finding, params=params)


def _none(x: Vector, p: Mapping[str, Any]) -> Step:
    return Step(x, np.zeros(len(x), dtype=bool))


def _skew_kurt(x: Vector, p: Mapping[str, Any]) -> Step:
    """Winsorise what fails the limits; if it still fails, discard that and transform the original values."""
    step = winsorise_until(x, p["skew"], p["kurt"], p["winmax"])
    if passes(step.values, p["skew"], p["kurt"]) or p["otherwise"] == "none":
        return step
    return TRANSFORMS[p["otherwise"]](x)


def _gii(x: Vector, p: Mapping[str, Any]) -> Step:
    return _skew_kurt(x, {**_GII, **p})


def _winsorise(x: Vector, p: Mapping[str, Any]) -> Step:
    return winsorise_points(x, p["low"], p["high"])


def _winsorise_share(x: Vector, p: Mapping[str, Any]) -> Step:
    return winsorise_points(x, int(p["low"] * len(x)), int(p["high"] * len(x)))


def _box_cox(x: Vector, p: Mapping[str, Any]) -> Step:
    return box_cox(x, shift=p["shift"])


def _transform(method: str) -> Treater:
    return lambda x, p: TRANSFORMS[method](x)


_METHODS: Mapping[str, Treater] = {
    "none": _none,
    "skew_kurt": _skew_kurt,
    "gii": _gii,
    "winsorise": _winsorise,
    "winsorise_share": _winsorise_share,
    **{method: _transform(method) for method in ("log", "log_ct", "log_shift", "log_gii")},
    "box_cox": _box_cox,
}
require_same("treat", _METHODS)
