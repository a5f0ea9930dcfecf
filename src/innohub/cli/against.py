"""Print how the panel of a study agrees with another source."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from innohub.cli.console import book, listed, say, show_findings, show_json, show_table, spoken
from innohub.panel.beside import FEWEST
from innohub.run.against import Against, Comparison, Misfit, check_against


def show_against(folder: Path, other: Path, matches: tuple[str, ...], *, as_json: bool) -> int:
    """Compare and print; 1 when the sources disagree."""
    done = check_against(folder, other, dict(map(_pair, matches)))
    if as_json:
        show_json(against_data(done, folder))
    else:
        show_findings(done.findings)
        _show(done)
    return int(any(one.disagrees for one in done.comparisons))


def _pair(text: str) -> tuple[str, str]:
    """Split a match at its last equals sign."""
    other, equals, own = text.rpartition("=")
    if not (equals and other.strip() and own.strip()):
        raise click.BadParameter(book().say("cli.against.not_a_match", text=text), param_hint="--match")
    return other.strip(), own.strip()


def against_data(done: Against, folder: Path) -> dict[str, Any]:
    """Return the comparison as plain data."""
    return {
        "study": str(folder),
        "other": done.other,
        "indicators": [_data(one) for one in done.comparisons],
        "not_in_other": list(done.missing),
        "only_in_other": list(done.unmatched),
        "findings": [finding.to_json(spoken()) for finding in done.findings],
    }


def _data(one: Comparison) -> dict[str, Any]:
    found, reading = one.agreement, one.agreement.reading
    years = {"year": one.year, "other_year": None if one.year is None else one.year + reading.shift}
    return {
        "indicator": one.indicator,
        **years,
        "verdict": found.verdict,
        "reason": found.reason,
        "sentence": verdict_text(one),
        "shift": reading.shift,
        "rivals": list(found.rivals),
        "factor": reading.factor,
        "median_ratio": _number(found.median),
        "spread": _number(found.spread),
        "cells": one.cells,
        "compared": reading.compared,
        "within_rounding": int(reading.exact.sum()),
        "explained": int(reading.near.sum()),
        "share": reading.share,
        "shares_of": one.shares_of,
        "summed_places": one.summed_places,
        "summed_ratio": _number(one.summed_ratio),
        "misfits": [_misfit_data(cell) for cell in one.misfits],
    }


def _misfit_data(cell: Misfit) -> dict[str, Any]:
    return {**vars(cell), "ratio": _number(cell.ratio), "years": list(cell.years)}


def _number(value: float) -> float | None:
    """Return a number as JSON may hold it."""
    return None if value != value else value  # noqa: PLR0124


def verdict_text(one: Comparison) -> str:
    """Say in one sentence what the two sources have to do with each other."""
    text, found = book(), one.agreement
    reading, join = found.reading, book().say("where.list")
    year = one.year or 0
    values = {
        "compared": reading.compared,
        "fewest": FEWEST,
        "spread": f"{found.spread:.2%}",
        "factor": f"{reading.factor:g}",
        "ratio": f"{reading.factor:.3f}",
        "year": year,
        "other_year": year + reading.shift,
        "shift": f"{reading.shift:+d}",
        "years": join.join(
            str(year + shift) if one.year else f"{shift:+d}" for shift in sorted(found.rivals)
        ),
    }
    if found.verdict == "undecided":
        return text.say(f"cli.against.{found.reason}", **values)
    told = text.say(f"cli.against.{found.verdict}{_manner(one)}", **values)
    if found.verdict in ("unit", "ratio", "close") and reading.shift:
        told += text.say("cli.against.of_year" if one.year else "cli.against.of_shift", **values)
    return told


def _manner(one: Comparison) -> str:
    return "_all" if one.agreement.verdict == "shift" and one.year is None else ""


def _show(done: Against) -> None:
    text = book()
    names = done.study.indicators.set_index("indicator")[f"name_{spoken()}"].to_dict()
    places = done.study.places.set_index("place")[f"name_{spoken()}"].to_dict()
    rows = [
        [
            str(names.get(one.indicator) or one.indicator),
            str(one.year or text.say("cli.against.all_years")),
            f"{one.agreement.reading.near.sum()}/{one.agreement.reading.compared}",
            verdict_text(one),
        ]
        for one in done.comparisons
    ]
    heads = [text.say(f"cli.against.{head}") for head in ("indicator", "year_head", "explained", "verdict")]
    show_table([(heads[0], "left"), (heads[1], "left"), (heads[2], "right"), (heads[3], "left")], rows)
    for one in done.comparisons:
        _show_cells(one, str(names.get(one.indicator) or one.indicator), places)
    if done.missing:
        say("\n" + text.say("cli.against.missing", names=listed(str(names[key]) for key in done.missing)))
    if done.unmatched:
        say(text.say("cli.against.unmatched", names=listed(done.unmatched)))
    count = sum(one.disagrees for one in done.comparisons)
    key = "disagree" if count else "unknown" if _open(done) else "agree"
    say("\n" + text.say(f"cli.against.{key}", count=count, other=done.other))


def _open(done: Against) -> bool:
    """Say whether nothing could be decided."""
    return all(one.agreement.verdict == "undecided" for one in done.comparisons)


def _show_cells(one: Comparison, name: str, places: Mapping[Any, Any]) -> None:
    text = book()
    if one.misfits:
        title = text.say("cli.against.cells", name=name, year=one.year or text.say("cli.against.all_years"))
        heads = ("place", "value", "other_value", "times", "fits", "spot", "other_spot")
        left = {"place", "fits", "spot", "other_spot"}
        rows = [_cell(cell, places) for cell in one.misfits]
        say("")
        show_table(
            [(text.say(f"cli.against.{head}"), "left" if head in left else "right") for head in heads],
            rows,
            title,
        )
    if one.shares_of:
        values = {"name": name, "places": one.summed_places, "ratio": f"{one.summed_ratio:.3f}"}
        says_ratio = one.agreement.verdict == "ratio" and one.shares_of == "national"
        say(text.say(f"cli.against.{one.shares_of}{'_ratio' if says_ratio else ''}", **values))


def _cell(cell: Misfit, places: Mapping[Any, Any]) -> list[str]:
    text = book()
    return [
        str(places.get(cell.place) or cell.place),
        f"{cell.value:.6g}",
        f"{cell.other_value:.6g}",
        f"{cell.ratio:.3f}" if cell.ratio == cell.ratio else "–",
        listed(map(str, cell.years)) if cell.years else text.say("cli.against.no_year"),
        _spot(cell.file, cell.row),
        _spot(cell.other_file, cell.other_row),
    ]


def _spot(file: str, row: int) -> str:
    return book().say("where.join").join([file, book().say("where.row", row=row)])
