"""Rows of what registers hold of platforms, policies, transfer, finance, talent and chains.

``webui/src/types_registers.ts`` declares the same.
"""

from typing import TypedDict

from innohub.web.schema_basic import Text


class RegisterLabel(TypedDict):
    """A text of the registers in both languages."""

    text: str
    name: Text
    file: str
    row: int | None


class PlatformClass(TypedDict):
    """The platforms of a class."""

    place: str
    grade: str
    class_name: Text
    entries: int | None
    ids: list[str]


class Completeness(TypedDict):
    """How complete the platforms of a place are."""

    place: str
    platforms: int | None
    present: int | None
    wanted: int | None
    missing: list[str]
    other: int | None
    unclassed: int | None
    complete: bool


class SetQuery(TypedDict):
    """Which of the values wanted a place has."""

    place: str
    query: str
    title: Text
    register: str
    column: str
    wanted: list[str]
    have: list[str]
    lacking: list[str]
    all: bool
    ids: list[str]


class OnlyTest(TypedDict):
    """The test of a claim to be the only one."""

    place: str
    query: str
    title: Text
    register: str
    column: str
    verdict: str
    complete: bool
    compared: int | None
    others: list[str]
    lacking: list[str]
    nearest: list[str]
    nearest_lacking: str


class PolicyStack(TypedDict):
    """A general document and what supports it."""

    place: str
    general: str
    name: Text
    supporting: int | None
    topics: list[str]
    instruments: list[str]
    first_year: int | None
    last_year: int | None
    complete: bool


class FiveOnes(TypedDict):
    """Which of the five ones a project or district has."""

    place: str
    by: str
    name: str
    institution: bool
    team: bool
    results: bool
    fund: bool
    park: bool
    score: int | None
    missing: list[str]


class DistrictCover(TypedDict):
    """How many districts have an institution."""

    place: str
    districts: int | None
    served: int | None
    share: float | None
    served_names: list[str]
    without: list[str]


class FinanceCover(TypedDict):
    """Whether a slot of finance serves a stage."""

    place: str
    slot: str
    stage: str
    entries: int | None
    covered: bool


class FinanceRatio(TypedDict):
    """Leverage, or an amount each."""

    place: str
    entry: str
    name: Text
    slot: str
    measure: str
    value: float | None
    unit: str
    qualifier: str
    above: str
    below: str
    file: str
    row: int | None


class Rung(TypedDict):
    """A rung of the talent ladder."""

    place: str
    year: int | None
    rung: str
    count: int | None
    share: float | None
    to_lower: float | None
    inverted: bool
    growth: float | None
    entries: int | None


class ChainLinks(TypedDict):
    """Weak and strong links of a chain."""

    place: str
    chain: str
    links: int | None
    weak: int | None
    middle: int | None
    strong: int | None
    not_stated: int | None
    weak_share: float | None
    weak_links: list[str]
    strong_links: list[str]


class ScopeCount(TypedDict):
    """How many firsts claim a scope."""

    place: str
    scope: str
    entries: int | None
    undated: int | None
