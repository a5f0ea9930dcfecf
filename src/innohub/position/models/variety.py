"""Variety of a place's laboratories, and the path by which it became a centre."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Vector = NDArray[np.float64]
Path = Literal["existing", "planned", "existing and planned", "neither", "no data"]


@dataclass(frozen=True)
class Variety:
    """Shannon entropy of kinds (natural logarithm), evenness, and the number of equally common kinds it equals."""

    entropy: float
    evenness: float
    kinds: int
    equivalent: float


def variety(counts: Vector) -> Variety:
    """Return the variety of kinds, for example of laboratories.

    Entropy is -sum p ln p (Shannon 1948); evenness divides it by ln k over the k kinds that occur (Pielou 1966,
    doi 10.1016/0022-5193(66)90013-0), so that it is undefined for a single kind; exp(entropy) is the number of
    equally common kinds with the same entropy (Hill 1973, doi 10.2307/1934352).

    Raises
    ------
    ScaleError
        N159 for a count below zero or not finite.

    Examples
    --------
    >>> found = variety(np.array([10.0, 30, 20, 4]))
    >>> round(found.entropy, 6), round(found.evenness, 6)
    (1.181983, 0.852621)
    """
    wrong = ~(np.isfinite(counts) & (counts >= 0))
    if wrong.any():
        raise ScaleError(Finding("N159", params={"number": float(counts[wrong][0])}))
    present = counts[counts > 0]
    if not len(present):
        return Variety(np.nan, np.nan, 0, np.nan)
    share = present / present.sum()
    entropy = float(-(share * np.log(share)).sum()) + 0.0
    evenness = entropy / float(np.log(len(share))) if len(share) > 1 else np.nan
    return Variety(entropy, evenness, len(share), float(np.exp(entropy)))


@dataclass(frozen=True)
class RoleTest:
    """Whether a place is a centre of one kind: its value against a bar; ``value`` is NaN without data.

    ``direction`` is -1 where less is better, such as a rank; a value on the bar reaches it either way.
    """

    role: str
    value: float
    bar: float
    direction: int = 1

    @property
    def passed(self) -> bool | None:
        """Whether the value reaches the bar; None without data."""
        if np.isnan(self.value):
            return None
        return self.value <= self.bar if self.direction < 0 else self.value >= self.bar


def centre_path(tests: tuple[RoleTest, ...], planned: bool | None) -> Path:
    """Tell by which path a place becomes a centre of science and technology.

    Some places build on an existing centre of economy, finance or trade: one passed test is enough. Others are
    planned as a centre. A place can be both. Without any data on either the path stays open, and a place is
    "neither" only when every test was made and failed.

    Examples
    --------
    >>> centre_path((RoleTest("finance", 12, 10), RoleTest("trade", np.nan, 10)), planned=True)
    'existing and planned'
    >>> centre_path((RoleTest("finance", 8, 10),), planned=None)
    'no data'
    """
    existing = any(test.passed for test in tests)
    if existing and planned:
        return "existing and planned"
    if existing or planned:
        return "existing" if existing else "planned"
    complete = bool(tests) and all(test.passed is not None for test in tests) and planned is not None
    return "neither" if complete else "no data"
