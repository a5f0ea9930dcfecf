"""Check the choices of ``study.toml`` against the catalogue and against each other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from innohub.catalog import Spec, parse_spec
from innohub.catalog.methods import Family
from innohub.errors import Finding, ModelError
from innohub.study.lines import line_of
from innohub.study.report import near, shown
from innohub.study.schema import IndexSection, Settings

_FILE = "study.toml"
_FIRST_YEAR, _LAST_YEAR = 1500, 2200


def check_choices(settings: Settings, lines: Mapping[tuple[str, ...], int], found: list[Finding]) -> None:
    """Parse every method spec and compare what belongs together; every failure is a finding with its line."""
    if not _FIRST_YEAR <= settings.study.year <= _LAST_YEAR:
        where = line_of(lines, ("study", "year"))
        params = {"count": 1}
        found.append(Finding("P017", "error", _FILE, where, "study.year", str(settings.study.year), params))
    if not settings.index and ("index",) not in _named(found):
        found.append(Finding("M008", file=_FILE, column="index"))
    for name, index in settings.index.items():
        for key, text, family in index_specs(index):
            parse(text, family, ("index", name, *key), lines, found)
    _check_tiers(settings, lines, found)


def _named(found: list[Finding]) -> set[tuple[str, ...]]:
    return {tuple((finding.column or "").split(".")) for finding in found if finding.file == _FILE}


def index_specs(index: IndexSection) -> Iterator[tuple[tuple[str, ...], str, Family]]:
    """Yield every method spec of an index with its key and family."""
    yield ("normalise",), index.normalise, "normalise"
    yield ("weights",), index.weights, "weights"
    yield ("aggregate",), index.aggregate, "aggregate"
    for node, rule in index.nodes.items():
        if rule.weights is not None:
            yield ("nodes", node, "weights"), rule.weights, "weights"
        if rule.aggregate is not None:
            yield ("nodes", node, "aggregate"), rule.aggregate, "aggregate"
    vary = index.uncertainty.vary
    yield ("uncertainty", "vary", "weights"), vary.weights, "draws"
    for text in vary.normalise:
        yield ("uncertainty", "vary", "normalise"), text, "normalise"
    for text in vary.aggregate:
        yield ("uncertainty", "vary", "aggregate"), text, "aggregate"
    for name, other in index.alternatives.items():
        if other.normalise is not None:
            yield ("alternatives", name, "normalise"), other.normalise, "normalise"
        if other.weights is not None:
            yield ("alternatives", name, "weights"), other.weights, "weights"
        if other.aggregate is not None:
            yield ("alternatives", name, "aggregate"), other.aggregate, "aggregate"


def parse(
    text: str,
    family: Family,
    key: tuple[str, ...],
    lines: Mapping[tuple[str, ...], int],
    found: list[Finding],
) -> Spec | None:
    """Parse a spec; a failure becomes a finding with the line of its key."""
    try:
        return parse_spec(text, family, where=_FILE, key=".".join(key))
    except ModelError as problem:
        found += [
            replace(finding, row=line_of(lines, key), value=shown(text)) for finding in problem.findings
        ]
        return None


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
    if spec is None or spec.name not in ("sizes", "thresholds") or len(tiers.names) < 2:
        return
    wanted = len(spec["sizes"]) if spec.name == "sizes" else len(spec["limits"]) + 1
    if wanted != len(tiers.names):
        params = {"names": len(tiers.names), "wanted": wanted, "method": str(spec)}
        value = ", ".join(tier.id for tier in tiers.names)
        found.append(Finding("M006", "error", _FILE, row, "tiers.names", shown(value), params))
