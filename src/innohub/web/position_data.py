"""What the page shows of positions: the grid, the comparisons and sentences behind it, the claims held against it."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from innohub.catalog.functions import function_groups
from innohub.web.evidence_data import panel_data, relation_data
from innohub.web.reading import optional, plain, rows, short, text, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_basic import Text
from innohub.web.schema_position import (
    Agreement,
    FunctionScore,
    GridCell,
    PeerSet,
    Position,
    PositionClaim,
    PositionFunction,
    PositionRule,
    Scope,
)
from innohub.web.sentence_data import sentence_data


def position_data(run: RunTables) -> Position | None:
    """Return the positions of places; ``None`` for a study that positions nobody."""
    cells = optional(run, "positions")
    section = run.settings.position
    if section is None or cells.empty:
        return None
    relations, evidence = optional(run, "relations"), optional(run, "evidence")
    sets, panel = _sets(optional(run, "peers")), panel_data(optional(run, "panel"), relations, evidence)
    pairs = cells[["place", "function"]].drop_duplicates().itertuples(index=False, name=None)
    return Position(
        places=[place for place in section.places if (cells["place"] == place).any()],
        rule=PositionRule(
            bar=section.bar,
            min_peers=section.min_peers,
            near=section.near,
            spread=section.spread,
            max_gap=section.max_gap,
            horizon=section.horizon,
            refuse=list(section.refuse),
        ),
        functions=_functions(run, cells, [evidence, relations]),
        scopes=_scopes(optional(run, "scopes")),
        sets=sets,
        cells=[_cell(row) for row in rows(cells)],
        relations=relation_data(relations),
        sentences=sentence_data(run, pairs, sets, panel),
        rows=panel,
        scores=[
            _score(row)
            for row in rows(optional(run, "function_scores"))
            if row["place"] in section.places and plain(row["function"])
        ],
        claims=[_claim(row) for row in rows(optional(run, "position_claims"))],
        agreement=[_agreement(row) for row in rows(optional(run, "claim_agreement"))],
    )


def _agreement(row: dict[str, Any]) -> Agreement:
    return Agreement(
        place=plain(row["place"]),
        text=text(row, "text"),
        other=text(row, "other"),
        status=plain(row["status"]),
    )


def _functions(run: RunTables, cells: pd.DataFrame, told: Iterable[pd.DataFrame]) -> list[PositionFunction]:
    """Return the functions of the grid in their declared order, with the indicators that tell of them."""
    used: dict[str, dict[str, float | None]] = {}
    for row in rows(optional(run, "function_indicators")):
        used.setdefault(row["function"], {})[row["indicator"]] = short(row["weight"])
    for part in told:
        for row in rows(part[["function", "indicator"]].drop_duplicates()) if len(part) else []:
            used.setdefault(row["function"], {}).setdefault(row["indicator"], None)
    shown = set(cells["function"])
    found = [
        PositionFunction(
            id=row["function"],
            group=plain(row["group"]),
            group_name=_group(row),
            name=text(row, "name"),
            position=text(row, "position"),
            assumed=bool(plain(row["assumed"])) and bool(row["assumed"]),
            indicators=list(used.get(row["function"], {})),
            weights=list(used.get(row["function"], {}).values()),
        )
        for row in rows(optional(run, "functions"))
        if row["function"] in shown
    ]
    order = list(dict.fromkeys(function["group"] for function in found))
    return sorted(found, key=lambda function: order.index(function["group"]))


def _group(row: dict[str, Any]) -> Text:
    """Name a function's group: as the table does, else as the catalogue does."""
    name, own = plain(row["group"]), text(row, "group")
    known = function_groups().get(name)
    if known and own == Text(zh=name, en=name):
        return Text(zh=known.name["zh"], en=known.name["en"])
    return own


def _scopes(table: pd.DataFrame) -> list[Scope]:
    ordered = table.sort_values("order", kind="stable") if len(table) else table
    return [Scope(id=plain(row["scope"]), name=text(row, "name")) for row in rows(ordered)]


def _sets(table: pd.DataFrame) -> list[PeerSet]:
    if table.empty:
        return []
    return [
        PeerSet(
            scope=str(scope),
            id=str(name),
            name=text(rows(part)[0], "name"),
            places=[str(place) for place in part["place"]],
        )
        for (scope, name), part in table.groupby(["scope", "set"], sort=False)
    ]


def _cell(row: dict[str, Any]) -> GridCell:
    return GridCell(
        place=plain(row["place"]),
        function=plain(row["function"]),
        scope=plain(row["scope"]),
        set=plain(row["set"]),
        indicators=whole(row["indicators"]) or 0,
        peers=whole(row["peers"]) or 0,
        passed=whole(row["passed"]) or 0,
        tied=whole(row["tied"]) or 0,
        not_passed=whole(row["not_passed"]) or 0,
        q=short(row["q"]),
        verdict=plain(row["verdict"]),
        widest=bool(row["widest"]),
        certainty=short(row["certainty"]),
        ready=plain(row.get("ready")),
        ready_year=whole(row.get("ready_year")),
        ready_low=whole(row.get("ready_low")),
        ready_high=whole(row.get("ready_high")),
        chance=short(row.get("chance")),
    )


def _score(row: dict[str, Any]) -> FunctionScore:
    return FunctionScore(
        place=plain(row["place"]),
        function=plain(row["function"]),
        group=plain(row["group"]),
        score=short(row["score"]),
        specialisation=short(row["specialisation"]),
    )


def _claim(row: dict[str, Any]) -> PositionClaim:
    return PositionClaim(
        place=plain(row["place"]),
        function=plain(row["function"]),
        part=plain(row["part"]),
        claimed_scope=plain(row["claimed_scope"]),
        claimed_year=whole(row["claimed_year"]),
        computed_scope=plain(row["computed_scope"]),
        verdict=plain(row["verdict"]),
        basis=plain(row["basis"]),
        ready_year=whole(row["ready_year"]),
        text=text(row, "text"),
        source=plain(row["source"]),
    )
