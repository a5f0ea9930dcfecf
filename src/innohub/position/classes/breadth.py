"""Classes by breadth and balance over segments, as the Innovation Cities Index describes its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isnan, nan

import numpy as np
import pandas as pd

from innohub.catalog.scheme import Grade, Scheme, rule_text
from innohub.errors import Finding, ScaleError
from innohub.position.classes.standing import Standing, standing_table

_TINY = 1e-9


@dataclass(frozen=True)
class Breadth:
    """Breadth and balance of one place: segments at or above the bar, of how many, their cv and their mean."""

    reached: int
    segments: int
    cv: float
    mean: float

    @property
    def share(self) -> float:
        """The share of segments that reach the bar."""
        return self.reached / self.segments


@dataclass(frozen=True)
class Wanted:
    """What a class asks for: the least breadth, and the greatest cv (NaN where balance is not tested)."""

    breadth: float
    cv: float

    def holds(self, found: Breadth) -> bool:
        """Tell whether a place has the breadth and the balance of the class; the limits themselves count."""
        is_broad = found.reached > 0 and found.share >= self.breadth - _TINY
        return is_broad and (isnan(self.cv) or found.cv <= self.cv + _TINY)

    def lacks(self, found: Breadth) -> tuple[float, str]:
        """Return what a place lacks: further segments, or else by how much its cv must fall."""
        segments = max(1, ceil(self.breadth * found.segments - _TINY)) - found.reached
        return (float(segments), "segments") if segments > 0 else (found.cv - self.cv, "cv")


def measure_breadth(scores: Sequence[float], bar: float) -> Breadth:
    """Measure breadth (segments at or above the bar) and balance (sd of the population over the mean).

    Examples
    --------
    >>> measure_breadth([0.8, 0.6, 0.4], 0.6).reached
    2
    """
    x = np.asarray(scores, dtype=float)
    mean = float(x.mean())
    reached = int((x >= bar - _TINY * abs(bar)).sum())
    return Breadth(reached, len(x), float(x.std()) / mean if mean > 0 else nan, mean)


def place_by_breadth(
    segments: pd.DataFrame, found: Scheme, *, bar: float, own: Mapping[str, tuple[float, float]] | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Place cities by how many segments reach a bar and by how even their segments are.

    A class asks for a share of segments (``breadth``) and, where balance matters, for a coefficient of variation
    no greater than its ``balance``; the highest class whose tests hold is given. A place with no segment at the
    bar, or too few for the lowest class, stays without a class.

    Parameters
    ----------
    segments : (places, segments) scores, not negative, index = places.
    bar : the score from which a segment counts; the source tells none, so there is no default.
    own : limits of the user's own, class to (breadth, balance); NaN balance for no test.

    Returns
    -------
    The table of :func:`standing_table` (``value`` = share of segments at the bar), and warnings N169 for
    places without a score in some segment, which are not placed.

    Raises
    ------
    ScaleError
        N164 for negative or infinite scores.
    """
    check_scores(segments, found)
    wanted = _wanted(found.grades, own or {})
    gaps = {str(place): _missing(str(place), scores) for place, scores in segments.iterrows()}
    rows = [
        Standing(str(place), nan, None)
        if gaps[str(place)]
        else stand_by_breadth(str(place), wanted, measure_breadth(scores.tolist(), bar), bar)
        for place, scores in segments.iterrows()
    ]
    return standing_table(found, rows), tuple(finding for finding in gaps.values() if finding)


def check_scores(segments: pd.DataFrame, found: Scheme) -> None:
    """Refuse negative and infinite scores, naming every place; N164."""
    told = {"scheme": found.id, "low": "0", "high": "∞"}
    findings = [
        Finding("N164", value=f"{x:g}", params={**told, "place": str(place), "number": f"{x:g}"})
        for place, scores in segments.iterrows()
        for x in scores
        if x < 0 or np.isinf(x)
    ]
    if findings:
        raise ScaleError(findings)


def _missing(place: str, scores: "pd.Series[float]") -> Finding | None:
    gaps = tuple(map(str, scores.index[scores.isna()]))
    return Finding("N169", "warning", params={"place": place, "segments": gaps}) if gaps else None


def _wanted(grades: Sequence[Grade], own: Mapping[str, tuple[float, float]]) -> list[Wanted]:
    declared = {
        grade.id: (grade.breadth or 0.0, nan if grade.balance is None else grade.balance) for grade in grades
    }
    return [Wanted(*own.get(name, pair)) for name, pair in declared.items()]


def stand_by_breadth(place: str, wanted: Sequence[Wanted], found: Breadth, bar: float) -> Standing:
    """Give a place the highest class whose breadth and balance it has."""
    index = next((number for number, grade in enumerate(wanted) if grade.holds(found)), None)
    above = len(wanted) if index is None else index
    distance, unit = wanted[above - 1].lacks(found) if above else (nan, "")
    rule, zh, en = _tell(found, bar, None if index is None else wanted[index])
    return Standing(
        place=place,
        value=found.share,
        index=index,
        rule=rule,
        closed="left",
        distance=distance,
        distance_in=unit,
        rule_zh=zh,
        rule_en=en,
    )


def _tell(found: Breadth, bar: float, grade: Wanted | None) -> tuple[str, str, str]:
    """Return the rule that fired in signs, in Chinese and in English."""
    told = {"segments": found.segments, "reached": found.reached, "bar": f"{bar:g}"}
    signs = f"{found.reached}/{found.segments} ≥ {bar:g}"
    if grade is None:
        return signs, rule_text("too-narrow", "zh", **told), rule_text("too-narrow", "en", **told)
    told |= {"share": f"{found.share:.2f}", "least": f"{grade.breadth:g}"}
    signs = f"{signs}; {found.share:.2f} ≥ {grade.breadth:g}"
    zh, en = rule_text("breadth", "zh", **told), rule_text("breadth", "en", **told)
    if isnan(grade.cv):
        return signs, zh, en
    even = {"cv": f"{found.cv:.2f}", "most": f"{grade.cv:g}"}
    return (
        f"{signs}; cv {found.cv:.2f} ≤ {grade.cv:g}",
        rule_text("balance", "zh", breadth=zh, **even),
        rule_text("balance", "en", breadth=en, **even),
    )
