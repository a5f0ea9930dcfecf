"""Read the frameworks of all indices of a study, from their files or from the presets that they name."""

from collections.abc import Mapping

import pandas as pd

from innohub.errors import Finding
from innohub.study.files import Shelf
from innohub.study.framework import Rule, read_framework
from innohub.study.index_section import IndexSection
from innohub.study.lines import line_of
from innohub.study.names import names_of
from innohub.study.presets import framework_table, is_framed
from innohub.study.settings import Configuration
from innohub.study.tables import Table


def read_frameworks(
    shelf: Shelf, configuration: Configuration, indicators: pd.DataFrame | None, found: list[Finding]
) -> dict[str, pd.DataFrame]:
    """Read each framework file once, for all indices that stand on it."""
    frameworks: dict[str, pd.DataFrame] = {}
    by_file: dict[tuple[str, str], list[str]] = {}
    for name, index in configuration.settings.index.items():
        own = name if is_framed(index.framework) else ""
        by_file.setdefault((index.framework, own), []).append(name)
    for (file, own), indices in by_file.items():
        table = (
            _preset_tree(configuration, own) if own else shelf.table(file, ("index", indices[0], "framework"))
        )
        if table is None or indicators is None:
            continue
        rules = [_rule(name, configuration.settings.index[name], configuration.lines) for name in indices]
        known = names_of(indicators, "indicator", "P002")
        frame = read_framework(table, indicators, known, rules, found)
        if frame is not None:
            frameworks |= dict.fromkeys(indices, frame)
    return frameworks


def _preset_tree(configuration: Configuration, index: str) -> Table | None:
    """Return the tree of the preset that an index names; None for one that has no indicators, or is unknown."""
    applied = configuration.presets.get(index)
    return framework_table(applied) if applied and applied.rows else None


def _rule(name: str, index: IndexSection, lines: Mapping[tuple[str, ...], int]) -> Rule:
    """Say where an index takes its weights as given, in its main form or an alternative."""

    def given(text: str | None) -> bool:
        named = text.strip() if text else ""
        return named.startswith("given") or (
            named.startswith("combine") and any(part.strip().startswith("given") for part in index.combine)
        )

    own = {node: rule.weights for node, rule in index.nodes.items() if rule.weights is not None}
    return Rule(
        index=name,
        given_everywhere=given(index.weights)
        or any(given(other.weights) for other in index.alternatives.values())
        or any(map(given, index.design.weights if index.design else ())),
        given_under=frozenset(node for node, text in own.items() if given(text)),
        not_given_under=frozenset(node for node, text in own.items() if not given(text)),
        nodes={node: line_of(lines, ("index", name, "nodes", node)) for node in index.nodes},
    )
