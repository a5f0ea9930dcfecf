"""What each step of a study's indices changed, as a table on the terminal."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.cli.console import Align, book, say, show_table, spoken
from innohub.run import Run

_HEADS: tuple[tuple[str, Align], ...] = (
    ("step", "left"),
    ("method", "left"),
    ("neutral", "left"),
    ("values", "right"),
    ("places", "right"),
    ("most", "left"),
)


def show_effects(run: Run) -> None:
    """Print for every index a line for each step that is not the plainest choice."""
    for name, section in run.settings.index.items():
        table = run.index[name].table("effects")
        if table.empty:
            continue
        title = book().say("cli.effects.title", index=section.title.text(spoken()) or name)
        places = run.table("places")
        names = dict(zip(places["place"], places[f"name_{spoken()}"], strict=True))
        heads = [(book().say(f"cli.effects.{head}"), align) for head, align in _HEADS]
        say("")
        show_table(heads, [_line(row, names) for row in table.to_dict("records")], title)
        say(book().say("cli.effects.note"))


def _line(row: Mapping[Any, Any], names: Mapping[str, str]) -> list[str]:
    text = book()
    values = "–" if pd.isna(row["values"]) else str(row["values"])
    told = [text.say(f"cli.effects.{row['step']}"), row["method"], row["neutral"], values]
    if row["reason"]:
        return [*told, "–", text.say("cli.effects.failed", code=row["reason"])]
    most = "–"
    if row["most_place"]:
        place = names.get(row["most_place"], row["most_place"])
        most = text.say("cli.effects.move", place=place, before=row["from_rank"], after=row["to_rank"])
    if row["unranked"]:
        most = text.say("cli.effects.and", move=most, count=row["unranked"])
    return [*told, str(row["places"]), most]


def effects_data(run: Run) -> list[dict[str, Any]]:
    """Return the rows of the table effects for a program to read, missing numbers as null."""
    if "effects" not in run.table_names:
        return []
    table = run.table("effects")
    plain = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
