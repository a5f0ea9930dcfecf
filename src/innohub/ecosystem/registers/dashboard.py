"""The dashboard of five pillars, the matrix of fields by place, and what the registers lack."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from innohub.catalog.registers import pillars, registers, slots
from innohub.errors import Finding, ModelError


def dashboard(entries: pd.DataFrame) -> pd.DataFrame:
    """Return the frame of five pillars by input, activity, output and external rank for each place.

    Parameters
    ----------
    entries : columns place, pillar, slot, indicator, value: what fills a slot.

    Returns
    -------
    Table place, pillar, slot, indicators (with a value, joined by ";"), filled. All 20 slots for every place, so
    that gaps show.

    Raises
    ------
    ModelError
        N219 for an unknown pillar or slot.
    """
    for name, known in (("pillar", tuple(pillars())), ("slot", tuple(slots()))):
        strange = entries.loc[~entries[name].isin(known), name]
        if len(strange):
            raise ModelError(Finding("N219", params={"name": str(strange.iloc[0]), "known": known}))
    kept = entries[entries["value"].notna()]
    told = kept.groupby(["place", "pillar", "slot"])["indicator"].agg(
        lambda names: ";".join(dict.fromkeys(names))
    )
    grid = pd.MultiIndex.from_product(
        [pd.unique(entries["place"]), list(pillars()), list(slots())], names=["place", "pillar", "slot"]
    )
    table = told.reindex(grid, fill_value="").rename("indicators").reset_index()
    return table.assign(filled=table["indicators"].ne(""))


def field_matrix(register: pd.DataFrame) -> pd.DataFrame:
    """Return how many entries each place has in each field, for strategies, firms, fronts or platforms.

    Parameters
    ----------
    register : columns place, field (one or more, joined by ";"); entries without a field are left out.

    Returns
    -------
    Table field and one column of counts for each place, places in alphabetical order, fields by how many places
    have them, then by name.
    """
    single = register.assign(field=register["field"].str.split(";")).explode("field")
    single = single[single["field"].fillna("").ne("")]
    counts = pd.crosstab(single["field"], single["place"])
    spread = (counts > 0).sum(axis=1).to_numpy()
    counts = counts.iloc[np.argsort(-spread, kind="stable")]
    counts.columns.name = None
    return counts.reset_index()


def strategy_cards(strategies: pd.DataFrame) -> pd.DataFrame:
    """Return the strategies of cities so that they can be compared: how long, and how much a year.

    Parameters
    ----------
    strategies : the register of strategies as read, with money in single units of its currency.

    Returns
    -------
    Table id, place, start, end, years (both ends counted), budget, currency, budget_a_year, field, fields (number),
    dated and sourced (whether it has a start or year, and a source). Budgets of different currencies are
    left as they are.
    """
    years = _year_of(strategies["end"]) - _year_of(strategies["start"]) + 1
    budget = strategies["budget"].astype(float)
    fields = strategies["field"].map(lambda text: len([part for part in text.split(";") if part]))
    return strategies[["id", "place", "start", "end"]].assign(
        years=years.astype("Int64"),
        budget=budget,
        currency=strategies["currency"],
        budget_a_year=budget / years.where(years > 0),
        field=strategies["field"],
        fields=fields,
        dated=strategies["start"].ne("") | strategies["year"].notna(),
        sourced=strategies["source"].ne(""),
    )


def _year_of(dates: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(dates.str[:4], errors="coerce").astype(float)


def register_gaps(tables: Mapping[str, pd.DataFrame], places: list[str]) -> pd.DataFrame:
    """Return what is in each register for each place, and which entries lack a source or a date.

    Parameters
    ----------
    tables : register to its table as read.
    places : to be told about.

    Returns
    -------
    Table register, place, entries, without_source, without_date (numbers); every declared register and every
    place, with zero entries where the register has none.
    """
    rows = []
    for name in registers():
        table = tables.get(name)
        for place in places:
            part = table[table["place"].eq(place)] if table is not None else pd.DataFrame()
            dates = [column for column in ("year", "start", "end", "edition", "data_year") if column in part]
            dated = part[dates].replace("", pd.NA).notna().any(axis=1) if len(part) else pd.Series(dtype=bool)
            sourced = part["source"].ne("") if len(part) else pd.Series(dtype=bool)
            rows.append((name, place, len(part), int((~sourced).sum()), int((~dated).sum())))
    return pd.DataFrame(rows, columns=["register", "place", "entries", "without_source", "without_date"])
