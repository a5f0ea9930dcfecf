"""Read and check what a study says of functions and scopes: the catalogue's or its own, and their indicators."""

import numpy as np
import pandas as pd

from innohub.catalog.functions import function_groups
from innohub.catalog.functions import functions as catalogue_functions
from innohub.catalog.functions import scopes as catalogue_scopes
from innohub.errors import Finding
from innohub.study.cells import Spot, plain_numbers
from innohub.study.columns import fit
from innohub.study.names import names_of, resolve
from innohub.study.places import check_ids, fill_names
from innohub.study.report import shown
from innohub.study.tables import Table

FUNCTION_COLUMNS = [
    "function", "group", "name_zh", "name_en", "group_zh", "group_en", "position_zh", "position_en",
    "position_scope", "assumed", "file", "row",
]  # fmt: skip
USE_COLUMNS = ["function", "indicator", "weight", "file", "row"]
SCOPE_COLUMNS = ["scope", "name_zh", "name_en", "order", "file", "row"]


def read_uses(table: Table, found: list[Finding]) -> pd.DataFrame | None:
    """Return the table of functions as written, with all its columns; None when it lacks the functions' ids."""
    frame = fit(table, "functions", found)
    if frame is None:
        return None
    blank = frame["function"] == ""
    found += [
        Finding("P020", file=table.file, row=int(row), column="function") for row in frame.loc[blank, "row"]
    ]
    return frame[~blank].reset_index(drop=True)


def declare_functions(uses: pd.DataFrame | None, *, own: bool) -> pd.DataFrame:
    """Return the functions that a study looks at: the catalogue's eight, or those that its own table names."""
    if own:
        return _own_functions(uses)
    groups = function_groups()
    rows = [
        (
            name, told.group, told.name["zh"], told.name["en"], groups[told.group].name["zh"],
            groups[told.group].name["en"], told.position.name["zh"], told.position.name["en"],
            told.position.scope, told.position.assumed,
        )
        for name, told in catalogue_functions().items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=FUNCTION_COLUMNS[:-2])
    at = {} if uses is None else dict(zip(uses["function"][::-1], uses["row"][::-1], strict=True))
    frame["file"] = "" if uses is None or uses.empty else str(uses["file"].iloc[0])
    frame["row"] = pd.array([at.get(name) for name in frame["function"]], dtype="Int64")
    return frame


def _own_functions(uses: pd.DataFrame | None) -> pd.DataFrame:
    """Take each function's names and group from the first of its rows that tells them."""
    if uses is None or uses.empty:
        return pd.DataFrame(columns=FUNCTION_COLUMNS).astype({"assumed": bool, "row": "Int64"})
    told = uses[["function", "name_zh", "name_en", "group"]].replace("", pd.NA)
    frame = told.groupby("function", sort=False, as_index=False).first().fillna("")
    fill_names(frame, "function")
    frame["group"] = frame["group"].where(frame["group"] != "", frame["function"])
    groups = function_groups()
    for language in ("zh", "en"):
        frame[f"group_{language}"] = [
            groups[group].name[language] if group in groups else group for group in frame["group"]
        ]
    frame["position_zh"] = frame["position_en"] = frame["position_scope"] = ""
    frame["assumed"] = False
    first = uses.drop_duplicates("function").set_index("function")
    frame["file"] = first["file"].reindex(frame["function"]).to_numpy()
    frame["row"] = pd.array(first["row"].reindex(frame["function"]).to_numpy(), dtype="Int64")
    return frame[FUNCTION_COLUMNS]


def read_functions(
    uses: pd.DataFrame, functions: pd.DataFrame, indicators: pd.DataFrame, found: list[Finding]
) -> pd.DataFrame:
    """Return which indicators measure each function, and with what weight.

    Returns
    -------
    ``USE_COLUMNS``; a row without an indicator only declares a function and is left out. A blank weight is 1.
    """
    frame = uses.copy()
    frame["function"] = resolve(frame, "function", names_of(functions, "function", "P063"), found)
    frame["indicator"] = resolve(frame, "indicator", names_of(indicators, "indicator", "P002"), found)
    frame = frame[(frame["function"] != "") & (frame["indicator"] != "")].reset_index(drop=True)
    written = frame["weight"].copy()
    frame["weight"] = plain_numbers(frame, "weight", found)
    frame.loc[written == "", "weight"] = 1.0
    _check_weights(frame, written, found)
    context = set(indicators.loc[indicators["direction"].eq(0), "indicator"])
    first: dict[tuple[str, str], int] = {}
    for position, (function, indicator, row) in enumerate(
        frame[["function", "indicator", "row"]].itertuples(index=False)
    ):
        spot = _spot(frame, position, "indicator", indicator)
        if indicator in context:
            found.append(spot.finding("P066", indicator=indicator, function=function))
        if (function, indicator) in first:
            told = {"indicator": indicator, "function": function, "first": first[function, indicator]}
            found.append(spot.finding("P065", **told))
        first.setdefault((function, indicator), int(row))
    return frame.drop_duplicates(["function", "indicator"])[USE_COLUMNS].reset_index(drop=True)


def _check_weights(frame: pd.DataFrame, written: pd.Series, found: list[Finding]) -> None:
    """Name negative weights, and functions whose weights come to nothing."""
    for position in np.flatnonzero((frame["weight"] < 0).to_numpy()).tolist():
        told = {"function": frame["function"].iloc[position]}
        found.append(_spot(frame, position, "weight", str(written.iloc[position])).finding("P064", **told))
    for function, rows in frame[frame["weight"] >= 0].groupby("function", sort=False):
        if rows["weight"].sum() <= 0:
            position = int(rows.index[0])
            text = str(written.iloc[position])
            found.append(_spot(frame, position, "weight", text).finding("P064", function=str(function)))


def read_scopes(table: Table | None, found: list[Finding]) -> pd.DataFrame | None:
    """Return the scopes, widest first: a study's own in the order of their rows, else the catalogue's."""
    if table is None:
        rows = [
            (name, told.name["zh"], told.name["en"], order)
            for order, (name, told) in enumerate(catalogue_scopes().items(), 1)
        ]
        frame = pd.DataFrame(rows, columns=SCOPE_COLUMNS[:-2])
        frame["file"], frame["row"] = "", pd.array([None] * len(frame), dtype="Int64")
        return frame
    read = fit(table, "scopes", found)
    if read is None:
        return None
    read = check_ids(read, "scope", "P020", "P067", found)
    fill_names(read, "scope")
    read["order"] = np.arange(1, len(read) + 1)
    read["row"] = read["row"].astype("Int64")
    return read[SCOPE_COLUMNS]


def _spot(frame: pd.DataFrame, position: int, column: str, text: str) -> Spot:
    return Spot(str(frame["file"].iloc[position]), int(frame["row"].iloc[position]), column, shown(str(text)))
