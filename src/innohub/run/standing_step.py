"""The step of a run for what a positioning study asks beside the grid."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from innohub.errors import Finding, ModelError
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ground import Ground
from innohub.run.standing import centre, classes, frames, hub, level, models, peers, unevenness
from innohub.run.standing.answer import Questions, answer
from innohub.run.standing.ask import Ask
from innohub.study.standing_section import standing_parts
from innohub.trace import code_fingerprint, digest

_QUESTIONS: Questions = {
    "position.scheme": classes.classes,
    "position.checklist": frames.checklists,
    "position.stage": level.stage_of,
    "position.equivalent": level.equivalents,
    "files.targets": level.targets,
    "files.technologies": level.technologies,
    "position.conditions": level.conditions,
    "position.similar": peers.similar,
    "position.compare": peers.comparison,
    "position.rollup": frames.rollups,
    "position.containment": frames.containment,
    "position.local": frames.local,
    "position.models": models.models,
    "position.modes": models.modes,
    "position.cases": models.case_register,
    "position.triangle": models.triangle,
    "position.hub": hub.hub_positions,
    "position.laboratories": centre.laboratories,
    "position.path": centre.paths,
    "position.unevenness": unevenness.unevenness,
}


def has_standing(ground: Ground) -> bool:
    """Say whether a study asks for anything beside the grid, by a key or by a table."""
    return bool(standing_parts(ground.study.settings.position) or ground.study.standing.tables())


def standing_step(
    ground: Ground,
    steps: Mapping[str, Outcome],
    blocks: Path,
    *,
    fresh: bool,
) -> Outcome:
    """Answer what the study asks beside the grid, or read the answers back.

    ``steps`` are those that ran before, by name; indices, tiers and the grid are taken from them.
    """
    indices = {name: steps[f"index:{name}"] for name in ground.study.settings.index}
    tiers, grid = steps.get("tiers"), steps.get("position")
    under = [*indices.values(), *(outcome for outcome in (tiers, grid) if outcome)]
    fingerprint = standing_fingerprint(ground, [outcome.fingerprint for outcome in under])
    block = blocks / "standing" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("standing", fingerprint, tables, computed=False)
    ask = Ask(
        ground,
        {name: outcome.tables for name, outcome in indices.items()},
        tiers.tables.get("tiers") if tiers else None,
        grid.tables.get("positions") if grid else None,
    )
    tables, findings = answer(ask, _QUESTIONS)
    if wrong := [finding for finding in findings if finding.level == "error"]:
        raise ModelError(wrong)
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("standing", fingerprint, tables, computed=True)


def rehearse_standing(
    ground: Ground, indices: Mapping[str, Tables], tiers: pd.DataFrame | None
) -> tuple[Finding, ...]:
    """Answer everything without writing anything, so that what would stop a run is known before it."""
    return answer(Ask(ground, indices, tiers), _QUESTIONS)[1]


def standing_fingerprint(ground: Ground, under: list[str]) -> str:
    """Return what the answers depend on, as one digest: settings, values, tables, and the steps they stand on."""
    study = ground.study
    section = study.settings.position
    tables = {
        name: table.to_csv(index=False, float_format="%r") for name, table in study.standing.tables().items()
    }
    plan = study.plan.to_csv(index=False) if study.plan is not None else ""
    peers_table = study.position.peers.to_csv(index=False) if study.position else ""
    return digest(
        code_fingerprint(),
        np.__version__,
        scipy.__version__,
        section.model_dump(mode="json") if section else None,
        study.settings.study.year,
        study.settings.study.seed,
        study.values.to_csv(index=False, float_format="%r"),
        study.places.to_csv(index=False),
        study.indicators.to_csv(index=False, float_format="%r"),
        study.sources[["source", "title"]].to_csv(index=False),
        tables,
        peers_table,
        plan,
        repr(sorted(study.standing.schemes.items())),
        under,
    )
