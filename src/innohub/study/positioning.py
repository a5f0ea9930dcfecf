"""Gather what a study says of positioning: functions, scopes, peers, claims, shares, and whom to position."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from innohub.errors import Finding
from innohub.study.claims import Ids, read_claims
from innohub.study.files import Shelf
from innohub.study.functions import declare_functions, read_functions, read_scopes, read_uses
from innohub.study.lines import line_of
from innohub.study.names import Names, names_of
from innohub.study.peers import read_peers, read_shares
from innohub.study.report import shown
from innohub.study.schema import FilesSection
from innohub.study.settings import FILE, Configuration
from innohub.study.values import Known


@dataclass(frozen=True)
class Positioning:
    """What a positioning study brings beside its values; every table carries ``file`` and ``row``.

    Attributes
    ----------
    places : whom to position, by id.
    functions : function, group, name_zh, name_en, group_zh, group_en, position_zh, position_en, position_scope,
        assumed.
    uses : which indicators measure a function: function, indicator, weight.
    scopes : scope, name_zh, name_en, order; widest first.
    peers : scope, set, name_zh, name_en (of the set), place.
    claims : place, function, scope, year, part (argued, concluded), text_zh, text_en, source; or None.
    shares : indicators that are a share of a whole: indicator, of_indicator, whole ("" = the nation), kind; or None.
    """

    places: tuple[str, ...]
    functions: pd.DataFrame
    uses: pd.DataFrame
    scopes: pd.DataFrame
    peers: pd.DataFrame
    claims: pd.DataFrame | None = None
    shares: pd.DataFrame | None = None


def read_positioning(
    shelf: Shelf,
    configuration: Configuration,
    known: Known,
    indicators: pd.DataFrame,
    found: list[Finding],
    *,
    beside: bool = False,
) -> Positioning | None:
    """Read the tables of positioning; None for a study without it, or when functions or peers are beyond reading.

    ``beside`` says that the study asks for something beside the grid; then it may do without the tables of the grid.
    """
    section = configuration.settings.position
    if section is None:
        return None
    files = configuration.settings.files
    own = section.functions == "own"
    grid = own or not beside or shelf.has(files.functions) or shelf.has(files.peers)
    table = shelf.table(files.functions, ("files", "functions"), needed=grid or _is_named(files, "functions"))
    uses = read_uses(table, found) if table else None
    table = shelf.table(files.scopes, ("files", "scopes"), needed=own or _is_named(files, "scopes"))
    scopes = read_scopes(table, found) if table or not own else None
    places = _places(section.places, known.places, configuration.lines, found)
    peers_table = shelf.table(files.peers, ("files", "peers"), needed=grid or _is_named(files, "peers"))
    functions = declare_functions(uses, own=own)
    scope_names = names_of(scopes, "scope", "P074") if scopes is not None else None
    peers = read_peers(peers_table, scope_names, known.places, found) if peers_table and scope_names else None
    claims = shares = None
    table = shelf.table(files.claims, ("files", "claims"), needed=_is_named(files, "claims"))
    if table and scope_names:
        names = names_of(functions, "function", "P063")
        claims = read_claims(table, Ids(known.places, names, scope_names, known.sources), places, found)
    table = shelf.table(files.shares, ("files", "shares"), needed=_is_named(files, "shares"))
    if table:
        shares = read_shares(table, indicators, known.indicators, known.places, found)
    if uses is None or scopes is None or peers is None:
        return None
    used = read_functions(uses, functions, indicators, found)
    return Positioning(places, functions, used, scopes, peers, claims, shares)


def _is_named(files: FilesSection, key: str) -> bool:
    """Say whether ``[files]`` names a table otherwise than by its usual name, so that it must be there."""
    return bool(getattr(files, key) != f"{key}.csv")


def _places(
    wanted: tuple[str, ...], places: Names, lines: Mapping[tuple[str, ...], int], found: list[Finding]
) -> tuple[str, ...]:
    """Return the ids of the places to position; unknown ones are errors with the nearest."""
    ids: list[str] = []
    for text in wanted:
        hits = places.find(text)
        if len(hits) == 1:
            ids.append(hits[0])
            continue
        row, column = line_of(lines, ("position", "places")), "position.places"
        params = {"count": 1, "id": hits, "near": places.near(text)}
        found.append(Finding("P005" if hits else "P001", "error", FILE, row, column, shown(text), params))
    return tuple(dict.fromkeys(ids))
