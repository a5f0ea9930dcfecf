"""The whole index of a study: nominal scores, draws, alternatives, as labelled tables."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from innohub.errors import Finding, InnohubError, ModelError
from innohub.index.compute import Nominal, compute
from innohub.index.draws.build import draw_index, draw_notes, require_draws, streams, vary_index
from innohub.index.draws.simulate import Draws
from innohub.index.model import Model, build_alternative, build_model
from innohub.index.prepare import Prepared, prepare
from innohub.index.weight.experts import Experts
from innohub.index.weight.tables import benefit_warnings
from innohub.panel import Panel
from innohub.study.index_section import IndexSection


@dataclass(frozen=True)
class Index:
    """An index in the study's year, with its draws and, by name, its results under alternative methods.

    ``history`` is the same index over all years of the panel; ``prepared`` is what it was computed from; ``notes`` say
    by what rules values were varied.
    """

    prepared: Prepared
    nominal: Nominal
    history: Nominal
    draws: Draws
    alternatives: tuple[tuple[str, Nominal], ...]
    notes: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What arose while the values were prepared and the index computed."""
        return (*self.prepared.findings, *self.nominal.findings, *benefit_warnings(self.nominal), *self.notes)


Groups = Mapping[str, Mapping[str, str]]


def build_index(
    name: str,
    section: IndexSection,
    framework: pd.DataFrame,
    panel: Panel,
    seed: int,
    *,
    groups: Groups | None = None,
    experts: Experts | None = None,
) -> Index:
    """Compute one index of a study: nominal, Monte-Carlo draws, alternatives.

    The random stream depends on the study's seed and the index's name alone, so that adding an
    index to a study does not change the others. ``groups`` gives for each grouping the label of every place, for
    imputation within groups; ``experts`` are the tables of their judgements and points.
    """
    model = build_model(name, section, framework, experts)
    require_draws(model, section, len(panel.at(panel.year)))
    prepared = prepare(panel, model.tree, section, groups or {})
    history = compute(model, prepared.panel)
    stream = streams(seed, name)
    varied = vary_index(history, prepared, section, panel, groups=groups or {}, stream=stream)
    draws = draw_index(varied, section, stream)
    others = compute_alternatives(model, section, prepared.panel)
    return Index(prepared, history.now, history, draws, others, draw_notes(varied))


def compute_alternatives(
    model: Model, section: IndexSection, panel: Panel
) -> tuple[tuple[str, Nominal], ...]:
    """Compute the index in the study's year by each of the alternative methods that the study names.

    Raises
    ------
    ModelError
        When any of them cannot be computed; the findings name each by its key in study.toml.
    """
    done: list[tuple[str, Nominal]] = []
    failed: list[Finding] = []
    for key, other in section.alternatives.items():
        try:
            done.append((key, compute(build_alternative(model, other), panel).now))
        except InnohubError as problem:
            where = f"index.{model.name}.alternatives.{key}"
            failed += [
                replace(found, file="study.toml", row=None, column=where) for found in problem.findings
            ]
    if failed:
        raise ModelError(failed)
    return tuple(done)
