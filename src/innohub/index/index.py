"""The whole index of a study: nominal scores, draws, alternatives, as labelled tables."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.catalog import parse_spec
from innohub.errors import Finding, ModelError
from innohub.index import uncertainty as mc
from innohub.index.compute import Nominal, compute
from innohub.index.experts import Experts
from innohub.index.model import Model, build_alternative, build_model
from innohub.index.prepare import Prepared, prepare
from innohub.index.weight_draws import draw_weights
from innohub.panel import Panel
from innohub.study.index_section import IndexSection, Uncertainty

MOST_SCORES = 100_000_000


@dataclass(frozen=True)
class Index:
    """An index in the study's year, with its draws and, by name, its results under alternative methods.

    ``history`` is the same index over all years of the panel; ``prepared`` is what it was computed from.
    """

    prepared: Prepared
    nominal: Nominal
    history: Nominal
    draws: mc.Draws
    alternatives: tuple[tuple[str, Nominal], ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What arose while the values were prepared and the index computed."""
        return (*self.prepared.findings, *self.nominal.findings)


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
    require_memory(name, section.uncertainty.draws, len(panel.at(panel.year)))
    model = build_model(name, section, framework, experts)
    prepared = prepare(panel, model.tree, section, groups or {})
    history = compute(model, prepared.panel)
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    draws = _draw(history, section.uncertainty, rng)
    others = compute_alternatives(model, section, prepared.panel)
    return Index(prepared, history.now, history, draws, others)


def compute_alternatives(
    model: Model, section: IndexSection, panel: Panel
) -> tuple[tuple[str, Nominal], ...]:
    """Compute the index in the study's year by each of the alternative methods that the study names."""
    others = section.alternatives.items()
    return tuple((key, compute(build_alternative(model, other), panel).now) for key, other in others)


def require_memory(name: str, draws: int, places: int) -> None:
    """Refuse more draws than the scores of all places in all draws may fill.

    Raises
    ------
    ModelError
        M112 with the largest number that is allowed.
    """
    if draws * places > MOST_SCORES:
        params = {"draws": draws, "places": places, "most": MOST_SCORES // places}
        raise ModelError(
            Finding("M112", file="study.toml", column=f"index.{name}.uncertainty.draws", params=params)
        )


def _draw(nominal: Nominal, plan: Uncertainty, rng: np.random.Generator) -> mc.Draws:
    spec = parse_spec(plan.vary.weights, "draws")
    weights = draw_weights(nominal.model.tree, nominal.shares, spec, plan.draws, rng)
    normalisers = [parse_spec(text, "normalise") for text in plan.vary.normalise]
    aggregates = [parse_spec(text, "aggregate") for text in plan.vary.aggregate]
    return mc.simulate(nominal, weights, rng, normalisers, aggregates)
