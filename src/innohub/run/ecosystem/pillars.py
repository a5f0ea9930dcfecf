"""What stands in the five pillars: values of the panel, numbers of entries, cells of registers."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.money import write_money
from innohub.catalog.registers import pillars, registers
from innohub.ecosystem.registers import dashboard
from innohub.study import Study
from innohub.study.places import only_whole
from innohub.study.registers import Registers

Row = Mapping[str, Any]
COLUMNS = [
    "place", "pillar", "slot", "filled", "bearer", "name_zh", "name_en", "value", "unit", "year", "qualifier",
    "indicator", "register", "entry", "column", "source", "file", "row",
]  # fmt: skip
_TEXTS = ["bearer", "name_zh", "name_en", "unit", "qualifier", "indicator", "register", "entry", "column", "source",
          "file"]  # fmt: skip
_COUNT = "个"


def pillar_table(study: Study, told: Registers, places: tuple[str, ...]) -> pd.DataFrame:
    """Return what stands in each slot of the five pillars for each place, empty slots too.

    Returns
    -------
    The columns of ``COLUMNS``. A rank of a place that the place lies inside, such as its cluster, is shown with that
    place as its bearer.
    """
    wanted = told.pillars if told.pillars is not None else _of_catalogue(told.tables)
    found = [
        {"place": place, "pillar": row["pillar"], "slot": row["slot"], **entry}
        for place in places
        for row in wanted.to_dict("records")
        for entry in _entries(study, told, place, {str(key): value for key, value in row.items()})
    ]
    table = dashboard(pd.DataFrame(found, columns=[c for c in COLUMNS if c != "filled"]), places)
    table[_TEXTS] = table[_TEXTS].astype(object).where(table[_TEXTS].notna(), "")
    types = {"value": "float64", "year": "Int64", "row": "Int64", **dict.fromkeys(_TEXTS, "str")}
    return table.astype(types)[COLUMNS]


def _of_catalogue(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what the catalogue counts in the pillars, for a study without a table of its own."""
    blank = dict.fromkeys(("indicator", "entry", "column", "name_zh", "name_en"), "")
    rows = [
        {"pillar": name, "slot": slot, "register": register, **blank}
        for name, pillar in pillars().items()
        for register, slot in pillar.registers.items()
        if register in tables
    ]
    return pd.DataFrame(rows, columns=["pillar", "slot", "register", *blank])


def _entries(study: Study, told: Registers, place: str, row: Row) -> Iterator[dict[str, Any]]:
    """Yield what one row of the table of pillars puts into its slot at a place."""
    if row["indicator"]:
        yield from _value(study, place, row)
        return
    table = told.tables[row["register"]]
    if not row["column"]:
        yield from _count(table, place, row)
        return
    wider = _around(study.places, place) if row["register"] == "ranks" else []
    own = table[table["place"].isin([place, *wider])]
    own = own[own["id"].eq(row["entry"])] if row["entry"] else own
    for entry in own.to_dict("records"):
        yield _cell(row, {str(key): value for key, value in entry.items()}, told.labels)


def _value(study: Study, place: str, row: Row) -> Iterator[dict[str, Any]]:
    """Yield the latest value of an indicator up to the study's year; an undated one where there is no other."""
    values = study.values
    own = values[
        values["place"].eq(place) & values["indicator"].eq(row["indicator"]) & values["value"].notna()
    ]
    own = own[own["year"].isna() | own["year"].le(study.settings.study.year).fillna(value=False)]
    if own.empty:
        return
    best = own.sort_values("year", na_position="first", kind="stable").iloc[-1]
    about = study.indicators.set_index("indicator").loc[row["indicator"]]
    yield {
        "bearer": place,
        "name_zh": row["name_zh"] or about["name_zh"],
        "name_en": row["name_en"] or about["name_en"],
        "indicator": row["indicator"],
        **{name: best[name] for name in ("value", "unit", "year", "qualifier", "source", "file", "row")},
    }


def _count(table: pd.DataFrame, place: str, row: Row) -> Iterator[dict[str, Any]]:
    own = table[table["place"].eq(place)]
    if own.empty:
        return
    label = registers()[row["register"]].label
    yield {
        "bearer": place,
        "name_zh": row["name_zh"] or label["zh"],
        "name_en": row["name_en"] or label["en"],
        "value": float(len(own)),
        "unit": _COUNT,
        "register": row["register"],
        "file": own["file"].iloc[0],
    }


def _cell(row: Row, entry: Row, labels: pd.DataFrame) -> dict[str, Any]:
    """Return one cell of a register as what stands in a slot."""
    register, column = registers()[row["register"]], row["column"]
    value: float = np.nan if pd.isna(entry[column]) else float(entry[column])
    unit = "位" if column == "rank" else _COUNT
    if column in register.money and np.isfinite(value):
        value, unit = write_money(value, entry["currency"])
    elif register.columns[column].type == "share":
        value, unit = 100 * value, "%"
    elif column == "value":
        unit = entry["unit"]
    year = entry.get("edition") if register.name == "ranks" else entry.get("year")
    return {
        "bearer": entry["place"],
        "name_zh": row["name_zh"] or _named(entry, "zh", labels),
        "name_en": row["name_en"] or _named(entry, "en", labels),
        "value": value,
        "unit": unit,
        "year": year if isinstance(year, int) else pd.NA,
        "qualifier": entry.get(f"{column}_qualifier", ""),
        "register": row["register"],
        "entry": entry["id"],
        "column": column,
        **{name: entry[name] for name in ("source", "file", "row")},
    }


def _named(entry: Row, language: str, labels: pd.DataFrame) -> str:
    """Return the name of an entry in a language, else its index or its id as the labels have it."""
    own = str(entry.get(f"name_{language}") or "")
    text = str(entry.get("index") or entry.get("name_zh") or entry["id"])
    label = labels.loc[labels["text"].eq(text), f"name_{language}"]
    return own or (str(label.iloc[0]) if len(label) else text)


def _around(places: pd.DataFrame, place: str) -> list[str]:
    """Return the places that a place lies inside, the nearest first."""
    above = dict(zip(places["place"], places["part_of"].fillna("").map(only_whole), strict=True))
    found: list[str] = []
    while (place := above.get(place, "")) and place not in found:
        found.append(place)
    return found
