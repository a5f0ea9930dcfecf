"""What figures read from a run: the ranked places with their scores, ranks and tiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, cast

import pandas as pd

from innohub.chart import wording
from innohub.chart.palette import PLAIN, Look, looks
from innohub.errors import InnohubError
from innohub.fonts import missing_glyphs
from innohub.study.schema import Settings
from innohub.words import Language, words

MOST_ROWS = 36
UNKNOWN_SIGN = "〓"


class Results(Protocol):
    """What a figure needs of a run."""

    @property
    def settings(self) -> Settings:
        """The study's settings at the run."""

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the results."""


@dataclass(frozen=True)
class View:
    """A run seen by one figure in one language.

    ``places`` has one row a ranked place, in rank order, indexed by place: name, kind, lat, lon, score,
    score_low, score_high, rank, rank_low, rank_high, tier ("" if none).
    """

    results: Results
    language: Language
    index: str
    root: str
    year: int
    places: pd.DataFrame

    @property
    def shown(self) -> pd.DataFrame:
        """The places that get a row of their own: as many as fit a page, the first ranks."""
        return self.places.head(MOST_ROWS)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, of this index where the table has several; empty if the run has none."""
        frame = read_table(self.results, name)
        return frame[frame["index"] == self.index] if "index" in frame.columns else frame

    def say(self, key: str, /, **values: object) -> str:
        """Return a text of the chart room."""
        return words(self.language).say(f"chart.{key}", **values)

    @cached_property
    def tiers(self) -> Mapping[str, str]:
        """The names of the tiers by id, highest first."""
        section = self.results.settings.tiers
        if section is None or section.index != self.index:
            return {}
        return {tier.id: legible(tier.text(self.language)) for tier in section.names}

    @cached_property
    def looks(self) -> Mapping[str, Look]:
        """Colour and mark of every tier."""
        return looks(tuple(self.tiers))

    def look(self, tier: str) -> Look:
        """Return colour and mark of a tier."""
        return self.looks.get(tier, PLAIN)

    def tier_phrase(self, tier: str) -> str:
        """Return the name of a tier as it stands within a sentence."""
        name = self.tiers.get(tier, tier)
        return name[:1].lower() + name[1:] if self.language == "en" and not name.isupper() else name

    @cached_property
    def firm(self) -> float:
        """The probability from which a tier counts as certain."""
        section = self.results.settings.tiers
        return section.firm if section else 1.0

    @cached_property
    def definition(self) -> str:
        """The definition of tier probability that the study takes as its own."""
        section = self.results.settings.tiers
        return section.definition if section else ""

    @cached_property
    def noun(self) -> str:
        """What the places are called: cities, economies or regions."""
        kinds = set(self.places["kind"])
        kind = kinds.pop() if len(kinds) == 1 else "region"
        return self.say(f"noun.{kind if kind in {'city', 'country'} else 'region'}")

    @cached_property
    def title(self) -> str:
        """The name of the index."""
        named = self.results.settings.index[self.index].title.text(self.language)
        return legible(named or self.index)

    def score(self, value: float) -> str:
        """Print a score."""
        return wording.fixed(value, wording.decimals(float(self.places["score"].abs().max())))

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
    chosen = index or (settings.tiers.index if settings.tiers else next(iter(settings.index)))
    framework = read_table(results, "framework")
    roots = framework[(framework["index"] == chosen) & (framework["parent"].fillna("") == "")]["node"]
    scores = read_table(results, "scores")
    root = str(roots.iloc[0]) if len(roots) else chosen
    scores = scores[(scores["index"] == chosen) & (scores["node"] == root)].dropna(subset=["score", "rank"])
    year = settings.study.year if (scores["year"] == settings.study.year).any() else int(scores["year"].max())
    ranked = scores[scores["year"] == year].sort_values(["rank", "place"], kind="stable").set_index("place")
    known = read_table(results, "places").set_index("place").reindex(ranked.index)
    ranked["name"] = [_name(place, row, language) for place, row in known.iterrows()]
    for column in ("kind", "lat", "lon"):
        ranked[column] = known[column]
    ranked["tier"] = pd.Series(_tiers(results, chosen), dtype=object).reindex(ranked.index).fillna("")
    return View(results, language, chosen, root, year, ranked)


def read_table(results: Results, name: str) -> pd.DataFrame:
    """Return a table of a run; an empty one if the run does not have it."""
    try:
        return results.table(name)
    except (InnohubError, KeyError, FileNotFoundError):
        return pd.DataFrame()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def bilingual(row: Mapping[str, Any], stem: str, language: Language) -> str:
    """Return a text of a row in a language, else in the other, else empty."""
    other = "en" if language == "zh" else "zh"
    texts = (row.get(f"{stem}_{language}"), row.get(f"{stem}_{other}"))
    return next((legible(text) for text in texts if isinstance(text, str) and text), "")


def legible(text: str) -> str:
    """Replace characters that the font lacks by the printers' mark 〓; the brief reports them."""
    lacking = missing_glyphs(text)
    return "".join(UNKNOWN_SIGN if sign in lacking else sign for sign in text)


def _name(place: object, row: "pd.Series[Any]", language: Language) -> str:
    return bilingual(cast("Mapping[str, Any]", row), "name", language) or legible(str(place))


def _tiers(results: Results, index: str) -> dict[str, str]:
    """Return the tier of each place, if the index has tiers."""
    section, tiers = results.settings.tiers, read_table(results, "tiers")
    if section is None or section.index != index or tiers.empty:
        return {}
    rows = tiers[tiers["assigned"].astype(bool)].drop_duplicates("place")
    return dict(zip(rows["place"], rows["tier"], strict=True))
