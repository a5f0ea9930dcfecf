"""Which definitions of tier probability give answers of their own under a method of cutting tiers."""

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from innohub.study.schema import TiersSection

Definition = Literal["places", "thresholds", "refitted"]
DEFINITIONS: tuple[Definition, ...] = ("places", "thresholds", "refitted")
# These methods find nothing anew in a draw: what is "refitted" under them answers another question.
GIVEN: Mapping[str, Definition] = {
    **dict.fromkeys(("sizes", "quantiles", "quota", "quantile"), "places"),
    "thresholds": "thresholds",
}


def definitions(section: TiersSection, tiers: pd.DataFrame) -> tuple[Definition, ...]:
    """Return the definitions of tier probability that a run has and that give different answers."""
    if tiers.empty:
        return ()
    known = set(tiers.loc[tiers["probability"].notna(), "definition"])
    if given(section) in known:
        known.discard("refitted")
    return tuple(name for name in DEFINITIONS if name in known)


def own_definition(section: TiersSection, known: tuple[Definition, ...]) -> Definition | None:
    """Return the definition that the study takes as its own, of those known."""
    wanted: Definition | None = section.definition
    if wanted not in known:
        wanted = given(section)
    return wanted if wanted in known else next(iter(known), None)


def given(section: TiersSection) -> Definition | None:
    """Return what the method of the tiers gives once and for all: sizes, thresholds, or neither."""
    return GIVEN.get(section.method.partition("(")[0].strip())
