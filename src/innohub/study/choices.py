"""Check the choices of ``study.toml`` against the catalogue and against each other."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from innohub.catalog import OWN, Spec, parse_spec
from innohub.catalog.methods import Family
from innohub.errors import Finding, ModelError
from innohub.study.efficiency_check import check_efficiency
from innohub.study.index_section import IndexSection
from innohub.study.lines import line_of
from innohub.study.neighbours import is_rule
from innohub.study.places import GROUPINGS
from innohub.study.report import near, shown
from innohub.study.schema import Settings

_FILE = "study.toml"
_FIRST_YEAR, _LAST_YEAR = 1500, 2200
# A rate of growth says little of the years beyond.
FARTHEST = 50


def _ends(spec: Spec) -> tuple[object, object]:
    return spec["low"], spec["high"]


# What the catalogue's types cannot say: bounds outside of which a method divides by zero or turns a scale over.
_BOUNDS: Mapping[tuple[Family, str], tuple[str, Callable[[Spec], bool]]] = {
    ("normalise", "minmax"): ("low < high", lambda spec: OWN in _ends(spec) or spec["low"] < spec["high"]),
    ("normalise", "goalposts"): ("low < high", lambda spec: OWN in _ends(spec) or spec["low"] < spec["high"]),
    ("normalise", "zscore"): (
        "sd > 0, ddof = 0 | 1",
        lambda spec: (spec["sd"] == OWN or spec["sd"] > 0) and spec["ddof"] in (0, 1),
    ),
    ("weights", "entropy"): ("e > 0", lambda spec: bool(spec["e"] > 0)),
    ("draws", "dirichlet"): ("concentration > 0", lambda spec: bool(spec["concentration"] > 0)),
    ("aggregate", "bod"): ("0 ≤ low < high ≤ 1", lambda spec: bool(0 <= spec["low"] < spec["high"] <= 1)),
    ("draws", "nested"): ("concentration > 0", lambda spec: bool(spec["concentration"] > 0)),
    ("tiers", "mixture"): ("kmax ≥ 2", lambda spec: bool(spec["kmax"] >= 2)),
    ("draws", "pm"): ("0 ≤ share < 1", lambda spec: bool(0 <= spec["share"] < 1)),
}


def check_choices(settings: Settings, lines: Mapping[tuple[str, ...], int], found: list[Finding]) -> None:
    """Parse every method spec and compare what belongs together; every failure is a finding with its line."""
    if not _FIRST_YEAR <= settings.study.year <= _LAST_YEAR:
        where = line_of(lines, ("study", "year"))
        params = {"count": 1}
        found.append(Finding("P017", "error", _FILE, where, "study.year", str(settings.study.year), params))
    started = any((finding.column or "").startswith(("index", "position", "ecosystem")) for finding in found)
    if not (settings.index or settings.position or settings.tables_only or started):
        found.append(Finding("M008", file=_FILE, column="index"))
    for name, index in settings.index.items():
        specs = [
            parse(text, family, ("index", name, *key), lines, found)
            for key, text, family in index_specs(index)
        ]
        _check_experts(name, index, [spec for spec in specs if spec], lines, found)
        _check_change(name, index, lines, found)
    for name, section in settings.efficiency.items():
        parse(section.method, "efficiency", ("efficiency", name, "method"), lines, found)
        check_efficiency(name, section, lines, found)
    _check_horizon(settings, lines, found)
    _check_tiers(settings, lines, found)


def _check_horizon(settings: Settings, lines: Mapping[tuple[str, ...], int], found: list[Finding]) -> None:
    """Refuse to look ahead to a year that the study has passed, or farther than trends can be drawn."""
    horizon = settings.position.horizon if settings.position else None
    year = settings.study.year
    if horizon is not None and not year <= horizon <= year + FARTHEST:
        row, column = line_of(lines, ("position", "horizon")), "position.horizon"
        params = {"year": year, "last": year + FARTHEST}
        found.append(Finding("M270", "error", _FILE, row, column, str(horizon), params))


_DESIGNED: tuple[Family, ...] = ("impute", "treat", "normalise", "weights", "aggregate")
_VARIED: tuple[Family, ...] = ("impute", "normalise", "aggregate")
_OTHERWISE: tuple[Family, ...] = ("normalise", "weights", "aggregate")


def index_specs(index: IndexSection) -> Iterator[tuple[tuple[str, ...], str, Family]]:
    """Yield every method spec of an index with its key and family."""
    for family in _DESIGNED:
        yield (family,), getattr(index, family), family
    for text in index.combine:
        yield ("combine",), text, "weights"
    for node, rule in index.nodes.items():
        if rule.weights is not None:
            yield ("nodes", node, "weights"), rule.weights, "weights"
        if rule.aggregate is not None:
            yield ("nodes", node, "aggregate"), rule.aggregate, "aggregate"
    vary = index.uncertainty.vary
    yield ("uncertainty", "vary", "weights"), vary.weights, "draws"
    for family in _VARIED:
        for text in getattr(vary, family):
            yield ("uncertainty", "vary", family), text, family
    for family in _DESIGNED:
        for text in getattr(index.design, family, ()):
            yield ("design", family), text, family
    for name, other in index.alternatives.items():
        for family in _OTHERWISE:
            if (text := getattr(other, family)) is not None:
                yield ("alternatives", name, family), text, family


def method_names(index: IndexSection, family: Family) -> set[str]:
    """Return the names of the methods of a family that an index names anywhere, well written or not."""
    texts = (text for _, text, its in index_specs(index) if its == family)
    return {text.partition("(")[0].strip().replace("-", "_") for text in texts}


def _check_experts(
    name: str,
    index: IndexSection,
    specs: Iterable[Spec],
    lines: Mapping[tuple[str, ...], int],
    found: list[Finding],
) -> None:
    """Check what combined weights join, and the random indices of one's own."""
    key = ("index", name, "combine")
    row, column = line_of(lines, key), ".".join(key)
    combined = [spec for spec in specs if (spec.family, spec.name) == ("weights", "combine")]
    if combined and not index.combine:
        found.append(Finding("M058", "error", _FILE, row, column, params={"index": name}))
    found += [
        Finding("M059", "error", _FILE, row, column, shown(text))
        for text in index.combine
        if text.partition("(")[0].strip() == "combine"
    ]
    row = line_of(lines, ("index", name, "ahp", "random_index"))
    column = f"index.{name}.ahp.random_index"
    for size, value in index.ahp.random_index.items():
        if not (size.isascii() and size.isdigit() and int(size) > 2 and 0 < value < math.inf):
            found.append(Finding("M060", "error", _FILE, row, column, f"{shown(size)} = {value:g}"))


def parse(
    text: str,
    family: Family,
    key: tuple[str, ...],
    lines: Mapping[tuple[str, ...], int],
    found: list[Finding],
) -> Spec | None:
    """Parse a spec; a failure, or a parameter out of bounds, becomes a finding with the line of its key."""
    row, column = line_of(lines, key), ".".join(key)
    try:
        spec = parse_spec(text, family, where=_FILE, key=column)
    except ModelError as problem:
        found += [replace(finding, row=row, value=shown(text)) for finding in problem.findings]
        return None
    limit, holds = _BOUNDS.get((family, spec.name), ("", lambda _: True))
    if not holds(spec):
        found.append(Finding("M015", "error", _FILE, row, column, shown(text), {"limit": limit}))
    return spec


def _check_change(
    name: str, index: IndexSection, lines: Mapping[tuple[str, ...], int], found: list[Finding]
) -> None:
    """Check how the places of an index are grouped and which are neighbours."""
    key, change = ("index", name, "change"), index.change
    if change.groups and change.groups not in GROUPINGS:
        row, near_it = line_of(lines, (*key, "groups")), near(change.groups, GROUPINGS)
        params = {"near": near_it, "columns": GROUPINGS}
        column = ".".join((*key, "groups"))
        found.append(Finding("M236", "error", _FILE, row, column, shown(change.groups), params))
    if not is_rule(change.neighbours):
        row, column = line_of(lines, (*key, "neighbours")), ".".join((*key, "neighbours"))
        found.append(Finding("M237", "error", _FILE, row, column, shown(change.neighbours)))


def _check_tiers(settings: Settings, lines: Mapping[tuple[str, ...], int], found: list[Finding]) -> None:
    tiers = settings.tiers
    if tiers is None:
        return
    if tiers.index not in settings.index and settings.index:
        row, offer = line_of(lines, ("tiers", "index")), {"near": near(tiers.index, settings.index)}
        found.append(Finding("M005", "error", _FILE, row, "tiers.index", shown(tiers.index), offer))
    row = line_of(lines, ("tiers", "names"))
    for name, count in Counter(tier.id for tier in tiers.names).items():
        if count > 1:
            found.append(Finding("M007", "error", _FILE, row, "tiers.names", shown(name)))
    if len(tiers.names) < 2:
        found.append(Finding("M014", "error", _FILE, row, "tiers.names", str(len(tiers.names))))
    spec = parse(tiers.method, "tiers", ("tiers", "method"), lines, found)
    if spec is None or len(tiers.names) < 2:
        return
    # Each limit divides two tiers; sizes and shares stand for one tier each.
    counted = {"sizes": ("sizes", 0), "quantiles": ("shares", 0), "quota": ("shares", 1)}
    counted |= {"thresholds": ("limits", 1), "quantile": ("p", 1)}
    if spec.name not in (*counted, "mean_sd"):
        return
    parameter, more = counted.get(spec.name, ("", 0))
    wanted = len(spec[parameter]) + more if parameter else 3
    if wanted != len(tiers.names):
        params = {"names": len(tiers.names), "wanted": wanted, "method": str(spec)}
        value = shown(", ".join(tier.id for tier in tiers.names))
        found.append(Finding("M006", "error", _FILE, row, "tiers.names", value, params))
