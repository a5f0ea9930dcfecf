"""Check a study before it is run: read it, then compute everything on a few draws without writing anything."""

from pathlib import Path

import pandas as pd

from innohub.errors import Finding, InnohubError
from innohub.index import Index, build_design, require_draws
from innohub.position import build_tiers
from innohub.run.change_step import has_change, rehearse_change
from innohub.run.efficiency_step import rehearse_efficiency
from innohub.run.ground import Ground, lay_ground
from innohub.run.sensitivity_step import rehearse_sensitivity
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
    for name, section in study.settings.index.items():
        few = section.uncertainty.model_copy(update={"draws": 100})
        try:
            require_draws(ground.model(name), section, len(ground.panel.at(ground.panel.year)))
            small = section.model_copy(update={"uncertainty": few})
            index = ground.build(name, small)
            found += [*index.findings, *_rehearse_tiers(study, name, index)]
            _rehearse_design(ground, name, index)
            found += rehearse_sensitivity(ground, name)
            found += rehearse_change(ground, name, index) if has_change(ground, name) else ()
        except InnohubError as problem:
            found += problem.findings
    for name in study.settings.efficiency:
        try:
            found += rehearse_efficiency(ground, name)
        except InnohubError as problem:
            found += problem.findings
    return sorted(found, key=lambda finding: finding.level != "error")


def _rehearse_design(ground: Ground, name: str, index: Index) -> None:
    """Compute every combination of a design, so that one that fails is known before a run."""
    section = ground.study.settings.index[name]
    if section.design:
        now = index.nominal
        ranks = pd.Series(now.ranks[:, 0], index=list(now.panel.places)).dropna()
        build_design(now.model, section, ground.panel, ranks, ground.groups)


def _rehearse_tiers(study: Study, name: str, index: Index) -> tuple[Finding, ...]:
    section = study.settings.tiers
    return build_tiers(section, index).findings if section and section.index == name else ()
