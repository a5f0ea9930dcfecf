"""Tiers that experts give, beside the computed ones."""

import pandas as pd

from innohub.errors import Finding
from innohub.position.tier.tiers import Tiers

COLUMNS = [
    "place", "expert", "given", "assigned", "agrees", "apart", "probability", "source", "file", "row",
]  # fmt: skip


def compare_experts(
    tiers: Tiers, labels: pd.DataFrame | None
) -> tuple[dict[str, pd.DataFrame], tuple[Finding, ...]]:
    """Set each expert's tier of a place beside the computed one, with the probability of the expert's.

    Nothing is mixed: the expert's label moves no place. ``apart`` counts tiers, above zero where the expert places
    it higher. Places without a computed tier are left out with a warning (L217), and so are tiers that an ordered
    mixture did not find.

    Parameters
    ----------
    labels : place, tier, expert, source, file, row; None for a study without them.

    Returns
    -------
    The table expert_tiers, and the warning.
    """
    if labels is None or labels.empty:
        return {}, ()
    level = {name: number for number, name in enumerate(tiers.names)}
    order = {place: number for number, place in enumerate(tiers.places)}
    known = labels["place"].isin(order) & labels["tier"].isin(level)
    told = labels.loc[known].reset_index(drop=True)
    at, given = told["place"].map(order).to_numpy(int), told["tier"].map(level).to_numpy(int)
    assigned = tiers.assigned[at] if len(told) else at
    table = told.assign(
        given=told["tier"],
        assigned=[tiers.names[number] for number in assigned],
        agrees=given == assigned,
        apart=assigned - given,
        probability=tiers.probabilities[tiers.definition][at, given],
    )
    findings: tuple[Finding, ...] = ()
    if not known.all():
        left = labels.loc[~known]
        params = {"count": len(left), "places": tuple(dict.fromkeys(left["place"]))}
        spot = (str(left["file"].iloc[0]), int(left["row"].iloc[0]), "place")
        findings = (Finding("L217", "warning", *spot, params=params),)
    return {"expert_tiers": table[COLUMNS]}, findings
