"""The step of a run for the registers of a city: what they hold, what follows from them, what they leave open."""

from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.types import is_object_dtype

from innohub.ecosystem.registers import field_matrix, open_cells, register_gaps
from innohub.errors import Finding
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ecosystem.pillars import pillar_table
from innohub.run.ecosystem.register_queries import query_tables
from innohub.run.ecosystem.register_tables import derive
from innohub.run.ground import Ground
from innohub.study import Study
from innohub.study.registers import Registers
from innohub.study.registers_section import RegistersSection
from innohub.trace import code_fingerprint, digest


def has_registers(study: Study) -> bool:
    """Say whether a study asks for registers and has some."""
    return study.registers is not None


def registers_step(ground: Ground, blocks: Path, *, fresh: bool) -> Outcome:
    """Derive what follows from the registers, or read it back."""
    fingerprint = registers_fingerprint(ground.study)
    block = blocks / "registers" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("registers", fingerprint, tables, computed=False)
    tables, findings = register_tables(ground.study)
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("registers", fingerprint, tables, computed=True)


def rehearse_registers(ground: Ground) -> tuple[Finding, ...]:
    """Derive everything without writing anything, and return what is noticed."""
    return register_tables(ground.study)[1]


def register_tables(study: Study) -> tuple[Tables, tuple[Finding, ...]]:
    """Return the tables of the registers, and everything that was noticed.

    Returns
    -------
    Every register as read (``register_<name>``), its names, what follows from each, the answers of the set queries,
    the fields by place, the five pillars, and what is open.
    """
    told = study.registers
    if told is None:
        return {}, ()
    section = _section(study)
    held = [str(place) for table in told.tables.values() for place in table["place"]]
    places = told.places or tuple(dict.fromkeys(held))
    derived = derive(study, told.tables, section.complete)
    tables = {
        **{f"register_{name}": table for name, table in told.tables.items()},
        "register_labels": told.labels,
        **derived.tables,
        **(query_tables(told.queries, told.tables, section.complete) if told.queries else {}),
        "field_matrix": _fields(told),
        "pillars": pillar_table(study, told, places),
        "register_gaps": register_gaps(told.tables, places),
        "register_open": open_cells(told.tables),
    }
    return {name: _plain(table) for name, table in tables.items()}, derived.findings


def _section(study: Study) -> RegistersSection:
    ecosystem = study.settings.ecosystem
    return (ecosystem.registers if ecosystem else None) or RegistersSection()


def _fields(told: Registers) -> pd.DataFrame:
    """Return the entries of every register by field and place."""
    parts = [
        field_matrix(table).assign(register=name) for name, table in told.tables.items() if "field" in table
    ]
    head = ["place", "register", "field", "entries", "spread"]
    return pd.concat(parts, ignore_index=True)[head] if parts else pd.DataFrame(columns=head)


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give columns of text the text type, so that a table is the same whether or not it has rows."""
    texts = [name for name, kind in table.dtypes.items() if is_object_dtype(kind)]
    return table.astype(dict.fromkeys(texts, "str")).reset_index(drop=True)


def registers_fingerprint(study: Study) -> str:
    """Return what the tables depend on, as one digest."""
    told = study.registers
    tables = {**told.tables, "labels": told.labels, "pillars": told.pillars} if told is not None else {}
    return digest(
        code_fingerprint(),
        np.__version__,
        pd.__version__,
        _section(study).model_dump(mode="json"),
        study.settings.study.year,
        study.values.to_csv(index=False, float_format="%r"),
        study.places.to_csv(index=False),
        study.indicators.to_csv(index=False, float_format="%r"),
        {
            name: "" if table is None else table.to_csv(index=False, float_format="%r")
            for name, table in tables.items()
        },
    )
