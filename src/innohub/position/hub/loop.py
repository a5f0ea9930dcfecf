"""The loop of the hub triangle: whether agglomeration, innovation and diffusion reinforce themselves."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from innohub.errors import Finding
from innohub.position.hub.within import WithinFit, resampled, within_fit

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Verdict = Literal["self-reinforcing", "fading", "open", "broken"]


@dataclass(frozen=True)
class Loop:
    """The loop gain alpha beta gamma against the decay delta.

    ``growth`` is alpha beta gamma - delta for one lag, with its interval; ``growth_lagged`` is the growth
    per lag when each arrow takes one lag. ``broken`` says that an arrow is zero or below.
    """

    alpha: float
    beta: float
    gamma: float
    decay: float
    decay_from: Literal["estimated", "given"]
    gain: float
    growth: float
    low: float
    high: float
    growth_lagged: float
    interval: Literal["delta", "bootstrap"]
    draws: int
    verdict: Verdict


def loop_growth(alpha: float, beta: float, gamma: float, decay: float) -> tuple[float, float]:
    """Return growth of agglomeration for one lag: without delay, and with one lag along each arrow.

    Without delay dA = alpha D - delta A, I = beta A, D = gamma I give dA = (alpha beta gamma - delta) A. With one
    lag an arrow, growth by the factor r needs r^3 = (1 - delta) r^2 + alpha beta gamma; the largest real root
    is taken. Both are above zero under the same condition, alpha beta gamma > delta.

    Examples
    --------
    >>> [round(growth, 6) for growth in loop_growth(0.2, 0.5, 0.8, 0.05)]
    [0.03, 0.025997]
    """
    gain = alpha * beta * gamma
    roots = np.roots([1.0, -(1.0 - decay), 0.0, -gain])
    real = roots[np.abs(roots.imag) < 1e-9].real
    return float(gain - decay), float(real.max() - 1)


def close_loop(
    steps: pd.DataFrame,
    arrows: list[WithinFit],
    times: Matrix,
    *,
    decay: float | None = None,
    interval: Literal["delta", "bootstrap"] = "delta",
    level: float = 0.95,
) -> tuple[Loop | None, tuple[Finding, ...]]:
    """Put the arrows together and set the loop gain against the decay.

    beta and gamma are the first two arrows. alpha comes from the equation of the stock, A(t+1) - A(t) =
    alpha D(t) - delta A(t) with place and year effects, which gives delta too unless it is told. ``delta`` uses
    the joint covariance of all equations, clustered by place, and Student's t; ``bootstrap`` takes percentiles.
    """
    stock = _stock(steps, decay)
    if stock is None:
        return None, (Finding("N154", "warning"),)
    fits = [stock, arrows[0], arrows[1]]
    middle = _values([fit.coefficient for fit in fits], decay)
    alpha, beta, gamma, lost = middle.tolist()
    growth, lagged = loop_growth(alpha, beta, gamma, lost)
    draws = _draws(fits, times, decay) if interval == "bootstrap" else np.empty((0, 4))
    if len(draws):
        ends = np.quantile(draws[:, :3].prod(axis=1) - draws[:, 3], [(1 - level) / 2, (1 + level) / 2])
        low, high = ends.tolist()
    else:
        low, high = _delta(fits, middle, growth, level)
    loop = Loop(
        alpha=alpha, beta=beta, gamma=gamma, decay=lost,
        decay_from="estimated" if decay is None else "given",
        gain=alpha * beta * gamma, growth=growth, low=low, high=high, growth_lagged=lagged,
        interval="bootstrap" if len(draws) else "delta", draws=len(draws),
        verdict=_verdict(middle, low, high),
    )  # fmt: skip
    return loop, (Finding("N155", "warning", params={"years": stock.years}),)


def fit_arrow(steps: pd.DataFrame, start: str, end: str) -> WithinFit | None:
    """Regress one corner a lag later on another, with place and year effects; None where it cannot be told.

    ``steps`` has the columns of the corners, the same with ``_next``, and the codes ``code`` (place), ``when`` (year).
    """
    codes = (steps["code"].to_numpy(np.intp), steps["when"].to_numpy(np.intp))
    return within_fit(steps[f"{end}_next"].to_numpy(float), steps[[start]].to_numpy(float), *codes)


def _stock(steps: pd.DataFrame, decay: float | None) -> WithinFit | None:
    now, then = steps["agglomeration"].to_numpy(float), steps["agglomeration_next"].to_numpy(float)
    spread = steps["diffusion"].to_numpy(float)
    codes = (steps["code"].to_numpy(np.intp), steps["when"].to_numpy(np.intp))
    if decay is not None:
        return within_fit(then - (1 - decay) * now, spread[:, None], *codes)
    return within_fit(then - now, np.column_stack([spread, now]), *codes)


def _values(coefficients: list[Vector], decay: float | None) -> Vector:
    """Return alpha, beta, gamma, delta from the coefficients of stock, first and second arrow (last axis)."""
    stock, first, second = coefficients
    lost = -stock[..., 1] if decay is None else np.full_like(stock[..., 0], decay)
    return np.stack([stock[..., 0], first[..., 0], second[..., 0], lost], axis=-1)


def _draws(fits: list[WithinFit], times: Matrix, decay: float | None) -> Matrix:
    values = _values([resampled(fit, times)[0] for fit in fits], decay) if len(times) else np.empty((0, 4))
    whole: Matrix = values[np.isfinite(values).all(axis=1)]
    return whole


def _delta(fits: list[WithinFit], middle: Vector, growth: float, level: float) -> tuple[float, float]:
    """Return the interval of alpha beta gamma - delta from each place's influence on all four values."""
    alpha, beta, gamma, _ = middle.tolist()
    stock, first, second = fits
    slopes = ((stock, beta * gamma, 0), (first, alpha * gamma, 0), (second, alpha * beta, 0))
    own = ((stock, 1.0, 1),) if len(stock.coefficient) > 1 else ()
    codes = np.unique(np.concatenate([fit.cluster for fit in fits]))
    influence = np.zeros(len(codes))
    for fit, slope, term in (*slopes, *own):
        influence[np.searchsorted(codes, fit.cluster)] += slope * fit.influence[:, term]
    freedom = min(fit.freedom for fit in fits)
    reach = float(stats.t.ppf((1 + level) / 2, freedom)) * float(np.linalg.norm(influence))
    return growth - reach, growth + reach


def _verdict(middle: Vector, low: float, high: float) -> Verdict:
    if (middle[:3] <= 0).any():
        return "broken"
    return "self-reinforcing" if low > 0 else "fading" if high < 0 else "open"
