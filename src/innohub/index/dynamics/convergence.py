"""Do places draw closer? Sigma and beta convergence with standard errors."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from innohub.errors import Finding, NoSolutionError, ScaleError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Errors = Literal["classical", "HC1", "HC3"]


@dataclass(frozen=True)
class Line:
    """Least squares: ``coefficient``, ``standard_error``, ``t`` and ``p`` (terms,), two-sided by Student's t.

    ``freedom`` is the number of observations less the number of terms.
    """

    coefficient: Vector
    standard_error: Vector
    t: Vector
    p: Vector
    r_squared: float
    freedom: int


@dataclass(frozen=True)
class Sigma:
    """Dispersion by year and its trend.

    ``cv`` (years,) the coefficient of variation; ``log_sd`` (years,) the standard deviation of logs, NaN in
    years with values of zero or below; ``trend`` the line of cv over the years (terms: level at the mean
    year, change a year), None for fewer than three years.
    """

    cv: Vector
    log_sd: Vector
    trend: Line | None


@dataclass(frozen=True)
class Beta:
    """Beta convergence: ``line`` has the terms level, ln y_0, then the controls.

    ``slope`` b and ``slope_error``; ``speed`` of convergence a year with ``speed_error`` by the delta
    method; ``half_life`` in years, infinite when places do not converge; ``span`` T in years.
    """

    slope: float
    slope_error: float
    speed: float
    speed_error: float
    half_life: float
    span: float
    line: Line


def sigma_convergence(y: Matrix, years: Vector, ddof: int = 0) -> Sigma:
    """Dispersion between places year by year; sigma convergence is its fall.

    Parameters
    ----------
    y : (years, places), mean above zero in each year; NaN is left out of its year.
    years : (years,) such as 2010, 2011; gaps allowed.
    ddof : 0 for the population standard deviation, 1 for the sample one.

    Raises
    ------
    ScaleError
        S184 when the mean of a year is zero or below.

    Examples
    --------
    >>> sigma_convergence(np.array([[1.0, 3.0], [2.0, 4.0]]), np.array([2010.0, 2011.0])).cv.round(4).tolist()
    [0.5, 0.3333]
    """
    mean = np.array([year[np.isfinite(year)].mean() if np.isfinite(year).any() else np.nan for year in y])
    _require_positive(mean)
    cv = np.array([_spread(year, ddof) for year in y]) / mean
    log_sd = np.array([np.nan if (year <= 0).any() else _spread(np.log(year), ddof) for year in y])
    known = np.isfinite(cv)
    trend = None
    if known.sum() > 2:
        away = years[known] - years[known].mean()
        trend = least_squares(np.column_stack([np.ones_like(away), away]), cv[known])
    return Sigma(cv, log_sd, trend)


def _spread(year: Vector, ddof: int) -> float:
    known = year[np.isfinite(year)]
    return float(known.std(ddof=ddof)) if len(known) > ddof else float("nan")


def beta_convergence(
    start: Vector, end: Vector, span: float, controls: Matrix | None = None, errors: Errors = "classical"
) -> Beta:
    """Tell whether places that start low grow faster.

    (1/T) ln(y_T/y_0) = a + b ln y_0 + controls, speed -ln(1 + bT)/T, half-life ln 2 / speed (Barro &
    Sala-i-Martin 1992, doi 10.1086/261816). Without controls this is absolute, with controls conditional
    convergence. The error of the speed is that of b divided by 1 + bT.

    Parameters
    ----------
    start, end : (places,) above zero; places with NaN are left out.
    span : T, the years between the two.
    controls : (places, controls) or None.
    errors : "classical", or robust to unequal variances: "HC1", "HC3" (MacKinnon & White 1985).

    Raises
    ------
    ScaleError
        S184 for values of zero or below; S185 when 1 + bT is zero or below, which no speed explains.
    NoSolutionError
        N012 with too few places, or where ln y_0 and the controls do not vary freely.
    """
    _require_positive(np.concatenate([start, end]))
    extra = np.empty((len(start), 0)) if controls is None else controls
    terms = np.column_stack([np.ones(len(start)), np.log(start), extra])
    growth = np.log(end / start) / span
    whole = np.isfinite(growth) & np.isfinite(terms).all(axis=1)
    line = least_squares(terms[whole], growth[whole], errors)
    slope, slope_error = float(line.coefficient[1]), float(line.standard_error[1])
    speed = speed_of_convergence(slope, span)
    return Beta(
        slope=slope,
        slope_error=slope_error,
        speed=speed,
        speed_error=slope_error / (1 + slope * span),
        half_life=float(np.log(2) / speed) if speed > 0 else float("inf"),
        span=span,
        line=line,
    )


def _require_positive(values: Vector) -> None:
    wrong = values <= 0
    if wrong.any():
        params = {"count": int(np.count_nonzero(wrong)), "least": float(np.nanmin(values))}
        raise ScaleError(Finding("S184", params=params))


def speed_of_convergence(slope: float, span: float) -> float:
    """Return -ln(1 + bT)/T, the speed a year behind a slope over T years.

    Raises
    ------
    ScaleError
        S185 when 1 + bT is zero or below.

    Examples
    --------
    >>> round(speed_of_convergence(-0.02, 10), 6)
    0.022314
    """
    if 1 + slope * span <= 0:
        raise ScaleError(Finding("S185", params={"slope": slope, "span": span}))
    return float(-np.log1p(slope * span) / span) + 0.0


def least_squares(terms: Matrix, y: Vector, errors: Errors = "classical") -> Line:
    """Ordinary least squares with classical or heteroskedasticity-robust standard errors.

    Parameters
    ----------
    terms : (observations, terms), the constant included; y : (observations,).

    Raises
    ------
    NoSolutionError
        N012 when there are not more observations than terms, or terms depend on each other.
    """
    count, width = terms.shape
    if count <= width or np.linalg.matrix_rank(terms) < width:
        raise NoSolutionError(Finding("N012", params={"observations": count, "terms": width}))
    q, r = np.linalg.qr(terms)
    coefficient = np.linalg.solve(r, q.T @ y)
    left = y - terms @ coefficient
    inverse = np.linalg.inv(r)
    freedom = count - width
    if errors == "classical":
        covariance = inverse @ inverse.T * (left @ left) / freedom
    else:
        leverage = (q**2).sum(axis=1)
        scaled = left / (1 - leverage) if errors == "HC3" else left * np.sqrt(count / freedom)
        half = inverse @ (q * scaled[:, None]).T
        covariance = half @ half.T
    error = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = coefficient / error
    around = y - y.mean()
    spread = float(around @ around)
    return Line(
        coefficient=coefficient,
        standard_error=error,
        t=t,
        p=np.asarray(2 * stdtr(freedom, -np.abs(t))),
        r_squared=1 - float(left @ left) / spread if spread > 0 else float("nan"),
        freedom=freedom,
    )
