"""The chain behind the four chains of a place: coordination by field, the amounts, file and row."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from innohub.catalog.flows import flow_label
from innohub.errors import Finding, PlaceError
from innohub.run.chain import find_place
from innohub.trace import Link

Table = Callable[[str], pd.DataFrame]
NAMES = frozenset({"chains", "四链", "链条"})


def build_flow_chain(table: Table, place: str, field: str | None = None) -> Link:
    """Return the chain of a place's four chains in the last year: each field, its amounts, where they were read.

    Parameters
    ----------
    table : gives a result table by its name.
    field : only this field, by id or name.

    Raises
    ------
    PlaceError
        L110 an unknown place, N360 one without chains.
    """
    code = find_place(table("places"), place)
    fusion, amounts = table("chain_fusion"), table("chain_amounts")
    now = fusion[fusion["place"].eq(code)]
    if field:
        fields = table("chain_fields")
        named = fields[fields[["field", "name_zh", "name_en"]].isin([field]).any(axis=1)]["field"]
        now = now[now["field"].isin(named)]
    if now.empty:
        known = tuple(dict.fromkeys(fusion["place"]))
        raise PlaceError(Finding("N360", value=place, params={"place": place, "places": known[:8]}))
    year = int(now["year"].max())
    titles = {str(row["field"]): row for row in table("chain_fields").to_dict("records")}
    own = amounts[amounts["place"].eq(code) & amounts["year"].eq(year)]
    links = tuple(
        _field(row, titles[str(row["field"])], own[own["field"].eq(row["field"])], table("sources"), year)
        for row in now[now["year"].eq(year)].to_dict("records")
    )
    about = table("places").set_index("place").loc[code]
    if len(links) == 1:
        return links[0]
    return Link("position", str(about["name_zh"]), str(about["name_en"]), None, year=year, children=links)


def _field(
    row: Mapping[Hashable, Any],
    title: Mapping[Hashable, Any],
    amounts: pd.DataFrame,
    sources: pd.DataFrame,
    year: int,
) -> Link:
    """Return the coordination of a field with the amounts that it was made from."""
    told = dict(zip(sources["source"], sources["title"], strict=True))
    children = tuple(
        Link(
            "value", flow_label("chain", each["chain"], "zh"), flow_label("chain", each["chain"], "en"),
            None if pd.isna(each["amount"]) else float(each["amount"]), unit=each["unit"], year=year,
            source=told.get(each["source"], each["source"]), file=each["file"], row=int(each["row"]),
            column=each["indicator"] or each["chain"],
        )
        for each in amounts.to_dict("records")
    )  # fmt: skip
    value = row["coordination"]
    number = None if pd.isna(value) else float(value)
    return Link(
        "coordination", str(title["name_zh"]), str(title["name_en"]), number, year=year, children=children
    )  # fmt: skip
