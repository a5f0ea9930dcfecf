"""What figures read from a run: the ranked places with their scores, ranks and tiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import pandas as pd

from innohub.chart import wording
from innohub.chart.palette import PLAIN, Look, looks
from innohub.chart.tables import (
    Results,
    assigned_tiers,
    chosen_index,
    common_kind,
    in_sentence,
    of_index,
    ranking,
    read_table,
    root_node,
)
from innohub.fonts import missing_glyphs
from innohub.position.tier.definitions import Definition, definitions, own_definition
from innohub.study.schema import TiersSection
from innohub.words import Language, words

MOST_ROWS = 36
UNKNOWN_SIGN = "〓"
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class View:
    """A run seen by one figure in one language.

    ``places`` has one row a ranked place, in rank order, indexed by place: name, kind, lat, lon, score,
    score_low, score_high, rank, rank_low, rank_high, tier ("" if none). ``place`` is the place of a figure that
    shows a single one, empty for the first.
    """

    results: Results
    language: Language
    index: str
    root: str
    year: int
    places: pd.DataFrame
    place: str = ""

    @property
    def shown(self) -> pd.DataFrame:
        """The places that get a row of their own: as many as fit a page, the first ranks."""
        return self.places.head(MOST_ROWS)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, of this index where the table has several; empty if the run has none."""
        return of_index(read_table(self.results, name), self.index)

    def say(self, key: str, /, **values: object) -> str:
        """Return a text of the chart room."""
        return words(self.language).say(f"chart.{key}", **values)

    @cached_property
    def tiering(self) -> TiersSection | None:
        """The tiers' section of the settings, if it is about this index."""
        section = self.results.settings.tiers
        return section if section and section.index == self.index else None

    @cached_property
    def tiers(self) -> Mapping[str, str]:
        """The names of the tiers by id, highest first."""
        names = self.tiering.names if self.tiering else ()
        return {tier.id: legible(tier.text(self.language)) for tier in names}

    @cached_property
    def looks(self) -> Mapping[str, Look]:
        """Colour and mark of every tier."""
        return looks(tuple(self.tiers))

    def look(self, tier: str) -> Look:
        """Return colour and mark of a tier."""
        return self.looks.get(tier, PLAIN)

    def tier_phrase(self, tier: str) -> str:
        """Return the name of a tier as it stands within a sentence."""
        return in_sentence(self.tiers.get(tier, tier), self.language)

    @cached_property
    def firm(self) -> float:
        """The probability from which a tier counts as certain."""
        return self.tiering.firm if self.tiering else 1.0

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of tier probability that the run has, the study's own first."""
        if self.tiering is None:
            return ()
        known = definitions(self.tiering, self.table("tiers"))
        own = own_definition(self.tiering, known)
        return tuple(sorted(known, key=lambda name: name != own))

    @cached_property
    def noun(self) -> str:
        """What the places are called: cities, economies or regions."""
        return self.say(f"noun.{common_kind(self.places['kind'])}")

    @cached_property
    def title(self) -> str:
        """The name of the index."""
        named = self.results.settings.index[self.index].title.text(self.language)
        return legible(named or self.index)

    def score(self, value: float) -> str:
        """Print a score."""
        return wording.score(value, float(self.places["score"].abs().max()))

    def names(self, places: list[str]) -> str:
        """Join the names of places."""
        return wording.listing([str(self.places["name"][place]) for place in places], self.language)

    def subject(self, places: list[str], most: int = 3) -> str:
        """Name a few places, or count many."""
        if len(places) <= most:
            return self.names(places)
        return self.say("count", count=len(places), noun=self.noun)


def read(results: Results, language: Language, index: str | None = None) -> View:
    """Read a run for one index: the tiers' index, else the first."""
    settings = results.settings
    chosen = chosen_index(settings, index)
    root = root_node(of_index(read_table(results, "framework"), chosen), chosen)
    ranked = ranking(of_index(read_table(results, "scores"), chosen), root, settings.study.year)
    known = read_table(results, "places").set_index("place").reindex(ranked.index)
    ranked["name"] = [_name(place, row, language) for place, row in known.iterrows()]
    for column in ("kind", "lat", "lon"):
        ranked[column] = known[column]
    tiered = settings.tiers is not None and settings.tiers.index == chosen
    tiers = assigned_tiers(read_table(results, "tiers")) if tiered else {}
    ranked["tier"] = pd.Series(tiers, dtype=object).reindex(ranked.index).fillna("")
    year = int(ranked["year"].iloc[0]) if len(ranked) else settings.study.year
    return View(results, language, chosen, root, year, ranked)


def bilingual(row: Mapping[str, Any], stem: str, language: Language) -> str:
    """Return a text of a row in a language, else in the other, else empty."""
    other = "en" if language == "zh" else "zh"
    texts = (row.get(f"{stem}_{language}"), row.get(f"{stem}_{other}"))
    text = next((legible(text) for text in texts if isinstance(text, str) and text), "")
    # the face of the figures draws curly marks a full character wide, which leaves holes in English
    return text.translate(STRAIGHT) if language == "en" else text


def legible(text: str) -> str:
    """Replace characters that the font lacks by the printers' mark 〓; the brief reports them."""
    lacking = missing_glyphs(text)
    return "".join(UNKNOWN_SIGN if sign in lacking else sign for sign in text)


def _name(place: object, row: "pd.Series[Any]", language: Language) -> str:
    return bilingual(cast("Mapping[str, Any]", row), "name", language) or legible(str(place))
