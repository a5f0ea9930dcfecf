"""Check a study before it is run: read it, then compute everything on a few draws without writing anything."""

from pathlib import Path

import pandas as pd

from innohub.errors import Finding, InnohubError
from innohub.index import Index, build_design, index_tables, require_draws
from innohub.position import build_tiers, tier_tables
from innohub.position.tier.experts import compare_experts
from innohub.run.blocks import Tables
from innohub.run.change_step import has_change, rehearse_change
from innohub.run.ecosystem_step import ecosystem_section, rehearse_ecosystem
from innohub.run.efficiency_step import rehearse_efficiency
from innohub.run.flows_step import has_flows, rehearse_flows
from innohub.run.ground import Ground, lay_ground
from innohub.run.position_step import rehearse_position
from innohub.run.preset_step import rehearse_reproduced
from innohub.run.registers_step import rehearse_registers
from innohub.run.sensitivity_step import rehearse_sensitivity
from innohub.run.standing_step import has_standing, rehearse_standing
from innohub.study import Study, check_study, read_study


def check(folder: Path | str) -> tuple[Finding, ...]:
    """Check a study folder as far as can be done without writing anything.

    Inputs, index, tiers, change over the years and efficiency are gone through, on few draws.

    Returns
    -------
    Every finding, errors first; empty when all is well.
    """
    findings = check_study(folder)
    if any(finding.level == "error" for finding in findings):
        return findings
    return (*_rehearse(read_study(folder)), *findings)


def _rehearse(study: Study) -> list[Finding]:
    """Compute everything on a few draws and collect what goes wrong."""
    try:
        ground = lay_ground(study)
    except InnohubError as problem:
        return list(problem.findings)
    found = [*ground.selection.findings, *ground.panel.findings]
    indices: dict[str, Tables] = {}
    for name, section in study.settings.index.items():
        few = section.uncertainty.model_copy(update={"draws": 100})
        try:
            require_draws(ground.model(name), section, len(ground.panel.at(ground.panel.year)))
            small = section.model_copy(update={"uncertainty": few})
            index = ground.build(name, small)
            found += [*index.findings, *_rehearse_tiers(study, name, index)]
            indices[name] = _kept_tables(study, name, index) if has_standing(ground) else {}
            if section.published:
                history = index_tables(index, section)["history"]
                found += rehearse_reproduced(ground, name, history)
            _rehearse_design(ground, name, index)
            found += rehearse_sensitivity(ground, name)
            found += rehearse_change(ground, name, index) if has_change(ground, name) else ()
            if (asked := ecosystem_section(study)) and asked.index == name:
                found += rehearse_ecosystem(ground, index)
        except InnohubError as problem:
            found += problem.findings
    for name in study.settings.efficiency:
        try:
            found += rehearse_efficiency(ground, name)
        except InnohubError as problem:
            found += problem.findings
    try:
        found += rehearse_position(ground)
    except InnohubError as problem:
        found += problem.findings
    if has_standing(ground) and len(indices) == len(study.settings.index):
        tiers = next((tables["tiers"] for tables in indices.values() if "tiers" in tables), None)
        found += rehearse_standing(ground, indices, tiers)
    found += rehearse_flows(ground) if has_flows(study) else ()
    found += rehearse_registers(ground)
    return sorted(found, key=lambda finding: finding.level != "error")


def _rehearse_design(ground: Ground, name: str, index: Index) -> None:
    """Compute every combination of a design, so that one that fails is known before a run."""
    section = ground.study.settings.index[name]
    if section.design:
        now = index.nominal
        ranks = pd.Series(now.ranks[:, 0], index=list(now.panel.places)).dropna()
        build_design(now.model, section, ground.panel, ranks, ground.groups)


def _kept_tables(study: Study, name: str, index: Index) -> Tables:
    """Return the tables of an index on few draws, with its tiers, for what stands on them."""
    section, tiers = study.settings.index[name], study.settings.tiers
    tables = index_tables(index, section)
    if tiers and tiers.index == name:
        tables["tiers"] = tier_tables(build_tiers(tiers, index), study.plan, index)["tiers"]
    return tables


def _rehearse_tiers(study: Study, name: str, index: Index) -> tuple[Finding, ...]:
    section = study.settings.tiers
    if section is None or section.index != name:
        return ()
    tiers = build_tiers(section, index)
    return (*tiers.findings, *compare_experts(tiers, study.expert_tiers)[1])
