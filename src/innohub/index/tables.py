"""Lay an index out as result tables."""

from itertools import pairwise

import numpy as np
import pandas as pd

from innohub.index.compute import Nominal
from innohub.index.draws import summary
from innohub.index.examine import examine
from innohub.index.index import Index
from innohub.index.model import Model, describe
from innohub.index.weight.tables import expert_tables
from innohub.study.index_section import IndexSection

KEPT_DRAWS = 2_000


def index_tables(index: Index, section: IndexSection) -> dict[str, pd.DataFrame]:
    """Lay an index out as the result tables weights, steps, scores, acceptability, wins, draws, alternatives."""
    shares = summary.acceptability(index.draws.ranks)
    return {
        "weights": _weights(index.nominal),
        "steps": _steps(index),
        "scores": _scores(index, shares, section.uncertainty.level),
        "history": _history(index.history),
        **_examined(index.nominal),
        **expert_tables(index.history),
        "acceptability": _grid(index, "rank", np.arange(1, len(index.draws.places) + 1), shares),
        "wins": _wins(index),
        "draws": _draws(index),
        "alternatives": _alternatives(index, section),
    }


def _examined(nominal: Nominal) -> dict[str, pd.DataFrame]:
    """Return what to look at before weighting: correlations, reliability, components, influence."""
    seen = examine(nominal)
    return {
        "correlations": seen.correlations,
        "reliability": seen.reliability,
        "components": seen.components,
        "loadings": seen.loadings,
        "influence": seen.influence,
    }


def _weights(nominal: Nominal) -> pd.DataFrame:
    tree, model = nominal.model.tree, nominal.model
    method = ["" if parent < 0 else str(model.weights_of(parent)) for parent in tree.parent]
    columns = {
        "node": tree.nodes,
        "weight": tree.given,
        "share": nominal.shares,
        "effective": nominal.effective,
        "method": method,
    }
    return pd.DataFrame({"index": model.name, **columns})


def _changes(index: Index) -> list[pd.DataFrame]:
    """Return the cells of the study's year that were filled or treated, before and after."""
    prepared, tree = index.prepared, index.nominal.model.tree
    now = prepared.panel.at(prepared.panel.year)
    places = np.array(prepared.panel.places, dtype=object)[now]
    nodes = np.array([tree.nodes[leaf] for leaf in tree.leaves], dtype=object)
    tables = []
    for (_, before), (name, after) in pairwise(prepared.stages.items()):
        old, new = before[now], after[now]
        moved = old != new
        # A quotient that equals its numerator is still a quotient.
        moved |= moved.any(axis=0) & (name == "denominated")
        row, column = np.nonzero(moved & ~np.isnan(new))
        columns = {"step": name, "place": places[row], "node": nodes[column], "before": old[row, column]}
        flags = prepared.panel.flags[now][row, column]
        tables.append(pd.DataFrame({**columns, "after": new[row, column], "flag": flags}))
    return [table for table in tables if len(table)]


def _steps(index: Index) -> pd.DataFrame:
    """Return what filling, treating, normalising and aggregating did to each value."""
    nominal = index.nominal
    tree, panel = nominal.model.tree, nominal.panel
    raw, _ = panel.columns(tree.indicators)
    leaves = pd.DataFrame(
        {
            "step": "normalised",
            "place": np.repeat(panel.places, len(tree.indicators)),
            "node": np.tile([tree.nodes[leaf] for leaf in tree.leaves], len(panel.places)),
            "before": raw.ravel(),
            "after": nominal.normalised.ravel(),
            "flag": panel.flags.ravel(),
        }
    )
    inner = sorted(tree.inner)
    nodes = pd.DataFrame(
        {
            "step": "aggregated",
            "place": np.repeat(panel.places, len(inner)),
            "node": np.tile([tree.nodes[node] for node in inner], len(panel.places)),
            "before": np.nan,
            "after": nominal.scores[:, inner].ravel(),
            "flag": "",
        }
    )
    steps = pd.concat([*_changes(index), leaves, nodes], ignore_index=True)
    steps.insert(0, "index", nominal.model.name)
    steps.insert(4, "year", panel.year)
    return steps


def _scores(index: Index, shares: summary.Matrix, level: float) -> pd.DataFrame:
    """Return scores and ranks of every inner node, the root with its intervals."""
    nominal, tree = index.nominal, index.nominal.model.tree
    tables = []
    for node in sorted(tree.inner):
        columns = {"score": nominal.scores[:, node], "rank": nominal.ranks[:, node]}
        tables.append(pd.DataFrame({"node": tree.nodes[node], "place": nominal.panel.places, **columns}))
    scores = pd.concat(tables, ignore_index=True)
    low, high = summary.rank_intervals(shares, level)
    score_low, score_high = summary.score_intervals(index.draws.scores[index.draws.on_scale], level)
    bounds = pd.DataFrame(
        {
            "node": tree.root,
            "place": index.draws.places,
            "score_low": score_low,
            "score_high": score_high,
            "rank_low": low,
            "rank_high": high,
        }
    )
    scores = scores.merge(bounds, how="left", on=["node", "place"])
    scores.insert(0, "index", nominal.model.name)
    scores.insert(3, "year", nominal.panel.year)
    ordered = [
        "index",
        "node",
        "place",
        "year",
        "score",
        "score_low",
        "score_high",
        "rank",
        "rank_low",
        "rank_high",
    ]
    whole = {column: "Int64" for column in ("rank", "rank_low", "rank_high")}
    return scores[ordered].astype(whole)


def _history(nominal: Nominal) -> pd.DataFrame:
    """Return scores and ranks of every inner node in every year."""
    tree, panel = nominal.model.tree, nominal.panel
    tables = [
        pd.DataFrame(
            {
                "index": nominal.model.name,
                "node": tree.nodes[node],
                "place": panel.places,
                "year": panel.years,
                "score": nominal.scores[:, node],
                "rank": nominal.ranks[:, node],
            }
        )
        for node in sorted(tree.inner)
    ]
    return pd.concat(tables, ignore_index=True).astype({"rank": "Int64"})


def _grid(
    index: Index, name: str, columns: np.ndarray[tuple[int], np.dtype[np.int64]], values: summary.Matrix
) -> pd.DataFrame:
    places = index.draws.places
    return pd.DataFrame(
        {
            "index": index.nominal.model.name,
            "place": np.repeat(places, len(columns)),
            name: np.tile(columns, len(places)),
            "probability": values.ravel(),
        }
    )


def _wins(index: Index) -> pd.DataFrame:
    places = np.array(index.draws.places, dtype=object)
    table = pd.DataFrame(
        {
            "index": index.nominal.model.name,
            "place": np.repeat(places, len(places)),
            "other": np.tile(places, len(places)),
            "probability": summary.win_probability(index.draws.ranks).ravel(),
        }
    )
    return table[table["place"] != table["other"]].reset_index(drop=True)


def _draws(index: Index) -> pd.DataFrame:
    """Return the first draws' weights, enough for the page to answer a moved weight."""
    weights = index.draws.weights[:KEPT_DRAWS]
    tree = index.nominal.model.tree
    return pd.DataFrame(
        {
            "index": index.nominal.model.name,
            "draw": np.repeat(np.arange(len(weights)), weights.shape[1]),
            "node": np.tile([tree.nodes[leaf] for leaf in tree.leaves], len(weights)),
            "weight": weights.ravel(),
        }
    )


def _alternatives(index: Index, section: IndexSection) -> pd.DataFrame:
    tables = [_alternative(index.nominal.model, key, other, section) for key, other in index.alternatives]
    columns = ["index", "alternative", "title_zh", "title_en", "method", "place", "score", "rank"]
    if not tables:
        return pd.DataFrame(columns=columns)
    return pd.concat(tables, ignore_index=True)[columns].astype({"rank": "Int64"})


def _alternative(model: Model, key: str, other: Nominal, section: IndexSection) -> pd.DataFrame:
    title = section.alternatives[key].title
    return pd.DataFrame(
        {
            "index": model.name,
            "alternative": key,
            "title_zh": title.text("zh") or key,
            "title_en": title.text("en") or key,
            "method": describe(other.model),
            "place": other.panel.places,
            "score": other.index_scores,
            "rank": other.ranks[:, 0],
        }
    )
