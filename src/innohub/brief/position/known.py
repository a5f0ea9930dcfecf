"""What all sections of a positioning share: the ledger, the grids, names as sentences print them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from innohub.brief.facts import Facts
from innohub.brief.ledger import Ledger
from innohub.brief.model import Block, Claim, Text
from innohub.brief.position.telling import Teller
from innohub.brief.position.values import Values
from innohub.brief.sections.blocks import Pictures, figure
from innohub.brief.tables import text
from innohub.chart import wording
from innohub.chart.functions import Cell, Column, Function, Grid
from innohub.chart.tables import records
from innohub.position.function.claim import SUPPORTED, WIDER
from innohub.position.function.relation import Relation
from innohub.study.position_section import PositionSection

ARGUED = "argued"
# Tables beside the grid of which each row is about a place that the study positions.
_OWN = (
    "conditions", "similar", "model_fit", "modes", "checklist_counts", "stages", "targets", "technologies",
    "equivalents", "laboratories", "centre_path",
)  # fmt: skip
# Further tables that a positioning can tell of, though it may have no grid.
_BESIDE = (
    *_OWN,
    "comparison",
    "cases",
    "triangle",
    "balance",
    "rollups",
    "local_types",
    "hub_position",
    "classes",
)


@dataclass(frozen=True)
class Stated:
    """A position that a text states, beside what the grid says of it."""

    place: str
    function: str
    scope: str
    year: int | None
    computed: str
    verdict: str
    basis: str
    ready_year: int | None
    text: str


def is_positioned(facts: Facts) -> bool:
    """Say whether a run has anything that a brief on positions tells."""
    return facts.settings.position is not None and any(map(facts.has, ("positions", *_BESIDE)))


class Known:
    """The positioning of a run, as the sections of a brief in one language need it."""

    def __init__(self, book: Ledger) -> None:
        self.book = book
        self.values = Values(book.facts)
        self.tell = Teller(book, self.values)

    @cached_property
    def rule(self) -> PositionSection | None:
        """The study's section on positions."""
        return self.book.facts.settings.position

    @property
    def bar(self) -> float:
        """The share of peers to pass."""
        return self.rule.bar if self.rule else PositionSection.model_fields["bar"].default

    @property
    def least(self) -> int:
        """The fewest peers that can tell."""
        default = PositionSection.model_fields["min_peers"].default
        return self.rule.min_peers if self.rule else default

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The grid of each place that is positioned."""
        return tuple(self.values.grid(place, self.book.language) for place in self.values.places)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that are positioned, by the grid or beside it."""
        if self.values.places:
            return self.values.places
        named = (self.book.facts.table(table).get("place", ()) for table in _OWN)
        return tuple(dict.fromkeys(str(place) for column in named for place in column))

    def rows(self, table: str, **wanted: object) -> list[dict[str, Any]]:
        """Return the rows of a table whose columns hold what is wanted."""
        frame = self.book.facts.table(table)
        for column, value in wanted.items():
            frame = frame[frame[column] == value] if column in frame else frame.head(0)
        return records(frame)

    def figures(self, name: str, pictures: Pictures) -> list[Block]:
        """Return the figure of a name, or of several places one each; empty without a name."""
        own = [picture for picture in pictures if picture.partition(":")[0] == name]
        return [block for picture in own for block in figure(self.book, picture, pictures)]

    def whose(self, place: str, name: Text) -> Text:
        """Put the name of the place before the head of a row where several are positioned."""
        book = self.book
        if len(self.places) < 2:
            return book.capital(name)
        return book.say("position.annex.whose", place=book.name(place), function=name)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every comparison behind the grids, once."""
        return tuple(
            relation
            for grid in self.grids
            for function in grid.functions
            for one in self.values.evidence(grid.place, function.id)
            for relation in one.relations
        )

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """The positions that the study states and that name a function."""
        rows = [row for row in records(self.book.facts.table("position_claims")) if text(row.get("function"))]
        language = self.book.language
        other = "en" if language == "zh" else "zh"
        return tuple(
            Stated(
                str(row["place"]), str(row["function"]), str(row["claimed_scope"]), _year(row.get("claimed_year")),
                text(row.get("computed_scope")), str(row["verdict"]), text(row.get("basis")),
                _year(row.get("ready_year")),
                text(row.get(f"text_{language}")) or text(row.get(f"text_{other}")),
            )
            for row in rows
            if text(row.get("part")) in ("", ARGUED)
        )  # fmt: skip

    def by_verdict(self, place: str, verdict: str) -> tuple[Stated, ...]:
        """Return the stated positions of a place with a verdict."""
        return tuple(one for one in self.stated if one.place == place and one.verdict == verdict)

    def narrower(self, place: str) -> tuple[Stated, ...]:
        """Return the stated positions whose scope is narrower than the evidence reaches."""
        order = [column.scope for grid in self.grids[:1] for column in grid.columns]
        return tuple(
            one
            for one in self.by_verdict(place, SUPPORTED)
            if one.computed in order
            and one.scope in order
            and order.index(one.computed) < order.index(one.scope)
        )

    def wider(self) -> tuple[Stated, ...]:
        """Return the stated positions that are wider than the evidence."""
        return tuple(one for one in self.stated if one.verdict == WIDER)

    def count(self, key: str, number: int) -> Claim:
        """Claim a whole number as sentences print it."""
        return self.book.few(f"position/{key}", number)

    def scope(self, scope: str) -> Text:
        """Return the name of a scope as it stands within a sentence."""
        named = {column.scope: column.name for grid in self.grids for column in grid.columns}
        return self.book.quote(named.get(scope, scope))

    def scopes(self, scopes: Iterable[str]) -> Text:
        """Return the names of scopes as a list, each once."""
        return self.book.join([self.scope(scope) for scope in dict.fromkeys(scopes)])

    def column(self, column: Column) -> Text:
        """Return the name of a scope, with the letter of its peer set where it has several."""
        name = self.book.capital(self.scope(column.scope))
        return (*name, *self.book.quote(f" {column.letter}")) if column.letter else name

    def level(self, column: Column) -> Text:
        """Return a scope as a sentence speaks of it."""
        key = "position.level_set" if column.letter else "position.level"
        return self.book.say(key, scope=self.scope(column.scope), letter=self.book.quote(column.letter))

    def sets(self) -> Text:
        """Say what the letters of the peer sets stand for; empty where no scope has several."""
        book = self.book
        parts = [
            book.say(
                "position.set", letter=book.quote(column.letter), set=book.quote(book.within(column.set_name))
            )
            for grid in self.grids[:1]
            for column in grid.columns
            if column.letter
        ]
        return book.say("position.sets", list=book.join(parts, "clause")) if parts else ()

    def function(self, function: Function) -> Text:
        """Return the name of a function."""
        return self.book.quote(function.name)

    def functions(self, functions: Sequence[Function]) -> Text:
        """Return the names of functions as a list."""
        return self.book.join([self.function(function) for function in functions])

    def name_of(self, function: str) -> Text:
        """Return the name of a function by its id."""
        for grid in self.grids:
            for known in grid.functions:
                if known.id == function:
                    return self.function(known)
        return self.book.quote(function)

    def position(self, function: str) -> str:
        """Return the position that the catalogue or the study names for a function, empty for none."""
        return next((f.position for grid in self.grids for f in grid.functions if f.id == function), "")

    def share(self, key: str, value: float) -> Claim:
        """Claim a share of peers passed; one below the limit is not printed as the limit."""
        digits = next((n for n in range(6) if _apart(value, self.bar, n)), 6)
        return self.book.share(f"position/{key}", value, digits)

    def bar_claim(self) -> Claim:
        """Claim the share of peers to pass."""
        return self.book.claim("position/bar", self.bar, lambda _: wording.level(self.bar), unit="%")

    def cell_key(self, grid: Grid, cell: Cell) -> str:
        """Name a cell of a grid."""
        return f"{grid.place}/{cell.function}/{cell.scope}/{cell.set}"


def _apart(value: float, bar: float, digits: int) -> bool:
    """Say whether a share and the limit print apart, unless they are the same."""
    return value == bar or wording.exact(value, digits) != wording.exact(bar, digits)


def _year(value: object) -> int | None:
    return None if value is None or value != value else _whole(value)  # noqa: PLR0124 - only NaN differs from itself


def _whole(value: object) -> int | None:
    told = str(value)
    return int(float(told)) if told not in ("", "<NA>") else None
