"""The step of a run that reads an index over the years: groups, classes, neighbours, shape."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index import Index
from innohub.index.dynamics import nearest_neighbours, paired_neighbours
from innohub.index.dynamics.change import change_tables
from innohub.index.dynamics.scores import Scores, read_scores
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ground import Ground
from innohub.study.neighbours import nearest_count
from innohub.trace import code_fingerprint, digest

Matrix = NDArray[np.float64]


def has_change(ground: Ground, name: str) -> bool:
    """Say whether there is anything to read over the years: several of them, or groups, or neighbours."""
    change = ground.study.settings.index[name].change
    return len(ground.panel.calendar) > 1 or bool(change.groups or change.neighbours)


def change_step(ground: Ground, name: str, index: Outcome, blocks: Path, *, fresh: bool) -> Outcome:
    """Read the history of an index over the years, or read the tables back."""
    history = index.tables["history"]
    labels, pairs = _labels(ground, name), ground.study.neighbours
    near = ground.study.places[["place", "lat", "lon"]].to_csv(index=False)
    fingerprint = digest(
        code_fingerprint(),
        history.to_csv(index=False, float_format="%r"),
        ground.study.settings.index[name].change.model_dump(mode="json"),
        labels,
        near if nearest_count(ground.study.settings.index[name].change.neighbours) else "",
        pairs[["place", "other", "weight"]].to_csv(index=False) if pairs is not None else "",
    )
    block = blocks / f"change-{name}" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome(f"change:{name}", fingerprint, tables, computed=False)
    tables, findings = read_change(ground, name, history)
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome(f"change:{name}", fingerprint, tables, computed=True)


def rehearse_change(ground: Ground, name: str, index: Index) -> tuple[Finding, ...]:
    """Return the warnings that reading an index over the years would give."""
    now, root = index.history, index.history.model.tree.root
    columns = {"node": root, "place": now.panel.places, "year": now.panel.years, "score": now.index_scores}
    return read_change(ground, name, pd.DataFrame(columns))[1]


def read_change(ground: Ground, name: str, history: pd.DataFrame) -> tuple[Tables, tuple[Finding, ...]]:
    """Return the tables of an index over the years, and the warnings that arose."""
    framework = ground.study.frameworks[name]
    root = str(framework.loc[framework["parent"].eq(""), "node"].iloc[0])
    scores = read_scores(history, name, root)
    found: list[Finding] = []
    neighbours = _neighbours(ground, scores, found)
    section = ground.study.settings.index[name].change
    tables, findings = change_tables(scores, section, _labels(ground, name), neighbours)
    return tables, (*found, *findings)


def _labels(ground: Ground, name: str) -> dict[str, str] | None:
    """Return the group of each place, where the study groups the places of an index."""
    grouping = ground.study.settings.index[name].change.groups
    return ground.groups[grouping] if grouping else None


def _neighbours(ground: Ground, scores: Scores, found: list[Finding]) -> Matrix | None:
    """Return the weights of the neighbours of each place by the study's rule, where there is one."""
    rule = ground.study.settings.index[scores.index].change.neighbours
    if not rule:
        return None
    count = nearest_count(rule)
    if count is None:
        pairs = ground.study.neighbours
        rows = [] if pairs is None else pairs[["place", "other", "weight"]].itertuples(index=False, name=None)
        return paired_neighbours(rows, scores.places)
    points = ground.study.places.set_index("place").reindex(scores.places)
    here = int(points["lat"].notna().sum())
    if count >= here:
        params = {"count": count, "places": here}
        column = f"index.{scores.index}.change.neighbours"
        found.append(Finding("S317", "warning", "study.toml", column=column, value=rule, params=params))
    return nearest_neighbours(points["lat"].to_numpy(), points["lon"].to_numpy(), count)
