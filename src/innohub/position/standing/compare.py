"""Set up to six places side by side on any framework."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from innohub.errors import Finding, ModelError
from innohub.index.rank import rank_scores
from innohub.position.standing.similar import refuse

MOST = 6


def compare(
    values: pd.DataFrame, places: Sequence[str], framework: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return a row a node and place: the value, its rank among all places, its rank among those compared.

    Parameters
    ----------
    values : columns node, place, value and, if wished, direction (-1 where less is better), year, unit. All
        places of the field belong in it: ranks run over them, ties share the better rank.
    places : one to six, in the order in which they are to stand.
    framework : columns node, parent, depth and, if wished, name_zh, name_en, in the order of the framework;
        default the nodes of ``values`` as they come.

    Returns
    -------
    Columns node, parent, depth, name_zh, name_en, place, value, unit, year, rank, of (places ranked), rank_here,
    best (True for the best of those compared; all that tie), marks ("year" where years differ within the node).
    A place without a value has a row without value and ranks.

    Raises
    ------
    ModelError
        N136 for no place, more than six, one named twice or unknown; N135 where units differ within a node.
    """
    _check(values, places)
    nodes = values[["node"]].drop_duplicates() if framework is None else framework
    blocks = [
        _node(values.loc[values["node"] == row["node"]], places).assign(**_head(row))
        for _, row in nodes.iterrows()
    ]
    first = ["node", "parent", "depth", "name_zh", "name_en", "place"]
    table = pd.concat(blocks, ignore_index=True)
    return table[[*first, *(name for name in table.columns if name not in first)]]


def _check(values: pd.DataFrame, places: Sequence[str]) -> None:
    if not 1 <= len(places) <= MOST or len(set(places)) < len(places):
        refuse("number", count=len(places), most=MOST)
    if unknown := sorted(set(places) - set(values["place"])):
        refuse("place", place=", ".join(unknown))
    if len(twice := values.loc[values.duplicated(["node", "place"]), "place"]):
        refuse("twice", place=", ".join(sorted(set(twice))))
    if "unit" in values:
        for node, units in values.groupby("node")["unit"]:
            if len(found := sorted(units.dropna().unique())) > 1:
                raise ModelError(Finding("N135", params={"indicator": node, "units": tuple(found)}))


def _head(row: "pd.Series[Any]") -> dict[str, Any]:
    node = row["node"]
    given = {"node": node, "parent": "", "depth": 0, "name_zh": node, "name_en": node}
    return {name: row.get(name, other) for name, other in given.items()}


def _node(own: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """Rank the values of one node and keep the places compared."""
    direction = own["direction"].to_numpy(dtype=float) if "direction" in own else 1.0
    ranks = rank_scores(own["value"].to_numpy(dtype=float) * direction)
    ranked = own.assign(rank=ranks).set_index("place").reindex(list(places))
    here = rank_scores(-ranked["rank"].to_numpy(dtype=float))
    years = ranked.loc[ranked["value"].notna(), "year"] if "year" in ranked else pd.Series(dtype=float)
    return pd.DataFrame(
        {
            "place": list(places),
            "value": ranked["value"].to_numpy(dtype=float),
            "unit": ranked["unit"].fillna("").to_numpy() if "unit" in ranked else "",
            "year": ranked["year"].astype("Int64").to_numpy() if "year" in ranked else pd.NA,
            "rank": pd.Series(ranked["rank"].to_numpy(dtype=float)).astype("Int64"),
            "of": int(np.isfinite(ranks).sum()),
            "rank_here": pd.Series(here).astype("Int64"),
            "best": here == 1,
            "marks": "year" if years.nunique() > 1 else "",
        }
    )
