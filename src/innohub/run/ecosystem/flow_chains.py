"""Four chains of a study: amounts from the table of chains and from the panel, their fusion, gaps and mismatch."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.flows import flow_label
from innohub.ecosystem.chain_draws import draw_amounts, fusion_certainty, gap_limits, mismatch_limits
from innohub.ecosystem.chains import CHAINS, Fusion, fuse_chains
from innohub.ecosystem.shares import mismatch_table
from innohub.errors import Finding, ModelError
from innohub.places import overlaps
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.flow_tables import ONE_FIELD
from innohub.study.flows_section import ChainsSection, FieldSection
from innohub.study.report import some
from innohub.study.section import Bilingual
from innohub.study.units import conversion, is_percent
from innohub.words import LANGUAGES

KEY = "ecosystem.chains"
KEYS = ["place", "year", "field"]
_AMOUNTS = [*KEYS, "chain", "amount", "unit", "spread", "indicator", "source", "file", "row"]
_DRAWN = 11


def chains(ask: Ask) -> Found:
    """Return the tables chain_fields, chain_amounts, chain_fusion, chain_gaps and talent_mismatch."""
    section = ask.study.settings.ecosystem.chains if ask.study.settings.ecosystem else None
    if section is None:
        return Found({})
    amounts, findings = _amounts(ask, section)
    wide, spread = (
        amounts.pivot(index=KEYS, columns="chain", values=name).reindex(columns=list(CHAINS)).reset_index()
        for name in ("amount", "spread")
    )
    order = ask.study.places["place"].tolist()
    wide = wide.sort_values(KEYS, key=lambda c: c.map(order.index) if c.name == "place" else c)
    spread = spread.loc[wide.index, list(CHAINS)].reset_index(drop=True)
    wide = wide.reset_index(drop=True)
    rng = np.random.default_rng([ask.study.settings.study.seed, _DRAWN])
    drawn = draw_amounts(wide[list(CHAINS)].to_numpy(float), spread.to_numpy(float), section.draws, rng)
    weights = section.weights or None
    found = fuse_chains(wide, section.compared, section.scaling, section.variant, weights)
    tables = {
        "chain_fields": _fields(section, wide["field"].unique().tolist()),
        "chain_amounts": amounts,
        "chain_fusion": _fusion(found, section, drawn),
        "chain_gaps": _gaps(found, section, drawn),
    }
    mismatch, said = _mismatch(section, amounts, wide, drawn)
    findings = (*findings, *found.findings, *said, *_nested(ask, section, wide))
    return Found(tables | ({"talent_mismatch": mismatch} if len(mismatch) else {}), at(findings, KEY))


def _amounts(ask: Ask, section: ChainsSection) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the amounts of all chains, a row each; a place that lacks one has a blank amount, with warning N342.

    Raises
    ------
    ModelError
        N340 when there is no amount at all, or no year in which a field of the panel has all four chains.
    """
    table = ask.study.flows.chains
    parts = [_from_table(table)] if table is not None else []
    for name, field in section.fields.items():
        parts.append(_from_panel(ask, section, name, field))
    long = joined(parts) if parts else pd.DataFrame(columns=_AMOUNTS)
    if section.places:
        long = long[long["place"].isin(ask.members(section.places, f"{KEY}.places"))]
    if long["amount"].notna().sum() == 0:
        raise ModelError(Finding("N340", "error", "study.toml", column=KEY, params={"field": "–"}))
    long["spread"] = long["spread"].fillna(section.spread)
    held = long.groupby(KEYS, sort=False)["amount"].count().reset_index()
    short = held[held["amount"] < len(CHAINS)]
    findings = []
    if len(short):
        rows = [f"{place} {field} {year}" for place, year, field in short[KEYS].itertuples(index=False)]
        findings.append(Finding("N342", "warning", params={"count": len(rows), "rows": some(rows)}))
    return long.astype({"year": "int64", "row": "int64"}).reset_index(drop=True)[_AMOUNTS], tuple(findings)


def _from_table(table: pd.DataFrame) -> pd.DataFrame:
    parts = [
        table.assign(chain=chain, amount=table[chain], unit=table[f"{chain}_unit"], indicator="")[_AMOUNTS]
        for chain in CHAINS
    ]
    return joined(parts)


def _from_panel(ask: Ask, section: ChainsSection, name: str, field: FieldSection) -> pd.DataFrame:
    """Return the amounts of a field from the panel, in the years in which each chain has some."""
    chosen = ask.study.settings.study.years
    years = None if chosen == "all" else {*chosen, ask.year}
    kept = ask.ground.selection.kept
    noise = ask.study.indicators.set_index("indicator")["noise"]
    parts = []
    for chain in CHAINS:
        code = getattr(field, chain)
        own = ask.values[ask.values["indicator"].eq(code)]
        own = own[own["year"].isin(years)] if years is not None else own
        if kept and not section.places:
            own = own[own["place"].isin(kept)]
        spread = own["spread"].fillna(noise.get(code, np.nan))
        parts.append(own.assign(field=name, chain=chain, amount=own["value"], spread=spread)[_AMOUNTS])
    common = set.intersection(*(set(part["year"]) for part in parts))
    if not common:
        params = {"field": name}
        raise ModelError(Finding("N340", "error", "study.toml", column=f"{KEY}.fields.{name}", params=params))
    return joined([part[part["year"].isin(common)] for part in parts])


def _fields(section: ChainsSection, used: list[str]) -> pd.DataFrame:
    """Return the fields in use with their names."""
    titles = {**section.names, **{name: field.title for name, field in section.fields.items()}}
    titles.setdefault(
        ONE_FIELD, Bilingual(**{language: flow_label("field", "all", language) for language in LANGUAGES})
    )
    named = [(name, titles.get(name, Bilingual())) for name in used]
    rows = [(name, title.text("zh") or name, title.text("en") or name) for name, title in named]
    return pd.DataFrame(rows, columns=["field", "name_zh", "name_en"])


def _fusion(found: Fusion, section: ChainsSection, drawn: NDArray[np.float64]) -> pd.DataFrame:
    told = fusion_certainty(
        _within(drawn, section), found.table, compared=section.compared, scaling=section.scaling,
        variant=section.variant, weights=section.weights or None, level=section.level,
    )  # fmt: skip
    named = found.table.rename(columns={"C": "coupling", "T": "level", "D": "coordination"})
    limits = {"coordination_low": told["D_low"], "coordination_high": told["D_high"]}
    columns = [
        *KEYS, *CHAINS, "coupling", "level", "coordination", *limits, "weakest", "lag", "certainty",
        "variant", "compared", "scaling",
    ]  # fmt: skip
    return named.assign(
        **limits, certainty=told["certainty"], variant=found.variant, compared=found.compared,
        scaling="" if found.compared == "given" else found.scaling,
    )[columns]  # fmt: skip


def _gaps(found: Fusion, section: ChainsSection, drawn: NDArray[np.float64]) -> pd.DataFrame:
    low, high = gap_limits(
        _within(drawn, section), found.table, compared=section.compared, scaling=section.scaling,
        level=section.level,
    )  # fmt: skip
    return found.gaps.assign(gap_low=low, gap_high=high)[
        [*KEYS, "chain", "other", "gap", "gap_low", "gap_high"]
    ]


def _within(drawn: NDArray[np.float64], section: ChainsSection) -> NDArray[np.float64]:
    """Keep amounts that are given on 0-1 there, whatever their errors."""
    return np.minimum(drawn, 1.0) if section.compared == "given" else drawn


def _mismatch(
    section: ChainsSection, amounts: pd.DataFrame, wide: pd.DataFrame, drawn: NDArray[np.float64]
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the mismatch of every place and year with several fields; N351 where units of fields cannot be added.

    Numbers of zero to one are taken for shares, which should sum to one; larger ones are amounts.
    """
    rows, findings = [], []
    factors = {chain: _factors(amounts[amounts["chain"].eq(chain)]) for chain in ("talent", "industry")}
    if section.compared == "given" or wide["field"].nunique() < 2:
        return pd.DataFrame(), ()
    if lost := [chain for chain, factor in factors.items() if factor is None]:
        return pd.DataFrame(), (
            Finding("N351", "warning", params={"chain": partial(flow_label, "chain", lost[0])}),
        )
    scale = np.column_stack([wide["field"].map(factors[chain] or {}).to_numpy(float) for chain in factors])
    sides = wide[list(factors)].to_numpy(float) * scale
    for place_year, where in _several(wide):
        frame = wide.loc[where, KEYS].assign(talent=sides[where, 0], industry=sides[where, 1])
        table, said = mismatch_table(frame)
        shares = np.nanmax(sides[where]) <= 1 if np.isfinite(sides[where]).any() else False
        findings += [finding for finding in said if shares or finding.code != "N204"]
        own = drawn[:, where][:, :, [CHAINS.index(chain) for chain in factors]] * scale[where]
        low, high = mismatch_limits(own[:, :, 0], own[:, :, 1], section.level)
        row = {**table.iloc[0].to_dict(), "mismatch_low": low, "mismatch_high": high, "fields": len(where)}
        rows.append(row | dict(zip(("place", "year"), place_year, strict=True)))
    head = [
        "place",
        "year",
        "mismatch",
        "mismatch_low",
        "mismatch_high",
        "short_of",
        "shortage",
        "surplus_in",
    ]
    table = pd.DataFrame(rows, columns=[*head, "surplus", "fields"])
    return table.astype({"short_of": "str", "surplus_in": "str"}) if len(table) else table, tuple(findings)


def _several(wide: pd.DataFrame) -> Iterator[tuple[tuple[str, int], NDArray[np.intp]]]:
    """Yield the rows of each place and year that has several fields."""
    for key, part in wide.groupby(["place", "year"], sort=False):
        if len(part) > 1:
            yield key, part.index.to_numpy()  # type: ignore[misc]


def _factors(amounts: pd.DataFrame) -> dict[str, float] | None:
    """Return what brings the amounts of each field to one unit; None where that cannot be done."""
    units = amounts.drop_duplicates("field").set_index("field")["unit"]
    base = units.iloc[0]
    found = {str(field): 1.0 if unit == base else conversion(unit, base) for field, unit in units.items()}
    percent = 0.01 if is_percent(base) else 1.0
    whole = {field: factor * percent for field, factor in found.items() if factor is not None}
    return whole if len(whole) == len(found) else None


def _nested(ask: Ask, section: ChainsSection, wide: pd.DataFrame) -> list[Finding]:
    """Warn of places that contain each other and are compared: the larger one sets the scale."""
    if section.compared != "places":
        return []
    places = ask.study.places
    pairs = overlaps(places[places["place"].isin(wide["place"])])
    told = some(f"{pair.part} ~ {pair.whole}" for pair in pairs)
    return [Finding("N345", "warning", params={"count": len(pairs), "pairs": told})] if pairs else []
