"""Policy stacks 1+N: one general document and those that support it."""

import pandas as pd

from innohub.errors import Finding


def policy_stacks(policies: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return each general document with its supporting ones.

    Parameters
    ----------
    policies : columns id, place, role (general, supporting), part_of, topic, instrument, year; file and row for
        the findings, as the register of policies gives them.

    Returns
    -------
    Table place, general (id; "" for the orphans of a place), supporting (number), topics, instruments (distinct,
    joined by ";"), first_year, last_year, complete (one general, one supporting document or more).
    Findings S365 for a supporting document whose general one is not in the register, S366 for a general document
    without supporting ones.
    """
    general = policies[policies["role"].eq("general")]
    lower = policies[policies["role"].eq("supporting")]
    known = set(general["id"])
    orphan = ~lower["part_of"].isin(known)
    rows, found = [], [_finding("S365", entry) for _, entry in lower[orphan].iterrows()]
    for _, head in general.iterrows():
        own = lower[lower["part_of"].eq(head["id"])]
        rows.append(
            (head["place"], head["id"], *_told(own, int(head["year"]) if pd.notna(head["year"]) else None))
        )
        if own.empty:
            found.append(_finding("S366", head))
    for place, own in lower[orphan].groupby("place", sort=False):
        rows.append((place, "", *_told(own, None)))
    head_names = ["place", "general", "supporting", "topics", "instruments", "first_year", "last_year"]
    table = pd.DataFrame(rows, columns=head_names).astype({"first_year": "Int64", "last_year": "Int64"})
    return table.assign(complete=table["general"].ne("") & table["supporting"].gt(0)), tuple(found)


def _told(own: pd.DataFrame, year: int | None) -> tuple[int, str, str, int | None, int | None]:
    years = [int(one) for one in own["year"].dropna()] + ([year] if year is not None else [])
    topics, instruments = (
        ";".join(dict.fromkeys(text for text in own[name] if text)) for name in ("topic", "instrument")
    )
    return len(own), topics, instruments, min(years, default=None), max(years, default=None)


def _finding(code: str, entry: pd.Series) -> Finding:
    row = entry.get("row")
    return Finding(
        code,
        "warning",
        file=entry.get("file") or None,
        row=None if row is None else int(row),
        value=str(entry["id"]),
        params={"name": entry["id"], "part_of": entry["part_of"] or "–"},
    )
