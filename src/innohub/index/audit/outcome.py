"""What an audit finds: conventions that fit, a verdict of a closed set, and how far chance could explain it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import comb, log10
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Verdict = Literal["one", "several", "none", "undecidable"]
Confidence = Literal["high", "moderate", "none"]
VERDICTS: Final = ("one", "several", "none", "undecidable")
# A fit that chance explains more often than this decides nothing.
BAR: Final = -3.0
SURE: Final = -6.0


@dataclass(frozen=True)
class Fit:
    """A convention and how it reproduces a column.

    ``rows`` counts the rows reproduced within rounding; ``misfits`` are the positions of the others, ``expected``
    what the convention gives in every row (rows,). ``residual`` is the largest difference over the rows reproduced.
    ``weights``, ``low``, ``high`` (weights,) are the recovered weights and how far each can go; None where the
    convention has none. ``chance`` is the decimal logarithm of the probability, at most, that one of the conventions
    tested reproduces as many rows of a table that knows nothing of it. ``strays`` tells by how many half-units of the
    last decimal the misfits miss.
    """

    convention: str
    rows: int
    misfits: tuple[int, ...]
    expected: Vector
    residual: float
    chance: float
    parameters: Mapping[str, Any] = field(default_factory=dict)
    weights: Vector | None = None
    low: Vector | None = None
    high: Vector | None = None
    strays: tuple[float, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the weights are fixed to within a hundredth; True where there are none."""
        return self.low is None or self.high is None or bool((self.high - self.low < 0.01).all())


@dataclass(frozen=True)
class Outcome:
    """The answer to one question about a table.

    ``aspect`` is the question (``aggregation``, ``normalisation``, ``ranks``, ``classes``, ``filled`` …), ``column``
    the column it is about. ``fits`` holds the conventions that fit, the best first; ``nearest`` the best of those that
    do not, where none does. ``reason`` says why nothing can be decided.
    """

    aspect: str
    column: str
    verdict: Verdict
    fits: tuple[Fit, ...]
    tested: tuple[str, ...]
    rows: int
    confidence: Confidence = "none"
    reason: str = ""
    nearest: Fit | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def misfits(self) -> tuple[int, ...]:
        """Rows that no fitting convention reproduces."""
        sets = [set(fit.misfits) for fit in self.fits]
        return tuple(sorted(set.intersection(*sets))) if sets else ()


def chance_of(tested: int, rows: int, left_out: int, free: int, tightness: float) -> float:
    """Return the decimal logarithm of a bound on the probability that a table fits by accident.

    A row agrees by accident with a probability of about the width of its rounding over the spread of the column,
    ``tightness``. As many rows as there are free parameters always agree, and any ``left_out`` rows may be chosen to
    be left out; what remains has to agree on its own. The bound is that of Bonferroni over all these choices.

    Examples
    --------
    >>> round(chance_of(1, 5, 0, 2, 0.01), 6)
    -6.0
    """
    surplus = rows - left_out - free
    if surplus <= 0:
        return 0.0
    tight = min(max(tightness, 1e-12), 1.0)
    return min(0.0, log10(max(tested, 1)) + log10(comb(rows, left_out)) + surplus * log10(tight))


def most_left_out(tested: int, rows: int, free: int, tightness: float) -> int:
    """Return how many rows may be left out before a fit decides nothing; never above a fifth of the rows."""
    most = 0
    while most < rows // 5 and chance_of(tested, rows, most + 1, free, tightness) <= BAR:
        most += 1
    return most


def tightness_of(low: Vector, high: Vector) -> float:
    """Return the width of the rounding over the spread of a printed column."""
    known = np.isfinite(low) & np.isfinite(high)
    if known.sum() < 2:
        return 1.0
    middle = (low[known] + high[known]) / 2
    spread = float(np.quantile(middle, 0.9) - np.quantile(middle, 0.1))
    return float(np.median(high[known] - low[known])) / spread if spread > 0 else 1.0


def decide(
    aspect: str,
    column: str,
    fits: Sequence[Fit],
    tested: Sequence[str],
    rows: int,
    *,
    nearest: Fit | None = None,
) -> Outcome:
    """Judge which of the conventions that fit stand beside the best one.

    The one that leaves out the fewest rows is best. Another stands beside it when it leaves out as many, or one more
    that misses by no more than two units of the last decimal: a slip of that size is not a proof.
    """
    names = tuple(tested)
    known = sorted(
        fits, key=lambda fit: (len(fit.misfits), len(fit.parameters.get("caps", ())), fit.residual)
    )
    sound = [fit for fit in known if fit.chance <= BAR]
    if known and not sound:
        return Outcome(aspect, column, "undecidable", tuple(known), names, rows, reason="chance")
    if not sound:
        far = nearest is not None and 2 * len(nearest.misfits) > rows
        return Outcome(
            aspect, column, "none", (), names, rows, "high" if far else "moderate", nearest=nearest
        )
    best = sound[0]
    fitting = tuple(fit for fit in sound if _beside(fit, best))
    verdict: Verdict = "one" if len(fitting) == 1 else "several"
    return Outcome(aspect, column, verdict, fitting, names, rows, _confidence(best.chance))


def undecided(aspect: str, column: str, rows: int, reason: str, **detail: object) -> Outcome:
    """Return the outcome that says why a question cannot be decided."""
    return Outcome(aspect, column, "undecidable", (), (), rows, reason=reason, detail=detail)


def about(outcome: Outcome, **detail: object) -> Outcome:
    """Return an outcome with more said about it."""
    return replace(outcome, detail={**outcome.detail, **detail})


def _beside(fit: Fit, best: Fit) -> bool:
    more = len(fit.misfits) - len(best.misfits)
    if more <= 0:
        return True
    return more == 1 and min(fit.strays, default=np.inf) <= 4.0


def _confidence(chance: float) -> Confidence:
    return "high" if chance <= SURE else "moderate" if chance <= BAR else "none"
