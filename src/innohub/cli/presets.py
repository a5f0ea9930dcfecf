"""Presets on the terminal: what a run follows, and the page of one."""

from typing import Any

import pandas as pd

from innohub.catalog.presets import Preset
from innohub.cli.console import book, say, spoken
from innohub.run import Run
from innohub.words import Words


def show_presets(run: Run) -> None:
    """Print for every index that follows a preset what is known and unknown of it, and what the study changed."""
    for row in _rows(run, "presets"):
        text, language = book(), spoken()
        status = text.say(f"preset.status.{row['status']}")
        title = row[f"name_{language}"]
        say("")
        say(
            text.say(
                "cli.preset.follows",
                index=row["index"],
                title=title,
                edition=row[f"edition_{language}"],
                status=status,
            )
        )
        if row[f"verified_{language}"]:
            say(text.say("cli.preset.verified", text=row[f"verified_{language}"]))
        say(text.say("cli.preset.unknown", text=row[f"unknown_{language}"]))
        for change in _rows(run, "departures"):
            if change["index"] == row["index"]:
                params = {name: change[name] for name in ("key", "said", "used")}
                say(text.say(f"cli.preset.{change['kind']}", **params))
    _show_reproduced(run)


def _show_reproduced(run: Run) -> None:
    """Print how many published values come out, year by year."""
    if "reproduced" not in run.table_names:
        return
    for (index, year), part in run.table("reproduced").groupby(["index", "year"]):
        params = {"index": index, "year": year, "agree": int(part["agrees"].sum()), "total": len(part)}
        say(book().say("cli.preset.reproduced", **params, within=f"{part['allowed'].iloc[0]:g}"))


def presets_data(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return the tables on presets for a program to read, missing numbers as null."""
    return {name: _rows(run, name) for name in ("presets", "departures", "reproduced")}


def _rows(run: Run, name: str) -> list[dict[str, Any]]:
    table = run.table(name) if name in run.table_names else pd.DataFrame()
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def preset_page(preset: Preset) -> str:
    """Return the page of a preset: edition, source, indicators with their goalposts, methods, what is unknown."""
    text, language = book(), spoken()
    lines = [f"{preset.id}  {preset.title(language)}", ""]
    told = {
        "edition": preset.edition[language],
        "status": text.say(f"preset.status.{preset.status}"),
        "source": " ".join(part for part in (preset.source, preset.url) if part),
        "verified": preset.verified[language],
        "unknown": preset.unknown[language],
        "needs": text.say("where.list").join(preset.needs),
    }
    lines += [text.say(f"cli.preset.page.{key}", text=value) for key, value in told.items() if value]
    lines += ["", text.say("cli.preset.page.method"), *(f"  {line}" for line in preset.lines)]
    if preset.indicators:
        lines += [
            "",
            text.say("cli.preset.page.indicators"),
            *(_indicator(row, language, text) for row in preset.indicators),
        ]
    return "\n".join(lines)


def _indicator(row: Any, language: str, text: Words) -> str:
    """Return one indicator on a line: id, name, unit, goalposts, transform."""
    parts = [row[f"name_{language}"], row["unit"]]
    parts += [f"{row['low']}–{row['high']}"] if row["high"] else []
    parts += [row["transform"]] if row["transform"] else []
    return f"  {row['indicator']}  " + text.say("where.join").join(part for part in parts if part)
