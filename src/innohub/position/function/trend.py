"""Log-linear growth of one place, with rates drawn anew by a residual bootstrap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.position.function.relation import Value, in_unit

Array = NDArray[np.float64]
LEAST_YEARS = 4


@dataclass(frozen=True)
class Trend:
    """Log-linear growth from the last value: ``rate`` a year (in logs) and its ``drawn`` rates (draws,)."""

    year: int
    value: float
    rate: float
    drawn: Array

    def at(self, year: int) -> float:
        """Return the value that the trend leads to in a year."""
        return float(self.value * np.exp(self.rate * (year - self.year)))

    def drawn_at(self, year: int) -> Array:
        """Return (draws,) values of a year."""
        return np.asarray(self.value * np.exp(self.drawn * (year - self.year)))


def fit_trend(years: Array, values: Array, rng: np.random.Generator, draws: int = 1000) -> Trend | None:
    """Fit log-linear growth by least squares; rates are drawn anew by a residual bootstrap.

    Residuals are widened by sqrt(n / (n - 2)) and resampled (Efron and Tibshirani 1993, chapter 9). The trend starts
    from the last observed value, so that the present stays as observed.

    Parameters
    ----------
    years, values : (years,), one value a year.

    Returns
    -------
    The trend; nothing with fewer than four years or a value of zero or below.
    """
    if len(years) < LEAST_YEARS or (values <= 0).any():
        return None
    order = np.argsort(years)
    x, y = years[order] - years.mean(), np.log(values[order])
    spread = float(x @ x)
    rate = float(x @ y) / spread
    residual = (y - y.mean() - rate * x) * np.sqrt(len(x) / (len(x) - 2))
    drawn = rate + residual[rng.integers(len(x), size=(draws, len(x)))] @ x / spread
    return Trend(int(years[order][-1]), float(values[order][-1]), rate, drawn)


def series(values: tuple[Value, ...], unit: str, year: int | None) -> tuple[Array, Array]:
    """Return years and values of single years up to ``year``, in one unit; the last row of a year counts."""
    found: dict[int, float] = {}
    for value in values:
        told = in_unit(value, unit) if value.span == 1 else None
        if told is not None and told.year is not None and (year is None or told.year <= year):
            found[told.year] = told.value
    return np.array(list(found), dtype=float), np.array(list(found.values()), dtype=float)
