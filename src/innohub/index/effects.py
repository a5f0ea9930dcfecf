"""What each step of an index changed: the same index once more, with that one step set to its neutral choice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import Spec, parse_spec
from innohub.errors import InnohubError
from innohub.index.compute import Nominal, compute
from innohub.index.model import Model
from innohub.index.prepare import Prepared, prepare
from innohub.index.rank import rank_scores
from innohub.panel import Panel
from innohub.study.index_section import IndexSection, ScreenRule

Vector = NDArray[np.float64]

STEPS = ("screen", "denominate", "impute", "transform", "treat", "normalise", "weights", "aggregate")
# The neutral scale, and the one for means that take no zero.
SCALE, POSITIVE_SCALE = "minmax(0, 1)", "minmax(1, 100)"
_STAGE = {"denominate": "denominated", "impute": "imputed", "transform": "transformed", "treat": "treated"}
_COLUMNS = {
    "index": "str",
    "step": "str",
    "method": "str",
    "neutral": "str",
    "values": "Int64",
    "places": "Int64",
    "unranked": "Int64",
    "mean_shift": "float64",
    "max_shift": "Int64",
    "most_place": "str",
    "from_rank": "Int64",
    "to_rank": "Int64",
    "reason": "str",
}


@dataclass(frozen=True)
class Choice:
    """What a study chose for a step, the neutral choice beside it, and the definition with that one in its place.

    ``plain`` says that indicators are to be left untransformed.
    """

    step: str
    method: str
    neutral: str
    section: IndexSection
    model: Model
    plain: bool = False


@dataclass(frozen=True)
class Shift:
    """How ranks differ: ``places`` that moved, ``unranked`` that only one side ranks, mean and largest move.

    ``most`` is the position of the place with the largest move (the best ranked of several), -1 when none moves;
    ``before`` and ``after`` are its ranks.
    """

    places: int
    unranked: int
    mean: float
    largest: int
    most: int
    before: int
    after: int


def effects(
    now: Nominal,
    prepared: Prepared,
    section: IndexSection,
    panel: Panel,
    groups: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    """Compare an index, step by step, with the same index in which that one step is neutral.

    Neutral is: no screening, no denominators, nothing filled, transformed or treated, min–max from 0 to 1 (1 to 100
    where a mean takes no zero), equal weights, arithmetic means. Only steps with another choice get a row; each costs
    one computation of the index, without draws.

    Parameters
    ----------
    now : the index as the study defines it, in the study's year.
    prepared : the values that it was computed from.
    section : its definition.
    panel : values of one or several years, before any step.
    groups : by grouping, the label of each place, for imputation within groups.

    Returns
    -------
    The result table effects: index, step, method, neutral, values (cells of the study's year that the step changed or
    filled, for screening the values of the places left out; missing for steps that change no cell), places (whose
    rank differs), unranked (places that only one of the two ranks), mean_shift, max_shift, most_place, from_rank,
    to_rank (of the place with the largest shift), reason (the code of the finding when the neutral index cannot be
    computed; its numbers are missing then).
    """

    def compute_by(choice: Choice) -> Nominal:
        same = choice.section is section and not choice.plain
        given = replace(panel, transforms={}) if choice.plain else panel
        values = prepared if same else prepare(given, now.model.tree, choice.section, groups)
        return compute(choice.model, values.panel).now

    rows = [
        {
            "index": now.model.name,
            "step": choice.step,
            "method": choice.method,
            "neutral": choice.neutral,
            "values": changed_values(prepared, panel, choice.step),
            **_moved(now, choice, compute_by),
        }
        for choice in choices(section, now.model, panel.transforms)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _moved(now: Nominal, choice: Choice, compute_by: Callable[[Choice], Nominal]) -> dict[str, object]:
    try:
        other = compute_by(choice)
    except InnohubError as problem:
        return {"most_place": "", "reason": problem.findings[0].code}
    names = dict.fromkeys((*now.panel.places, *other.panel.places))
    shift = compare(_scores(other, names), _scores(now, names))
    moved = shift.most >= 0
    return {
        "places": shift.places,
        "unranked": shift.unranked,
        "mean_shift": shift.mean,
        "max_shift": shift.largest,
        "most_place": list(names)[shift.most] if moved else "",
        "from_rank": shift.before if moved else None,
        "to_rank": shift.after if moved else None,
        "reason": "",
    }


def _scores(nominal: Nominal, names: Mapping[str, None]) -> Vector:
    """Return the scores of the root by place, NaN for one without a score."""
    scores = pd.Series(nominal.index_scores, index=list(nominal.panel.places))
    return np.asarray(scores.reindex(list(names)), dtype=np.float64)


def compare(before: Vector, after: Vector) -> Shift:
    """Compare the ranks that two sets of scores give to the places that both score.

    Parameters
    ----------
    before, after : (places,) scores, NaN for a place without one. Ranks are counted among the places that have both,
        so that a place coming or going moves no other.

    Examples
    --------
    >>> compare(np.array([3.0, 2.0, 1.0, 9.0]), np.array([1.0, 2.0, 3.0, np.nan]))
    Shift(places=2, unranked=1, mean=1.3333333333333333, largest=2, most=2, before=3, after=1)
    """
    both = ~np.isnan(before) & ~np.isnan(after)
    unranked = int((np.isnan(before) != np.isnan(after)).sum())
    if not both.any():
        return Shift(0, unranked, np.nan, 0, -1, 0, 0)
    old, new = rank_scores(before[both]), rank_scores(after[both])
    moves = np.abs(new - old)
    largest = int(moves.max())
    # Of several places with the largest move, the best ranked one stands for all.
    first = int(np.lexsort((new, -moves))[0])
    most = int(np.flatnonzero(both)[first]) if largest else -1
    moved = int((moves > 0).sum())
    return Shift(moved, unranked, float(moves.mean()), largest, most, int(old[first]), int(new[first]))


def choices(
    section: IndexSection, model: Model, transforms: Mapping[str, str] | None = None
) -> Iterator[Choice]:
    """Yield the steps for which a study chose something else than the neutral choice, in the order of computing."""
    yield from _preparing(section, model, transforms or {})
    scale = POSITIVE_SCALE if any(map(_needs_positive, _aggregates(model))) else SCALE
    neutral = parse_spec(scale, "normalise")
    if model.normaliser != neutral:
        other = replace(model, normaliser=neutral)
        yield Choice("normalise", str(model.normaliser), scale, section, other)
    if any(model.weights_of(node).name != "equal" for node in model.tree.inner):
        told = _told(model.default_weights, model.own_weights)
        other = replace(model, default_weights=parse_spec("equal", "weights"), own_weights={})
        yield Choice("weights", told, "equal", section, other)
    if any(spec.name != "arithmetic" for spec in _aggregates(model)):
        told = _told(model.default_aggregate, model.own_aggregates)
        other = replace(model, default_aggregate=parse_spec("arithmetic", "aggregate"), own_aggregates={})
        yield Choice("aggregate", told, "arithmetic", section, other)


def _preparing(section: IndexSection, model: Model, transforms: Mapping[str, str]) -> Iterator[Choice]:
    """Yield the steps before normalising."""
    if section.screen != ScreenRule():
        rule = section.screen.model_dump(exclude_none=True).items()
        told = ", ".join(f"{key} = {share:g}" for key, share in rule)
        yield Choice("screen", told, "none", section.model_copy(update={"screen": ScreenRule()}), model)
    if section.denominate:
        yield Choice("denominate", "true", "false", section.model_copy(update={"denominate": False}), model)
    if section.spec("impute").name != "none":
        without = section.model_copy(update={"impute": "none"})
        yield Choice("impute", str(section.spec("impute")), "none", without, model)
    told = "; ".join(f"{code}: {kind}" for code in model.tree.indicators if (kind := transforms.get(code)))
    if told:
        yield Choice("transform", told, "none", section, model, plain=True)
    if section.spec("treat").name != "none":
        without = section.model_copy(update={"treat": "none"})
        yield Choice("treat", str(section.spec("treat")), "none", without, model)


def _aggregates(model: Model) -> list[Spec]:
    return [model.aggregate_of(node) for node in model.tree.inner]


def _needs_positive(spec: Spec) -> bool:
    """Say whether a mean takes no value of zero."""
    return spec.name in ("geometric", "harmonic") or (spec.name == "power" and spec["p"] <= 0)


def _told(default: Spec, own: Mapping[str, Spec]) -> str:
    """Write the index's own choice with those of single nodes behind it."""
    return "; ".join([str(default), *(f"{node}: {spec}" for node, spec in own.items())])


def changed_values(prepared: Prepared, panel: Panel, step: str) -> int | None:
    """Count the cells of the study's year that a step changed or filled; None for a step that changes no cell.

    Parameters
    ----------
    prepared : the values after the steps.
    panel : the values before them; screening sets aside those of the places that it leaves out.
    """
    if step == "screen":
        raw, _ = panel.of_year(panel.year).columns(prepared.panel.indicators)
        left = ~np.isin(panel.of_year(panel.year).places, prepared.panel.places)
        return int((~np.isnan(raw[left])).sum())
    if step not in _STAGE:
        return None
    now = prepared.panel.at(prepared.panel.year)
    for (_, before), (name, after) in pairwise(prepared.stages.items()):
        if name == _STAGE[step]:
            return int(((before[now] != after[now]) & ~np.isnan(after[now])).sum())
    return 0
