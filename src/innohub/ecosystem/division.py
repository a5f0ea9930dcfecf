"""Division of the chain: which group of places is specialised in which stage, as in hatch here, produce there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.chain_draws import draw_amounts, limits
from innohub.ecosystem.shares import require_amounts

Array = NDArray[np.float64]
Verdict = Literal["holds", "does not hold", "no data"]


@dataclass(frozen=True)
class Division:
    """How groups of places divide the stages of a chain, and whether a stated division holds.

    ``table``: group, stage, amount, quotient, quotient_low, quotient_high, stated. ``tests``, a row for each stated
    part: group, stage, quotient, quotient_low, quotient_high, probability (of a quotient above one), holds.
    """

    table: pd.DataFrame
    tests: pd.DataFrame
    verdict: Verdict


def stage_quotients(amounts: Array) -> Array:
    """Return location quotients of groups of places by stage of the chain.

    LQ = (x_gs / x_g) / (x_s / x) with totals over the groups given (Isard 1960, Methods of Regional Analysis).

    Parameters
    ----------
    amounts : (..., groups, stages) of zero or above, for example firms or projects; NaN where not known.

    Returns
    -------
    The same shape; NaN for a group or stage without any amount, and everywhere when an amount is missing, because
    the totals are not known then.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.

    Examples
    --------
    >>> stage_quotients(np.array([[30.0, 10.0], [20.0, 60.0]])).round(4).tolist()
    [[1.8, 0.4286], [0.6, 1.2857]]
    """
    require_amounts(amounts)
    group, stage = amounts.sum(axis=-1, keepdims=True), amounts.sum(axis=-2, keepdims=True)
    expected = group * stage
    quotient: Array = np.divide(
        amounts * amounts.sum(axis=(-2, -1), keepdims=True), expected,
        out=np.full(amounts.shape, np.nan), where=expected > 0,
    )  # fmt: skip
    return quotient


def divide_stages(
    amounts: pd.DataFrame,
    groups: Mapping[str, str],
    parts: Sequence[tuple[str, str]],
    draws: int = 0,
    rng: np.random.Generator | None = None,
    *,
    level: float = 0.9,
) -> Division:
    """Return how groups of places are specialised in stages of a chain, and whether a stated division holds.

    It holds when every group named is specialised in its stage: a location quotient above one. A part without data
    leaves the verdict open unless another part already fails.

    Parameters
    ----------
    amounts : columns place, stage, amount (firms, projects or the like; rows of a stage add up), and spread, the
        relative standard deviation of the amount, none where the column is absent.
    groups : place to group; places without a group are left out, of the totals too.
    parts : (group, stage) pairs that the division states, such as hatched here, produced there.
    draws : amounts are drawn with their errors so many times, for the limits that hold the middle ``level``.

    Returns
    -------
    Division
        A stage without a row in a group counts zero; a missing amount leaves all quotients open, because the totals
        are not known then.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.
    """
    require_amounts(amounts["amount"].to_numpy(float))
    kept = amounts.assign(group=amounts["place"].map(dict(groups))).dropna(subset="group")
    names, stages = list(dict.fromkeys(kept["group"])), list(dict.fromkeys(kept["stage"]))
    cell = [
        names.index(g) * len(stages) + stages.index(s)
        for g, s in zip(kept["group"], kept["stage"], strict=True)
    ]
    into = np.zeros((len(kept), len(names) * len(stages)))
    into[np.arange(len(kept)), cell] = 1.0
    amount = kept["amount"].to_numpy(float)
    values = _summed(amount, into).reshape(len(names), len(stages))
    quotients = stage_quotients(values)
    spread = kept["spread"].fillna(0.0).to_numpy(float) if "spread" in kept else np.zeros(len(kept))
    drawn = np.empty((0, *values.shape))
    if draws and rng is not None and len(kept):
        drawn = stage_quotients(
            _summed(draw_amounts(amount, spread, draws, rng), into).reshape(-1, *values.shape)
        )
    low, high = limits(drawn, level)
    rows = [
        (group, stage, values[g, s], quotients[g, s], low[g, s], high[g, s], (group, stage) in set(parts))
        for g, group in enumerate(names)
        for s, stage in enumerate(stages)
    ]
    head = ["group", "stage", "amount", "quotient", "quotient_low", "quotient_high", "stated"]
    flat = drawn.reshape(len(drawn), quotients.size)
    cells = {row[:2]: (*row[3:6], flat[:, at]) for at, row in enumerate(rows)}
    tests = [(*part, *_test(cells.get(part))) for part in parts]
    told = pd.DataFrame(tests, columns=[*head[:2], *head[3:6], "probability", "holds"])
    return Division(pd.DataFrame(rows, columns=head), told, _verdict([row[-1] for row in tests]))


def _summed(amount: Array, into: Array) -> Array:
    """Return the sums (..., cells) of amounts (..., rows); a missing amount makes its own cell missing alone."""
    known = np.isfinite(amount)
    sums: Array = np.where(known, amount, 0.0) @ into
    sums[(~known).astype(float) @ into > 0] = np.nan
    return sums


def _test(
    cell: tuple[float, float, float, Array] | None,
) -> tuple[float, float, float, float, bool | None]:
    """Return quotient, limits, probability of a quotient above one, and whether it is; open where the data lack it."""
    if cell is None:
        return np.nan, np.nan, np.nan, np.nan, None
    value, low, high, drawn = cell
    known = drawn[np.isfinite(drawn)]
    probability = float((known > 1).mean()) if len(known) else np.nan
    return value, low, high, probability, None if np.isnan(value) else bool(value > 1)


def _verdict(answers: Sequence[bool | None]) -> Verdict:
    if False in answers:
        return "does not hold"
    return "no data" if None in answers or not answers else "holds"
