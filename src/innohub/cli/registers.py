"""The five pillars of a city and the answers of set queries, on the terminal."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.catalog.registers import pillars, slots
from innohub.cli.console import Align, book, listed, say, show_table, spoken
from innohub.position.evidence.amount import amount
from innohub.run import Run

_SHOWN = 2
_COLUMNS = ["place", "pillar", "slot", "filled", "bearer", "name", "value", "unit", "year", "qualifier"]


def show_registers(run: Run) -> None:
    """Print what stands in the five pillars of every place, and what the set queries found."""
    if "pillars" not in run.table_names:
        return
    text, language = book(), spoken()
    names = _names(run.table("places"))
    table = run.table("pillars")
    heads: list[tuple[str, Align]] = [(text.say("cli.registers.pillar"), "left")]
    heads += [(label[language], "left") for label in slots().values()]
    for place, own in table.groupby("place", sort=False):
        rows = [
            [pillar.label[language], *(_slot(own, names, name, slot) for slot in slots())]
            for name, pillar in pillars().items()
        ]
        show_table(heads, rows, text.say("cli.registers.title", place=names.get(str(place), str(place))))
    say(text.say("cli.registers.note", count=len(run.table("register_open"))))
    _show_queries(run, names)


def registers_data(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return pillars and answers for ``--json``."""
    if "pillars" not in run.table_names:
        return {}
    pillar = run.table("pillars").rename(columns={f"name_{spoken()}": "name"})[_COLUMNS]
    tables = {"pillars": pillar}
    tables |= {
        name: run.table(name) for name in ("register_sets", "register_only") if name in run.table_names
    }
    return {
        name: table.astype(object).where(table.notna(), None).to_dict("records")  # type: ignore[misc]
        for name, table in tables.items()
    }


def _names(places: pd.DataFrame) -> Mapping[str, str]:
    return dict(zip(places["place"], places[f"name_{spoken()}"], strict=True))


def _slot(own: pd.DataFrame, names: Mapping[str, str], pillar: str, slot: str) -> str:
    """Say what stands in a slot: the first few numbers, and how many more there are."""
    rows = own[own["pillar"].eq(pillar) & own["slot"].eq(slot) & own["filled"]].to_dict("records")
    text = book()
    if not rows:
        return text.say("cli.registers.gap")
    lines = []
    for row in rows[:_SHOWN]:
        quantity = amount(row["value"], row["unit"], spoken())
        quantity = (
            text.say(f"qualified.{row['qualifier']}", quantity=quantity) if row["qualifier"] else quantity
        )
        line = text.say("cli.registers.line", name=row[f"name_{spoken()}"], quantity=quantity)
        other = row["bearer"] != row["place"]
        lines.append(text.say("cli.registers.of", line=line, bearer=names[row["bearer"]]) if other else line)
    more = [text.say("cli.registers.more", count=len(rows) - _SHOWN)] if len(rows) > _SHOWN else []
    return "\n".join([*lines, *more])


def _show_queries(run: Run, names: Mapping[str, str]) -> None:
    """Print which places have everything that a query wants, and whether one is the only one."""
    if "register_sets" not in run.table_names:
        return
    text, only = book(), run.table("register_only")
    for query, rows in run.table("register_sets").groupby("query", sort=False):
        holders = [names[place] for place in rows.loc[rows["all"], "place"]]
        told = listed(holders) if holders else text.say("cli.registers.nobody")
        say(text.say("cli.registers.query", title=rows[f"title_{spoken()}"].iloc[0], names=told))
        for row in only[only["query"].eq(query)].to_dict("records"):
            verdict = text.say(f"cli.registers.said.{row['verdict']}")
            about = {"place": names[row["place"]], "compared": row["compared"]}
            key = "verdict" if row["compared"] else "verdict_alone"
            say(text.say(f"cli.registers.{key}", verdict=verdict, **about))
