"""The step of a run that positions places: grid, outlook, claims, evidence, relations, scores of functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from innohub.errors import Finding
from innohub.position.evidence.gather import gather
from innohub.position.evidence.table import evidence_table
from innohub.position.function.comparison import Comparison, check_functions, compare
from innohub.position.function.grid import Noise, build_grid, peer_sets
from innohub.position.function.ready import look_ahead
from innohub.position.function.relation import Relation, relation_table
from innohub.position.function.specialise import function_table
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ground import Ground
from innohub.run.position_claims import claim_tables
from innohub.run.position_findings import settle
from innohub.run.position_ground import PositionGround, position_ground
from innohub.trace import code_fingerprint, digest
from innohub.words import LANGUAGES, words

_CELL = ["place", "function", "scope", "set"]
_FEW = 100


@dataclass(frozen=True)
class _Placed:
    """One place positioned: what it was compared with, its cells, and what was found on the way."""

    comparison: Comparison
    cells: pd.DataFrame
    findings: tuple[Finding, ...]


def position_step(ground: Ground, blocks: Path, *, fresh: bool) -> Outcome:
    """Position the places of the study, or read their positions back."""
    base = position_ground(ground.study)
    if base is None:
        return Outcome("position", "", {}, computed=False)
    fingerprint = position_fingerprint(base)
    block = blocks / "position" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome("position", fingerprint, tables, computed=False)
    tables, findings = position_places(base)
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome("position", fingerprint, tables, computed=True)


def position_fingerprint(base: PositionGround) -> str:
    """Return what the positions depend on, as one digest; the words count because evidence is written in them."""
    study, told = base.study, base.told
    tables = (
        study.values, study.places, study.indicators, told.functions, told.uses, told.scopes, told.peers,
        told.claims, told.shares,
    )  # fmt: skip
    return digest(
        code_fingerprint(),
        np.__version__,
        scipy.__version__,
        [words(language).get("position") for language in LANGUAGES],
        base.section.model_dump(mode="json"),
        told.places,
        study.settings.study.year,
        study.settings.study.seed,
        ["" if table is None else table.to_csv(index=False, float_format="%r") for table in tables],
    )


def rehearse_position(study_ground: Ground) -> tuple[Finding, ...]:
    """Position every place on a few draws and return what is found on the way."""
    base = position_ground(study_ground.study)
    return () if base is None else position_places(base, draws=_FEW)[1]


def position_places(base: PositionGround, draws: int | None = None) -> tuple[Tables, tuple[Finding, ...]]:
    """Position every place of the study.

    Parameters
    ----------
    draws : fewer draws than the study asks for.

    Returns
    -------
    The tables positions, relations, position_claims, claim_agreement, evidence, function_scores, functions,
    function_indicators, scopes, peers; and all findings, each with file and row.
    """
    told = base.told
    placed = [_place(base, place, draws) for place in told.places]
    cells = pd.concat([each.cells for each in placed], ignore_index=True)
    relations = [relation for each in placed for relation in each.comparison.relations.values()]
    claims, said = claim_tables(base, cells)
    tables = {
        "positions": cells,
        "relations": _relations(base, relations),
        **claims,
        "evidence": pd.concat(_evidence(base, placed), ignore_index=True),
        "function_scores": _scores(base),
        "functions": _functions(base),
        "function_indicators": told.uses,
        "scopes": told.scopes.drop(columns=["file", "row"]),
        "peers": told.peers,
    }
    findings = [finding for each in placed for finding in each.findings]
    findings += check_functions(told.uses, told.functions["function"])
    return tables, settle(base, [*findings, *said])


def _functions(base: PositionGround) -> pd.DataFrame:
    """Return the functions; positions that the catalogue's paper claims stay with studies of claims."""
    table = base.told.functions.drop(columns=["file", "row"])
    if base.told.claims is not None or base.section.functions == "own":
        return table
    return table.assign(position_zh="", position_en="", assumed=False)


def _place(base: PositionGround, place: str, draws: int | None) -> _Placed:
    """Compare a place with its peers, build its grid and look ahead."""
    told, noise = base.told, base.noise
    noise = Noise(draws or noise.draws, noise.spread)
    comparison = compare(
        base.values,
        place,
        base.indicators,
        dict.fromkeys(told.peers["place"]),
        directions=base.directions,
        rules=base.rules,
    )
    # The same seed for every place: what a value is drawn as depends on place and indicator alone.
    rng = np.random.default_rng(base.study.settings.study.seed)
    grid = build_grid(comparison, told.uses, told.peers, base.scopes, rng=rng, bar=base.bar, noise=noise)
    outlook = look_ahead(
        base.values,
        comparison,
        grid.cells,
        told.uses,
        peer_sets(told.peers[told.peers["place"] != place], base.scopes),
        horizon=base.horizon,
        rng=rng,
        bar=base.bar,
        draws=min(noise.draws, 1000),
    )
    cells = grid.cells.merge(outlook.cells, on=_CELL, how="left")
    return _Placed(comparison, cells, (*comparison.findings, *grid.findings, *outlook.findings))


def _relations(base: PositionGround, relations: Iterable[Relation]) -> pd.DataFrame:
    """Lay relations out by function, indicator and peer set, places and scopes in the study's order."""
    told = base.told
    table = relation_table(relations, told.uses, told.peers)
    order = {scope: number for number, scope in enumerate(base.scopes)}
    places = {place: number for number, place in enumerate(told.places)}
    uses = told.uses[["function", "indicator"]].itertuples(index=False, name=None)
    used = {key: number for number, key in enumerate(uses)}
    keys = zip(table["function"], table["indicator"], strict=True)
    sorting = table.assign(
        _place=table["place"].map(places), _use=[used[key] for key in keys], _scope=table["scope"].map(order)
    ).sort_values(["_place", "_use", "_scope", "set"], kind="stable")
    return table.loc[sorting.index].reset_index(drop=True)


def _evidence(base: PositionGround, placed: Iterable[_Placed]) -> list[pd.DataFrame]:
    """Gather the evidence of every place on every function."""
    by_function = {
        str(name): list(used["indicator"]) for name, used in base.told.uses.groupby("function", sort=False)
    }
    return [
        evidence_table(
            {
                name: gather(
                    each.comparison,
                    indicators,
                    places=base.place_names,
                    names=base.indicator_names,
                    shares=base.shares(each.comparison.own),
                    directions=base.directions,
                )
                for name, indicators in by_function.items()
            }
        )
        for each in placed
    ]


def _scores(base: PositionGround) -> pd.DataFrame:
    """Score the places of the study and their peers on every function that has indicators."""
    told = base.told
    if told.uses.empty:
        return pd.DataFrame(columns=["place", "function", "group", "score", "specialisation"])
    places = list(dict.fromkeys([*told.places, *told.peers["place"]]))
    found = [[base.latest(place, indicator) for indicator in base.indicators] for place in places]
    numbers = [[np.nan if value is None else value.value for value in row] for row in found]
    x = pd.DataFrame(numbers, index=places, columns=base.indicators, dtype=float)
    groups = dict(zip(told.functions["function"], told.functions["group"], strict=True))
    return function_table(x, told.uses, groups, base.directions, base.section.min_peers)
