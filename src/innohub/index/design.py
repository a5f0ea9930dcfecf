"""A finite design of method choices, enumerated whole: ranks under every combination, and which choice moves them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, InnohubError, ModelError
from innohub.index.batch import Variant, score_variants
from innohub.index.model import Model, build_alternative
from innohub.index.prepare import prepare
from innohub.index.rank import rank_draws
from innohub.index.sensitivity import enumerate_design, output_names, rank_outputs, sobol_exact
from innohub.panel import Panel
from innohub.study.index_section import Alternative, DesignSection, IndexSection

Matrix = NDArray[np.float64]
FACTORS = ("impute", "treat", "normalise", "weights", "aggregate")
_MOST_NAMED = 8


@dataclass(frozen=True)
class Design:
    """Ranks under every combination of choices.

    ``factors`` are the choices that vary and ``levels`` their methods; ``runs`` (runs, factors) numbers the methods
    of each run, the first factor slowest; ``ranks`` (runs, places); ``nominal`` (places,) are the study's own ranks.
    """

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    runs: NDArray[np.int64]
    places: tuple[str, ...]
    ranks: Matrix
    nominal: Matrix


def build_design(
    model: Model,
    section: IndexSection,
    panel: Panel,
    nominal: pd.Series,
    groups: Mapping[str, Mapping[str, str]],
) -> Design:
    """Rank the places of the study's year under every combination of the choices of ``[index.<name>.design]``.

    Nothing is drawn: the design is enumerated (at most 20,000 combinations). What is filled and treated is kept for
    all combinations that share it.

    Parameters
    ----------
    model : the index as the study defines it.
    section : with a ``design``.
    panel : values of one or several years.
    nominal : the study's own rank of every place that has one, by place.
    groups : labels of places by grouping, for imputation.

    Raises
    ------
    ModelError
        S200 too many combinations; M140 combinations that cannot be computed, each named with its reason: none is
        dropped in silence.
    """
    varied = _varied(section.design or DesignSection())
    runs = enumerate_design([len(levels) for levels in varied.values()])
    choices = [
        {factor: levels[level] for (factor, levels), level in zip(varied.items(), chosen, strict=True)}
        for chosen in runs.tolist()
    ]
    places = [str(place) for place in nominal.index]
    ranks, failed = _rank(_Bench(model, section, panel, groups), choices, places)
    if failed:
        told = [(" · ".join(choices[number].values()), why) for number, why in sorted(failed.items())]
        raise ModelError(_named(model.name, told, len(runs)))
    levels = tuple(tuple(levels) for levels in varied.values())
    return Design(tuple(varied), levels, runs, tuple(places), ranks, nominal.to_numpy(dtype=float))


def _varied(design: DesignSection) -> dict[str, tuple[str, ...]]:
    return {factor: getattr(design, factor) for factor in FACTORS if len(getattr(design, factor)) > 1}


@dataclass(frozen=True)
class _Bench:
    """What all combinations share, and what some of them share: prepared panels, models."""

    model: Model
    section: IndexSection
    panel: Panel
    groups: Mapping[str, Mapping[str, str]]
    prepared: dict[tuple[str, str], Panel | InnohubError] = field(default_factory=dict)
    models: dict[tuple[str, ...], Model] = field(default_factory=dict)

    def variant(self, choice: Mapping[str, str]) -> Variant:
        """Return the index under one combination of choices."""
        before = (choice.get("impute", self.section.impute), choice.get("treat", self.section.treat))
        if before not in self.prepared:
            steps = self.section.model_copy(update={"impute": before[0], "treat": before[1]})
            try:
                self.prepared[before] = prepare(self.panel, self.model.tree, steps, self.groups).panel
            except InnohubError as problem:
                self.prepared[before] = problem
        panel = self.prepared[before]
        if isinstance(panel, InnohubError):
            raise panel
        after = tuple(choice.get(factor, "") for factor in ("normalise", "weights", "aggregate"))
        if after not in self.models:
            changed = {
                factor: choice[factor] for factor in ("normalise", "weights", "aggregate") if factor in choice
            }
            self.models[after] = build_alternative(self.model, Alternative.model_validate(changed))
        return Variant(self.models[after], panel)


def _rank(
    bench: _Bench, choices: Sequence[Mapping[str, str]], places: Sequence[str]
) -> tuple[Matrix, dict[int, str]]:
    """Rank the places under every combination; return what fails with its reason."""
    ranks = np.full((len(choices), len(places)), np.nan)
    failed: dict[int, str] = {}
    variants: dict[int, Variant] = {}
    for number, choice in enumerate(choices):
        try:
            variants[number] = bench.variant(choice)
        except InnohubError as problem:
            failed[number] = problem.findings[0].text("title")
    if not variants:
        return ranks, failed
    numbers = list(variants)
    scores, problems = score_variants(list(variants.values()))
    failed |= {numbers[k]: problem.findings[0].text("title") for k, problem in problems.items()}
    now = variants[numbers[0]].panel.of_year(bench.panel.year).places
    column = [now.index(place) for place in places]
    for has, rows in _alike(~np.isnan(scores)):
        if not has[column].all():
            lost = tuple(
                [place for place, at in zip(places, column, strict=True) if not has[at]][:_MOST_NAMED]
            )
            why = Finding("M141", params={"places": lost}).text("title")
            failed = {**{numbers[row]: why for row in rows}, **failed}
            continue
        whole = np.full((len(rows), len(now)), np.nan)
        whole[:, has] = rank_draws(scores[rows][:, has])
        ranks[[numbers[row] for row in rows]] = whole[:, column]
    return ranks, failed


def _alike(present: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.bool_], list[int]]]:
    """Yield the different rows of a table of what is present, each with the numbers of the rows like it."""
    patterns, which = np.unique(present, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        yield pattern, np.flatnonzero(which.ravel() == number).tolist()


def _named(index: str, failed: Sequence[tuple[str, str]], runs: int) -> Finding:
    shown = "\n".join(f"{what}: {why}" for what, why in failed[:_MOST_NAMED])
    params = {"index": index, "count": len(failed), "runs": runs, "which": shown}
    return Finding("M140", file="study.toml", column=f"index.{index}.design", params=params)


def design_tables(index: str, design: Design, boundaries: Sequence[int]) -> dict[str, pd.DataFrame]:
    """Lay a design out as the result tables design and sensitivity.

    Parameters
    ----------
    index : its name.
    design : the ranks under every combination.
    boundaries : number of places above each tier boundary, from the top; empty without tiers.

    Returns
    -------
    ``design`` (index, run, place, rank, one column a factor) and ``sensitivity`` (index, output, place, factor, first,
    total, variance, method, first_error, total_error): exact Sobol indices of each place's rank, of the
    mean absolute rank shift against the study's own ranks, and of the number of places that cross each tier boundary.
    Indices are missing where nothing moves; errors are missing because nothing is sampled.
    """
    labels = {
        factor: np.array(levels, dtype=object)[design.runs[:, number]]
        for number, (factor, levels) in enumerate(zip(design.factors, design.levels, strict=True))
    }
    count = len(design.places)
    table = pd.DataFrame(
        {
            "index": index,
            "run": np.repeat(np.arange(1, len(design.runs) + 1), count),
            "place": np.tile(np.array(design.places, dtype=object), len(design.runs)),
            "rank": design.ranks.ravel().astype(int),
            **{factor: np.repeat(column, count) for factor, column in labels.items()},
        }
    )
    return {"design": table, "sensitivity": _sensitivity(index, design, boundaries)}


def _sensitivity(index: str, design: Design, boundaries: Sequence[int]) -> pd.DataFrame:
    y = rank_outputs(design.ranks, design.nominal, boundaries)
    names = output_names(design.places, boundaries)
    sobol = sobol_exact(y, [len(levels) for levels in design.levels])
    rows = [
        (index, output, place, factor, sobol.first[f, o], sobol.total[f, o], sobol.variance[o])
        for o, (output, place) in enumerate(names)
        for f, factor in enumerate(design.factors)
    ]
    columns = ["index", "output", "place", "factor", "first", "total", "variance"]
    return pd.DataFrame(rows, columns=columns).assign(method="exact", first_error=np.nan, total_error=np.nan)
