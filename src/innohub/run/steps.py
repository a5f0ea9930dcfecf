"""The step graph of a run: each step's tables, computed or read back when nothing it depends on has changed."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from innohub.index import (
    Draws,
    Index,
    Nominal,
    build_design,
    compute,
    compute_alternatives,
    design_tables,
    index_tables,
    prepare,
)
from innohub.position import build_tiers, tier_tables
from innohub.position.tier.experts import compare_experts
from innohub.run import store
from innohub.run.blocks import Outcome, findings_table, read_block, replacing
from innohub.run.ground import Ground, index_fingerprint, tiers_fingerprint
from innohub.study.index_section import IndexSection
from innohub.trace import digest


def index_step(
    ground: Ground, name: str, blocks: Path, *, fresh: bool
) -> tuple[Outcome, Callable[[], Index]]:
    """Compute an index or read it back; the second value gives the index itself to the steps that need it."""
    section = ground.study.settings.index[name]
    fingerprint = index_fingerprint(ground, name)
    block = blocks / f"index-{name}" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome(f"index:{name}", fingerprint, tables, computed=False), lambda: _reload(
            ground, name, section, block
        )
    index = ground.build(name, section)
    tables = {
        **index_tables(index, section),
        "effects": ground.effects(index, section),
        "findings": findings_table(index.findings),
    }
    with replacing(block) as folder:
        store.write_tables(folder, tables)
        draws = index.draws
        np.savez(
            folder / "draws.npz",
            weights=draws.weights,
            scores=draws.scores,
            ranks=draws.ranks,
            on_scale=draws.on_scale,
        )
    return Outcome(f"index:{name}", fingerprint, tables, computed=True), lambda: index


def tiers_step(
    ground: Ground, index: Callable[[], Index], under: str, blocks: Path, *, fresh: bool
) -> Outcome:
    """Cut the tiers or read them back; ``under`` is the fingerprint of the index they are cut from."""
    section = ground.study.settings.tiers
    if section is None:
        return Outcome("tiers", "", {}, computed=False)
    fingerprint = tiers_fingerprint(ground, under)
    block = blocks / "tiers" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("tiers", fingerprint, tables, computed=False)
    whole = index()
    tiers = build_tiers(section, whole)
    expert, noticed = compare_experts(tiers, ground.study.expert_tiers)
    tables = {**tier_tables(tiers, ground.study.plan, whole), **expert}
    tables["findings"] = findings_table((*tiers.findings, *noticed))
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("tiers", fingerprint, tables, computed=True)


def design_step(
    ground: Ground, name: str, index: Outcome, tiers: Outcome | None, blocks: Path, *, fresh: bool
) -> Outcome:
    """Compute every combination of an index's design, or read them back."""
    study = ground.study
    section = study.settings.index[name]
    boundaries = tier_boundaries(tiers)
    fingerprint = digest(index.fingerprint, boundaries)
    block = blocks / f"design-{name}" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome(f"design:{name}", fingerprint, tables, computed=False)
    model = ground.model(name)
    scores = index.tables["scores"]
    root = scores[scores["node"].eq(model.tree.root) & scores["rank"].notna()].set_index("place")["rank"]
    design = build_design(model, section, ground.panel, root, ground.groups)
    tables = design_tables(name, design, boundaries)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome(f"design:{name}", fingerprint, tables, computed=True)


def tier_boundaries(tiers: Outcome | None) -> tuple[int, ...]:
    """Return the number of places above each tier boundary."""
    if tiers is None or "tier_limits" not in tiers.tables:
        return ()
    limits = tiers.tables["tier_limits"]
    sizes = limits.loc[limits["scale"].eq(limits["scale"].iloc[0]), "size"]
    return tuple(sizes.cumsum().iloc[:-1].astype(int).tolist())


def _reload(ground: Ground, name: str, section: IndexSection, block: Path) -> Index:
    """Rebuild an index from its stored draws; only the nominal scores are computed again."""
    model = ground.model(name)
    prepared = prepare(ground.panel, model.tree, section, ground.groups)
    history = compute(model, prepared.panel)
    try:
        with np.load(block / "draws.npz") as kept:
            draws = _draws(history.now, kept)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return ground.build(name, section)
    others = compute_alternatives(model, section, prepared.panel)
    return Index(prepared, history.now, history, draws, others)


def _draws(nominal: Nominal, kept: Mapping[str, np.ndarray]) -> Draws:
    scored = ~np.isnan(nominal.index_scores)
    places = tuple(place for place, has in zip(nominal.panel.places, scored, strict=True) if has)
    return Draws(places, kept["weights"], kept["scores"], kept["ranks"], kept["on_scale"], ())
