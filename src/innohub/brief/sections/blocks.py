"""Small builders that every section uses: sections, tables, figures, lists of places with a number each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Figure, Paragraph, Section, Table, Text


class Picture(Protocol):
    """What a brief needs of a drawn chart."""

    svg: bytes | str
    png: bytes
    title: str
    subtitle: str
    note: str
    ground: str
    alt: str
    width_mm: float
    height_mm: float
    cited: tuple[str, ...]


Pictures = Mapping[str, Picture]

MANY = 3
LONG_NAME, WIDEST = 44, 0.36


def section(book: Ledger, level: int, heading: Text, blocks: Sequence[Block]) -> Section:
    """Return a section; its heading begins with a capital in English."""
    return Section(level, book.capital(heading), tuple(blocks))


def paragraph(book: Ledger, *sentences: Text, lead: Text = ()) -> list[Block]:
    """Return one paragraph made of sentences, or none where all of them are empty."""
    text = book.sentences(sentences)
    return [Paragraph(text, book.capital(lead))] if text else []


def table(
    book: Ledger,
    name: str,
    rows: Sequence[Sequence[Piece]],
    columns: Sequence[tuple[str, float, Align]],
    *,
    note: bool = True,
    heads: Mapping[str, Text] | None = None,
) -> list[Block]:
    """Return a table whose heads, caption and note stand at ``brief.table.<name>``; empty without rows.

    ``heads`` gives the heads of columns that the words do not name, such as places.
    """
    if not rows:
        return []
    own = heads or {}
    head = tuple(
        own[column] if column in own else book.say(f"table.{name}.{column}", **_level(book))
        for column, _, _ in columns
    )
    cells = tuple(tuple(book.join([cell]) for cell in row) for row in rows)
    noted = note and book.has(f"table.{name}.note")
    return [
        Table(
            id=name,
            caption=book.say(f"table.{name}.caption", year=year(book)),
            head=tuple(book.capital(text) for text in head),
            rows=cells,
            widths=tuple(width for _, width, _ in columns),
            align=tuple(align for _, _, align in columns),
            note=book.say(f"table.{name}.note", **_level(book)) if noted else (),
        )
    ]


def place_width(book: Ledger, usual: float) -> float:
    """Return the share of a table's width for the names of places, larger where they are very long."""
    names = (book.facts.place_name(place, book.language) for place in book.facts.order)
    longest = max(sum(2 if ord(sign) >= 0x2E80 else 1 for sign in name) for name in names)
    return max(usual, min(WIDEST, usual * longest / LONG_NAME))


def figure(book: Ledger, name: str, pictures: Pictures) -> list[Block]:
    """Return the figure of a name if it was drawn; its words come with the picture."""
    picture = pictures.get(name)
    if picture is None:
        return []
    svg = picture.svg.encode() if isinstance(picture.svg, str) else picture.svg
    return [
        Figure(
            id=re.sub(r"[^\w-]", "-", name),
            caption=_caption(book, name, picture),
            alt=picture.alt,
            png=picture.png,
            svg=svg,
            width_mm=picture.width_mm,
            height_mm=picture.height_mm,
            subtitle=book.quote(picture.subtitle) if book.language == "en" else (),
            note=_under(book, picture),
        )
    ]


def _caption(book: Ledger, name: str, picture: Picture) -> Text:
    """Return the caption of a figure; one of several places names its own."""
    if book.language == "en":
        return book.quote(picture.title)
    stem, _, place = name.partition(":")
    said = book.say(f"figure.{stem}")
    return book.say("figure.of", place=book.name(place), figure=said) if place else said


def some(book: Ledger, places: Sequence[str], most: int = 8) -> Text:
    """Name places, where they are many the first of them."""
    names = book.names(places[:most])
    return names if len(places) <= most else book.say("layout.and_others", names=names)


def named(book: Ledger, key: str, places: Sequence[str], most: int = MANY) -> Text:
    """Name places, or count them where they are many; ``key`` names the number."""
    if len(places) <= most:
        return book.names(places)
    return book.say("open.many", number=book.few(key, len(places)))


def points(book: Ledger, told: Sequence[tuple[Text, Text]]) -> list[Block]:
    """Return one paragraph a point, numbered in Chinese as 一是, 二是."""
    marks = book.labels("layout.points")
    found: list[Block] = []
    for position, (lead, text) in enumerate(told):
        mark = book.quote(marks[position]) if position < len(marks) else ()
        runs_on = bool(lead) and lead[-1].text.endswith((":", "："))
        found.append(Paragraph(text if runs_on else book.capital(text), (*mark, *book.capital(lead))))
    return found


def first_sentence(book: Ledger, text: str) -> tuple[Text, Text]:
    """Split a text of the study after its first sentence, which leads the paragraph."""
    most = 24 if book.language == "zh" else 75
    match = re.match(rf"(.{{2,{most}}}?(?:[。：]|[.:!?](?=\s)))\s*(.+)", text, flags=re.DOTALL)
    return (book.quote(match[1]), book.quote(match[2])) if match else ((), book.quote(text))


def _under(book: Ledger, picture: Picture) -> Text:
    """Return note and source; the annex describes the sources, so that a number is enough here."""
    note = book.say("layout.note", note=book.quote(picture.note)) if picture.note else ()
    cited = _listed(book, picture.cited or _used(book))
    marks = book.quote("".join(mark(book, source) for source in cited))
    source = book.say("layout.source", marks=marks) if cited else ()
    ground = book.quote(picture.ground.strip()) if picture.ground else ()
    return book.sentences([note, source, ground])


def _used(book: Ledger) -> list[str]:
    """Return the sources of the values behind the index."""
    used = book.facts.used
    return [str(source) for source in used["source"].dropna() if str(source)] if "source" in used else []


def _listed(book: Ledger, sources: Iterable[str]) -> list[str]:
    """Return sources once each, in the order of the annex."""
    listed = {source: at for at, source in enumerate(book.facts.table("sources").get("source", ()))}
    return sorted(set(sources), key=lambda source: (listed.get(source, len(listed)), source))


def mark(book: Ledger, source: str) -> str:
    """Return the number of a source in the annex, in brackets; one that the annex lacks stands for itself."""
    listed = list(book.facts.table("sources").get("source", ()))
    return f"[{listed.index(source) + 1}]" if source in listed else f"[{source}]"


def year(book: Ledger) -> Piece:
    """Claim the reference year of the study."""
    number = book.facts.settings.study.year
    return book.plain_number("year", number, str(number))


def level(book: Ledger) -> Piece:
    """Claim the level of the intervals."""
    uncertainty = book.facts.rule.uncertainty.level
    return book.share("interval level", uncertainty)


def _level(book: Ledger) -> dict[str, Piece]:
    facts = book.facts
    if not facts.ranked:
        return {"year": year(book)}
    definition = book.say(f"definition.{facts.definition}.name") if facts.definition else ()
    return {"level": level(book), "year": year(book), "definition": definition}


def places_count(book: Ledger) -> Piece:
    """Claim the number of ranked places."""
    return book.count("ranked places", len(book.facts.order))


def bar(book: Ledger) -> Piece:
    """Claim the study's bar for a firm tier."""
    tiering = book.facts.tiering
    return book.share("firm bar", tiering.firm if tiering else 0.8)
