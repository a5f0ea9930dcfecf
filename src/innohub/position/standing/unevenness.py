"""Whether science and technology are spread more unevenly over places than their economies."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.dynamics.inequality import theil

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Verdict = Literal["more uneven", "less uneven", "open"]


@dataclass(frozen=True)
class Unevenness:
    """Theil's T of two quantities over the same places, their difference, and its interval.

    ``difference`` is first less second; ``low`` and ``high`` are percentiles of the bootstrap, NaN without draws.
    """

    places: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    level: float
    draws: int

    @property
    def verdict(self) -> Verdict:
        """Whether the interval of the difference lies on one side of zero."""
        if self.low > 0:
            return "more uneven"
        return "less uneven" if self.high < 0 else "open"


def theil_of_counts(y: Vector, counts: Matrix) -> Vector:
    """Return Theil's T of resampled places, one for each row of counts.

    T = (1/n) sum (y/mu) ln(y/mu) = (sum c y ln y) / (sum c y) - ln mu with mu = (sum c y) / (sum c), so that all
    resamples are two matrix products.

    Parameters
    ----------
    y : (places,) of zero or above; counts : (draws, places), how often each place was drawn.

    Returns
    -------
    (draws,); NaN where all places drawn have zero.

    Examples
    --------
    >>> theil_of_counts(np.array([1.0, 2, 3, 6]), np.ones((1, 4))).round(6).tolist()
    [0.187445]
    """
    # One unit for all, so that logarithms of huge or tiny amounts do not cancel.
    scaled = y / (y.max() or 1.0)
    weighted = scaled * np.log(np.where(scaled > 0, scaled, 1.0))
    total, number = counts @ scaled, counts.sum(axis=1)
    there = total > 0
    mean = np.divide(total, number, out=np.ones_like(total), where=there)
    ratio = np.divide(counts @ weighted, total, out=np.full_like(total, np.nan), where=there)
    # T cannot be below zero; equal values may give the last digit of it.
    index: Vector = np.maximum(ratio - np.log(mean), 0.0)
    return index


def compare_unevenness(
    first: Vector, second: Vector, rng: np.random.Generator, *, draws: int = 999, level: float = 0.9
) -> Unevenness:
    """Set Theil's T of one quantity beside that of another over the same places.

    Places are drawn with replacement, both quantities of a place together, because the two go together (paired
    bootstrap, Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 8). Places without one of the two are
    left out of both. Theil 1967, Economics and Information Theory.

    Parameters
    ----------
    first, second : (places,) amounts of zero or above, NaN where missing.

    Raises
    ------
    ScaleError
        N400 when no place has both; S182 for amounts below zero or a total of zero.
    """
    both = np.isfinite(first) & np.isfinite(second)
    pair = (first[both], second[both])
    if not both.any():
        raise ScaleError(Finding("N400"))
    number = int(both.sum())
    here, there = (theil(y).total for y in pair)
    counts = rng.multinomial(number, np.full(number, 1 / number), size=draws).astype(float)
    apart = theil_of_counts(pair[0], counts) - theil_of_counts(pair[1], counts)
    apart = apart[np.isfinite(apart)]
    ends = (float("nan"), float("nan"))
    if len(apart) and number > 1:
        low, high = np.quantile(apart, [(1 - level) / 2, (1 + level) / 2])
        ends = (float(low), float(high))
    return Unevenness(number, here, there, here - there, *ends, level=level, draws=len(apart))
