"""Facts of a text: each quantity with its place, indicator and year, and how surely each of these is told."""

from dataclasses import dataclass

from innohub.position.claims.link import Indicator, Link
from innohub.position.claims.mention import Gazetteer, Place, Year
from innohub.position.claims.quantity import Quantity
from innohub.position.claims.scene import Scene
from innohub.position.claims.signs import Sentence


@dataclass(frozen=True)
class Known:
    """What a study knows: the names of its places, its indicators."""

    names: Gazetteer
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Fact:
    """A quantity of a text and what it is about.

    Attributes
    ----------
    place, place_name : id in the study (empty for none) and the name as written.
    place_told, year_told : whether the sentence itself tells, rather than one before it.
    year, since : the year, and the first year of a period.
    phrase : the words that name the indicator; ``link`` is the study's indicator that they mean.
    whole, other : the words of what a share is of, or a multiple is compared with; their places in ``whole_place``,
        ``other_place`` (``nation`` and ``world`` where the words say so).
    planned : whether the sentence tells of a plan.
    """

    scene: Scene
    quantity: Quantity
    place: str = ""
    place_name: str = ""
    place_told: bool = False
    year: int | None = None
    since: int | None = None
    year_told: bool = False
    phrase: str = ""
    link: Link | None = None
    whole: str = ""
    whole_place: str = ""
    other: str = ""
    other_place: str = ""
    planned: bool = False

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.scene.sentence

    @property
    def quote(self) -> str:
        """The sentence as written."""
        return self.sentence.raw


@dataclass(frozen=True)
class Carried:
    """What earlier sentences of a paragraph have named."""

    place: Place | None = None
    year: Year | None = None
    phrase: str = ""
