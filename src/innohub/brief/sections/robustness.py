"""Robustness: what changes when the method changes."""

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.shape import sizes

NAMED = 6


def robustness(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on other methods and other scales; none if the run has neither."""
    frame = book.facts.table("alternatives")
    paragraphs = [*blocks.paragraph(book, *_methods(book, frame)), *blocks.paragraph(book, *_scales(book))]
    if not paragraphs:
        return []
    columns: list[tuple[str, float, Align]] = [
        ("method", 0.24, "left"), ("same", 0.20, "center"), ("shift", 0.17, "center"), ("moved", 0.39, "left"),
    ]  # fmt: skip
    kept = len(columns) if book.facts.assigned else len(columns) - 1
    rows = [_row(book, rows)[:kept] for _, rows in _by_method(frame)]
    table = blocks.table(book, "alternatives", rows, columns[:kept])
    drawn = blocks.figure(book, "alternatives", pictures)
    return [blocks.section(book, 1, _title(book, frame), [*paragraphs, *table, *drawn])]


def _by_method(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return (
        [(str(name), rows) for name, rows in frame.groupby("alternative", sort=False)]
        if not frame.empty
        else []
    )


def _title(book: Ledger, frame: pd.DataFrame) -> Text:
    if not book.facts.assigned:
        return book.say("robustness.title_ranks")
    moved = any(movers(book, rows) for _, rows in _by_method(frame))
    other = other_scale(book)
    return book.say("robustness.title_moves" if moved or other else "robustness.title_holds")


def movers(book: Ledger, rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the places that another method puts in another tier, with that tier."""
    its = dict(zip(rows["place"], rows["tier"], strict=True))
    assigned = book.facts.assigned
    return [
        (place, str(its[place])) for place in assigned if its.get(place) and its[place] != assigned[place]
    ]


def _methods(book: Ledger, frame: pd.DataFrame) -> list[Text]:
    named = _by_method(frame)
    if not named:
        return []
    titles = book.join([_name(book, rows) for _, rows in named])
    number = book.word("alternatives", len(named))
    most = max((shift for _, rows in named for shift in _shifts(book, rows)), default=0)
    shift = book.few("largest shift in rank", most)
    return [
        book.say_of("robustness.tried", len(named), number=number, list=titles),
        *_tier_changes(book, named),
        book.say("robustness.shift" if most else "robustness.shift_none", number=shift),
    ]


def _tier_changes(book: Ledger, named: list[tuple[str, pd.DataFrame]]) -> list[Text]:
    if not book.facts.assigned:
        return []
    moving = [(rows, moved) for _, rows in named if (moved := movers(book, rows))]
    if not moving:
        return [book.say_of("robustness.same", len(named))]
    same = len(named) - len(moving)
    keep = book.word("alternatives that keep every tier", same)
    said = [book.say_of("robustness.keep", same, number=keep)] if same else []
    return [*said, *[_moves(book, rows, moved) for rows, moved in moving]]


def _name(book: Ledger, rows: pd.DataFrame) -> Text:
    return book.quote(book.within(str(rows.iloc[0][f"title_{book.language}"] or rows.iloc[0]["alternative"])))


def _moves(book: Ledger, rows: pd.DataFrame, moved: list[tuple[str, str]]) -> Text:
    return book.say("robustness.moves", method=_name(book, rows), list=_moved_list(book, moved))


def _moved_list(book: Ledger, moved: list[tuple[str, str]]) -> Text:
    tiers = dict.fromkeys(tier for _, tier in moved)
    parts = []
    for tier in tiers:
        places = [place for place, its in moved if its == tier]
        named = blocks.named(book, f"places that become {tier}/{len(places)}", places, NAMED)
        parts.append(book.say("robustness.moved_to", places=named, tier=book.tier(tier)))
    return book.join(parts, "comma")


def other_scale(book: Ledger) -> tuple[str, str] | None:
    """Return another scale and its tier sizes where they differ from the assigned ones."""
    tiering = book.facts.tiering
    if tiering is None:
        return None
    for scale in ("log", "raw", "rank"):
        vector = book.facts.sizes(scale) if scale != tiering.scale else ""
        # a scale on which a tier is empty divides nothing
        if vector and vector != book.facts.own_sizes and "0" not in vector.split("/"):
            return scale, vector
    return None


def scale_movers(book: Ledger, vector: str) -> list[tuple[str, str]]:
    """Return the places whose tier changes when tiers have other sizes."""
    facts = book.facts
    sequence = [t for t, n in zip(facts.tier_ids, vector.split("/"), strict=True) for _ in range(int(n))]
    return [(p, t) for p, t in zip(facts.order, sequence, strict=False) if facts.assigned.get(p) != t]


def _scales(book: Ledger) -> list[Text]:
    other = other_scale(book)
    if other is None:
        return []
    scale, vector = other
    moved = scale_movers(book, vector)
    values: dict[str, Piece] = {"sizes": sizes(book, vector), "own": sizes(book, book.facts.own_sizes)}
    said = [book.say(f"robustness.scale_{scale}", moved=_moved_list(book, moved), **values)]
    scales = {scale, book.facts.tiering.scale if book.facts.tiering else ""}
    return [*said, book.say("robustness.scale_meaning")] if scales == {"log", "raw"} else said


def _shifts(book: Ledger, rows: pd.DataFrame) -> list[int]:
    """Return how far each rank lies from the study's own under another method."""
    ranks = dict(zip(rows["place"], rows["rank"], strict=True))
    own = book.facts.numbers
    return [abs(round(ranks[p] - own[p]["rank"])) for p in book.facts.order if p in ranks]


def _row(book: Ledger, rows: pd.DataFrame) -> list[Piece]:
    name = str(rows.iloc[0]["alternative"])
    shifts = _shifts(book, rows)
    moved = movers(book, rows)
    return [
        book.capital(_name(book, rows)),
        book.count(f"same rank/{name}", sum(shift == 0 for shift in shifts)),
        book.count(f"largest shift/{name}", max(shifts, default=0)),
        _moved_list(book, moved) if moved else book.say("robustness.none"),
    ]
