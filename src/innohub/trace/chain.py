"""A number and the numbers it was made from, down to file and row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from innohub.words import Language, Words, words

Kind = Literal[
    "score", "node", "normalised", "treated", "transformed", "imputed", "denominated", "denominator", "raw",
    "position", "function", "standing", "indicator", "relation", "value",
    "coordination", "coupling", "level", "subsystem",
    "pillars", "pillar", "slot", "slot_empty", "register", "entry", "item", "number", "text",
]  # fmt: skip
_READ = ("raw", "denominator", "value", "entry", "item")
_TOLD = (*_READ, "number", "register")


@dataclass(frozen=True)
class Link:
    """One number in a chain, with the numbers below it.

    A ``raw`` link carries source, file, row, column and the cell as written; a ``score`` or ``node`` link
    carries its rank; ``weight`` is the share of the number within its parent. A ``denominated``, ``imputed``,
    ``transformed`` or ``treated`` link stands between a normalised value and the raw one where that was divided,
    filled or changed; what it was divided by is a ``denominator``, which carries what a raw link does.

    Under a ``position`` or ``function``, a ``standing`` is the share of peers passed at a scope; an ``indicator`` leads
    to one ``relation`` a peer, whose number is the ratio, and that to the ``value`` of either side, which carries what
    a raw link does. ``since`` is the first year of a period.

    A ``coordination`` D leads to the ``coupling`` C and the ``level`` T, and T to the ``subsystem`` scores.

    Under the ``pillars`` of a place stand ``pillar`` and ``slot`` (``slot_empty`` where nothing is), and under these an
    ``entry``: a number with its spot and its ``qualifier``. A ``register`` counts its entries; an ``item`` is one of
    them, with its ``number`` and ``text`` cells.
    """

    kind: Kind
    label_zh: str
    label_en: str
    value: float | None
    unit: str = ""
    year: int | None = None
    weight: float | None = None
    rank: int | None = None
    flag: str = ""
    note_zh: str = ""
    note_en: str = ""
    source: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    since: int | None = None
    qualifier: str = ""
    children: tuple["Link", ...] = ()

    def label(self, language: Language) -> str:
        """Return the name of the number in a language."""
        return self.label_zh if language == "zh" else self.label_en

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Link"]]:
        """Yield every link with its depth, from the top."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def to_json(self) -> dict[str, Any]:
        """Return the chain as plain data."""
        own = {
            name: value
            for name, value in vars(self).items()
            if name != "children" and value not in ("", None)
        }
        return {**own, "children": [child.to_json() for child in self.children]} if self.children else own

    def render(self, language: Language) -> str:
        """Return the chain as indented lines, the sources numbered at the end."""
        book = words(language)
        cited = list(dict.fromkeys(link.source for _, link in self.walk() if link.source))
        lines = [
            "  " * depth + (_raw(link, book, cited) if link.kind in _READ else _made(link, book))
            for depth, link in self.walk()
        ]
        sources = [
            book.say("trace.cited", number=number, source=source) for number, source in enumerate(cited, 1)
        ]
        return "\n".join([*lines, *([book.say("trace.sources"), *sources] if sources else [])])


def _value(link: Link, book: Words) -> str:
    """Write a value: an input with all its digits, a computed one with six, neither as a power of ten."""
    if link.value is None:
        return book.say("trace.missing")
    if link.kind in _TOLD:
        return f"{link.value:.15g}"
    return f"{link.value:.6g}" if abs(link.value) < 1e6 else f"{link.value:.0f}"


def _quantity(link: Link, book: Words) -> str:
    """Write a value with its unit, and how exact it is."""
    quantity = book.quantity(_value(link, book), link.unit)
    return book.say(f"qualified.{link.qualifier}", quantity=quantity) if link.qualifier else quantity


def _made(link: Link, book: Words) -> str:
    """Return the line of a number that was computed."""
    value = _value(link, book)
    quantity = _quantity(link, book)
    untested = link.kind == "standing" and link.value is None
    form = f"{link.kind}_untested" if untested else link.kind
    parts = [book.say(f"trace.{form}", label=link.label(book.language), value=value, quantity=quantity)]
    parts += [book.say("trace.weight", share=f"{link.weight:.1%}")] if link.weight is not None else []
    parts += [book.say("trace.rank", rank=link.rank)] if link.rank is not None else []
    note = link.note_zh if book.language == "zh" else link.note_en
    parts += [note] if note else []
    return book.say("trace.join").join(parts)


def _raw(link: Link, book: Words, cited: list[str]) -> str:
    """Return the line of a number as it stands in the input."""
    quantity = _quantity(link, book)
    label = link.label(book.language)
    form = link.kind if link.year is not None or link.kind == "item" else f"{link.kind}_undated"
    year = book.say("trace.period", since=link.since, year=link.year) if link.since else link.year
    parts = [book.say(f"trace.{form}", label=label, quantity=quantity, year=year)]
    spot = {"file": link.file, "row": link.row, "column": link.column}
    parts.append(book.say("trace.cell" if link.cell else "trace.spot", cell=link.cell, **spot))
    parts += [book.say("trace.source", number=cited.index(link.source) + 1)] if link.source else []
    parts += [book.say("trace.flag", flag=flag_names(link.flag, book.language))] if link.flag else []
    note = link.note_zh if book.language == "zh" else link.note_en
    parts += [note] if note else []
    return book.say("trace.join").join(parts)


def flag_names(flags: str, language: Language) -> str:
    """Return the readable names of flags joined by ``;``; an unknown flag stands for itself."""
    book = words(language)
    return book.say("flag.join").join(book.name("flag", flag) for flag in flags.split(";") if flag)
