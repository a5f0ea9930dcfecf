"""Look before weighting (OECD/JRC Handbook 2008, step 4): what the data say about an index before its result."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index.compute import Nominal
from innohub.index.correlate import constant_columns, correlations, cronbach_alpha, principal_components

Matrix = NDArray[np.float64]

REDUNDANT = 0.9
OPPOSED = -0.4
_SHOWN = 5


@dataclass(frozen=True)
class Examination:
    """An index seen before its result; every table has a column ``index``.

    ``correlations``: level (``indicator`` for all pairs of indicators, ``node`` for inner nodes below one parent),
    first, second, same_parent, r, pairs, flag (``redundant``, ``opposed`` or empty; r is missing for fewer than
    four pairs). ``reliability``: node, children, rows, alpha. ``components``: node, component, eigenvalue, share,
    cumulative, rows. ``loadings``: node, component, child, loading. ``influence``: node, parent, share, effective,
    r (correlation of the indicator with the index), influence (r² over the sum of all r²), pairs.
    """

    correlations: pd.DataFrame
    reliability: pd.DataFrame
    components: pd.DataFrame
    loadings: pd.DataFrame
    influence: pd.DataFrame
    findings: tuple[Finding, ...]


def examine(nominal: Nominal) -> Examination:
    """Examine an index: correlations, reliability, principal components, effective weights and influence.

    Values are normalised ones, more is better. Correlations leave out missing values pair by pair and say how many
    pairs are left; alpha and components use the places that have every child, and say how many.
    """
    pairs = correlation_table(nominal)
    components, loadings = component_tables(nominal)
    name = nominal.model.name
    return Examination(
        correlations=_of(name, pairs),
        reliability=_of(name, reliability_table(nominal)),
        components=_of(name, components),
        loadings=_of(name, loadings),
        influence=_of(name, influence_table(nominal)),
        findings=_flagged(name, pairs),
    )


def correlation_table(nominal: Nominal) -> pd.DataFrame:
    """Correlate all indicators, and the inner nodes below each parent, with flags."""
    tree = nominal.model.tree
    inner = set(tree.inner)
    groups = [("indicator", tree.leaves)]
    groups += [
        ("node", np.array([child for child in tree.children(node) if child in inner])) for node in tree.inner
    ]
    rows = [
        (level, tree.nodes[group[i]], tree.nodes[group[j]], same, float(r[i, j]), int(pairs[i, j]))
        for level, group in groups
        if len(group) > 1
        for r, pairs in [correlations(nominal.scores[:, group])]
        for i, j in combinations(range(len(group)), 2)
        for same in [bool(tree.parent[group[i]] == tree.parent[group[j]])]
    ]
    table = pd.DataFrame(rows, columns=["level", "first", "second", "same_parent", "r", "pairs"])
    high, low = table["r"].abs() > REDUNDANT, table["r"] < OPPOSED
    return table.assign(flag=np.select([low, high], ["opposed", "redundant"], default=""))


def reliability_table(nominal: Nominal) -> pd.DataFrame:
    """Give Cronbach's alpha of the children of each node that has at least two."""
    tree = nominal.model.tree
    rows = []
    for node in sorted(tree.inner):
        children = tree.children(node)
        if len(children) > 1:
            alpha, count = cronbach_alpha(nominal.scores[:, children])
            rows.append((tree.nodes[node], len(children), count, alpha))
    return pd.DataFrame(rows, columns=["node", "children", "rows", "alpha"])


def component_tables(nominal: Nominal) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the principal components of the children of each node, and their loadings.

    Children without spread among the complete places are left out; a node with fewer than two children left or
    fewer than three such places has no rows.
    """
    tree = nominal.model.tree
    rows: list[tuple[str, int, float, float, float, int]] = []
    loaded: list[tuple[str, int, str, float]] = []
    for node in sorted(tree.inner):
        children, x = _varying(nominal.scores, tree.children(node))
        if len(children) < 2 or len(x) < 3:
            continue
        found, name = principal_components(x), tree.nodes[node]
        cumulative = found.shares.cumsum()
        for k, value in enumerate(found.eigenvalues):
            rows.append((name, k + 1, float(value), float(found.shares[k]), float(cumulative[k]), len(x)))
            loaded += [
                (name, k + 1, tree.nodes[child], float(found.loadings[j, k]))
                for j, child in enumerate(children)
            ]
    return (
        pd.DataFrame(rows, columns=["node", "component", "eigenvalue", "share", "cumulative", "rows"]),
        pd.DataFrame(loaded, columns=["node", "component", "child", "loading"]),
    )


def _varying(scores: Matrix, children: NDArray[np.intp]) -> tuple[NDArray[np.intp], Matrix]:
    """Return the children that have values that vary, and their values in the places that have them all."""
    x = scores[:, children]
    some = ~np.isnan(x).all(axis=0)
    children, x = children[some], x[:, some]
    x = x[~np.isnan(x).any(axis=1)]
    if not len(x):
        return children[:0], x[:, :0]
    varying = np.setdiff1d(np.arange(len(children)), constant_columns(x))
    return children[varying], x[:, varying]


def influence_table(nominal: Nominal) -> pd.DataFrame:
    """Set the effective weight of each indicator beside its actual influence on the index.

    Influence is the squared correlation with the index over the sum of all, the linear form of Paruolo, Saisana &
    Saltelli (2013), JRSS A 176:609-634, doi 10.1111/j.1467-985X.2012.01059.x.
    """
    tree, leaves = nominal.model.tree, nominal.model.tree.leaves
    r, pairs = correlations(np.column_stack([nominal.scores[:, leaves], nominal.index_scores]))
    with_index = r[:-1, -1]
    total = np.nansum(with_index**2)
    return pd.DataFrame(
        {
            "node": [tree.nodes[leaf] for leaf in leaves],
            "parent": [tree.nodes[tree.parent[leaf]] for leaf in leaves],
            "share": nominal.shares[leaves],
            "effective": nominal.effective[leaves],
            "r": with_index,
            "influence": with_index**2 / total if total > 0 else np.full(len(leaves), np.nan),
            "pairs": pairs[:-1, -1],
        }
    )


def _of(name: str, table: pd.DataFrame) -> pd.DataFrame:
    table.insert(0, "index", name)
    return table


def _flagged(name: str, table: pd.DataFrame) -> tuple[Finding, ...]:
    """Tell of flagged pairs of indicators in one note, the strongest first."""
    flagged = table[(table["flag"] != "") & (table["level"] == "indicator")]
    if flagged.empty:
        return ()
    params = {
        "index": name,
        "count": len(flagged),
        "high": REDUNDANT,
        "low": OPPOSED,
        "redundant": _listed(flagged[flagged["flag"] == "redundant"]),
        "opposed": _listed(flagged[flagged["flag"] == "opposed"]),
    }
    return (Finding("S151", "note", params=params),)


def _listed(pairs: pd.DataFrame) -> str:
    strongest = pairs.loc[pairs["r"].abs().sort_values(ascending=False, kind="stable").index]
    told = [
        f"{row.first} – {row.second} ({row.r:.2f}, n = {row.pairs})"
        for row in strongest.head(_SHOWN).itertuples()
    ]
    return "; ".join(told + (["…"] if len(strongest) > _SHOWN else [])) or "–"
