"""Take, for each place, the value of the year nearest to a wanted one."""

import pandas as pd


def nearest_year(table: pd.DataFrame, year: int, max_gap: int = 0) -> pd.DataFrame:
    """Return one row a place: its value of the year nearest to ``year``, of two as near the later one.

    Parameters
    ----------
    table : columns place, year, value and any others; rows without a value are passed over.
    year : the wanted year.
    max_gap : years by which a value may be older or newer.

    Returns
    -------
    Rows of the table in the order of places as they first come, with ``gap`` (year of the value minus ``year``).
    A place without a value near enough has no row.
    """
    known = table.loc[table["value"].notna()]
    known = known.assign(gap=known["year"].astype(int) - year)
    near = known.loc[known["gap"].abs() <= max_gap]
    order = near.assign(away=near["gap"].abs(), later=-near["gap"]).sort_values(
        ["away", "later"], kind="stable"
    )
    best = order.drop_duplicates("place").drop(columns=["away", "later"])
    return best.sort_index()
