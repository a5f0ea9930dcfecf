"""Read the tiers that experts give, to stand beside the computed ones."""

import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import fold
from innohub.study.files import Shelf
from innohub.study.names import Names
from innohub.study.report import near, shown
from innohub.study.schema import TiersSection
from innohub.study.shaped import Shape, read_shaped

COLUMNS = ["place", "tier", "expert", "source", "file", "row"]


def read_expert_tiers(
    shelf: Shelf, tiers: TiersSection | None, places: Names, found: list[Finding]
) -> pd.DataFrame | None:
    """Return place, tier (id), expert ("" where none is named), source, file and row; each place once an expert.

    A tier may be told by its id or by its name in either language; any other word is M261. None where ``[tiers]``
    names no table.
    """
    if tiers is None or not tiers.expert:
        return None
    table = shelf.table(tiers.expert, ("tiers", "expert"))
    if table is None:
        return None
    shape = Shape(("place", "tier"), once=("place", "expert"))
    frame = read_shaped(table, "expert_tiers", shape, {"place": places}, found)
    if frame is None:
        return None
    known = {fold(name): tier.id for tier in tiers.names for name in (tier.en, tier.zh, tier.id)}
    ids = tuple(tier.id for tier in tiers.names)
    for text, file, row in frame[["tier", "file", "row"]].itertuples(index=False):
        if fold(text) not in known:
            params = {"column": "tier", "near": near(text, ids), "options": ids}
            found.append(Finding("M261", "error", str(file), int(row), "tier", shown(text), params))
    return frame.assign(tier=[known.get(fold(text), text) for text in frame["tier"]])[COLUMNS]
