"""Stage of development: which threshold a place has passed, when it passes the next, how far that is certain."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.stages import Stage, stages
from innohub.errors import Finding
from innohub.index.rank import round_significant
from innohub.position.standing.money import convert, require_above

SHIFTS = (-0.1, 0.0, 0.1)


@dataclass(frozen=True)
class Observation:
    """A value to be held against thresholds.

    ``growth`` is the yearly rate (0.06 = 6 %), NaN where none is known; it must be on the same prices as the
    threshold, so a real rate for a threshold that stays. ``rate`` is units of the value's currency for one of
    the threshold's, needed only where the two differ.
    """

    place: str
    measure: str
    value: float
    unit: str
    year: int
    growth: float = math.nan
    rate: float | None = None


@dataclass(frozen=True)
class Stages:
    """Stages of places, the same under other exchange rates and prices, and what was found on the way.

    ``table`` has a row a place and measure; ``sensitivity`` a row a place, measure, price basis and shift of
    the exchange rate.
    """

    table: pd.DataFrame
    sensitivity: pd.DataFrame
    findings: tuple[Finding, ...]


def years_to(value: float, threshold: float, growth: float) -> float:
    """Return the years until a value that grows at a constant rate is at a threshold.

    ln(threshold / value) / ln(1 + growth); 0 at or above it, infinite for a value below it that does not
    grow, NaN without a rate.

    Raises
    ------
    ScaleError
        N121 for a value or threshold of zero or below, or a fall by all or more.

    Examples
    --------
    >>> round(years_to(12_000, 18_000, 0.06), 4), round(years_to(35_000, 40_000, 0.05), 4)
    (6.9585, 2.7369)
    >>> years_to(12_000, 18_000, 0.0)
    inf
    """
    require_above(value, "value")
    require_above(threshold, "threshold")
    require_above(growth, "growth", limit=-1.0)
    if value >= threshold:
        return 0.0
    if math.isnan(growth) or math.isnan(value):
        return math.nan
    return math.log(threshold / value) / math.log1p(growth) if growth > 0 else math.inf


def passes(value: float, threshold: float, closed: str) -> bool:
    """Say whether a value has reached a threshold, which is met exactly only when closed on the left."""
    low, high = round_significant(np.array([threshold, value])).tolist()
    return bool(high >= low if closed == "left" else high > low)


def stage(
    observations: Iterable[Observation],
    thresholds: Sequence[Stage] | None = None,
    deflator: Mapping[int, float] | None = None,
    shifts: Sequence[float] = SHIFTS,
) -> Stages:
    """Tell the stage of each observation and when the next begins.

    A threshold is brought from the prices of its base year to those of the value's year with the price index of
    its currency. Without the index it is taken as it is printed, which is said.
    Both bases stand in the sensitivity table where they differ. A shift of the exchange rate by
    s divides the value by 1 + s: more of the own currency for one of the threshold's makes the value smaller.

    Parameters
    ----------
    observations : one a place and measure; a measure without thresholds gives no row.
    thresholds : default the declared ones of Porter.
    deflator : price index of the thresholds' currency by year, any base.
    shifts : shares by which the exchange rate is varied.

    Raises
    ------
    ModelError
        N120 where a value cannot be converted.
    ScaleError
        N121 for a value, rate or price index of zero or below, or a fall by all or more.
    """
    known = sorted(
        stages() if thresholds is None else thresholds, key=lambda s: (s.scheme, s.measure, s.threshold)
    )
    ladders = {key: list(same) for key, same in groupby(known, lambda s: (s.scheme, s.measure))}
    rows: list[dict[str, Any]] = []
    varied: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for seen, (key, ladder) in product(list(observations), ladders.items()):
        if key[1] != seen.measure:
            continue
        factors = [_price_factor(step, seen, deflator) for step in ladder]
        findings += [
            Finding("N122", "warning", params=_prices(seen, step))
            for step, factor in zip(ladder, factors, strict=True)
            if math.isnan(factor)
        ]
        row, table = _stand(seen, ladder, factors, shifts)
        rows.append(row)
        varied += table
    return Stages(pd.DataFrame(rows), pd.DataFrame(varied), tuple(findings))


def _prices(seen: Observation, step: Stage) -> dict[str, object]:
    name = {"zh": step.zh, "en": step.en}
    return {"place": seen.place, "stage": name.get, "base": step.base_year, "year": seen.year}


def _price_factor(step: Stage, seen: Observation, deflator: Mapping[int, float] | None) -> float:
    """Return prices of the value's year over those of the threshold's; NaN where the index lacks a year."""
    if step.base_year == seen.year:
        return 1.0
    first, last = ((deflator or {}).get(year, math.nan) for year in (step.base_year, seen.year))
    require_above(first, "deflator")
    require_above(last, "deflator")
    return last / first


def _stand(
    seen: Observation, ladder: list[Stage], factors: list[float], shifts: Sequence[float]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Place one observation on one ladder, as it is and under every shift and price basis."""
    value = convert(seen.value, seen.unit, f"{ladder[0].currency} per person", seen.rate, seen.place)
    require_above(value, "value", seen.place)
    printed = [step.threshold for step in ladder]
    bases = {"declared": printed}
    printed_only = any(map(math.isnan, factors))
    if not printed_only and set(factors) != {1.0}:
        bases["adjusted"] = [step.threshold * factor for step, factor in zip(ladder, factors, strict=True)]
    prices = "adjusted" if "adjusted" in bases else "declared"
    head = {"place": seen.place, "scheme": ladder[0].scheme, "measure": seen.measure}
    varied = [
        head | {"prices": basis, "shift": shift, "rate": _shifted(seen.rate, shift)}
        | _rung(value / (1 + shift), ladder, limits, seen.growth)
        for basis, limits in bases.items()
        for shift in shifts
    ]  # fmt: skip
    own = _rung(value, ladder, bases[prices], seen.growth)
    marks = ["base year"] if not all(step.base_year_stated for step in ladder) else []
    marks += ["prices"] if printed_only else []
    named = next((step for step in ladder if step.stage == (own["next_stage"] or own["stage"])), ladder[-1])
    row = head | own | {
        "unit": f"{named.currency} per person", "year": seen.year, "rate": _shifted(seen.rate, 0.0),
        "growth": seen.growth, "by_year": seen.year + own["years"], "prices": prices,
        "declared": named.threshold, "base_year": named.base_year,
        "fragile": len({line["stage"] for line in varied} | {own["stage"]}) > 1,
        "marks": ";".join(marks), "source": named.source,
    }  # fmt: skip
    return row, varied


def _shifted(rate: float | None, shift: float) -> float:
    return math.nan if rate is None else rate * (1 + shift)


def _rung(value: float, ladder: list[Stage], limits: list[float], growth: float) -> dict[str, Any]:
    """Name the highest stage reached, the next one, its distance and the years to it.

    ``ratio`` is the value over the threshold ahead, or over the last one when every threshold is passed.
    """
    reached = 0
    while reached < len(ladder) and passes(value, limits[reached], ladder[reached].closed):
        reached += 1
    here = ladder[reached - 1] if reached else None
    ahead = ladder[reached] if reached < len(ladder) else None
    limit = limits[min(reached, len(ladder) - 1)]
    years = years_to(value, limit, growth) if ahead else math.nan
    if ahead and growth <= 0 and not math.isnan(value):
        years = math.inf
    return {
        "value": value,
        "stage": here.stage if here else "",
        "name_zh": here.zh if here else "",
        "name_en": here.en if here else "",
        "next_stage": ahead.stage if ahead else "",
        "next_zh": ahead.zh if ahead else "",
        "next_en": ahead.en if ahead else "",
        "threshold": limit,
        "ratio": value / limit,
        "years": years,
        "status": _status(value, ahead, growth),
    }


def _status(value: float, ahead: Stage | None, growth: float) -> str:
    if math.isnan(value):
        return "not tested"
    if ahead is None:
        return "reached"
    if math.isnan(growth):
        return "no trend"
    return "by growth" if growth > 0 else "not reached"
