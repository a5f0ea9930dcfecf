"""The step of a run for flows: chains, synergies, openness, triple helix, division of the chain."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy

from innohub.errors import Finding, ModelError
from innohub.run import store
from innohub.run.blocks import Outcome, findings_table, read_block, replacing
from innohub.run.ecosystem.flow_chains import chains
from innohub.run.ecosystem.flow_division import divisions
from innohub.run.ecosystem.flow_works import synergies
from innohub.run.ground import Ground
from innohub.run.standing.answer import Questions, answer
from innohub.run.standing.ask import Ask
from innohub.study import Study
from innohub.trace import code_fingerprint, digest

_FEW = 100
_QUESTIONS: Questions = {
    "ecosystem.chains": chains,
    "ecosystem.synergy": synergies,
    "ecosystem.division": divisions,
}


def has_flows(study: Study) -> bool:
    """Say whether a study asks for chains, synergies or a division."""
    section = study.settings.ecosystem
    return section is not None and bool(section.chains or section.synergy or section.division)


def flows_step(ground: Ground, blocks: Path, *, fresh: bool) -> Outcome:
    """Compute the flows of a study, or read them back."""
    fingerprint = flows_fingerprint(ground)
    block = blocks / "flows" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("flows", fingerprint, tables, computed=False)
    tables, findings = answer(Ask(ground), _QUESTIONS)
    if wrong := [finding for finding in findings if finding.level == "error"]:
        raise ModelError(wrong)
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("flows", fingerprint, tables, computed=True)


def rehearse_flows(ground: Ground) -> tuple[Finding, ...]:
    """Compute everything on few draws without writing anything, so that what would stop a run is known before it."""
    return answer(Ask(_with_few_draws(ground)), _QUESTIONS)[1]


def _with_few_draws(ground: Ground) -> Ground:
    settings = ground.study.settings
    section = settings.ecosystem
    if section is None:
        return ground
    few = {"draws": _FEW}
    small = section.model_copy(
        update={
            "chains": section.chains.model_copy(update=few) if section.chains else None,
            "synergy": section.synergy.model_copy(update=few) if section.synergy else None,
            "division": {name: part.model_copy(update=few) for name, part in section.division.items()},
        }
    )
    study = replace(ground.study, settings=settings.model_copy(update={"ecosystem": small}))
    return replace(ground, study=study)


def flows_fingerprint(ground: Ground) -> str:
    """Return what the flows depend on, as one digest: settings, values of the chains, tables."""
    study = ground.study
    section = study.settings.ecosystem
    told = section.model_dump(mode="json", include={"chains", "synergy", "division"}) if section else None
    fields = section.chains.fields.values() if section and section.chains else ()
    codes = {
        code for field in fields for code in (field.industry, field.innovation, field.capital, field.talent)
    }
    values = study.values[study.values["indicator"].isin(codes)]
    about = study.indicators[study.indicators["indicator"].isin(codes)]
    tables = {
        name: table.to_csv(index=False, float_format="%r") for name, table in study.flows.tables().items()
    }
    peers = study.position.peers.to_csv(index=False) if study.position else ""
    return digest(
        code_fingerprint(),
        np.__version__,
        scipy.__version__,
        told,
        study.settings.study.model_dump(mode="json", include={"year", "years", "seed", "overlaps"}),
        values.to_csv(index=False, float_format="%r"),
        about.to_csv(index=False, float_format="%r"),
        study.places.to_csv(index=False),
        ground.selection.kept,
        tables,
        peers,
    )
