"""Quantities of a sentence: amounts, shares, multiples, ranks, as written, with unit and qualifier."""

from dataclasses import dataclass
from typing import Final

VALUE: Final = "value"
SHARE: Final = "share"
MULTIPLE: Final = "multiple"
RANK: Final = "rank"
GROWTH: Final = "growth"
POINTS: Final = "points"
SUPERLATIVE: Final = "superlative"
SUM: Final = "sum"
COMPARISON: Final = "comparison"
LIST: Final = "list"
KINDS: Final = (VALUE, SHARE, MULTIPLE, RANK, GROWTH, POINTS, SUPERLATIVE, SUM, COMPARISON, LIST)


@dataclass(frozen=True)
class Quantity:
    """A number of a sentence.

    Attributes
    ----------
    start, end : its span in the sentence, qualifier and unit included; ``at`` is where the number itself begins.
    value : in ``unit``; shares in %, ranks as whole numbers.
    qualifier : ``~``, ``~<``, ``>``, ``<`` or empty.
    step : the last printed digit in the unit, 0.01 for 42.29; of a fraction or a tenth, how coarse it is.
    fraction : whether it was told as a fraction (1/3, two fifths) or in tenths (八成).
    """

    start: int
    end: int
    at: int
    value: float
    unit: str
    qualifier: str
    kind: str
    step: float
    fraction: bool = False

    @property
    def digits(self) -> int:
        """How many digits the number carries, zeros at its end left out: 42.29 has four, 200 has one."""
        return len(f"{self.value:.10g}".replace(".", "").lstrip("0").rstrip("0")) or 1
