"""A figure as it is handed to a brief or a reader: picture, words and size."""

from dataclasses import dataclass

from matplotlib.figure import Figure

from innohub.words import Language

# How many places have a figure of their own where a figure shows a single place.
MOST_PLACES = 4


@dataclass(frozen=True)
class Picture:
    """A drawn figure with the words that belong around it.

    ``svg`` keeps text as text in the family Innohub Sans; ``png`` shows the same at 300 dots per inch. The
    picture itself carries no title: ``title`` is its message, ``subtitle`` says what is measured, ``note``
    how to read it and how sure it is, ``source`` where the numbers come from, ``alt`` describes it to a
    reader who does not see it. ``ground`` is the end of ``source`` that names the ground of a map, ``cited``
    the sources by id of a figure that does not rest on an index. Sizes are in millimetres.
    """

    name: str
    language: Language
    svg: bytes
    png: bytes
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    width_mm: float
    height_mm: float
    ground: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spot:
    """Where a part of a figure stands, in millimetres from the top left corner."""

    left: float
    top: float
    wide: float


@dataclass(frozen=True)
class Drawing:
    """A figure before it is printed, with its words; the album adds the source."""

    figure: Figure
    title: str
    subtitle: str
    note: str
    alt: str
    ground: str = ""
    cited: tuple[str, ...] = ()
