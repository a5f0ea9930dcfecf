"""What is done to the values before they are normalised: screen places, fill gaps, treat outliers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import parse_spec
from innohub.errors import Finding
from innohub.index.scale import in_file, naming
from innohub.index.treat import treat
from innohub.index.treat.declared import transform_panel
from innohub.index.tree import Tree
from innohub.panel import Panel, Table, divide_panel, impute, screen
from innohub.study.index_section import IndexSection

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Prepared:
    """The panel of one index, ready to be normalised.

    ``panel`` has the indicators of the tree in its order and only the places that pass the screen; its flags say
    which cells were imputed, winsorised or transformed. ``stages`` holds the (rows, indicators) values of these rows
    as they came in (``raw``) and after each step that changed any: ``denominated``, ``imputed``, ``transformed``,
    ``treated``.
    """

    panel: Panel
    stages: Mapping[str, Matrix]
    findings: tuple[Finding, ...]


def prepare(
    panel: Panel, tree: Tree, section: IndexSection, groups: Mapping[str, Mapping[str, str]]
) -> Prepared:
    """Screen, divide, fill and treat the values of one index, as the OECD/JRC Handbook (2008) does in steps 2 to 5.

    Filling and treating see all years of the panel together unless the index says ``pool = "each-year"``; screening
    looks at the study's year.

    Parameters
    ----------
    panel : values of one or several years, of the indicators of the tree and of what they are divided by.
    tree : the framework of the index.
    section : says how.
    groups : by grouping, the label of each place, for imputation within groups.

    Raises
    ------
    PanelError, ScaleError, NoSolutionError
        When a rule cannot be met; the finding names indicator, place or group.
    """
    with naming(panel):
        done = _steps(panel, tree, section, groups)
    return replace(done, findings=tuple(in_file(found, panel) for found in done.findings))


def _steps(
    panel: Panel, tree: Tree, section: IndexSection, groups: Mapping[str, Mapping[str, str]]
) -> Prepared:
    panel, screened = _screen(panel, tree, section)
    own = panel.choose(tree.indicators)
    stages = {"raw": own.matrix}

    def keep(stage: str) -> None:
        if not np.array_equal(own.matrix, next(reversed(stages.values())), equal_nan=True):
            stages[stage] = own.matrix

    divided: tuple[Finding, ...] = ()
    if section.denominate:
        own, divided = divide_panel(panel, tree.indicators)
        keep("denominated")
    own, filled = _fill(own, tree, section, groups)
    keep("imputed")
    own = transform_panel(own)
    keep("transformed")
    own, treated = _treat(own, section)
    keep("treated")
    return Prepared(own, stages, (*screened, *divided, *filled, *treated))


def _screen(panel: Panel, tree: Tree, section: IndexSection) -> tuple[Panel, tuple[Finding, ...]]:
    """Leave out the places that lack too many of the tree's indicators."""
    rule = section.screen
    if rule.min_available is None and rule.min_nonzero is None:
        return panel, ()
    now = panel.choose(tree.indicators).of_year(panel.year)
    kept = screen(now.matrix, now.places, min_available=rule.min_available, min_nonzero=rule.min_nonzero)
    stay = {place for place, has in zip(now.places, kept.kept, strict=True) if has}
    rows = np.array([position for position, place in enumerate(panel.places) if place in stay], dtype=np.intp)
    return panel.take(rows), kept.findings


def _fill(
    panel: Panel, tree: Tree, section: IndexSection, groups: Mapping[str, Mapping[str, str]]
) -> tuple[Panel, tuple[Finding, ...]]:
    spec = parse_spec(section.impute, "impute", key="impute")
    if spec.name == "none":
        return panel, ()
    table = Table(
        panel.matrix,
        panel.places,
        panel.indicators,
        years=panel.years if len(panel.calendar) > 1 else None,
        groups={name: _labels(panel.places, labels) for name, labels in groups.items()},
        parents=[tree.nodes[tree.parent[leaf]] for leaf in tree.leaves],
        direction=panel.directions,
    )
    done = impute(table, spec, by_year=section.pool == "each-year")
    return replace(panel, matrix=done.values, flags=_mark(panel.flags, done.filled, "imputed")), done.findings


def _labels(places: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    return [labels.get(place, "") for place in places]


def _treat(panel: Panel, section: IndexSection) -> tuple[Panel, tuple[Finding, ...]]:
    spec = parse_spec(section.treat, "treat", key="treat")
    if spec.name == "none":
        return panel, ()
    values, flags = panel.matrix.copy(), panel.flags
    findings: list[Finding] = []
    every = np.arange(len(panel.places))
    parts = [panel.at(year) for year in panel.calendar] if section.pool == "each-year" else [every]
    for rows in parts:
        done = treat(
            panel.matrix[rows], spec, places=[panel.places[row] for row in rows], indicators=panel.indicators
        )
        values[rows] = done.values
        changed = np.zeros(panel.matrix.shape, dtype=bool)
        changed[rows] = done.moved
        flags = _mark(flags, changed, "winsorised")
        turned = np.zeros(panel.matrix.shape, dtype=bool)
        turned[rows] = [record.transform not in ("", "winsorise") for record in done.columns]
        flags = _mark(flags, turned & ~np.isnan(panel.matrix), "transformed")
        findings += done.findings
    return replace(panel, matrix=values, flags=flags), tuple(findings)


def _mark(flags: NDArray[np.object_], where: NDArray[np.bool_], flag: str) -> NDArray[np.object_]:
    """Add a flag to cells; an imputed cell is no longer flagged as missing."""
    marked = flags.copy()
    for row, column in zip(*np.nonzero(where), strict=True):
        old = [name for name in str(flags[row, column]).split(";") if name and name != "missing"]
        marked[row, column] = ";".join([*old, flag])
    return marked
