"""A scale of ratios around 1: logarithmic where they are far apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

# Beyond this span between the smallest and the largest ratio a linear scale would crowd the small ones.
SPAN = 3.0


@dataclass(frozen=True)
class Scale:
    """A scale of ratios that holds 1; logarithmic where all are above zero and far apart."""

    log: bool
    low: float
    high: float

    @classmethod
    def around(cls, ratios: Sequence[float]) -> "Scale":
        """Choose the scale for some ratios."""
        low, high = min(*ratios, 1.0), max(*ratios, 1.0)
        if low > 0 and high / low > SPAN:
            slack = (high / low) ** 0.06
            return cls(True, low / slack, high * slack)
        start = min(0.0, low)
        return cls(False, start - 0.03 * (high - start) * (start < 0), high + 0.06 * (high - start))

    def at(self, ratio: float) -> float:
        """Return where a ratio stands, from 0 to 1."""
        if self.log:
            return log10(ratio / self.low) / log10(self.high / self.low)
        return (ratio - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round ratios within the scale, 1 among them."""
        steps = (1, 2, 5) if self.high / max(self.low, 1e-9) < 100 else (1,)
        if self.log:
            every = (step * 10.0**power for power in range(-6, 7) for step in steps)
            return tuple(tick for tick in every if self.low <= tick <= self.high)
        step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 100, 1000, 1e9) if (self.high - self.low) / s <= 6)
        first = int(self.low / step) - 1
        found = {n * step for n in range(first, first + 9) if self.low <= n * step <= self.high}
        return tuple(sorted(found | {1.0}))
