"""Coupling of the subsystems by every variant: C, T, D with classes, lags, changes, drivers and inequality."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import lag_label, parse_coupling
from innohub.catalog.scheme import Scheme, scheme
from innohub.ecosystem.classes import class_probabilities
from innohub.ecosystem.coupling_table import CouplingResult, coupling_table
from innohub.ecosystem.drivers import driver_table
from innohub.ecosystem.lag import lag_table, trajectories
from innohub.ecosystem.subsystems import Subsystems
from innohub.errors import Finding
from innohub.index.draws.summary import score_intervals
from innohub.index.dynamics.change import inequality_table
from innohub.index.dynamics.scores import Scores
from innohub.run.blocks import Tables
from innohub.run.ecosystem.laid import Array, Laid, Rows
from innohub.run.standing.ask import joined
from innohub.words import Language, words

Names = Mapping[Language, Mapping[str, str]]

_KEYS = ["place", "year", "first", "second"]
_CLASS = ["class", "class_zh", "class_en"]
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_MOST_DRIVERS = 12


def couplings(laid: Laid, names: Names) -> tuple[Tables, tuple[Finding, ...]]:
    """Compute everything about coupling, some places at a time so that few draws are held at once.

    Parameters
    ----------
    names : by language, what each subsystem is called.

    Returns
    -------
    The tables subsystems, coupling, coupling_classes, lags, coupling_changes, drivers and coupling_inequality.
    """
    section = laid.section
    specs = [parse_coupling(text) for text in _variants(laid)]
    # Findings look at all places together, so they come from the nominal scores.
    findings: list[Finding] = []
    for spec in specs:
        found = coupling_table(laid.found, spec, **_choices(laid)).findings
        findings += [finding for finding in found if finding not in findings]
    kept = 1 + len(laid.nodes) * (len(laid.nodes) - 1) // 2 if section.pairs else 1
    parts = [_batch(laid, names, some) for some in laid.batches(2 * kept)]
    tables = {name: joined([part[name] for part in parts]) for name in parts[0]}
    tables["coupling"] = _in_order(laid, tables["coupling"])
    tables["coupling_inequality"] = _inequality(tables["coupling"])
    return tables, tuple(findings)


def _variants(laid: Laid) -> tuple[str, ...]:
    """Return the main variant and those beside it, each once, as the tables spell them."""
    return tuple(dict.fromkeys(str(parse_coupling(text)) for text in laid.section.variants))


def _choices(laid: Laid) -> dict[str, Any]:
    section = laid.section
    return {"weights": section.weights or None, "pairs": section.pairs, "squeezed": section.squeezed}


def _batch(laid: Laid, names: Names, some: Rows) -> Tables:
    """Compute all tables of some places from their draws."""
    section, found, draws = laid.section, laid.take(some), laid.draws(some)
    own: list[Tables] = []
    main: CouplingResult | None = None
    for text in _variants(laid):
        keep = ("coupling", "coordination") if section.coupling_scheme else ("coordination",)
        result = coupling_table(found, text, draws=draws, level=section.level, keep=keep, **_choices(laid))
        main = main or result
        own.append(_classed(laid, result, main=result is main))
    tables = {name: joined([part[name] for part in own]) for name in own[0]}
    drivers = pd.DataFrame()
    for_two = parse_coupling(section.variant).variant.systems == "two"
    if len(laid.nodes) <= (2 if for_two else _MOST_DRIVERS):
        drivers = driver_table(
            found, section.variant, weights=section.weights or None, squeezed=section.squeezed, draws=draws
        )
    return {
        "subsystems": _scores(found, names, draws, section.level),
        **tables,
        "lags": _lags(lag_table(found, bar=section.bar, pairs=section.pairs, draws=draws), names),
        **({"coupling_changes": trajectories(main, section.scheme, closed=section.closed)} if main else {}),
        "drivers": _whole_ranks(drivers),
    }


def _whole_ranks(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({"rank": "Int64"}) if "rank" in table else table


def _scores(found: Subsystems, names: Names, draws: Array, level: float) -> pd.DataFrame:
    """Return the scores of the subsystems with their intervals, rows by place, year and subsystem."""
    many = len(found.names)
    ends = [score_intervals(draws[:, :, system], level) for system in range(many)]
    low, high = (np.stack([end[side] for end in ends], axis=1) for side in (0, 1))
    return pd.DataFrame(
        {
            "place": np.repeat(np.array(found.places, dtype=object), many),
            "year": np.repeat(np.array(found.years), many),
            "subsystem": list(found.names) * len(found.places),
            **{
                f"name_{code}": [names[code][name] for name in found.names] * len(found.places)
                for code in names
            },
            "score": found.values.ravel(),
            "score_low": np.where(np.isnan(found.values), np.nan, low).ravel(),
            "score_high": np.where(np.isnan(found.values), np.nan, high).ravel(),
        }
    )


def _classed(laid: Laid, result: CouplingResult, *, main: bool) -> Tables:
    """Class the rows of a variant, with the probability of every class."""
    section, table = laid.section, result.table
    table = table.assign(main=main, scheme=section.scheme)
    long = []
    for measure, name, prefix in (
        ("coordination", section.scheme, ""),
        ("coupling", section.coupling_scheme, "coupling_"),
    ):
        if not name:
            table = table.assign(**{f"{prefix}{key}": "" for key in _CLASS})
            table[f"{prefix}class_probability"] = np.nan
            continue
        shares = class_probabilities(
            result.table, result.draws[measure], name, measure=measure, closed=section.closed
        )
        table = table.assign(**_likely(shares, scheme(name), prefix))
        told = shares[(shares["probability"] > 0) | shares["assigned"]]
        long.append(told.assign(variant=table["variant"].iloc[0]))
    columns = [*_KEYS, "variant", "measure", "scheme", *_CLASS, "probability", "assigned"]
    return {"coupling": table, "coupling_classes": joined(long)[columns]}


def _likely(shares: pd.DataFrame, found: Scheme, prefix: str) -> Mapping[str, Any]:
    """Return by row the class with its probability and, for D, the likeliest class."""
    many = len(found.grades)
    probability = shares["probability"].to_numpy(float).reshape(-1, many)
    assigned = shares["assigned"].to_numpy(bool).reshape(-1, many)
    own = np.where(assigned.any(axis=1), assigned.argmax(axis=1), -1)
    rows = np.arange(len(own))
    told = _named(found, own, f"{prefix}class")
    told[f"{prefix}class_probability"] = np.where(own < 0, np.nan, probability[rows, own])
    if not prefix:
        known = ~np.isnan(probability).any(axis=1) & (own >= 0)
        most = np.where(known, np.nan_to_num(probability).argmax(axis=1), -1)
        told |= _named(found, most, "likeliest")
        told["likeliest_probability"] = np.where(known, probability[rows, most], np.nan)
    return told


def _named(found: Scheme, at: NDArray[np.intp], key: str) -> dict[str, Any]:
    """Return the id and names of the classes at some positions; empty where there is none."""
    ids = np.array([*(grade.id for grade in found.grades), ""], dtype=object)
    told: dict[str, Any] = {key: ids[at]}
    for language in _LANGUAGES:
        titles = np.array([*(grade.title(language) for grade in found.grades), ""], dtype=object)
        told[f"{key}_{language}"] = titles[at]
    return told


def _lags(table: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Say each lag in words, with the names of the subsystems behind."""
    for place, (language, known) in enumerate(names.items()):
        told = [
            lag_label(lag, language, _spelt(name, language, known)) if lag else ""
            for lag, name in zip(table["lag"], table["lagging"], strict=True)
        ]
        table.insert(5 + place, f"lag_{language}", told)
    return table


def _spelt(lagging: str, language: Language, known: Mapping[str, str]) -> str:
    parts = [known[name] for name in lagging.split(";") if name]
    return words(language).say("where.list").join(parts)


def _in_order(laid: Laid, table: pd.DataFrame) -> pd.DataFrame:
    """Order rows by variant, then all together before pairs, then place and year."""
    variants = {name: number for number, name in enumerate(_variants(laid))}
    systems = {name: number for number, name in enumerate(("", *laid.found.names))}
    places = {name: number for number, name in enumerate(dict.fromkeys(laid.found.places))}
    keys = pd.DataFrame(
        {
            "variant": table["variant"].map(variants),
            "first": table["first"].map(systems),
            "second": table["second"].map(systems),
            "place": table["place"].map(places),
            "year": table["year"],
        }
    )
    return table.loc[
        keys.sort_values(["variant", "first", "second", "place", "year"], kind="stable").index
    ].reset_index(drop=True)


def _inequality(table: pd.DataFrame) -> pd.DataFrame:
    """Return the dispersion of D of all subsystems between places, by year and variant."""
    whole = table[table["first"].eq("")]
    parts = []
    for variant, own in whole.groupby("variant", sort=False):
        wide = own.pivot(index="year", columns="place", values="coordination").dropna(how="all")
        years = tuple(int(year) for year in wide.index)
        scores = Scores("", years, tuple(map(str, wide.columns)), wide.to_numpy(float))
        rows = inequality_table(scores)
        rows.insert(1, "variant", variant)
        parts.append(rows)
    return (
        joined(parts)
        if parts
        else pd.DataFrame(columns=["year", "variant", "places", "mean", "cv", "gini", "theil"])
    )
