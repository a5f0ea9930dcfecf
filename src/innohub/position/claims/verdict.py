"""The words of a verdict, and when a computed number bears out a stated one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from innohub.position.claims.quantity import Quantity

HOLDS: Final = "holds"
FAILS: Final = "fails"
AMBIGUOUS: Final = "ambiguous"
SCOPE: Final = "scope-missing"
UNTESTED: Final = "cannot-test"
VERDICTS: Final = (FAILS, AMBIGUOUS, SCOPE, HOLDS, UNTESTED)
Fit = Literal["holds", "close", "fails"]
_EXACT = 1e-9


@dataclass(frozen=True)
class Step:
    """One number that a verdict rests on: a cell of a study (file, row) or a number of a text (file, line)."""

    file: str
    row: int
    value: float
    unit: str
    place: str = ""
    indicator: str = ""
    year: int | None = None
    quote: str = ""


@dataclass(frozen=True)
class Verdict:
    """A verdict, why (``reason`` is a key of the words), the computed number and the numbers that it rests on."""

    word: str
    reason: str
    computed: float | None = None
    steps: tuple[Step, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)


def agrees(stated: Quantity, computed: float, step: float = 0.0) -> Fit:
    """Hold a computed number against a stated one by the words it is told with.

    About x (约): within 5 %; nearly x (近): from 0.9 x up to x; over x (超过): more than x; a third: within two points;
    tenths (八成): within five points; a plain number: within half of its last digit. ``close`` is a number on the very
    bound, or cut off rather than rounded.

    Parameters
    ----------
    stated : as told.
    computed : in the unit of the stated number.
    step : the last printed digit of what the computed number rests on, in the same unit; 0 where it is exact.

    Examples
    --------
    >>> third = Quantity(0, 3, 0, 100 / 3, "%", "", "share", 4.0, fraction=True)
    >>> agrees(third, 37.24), agrees(third, 35.0)
    ('fails', 'holds')
    """
    x, half = stated.value, max(stated.step, step) / 2
    gap, slack = abs(computed - x), _EXACT * max(abs(x), 1.0)
    if stated.qualifier in (">", "<"):
        beyond = computed > x + slack if stated.qualifier == ">" else computed < x - slack
        bound = max(step / 2, 0.005 * abs(x)) + slack
        return "holds" if beyond else "close" if gap <= bound else "fails"
    if stated.qualifier == "~<":
        if 0.9 * x - slack <= computed < x - slack:
            return "holds"
        return "close" if gap <= max(stated.step, step, 0.02 * x) + slack or computed == x else "fails"
    if stated.qualifier == "~":
        return "holds" if gap <= max(0.05 * abs(x), half) + slack else "fails"
    if gap <= half + slack:
        return "holds"
    return "close" if not stated.fraction and gap <= 2 * half + slack else "fails"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that speaks for several tests of one claim: a failure first, then what it rests on best."""
    order = {FAILS: 0, HOLDS: 1, AMBIGUOUS: 2, SCOPE: 3, UNTESTED: 4}
    told = list(verdicts)
    open_share = next((one for one in told if one.reason in ("denominator_only", "denominator_parts")), None)
    return open_share or min(told, key=lambda one: order[one.word])
