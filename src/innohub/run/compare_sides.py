"""The two sides of a comparison: a study or a finished run, one index of it, one year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from innohub.errors import Finding, ModelError, PanelError
from innohub.index import Model
from innohub.panel import Panel, build_panel
from innohub.panel.blend import aligned
from innohub.places import Selection
from innohub.run import store
from innohub.run.ground import Ground, lay_ground
from innohub.run.result import Run
from innohub.study import Study, read_study
from innohub.study.divisions import denominators
from innohub.study.index_section import IndexSection
from innohub.study.report import near
from innohub.study.settings import FILE
from innohub.study.stated import of_single_years
from innohub.study.units import conversion
from innohub.trace import digest

_TOLD = ("direction", "denominator", "factor", "low", "high", "target", "unit")
_METHOD = {"title", "framework", "uncertainty", "alternatives", "design", "sensitivity", "change"}


@dataclass(frozen=True)
class Side:
    """One side of a comparison: ``label`` names it, ``members`` are the places that its index ranks."""

    label: str
    study: Study
    index: str
    members: tuple[str, ...]

    @property
    def year(self) -> int:
        """The year that the side is about."""
        return self.study.settings.study.year

    @property
    def section(self) -> IndexSection:
        """How the index is made."""
        return self.study.settings.index[self.index]

    @cached_property
    def ground(self) -> Ground:
        """What the index stands on: experts, groupings, its model."""
        chosen = Selection(self.members, (), (), ())
        return Ground(self.study, chosen, Panel.empty(self.year, self.study.values))

    @cached_property
    def model(self) -> Model:
        """The definition of the index."""
        return self.ground.model(self.index)

    @cached_property
    def values(self) -> pd.DataFrame:
        """The values that an index may take."""
        return of_single_years(self.study.values)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """What the index stands on, and what that is divided by."""
        frameworks = {self.index: self.study.frameworks[self.index]}
        below = denominators(self.study.indicators, {self.index: self.section}, frameworks)
        return tuple(dict.fromkeys([*self.model.tree.indicators, *below]))

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The unit of every indicator."""
        told = self.study.indicators
        return dict(zip(told["indicator"], told["unit"].fillna("").astype(str), strict=True))

    @cached_property
    def method(self) -> str:
        """A digest of how the index is made: framework, weights, directions, limits, rules; not of its data."""
        framework = self.study.frameworks[self.index][["node", "parent", "weight", "indicator"]]
        told = self.study.indicators.set_index("indicator").reindex(list(self.indicators))
        experts = self.ground.experts
        said = [
            "" if table is None else table.drop(columns=["file", "row"], errors="ignore").to_csv(index=False)
            for table in (experts.judgements, experts.points)
        ]
        return digest(
            self.section.model_dump(mode="json", exclude=_METHOD),
            framework.to_csv(index=False, float_format="%r"),
            told[[name for name in _TOLD if name in told]].to_csv(float_format="%r"),
            said,
            self._grouped,
        )

    @property
    def _grouped(self) -> dict[str, dict[str, str]]:
        """The groupings of places that the method uses."""
        asked = str(self.section.impute)
        return {name: labels for name, labels in self.ground.groups.items() if name in asked}

    def panel_for(self, method: "Side", year: int) -> Panel:
        """Lay out this side's data for the method of either side, in that method's units, as of a common year.

        Raises
        ------
        PanelError
            P101 for indicators of which this side has no values in its year; C176 for other units.
        """
        used = method.indicators
        values = self.values[self.values["indicator"].isin(used)].copy()
        if method is not self:
            values["value"] *= values["indicator"].map(self._factors(method)).to_numpy(dtype=float)
        told = set(values.loc[values["year"].eq(self.year) & values["value"].notna(), "place"])
        places = [place for place in dict.fromkeys([*self.members, *method.members]) if place in told]
        years = self.study.settings.study.years
        calendar = self.values["year"].unique() if years == "all" else years
        told_about = method.study.indicators
        panel = build_panel(
            values, told_about, places, used, self.year, years=[int(each) for each in calendar]
        )
        return aligned(panel, year)

    def _factors(self, method: "Side") -> dict[str, float]:
        """Return by how much this side's numbers are multiplied to stand in the other's units."""
        factors, apart = {}, []
        for code in method.indicators:
            mine, theirs = self.units.get(code, ""), method.units.get(code, "")
            factor = conversion(mine, theirs) if mine and theirs and mine != theirs else 1.0
            factors[code] = np.nan if factor is None else factor
            if factor is None:
                params = {"indicator": code, "unit": mine, "other": theirs}
                apart.append(Finding("C176", column=code, params=params))
        if apart:
            raise PanelError(apart)
        return factors


def open_side(path: Path, index: str | None, year: int | None = None) -> Side:
    """Open a study folder as it stands, or a finished run as it was.

    Parameters
    ----------
    index : the index to compare; the first one if not given.
    year : another year than the study's own.

    Raises
    ------
    StudyError, StoreError
        When it cannot be read.
    ModelError
        C170 without an index, C171 for an index that it does not have, C174 for a year without values.
    """
    is_run = (path / store.MANIFEST).is_file() and not (path / FILE).is_file()
    study = _study_of(Run.open(path)) if is_run else read_study(path)
    names = list(study.settings.index)
    if not names:
        raise ModelError(Finding("C170", file=str(path)))
    if index is not None and index not in names:
        raise ModelError(Finding("C171", file=str(path), value=index, params={"near": near(index, names)}))
    name = index or names[0]
    label = path.resolve().name
    if year is not None:
        study, label = _at(study, year, path), str(year)
    members = _ranked(study) if is_run and year is None else lay_ground(study).selection.kept
    return Side(label, study, name, tuple(members))


def _at(study: Study, year: int, path: Path) -> Study:
    """Return a study as if it were about another of its years."""
    dated = of_single_years(study.values)
    years = sorted({int(each) for each in dated.loc[dated["value"].notna(), "year"]})
    if year not in years:
        params = {"year": year, "years": tuple(years)}
        raise ModelError(Finding("C174", file=str(path), value=str(year), params=params))
    about = study.settings.study.model_copy(update={"year": year})
    return replace(study, settings=study.settings.model_copy(update={"study": about}))


def _ranked(study: Study) -> list[str]:
    places = study.places
    return places.loc[places["ranked"].astype(bool), "place"].astype(str).tolist()


def _study_of(run: Run) -> Study:
    """Return the study that a run was computed from, out of the run's own tables."""
    tables = {name: run.table(name) for name in run.table_names if name in _KEPT}
    framework = tables.get("framework", pd.DataFrame(columns=["index"]))
    return Study(
        folder=run.folder,
        settings=run.settings,
        places=tables["places"],
        indicators=tables["indicators"],
        values=tables["panel"],
        frameworks={
            name: framework[framework["index"].eq(name)].drop(columns="index").reset_index(drop=True)
            for name in run.settings.index
        },
        sources=tables["sources"],
        plan=None,
        judgements=tables.get("judgements"),
        points=tables.get("points"),
    )


_KEPT = frozenset({"places", "indicators", "panel", "framework", "sources", "judgements", "points"})
