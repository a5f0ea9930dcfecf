"""The ledger of a brief in the writing: texts are said by key, and every number said becomes a claim."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from string import Formatter

from innohub.brief.facts import Facts
from innohub.brief.model import Claim, Span, Text
from innohub.chart import wording
from innohub.position.tier.definitions import Definition
from innohub.words import LANGUAGES, Language, words

Piece = Claim | Text | str


class Ledger:
    """Collects the claims of one brief while its sentences are put together."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts = facts
        self.language = language
        self.claims: dict[str, Claim] = {}
        self._words = words(language)
        self._noun = facts.noun

    def has(self, key: str) -> bool:
        """Say whether the words of the brief have a text at a key."""
        return self._words.has(f"brief.{key}")

    def label(self, key: str) -> str:
        """Return a fixed word of the brief."""
        return str(self._words.get(f"brief.{key}"))

    def labels(self, key: str) -> tuple[str, ...]:
        """Return a list of fixed words of the brief."""
        return tuple(self._words.get(f"brief.{key}"))

    def say(self, key: str, /, **values: Piece) -> Text:
        """Return the text at ``brief.<key>`` with claims, texts and names in its placeholders."""
        common = {part: self.label(f"noun.{self._noun}.{part}") for part in ("unit", "units")}
        known: dict[str, Piece] = {**common, **values}
        spans: list[Span] = []
        for before, name, _, _ in Formatter().parse(self.label(key)):
            spans += [Span(before)] if before else []
            if name is not None:
                spans += self._spans(known[name])
        return tuple(spans)

    def say_of(self, key: str, number: int, /, **values: Piece) -> Text:
        """Return the text at a key; for a single thing its form for one, where the words have it."""
        one = f"{key}_one"
        return self.say(one if number == 1 and self.has(one) else key, **values)

    def _spans(self, piece: Piece) -> Text:
        if isinstance(piece, Claim):
            return (Span(piece.printed[self.language], "claim", piece.id),)
        return (Span(piece),) if isinstance(piece, str) else piece

    def join(self, pieces: Sequence[Piece], form: str = "list") -> Text:
        """Join pieces as a list in the language: 甲、乙、丙 / a, b and c."""
        middle, last = self.label(f"join.{form}.middle"), self.label(f"join.{form}.last")
        spans: list[Span] = []
        for position, piece in enumerate(pieces):
            if position:
                spans.append(Span(last if position == len(pieces) - 1 else middle))
            spans += self._spans(piece)
        return tuple(spans)

    def sentences(self, texts: Iterable[Text]) -> Text:
        """Put sentences one after the other, each with a capital in English."""
        gap = (Span(" "),) if self.language == "en" else ()
        parts = [self.capital(text) for text in texts if text]
        return tuple(span for n, part in enumerate(parts) for span in ((*gap, *part) if n else part))

    def capital(self, text: Text) -> Text:
        """Return a text with its first letter large."""
        if not text or self.language == "zh":
            return text
        first = text[0]
        return (Span(first.text[:1].upper() + first.text[1:], first.kind, first.claim), *text[1:])

    def quote(self, text: object) -> Text:
        """Return words of the study or the catalogue, taken as they are."""
        return (Span(str(text), "quote"),) if str(text) else ()

    def name(self, place: str) -> Text:
        """Return the name of a place."""
        return self.quote(self.facts.place_name(place, self.language))

    def names(self, places: Iterable[str]) -> Text:
        """Return the names of places as a list."""
        return self.join([self.name(place) for place in places])

    def node(self, node: str) -> Text:
        """Return the name of an indicator or node as it stands within a sentence."""
        return self.quote(self.within(self.facts.node_name(node, self.language)))

    def node_list(self, nodes: Iterable[str]) -> Text:
        """Return the names of indicators as a list."""
        return self.join([self.node(node) for node in nodes])

    def within(self, name: str) -> str:
        """Return a name as it stands within a sentence: an English one that is not a proper name starts small."""
        proper = self.language == "zh" or not name[1:2].islower() or re.search(r"[\s-][A-Z][a-z]", name)
        return name if proper else name[:1].lower() + name[1:]

    def tier(self, tier: str) -> Text:
        """Return the name of a tier."""
        return self.quote(self.facts.tier_name(tier, self.language))

    def claim(self, key: str, value: float | str, show: Callable[[Language], str], **more: object) -> Claim:
        """Enter a claim once and return it."""
        if key not in self.claims:
            printed = {language: show(language) for language in LANGUAGES}
            about = {"year": self.facts.settings.study.year, **more}
            self.claims[key] = Claim(id=key, value=value, printed=printed, **about)  # type: ignore[arg-type]
        return self.claims[key]

    def count(self, key: str, number: int) -> Claim:
        """Claim a whole number, printed in figures."""
        return self.claim(f"count/{key}", number, lambda language: wording.count(number, language))

    def few(self, key: str, number: int) -> Claim:
        """Claim a whole number, printed as sentences do."""
        return self.claim(f"few/{key}", number, lambda language: wording.few(number, language))

    def word(self, key: str, number: int) -> Claim:
        """Claim a small whole number, printed as a word."""
        return self.claim(f"word/{key}", number, lambda language: wording.word(number, language))

    def plain_number(self, key: str, value: float | str, text: str, unit: str = "", **more: object) -> Claim:
        """Claim a number that is printed alike in both languages."""
        return self.claim(f"number/{key}", value, lambda _: text, unit=unit, **more)

    def fixed(self, key: str, value: float, digits: int, **more: object) -> Claim:
        """Claim a number of a result table, printed with so many decimals."""
        text = wording.fixed(value, digits)
        return self.claim(f"number/{key}", value, lambda _: text, **more)

    def when(self, year: int) -> Claim:
        """Claim a year."""
        return self.plain_number(f"year/{year}", year, str(year), year=year)

    def share(self, key: str, value: float, digits: int = 0, **more: object) -> Claim:
        """Claim a share of one, printed as a percentage."""
        text = wording.exact(value, digits)
        return self.claim(f"number/{key}", value, lambda _: text, unit="%", **more)

    def rank(self, place: str) -> Claim:
        """Claim a rank with its interval, as sentences print it."""
        row = self.facts.numbers[place]
        numbers = (row["rank"], row["rank_low"], row["rank_high"])
        return self.claim(
            f"rank/{place}", numbers[0], lambda lang: wording.rank(*numbers, lang), **self._of(place)
        )

    def score(self, place: str) -> Claim:
        """Claim a score with its interval, as sentences print it."""
        row = self.facts.numbers[place]
        text = self._score(row["score"])
        low, high = row["score_low"], row["score_high"]

        def show(language: Language) -> str:
            if math.isnan(low) or math.isnan(high):
                return text
            inner = wording.between(self._score(low), self._score(high), language)
            return f"{text}（{inner}）" if language == "zh" else f"{text} ({inner})"

        return self.claim(f"score/{place}", row["score"], show, **self._of(place))

    def cell(self, place: str, column: str) -> Claim:
        """Claim one column of the score table: ``rank``, ``score`` or an interval (``rank_low``, ``score_low``)."""
        row = self.facts.numbers[place]
        digits = self._score if column.startswith("score") else lambda value: f"{round(value)}"

        def show(language: Language) -> str:
            if math.isnan(row[column]):
                return "–"
            if not column.endswith("_low"):
                return digits(row[column])
            return wording.between(
                digits(row[column]), digits(row[column.replace("_low", "_high")]), language
            )

        return self.claim(f"{column}_cell/{place}", row[column], show, **self._of(place))

    def chance(self, place: str, tier: str, definition: Definition) -> Claim:
        """Claim a tier probability, as sentences print it."""
        value = self.facts.chance(place, tier, definition)
        return self.probability(f"tier/{definition}/{tier}/{place}", value, place)

    def chance_cell(self, place: str, tier: str, definition: Definition) -> Claim:
        """Claim a tier probability, as tables print it."""
        value = self.facts.chance(place, tier, definition)
        text = "–" if math.isnan(value) else wording.percent(value, self.facts.firm)
        return self.claim(f"tier_cell/{definition}/{tier}/{place}", value, lambda _: text, place=place)

    def win(self, place: str, other: str) -> Claim:
        """Claim the probability that one place scores higher than another."""
        value = self.facts.wins[place, other]
        return self.claim(
            f"win/{place}/{other}", value, lambda lang: wording.probability(value, lang), place=place
        )

    def probability(self, key: str, value: float, place: str = "") -> Claim:
        """Claim a probability that is read against the study's bar."""
        bar = self.facts.firm
        return self.claim(key, value, lambda lang: wording.probability(value, lang, bar), place=place)

    def value(self, place: str, indicator: str) -> Claim:
        """Claim an indicator's value with its unit."""
        number, unit, source = self.facts.values[place, indicator]
        forms = {language: wording.value(number) + self._unit(unit, language) for language in LANGUAGES}
        more = {"unit": unit, "place": place, "sources": (source,)}
        return self.claim(f"value/{indicator}/{place}", number, lambda lang: forms[lang], **more)

    @staticmethod
    def _unit(unit: str, language: Language) -> str:
        if unit.startswith("%"):
            return "%"
        return (
            words(language).quantity("", unit)
            if language == "zh"
            else f" {words(language).name('unit', unit)}".rstrip()
        )

    def _score(self, value: float) -> str:
        return wording.score(value, self.facts.spread)

    def _of(self, place: str) -> dict[str, object]:
        sources = {source for (its, _), (_, _, source) in self.facts.values.items() if its == place}
        return {"place": place, "sources": tuple(sorted(sources))}
