"""Technologies in three states: leading, level with the leaders, following (领跑, 并跑, 跟跑)."""

import math
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from innohub.catalog.stages import technology_state_labels
from innohub.errors import Finding, ModelError
from innohub.position.standing.money import require_above

_EVEN = 1e-9


def technology_states(
    counts: Sequence[int], total: int | None = None, printed: Sequence[float] | None = None
) -> pd.DataFrame:
    """Return the shares of technologies that lead, are level with the leaders, and follow.

    Parameters
    ----------
    counts : technologies leading (领跑), level (并跑), following (跟跑).
    total : number surveyed, when it is stated; the counts must sum to it.
    printed : shares in per cent as a text prints them, to be checked at their own number of decimals.

    Returns
    -------
    Columns state, name_zh, name_en, count, share (0 to 1; NaN for no technologies), printed, agrees.

    Raises
    ------
    ModelError
        N130 where the counts do not sum to the total.
    ScaleError
        N121 for a negative count.

    Examples
    --------
    >>> technology_states((195, 355, 599), 1149)["share"].round(4).tolist()
    [0.1697, 0.309, 0.5213]
    """
    require_above(min(counts), "count", limit=-1)
    whole = sum(counts)
    if total is not None and whole != total:
        raise ModelError(Finding("N130", value=str(total), params={"sum": whole, "total": total}))
    labels = technology_state_labels()
    shares = [count / whole if whole else math.nan for count in counts]
    told = [math.nan] * len(shares) if printed is None else list(printed)
    agrees = [
        None if math.isnan(text) else _as_printed(100 * share, text)
        for share, text in zip(shares, told, strict=True)
    ]
    return pd.DataFrame(
        {
            "state": list(labels),
            "name_zh": [label["zh"] for label in labels.values()],
            "name_en": [label["en"] for label in labels.values()],
            "count": list(counts),
            "share": shares,
            "printed": told,
            "agrees": pd.array(agrees, dtype="boolean"),
        }
    )


def _as_printed(value: float, printed: float) -> bool:
    """Say whether a value rounds to a printed one, at the decimals that are printed."""
    exponent = Decimal(str(printed)).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return bool(abs(value - printed) <= 0.5 * 10**-decimals + _EVEN)
