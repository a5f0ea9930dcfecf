"""Types of local centres: receiver of higher centres, specialised cluster, liveable and vital."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.catalog.local_types import LocalTest, LocalType, local_types
from innohub.errors import Finding
from innohub.index.rank import round_significant
from innohub.position.classes.checklist import join_verdicts, verdict_of
from innohub.words import Language, words


@dataclass(frozen=True)
class LocalTypes:
    """Local centres with their types and the tests behind them.

    ``types`` (place, types, classified, untested): ``types`` joined by ";", none for an unclassified place;
    ``untested`` names the types that missing values leave open. ``tests`` (place, type, measure, zh, en, value,
    relation, bar, against, verdict): one row a test.
    """

    types: pd.DataFrame
    tests: pd.DataFrame
    findings: tuple[Finding, ...]


def find_local_types(
    measures: pd.DataFrame,
    *,
    among: pd.DataFrame | None = None,
    types: Mapping[str, LocalType] | None = None,
) -> LocalTypes:
    """Test each local centre for each type; several are allowed, none leaves it unclassified.

    A type needs all of its tests. One failed test settles it; a missing value leaves it open.

    Parameters
    ----------
    measures : (places, measures), index = places; columns named as the measures of the tests. A column that is
        absent counts as missing.
    among : the places over which medians and percentiles are taken; ``measures`` itself by default. Quantiles are
        interpolated linearly between order statistics.
    types : other types than those of the catalogue.

    Returns
    -------
    Types, tests, and warnings N172 for places whose types missing values leave open.
    """
    known = local_types() if types is None else types
    ground = measures if among is None else among
    parts = [_run(measures, ground, name, test) for name, kind in known.items() for test in kind.tests]
    order = [str(place) for place in measures.index]
    tests = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    rank = {place: number for number, place in enumerate(order)}
    tests = tests.sort_values("place", key=lambda column: column.map(rank), kind="stable", ignore_index=True)
    verdicts = tests.groupby(["place", "type"])["verdict"].agg(lambda column: join_verdicts(list(column)))
    rows, findings = [], []
    for place in order:
        says = {name: str(verdicts[place, name]) for name in known}
        own = ";".join(name for name, word in says.items() if word == "yes")
        open_ones = tuple(name for name, word in says.items() if word == "no data")
        rows.append((place, own, bool(own), ";".join(open_ones)))
        if open_ones:
            findings.append(_open(place, open_ones, known, tests))
    columns = ["place", "types", "classified", "untested"]
    return LocalTypes(pd.DataFrame(rows, columns=columns), tests, tuple(findings))


def _run(measures: pd.DataFrame, ground: pd.DataFrame, name: str, test: LocalTest) -> pd.DataFrame:
    value = _column(measures, test.measure)
    bar = test.bar
    if test.against == "quantile":
        compared = _column(ground, test.measure)
        compared = compared[~np.isnan(compared)]
        bar = float(np.quantile(compared, test.bar)) if len(compared) else np.nan
    pairs = round_significant(np.column_stack([value, np.full(len(value), bar)]))
    verdict = [
        "no data" if np.isnan(limit) else verdict_of(x, test.relation, limit) for x, limit in pairs.tolist()
    ]
    columns = {
        "place": measures.index.astype(str),
        "type": name,
        "measure": test.measure,
        "zh": test.label["zh"],
        "en": test.label["en"],
        "value": value,
        "relation": test.relation,
        "bar": bar,
        "against": test.against,
        "verdict": verdict,
    }
    return pd.DataFrame(columns)


def _column(table: pd.DataFrame, measure: str) -> np.ndarray:
    if measure not in table.columns:
        return np.full(len(table), np.nan)
    return table[measure].to_numpy(dtype=float)


def _open(place: str, names: tuple[str, ...], known: Mapping[str, LocalType], tests: pd.DataFrame) -> Finding:
    is_gap = (tests["place"] == place) & tests["type"].isin(names) & (tests["verdict"] == "no data")

    def listed(language: Language) -> str:
        return words(language).say("where.list").join(known[name].label[language] for name in names)

    def missing(language: Language) -> str:
        return words(language).say("where.list").join(tests.loc[is_gap, language])

    return Finding("N172", "warning", params={"place": place, "what": listed, "missing": missing})
