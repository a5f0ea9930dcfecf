"""Division of chain stages between groups of places, from a table of amounts."""

from collections.abc import Mapping, Sequence

import pandas as pd

from innohub.ecosystem.shares import require_amounts
from innohub.position.models.division import check_division, stage_quotients


def divide_stages(
    amounts: pd.DataFrame, groups: Mapping[str, str], parts: Sequence[tuple[str, str]]
) -> tuple[pd.DataFrame, str]:
    """Return how groups of places are specialised in stages of a chain, and whether a stated division holds.

    Parameters
    ----------
    amounts : columns place, stage, amount (firms, projects or the like); rows of a stage add up.
    groups : place to group; places without a group are left out, of the totals too.
    parts : (group, stage) pairs that the division states, such as hatched here, produced there.

    Returns
    -------
    Table group, stage, amount, quotient (location quotient, above 1 specialised), stated (whether the division
    names it), and the verdict: "holds", "does not hold", "no data". A stage without a row in a group counts zero;
    a missing amount leaves all quotients open, because the totals are not known then.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.
    """
    require_amounts(amounts["amount"].to_numpy(float))
    kept = amounts.assign(group=amounts["place"].map(dict(groups))).dropna(subset="group")
    sums = kept.groupby(["group", "stage"], sort=False)["amount"].agg(lambda part: part.sum(skipna=False))
    wide = sums.unstack("stage", fill_value=0)
    names, stages = [str(name) for name in wide.index], [str(stage) for stage in wide.columns]
    values = wide.to_numpy(float)
    quotients = stage_quotients(values)
    rows = [
        (group, stage, values[g, s], quotients[g, s], (group, stage) in set(parts))
        for g, group in enumerate(names)
        for s, stage in enumerate(stages)
    ]
    _, verdict = check_division(values, names, stages, parts)
    return pd.DataFrame(rows, columns=["group", "stage", "amount", "quotient", "stated"]), verdict
