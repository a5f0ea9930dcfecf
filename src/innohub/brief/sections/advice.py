"""Considerations that follow from the numbers alone, and the options they leave."""

import re
from collections.abc import Mapping
from typing import Any

from innohub.brief.ledger import Ledger
from innohub.brief.model import Option, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.robustness import other_scale, scale_movers
from innohub.brief.sections.shape import nominal_shape, sizes, steady
from innohub.brief.sections.unknowns import flag_count, flag_kinds
from innohub.chart.tables import records
from innohub.study.units import measure

PACK = 6
# Units of amounts, as units are read; a ratio betrays itself in name or unit.
_AMOUNTS = {"CNY", "USD", "EUR", "GBP", "JPY", "HKD", "person", "count", "m2", "人年", "person-years"}
_RATIO = re.compile(r"\bper\b|/|每|人均|地均|平均", re.IGNORECASE)
_OF_TOTAL = re.compile(r"total|占全国")


def advice(book: Ledger) -> list[Section]:
    """Return the section of considerations; each stands only if its number does."""
    points = [point for point in (_open(book), _pack(book), _breaks(book), _data(book), _size(book)) if point]
    told = [
        (book.say(f"advice.{key.partition('_')[0]}_lead"), book.say(f"advice.{key}", **values))
        for key, values in points
    ]
    found = blocks.points(book, told)
    return [blocks.section(book, 1, book.say("advice.title"), found)] if found else []


Point = tuple[str, dict[str, Text]] | None


def _open(book: Ledger) -> Point:
    unsure = book.facts.open_places
    if not unsure:
        return None
    return ("open" if len(unsure) > 1 else "open_one"), {"places": blocks.named(book, "open places", unsure)}


def _pack(book: Ledger) -> Point:
    pairs = book.facts.close_pairs
    if not pairs:
        return None
    inside = tuple(dict.fromkeys(place for pair in pairs for place in pair))
    if len(inside) <= PACK:
        return "pack", {"places": book.names(inside)}
    number = book.join([book.few("pairs that cannot be told apart", len(pairs))])
    return "pack_many", {"number": number}


def _breaks(book: Ledger) -> Point:
    shape = nominal_shape(book)
    return ("breaks", {"sizes": shape[0], "chance": shape[1]}) if shape and not steady(book) else None


def _data(book: Ledger) -> Point:
    kinds = flag_kinds(book)
    if not kinds:
        return None
    return "data", {"list": book.join([flag_count(book, flag, len(cells)) for flag, cells in kinds.items()])}


def _size(book: Ledger) -> Point:
    """Advise size-free indicators where the indicators are counts and shares of a total."""
    frame = book.facts.table("indicators")
    if frame.empty:
        return None
    used = frame[frame["indicator"].isin(book.facts.leaves)].drop_duplicates("indicator")
    sized = sum(carries_size(row) for row in records(used))
    if 2 * sized <= len(used) or book.facts.rule.denominate:
        return None
    values = {"number": book.join([book.count("indicators that carry size", sized)])}
    return "size", {**values, "all": book.join([book.count("indicators", len(book.facts.leaves))])}


def carries_size(indicator: Mapping[str, Any]) -> bool:
    """Say whether an indicator is a total, or a share of a national total: larger places have more of it.

    >>> carries_size({"name_en": "Papers", "unit": "篇"}), carries_size({"name_en": "Papers per head", "unit": "篇"})
    (True, False)
    """
    unit = str(indicator.get("unit") or "")
    if any(_RATIO.search(str(indicator.get(key) or "")) for key in ("name_zh", "name_en", "unit")):
        return False
    return measure(unit)[1] in _AMOUNTS or bool(_OF_TOTAL.search(unit))


def options(book: Ledger) -> tuple[Option, ...]:
    """Return ways to use the tiers, where the tiers are open or depend on the scale."""
    facts = book.facts
    if facts.tiering is None or facts.definition is None:
        return ()
    values = {
        "sizes": sizes(book, facts.own_sizes),
        "places": blocks.named(book, "open places", facts.open_places),
    }
    names = ["adopt"]
    names += ["hold"] if facts.open_places else []
    if (other := other_scale(book)) is not None and other[0] == "log":
        names.append("log")
        values["log_sizes"] = sizes(book, other[1])
        moved = [place for place, _ in scale_movers(book, other[1])]
        values["movers"] = blocks.named(book, "places moved by the scale", moved)
    if len(names) < 2:
        return ()
    parts = ("name", "effect", "cost", "equity", "implementation")
    said = [
        {part: book.capital(book.say(f"options.{name}.{part}", **values)) for part in parts} for name in names
    ]
    return tuple(Option(**option) for option in said)
