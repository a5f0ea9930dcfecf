"""Build the chain behind a pillar, a register or an entry of one: down to file and row."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from innohub.catalog.money import write_money
from innohub.catalog.registers import RegisterColumn, pillars, registers, slots, word_list
from innohub.errors import Finding, ModelError
from innohub.run.chain import Table, cite, find_place, near_names, rows_by
from innohub.study.columns import fold
from innohub.trace import Link
from innohub.words import LANGUAGES, Language, words

Row = Mapping[str, Any]
Wanted = tuple[str, str, str]


def knows_register(table: Table, wanted: str) -> bool:
    """Say whether a text names a pillar, a register or an entry of the study's registers."""
    return fold(wanted) in _names(table)


def build_register_chain(table: Table, place: str, wanted: str | None) -> Link:
    """Return what stands in the pillars of a place, in one of them, in a register, or in an entry.

    Parameters
    ----------
    table : gives a result table by its name.
    wanted : id or name of a pillar, a register or an entry; all pillars if None.

    Raises
    ------
    PlaceError, ModelError
        L110 for an unknown place; N370 for an unknown pillar, register or entry.
    """
    code = find_place(table("places"), place)
    sources = rows_by(table("sources"), "source")
    if wanted is None:
        return _pillars(table, code, sources)
    hits = _names(table).get(fold(wanted), [])
    if not hits:
        near = near_names(wanted, _names(table))
        raise ModelError(Finding("N370", value=wanted, params={"name": wanted, "near": near}))
    links = [link for hit in hits if (link := _HOW[hit[0]](table, code, hit, sources)) is not None]
    if not links:
        raise ModelError(Finding("N371", value=wanted, params={"name": wanted, "place": place}))
    return links[0] if len(links) == 1 else _top(table, code, tuple(links))


def _names(table: Table) -> dict[str, list[Wanted]]:
    """Return what each name leads to: kind, register or pillar, id of the entry."""
    found: dict[str, list[Wanted]] = {}
    for name, pillar in pillars().items():
        for text in {fold(title) for title in (name, *pillar.label.values())}:
            found.setdefault(text, []).append(("pillar", name, ""))
    for name, frame in _tables(table).items():
        for text in {fold(title) for title in (name, *registers()[name].label.values())}:
            found.setdefault(text, []).append(("register", name, ""))
        for entry, *titles in frame[["id", "name_zh", "name_en"]].itertuples(index=False):
            for text in {fold(title) for title in (entry, *titles)} - {""}:
                found.setdefault(text, []).append(("entry", name, entry))
    # A pillar outranks a register, and that an entry of the same name.
    order = ("pillar", "register", "entry")
    return {
        text: [hit for hit in hits if hit[0] == min((h[0] for h in hits), key=order.index)]
        for text, hits in found.items()
    }


def _tables(table: Table) -> dict[str, pd.DataFrame]:
    found = {}
    for name in registers():
        try:
            found[name] = table(f"register_{name}")
        except KeyError:
            continue
    return found


def _top(table: Table, place: str, children: tuple[Link, ...]) -> Link:
    about = rows_by(table("places"), "place")[place]
    return Link("pillars", about["name_zh"], about["name_en"], None, children=children)


def _pillars(table: Table, place: str, sources: Mapping[str, Row]) -> Link:
    links = (_pillar(table, place, ("pillar", name, ""), sources) for name in pillars())
    return _top(table, place, tuple(link for link in links if link is not None))


def _pillar(table: Table, place: str, hit: Wanted, sources: Mapping[str, Row]) -> Link | None:
    """Return the slots of a pillar, each with the numbers that stand there."""
    rows = table("pillars")
    own = rows[rows["place"].eq(place) & rows["pillar"].eq(hit[1])]
    if own.empty:
        return None
    children = []
    for slot, label in slots().items():
        filled = own[own["slot"].eq(slot) & own["filled"]]
        below = tuple(_number(table, row, sources) for row in _plain(filled))
        kind = "slot" if below else "slot_empty"
        children.append(Link(kind, label["zh"], label["en"], None, children=below))  # type: ignore[arg-type]
    told = pillars()[hit[1]].label
    return Link("pillar", told["zh"], told["en"], None, children=tuple(children))


def _number(table: Table, row: Row, sources: Mapping[str, Row]) -> Link:
    """Return what stands in a slot: a count of entries with these, or a value with its spot."""
    if row["register"] and not row["entry"]:
        found = _register(table, row["place"], ("register", row["register"], ""), sources)
        below = found.children if found else ()
        return Link("register", row["name_zh"], row["name_en"], row["value"], children=below)
    column = row["column"] or "value"
    return Link(
        "entry", row["name_zh"], row["name_en"], row["value"], unit=row["unit"], year=row["year"],
        qualifier=row["qualifier"], source=cite(sources.get(row["source"]), row["source"]),
        file=row["file"], row=row["row"], column=column,
    )  # fmt: skip


def _register(table: Table, place: str, hit: Wanted, sources: Mapping[str, Row]) -> Link | None:
    """Return the entries of a register at a place."""
    rows = table(f"register_{hit[1]}")
    own = rows[rows["place"].eq(place)]
    children = tuple(_item(row, sources, ()) for row in _plain(own))
    label = registers()[hit[1]].label
    return (
        Link("register", label["zh"], label["en"], float(len(own)), children=children) if children else None
    )


def _entry(table: Table, place: str, hit: Wanted, sources: Mapping[str, Row]) -> Link | None:
    """Return an entry with every cell that is filled or told to be open."""
    rows, register = table(f"register_{hit[1]}"), registers()[hit[1]]
    own = rows[rows["id"].eq(hit[2]) & rows["place"].eq(place)]
    if own.empty:
        return None
    row = _plain(own)[0]
    labels = table("register_labels").set_index("text")
    skipped = {"id", "place", "name_zh", "name_en", "source", *(["currency"] if register.money else [])}
    cells = [_cell(row, column, labels) for name, column in register.columns.items() if name not in skipped]
    return _item(row, sources, tuple(cell for cell in cells if cell is not None))


def _item(row: Row, sources: Mapping[str, Row], cells: tuple[Link, ...]) -> Link:
    named = row.get("name_zh") or row["id"], row.get("name_en") or row.get("name_zh") or row["id"]
    source = cite(sources.get(row["source"]), row["source"])
    return Link(
        "item", *named, None, source=source, file=row["file"], row=row["row"], column="id", children=cells
    )


def _cell(row: Row, column: RegisterColumn, labels: pd.DataFrame) -> Link | None:
    """Return a cell: a number with its qualifier, a word by its name, a text; None for an empty one."""
    value, label = row[column.name], column.label
    if column.name not in row["unstated"].split(";"):
        if value is None or value == "":
            return None
        if column.type in {"number", "integer", "share"}:
            amount, unit = float(value), ""
            if row.get("currency") and column.measured and column.type == "number":
                amount, unit = write_money(amount, row["currency"])
            qualifier = row.get(f"{column.name}_qualifier") or ""
            return Link("number", label["zh"], label["en"], amount, unit=unit, qualifier=qualifier)
    told = {
        language: words(language).say(
            "trace.told", label=label[language], said=_said(row, column, labels, language)
        )
        for language in LANGUAGES
    }
    return Link("text", told["zh"], told["en"], None)


def _said(row: Row, column: RegisterColumn, labels: pd.DataFrame, language: Language) -> str:
    """Return what a cell of words says in a language."""
    if column.name in row["unstated"].split(";"):
        return words(language).say("trace.not_stated")
    names = {key: told[language] for key, told in word_list(column.one_of).items()} if column.one_of else {}
    text = str(row[column.name])
    parts = text.split(";") if column.type == "list" else [text]
    known = labels[f"name_{language}"]
    return (
        words(language)
        .say("where.list")
        .join(names.get(part) or str(known.get(part, part)) for part in parts)
    )


def _plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows with missing values as None."""
    plain = rows.astype(object).where(rows.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


_HOW: Mapping[str, Callable[[Table, str, Wanted, Mapping[str, Row]], Link | None]] = {
    "pillar": _pillar,
    "register": _register,
    "entry": _entry,
}
