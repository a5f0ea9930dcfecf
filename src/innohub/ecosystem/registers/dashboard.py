"""The dashboard of five pillars, the matrix of fields by place, and what the registers lack."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from innohub.catalog.registers import pillars, registers, slots
from innohub.errors import Finding, ModelError


def dashboard(entries: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """Return the frame of five pillars by input, activity, output and external rank for each place.

    Parameters
    ----------
    entries : columns place, pillar, slot, value and any others: what fills a slot. Those without a value fill none.
    places : whom the frame is for.

    Returns
    -------
    The entries with a value in order of place, pillar and slot, ``filled`` True; and one row for each slot of a
    place that nothing fills, ``filled`` False and the other columns missing, so that gaps show.

    Raises
    ------
    ModelError
        N219 for an unknown pillar or slot.
    """
    for name, known in (("pillar", tuple(pillars())), ("slot", tuple(slots()))):
        strange = entries.loc[~entries[name].isin(known), name]
        if len(strange):
            raise ModelError(Finding("N219", params={"name": str(strange.iloc[0]), "known": known}))
    keys = ["place", "pillar", "slot"]
    grid = pd.MultiIndex.from_product([places, list(pillars()), list(slots())], names=keys)
    order = pd.DataFrame({"_order": np.arange(len(grid))}, index=grid).reset_index()
    kept = entries[entries["value"].notna()].assign(filled=True)
    table = order.merge(kept, how="left", on=keys).sort_values("_order", kind="stable")
    return table.assign(filled=table["filled"].notna()).drop(columns="_order").reset_index(drop=True)


def field_matrix(register: pd.DataFrame) -> pd.DataFrame:
    """Return how many entries each place has in each field, for strategies, firms, fronts or platforms.

    Parameters
    ----------
    register : columns place, field (one or more, joined by ";"); entries without a field are left out.

    Returns
    -------
    Table place, field, entries, spread (number of places that have the field); fields by spread, then by name, then
    places by name.
    """
    single = register.assign(field=register["field"].str.split(";")).explode("field")
    single = single[single["field"].fillna("").ne("")]
    counts = single.groupby(["place", "field"], as_index=False).size().rename(columns={"size": "entries"})
    spread = counts["field"].map(counts["field"].value_counts()).astype("int64")
    order = ["spread", "field", "place"]
    table = counts.assign(spread=spread).sort_values(order, ascending=[False, True, True], kind="stable")
    return table.reset_index(drop=True)


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


def register_gaps(tables: Mapping[str, pd.DataFrame], places: Sequence[str]) -> pd.DataFrame:
    """Return what is in each register for each place, and what its entries leave open.

    Parameters
    ----------
    tables : register to its table as read.
    places : to be told about.

    Returns
    -------
    Table place, register, entries, without_source, without_date, not_stated (numbers; the last of cells of which the
    source does not tell); every declared register and every place, with zero entries where the register has none.
    """
    rows = []
    for place in places:
        for name in registers():
            table = tables.get(name)
            part = table[table["place"].eq(place)] if table is not None else pd.DataFrame()
            dates = [column for column in ("year", "start", "end", "edition", "data_year") if column in part]
            dated = part[dates].replace("", pd.NA).notna().any(axis=1) if len(part) else pd.Series(dtype=bool)
            sourced = part["source"].ne("") if len(part) else pd.Series(dtype=bool)
            unstated = sum(len(text.split(";")) for text in part["unstated"] if text) if len(part) else 0
            rows.append((place, name, len(part), int((~sourced).sum()), int((~dated).sum()), unstated))
    head = ["place", "register", "entries", "without_source", "without_date", "not_stated"]
    return pd.DataFrame(rows, columns=head)


def open_cells(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every cell of which its source does not tell.

    Returns
    -------
    Table place, register, entry, name_zh, name_en, column, file, row.
    """
    told = ["place", "id", "name_zh", "name_en", "unstated", "file", "row"]
    parts = [
        table.loc[table["unstated"].ne(""), told].assign(register=name) for name, table in tables.items()
    ]
    head = ["place", "register", "entry", "name_zh", "name_en", "column", "file", "row"]
    if not parts:
        return pd.DataFrame(columns=head)
    whole = pd.concat(parts, ignore_index=True).rename(columns={"id": "entry"})
    single = whole.assign(column=whole["unstated"].str.split(";")).explode("column", ignore_index=True)
    return single[head]
