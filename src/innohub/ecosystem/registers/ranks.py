"""External ranks over editions: a city and its cluster never stand in one series."""

import pandas as pd

from innohub.errors import Finding

_KEYS = ["index", "place", "boundary"]


def rank_series(ranks: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return each rank with the one of the edition before, in series of one index, place and boundary.

    Parameters
    ----------
    ranks : columns id, index, place, boundary, edition, rank, data_year, of, series, file and row. A rank without an
        edition is kept, but never compared with another.

    Returns
    -------
    Table series (number from 1), index, place, boundary, edition, data_year, rank, of, previous_edition, previous_rank,
    change (places gained, below zero lost), top_share (rank over the number ranked), id, file, row. Findings: S368
    for a series of the register that mixes places or boundaries, which is taken apart; S369 for an edition with two
    ranks in one series, of which none is taken.
    """
    found = []
    declared = ranks[ranks["series"].ne("")]
    for name, part in declared.groupby("series", sort=False):
        kinds = part[_KEYS].drop_duplicates()
        if len(kinds) > 1:
            told = tuple(" ".join(map(str, row)) for row in kinds.itertuples(index=False))
            found.append(_finding("S368", part.iloc[0], series=name, kinds=told))
    apart = ranks.groupby([*_KEYS, "edition"])["rank"].transform("nunique") > 1
    for key, part in ranks[apart].groupby([*_KEYS, "edition"], sort=False):
        told = tuple(str(rank) for rank in part["rank"])
        found.append(_finding("S369", part.iloc[-1], name=" ".join(map(str, key)), ranks=told))
    undated = ranks["edition"].isna()
    again = ranks.duplicated([*_KEYS, "edition"]) & ~undated
    kept = ranks[~apart & ~again].sort_values([*_KEYS, "edition"], kind="stable")
    series = kept.groupby(_KEYS, sort=False)
    before = series[["edition", "rank"]].shift().where(kept["edition"].notna())
    carried = [name for name in ("id", "file", "row") if name in kept]
    table = kept[["index", "place", "boundary", "edition", "data_year", "rank", "of", *carried]].assign(
        series=series.ngroup() + 1,
        previous_edition=before["edition"],
        previous_rank=before["rank"],
        change=before["rank"] - kept["rank"],
        top_share=kept["rank"].astype("Float64") / kept["of"].astype("Float64"),
    )
    table["top_share"] = table["top_share"].astype("float64")
    first = table.pop("series")
    table.insert(0, "series", first)
    return table.reset_index(drop=True), tuple(found)


def _finding(code: str, entry: pd.Series, **params: object) -> Finding:
    row = entry.get("row")
    return Finding(
        code,
        "warning",
        file=entry.get("file") or None,
        row=None if row is None else int(row),
        column="series" if code == "S368" else "rank",
        params=params,
    )
