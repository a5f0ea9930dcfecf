"""Lay out the changes of ranks and scores as a table."""

import numpy as np
import pandas as pd

from innohub.index.shapley import Split
from innohub.run.compare import ChangeSet
from innohub.run.compare_states import CAUSES
from innohub.words import LANGUAGES


def change_table(done: ChangeSet) -> pd.DataFrame:
    """Lay out the changes, one row a place.

    Returns
    -------
    place, name_zh, name_en, status, rank_before, rank_after, gained, gained_own_data … gained_membership,
    gained_together, score_before, score_after, change, change_own_data … change_together, together: the causes that
    ``gained_together`` and ``change_together`` stand for, joined by ``+``.
    """
    names = {language: done.names(language) for language in LANGUAGES}
    rows = []
    for one in done.changes:
        row: dict[str, object] = {
            "place": one.place,
            **{f"name_{language}": names[language].get(one.place, one.place) for language in LANGUAGES},
            "status": one.status,
            "rank_before": one.rank_before,
            "rank_after": one.rank_after,
            "gained": one.gained,
            **_parts("gained", one.ranks),
            "score_before": one.score_before,
            "score_after": one.score_after,
            "change": one.score_after - one.score_before,
            **_parts("change", one.scores),
            "together": ";".join(
                "+".join(CAUSES[cause] for cause in block) for block in one.ranks.blocks if len(block) > 1
            ),
        }
        rows.append(row)
    return pd.DataFrame(rows).astype({"rank_before": "Int64", "rank_after": "Int64", "gained": "Int64"})


def _parts(name: str, found: Split) -> dict[str, float]:
    """Return the part of each cause, NaN where it has none of its own, and what several have together."""
    parts = {f"{name}_{cause}": np.nan for cause in CAUSES}
    joint = [part for block, part in zip(found.blocks, found.parts, strict=True) if len(block) > 1]
    for block, part in zip(found.blocks, found.parts, strict=True):
        if len(block) == 1:
            parts[f"{name}_{CAUSES[block[0]]}"] = part
    return {**parts, f"{name}_together": float(np.sum(joint)) if joint else np.nan}
