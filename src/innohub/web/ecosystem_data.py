"""What the page shows of ecosystem, flows and registers: the result tables packed column by column."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, get_args, get_type_hints

import pandas as pd

from innohub.catalog.coupling import parse_coupling
from innohub.catalog.flows import Kind, flow_label, flow_names
from innohub.catalog.registers import pillars, registers, slots, word_list
from innohub.catalog.scheme import Scheme, scheme, scheme_names
from innohub.study.ecosystem_section import EcosystemSection
from innohub.web.packing import Packer
from innohub.web.reading import optional, plain
from innohub.web.run_tables import RunTables
from innohub.web.schema_basic import Text
from innohub.web.schema_tables import (
    ClassScheme,
    CouplingVariant,
    Ecosystem,
    EcosystemTables,
    SchemeClass,
)
from innohub.words import LANGUAGES

# Python keeps the word for itself.
_COLUMNS = {"grade": "class"}


def ecosystem_data(run: RunTables) -> Ecosystem | None:
    """Return the tables of the ecosystem, or nothing where the run has none."""
    packer = Packer()
    tables = {}
    for name, kind in get_type_hints(EcosystemTables).items():
        frame = optional(run, name)
        if not frame.empty:
            tables[name] = packer.table(frame, get_type_hints(get_args(kind)[0]), _COLUMNS)
    for name in registers():
        frame = optional(run, f"register_{name}")
        if not frame.empty:
            tables[f"register_{name}"] = packer.table(frame, _fields(frame), {})
    if not tables:
        return None
    section = run.settings.ecosystem or EcosystemSection()
    return Ecosystem(
        texts=packer.texts,
        pairs=packer.pairs,
        tables=tables,
        variants=_variants(section) if "coupling" in tables else [],
        schemes=_schemes(section),
        lists={
            f"{name}.{column.name}": column.one_of
            for name, register in registers().items()
            for column in register.columns.values()
            if column.one_of
        },
        groups={
            f"{division}/{group}": list(places)
            for division, told in section.division.items()
            for group, places in told.groups.items()
        },
        level=section.level,
        bar=section.bar,
        squeezed="–".join(f"{end:g}" for end in section.squeeze),
    )


def _fields(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the kinds of a register's columns; texts in two languages become one, empty columns are left out."""
    found: dict[str, Any] = {}
    for column in frame:
        name = str(column)
        stem, _, end = name.rpartition("_")
        if end in LANGUAGES and stem:
            found[stem] = Text
        elif name in ("place", "id") or any(plain(value) for value in frame[column]):
            found[name] = float | None if pd.api.types.is_numeric_dtype(frame[column]) else str
    return found


def _variants(section: EcosystemSection) -> list[CouplingVariant]:
    found = []
    for name in section.variants:
        spec = parse_coupling(name)
        found.append(
            CouplingVariant(
                id=str(spec),
                name=_both(spec.variant.label),
                note=_both(spec.variant.note),
                citation=spec.variant.citation,
                formula=spec.variant.formula,
                gathers=spec.variant.gathers,
                main=name == section.variant,
            )
        )
    return found


def _schemes(section: EcosystemSection) -> list[ClassScheme]:
    known = scheme_names()
    return [_scheme(scheme(name)) for name in (section.scheme, section.coupling_scheme) if name in known]


def _scheme(found: Scheme) -> ClassScheme:
    return ClassScheme(
        id=found.id,
        title=_both(found.label),
        source=found.source,
        classes=[
            SchemeClass(
                id=grade.id, name=_both(grade.label), low=float(grade.low) if isfinite(grade.low) else None
            )
            for grade in found.grades
        ],
    )


def ecosystem_names() -> dict[str, dict[str, Mapping[str, str]]]:
    """Return what the catalogue calls the ids of these tables, by family."""
    told = registers()
    lists = sorted(
        {column.one_of for register in told.values() for column in register.columns.values()} - {""}
    )
    return {
        "chain": _flows("chain"),
        "sector": _flows("sector"),
        "level": _flows("level"),
        "pillar": {name: pillar.label for name, pillar in pillars().items()},
        "pillar_slot": dict(slots()),
        "register": {name: register.label for name, register in told.items()},
        "column": {
            f"{name}.{column.name}": column.label
            for name, register in told.items()
            for column in register.columns.values()
        },
        **{f"list.{name}": dict(word_list(name)) for name in lists},
    }


def _flows(kind: Kind) -> dict[str, Mapping[str, str]]:
    return {
        name: {str(language): flow_label(kind, name, language) for language in LANGUAGES}
        for name in flow_names(kind)
    }


def _both(label: Mapping[str, str]) -> Text:
    return Text(zh=label["zh"], en=label["en"])
