"""Coupling of the subsystems as a table on the terminal."""

from typing import Any

import pandas as pd

from innohub.catalog.coupling import parse_coupling
from innohub.cli.console import Align, book, say, show_table, spoken
from innohub.run import Run


def show_coupling(run: Run) -> None:
    """Print for every place diagnosed C, T and D, its class, its lowest subsystem and what binds most."""
    section = run.settings.ecosystem
    if section is None or "coupling" not in run.table_names:
        return
    text, level = book(), f"{section.level:.0%}"
    data = coupling_data(run)
    bound = any(row["binds"] for row in data) or "constraints" in run.table_names
    heads: list[tuple[str, Align]] = [(text.say("cli.coupling.place"), "left")]
    heads += [(text.say(f"cli.coupling.{name}"), "right") for name in ("coupling", "level", "coordination")]
    heads += [(text.say("cli.coupling.interval", level=level), "right")]
    heads += [(text.say(f"cli.coupling.{name}"), "left") for name in ("class", "lagging")]
    heads += [(text.say("cli.coupling.constraint"), "left")] if bound else []
    rows = [_cells(row, bound=bound) for row in data]
    index = run.settings.index[section.index]
    show_table(
        heads,
        rows,
        text.say(
            "cli.coupling.title",
            index=index.title.text(spoken()) or section.index,
            year=run.settings.study.year,
            count=run.table("subsystems")["subsystem"].nunique(),
            variant=parse_coupling(section.variant).variant.title(spoken()),
            scheme=section.scheme,
        ),
    )
    say(text.say("cli.coupling.note", draws=f"{index.uncertainty.draws:,}"))


def _cells(row: dict[str, Any], *, bound: bool) -> list[str]:
    def number(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    low, high = row["coordination_low"], row["coordination_high"]
    span = "–" if low is None else f"{low:.3f}–{high:.3f}"
    p = row["class_probability"]
    named = "–" if p is None else book().say("cli.coupling.classed", name=row["class"], number=f"{p:.2f}")
    numbers = [number(row[name]) for name in ("coupling", "level", "coordination")]
    return [row["name"], *numbers, span, named, row["lowest"] or "–", *([_binds(row)] if bound else [])]


def _binds(row: dict[str, Any]) -> str:
    if not row["binds"]:
        return book().say("cli.coupling.none")
    return book().say("cli.coupling.severe", name=row["binds"], number=f"{row['severity']:.2f}")


def coupling_data(run: Run) -> list[dict[str, Any]]:
    """Return what the table shows, for ``--json``: a row a place diagnosed, the most coordinated first."""
    if "coupling" not in run.table_names:
        return []
    year, language = run.settings.study.year, spoken()
    names = dict(zip(run.table("places")["place"], run.table("places")[f"name_{language}"], strict=True))
    places = run.table("ecosystem_places")["place"]
    table = run.table("coupling")
    whole = table["main"] & table["first"].eq("") & table["year"].eq(year) & table["place"].isin(places)
    lags = run.table("lags").query("year == @year and first == ''").set_index("place")
    worst = _worst(run)
    rows = table[whole].sort_values("coordination", ascending=False, kind="stable")
    told = [
        "place",
        "coupling",
        "level",
        "coordination",
        "coordination_low",
        "coordination_high",
        "class_probability",
    ]
    return [
        {
            **{key: None if pd.isna(row[key]) else row[key] for key in told},
            "name": names.get(row["place"], row["place"]),
            "class": row[f"class_{language}"],
            "lowest": lags.loc[row["place"], f"lag_{language}"] if row["place"] in lags.index else "",
            **worst.get(row["place"], {"binds": "", "severity": None}),
        }
        for row in rows.to_dict("records")
    ]


def _worst(run: Run) -> dict[str, dict[str, Any]]:
    """Return by place the group of constraints that binds most; a place without one has no entry."""
    if "constraints" not in run.table_names:
        return {}
    first = run.table("constraints").query("verdict == 'binds'").drop_duplicates("place")
    told = zip(first["place"], first[f"name_{spoken()}"], first["severity"], strict=True)
    return {str(place): {"binds": name, "severity": severity} for place, name, severity in told}
