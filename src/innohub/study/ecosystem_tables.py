"""Read the tables that ``[ecosystem]`` asks for, after its keys have been checked."""

from collections.abc import Mapping

import pandas as pd

from innohub.errors import Finding
from innohub.study.constraints import read_constraints
from innohub.study.ecosystem_check import check_ecosystem
from innohub.study.files import Shelf
from innohub.study.positioning import Positioning
from innohub.study.settings import Configuration
from innohub.study.values import Known


def read_ecosystem(
    shelf: Shelf,
    configuration: Configuration,
    known: Known,
    frameworks: Mapping[str, pd.DataFrame],
    found: list[Finding],
    *,
    position: Positioning | None,
) -> pd.DataFrame | None:
    """Check what the keys of ``[ecosystem]`` name, and return the table of constraints where it is asked for."""
    section, files = configuration.settings.ecosystem, configuration.settings.files
    sets = [name for column in ("set", "scope") for name in position.peers[column]] if position else []
    check_ecosystem(configuration, known.places, sets, frameworks, found)
    if section is None or section.constraints is None:
        return None
    table = shelf.table(files.constraints, ("files", "constraints"))
    framework = frameworks.get(section.index)
    used = [] if framework is None else [code for code in framework["indicator"] if code]
    return read_constraints(table, known.indicators, used, found) if table else None
