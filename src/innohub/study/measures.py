"""Read the indicators and the panel of a study, where it has them."""

from collections.abc import Sequence

import pandas as pd

from innohub.errors import Finding
from innohub.study.files import Shelf
from innohub.study.indicators import INDICATOR_COLUMNS, read_indicators
from innohub.study.panel import lay_out
from innohub.study.presets import needs_table
from innohub.study.schema import FilesSection
from innohub.study.settings import Configuration
from innohub.study.tables import Table
from innohub.study.values import Known, find_duplicates, read_values


def has_measures(shelf: Shelf, configuration: Configuration) -> bool:
    """Say whether indicators and panel are to be read: always, but for a study that stands on tables of its own."""
    files = configuration.settings.files
    usual = FilesSection()
    named = (files.indicators, files.panel) != (usual.indicators, usual.panel)
    there = shelf.has(usual.indicators) or shelf.has(str(usual.panel))
    return not configuration.settings.tables_only or named or there


def read_measures(shelf: Shelf, configuration: Configuration, found: list[Finding]) -> pd.DataFrame | None:
    """Read the indicators; none of them in a study without a panel, None when they are beyond reading."""
    if not has_measures(shelf, configuration):
        return pd.DataFrame(columns=INDICATOR_COLUMNS, dtype=object)
    name, presets = configuration.settings.files.indicators, tuple(configuration.presets.values())
    needed = needs_table(presets) or name != FilesSection().indicators
    before = len(found)
    table = shelf.table(name, ("files", "indicators"), needed=needed)
    # A table that is there but cannot be read is no reason to go on without it.
    if table is None and (needed or len(found) > before):
        return None
    return read_indicators(table, found, presets)


def read_panels(panels: Sequence[Table | None], known: Known, found: list[Finding]) -> pd.DataFrame | None:
    """Read the panel from its files; None when one of them is no panel."""
    parts: list[pd.DataFrame] = []
    for table in panels:
        raw = _lay_out(table, known, found) if table else None
        if raw is None:
            continue
        if raw.empty:
            found.append(Finding("P023", file=str(table.file) if table else None))
            continue
        parts.append(read_values(raw, known, found))
    if not parts:
        return None
    values = pd.concat(parts, ignore_index=True)
    found += find_duplicates(values)
    # Without every file, what the panel covers cannot be judged.
    return values if len(parts) == len(panels) else None


def _lay_out(table: Table, known: Known, found: list[Finding]) -> pd.DataFrame | None:
    return lay_out(table, known.places, known.indicators, found, undated=known.loose)
