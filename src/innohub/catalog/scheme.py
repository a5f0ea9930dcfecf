"""Class schemes as data files: classes with limits, source, edition, and which end of each class is closed."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import inf
from typing import Any, Literal

from innohub.errors import Finding, ModelError
from innohub.words import Language

Kind = Literal["limits", "names", "deviation", "breadth", "ratings", "breaks", "scope"]
Side = Literal["left", "right", ""]
KINDS = ("limits", "names", "deviation", "breadth", "ratings", "breaks", "scope")
STATUSES = ("verified", "read", "from description", "names only")
_NEEDED = ("scheme", "kind", "zh", "en", "edition", "status", "source", "unknown_zh", "unknown_en", "class")


@dataclass(frozen=True)
class Grade:
    """One class of a scheme: its names, its interval, and what the source says of the two ends.

    ``closed_below`` and ``closed_above`` say whether the class holds its own lower and upper limit; ``None``
    where the source is silent. ``breadth`` and ``balance`` are used by schemes of the kind ``breadth`` only.
    """

    id: str
    label: Mapping[str, str]
    low: float
    high: float
    closed_below: bool | None = None
    closed_above: bool | None = None
    breadth: float | None = None
    balance: float | None = None

    def title(self, language: Language) -> str:
        """Return the name of the class in a language."""
        return self.label[language]


@dataclass(frozen=True)
class Scheme:
    """A named, dated class scheme, classes from the highest down.

    ``closed`` is ``left`` when a value equal to a limit belongs to the upper class, ``right`` when it belongs to
    the lower one, empty where the source does not say. ``domain`` holds the least and the greatest possible value.
    ``relative`` marks schemes of values in per cent of a reference. ``parameters`` holds what the kind needs.
    """

    id: str
    kind: Kind
    label: Mapping[str, str]
    edition: str
    status: str
    source: str
    url: str
    unknown: Mapping[str, str]
    symbol: str
    closed: Side
    domain: tuple[float, float] | None
    relative: bool
    grades: tuple[Grade, ...]
    parameters: Mapping[str, Any]

    @property
    def limits(self) -> tuple[float, ...]:
        """The limits between the classes, from the highest down; (classes - 1,)."""
        return tuple(grade.low for grade in self.grades[:-1])

    @property
    def ends(self) -> tuple[bool, bool]:
        """Whether the lowest class holds its own lower limit, and the highest its upper one."""
        low, high = self.grades[-1].closed_below, self.grades[0].closed_above
        return self.closed != "right" if low is None else low, self.closed != "left" if high is None else high

    @property
    def reach(self) -> tuple[float, float]:
        """Below and above which values have no class; infinite where the domain ends no later than the classes."""
        low, high = self.grades[-1].low, self.grades[0].high
        first, last = self.domain or (-inf, inf)
        return -inf if first >= low else low, inf if last <= high else high

    @property
    def sides(self) -> tuple[Side, ...]:
        """For each limit the side that holds a value equal to it; empty where nothing is said."""
        return tuple(_side(upper, lower) or self.closed for upper, lower in pairwise(self.grades))


def _side(upper: Grade, lower: Grade) -> Side:
    if upper.closed_below is None and lower.closed_above is None:
        return ""
    return "left" if upper.closed_below or lower.closed_above is False else "right"


def scheme_names() -> list[str]:
    """Name the schemes of the catalogue."""
    folder = files("innohub.catalog").joinpath("schemes")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


@cache
def scheme(name: str) -> Scheme:
    """Return a scheme of the catalogue.

    Raises
    ------
    ModelError
        N166 for an unknown name, with the nearest ones.

    Examples
    --------
    >>> scheme("ccd-10").closed
    'right'
    """
    known = scheme_names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.3) or known
        raise ModelError(Finding("N166", value=name, params={"name": name, "near": tuple(near)}))
    file = files("innohub.catalog").joinpath("schemes", f"{name}.toml")
    return read_scheme(tomllib.loads(file.read_text(encoding="utf-8")), file=f"{name}.toml")


@cache
def _rules() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("innohub.catalog").joinpath("rules.toml").read_text(encoding="utf-8"))


def rule_text(rule: str, language: Language, **values: object) -> str:
    """Return the sentence of a rule that fired, with its numbers.

    >>> rule_text("scope-unknown", "en")
    'too little data to tell'
    """
    return _rules()[rule][language].format(**values)


def read_scheme(declared: Mapping[str, Any], *, file: str) -> Scheme:
    """Read a declared scheme and check that its classes neither overlap nor leave gaps.

    Raises
    ------
    ModelError
        N167 for a missing or wrong key, N160 for a gap, N161 for an overlap; all of them at once.
    """
    wrong = [key for key in _NEEDED if not declared.get(key)]
    allowed = {"kind": KINDS, "status": STATUSES, "closed": ("", "left", "right")}
    wrong += [key for key, words in allowed.items() if declared.get(key, "") not in (*words, "")]
    if wrong:
        raise ModelError([Finding("N167", file=file, column=key, params={"key": key}) for key in wrong])
    domain = declared.get("domain")
    found = Scheme(
        id=declared["scheme"],
        kind=declared["kind"],
        label={"zh": declared["zh"], "en": declared["en"]},
        edition=str(declared["edition"]),
        status=declared["status"],
        source=declared["source"],
        url=declared.get("url", ""),
        unknown={"zh": declared["unknown_zh"], "en": declared["unknown_en"]},
        symbol=declared.get("symbol", "x"),
        closed=declared.get("closed", ""),
        domain=(float(domain[0]), float(domain[1])) if domain else None,
        relative=declared.get("relative", False),
        grades=tuple(_grade(entry) for entry in declared["class"]),
        parameters=declared.get("parameters", {}),
    )
    if found.kind == "limits" and (findings := _misfits(found, file)):
        raise ModelError(findings)
    return found


def _grade(entry: Mapping[str, Any]) -> Grade:
    return Grade(
        id=entry["id"],
        label={"zh": entry["zh"], "en": entry["en"]},
        low=float(entry.get("low", -inf)),
        high=float(entry.get("high", inf)),
        closed_below=entry.get("closed_below"),
        closed_above=entry.get("closed_above"),
        breadth=entry.get("breadth"),
        balance=entry.get("balance"),
    )


def _misfits(found: Scheme, file: str) -> list[Finding]:
    """Find gaps and overlaps between neighbouring classes, at single points too, and at the ends of the domain."""
    findings = [
        finding for upper, lower in pairwise(found.grades) if (finding := _between(found, upper, lower, file))
    ]
    findings += [
        Finding("N161", file=file, params=_told(found, grade, grade, grade.high, grade.low))
        for grade in found.grades
        if grade.low > grade.high
    ]
    if found.domain:
        low, high = found.domain
        top, bottom = found.grades[0], found.grades[-1]
        if top.high < high:
            findings.append(Finding("N160", file=file, params=_told(found, top, top, top.high, high)))
        if bottom.low > low:
            findings.append(Finding("N160", file=file, params=_told(found, bottom, bottom, low, bottom.low)))
    return findings


def _between(found: Scheme, upper: Grade, lower: Grade, file: str) -> Finding | None:
    is_double = upper.closed_below is True and lower.closed_above is True
    is_hole = upper.closed_below is False and lower.closed_above is False
    if upper.low > lower.high or (upper.low == lower.high and is_hole):
        return Finding("N160", file=file, params=_told(found, upper, lower, lower.high, upper.low))
    if upper.low < lower.high or is_double:
        return Finding("N161", file=file, params=_told(found, upper, lower, upper.low, lower.high))
    return None


def _told(found: Scheme, upper: Grade, lower: Grade, start: float, end: float) -> dict[str, Any]:
    span = {"start": f"{start:g}", "end": f"{end:g}"}
    return {"scheme": found.id, "upper": upper.title, "lower": lower.title, **span}


def give_limits(found: Scheme, limits: Sequence[float], closed: Side) -> Scheme:
    """Return the scheme with the user's limits, from high to low, one fewer than classes.

    A scheme of names only may get one limit more: the floor of its lowest class.

    Raises
    ------
    ModelError
        N165 when the limits do not fit the classes, N167 when ``closed`` is not left or right.
    """
    wanted = len(found.grades) - 1
    if len(limits) not in (wanted, wanted + (found.kind == "names")) or any(
        a <= b for a, b in pairwise(limits)
    ):
        given = tuple(f"{limit:g}" for limit in limits)
        raise ModelError(Finding("N165", params={"scheme": found.id, "given": given, "wanted": wanted}))
    if closed not in ("left", "right"):
        raise ModelError(Finding("N167", file=f"{found.id}.toml", column="closed", params={"key": "closed"}))
    edges = [inf, *map(float, limits), -inf][: len(found.grades) + 1]
    grades = [
        replace(grade, low=low, high=high, closed_below=None, closed_above=None)
        for grade, (high, low) in zip(found.grades, pairwise(edges), strict=True)
    ]
    return replace(found, grades=tuple(grades), closed=closed, kind="limits")
