"""Tiers of a study with their probabilities under three definitions, each of which answers its own question."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import Spec, parse_spec
from innohub.errors import Finding, ModelError
from innohub.index import Index, Nominal
from innohub.position.tier.classify import (
    LIMITS,
    SOUGHT,
    Cut,
    above,
    assign,
    cut,
    mixture_by_number,
    tier_sizes,
)
from innohub.position.tier.definitions import DEFINITIONS, Definition
from innohub.study.schema import TiersSection

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Tiers:
    """Tiers of the places of an index.

    ``assigned`` (places,) is the nominal tier, 0 = highest; ``probabilities`` holds for each definition a
    matrix (places, tiers); ``sizes`` lists how often each vector of tier sizes came out when the tiers were
    cut anew in each draw; ``scales`` gives the nominal cut on each scale that the scores allow.
    """

    places: tuple[str, ...]
    names: tuple[str, ...]
    definition: Definition
    spec: Spec
    cut: Cut
    assigned: NDArray[np.intp]
    probabilities: dict[Definition, Matrix]
    sizes: tuple[tuple[tuple[int, ...], float], ...]
    scales: dict[str, Cut]
    components: pd.DataFrame
    findings: tuple[Finding, ...]


def build_tiers(section: TiersSection, index: Index) -> Tiers:
    """Cut the index into tiers and say how sure each place's tier is.

    ``places`` fixes the tier sizes and draws the ranks; ``thresholds`` fixes the cut scores; ``refitted`` cuts
    anew in each draw. ``thresholds`` uses only the draws on the index's own scale.

    Raises
    ------
    ModelError
        M120-M124 when the method does not fit the number of tiers or places.
    """
    spec = parse_spec(section.method, "tiers", key="tiers.method")
    nominal = _nominal_scores(index)
    names, components, findings = _choose_number(section, spec, nominal)
    nominal_cut = cut(nominal, spec, len(names), section.scale)
    draws, ranks, on_scale = index.draws.scores, index.draws.ranks, index.draws.on_scale
    sizes = np.array(nominal_cut.sizes)
    refitted = tier_sizes(draws, spec, len(names), section.scale)
    by_definition: dict[Definition, NDArray[np.intp]] = {
        "places": assign(ranks, sizes),
        "thresholds": above(draws[on_scale], nominal_cut.limits, nominal_cut.closed),
        "refitted": assign(ranks, refitted),
    }
    return Tiers(
        places=index.draws.places,
        names=names,
        definition=section.definition,
        spec=spec,
        cut=nominal_cut,
        assigned=_assigned(index, nominal_cut, spec),
        probabilities={name: _shares(tier, len(names)) for name, tier in by_definition.items()},
        sizes=_count(refitted),
        scales=_scales(nominal, spec, len(names), section.scale, nominal_cut),
        components=components,
        findings=findings,
    )


def _nominal_scores(index: Index) -> Matrix:
    scores = index.nominal.index_scores
    return scores[~np.isnan(scores)]


def _assigned(index: Index, nominal: Cut, spec: Spec) -> NDArray[np.intp]:
    scores = index.nominal.index_scores
    scored = ~np.isnan(scores)
    if spec.name in LIMITS:
        return above(scores[scored], nominal.limits, nominal.closed)
    return assign(index.nominal.ranks[scored, 0], np.array(nominal.sizes))


def _shares(tier: NDArray[np.intp], tiers: int) -> Matrix:
    """Return (places, tiers) shares of draws; NaN when no draw can answer."""
    if not len(tier):
        return np.full((tier.shape[1], tiers), np.nan)
    return np.stack([(tier == t).mean(axis=0) for t in range(tiers)], axis=1)


def _count(sizes: NDArray[np.intp]) -> tuple[tuple[tuple[int, ...], float], ...]:
    counted = Counter(map(tuple, sizes.tolist()))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple((vector, count / len(sizes)) for vector, count in ordered)


def _scales(scores: Matrix, spec: Spec, tiers: int, scale: str, nominal: Cut) -> dict[str, Cut]:
    """Cut on the raw and the logarithmic scale too, where that is possible: the scale matters."""
    cuts = {scale: nominal}
    if spec.name in SOUGHT:
        for other in ("raw", "log"):
            if other not in cuts and (other == "raw" or (scores > 0).all()):
                cuts[other] = cut(scores, spec, tiers, other)
    return cuts


def _choose_number(
    section: TiersSection, spec: Spec, scores: Matrix
) -> tuple[tuple[str, ...], pd.DataFrame, tuple[Finding, ...]]:
    """Let the mixture choose the number of tiers by BIC; other methods take it from the names."""
    names = tuple(name.id for name in section.names)
    kmax, variance = (spec["kmax"], spec["variance"]) if spec.name == "mixture" else (5, "equal")
    fitted = mixture_by_number(scores, kmax, variance)
    rows = [(k, variance, float(m.log_likelihood[0]), float(m.bic[0])) for k, m in fitted.items()]
    components = pd.DataFrame(rows, columns=["components", "variance", "log_likelihood", "bic"])
    findings: tuple[Finding, ...] = ()
    if spec.name == "mixture":
        chosen = int(components["components"].iloc[int(components["bic"].argmin())])
        if chosen > len(names):
            raise ModelError(Finding("M124", params={"chosen": chosen, "names": len(names)}))
        if len(scores) < 10:
            findings += (Finding("S111", "warning", params={"places": len(scores)}),)
        if chosen < len(names):
            findings += (Finding("S112", "warning", params={"chosen": chosen, "names": len(names)}),)
        names = names[:chosen]
    return names, components, findings


def tier_tables(tiers: Tiers, plan: pd.DataFrame | None, index: Index) -> dict[str, pd.DataFrame]:
    """Lay tiers out as the result tables tiers, tier_sizes, tier_limits, tier_components, plan_comparison."""
    return {
        "tiers": _tiers(tiers),
        "tier_sizes": pd.DataFrame(
            [("/".join(map(str, vector)), share) for vector, share in tiers.sizes],
            columns=["sizes", "probability"],
        ),
        "tier_limits": _limits(tiers),
        "tier_components": tiers.components,
        "plan_comparison": _compare(tiers, plan),
        "alternative_tiers": _alternative_tiers(tiers, index),
    }


def _tiers(tiers: Tiers) -> pd.DataFrame:
    count = len(tiers.names)
    tables = []
    for definition in DEFINITIONS:
        assigned = tiers.assigned[:, None] == np.arange(count)
        columns = {
            "place": np.repeat(tiers.places, count),
            "tier": np.tile(tiers.names, len(tiers.places)),
            "definition": definition,
            "probability": tiers.probabilities[definition].ravel(),
            "assigned": assigned.ravel(),
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _limits(tiers: Tiers) -> pd.DataFrame:
    rows = [
        (scale, name, lower, size, cut.fit)
        for scale, cut in tiers.scales.items()
        for name, lower, size in zip(tiers.names, (*cut.limits, np.nan), cut.sizes, strict=True)
    ]
    return pd.DataFrame(rows, columns=["scale", "tier", "lower", "size", "fit"])


def _compare(tiers: Tiers, plan: pd.DataFrame | None) -> pd.DataFrame:
    """Set each place's tier beside the highest tier that a published plan gives to one of its centres."""
    columns = ["place", "planned", "assigned", "agrees"]
    if plan is None:
        return pd.DataFrame(columns=columns)
    level = {name: number for number, name in enumerate(tiers.names)}
    known = plan[plan["place"].isin(tiers.places) & plan["tier"].isin(level)]
    planned = known["tier"].map(level).groupby(known["place"]).min()
    rows = [
        (place, tiers.names[planned[place]], tiers.names[tier], bool(planned[place] == tier))
        for place, tier in zip(tiers.places, tiers.assigned.tolist(), strict=True)
        if place in planned
    ]
    return pd.DataFrame(rows, columns=columns)


def _alternative_tiers(tiers: Tiers, index: Index) -> pd.DataFrame:
    """Give each place under each alternative method the tier of its rank, and the sizes its own cut would have.

    ``tier`` keeps the study's tier sizes; ``sizes`` is what the study's tier method finds on the alternative's scores.
    """
    rows = [row for key, other in index.alternatives for row in _ranked(key, other, tiers)]
    return pd.DataFrame(rows, columns=["index", "alternative", "place", "tier", "sizes"])


def _ranked(key: str, other: Nominal, tiers: Tiers) -> list[tuple[str, str, str, str, str]]:
    scored = ~np.isnan(other.index_scores)
    tier = assign(other.ranks[scored, 0], np.array(tiers.cut.sizes))
    own = ""
    if tiers.spec.name in SOUGHT:
        found = tier_sizes(other.index_scores[None, scored], tiers.spec, len(tiers.names), "raw")[0]
        own = "/".join(map(str, found.tolist()))
    places = [place for place, has in zip(other.panel.places, scored, strict=True) if has]
    return [
        (other.model.name, key, place, tiers.names[t], own)
        for place, t in zip(places, tier.tolist(), strict=True)
    ]
