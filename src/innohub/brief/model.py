"""The brief as data: what is said, in which order, and the claim behind every number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from innohub.words import Language

Kind = Literal["gongwen", "policy"]
SpanKind = Literal["text", "claim", "quote"]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Claim:
    """One number that a brief states: where it is from, and how it is printed in each language.

    ``file`` and ``row`` name the row of the study that holds it, for a number that was not computed.
    """

    id: str
    value: float | str
    unit: str = ""
    year: int | None = None
    place: str = ""
    sources: tuple[str, ...] = ()
    printed: Mapping[Language, str] = field(default_factory=dict)
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Span:
    """A piece of text: the brief's own words, a claim (by id), or a quotation from the study or the catalogue."""

    text: str
    kind: SpanKind = "text"
    claim: str = ""


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """Return a text without its marks.

    >>> plain((Span("rank "), Span("2nd", "claim", "rank/a")))
    'rank 2nd'
    """
    return "".join(span.text for span in text)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` is its opening, set off from the rest."""

    text: Text
    lead: Text = ()


@dataclass(frozen=True)
class Table:
    """A table: caption, head, rows of texts, the share of the width and the alignment of each column, a note."""

    id: str
    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...]
    note: Text = ()


@dataclass(frozen=True)
class Figure:
    """A picture with its caption, description and source; ``svg`` may be empty."""

    id: str
    caption: Text
    alt: str
    png: bytes
    svg: bytes
    width_mm: float
    height_mm: float
    subtitle: Text = ()
    note: Text = ()


Block = Paragraph | Table | Figure


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and what stands under it."""

    level: int
    heading: Text
    blocks: tuple[Block, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Option:
    """A way to act, judged by effect, cost, equity and implementation."""

    name: Text
    effect: Text
    cost: Text
    equity: Text
    implementation: Text

    def parts(self) -> tuple[Text, ...]:
        """Return the name and the four judgements, in the order of the table's head."""
        return self.name, self.effect, self.cost, self.equity, self.implementation


@dataclass(frozen=True)
class Masthead:
    """What stands above the title."""

    organ: str = ""
    kind: str = ""
    issue: str = ""
    mark: str = ""
    date: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Labels:
    """The fixed words of the layout in the language of the brief."""

    key_messages: str
    options: str
    option_head: tuple[str, ...]
    method: str
    annex: str
    annex_mark: str
    replaced_type: str
    missing_type: str
    figure: str
    table: str
    contact: str


@dataclass(frozen=True)
class Brief:
    """One brief in one language: everything that any writer prints."""

    kind: Kind
    language: Language
    masthead: Masthead
    title: tuple[Text, ...]
    subtitle: Text
    lead: Text
    key_messages: tuple[Text, ...]
    sections: tuple[Section, ...]
    options: tuple[Option, ...]
    method: tuple[Paragraph, ...]
    annex: tuple[Section, ...]
    claims: Mapping[str, Claim]
    labels: Labels
    run_id: str = ""

    def heading(self) -> str:
        """Return the title on one line, as file properties want it."""
        return ("，" if self.language == "zh" else " ").join(plain(line) for line in self.title)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Yield every printed text with the name of the part that it stands in."""
        for line in self.title:
            yield "title", line
        yield "subtitle", self.subtitle
        yield "lead", self.lead
        yield from (("key message", text) for text in self.key_messages)
        for section in self.sections:
            yield from _texts_of(section)
        for option in self.options:
            yield from (("option", part) for part in option.parts())
        for paragraph in self.method:
            yield from (("method", part) for part in (paragraph.lead, paragraph.text))
        for section in self.annex:
            yield from _texts_of(section)

    def figures(self) -> Iterator[Figure]:
        """Yield the pictures in the order in which they stand."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Figure))


def _texts_of(section: Section) -> Iterator[tuple[str, Text]]:
    name = plain(section.heading)
    yield name, section.heading
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield name, block.lead
            yield name, block.text
        elif isinstance(block, Table):
            yield from ((block.id, text) for text in (block.caption, *block.head, block.note))
            yield from ((block.id, cell) for row in block.rows for cell in row)
        else:
            yield from ((block.id, text) for text in (block.caption, block.subtitle, block.note))
