"""The five ones of transfer: a specialised institution, a service team, a batch of results, a fund, a park."""

from collections.abc import Collection

import pandas as pd

from innohub.catalog.registers import word_list


def five_ones(transfer: pd.DataFrame, by: str = "project") -> pd.DataFrame:
    """Return how complete the five ones are, 0 to 5, for each project (or district).

    Parameters
    ----------
    transfer : columns place, element and ``by``.

    Returns
    -------
    Table place, ``by``, institution, team, results, fund, park (whether it is there), score (0-5), missing
    (joined by ";"). Rows without ``by`` are left out.
    """
    elements = list(word_list("transfer-element"))
    kept = transfer[transfer[by].ne("")]
    there = (
        pd.crosstab([kept["place"], kept[by]], kept["element"]).reindex(columns=elements, fill_value=0) > 0
    )
    lacking = [";".join(name for name in elements if not row[name]) for _, row in there.iterrows()]
    told = there.assign(score=there.sum(axis=1).astype(int), missing=lacking)
    told.columns.name = None
    return told.reset_index()


def institution_coverage(transfer: pd.DataFrame, districts: Collection[str]) -> tuple[float, tuple[str, ...]]:
    """Return the share of districts with a specialised institution (one district, one institution), and those without.

    Parameters
    ----------
    transfer : columns element, district.
    districts : all districts of the place; NaN without any.

    Examples
    --------
    >>> rows = pd.DataFrame({"element": ["institution", "park"], "district": ["tianhe", "nansha"]})
    >>> institution_coverage(rows, ["tianhe", "nansha"])
    (0.5, ('nansha',))
    """
    served = set(transfer.loc[transfer["element"].eq("institution"), "district"])
    wanted = tuple(dict.fromkeys(districts))
    without = tuple(name for name in wanted if name not in served)
    return (1 - len(without) / len(wanted) if wanted else float("nan")), without
