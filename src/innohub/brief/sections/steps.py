"""Tables of the annex on method: what each step changed, and the weights behind an index."""

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog import method, parse_spec
from innohub.chart.tables import records
from innohub.errors import InnohubError

MOST = 40
ITEMS = 3


def step_sections(book: Ledger) -> list[Section]:
    """Return the annex sections on steps and weights, those of them that the run has tables for."""
    found = [
        blocks.section(book, 2, book.say("annex.effects"), _effects(book)),
        blocks.section(
            book, 2, book.say("annex.weights"), [*_experts(book), *_combination(book), *_benefit(book)]
        ),
    ]
    return [section for section in found if section.blocks]


def _effects(book: Ledger) -> list[Block]:
    rows = [_effect(book, row) for row in records(book.facts.table("effects"))]
    columns: list[tuple[str, float, Align]] = [
        ("step", 0.14, "left"), ("method", 0.21, "left"), ("neutral", 0.15, "left"), ("values", 0.12, "center"),
        ("places", 0.13, "center"), ("most", 0.25, "left"),
    ]  # fmt: skip
    return blocks.table(book, "effects", rows, columns)


def _effect(book: Ledger, row: dict[str, object]) -> list[Piece]:
    step = str(row["step"])
    key = f"effects.{step}"
    name = book.say(key) if book.has(key) else book.quote(step)
    last: Piece
    if reason := text(row.get("reason")):
        last = book.say("effects.none", code=book.quote(reason))
    else:
        last = _most(book, step, row)
    numbers = [_count(book, f"effects/{step}/{column}", row[column]) for column in ("values", "places")]
    return [name, book.quote(text(row["method"])), book.quote(text(row["neutral"])), *numbers, last]


def _count(book: Ledger, key: str, value: object) -> Piece:
    return "–" if pd.isna(value) else book.count(key, int(str(value)))  # type: ignore[call-overload]


def _most(book: Ledger, step: str, row: dict[str, object]) -> Piece:
    place = text(row["most_place"])
    if not place:
        return book.say("effects.still")
    before, after = (
        book.count(f"effects/{step}/{end}", int(str(row[end]))) for end in ("from_rank", "to_rank")
    )
    return book.say("effects.move", place=book.name(place), before=before, after=after)


def _weights(book: Ledger, key: str, rows: pd.DataFrame, most: int | None = None) -> Text:
    """List items with their shares, the first of many largest first."""
    shown = rows if most is None else rows.sort_values("share", ascending=False, kind="stable").head(most)
    parts = [
        book.say("weighting.item", item=book.node(str(row["item"])),
                 share=book.share(f"{key}/{row['item']}", float(row["share"]), 1))
        for row in records(shown.dropna(subset=["share"]))
    ]  # fmt: skip
    return book.join(parts, "inner")


def _experts(book: Ledger) -> list[Block]:
    frame = book.facts.table("experts")
    if frame.empty:
        return []
    frame = frame.assign(expert=frame["expert"].fillna(""))
    if len(frame.groupby(["node", "expert"])) > MOST:
        frame = frame[frame["expert"] == ""]
    rows: list[list[Piece]] = []
    for (node, expert), part in frame.groupby(["node", "expert"], sort=False):
        key = f"experts/{node}/{expert}"
        ratio = part["consistency"].iloc[0]
        rows.append([
            book.capital(book.node(str(node))),
            book.quote(expert) if expert else book.say("weighting.group"),
            _weights(book, key, part),
            "–" if pd.isna(ratio) else book.fixed(f"{key}/consistency", float(ratio), 3),
        ])  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("node", 0.18, "left"), ("expert", 0.14, "left"), ("weights", 0.53, "left"), ("consistency", 0.15, "center"),
    ]  # fmt: skip
    return blocks.table(book, "experts", rows, columns)


def _combination(book: Ledger) -> list[Block]:
    frame = book.facts.table("combination")
    if frame.empty:
        return []
    rows: list[list[Piece]] = []
    for (node, spec), part in frame.groupby(["node", "method"], sort=False):
        key = f"combination/{node}/{spec}"
        coefficient = part["coefficient"].iloc[0]
        rows.append([
            book.capital(book.node(str(node))),
            book.quote(_method_name(book, str(spec))),
            "–" if pd.isna(coefficient) else book.fixed(f"{key}/coefficient", float(coefficient), 3),
            _weights(book, key, part),
        ])  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("node", 0.18, "left"), ("method", 0.18, "left"), ("coefficient", 0.12, "center"), ("weights", 0.52, "left"),
    ]  # fmt: skip
    return blocks.table(book, "combination", rows[:MOST], columns)


def _method_name(book: Ledger, spec: str) -> str:
    try:
        return method("weights", parse_spec(spec, "weights").name).title(book.language)
    except (InnohubError, KeyError):
        return spec


def _benefit(book: Ledger) -> list[Block]:
    frame = book.facts.table("benefit")
    if frame.empty:
        return []
    rows: list[list[Piece]] = []
    for place in book.facts.order:
        for node, part in frame[frame["place"] == place].groupby("node", sort=False):
            listed = _weights(book, f"benefit/{node}/{place}", part, ITEMS)
            rows.append([book.name(place), book.capital(book.node(str(node))), listed])
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.2, "left"), ("node", 0.2, "left"), ("weights", 0.6, "left"),
    ]  # fmt: skip
    if frame["node"].nunique() == 1:
        rows, columns = [[row[0], row[2]] for row in rows], [columns[0], ("weights", 0.8, "left")]
    return blocks.table(book, "benefit", rows[:MOST], columns)
