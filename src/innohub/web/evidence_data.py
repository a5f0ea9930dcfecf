"""What the page shows behind the grid: comparisons, and the rows of the panel under them and under sentences."""

from typing import Any

import pandas as pd

from innohub.web.reading import listed, number, plain, rows, short, text, whole
from innohub.web.schema_position import PanelRow, Relation, Told


def _told(row: dict[str, Any], stem: str) -> Told:
    return Told(
        value=number(row[f"{stem}value"]),
        year=whole(row[f"{stem}year"]),
        since=whole(row[f"{stem}since"]),
        area=plain(row[f"{stem}area"]),
        qualifier=plain(row[f"{stem}qualifier"]),
        file=plain(row[f"{stem}file"]),
        row=whole(row[f"{stem}row"]),
    )


def relation_data(table: pd.DataFrame) -> list[Relation]:
    """Return one relation a place, indicator and peer: functions and peer sets only repeat it."""
    if table.empty:
        return []
    return [
        Relation(
            place=plain(row["place"]),
            indicator=plain(row["indicator"]),
            peer=plain(row["peer"]),
            relation=plain(row["relation"]),
            direction=int(row["direction"]),
            ratio=short(row["ratio"]),
            marks=listed(row["marks"]),
            settled=bool(row["settled"]),
            unit=plain(row["unit"]),
            own=_told(row, ""),
            other=_told(row, "peer_"),
        )
        for row in rows(table.drop_duplicates(["place", "indicator", "peer"]))
    ]


def panel_data(panel: pd.DataFrame, relations: pd.DataFrame, evidence: pd.DataFrame) -> list[PanelRow]:
    """Return the rows of the panel that a comparison or a sentence rests on."""
    if panel.empty:
        return []
    used = {
        (plain(row[file]), whole(row[line]))
        for table in (relations, evidence)
        for file, line in (("file", "row"), ("peer_file", "peer_row"))
        if file in table
        for row in rows(table[[file, line]].drop_duplicates())
    }
    kept = [pair in used for pair in zip(panel["file"], panel["row"].astype(int), strict=True)]
    return [_panel_row(row) for row in rows(panel[kept])]


def _panel_row(row: dict[str, Any]) -> PanelRow:
    return PanelRow(
        place=plain(row["place"]),
        indicator=plain(row["indicator"]),
        value=number(row["value"]),
        unit=plain(row["unit"]),
        year=whole(row["year"]),
        since=whole(row.get("since")),
        area=plain(row.get("area")),
        qualifier=plain(row.get("qualifier")),
        source=plain(row["source"]),
        flag=plain(row["flag"]),
        note=text(row, "note"),
        file=plain(row["file"]),
        row=int(row["row"]),
        column=plain(row["column"]),
        cell=plain(row["cell"]),
    )
