"""What every step of a run stands on, and what each of its results depends on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from innohub.index import Experts, Index, Model, build_index, build_model, effects
from innohub.panel import Panel, build_panel
from innohub.places import Selection, select
from innohub.study import Study
from innohub.study.divisions import denominators
from innohub.study.index_section import IndexSection
from innohub.study.limits import NUMBERS
from innohub.study.places import GROUPINGS, only_whole
from innohub.study.stated import of_single_years
from innohub.trace import code_fingerprint, digest


@dataclass(frozen=True)
class Ground:
    """What every step stands on: the study, the places ranked together, the panel of its year."""

    study: Study
    selection: Selection
    panel: Panel

    @cached_property
    def values(self) -> pd.DataFrame:
        """The values that may be ranked or set against each other: dated, of single years where there are such."""
        return of_single_years(self.study.values)

    @property
    def groups(self) -> dict[str, dict[str, str]]:
        """The groupings of places, for imputation and for inequality between groups, by column of their table."""
        places = self.study.places.set_index("place")
        labels = {name: places[name].fillna("").astype(str) for name in GROUPINGS}
        labels["part_of"] = labels["part_of"].map(only_whole)
        return {name: dict(zip(places.index, column, strict=True)) for name, column in labels.items()}

    def build(self, name: str, section: IndexSection) -> Index:
        """Compute an index of the study by the rules of a section."""
        framework, seed = self.study.frameworks[name], self.study.settings.study.seed
        return build_index(
            name, section, framework, self.panel, seed, groups=self.groups, experts=self.experts
        )

    @property
    def experts(self) -> Experts:
        """What experts said of weights, as read."""
        return Experts(self.study.judgements, self.study.points)

    def model(self, name: str) -> Model:
        """Return the definition of an index of the study."""
        section, framework = self.study.settings.index[name], self.study.frameworks[name]
        return build_model(name, section, framework, self.experts)

    def effects(self, index: Index, section: IndexSection) -> pd.DataFrame:
        """Return what each step of an index changed, as a table."""
        return effects(index.nominal, index.prepared, section, self.panel, self.groups)


def lay_ground(study: Study) -> Ground:
    """Choose the places that have data and may be ranked together, and lay out the panel of the study's year.

    A study that ranks nothing, because it only positions places, ranks no places and has an empty panel.
    """
    year = study.settings.study.year
    if not study.settings.index and not study.settings.efficiency:
        return Ground(study, Selection((), (), (), ()), Panel.empty(year, study.values))
    values = of_single_years(study.values)
    here = values[values["year"].eq(year) & values["value"].notna()]
    ranked = here[here["indicator"].isin(_ranked(study))] if study.position is not None else here
    with_data = study.places[study.places["place"].isin(ranked["place"])]
    selection = select(with_data, study.settings.study.overlaps)
    years = values["year"].unique() if study.settings.study.years == "all" else study.settings.study.years
    calendar = [int(each) for each in years]
    panel = build_panel(values, study.indicators, selection.kept, _used(study), year, years=calendar)
    return Ground(study, selection, panel)


def _ranked(study: Study) -> list[str]:
    """Return the indicators that places are ranked by; a peer that has none of them is no place of an index."""
    measured = [code for section in study.settings.efficiency.values() for code in section.codes]
    return [*_used(study), *measured]


def _used(study: Study) -> list[str]:
    """Return the indicators that an index stands on, and what they are divided by."""
    framed = [code for table in study.frameworks.values() for code in table["indicator"] if code]
    return list(dict.fromkeys([*framed, *_denominators(study, tuple(study.frameworks))]))


def _denominators(study: Study, names: Sequence[str]) -> list[str]:
    """Return what some indices divide by."""
    sections = {name: study.settings.index[name] for name in names}
    return denominators(study.indicators, sections, study.frameworks)


def index_fingerprint(ground: Ground, name: str) -> str:
    """Return what an index depends on, as one digest."""
    study, panel = ground.study, ground.panel
    section = study.settings.index[name].model_dump(
        mode="json", exclude={"change", "sensitivity", "published"}
    )
    framework = study.frameworks[name].drop(columns=["file", "row"], errors="ignore").to_csv(index=False)
    used = {*study.frameworks[name]["indicator"], *_denominators(study, [name])}
    rows = panel.cells[panel.cells["indicator"].isin(used)]
    values = rows[["place", "indicator", "year", "value", "flag"]].to_csv(index=False, float_format="%r")
    directions = dict(zip(panel.indicators, panel.directions.tolist(), strict=True))
    chosen = {code: directions[code] for code in sorted(used) if code}
    about = study.indicators[study.indicators["indicator"].isin(used)]
    told = about[["indicator", "denominator", *NUMBERS, "area", "transform"]].to_csv(
        index=False, float_format="%r"
    )
    return digest(
        code_fingerprint(),
        np.__version__,
        section,
        framework,
        _said(study),
        values,
        chosen,
        told,
        {key: [labels[place] for place in panel.places] for key, labels in ground.groups.items()},
        panel.places,
        panel.calendar,
        study.settings.study.seed,
    )


def _said(study: Study) -> list[str]:
    """Return what experts said, with its rows, which warnings name."""
    tables = (study.judgements, study.points)
    return ["" if table is None else table.to_csv(index=False, float_format="%r") for table in tables]


def tiers_fingerprint(ground: Ground, index: str) -> str:
    """Return what the tiers depend on, as one digest."""
    section = ground.study.settings.tiers
    plan = ground.study.plan
    rows = plan[["place", "tier"]].to_csv(index=False) if plan is not None else ""
    expert = ground.study.expert_tiers
    labels = expert.to_csv(index=False) if expert is not None else ""
    return digest(index, section.model_dump(mode="json") if section else None, rows, labels)
