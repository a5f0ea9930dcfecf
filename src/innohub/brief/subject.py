"""What one subject of briefs consists of: which runs have it, its figures, and the parts of its document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from innohub.brief.facts import Facts
from innohub.brief.ledger import Ledger
from innohub.brief.model import Kind, Option, Paragraph, Section, Text
from innohub.brief.sections.blocks import Pictures


@dataclass(frozen=True)
class Front:
    """What stands before the sections, and the method behind them."""

    title: tuple[Text, ...]
    lead: Text
    messages: tuple[Text, ...]
    method: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Parts:
    """A document before it is laid out; the last two but one are sections of its annex."""

    front: Front
    sections: Sequence[Section]
    before_method: Sequence[Section] = ()
    after_method: Sequence[Section] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A matter that fills a brief of its own.

    Attributes
    ----------
    held : says whether a run has what the brief tells.
    figures : names of charts by kind of brief; a chart that the run cannot show is left out.
    parts : writes the parts of the document, entering each number into the ledger.
    """

    held: Callable[[Facts], bool]
    figures: Mapping[Kind, tuple[str, ...]]
    parts: Callable[[Ledger, Pictures, Kind], Parts]
