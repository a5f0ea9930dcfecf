"""Read and check a published layout plan: which centre city stands in which tier."""

from collections.abc import Sequence

import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import Spot, plain_numbers
from innohub.study.columns import fit, fold
from innohub.study.names import Names, resolve
from innohub.study.places import point_finding
from innohub.study.report import shown
from innohub.study.schema import TierName
from innohub.study.tables import Table
from innohub.study.values import fill_notes

COLUMNS = [
    "place", "tier", "centre_zh", "centre_en", "scope_zh", "scope_en", "focus_zh", "focus_en", "lat", "lon",
    "source", "note", "note_zh", "note_en", "file", "row",
]  # fmt: skip


def read_plan(
    table: Table, places: Names, tiers: Sequence[TierName], sources: Names | None, found: list[Finding]
) -> pd.DataFrame | None:
    """Return the published plan, one row a centre city; ``place`` may be blank for cities outside the study."""
    frame = fit(table, "plan", found)
    if frame is None:
        return None
    frame["place"] = resolve(frame, "place", places, found)
    if sources is not None:
        frame["source"] = resolve(frame, "source", sources, found)
    known = {fold(name): tier.id for tier in tiers for name in (tier.en, tier.zh, tier.id)}
    for text, row in zip(frame["tier"], frame["row"], strict=True):
        if fold(text) not in known:
            params = {"tiers": tuple(tier.id for tier in tiers)}
            found.append(Finding("M040", "error", table.file, int(row), "tier", shown(text), params))
    frame["tier"] = [known.get(fold(text), text) for text in frame["tier"]]
    frame["lat"], frame["lon"] = plain_numbers(frame, "lat", found), plain_numbers(frame, "lon", found)
    named = ["centre_zh", "centre_en", "place", "lat", "lon", "row"]
    for chinese, english, place, lat, lon, row in frame[named].itertuples(index=False):
        if not (chinese or english or place):
            found.append(Finding("M041", "warning", table.file, int(row)))
        spot = Spot(table.file, int(row), "lat", "")
        found += point_finding(spot, english or chinese or place, lat, lon)
    fill_notes(frame)
    return frame[COLUMNS]
