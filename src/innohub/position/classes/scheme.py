"""Place values into the classes of a scheme: class, rule, closed side, distance to the next class up."""

from collections.abc import Mapping
from dataclasses import replace
from math import isclose, isinf, isnan, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import parse_spec
from innohub.catalog.scheme import Scheme, Side, give_limits
from innohub.errors import Finding, ModelError, ScaleError
from innohub.index.rank import rank_scores, round_significant
from innohub.position.classes.standing import Standing, standing_table
from innohub.position.tier.classify import cut

Values = Mapping[str, float]


def place_in_scheme(
    values: Values, found: Scheme, *, closed: Side = "", reference: float | None = None
) -> pd.DataFrame:
    """Place values into the classes of a scheme with fixed limits.

    A value that agrees with a limit in ten significant digits stands on it. Where the source does not say to
    which class a limit belongs, ``closed`` must; it never overrules a source that does say.

    Parameters
    ----------
    values : place to value; NaN for missing, which gives a row without a class.
    closed : ``left`` puts a value equal to a limit into the upper class, ``right`` into the lower.
    reference : the value that counts as 100 in a scheme of values relative to a reference.

    Returns
    -------
    One row a place with the columns of ``classes``; ``distance`` is the lower limit of the next class minus the
    value, 0 for a value on a limit that belongs to the lower class.

    Raises
    ------
    ModelError
        N163 names without limits, N177 no reference, N162 a value on a limit that no class claims.
    ScaleError
        N164 values outside the domain of the scheme; every place is named.

    Examples
    --------
    >>> from innohub.catalog.scheme import scheme
    >>> place_in_scheme({"a": 0.6}, scheme("ccd-10"))["class_zh"].item()
    '勉强协调'
    """
    if found.kind != "limits":
        raise ModelError(Finding("N163", params={"scheme": found.id, "wanted": len(found.grades) - 1}))
    if found.relative:
        values = _relate(values, found, reference)
    _check_domain(values, found)
    sides = tuple(side or closed for side in found.sides)
    if refused := [f for place, x in values.items() if (f := _refuse(found, sides, place, x))]:
        raise ModelError(refused)
    return standing_table(found, [_stand(found, sides, place, x) for place, x in values.items()])


def _relate(values: Values, found: Scheme, reference: float | None) -> dict[str, float]:
    if reference is None or not reference > 0:
        raise ModelError(Finding("N177", params={"scheme": found.id}))
    return {place: 100 * x / reference for place, x in values.items()}


def _check_domain(values: Values, found: Scheme) -> None:
    infinite = {place: x for place, x in values.items() if isinf(x)}
    low, high = found.domain or (-np.inf, np.inf)
    outside = {place: x for place, x in values.items() if x < low or x > high} | infinite
    if outside:
        told = {"scheme": found.id, "low": f"{low:g}", "high": f"{high:g}"}
        raise ScaleError(
            [
                Finding("N164", value=f"{x:.15g}", params={**told, "place": place, "number": f"{x:.15g}"})
                for place, x in outside.items()
            ]
        )


def _same(x: float, limit: float, limits: tuple[float, ...]) -> bool:
    """Tell whether a value stands on a limit; the largest limit gives the scale on which 0 is met."""
    return isclose(x, limit, rel_tol=1e-10, abs_tol=1e-12 * max(map(abs, limits)))


def _refuse(found: Scheme, sides: tuple[Side, ...], place: str, x: float) -> Finding | None:
    """Return the finding for a value on a limit that neither the source nor the user gives to a class."""
    for number, (limit, side) in enumerate(zip(found.limits, sides, strict=True)):
        if not side and _same(x, limit, found.limits):
            upper, lower = found.grades[number].title, found.grades[number + 1].title
            told = {"scheme": found.id, "place": place, "limit": f"{limit:g}", "upper": upper, "lower": lower}
            return Finding("N162", value=f"{x:g}", params=told)
    return None


def _stand(found: Scheme, sides: tuple[Side, ...], place: str, x: float) -> Standing:
    if isnan(x):
        return Standing(place, nan, None)
    if outside := _outside(found, place, x):
        return outside
    below = [
        side == "right" if _same(x, limit, found.limits) else x < limit
        for limit, side in zip(found.limits, sides, strict=True)
    ]
    index = sum(below)
    grade = found.grades[index]
    ends = set(sides[max(0, index - 1) : index + 1])
    return Standing(
        place=place,
        value=x,
        index=index,
        rule=_rule(found, sides, index, x),
        closed=ends.pop() if len(ends) == 1 else "mixed" if ends else "",
        distance=max(0.0, found.limits[index - 1] - x) if index else nan,
        distance_in="value" if index else "",
        lower=grade.low,
        upper=grade.high,
    )


def _outside(found: Scheme, place: str, x: float) -> Standing | None:
    """Return the standing of a value below the lowest class or above the highest: no class."""
    (low, high), (has_low, has_high) = found.reach, found.ends
    scale = tuple(limit for limit in (*found.limits, low, high) if not isinf(limit))
    if not isinf(low) and (not has_low if _same(x, low, scale) else x < low):
        return Standing(
            place, x, None, f"{found.symbol} {'<' if has_low else '≤'} {low:g}", found.closed,
            max(0.0, low - x), "value", upper=low, next_class=found.grades[-1].id,
        )  # fmt: skip
    if not isinf(high) and (not has_high if _same(x, high, scale) else x > high):
        return Standing(place, x, None, f"{found.symbol} {'>' if has_high else '≥'} {high:g}", lower=high)
    return None


def _rule(found: Scheme, sides: tuple[Side, ...], index: int, x: float) -> str:
    """Write the interval of a class with the signs of its ends, such as ``0.5 < D ≤ 0.6``."""
    grade = found.grades[index]
    if grade.low == grade.high:
        return f"{found.symbol} = {grade.low:g}"
    low_end, high_end = (end or isinf(reach) for end, reach in zip(found.ends, found.reach, strict=True))
    has_low = sides[index] == "left" if index < len(sides) else low_end
    has_high = sides[index - 1] == "right" if index else high_end
    low = "" if isinf(grade.low) else f"{grade.low:g} {'≤' if has_low else '<'} "
    high = "" if isinf(grade.high) else f" {'≤' if has_high else '<'} {grade.high:g}"
    if low and not high:
        return f"{found.symbol} {'≥' if has_low else '>'} {grade.low:g}"
    return f"{low}{found.symbol}{high}"


def place_by_deviation(
    values: Values, found: Scheme, *, spread: float | None = None, ddof: int | None = None, closed: Side = ""
) -> pd.DataFrame:
    """Place values into three classes cut at the mean plus and minus a multiple of the standard deviation.

    Parameters
    ----------
    spread : multiple of the standard deviation; the scheme's own (0.5) by default.
    ddof : 0 for the deviation of the population, the default; 1 for that of a sample.

    Returns
    -------
    As :func:`place_in_scheme`; the limits stand in ``lower`` and ``upper``.

    Raises
    ------
    ModelError
        N168 when fewer than two values differ, N179 when the spread is not above zero.
    """
    wide = float(found.parameters["spread"] if spread is None else spread)
    free = int(found.parameters["ddof"] if ddof is None else ddof)
    if not wide > 0:
        raise ModelError(Finding("N179", params={"name": "spread", "given": f"{wide:g}", "wanted": "> 0"}))
    mean, deviation = _moments(values, found, free)
    limits = (mean + wide * deviation, mean - wide * deviation)
    given = replace(give_limits(found, limits, "left"), closed=closed or found.closed)
    return place_in_scheme(values, given)


def _moments(values: Values, found: Scheme, ddof: int) -> tuple[float, float]:
    known = _known(values)
    distinct = len(np.unique(round_significant(known)))
    if distinct < 2:
        raise ModelError(Finding("N168", params={"scheme": found.id, "count": len(known)}))
    return float(known.mean()), float(known.std(ddof=ddof))


def _known(values: Values) -> NDArray[np.float64]:
    numbers = np.array(list(values.values()), dtype=float)
    return np.asarray(numbers[~np.isnan(numbers)])


def place_by_breaks(values: Values, found: Scheme, *, scale: str) -> pd.DataFrame:
    """Place scores into the classes that exact natural breaks find on a scale (``raw``, ``log`` or ``rank``).

    The limits, midway between neighbours of two classes, stand in ``lower`` and ``upper``, so that scores of a
    later year can be placed in the same classes.

    Raises
    ------
    ModelError, ScaleError
        M120 more classes than distinct scores; S110 a logarithm of zero or less.
    """
    spec = parse_spec(found.parameters["method"], "tiers")
    limits = cut(_known(values), spec, len(found.grades), scale).limits
    return place_in_scheme(values, give_limits(found, limits, found.closed))


def split_thirds(table: pd.DataFrame) -> pd.DataFrame:
    """Mark the upper and the lower third of each class by value with ``+`` and ``-`` in the column ``part``.

    A place belongs to the upper third when at most a third of its class ranks at or above it; ties share the
    better mark. A class of fewer than three places is not split.
    """
    parts = table["part"].copy()
    for _, group in table[table["class"] != ""].groupby("class"):
        if len(group) < 3:
            continue
        rank = rank_scores(group["value"].to_numpy(dtype=float))
        third = len(group) // 3
        parts[group.index] = np.where(rank <= third, "+", np.where(rank > len(group) - third, "-", ""))
    return table.assign(part=parts)
