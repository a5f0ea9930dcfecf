"""Build the chain behind a position: function, scopes, indicators, comparisons, the rows of both sides."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from innohub.errors import Finding, ModelError, PlaceError
from innohub.run.chain import find_place, rows_by, value_link
from innohub.trace import Kind, Link
from innohub.words import Language, Words, words

Table = Callable[[str], pd.DataFrame]
Row = Mapping[str, Any]
_NAMES = ("name_zh", "name_en")


@dataclass(frozen=True)
class _Told:
    """What a chain needs of a run, by id: names, sources, and the panel by file, row and indicator."""

    places: Mapping[str, Row]
    indicators: Mapping[str, Row]
    scopes: Mapping[str, Row]
    sets: Mapping[tuple[str, str], Row]
    sources: Mapping[str, Row]
    panel: Mapping[tuple[str, int, str], Row]


def knows_function(table: Table, wanted: str) -> bool:
    """Say whether a text names a function of the run, or an indicator that measures one."""
    return bool(_find(table, wanted))


def build_position_chain(
    table: Table, place: str, function: str | None = None, indicator: str | None = None
) -> Link:
    """Return the chain of a place's position in a function; of all its functions when none is named.

    Parameters
    ----------
    table : gives a result table by its name.
    function : a function, or an indicator that measures one, by id or name.
    indicator : only this indicator.

    Raises
    ------
    PlaceError, ModelError
        L110 an unknown place, N183 one that was not positioned, N182 an unknown function or indicator.
    """
    code = find_place(table("places"), place)
    cells = table("positions")
    if code not in set(cells["place"]):
        known = tuple(dict.fromkeys(cells["place"]))
        raise PlaceError(Finding("N183", value=place, params={"place": place, "places": known}))
    wanted = _wanted(table, function, indicator)
    told = _told(table)
    mine = _plain(cells[cells["place"] == code])
    relations = _plain(table("relations").query("place == @code"))
    links = tuple(_function(told, entry, used, mine, relations) for entry, used in _functions(table, wanted))
    if function and len(links) == 1:
        return links[0]
    about = told.places[code]
    return Link("position", str(about["name_zh"]), str(about["name_en"]), None, children=links)


def _wanted(table: Table, function: str | None, indicator: str | None) -> set[tuple[str, str]] | None:
    """Return the pairs of function and indicator that are asked for; None for all."""
    wanted: set[tuple[str, str]] | None = None
    for text in (function, indicator):
        if text:
            found = _find(table, text)
            if not found:
                raise ModelError(_unknown(table, text))
            wanted = found if wanted is None else wanted & found
    if wanted is not None and not wanted:
        raise ModelError(_unknown(table, str(indicator)))
    return wanted


def _find(table: Table, wanted: str) -> set[tuple[str, str]]:
    """Return the pairs of function and indicator that a text names; a function without indicators has a blank one."""
    functions, uses, indicators = table("functions"), table("function_indicators"), table("indicators")
    pairs = list(zip(uses["function"], uses["indicator"], strict=True))
    for name in _named(functions, "function", wanted):
        return {pair for pair in pairs if pair[0] == name} or {(name, "")}
    for name in _named(indicators, "indicator", wanted):
        return {pair for pair in pairs if pair[1] == name}
    return set()


def _named(table: pd.DataFrame, key: str, wanted: str) -> list[str]:
    for column in (key, *_NAMES):
        found = table.loc[table[column].astype(str).str.casefold().eq(wanted.casefold()), key]
        if len(found) == 1:
            return [str(found.iloc[0])]
    return []


def _unknown(table: Table, wanted: str) -> Finding:
    functions = table("functions")
    known = [str(name) for column in ("function", *_NAMES) for name in functions[column]]
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.3) or list(functions["function"])[:8]
    return Finding("N182", value=wanted, params={"name": wanted, "near": tuple(near)})


def _functions(table: Table, wanted: set[tuple[str, str]] | None) -> Iterable[tuple[Row, list[Row]]]:
    """Yield each function asked for, with its indicators and their share of the weight."""
    uses = table("function_indicators")
    for entry in _plain(table("functions")):
        name = entry["function"]
        mine = uses[uses["function"].eq(name)]
        used: list[Row] = [
            {**row, "share": row["weight"] / mine["weight"].sum()}
            for row in _plain(mine)
            if wanted is None or (name, row["indicator"]) in wanted
        ]
        if used or (wanted is not None and (name, "") in wanted):
            yield entry, used


def _told(table: Table) -> _Told:
    panel = table("panel")
    sets = _plain(table("peers").drop_duplicates(["scope", "set"]))
    return _Told(
        places=rows_by(table("places"), "place"),
        indicators=rows_by(table("indicators"), "indicator"),
        scopes=rows_by(table("scopes"), "scope"),
        sets={(row["scope"], row["set"]): row for row in sets},
        sources=rows_by(table("sources"), "source"),
        panel={(row["file"], row["row"], row["indicator"]): row for row in _plain(panel)},
    )


def _plain(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table, missing values as ``None``."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _function(told: _Told, entry: Row, used: list[Row], cells: list[Row], relations: list[Row]) -> Link:
    """Return the link of a function: its cells, then its indicators with their comparisons."""
    name = entry["function"]
    standings = tuple(_standing(told, cell) for cell in cells if cell["function"] == name)
    mine = [row for row in relations if row["function"] == name]
    indicators = tuple(_indicator(told, row, mine) for row in used)
    return Link("function", entry["name_zh"], entry["name_en"], None, children=(*standings, *indicators))


def _standing(told: _Told, cell: Row) -> Link:
    return _link("standing", lambda book: _cell_words(told, cell, book), cell["q"])


def _cell_words(told: _Told, cell: Row, book: Words) -> str:
    name = f"name_{book.language}"
    told_set = told.sets[cell["scope"], cell["set"]][name]
    verdict = book.say(f"position.trace.verdict.{cell['verdict']}")
    if cell["ready"] == "by":
        verdict = book.say("position.trace.by", verdict=verdict, year=cell["ready_year"])
    counts = {count: cell[count] for count in ("passed", "tied", "not_passed")}
    return book.say(
        f"position.trace.standing{'' if told_set else '_plain'}",
        scope=told.scopes[cell["scope"]][name],
        set=told_set,
        verdict=verdict,
        **counts,
    )


def _indicator(told: _Told, used: Row, relations: list[Row]) -> Link:
    """Return the link of an indicator with its comparisons, each peer once whatever the number of its sets."""
    about = told.indicators[used["indicator"]]
    once = {row["peer"]: row for row in relations if row["indicator"] == used["indicator"]}
    children = tuple(_relation(told, row) for row in once.values())
    return Link(
        "indicator", about["name_zh"], about["name_en"], None, weight=used["share"], children=children
    )


def _relation(told: _Told, row: Row) -> Link:
    children = (
        _value(told, row["place"], row["indicator"], row["file"], row["row"]),
        _value(told, row["peer"], row["indicator"], row["peer_file"], row["peer_row"]),
    )
    return _link("relation", lambda book: _relation_words(told, row, book), row["ratio"], children)


def _relation_words(told: _Told, row: Row, book: Words) -> str:
    peer = told.places[row["peer"]][f"name_{book.language}"]
    said = book.say(f"position.trace.relation.{row['relation']}", peer=peer)
    marks = [book.say(f"position.trace.mark.{mark}") for mark in (row["marks"] or "").split(";") if mark]
    if not marks:
        return said
    return book.say("position.trace.marked", relation=said, marks=book.say("position.trace.join").join(marks))


def _link(
    kind: Kind, say: Callable[[Words], str], value: float | None, children: tuple[Link, ...] = ()
) -> Link:
    labels: dict[Language, str] = {"zh": say(words("zh")), "en": say(words("en"))}
    return Link(kind, labels["zh"], labels["en"], value, children=children)


def _value(told: _Told, place: str, indicator: str, file: str, row: int) -> Link:
    """Return the link of a value as it stands in the panel, under the name of its place."""
    return value_link("value", told.places[place], told.panel[file, row, indicator], told.sources)
