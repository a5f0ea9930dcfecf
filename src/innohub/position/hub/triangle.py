"""The hub triangle: whether agglomeration feeds innovation, innovation diffusion, and diffusion agglomeration."""

from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from innohub.catalog.hub import corner_name
from innohub.errors import Finding, ModelError
from innohub.position.hub.loop import Loop, close_loop, fit_arrow
from innohub.position.hub.within import WithinFit, resampled

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Interval = Literal["delta", "bootstrap"]

CORNERS = ("agglomeration", "innovation", "diffusion")
ARROWS = (("agglomeration", "innovation"), ("innovation", "diffusion"), ("diffusion", "agglomeration"))
# Fewer places make the interval of a clustered error too narrow; see Cameron & Miller (2015), section VI.
FEW_PLACES = 20


@dataclass(frozen=True)
class Arrow:
    """One side of the triangle: what one unit now goes with a year later, after place and year effects.

    ``standardised`` is in standard deviations of the end for one of the start, so that arrows can be compared
    whatever the units; ``weakest`` is the share of resamples in which this arrow was the weakest of the three.
    """

    start: str
    end: str
    lag: int
    coefficient: float
    standard_error: float
    low: float
    high: float
    p: float
    standardised: float
    weakest: float
    places: int
    observations: int
    verdict: Literal["supported", "against", "open"]


@dataclass(frozen=True)
class Triangle:
    """The three arrows with the loop they close; both are empty for a panel that is too short."""

    arrows: tuple[Arrow, ...]
    weakest: tuple[str, str] | None
    loop: Loop | None
    years: int
    places: int
    findings: tuple[Finding, ...]


def hub_triangle(
    panel: pd.DataFrame,
    rng: np.random.Generator,
    *,
    lag: int = 1,
    min_years: int = 5,
    decay: float | None = None,
    interval: Interval = "delta",
    draws: int = 999,
    level: float = 0.95,
) -> Triangle:
    """Estimate the arrows A(t) to I(t+1), I(t+1) to D(t+2), D(t+2) to A(t+3), and the loop they close.

    Each arrow is one regression with place and year effects and errors clustered by place. A coefficient is a
    correlation over time within places, not a cause; a finding says so every time. The weakest arrow is the one
    with the lowest standardised coefficient. Panels below ``min_years`` years get no arrows.

    Parameters
    ----------
    panel : columns place, year, agglomeration, innovation, diffusion; one row a place and year, gaps allowed.
    lag : years from the start of an arrow to its end.
    decay : share of agglomeration that is lost over one lag; estimated with the loop when None.
    interval : how the interval of the loop is found: ``delta`` (joint covariance of all equations, clustered by
        place) or ``bootstrap`` (percentiles over resampled places).
    draws : resamples of places.

    Raises
    ------
    ModelError
        N158 for two rows of one place and year.
    """
    _require_single(panel)
    whole = panel.dropna(subset=list(CORNERS), how="all")
    years, places = int(whole["year"].nunique()), int(whole["place"].nunique())
    findings: tuple[Finding, ...] = (Finding("N150", "note"),)
    if years < min_years:
        findings += (Finding("N151", "warning", params={"years": years, "least": min_years}),)
        return Triangle((), None, None, years, places, findings)
    steps = _steps(panel, lag)
    fits = [fit_arrow(steps, start, end) for start, end in ARROWS]
    missing = tuple(pair for pair, fit in zip(ARROWS, fits, strict=True) if fit is None)
    findings += tuple(_untold(start, end) for start, end in missing)
    known = [fit for fit in fits if fit is not None]
    if known and (fewest := min(len(fit.cluster) for fit in known)) < FEW_PLACES:
        findings += (Finding("N153", "warning", params={"places": fewest, "enough": FEW_PLACES}),)
    times = _resample(int(steps["code"].max()) + 1 if len(steps) else 0, draws, rng)
    weak = _weakest(fits, times)
    arrows = tuple(
        _arrow(pair, fit, lag, level, share)
        for pair, fit, share in zip(ARROWS, fits, weak, strict=True)
        if fit
    )
    weakest = min(arrows, key=lambda arrow: arrow.standardised) if len(arrows) == len(ARROWS) else None
    loop: Loop | None = None
    if not missing:
        loop, doubts = close_loop(steps, known, times, decay=decay, interval=interval, level=level)
        findings += doubts
    side = (weakest.start, weakest.end) if weakest else None
    return Triangle(arrows, side, loop, years, places, findings)


def _require_single(panel: pd.DataFrame) -> None:
    twice = panel[panel.duplicated(["place", "year"])]
    if len(twice):
        params = {"place": str(twice["place"].iloc[0]), "year": int(twice["year"].iloc[0])}
        raise ModelError(Finding("N158", params=params))


def _steps(panel: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Set each place's year beside the same place one lag later (columns with _next) and number the places."""
    columns = ["place", "year", *CORNERS]
    later = panel[columns].assign(year=panel["year"] - lag)
    steps = panel[columns].merge(later, on=["place", "year"], suffixes=("", "_next"))
    steps = steps.sort_values(["place", "year"], ignore_index=True)
    return steps.assign(code=pd.factorize(steps["place"])[0], when=pd.factorize(steps["year"])[0])


def _untold(start: str, end: str) -> Finding:
    named = {"start": partial(corner_name, start), "end": partial(corner_name, end)}
    return Finding("N152", "warning", params=named)


def _resample(places: int, draws: int, rng: np.random.Generator) -> Matrix:
    """Return (draws, places): how often each place is drawn when as many places are drawn with replacement."""
    if not places or not draws:
        return np.zeros((0, places))
    return rng.multinomial(places, np.full(places, 1 / places), size=draws).astype(float)


def _weakest(fits: list[WithinFit | None], times: Matrix) -> Vector:
    """Return the share of resamples in which each arrow has the lowest standardised coefficient."""
    if not len(times) or any(fit is None for fit in fits):
        return np.full(len(fits), np.nan)
    strength = np.column_stack([resampled(fit, times)[1][:, 0] for fit in fits if fit is not None])
    strength = strength[np.isfinite(strength).all(axis=1)]
    if not len(strength):
        return np.full(len(fits), np.nan)
    lowest = strength == strength.min(axis=1, keepdims=True)
    shares: Vector = (lowest / lowest.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def _arrow(pair: tuple[str, str], fit: WithinFit, lag: int, level: float, weakest: float) -> Arrow:
    coefficient, error = float(fit.coefficient[0]), float(np.sqrt(fit.covariance[0, 0]))
    reach = float(stats.t.ppf((1 + level) / 2, fit.freedom)) * error
    low, high = coefficient - reach, coefficient + reach
    with np.errstate(divide="ignore", invalid="ignore"):
        p = float(2 * stats.t.sf(abs(np.float64(coefficient) / error), fit.freedom))
    return Arrow(
        start=pair[0], end=pair[1], lag=lag, coefficient=coefficient, standard_error=error, low=low, high=high,
        p=p, standardised=float(fit.standardised[0]), weakest=float(weakest), places=len(fit.cluster),
        observations=fit.observations, verdict="supported" if low > 0 else "against" if high < 0 else "open",
    )  # fmt: skip


def triangle_tables(triangle: Triangle) -> dict[str, pd.DataFrame]:
    """Lay the arrows and the loop out as the tables triangle and triangle_loop."""
    return {
        "triangle": pd.DataFrame(
            [
                {**vars(arrow), "is_weakest": (arrow.start, arrow.end) == triangle.weakest}
                for arrow in triangle.arrows
            ],
            columns=[*Arrow.__dataclass_fields__, "is_weakest"],
        ),
        "triangle_loop": pd.DataFrame(
            [vars(triangle.loop)] if triangle.loop else [], columns=list(Loop.__dataclass_fields__)
        ),
    }
