"""Build the chain behind a degree of coordination: C and T, the subsystems, their indicators, the rows of the panel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from innohub.catalog.coupling import coupling_measures, coupling_variants
from innohub.errors import Finding, PlaceError
from innohub.run.chain import Table, build_chain, find_place, rows_by
from innohub.trace import Kind, Link
from innohub.words import Language, words

# What a reader may write for it where a trace wants the name of an index.
NAMES = (
    "coupling",
    "coordination",
    "ecosystem",
    "耦合",
    "耦合度",
    "协调度",
    "耦合协调",
    "耦合协调度",
    "创新生态",
)
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def build_coupling_chain(
    table: Table, place: str, index: str, year: int, *, weights: Sequence[float] = ()
) -> Link:
    """Return the chain of a place's coordination of all subsystems by the main variant.

    Parameters
    ----------
    table : gives a result table by its name.
    index : the index whose nodes are the subsystems; weights : of the subsystems in T, equal when empty.

    Raises
    ------
    PlaceError
        L110 an unknown place, S386 one without coordination in the year.
    """
    code = find_place(table("places"), place)
    rows = table("coupling")
    rows = rows[rows["place"].eq(code) & rows["year"].eq(year) & rows["main"] & rows["first"].eq("")]
    if rows.empty or pd.isna(rows["level"].iloc[0]):
        raise PlaceError(Finding("S386", value=place, params={"place": place, "year": year}))
    row = {str(key): value for key, value in rows.iloc[0].items()}
    parts = table("subsystems")
    parts = parts[parts["place"].eq(code) & parts["year"].eq(year)]
    total = sum(weights) or len(parts)
    shares = [weight / total for weight in weights] or [1 / total] * len(parts)
    below = tuple(
        _subsystem(table, place, index, part, share)
        for part, share in zip(parts.to_dict("records"), shares, strict=True)
    )
    coupling = _link("coupling", row, "coupling", variant=str(row["variant"]))
    level = replace(_link("level", row, "level"), children=below)
    return replace(_link("coordination", row, "coordination"), year=year, children=(coupling, level))


def _link(kind: Kind, row: Mapping[str, Any], measure: str, variant: str = "") -> Link:
    """Return the link of C, T or D with its interval and, of D, its class."""
    labels = dict(coupling_measures()[measure].label) if not variant else {}
    for language in _LANGUAGES if variant else ():
        labels[language] = f"{coupling_variants()[variant.partition('(')[0]].title(language)} C"
    notes = {language: _note(language, row, measure) for language in _LANGUAGES}
    value = None if pd.isna(row[measure]) else float(row[measure])
    return Link(kind, labels["zh"], labels["en"], value, note_zh=notes["zh"], note_en=notes["en"])


def _note(language: Language, row: Mapping[str, Any], measure: str) -> str:
    """Tell the interval, the class of D with its probability, and that scores were squeezed."""
    book, parts = words(language), []
    if not pd.isna(row[f"{measure}_low"]):
        ends = {end: f"{row[f'{measure}_{end}']:.3f}" for end in ("low", "high")}
        parts.append(book.say("coupling.trace.interval", **ends))
    if measure == "coordination" and row["class"]:
        told = {"name": row[f"class_{language}"], "scheme": row["scheme"]}
        parts.append(book.say("coupling.trace.class", p=f"{row['class_probability']:.2f}", **told))
    if measure == "coordination" and row["squeezed"]:
        parts.append(book.say("coupling.trace.squeezed", span=row["squeezed"]))
    return book.say("trace.join").join(parts)


def _subsystem(table: Table, place: str, index: str, part: Mapping[Any, Any], share: float) -> Link:
    """Return the link of a subsystem, on 0-1, above what the index made it from."""
    node = str(part["subsystem"])
    about = rows_by(table("framework").query("index == @index"), "node")[node]
    own = build_chain(table, place, index, node)
    value = None if pd.isna(part["score"]) else float(part["score"])
    same = own.value is not None and value is not None and abs(own.value - value) < 1e-9
    children = own.children if same and own.children else (own,)
    return Link(
        "subsystem", str(about["name_zh"]), str(about["name_en"]), value, weight=share, children=children
    )
