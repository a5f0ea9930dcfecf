"""How a column was rounded: half up, half to even, or cut off, decided by values that fall on a half."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.outcome import Fit, Outcome, undecided

Vector = NDArray[np.float64]

RULES: Final = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "cut": ROUND_DOWN}


def audit_rounding(
    scores: Sequence[Sequence[str]],
    weights: Vector,
    printed: Sequence[str],
    decimals: int,
    *,
    column: str = "",
) -> Outcome:
    """Find how weighted means of printed scores were rounded, in exact arithmetic.

    Only a mean that lies exactly on a half tells half up from half to even, so the weights have to be known exactly:
    they are taken as the fractions nearest to those given.

    Parameters
    ----------
    scores : (rows)(columns) texts of plain numbers; printed : (rows,) texts of the index; decimals : of the index.
    weights : (columns,) weights.

    Examples
    --------
    >>> half = [["1", "2"], ["2", "3"], ["3", "4"], ["5", "6"]]
    >>> audit_rounding(half, np.array([0.5, 0.5]), ["2", "2", "4", "6"], 0).fits[0].convention
    'half_even'
    """
    shares = [Fraction(float(w)).limit_denominator(1000) for w in weights]
    if sum(shares) != 1:
        return undecided("rounding", column, len(printed), "weights")
    exact = [
        sum((w * Fraction(cell) for w, cell in zip(shares, row, strict=True)), Fraction(0)) for row in scores
    ]
    step = Decimal(1).scaleb(-decimals)
    given = {rule: [_rounded(value, step, how) for value in exact] for rule, how in RULES.items()}
    wanted = [Decimal(text) for text in printed]
    ties = tuple(k for k, value in enumerate(exact) if (abs(value) * 10**decimals) % 1 == Fraction(1, 2))
    right = {
        rule: [k for k, value in enumerate(values) if value == wanted[k]] for rule, values in given.items()
    }
    most = max(map(len, right.values()))
    fits = [rule for rule, rows in right.items() if len(rows) == most]
    detail = {"ties": ties}
    if not ties or len(fits) > 1:
        return undecided("rounding", column, len(printed), "no_halves", **detail)
    rows = len(printed)
    gone = tuple(sorted(set(range(rows)) - set(right[fits[0]])))
    values = np.array([float(value) for value in given[fits[0]]])
    apart = most - max(len(own) for rule, own in right.items() if rule != fits[0])
    fit = Fit(fits[0], most, gone, values, 0.0, -float(apart))
    return Outcome(
        "rounding",
        column,
        "one",
        (fit,),
        tuple(RULES),
        rows,
        "high" if apart >= 6 else "moderate",
        detail=detail,
    )


def _rounded(value: Fraction, step: Decimal, how: str) -> Decimal:
    places = -int(step.as_tuple().exponent)
    scaled = value * 10**places
    whole, rest = divmod(abs(scaled), 1)
    up = rest > Fraction(1, 2) or (
        rest == Fraction(1, 2) and (how == ROUND_HALF_UP or (how == ROUND_HALF_EVEN and whole % 2 == 1))
    )
    number = int(whole) + int(up and how != ROUND_DOWN)
    return Decimal(number if scaled >= 0 else -number).scaleb(-places)
