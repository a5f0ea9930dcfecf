"""Check ``[ecosystem]`` of ``study.toml``: what its keys name, and whether they fit index, scheme and each other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from innohub.catalog.coupling import coupling_measures, parse_coupling
from innohub.catalog.scheme import Scheme, scheme, scheme_names
from innohub.errors import Finding, ModelError
from innohub.study.ecosystem_section import EcosystemSection
from innohub.study.lines import line_of
from innohub.study.names import Names
from innohub.study.report import near, shown
from innohub.study.settings import Configuration
from innohub.words import Language, words

Lines = Mapping[tuple[str, ...], int]
_FILE = "study.toml"
# What coupling needs; the sections below [ecosystem] may stand without it.
_OF_COUPLING = (
    "subsystems", "variant", "beside", "weights", "scheme", "coupling_scheme", "closed", "squeeze", "bar", "pairs",
    "constraints",
)  # fmt: skip


def check_ecosystem(
    configuration: Configuration,
    places: Names,
    peers: Sequence[str],
    frameworks: Mapping[str, pd.DataFrame],
    found: list[Finding],
) -> None:
    """Compare the keys of ``[ecosystem]`` with the indices, places and schemes of the study.

    S370 coupling without an index, M262 an unknown index or node, S334 fewer than two subsystems, S377 subsystems that
    overlap, S376 weights that do not fit, S373 no scheme, S374 a scheme of something else, S375 a scheme that leaves
    its limits open, N179 a span that cannot be, M101 to M103 a variant.

    Parameters
    ----------
    peers : the sets and scopes of the table of peers.
    """
    section, lines = configuration.settings.ecosystem, configuration.lines
    if section is None:
        return
    found += _check_places(section, places, peers, lines)
    if not section.index:
        asked = [name for name in _OF_COUPLING if name in section.model_fields_set]
        if asked or not section.model_fields_set:
            key = ("ecosystem", asked[0]) if asked else ("ecosystem",)
            found.append(_finding("S370", key, "", lines, {"known": tuple(configuration.settings.index)}))
        return
    if section.index not in configuration.settings.index:
        found.append(_unknown("index", "index", section.index, tuple(configuration.settings.index), lines))
    elif section.index in frameworks:
        found += _check_nodes(section, frameworks[section.index], lines)
    found += _check_variants(section, lines)
    found += _check_scheme(section, lines)


def subsystem_nodes(section: EcosystemSection, framework: pd.DataFrame) -> tuple[str, ...]:
    """Return the nodes that are the subsystems: those named, else the children of the root."""
    if section.subsystems:
        return section.subsystems
    root = framework.loc[framework["parent"].eq(""), "node"].iloc[0]
    return tuple(framework.loc[framework["parent"].eq(root), "node"])


def _check_nodes(section: EcosystemSection, framework: pd.DataFrame, lines: Lines) -> Iterator[Finding]:
    nodes, known = subsystem_nodes(section, framework), tuple(framework["node"])
    unknown = [node for node in nodes if node not in known]
    for node in unknown:
        yield _unknown("node", "subsystems", node, known, lines)
    if len(nodes) < 2:
        label = coupling_measures()["coordination"].label
        params = {"variant": label.__getitem__, "count": len(nodes), "wanted": "≥ 2"}
        yield _finding("S334", ("ecosystem", "subsystems"), ", ".join(nodes), lines, params)
    parents = dict(zip(framework["node"], framework["parent"], strict=True))
    for inner, outer in [] if unknown else _overlaps(nodes, parents):
        params = {"inner": shown(inner), "outer": shown(outer)}
        yield _finding("S377", ("ecosystem", "subsystems"), inner, lines, params)
    if section.weights and (len(section.weights) != len(nodes) or not sum(section.weights) > 0):
        params = {"count": len(section.weights), "wanted": len(nodes), "systems": nodes}
        given = ", ".join(f"{weight:g}" for weight in section.weights)
        yield _finding("S376", ("ecosystem", "weights"), given, lines, params)


def _overlaps(nodes: Sequence[str], parents: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield subsystems that stand twice, or inside another one."""
    for node, count in Counter(nodes).items():
        if count > 1:
            yield node, node
        above = parents[node]
        while above and above not in nodes:
            above = parents[above]
        if above:
            yield node, above


def _check_variants(section: EcosystemSection, lines: Lines) -> Iterator[Finding]:
    for key, texts in (("variant", (section.variant,)), ("beside", section.beside)):
        for text in texts:
            try:
                parse_coupling(text, where=_FILE, key=f"ecosystem.{key}")
            except ModelError as problem:
                row = line_of(lines, ("ecosystem", key))
                yield from (replace(finding, row=row, value=shown(text)) for finding in problem.findings)
    span = section.squeeze
    if span and not (len(span) == 2 and 0 <= span[0] < span[1] <= 1):
        given = ", ".join(f"{end:g}" for end in span)
        params = {"name": "squeeze", "given": given, "wanted": "[low, high], 0 ≤ low < high ≤ 1"}
        yield _finding("N179", ("ecosystem", "squeeze"), given, lines, params)


def _check_scheme(section: EcosystemSection, lines: Lines) -> Iterator[Finding]:
    if not section.scheme:
        yield _finding("S373", ("ecosystem", "scheme"), "", lines, {"known": _fitting("D")})
    for key, symbol in (("scheme", "D"), ("coupling_scheme", "C")):
        name, path = str(getattr(section, key)), ("ecosystem", key)
        if not name:
            continue
        if name not in scheme_names():
            yield _finding(
                "N166", path, name, lines, {"name": shown(name), "near": near(name, _fitting(symbol))}
            )
            continue
        chosen = scheme(name)
        if not _fits(chosen, symbol):
            params = {"scheme": name, "measure": symbol, "known": _fitting(symbol)}
            yield _finding("S374", path, name, lines, params)
        elif "" in chosen.sides and not section.closed:
            yield _finding("S375", path, name, lines, {"scheme": name})


def _fits(one: Scheme, symbol: str) -> bool:
    return one.kind == "limits" and one.symbol == symbol and one.domain == (0, 1)


def _fitting(symbol: str) -> tuple[str, ...]:
    """Name the schemes of C or of D."""
    return tuple(name for name in scheme_names() if _fits(scheme(name), symbol))


def _check_places(
    section: EcosystemSection, places: Names, peers: Sequence[str], lines: Lines
) -> Iterator[Finding]:
    for text in section.places:
        hits = places.find(text)
        if len(hits) != 1:
            params = {"count": 1, "id": hits, "near": places.near(text)}
            yield _finding("P005" if hits else "P001", ("ecosystem", "places"), text, lines, params)
    for text in section.peers:
        if len(places.find(text)) != 1 and text not in peers:
            params = {"near": near(text, [*peers, *places.ids])}
            yield _finding("M263", ("ecosystem", "peers"), text, lines, params)


def _unknown(kind: str, key: str, value: str, known: Sequence[str], lines: Lines) -> Finding:
    def what(language: Language) -> str:
        return words(language).say(f"finding.M262.of.{kind}")

    return _finding("M262", ("ecosystem", key), value, lines, {"what": what, "near": near(value, known)})


def _finding(
    code: str, path: tuple[str, ...], value: str, lines: Lines, params: Mapping[str, object]
) -> Finding:
    row = line_of(lines, path)
    return Finding(code, "error", _FILE, row, ".".join(path), shown(value), params)
