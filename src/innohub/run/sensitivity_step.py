"""The step that says which uncertain choice moves the ranks of an index, by sampling."""

from collections.abc import Sequence
from pathlib import Path

from innohub.errors import Finding
from innohub.index import (
    Sensitivity,
    compute,
    prepare,
    require_sensitivity,
    sample_sensitivity,
    sensitivity_tables,
    streams,
    vary_index,
)
from innohub.index.draws.sample import INDICES
from innohub.run import store
from innohub.run.blocks import Outcome, findings_table, read_block, replacing
from innohub.run.ground import Ground
from innohub.study.index_section import SensitivitySection
from innohub.trace import digest

# Enough points for every choice to be met, far too few for an answer.
_TRIAL = SensitivitySection(size=64, replicates=2)


def sensitivity_step(
    ground: Ground, name: str, index: Outcome, boundaries: Sequence[int], blocks: Path, *, fresh: bool
) -> Outcome:
    """Sample the sensitivity of an index, or read it back; ``index`` is the step that it stands on."""
    section = ground.study.settings.index[name].sensitivity or SensitivitySection()
    fingerprint = digest(index.fingerprint, tuple(boundaries), section.model_dump(mode="json"))
    block = blocks / f"sensitivity-{name}" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome(f"sensitivity:{name}", fingerprint, tables, computed=False)
    found = _sample(ground, name, section, boundaries)
    tables = {**sensitivity_tables(found), "findings": findings_table(found.findings)}
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome(f"sensitivity:{name}", fingerprint, tables, computed=True)


def rehearse_sensitivity(ground: Ground, name: str) -> tuple[Finding, ...]:
    """Try the sensitivity of an index on a few points, so that what fails is known before a run."""
    if ground.study.settings.index[name].sensitivity:
        _sample(ground, name, _TRIAL, ())
    return ()


def _sample(ground: Ground, name: str, section: SensitivitySection, boundaries: Sequence[int]) -> Sensitivity:
    whole, panel = ground.study.settings.index[name], ground.panel
    model, stream = ground.model(name), streams(ground.study.settings.study.seed, name)
    prepared = prepare(panel, model.tree, whole, ground.groups)
    history = compute(model, prepared.panel)
    varied = vary_index(history, prepared, whole, panel, groups=ground.groups, stream=stream)
    require_sensitivity(varied, whole, len(history.now.panel.places))
    return sample_sensitivity(varied, section, boundaries, stream(INDICES))
