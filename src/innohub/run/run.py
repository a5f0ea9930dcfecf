"""Run a study: the steps in order, then one whole result folder."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd

from innohub.errors import Finding, StoreError
from innohub.index import Index, build_tree
from innohub.panel import units_in
from innohub.run import steps as graph
from innohub.run import store
from innohub.run.blocks import Outcome, findings_table
from innohub.run.change_step import change_step, has_change
from innohub.run.ecosystem_step import ecosystem_section, ecosystem_step
from innohub.run.efficiency_step import efficiency_step
from innohub.run.flows_step import flows_step, has_flows
from innohub.run.ground import Ground, lay_ground
from innohub.run.position_step import position_step
from innohub.run.preset_step import preset_tables, reproduced_step
from innohub.run.registers_step import has_registers, registers_step
from innohub.run.result import Run
from innohub.run.sensitivity_step import sensitivity_step
from innohub.run.standing_step import has_standing, standing_step
from innohub.study import Study, read_study
from innohub.trace import digest, versions

Progress = Callable[[str, bool], None]


def run(
    study: Study | Path | str,
    *,
    steps: Sequence[str] = ("index", "tiers"),
    fresh: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Run a study and return its results.

    Parameters
    ----------
    study : a study, or its folder.
    steps : which steps to run, of ``index`` and ``tiers``.
    fresh : compute every step even if nothing it depends on has changed.
    progress : called after each step with its name and whether it was computed.

    Returns
    -------
    The new run; or the current one when nothing has changed since.

    Raises
    ------
    InnohubError
        When the inputs do not carry the analysis; nothing is written then.
    StoreError
        When the results folder cannot be written, or another run is writing.
    """
    study = study if isinstance(study, Study) else read_study(study)
    ground = lay_ground(study)
    results = study.folder / "results"
    with store.writing(results):
        outcomes = _compute(ground, results / "blocks", steps, fresh=fresh, progress=progress)
        identity = _identity(ground, outcomes)
        now = store.current(results)
        if now and not fresh and store.read_manifest(now).get("innohub:identity") == identity:
            return Run.open(now)
        return _publish(ground, outcomes, identity, results)


def _compute(
    ground: Ground, blocks: Path, steps: Sequence[str], *, fresh: bool, progress: Progress | None
) -> list[Outcome]:
    tell = progress or (lambda step, computed: None)
    outcomes: list[Outcome] = []
    built: dict[str, Callable[[], Index]] = {}
    asked = ecosystem_section(ground.study)
    for name in ground.study.settings.index:
        outcome, index = graph.index_step(ground, name, blocks, fresh=fresh)
        built |= {name: index} if asked and asked.index == name else {}
        outcomes.append(outcome)
        tell(outcome.step, outcome.computed)
        tiers = ground.study.settings.tiers
        cut = None
        if tiers and tiers.index == name and "tiers" in steps:
            cut = graph.tiers_step(ground, index, outcome.fingerprint, blocks, fresh=fresh)
            outcomes.append(cut)
            tell("tiers", cut.computed)
        if ground.study.settings.index[name].published:
            outcomes.append(reproduced_step(ground, name, outcome))
            tell(outcomes[-1].step, outcomes[-1].computed)
        if ground.study.settings.index[name].design:
            outcomes.append(graph.design_step(ground, name, outcome, cut, blocks, fresh=fresh))
            tell(outcomes[-1].step, outcomes[-1].computed)
        if ground.study.settings.index[name].sensitivity:
            sizes = graph.tier_boundaries(cut)
            outcomes.append(sensitivity_step(ground, name, outcome, sizes, blocks, fresh=fresh))
            tell(outcomes[-1].step, outcomes[-1].computed)
        if has_change(ground, name):
            outcomes.append(change_step(ground, name, outcome, blocks, fresh=fresh))
            tell(outcomes[-1].step, outcomes[-1].computed)
    for step in _further(ground, outcomes, built, blocks, fresh=fresh):
        outcomes.append(step())
        tell(outcomes[-1].step, outcomes[-1].computed)
    return outcomes


def _further(
    ground: Ground,
    outcomes: Sequence[Outcome],
    built: Mapping[str, Callable[[], Index]],
    blocks: Path,
    *,
    fresh: bool,
) -> Iterator[Callable[[], Outcome]]:
    """Yield the steps after the indices; each may look at the outcomes of those before it."""
    for name in ground.study.settings.efficiency:
        yield partial(efficiency_step, ground, name, blocks, fresh=fresh)
    if ground.study.position is not None:
        yield partial(position_step, ground, blocks, fresh=fresh)
    if has_standing(ground):
        yield partial(standing_step, ground, {each.step: each for each in outcomes}, blocks, fresh=fresh)
    if asked := ecosystem_section(ground.study):
        under = next(each for each in outcomes if each.step == f"index:{asked.index}")
        yield partial(ecosystem_step, ground, under, built[asked.index], blocks, fresh=fresh)
    if has_registers(ground.study):
        yield partial(registers_step, ground, blocks, fresh=fresh)
    if has_flows(ground.study):
        yield partial(flows_step, ground, blocks, fresh=fresh)


def _identity(ground: Ground, outcomes: list[Outcome]) -> str:
    """Return a digest of all that a reader of the results may see: inputs, settings, steps."""
    return digest(ground.study.files, [(outcome.step, outcome.fingerprint) for outcome in outcomes])


def _publish(ground: Ground, outcomes: list[Outcome], identity: str, results: Path) -> Run:
    tables = _assemble(ground, outcomes)
    created = datetime.now(UTC)
    run_id = f"{created:%Y%m%dT%H%M%S}{created.microsecond // 1000:03d}-{identity[:8]}"
    if (results / run_id).exists():
        shutil.rmtree(results / run_id)
    with store.appearing(results / run_id) as folder:
        store.write_tables(folder, tables)
        manifest = _manifest(ground, outcomes, identity, run_id, created)
        manifest["resources"] = store.describe_tables(folder, tables)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (folder / store.MANIFEST).write_text(text, encoding="utf-8")
    store.point_to(results, run_id)
    store.prune(results)
    return Run.open(results / run_id)


def _manifest(
    ground: Ground, outcomes: list[Outcome], identity: str, run_id: str, created: datetime
) -> dict[str, Any]:
    study = ground.study
    return {
        "profile": "tabular-data-package",
        "name": study.settings.study.id.lower(),
        "title": study.settings.study.title.text("en"),
        "created": created.isoformat(timespec="seconds"),
        "innohub:run": run_id,
        "innohub:identity": identity,
        "innohub:seed": study.settings.study.seed,
        "innohub:versions": versions(),
        "innohub:inputs": dict(study.files),
        "innohub:blocks": [
            f"{outcome.step.replace(':', '-')}/{outcome.fingerprint}"
            for outcome in outcomes
            if outcome.fingerprint
        ],
        "innohub:settings": study.settings.model_dump(mode="json"),
        "resources": [],
    }


def _assemble(ground: Ground, outcomes: list[Outcome]) -> dict[str, pd.DataFrame]:
    """Put the tables of all steps together, the study's own tables first."""
    tables = _study_tables(ground)
    loose = [findings_table((*ground.study.findings, *ground.selection.findings, *ground.panel.findings))]
    for outcome in outcomes:
        for name, table in outcome.tables.items():
            if name == "findings":
                loose.append(table)
            else:
                tables[name] = (
                    pd.concat([tables[name], table], ignore_index=True) if name in tables else table
                )
    filled = [table for table in loose if len(table)]
    tables["findings"] = pd.concat(filled, ignore_index=True) if filled else loose[0]
    if (tier := tables.pop("alternative_tiers", None)) is not None and "alternatives" in tables:
        tables["alternatives"] = tables["alternatives"].merge(
            tier, how="left", on=["index", "alternative", "place"]
        )
    return tables


def _study_tables(ground: Ground) -> dict[str, pd.DataFrame]:
    """Return the inputs as the run saw them, so that its results explain themselves."""
    study = ground.study
    tables = {
        "places": study.places.assign(ranked=study.places["place"].isin(ground.selection.kept)),
        "indicators": study.indicators,
        "sources": study.sources,
        "panel": study.values,
        "overlaps": pd.DataFrame(
            [(pair.part, pair.whole, pair.ordered) for pair in ground.selection.pairs],
            columns=["part", "whole", "ordered"],
        ),
    }
    if study.frameworks:
        parts = [_framework(ground, name, table) for name, table in study.frameworks.items()]
        tables["framework"] = pd.concat(parts, ignore_index=True)
    optional = {"plan": study.plan, "judgements": study.judgements, "points": study.points}
    given = {name: table for name, table in optional.items() if table is not None}
    return {**tables, **given, **preset_tables(study)}


def _framework(ground: Ground, index: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a framework with its index first, the depth of each node, and the unit of what enters the index."""
    tree = build_tree(table)
    depth = dict(zip(tree.nodes, tree.depth.tolist(), strict=True))
    units = units_in(ground.panel, divides=ground.study.settings.index[index].denominate)
    unit = table["indicator"].map(lambda code: units.get(code, "")).astype("str")
    framework = table.assign(depth=table["node"].map(depth), unit=unit)
    framework.insert(0, "index", index)
    return framework


def clean(folder: Path | str, keep: int = store.KEPT_RUNS) -> list[Path]:
    """Drop all but the newest runs of a study, and the blocks that none of them uses.

    Returns
    -------
    The folders removed. The current run always stays.
    """
    results = Path(folder) / "results"
    if not results.is_dir():
        raise StoreError(
            Finding("F113", file=str(folder), params={"folder": str(folder), "path": quote(str(folder))})
        )
    with store.writing(results):
        return store.prune(results, keep)
