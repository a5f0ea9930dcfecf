"""The step graph of a run: each step's tables, computed or read back when nothing it depends on has changed."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.index import (
    Draws,
    Index,
    Nominal,
    build_design,
    build_index,
    build_model,
    compute,
    compute_alternatives,
    design_tables,
    index_tables,
    prepare,
)
from innohub.panel import Panel, build_panel
from innohub.places import Selection, select
from innohub.position import build_tiers, tier_tables
from innohub.run import store
from innohub.study import Study
from innohub.study.index_section import IndexSection
from innohub.trace import code_fingerprint, digest

Tables = dict[str, pd.DataFrame]
Progress = Callable[[str, bool], None]


@dataclass(frozen=True)
class Ground:
    """What every step stands on: the study, the places ranked together, the panel of its year."""

    study: Study
    selection: Selection
    panel: Panel

    @property
    def groups(self) -> dict[str, dict[str, str]]:
        """The groupings of places that imputation may use, by column of the table of places."""
        places = self.study.places.set_index("place")
        labels = {name: places[name].fillna("").astype(str) for name in ("kind", "country")}
        return {name: dict(zip(places.index, column, strict=True)) for name, column in labels.items()}

    def build(self, name: str, section: IndexSection) -> Index:
        """Compute an index of the study by the rules of a section."""
        framework, seed = self.study.frameworks[name], self.study.settings.study.seed
        return build_index(name, section, framework, self.panel, seed, groups=self.groups)


@dataclass(frozen=True)
class Outcome:
    """A step's tables and warnings, its fingerprint, and whether it was computed in this run."""

    step: str
    fingerprint: str
    tables: Tables
    computed: bool


def lay_ground(study: Study) -> Ground:
    """Choose the places that have data and may be ranked together, and lay out the panel of the study's year."""
    year = study.settings.study.year
    here = study.values[study.values["year"].eq(year) & study.values["value"].notna()]
    with_data = study.places[study.places["place"].isin(here["place"])]
    selection = select(with_data, study.settings.study.overlaps)
    years = (
        study.values["year"].unique() if study.settings.study.years == "all" else study.settings.study.years
    )
    calendar = [int(each) for each in years]
    panel = build_panel(study.values, study.indicators, selection.kept, _used(study), year, years=calendar)
    return Ground(study, selection, panel)


def _used(study: Study) -> list[str]:
    """Return the indicators that an index or a measure of efficiency stands on."""
    framed = [code for table in study.frameworks.values() for code in table["indicator"] if code]
    sections = study.settings.efficiency.values()
    produced = [code for each in sections for code in (*each.inputs, *each.outputs, *each.undesirable)]
    return list(dict.fromkeys([*framed, *produced]))


def index_fingerprint(ground: Ground, name: str) -> str:
    """Return what an index depends on, as one digest."""
    study, panel = ground.study, ground.panel
    section = study.settings.index[name].model_dump(mode="json")
    framework = study.frameworks[name].drop(columns=["file", "row"], errors="ignore").to_csv(index=False)
    used = set(study.frameworks[name]["indicator"])
    rows = panel.cells[panel.cells["indicator"].isin(used)]
    values = rows[["place", "indicator", "year", "value", "flag"]].to_csv(index=False, float_format="%r")
    directions = dict(zip(panel.indicators, panel.directions.tolist(), strict=True))
    chosen = {code: directions[code] for code in sorted(used) if code}
    return digest(
        code_fingerprint(),
        np.__version__,
        section,
        framework,
        values,
        chosen,
        panel.places,
        panel.calendar,
        study.settings.study.seed,
    )


def tiers_fingerprint(ground: Ground, index: str) -> str:
    """Return what the tiers depend on, as one digest."""
    section = ground.study.settings.tiers
    plan = ground.study.plan
    rows = plan[["place", "tier"]].to_csv(index=False) if plan is not None else ""
    return digest(index, section.model_dump(mode="json") if section else None, rows)


def index_step(
    ground: Ground, name: str, blocks: Path, *, fresh: bool
) -> tuple[Outcome, Callable[[], Index]]:
    """Compute an index or read it back; the second value gives the index itself to the steps that need it."""
    section = ground.study.settings.index[name]
    fingerprint = index_fingerprint(ground, name)
    block = blocks / f"index-{name}" / fingerprint
    if not fresh and (tables := _read(block)) is not None:
        return Outcome(f"index:{name}", fingerprint, tables, computed=False), lambda: _reload(
            ground, name, section, block
        )
    index = ground.build(name, section)
    tables = {**index_tables(index, section), "findings": findings_table(index.findings)}
    with _replacing(block) as folder:
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
    if not fresh and (tables := _read(block)) is not None:
        return Outcome("tiers", fingerprint, tables, computed=False)
    whole = index()
    tiers = build_tiers(section, whole)
    tables = {**tier_tables(tiers, ground.study.plan, whole), "findings": findings_table(tiers.findings)}
    with _replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("tiers", fingerprint, tables, computed=True)


def design_step(
    ground: Ground, name: str, index: Outcome, tiers: Outcome | None, blocks: Path, *, fresh: bool
) -> Outcome:
    """Compute every combination of an index's design, or read them back."""
    study = ground.study
    section = study.settings.index[name]
    boundaries = _boundaries(tiers)
    fingerprint = digest(index.fingerprint, boundaries)
    block = blocks / f"design-{name}" / fingerprint
    if not fresh and (tables := _read(block)) is not None:
        return Outcome(f"design:{name}", fingerprint, tables, computed=False)
    model = build_model(name, section, study.frameworks[name])
    scores = index.tables["scores"]
    root = scores[scores["node"].eq(model.tree.root) & scores["rank"].notna()].set_index("place")["rank"]
    design = build_design(model, section, ground.panel, root, ground.groups)
    tables = design_tables(name, design, boundaries)
    with _replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome(f"design:{name}", fingerprint, tables, computed=True)


def _boundaries(tiers: Outcome | None) -> tuple[int, ...]:
    """Return the number of places above each tier boundary."""
    if tiers is None or "tier_limits" not in tiers.tables:
        return ()
    limits = tiers.tables["tier_limits"]
    sizes = limits.loc[limits["scale"].eq(limits["scale"].iloc[0]), "size"]
    return tuple(sizes.cumsum().iloc[:-1].astype(int).tolist())


def _read(block: Path) -> Tables | None:
    """Read a finished block; a damaged one counts as missing."""
    if not block.is_dir():
        return None
    try:
        return store.read_tables(block)
    except (OSError, ValueError):
        return None


def _reload(ground: Ground, name: str, section: IndexSection, block: Path) -> Index:
    """Rebuild an index from its stored draws; only the nominal scores are computed again."""
    study = ground.study
    model = build_model(name, section, study.frameworks[name])
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


@contextmanager
def _replacing(block: Path) -> Iterator[Path]:
    """Write a block whole, in place of a stale or damaged one."""
    if block.exists():
        shutil.rmtree(block)
    with store.appearing(block) as folder:
        yield folder


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table with their titles in both languages."""
    columns = ["code", "level", "file", "row", "column", "value", "zh", "en"]
    rows = [
        (f.code, f.level, f.file, f.row, f.column, f.value, f.text("title", "zh"), f.text("title", "en"))
        for f in findings
    ]
    return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})
