"""The shape of the distribution over time: kernel densities on one grid."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rule = Literal["silverman", "scott"]
_FACTOR = {"silverman": 0.9, "scott": 1.06}


@dataclass(frozen=True)
class Density:
    """Gaussian kernel densities of every year.

    ``grid`` (points,); ``value`` (years, points), NaN in a year in which all places agree or fewer than two
    have a value; ``width`` (years,) the bandwidth; ``peaks`` (years,) the number of local maxima; ``rule``
    how the bandwidth was chosen.
    """

    grid: Vector
    value: Matrix
    width: Vector
    peaks: NDArray[np.int64]
    rule: str
    findings: tuple[Finding, ...] = ()


def bandwidth(y: Vector, rule: Rule = "silverman") -> float:
    """Bandwidth of a Gaussian kernel: c min(sd, IQR/1.34) n^(-1/5), c = 0.9 or 1.06.

    "silverman" is rule 3.31 of Silverman (1986, Density Estimation), "scott" the normal reference rule of
    Scott (1992, Multivariate Density Estimation). The standard deviation is the sample one; where the middle
    half of the places agree (IQR = 0), it stands alone.

    Parameters
    ----------
    y : (places,) values; NaN is left out.

    Examples
    --------
    >>> round(bandwidth(np.array([1.0, 2, 3, 4, 10])), 4)
    0.9736
    """
    known = y[np.isfinite(y)]
    if len(known) < 2 or np.ptp(known) == 0:
        return 0.0
    sd = float(known.std(ddof=1))
    low, high = np.quantile(known, [0.25, 0.75])
    spread = min(sd, float(high - low) / 1.34) or sd
    return float(_FACTOR[rule] * spread * len(known) ** -0.2)


def kernel_density(
    y: Matrix, rule: Rule | float = "silverman", *, points: int = 200, pooled_width: bool = False
) -> Density:
    """Gaussian kernel density of each year, on a grid that all years share.

    The grid reaches three bandwidths beyond the values, so that each density integrates to one.

    Parameters
    ----------
    y : (years, places), NaN for missing.
    rule : "silverman", "scott", or a bandwidth in the unit of y.
    points : number of points of the grid.
    pooled_width : use the mean of the yearly bandwidths in every year, so that a change of shape is not one
        of smoothing.

    Returns
    -------
    Warnings: S193 for years without a density: all places agree, or fewer than two have a value.
    """
    width = np.array([bandwidth(year, rule) if isinstance(rule, str) else rule for year in y], dtype=float)
    flat = (width <= 0) | ~np.isfinite(y).any(axis=1)
    if pooled_width and not flat.all():
        width = np.where(flat, 0.0, width[~flat].mean())
    reach = 3 * np.where(flat, 0.0, width).max()
    grid = np.linspace(np.nanmin(y) - reach, np.nanmax(y) + reach, points)
    value = np.full((len(y), points), np.nan)
    for year in np.flatnonzero(~flat):
        known = y[year][np.isfinite(y[year])]
        away = (grid[:, None] - known[None, :]) / width[year]
        value[year] = np.exp(-0.5 * away**2).sum(axis=1) / (len(known) * width[year] * np.sqrt(2 * np.pi))
    findings: tuple[Finding, ...] = ()
    if flat.any():
        at = tuple(str(year + 1) for year in np.flatnonzero(flat))
        findings = (Finding("S193", level="warning", params={"years": at}),)
    return Density(grid, value, width, _peaks(value), str(rule), findings)


def _peaks(value: Matrix) -> NDArray[np.int64]:
    """Count local maxima; tails that have died away to rounding do not count."""
    with np.errstate(invalid="ignore"):
        inner = value[:, 1:-1]
        floor = 1e-9 * np.nan_to_num(value).max(axis=1, keepdims=True)
        top = (inner > value[:, :-2]) & (inner >= value[:, 2:]) & (inner > floor)
    return np.asarray(top.sum(axis=1), dtype=np.int64)
