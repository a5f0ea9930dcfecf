"""The step of a run that diagnoses an ecosystem: coupling, classes, obstacles and constraints."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from innohub.errors import Finding, InnohubError
from innohub.index import Index
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ecosystem.barriers import constraints, obstacles
from innohub.run.ecosystem.couplings import Names, couplings
from innohub.run.ecosystem.laid import Laid, lay_subsystems, scale_notes
from innohub.run.ground import Ground
from innohub.run.standing.ask import Ask, at
from innohub.run.standing.naming import named
from innohub.study import Study
from innohub.study.ecosystem_check import subsystem_nodes
from innohub.study.ecosystem_section import EcosystemSection
from innohub.study.names import names_of
from innohub.trace import code_fingerprint, digest

_SPOT = "ecosystem"


def ecosystem_section(study: Study) -> EcosystemSection | None:
    """Return what a study asks of coupling; None when it asks nothing."""
    section = study.settings.ecosystem
    return section if section is not None and section.index else None


def ecosystem_step(
    ground: Ground, index: Outcome, build: Callable[[], Index], blocks: Path, *, fresh: bool
) -> Outcome:
    """Diagnose the ecosystem, or read the tables back.

    Parameters
    ----------
    index : the step of the index whose nodes are the subsystems; build : gives that index itself.
    """
    fingerprint = ecosystem_fingerprint(ground, index.fingerprint)
    block = blocks / "ecosystem" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("ecosystem", fingerprint, tables, computed=False)
    tables, findings = diagnose_ecosystem(ground, build())
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("ecosystem", fingerprint, tables, computed=True)


def rehearse_ecosystem(ground: Ground, index: Index) -> tuple[Finding, ...]:
    """Diagnose everything on few draws, so that what would stop a run is known before it."""
    return diagnose_ecosystem(ground, index)[1]


def diagnose_ecosystem(ground: Ground, index: Index) -> tuple[Tables, tuple[Finding, ...]]:
    """Return the tables of the ecosystem and everything that was noticed.

    Raises
    ------
    ModelError, ScaleError, PanelError
        When the subsystems do not carry coupling; the findings say at which key.
    """
    study, section = ground.study, ecosystem_section(ground.study)
    if section is None:
        return {}, ()
    try:
        nodes = subsystem_nodes(section, study.frameworks[section.index])
        laid = lay_subsystems(index, section, nodes)
        findings = [*laid.findings, *scale_notes(laid, study.settings.index[section.index])]
        tables, more = couplings(laid, _names(study.frameworks[section.index]))
        held, noticed = obstacles(laid)
        findings += [*more, *noticed]
        tables |= held
        places, lost = diagnosed(ground, laid)
        tables["ecosystem_places"] = pd.DataFrame({"place": pd.Series(places, dtype="str")})
        findings += lost
        if study.constraints is not None:
            bound, noticed = _constraints(ground, laid, study.constraints, places)
            tables |= bound
            findings += noticed
    except InnohubError as problem:
        raise type(problem)(at(problem.findings, _SPOT)) from None
    return tables, named(study, at(findings, _SPOT))


def _names(framework: pd.DataFrame) -> Names:
    return {
        "zh": dict(zip(framework["node"], framework["name_zh"], strict=True)),
        "en": dict(zip(framework["node"], framework["name_en"], strict=True)),
    }


def _constraints(
    ground: Ground, laid: Laid, table: pd.DataFrame, places: Sequence[str]
) -> tuple[Tables, tuple[Finding, ...]]:
    year = ground.study.settings.study.year
    return constraints(laid, table, places, _peers(ground, laid), year=year, cells=ground.values)


def diagnosed(ground: Ground, laid: Laid) -> tuple[list[str], tuple[Finding, ...]]:
    """Return the places that the diagnosis is about, and a warning of those without any score."""
    study = ground.study
    wanted = wanted_places(study)
    here = list(dict.fromkeys(laid.found.places))
    lost = tuple(place for place in wanted if place not in here)
    params = {"places": lost, "count": len(lost), "index": laid.section.index}
    found = (Finding("S379", "warning", params=params),) if lost else ()
    return [place for place in wanted if place in here] if wanted else here, found


def wanted_places(study: Study) -> list[str]:
    """Return whom a study wants to be diagnosed: those of ``[ecosystem]``, else those it positions; none for all."""
    section, position = study.settings.ecosystem, study.settings.position
    told = section.places if section and section.places else position.places if position else ()
    names = names_of(study.places, "place", "P001")
    return list(dict.fromkeys(place for text in told for place in names.find(text)[:1]))


def _peers(ground: Ground, laid: Laid) -> Sequence[str]:
    """Return with whom gaps are measured: those named, else every place of the index."""
    if not laid.section.peers:
        return list(dict.fromkeys(laid.found.places))
    names = names_of(ground.study.places, "place", "P001")
    told = [found[0] if len(found := names.find(text)) == 1 else text for text in laid.section.peers]
    return Ask(ground).members(told, "ecosystem.peers")


def ecosystem_fingerprint(ground: Ground, index: str) -> str:
    """Return what the diagnosis depends on, as one digest: its index, settings, tables, and the rows of its values."""
    study, section = ground.study, ecosystem_section(ground.study)
    others = {} if section is None else section.model_dump(mode="json", include=set(_KEYS))
    values = ground.values[["place", "indicator", "year", "value", "unit", "source", "flag", "file", "row"]]
    used = (
        values[values["indicator"].isin(study.frameworks[section.index]["indicator"])] if section else values
    )
    return digest(
        code_fingerprint(),
        np.__version__,
        index,
        others,
        study.settings.study.year,
        used.to_csv(index=False, float_format="%r"),
        wanted_places(study),
        study.places[["place", "name_zh", "name_en"]].to_csv(index=False),
        study.indicators[["indicator", "name_zh", "name_en"]].to_csv(index=False),
        study.position.peers.to_csv(index=False) if study.position else "",
        study.constraints.to_csv(index=False) if study.constraints is not None else "",
    )


# The keys of [ecosystem] that this step reads; the others belong to steps of their own.
_KEYS = (
    "index", "subsystems", "variant", "beside", "weights", "scheme", "coupling_scheme", "closed", "squeeze", "bar",
    "places", "peers", "pairs", "level", "constraints",
)  # fmt: skip
