"""What all sections of a diagnosis share: the ledger, the tables, names and numbers as sentences print them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Claim, Text
from innohub.brief.position.values import whole
from innohub.brief.tables import text
from innohub.catalog.coupling import parse_coupling
from innohub.catalog.scheme import Scheme, scheme
from innohub.chart import wording
from innohub.chart.ecosystem import Diagnosis
from innohub.chart.pillars import qualified
from innohub.chart.tables import records
from innohub.position.evidence.amount import amount
from innohub.study.ecosystem_section import EcosystemSection
from innohub.study.schema import Settings
from innohub.words import LANGUAGES, Language

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Held:
    """The tables of a brief as a diagnosis reads them: whole, whatever index they name."""

    settings: Settings
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table."""
        return self.tables[name]


class Known:
    """The diagnosis of a run, as the sections of a brief in one language need it."""

    def __init__(self, book: Ledger) -> None:
        self.book = book
        self.found = Diagnosis(Held(book.facts.settings, book.facts.tables))

    @cached_property
    def rule(self) -> EcosystemSection:
        """The study's section on the ecosystem."""
        return self.book.facts.settings.ecosystem or EcosystemSection()

    @property
    def coupled(self) -> bool:
        """Say whether the run has a coupling of all subsystems together."""
        return not self.found.state.empty

    @property
    def places(self) -> tuple[str, ...]:
        """The places to tell one by one."""
        return self.found.asked if self.found.few else ()

    def rows(self, name: str, place: str | None = None, **wanted: object) -> list[dict[str, Any]]:
        """Return the rows of a table as they stand, of one place and with some cells where these are given."""
        frame = self.found.table(name)
        if frame.empty:
            return []
        for column, value in ({"place": place} if place is not None else {}).items() | wanted.items():
            frame = frame[frame[column] == value]
        return records(frame)

    def now(self, name: str, place: str | None = None) -> list[dict[str, Any]]:
        """Return the rows of a table in the year to tell of."""
        return records(self.found.now(name, place))

    def state(self, place: str, variant: str | None = None) -> Row | None:
        """Return coupling, level, coordination and class of a place now; none where it has no coordination."""
        rows = self.found.of(variant or self.found.variant)
        if rows.empty:
            return None
        rows = rows[(rows["place"] == place) & (rows["year"] == self.found.year)].dropna(
            subset=["coordination"]
        )
        return records(rows)[0] if len(rows) else None

    @cached_property
    def scheme(self) -> Scheme | None:
        """The scheme that classes coordination."""
        return scheme(self.rule.scheme) if self.rule.scheme else None

    def place(self, place: str) -> Text:
        """Return the name of a place."""
        return self.book.name(place)

    def node(self, node: str) -> Text:
        """Return the name of a subsystem or indicator within a sentence."""
        return self.book.quote(self.book.within(self.found.name(node, self.book.language)))

    def nodes(self, nodes: Iterable[str]) -> Text:
        """Return such names as a list."""
        return self.series([self.node(node) for node in nodes])

    def series(self, names: Sequence[Text]) -> Text:
        """Return names as a list; where one of them holds an "and", no other joins them."""
        is_joined = any(" and " in span.text or "," in span.text for name in names for span in name)
        return self.book.join(names, ("clause" if is_joined else "list"))

    def group(self, group: str) -> Text:
        """Return the name of a group of constraints within a sentence."""
        return self.book.quote(self.book.within(self.found.group(group, self.book.language)))

    def variant(self, variant: str) -> Text:
        """Return the name of a variant of coupling within a sentence."""
        return self.book.quote(self.book.within(parse_coupling(variant).variant.label[self.book.language]))

    def grade(self, row: Row, stem: str = "class") -> Text:
        """Return the class of a row within a sentence."""
        return self.book.quote(
            self.book.within(text(row.get(f"{stem}_{self.book.language}")) or text(row[stem]))
        )

    def grade_name(self, grade: str) -> Text:
        """Return the name of a class by its id."""
        named = {one.id: one.title(self.book.language) for one in self.scheme.grades} if self.scheme else {}
        return self.book.quote(self.book.within(named.get(grade, grade)))

    def said(self, row: Row, stem: str = "name") -> Text:
        """Return what a row calls something in the language, else in the other."""
        return self.book.quote(self.told(row, stem))

    def told(self, row: Row, stem: str = "name") -> str:
        """Return what a row calls something as plain words."""
        other = "en" if self.book.language == "zh" else "zh"
        return text(row.get(f"{stem}_{self.book.language}")) or text(row.get(f"{stem}_{other}"))

    def number(self, key: str, value: float, digits: int = 3, **about: object) -> Claim:
        """Claim a number with so many decimals."""
        shown = wording.fixed(value, digits)
        return self.book.claim(f"diagnosis/{key}/{digits}", value, lambda _: shown, **about)

    def share(self, key: str, value: float, digits: int = 0, **about: object) -> Claim:
        """Claim a share as a percentage."""
        return self.book.share(f"diagnosis/{key}/{digits}", value, digits, **about)

    def chance(self, key: str, value: float, **about: object) -> Claim:
        """Claim a probability as sentences print it."""
        return self.book.claim(
            f"diagnosis/{key}/chance", value, lambda lang: wording.probability(value, lang), unit="%", **about
        )

    def chance_cell(self, key: str, value: float, **about: object) -> Piece:
        """Claim a probability as tables print it."""
        if missing(value):
            return "–"
        return self.book.claim(
            f"diagnosis/{key}/chance cell", value, lambda _: wording.percent(value), unit="%", **about
        )

    def cell(self, key: str, value: float, digits: int = 3, **about: object) -> Piece:
        """Claim a number of a table; a missing one is a dash."""
        return "–" if missing(value) else self.number(key, float(value), digits, **about)

    def few(self, key: str, number: int) -> Claim:
        """Claim a whole number as sentences print it."""
        return self.book.few(f"diagnosis/{key}", number)

    def span(self, key: str, row: Row, column: str, digits: int = 3, form: str = "span") -> Piece:
        """Claim a number with its interval in brackets, or the number alone; ``form`` names the words around it."""
        place = text(row.get("place"))
        about = {"year": whole(row.get("year")), "place": place}
        number = self.number(f"{key}/{column}", float(row[column]), digits, **about)
        low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
        if missing(low) or missing(high):
            return number if form == "span" else self.book.say(f"diagnosis.{form}_alone", value=number)
        ends = [
            self.number(f"{key}/{column}_{end}", float(row[f"{column}_{end}"]), digits, **about)
            for end in ("low", "high")
        ]
        return self.book.say(f"diagnosis.{form}", value=number, low=ends[0], high=ends[1])

    def value(self, key: str, row: Row, place: str, *, short: bool = False) -> Claim:
        """Claim a value of the study with its unit, linked to the row that holds it."""
        number, unit, source = float(row["value"]), text(row.get("unit")), text(row.get("source"))
        exact = text(row.get("qualifier"))
        forms: dict[Language, str] = {
            lang: qualified(amount(number, unit, lang, short=short), exact, lang) for lang in LANGUAGES
        }
        return self.book.claim(
            f"diagnosis/value/{key}/{'short' if short else 'full'}", number, lambda lang: forms[lang], unit=unit,
            year=whole(row.get("year")), place=place, sources=(source,) if source else (),
            file=text(row.get("file")), row=whole(row.get("row")),
        )  # fmt: skip

    def order(self, place: str) -> Claim:
        """Claim at which position a place stands by coordination."""
        at = list(self.found.state.index).index(place) + 1
        return self.book.claim(
            f"diagnosis/order/{place}", at, lambda lang: wording.ordinal(at, lang), place=place
        )

    def listed(self, names: Sequence[str], most: int = 6) -> Text:
        """Quote names as a list, where they are many the first of them."""
        told = self.book.join(
            [self.book.quote(name) for name in names[:most]], "list" if len(names) <= most else "comma_list"
        )
        return told if len(names) <= most else self.book.say("layout.and_others", names=told)


def missing(value: object) -> bool:
    """Say whether a cell has no number."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def parts(cell: object) -> list[str]:
    """Return the parts of a cell that holds several, separated by semicolons."""
    return [part for part in text(cell).split(";") if part]
