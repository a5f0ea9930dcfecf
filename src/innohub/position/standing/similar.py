"""Structurally similar peers: who is nearest on size, income, mix and age, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.rank import rank_scores, round_significant
from innohub.position.standing.distance import Shrunk, pairwise_contributions, shrink, z_scores
from innohub.position.standing.money import require_above
from innohub.words import words

Matrix = NDArray[np.float64]

METRICS = ("euclid", "mahalanobis")
MIN_SHARE = 2 / 3
_EVEN = 1e-9


@dataclass(frozen=True)
class Similar:
    """Peers of a place by distance.

    ``table`` has a row a peer: place, peer, rank (1 nearest; ties share it), distance, squared, share (of the
    variables that both have), variables (their number), match (share large enough), chosen (among the k nearest).
    ``parts`` has a row a peer and variable: value, peer_value, z, peer_z, contribution (the parts sum to squared),
    share (of squared). ``variables`` are those used; ``shrinkage`` is NaN for ``euclid``.
    """

    place: str
    metric: str
    shrinkage: float
    variables: tuple[str, ...]
    table: pd.DataFrame
    parts: pd.DataFrame
    findings: tuple[Finding, ...]


def similar_peers(
    data: pd.DataFrame,
    place: str,
    *,
    k: int = 5,
    metric: str = "euclid",
    shrinkage: float | None = None,
    min_share: float = MIN_SHARE,
    logs: Collection[str] = (),
    outcomes: Collection[str] = (),
) -> Similar:
    """Find the k places that are most like one of them in structure.

    Variables are standardised over the places given, so who is in the table matters. ``mahalanobis`` counts
    what two variables say together only once; its covariance comes from the places that have every variable.

    Parameters
    ----------
    data : places (index) x structural variables (columns); NaN for missing.
    k : number of peers; ties at the end are all chosen.
    metric : ``euclid`` or ``mahalanobis``.
    shrinkage : of the covariance, 0 to 1; None for that of Ledoit & Wolf 2004.
    min_share : share of the variables that both must have for a match.
    logs : variables of which the logarithm is compared (sizes).
    outcomes : indicators that may not be among the variables, because they are what is to be explained.

    Raises
    ------
    ModelError
        N136 where the question cannot be asked as it is.
    ScaleError
        N121 for a logarithm of zero or below.
    """
    _check(data, place, k=k, metric=metric, shrinkage=shrinkage, outcomes=outcomes)
    raw = data.astype(float)
    x = _logged(raw, logs)
    kept, findings = _varying(x)
    z = z_scores(x[kept].to_numpy())
    shrunk = _covariance(z, metric, shrinkage)
    if shrunk.forced:
        params = {"place": place, "shrinkage": shrunk.shrinkage, "variables": tuple(kept)}
        findings.append(Finding("N138", "warning", params=params))
    parts, shares = pairwise_contributions(z, list(data.index).index(place), shrunk.covariance)
    table = _table(data.index, place, parts, shares, min_share=min_share, k=k)
    if lost := tuple(table.loc[~table["match"], "peer"]):
        params = {"place": place, "count": len(lost), "peers": lost, "least": min_share}
        findings.append(Finding("N139", "warning", params=params))
    told = _parts(
        raw[kept], pd.DataFrame(z, raw.index, kept), pd.DataFrame(parts, raw.index, kept), place, table
    )
    used = shrunk.shrinkage if metric == "mahalanobis" else np.nan
    return Similar(place, metric, used, tuple(kept), table, told, tuple(findings))


def refuse(problem: str, **params: object) -> NoReturn:
    """Say that a question about peers cannot be asked.

    Raises
    ------
    ModelError
        N136 with one of the problems below ``finding.N136.of``.
    """
    said = {"problem": lambda language: words(language).say(f"finding.N136.of.{problem}", **params)}
    raise ModelError(Finding("N136", params=said))


def _check(
    data: pd.DataFrame, place: str, *, k: int, metric: str, shrinkage: float | None, outcomes: Collection[str]
) -> None:  # fmt: skip
    if not data.index.is_unique or place not in data.index:
        refuse("place", place=place)
    if len(data) < 3:
        refuse("few", count=len(data))
    if data.shape[1] == 0 or k < 1 or metric not in METRICS:
        refuse("settings", k=k, metric=metric, variables=data.shape[1])
    if shrinkage is not None and not 0 <= shrinkage <= 1:
        refuse("shrinkage", shrinkage=shrinkage)
    if caught := sorted(set(outcomes) & set(data.columns)):
        refuse("outcome", variables=", ".join(caught))


def _logged(raw: pd.DataFrame, logs: Collection[str]) -> pd.DataFrame:
    x = raw.copy()
    for name in logs:
        require_above(float(x[name].min()), "logarithm", name)
        x[name] = np.log(x[name])
    return x


def _varying(x: pd.DataFrame) -> tuple[list[str], list[Finding]]:
    """Return the variables that tell places apart, and name the others."""
    kept = [name for name in x.columns if len(np.unique(round_significant(x[name].dropna().to_numpy()))) > 1]
    if not kept:
        refuse("constant")
    out = tuple(name for name in x.columns if name not in kept)
    return kept, [Finding("N137", "warning", params={"variables": out})] if out else []


def _covariance(z: Matrix, metric: str, shrinkage: float | None) -> Shrunk:
    """Return the identity for Euclid's distance, else the shrunk covariance of the complete rows."""
    if metric == "euclid":
        return Shrunk(np.eye(z.shape[1]), 1.0, forced=False)
    complete = z[~np.isnan(z).any(axis=1)]
    if len(complete) < 3 or not (complete.var(axis=0) > 0).any():
        refuse("complete", count=len(complete))
    return shrink(complete, shrinkage)


def _table(
    places: pd.Index, place: str, parts: Matrix, shares: NDArray[np.float64], *, min_share: float, k: int
) -> pd.DataFrame:  # fmt: skip
    """Rank the peers by distance; those with too few variables have none."""
    match = (shares >= min_share - _EVEN) & (shares > 0)
    squared = np.where(match, np.nansum(parts, axis=1), np.nan)
    table = pd.DataFrame(
        {
            "place": place,
            "peer": places,
            "distance": np.sqrt(squared),
            "squared": squared,
            "share": shares,
            "variables": np.rint(shares * parts.shape[1]).astype(int),
            "match": match,
        }
    )
    table = table.loc[table["peer"] != place]
    table.insert(2, "rank", rank_scores(-table["distance"].to_numpy()))
    table["rank"] = table["rank"].astype("Int64")
    table["chosen"] = (table["rank"] <= k).fillna(value=False).astype(bool)
    return table.sort_values(["rank", "peer"]).reset_index(drop=True)


def _parts(
    raw: pd.DataFrame, z: pd.DataFrame, parts: pd.DataFrame, place: str, table: pd.DataFrame
) -> pd.DataFrame:  # fmt: skip
    """Tell for each match how far apart the two are on each variable and what that adds to the distance."""
    matches = table.loc[table["match"], ["peer", "squared"]]
    rows = [
        {
            "place": place,
            "peer": peer,
            "variable": name,
            "value": raw.at[place, name],
            "peer_value": raw.at[peer, name],
        }
        | {"z": z.at[place, name], "peer_z": z.at[peer, name], "contribution": parts.at[peer, name]}
        | {"share": parts.at[peer, name] / squared if squared > 0 else np.nan}
        for peer, squared in matches.itertuples(index=False)
        for name in raw.columns
    ]
    names = ["place", "peer", "variable", "value", "peer_value", "z", "peer_z", "contribution", "share"]
    return pd.DataFrame(rows, columns=names)
